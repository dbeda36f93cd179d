"""Why a row is rejected: what `check` would say of it, in the words of the table's people.

A row is read again, cell by cell, and decided alone. A row that was rejected and of which nothing
is wrong then is a `Disagreement` between the two ways of reading: an error of ours.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from tieuchi.engine.contradiction import contradicted
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.diagnostic import Diagnostic, Lang, Mark, listed, problem, sentence
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members
from tieuchi.engine.quantity import people_text
from tieuchi.engine.reading import Misstated
from tieuchi.engine.table.cell import Reading, cell_of, read_activities, read_cell, value_of
from tieuchi.engine.table.filling import unit_text
from tieuchi.engine.table.intake import closes
from tieuchi.engine.table.lists import Listed
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

SHOWN = 1_000
"""So many characters of a cell are repeated beside the reason."""
IN_TABLES = {"say-decimal": "say-decimal-option", "write-yes-no": "write-yes-or-no"}
"""Remedies that are others in a table than in the file of a case."""
KEPT = 1 << 12
"""So many cells of a column are read once, however often they come."""


class Reject(NamedTuple):
    """One reason why a row is not decided; `words`: facts of the reason as people call them."""

    row: int
    column: str  # "" where it is the row
    value: str
    reason: Diagnostic
    words: Mapping[str, Words] = {}

    def told(self, lang: Lang) -> tuple[int, str, str, str]:
        """As a row of the file of rejects: row, column, value, reason and remedy."""
        value = self.value if len(self.value) <= SHOWN else self.value[: SHOWN - 1] + "…"
        return self.row, self.column, value, sentence(self.said(lang), lang)

    def fault(self, path: str, lang: Lang) -> Diagnostic:
        """As what stops a run."""
        column = f" `{self.column}`" if self.column else ""
        return self.said(lang)._replace(mark=Mark(f"{path}:{self.row}{column}"))

    def said(self, lang: Lang) -> Diagnostic:
        """The reason in the words of the user's language, where a case has ids."""
        facts = {
            key: self.words[key].of(lang) if key in self.words else value
            for key, value in self.reason.facts.items()
        }
        remedy = self.reason.remedy
        return self.reason._replace(facts=facts, remedy=IN_TABLES.get(remedy or "", remedy))


class Disagreement(Exception):
    """A row that was rejected although nothing is wrong with it."""

    def __init__(self, row: int, cells: Mapping[str, object]) -> None:
        super().__init__(f"row {row} was rejected, and can be read: {dict(cells)!r}")
        self.row = row


class Judge:
    """Says of rejected rows what is wrong; `readings` by raw column, `headers` as people read them.

    `activities` is the raw column that names them; `ragged`: rows with so many cells,
    which is not what the header has; `stray`: the texts of those whose quotes are why; `lists`:
    each list's table, with the raw column of its key.
    """

    def __init__(
        self,
        graph: Graph,
        readings: Mapping[str, Reading],
        headers: Mapping[str, str],
        *,
        complete: bool = False,
        activities: str | None = None,
        ragged: Mapping[int, int] | None = None,
        stray: Mapping[int, str] | None = None,
        lists: Sequence[tuple[str, Listed]] = (),
    ) -> None:
        self.graph = graph
        self.readings = readings
        self.headers = headers
        self.activities = activities
        self.ragged = ragged or {}
        self.stray = stray or {}
        self.lists = lists
        self._codes = {name: _Codes(how) for name, how in readings.items()}
        stated = {how.fact.id for how in readings.values()}
        none = [f for f in graph.facts if complete and closes(f) and f.id not in stated]
        self._none = {f.id: Members((), True) if f.kind == "list" else 0 for f in none}

    def reasons(self, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[Reject]:
        """All reasons of these rows (number, cells by raw column), row by row."""
        for row, cells in rows:
            if row in self.ragged:
                yield self._ragged(row)
                continue
            given, rejects = self._read(row, cells)
            if not rejects:
                rejects = [self._together(row, cells, given)]
            yield from rejects

    def _read(self, row: int, cells: Mapping[str, Any]) -> tuple[Given, list[Reject]]:
        given, rejects = Given(self._none), list[Reject]()
        for name, how in self.readings.items():
            code = self._codes[name][cell_of(cells, name)]
            if isinstance(code, Misstated):
                header = self.headers[name]
                facts = {"name": how.fact.id, **code.facts}
                wrong = problem(code.code, Mark(header), code.remedy, **facts)
                words = words_of(how.fact, wrong)
                rejects.append(Reject(row, header, str(cells[name]), wrong, words))
            elif code is not None:
                given[how.fact.id] = value_of(how.fact, code)
        if self.activities is not None:
            self._read_activities(row, cells[self.activities], given, rejects)
        for name, table in self.lists:
            key = "" if cells[name] is None else str(cells[name]).strip()
            if not key:
                header = self.headers[name]
                wrong = problem("row-without-key", Mark(header), column=header)
                rejects.append(Reject(row, header, "", wrong))
            bad = table.bad.get(key, [])
            for at, column, value, field, wrongly in bad:
                place = f"{PurePath(table.path).name}:{at} {column}"
                facts = {"name": column, **wrongly.facts}
                wrong = problem(wrongly.code, Mark(place), wrongly.remedy, **facts)
                rejects.append(Reject(row, place, value, wrong, words_of(field, wrong)))
            if not rejects:
                given[table.fact.id] = table.members(key)
        return given, rejects

    def _ragged(self, row: int) -> Reject:
        found, wanted = self.ragged[row], len(self.headers)
        code = "row-quote" if row in self.stray else "row-ragged"
        wrong = problem(code, Mark(""), found=found, columns=wanted)
        return Reject(row, "", self.stray.get(row, ""), wrong)

    def _read_activities(self, row: int, raw: object, given: Given, rejects: list[Reject]) -> None:
        try:
            named = read_activities(self.graph, raw)
        except Misstated as error:
            header = self.headers[str(self.activities)]
            wrong = problem(error.code, Mark(header), error.remedy, **error.facts)
            known = dict(self.graph.main.activities)
            both = [known.get(name) or Words(name, name) for name in self.graph.activities]
            rejects.append(Reject(row, header, str(raw), wrong, {"activities": _listed(both)}))
            return
        for i, activity in enumerate(self.graph.activities):
            asked = named is None or named >> i & 1
            given[f"@activity/{activity}"] = MET if asked else NOT_MET

    def _together(self, row: int, cells: Mapping[str, Any], given: Given) -> Reject:
        """What is wrong with statements that are each right."""
        try:
            decide(self.graph, given)
        except CaseError as error:
            wrong = contradicted(self.graph, given, error, self._place)
            name = next((n for n, header in self.headers.items() if header == wrong.mark.file), "")
            value = "" if not name or cells.get(name) is None else str(cells[name])
            return Reject(row, wrong.mark.file, value, wrong, self._called(wrong.facts))
        raise Disagreement(row, cells)

    def _called(self, facts: Mapping[str, str]) -> dict[str, Words]:
        """The words for a fact and a definition that contradict each other."""
        names = {fact.id: fact.words for fact in self.graph.facts}
        for part in self.graph.parts:
            names |= {each.id: each.words for each in part.definitions if each.words}
        return {key: names[id_] for key, id_ in facts.items() if key in CALLED and id_ in names}

    def _place(self, facts: Sequence[Fact]) -> Mark:
        wanted = {fact.id for fact in facts}
        stated = (name for name, how in self.readings.items() if how.fact.id in wanted)
        return Mark(next((self.headers[name] for name in stated), ""))


CALLED = ("name", "definition")


def words_of(fact: Fact, wrong: Diagnostic) -> dict[str, Words]:
    """What people call that which a mistake about a fact is told by."""
    words = {"name": fact.words}
    if wrong.code == "label-unknown":
        words["labels"] = _listed([of for _, of in fact.labels])
    for key in ("step", "least", "most"):
        if key in wrong.facts:
            words[key] = _figure(fact, wrong.facts[key])
    return words


def _figure(fact: Fact, text: str) -> Words:
    """A number, with its unit if that stands there, as people write it."""
    number, _, unit = text.partition(" ")

    def of(lang: Lang) -> str:
        shown = people_text(number, lang)
        return f"{shown} {unit_text(fact, lang)}" if unit else shown

    return Words(of("vi"), of("en"))


def _listed(names: Sequence[Words]) -> Words:
    return Words(listed(name.vi for name in names), listed(name.en for name in names))


class _Codes(dict[Hashable, "int | Misstated | None"]):
    """The codes of the cells of one column, or what is wrong with them; those lately read are kept,
    also where a judge is sent elsewhere."""

    def __init__(self, how: Reading) -> None:
        super().__init__()
        self._how = how

    def __missing__(self, raw: Hashable) -> int | Misstated | None:
        if len(self) >= KEPT:
            self.clear()
        code: int | Misstated | None
        try:
            code = read_cell(self._how, raw)
        except Misstated as error:
            code = error
        self[raw] = code
        return code
