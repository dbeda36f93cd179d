"""Named things as nodes: what a fact, definition, provision or amount comes to, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Broken, Builder, Entry
from tieuchi.engine.compile.conditions import activity, compare, joined
from tieuchi.engine.compile.constants import covers, span_of
from tieuchi.engine.compile.context import Lower, aligned, alike, defined
from tieuchi.engine.compile.lists import of_member, total
from tieuchi.engine.compile.shapes import lowering
from tieuchi.engine.compile.values import unknown_like
from tieuchi.engine.graph import Gate, Test
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Text
from tieuchi.engine.truth import EVERYTHING


class Decided(NamedTuple):
    """What a provision came to; nodes are -1 where it has no status."""

    node: int
    own: int
    operator: str
    children: tuple[str, ...]
    needed: int
    tests: tuple[Test, ...]
    gates: tuple[Gate, ...]
    review: int
    not_in_force: bool


NOTHING = Decided(-1, -1, "not_encoded", (), 0, (), (), -1, False)


class Names:
    """The nodes of all names of a program."""

    def __init__(self, b: Builder) -> None:
        self.b = b
        self.decided: dict[tuple[str, str], Decided] = {}
        self.amounts: dict[tuple[str, str], tuple[int, int, int, str]] = {}
        self._lowers = {pack.id: lowering(b, pack, self._from(pack)) for pack in b.packs.values()}

    def lower(self, pack: Pack) -> Lower:
        """The lowering of what a pack writes."""
        return self._lowers[pack.id]

    def _from(self, pack: Pack) -> Any:
        def name(entry: Entry) -> int:
            node = self.node(entry)
            if entry.pack is not pack and not self.in_force(entry.pack, entry.pack.model.in_force):
                # the law says nothing on the day, but a fact is what the case states
                stated = entry.kind == "fact"
                return self.b.slots[entry.name] if stated else self._unknown_like(entry, node)
            return self._unknown_like(entry, node) if node < 0 else node

        return name

    def in_force(self, pack: Pack, period: p.Period | None) -> bool:
        """Whether a period of a pack covers the day."""
        return covers(span_of(period, self.b, pack), self.b.as_of)

    def _unknown_like(self, entry: Entry, node: int) -> int:
        if entry.kind == "amount":
            node = self.amounts[entry.pack.id, str(entry.name)][1]
        if node < 0:
            return self.b.add("truth", EVERYTHING)
        # a day is what the case states, under whatever name
        return node if self.b.kind(node) == "date" else unknown_like(self.b, node)

    def node(self, entry: Entry) -> int:
        """The node of a name; -1 of a provision or amount without status."""
        makers = {
            "fact": self._fact,
            "definition": self._definition,
            "provision": self._provision,
            "amount": self._amount,
        }
        return self.b.once(entry, makers[entry.kind])

    def _fact(self, entry: Entry) -> int:
        b, model = self.b, entry.model
        if entry.name not in b.slots:
            raise Broken
        stated = b.slots[entry.name]
        if model.else_ is None:
            return stated
        other = self.lower(entry.pack).name(b.find(model.else_, entry.pack))
        kind = b.kind(stated)
        if b.kind(other) != kind or b.labels.get(stated) != b.labels.get(other):
            given = "condition" if b.kind(other) == "truth" else b.kind(other)
            b.stop("name-wrong-kind", model.else_, entry.pack, name=model.else_, given=given,
                   expected="condition" if kind == "truth" else kind)  # fmt: skip
        if kind != "quantity":
            node = b.add(f"else {kind}", stated, other, kind=kind)
            if kind == "class":
                b.labels[node] = b.labels[stated]
        else:
            at = self.lower(entry.pack)
            alike(at, entry.name, stated, model.else_, other, "=")
            a, c = aligned([stated, other], b)
            node = b.add("else", a, c, kind=kind, unit=b.nodes[a].unit, scale=b.scale(a))
            b.moving.add(node)
        b.facts[stated] = b.facts[stated]._replace(otherwise=other)
        return node

    def _definition(self, entry: Entry) -> int:
        at = self.lower(entry.pack)
        if entry.model.for_ is not None:
            return total(at, entry.model.for_, lambda inner: of_member(inner, entry))
        return defined(at, entry)

    def _amount(self, entry: Entry) -> int:
        model, pack, b = entry.model, entry.pack, self.b
        at = self.lower(pack)
        condition, named = -1, ""
        if model.when is not None:
            condition = at.condition(model.when, pack)
            named = str(model.when) if isinstance(model.when, Text) else ""
        value = at.value(model.body)
        if b.kind(value) != "quantity":
            b.stop(
                "name-wrong-kind",
                entry.name,
                pack,
                name=entry.name,
                given=b.kind(value),
                expected="quantity",
            )
        of = b.nodes[value]
        node = b.add(
            "amount", condition, value, kind="quantity", unit=of.unit, scale=b.scale(value)
        )
        if not self.in_force(pack, model.in_force):
            node = -1
        self.amounts[pack.id, str(entry.name)] = (node, value, condition, named)
        return node

    def _provision(self, entry: Entry) -> int:
        made = self._decide(entry)
        self.decided[entry.pack.id, str(entry.name)] = made
        return made.node

    def _decide(self, entry: Entry) -> Decided:
        model, pack, b = entry.model, entry.pack, self.b
        at = self.lower(pack)
        if model.not_encoded is not None:
            if model.body is not None:
                key = next(iter(type(model.body).model_fields)).removesuffix("_")
                keys = f"`not_encoded`, `{key}`"
                b.stop("condition-twice", entry.name, pack, name=entry.name, keys=keys)
            return NOTHING
        if model.body is None:
            b.stop("condition-missing", entry.name, pack, name=entry.name)
        operator, own, children, count, tests = self._own(at, entry)
        in_force = self.in_force(pack, model.in_force)
        review = -1 if model.review_when is None else at.condition(model.review_when, pack)
        gates = tuple(
            self._gate(at, kind, condition)
            for kind, condition in (("applies_when", model.applies_when), ("unless", model.unless))
            if condition is not None
        )
        if own < 0 or not in_force:
            return Decided(-1, -1, operator, children, count, (), (), -1, not in_force)
        node = own if review < 0 else b.add("review", review, own)
        for gate in gates:
            node = b.add(gate.kind, gate.condition, node)
        return Decided(node, own, operator, children, count, tests, gates, review, False)

    def _gate(self, at: Lower, kind: str, condition: Any) -> Gate:
        named = str(condition) if isinstance(condition, Text) else ""
        parts: Any = condition.all if isinstance(condition, p.All) else [condition]
        asked = next((str(each.activity) for each in parts if isinstance(each, p.Activity)), "")
        return Gate(kind, at.condition(condition, at.pack), named, asked)

    def _own(
        self, at: Lower, entry: Entry
    ) -> tuple[str, int, tuple[str, ...], int, tuple[Test, ...]]:
        b, body, pack = self.b, entry.model.body, entry.pack
        if isinstance(body, p.Required):
            truth, tests = compare(at, body.require, body.require.body)
            return "require", truth, (), 0, tuple(tests)
        if isinstance(body, p.Activity):
            return "activity", activity(at, body.activity), (), 0, ()
        if isinstance(body, p.Not):
            below = (str(body.not_),) if isinstance(body.not_, Text) else ()
            return "not", at.condition(body, pack), below, 0, ()
        operator = (
            "at_least"
            if isinstance(body, p.AtLeast)
            else "all"
            if isinstance(body, p.All)
            else "any"
        )
        children = body.of if isinstance(body, p.AtLeast) else getattr(body, operator)
        nodes = [node for node in self._children(at, entry, children) if node >= 0]
        named = tuple(str(c) for c in children if isinstance(c, Text))
        if not nodes:
            if not children:
                b.stop("children-missing", entry.name, pack, key=operator)
            return operator, -1, named, 0, ()
        own = joined(at, body, nodes)
        count = b.nodes[own].args[0] if operator == "at_least" else 0
        return operator, own, named, count, ()

    def _children(self, at: Lower, entry: Entry, children: Any) -> list[int]:
        b, pack = self.b, entry.pack
        if isinstance(children, Mapping):
            found = [b.entries[pack.id][name] for name in children]
            return b.each(self.node, [each for each in found if each.kind == "provision"])

        def child(condition: Any) -> int:
            if not isinstance(condition, Text):
                return at.condition(condition, pack)
            found = b.find(condition, pack)
            if found.kind == "provision" and found.pack is pack:
                return self.node(found)
            return at.condition(condition, pack)

        return b.each(child, children)
