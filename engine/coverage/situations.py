"""The conditions that a pack asks for, wherever they stand, and the situation a case has each in.

A condition is one comparison, yes/no, class or activity. A case has it met, not met or open; a
comparison of quantities at its boundary besides, or just below it: less than one step of its
finest term away on either side. It knows graphs and decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Graph, Node, Part, below, reads
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.truth import MET, NOT_MET

VERDICT = "verdict"
SITUATIONS = ("met", "not_met", "undetermined", "boundary", "below")
COMPARED = ("ge", "le", "ge2", "gt2", "share")


class Condition(NamedTuple):
    """One condition: whose it is, its node in the graph of a day, which situations it may be in."""

    owner: str
    graph: Graph
    node: int
    situations: tuple[str, ...]


def conditions(graph: Graph) -> list[Condition]:
    """The conditions of the asked pack, each with the innermost that it stands under."""
    main = graph.main
    named = [each for each in _named(main) if each[1] >= 0]
    owners = sorted(named, key=lambda each: each[1])
    owners += [(VERDICT, main.verdict)] if main.verdict >= 0 else []
    taken = {
        at
        for part in graph.parts[1:]
        for named in _named(part)
        if named[1] >= 0
        for at in below(graph.nodes, named[1])
        if at >= graph.given
    }
    found: dict[int, Condition] = {}
    for owner, node in owners if main.in_force else ():
        for at in _atoms(graph, node):
            if at not in taken and at not in found:
                found[at] = Condition(owner, graph, at, _possible(graph, at))
    order = {name: at for at, name in enumerate([*(each[0] for each in _named(main)), VERDICT])}
    return sorted(found.values(), key=lambda each: (order[each.owner], each.node))


def _named(part: Part) -> list[tuple[str, int]]:
    """What a pack names, with its node."""
    found = [(p.id, p.node) for p in part.provisions]
    found += [(d.id, d.node) for d in part.definitions]
    return found + [(a.id, a.node) for a in part.amounts]


def _atoms(graph: Graph, node: int) -> Iterator[int]:
    """The conditions under a node that are made of no others."""
    todo, seen = [node], {node}
    while todo:
        at = todo.pop()
        of = graph.nodes[at]
        if of.kind == "truth" and (of.op in (*COMPARED, "in") or _is_stated(graph, at)):
            yield at
        new = set(reads(of) if of.op != "tighter" else of.args[:1]) - seen
        seen |= new
        todo += new


def _is_stated(graph: Graph, at: int) -> bool:
    """Whether a case states it: a fact of the asked pack, or an activity."""
    if at < len(graph.facts):
        return graph.facts[at].pack == graph.main.pack
    return len(graph.facts) < at < graph.given


def _possible(graph: Graph, at: int) -> tuple[str, ...]:
    """The situations that a condition may be in."""
    if graph.nodes[at].op in COMPARED:
        return SITUATIONS
    return SITUATIONS[:2] if at > len(graph.facts) and at < graph.given else SITUATIONS[:3]


# ---- in which situation one is


def situations_of(decision: Decision, at: int) -> Iterator[str]:
    """The situations in which a case has a condition."""
    value = decision.values[at]
    if value in (MET, NOT_MET):
        yield "met" if value == MET else "not_met"
    elif value & MET and value & NOT_MET:
        yield "undetermined"
    node = decision.graph.nodes[at]
    if node.op in COMPARED:
        parts = [decision.values[i] for i in parts_of(node)]
        if all(part.__class__ is int for part in parts):
            margin, step = margin_of(decision.graph, node, parts)
            if 0 <= margin < step:
                yield "boundary"
            elif -step <= margin < 0:
                yield "below"


def parts_of(node: Node) -> tuple[int, ...]:
    """The quantities that a comparison compares."""
    if node.op == "share":
        _, n, d, t, _ = node.args
        return n, d, t
    return node.args[:2] if node.op in ("ge2", "gt2") else node.args[:1]


def margin_of(graph: Graph, node: Node, parts: Sequence[Any]) -> tuple[Any, int]:
    """By how much a comparison is met, from 0 up where it is, and the step of that; of numbers that
    are known or those of a solver."""
    op, args = node.op, node.args
    if op == "share":
        comparison, _, _, _, q = args
        n, d, t = parts
        gap = q * n - s.times(t, d)
        gap = gap if comparison in ("ge", "gt") else -gap
        return gap if comparison in ("ge", "le") else gap - 1, q * _step(graph, args[1])
    if op in ("ge", "le"):
        gap = parts[0] - args[1] if op == "ge" else args[1] - parts[0]
        return gap, _step(graph, args[0])
    step = max(_step(graph, args[0]), _step(graph, args[1]))
    return parts[0] - parts[1] - (op == "gt2"), step


def _step(graph: Graph, at: int) -> int:
    """By how much a quantity moves at least when it does."""
    node = graph.nodes[at]
    if node.op in ("linear", "sum"):
        terms = zip(node.args[1::2], node.args[2::2], strict=True)
        return min((abs(k) * _step(graph, i) for k, i in terms), default=1)
    if node.op == "else":
        return _step(graph, node.args[0])
    return 1
