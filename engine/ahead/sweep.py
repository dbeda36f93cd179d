"""One fact from one value to another, all else as stated: where each status turns, exactly.

The turns are found by `turns` and never by samples, so nothing between two of them is other. What
is told is the verdict (of a pack without one, the classes and conditions that it comes to) and
every provision that turns; values at which the facts could not all be true are told as such. It
knows graphs, decisions and their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.ahead import phrases as ahead
from tieuchi.engine.ahead.spans import WORDS
from tieuchi.engine.ahead.turns import TooFine, Turns
from tieuchi.engine.case import Case
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Amount, Definition, Fact, Graph
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.measured import definition_fields
from tieuchi.engine.outline import Remark, Section, Strip
from tieuchi.engine.results import figures, results
from tieuchi.engine.source import Map, Text
from tieuchi.engine.truth import Status
from tieuchi.engine.wording import Wording, wording

LOOKS = 1_000_000
TOLD = 8  # stretches of one line that are told in words; a record has all


class Range(NamedTuple):
    """What is asked: a fact and both ends, as they were written."""

    fact: str
    start: str
    end: str


class Unswept(ValueError):
    """A range that cannot be gone through. `why` is "kind" (neither a quantity nor a day), "open"
    (an end that is unknown), "order" (it ends before it starts) or "fine" (no exact answer in
    reasonable time)."""

    def __init__(self, asked: Range, why: str) -> None:
        super().__init__(f"{asked.fact}: {why}")
        self.asked = asked
        self.why = why


class Piece(NamedTuple):
    """Values, both ends included, over which a status stays, or the `value` of a result; not
    `possible`: the facts cannot all be true there."""

    least: int
    most: int
    status: Status | None
    possible: bool = True
    value: Value = None


class Line(NamedTuple):
    """A provision, or the verdict (""), over the range."""

    id: str
    pieces: tuple[Piece, ...]


class Sweep(NamedTuple):
    """What came of it. There are no lines where no law is in force."""

    fact: Fact
    slot: int
    least: int
    most: int
    lines: tuple[Line, ...]
    results: tuple[tuple[Definition, tuple[Piece, ...]], ...]  # those that turn
    ends: tuple[Decision | None, Decision | None]
    graph: Graph


def sweep(
    decision: Decision, case: Case, asked: Range, others: Iterable[Graph] = ()
) -> Sweep | None:
    """The sweep of a fact; None where only `others` ask for it. Raises `Faults`, `Unswept`."""
    graph = decision.graph
    start, end = (_end(graph, case, asked, written, others) for written in asked[1:])
    slot = next((i for i, fact in enumerate(graph.facts) if fact.id == asked.fact), None)
    if slot is None:
        return None
    fact = graph.facts[slot]
    if fact.kind not in ("quantity", "date"):
        raise Unswept(asked, "kind")
    if start.__class__ is not int or end.__class__ is not int:
        raise Unswept(asked, "open")
    if start > end:
        raise Unswept(asked, "order")
    try:
        decisions = _decisions(decision, fact, slot, start, end)
    except TooFine:
        raise Unswept(asked, "fine") from None
    in_force = graph.main.in_force
    lines = tuple(_lines(graph, decisions, end)) if in_force else ()
    turned = tuple(_results(graph, decisions, end)) if in_force else ()
    last = _decided(decision, fact, end)
    return Sweep(fact, slot, start, end, lines, turned, (decisions[0][1], last), graph)


def _end(
    graph: Graph, case: Case, asked: Range, written: str, others: Iterable[Graph]
) -> Value | None:
    """An end as the case's facts are read; what is wrong with it has its place at its name."""
    stated = Map({Text(asked.fact): Text(written)})
    alone = case._replace(
        facts=stated, annotations={}, complete=False, activities=None, forecasts={}, reported={},
        rollups=(), mark=Mark(""),
    )  # fmt: skip
    return read_given(graph, alone, others)[0].get(asked.fact)


def _decided(decision: Decision, fact: Fact, value: int) -> Decision | None:
    try:
        return decide(decision.graph, Given({**decision.given, fact.id: value}))
    except CaseError:
        return None


def _decisions(
    decision: Decision, fact: Fact, slot: int, start: int, end: int
) -> list[tuple[int, Decision | None]]:
    """A decision for each piece of the range, by the first value of it."""
    graph = decision.graph
    watched = [p.node for part in graph.parts for p in part.provisions if p.node >= 0]
    watched += [each.node for each in results(graph)]
    try:
        turns = Turns(graph, decision.given, slot, [*watched, graph.main.verdict], LOOKS)
        starts = turns.starts(start, end)
    except Contradiction:
        starts = [start]
    return [(value, _decided(decision, fact, value)) for value in starts]


def _lines(
    graph: Graph, decisions: Sequence[tuple[int, Decision | None]], end: int
) -> Iterator[Line]:
    if graph.main.verdict >= 0:
        statuses = [None if d is None else d.status for _, d in decisions]
        yield Line("", _pieces(decisions, statuses, end))
    for part in graph.parts:
        prefix = "" if part is graph.main else f"{part.pack}/"
        for provision in part.provisions:
            name = f"{prefix}{provision.id}"
            statuses = [None if d is None else d[name].status for _, d in decisions]
            pieces = _pieces(decisions, statuses, end)
            if len({piece.status for piece in pieces if piece.possible}) > 1:
                yield Line(name, pieces)


def _results(
    graph: Graph, decisions: Sequence[tuple[int, Decision | None]], end: int
) -> Iterator[tuple[Definition, tuple[Piece, ...]]]:
    """The classes and conditions that turn, of what a pack without a verdict comes to."""
    for each in results(graph):
        if graph.nodes[each.node].kind in ("class", "truth"):
            values = [None if d is None else d.values[each.node] for _, d in decisions]
            pieces = _pieces(decisions, [None] * len(values), end, values)
            if len({piece.value for piece in pieces if piece.possible}) > 1:
                yield each, pieces


def _pieces(
    decisions: Sequence[tuple[int, Decision | None]],
    statuses: Sequence[Status | None],
    end: int,
    results: Sequence[Value] | None = None,
) -> tuple[Piece, ...]:
    """Neighbours of one status, or of one result, are one piece."""
    found: list[Piece] = []
    ends = [*(value - 1 for value, _ in decisions[1:]), end]
    told = zip(decisions, statuses, results or [None] * len(statuses), ends, strict=True)
    for (value, decision), status, result, last in told:
        piece = Piece(value, last, status, decision is not None, result)
        if found and found[-1][2:] == piece[2:]:
            piece = piece._replace(least=found.pop().least)
        found.append(piece)
    return tuple(found)


# ---- in words


def sweep_section(of: Sweep, lang: str) -> Section:
    """The sweep as bars, each with its turns in words, and what a bar's signs mean."""
    worded = wording(of.graph, lang)
    title = ahead.T_SWEEP.of(
        lang, fact=worded.fact(of.slot), least=_value(of, of.least, worded),
        most=_value(of, of.most, worded),
    )  # fmt: skip
    if not of.graph.main.in_force:
        return Section("sweep", title, (Remark("sweep", say.NOT_IN_FORCE_THEN.of(lang)),))
    alike: dict[tuple[Piece, ...], list[Line]] = {}
    for line in of.lines:
        alike.setdefault(line.pieces, []).append(line)
    strips = tuple(_strip(of, lines, worded, lang) for lines in alike.values())
    texts = [*_turns(of, worded, lang), *_figures(of, worded, lang)]
    remarks = [Remark("sweep", text) for text in texts]
    if not strips and not remarks:
        remarks = [Remark("sweep", ahead.NOTHING_TURNS.of(lang))]
    return Section("sweep", title, tuple(remarks), None, strips)


def _name(of: Sweep, line: Line, worded: Wording, lang: str) -> str:
    if line.id:
        told = worded.told.get(line.id)
        return line.id if told is None else told.heading
    return numerals.capitalized((of.graph.main.about or say.THE_CONDITIONS.words()).of(lang))


def _strip(of: Sweep, lines: Sequence[Line], worded: Wording, lang: str) -> Strip:
    """One bar for all that turn alike."""
    names, line = tuple(_name(of, each, worded, lang) for each in lines), lines[0]
    text = _told(of, line.pieces, worded, [_word(piece, lang) for piece in line.pieces])
    sizes = tuple(
        (piece.most - piece.least + 1, piece.status, _word(piece, lang)) for piece in line.pieces
    )
    return Strip(names, sizes, text)


def _turns(of: Sweep, worded: Wording, lang: str) -> Iterator[str]:
    """Each result over the range, in words."""
    for each, pieces in of.results:
        words = [
            worded.result_text(each, piece.value) if piece.possible else _word(piece, lang)
            for piece in pieces
        ]
        text = _told(of, pieces, worded, words)
        yield say.DEFINED.of(lang, name=worded.figure(each), value=text)


def _told(of: Sweep, pieces: Sequence[Piece], worded: Wording, words: Sequence[str]) -> str:
    """Pieces in words, each with what it comes to."""
    texts = [_piece(of, *each, worded) for each in zip(pieces, words, strict=True)]
    if len(texts) > TOLD:
        more = ahead.MORE_TURNS.of(worded.lang, count=str(len(texts) - TOLD))
        texts = [*texts[:TOLD], more]
    return say.LISTED.join(texts)


def _word(piece: Piece, lang: str) -> str:
    if not piece.possible:
        return ahead.CANNOT_BE.of(lang)
    return say.NOT_IN_FORCE_THEN.of(lang) if piece.status is None else WORDS[piece.status].of(lang)


def _piece(of: Sweep, piece: Piece, text: str, worded: Wording) -> str:
    least, most = (_value(of, end, worded) for end in piece[:2])
    whole = piece.least == of.least and piece.most == of.most
    lang = worded.lang
    if whole:
        return ahead.ALL_OVER.of(lang, text=text)
    if piece.least == piece.most:
        return ahead.AT.of(lang, value=least, text=text)
    if piece.least == of.least:
        return ahead.UP_TO.of(lang, value=most, text=text)
    if piece.most == of.most:
        return ahead.FROM.of(lang, value=least, text=text)
    return ahead.BETWEEN.of(lang, least=least, most=most, text=text)


def _value(of: Sweep, value: int, worded: Wording) -> str:
    return worded.value_text(of.slot, value, of.fact.label)


def _figures(of: Sweep, worded: Wording, lang: str) -> Iterator[str]:
    """The figures at both ends, where they are others."""
    first, last = of.ends
    if first is None or last is None:
        return
    for each in figures(of.graph):
        node = each.node
        if node < 0 or of.graph.nodes[node].kind in ("class", "truth"):
            continue
        if first.values[node] != last.values[node]:
            least, most = (worded.figure_text(each, end.values[node]) for end in (first, last))
            name = worded.figure(each)
            yield ahead.AMOUNT_OVER.of(lang, name=name, least=least, most=most)


# ---- as a record has it


def sweep_record(of: Sweep) -> dict[str, Any]:
    """The sweep as a record has it."""
    lines = {line.id: [_fields(of, piece) for piece in line.pieces] for line in of.lines}
    amounts = {}
    for amount in of.graph.main.amounts:
        if amount.node >= 0:
            ends = zip(("from", "until"), of.ends, strict=True)
            amounts[amount.id] = {name: _bounds(amount, each) for name, each in ends}
    return {
        "fact": of.fact.id,
        "unit": of.fact.unit or None,
        "from": _text(of, of.least),
        "until": _text(of, of.most),
        "verdict": lines.pop("", None),
        "provisions": lines,
        "results": {each.id: [_result(of, each, p) for p in ps] for each, ps in of.results},
        "amounts": amounts,
    }


def _result(of: Sweep, definition: Definition, piece: Piece) -> dict[str, Any]:
    ends = {"from": _text(of, piece.least), "until": _text(of, piece.most)}
    if not piece.possible:
        return {**ends, "impossible": True}
    labels = wording(of.graph, "vi").labels(definition.node)
    blank = Decision(of.graph, Given(), [])
    return ends | definition_fields(blank, definition, piece.value, labels)


def _bounds(amount: Amount, of: Decision | None) -> dict[str, str | None] | None:
    if of is None:
        return None
    least, most, _ = span(of.values[amount.node])
    return {
        "least": None if least is None else of.text(amount.node, least),
        "most": None if most is None else of.text(amount.node, most),
    }


def _fields(of: Sweep, piece: Piece) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "from": _text(of, piece.least),
        "until": _text(of, piece.most),
        "status": None if piece.status is None else str(piece.status),
    }
    return fields if piece.possible else {**fields, "impossible": True}


def _text(of: Sweep, value: int) -> str:
    if of.fact.kind == "date":
        return date.fromordinal(value).isoformat()
    return Decision(of.graph, Given(), []).text(of.slot, value)
