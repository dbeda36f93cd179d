"""The form of a pack to fill in, as plain data: a row a subject, a column a fact.

The first sheet is the table; each list has a sheet of its own, with the subject as its key. Every
header is one that `match` knows. It knows graphs and names, no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from tieuchi.engine import numerals
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.table import form_phrases as words
from tieuchi.engine.table.filling import unit_text
from tieuchi.engine.table.match import (
    ACTIVITIES,
    ACTIVITIES_HEADER,
    CALLED,
    SUBJECT,
    SUBJECT_HEADER,
)
from tieuchi.engine.table.naming import Names
from tieuchi.engine.words import Words

_LONGEST_SHEET: Final = 31
_NOT_IN_SHEET: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Sheet:
    """One sheet to fill in: its name, the headers before the facts, the facts and their headers."""

    name: str
    leading: tuple[str, ...]
    facts: tuple[Fact, ...]
    headers: tuple[str, ...]
    of: Fact | None = None  # the list whose members these are

    @property
    def row(self) -> tuple[str, ...]:
        """The header row."""
        return self.leading + self.headers


@dataclass(frozen=True)
class Form:
    """The sheets of a pack's form in one language; the first is the table itself."""

    graph: Graph
    lang: str
    sheets: tuple[Sheet, ...]


def form(graph: Graph, lang: str) -> Form:
    """The form of a graph."""
    facts = tuple(fact for fact in graph.facts if fact.kind not in ("list", "text"))
    names = Names(graph.facts)
    key = _leading(SUBJECT_HEADER.of(lang), SUBJECT, names)
    leading: tuple[str, ...] = (key,)
    if graph.activities:
        leading += (_leading(ACTIVITIES_HEADER.of(lang), ACTIVITIES, names),)
    headers = tuple(header(fact, lang, names) for fact in facts)
    sheets = [Sheet(words.DATA.of(lang), leading, facts, headers)]
    taken = ["history"]  # Excel keeps this name for itself
    taken += (phrase.of(lang).casefold() for phrase in (words.DATA, words.GUIDE, words.LABELS))
    for of in graph.facts:
        if of.kind == "list":
            fields = Names(of.fields)
            headers = tuple(header(field, lang, fields) for field in of.fields)
            leading = (_leading(key, SUBJECT, fields),)
            sheets.append(Sheet(_sheet_name(of, lang, taken), leading, of.fields, headers, of))
    return Form(graph, lang, tuple(sheets))


def header(fact: Fact, lang: str, names: Names) -> str:
    """The header of a fact: its name, or its id where another fact has that name, and its unit."""
    name = fact.words.of(lang)
    if [found.id for found in names.find(name)] != [fact.id]:
        name = fact.id
    unit = unit_text(fact, lang)
    return f"{name} ({unit})" if unit else name


def _leading(name: str, special: str, names: Names) -> str:
    """The header of a column that is no fact: the first name that is no fact's."""
    return next((called for called in (name, *CALLED[special]) if not names.find(called)), name)


def _sheet_name(of: Fact, lang: str, taken: list[str]) -> str:
    """A name that a sheet may have and no other has."""
    names = (_short(of.words.of(lang)), _short(of.id))
    more = (f"{_short(of.id)[:20]} {number}" for number in count(2))
    free = (name for name in chain(names, more) if name and name.casefold() not in taken)
    short = next(free)
    taken.append(short.casefold())
    return numerals.capitalized(short)


def _short(name: str) -> str:
    return " ".join(name.translate(_NOT_IN_SHEET).split())[:_LONGEST_SHEET].strip()


def activities(graph: Graph) -> list[tuple[str, Words]]:
    """The activities that rows may name, with their words, each once."""
    named = {name: words for part in graph.parts for name, words in part.activities}
    return [(name, words) for name, words in named.items() if name in graph.activities]
