"""The quantities of a graph in columns: the range of a node, an op a function.

What `kernel` counts for one case. It knows cells, not where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tieuchi.engine.table.cells import ABSENT, Range, constant, outcomes
from tieuchi.engine.table.days import completed
from tieuchi.engine.table.making import Maker, Making
from tieuchi.engine.table.ranges import (
    highest,
    is_zero,
    least_sum,
    mirrored,
    multiplied,
    rounded,
    scaled,
)
from tieuchi.engine.table.terms import (
    Keep,
    Term,
    both,
    choose,
    column,
    either,
    greatest,
    is_null,
    known_greatest,
    known_least,
    least,
    minus,
    negate,
    plus,
)


def _const(_: Making, __: int, value: int) -> Range:
    return constant(value)


def _terms(args: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(args[::2], args[1::2], strict=True))


def _linear(c: Making, _: int, start: int, *args: int) -> Range:
    of = [(k, c.cell(a)) for k, a in _terms(args)]
    ends = [scaled(k, x) for k, x in of]
    return Range(
        plus(start, *(low for low, _ in ends)),
        plus(start, *(high for _, high in ends)),
        either(*(x.absent for _, x in of)),
        both(*(x.present for _, x in of)),
        all(x.point and k > 0 for k, x in of),
    )


def _sum(c: Making, at: int, start: int, *args: int) -> Range:
    """What is not applicable is skipped; where every term may be, one at least is there."""
    of = [(k, c.cell(a)) for k, a in _terms(args)]
    if all(x.absent is False for _, x in of):
        return _linear(c, at, start, *args)
    ends = [(x, *scaled(k, x)) for k, x in of]
    certain = c.sheet.keep(
        f"@{at}.certain", either(*(both(x.present, negate(x.absent)) for x, _, _ in ends))
    )
    low = least_sum([(x, low) for x, low, _ in ends], certain)
    high = minus(least_sum([(x, minus(high)) for x, _, high in ends], certain))
    present = either(*(x.present for x, _, _ in ends))
    return Range(plus(start, low), plus(start, high), negate(certain), present)


def _keeper(c: Making, at: int, which: str) -> Keep:
    return lambda name, bound: c.sheet.keep(f"@{at}.{which}.{name}", bound)


def _product(c: Making, _: int, a: int, b: int) -> Range:
    x, y = c.cell(a), c.cell(b)
    low, high = multiplied(x, y)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def _highest(c: Making, _: int, *ix: int) -> Range:
    return highest([c.cell(i) for i in ix])


def _lowest(c: Making, _: int, *ix: int) -> Range:
    return mirrored(highest([mirrored(c.cell(i)) for i in ix]))


def _floor(c: Making, _: int, a: int, bound: int) -> Range:
    x, y = c.cell(a), c.cell(bound)
    low, high = known_greatest(x.low, y.low), greatest(x.high, y.high)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def _cap(c: Making, _: int, a: int, bound: int) -> Range:
    x, y = c.cell(a), c.cell(bound)
    low, high = least(x.low, y.low), known_least(x.high, y.high)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def _round(c: Making, at: int, a: int, p: int, q: int, way: str) -> Range:
    x: Range = c.cell(a)
    low = rounded(_keeper(c, at, "least"), x.low, p, q, way, c.graph.nodes[a])
    high = low
    if x.high is not x.low:
        high = rounded(_keeper(c, at, "most"), x.high, p, q, way, c.graph.nodes[a])
    return Range(low, high, x.absent, x.present, x.point)


def _vague(c: Making, _: int, a: int) -> Range:
    x: Range = c.cell(a)
    nothing = both(negate(is_null(x.high)), is_zero(x.high))
    return Range(0, choose(nothing, 0, None), x.absent, x.present)


def _unknown(_: Making, __: int) -> Range:
    return Range(0, None)


def _elapsed(c: Making, at: int, unit: str, start: int, end: int) -> Range:
    x, y = c.cell(start), c.cell(end)
    if x.present is False or y.present is False:
        return ABSENT
    same = x.low is x.high and y.low is y.high
    low = completed(_keeper(c, at, "least"), unit, x.high, y.low)
    high = low if same else completed(_keeper(c, at, "most"), unit, x.low, y.high)
    low = choose(is_null(low), 0, low) if isinstance(low, Term) else low or 0
    point = x.point and y.point
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present), point)


def count_columns(at: int) -> tuple[str, str]:
    """The names of the columns that say what a count or sum over a list can be."""
    return f"@{at}_low", f"@{at}_high"


def _count(_: Making, at: int, *__: Any) -> Range:
    low, high = count_columns(at)
    return Range(column(low, null=True), column(high, null=True))


def _ratio(c: Making, _: int, n: int, d: int) -> tuple[Range, Range]:
    return c.cell(n), c.cell(d)


def _amount(c: Making, at: int, condition: int, value: int) -> Range:
    x: Range = c.cell(value)
    when = outcomes(1) if condition < 0 else c.cell(condition)
    nothing = c.sheet.keep(f"@{at}.nothing", either(negate(when.met), negate(x.present)))
    perhaps = either(x.absent, negate(when.surely_met))
    low, high = least(x.low, 0), greatest(x.high, 0)
    never_below = c.graph.nodes[value].least
    if never_below is not None and never_below >= 0:
        low, high = 0, x.high
    return Range(
        choose(nothing, 0, choose(perhaps, low, x.low)),
        choose(nothing, 0, choose(perhaps, high, x.high)),
    )


MAKERS: Mapping[str, Maker] = {
    "const": _const,
    "unknown": _unknown,
    "linear": _linear,
    "sum": _sum,
    "product": _product,
    "highest": _highest,
    "lowest": _lowest,
    "floor": _floor,
    "cap": _cap,
    "round": _round,
    "vague": _vague,
    "elapsed": _elapsed,
    "count": _count,
    "total": _count,
    "amount": _amount,
    "date": _const,
    "ratio": _ratio,
}
