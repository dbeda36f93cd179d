"""Completed time between two days, in columns of ordinals: `interval.elapsed` for all rows at once.

The Gregorian calendar by whole numbers alone, in years that begin in March, so that a leap day is
the last of its year. Each number that is read more than once gets a name from `keep`, or a back end
would compute it once for each reader.
"""

from __future__ import annotations

from tieuchi.engine import interval
from tieuchi.engine.table.terms import (
    Bound,
    Keep,
    Truth,
    both,
    choose,
    compare,
    divided,
    either,
    least,
    minus,
    negate,
    plus,
    term,
    times,
)

LATEST = 4_000_000  # no ordinal of the calendar is greater


def completed(keep: Keep, unit: str, start: Bound, end: Bound) -> Bound:
    """Completed units (or begun ones) from one day to another, 0 where it is not later; no bound
    without a day."""
    if start is None or end is None:
        return None
    if isinstance(start, int) and isinstance(end, int):
        return interval.elapsed(unit, start, end)
    later = compare("lt", start, end, unbounded=True)
    if unit.startswith(interval.BEGUN):
        done = completed(keep, unit.removeprefix(interval.BEGUN), start, plus(end, -1))
        return choose(later, plus(done, 1), 0)
    if unit == "days":
        return choose(later, plus(end, minus(start)), 0)
    ay, am, ad = _civil(lambda name, bound: keep(f"from.{name}", bound), start)
    by, bm, bd = _civil(lambda name, bound: keep(f"to.{name}", bound), end)
    months = plus(times(12, by), bm, times(-12, ay), minus(am))
    short = compare("lt", bd, least(ad, _last_day(by, bm)), unbounded=False)
    months = keep("months", plus(months, choose(short, -1, 0)))
    return choose(later, months if unit == "months" else divided(months, 12, LATEST), 0)


def _civil(keep: Keep, day: Bound) -> tuple[Bound, Bound, Bound]:
    """Year, month and day of an ordinal."""

    def over(bound: Bound, by: int) -> Bound:
        return divided(bound, by, LATEST)

    n = plus(day, 305)  # days from 1 March of the year 0
    era = keep("era", over(n, 146_097))  # of 400 years
    doe = keep("doe", plus(n, times(-146_097, era)))
    leaps = plus(minus(over(doe, 1_460)), over(doe, 36_524), minus(over(doe, 146_096)))
    yoe = keep("yoe", over(keep("even", plus(doe, leaps)), 365))
    before = plus(times(-365, yoe), minus(over(yoe, 4)), over(yoe, 100))
    doy = keep("doy", plus(doe, before))
    mp = keep("mp", over(plus(times(5, doy), 2), 153))
    first = keep("first", over(plus(times(153, mp), 2), 5))
    early = compare("lt", mp, 10, unbounded=True)
    year = keep("year", plus(yoe, times(400, era), choose(early, 0, 1)))
    month = keep("month", choose(early, plus(mp, 3), plus(mp, -9)))
    return year, month, keep("day", plus(doy, minus(first), 1))


def _last_day(year: Bound, month: Bound) -> Bound:
    if isinstance(year, int) and isinstance(month, int):
        short = {4: 30, 6: 30, 9: 30, 11: 30}
        return (29 if _leap(year) is True else 28) if month == 2 else short.get(month, 31)
    ends = term(lambda m: m.is_in([4, 6, 9, 11]).fill_null(False), month, null=False)
    second = term(lambda m: (m == 2).fill_null(False), month, null=False)
    return choose(second, choose(_leap(year), 29, 28), choose(ends, 30, 31))


def _leap(year: Bound) -> Truth:
    def multiple(of: int) -> Truth:
        if isinstance(year, int):
            return year % of == 0
        return term(lambda y: (y % of == 0).fill_null(False), year, null=False)

    return both(multiple(4), either(negate(multiple(100)), multiple(400)))
