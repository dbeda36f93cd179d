"""The largest integer every quantity can hold: past 64 bits a pack is refused, never wrapped."""

from __future__ import annotations

from collections.abc import Sequence

from tieuchi.engine.compile.builder import Builder
from tieuchi.engine.compile.constants import LARGEST
from tieuchi.engine.graph import Fact, Node
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Contradiction, Members, Value, step
from tieuchi.engine.truth import EVERYTHING

GUARD = 10**15  # of what has no bound, as an unknown coefficient
MEMBERS = 1000  # a list has so many, and its sum keeps within 64 bits,
COUNTED = 10**9  # and of so many a count
DAYS = (1, 3_652_059)  # of the Gregorian calendar to the year 9999


def bound(b: Builder) -> None:
    """Gives every quantity its bounds, with every fact as large as it may be stated."""
    values: list[Value] = []
    for i, made in enumerate(b.nodes):
        if made.op == "fact":
            values.append(_widest(b, i, made.kind))
            continue
        node = _bounded_inside(b, i, made, values) if made.op in ("count", "total") else made
        try:
            value = step(node)(values)
        except Contradiction:
            value = EVERYTHING
        if node.op in ("count", "total"):
            value = _over_list(node)
        if node.kind == "quantity":
            lo, hi, absent = span(value)
            lo, hi = -GUARD if lo is None else lo, GUARD if hi is None else hi
            if lo < -LARGEST or hi > LARGEST:
                _refuse(b, i, max(hi, -lo))
                lo, hi = 0, 0  # so that what is made of it is not refused for it too
            value = (lo, hi, absent)
            b.nodes[i] = node._replace(least=lo, most=hi)
        elif node.op == "share":
            _refuse_share(b, i, node, values)
        values.append(value)


def _bounded_inside(b: Builder, at: int, node: Node, values: list[Value]) -> Node:
    """A count or a sum over a list whose nodes over a member have their bounds."""
    listed, *args = node.args
    fields = b.facts[listed].fields
    args[::2] = [_bounded_over(b, at, fields, nodes, values) for nodes in args[::2]]
    return node._replace(args=(listed, *args))


def _bounded_over(
    b: Builder, at: int, fields: Sequence[Fact], nodes: Sequence[Node], values: list[Value]
) -> tuple[Node, ...]:
    """The nodes over a member of a list, with their bounds."""
    found, inner = list[Node](), list[Value]()
    for i, made in enumerate(nodes):
        node = made
        if made.op == "fact":
            value = _of_field(fields[i])
        else:
            value = values[made.args[0]] if made.op == "outer" else step(made)(inner)
        if node.kind == "quantity":
            lo, hi, absent = span(value)
            lo, hi = -GUARD if lo is None else lo, GUARD if hi is None else hi
            if max(hi, -lo) > LARGEST:
                _refuse(b, at, max(hi, -lo))
                lo, hi = 0, 0
            value = (lo, hi, absent)
            node = made._replace(least=lo, most=hi)
        elif node.op == "share":
            _refuse_share(b, at, node, inner)
        inner.append(value)
        found.append(node)
    return tuple(found)


def _refuse_share(b: Builder, at: int, share: Node, values: list[Value]) -> None:
    """Refuses a ratio whose parts, multiplied out, are past 64 bits."""
    _, n, d, t, q = share.args
    tops = [q * abs(x) for x in _ends(values[n])]
    bottoms = [x * y for x in _ends(values[t]) for y in _ends(values[d])]
    largest = max(map(abs, [*tops, *bottoms]), default=0)
    if largest > LARGEST:
        _refuse(b, at, largest)


def _over_list(node: Node) -> Value:
    """What a count or a total can be, of a list as long as any."""
    if node.op == "total":
        each = node.args[1][-1]
        return MEMBERS * min(each.least, 0), MEMBERS * max(each.most, 0), False
    weights = node.args[2::2]
    low, high = (sum(end(k, 0) for k in weights) for end in (min, max))
    return COUNTED * low, COUNTED * high, False


def _of_field(field: Fact) -> Value:
    if field.kind in ("quantity", "date"):
        most = field.limit if field.most is None else field.most
        return (field.least or 0, most, False) if field.kind == "quantity" else (*DAYS, False)
    return EVERYTHING if field.kind == "yes_no" else (1 << len(field.labels)) - 1


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
