"""Counts over a list: how many of its members a condition holds for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Builder, Entry
from tieuchi.engine.compile.context import Labels, Lower
from tieuchi.engine.compile.facts import KINDS


def count(at: Lower, model: p.Count, hint: str, _labels: Labels) -> int:
    """`count: list, where: condition`."""
    b = at.b
    entry = b.find(model.count, at.pack)
    if entry.kind != "fact" or entry.model.kind != "list":
        b.stop(
            "name-wrong-kind",
            model.count,
            at.pack,
            name=model.count,
            given="quantity",
            expected="list",
        )
    listed = at.name(entry)
    where = () if model.where is None else _where(at, entry, model.where)
    unit = hint or "item"
    node = b.add("count", listed, where, 1, kind="quantity", unit=unit, scale=Fraction(1))
    b.moving.add(node)
    return node


def _where(at: Lower, entry: Entry, where: Any) -> tuple[Any, ...]:
    """The nodes of a condition over one member: its fields, then steps over them."""
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
        if field.kind == "class":
            member.labels[node] = tuple(label for label, _ in field.labels)

    inner = _inside(at, member)
    result = inner.condition(where, at.pack)
    nodes = member.nodes
    if result != len(nodes) - 1:
        nodes = [
            *nodes,
            nodes[0]._replace(op="all", args=(result,), kind="truth", unit="", num=1, den=1),
        ]
    return tuple(nodes)


def _inside(at: Lower, member: Builder) -> Lower:
    """A lowering over a member's fields; names that are no field are read from outside."""

    def outside(entry: Entry) -> int:
        node = at.name(entry)
        of = at.b.nodes[node]
        made = member.add("outer", node, kind=of.kind, unit=of.unit, scale=at.b.scale(node))
        if node in at.b.labels:
            member.labels[made] = at.b.labels[node]
        if node in at.b.moving:
            member.moving.add(made)
        return made

    return at.inside(member, at.pack, outside)
