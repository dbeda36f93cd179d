"""The largest integer every quantity can hold: past 64 bits a pack is refused, never wrapped."""

from __future__ import annotations

from tieuchi.engine.compile.builder import Builder
from tieuchi.engine.compile.constants import LARGEST
from tieuchi.engine.graph import Fact
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Contradiction, Members, Value, step
from tieuchi.engine.truth import EVERYTHING

GUARD = 10**15  # of what has no bound: an unknown coefficient, the members of an open list
DAYS = (1, 3_652_059)  # of the Gregorian calendar to the year 9999


def bound(b: Builder) -> None:
    """Gives every quantity its bounds, with every fact as large as it may be stated."""
    values: list[Value] = []
    for i, node in enumerate(b.nodes):
        if node.op == "fact":
            values.append(_widest(b, i, node.kind))
            continue
        try:
            value = step(node)(values)
        except Contradiction:
            value = EVERYTHING
        if node.kind == "quantity":
            lo, hi, absent = span(value)
            lo, hi = -GUARD if lo is None else lo, GUARD if hi is None else hi
            if lo < -LARGEST or hi > LARGEST:
                _refuse(b, i, max(hi, -lo))
                lo, hi = 0, 0  # so that what is made of it is not refused for it too
            value = (lo, hi, absent)
            b.nodes[i] = node._replace(least=lo, most=hi)
        elif node.op == "share":
            _, n, d, t, q = node.args
            tops = [q * abs(x) for x in span(values[n])[:2] if x is not None]
            bottoms = [x * y for x in _ends(values[t]) for y in _ends(values[d])]
            largest = max(map(abs, [*tops, *bottoms]), default=0)
            if largest > LARGEST:
                _refuse(b, i, largest)
        values.append(value)


def _ends(value: Value) -> list[int]:
    return [x for x in span(value)[:2] if x is not None]


def _widest(b: Builder, node: int, kind: str) -> Value:
    if kind == "truth":
        return EVERYTHING
    if kind == "class":
        return (1 << len(b.labels[node])) - 1
    if kind == "list":
        return Members((), False)
    if kind == "date":
        return (*DAYS, False)
    fact: Fact = b.facts[node]
    least, most = fact.least or 0, fact.limit if fact.most is None else fact.most
    b.nodes[node] = b.nodes[node]._replace(least=least, most=most)
    return (least, most, False)


def _refuse(b: Builder, node: int, largest: int) -> None:
    at, pack = b.places[node]
    b.fault("overflow", at, pack, name=at, largest=largest)
