"""Which nodes of two graphs are the same function of the same facts, by their make alone.

`Shapes().of(graph)` is a number a node: two nodes of graphs looked at by one `Shapes` have the same
number only if they count the same from facts of the same id, kind, unit and bounds on the same day.
What has the same number need not be put before a solver. It knows graphs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tieuchi.engine.graph import Fact, Graph, Node


class Shapes:
    """The numbers of nodes, over all graphs looked at; `any_day`: whatever day each is of."""

    def __init__(self, *, any_day: bool = False) -> None:
        self._any_day = any_day
        self._numbers: dict[Any, int] = {}
        self._of: list[tuple[Graph, list[int]]] = []

    def of(self, graph: Graph) -> list[int]:
        """The number of each node of a graph."""
        for held, numbers in self._of:
            if held is graph:
                return numbers
        found: list[int] = []
        for at, node in enumerate(graph.nodes):
            key = self._given(graph, at) if at < graph.given else _made(node, found)
            found.append(self._numbers.setdefault(key, len(self._numbers)))
        self._of.append((graph, found))
        return found

    def _given(self, graph: Graph, at: int) -> Any:
        if at == len(graph.facts):
            return "day", None if self._any_day else graph.as_of
        if at > len(graph.facts):
            return "activity", graph.activities[at - len(graph.facts) - 1]
        return _fact(graph.facts[at])

    def where(self, graph: Graph, nodes: Sequence[Node]) -> Any:
        """What a condition over a member is, whatever graph asks it."""
        found = self.of(graph)
        return tuple(_inner(each, found) for each in nodes)


def _fact(fact: Fact) -> Any:
    labels = tuple(label for label, _ in fact.labels)
    bounds = (fact.least, fact.most, fact.limit, fact.otherwise >= 0)
    fields = tuple(map(_fact, fact.fields))
    return ("fact", fact.id, fact.kind, fact.unit, fact.num, fact.den, labels, bounds, fields)


def _made(node: Node, found: list[int]) -> Any:
    op, args = node.op, node.args
    scale = (op, node.kind, node.unit, node.num, node.den)

    def at(index: int) -> int:
        return found[index] if index >= 0 else -1

    if op in ("truth", "const", "unknown", "label", "date"):
        return scale, args
    if op in ("ge", "le", "in", "round", "vague"):
        return scale, at(args[0]), args[1:]
    if op == "share":
        return scale, args[0], tuple(map(at, args[1:4])), args[4]
    if op in ("linear", "sum"):
        return scale, args[0], args[1::2], tuple(map(at, args[2::2]))
    if op in ("at_least", "elapsed"):
        return scale, args[0], tuple(map(at, args[1:]))
    if op == "count":
        wheres = tuple(tuple(_inner(each, found) for each in where) for where in args[1::2])
        return scale, at(args[0]), wheres, args[2::2]
    if op == "total":
        return scale, at(args[0]), tuple(_inner(each, found) for each in args[1])
    if op.startswith("table"):
        return scale, tuple(map(at, args[0])), args[1], tuple(map(at, args[2])), args[3:]
    return scale, tuple(map(at, args))


def _inner(node: Node, found: list[int]) -> Any:
    """A node over a member's fields, which reads others of its own by their places."""
    if node.op == "outer":
        return node.op, found[node.args[0]], node.kind
    return node.op, node.args, node.kind, node.unit, node.num, node.den
