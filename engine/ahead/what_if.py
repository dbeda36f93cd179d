"""The same case with other facts beside it: what changes, provision by provision.

An alternative is a case of its own, read and decided as any other, by both engines; of it only what
is other than in the case as it is is told: the verdict, amounts, and the provisions of which the
status, what is measured or what is short changes. It knows cases, answers and their words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.ahead import phrases as ahead
from tieuchi.engine.ahead.spans import WORDS
from tieuchi.engine.answer import Answer, answer
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision, View
from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.explanation.leaf import leaf
from tieuchi.engine.explanation.telling import telling
from tieuchi.engine.graph import Amount, Definition
from tieuchi.engine.outline import Cell, Grid, Remark, Section
from tieuchi.engine.record import record
from tieuchi.engine.source import Map, Text
from tieuchi.engine.wording import Told, wording

Facts = tuple[tuple[str, str], ...]
"""The facts of an alternative, as they were written."""


class Alternative(NamedTuple):
    """What comes of a case with these facts instead of its own."""

    facts: Facts
    answer: Answer


def what_if(
    answers: Sequence[Answer],
    alternatives: Sequence[Facts],
    kinds: Collection[str],
    today: int,
    trees: tuple[Path, ...] = (),
) -> list[tuple[Alternative, ...]]:
    """The alternatives to each answer, in order. Raises `Faults`."""
    cases = list({id(each.case): each.case for each in answers}.values())
    found = [
        answer([_changed(case, facts) for case in cases], kinds, today, trees)
        for facts in alternatives
    ]
    return [
        tuple(
            Alternative(facts, others[at])
            for facts, others in zip(alternatives, found, strict=True)
        )
        for at in range(len(answers))
    ]


def _changed(case: Case, facts: Facts) -> Case:
    """The case with these facts; what is wrong with them has its place at their names."""
    stated = Map(case.facts)
    for name, written in facts:
        stated.pop(Text(name), None)
        stated[Text(name)] = Text(written)
    noted = {name: note for name, note in case.annotations.items() if name not in dict(facts)}
    return case._replace(facts=stated, annotations=noted, mark=Mark(""))


# ---- what changes


def changes(base: Decision, others: Sequence[Decision]) -> list[str]:
    """The provisions that are otherwise in one of these decisions, in the pack's order."""
    found = []
    for part in base.graph.parts:
        if not part.in_force:  # there is no answer, so none that changes
            continue
        prefix = "" if part is base.graph.main else f"{part.pack}/"
        rows = zip(base.views(part), *(other.views(part) for other in others), strict=True)
        for view, *rest in rows:
            if any(_seen(each) != _seen(view) for each in rest):
                found.append(f"{prefix}{view.provision.id}")
    return found


def _seen(view: View) -> object:
    """What of a provision is compared."""
    return view.status, [finding.measured for finding in view.findings], view.shortfall


def _figures(decision: Decision) -> list[Amount | Definition]:
    """What is told beside provisions: amounts; of a pack without a verdict, definitions too."""
    main = decision.graph.main
    if not main.in_force:
        return []
    found: list[Amount | Definition] = [each for each in main.amounts if each.node >= 0]
    if main.verdict < 0:
        found += [each for each in main.definitions if each.words is not None]
    return found


# ---- in words


def what_if_section(base: Answer, found: Sequence[Alternative], lang: str) -> Section:
    """The alternatives as a table, the case as it is in the first column."""
    graph, answers = base.decision.graph, [base, *(each.answer for each in found)]
    worded = wording(graph, lang)
    rows = [*_heads(answers, lang)]
    names = changes(base.decision, [each.answer.decision for each in found])
    told = [worded.told[name] for name in names if name in worded.told]
    rows += [(each.heading, tuple(_cell(a, each, lang) for a in answers)) for each in told]
    title = ahead.T_WHAT_IF.of(lang)
    if not rows:
        return Section("what-if", title, (Remark("what-if", _nothing(found, lang)),))
    head = (ahead.AS_STATED.of(lang), *(_facts(each, lang) for each in found))
    return Section("what-if", title, (), Grid(head, tuple(rows)))


def _nothing(found: Sequence[Alternative], lang: str) -> str:
    facts = say.LISTED.join(_facts(each, lang) for each in found)
    if not found[0].answer.decision.graph.main.in_force:
        return say.NOT_IN_FORCE_THEN.of(lang)
    return ahead.NOTHING_CHANGES.of(lang, facts=facts)


def _heads(answers: Sequence[Answer], lang: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The verdict, and the amounts that change."""
    decisions = [each.decision for each in answers]
    graph = decisions[0].graph
    if len({decision.truth for decision in decisions}) > 1:
        statuses = [decision.status for decision in decisions]
        about = numerals.capitalized((graph.main.about or say.THE_CONDITIONS.words()).of(lang))
        yield about, tuple(Cell(s, WORDS[s].of(lang)) for s in statuses if s is not None)
    worded = wording(graph, lang)
    for of in _figures(decisions[0]):
        values = [decision.values[of.node] for decision in decisions]
        if any(value != values[0] for value in values):
            texts = [worded.figure_text(of, value) for value in values]
            yield worded.figure(of), tuple(Cell(None, text) for text in texts)


def _facts(of: Alternative, lang: str) -> str:
    """What an alternative states, as it was understood."""
    decision = of.answer.decision
    worded, texts = wording(decision.graph, lang), []
    for name, written in of.facts:
        slot = worded.slots.get(name)
        if slot is None:  # another pack's
            texts.append(ahead.IS.of(lang, fact=name, value=written))
            continue
        value = say.NOT_STATED.of(lang)
        if name in decision.given:
            value = worded.value_text(slot, decision.values[slot], decision.graph.facts[slot].label)
        texts.append(ahead.IS.of(lang, fact=worded.fact(slot), value=value))
    return say.LISTED.join(texts)


def _cell(of: Answer, told: Told, lang: str) -> Cell:
    """A provision in one of the cases."""
    view = of.decision[told.id]
    if view.status is None or view.truth is None:
        return Cell(None, say.NOT_IN_FORCE_THEN.of(lang))
    word = WORDS[view.status].of(lang)
    if told.children:
        return Cell(view.status, word)
    item = leaf(telling(of.decision, of.case, lang, {}), told, None, view.truth)
    pieces = [piece for f in item.figures for piece in (f.measured, f.shortfall) if piece]
    return Cell(view.status, "; ".join(dict.fromkeys(pieces)) or word)


# ---- as a record has them


def what_if_record(base: Answer, found: Sequence[Alternative]) -> list[dict[str, Any]]:
    """The alternatives as a record has them: each with what it changes, before and after."""
    return [_record(base, each) for each in found]


def _record(base: Answer, of: Alternative) -> dict[str, Any]:
    before, after = (record(each.decision, each.engines) for each in (base, of.answer))
    names = changes(base.decision, [of.answer.decision])
    fields: dict[str, Any] = {"facts": dict(of.facts)}
    fields["status"] = {"before": before["status"], "after": after["status"]}
    for kind in ("amounts", "definitions"):
        fields[kind] = {
            name: {"before": was, "after": after[kind][name]}
            for name, was in before[kind].items()
            if was != after[kind][name]
        }
    fields["provisions"] = {
        name: {"before": _provision(before, name), "after": _provision(after, name)}
        for name in names
    }
    return fields


def _provision(of: dict[str, Any], name: str) -> dict[str, Any]:
    home, slash, rest = name.rpartition("/")
    provisions = of["uses"][home]["provisions"] if slash else of["provisions"]
    found = provisions[rest]
    return {key: found[key] for key in ("status", "measured", "unit", "shortfall")}
