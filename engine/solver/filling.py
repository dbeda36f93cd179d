"""All that is unknown of a case as unknowns of a solver, twice, with some facts that may differ.

The two encodings share the unknowns of all other facts, so that what tells them apart hangs on
those alone. A list that may go on, and a text, stay as they are; so does a fact that has an `else`
and is not asked about, since it need not be stated. It knows graphs and decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import z3

from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Fact, below
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import FIRST_DAY, LAST_DAY, Encoding, Listed
from tieuchi.engine.truth import MET, NOT_MET


class Filling:
    """Two ways to fill in what is unknown, alike in all but the facts in the slots `besides`."""

    def __init__(self, decision: Decision, besides: Collection[int]) -> None:
        self.decision = decision
        self._rules: list[s.Condition] = []
        shared = dict(self._shared(besides, self._aside(besides)))
        self.encodings: tuple[Encoding, ...] = tuple(
            Encoding(decision.graph, decision.values, {**shared, **self._own(besides, side)})
            for side in ("one", "other")
        )

    def _own(self, besides: Collection[int], side: str) -> dict[int, Any]:
        facts, values = self.decision.graph.facts, self.decision.values
        return {at: self._symbol(facts[at], values[at], f"{at}.{side}") for at in besides}

    def differing(self, *targets: int) -> s.Condition:
        """Whether one of some nodes comes out differently."""
        one, other = self.encodings
        return s.either(*(differs(one[target], other[target]) for target in targets))

    def rules(self, *targets: int, checked: bool) -> list[s.Condition]:
        """What holds of every case that can be; `checked`: by the checks of the input too, those
        of what the targets hang on."""
        found = [*self._rules, *(rule for each in self.encodings for rule in each.rules)]
        return found + (list(self._checks(targets)) if checked else [])

    def _checks(self, targets: Collection[int]) -> Iterator[s.Condition]:
        graph = self.decision.graph
        under = set(below(graph.nodes, *targets))
        bear = [at for at in graph.barred if not under.isdisjoint(below(graph.nodes, at))]
        for encoding in self.encodings:
            yield from encoding.unbarred(bear)

    def _aside(self, besides: Collection[int]) -> set[int]:
        """What the definitions are made of in whose places some facts are stated."""
        facts, nodes = self.decision.graph.facts, self.decision.graph.nodes
        return set(
            below(nodes, *(facts[at].otherwise for at in besides if facts[at].otherwise >= 0))
        )

    def _shared(self, besides: Collection[int], aside: set[int]) -> Iterator[tuple[int, Any]]:
        decision = self.decision
        for slot, fact in enumerate(decision.graph.facts):
            value = decision.values[slot]
            if (
                slot in besides
                or slot in aside
                or (fact.kind != "list" and decision.is_stated(slot))
            ):
                continue
            if fact.kind == "list":
                yield slot, self._listed(slot, fact, value)
            elif fact.otherwise < 0 and fact.kind != "text":
                yield slot, self._symbol(fact, value, str(slot))

    def _listed(self, slot: int, fact: Fact, members: Members) -> Listed:
        """The members that are known, with what is unknown of them."""
        rows = [
            [
                of if _is_known(field, of) else self._symbol(field, of, f"{slot}.{at}.{field.id}")
                for field, of in zip(fact.fields, row, strict=True)
            ]
            for at, row in enumerate(members.rows)
        ]
        return Listed(rows, members.complete)

    def _symbol(self, fact: Fact, value: Value, name: str) -> Any:
        """An unknown for a fact, within what it can be."""
        if fact.kind == "yes_no":
            return s.sharp(z3.Bool(name))
        if fact.kind == "class":
            bits = [z3.Bool(f"{name}.{i}") for i in range(len(fact.labels))]
            self._rules.append(z3.PbEq([(bit, 1) for bit in bits], 1))
            return s.Choice(tuple(bits), one=True)
        number = z3.Int(name)
        lo, hi, _ = span(value)
        least, most = (FIRST_DAY, LAST_DAY) if fact.kind == "date" else (0, fact.limit)
        self._rules.append(number >= (least if lo is None else lo))
        self._rules.append(number <= (most if hi is None else hi))
        return s.exact(number)


class Every(Filling):
    """All that a case could state, chosen once. Days, texts and lists stay as open as they are, so
    what cannot come out here cannot come out of any case."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self._rules = []
        facts = decision.graph.facts
        self.chosen = {
            slot: self._symbol(fact, decision.values[slot], str(slot))
            for slot, fact in enumerate(facts)
            if fact.kind in ("quantity", "yes_no", "class") and not decision.is_stated(slot)
        }
        self.encodings = (Encoding(decision.graph, decision.values, self.chosen),)

    def __getitem__(self, node: int) -> Any:
        """What a node can be."""
        return self.encodings[0][node]

    def value(self, slot: int, model: Any) -> Value:
        """What a fact was chosen to be, in a model."""
        symbol = self.chosen[slot]
        if isinstance(symbol, s.Choice):
            bits = [z3.is_true(model.eval(bit, model_completion=True)) for bit in symbol.bits]
            return 1 << bits.index(True)
        if isinstance(symbol, s.Truth):
            met = z3.is_true(model.eval(symbol.met, model_completion=True))
            return MET if met else NOT_MET
        return model.eval(symbol.lo, model_completion=True).as_long()


def _is_known(field: Fact, value: Value) -> bool:
    if field.kind == "yes_no":
        return value in (MET, NOT_MET)
    if field.kind == "class":
        return bool(value & (value - 1) == 0)
    return field.kind == "text" or value.__class__ is int


def differs(one: Any, other: Any) -> s.Condition:
    """Whether two values of a node are not the same."""
    if isinstance(one, s.Truth):
        pairs = zip(one[:3], other[:3], strict=True)
    elif isinstance(one, s.Choice):
        pairs = zip(one.bits, other.bits, strict=True)
    else:
        ends = s.either(one.lo != other.lo, one.hi != other.hi)
        there = s.both(one.there, other.there)
        return s.either(_apart(one.there, other.there), _apart(one.absent, other.absent),
                        s.both(there, ends))  # fmt: skip
    return s.either(*(_apart(a, b) for a, b in pairs))


def _apart(a: s.Condition, b: s.Condition) -> s.Condition:
    if isinstance(a, bool):
        return s.negated(b) if a else b
    return s.negated(a) if b is True else a if b is False else z3.Xor(a, b)
