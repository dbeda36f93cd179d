"""What is still possible of a condition, and how conditions combine.

A *truth* is a set of outcomes kept as three bits: `MET`, `NOT_MET`, `NOT_APPLICABLE`. One bit set
is a settled status; more than one is `undetermined`; no bit set never occurs. `all_of`, `any_of`
and `at_least` answer: what can come out of some choice of one outcome from each child, children
taken as independent. So every function here is monotone (a narrower child gives a narrower result),
which is what makes a statement about a partial case hold for each of its completions.

On single outcomes: `all` is not met where a child is, not applicable where every child is, else
met; `any` is met where a child is, not applicable where every child is, else not met; `at_least N`
is met where N children are, not applicable where every child is, else not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

MET = 1
NOT_MET = 2
NOT_APPLICABLE = 4
EVERYTHING = 7


class Status(StrEnum):
    """What is said of a provision. `undetermined` stands for more than one outcome possible."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


# by the bits of a set of outcomes
STATUSES = (
    Status.UNDETERMINED,
    Status.MET,
    Status.NOT_MET,
    Status.UNDETERMINED,
    Status.NOT_APPLICABLE,
    Status.UNDETERMINED,
    Status.UNDETERMINED,
    Status.UNDETERMINED,
)
_OUTCOMES = ((MET, Status.MET), (NOT_MET, Status.NOT_MET), (NOT_APPLICABLE, Status.NOT_APPLICABLE))
_SWAPPED = (0, 2, 1, 3, 4, 6, 5, 7)


def status(truth: int) -> Status:
    """The status of a set of outcomes."""
    return STATUSES[truth]


def possible(truth: int) -> tuple[Status, ...]:
    """The outcomes of a set, in the order met, not met, not applicable."""
    return tuple(outcome for bit, outcome in _OUTCOMES if truth & bit)


def truth_of(outcomes: Iterable[str]) -> int:
    """The set of the outcomes named; the inverse of `possible`."""
    named = set(outcomes)
    return sum(bit for bit, outcome in _OUTCOMES if outcome in named)


def all_of(children: Sequence[int]) -> int:
    """`all`: what can come out of the children's sets."""
    union, common, forced_not = 0, EVERYTHING, False
    for child in children:
        union |= child
        common &= child
        forced_not = forced_not or child == NOT_MET
    result = (union & NOT_MET) | (common & NOT_APPLICABLE)
    return result | MET if union & MET and not forced_not else result


def any_of(children: Sequence[int]) -> int:
    """`any`: what can come out of the children's sets."""
    union, common, forced_met = 0, EVERYTHING, False
    for child in children:
        union |= child
        common &= child
        forced_met = forced_met or child == MET
    result = (union & MET) | (common & NOT_APPLICABLE)
    return result | NOT_MET if union & NOT_MET and not forced_met else result


def at_least(count: int, children: Sequence[int]) -> int:
    """`at_least: count`: what can come out of the children's sets; `count` is 1 or more."""
    union, common, forced, can = 0, EVERYTHING, 0, 0
    for child in children:
        union |= child
        common &= child
        forced += child == MET
        can += child & MET
    result = common & NOT_APPLICABLE
    if can >= count:
        result |= MET
    if forced < count and (union & NOT_MET or (count > 1 and can)):
        result |= NOT_MET
    return result


def negated(truth: int) -> int:
    """`not`: met and not met change places; not applicable stays."""
    return _SWAPPED[truth]


def applies_when(condition: int, own: int) -> int:
    """A provision's `own` set where it applies only if `condition` holds (is met)."""
    result = own if condition & MET else 0
    return result | NOT_APPLICABLE if condition & ~MET else result


def unless(condition: int, own: int) -> int:
    """A provision's `own` set where it applies only if `condition` does not hold."""
    result = own if condition & ~MET else 0
    return result | NOT_APPLICABLE if condition & MET else result


def reviewed(condition: int, own: int) -> int:
    """`review_when`: met becomes possible wherever not met and the condition both are."""
    return own | MET if own & NOT_MET and condition & MET else own
