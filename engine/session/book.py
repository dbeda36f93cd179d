"""What is made once of a graph for all its sessions: its rules in the C module, and who reads what.

The rules of `elimination` conclude the truths; quantities, dates and classes are the kernel's
arithmetic, redone where something below has changed. It knows the graph, its rules, the kernel and
`durable`; of a case it knows nothing but how its states are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify

from tieuchi.engine.decision import program, unstated
from tieuchi.engine.graph import Graph, Provision, reads
from tieuchi.engine.kernel import Step, Value, step
from tieuchi.engine.session.durable import (
    STATES,
    Ruleset,
    SessionError,
    c_module,
    keep_freed_memory,
    split,
)
from tieuchi.engine.session.elimination import COMPARISONS, Atom, measure_of
from tieuchi.engine.session.rule import rules_of, widest_of


class Rulebook:
    """A graph's rules in the C module, and who reads what."""

    def __init__(self, graph: Graph, without: str) -> None:
        nodes, facts = graph.nodes, graph.facts
        free = frozenset(_nodes_of(graph, without)) if without else frozenset()
        self.graph = graph
        module = c_module()
        self.slots = program(graph).slots
        self.anything = widest_of(graph, free)
        try:
            rules = [rule for rule in rules_of(graph, self.anything) if rule.node not in free]
        except OverflowError as error:
            raise SessionError(str(error)) from None
        self.concludes = {rule.name: rule.concludes for rule in rules}
        keep_freed_memory()
        self.rulesets = [Ruleset(module, part) for part in split(rules)]
        self.measures = {
            i: measure_of(of)
            for i, of in enumerate(nodes)
            if of.kind == "truth" and of.op in COMPARISONS and i not in free
        }
        self.steps: dict[int, Step] = {
            i: step(of) for i, of in enumerate(nodes) if i >= graph.given and of.kind != "truth"
        }
        self.readers: list[list[int]] = [[] for _ in nodes]  # that are computed, not derived
        for i in sorted({*self.steps, *self.measures}):
            for below in dict.fromkeys(reads(nodes[i])):
                self.readers[below].append(i)
        # the classes that conditions read, with every label that they can have
        self.labels = {
            of.args[0]: tuple([1 << i for i in range(of.args[2] + 1)])
            for of in nodes
            if of.op == "in"
        }
        # the yes/no facts that a definition stands in for
        self.defined = [of.args[0] for of in nodes if of.op == "else truth"]
        # what may say other than was assumed without it, so all that follows begins anew
        self.early = frozenset(
            name
            for name, slot in self.slots.items()
            if slot >= len(facts) or (facts[slot].otherwise >= 0 and facts[slot].kind != "quantity")
        )
        self.start = self._start()
        # looked at once in every session: comparisons that are narrower, and classes, of which one
        # is what is stated and not what was worked out before
        self.begun = [i for i in self.measures if step(nodes[i])(self.start) != self.start[i]]
        self.begun += [i for i in self.labels if i in self.steps]
        heapify(self.begun)
        self._texts: dict[str, dict[Atom, tuple[tuple[int, str], ...]]] = {}
        self._free = [str(i) for i in range(STATES - 1, -1, -1)]

    def _start(self) -> list[Value]:
        """The values where nothing is stated and no rule has fired."""
        values = self.anything.copy()
        for slot in range(len(self.graph.facts) + 1):
            values[slot] = unstated(self.graph, slot)
        for i, calculate in self.steps.items():
            values[i] = calculate(values)
        return values

    def enter(self) -> str:
        """The sid of a state that no other session has."""
        if not self._free:
            raise SessionError(f"more than {STATES} sessions of one graph are open")
        return self._free.pop()

    def leave(self, sid: str) -> None:
        """The sid may be taken again."""
        self._free.append(sid)

    def texts(self, sid: str) -> dict[Atom, tuple[tuple[int, str], ...]]:
        """The facts that say an atom, each with its ruleset; of bounds, the beginning of one."""
        held = self._texts.get(sid)
        if held is None:
            made: dict[Atom, list[tuple[int, str]]] = {}
            for i, ruleset in enumerate(self.rulesets):
                for atom, text in ruleset.texts(sid):
                    made.setdefault(atom, []).append((i, text))
            held = self._texts[sid] = {atom: tuple(texts) for atom, texts in made.items()}
        return held


_RULEBOOKS: dict[tuple[int, str], Rulebook] = {}


def rulebook(graph: Graph, without: str) -> Rulebook:
    """The rulebook of a graph, made once for each graph object."""
    held = _RULEBOOKS.get((id(graph), without))
    if held is None or held.graph is not graph:
        if len(_RULEBOOKS) > 64:
            _RULEBOOKS.clear()
        held = _RULEBOOKS[id(graph), without] = Rulebook(graph, without)
    return held


def _nodes_of(graph: Graph, provision: str) -> Iterator[int]:
    """The nodes that are a provision's: its gates, its review, its own condition."""
    found: Provision = program(graph).provisions[provision][0]
    node = found.node
    while node >= graph.given:
        yield node
        if node == found.own:
            return
        node = graph.nodes[node].args[1]
