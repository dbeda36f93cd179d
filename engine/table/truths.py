"""The conditions of a graph in columns: the outcomes of a node, an op a function.

What `truth` and `kernel` count for one case. It knows cells, not where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tieuchi.engine.table.cells import Labels, Outcomes, Range, outcomes
from tieuchi.engine.table.making import Maker, Making
from tieuchi.engine.table.ranges import against, in_reach, multiplied, one
from tieuchi.engine.table.terms import (
    Truth,
    both,
    compare,
    either,
    known_greatest,
    negate,
    plus,
    times,
)


def _truth(_: Making, __: int, bits: int) -> Outcomes:
    return outcomes(bits)


def _present(there: Truth, met: Truth, not_met: Truth, absent: Truth) -> Outcomes:
    return Outcomes(both(there, met), both(there, not_met), absent)


def _ge(c: Making, _: int, a: int, t: int) -> Outcomes:
    x: Range = c.cell(a)
    t = in_reach(t)
    met = compare("ge", x.high, t, unbounded=True)
    return _present(x.present, met, compare("lt", x.low, t, unbounded=True), x.absent)


def _le(c: Making, _: int, a: int, t: int) -> Outcomes:
    x: Range = c.cell(a)
    t = in_reach(t)
    met = compare("ge", t, x.low, unbounded=True)
    return _present(x.present, met, compare("lt", t, x.high, unbounded=True), x.absent)


def _margin(strict: bool) -> Callable[..., Outcomes]:
    def make(c: Making, _: int, a: int, b: int) -> Outcomes:
        x, y = c.cell(a), c.cell(b)
        met, not_met = against("gt" if strict else "ge", x, y)
        return _present(both(x.present, y.present), met, not_met, either(x.absent, y.absent))

    return make


def _share(c: Making, at: int, comparison: str, n: int, d: int, t: int, q: int) -> Outcomes:
    x, y, z = c.cell(n), c.cell(d), c.cell(t)
    measurable = compare("ge", y.high, 1, unbounded=True)
    there = both(x.present, y.present, z.present, measurable)
    below = Range(known_greatest(y.low, 1), y.high)
    bound = Range(*multiplied(below, z))
    met, not_met = against(comparison, Range(times(q, x.low), times(q, x.high)), bound)
    nothing = compare("lt", y.low, 1, unbounded=True)
    absent = either(x.absent, y.absent, z.absent, nothing, negate(there))
    return _present(c.sheet.keep(f"@{at}.there", there), met, not_met, absent)


def _tighter(c: Making, at: int, a: int, b: int) -> Outcomes:
    x, y = c.cell(a), c.cell(b)
    out = Outcomes(both(x.met, y.met), both(x.not_met, y.not_met), x.absent)
    c.broken.append((at, negate(either(out.met, out.not_met, out.absent))))
    return out


def _in(c: Making, _: int, a: int, mask: int, count: int) -> Outcomes:
    x: Labels = c.cell(a)
    return Outcomes(x.among(mask), x.among(((1 << count) - 1) & ~mask), x.absent)


def _all(c: Making, _: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    possible = True if any(x.absent is False for x in of) else either(*(x.met for x in of))
    met = both(possible, *(either(x.met, x.absent) for x in of))
    return Outcomes(met, either(*(x.not_met for x in of)), both(*(x.absent for x in of)))


def _any(c: Making, _: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    possible = True if any(x.absent is False for x in of) else either(*(x.not_met for x in of))
    not_met = both(possible, *(either(x.not_met, x.absent) for x in of))
    return Outcomes(either(*(x.met for x in of)), not_met, both(*(x.absent for x in of)))


def _at_least(c: Making, at: int, count: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    can = c.sheet.keep(f"@{at}.can", plus(*(one(x.met) for x in of)))
    forced = plus(*(one(x.surely_met) for x in of))
    some = either(*(x.not_met for x in of))
    if count > 1:
        some = either(some, compare("ge", can, 1, unbounded=True))
    return Outcomes(
        compare("ge", can, count, unbounded=True),
        both(compare("lt", forced, count, unbounded=True), some),
        both(*(x.absent for x in of)),
    )


def _not(c: Making, _: int, a: int) -> Outcomes:
    x: Outcomes = c.cell(a)
    return Outcomes(x.not_met, x.met, x.absent)


def _applies_when(c: Making, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return _gated(when.met, when.not_held, x)


def _unless(c: Making, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return _gated(when.not_held, when.met, x)


def _gated(may: Truth, may_not: Truth, x: Outcomes) -> Outcomes:
    return Outcomes(both(x.met, may), both(x.not_met, may), either(both(x.absent, may), may_not))


def _review(c: Making, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return Outcomes(either(x.met, both(x.not_met, when.met)), x.not_met, x.absent)


MAKERS: Mapping[str, Maker] = {
    "truth": _truth,
    "ge": _ge,
    "le": _le,
    "ge2": _margin(False),
    "gt2": _margin(True),
    "share": _share,
    "tighter": _tighter,
    "in": _in,
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "not": _not,
    "applies_when": _applies_when,
    "unless": _unless,
    "review": _review,
}
