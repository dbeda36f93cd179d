"""A case's forecasts as a timeline: by which day its verdict would be met, and what decides it.

When each provision is expected is `progress`'s to say: of a group, all of it as late as its last
part, one of several as soon as the first, N of them with the Nth. Here that is followed down to the
forecasts themselves: those that are needed, the last of them, and where there is no date, what it
is that has no forecast. A forecast that is over before the day is none. It knows judgements, and
their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.ahead import phrases as ahead
from tieuchi.engine.audit.progress import Judge, Outstanding
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Graph, reads
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.truth import MET, Status
from tieuchi.engine.wording import wording


class Expected(NamedTuple):
    """A provision that is forecast, itself or by facts that it measures."""

    id: str  # of a used pack pack/id; a fact's, of a condition that is no more than a fact
    day: int
    facts: tuple[str, ...]  # whose forecasts it goes by; none where it is forecast itself


class Waiting(NamedTuple):
    """A provision that keeps the verdict from having a date."""

    id: str
    status: Status
    under_review: bool
    passed: int | None  # the day of a forecast that is over


class Timeline(NamedTuple):
    """What the forecasts come to."""

    met_by: int | None
    decided_by: tuple[Expected, ...]  # the last that are needed
    steps: tuple[Expected, ...]  # all that are needed, in order; without a date, all there are
    waiting: tuple[Waiting, ...]  # what has no forecast, where there is no date


def timeline(decision: Decision, case: Case) -> Timeline | None:
    """The timeline of a case; None where nothing is forecast, or nothing is outstanding."""
    forecasts = [*case.forecasts.values(), *_noted(case).values()]
    if not forecasts or decision.truth is None:
        return None
    return _Liner(decision, case).timeline()


def _noted(case: Case) -> dict[str, int]:
    """The days for which facts are forecast."""
    found = {name: note.forecast for name, note in case.annotations.items()}
    return {name: day for name, day in found.items() if day is not None}


class _Liner:
    """Follows what a verdict is waiting for."""

    def __init__(self, decision: Decision, case: Case) -> None:
        self.decision = decision
        self.judge = Judge(decision, case)
        self.passed, self.facts_passed = self.judge.passed, self.judge.facts_passed

    def timeline(self) -> Timeline | None:
        """All of it; None where the verdict waits for nothing."""
        waiting = self.judge.verdict()
        if waiting is None:
            return None
        day = waiting.forecast
        if day is None:
            held = dict.fromkeys(self._held(waiting))
            return Timeline(None, (), _in_order(self._forecast(waiting)), tuple(held))
        steps = _in_order(self._needed(waiting))
        return Timeline(day, tuple(step for step in steps if step.day == day), steps, ())

    def _needed(self, of: Outstanding) -> Iterator[Expected]:
        """The forecasts on which the day of something rests."""
        below = [] if of.id in self.judge.days else self._in_time(of)
        if not below and of.forecast is not None:
            yield self._expected(of, of.forecast)
        for part in below:
            yield from self._needed(part)

    def _in_time(self, of: Outstanding) -> list[Outstanding]:
        """The parts that make it the day it is: none that is later, nor may come to nothing where
        others are enough."""
        parts = [p for p in of.below if p.forecast is not None and p.forecast <= (of.forecast or 0)]
        every = not of.id or self._needs_all(of.id)
        return parts if every else [part for part in parts if part.sure] or parts

    def _forecast(self, of: Outstanding) -> Iterator[Expected]:
        """Every forecast in something that has no day as a whole."""
        if of.forecast is not None:
            yield from self._needed(of)
            return
        for part in of.below:
            yield from self._forecast(part)

    def _expected(self, of: Outstanding, day: int) -> Expected:
        if of.id in self.judge.days:
            return Expected(of.id, day, ())
        facts = self._facts(of.id)
        days = self.judge.fact_days
        return Expected(of.id, day, tuple(f for f in facts if days.get(f) == day))

    def _facts(self, name: str) -> list[str]:
        """The facts that a provision, or a condition that is a fact, rests on."""
        graph = self.decision.graph
        if name in self.judge.slots:
            return [name]
        todo = [self.judge.provisions[name][0].node] if name in self.judge.provisions else []
        seen = set(todo)
        while todo:
            new = set(reads(graph.nodes[todo.pop()])) - seen
            seen |= new
            todo += new
        return [graph.facts[node].id for node in sorted(seen) if node < len(graph.facts)]

    def _held(self, of: Outstanding) -> Iterator[Waiting]:
        """What has no forecast and needs one: under a group of which all are needed, each; of which
        some are, the group."""
        below: list[Waiting] = []
        alone = of.id in self.passed or self._is_reviewed(of.id)
        if not alone and (not of.id or self._needs_all(of.id)):
            for part in of.below:
                if part.forecast is None:
                    below += self._held(part)
        if below:
            yield from below
        elif of.id:
            yield self._waiting(of)

    def _is_reviewed(self, name: str) -> bool:
        """Whether the authority has to look at a provision itself."""
        known = self.judge.provisions.get(name)
        if known is None or known[0].review < 0:
            return False
        return bool(self.decision.values[known[0].review] & MET)

    def _needs_all(self, name: str) -> bool:
        known = self.judge.provisions.get(name)
        if known is None or known[0].own < 0:
            return False
        return self.decision.graph.nodes[known[0].own].op == "all"

    def _waiting(self, of: Outstanding) -> Waiting:
        known = self.judge.provisions.get(of.id)
        review = known is not None and self.decision.is_under_review(known[0].node)
        days = [self.facts_passed[f] for f in self._facts(of.id) if f in self.facts_passed]
        passed = self.passed.get(of.id, max(days, default=None))
        return Waiting(of.id, of.status, review, passed)


def _in_order(steps: Iterable[Expected]) -> tuple[Expected, ...]:
    return tuple(sorted(dict.fromkeys(steps), key=lambda step: step.day))


# ---- in words


def timeline_section(found: Timeline, graph: Graph, lang: str) -> Section:
    """The timeline as a part of an explanation: the day, then the forecasts it rests on."""
    texts = [_head(found, graph, lang)]
    days = dict.fromkeys(step.day for step in found.steps)
    if len(found.steps) > 1 or found.met_by is None:
        for day in days:
            items = (_expected(step, graph, lang) for step in found.steps if step.day == day)
            joined = say.LISTED.join(items)
            texts.append(ahead.BY_DAY.of(lang, day=numerals.day_text(day), items=joined))
    title = ahead.T_TIMELINE.of(lang)
    return Section("timeline", title, tuple(Remark("timeline", text) for text in texts))


def _head(found: Timeline, graph: Graph, lang: str) -> str:
    main = graph.main
    if found.met_by is None:
        held = say.LISTED.join(_waiting(each, graph, lang) for each in found.waiting)
        return ahead.NO_DATE.of(lang, items=held)
    about = (main.about or say.THE_CONDITIONS.words()).of(lang)
    items = say.LISTED.join(_expected(each, graph, lang) for each in found.decided_by)
    meets = say.MEETS.of(lang, about=about)
    day = numerals.day_text(found.met_by)
    text = ahead.MET_BY.of(lang, meets=meets, day=day, items=items)
    if main.until and found.met_by > main.until:
        act, ends = main.cite.of(lang), numerals.day_text(main.until)
        text = ahead.LAPSED_BY_THEN.of(lang, text=text, act=act, day=ends)
    return text


def _expected(of: Expected, graph: Graph, lang: str) -> str:
    name = _name(of.id, graph, lang)
    if not of.facts or of.facts == (of.id,):
        return name
    slots = wording(graph, lang).slots
    facts = ", ".join(wording(graph, lang).fact(slots[fact]) for fact in of.facts)
    return ahead.BY_FACTS.of(lang, name=name, facts=facts)


def _waiting(of: Waiting, graph: Graph, lang: str) -> str:
    settled = of.status is Status.NOT_MET
    if of.passed is not None:
        phrase = ahead.WAITS_PASSED if settled else ahead.WAITS_PASSED_OPEN
        why = phrase.of(lang, day=numerals.day_text(of.passed))
    elif of.under_review:
        why = ahead.WAITS_REVIEW.of(lang)
    else:
        why = (ahead.WAITS_NOT_MET if settled else ahead.WAITS_OPEN).of(lang)
    return ahead.WAITS.of(lang, name=_name(of.id, graph, lang), why=why)


def _name(of: str, graph: Graph, lang: str) -> str:
    worded = wording(graph, lang)
    if of in worded.told:
        return worded.told[of].heading
    return worded.fact(worded.slots[of]) if of in worded.slots else of


# ---- as a record has it


def timeline_record(found: Timeline | None) -> dict[str, Any] | None:
    """The timeline as a record has it."""
    if found is None:
        return None
    return {
        "met_by": _day(found.met_by),
        "decided_by": [_fields(each) for each in found.decided_by],
        "steps": [_fields(each) for each in found.steps],
        "waiting": [
            {
                "provision": each.id,
                "status": str(each.status),
                "under_review": each.under_review,
                "forecast_over": _day(each.passed),
            }
            for each in found.waiting
        ],
    }


def _fields(of: Expected) -> dict[str, Any]:
    return {"provision": of.id, "facts": list(of.facts), "forecast": _day(of.day)}


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
