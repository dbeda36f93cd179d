"""What a pack without a verdict comes to: its classes, and what nothing else of it is made of.

An income a head and a poverty line lead to the class of a household; the class is what somebody
asked for, the others are on the way. It knows graphs alone.
"""

from __future__ import annotations

from tieuchi.engine.graph import Amount, Definition, Graph, below


def results(graph: Graph) -> tuple[Definition, ...]:
    """The definitions that a pack without a verdict is about, in its order."""
    main = graph.main
    if main.verdict >= 0:
        return ()
    tops = {each.node for each in main.definitions}
    inner = {at for top in tops for at in below(graph.nodes, top) if at != top}
    inner |= set(below(graph.nodes, *(each.value for each in main.amounts)))
    made_of = {graph.nodes[at].args[1:3] for at in inner if graph.nodes[at].op == "share"}

    def is_inner(node: int) -> bool:
        """A ratio is compared by its parts, and so no node reads it."""
        of = graph.nodes[node]
        return node in inner or (of.kind == "ratio" and of.args in made_of)

    return tuple(each for each in main.definitions if each.labels or not is_inner(each.node))


def figures(graph: Graph) -> tuple[Amount | Definition, ...]:
    """What a pack comes to beside a verdict: its amounts; without one, its results too."""
    return (*results(graph), *graph.main.amounts)
