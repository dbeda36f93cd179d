"""The figures of a registry: by provision who meets it and by how much others miss it.

`sums` are expressions over a decided frame, so that a back end sums in the pass that decides, over
all rows or by group; `figures` makes plain data of what came out. `nearest` finds the rows that
miss a condition by least. A shortfall is a share of what is required: one number of all rows, or
another in each row, then in a column of its own (`results.SHARE`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.graph import Definition, Graph, Provision
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.table.results import MISSING, SHARE, STATUSES, VERDICT, Plan, Result
from tieuchi.engine.truth import Status

EDGES = (10, 25, 50, 75, 100)  # of shortfalls, in hundredths of what is required
ROWS = "rows"
LEAST = "\nleast"


class Counted(NamedTuple):
    """One provision over all rows.

    `statuses`: how many rows have each; `least`: the least shortfall, `None` where nobody falls
    short; `required`: what shortfalls are shares of, None where that is not one number; `bands`:
    how many fall short by up to each of `EDGES`, each row in one band; none where a shortfall is no
    share of anything.
    """

    provision: Provision
    statuses: dict[str, int]
    unit: str
    least: str | None
    required: str | None
    bands: tuple[int, ...]


class Sorted(NamedTuple):
    """How many rows are of each label of a class, of none of them, or open."""

    definition: Definition
    labels: dict[str, int]


class Figures(NamedTuple):
    """What is said of all rows, or of those of one group."""

    rows: int
    verdict: dict[str, int] | None
    provisions: tuple[Counted, ...]
    missing: tuple[tuple[str, int], ...]  # facts, those that hold most rows open first
    classes: tuple[Sorted, ...] = ()


def required(graph: Graph, of: Provision) -> Fraction | None:
    """What a shortfall is a share of, in its unit, where that is one number above 0."""
    if len(of.tests) != 1 or of.tests[0].required < 0:
        return None
    test = of.tests[0]
    bound = graph.nodes[test.required]
    if bound.op != "const" or graph.nodes[test.measured].kind != "quantity":
        return None
    value = Fraction(bound.args[0] * bound.num, bound.den)
    return value if value > 0 else None


def sums(plan: Plan, *, by: Any = nw) -> dict[str, Any]:
    """What is summed over a decided frame, by name; `by`: Narwhals' expressions or Polars' own."""
    out: dict[str, Any] = {ROWS: by.len()}
    for result in plan.results:
        if result.kind in ("status", "verdict"):
            for status in _COUNTED:
                out[f"{result.name}\n{status}"] = _count(by.col(result.name) == str(status), by)
        elif isinstance(result.of, Definition) and result.kind == "class":
            for label in _labels(result.of):
                out[f"{result.name}\n{label}"] = _count(by.col(result.name) == label, by)
        elif result.kind == "missing":
            out[result.name] = _count(by.col(result.name), by)
        elif result.kind == "shortfall":
            out |= _shortfalls(plan.graph, result, by)
        elif result.kind == "share":
            share = by.col(result.name)
            out[result.name + LEAST] = share.min()
            out |= {f"{result.name}\n{edge}": _count(share <= 10 * edge, by) for edge in EDGES}
    return out


def _labels(of: Definition) -> list[str]:
    """What a class can come to but for what is left open."""
    return [*(label for label, _ in of.labels), str(Status.NOT_APPLICABLE)]


_COUNTED = (Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE)  # what is left is undetermined


def _count(condition: Any, by: Any) -> Any:
    """How often a condition holds; not every back end can sum conditions."""
    return condition.cast(nw.Int64).sum() if by is nw else condition.sum()


def _shortfalls(graph: Graph, result: Result, by: Any) -> dict[str, Any]:
    short = by.col(result.name)
    out = {result.name + LEAST: short.min()}
    asked = required(graph, result.of)  # type: ignore[arg-type]
    if asked is None:
        return out
    for edge in EDGES:
        upto = decimal_text(edge, asked.numerator, 100 * asked.denominator)
        at = Decimal(upto) if result.places else floor(Fraction(upto))
        out[f"{result.name}\n{edge}"] = _count(short <= at, by)
    return out


def figures(summed: Mapping[str, Any], plan: Plan) -> Figures:
    """What came out of `sums`, as plain data."""
    units = {result.name: result.unit for result in plan.results if result.kind == "shortfall"}
    shared = {result.of for result in plan.results if result.kind == "share"}
    counted = [
        _counted(summed, plan, result, units.get(f"{result.name}.shortfall"), result.of in shared)
        for result in plan.results
        if result.kind == "status" and isinstance(result.of, Provision) and result.of.node >= 0
    ]
    missing = [
        (result.name.removeprefix(MISSING), _number(summed.get(result.name)))
        for result in plan.results
        if result.kind == "missing"
    ]
    missing = sorted((each for each in missing if each[1]), key=lambda each: -each[1])
    has_verdict = any(result.kind == "verdict" for result in plan.results)
    verdict = _statuses(summed, VERDICT) if has_verdict else None
    classes = tuple(
        _sorted(summed, result.of)
        for result in plan.results
        if isinstance(result.of, Definition) and result.kind == "class"
    )
    rows = _number(summed.get(ROWS))
    return Figures(rows, verdict, tuple(counted), tuple(missing), classes)


def _sorted(summed: Mapping[str, Any], of: Definition) -> Sorted:
    counted = {label: _number(summed.get(f"{of.id}\n{label}")) for label in _labels(of)}
    left = _number(summed.get(ROWS)) - sum(counted.values())
    return Sorted(of, {**counted, str(Status.UNDETERMINED): left})


def _statuses(summed: Mapping[str, Any], name: str) -> dict[str, int]:
    counted = {str(s): _number(summed.get(f"{name}\n{s}")) for s in _COUNTED}
    left = _number(summed.get(ROWS)) - sum(counted.values())
    return {status: counted.get(status, left) for status in STATUSES}


def _counted(
    summed: Mapping[str, Any], plan: Plan, result: Result, unit: str | None, shared: bool
) -> Counted:
    of: Provision = result.of  # type: ignore[assignment]
    short = f"{of.id}.shortfall"
    asked = None if unit is None or shared else required(plan.graph, of)
    least = summed.get(short + LEAST)
    banded = SHARE + of.id if shared else short
    bands, before = [], 0
    for edge in EDGES if asked is not None or shared else ():
        upto = _number(summed.get(f"{banded}\n{edge}"))
        bands.append(upto - before)
        before = upto
    return Counted(
        of,
        _statuses(summed, result.name),
        unit or "",
        None if least is None else _plain(Fraction(least)),
        None if asked is None else _plain(asked),
        tuple(bands),
    )


def _plain(value: Fraction) -> str:
    return decimal_text(1, value.numerator, value.denominator)


def _number(value: Any) -> int:
    return 0 if value is None else int(value)


def nearest(frame: nw.LazyFrame[Any], plan: Plan, row: str, count: int) -> nw.LazyFrame[Any]:
    """The rows that miss a condition by least: `row` and `best` (see `share_and_place`)."""
    shares = []
    for place, asked in shares_of(plan).items():
        column = nw.col(plan.results[place].name)
        if asked is not None:
            short = column * (1000 * asked.denominator)
            whole = short.cast(nw.Int64)
            up = nw.when(short > whole).then(whole + 1).otherwise(whole)
            column = (up + (asked.numerator - 1)) // asked.numerator
        shares.append(column.cast(nw.Int64) * _PLACES + place)
    best = nw.lit(None, dtype=nw.Int64)
    if shares:  # Spark has no least of one column
        best = nw.min_horizontal(*shares) if len(shares) > 1 else shares[0]
    if any(result.kind == "verdict" for result in plan.results):
        best = nw.when(nw.col(VERDICT) == Status.NOT_MET).then(best)
    told = frame.select(row, best=best).filter(~nw.col("best").is_null())
    return told.sort("best", row).head(count)


def least_share(summed: Mapping[str, Any], plan: Plan) -> int | None:
    """Of what was summed, the least shortfall in thousandths of what is required; None without."""
    shares = []
    for place, asked in shares_of(plan).items():
        least = summed.get(plan.results[place].name + LEAST)
        if least is not None:
            per = 1 if asked is None else Fraction(1000 * asked.denominator, asked.numerator)
            shares.append(ceil(Fraction(least) * per))
    return min(shares, default=None)


def shares_of(plan: Plan) -> dict[int, Fraction | None]:
    """By its place among the results, what each shortfall is a share of; None for a column of such
    shares."""
    found: dict[int, Fraction | None] = {}
    for place, result in enumerate(plan.results):
        if result.kind == "share":
            found[place] = None
        elif result.kind == "shortfall":
            asked = required(plan.graph, result.of)  # type: ignore[arg-type]
            if asked is not None:
                found[place] = asked
    return found


_PLACES = 1 << 20


def share_and_place(best: int) -> tuple[int, int]:
    """Thousandths of what is required, rounded up, and the position among the results."""
    return divmod(best, _PLACES)
