"""The figures of a registry: by provision who meets it and by how much others miss it.

`sums` are expressions over a decided frame, so that a back end sums in the pass that decides, over
all rows or by group; `figures` makes plain data of what came out. `nearest` finds the rows that
miss a condition by least.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.graph import Graph, Provision
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.table.results import MISSING, STATUSES, VERDICT, Plan, Result

EDGES = (10, 25, 50, 75, 100)  # of shortfalls, in hundredths of what is required
ROWS = "rows"
LEAST = "\nleast"


class Counted(NamedTuple):
    """One provision over all rows.

    `statuses`: how many rows have each; `least`: the least shortfall, `None` where nobody falls
    short; `required`: what shortfalls are shares of, None where that is not one number; `bands`:
    how many fall short by up to each of `EDGES`, each row in one band.
    """

    provision: Provision
    statuses: dict[str, int]
    unit: str
    least: str | None
    required: str | None
    bands: tuple[int, ...]


class Figures(NamedTuple):
    """What is said of all rows, or of those of one group."""

    rows: int
    verdict: dict[str, int] | None
    provisions: tuple[Counted, ...]
    missing: tuple[tuple[str, int], ...]  # facts, those that hold most rows open first


def required(graph: Graph, of: Provision) -> Fraction | None:
    """What a shortfall is a share of, in its unit: a threshold from below that is one number."""
    if len(of.tests) != 1 or of.tests[0].comparison not in ("at_least", "more_than"):
        return None
    test = of.tests[0]
    bound = graph.nodes[test.required]
    if bound.op != "const" or graph.nodes[test.measured].kind != "quantity":
        return None
    value = Fraction(bound.args[0] * bound.num, bound.den)
    return value if value > 0 else None


def sums(plan: Plan) -> dict[str, nw.Expr]:
    """What is summed over a decided frame, by name."""
    out: dict[str, nw.Expr] = {ROWS: nw.len()}
    for result in plan.results:
        if result.kind in ("status", "verdict"):
            for status in STATUSES:
                out[f"{result.name}\n{status}"] = _count(nw.col(result.name) == status)
        elif result.kind == "missing":
            out[result.name] = _count(nw.col(result.name))
        elif result.kind == "shortfall":
            out |= _shortfalls(plan.graph, result)
    return out


def _count(condition: nw.Expr) -> nw.Expr:
    return condition.cast(nw.Int64).sum()


def _shortfalls(graph: Graph, result: Result) -> dict[str, nw.Expr]:
    short = nw.col(result.name)
    out = {result.name + LEAST: short.min()}
    asked = required(graph, result.of)  # type: ignore[arg-type]
    if asked is not None:
        num, den = asked.numerator, asked.denominator
        for edge in EDGES:
            within = short * (100 * den) <= edge * num
            out[f"{result.name}\n{edge}"] = _count(within)
    return out


def figures(summed: Mapping[str, Any], plan: Plan) -> Figures:
    """What came out of `sums`, as plain data."""
    counted = [
        _counted(summed, plan, result)
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
    return Figures(_number(summed.get(ROWS)), verdict, tuple(counted), tuple(missing))


def _statuses(summed: Mapping[str, Any], name: str) -> dict[str, int]:
    return {status: _number(summed.get(f"{name}\n{status}")) for status in STATUSES}


def _counted(summed: Mapping[str, Any], plan: Plan, result: Result) -> Counted:
    of: Provision = result.of  # type: ignore[assignment]
    short = f"{of.id}.shortfall"
    unit = next((r.unit for r in plan.results if r.name == short), "")
    asked = required(plan.graph, of) if unit else None
    least = summed.get(short + LEAST)
    bands, before = [], 0
    for edge in EDGES if asked is not None else ():
        upto = _number(summed.get(f"{short}\n{edge}"))
        bands.append(upto - before)
        before = upto
    return Counted(
        of,
        _statuses(summed, result.name),
        unit,
        None if least is None else _plain(Fraction(least)),
        None if asked is None else _plain(asked),
        tuple(bands),
    )


def _plain(value: Fraction) -> str:
    return decimal_text(1, value.numerator, value.denominator)


def _number(value: Any) -> int:
    return 0 if value is None else int(value)


def nearest(frame: nw.LazyFrame[Any], plan: Plan, row: str, count: int) -> nw.LazyFrame[Any]:
    """The rows that miss a condition by least, with `@share` in thousandths of what is required
    and `@place`, the position among the results of the condition that is missed by it."""
    shares = []
    for place, result in enumerate(plan.results):
        if result.kind != "shortfall":
            continue
        asked = required(plan.graph, result.of)  # type: ignore[arg-type]
        if asked is not None:
            share = (nw.col(result.name) * (1000 * asked.denominator)).cast(nw.Int64)
            shares.append((share // asked.numerator) * _PLACES + place)
    best = nw.min_horizontal(*shares) if shares else nw.lit(None, dtype=nw.Int64)
    if any(result.kind == "verdict" for result in plan.results):
        best = nw.when(nw.col(VERDICT) == "not_met").then(best)
    told = frame.select(row, best=best).filter(~nw.col("best").is_null())
    return told.sort("best", row).head(count)


_PLACES = 1 << 20


def share_and_place(best: int) -> tuple[int, int]:
    """Thousandths of what is required, and the position among the results."""
    return divmod(best, _PLACES)
