"""Counts and sums over a list: how many of its members a condition holds for, what they come to."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Builder, Entry
from tieuchi.engine.compile.constants import covers, span_of
from tieuchi.engine.compile.context import Labels, Lower, as_quantity, carried, defined
from tieuchi.engine.compile.facts import KINDS
from tieuchi.engine.graph import Node
from tieuchi.engine.source import Text


def count(at: Lower, model: p.Count, hint: str, _labels: Labels) -> int:
    """`count: list, where: condition`."""
    if at.outside is not None:
        return carried(at.outside.b, count(_of_all(at), model, hint, _labels), at.b)
    b = at.b
    entry = _list(at, model.count)
    listed = at.name(entry)
    where: tuple[Node, ...] = ()
    if model.where is not None:
        where = _over_member(at, entry, lambda inner: inner.condition(model.where, at.pack))
    unit = hint or "item"
    node = b.add("count", listed, where, 1, kind="quantity", unit=unit, scale=Fraction(1))
    b.moving.add(node)
    return node


def total(at: Lower, name: Text, each: Callable[[Lower], int]) -> int:
    """`sum: {each: value, of: list}`, and what a definition `for` a list is outside of it; `each`
    lowers the value of a member."""
    if at.outside is not None:
        return carried(at.outside.b, total(_of_all(at), name, each), at.b)
    b = at.b
    entry = _list(at, name)
    listed = at.name(entry)
    nodes = _over_member(at, entry, each)
    of = nodes[-1]
    node = b.add(
        "total", listed, nodes, kind="quantity", unit=of.unit, scale=Fraction(of.num, of.den)
    )
    b.moving.add(node)
    return node


def _of_all(at: Lower) -> Lower:
    """The lowering of another list than the one whose member is at hand: of this one all members
    count."""
    return at if at.outside is None else at.outside._replace(pack=at.pack)


def of_member(inner: Lower, entry: Entry) -> int:
    """What a definition `for` a list comes to for the member at hand."""
    return as_quantity(inner, entry.model.body, defined(inner, entry))


def _list(at: Lower, name: Text) -> Entry:
    entry = at.b.find(name, at.pack)
    if entry.kind != "fact" or entry.model.kind != "list":
        at.b.stop(
            "name-wrong-kind",
            name,
            at.pack,
            name=name,
            given="quantity",
            expected="list",
        )
    return entry


def _over_member(at: Lower, entry: Entry, lower: Callable[[Lower], int]) -> tuple[Node, ...]:
    """The nodes of a condition or value over one member: its fields, then steps over them."""
    b = at.b
    member = Builder({}, b.as_of)
    member.packs, member.entries, member.faults = b.packs, b.entries, b.faults
    member.day = b.day
    member.members = str(entry.name)
    for field in b.facts[b.slots[entry.name]].fields:
        kind = KINDS.get(field.kind, field.kind)
        node = member.given(kind, field.unit, Fraction(field.num, field.den))
        member.fields[field.id] = node
        if field.kind == "quantity":
            member.moving.add(node)
        if (field.least or 0) < 0:
            member.signed.add(node)
        if field.kind == "class":
            member.labels[node] = tuple(label for label, _ in field.labels)

    result = lower(_inside(at, member))
    nodes = member.nodes
    if result != len(nodes) - 1:
        nodes = [*nodes, _again(nodes[result], result)]
    return tuple(nodes)


def _again(node: Node, at: int) -> Node:
    """A node once more, as the last one."""
    if node.kind == "truth":
        return node._replace(op="all", args=(at,), unit="", num=1, den=1)
    return node._replace(op="linear", args=(0, 1, at), least=None, most=None)


def _inside(at: Lower, member: Builder) -> Lower:
    """A lowering over a member's fields; names that are no field are read from outside, but for
    definitions `for` the same list."""

    def name(entry: Entry) -> int:
        return member.once(entry, own) if is_own(entry) else outside(entry)

    def is_own(entry: Entry) -> bool:
        if entry.kind != "definition" or entry.model.for_ is None:
            return False
        if at.b.find(entry.model.for_, entry.pack).name != member.members:
            return False
        period = span_of(entry.pack.model.in_force, at.b, entry.pack)
        return entry.pack is at.pack or covers(period, at.b.as_of)

    def own(entry: Entry) -> int:
        return of_member(at.inside(member, entry.pack, name, at), entry)

    def outside(entry: Entry) -> int:
        return carried(at.b, at.name(entry), member)

    return at.inside(member, at.pack, name, at)
