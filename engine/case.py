"""A case: what is stated of one applicant or commune, and what was said of it.

These are its data as `case_file` reads them, valid as far as can be told without a law; `given`
makes of the facts, kept here as they were written, what a graph counts with. It knows words with
their places, and nothing of packs, graphs or files.
"""

from __future__ import annotations

from typing import NamedTuple

from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.figure import Claim
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.source import Map, Text
from tieuchi.engine.words import Words


class Annotation(NamedTuple):
    """What is said of a stated fact: on what it rests, where it stands, when it is expected,
    whether it can be no other."""

    evidence: str = ""
    proof: str = ""
    where: str = ""
    forecast: int | None = None  # day ordinal
    note: Words | None = None
    fixed: bool = False


class Reported(NamedTuple):
    """The label that a report gave a provision."""

    label: Text
    where: str
    mark: Mark


class Rollup(NamedTuple):
    """The label that a report gave several provisions together."""

    of: tuple[Text, ...]
    label: Text
    where: str
    name: Words | None
    mark: Mark


class Case(NamedTuple):
    """One case, valid as far as can be told without a law."""

    subject: str
    packs: tuple[Text, ...]  # names or paths; empty: choose
    as_of: int | None  # day ordinal
    decimal: DecimalMark | None
    activities: tuple[Text, ...] | None  # None: all
    complete: bool
    places: tuple[Text, ...]  # unit codes: the case's own first, then those it lies in
    note: Words | None
    facts: Map  # as written
    annotations: dict[str, Annotation]  # of facts that have one
    forecasts: dict[str, int]  # provision id -> day ordinal
    reported: dict[str, Reported]
    rollups: tuple[Rollup, ...]
    claims: tuple[Claim, ...]
    mark: Mark
    effort: Map | None = None  # prices as written, by fact
    asked: Map | None = None  # amounts as written, by id

    @property
    def place(self) -> str:
        """The unit code of where it is, "" where it does not say."""
        return self.places[0] if self.places else ""

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.mark.file


class Notice(NamedTuple):
    """How a fact was understood, where that is worth saying.

    `kind` is "converted" (it was written in another unit), "per-omitted" ("46 t" for t/batch) or
    "declared-none" (not listed in a case that is complete); `written` is the case's own text.
    """

    kind: str
    fact: str
    written: str
