"""What is ruled out by what has been ruled out, for one node.

A truth is a set of possible outcomes, so whatever is known of it can be said as eliminations: it
cannot be met, cannot be not met, cannot be not applicable. `inferences` gives, for each operator,
which eliminations of its operands rule out which of its own outcomes. They are complete: what they
leave is exactly what `truth` computes from the operands' sets. A comparison's outcomes are ruled
out by the bounds of what it measures, which is where the law's thresholds stand. It knows nodes
and intervals; it knows no graph, no case, and no library of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tieuchi.engine.graph import Node
from tieuchi.engine.interval import ABSENT, Span, multiplied, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

FARTHEST = 2**63 - 1  # no bound that the rules compare lies beyond, either way

# What one thing cannot be: (node, outcome) of a truth, (node, label's bit) of a class.
# Besides, (node, 0) of a yes/no fact: it is not stated; (-n, 0): a step of a long conjunction.
Atom = tuple[int, int]
Group = tuple[Atom, ...]

BOUNDS = -1  # in place of the outcome: the bounds of what a comparison measures


# --- what follows from what ----------------------------------------------------------------------


class Inference(NamedTuple):
    """`outcome` is ruled out as soon as `need` of the `groups` hold, each with all its atoms."""

    outcome: int
    need: int
    groups: tuple[Group, ...]


def inferences(of: Node) -> list[Inference]:
    """How a truth node's outcomes are ruled out by what its operands cannot be."""
    op, args = of.op, of.args
    if op in ("all", "any"):
        decisive, other = (NOT_MET, MET) if op == "all" else (MET, NOT_MET)
        return [
            Inference(decisive, len(args), _each(args, decisive)),
            Inference(NOT_APPLICABLE, 1, _each(args, NOT_APPLICABLE)),
            Inference(other, 1, _each(args, other, NOT_APPLICABLE)),
            Inference(other, len(args), _each(args, other)),
        ]
    if op == "at_least":
        count, children = args[0], args[1:]
        none_is_there = (NOT_MET,) if count == 1 else (NOT_MET, MET)
        return [
            Inference(MET, len(children) - count + 1, _each(children, MET)),
            Inference(NOT_APPLICABLE, 1, _each(children, NOT_APPLICABLE)),
            Inference(NOT_MET, count, _each(children, NOT_MET, NOT_APPLICABLE)),
            Inference(NOT_MET, len(children), _each(children, *none_is_there)),
        ]
    return [Inference(out, 1, groups) for out, groups in _WAYS[op](*args).items()]


def _each(nodes: Iterable[int], *outcomes: int) -> tuple[Group, ...]:
    return tuple([tuple([(node, out) for out in outcomes]) for node in nodes])


Ways = dict[int, tuple[Group, ...]]  # for each outcome, the groups of which one rules it out


def _in(a: int, mask: int, labels: int) -> Ways:
    bits = [1 << i for i in range(labels)]
    return {
        MET: (tuple([(a, bit) for bit in bits if mask & bit]),),
        NOT_MET: (tuple([(a, bit) for bit in bits if not mask & bit]),),
        NOT_APPLICABLE: (((a, 1 << labels),),),
    }


def _not(a: int) -> Ways:
    return {
        MET: (((a, NOT_MET),),),
        NOT_MET: (((a, MET),),),
        NOT_APPLICABLE: (((a, NOT_APPLICABLE),),),
    }


def _applies_when(condition: int, own: int) -> Ways:
    holds = ((condition, NOT_MET), (condition, NOT_APPLICABLE))
    return {
        MET: (((own, MET),), ((condition, MET),)),
        NOT_MET: (((own, NOT_MET),), ((condition, MET),)),
        NOT_APPLICABLE: ((*holds, (own, NOT_APPLICABLE)),),
    }


def _unless(condition: int, own: int) -> Ways:
    holds = ((condition, NOT_MET), (condition, NOT_APPLICABLE))
    return {
        MET: (((own, MET),), holds),
        NOT_MET: (((own, NOT_MET),), holds),
        NOT_APPLICABLE: (((condition, MET), (own, NOT_APPLICABLE)),),
    }


def _review(condition: int, own: int) -> Ways:
    return {
        MET: (((own, MET), (own, NOT_MET)), ((own, MET), (condition, MET))),
        NOT_MET: (((own, NOT_MET),),),
        NOT_APPLICABLE: (((own, NOT_APPLICABLE),),),
    }


def _tighter(a: int, b: int) -> Ways:
    return {
        MET: (((a, MET),), ((b, MET),)),
        NOT_MET: (((a, NOT_MET),), ((b, NOT_MET),)),
        NOT_APPLICABLE: (((a, NOT_APPLICABLE),),),
    }


def _else(fact: int, definition: int) -> Ways:
    """A yes/no fact counts where it is stated, which leaves it one outcome; else its definition."""
    unsaid = (fact, 0)
    return {
        MET: (((fact, MET),), ((definition, MET), unsaid)),
        NOT_MET: (((fact, NOT_MET),), ((definition, NOT_MET), unsaid)),
        NOT_APPLICABLE: (
            ((fact, MET),),
            ((fact, NOT_MET),),
            ((definition, NOT_APPLICABLE), unsaid),
        ),
    }


_WAYS: dict[str, Callable[..., Ways]] = {
    "in": _in,
    "not": _not,
    "applies_when": _applies_when,
    "unless": _unless,
    "review": _review,
    "tighter": _tighter,
    "else truth": _else,
}


# --- comparisons ---------------------------------------------------------------------------------

COMPARISONS = frozenset(("ge", "le", "ge2", "gt2", "share"))


class Bound(NamedTuple):
    """What must hold of a comparison's bounds: a field, an operator, and a threshold of the law."""

    field: str  # lo, hi, or na, which is 0 where "not applicable" is ruled out
    operator: str  # $gte $gt $lte $lt
    threshold: int


def bounds_of(of: Node) -> dict[int, Bound]:
    """The bound that rules out each outcome of a comparison."""
    op = of.args[0] if of.op == "share" else of.op
    threshold = {"ge2": 0, "gt2": 1, "ge": 0, "gt": 1, "le": 0, "lt": -1}[op]
    if of.op in ("ge", "le"):
        threshold = of.args[1]
    if not -FARTHEST < threshold < FARTHEST:
        raise OverflowError(f"a threshold beyond 64 bits: {threshold}")
    if op in ("le", "lt"):
        met, not_met = Bound("lo", "$gt", threshold), Bound("hi", "$lte", threshold)
    else:
        met, not_met = Bound("hi", "$lt", threshold), Bound("lo", "$gte", threshold)
    return {MET: met, NOT_MET: not_met, NOT_APPLICABLE: Bound("na", "$lte", 0)}


def measure_of(of: Node) -> Callable[[list[Value]], Span]:
    """What a comparison measures, from the values so far: a quantity, or the margin of two."""
    if of.op == "share":
        return _share_margin(*of.args[1:])
    a, b = of.args
    if of.op in ("ge", "le"):
        return lambda v: span(v[a])

    def margin(v: list[Value]) -> Span:
        x, y = v[a], v[b]
        return ABSENT if x is ABSENT or y is ABSENT else _difference(span(x), span(y))

    return margin


def _share_margin(n: int, d: int, t: int, q: int) -> Callable[[list[Value]], Span]:
    """``q*n - t*d``; not applicable where d is 0."""

    def margin(v: list[Value]) -> Span:
        part, whole, share = span(v[n]), span(v[d]), span(v[t])
        if ABSENT in (part, whole, share):
            return ABSENT
        if whole[1] is not None and whole[1] < 1:
            return ABSENT
        perhaps_none = whole[0] is None or whole[0] < 1
        there = (1 if perhaps_none else whole[0], whole[1], False)
        left = (*multiplied((q, q, False), part), part[2])
        right = (*multiplied(there, share), share[2] or whole[2] or perhaps_none)
        return _difference(left, right)

    return margin


def _difference(x: Span, y: Span) -> Span:
    lo = None if x[0] is None or y[1] is None else x[0] - y[1]
    hi = None if x[1] is None or y[0] is None else x[1] - y[0]
    return lo, hi, x[2] or y[2]
