"""What bears on a whole answer: how its input was read, notes, sources and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieuchi.engine import phrases as say
from tieuchi.engine.case import Notice
from tieuchi.engine.explanation.ground import Ground
from tieuchi.engine.explanation.telling import Telling
from tieuchi.engine.explanation.tree import Shown
from tieuchi.engine.graph import Amount, Definition, Part
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.truth import NOT_APPLICABLE, NOT_MET
from tieuchi.engine.wording import Origin, Told, origin


def about(t: Telling, shown: Shown, ground: Ground, notices: Sequence[Notice]) -> Iterator[Section]:
    """The sections at the foot."""
    lang = t.lang
    read = tuple(_read(t, notices))
    if read:
        yield Section("input", say.T_INPUT.of(lang), read)
    warnings = tuple([w for truth, w in t.wording.warnings if t.values[truth] == NOT_MET])
    if warnings:
        yield Section("warnings", say.T_WARNINGS.of(lang), warnings)
    spoken, beside = _spoken(t, shown), _beside(t, ground)
    notes = tuple(dict.fromkeys(_notes(t, spoken, beside)))
    if notes:
        yield Section("notes", say.T_NOTES.of(lang), notes)
    sources = _sources(t, spoken, beside)
    if sources:
        yield Section("sources", say.T_SOURCES.of(lang), sources)
    yield from limits(t, _others(t, ground))


def limits(t: Telling, others: Sequence[Part] = ()) -> Iterator[Section]:
    """What the pack does not cover, and what these of the packs that it uses do not."""
    lang, remarks = t.lang, t.wording.limits
    for part in others:
        act = part.cite.of(lang)
        texts = (say.USE.of(lang, act=act, text=each.of(lang)) for each in part.limits)
        remarks += tuple(Remark("limit", text) for text in texts)
    if remarks:
        yield Section("limits", say.T_LIMITS.of(lang), remarks)


def _others(t: Telling, ground: Ground) -> list[Part]:
    """The other packs that the answer rests on, be it in a line into which they are folded."""
    if len(t.graph.parts) == 1:
        return []
    packs = {part.pack for part, _ in (*ground.definitions, *ground.provisions)}
    todo = list(t.wording.roots)
    while todo:
        told = todo.pop()
        if told.node < 0 or t.values[told.node] != NOT_APPLICABLE or t.wanted(told):
            packs.add(told.part.pack)
            todo += told.children
    return [part for part in t.graph.parts[1:] if part.pack in packs]


def _read(t: Telling, notices: Sequence[Notice]) -> Iterator[Remark]:
    """How facts were understood that were not written in the law's own unit, or are none of its."""
    for notice in notices:
        phrase = {"converted": say.CONVERTED, "per-omitted": say.PER_OMITTED}.get(notice.kind)
        slot = t.wording.slots.get(notice.fact)
        if phrase is not None and slot is not None:
            value = t.wording.value_text(slot, t.values[slot], t.graph.facts[slot].label)
            name = t.wording.fact(slot)
            text = phrase.of(t.lang, fact=name, written=notice.written, value=value)
            yield Remark("input", text)
    if t.declared and t.declared.issuperset(t.stated) and notices:
        yield Remark("input", say.NONE_ITS_OWN.of(t.lang, count=str(len(t.declared))))


# ---- notes and sources

Beside = Sequence[tuple[Part, Definition | Amount]]


def _spoken(t: Telling, shown: Shown) -> list[Told]:
    """The provisions that the answer speaks of by themselves, in the order shown."""
    if not t.declared:
        return shown.focus
    return [told for told in shown.focus if told.children or t.silence(told) != "declared"]


def _beside(t: Telling, ground: Ground) -> Beside:
    """The definitions and amounts that the answer speaks of."""
    main = t.graph.main
    return [*ground.definitions, *((main, each) for each in ground.amounts if each.node >= 0)]


def _notes(t: Telling, spoken: Sequence[Told], beside: Beside) -> list[Remark]:
    """Readings and misprints of what is shown; with their citation where that is several."""
    several = len({told.cite for told in spoken if not told.provision.parent}) > 1
    notes: list[Remark] = []
    for told in spoken:
        notes += told.notes_cited if several else told.notes
    for _, of in beside:
        notes += [Remark("note", note.of(t.lang)) for note in of.notes]
    for slot, said in t.wording.fact_notes:
        known = slot in t.stated and slot not in t.declared
        if known and any(slot in told.facts for told in spoken):
            notes += said
    for part in t.graph.parts[1:]:
        if not part.in_force:
            act, day = part.cite.of(t.lang), t.wording.day
            notes.append(Remark("note", say.USED_NOT_IN_FORCE.of(t.lang, act=act, day=day)))
    notes += t.wording.notes
    return notes


def _sources(t: Telling, spoken: Sequence[Told], beside: Beside) -> tuple[Remark, ...]:
    """Where the words were read, of all that is not of grade A in the act's own text."""
    if not beside:  # nearly always, and then of one source
        only = {told.source for told in spoken if told.source is not None}
        held = t.wording.sources.get(only.pop()) if len(only) == 1 else None
        if held is not None:
            return held
    named = [(told.source, told.name) for told in spoken if told.source is not None]
    for part, of in beside:
        source = origin(part, of)
        if source is not None:
            named.append((source, of.words.of(t.lang) if of.words is not None else ""))
    kinds = {source for source, _ in named}
    alone = len({kind[:2] for kind in kinds}) == len(kinds)
    key: object = tuple(named)
    if alone and kinds:
        key = frozenset(kinds) if len(kinds) > 1 else next(iter(kinds))
    held = t.wording.sources.get(key)
    if held is None:
        held = t.wording.sources[key] = tuple(_sources_of(t, named))
    return held


def _sources_of(t: Telling, named: Sequence[tuple[Origin, str]]) -> Iterator[Remark]:
    lang = t.lang
    found: dict[tuple[str, str, bool], dict[str, list[str]]] = {}
    for (pack, source, grade, unread), name in named:
        found.setdefault((pack, source, unread), {}).setdefault(grade, []).append(name)
    for (pack, source, unread), grades in found.items():
        part = next(part for part in t.graph.parts if part.pack == pack)
        title = next((s.title.of(lang) for s in part.sources if s.id == source), source)
        texts = []
        for at, (grade, names) in enumerate(sorted(grades.items())):
            text = say.GRADES[grade].of(lang) if grade in say.GRADES else grade
            if at:
                text = say.GRADE_FOR.of(lang, grade=text, items=", ".join(filter(None, names)))
            texts.append(text)
        phrase = say.READ_IN if unread else say.SOURCE
        yield Remark("source", phrase.of(lang, title=title, grade=say.LISTED.join(texts)))
