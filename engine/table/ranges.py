"""Arithmetic on ranges in columns: what `interval` does for one case, for all rows at once."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from tieuchi.engine import interval
from tieuchi.engine.graph import Node
from tieuchi.engine.table.cells import Range, hull
from tieuchi.engine.table.terms import (
    LARGEST,
    Bound,
    Keep,
    Term,
    Truth,
    both,
    choose,
    compare,
    either,
    greatest,
    is_null,
    known_greatest,
    least,
    minus,
    negate,
    plus,
    scaled_down,
    term,
    times,
)


def against(comparison: str, x: Range, y: Range) -> tuple[Truth, Truth]:
    """Whether x can, and can fail to, stand so to y."""
    if comparison == "ge":
        return _can("ge", x.high, y.low), _can("lt", x.low, y.high)
    if comparison == "gt":
        return _can("lt", y.low, x.high), _can("ge", y.high, x.low)
    if comparison == "le":
        return _can("ge", y.high, x.low), _can("lt", y.low, x.high)
    return _can("lt", x.low, y.high), _can("ge", x.high, y.low)


def _can(how: str, a: Bound, b: Bound) -> Truth:
    return compare(how, a, b, unbounded=True)


def in_reach(threshold: int) -> int:
    """A threshold, or the end of 64 bits before it: no quantity comes to either."""
    return max(-LARGEST, min(threshold, LARGEST))


def scaled(k: int, x: Range) -> tuple[Bound, Bound]:
    """The ends of k times a range."""
    low, high = times(k, x.low), times(k, x.high)
    return (low, high) if k >= 0 else (high, low)


def least_sum(of: Sequence[tuple[Range, Bound]], certain: Truth) -> Bound:
    """The least sum: of what is surely there, and of what may be and lowers it."""
    parts, lowers = [], []
    for x, end in of:
        negative = either(is_null(end), compare("lt", end, 0, unbounded=True))
        counts = both(x.present, either(negate(x.absent), negative))
        lowers.append(counts)
        parts.append(choose(counts, end, 0))
    lowest = hull((x.present, Range(end, end)) for x, end in of).low
    return choose(either(certain, *lowers), plus(*parts), lowest)


def multiplied(a: Range, b: Range) -> tuple[Bound, Bound]:
    """The ends of a product of which one factor at least has both ends."""
    open_b = either(is_null(b.low), is_null(b.high))
    if open_b is False:
        return _by(b, a)
    if open_b is True or either(is_null(a.low), is_null(a.high)) is False:
        return _by(a, b)
    here, there = _by(a, b), _by(b, a)
    return choose(open_b, here[0], there[0]), choose(open_b, here[1], there[1])


def _by(k: Range, a: Range) -> tuple[Bound, Bound]:
    """k times a, where k has both ends."""
    if a.low is a.high and k.low is k.high:
        same = product(k.low, a.low)
        return same, same
    ends = [_scaled_by(end, a) for end in ([k.low] if k.low is k.high else [k.low, k.high])]
    return least(*(low for low, _ in ends)), greatest(*(high for _, high in ends))


def _scaled_by(k: Bound, a: Range) -> tuple[Bound, Bound]:
    if isinstance(k, int):
        return scaled(k, a)
    up = compare("ge", k, 0, unbounded=True)
    return choose(up, product(k, a.low), product(k, a.high)), choose(
        up, product(k, a.high), product(k, a.low)
    )


def product(a: Bound, b: Bound) -> Bound:
    """A product in which 0 times no bound is 0."""
    if isinstance(a, int):
        return times(a, b)
    if isinstance(b, int):
        return times(b, a)
    if a is None or b is None:
        known = b if a is None else a
        zero = both(negate(is_null(known)), is_zero(known))
        return choose(zero, 0, None)
    found: Bound = term(lambda x, y: x * y, a, b)
    for one, other in ((a, b), (b, a)):
        if one.null:
            found = choose(both(is_null(one), is_zero(other)), 0, found)
    return found


def is_zero(bound: Bound) -> Truth:
    """Whether a bound is there and is 0."""
    if isinstance(bound, Term):
        return term(lambda of: (of == 0).fill_null(False), bound, null=False)
    return bound == 0


def mirrored(x: Range) -> Range:
    """The range mirrored at 0."""
    return Range(minus(x.high), minus(x.low), x.absent, x.present, x.low is x.high)


def highest(of: Sequence[Range]) -> Range:
    """The highest, skipping what is not applicable."""
    sure = [both(x.present, negate(x.absent)) for x in of]
    certain = either(*sure)
    everything = hull((x.present, x) for x in of)
    surest = known_greatest(
        *(choose(s, x.low, None) for s, x in zip(sure, of, strict=True) if s is not False)
    )
    return Range(
        choose(certain, surest, everything.low),
        everything.high,
        negate(certain),
        either(*(x.present for x in of)),
    )


def rounded(keep: Keep, bound: Bound, p: int, q: int, way: str, of: Node) -> Bound:
    """p/q times a bound of a node, to a whole number (see `interval.rounded`)."""
    if isinstance(bound, int):
        return interval.rounded(bound * p, q, way)
    largest = magnitude(of)
    if way == "down":
        return scaled_down(keep, bound, p, q, largest)
    if way == "up":
        return minus(scaled_down(keep, minus(bound), p, q, largest))
    up = scaled_down(lambda n, b: keep(f"up.{n}", b), bound, p, q, largest, half=True)
    down = minus(
        scaled_down(lambda n, b: keep(f"down.{n}", b), minus(bound), p, q, largest, half=True)
    )
    return choose(compare("ge", bound, 0, unbounded=True), up, down)


def magnitude(node: Node) -> int:
    """No number of a quantity's steps is farther from 0."""
    if node.least is None or node.most is None:
        return LARGEST
    return max(abs(node.least), abs(node.most))


def one(condition: Truth) -> Bound:
    """1 where a condition holds, else 0."""
    if isinstance(condition, Term):
        return term(lambda of: of.cast(nw.Int64), condition)
    return int(condition)
