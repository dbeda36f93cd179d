"""What a value can be, with numbers and conditions that are still to be chosen.

The values of `kernel` again, but over expressions of Z3: a `Truth` is three conditions, an
`Interval` two numbers, a `Choice` a condition a label. What is known stays plain Python and is
counted at once, so that only what hangs on a choice reaches the solver. It knows no nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import z3

from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.interval import rounded as rounded_number
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

Condition = Any  # a bool, or a condition of Z3
Number = Any  # an int, or a whole number of Z3

ENDLESS = 1 << 200
"""Stands for no bound: no sum or product of bounded numbers comes near."""


# ---- conditions and numbers


def both(*conditions: Condition) -> Condition:
    """Whether all hold."""
    open_ = [c for c in conditions if c is not True]
    if any(c is False for c in open_):
        return False
    return z3.And(open_) if len(open_) > 1 else open_[0] if open_ else True


def either(*conditions: Condition) -> Condition:
    """Whether one holds."""
    open_ = [c for c in conditions if c is not False]
    if any(c is True for c in open_):
        return True
    return z3.Or(open_) if len(open_) > 1 else open_[0] if open_ else False


def negated(condition: Condition) -> Condition:
    """Whether it does not hold."""
    return not condition if isinstance(condition, bool) else z3.Not(condition)


def count_at_least(number: int, conditions: Sequence[Condition]) -> Condition:
    """Whether so many hold."""
    open_ = [c for c in conditions if not isinstance(c, bool)]
    number -= sum(1 for c in conditions if c is True)
    if number <= 0:
        return True
    return z3.AtLeast(*open_, number) if number <= len(open_) else False


def chosen(condition: Condition, one: Number, other: Number) -> Number:
    """One number where the condition holds, else the other."""
    if isinstance(condition, bool):
        return one if condition else other
    if one is other or (isinstance(one, int) and isinstance(other, int) and one == other):
        return one
    return z3.If(condition, one, other)


def reaches(x: Number, y: Number) -> Condition:
    """Whether x is at least y."""
    return x >= y


def lesser(x: Number, y: Number) -> Number:
    """The lesser of two."""
    return x if x is y else chosen(x <= y, x, y)


def greater(x: Number, y: Number) -> Number:
    """The greater of two."""
    return x if x is y else chosen(x >= y, x, y)


def times(x: Number, y: Number) -> Number:
    """A product, linear wherever one of the two is chosen from constants."""
    if isinstance(x, int):
        x, y = y, x
    if isinstance(y, int) and y in (0, 1):
        return x if y else 0
    if isinstance(x, int) or isinstance(y, int):
        return x * y
    for one, other in ((x, y), (y, x)):
        if _is_of_constants(one):
            return _spread(one, other)
    return x * y


def _is_of_constants(x: Any) -> bool:
    if z3.is_int_value(x):
        return True
    return z3.is_app_of(x, z3.Z3_OP_ITE) and all(map(_is_of_constants, x.children()[1:]))


def _spread(x: Any, factor: Any) -> Any:
    if z3.is_int_value(x):
        return times(x.as_long(), factor)
    condition, one, other = x.children()
    return z3.If(condition, _spread(one, factor), _spread(other, factor))


# ---- truths


class Truth(NamedTuple):
    """Which outcomes are possible. `sharp`: it applies, and is settled once all is chosen."""

    met: Condition
    not_met: Condition
    not_applicable: Condition = False
    sharp: bool = False

    @property
    def surely_met(self) -> Condition:
        """Nothing else is possible."""
        if self.sharp:
            return self.met
        return both(self.met, negated(self.not_met), negated(self.not_applicable))

    @property
    def surely_not_met(self) -> Condition:
        """Nothing else is possible."""
        if self.sharp:
            return self.not_met
        return both(self.not_met, negated(self.met), negated(self.not_applicable))

    @property
    def is_known(self) -> bool:
        """Whether nothing of it is to be chosen."""
        return all(isinstance(of, bool) for of in self[:3])


def sharp(condition: Condition) -> Truth:
    """A truth that is one of two."""
    return Truth(condition, negated(condition), False, True)


def truth_of(bits: int) -> Truth:
    """A set of outcomes that is known."""
    one_of_two = bits in (MET, NOT_MET)
    return Truth(bool(bits & MET), bool(bits & NOT_MET), bool(bits & NOT_APPLICABLE), one_of_two)


def surely_met(of: Truth) -> Condition:
    """Whether nothing but met is possible."""
    return of.surely_met


IDLE = truth_of(NOT_APPLICABLE)


def _that_apply(children: Sequence[Truth]) -> list[Truth]:
    return [of for of in children if of != IDLE]


def all_of(children: Sequence[Truth]) -> Truth:
    """`truth.all_of`."""
    there = _that_apply(children)
    if not there:
        return IDLE
    if all(of.sharp for of in there):
        return sharp(both(*(of.met for of in there)))
    failed = either(*(of.surely_not_met for of in there))
    idle = both(*(of.not_applicable for of in children))
    met = both(either(*(of.met for of in there)), negated(failed))
    return Truth(met, either(*(of.not_met for of in there)), idle)


def any_of(children: Sequence[Truth]) -> Truth:
    """`truth.any_of`."""
    there = _that_apply(children)
    if not there:
        return IDLE
    if all(of.sharp for of in there):
        return sharp(either(*(of.met for of in there)))
    done = either(*(of.surely_met for of in there))
    idle = both(*(of.not_applicable for of in children))
    not_met = both(either(*(of.not_met for of in there)), negated(done))
    return Truth(either(*(of.met for of in there)), not_met, idle)


def at_least(number: int, children: Sequence[Truth]) -> Truth:
    """`truth.at_least`."""
    there = _that_apply(children)
    if not there:
        return IDLE
    if all(of.sharp for of in there):
        return sharp(count_at_least(number, [of.met for of in there]))
    can = [of.met for of in there]
    forced = count_at_least(number, [of.surely_met for of in there])
    some = either(*(of.not_met for of in there), *(can if number > 1 else ()))
    idle = both(*(of.not_applicable for of in children))
    return Truth(count_at_least(number, can), both(negated(forced), some), idle)


def opposite(of: Truth) -> Truth:
    """`truth.negated`."""
    return Truth(of.not_met, of.met, of.not_applicable, of.sharp)


def gated(condition: Truth, own: Truth) -> Truth:
    """`truth.applies_when`."""
    holds = condition.met
    else_ = either(condition.not_met, condition.not_applicable)
    idle = either(else_, both(holds, own.not_applicable))
    return Truth(both(holds, own.met), both(holds, own.not_met), idle, own.sharp and else_ is False)


def unless(condition: Truth, own: Truth) -> Truth:
    """`truth.unless`."""
    free = either(condition.not_met, condition.not_applicable)
    idle = either(condition.met, both(free, own.not_applicable))
    return Truth(
        both(free, own.met), both(free, own.not_met), idle, own.sharp and condition.met is False
    )


def reviewed(condition: Truth, own: Truth) -> Truth:
    """`truth.reviewed`."""
    met = either(own.met, both(own.not_met, condition.met))
    return Truth(met, own.not_met, own.not_applicable, own.sharp and condition.met is False)


# ---- quantities


class Interval(NamedTuple):
    """From `lo` to `hi`, one expression where it is settled once all is chosen.

    `absent`: not applicable is possible, `there`: something else is.
    """

    lo: Number
    hi: Number
    absent: Condition = False
    there: Condition = True

    @property
    def is_exact(self) -> bool:
        """Whether it is settled once all is chosen."""
        return (
            self.absent is False
            and self.there is True
            and (self.lo is self.hi or bool(isinstance(self.lo, int) and self.lo == self.hi))
        )


NOTHING = Interval(0, 0, True, False)


def exact(number: Number) -> Interval:
    """A number."""
    return Interval(number, number)


def interval_of(value: Value) -> Interval:
    """A quantity that is known."""
    if value is ABSENT:
        return NOTHING
    lo, hi, absent = span(value)
    return Interval(-ENDLESS if lo is None else lo, ENDLESS if hi is None else hi, absent)


def reaches_surely(of: Interval, number: int) -> Condition:
    """Whether it applies and is at least so much."""
    return both(of.there, negated(of.absent), of.lo >= number)


def scaled(k: int, x: Interval) -> tuple[Number, Number]:
    """The ends of k times a quantity."""
    lo = times(k, x.lo)
    hi = lo if x.lo is x.hi else times(k, x.hi)
    return (lo, hi) if k >= 0 else (hi, lo)


def _from(lo: Number, hi: Number, absent: Condition, there: Condition, one: bool) -> Interval:
    """An interval; `one`: its ends are the same number, so that it is said once."""
    return Interval(lo, lo if one else hi, absent, there)


def combined(c: int, terms: Sequence[tuple[int, Interval]]) -> Interval:
    """`interval.combined`."""
    ends = [scaled(k, x) for k, x in terms]
    one = all(x.lo is x.hi or x.is_exact for _, x in terms)
    lo = c + sum(lo for lo, _ in ends)
    hi = lo if one else c + sum(hi for _, hi in ends)
    there = both(*(x.there for _, x in terms))
    return _from(lo, hi, either(*(x.absent for _, x in terms)), there, one)


def summed(c: int, terms: Sequence[tuple[int, Interval]]) -> Interval:
    """`interval.summed`."""
    if all(x.absent is False for _, x in terms):
        return combined(c, terms)
    there = [(*scaled(k, x), x) for k, x in terms if x.there is not False]
    if not there:
        return NOTHING
    certain = either(*(both(x.there, negated(x.absent)) for _, _, x in there))
    lo, hi = _ends_of_present(there, certain)
    return Interval(c + lo, c + hi, negated(certain), either(*(x.there for _, _, x in there)))


def _ends_of_present(
    there: Sequence[tuple[Number, Number, Interval]], certain: Condition
) -> tuple[Number, Number]:
    """The ends of a sum of some that may be absent, of which one is there."""
    lows: list[Number] = []
    highs: list[Number] = []
    low_counts, high_counts = [certain], [certain]
    for lo, hi, x in there:
        stays = negated(x.absent)
        for end, counts, sums, less in (
            (lo, low_counts, lows, True),
            (hi, high_counts, highs, False),
        ):
            matters = both(x.there, either(stays, end < 0 if less else end > 0))
            counts.append(matters)
            sums.append(chosen(matters, end, 0))
    least = reduce(lesser, [chosen(x.there, lo, ENDLESS) for lo, _, x in there])
    most = reduce(greater, [chosen(x.there, hi, -ENDLESS) for _, hi, x in there])
    low = chosen(either(*low_counts), sum(lows), least)
    return low, chosen(either(*high_counts), sum(highs), most)


def multiplied(x: Interval, y: Interval) -> Interval:
    """The product of two, of which one moves at most."""
    absent, there = either(x.absent, y.absent), both(x.there, y.there)
    if x.lo is x.hi and y.lo is y.hi:
        product = times(x.lo, y.lo)
        return _from(product, product, absent, there, True)
    ends = [times(a, b) for a in (x.lo, x.hi) for b in (y.lo, y.hi)]
    return Interval(reduce(lesser, ends), reduce(greater, ends), absent, there)


def mirrored(x: Interval) -> Interval:
    """A quantity mirrored at 0."""
    lo = times(-1, x.hi)
    return _from(lo, lo if x.lo is x.hi else times(-1, x.lo), x.absent, x.there, x.lo is x.hi)


def highest(values: Sequence[Interval]) -> Interval:
    """`interval.highest`."""
    values = [x for x in values if x.there is not False]
    if not values:
        return NOTHING
    if all(x.absent is False for x in values):
        return bounded(values)
    certain = either(*(both(x.there, negated(x.absent)) for x in values))
    sure = [chosen(both(x.there, negated(x.absent)), x.lo, -ENDLESS) for x in values]
    least = reduce(lesser, [chosen(x.there, x.lo, ENDLESS) for x in values])
    hi = reduce(greater, [chosen(x.there, x.hi, -ENDLESS) for x in values])
    lo = chosen(certain, reduce(greater, sure), least)
    return Interval(lo, hi, negated(certain), either(*(x.there for x in values)))


def bounded(values: Sequence[Interval]) -> Interval:
    """The highest of those that must all be there: a floor."""
    lo = reduce(greater, [x.lo for x in values])
    one = all(x.lo is x.hi for x in values)
    hi = lo if one else reduce(greater, [x.hi for x in values])
    absent, there = either(*(x.absent for x in values)), both(*(x.there for x in values))
    return _from(lo, hi, absent, there, one)


def rounded(x: Interval, p: int, q: int, way: str) -> Interval:
    """``x*p/q``, rounded this way."""
    lo = _rounded(x.lo, p, q, way)
    one = x.lo is x.hi
    return _from(lo, lo if one else _rounded(x.hi, p, q, way), x.absent, x.there, one)


def _rounded(number: Number, p: int, q: int, way: str) -> Number:
    if isinstance(number, int):
        return number if abs(number) >= ENDLESS else rounded_number(number * p, q, way)
    n = number * p
    if way == "down":
        return _floored(n, q)
    if way == "up":
        return -_floored(-n, q)
    return z3.If(n >= 0, _floored(2 * n + q, 2 * q), -_floored(-2 * n + q, 2 * q))


def _floored(n: Number, q: int) -> Number:
    """n over q, to the lower whole number."""
    return z3.ToInt((n if z3.is_real(n) else z3.ToReal(n)) * z3.Q(1, q)) if q != 1 else n


def vague(x: Interval) -> Interval:
    """From 0 up, 0 where it is 0."""
    hi = chosen(x.hi == 0, 0, ENDLESS)
    return Interval(0, hi, x.absent, x.there)


def joined(cases: Sequence[tuple[Condition, Interval]], *, one: bool) -> Interval:
    """What one of these can be whose condition holds, of which there are some; `one`: just one."""
    cases = [(c, x) for c, x in cases if c is not False]
    if one and all(x.is_exact for _, x in cases):
        *others, (_, last) = cases
        return exact(reduce(lambda n, case: chosen(case[0], case[1].lo, n), others, last.lo))
    here = [(both(c, x.there), x) for c, x in cases if x.there is not False]
    absent = either(*(both(c, x.absent) for c, x in cases))
    if not here:
        return NOTHING
    lo = reduce(lesser, [chosen(c, x.lo, ENDLESS) for c, x in here])
    hi = reduce(greater, [chosen(c, x.hi, -ENDLESS) for c, x in here])
    return Interval(lo, hi, absent, either(*(c for c, _ in here)))


# ---- comparisons


def compared(lo: Number, hi: Number, least: Number, of: Interval) -> Truth:
    """Whether what is from `lo` to `hi` is at least `least`."""
    if of.absent is False and of.there is True and lo is hi:
        return sharp(reaches(lo, least))
    met, not_met = both(of.there, reaches(hi, least)), both(of.there, negated(reaches(lo, least)))
    return Truth(met, not_met, of.absent)


class Maybe(NamedTuple):
    """What is stated, if it is `said`; else whatever else gives it."""

    said: Condition
    stated: Any  # a Truth, Interval or Choice


# ---- labels


class Choice(NamedTuple):
    """Which labels are possible, a bit each, as `kernel` has them: the bit after the last says that
    none applies. `one`: just one, once all is chosen."""

    bits: tuple[Condition, ...]
    one: bool = False

    def above(self, count: int) -> Condition:
        """Whether it is possible that none of so many labels applies."""
        return either(*self.bits[count:])


def choice_of(mask: int) -> Choice:
    """Labels that are known."""
    bits = tuple(bool(mask >> i & 1) for i in range(mask.bit_length()))
    return Choice(bits, sum(bits) == 1)


def among(of: Choice, mask: int, count: int) -> Truth:
    """Whether it is one of the labels of a mask, of so many."""
    inside = either(*(c for i, c in enumerate(of.bits) if mask >> i & 1))
    absent = of.above(count)
    if of.one and absent is False:
        return sharp(inside)
    outside = either(*(c for i, c in enumerate(of.bits[:count]) if not mask >> i & 1))
    return Truth(inside, outside, absent)


def joined_choices(cases: Sequence[tuple[Condition, Choice]], *, one: bool) -> Choice:
    """What one of these can be whose condition holds; `one`: just one of them does."""
    count = max(len(of.bits) for _, of in cases)
    bits = tuple(
        either(*(both(c, of.bits[i]) for c, of in cases if i < len(of.bits))) for i in range(count)
    )
    return Choice(bits, one and all(of.one for _, of in cases))
