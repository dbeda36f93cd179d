"""How the header of a column is read: the names of facts in it, and the unit that it says.

Case, underscores, hyphens and kinds of space make no difference, nor whether a text is composed;
Vietnamese may stand without its marks, but not with other ones ("số bo" is "số bò", "số bơ" is
not). It knows facts and units, no table and no fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tieuchi.engine.graph import Fact
from tieuchi.engine.marks import marks, unmarked
from tieuchi.engine.quantity import (
    QuantityError,
    Unit,
    parse_unit,
    same_dimension,
    unit_names,
)
from tieuchi.engine.statement import fold

_LONGEST = 500  # a longer header is no name with a unit
_BRACKETED = re.compile(r"(.*\S)\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])\s*", re.DOTALL)
_MARK = re.compile(r"[,;:]|\s[-–—]\s")
_UNIT_WORD = re.compile(r"(?:don vi tinh|don vi|dvt|unit|in)\b[\s:.]*(.+)")
_ALIKE = {"’": "'", "‘": "'", "[": "(", "]": ")", "\u200b": None}
_PLAIN = str.maketrans({**_ALIKE, **dict.fromkeys("_-‐‑‒–—−", " ")})
_LOOSE = re.compile(r" (?=[,;:.)\]])|(?<=[(\[]) ")
_ENDS = " .:;,*"
_SLASH = re.compile(r"\s*/\s*")


class Part(NamedTuple):
    """A header taken apart: the name, and what stands after it, in brackets or after a mark."""

    name: str
    after: str = ""
    bracketed: bool = False


class Measured(NamedTuple):
    """The unit that a header says, and how it was understood: "converted" where it is not the
    fact's own, "per-omitted" where the denominators were left out ("tấn" of t/batch), or ""."""

    unit: Unit
    note: str = ""


def parts(header: str) -> Iterator[Part]:
    """The ways to take a header apart, the likeliest first: as a whole, then without a unit."""
    yield Part(header)
    if len(header) > _LONGEST:
        return
    found = _BRACKETED.fullmatch(header)
    if found is not None:
        yield Part(found[1], found[2] if found[3] is None else found[3], True)
    for mark in reversed(list(_MARK.finditer(header))):
        yield Part(header[: mark.start()], header[mark.end() :])
    name, _, unit = header.rpartition("_")
    if name and _unit(unit.strip().lower(), exact=True) is not None:
        yield Part(name, unit)


# ---- names


class Names:
    """Facts by all that they may be called: the id, the name in each language."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        facts = tuple(facts)
        self._exact = {fact.id: fact for fact in facts}
        self._ids: dict[str, list[Fact]] = {}
        self._names: dict[str, list[Fact]] = {}
        self._bare: dict[str, list[tuple[tuple[Counter[str], ...], Fact]]] = {}
        for fact in facts:
            self._ids.setdefault(plain_words(fact.id), []).append(fact)
            for name in dict.fromkeys((fact.id, *fact.words)):
                words = plain_words(name)
                self._names.setdefault(words, []).append(fact)
                self._bare.setdefault(unmarked(words), []).append((marks(words), fact))

    def find(self, name: str) -> tuple[Fact, ...]:
        """The facts that a name can stand for: of this id, else of this name, else of this name
        where marks are left out."""
        words = plain_words(name)
        if name in self._exact:
            return (self._exact[name],)
        found = self._ids.get(words) or self._names.get(words)
        if not found:
            own = marks(words)
            found = [
                fact
                for other, fact in self._bare.get(unmarked(words), ())
                if all(a <= b for a, b in zip(own, other, strict=True))
            ]
        return tuple({fact.id: fact for fact in found}.values())


def plain_words(text: str) -> str:
    """A text as names are compared: without case, with plain single spaces, in round brackets.

    >>> plain_words("Diện_tích\\nrau – ngoài trời:"), plain_words("vegetable_area")
    ('diện tích rau ngoài trời', 'vegetable area')
    """
    words = " ".join(fold(text).translate(_PLAIN).split())
    return _LOOSE.sub(lambda found: found[0].strip(), words).strip(_ENDS)


# ---- units


def measured(fact: Fact, text: str) -> Measured | Unit | None:
    """How a text says the unit of a quantity: a unit of another dimension as itself, and None
    where it is no unit."""
    own = parse_unit(fact.unit)
    for said in _said(text):
        if fact.label is not None and said in map(_plain_unit, fact.label):
            return Measured(own)
        unit = _unit(said)
        if unit is None:
            continue
        if same_dimension(unit, own):
            return Measured(unit, "" if unit.factor == own.factor else "converted")
        numerator, *below = fact.unit.split("/")
        if below and "/" not in unit.id and same_dimension(unit, parse_unit(numerator)):
            return Measured(parse_unit("/".join([unit.id, *below])), "per-omitted")
        return unit
    return None


def _said(text: str) -> Iterator[str]:
    """A unit as it is compared, then without the word that announces it ("ĐVT: ha")."""
    said = _plain_unit(text)
    yield said
    found = _UNIT_WORD.fullmatch(said)
    if found is not None:
        yield found[1]


def _plain_unit(text: str) -> str:
    return _SLASH.sub("/", unmarked(" ".join(fold(text).replace("_", " ").split())))


def _unit(text: str, *, exact: bool = False) -> Unit | None:
    """The unit of a text without marks; with `exact`, of an id alone."""
    known = _units()
    names = [known.get(part, part) for part in text.split("/")]
    try:
        unit = parse_unit("/".join(names))
    except QuantityError:
        return None
    return unit if not exact or unit.id == text else None


@cache
def _units() -> dict[str, str]:
    """The ids of units by their names without marks; ₫ and its like are names of `parse_unit`."""
    return {_plain_unit(name): parse_unit(name).id for name in (*unit_names(), "đ")}
