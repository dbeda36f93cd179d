"""Every op of a graph in columns, held against the kernel over all that its operands can be.

What is not applicable is not among what packs can say of a quantity today, so the operands' cells
are put in by hand: as columns, as columns that are known to be there, as one number, as constants.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product
from random import Random
from typing import Any

import graphs
import narwhals as nw
import polars as pl
import pytest
from graphs import fact
from tables import ENGINES, TYPES, Engine

from tieuchi.engine.graph import Node
from tieuchi.engine.interval import ABSENT, elapsed, narrow, rounded, span
from tieuchi.engine.kernel import Contradiction, Value, step
from tieuchi.engine.table.cells import ABSENT as NOTHING
from tieuchi.engine.table.cells import Labels, Outcomes, Range, constant, labels, outcomes
from tieuchi.engine.table.columns import Columns
from tieuchi.engine.table.making import Cell
from tieuchi.engine.table.terms import column, divided, either, expression
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

BROKEN = "broken"
COUNT = 3  # labels of a class


# ---- what an operand can be


def _quantities(*ends: int | None) -> list[Value]:
    """All intervals between these ends (None among them: no bound), settled numbers, nothing."""
    lows, highs = [None, *ends], [None, *ends]
    found = [
        narrow(lo, hi, absent)
        for lo, hi in product(lows, highs)
        for absent in (False, True)
        if lo is None or hi is None or lo <= hi
    ]
    return [*found, ABSENT]


DAYS = [date(*day).toordinal() for day in ((2020, 2, 29), (2021, 2, 28), (2023, 3, 31))]
VALUES: dict[str, list[Value]] = {
    "quantity": _quantities(-3, 0, 1, 4),
    "few": _quantities(-2, 0, 3),
    "amount": [v for v in _quantities(0, 1, 4) if v is ABSENT or span(v)[0] is not None],
    "truth": list(range(1, 8)),
    "class": [*range(1, 1 << COUNT), 1 << COUNT, 1 << COUNT | 1, 1 << COUNT | 6],
    "day": _quantities(*DAYS),
    "stated quantity": [0, 2, 3, 5, (0, None, False)],
    "stated truth": [MET, NOT_MET, MET | NOT_MET],
    "stated class": [1, 2, 4, 7],
    "stated date": [DAYS[0], DAYS[1], (None, None, False)],
}
KINDS = {"truth": "yes_no", "class": "class", "day": "date", "stated truth": "yes_no",
         "stated class": "class", "stated date": "date"}  # fmt: skip
SHAPES = ("any", "there", "point", "constant")


class Operands(Columns):
    """Columns whose first nodes are what a frame, or a constant, says that they can be."""

    def put(self, at: int, cell: Cell) -> None:
        """A node's cell."""
        self._cells[at] = cell


def cell_of(kind: str, i: int, shape: str) -> Cell:
    """An operand's cell over its columns."""
    if kind == "truth":
        absent = False if shape == "there" else column(f"@{i}_absent")
        return Outcomes(column(f"@{i}_met"), column(f"@{i}_not_met"), absent)
    if kind == "class":
        bits = [column(f"@{i}_{bit}") for bit in range(COUNT)]
        absent = False if shape == "there" else column(f"@{i}_absent")
        return Labels(
            COUNT, lambda m: either(*(b for j, b in enumerate(bits) if m >> j & 1)), absent
        )
    low = column(f"@{i}_low", null=True)
    if shape == "point":
        return Range(low, low, point=True)
    high = column(f"@{i}_high", null=True)
    if shape == "there":
        return Range(low, high)
    return Range(low, high, column(f"@{i}_absent"), column(f"@{i}_present"))


def constant_of(kind: str, value: Value) -> Cell:
    """An operand's cell where it is the same in every row."""
    if kind == "truth":
        return outcomes(value)
    if kind == "class":
        return labels(value, COUNT)
    if isinstance(value, int):
        return constant(value)
    return NOTHING if value is ABSENT else Range(*value)


def allowed(kind: str, shape: str) -> list[Value]:
    """The values that such an operand can have."""
    values = VALUES[kind]
    if shape == "there" and kind == "truth":
        return [v for v in values if not v & NOT_APPLICABLE]
    if shape == "there" and kind == "class":
        return [v for v in values if not v >> COUNT]
    if shape == "there":
        return [v for v in values if not span(v)[2]]
    if shape == "point" and kind not in ("truth", "class"):
        return [v for v in values if isinstance(v, int) or v == (None, None, False)]
    return values


def columns_of(kind: str, i: int, values: Sequence[Value]) -> dict[str, Any]:
    """The columns of an operand."""
    if kind.startswith("stated"):
        return {f"f{i}": _stated(kind, values)}
    if kind == "truth":
        return {
            f"@{i}_{name}": [bool(v & bit) for v in values]
            for name, bit in (("met", MET), ("not_met", NOT_MET), ("absent", NOT_APPLICABLE))
        }
    if kind == "class":
        names = [*map(str, range(COUNT)), "absent"]
        return {f"@{i}_{n}": [bool(v >> bit & 1) for v in values] for bit, n in enumerate(names)}
    spans = [span(v) for v in values]
    return {
        f"@{i}_low": pl.Series([lo for lo, _, _ in spans], dtype=pl.Int64),
        f"@{i}_high": pl.Series([hi for _, hi, _ in spans], dtype=pl.Int64),
        f"@{i}_absent": [absent for _, _, absent in spans],
        f"@{i}_present": [v is not ABSENT for v in values],
    }


def _stated(kind: str, values: Sequence[Value]) -> pl.Series:
    fact_kind = KINDS.get(kind, "quantity")
    if fact_kind == "yes_no":
        told: list[Any] = [v == MET if v in (MET, NOT_MET) else None for v in values]
    elif fact_kind == "class":
        told = ["abc"[v.bit_length() - 1] if v & (v - 1) == 0 else None for v in values]
    else:
        told = [v if isinstance(v, int) else None for v in values]
    return pl.Series(told, dtype=TYPES[fact_kind])


# ---- one op over many values


def said(cell: Cell, kind: str, columns: Columns, frame: nw.LazyFrame[Any]) -> list[Any]:
    """What a cell says of each row, as the kernel would; BROKEN where two statements meet."""
    broken = either(*(condition for _, condition in columns.broken))
    if kind == "truth":
        of = {"a": cell.met, "b": cell.not_met, "c": cell.absent}
    elif kind == "class":
        of = {f"l{bit}": cell.among(1 << bit) for bit in range(COUNT)} | {"c": cell.absent}
    else:
        of = {"a": cell.low, "b": cell.high, "c": cell.absent, "d": cell.present}
    exprs = {name: _literal(value) for name, value in ({"x": broken} | of).items()}
    out = columns.sheet.over(frame).select("row", **exprs).collect("polars")
    return [_value(row, kind) for row in nw.to_native(out).sort("row").to_dicts()]


def _literal(value: Any) -> Any:
    if isinstance(value, bool):
        return nw.lit(value)
    return (
        nw.lit(value, dtype=nw.Int64)
        if value is None or isinstance(value, int)
        else expression(value)
    )


def _value(row: dict[str, Any], kind: str) -> Any:
    assert all(value is not None for name, value in row.items() if name not in ("a", "b"))
    if row["x"]:
        return BROKEN
    if kind == "truth":
        return row["a"] * MET | row["b"] * NOT_MET | row["c"] * NOT_APPLICABLE
    if kind == "class":
        return sum(row[f"l{bit}"] << bit for bit in range(COUNT)) | row["c"] << COUNT
    if not row["d"]:
        assert row["c"]
        return ABSENT
    return narrow(row["a"], row["b"], row["c"])


def by_kernel(node: Node, values: Sequence[Value]) -> Any:
    """What the kernel makes of one row."""
    try:
        return step(node)([*values, graphs.DAY])
    except Contradiction:
        return BROKEN


def hold(
    node: Node,
    kinds: Sequence[str],
    shapes: Sequence[str],
    engine: str | Engine = "polars",
    keep: Callable[..., bool] = lambda *_: True,
    rows: Sequence[Sequence[Value]] | None = None,
    most: int = 8_000,
) -> None:
    """Columns and kernel make the same of all values of the operands, or of `most` of them."""
    choices = [allowed(k, s) for k, s in zip(kinds, shapes, strict=True)]
    if rows is None:
        rows = [row for row in product(*choices) if keep(*row)]
        rows = rows if len(rows) <= most else Random(1).sample(rows, most)
    facts = [fact(KINDS.get(kind, "quantity"), i) for i, kind in enumerate(kinds)]
    of = graphs.graph(facts, [node])
    columns, data = Operands(of, activities=False), dict[str, Any]()
    for i, (kind, shape) in enumerate(zip(kinds, shapes, strict=True)):
        if not kind.startswith("stated"):
            whole = (
                constant_of(kind, rows[0][i]) if shape == "constant" else cell_of(kind, i, shape)
            )
            columns.put(i, whole)
        data |= columns_of(kind, i, [row[i] for row in rows])
    frame = pl.DataFrame({"row": range(len(rows)), **data})
    got = said(
        columns.cell(len(facts) + 1),
        node.kind,
        columns,
        (ENGINES[engine] if isinstance(engine, str) else engine)(nw.from_native(frame.lazy())),
    )
    run = step(node)
    for row, value in zip(rows, got, strict=True):
        want = by_kernel(node, row) if node.op in ("tighter", "else") else run([*row, graphs.DAY])

        assert _same(value, want), f"{node.op}{node.args} of {row}: {value}, the kernel: {want}"


def _same(value: Any, want: Any) -> bool:
    return bool((value is ABSENT) == (want is ABSENT) and value == want)


# ---- all ops


def _closed(*values: Value) -> bool:
    return any(None not in span(v)[:2] for v in values)


def _share_is_made(_: Value, d: Value, t: Value) -> bool:
    """As compiled: never below 0 what is divided by, one of two factors with both ends."""
    low = span(d)[0]
    return (d is ABSENT or (low is not None and low >= 0)) and _closed(d, t)


Q, F, A, T, C, D = "quantity", "few", "amount", "truth", "class", "day"
ANY = lambda *_: True  # noqa: E731
CASES: list[tuple[str, tuple[Any, ...], tuple[str, ...], str, Callable[..., bool]]] = [
    *((op, (0, t), (Q,), "truth", ANY) for op in ("ge", "le") for t in (-3, -1, 0, 1, 5)),
    *((op, (0, 1), (Q, Q), "truth", ANY) for op in ("ge2", "gt2")),
    *(
        ("share", (how, 0, 1, 2, q), (F, A, F), "truth", _share_is_made)
        for how in ("ge", "gt", "le", "lt")
        for q in (1, 3)
    ),
    ("tighter", (0, 1), (T, T), "truth", lambda _, b: not b & NOT_APPLICABLE),
    *(("in", (0, mask, COUNT), (C,), "truth", ANY) for mask in (1, 2, 5, 6, 7)),
    *((op, (0, 1, 2), (T, T, T), "truth", ANY) for op in ("all", "any")),
    *((op, (0,), (T,), "truth", ANY) for op in ("all", "any", "not")),
    *(("at_least", (n, 0, 1, 2), (T, T, T), "truth", ANY) for n in (1, 2, 3)),
    ("at_least", (2, 0, 0, 1), (T, T), "truth", ANY),
    *((op, (0, 1), (T, T), "truth", ANY) for op in ("applies_when", "unless", "review")),
    ("linear", (1, 2, 0, -3, 1), (Q, Q), "quantity", ANY),
    ("linear", (0, 1, 0, 0, 1), (Q, Q), "quantity", ANY),
    ("linear", (-2, -1, 0), (Q,), "quantity", ANY),
    ("linear", (7,), (), "quantity", ANY),
    ("sum", (1, 2, 0, -1, 1), (Q, Q), "quantity", ANY),
    ("sum", (0, 1, 0, 1, 1, 3, 2), (F, F, F), "quantity", ANY),
    ("sum", (0, 0, 0, -2, 1), (Q, Q), "quantity", ANY),
    ("product", (0, 1), (Q, Q), "quantity", _closed),
    *((op, (0, 1), (Q, Q), "quantity", ANY) for op in ("highest", "lowest", "floor", "cap")),
    *((op, (0, 1, 2), (F, F, F), "quantity", ANY) for op in ("highest", "lowest")),
    *((op, (0,), (Q,), "quantity", ANY) for op in ("highest", "lowest")),
    *(
        ("round", (0, p, q, way), (Q,), "quantity", ANY)
        for p, q in ((1, 1), (1, 2), (2, 3), (5, 2))
        for way in ("down", "up", "half_up")
    ),
    ("vague", (0,), (A,), "quantity", ANY),
    ("unknown", (), (), "quantity", ANY),
    ("const", (5,), (), "quantity", ANY),
    *(("truth", (bits,), (), "truth", ANY) for bits in range(1, 8)),
    ("label", (2, COUNT), (), "class", ANY),
    *(("elapsed", (unit, 0, 1), (D, D), "quantity", ANY) for unit in ("years", "months", "days")),
    *(("elapsed", (unit, 0, 1), (D,), "quantity", ANY) for unit in ("years", "months", "days")),
    ("pick", (0, 1, 2, 3, 1), (T, F, T, F), "quantity", ANY),
    ("pick class", (0, 1, 2, 3, 1), (T, C, T, C), "class", ANY),
    ("table", ((0,), (COUNT,), (1, 2, 1)), (C, F, F), "quantity", ANY),
    ("table", ((0, 1), (COUNT, COUNT), (2, 3, 2, 2, 2, 2, 3, 3, 3)), (C, C, F, F), "quantity", ANY),
    ("table class", ((0, 1), (COUNT, COUNT), (2,) * 8 + (3,), 1 << COUNT), (C, C, C, C), "class",
     ANY),
    ("else", (0, 1), ("stated quantity", Q), "quantity", ANY),
    ("else truth", (0, 1), ("stated truth", T), "truth", ANY),
    ("else class", (0, 1), ("stated class", C), "class", ANY),
    ("else date", (0, 1), ("stated date", D), "quantity", ANY),
    ("amount", (-1, 0), (Q,), "quantity", ANY),
    ("amount", (0, 1), (T, Q), "quantity", ANY),
]  # fmt: skip


def _named(value: Any) -> str | None:
    return value if isinstance(value, str) else None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_an_op_in_columns_is_the_kernels(case: Any, engine: str) -> None:
    """Of everything that its operands can be: a set, an interval, no bound, not applicable."""
    op, args, kinds, kind, keep = case

    hold(Node(op, args, kind), kinds, ["any"] * len(kinds), engine, keep)


def _shapes(kinds: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way in which operands are known better before there is a row, but for constants."""
    of = [("any",) if kind.startswith("stated") else SHAPES[:3] for kind in kinds]
    yield from (shapes for shapes in product(*of) if set(shapes) != {"any"})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_what_is_known_of_operands_changes_nothing(case: Any) -> None:
    """Where an operand cannot be absent, or is one number, expressions are shorter, not other."""
    op, args, kinds, kind, keep = case
    for shapes in _shapes(kinds):
        hold(Node(op, args, kind), kinds, shapes, "polars", keep, most=500)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_constants_are_folded_as_the_kernel_counts(case: Any) -> None:
    """Each operand in turn the same in all rows, and all of them."""
    op, args, kinds, kind, keep = case
    node, rng = Node(op, args, kind), Random(1)
    for i, k in enumerate(kinds):
        if k.startswith("stated"):
            continue
        for value in VALUES[k]:
            shapes = ["constant" if j == i else "any" for j in range(len(kinds))]
            choices = [[value] if j == i else VALUES[k2] for j, k2 in enumerate(kinds)]
            rows = [row for row in product(*choices) if keep(*row)]
            if rows:
                some = rows if len(rows) < 200 else rng.sample(rows, 200)
                hold(node, kinds, shapes, rows=some)
    if not any(k.startswith("stated") for k in kinds):
        for row in rng.sample(rows := [*product(*(VALUES[k] for k in kinds))], min(40, len(rows))):
            if keep(*row):
                hold(node, kinds, ["constant"] * len(kinds), rows=[row])


# ---- time and whole numbers


def _days() -> list[int]:
    rng = Random(20261124)
    around = [date(y, m, 1).toordinal() + d for y in (1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999)
              for m in (1, 2, 3, 4, 12) for d in (0, 26, 27, 28, 29, 30)]  # fmt: skip
    return [d for d in around if d <= 3_652_059] + [rng.randint(1, 3_652_059) for _ in range(300)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("unit", ["years", "months", "days"])
def test_completed_time_between_any_two_days(unit: str, engine: str) -> None:
    """Month ends, leap days, the first and the last day of the calendar."""
    rng, days = Random(1), _days()
    rows = [(rng.choice(days), rng.choice(days)) for _ in range(20_000)]
    rows += [
        (a, a + d) for a in days for d in (0, 1, 28, 29, 30, 31, 365, 366) if a + d <= 3_652_059
    ]

    assert elapsed(unit, *rows[0]) >= 0
    hold(Node("elapsed", (unit, 0, 1), "quantity"), (D, D), ("point", "point"), engine, rows=rows)


def whole_numbers() -> list[int]:
    """Around powers of two and multiples, both signs, up to near the 63rd bit."""
    rng = Random(20261124)
    found = {s * (2**p + d) for p in (0, 1, 31, 52, 53, 54, 61, 62) for d in (-2, -1, 0, 1, 2)
             for s in (1, -1)}  # fmt: skip
    found |= {s * (rng.randrange(2**62) // q * q + d) for q in (2, 3, 7, 12, 1_000, 10**9)
              for d in (-1, 0, 1) for s in (1, -1) for _ in range(20)}  # fmt: skip
    return sorted(found)


DIVISORS = (2, 3, 7, 12, 365, 1_000, 999_983, 10**9, 2**31 + 11, 10**12)


def quotients(frame: nw.LazyFrame[Any]) -> list[tuple[int, list[int]]]:
    """Every whole number of a frame's column x over each divisor."""
    over = {f"q{q}": expression(divided(column("x"), q, 2**63 - 1)) for q in DIVISORS}
    out = nw.to_native(frame.select("x", **over).collect("polars"))
    return [(row["x"], [row[f"q{q}"] for q in DIVISORS]) for row in out.to_dicts()]


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_numbers_divide_exactly(engine: str) -> None:
    """To the lower whole number, also where binary floating point would be off."""
    frame = ENGINES[engine](nw.from_native(pl.DataFrame({"x": whole_numbers()}).lazy()))
    for x, found in quotients(frame):
        assert found == [x // q for q in DIVISORS], x


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("way", ["down", "up", "half_up"])
@pytest.mark.parametrize(("p", "q"), [(1, 1_000), (2, 3), (1_000, 7), (10**6, 10**6 - 1)])
def test_rounding_of_large_numbers(p: int, q: int, way: str, engine: str) -> None:
    """Beyond 2^53, both signs: what is rounded fits, whatever stands in between."""
    rows = [(x,) for x in whole_numbers() if abs(rounded(x * p, q, way)) < 2**62]

    hold(Node("round", (0, p, q, way), "quantity"), (Q,), ("point",), engine, rows=rows)
