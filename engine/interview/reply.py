"""An answer as somebody types it: `read_reply(question, "4,5 ha")`.

Numbers are read as in cases; besides, yes and no by a letter, labels and activities by their
number. What is not exactly one answer is a `Refused` with the line to say. It knows facts and
words, no terminal.
"""

from __future__ import annotations

from fractions import Fraction
from unicodedata import normalize

from tieuchi.engine.diagnostic import Lang, Mark, line, near, problem
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interview import phrases as ask
from tieuchi.engine.kernel import Value
from tieuchi.engine.quantity import DecimalMark, QuantityError, read_number
from tieuchi.engine.reading import Misstated
from tieuchi.engine.statement import fold, read_value
from tieuchi.engine.table.filling import step_text
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

MOST_MEMBERS = 200


class Refused(ValueError):
    """What was typed is no answer; its text says why in one line."""


class Replies:
    """Reads what is typed as answers of a graph's questions, in one language."""

    def __init__(self, graph: Graph, lang: Lang, decimal: DecimalMark | None) -> None:
        self.graph = graph
        self.lang = lang
        self.decimal = decimal

    def fact(self, fact: Fact, typed: str) -> Value:
        """The value of any fact but a list. Raises `Refused`."""
        text = normalize("NFC", typed).strip()
        if fact.kind == "yes_no" and fold(text) in ask.YES | ask.NO:
            return MET if fold(text) in ask.YES else NOT_MET
        try:
            return read_value(fact, text, self.decimal).value
        except Misstated as error:
            numbered = self._numbered(text, len(fact.labels))
            if fact.kind == "class" and numbered is not None:
                return 1 << numbered
            raise Refused(self._refusal(fact, error)) from None

    def count(self, typed: str) -> int:
        """How many members a list has. Raises `Refused`."""
        text = typed.strip()
        if not (text.isascii() and text.isdigit()) or int(text[:9]) > MOST_MEMBERS:
            raise Refused(ask.WHOLE.of(self.lang, most=str(MOST_MEMBERS)))
        return int(text)

    def activities(self, typed: str) -> list[str]:
        """The activities named, by number, id or words. Raises `Refused`."""
        text = fold(typed)
        if text in ask.ALL:
            return list(self.graph.activities)
        names = self._activity_names()
        if text in names:  # the words of one may have a comma in them
            return [names[text]]
        parts = text.split(";") if ";" in text else text.split(",")
        return [self._activity(part.strip(), names) for part in parts if part.strip()]

    def _activity(self, part: str, names: dict[str, str]) -> str:
        numbered = self._numbered(part, len(self.graph.activities))
        if part not in names and numbered is not None:
            return self.graph.activities[numbered]
        if part not in names:
            known = ", ".join(f"`{name}`" for name in self.graph.activities)
            fault = problem(
                "activity-unknown", Mark("@"), pack=self.graph.main.pack, name=part,
                activities=known, near=near(part, names),
            )  # fmt: skip
            raise Refused(line(fault, self.lang).removeprefix("@: "))
        return names[part]

    def _activity_names(self) -> dict[str, str]:
        found = {fold(name): name for name in self.graph.activities}
        for name, words in activity_words(self.graph):
            for text in words:
                found.setdefault(fold(text), name)
        return found

    @staticmethod
    def _numbered(text: str, most: int) -> int | None:
        if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
            return int(text) - 1
        return None

    @staticmethod
    def _has_one_reading(text: str) -> bool:
        try:
            read_number(text)
        except QuantityError:
            return False
        return True

    def _refusal(self, fact: Fact, error: Misstated) -> str:
        facts = {**error.facts}
        if error.code == "number-ambiguous":
            both = sorted((str(facts[key]) for key in ("as_point", "as_comma")), key=Fraction)
            part, whole = (text if self._has_one_reading(text) else f"{text}0" for text in both)
            written = str(facts["written"])
            return ask.AMBIGUOUS.of(self.lang, written=written, part=part, whole=whole)
        shown = str(facts.get("written", facts.get("label", "")))[:60]
        if error.code == "yes-no-expected":
            return ask.YES_OR_NO.of(self.lang, written=shown)
        if error.code == "label-unknown" and facts.get("near") is None:
            return ask.LABELS.of(self.lang, written=shown, most=str(len(fact.labels)))
        facts["name"] = fact.words.of(self.lang)
        if "step" in facts:
            facts["step"] = step_text(fact, self.lang)
        fault = problem(error.code, Mark("@"), error.remedy, **facts)
        return line(fault, self.lang).removeprefix("@: ")


def activity_words(graph: Graph) -> list[tuple[str, Words]]:
    """The activities that may be named, with their words, in the graph's order."""
    named = {name: words for part in graph.parts for name, words in part.activities}
    return [(name, named.get(name, Words(name, name))) for name in graph.activities]
