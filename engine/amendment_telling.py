"""What an amendment does, in words and as a record: `explained(amendment, lang)`, `as_record(…)`.

It puts what was found into the wording of the graphs, and finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import phrases as words
from tieuchi.engine import phrases_author as say
from tieuchi.engine.ahead.spans import WORDS
from tieuchi.engine.amendment import VERDICT, Amendment, Effect, Example, Registry
from tieuchi.engine.decision import Decision, Given
from tieuchi.engine.explanation.leaf import leaf
from tieuchi.engine.explanation.telling import telling
from tieuchi.engine.graph import Amount, Definition, Graph
from tieuchi.engine.outline import (
    Cell,
    Explanation,
    Grid,
    Header,
    Headline,
    Item,
    Remark,
    Section,
)
from tieuchi.engine.record import record
from tieuchi.engine.sample import activities, plain, told
from tieuchi.engine.solver.unknowns import key_of
from tieuchi.engine.truth import STATUSES
from tieuchi.engine.wording import wording

FIELDS = ("status", "possible", "measured", "required", "comparison", "unit", "shortfall")


def explained(of: Amendment, lang: str, on: Registry | None = None) -> Explanation:
    """An amendment as it is shown."""
    old, new = of.old, of.new
    act = new.main.cite.of(lang)
    days = say.DAYS.of(lang, old=numerals.day_text(old.as_of), new=numerals.day_text(new.as_of))
    same = sum(effect.change == "same" for effect in of.effects)
    sections = [*_sections(of, same, lang), *([] if on is None else [_registry(of, on, lang)])]
    items = tuple(_items(of, lang))
    return Explanation(lang, Header(act, "", days), _headline(of, lang), items, tuple(sections))


def _registry(of: Amendment, on: Registry, lang: str) -> Section:
    """Who gains and who loses in a table."""
    counts = [each for each in on.counts if each.gained or each.lost]
    rows = str(on.rows - on.rejected)
    title = say.T_REGISTRY.of(lang, rows=rows)
    if on.rejected:
        title = say.T_REGISTRY_LESS.of(lang, rows=rows, rejected=str(on.rejected))
    if not counts:
        return Section("registry", title, (Remark("text", say.NOBODY.of(lang) + "."),))
    head = (say.GAIN.of(lang), say.LOSE.of(lang))
    lines = tuple(
        (_called(of, each.id, lang), (Cell(None, str(each.gained)), Cell(None, str(each.lost))))
        for each in counts
    )
    return Section("registry", title, (), Grid(head, lines))


def _called(of: Amendment, id_: str, lang: str) -> str:
    if id_ == VERDICT:
        return numerals.capitalized((of.new.main.about or words.THE_CONDITIONS.words()).of(lang))
    effect = next(each for each in of.effects if each.id == id_)
    _, name, _ = _named(of.new, effect, lang)
    return name


def _headline(of: Amendment, lang: str) -> Headline:
    changed = [effect for effect in of.effects if effect.change != "same"]
    if not changed:
        alike = say.NOTHING_READ_DIFFERS if of.differs else say.NOTHING_DIFFERS
        return Headline(None, alike.of(lang))
    count = say.SOMETHING_DIFFERS.of(lang, count=str(len(changed)), total=str(len(of.effects)))
    verdict = next((effect for effect in of.effects if effect.kind == "verdict"), None)
    if verdict is None:
        return Headline(None, count)
    about = numerals.capitalized((of.new.main.about or words.THE_CONDITIONS.words()).of(lang))
    text = say.VERDICT.of(lang, about=about, change=say.CHANGES[verdict.change].of(lang))
    return Headline(None, text, (f"{count}.",))


def _sections(of: Amendment, same: int, lang: str) -> Iterator[Section]:
    if same:
        apart = any(each.labels for each in of.unshared)
        count = say.SAME_COUNT_READ if apart else say.SAME_COUNT
        line = Remark("text", count.of(lang, count=str(same)) + ".")
        yield Section("same", say.T_SAME.of(lang), (line,))
    if of.unshared:
        lines = tuple(Remark("text", text + ".") for text in _unshared(of, lang))
        yield Section("unshared", say.T_UNSHARED.of(lang), lines)
    unsettled = [effect.id for effect in of.effects if effect.change == "not_shown"]
    if unsettled:
        line = Remark("warning", say.UNSETTLED.of(lang, names=words.LISTED.join(unsettled)) + ".")
        yield Section("not-shown", say.T_NOT_SHOWN.of(lang), (line,))


def _unshared(of: Amendment, lang: str) -> Iterator[str]:
    """The facts that one law alone asks for, and the labels that it alone knows."""
    for side, phrase in say.ASKED_BY.items():
        names = [each.fact.words.of(lang) for each in of.unshared if each.side == side
                 and not each.labels]  # fmt: skip
        if names:
            yield phrase.of(lang, names=words.LISTED.join(names))
    for each in of.unshared:
        if each.labels:
            labels = words.LISTED.join(text.of(lang) for _, text in each.labels)
            yield say.KNOWN_TO[each.side].of(lang, fact=each.fact.words.of(lang), labels=labels)


# ---- one outcome


def _items(of: Amendment, lang: str) -> Iterator[Item]:
    changed = {effect.id: effect for effect in of.effects if effect.change != "same"}
    for effect in of.effects:
        if effect.change == "same":
            continue
        if effect.kind == "verdict":
            lines = tuple(_examples(effect, lang))
            if lines and not changed.keys() & set(of.new.main.verdict_provisions):
                about = _called(of, VERDICT, lang)
                change = say.CHANGES[effect.change].of(lang)
                yield Item(VERDICT, None, about, "", change, remarks=lines, symbol=False)
            continue
        graph = of.old if effect.change == "gone" else of.new
        cite, name, under = _named(graph, effect, lang)
        phrases = say.AMOUNT_CHANGES if effect.kind == "amount" else say.CHANGES
        told_below = {each.way for id_ in under & changed.keys() for each in changed[id_].examples}
        if _is_made_otherwise(of, effect):
            told_below = set()
        lines = (*_ceilings(of, effect, lang), *_examples(effect, lang, told_below))
        change = phrases[effect.change].of(lang)
        yield Item(effect.id, None, name, cite, change, remarks=lines, symbol=False)


def _named(graph: Graph, effect: Effect, lang: str) -> tuple[str, str, set[str]]:
    """Its citation, its name, and the provisions under it."""
    main = graph.main
    if effect.kind == "provision":
        of = next(each for each in main.provisions if each.id == effect.id)
        name = effect.id if of.words is None else of.words.of(lang)
        return of.cite.of(lang), name, set(of.children)
    defined: list[Amount | Definition] = [*main.amounts, *main.definitions]
    other = next(each for each in defined if each.id == effect.id)
    name = effect.id if other.words is None else other.words.of(lang)
    return ("" if other.cite is None else other.cite.of(lang)), name, set()


def _ceilings(of: Amendment, effect: Effect, lang: str) -> Iterator[Remark]:
    """That an amount was so much and is at most so much, or the other way round."""
    found = [
        each.up_to
        for graph in (of.old, of.new)
        for each in graph.main.amounts
        if effect.kind == "amount" and each.id == effect.id
    ]
    if len(found) == 2 and found[0] != found[1]:
        for phrase, up_to in zip((say.BEFORE, say.AFTER), found, strict=True):
            text = (say.A_CEILING if up_to else say.AN_AMOUNT).of(lang)
            yield Remark("text", phrase.of(lang, text=text))


def _is_made_otherwise(of: Amendment, effect: Effect) -> bool:
    """Whether a provision itself, and not only what stands under it, is another."""
    found = [
        (p.operator, p.needed, p.children, [gate[0] for gate in p.gates], p.review < 0)
        for graph in (of.old, of.new)
        for p in graph.main.provisions
        if p.id == effect.id
    ]
    return len(found) == 2 and found[0] != found[1]


def _examples(effect: Effect, lang: str, told_below: Collection[str] = ()) -> Iterator[Remark]:
    """The smallest cases, but those of ways that what stands under it shows already."""
    for each in effect.examples:
        if each.way in told_below:
            continue
        facts = _case_told(each, lang)
        yield Remark("text", say.SMALLEST.of(lang, way=say.WAYS[each.way].of(lang), facts=facts))
        for phrase, decision in ((say.BEFORE, each.old), (say.AFTER, each.new)):
            yield Remark("text", phrase.of(lang, text=_outcome(effect, decision, lang)))


def _case_told(of: Example, lang: str) -> str:
    """What the case states, what the new law does not ask as the old one takes it."""
    there = {key_of(fact) for fact in of.new.graph.facts if fact.id in of.new.given}
    gone = [fact.id for fact in of.old.graph.facts if key_of(fact) not in there]
    apart = Given({name: of.old.given[name] for name in gone if name in of.old.given})
    shared = Given({n: v for n, v in of.old.given.items() if n.startswith("@")})
    texts = [told(of.new.graph, Given({**shared, **of.new.given}), lang)]
    old = told(of.old.graph, apart, lang)
    if apart and not (of.new.given and old == say.NOTHING_AT_ALL.of(lang)):
        texts = [*(texts if of.new.given else []), old]
    return words.LISTED.join(texts)


def _outcome(effect: Effect, decision: Decision, lang: str) -> str:
    """What it comes to in one of the two, with its figures."""
    worded = wording(decision.graph, lang)
    if effect.kind == "verdict":
        status_ = decision.status
        return words.NOT_IN_FORCE_THEN.of(lang) if status_ is None else WORDS[status_].of(lang)
    if effect.kind in ("amount", "definition"):
        return _value(effect, decision, lang)
    one = worded.told[effect.id]
    truth = decision.values[one.node]
    status = WORDS[STATUSES[truth]].of(lang)
    if one.children:
        return status
    item = leaf(telling(decision, None, lang, {}), one, None, truth)
    pieces = [p for f in item.figures for p in (f.measured, f.required, f.shortfall) if p]
    if not pieces:
        return status
    return say.FIGURES.of(lang, status=status, figures=words.LISTED.join(dict.fromkeys(pieces)))


def _value(effect: Effect, decision: Decision, lang: str) -> str:
    main = decision.graph.main
    defined: list[Amount | Definition] = [*main.amounts, *main.definitions]
    of = next(each for each in defined if each.id == effect.id)
    if decision.graph.nodes[of.node].kind == "truth":
        return WORDS[STATUSES[decision.values[of.node]]].of(lang)
    return wording(decision.graph, lang).value_text(of.node, decision.values[of.node])


# ---- as a record


def as_record(of: Amendment, on: Registry | None = None) -> dict[str, Any]:
    """An amendment as `--format json` prints it."""
    sides = {"old": of.old, "new": of.new}
    found: dict[str, Any] = {
        side: {
            "pack": graph.main.pack,
            "pack_digest": graph.main.digest,
            "as_of": date.fromordinal(graph.as_of).isoformat(),
        }
        for side, graph in sides.items()
    }
    found["differs"] = of.differs
    found["effects"] = [
        {
            "kind": effect.kind,
            "id": effect.id,
            "change": effect.change,
            "cases": [_case(effect, each) for each in effect.examples],
        }
        for effect in of.effects
    ]
    found["unshared"] = [
        {
            "side": each.side,
            "fact": each.fact.id,
            "labels": [label for label, _ in each.labels] or None,
        }
        for each in of.unshared
    ]
    if on is not None:
        counts = {each.id: {"gained": each.gained, "lost": each.lost} for each in on.counts}
        found["on"] = {"rows": on.rows, "rejected": on.rejected, "counts": counts}
    return found


def _case(effect: Effect, of: Example) -> dict[str, Any]:
    graph = of.new.graph
    facts = {**plain(of.old.graph, of.old.given), **plain(graph, of.new.given)}
    named = activities(of.old.graph, of.old.given) + activities(graph, of.new.given)
    return {
        "way": of.way,
        "facts": facts,
        "activities": list(dict.fromkeys(named)) or None,
        "old": _fields(effect, of.old),
        "new": _fields(effect, of.new),
    }


def _fields(effect: Effect, decision: Decision) -> dict[str, Any]:
    made = record(decision)
    if effect.kind == "verdict":
        return {"status": made["status"]}
    found: dict[str, Any] = made[f"{effect.kind}s"][effect.id]
    if effect.kind == "provision":
        return {key: found[key] for key in FIELDS}
    return {key: value for key, value in found.items() if key != "cite"}
