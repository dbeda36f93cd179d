"""What is ruled out by what has been ruled out: the rules of a graph, as plain data.

A truth is a set of possible outcomes, so whatever is known of it can be said as eliminations: it
cannot be met, cannot be not met, cannot be not applicable. `inferences` gives, for each operator,
which eliminations of its operands rule out which of its own outcomes. They are complete: what they
leave is exactly what `truth` computes from the operands' sets. `rules_of` writes them out for a
graph as rules small enough for `session`: of a few atoms that all hold, of a few of which one does,
or of one bound, which is where the law's thresholds stand. It knows the graph and the kernel's
arithmetic; it knows no case, and no library of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tieuchi.engine.decision import YES_NO, unstated
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.interval import ABSENT, Span, multiplied, span
from tieuchi.engine.kernel import Value, step
from tieuchi.engine.truth import EVERYTHING, MET, NOT_APPLICABLE, NOT_MET

FARTHEST = 2**63 - 1  # no bound that the rules compare lies beyond, either way
TOGETHER = 8  # atoms of one rule, at most

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


# --- rules ---------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """`concludes` holds where all the `atoms` do, or (`some`) one of them, or the `bound` does.

    The one atom of a rule with a bound says whose bounds: (node, BOUNDS). `node` is the node that
    the rule is about, also where it concludes but a step.
    """

    name: str
    node: int
    concludes: Atom
    atoms: tuple[Atom, ...]
    some: bool = False
    bound: Bound | None = None


def rules_of(graph: Graph, widest: list[Value]) -> list[Rule]:
    """The rules of all truth nodes, those of a node together, in the graph's order.

    `widest` is what each node can be in some case (see `widest_of`): what cannot be in any case
    needs no rule, and what holds in every case is not asked for.
    """
    writer = _Writer(widest)
    for i, of in enumerate(graph.nodes):
        if of.kind == "truth" and of.op not in ("fact", "truth"):
            writer.write(i, of)
    return writer.rules


def widest_of(graph: Graph, free: frozenset[int] = frozenset()) -> list[Value]:
    """What each node can be in some case; anything, of the truth nodes in `free`."""
    values: list[Value] = [unstated(graph, i) for i in range(graph.given)]
    values[len(graph.facts)] = (None, None, False)  # the day may be stated too
    values[len(graph.facts) + 1 :] = [YES_NO] * len(graph.activities)
    values += [None] * (len(graph.nodes) - graph.given)
    for i, of in enumerate(graph.nodes[graph.given :], graph.given):
        value = EVERYTHING if i in free else step(of)(values)
        if of.op in ("else truth", "else class"):  # what is stated need not be as defined
            value |= values[of.args[0]]
        elif of.op == "else date" or (of.op == "else" and value is ABSENT):
            value = (*span(values[of.args[0]])[:2], span(value)[2])
        values[i] = value
    return values


class _Writer:
    def __init__(self, widest: list[Value]) -> None:
        self.rules: list[Rule] = []
        self._widest = widest
        self._steps = 0
        self._goal: Atom = (0, 0)
        self._count_of_goal = 0

    def write(self, node: int, of: Node) -> None:
        """The rules of one truth node."""
        can_be = self._widest[node]
        if of.op in COMPARISONS:
            for out, bound in bounds_of(of).items():
                if can_be & out:
                    self._aim(node, out)
                    self._rule((node, out), ((node, BOUNDS),), bound=bound)
            return
        by_outcome: dict[int, list[Inference]] = {}
        for inference in inferences(of):
            by_outcome.setdefault(inference.outcome, []).append(inference)
        for out, ways in by_outcome.items():
            if can_be & out:
                self._aim(node, out)
                self._infer(ways)

    def _aim(self, node: int, outcome: int) -> None:
        self._goal, self._count_of_goal = (node, outcome), 0

    def _rule(
        self,
        concludes: Atom,
        atoms: tuple[Atom, ...],
        *,
        some: bool = False,
        bound: Bound | None = None,
    ) -> None:
        self._count_of_goal += 1
        node, out = self._goal
        name = f"{node}.{out}.{letters(self._count_of_goal)}"
        self.rules.append(Rule(name, node, concludes, atoms, some, bound))

    def _infer(self, ways: list[Inference]) -> None:
        """The rules of one outcome; a conjunction that needs more than another way is left out."""
        enough: list[frozenset[Atom]] = []
        for inference in ways:
            need, groups = self._what_is_open(inference)
            together = dict.fromkeys([atom for group in groups for atom in group])
            if need > len(groups):
                continue
            if need == 1:
                enough += [frozenset(group) for group in groups]
                self._one_of(self._goal, groups)
            elif need < len(groups):
                self._count(need, [self._joined(group) for group in groups])
            elif not any(less <= together.keys() for less in enough):
                self._all_of(self._goal, tuple(together))

    def _what_is_open(self, inference: Inference) -> tuple[int, list[Group]]:
        """An inference without the atoms that hold in every case and the groups that never do."""
        need, groups = inference.need, []
        for group in inference.groups:
            left = tuple(dict.fromkeys([atom for atom in group if not self._holds(atom)]))
            if not left:
                need -= 1
            elif not any(self._fails(atom) for atom in left):
                groups.append(left)
        return need, groups

    def _holds(self, atom: Atom) -> bool:
        return atom[1] != 0 and not self._widest[atom[0]] & atom[1]

    def _fails(self, atom: Atom) -> bool:
        return atom[1] != 0 and bool(self._widest[atom[0]] == atom[1])

    def _one_of(self, concludes: Atom, groups: Iterable[Group]) -> None:
        distinct = list(dict.fromkeys(groups))
        single = [group[0] for group in distinct if len(group) == 1]
        for i in range(0, len(single), TOGETHER):
            some = tuple(single[i : i + TOGETHER])
            self._rule(concludes, some, some=len(some) > 1)
        for group in distinct:
            if len(group) > 1:
                self._all_of(concludes, group)

    def _all_of(self, concludes: Atom, atoms: tuple[Atom, ...]) -> None:
        while len(atoms) > TOGETHER:
            parts = range(0, len(atoms), TOGETHER)
            atoms = tuple([self._joined(atoms[i : i + TOGETHER]) for i in parts])
        self._rule(concludes, atoms)

    def _joined(self, atoms: Group) -> Atom:
        """One atom that stands for several."""
        if len(atoms) == 1:
            return atoms[0]
        here = self._step()
        self._all_of(here, atoms)
        return here

    def _step(self) -> Atom:
        self._steps += 1
        return -self._steps, 0

    def _count(self, need: int, atoms: list[Atom]) -> None:
        """`need` of the atoms, by counting: so many of the first i follow from those of i - 1."""
        reached: dict[int, Atom] = {}
        for i, atom in enumerate(atoms, 1):
            to_come = len(atoms) - i
            before, reached = reached, {}
            for j in range(max(1, need - to_come), min(i, need) + 1):
                here = self._step() if to_come else self._goal
                one_less = (before[j - 1], atom) if j > 1 else (atom,)
                self._one_of(here, [one_less, *([(before[j],)] if j in before else [])])
                reached[j] = here


def letters(n: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(ord("a") + rest) + out
    return out
