"""What a test case expects, in words: statuses, figures with their units, classes, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tieuchi.engine import numerals
from tieuchi.engine import phrases as law
from tieuchi.engine.decision import Decision
from tieuchi.engine.export import phrases as say
from tieuchi.engine.export.content import Line
from tieuchi.engine.pack_test import Trial, answers, written
from tieuchi.engine.quantity import people_text, unit_label
from tieuchi.engine.record import record
from tieuchi.engine.source import Map
from tieuchi.engine.words import Words

STATUSES: Final = {
    "met": law.MET,
    "not_met": law.NOT_MET,
    "undetermined": law.UNDETERMINED,
    "not_applicable": law.NO_PART,
    "null": say.NO_STATUS,
}
WORDED: Final[Mapping[str, Mapping[str, law.Phrase]]] = {
    "status": STATUSES,
    "possible": STATUSES,
    "open_because": say.OPEN_BECAUSE,
    "exact": say.EXACT,
    "up_to": say.UP_TO,
    "in_force": say.IN_FORCE,
}
"""The fields whose values are words of ours."""
NUMBERS: Final = ("measured", "required", "shortfall", "least", "most", "equals")


def expected(trial: Trial, decision: Decision, lang: str) -> Iterator[Line]:
    """A line for each thing of which something is expected."""
    if trial.refused:
        yield Line("expect", say.IS_REFUSED.of(lang))
        return
    there = answers(record(decision))
    for id_, asked in trial.expect.items():
        fields = (
            {str(field): each for field, each in asked.items()} if isinstance(asked, Map) else {}
        )
        fields = _folded(fields) or {"status": asked}
        teller = _Expected(str(id_), there[str(id_)], decision, lang)
        told = law.LISTED.join(teller.told(field, value) for field, value in fields.items())
        name = say.VERDICT.of(lang) if id_ == "verdict" else str(id_)
        yield Line("expect", say.FACT_IS.of(lang, fact=name, value=told))


def _folded(fields: dict[str, Any]) -> dict[str, Any]:
    """Both ends of a figure, where they are the same, as the figure itself."""
    least, most = fields.get("least"), fields.get("most")
    if least is None or least != most:
        return fields
    return {
        ("equals" if field == "least" else field): value
        for field, value in fields.items()
        if field != "most"
    }


class _Expected:
    """Tells what is expected of one provision, definition or amount."""

    def __init__(self, id_: str, there: Mapping[str, Any], decision: Decision, lang: str) -> None:
        self.id = id_
        self.there = there
        self.graph = decision.graph
        self.lang = lang

    def told(self, field: str, value: Any) -> str:
        """A field and its value."""
        phrase = say.FIELDS.get(field)
        if phrase is None or isinstance(value, Map):
            return say.OTHER_FIELD.of(self.lang, field=field, value=written(value))
        texts = [written(each) for each in value] if isinstance(value, list) else [written(value)]
        shown = (self._value(field, text) for text in texts)
        return phrase.of(self.lang, value=", ".join(shown) or say.NONE.of(self.lang))

    def _value(self, field: str, text: str) -> str:
        lang = self.lang
        known = WORDED.get(field, {}).get(text)
        if known is not None:
            return known.of(lang)
        if text == "null":
            return say.NONE.of(lang)
        if field in NUMBERS:
            return self._number(field, text)
        if field in ("unit", "shortfall_unit"):
            return unit_label(text, lang)
        if field == "comparison":
            return law.SIGNS.get(text, text)
        words = self._names(field).get(text)
        return text if words is None else words.of(lang)

    def _number(self, field: str, text: str) -> str:
        if not text.lstrip("-")[:1].isdigit():
            return text
        unit = self.there.get("shortfall_unit") if field == "shortfall" else None
        unit = unit or self.there.get("unit")
        label = numerals.held(unit_label(str(unit), self.lang)) if unit else ""
        return numerals.with_unit(people_text(text, self.lang), label)

    def _names(self, field: str) -> dict[str, Words]:
        """What the values of a field are called: facts, or the labels of a class."""
        if field == "missing":
            return {fact.id: fact.words for fact in self.graph.facts}
        return {
            label: words
            for part in self.graph.parts
            for of in part.definitions
            if field == "class" and self.id in (of.id, f"{part.pack}/{of.id}")
            for label, words in of.labels
        }
