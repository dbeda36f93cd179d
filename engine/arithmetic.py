"""The arithmetic of quantities and dates: from the values that a node reads to its own.

Each function here takes a node's arguments and gives the calculation over the list of all values;
`kernel` says which op has which. A settled value is an `int`, an open one an interval, as `kernel`
says. It knows numbers and intervals, and no nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tieuchi.engine.interval import (
    ABSENT,
    Quantity,
    elapsed,
    highest,
    most,
    multiplied,
    narrow,
    negative,
    rounded,
    span,
)

Calculation = Callable[[list[Any]], Quantity]


def pairs(args: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Arguments two by two."""
    return tuple(zip(args[::2], args[1::2], strict=True))


def added(
    unsettled: Callable[[int, list[tuple[int, Quantity]]], Quantity],
) -> Callable[..., Calculation]:
    """``c + Σ k*a``; what comes of it where a term is not settled is the caller's rule."""

    def make(c: int, *args: int) -> Calculation:
        terms = pairs(args)

        def step(v: list[Any]) -> Quantity:
            total = c
            for k, a in terms:
                x = v[a]
                if x.__class__ is not int:
                    return unsettled(c, [(k, v[i]) for k, i in terms])
                total += k * x
            return total

        return step

    return make


def product(a: int, b: int) -> Calculation:
    """``a*b``."""

    def step(v: list[Any]) -> Quantity:
        x: Quantity
        y: Quantity
        x, y = v[a], v[b]
        if x.__class__ is int and y.__class__ is int:
            return x * y
        if x is ABSENT or y is ABSENT:
            return ABSENT
        xs, ys = span(x), span(y)
        return narrow(*multiplied(xs, ys), xs[2] or ys[2])

    return step


def highest_of(*ix: int) -> Calculation:
    """The highest of those that there are."""
    return lambda v: highest([span(v[i]) for i in ix])


def lowest_of(*ix: int) -> Calculation:
    """The lowest of those that there are."""

    def lowest(v: list[Any]) -> Quantity:
        values = [span(v[i]) for i in ix]
        out = highest([x if x is ABSENT else negative(x) for x in values])
        return out if out is ABSENT else -out if isinstance(out, int) else negative(out)

    return lowest


def bounded(rule: Callable[[int, int], int], lower: bool) -> Callable[[int, int], Calculation]:
    """`floor` (the higher) and `cap` (the lower): both operands must be there."""

    def make(a: int, bound: int) -> Calculation:
        def step(v: list[Any]) -> Quantity:
            x: Quantity
            y: Quantity
            x, y = v[a], v[bound]
            if x.__class__ is int and y.__class__ is int:
                return rule(x, y)
            if x is ABSENT or y is ABSENT:
                return ABSENT
            xs, ys = span(x), span(y)
            pair = [xs, ys] if lower else [negative(xs), negative(ys)]
            lo, hi = most(pair)
            if not lower:
                lo, hi, _ = negative((lo, hi, False))
            return narrow(lo, hi, xs[2] or ys[2])

        return step

    return make


def rounded_to(a: int, p: int, q: int, way: str) -> Calculation:
    """``a*p/q``, rounded this way."""

    def step(v: list[Any]) -> Quantity:
        x: Quantity = v[a]
        if x.__class__ is int:
            return rounded(x * p, q, way)
        if x is ABSENT:
            return ABSENT
        lo, hi, absent = span(x)
        return narrow(
            None if lo is None else rounded(lo * p, q, way),
            None if hi is None else rounded(hi * p, q, way),
            absent,
        )

    return step


def vague(a: int) -> Calculation:
    """A quantity times what nobody knows: 0 where it is 0, else from 0 up."""

    def step(v: list[Any]) -> Quantity:
        x: Quantity = v[a]
        if x is ABSENT:
            return ABSENT
        _, hi, absent = span(x)
        return narrow(0, 0 if hi == 0 else None, absent)

    return step


def elapsed_between(unit: str, start: int, end: int) -> Calculation:
    """Completed years, months or days from one date to another."""

    def step(v: list[Any]) -> Quantity:
        x: Quantity
        y: Quantity
        x, y = v[start], v[end]
        if x is ABSENT or y is ABSENT:
            return ABSENT
        (xlo, xhi, xna), (ylo, yhi, yna) = span(x), span(y)
        lo = 0 if xhi is None or ylo is None else elapsed(unit, xhi, ylo)
        hi = None if xlo is None or yhi is None else elapsed(unit, xlo, yhi)
        return narrow(lo, hi, xna or yna)

    return step
