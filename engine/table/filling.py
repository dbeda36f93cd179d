"""How a fact is filled in, in words: its unit, its step, what may be entered."""

from __future__ import annotations

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.graph import Fact
from tieuchi.engine.quantity import decimal_text, people_text, unit_label
from tieuchi.engine.table import form_phrases as words


def unit_text(fact: Fact, lang: str) -> str:
    """The unit of a fact as people see it, "" where it has none."""
    if fact.kind != "quantity":
        return ""
    return fact.label.of(lang) if fact.label is not None else unit_label(fact.unit, lang)


def answers(fact: Fact, lang: str) -> str:
    """What may be entered, in words."""
    if fact.kind == "quantity":
        least, most = (None if end is None else people_text(end, lang) for end in ends(fact))
        whole = is_whole(fact)
        if most is None:
            return (words.WHOLE if whole else words.NUMBER).of(lang, least=str(least))
        phrase = words.WHOLE_BETWEEN if whole else words.NUMBER_BETWEEN
        return phrase.of(lang, least=str(least), most=most)
    if fact.kind == "yes_no":
        labels = say.LISTED.join((say.YES.of(lang), say.NO.of(lang)))
        return words.ONE_OF.of(lang, labels=labels)
    if fact.kind == "class":
        labels = say.LISTED.join(f"“{words.of(lang)}”" for _, words in fact.labels)
        return words.ONE_OF.of(lang, labels=labels)
    return (words.DATE if fact.kind == "date" else words.TEXT).of(lang)


def step_text(fact: Fact, lang: str) -> str:
    """The step of a quantity, "" of other facts."""
    if fact.kind != "quantity":
        return ""
    step = people_text(decimal_text(1, fact.num, fact.den), lang)
    unit = unit_text(fact, lang)
    return numerals.with_unit(step, unit) if unit else step


def ends(fact: Fact) -> tuple[str, str | None]:
    """The least and most that may be entered, in the fact's unit."""
    least = decimal_text(fact.least or 0, fact.num, fact.den)
    return least, None if fact.most is None else decimal_text(fact.most, fact.num, fact.den)


def is_whole(fact: Fact) -> bool:
    """Whether a step is a whole number of units."""
    return fact.kind == "quantity" and fact.num % fact.den == 0


def question(fact: Fact, lang: str) -> str:
    """What is asked, "" where the pack does not say."""
    return fact.ask.of(lang) if fact.ask is not None else ""
