"""Intervals of integers: what a quantity or a day can still be, and the arithmetic on them.

A *value* is an `int` where it is settled, else ``(lo, hi, absent)``: from ``lo`` to ``hi``, both
included, None for no bound, and whether "not applicable" is possible besides; `ABSENT` where
nothing else is. Every function is monotone: narrower operands give a narrower result.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

Span = tuple[int | None, int | None, bool]
Quantity = int | Span

ABSENT: Span = (1, 0, True)
BEGUN = "begun "


def span(value: Quantity) -> Span:
    """A quantity as an interval."""
    return (value, value, False) if value.__class__ is int else value  # type: ignore[return-value]


def narrow(lo: int | None, hi: int | None, absent: bool) -> Quantity:
    """An interval as a value: an int where it is settled."""
    return lo if lo == hi and not absent and lo is not None else (lo, hi, absent)


def hull(a: Quantity, b: Quantity) -> Quantity:
    """The least interval that holds both."""
    if a is ABSENT or b is ABSENT:
        if a is b:
            return ABSENT
        lo, hi, _ = span(b if a is ABSENT else a)
        return (lo, hi, True)
    alo, ahi, ana = span(a)
    blo, bhi, bna = span(b)
    lo = None if alo is None or blo is None else min(alo, blo)
    hi = None if ahi is None or bhi is None else max(ahi, bhi)
    return narrow(lo, hi, ana or bna)


def _times(a: int | None, b: int | None) -> int | None:
    if a == 0 or b == 0:
        return 0
    return None if a is None or b is None else a * b


def scaled(k: int, x: Span) -> tuple[int | None, int | None]:
    """The interval of k times a quantity."""
    lo, hi = _times(k, x[0]), _times(k, x[1])
    return (lo, hi) if k >= 0 else (hi, lo)


def multiplied(a: Span, b: Span) -> tuple[int | None, int | None]:
    """The interval of a product of which one factor at least has both ends."""
    if b[0] is None or b[1] is None:
        a, b = b, a
    ends = [scaled(k, a) for k in (b[0], b[1]) if k is not None]
    los, his = [lo for lo, _ in ends], [hi for _, hi in ends]
    return (
        None if None in los else min(cast("list[int]", los)),
        None if None in his else max(cast("list[int]", his)),
    )


def ge(x: Quantity, t: int) -> int:
    """What "at least t" can come to of a quantity."""
    if x.__class__ is int:
        return MET if x >= t else NOT_MET
    if x is ABSENT:
        return NOT_APPLICABLE
    lo, hi, absent = cast(Span, x)
    out = NOT_APPLICABLE if absent else 0
    if hi is None or hi >= t:
        out |= MET
    return out | NOT_MET if lo is None or lo < t else out


def le(x: Quantity, t: int) -> int:
    """What "at most t" can come to of a quantity."""
    if x.__class__ is int:
        return MET if x <= t else NOT_MET
    if x is ABSENT:
        return NOT_APPLICABLE
    lo, hi, absent = cast(Span, x)
    out = NOT_APPLICABLE if absent else 0
    if lo is None or lo <= t:
        out |= MET
    return out | NOT_MET if hi is None or hi > t else out


def compared(comparison: str, lo: int | None, hi: int | None) -> int:
    """What "ge", "gt", "le" or "lt" 0 can come to of a margin from `lo` to `hi`."""
    if comparison in ("le", "lt"):
        lo, hi = None if hi is None else -hi, None if lo is None else -lo
    least = 0 if comparison in ("ge", "le") else 1
    out = MET if hi is None or hi >= least else 0
    return out | NOT_MET if lo is None or lo < least else out


def combined(c: int, terms: list[tuple[int, Quantity]]) -> Quantity:
    """c and the terms together; not applicable where one of them is."""
    lo: int | None = c
    hi: int | None = c
    absent = False
    for k, x in terms:
        if x is ABSENT:
            return ABSENT
        xs = span(x)
        low, high = scaled(k, xs)
        lo = None if lo is None or low is None else lo + low
        hi = None if hi is None or high is None else hi + high
        absent = absent or xs[2]
    return narrow(lo, hi, absent)


def summed(c: int, terms: list[tuple[int, Quantity]]) -> Quantity:
    """A sum that skips what is not applicable; where every term may be, one at least is there."""
    lo: int | None = c
    hi: int | None = c
    for k, x in terms:
        if x.__class__ is int:
            x_lo = x_hi = k * x
        elif cast(Span, x)[2]:
            return _sum_of_present(c, terms)
        else:
            x_lo, x_hi = scaled(k, cast(Span, x))  # type: ignore[assignment]
        lo = None if lo is None or x_lo is None else lo + x_lo
        hi = None if hi is None or x_hi is None else hi + x_hi
    return narrow(lo, hi, False)


def _sum_of_present(c: int, terms: list[tuple[int, Quantity]]) -> Quantity:
    there = [(*scaled(k, span(x)), span(x)[2]) for k, x in terms if x is not ABSENT]
    if not there:
        return ABSENT
    certain = any(not absent for _, _, absent in there)
    los = [lo for lo, _, absent in there if not absent or lo is None or lo < 0]
    his = [hi for _, hi, absent in there if not absent or hi is None or hi > 0]
    if not los and not certain:
        los = [min(cast("list[int]", [lo for lo, _, _ in there]))]
    if not his and not certain:
        his = [max(cast("list[int]", [hi for _, hi, _ in there]))]
    lo = None if None in los else c + sum(cast("list[int]", los))
    hi = None if None in his else c + sum(cast("list[int]", his))
    return narrow(lo, hi, not certain)


def most(values: list[Span]) -> tuple[int | None, int | None]:
    """The interval of the highest of quantities that are all there."""
    los = [lo for lo, _, _ in values if lo is not None]
    his = [hi for _, hi, _ in values]
    return max(los) if los else None, None if None in his else max(cast("list[int]", his))


def negative(x: Span) -> Span:
    """The interval mirrored at 0."""
    return (None if x[1] is None else -x[1], None if x[0] is None else -x[0], x[2])


def highest(values: list[Span]) -> Quantity:
    """The highest, skipping what is not applicable."""
    there = [x for x in values if x is not ABSENT]
    if not there:
        return ABSENT
    certain = [x for x in there if not x[2]]
    _, hi = most(there)
    if certain:
        return narrow(most(certain)[0], hi, False)
    los = [lo for lo, _, _ in there]
    return (None if None in los else min(cast("list[int]", los)), hi, True)


def rounded(n: int, d: int, way: str) -> int:
    """n over d (d > 0) to a whole number: "down" (to the lower), "up", "half_up" (away from 0)."""
    if way == "down":
        return n // d
    if way == "up":
        return -(-n // d)
    return (2 * n + d) // (2 * d) if n >= 0 else -((-2 * n + d) // (2 * d))


def _last_day(year: int, month: int) -> int:
    if month == 12:
        return 31
    return date(year, month + 1, 1).toordinal() - date(year, month, 1).toordinal()


def elapsed(unit: str, start: int, end: int) -> int:
    """Completed years, months or days from one day to another, 0 where it is not later.

    A month counts as completed on the day of the same number, or on the last of a shorter month.
    Of "begun years" and "begun months" the one under way counts too.
    """
    if end <= start:
        return 0
    if unit.startswith(BEGUN):
        return elapsed(unit.removeprefix(BEGUN), start, end - 1) + 1
    if unit == "days":
        return end - start
    a, b = date.fromordinal(start), date.fromordinal(end)
    months = (b.year - a.year) * 12 + b.month - a.month
    if b.day < min(a.day, _last_day(b.year, b.month)):
        months -= 1
    return months if unit == "months" else months // 12
