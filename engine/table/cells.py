"""What a column can still be: the values of one node for all rows, as a few columns.

`Outcomes` is a truth (three conditions, of which one at least holds), `Range` a quantity or a day,
`Labels` a class. They are `kernel`'s values row by row: wherever a row is settled there, it is
settled here. They know terms and no node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tieuchi.engine.table.terms import (
    Bound,
    Truth,
    both,
    choose,
    compare,
    either,
    is_null,
    known_greatest,
    known_least,
    negate,
)
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET


@dataclass(frozen=True)
class Outcomes:
    """Which outcomes are possible."""

    met: Truth
    not_met: Truth
    absent: Truth = False  # not applicable

    @property
    def surely_met(self) -> Truth:
        """Met and nothing else."""
        return both(negate(self.not_met), negate(self.absent))

    @property
    def surely_not(self) -> Truth:
        """Not met and nothing else."""
        return both(negate(self.met), negate(self.absent))

    @property
    def not_held(self) -> Truth:
        """Whether something else than met is possible."""
        return either(self.not_met, self.absent)


def outcomes(bits: int) -> Outcomes:
    """A constant truth."""
    return Outcomes(bool(bits & MET), bool(bits & NOT_MET), bool(bits & NOT_APPLICABLE))


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included. `absent`: not applicable is possible besides;
    `present`: something else is. `point` says that `high`, where it is a bound, is `low`."""

    low: Bound
    high: Bound
    absent: Truth = False
    present: Truth = True
    point: bool = False

    @property
    def settled(self) -> Truth:
        """Whether it is one number."""
        there = both(negate(is_null(self.high)), negate(self.absent), self.present)
        if self.point or there is False:
            return there
        return both(there, negate(is_null(self.low)), _equal(self.low, self.high))


def _equal(a: Bound, b: Bound) -> Truth:
    return a is b or compare("ge", a, b, unbounded=False)


ABSENT = Range(1, 0, True, False)


def constant(value: int) -> Range:
    """A number known beforehand."""
    return Range(value, value, point=True)


@dataclass(frozen=True)
class Labels:
    """Which labels of a class are possible: `among(mask)` whether one of these is."""

    count: int
    among: Callable[[int], Truth]
    absent: Truth = False


def labels(mask: int, count: int) -> Labels:
    """A constant class."""
    return Labels(count, lambda of: bool(mask & of & ((1 << count) - 1)), bool(mask >> count))


def hull(choices: Iterable[tuple[Truth, Range]]) -> Range:
    """The least range that holds each of these where its condition holds."""
    chosen = [(c, r) for c, r in choices if c is not False]
    there = [(both(c, r.present), r) for c, r in chosen]
    there = [(c, r) for c, r in there if c is not False]
    absent = either(*(both(c, r.absent) for c, r in chosen))
    present = either(*(c for c, _ in there))
    if len(there) == 1:
        only = there[0][1]
        return Range(only.low, only.high, absent, present, only.point)
    low = _end(known_least, [(c, r.low) for c, r in there])
    high = _end(known_greatest, [(c, r.high) for c, r in there])
    return Range(low, high, absent, present)


def _end(known: Callable[..., Bound], choices: Sequence[tuple[Truth, Bound]]) -> Bound:
    """The extreme end of those whose condition holds; no bound where one of them has none."""
    found = known(*(choose(condition, end, None) for condition, end in choices))
    return choose(
        either(*(both(condition, is_null(end)) for condition, end in choices)), None, found
    )
