"""The test cases beside a pack as a table: what is stated, what is expected, and whether it is so.

They are run by `decide`. It knows test cases and their decisions, and how their values are worded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as law
from tieuchi.engine.cache import graph_for
from tieuchi.engine.decision import Decision, Given, decide
from tieuchi.engine.export import phrases as say
from tieuchi.engine.export.content import Line, Row, Table, cell
from tieuchi.engine.export.expected import expected
from tieuchi.engine.export.request import Request
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.pack_test import (
    Mismatch,
    Trial,
    accepted,
    compared,
    decision_of,
    is_refused,
    read_suite,
    test_file,
)
from tieuchi.engine.quantity import unit_label
from tieuchi.engine.source import Text
from tieuchi.engine.spelling import Speller
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.wording import wording


class Ran(NamedTuple):
    """A test case with its number, from 1, and its decision."""

    number: int
    trial: Trial
    decision: Decision


def ran(request: Request) -> list[Ran] | None:
    """The test cases of a pack, decided; None where there are none beside it. Raises `Faults`."""
    if not test_file(request.name, *request.trees).is_file():
        return None
    today = datetime.now().astimezone().date().toordinal()
    suite = read_suite(request.name, *request.trees)
    trials = (*suite.trials, *suite.refused)
    days = {trial.case.as_of or today for trial in trials}
    graphs = {day: graph_for(suite.pack, day, *request.trees) for day in days}
    return [
        Ran(number, trial, _decided(trial, graphs[trial.case.as_of or today]))
        for number, trial in enumerate(trials, 1)
    ]


def _decided(trial: Trial, graph: Graph) -> Decision:
    """The decision of a case; of one to be refused, what it states and nothing more."""
    if not trial.refused:
        return decision_of(trial, graph)
    given, _ = read_given(graph, trial.case)
    blank = decide(graph, Given())
    values = [given.get(fact.id, blank.values[at]) for at, fact in enumerate(graph.facts)]
    return Decision(graph, given, [*values, *blank.values[len(values) :]])


def naming(cases: list[Ran]) -> dict[str, list[int]]:
    """The numbers of the cases that expect something of each provision, definition and amount."""
    found: dict[str, list[int]] = {}
    for case in cases:
        for id_ in case.trial.expect:
            found.setdefault(str(id_), []).append(case.number)
    return found


def table(cases: list[Ran], speller: Speller) -> tuple[Table, int]:
    """The table, and how many pass."""
    lang = speller.lang
    rows, passed = [], 0
    for case in cases:
        wrong = _wrong(case)
        passed += not wrong
        result = say.FAILS if wrong else say.PASSES
        told = [
            say.FAILS_IN.of(lang, id=at.id, field=at.field, expected=at.expected, got=at.got)
            for at in wrong
        ]
        rows.append(
            Row(
                f"case-{case.number}",
                (
                    cell(str(case.number)),
                    cell(Line("name", case.trial.name), Line("where", case.trial.cite)),
                    cell(numerals.day_text(case.decision.graph.as_of)),
                    cell(*_stated(case, speller)),
                    cell(*expected(case.trial, case.decision, lang)),
                    cell(Line("fails" if wrong else "passes", result.of(lang)), *told),
                ),
            )
        )
    heads = (say.NUMBER, say.CASE, say.AS_OF, say.STATED, say.EXPECTED, say.RESULT)
    head = tuple(phrase.of(lang) for phrase in heads)
    return Table("cases", say.T_CASES.of(lang), head, tuple(rows), "case"), passed


def _wrong(case: Ran) -> tuple[Mismatch, ...]:
    if not case.trial.refused:
        return compared(case.trial, case.decision)
    return accepted(case.trial, is_refused(case.decision.graph, case.decision.given))


# ---- what is stated


def _stated(case: Ran, speller: Speller) -> Iterator[str]:
    graph, of, lang = case.decision.graph, case.trial.case, speller.lang
    if of.activities is not None:
        texts = dict(pair for part in graph.parts for pair in part.activities)
        told = (texts[name].of(lang) if name in texts else str(name) for name in of.activities)
        names = law.LISTED.join(told)
        yield say.ACTIVITIES.of(lang, names=names)
    facts = {fact.id: (at, fact) for at, fact in enumerate(graph.facts)}
    for name, raw in of.facts.items():
        if str(name) in facts:
            yield _fact(case, *facts[str(name)], raw, speller)
    if of.complete:
        yield say.COMPLETE.of(lang)
    if not of.facts and not of.complete:
        yield say.NOTHING_STATED.of(lang)


def _fact(case: Ran, at: int, fact: Fact, raw: Any, speller: Speller) -> str:
    """A stated fact in words; as it was written too, where that was in another unit."""
    value, lang = case.decision.given.get(fact.id), speller.lang
    name = fact.words.of(lang)
    if value is None:
        return say.FACT_IS.of(lang, fact=name, value=law.NOT_KNOWN.of(lang))
    if isinstance(value, Members):
        return _members(name, fact, value, lang)
    worded = wording(case.decision.graph, lang)
    told = worded.value_text(at, value, fact.label)
    if fact.kind == "quantity" and isinstance(raw, Text):
        written = speller.constant(str(raw))
        if any(char.isalpha() for char in written) and written != worded.value_text(at, value):
            told = say.AS_WRITTEN.of(lang, value=told, written=written)
    return say.FACT_IS.of(lang, fact=name, value=told)


def _members(name: str, fact: Fact, value: Members, lang: str) -> str:
    phrase = say.LISTED_ALL if value.complete else say.LISTED
    told = [phrase.of(lang, name=name, count=str(len(value.rows)))]
    for row in value.rows:
        fields = (
            say.FACT_IS.of(lang, fact=field.words.of(lang), value=text)
            for field, of in zip(fact.fields, row, strict=True)
            if (text := _field(field, of, lang))
        )
        told.append(", ".join(fields) or say.NOTHING_STATED.of(lang))
    return law.LISTED.join(told)


def _field(field: Fact, value: Value, lang: str) -> str:
    """A field of a member; "" where nothing is stated of it."""
    if field.kind == "yes_no":
        phrase = {MET: law.YES, NOT_MET: law.NO}.get(value)
        return "" if phrase is None else phrase.of(lang)
    if field.kind == "class":
        names = [words.of(lang) for i, (_, words) in enumerate(field.labels) if value == 1 << i]
        return names[0] if names else ""
    if field.kind == "quantity" and isinstance(value, int):
        number = numerals.number_text(value, field.num, field.den, lang)
        return numerals.with_unit(number, numerals.held(unit_label(field.unit, lang)))
    if field.kind == "date" and isinstance(value, int):
        return numerals.day_text(value)
    return value if isinstance(value, str) else ""
