"""Which way a fact bears on a target: whether more of it, or less, could ever help.

Read off the signs of the graph: a fact that only ever helps by growing need not be looked at
shrinking. What hangs on it in a way that is neither counts as both.
"""

from __future__ import annotations

from collections.abc import Sequence

from tieuchi.engine.arithmetic import pairs
from tieuchi.engine.graph import Graph, Node, below, reads

UP, DOWN = 1, 2
BOTH = UP | DOWN
_MIRRORED = (0, DOWN, UP, BOTH)


def bearings(graph: Graph, target: int, live: Sequence[int]) -> dict[int, int]:
    """By node: which way of it could help to have a target surely met, or more; of `live` nodes
    alone.

    A check of the input, which must not fail, counts as a target. When something is to be reviewed
    does not bear on what is surely met.
    """
    nodes, there = graph.nodes, set(live)
    found = dict.fromkeys((*graph.barred, target), UP)
    for at in sorted(there.union(below(nodes, *graph.barred)), reverse=True):
        way = found.get(at)  # whole by now: a node is read only by nodes after it
        if way is None:
            continue
        for under, sign in _signs(nodes, at)[way == UP and nodes[at].op == "review" :]:
            bears = way if sign > 0 else _MIRRORED[way] if sign < 0 else BOTH
            if under in there or at not in there:
                found[under] = found.get(under, 0) | bears
    return found


def _signs(nodes: Sequence[Node], at: int) -> list[tuple[int, int]]:
    """What a node reads, and with which sign; 0 where it is neither."""
    op, args = nodes[at].op, nodes[at].args
    if op in ("linear", "sum"):
        return [(a, k) for k, a in pairs(args[1:])]
    if op == "product":
        a, b = args
        return [(a, _sign(nodes[b])), (b, _sign(nodes[a]))]
    if op == "share":
        return [(args[1], args[4] if args[0] in ("ge", "gt") else -args[4]), (args[2], 0),
                (args[3], 0)]  # fmt: skip
    signs = _SIGNS.get(op)
    under = reads(nodes[at])
    if signs is None:
        return [(a, 1 if op in _ALIKE else 0) for a in under]
    return list(zip(under, signs, strict=True))


_SIGNS = {
    "ge": (1,), "round": (1,), "le": (-1,), "not": (-1,), "ge2": (1, -1), "gt2": (1, -1),
    "applies_when": (0, 1), "unless": (0, 1), "review": (0, 1),
}  # fmt: skip
_ALIKE = (
    "all", "any", "at_least", "tighter", "highest", "lowest", "floor", "cap", "else", "else truth",
    "amount",
)  # fmt: skip


def _sign(of: Node) -> int:
    """The sign that a quantity has in every case; 0 where it may have either."""
    if of.least is not None and of.least >= 0:
        return 1
    return -1 if of.most is not None and of.most <= 0 else 0
