"""What is still worth knowing, in words and as a record has it.

It puts what `missing` found into the wording of the graph, and finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tieuchi.engine import phrases as say
from tieuchi.engine.advice.moves import live
from tieuchi.engine.ahead import phrases as ahead
from tieuchi.engine.ahead.missing import Missing, Settling, Turn, Unknown
from tieuchi.engine.ahead.spans import WORDS
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Definition, Fact
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import Status
from tieuchi.engine.wording import Wording, wording


def missing_sections(of: Missing, decision: Decision, lang: str) -> Iterator[Section]:
    """What could change the answer, the least to know, and what cannot change it any more."""
    worded = wording(decision.graph, lang)
    if of.could:
        lines = tuple(Remark("missing", f"{_told(each, of, worded)}.") for each in of.could)
        yield Section("could_change", ahead.T_COULD.of(lang), lines)
    if of.settling:
        lines = tuple(Remark("missing", f"{_settles(each, lang)}.") for each in of.settling)
        yield Section("settling", ahead.T_SETTLING.of(lang), lines)
    cannot = _not_shut_out(of, decision)
    if cannot:
        remark = Remark("text", f"{_listed(cannot, lang)}.")
        yield Section("cannot_change", ahead.T_CANNOT.of(lang), (remark,))


def _not_shut_out(of: Missing, decision: Decision) -> list[Fact]:
    """What cannot change the answer, but for what is only asked where a provision applies that does
    not: it is spoken of there."""
    facts, verdict = decision.graph.facts, decision.graph.main.verdict
    if verdict < 0:
        return list(of.cannot)
    slots = live(decision, verdict) if of.cannot else ()
    there = {facts[slot].id for slot in slots if slot < len(facts)}
    return [fact for fact in of.cannot if fact.id in there]


def _settles(of: Settling, lang: str) -> str:
    return ahead.SETTLES.of(lang, status=WORDS[of.then].of(lang), facts=_listed(of.facts, lang))


def _listed(facts: Sequence[Fact], lang: str) -> str:
    return say.LISTED.join(fact.words.of(lang) for fact in facts)


def _told(of: Unknown, found: Missing, worded: Wording) -> str:
    lang = worded.lang
    turns = [_turn(of, turn, found.about, worded) for turn in of.turns]
    if of.fact.kind == "list":
        turns = [(ahead.NOT_WHOLE if of.whole else ahead.GOES_ON).of(lang)]
    elif not turns and of.alone:
        turns = [ahead.WITH_OTHERS.of(lang)]
    if not of.sure and of.fact.kind != "list":
        turns.append(ahead.NOT_SHOWN.of(lang))
    name = worded.fact(of.slot)
    return ahead.TURNS.of(lang, name=name, turns=say.LISTED.join(turns)) if turns else name


def _turn(of: Unknown, turn: Turn, about: Definition | None, worded: Wording) -> str:
    lang = worded.lang
    least, most = (
        "" if end is None else worded.value_text(of.slot, end, of.fact.label)
        for end in (turn.least, turn.most)
    )
    is_day = of.fact.kind == "date"
    if not most:
        values = (say.DAYS["at_least"] if is_day else say.FROM).of(lang, value=least)
    elif not least:
        values = (say.DAYS["at_most"] if is_day else ahead.AT_MOST).of(lang, value=most)
    else:
        values = least if least == most else say.BETWEEN.of(lang, least=least, most=most)
    if isinstance(turn.then, Status):
        return ahead.THEN.of(lang, values=values, status=WORDS[turn.then].of(lang))
    then = "" if about is None else worded.result_text(about, turn.then)
    return ahead.THEN.of(lang, values=values, status=then)


# ---- as a record has it


def missing_fields(of: Missing) -> dict[str, Any]:
    """The fields of a record."""
    return {
        "missing": [
            {
                "fact": each.fact.id,
                "could_change": list(each.provisions),
                "turns_at": [_fields(each.fact, turn, of.about) for turn in each.turns],
                "shown": each.sure,
            }
            for each in of.could
        ],
        "cannot_change": [fact.id for fact in of.cannot],
        "settled_by": [
            {"then": str(each.then), "facts": [fact.id for fact in each.facts]}
            for each in of.settling
        ],
    }


def _fields(fact: Fact, turn: Turn, about: Definition | None) -> dict[str, Any]:
    then = {"then": str(turn.then)}
    if about is not None and not isinstance(turn.then, Status):
        then = {"then": about.labels[turn.then.bit_length() - 1][0]}
    if fact.kind == "yes_no":
        return {"is": turn.least == 1, **then}
    if fact.kind == "class":
        return {"is": fact.labels[(turn.least or 1).bit_length() - 1][0], **then}
    ends = {"at_least": turn.least, "at_most": turn.most}
    return {name: _plain(fact, end) for name, end in ends.items() if end is not None} | then


def _plain(fact: Fact, value: int) -> str:
    if fact.kind == "date":
        return date.fromordinal(value).isoformat()
    return decimal_text(value, fact.num, fact.den)
