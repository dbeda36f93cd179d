"""What a fact may be stated as, as unknowns of the solver that several graphs share.

An `Unknown` is one fact, whatever graph asks for it, each in its own step and with its own labels;
`value` reads it from a model. It knows facts and their kinds, and no graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import lcm
from typing import Any

import z3

from tieuchi.engine.graph import Fact
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import parse_unit
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import FIRST_DAY, LAST_DAY, Listed
from tieuchi.engine.truth import MET, NOT_MET


def integer(model: Any, number: Any) -> int:
    """A number in a model."""
    value: int = model.eval(number, model_completion=True).as_long()
    return value


def holds(model: Any, condition: s.Condition) -> bool:
    """Whether a condition is so in a model."""
    if isinstance(condition, bool):
        return condition
    return bool(z3.is_true(model.eval(condition, model_completion=True)))


class Unknown:
    """What a fact may be stated as, whatever graph asks for it; of an activity, whether it is."""

    def __init__(self, name: str, fact: Fact | None, rules: list[s.Condition]) -> None:
        self.name = name
        self.rules = rules
        self.facts: list[Fact] = []
        self.kind = "activity" if fact is None else fact.kind
        self.stated: s.Condition = True
        self.bits = [z3.Bool(name)] if self.kind in ("yes_no", "activity") else []
        self.labels: dict[str, Any] = {}
        self.number: Any = z3.Int(name) if self.kind in ("quantity", "date") else None
        self._step = 1  # of the number, over the common denominator `_per`
        self._per = 1
        self.rows: list[dict[tuple[Any, ...], Unknown]] = []

    def is_alike(self, fact: Fact) -> bool:
        """Whether a label, or each field of a list, means the same in another graph."""
        if self.kind == "class":
            return bool(set(self.labels) & {label for label, _ in fact.labels})
        return True

    def may_be(self, fact: Fact, rows: int) -> None:
        """One more graph asks for it; of a list, for so many members."""
        if fact.otherwise >= 0 and self.stated is True:
            self.stated = z3.Bool(f"{self.name}.stated")
        for label, _ in fact.labels:
            self.labels.setdefault(label, z3.Bool(f"{self.name}.{label}"))
        if self.kind == "quantity":  # whole steps of each: of 2/10 and 3/10, whole 6/10
            num, den = _step(fact)
            per = lcm(self._per, den)
            own, here = num * (per // den), self._step * (per // self._per)
            self._step, self._per = lcm(own, here) if self.facts else own, per
        while len(self.rows) < rows and self.kind == "list":
            self.rows.append({})
        for at, row in enumerate(self.rows):
            for field in fact.fields:
                if field.kind != "text":
                    name = f"{self.name}.{at}.{len(row)}"
                    made = row.setdefault(key_of(field), Unknown(name, field, self.rules))
                    made.may_be(field, 0)
        self.facts.append(fact)

    def _times(self, fact: Fact) -> int:
        """How many steps of a fact are one of the number's."""
        num, den = _step(fact)
        return self._step * den // (num * self._per)

    def bound(self) -> None:
        """What is so whatever is asked; said once everybody has asked."""
        known = [{label for label, _ in fact.labels} for fact in self.facts]
        if self.kind == "class" and known:
            self.rules.append(z3.PbEq([(bit, 1) for bit in self.labels.values()], 1))
            for label, bit in self.labels.items():
                if not all(label in labels for labels in known):
                    self.rules.append(z3.Not(bit))
        for fact in self.facts:
            if self.kind == "date":
                self.rules += [self.number >= FIRST_DAY, self.number <= LAST_DAY]
            elif self.kind == "quantity":
                least, most = fact.least or 0, fact.limit if fact.most is None else fact.most
                here = self._times(fact) * self.number
                self.rules += [here >= least, here <= most]
        for row in self.rows:
            for unknown in row.values():
                unknown.bound()

    def symbol(self, fact: Fact) -> Any:
        """What a graph takes it for."""
        if self.kind == "yes_no":
            return s.sharp(self.bits[0])
        if self.kind == "class":
            return s.Choice(tuple(self.labels[label] for label, _ in fact.labels), one=True)
        if self.kind == "date":
            return s.exact(self.number)
        times = self._times(fact)
        return s.exact(self.number if times == 1 else times * self.number)

    def listed(self, fact: Fact) -> Listed:
        """A closed list of its members; of none, one about which nothing is known."""
        rows = [
            [
                "" if field.kind == "text" else row[key_of(field)].symbol(field)
                for field in fact.fields
            ]
            for row in self.rows
        ]
        return Listed(rows, bool(rows))

    def away(self) -> Iterator[s.Condition]:
        """What of it is other than it would be if nobody had anything to say."""
        if self.stated is not True:
            yield self.stated
        if self.kind == "activity":
            yield z3.Not(self.bits[0])
        elif self.kind == "yes_no":
            yield self.bits[0]
        elif self.kind == "class":
            yield s.negated(next(iter(self.labels.values()), True))
        elif self.kind == "quantity":
            yield self.number != 0
        for row in self.rows:
            for unknown in row.values():
                yield from unknown.away()

    def figures(self, day: int) -> Iterator[Any]:
        """Its numbers, which are the better the less; of a date, how long before a day it is, and
        after that day only where it must be."""
        if self.kind == "quantity":
            yield self.number
        if self.kind == "date":
            before = day - self.number
            yield z3.If(before >= 0, before, LAST_DAY - before)
        for row in self.rows:
            for unknown in row.values():
                yield from unknown.figures(day)

    def value(self, fact: Fact, model: Any) -> Value | None:
        """What it is in a model, as a graph takes it; None where it is left unsaid."""
        if self.kind == "yes_no":
            return MET if holds(model, self.bits[0]) else NOT_MET
        if self.kind == "class":
            chosen = [holds(model, self.labels[label]) for label, _ in fact.labels]
            return 1 << chosen.index(True)
        if self.kind == "date":
            return integer(model, self.number)
        if self.kind == "quantity":
            return integer(model, self.number) * self._times(fact)
        if self.rows:
            rows = [[_field(row, field, model) for field in fact.fields] for row in self.rows]
            return Members(tuple(rows), True)
        return None


def key_of(fact: Fact) -> tuple[Any, ...]:
    """What facts of several graphs have in common that are stated as one, each in its own unit."""
    return fact.id, fact.kind, parse_unit(fact.unit).dimension if fact.unit else ()


def _step(fact: Fact) -> tuple[int, int]:
    """The step of a quantity, in base units of its dimension."""
    up, down = parse_unit(fact.unit).factor
    return fact.num * up, fact.den * down


def _field(row: Mapping[Any, Unknown], field: Fact, model: Any) -> Value:
    return "" if field.kind == "text" else row[key_of(field)].value(field, model)
