"""What a case gives, in FEEL, and which labels a class can have."""

from __future__ import annotations

from collections.abc import Mapping

from tieuchi.engine.export.dmn.elements import quoted
from tieuchi.engine.export.dmn.feel import decimal, step
from tieuchi.engine.graph import Fact, Graph, labels_by_node, reads


def closes(fact: Fact) -> bool:
    """Whether there is none of a fact that a complete case does not state."""
    return fact.closes and fact.otherwise < 0 and (fact.least or 0) <= 0


def ends(fact: Fact) -> str:
    """What an unstated quantity lies between."""
    least, most = fact.least or 0, fact.most
    return (
        f"{decimal(least * step(fact))}, {'null' if most is None else decimal(most * step(fact))}"
    )


def stated(fact: Fact, name: str) -> str:
    """A fact, or a field of a member, as what is possible of it; not stated, it is null."""
    if fact.kind == "quantity":
        return f"stated({name}, {ends(fact)})"
    if fact.kind == "yes_no":
        return f"yes_no({name})"
    if fact.kind == "class":
        labels = ", ".join(quoted(label) for label, _ in fact.labels)
        return f"(if {name} = null then [{labels}] else [{name}])"
    return f"on_day({name})"


def labels_of(graph: Graph) -> Mapping[int, tuple[str, ...]]:
    """The labels of every class node: its own, or those of a class that it may come to."""
    known = labels_by_node(graph).items()
    found = {at: tuple(label for label, _ in labels) for at, labels in known if labels}
    alike: list[tuple[int, int]] = []
    for at, node in enumerate(graph.nodes):
        if node.kind == "class":
            values = reads(node)
            if node.op.startswith("table"):
                values = node.args[2]
            elif node.op.startswith("pick"):
                values = (*node.args[1::2], node.args[-1])
            alike += [(at, value) for value in values]
    for _ in range(2):
        for a, b in (*reversed(alike), *alike):
            if a in found or b in found:
                labels = found.get(a) or found[b]
                found.setdefault(a, labels)
                found.setdefault(b, labels)
    return found
