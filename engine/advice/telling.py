"""Advice in words, and as a record has it: `sections(advice, decision, lang)`, `fields(…)`.

It puts what was found into the wording of the graph, and finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import phrases as words
from tieuchi.engine.advice import Advice, Change, Goal, Hindrance, Open, Way
from tieuchi.engine.advice import phrases as say
from tieuchi.engine.advice.moves import Held
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Fact, Node
from tieuchi.engine.kernel import Value
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.quantity import decimal_text, unit_label
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.wording import Wording, wording

MONEY = "đồng"


def sections(advice: Advice, decision: Decision, lang: str) -> list[Section]:
    """What is shown of advice: a section a goal."""
    return list(_Teller(advice, decision, lang).sections())


def fields(advice: Advice, decision: Decision) -> dict[str, Any]:
    """The fields of a record: ``advice``, a way an entry, and what is in the way."""
    teller = _Teller(advice, decision, "en")
    return {
        "advice": [teller.way_fields(goal, way) for goal in advice.goals for way in goal.ways],
        "in_the_way": [
            {
                "goal": goal.id,
                "provision": each.provision,
                "facts": [{"fact": held.fact.id, "why": held.why} for held in each.held],
            }
            for goal in advice.goals
            for each in goal.hindrances
        ],
    }


class _Teller:
    """Tells one piece of advice."""

    def __init__(self, advice: Advice, decision: Decision, lang: str) -> None:
        self.advice = advice
        self.decision = decision
        self.graph = decision.graph
        self.lang = lang
        self.wording: Wording = wording(decision.graph, lang)

    def sections(self) -> Iterator[Section]:
        """All of it."""
        for goal in self.advice.goals:
            if goal.ways or not goal.finished:
                yield Section("advice", self._title(goal), tuple(self._ways(goal)))
            else:
                lines = tuple(Remark("advice", self._stuck(each)) for each in goal.hindrances)
                yield Section("advice", self._stuck_title(goal), lines)
        main = self.graph.main
        if main.verdict < 0 and not self.advice.goals and main.kind in ("subsidy", "standard"):
            yield Section(
                "advice",
                say.T_NONE.of(self.lang),
                (Remark("advice", say.NO_VERDICT.of(self.lang)),),
            )
        if self.advice.open:
            names = words.LISTED.join(map(self._waiting, self.advice.open))
            yield Section("advice", say.T_OPEN.of(self.lang), (Remark("advice", f"{names}."),))

    def _title(self, goal: Goal) -> str:
        if not goal.id:
            return say.T_ADVICE.of(self.lang)
        name = self._named(goal.id)
        if goal.wanted is not None:
            of = self.graph.nodes[goal.node]
            value = self.wording.number(of, goal.wanted, self.wording.unit(of.unit))
            return say.T_AMOUNT.of(self.lang, name=name, value=value)
        if goal.forecast is None:
            return say.T_ADVICE_FOR.of(self.lang, name=name)
        return say.T_FORECAST.of(self.lang, name=name, day=numerals.day_text(goal.forecast))

    def _stuck_title(self, goal: Goal) -> str:
        if goal.wanted is None:
            return say.T_STUCK.of(self.lang)
        of = self.graph.nodes[goal.node]
        value = self.wording.number(of, goal.wanted, self.wording.unit(of.unit))
        return say.T_STUCK_FOR.of(self.lang, name=self._named(goal.id), value=value)

    def _waiting(self, of: Open) -> str:
        name = self._named(of.id)
        if of.forecast is None:
            return name
        return say.FORECAST.of(self.lang, name=name, day=numerals.day_text(of.forecast))

    def _named(self, name: str) -> str:
        for amount in self.graph.main.amounts:
            if amount.id == name:
                return (amount.words or amount.cite).of(self.lang)
        told = self.wording.told.get(name)
        return name if told is None else told.cite or told.name

    # ---- ways

    def _ways(self, goal: Goal) -> Iterator[Remark]:
        for way in goal.ways:
            yield Remark("advice", f"{self._way(way, goal)}.")
        if not goal.finished:
            phrase = say.UNFINISHED if goal.ways else say.NOTHING_FOUND
            yield Remark("advice", phrase.of(self.lang))

    def _way(self, way: Way, goal: Goal) -> str:
        text = words.LISTED.join(self._change(change) for change in way.changes)
        if self.advice.priced:
            price = numerals.exact_text(way.cost.numerator, way.cost.denominator, self.lang)
            unit = numerals.held(unit_label(MONEY, self.lang))
            text = say.WITH_PRICE.of(self.lang, changes=text, price=numerals.with_unit(price, unit))
        elif way.cost and not any(change.move.flat and change.move.cost for change in way.changes):
            share = numerals.percent_text(way.cost.numerator, way.cost.denominator, self.lang)
            text = say.WITH_SHARE.of(self.lang, changes=text, share=share)
        meets = [name for name in way.meets if name != goal.id and name in self.wording.told]
        cites = dict.fromkeys(self.wording.told[name].heading for name in meets)
        return say.UNDER.of(self.lang, changes=text, cites=", ".join(cites)) if cites else text

    def _change(self, change: Change) -> str:
        move, lang = change.move, self.lang
        name, after = self._name(change), self._value(change, change.value)
        if move.stated is None:
            return say.STATED.of(lang, name=name, after=after)
        before = self._value(change, move.stated)
        if move.fact.kind != "quantity":
            return say.BECOMES.of(lang, name=name, before=before, after=after)
        phrase = say.MORE if change.value > move.stated else say.LESS
        by = self._value(change, abs(change.value - move.stated))
        plain = numerals.number_text(move.stated, move.fact.num, move.fact.den, lang)
        return phrase.of(lang, name=name, change=by, before=plain, after=after)

    def _name(self, change: Change) -> str:
        slot, row, _ = change.move.place
        name = change.move.fact.words.of(self.lang)
        if row < 0:
            return name
        fact = self.graph.facts[slot]
        values = self.decision.values[slot].rows[row]
        texts = [v for f, v in zip(fact.fields, values, strict=True) if f.kind == "text" and v]
        member = texts[0] if texts else say.MEMBER.of(self.lang, number=str(row + 1))
        return say.OF_MEMBER.of(self.lang, member=member, name=name)

    def _unit(self, fact: Fact) -> str:
        return self.wording.unit(fact.unit, fact.label)

    def _value(self, change: Change, value: Value) -> str:
        fact = change.move.fact
        if fact.kind == "yes_no":
            return (words.YES if value == MET else words.NO).of(self.lang)
        if fact.kind == "class":
            label = fact.labels[int(value).bit_length() - 1][1]
            return label.of(self.lang)
        node = Node("fact", (), "quantity", fact.unit, fact.num, fact.den)
        return self.wording.number(node, value, self._unit(fact))

    # ---- what stands in the way

    def _stuck(self, hindrance: Hindrance) -> str:
        reasons = [self._reason(held) for held in hindrance.held if held.why in say.STUCK]
        text = words.LISTED.join(dict.fromkeys(reasons)) or say.STUCK_WHATEVER.of(self.lang)
        told = self.wording.told.get(hindrance.provision)
        if told is None:
            return f"{text}."
        return say.STUCK_AT.of(self.lang, name=told.heading, reasons=text) + "."

    def _reason(self, held: Held) -> str:
        reason = "" if held.words is None else held.words.of(self.lang)
        return say.STUCK[held.why].of(self.lang, name=held.fact.words.of(self.lang), reason=reason)

    # ---- the record

    def way_fields(self, goal: Goal, way: Way) -> dict[str, Any]:
        """A way as a record has it."""
        return {
            "goal": goal.id,
            "effort": _decimal(way.cost),
            "effort_unit": MONEY if self.advice.priced else "share",
            "changes": [self._change_fields(change) for change in way.changes],
            "meets": list(way.meets),
            "least": goal.finished,
        }

    def _change_fields(self, change: Change) -> dict[str, Any]:
        slot, row, _ = change.move.place
        fact, stated = change.move.fact, change.move.stated
        found: dict[str, Any] = {"fact": fact.id}
        if row >= 0:
            found = {"list": self.graph.facts[slot].id, "member": row + 1, **found}
        found["from"] = None if stated is None else _plain(fact, stated)
        found["to"] = _plain(fact, change.value)
        if fact.kind == "quantity":
            by = None if stated is None else change.value - stated
            found["change"] = None if by is None else decimal_text(by, fact.num, fact.den)
            found["unit"] = fact.unit
        return found


def _plain(fact: Fact, value: Value) -> Any:
    if fact.kind == "yes_no":
        return {MET: True, NOT_MET: False}[value]
    if fact.kind == "class":
        return fact.labels[value.bit_length() - 1][0]
    return decimal_text(value, fact.num, fact.den)


def _decimal(number: Fraction) -> str:
    return decimal_text(number.numerator, 1, number.denominator)
