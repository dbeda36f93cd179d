"""What is shown of a graph for every case there can be, by Z3: provisions that decide nothing.

A provision that can never be met, or never fail; of two under one `all`, one that fails only where
the other does, or both of which can never be met together; of two under one `any`, one that is met
only where the other is; a line of a `first` that is never reached. All that a case could state is
free but for the checks of the input; days and lists stay open. What the solver does not show in its
time is no finding. Where a case can show the difference, the least one is given, and `decide` has
said the same of it. It knows graphs and decisions, no packs and no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from time import monotonic
from typing import Any, Final, NamedTuple

import z3

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.graph import Definition, Graph, Provision, below
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.filling import Every
from tieuchi.engine.solver.symbols import Condition, Truth
from tieuchi.engine.truth import MET, NOT_MET

MILLISECONDS: Final = 400
"""The longest that one thing is looked at."""
SECONDS: Final = 4
"""And all of a graph together, unless told."""


class Shown(NamedTuple):
    """What was shown: of `name`, beside `other` ("" where there is none).

    `kind`: never-met, never-fails, implied, contradicts, shadowed, alike (both ways), unreachable
    (the line `line` of a `first`). `free`: the facts that it holds for whatever they are. `case`:
    the least facts that show the other side, with what comes out of both.
    """

    kind: str
    name: str
    other: str
    free: tuple[str, ...]
    case: Given
    line: int = 0


def shown(graph: Graph, ends: Any = None) -> list[Shown]:
    """All that can be shown of the main pack's provisions and definitions, until `monotonic` says
    `ends`."""
    return list(_Prover(graph, monotonic() + SECONDS if ends is None else ends).all())


class _Prover:
    def __init__(self, graph: Graph, ends: Any) -> None:
        self.graph = graph
        self.ends = ends
        self.every = Every(decide(graph, Given()))
        self.provisions = {of.id: of for of in graph.main.provisions if of.node >= 0}
        self.dead: dict[str, str] = {}  # the provisions that are told of already

    def all(self) -> Iterator[Shown]:
        """From the leaves up, so that what only follows is not told."""
        for of in sorted(self.provisions.values(), key=lambda p: p.node):
            found = list(self._pairs(of))
            if found:
                self.dead.setdefault(of.id, "pair")
            yield from found
            yield from self._alone(of)
        yield from self._lines()

    # ---- one alone

    def _alone(self, of: Provision) -> Iterator[Shown]:
        if any(child in self.dead for child in of.children):
            self.dead[of.id] = "below"
            return
        truth = self._truth(of.node)
        if truth is None:
            return
        for kind, can in (("never-met", truth.met), ("never-fails", truth.not_met)):
            if self._is_impossible([of.node], can):
                self.dead[of.id] = kind
                yield Shown(kind, of.id, "", self._free([of.node]), Given())
                return

    def _truth(self, node: int) -> Truth | None:
        """What a node can be; None where it hangs on nothing that is chosen."""
        of: Truth = self.every[node]
        return of if self.every.encodings[0].moves(node) else None

    # ---- two beside each other

    def _pairs(self, of: Provision) -> Iterator[Shown]:
        if of.operator not in ("all", "any"):
            return
        children = [self.provisions[c] for c in of.children if c in self.provisions]
        for one, other in combinations([c for c in children if c.id not in self.dead], 2):
            if one.id in self.dead or other.id in self.dead or not self._touch(one, other):
                continue
            look = self._under_all if of.operator == "all" else self._under_any
            found = look(one, other)
            if found is not None:
                self.dead[found.name] = found.kind
                yield found

    def _under_all(self, one: Provision, other: Provision) -> Shown | None:
        a, b = self._truth(one.node), self._truth(other.node)
        nodes = [one.node, other.node]
        if a is None or b is None:
            return None
        if self._is_impossible(nodes, s.both(a.met, b.met)):
            return self._shown("contradicts", one, other, (MET, NOT_MET))
        implied = self._is_impossible(nodes, s.both(b.not_met, s.either(a.met, a.not_applicable)))
        implies = self._is_impossible(nodes, s.both(a.not_met, s.either(b.met, b.not_applicable)))
        if implied and implies:
            return self._shown("alike", other, one, (MET, MET))
        if implied:
            return self._shown("implied", other, one, (MET, NOT_MET))
        return self._shown("implied", one, other, (MET, NOT_MET)) if implies else None

    def _under_any(self, one: Provision, other: Provision) -> Shown | None:
        a, b = self._truth(one.node), self._truth(other.node)
        nodes = [one.node, other.node]
        if a is None or b is None:
            return None
        behind = self._is_impossible(nodes, s.both(a.met, s.either(b.not_met, b.not_applicable)))
        before = self._is_impossible(nodes, s.both(b.met, s.either(a.not_met, a.not_applicable)))
        if behind and before:
            return self._shown("alike", other, one, (MET, MET))
        if behind:
            return self._shown("shadowed", one, other, (NOT_MET, MET))
        return self._shown("shadowed", other, one, (NOT_MET, MET)) if before else None

    def _touch(self, one: Provision, other: Provision) -> bool:
        """Whether two hang on facts that are the same, or that checks of the input tie."""
        return not self._tied(one.node).isdisjoint(self._tied(other.node))

    def _tied(self, node: int) -> set[int]:
        slots = self._slots(node)
        for part in self.graph.parts:
            for check in part.checks:
                tied = self._slots(check.truth)
                slots |= tied if not slots.isdisjoint(tied) else set()
        return slots

    # ---- the lines of a `first`

    def _lines(self) -> Iterator[Shown]:
        for of in self.graph.main.definitions:
            for at in self._picks(of):
                left: Condition = True
                args = self.graph.nodes[at].args
                for line, condition in enumerate(args[:-1:2]):
                    holds: Truth = self.every[condition]
                    nodes = [int(c) for c in args[: 2 * line + 1 : 2]]
                    if self._is_impossible(nodes, s.both(left, holds.met)):
                        yield Shown("unreachable", of.id, "", self._free(nodes), Given(), line)
                    left = s.both(left, s.negated(holds.surely_met))

    def _picks(self, of: Definition) -> Iterator[int]:
        """The node of a definition that is a `first`, below a rounding or a change of scale."""
        at = of.node
        while self.graph.nodes[at].op in ("linear", "round", "floor", "cap"):
            node = self.graph.nodes[at]
            at = node.args[2] if node.op == "linear" and len(node.args) == 3 else node.args[0]
            if node.op == "linear" and len(node.args) != 3:
                return
        if self.graph.nodes[at].op in ("pick", "pick class"):
            yield at

    # ---- the solver

    def _slots(self, node: int) -> set[int]:
        return {at for at in below(self.graph.nodes, node) if at < len(self.graph.facts)}

    def _free(self, nodes: Sequence[int]) -> tuple[str, ...]:
        slots = sorted({slot for node in nodes for slot in self._slots(node)})
        return tuple(self.graph.facts[slot].id for slot in slots)

    def _solver(self, nodes: Sequence[int], wanted: Condition) -> z3.Solver | None:
        """What can be, and something besides; None where there is no time left."""
        left = self.ends - monotonic()
        if left <= 0:
            return None
        solver = z3.Solver()
        solver.set(timeout=min(MILLISECONDS, max(1, int(left * 1000))))
        rules = [rule for node in nodes for rule in self.every.rules(node, checked=True)]
        solver.add(z3.BoolVal(True), wanted, *rules)
        return solver

    def _is_impossible(self, nodes: Sequence[int], wanted: Condition) -> bool:
        """Whether it was shown that something never comes out."""
        if wanted is True:
            return False
        solver = self._solver(nodes, wanted)
        return solver is not None and bool(solver.check() == z3.unsat)

    # ---- the least case

    def _shown(
        self, kind: str, of: Provision, other: Provision, outcomes: tuple[int, int]
    ) -> Shown | None:
        """A pair, with the least case in which each comes out so; None where `decide` disagrees."""
        nodes = [of.node, other.node]
        wants: list[Condition] = []
        for node, outcome in zip(nodes, outcomes, strict=True):
            truth: Truth = self.every[node]
            wants.append(truth.surely_met if outcome == MET else truth.surely_not_met)
        solver = self._solver(nodes, s.both(*wants))
        case = Given()
        if solver is not None and solver.check() == z3.sat:
            case = self._least(nodes, outcomes, solver)
        elif kind == "contradicts":
            return None  # one that cannot be met alone is told of by itself
        return Shown(kind, of.id, other.id, self._free(nodes), case)

    def _least(self, nodes: Sequence[int], outcomes: Sequence[int], solver: z3.Solver) -> Given:
        """Fact by fact, in the pack's order, the least value there is; then without those that can
        be left out. So it is the same case whatever model the solver comes to."""
        slots = sorted({at for node in nodes for at in self._tied(node)} & {*self.every.chosen})
        for at in slots:
            self._settle(at, solver)
        if solver.check() != z3.sat:
            return Given()
        model, facts = solver.model(), self.graph.facts
        case = Given({facts[at].id: self.every.value(at, model) for at in slots})
        if not self._comes_out(case, nodes, outcomes):
            return Given()
        return self._without(case, nodes, outcomes)

    def _settle(self, slot: int, solver: z3.Solver) -> None:
        """Hold a fact at the least value that it can have; "no" and the first label are least."""
        symbol = self.every.chosen[slot]
        if isinstance(symbol, Truth | s.Choice):
            options = [z3.Not(symbol.met)] if isinstance(symbol, Truth) else symbol.bits
            option = next((each for each in options if solver.check(each) == z3.sat), None)
            if option is not None:
                solver.add(option)
            return
        low = self.graph.facts[slot].least or 0
        if solver.check() != z3.sat:
            return
        high = solver.model().eval(symbol.lo, model_completion=True).as_long()
        while low < high:
            middle = (low + high) // 2
            if solver.check(symbol.lo <= middle) == z3.sat:
                high = solver.model().eval(symbol.lo, model_completion=True).as_long()
            else:
                low = middle + 1
        solver.add(symbol.lo == high)

    def _without(self, case: Given, nodes: Sequence[int], outcomes: Sequence[int]) -> Given:
        """The case without each fact that can be left out."""
        while True:
            for name in case:
                less = Given({n: value for n, value in case.items() if n != name})
                if self._comes_out(less, nodes, outcomes):
                    case = less
                    break
            else:
                return case

    def _comes_out(self, case: Given, nodes: Sequence[int], outcomes: Sequence[int]) -> bool:
        """Whether `decide` settles the nodes so."""
        try:
            values = decide(self.graph, case).values
        except CaseError:
            return False
        return all(values[node] == out for node, out in zip(nodes, outcomes, strict=True))
