"""The same facts on every day there is: the spans over which they come to one answer.

A span ends where the law does: at a day on which a graph of the pack changes (its period, a dated
value, a provision or a pack in force), and inside one graph where the days that pass turn it, which
`turns` finds. The spans tile the calendar from its first day to its last. What is compared is the
verdict's status; of a pack that has none, its results and amounts. It knows graphs, decisions and
their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.ahead import phrases as ahead
from tieuchi.engine.ahead.turns import Turns
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Amount, Definition, Graph, Part
from tieuchi.engine.interval import span as ends_of
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.measured import definition_fields
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.results import figures
from tieuchi.engine.truth import Status
from tieuchi.engine.wording import wording
from tieuchi.engine.words import Words

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
MANY = 100  # values of a figure within one graph, from which on it is said to move with the day
MOVING = "moves"
LOOKS = 100 * LAST  # every day of the calendar if it must be, for many comparisons
WORDS = {
    Status.MET: say.MET,
    Status.NOT_MET: say.NOT_MET,
    Status.NOT_APPLICABLE: say.NO_PART,
    Status.UNDETERMINED: say.UNDETERMINED,
}


class State(NamedTuple):
    """What the facts come to on a day. `kind` is "decided", "not_in_force" (no law is) or
    "impossible" (they cannot all be true then)."""

    kind: str
    status: Status | None = None  # of the verdict; None without one
    figures: tuple[Value, ...] = ()  # of a pack without a verdict; MOVING where one has many


class Stretch(NamedTuple):
    """A span of days, both ends included; None where it goes on."""

    since: int | None
    until: int | None
    state: State
    because: str  # why it ends: "ends", "begins" (the act), "law", "time"; "" where it does not
    turned: tuple[str, ...]  # the provisions that are other on the day after, the lowest ones
    graph: Graph  # of its first day


Graphs = Sequence[tuple[int, Graph]]
"""The graphs of one pack, each with the first day it is of; the first is of all days before too."""


def spans(graphs: Graphs, given: Given) -> tuple[Stretch, ...]:
    """The spans of a case, in order."""
    found: list[tuple[int, State, Graph]] = []
    for start, end, graph in _eras(graphs):
        for day, state in _states(graph, given, start, end):
            if not found or found[-1][1] != state:
                found.append((day, state, graph))
    return tuple(_stretches(found, graphs, given))


def _eras(graphs: Graphs) -> Iterator[tuple[int, int, Graph]]:
    """Each graph with its first and last day."""
    later = [day for day, _ in graphs[1:]]
    for (_, graph), start, after in zip(graphs, (FIRST, *later), (*later, LAST + 1), strict=True):
        yield start, after - 1, graph


def _states(graph: Graph, given: Given, start: int, end: int) -> Iterator[tuple[int, State]]:
    """What comes out of one graph, by the first day of each."""
    main = graph.main
    if not main.in_force:
        yield start, State("not_in_force")
        return
    nodes = [each.node for each in figures(graph)] if main.verdict < 0 else []
    try:
        turns = Turns(graph, given, len(graph.facts), [main.verdict, *nodes], LOOKS)
    except Contradiction:
        yield start, State("impossible")
        return
    starts = turns.starts(start, end)
    for day, after in zip(starts, [*starts[1:], end + 1], strict=True):
        decision = on(graph, given, day)
        if decision is None:
            yield day, State("impossible")
        elif main.verdict >= 0:
            yield day, State("decided", decision.status)
        else:
            yield from _figures(turns, decision, day, after - 1)


def _figures(turns: Turns, at: Decision, start: int, end: int) -> Iterator[tuple[int, State]]:
    """What a pack without a verdict comes to, where each figure has one value."""
    told = [each.node for each in figures(at.graph)]
    steps = {node: _steps(turns, node, start, end) for node in told if node >= 0}
    days = sorted({day for found in steps.values() for day in found or (start,)} | {start})
    for day in days:
        decision = on(at.graph, at.given, day)
        values = decision.values if decision is not None else at.values
        found = [
            None if node < 0 else values[node] if steps[node] is not None else MOVING
            for node in told
        ]
        yield day, State("decided", None, tuple(found))


def _steps(turns: Turns, node: int, start: int, end: int) -> list[int] | None:
    """The first day of each stretch over which a node does not change; None where there are many.
    Of a ratio, over which its parts do not."""
    of = turns.nodes[node]
    parts = of.args if of.kind == "ratio" else (node,)
    found = [turns.steps(part, start, end, MANY) for part in parts]
    return None if None in found else sorted({day for each in found for day in each or ()})


def on(graph: Graph, given: Given, day: int) -> Decision | None:
    """What a graph says of the facts on a day; None where they cannot all be true."""
    try:
        return decide(graph, Given({**given, "@as_of": day}))
    except CaseError:
        return None


# ---- why a span ends


def _stretches(
    found: Sequence[tuple[int, State, Graph]], graphs: Graphs, given: Given
) -> Iterator[Stretch]:
    for at, (day, state, graph) in enumerate(found):
        since = None if day == FIRST else day
        if at + 1 == len(found):
            yield Stretch(since, None, state, "", (), graph)
            continue
        after, then, _ = found[at + 1]
        because, turned = _why(graphs, given, after, state, then)
        yield Stretch(since, after - 1, state, because, turned, graph)


def _why(
    graphs: Graphs, given: Given, day: int, was: State, then: State
) -> tuple[str, tuple[str, ...]]:
    """Why the answer is another from this day on, and which provisions are."""
    if "not_in_force" in (was.kind, then.kind):
        return ("ends" if then.kind == "not_in_force" else "begins"), ()
    old, new = _graph_on(graphs, day - 1), _graph_on(graphs, day)
    before, after = on(old, given, day - 1), on(new, given, day)
    turned = () if before is None or after is None else tuple(_turned(before, after))
    if old is new:
        return "time", turned
    still = on(old, given, day)
    stays = still is not None and before is not None and _answer(still) == _answer(before)
    return ("law" if stays else "time"), turned


def _answer(decision: Decision) -> object:
    main = decision.graph.main
    if main.verdict >= 0:
        return decision.status
    told = figures(decision.graph)
    return [None if each.node < 0 else decision.values[each.node] for each in told]


def _graph_on(graphs: Graphs, day: int) -> Graph:
    return next((graph for since, graph in reversed(graphs) if since <= day), graphs[0][1])


def _turned(before: Decision, after: Decision) -> Iterator[str]:
    """The provisions that are other, but for those that are so by one under them."""
    main = after.graph.main
    found: dict[str, tuple[str, ...]] = {}
    was = {key: view.status for key, view in _views(before)}
    for key, view in _views(after):
        if was.get(key) is not view.status:
            pack = "" if key == view.provision.id else key.removesuffix(view.provision.id)
            children = view.provision.children
            found[key] = tuple(
                (c if "/" in c else f"{pack}{c}").removeprefix(f"{main.pack}/") for c in children
            )
    for key, children in found.items():
        if not any(child in found for child in children):
            yield key


def _views(decision: Decision) -> Iterator[tuple[str, Any]]:
    main = decision.graph.main
    for part in decision.graph.parts:
        for view in decision.views(part):
            name = view.provision.id
            yield (name if part is main else f"{part.pack}/{name}"), view


# ---- in words


def spans_section(found: Sequence[Stretch], day: int, lang: str) -> Section:
    """The spans as a part of an explanation: until when the answer of this day holds, then all."""
    remarks = [Remark("span", text) for text in _lead(found, day, lang)]
    if len(found) > 1:
        for each in found:
            days, text = days_text(each.since, each.until, lang), _state_text(each, lang)
            remarks.append(Remark("span", ahead.ON_DAYS.of(lang, days=days, text=text)))
    return Section("spans", ahead.T_SPANS.of(lang), tuple(remarks))


def _lead(found: Sequence[Stretch], day: int, lang: str) -> Iterator[str]:
    now = next(s for s in found if s.until is None or day <= s.until)
    if now.state.kind != "decided":
        return
    status = ahead.THIS_RESULT.of(lang)
    if now.state.status is not None:
        status = numerals.capitalized(WORDS[now.state.status].of(lang))
    if now.until is None:
        yield ahead.WHATEVER_LATER.of(lang, status=status)
        return
    until, after = numerals.day_text(now.until), numerals.day_text(now.until + 1)
    if now.because == "ends":
        act = now.graph.main.cite.of(lang)
        text = ahead.UNTIL_ENDS.of(
            lang, status=status, day=until, act=act, successor=_successor(now.graph.main).of(lang)
        )
    else:
        phrase = ahead.UNTIL_LAW if now.because == "law" else ahead.UNTIL_TIME
        text = phrase.of(lang, status=status, day=until, next=after)
    if now.turned:
        items = say.LISTED.join(_name(now.graph, each, lang) for each in now.turned)
        text = ahead.TURNED.of(lang, text=text, items=items)
    yield text


def _name(graph: Graph, provision: str, lang: str) -> str:
    told = wording(graph, lang).told.get(provision)
    return provision if told is None else told.heading


def _successor(main: Part) -> Words:
    if main.successor is None:
        return ahead.NO_SUCCESSOR.words()
    return ahead.A_SUCCESSOR.words(successor=main.successor)


def days_text(since: int | None, until: int | None, lang: str) -> str:
    """A span of days."""
    if since is None and until is None:
        return ahead.EVERY_DAY.of(lang)
    if since is not None and since == until:
        return ahead.ONE_DAY.of(lang, day=numerals.day_text(since))
    return numerals.period_text(since or 0, until or 0, lang)


def reason(of: Stretch) -> Words | None:
    """Why a span has no answer; None where it has one."""
    main = of.graph.main
    if of.state.kind == "impossible":
        return ahead.IMPOSSIBLE.words()
    if of.state.kind == "decided":
        return None
    if _is_before(of):
        return ahead.NOT_YET.words(act=main.cite)
    return ahead.NO_LONGER.words(act=main.cite, successor=_successor(main))


def _is_before(of: Stretch) -> bool:
    """Whether the act begins after a span on which it is not in force."""
    return of.until is not None and of.until < of.graph.main.since


def _state_text(of: Stretch, lang: str) -> str:
    if of.state.kind == "not_in_force":
        phrase = ahead.NOT_YET if _is_before(of) else ahead.ENDED
        return phrase.of(lang, act=of.graph.main.cite.of(lang))
    if of.state.kind == "impossible":
        return ahead.IMPOSSIBLE.of(lang)
    if of.state.status is not None:
        return WORDS[of.state.status].of(lang)
    worded, texts = wording(of.graph, lang), []
    for each, value in zip(figures(of.graph), of.state.figures, strict=True):
        if value is None:
            text = say.NOT_IN_FORCE_THEN.of(lang)
        elif value == MOVING:
            text = ahead.MOVES.of(lang, value=say.UNDETERMINED.of(lang))
        else:
            text = worded.figure_text(each, value)
        texts.append(say.AMOUNT.of(lang, name=worded.figure(each), value=text))
    return say.LISTED.join(texts) or say.RESULTS.of(lang)


# ---- as a record has them


def spans_record(found: Sequence[Stretch]) -> list[dict[str, Any]]:
    """The spans as a record has them."""
    return [_record(each) for each in found]


def _record(of: Stretch) -> dict[str, Any]:
    why = reason(of)
    fields: dict[str, Any] = {
        "from": _day(of.since),
        "until": _day(of.until),
        "status": None if of.state.status is None else str(of.state.status),
        "reason": None if why is None else why._asdict(),
        "because": of.because or None,
        "turned": list(of.turned),
    }
    main = of.graph.main
    if main.verdict < 0 and of.state.kind == "decided":
        decision = Decision(of.graph, Given(), [])
        labels = wording(of.graph, "vi").labels
        told = zip(figures(of.graph), of.state.figures, strict=True)
        found = [(each, value) for each, value in told]
        fields["results"] = {
            each.id: {"moves": True}
            if value == MOVING
            else definition_fields(decision, each, value, labels(each.node))
            for each, value in found
            if isinstance(each, Definition)
        }
        fields["amounts"] = {
            each.id: _amount_fields(decision, each.node, value)
            for each, value in found
            if isinstance(each, Amount)
        }
    return fields


def _amount_fields(decision: Decision, node: int, value: Value) -> dict[str, Any] | None:
    if value is None:
        return None
    if value == MOVING:
        return {"least": None, "most": None, "moves": True}
    least, most, _ = ends_of(value)
    return {
        "least": None if least is None else decision.text(node, least),
        "most": None if most is None else decision.text(node, most),
        "moves": False,
    }


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
