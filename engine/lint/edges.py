"""The edges of a decision: every threshold that a pack sets, and on which side of it a case stands.

An edge is one comparison of a provision (of each cell, where a table sets the threshold), one of
the lines of a `first` or of a gate, or the cap or floor of an amount. `edges(decision)` gives each
with the places that test cases should stand at and those at which this one does. It knows graphs
and decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any, Final, NamedTuple

from tieuchi.engine.coverage.situations import conditions, situations_of
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Amount, Definition, Graph, Node, Test, below
from tieuchi.engine.kernel import Value
from tieuchi.engine.quantity import parse_unit

EXACTLY, BELOW, ABOVE, PAST = "exactly", "below", "above", "past"
SIDES: Final = {"at_least": BELOW, "less_than": BELOW, "at_most": ABOVE, "more_than": ABOVE}
_SITUATIONS: Final = {  # where a condition stands at its boundary, and just below it
    "ge": (EXACTLY, BELOW),
    "ge2": (EXACTLY, BELOW),
    "le": (EXACTLY, ABOVE),
    "gt": (ABOVE, EXACTLY),
    "gt2": (ABOVE, EXACTLY),
    "lt": (BELOW, EXACTLY),
}


class Edge(NamedTuple):
    """One threshold: whose, which of its own, of which cell; the places where cases should stand.

    `part`: test, line, condition, cap or floor; `number` counts those of one kind of an owner.
    """

    owner: str
    part: str
    number: int
    cell: tuple[str, ...]
    places: tuple[str, str]


def edges(decision: Decision) -> Iterator[tuple[Edge, frozenset[str]]]:
    """Every edge of the main pack, and at which of its places the case stands."""
    yield from _of_tests(decision)
    yield from _of_conditions(decision)
    yield from _of_bounds(decision)


# ---- comparisons of provisions


def _of_tests(decision: Decision) -> Iterator[tuple[Edge, frozenset[str]]]:
    graph, values = decision.graph, decision.values
    nodes = graph.nodes
    for of in graph.main.provisions:
        for index, test in enumerate(of.tests):
            if test.comparison not in SIDES or test.required < 0:
                continue
            side = SIDES[test.comparison]
            measured, required = nodes[test.measured], nodes[test.required]
            off = _off(nodes, measured, values[test.measured], required, values[test.required])
            stands = _places(side, off, in_steps=_in_steps(graph, measured))
            for cell, here in _cells(decision, test.required):
                edge = Edge(of.id, "test", index, cell, (EXACTLY, side))
                yield edge, stands if here else frozenset()


def _places(side: str, off: Fraction | None, *, in_steps: bool) -> frozenset[str]:
    if off is None:
        return frozenset()
    if off == 0:
        return frozenset((EXACTLY,))
    beside = off < 0 if side == BELOW else off > 0
    return frozenset((side,) if beside and (abs(off) <= 1 or not in_steps) else ())


def _in_steps(graph: Graph, node: Node) -> bool:
    """Whether one step more of some fact is one step more of it."""
    if node.op in ("linear", "sum"):
        factors = set(node.args[1::2])
        return len(factors) == 1 and all(
            graph.nodes[at].op in ("fact", "else") for at in node.args[2::2]
        )
    return node.op in ("fact", "else", "count", "elapsed", "ratio")


def _off(
    nodes: tuple[Node, ...], measured: Node, value: Value, required: Node, wanted: Value
) -> Fraction | None:
    if wanted.__class__ is not int or required.kind != "quantity":
        return None
    asked = wanted * _base(required)
    if measured.kind == "ratio":
        part, whole = (nodes[at] for at in measured.args)
        n, d = value
        if n.__class__ is not int or d.__class__ is not int or d == 0:
            return None
        return (n * _base(part) - asked * d * _base(whole)) * Fraction(
            _base(part).denominator, _base(part).numerator
        )
    if value.__class__ is not int or measured.kind != "quantity":
        return None
    return (value * _base(measured) - asked) * Fraction(
        _base(measured).denominator, _base(measured).numerator
    )


def _base(node: Node) -> Fraction:
    """What one integer of a quantity is, in base units."""
    return Fraction(node.num, node.den) * Fraction(*parse_unit(node.unit or "1").factor)


# ---- the cells of a table that sets a threshold


def _cells(decision: Decision, node: int) -> list[tuple[tuple[str, ...], bool]]:
    """The cells that a threshold may be of, by their labels, and whether it is of that one here.

    One without labels where no table sets it. A cell of 0 sets none.
    """
    graph = decision.graph
    at = _plain(graph, node)
    if graph.nodes[at].op != "table":
        return [((), True)]
    keys, sizes, cells = graph.nodes[at].args
    here = [decision.values[key] for key in keys]
    found = []
    for cell, chosen in zip(cells, product(*map(range, sizes)), strict=True):
        if _sets_none(graph.nodes[cell]):
            continue
        labels = tuple(_label(graph, key, i) for key, i in zip(keys, chosen, strict=True))
        stands = all(mask == 1 << i for mask, i in zip(here, chosen, strict=True))
        found.append((labels, stands))
    return found


def _plain(graph: Graph, at: int) -> int:
    """A node below a change of scale."""
    while graph.nodes[at].op == "linear" and len(graph.nodes[at].args) == 3:
        at = graph.nodes[at].args[2]
    return at


def _sets_none(node: Node) -> bool:
    return node.op == "unknown" or (node.op == "const" and node.args[0] == 0)


def _label(graph: Graph, node: int, number: int) -> str:
    labels = graph.facts[node].labels if node < len(graph.facts) else ()
    if not labels:
        defined = (d for part in graph.parts for d in part.definitions if d.node == node)
        labels = next((d.labels for d in defined if d.labels), ())
    return labels[number][0] if number < len(labels) else str(number + 1)


# ---- lines of a `first`, gates, conditions of definitions


def _of_conditions(decision: Decision) -> Iterator[tuple[Edge, frozenset[str]]]:
    """Comparisons that no provision shows as its own."""
    graph = decision.graph
    shown = {at for of in graph.main.provisions for test in of.tests for at in _of(graph, test)}
    numbers: dict[str, int] = {}
    for each in conditions(graph):
        if "boundary" not in each.situations or each.node in shown:
            continue
        node = graph.nodes[each.node]
        places = _SITUATIONS[node.args[0] if node.op == "share" else node.op]
        number = numbers[each.owner] = numbers.get(each.owner, -1) + 1
        there = {*situations_of(decision, each.node)}
        at = [place for place, of in zip(places, ("boundary", "below"), strict=True) if of in there]
        yield Edge(each.owner, "condition", number, (), places), frozenset(at)


def _of(graph: Graph, test: Test) -> tuple[int, ...]:
    node = graph.nodes[test.truth]
    return (test.truth, *(node.args[:1] if node.op == "tighter" else ()))


# ---- caps and floors


def _of_bounds(decision: Decision) -> Iterator[tuple[Edge, frozenset[str]]]:
    graph, values = decision.graph, decision.values
    main = graph.main
    seen: set[int] = set()
    owners: list[Definition | Amount] = [*main.definitions, *main.amounts]
    for of in sorted(owners, key=lambda each: each.node):
        under = [at for at in sorted(below(graph.nodes, of.node)) if at not in seen]
        seen |= {*under}
        bounds = [at for at in under if graph.nodes[at].op in ("cap", "floor")]
        for number, at in enumerate(bounds if main.in_force else ()):
            op, (own, bound) = graph.nodes[at].op, graph.nodes[at].args
            stands: set[str] = set()
            if values[own].__class__ is int and values[bound].__class__ is int:
                off = values[own] - values[bound]
                off = off if op == "cap" else -off
                stands |= {PAST} if off > 0 else set()
                stands |= {EXACTLY} if abs(off) < _grain(decision, own) else set()
            for cell, here in _cells(decision, bound):
                edge = Edge(of.id, op, number, cell, (EXACTLY, PAST))
                yield edge, frozenset(stands if here else ())


def _grain(decision: Decision, at: int) -> Any:
    """By how much a value moves when a fact moves by a step, as far as it is plainly counted."""
    node, values = decision.graph.nodes[at], decision.values
    if node.op in ("linear", "sum"):
        terms = zip(node.args[1::2], node.args[2::2], strict=True)
        return max((abs(k) * _grain(decision, own) for k, own in terms), default=1)
    if node.op in ("cap", "floor", "round"):
        return _grain(decision, node.args[0])
    if node.op != "product":
        return 1
    for own, other in (node.args, node.args[::-1]):
        slots = below(decision.graph.nodes, other)
        facts = (decision.graph.facts[slot] for slot in slots if slot < len(decision.graph.facts))
        if values[own].__class__ is int and any(fact.kind == "quantity" for fact in facts):
            return max(1, abs(values[own])) * _grain(decision, other)
    return 1
