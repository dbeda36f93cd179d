"""The eliminations of a graph written out as rules, as plain data, each small enough for `durable`.

A rule is of a few atoms that all hold, of a few of which one does, or of one bound; what takes more
goes by steps. What cannot be in any case needs no rule. It knows the graph, what rules out what,
and the kernel's arithmetic; it knows no case, and no library of rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tieuchi.engine.decision import YES_NO, unstated
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value, step
from tieuchi.engine.session.elimination import (
    BOUNDS,
    COMPARISONS,
    Atom,
    Bound,
    Group,
    Inference,
    bounds_of,
    inferences,
)
from tieuchi.engine.truth import EVERYTHING

TOGETHER = 8  # atoms of one rule, at most


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
