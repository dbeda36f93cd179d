"""What `check` is asked beside its answers: least changes, other days, forecasts, other facts.

`look` looks at everything that was asked of every answer, before a first line is printed;
`sections_of` and `fields` are what an explanation and a record have of it. It knows answers and
packs; each question has a module of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tieuchi.engine.advice import Advice, advise
from tieuchi.engine.advice import telling as advice_telling
from tieuchi.engine.advice.asked import asked as asked_of_advice
from tieuchi.engine.ahead.spans import Stretch, spans, spans_record, spans_section
from tieuchi.engine.ahead.sweep import Range, Sweep, sweep, sweep_record, sweep_section
from tieuchi.engine.ahead.timeline import Timeline, timeline, timeline_record, timeline_section
from tieuchi.engine.ahead.what_if import (
    Alternative,
    Facts,
    what_if,
    what_if_record,
    what_if_section,
)
from tieuchi.engine.answer import Answer
from tieuchi.engine.cache import graphs_over
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph
from tieuchi.engine.outline import Section
from tieuchi.engine.trees import find_pack

if TYPE_CHECKING:
    from tieuchi.engine.ahead.missing import Missing


class Question(NamedTuple):
    """What is asked beside the answers."""

    advise: bool = False
    missing: bool = False
    until: bool = False
    what_if: tuple[Facts, ...] = ()
    sweep: tuple[Range, ...] = ()


class Beside(NamedTuple):
    """What is said beside one answer; None where it was not asked."""

    answer: Answer
    advice: Advice | None
    missing: Missing | None
    spans: tuple[Stretch, ...] | None
    timeline: Timeline | None
    what_if: tuple[Alternative, ...]
    sweep: tuple[Sweep, ...]


def look(
    answers: Sequence[Answer],
    asked: Question,
    kinds: Collection[str],
    today: int,
    trees: tuple[Path, ...] = (),
) -> list[Beside]:
    """What was asked, of each answer. Raises `Faults`, `sweep.Unswept`, `answer.Disagreement`."""
    others = what_if(answers, asked.what_if, kinds, today, trees)
    found = []
    for each, other in zip(answers, others, strict=True):
        beside = [a.decision.graph for a in answers if a.case is each.case and a is not each]
        swept = (sweep(each.decision, each.case, range_, beside) for range_ in asked.sweep)
        lines = tuple(line for line in swept if line is not None)
        advice = _advice(each, beside) if asked.advise else None
        unknown = _missing(each) if asked.missing else None
        looked = _look(each, asked, trees)
        found.append(looked._replace(advice=advice, missing=unknown, what_if=other, sweep=lines))
    return found


def _advice(answer: Answer, others: Sequence[Graph]) -> Advice:
    decision, case = answer.decision, answer.case
    fixed, prices, wanted = asked_of_advice(decision.graph, case, others)
    return advise(decision, case, fixed=fixed, prices=prices, wanted=wanted)


def _missing(answer: Answer) -> Missing:
    from tieuchi.engine.ahead.missing import missing  # with the solver

    return missing(answer.decision)


def _look(answer: Answer, asked: Question, trees: tuple[Path, ...]) -> Beside:
    decision = answer.decision
    found = line = None
    if asked.until:
        graphs = graphs_over(_named(answer, trees), *trees)
        found = spans(graphs, decision.given)
        line = timeline(decision, answer.case)
    return Beside(answer, None, None, found, line, (), ())


def _named(answer: Answer, trees: tuple[Path, ...]) -> str:
    """The name or path by which a case asked for the pack that answered."""
    main = answer.decision.graph.main
    for name in answer.case.packs:
        try:
            digest = sha256(find_pack(name, *trees).read_bytes()).hexdigest()
        except (OSError, Faults):
            continue
        if main.digest == f"sha256:{digest}":
            return name
    return main.pack


def replaced_by(of: Beside) -> frozenset[str]:
    """The sections of an explanation that say less of the same."""
    asked = (("nearest", of.advice), ("missing", of.missing))
    return frozenset(kind for kind, found in asked if found is not None)


def sections_of(of: Beside, lang: str) -> list[Section]:
    """What an explanation has of it."""
    graph = of.answer.decision.graph
    found: list[Section] = []
    if of.missing is not None:
        from tieuchi.engine.ahead.missing_telling import missing_sections

        found += missing_sections(of.missing, of.answer.decision, lang)
    if of.advice is not None:
        found += advice_telling.sections(of.advice, of.answer.decision, lang)
    if of.spans is not None:
        found.append(spans_section(of.spans, graph.as_of, lang))
    if of.timeline is not None:
        found.append(timeline_section(of.timeline, graph, lang))
    if of.what_if:
        found.append(what_if_section(of.answer, of.what_if, lang))
    found += [sweep_section(each, lang) for each in of.sweep]
    return found


def fields(of: Beside) -> dict[str, Any]:
    """What a record has of it."""
    found: dict[str, Any] = {}
    if of.missing is not None:
        from tieuchi.engine.ahead.missing_telling import missing_fields

        found |= missing_fields(of.missing)
    if of.advice is not None:
        found |= advice_telling.fields(of.advice, of.answer.decision)
    if of.spans is not None:
        found["spans"] = spans_record(of.spans)
        found["timeline"] = timeline_record(of.timeline)
    if of.what_if:
        found["what_if"] = what_if_record(of.answer, of.what_if)
    if of.sweep:
        found["sweep"] = [sweep_record(each) for each in of.sweep]
    return found
