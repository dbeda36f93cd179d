"""The logic of conditions, worked out by enumeration. Imports nothing of the engine.

A condition is a set of outcomes (a leaf) or a tuple: ("all", c, …), ("any", c, …),
("at_least", N, c, …), ("not", c), ("applies_when", gate, c), ("unless", gate, c),
("review", asked, c). `outcomes` takes every choice of one outcome from each of its parts, whatever
else they depend on, and gathers what comes out.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

MET, NOT_MET, NA = "met", "not_met", "not_applicable"
ALL = frozenset({MET, NOT_MET, NA})


def all_of(children: Sequence[str]) -> str:
    """Not met where a child is; not applicable where every child is; met else."""
    if NOT_MET in children:
        return NOT_MET
    return NA if set(children) == {NA} else MET


def any_of(children: Sequence[str]) -> str:
    """Met where a child is; not applicable where every child is; not met else."""
    if MET in children:
        return MET
    return NA if set(children) == {NA} else NOT_MET


def at_least(count: int, children: Sequence[str]) -> str:
    """Met where so many children are; the number is not lowered when children drop out."""
    if list(children).count(MET) >= count:
        return MET
    return NA if set(children) == {NA} else NOT_MET


OF = {"all": all_of, "any": any_of}


def negated(child: str) -> str:
    """Met and not met change places."""
    return {MET: NOT_MET, NOT_MET: MET, NA: NA}[child]


def gated(kind: str, gate: str, own: str) -> str:
    """`applies_when` applies where the gate is met, `unless` where it is not."""
    applies = gate == MET if kind == "applies_when" else gate != MET
    return own if applies else NA


def reviewed(asked: str, own: str) -> set[str]:
    """Not met becomes open where a review is asked for; nothing else changes."""
    return {MET, NOT_MET} if (asked, own) == (MET, NOT_MET) else {own}


def outcomes(condition: Any) -> frozenset[str]:
    """Everything that a condition can come to."""
    if isinstance(condition, frozenset):
        return condition
    kind, *parts = condition
    count = parts.pop(0) if kind == "at_least" else 0
    found: set[str] = set()
    for chosen in product(*map(outcomes, parts)):
        if kind == "review":
            found |= reviewed(*chosen)
        elif kind in ("applies_when", "unless"):
            found.add(gated(kind, *chosen))
        elif kind == "at_least":
            found.add(at_least(count, chosen))
        else:
            found.add(negated(*chosen) if kind == "not" else OF[kind](chosen))
    return frozenset(found)
