"""From the columns of a table to those of the graph's facts, and whether each row can be read.

`taken(frame, readings, graph)` adds to a frame of raw columns the canonical columns that `columns`
reads, and `READABLE`, false where a cell cannot be what its fact is. Typed columns are read by
Narwhals expressions, alike on every back end; text becomes codes beforehand (`texts`, `lookup`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from tieuchi.engine.diagnostic import Faults, Mark, problem
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.table.cell import BAD, HALF_OFF, HALF_WITHIN, Reading

READABLE = "@readable"
ACTIVITIES = "@activities"
CODE = "@code/"
"""Before a fact's id: the column with its codes, where its cells had to be looked at one by one."""
WHOLE_FLOAT = r"\.0$"
"""What a whole number in binary floating point has at its end as text, and nobody wrote."""
DAYS = (1, 3_652_059)
_UNREAD = (nw.List, nw.Array, nw.Struct, nw.Duration, nw.Binary, nw.Object)
_WITHIN_64_BITS = (nw.Int64, nw.Int32, nw.Int16, nw.Int8, nw.UInt32, nw.UInt16, nw.UInt8)


def is_typed(how: Reading, dtype: nw.dtypes.DType) -> bool:
    """Whether a column of this type is read by expressions, as what this fact is."""
    kind = how.fact.kind
    if kind == "quantity":
        decimal = isinstance(dtype, nw.Decimal) and fits(how, dtype.scale)
        return dtype.is_integer() or dtype.is_float() or decimal
    if kind == "yes_no":
        return isinstance(dtype, nw.Boolean)
    return kind == "date" and isinstance(dtype, nw.Date | nw.Datetime)


def hold_types(readings: Mapping[str, Reading], types: Mapping[str, nw.dtypes.DType]) -> None:
    """Hold that columns have one value a cell, which a person could have written there; both by
    header. Raises Faults."""
    faults = [
        problem(
            "column-type-unread",
            Mark(header),
            header=header,
            name=how.fact.id,
            type=type(types[header]).__name__,
        )
        for header, how in readings.items()
        if isinstance(types.get(header), _UNREAD)
    ]
    if faults:
        raise Faults(faults)


def fits(how: Reading, scale: int) -> bool:
    """Whether the steps of decimals with so many places can be counted in 64 bits."""
    num, den = how.factor
    return (how.fact.limit + num) * den * int(10**scale) < -BAD


def code(how: Reading, name: str, dtype: nw.dtypes.DType) -> nw.Expr:
    """The codes of a typed column."""
    raw = nw.col(name)
    if how.fact.kind == "yes_no":
        return raw.cast(nw.Int64)
    if how.fact.kind == "date":
        return _ordinal(raw)
    if dtype.is_float():
        return _nearest(how, raw)
    if how.factor == (1, 1) and dtype in _WITHIN_64_BITS:
        return raw.cast(nw.Int64)  # what is too much is so by `canonical`
    return exact(how, raw, dtype.scale if isinstance(dtype, nw.Decimal) else 0)


def exact(how: Reading, raw: nw.Expr, scale: int) -> nw.Expr:
    """The steps of whole numbers and decimals; BAD between two steps."""
    num, den = how.factor
    most = how.fact.limit * den // num + 1
    outside = (raw > most) | (raw < -most)
    grown = raw.cast(nw.Decimal(38, scale)) * 10**scale if scale else raw  # DuckDB: in 18 digits
    whole: nw.Expr = nw.when(~outside).then(grown).cast(nw.Int64)
    per = den * 10**scale
    steps = whole * num
    if per != 1:
        steps, between = _over(steps, per), steps % per != 0
        outside = outside | between.fill_null(False)
    return nw.when(outside).then(nw.lit(BAD)).otherwise(steps)


def _over(grown: nw.Expr, den: int) -> nw.Expr:
    """An exact multiple over a number; the second step mends what binary division may miss."""
    near = (grown // den).cast(nw.Int64)
    return near + ((grown - near * den) // den).cast(nw.Int64)


def _nearest(how: Reading, raw: nw.Expr) -> nw.Expr:
    """The nearest step of a binary floating-point number."""
    num, den = how.factor
    limit = how.fact.limit
    most = limit * den // num + 1
    sane = (raw <= most) & (raw >= -most) & ~raw.is_nan()  # Spark floors NaN to 0, and no infinity
    nearest = _steps(how, nw.when(sane).then(raw))
    inside = sane & (nearest <= limit) & (nearest >= -limit)
    return nw.when(raw.is_null() | inside).then(nearest).otherwise(BAD).cast(nw.Int64)


def _steps(how: Reading, raw: nw.Expr) -> nw.Expr:
    """The nearest whole number of steps, of two the one farther from 0; what a person wrote as a
    half is one, although 1.005 in binary is a little less (see `cell.nearest_step`)."""
    num, den = how.factor
    twice = raw.cast(nw.Float64).abs() * (2 * num)
    near = nw.when(twice < HALF_WITHIN * den).then(twice * (1 + HALF_OFF)).otherwise(twice)
    up = (near + den) // (2 * den)
    return nw.when(raw < 0).then(-up).otherwise(up)


def moved(how: Reading, raw: nw.Expr, dtype: nw.dtypes.DType) -> nw.Expr:
    """Whether a binary floating-point number is another once it is at the nearest step: by more
    than its last bit, in which 0.1 + 0.2 differs from 0.3."""
    num, den = how.factor
    grown, at_step = raw.cast(nw.Float64) * num, _steps(how, raw) * den
    bits = 23 if isinstance(dtype, nw.Float32) else 52
    apart: nw.Expr = (grown - at_step).abs() * 2**bits > at_step.abs()
    return apart


def _ordinal(day: nw.Expr) -> nw.Expr:
    """A day's number, 1 January of the year 1 being 1; years that begin in March."""
    year, month, dom = (
        part.cast(nw.Int64) for part in (day.dt.year(), day.dt.month(), day.dt.day())
    )
    late = month > 2
    y = nw.when(late).then(year).otherwise(year - 1)
    m = nw.when(late).then(month - 3).otherwise(month + 9)
    return y * 365 + y // 4 - y // 100 + y // 400 + (m * 153 + 2) // 5 + dom - 306


def canonical(how: Reading, codes: nw.Expr, *, guarded: bool = True) -> tuple[nw.Expr, nw.Expr]:
    """The column of a fact and whether each of its cells could be read, null where it is empty.

    `guarded`: what could not be read is null, so that nothing counted from it can overflow.
    """
    fact = how.fact
    least, most = _ends(fact)
    inside = (codes >= least) & (codes <= most)
    if fact.kind == "yes_no":
        return codes == 1, inside
    if fact.kind == "class":
        out = nw.lit(None, dtype=nw.String)
        for i, (label, _) in enumerate(fact.labels):
            out = nw.when(codes == i).then(nw.lit(label)).otherwise(out)
        return out, inside
    filled = codes.fill_null(0) if how.complete else codes
    return nw.when(inside.fill_null(True)).then(filled) if guarded else filled, inside


def _ends(fact: Fact) -> tuple[int, int]:
    """The least and the greatest code of a fact."""
    if fact.kind == "yes_no":
        return 0, 1
    if fact.kind == "class":
        return 0, len(fact.labels) - 1
    if fact.kind == "date":
        return DAYS
    most = fact.limit if fact.most is None else min(fact.most, fact.limit)
    return fact.least or 0, most


def taken(
    frame: nw.LazyFrame[Any],
    readings: Mapping[str, Reading],
    graph: Graph,
    complete: bool,
    *,
    guarded: bool = True,
) -> nw.LazyFrame[Any]:
    """A frame with a column for every fact, and `READABLE`; `readings` by raw column.

    Where it has the codes of activities, those become ``@activity/…`` columns. `guarded`: see
    `canonical`; it must be where a back end stops at an overflow.
    """
    schema = frame.collect_schema()
    columns, good = dict[str, nw.Expr](), list[nw.Expr]()
    for name, how in readings.items():
        coded = CODE + how.fact.id
        if coded in schema:  # an empty cell has its code already; null is said to be unknown
            codes, how = nw.col(coded), how._replace(complete=False)  # noqa: PLW2901
        else:
            codes = code(how, name, schema[name])
        columns[how.fact.id], fine = canonical(how, codes, guarded=guarded)
        good.append(fine)
    if CODE + ACTIVITIES in schema:
        named = nw.col(CODE + ACTIVITIES)
        good.append(named != BAD)
        for i, activity in enumerate(graph.activities):
            columns[f"@activity/{activity}"] = (named // 2**i % 2 == 1).fill_null(True)
    for fact in graph.facts:
        if fact.id not in columns and fact.kind not in ("list", "text"):
            columns[fact.id] = _without_column(fact, complete and closes(fact))
    readable = nw.all_horizontal(*good, ignore_nulls=True) if good else nw.lit(True)
    return frame.with_columns(**columns, **{READABLE: readable})


def closes(fact: Fact) -> bool:
    """Whether there is none of a fact that a complete case does not list (see `given`)."""
    return fact.closes and fact.otherwise < 0 and (fact.least or 0) <= 0


def _without_column(fact: Fact, closed: bool) -> nw.Expr:
    kinds: dict[str, Any] = {"yes_no": nw.Boolean, "class": nw.String}
    return nw.lit(0 if closed else None, dtype=kinds.get(fact.kind, nw.Int64))
