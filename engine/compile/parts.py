"""The packs of a graph with all that a reader is shown: citations, words, notes, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import RootModel

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Broken, Builder, Entry
from tieuchi.engine.compile.constants import covers, is_constant, read_day, span_of
from tieuchi.engine.compile.facts import both, words
from tieuchi.engine.compile.names import NOTHING, Names
from tieuchi.engine.graph import Amount, Check, Definition, Misprint, Part, Provision, Source
from tieuchi.engine.pack import Pack, Worded
from tieuchi.engine.source import Text
from tieuchi.engine.words import Words

NO_CITE = Words("", "")


def part(b: Builder, names: Names, pack: Pack) -> Part:
    """One pack of the program; every name of it is compiled on the way."""
    model = pack.model
    entries = list(b.entries[pack.id].values())
    for entry in entries:
        with b.trying():
            if entry.kind == "use":
                b.find(entry.name, pack)
            else:
                names.node(entry)
    for source in model.sources.values():
        with b.trying():
            if source.date is not None:
                read_day(source.date, b, pack)
    span = span_of(model.in_force, b, pack)
    period = span_of(model.period, b, pack)
    verdict, verdict_provisions = _verdict(b, names, pack)
    return Part(
        pack.id,
        pack.digest,
        model.kind,
        both(model.cite),
        both(model.title),
        str(model.place or ""),
        *span,
        *period,
        covers(span, b.as_of),
        words(model.successor),
        verdict,
        verdict_provisions,
        words(model.verdict.about) if model.verdict else None,
        _timely(model.limits, b, pack),
        _timely(model.notes, b, pack),
        tuple(
            Source(str(name), both(s.title), str(s.date or ""), str(s.grade or ""))
            for name, s in model.sources.items()
        ),
        tuple((str(name), both(text)) for name, text in model.activities.items()),
        tuple(_label(label) for label in model.labels),
        tuple(_provision(b, names, entry) for entry in entries if entry.kind == "provision"),
        tuple(d for e in entries if e.kind == "definition" for d in _definition(b, names, e)),
        tuple(a for e in entries if e.kind == "amount" for a in _amount(b, names, e)),
        tuple(c for check in model.checks for c in _check(b, names, pack, check)),
    )


def _label(label: p.ProgressLabel) -> tuple[str, str, tuple[str, ...]]:
    how = "is" if label.is_ is not None else "contains"
    return how, str(label.is_ or label.contains or ""), tuple(label.means)


def _timely(texts: Iterable[p.Timely], b: Builder, pack: Pack) -> tuple[Words, ...]:
    """The texts that are shown on the day."""

    def shown(text: p.Timely) -> bool:
        period = p.Period.model_construct(from_=text.from_, until=text.until)
        return covers(span_of(period, b, pack), b.as_of)

    return tuple(both(text) for text in texts if shown(text))


def _verdict(b: Builder, names: Names, pack: Pack) -> tuple[int, tuple[str, ...]]:
    verdict = pack.model.verdict
    if verdict is None:
        return -1, ()
    body = verdict.body
    children: Any = next((getattr(body, k) for k in ("all", "any", "of") if hasattr(body, k)), [])
    named = tuple(str(c) for c in children if isinstance(c, Text))
    node = -1
    with b.under("verdict", verdict, pack):
        node = names.lower(pack).condition(body, pack)
    return node, named


def _check(b: Builder, names: Names, pack: Pack, check: p.CheckModel) -> Iterator[Check]:
    with b.under("checks", check, pack):
        yield Check(names.lower(pack).condition(check.body, pack), check.level, both(check))


def _said(
    b: Builder, pack: Pack, name: Text, model: Worded, above: tuple[Worded, ...]
) -> dict[str, Any]:
    """The words, citation, source and grade of something, its parents' where it has none."""
    line = (model, *reversed(above))
    cite = next((m.cite for m in line if m.cite is not None), None)
    spoken = next((m for m in line if m.quote is not None or m.read_in is not None), None)
    if model.quote is not None and model.read_in is not None:
        b.fault("words-twice", name, pack, name=name)
    if _states_number(model) and not any(pack.lacks(m) for m in line):
        if spoken is None:
            b.fault("words-missing", name, pack, name=name)
        if cite is None:
            b.fault("key-missing", name, pack, key="cite")
    quote = "" if spoken is None or spoken.quote is None else str(spoken.quote)
    read_in = "" if spoken is None or spoken.read_in is None else str(spoken.read_in)
    source = next((m.source for m in line if m.source is not None), pack.model.source)
    for used in (model.source, model.read_in):
        if used is not None and used not in pack.model.sources:
            b.fault("source-unknown", used, pack, name=used)
    if spoken is not None and spoken.read_in is not None:
        source = spoken.read_in
    grade = next((m.grade for m in line if m.grade is not None), None)
    if grade is None and source in pack.model.sources:
        grade = pack.model.sources[source].grade
    if grade is None and pack.model.grade is None and source not in pack.lost:
        b.fault("key-missing", pack.model.pack, pack, key="grade" if source else "source")
    return {
        "cite": None if cite is None else both(cite),
        "words": Words(str(model.vi), str(model.en)) if model.vi and model.en else None,
        "quote": quote,
        "read_in": read_in,
        "source": str(source or ""),
        "grade": str(grade or pack.model.grade or ""),
        "notes": _timely(model.notes, b, pack),
    }


# Where a condition stands: a word there is a name, even one that begins with a digit.
_CONDITIONS = frozenset(
    ("all", "any", "not_", "activity", "when", "where", "applies_when", "unless", "review_when")
)
_WORDED = ("body", "when", "applies_when", "unless", "review_when")


def _states_number(model: Any, *, name: bool = False) -> bool:
    """Whether something writes a number of its own, what is written under it left out."""
    if isinstance(model, Text):
        return not name and is_constant(model)
    if isinstance(model, RootModel):
        return _states_number(model.root)
    if isinstance(model, dict):
        return any(_states_number(v) for v in model.values() if not isinstance(v, p.ProvisionModel))
    if isinstance(model, list):
        return any(_states_number(v, name=name) for v in model)
    if isinstance(model, p.AtLeast):
        return _states_number(model.of, name=True)
    if isinstance(model, p.Model):
        fields = _WORDED if isinstance(model, Worded) else type(model).model_fields
        return any(_states_number(getattr(model, f, None), name=f in _CONDITIONS) for f in fields)
    return False


def _above(b: Builder, entry: Entry) -> tuple[Worded, ...]:
    found = (b.entries[entry.pack.id][name] for name in entry.path)
    return tuple(each.model for each in found if each.kind == "provision")  # of a name used twice


def _provision(b: Builder, names: Names, entry: Entry) -> Provision:
    model, pack = entry.model, entry.pack
    made = names.decided.get((pack.id, str(entry.name)), NOTHING)
    said = _said(b, pack, entry.name, model, _above(b, entry))
    if said["cite"] is None and not any(pack.lacks(m) for m in _above(b, entry)):
        b.fault("key-missing", entry.name, pack, key="cite")
    misprints = model.misprint if isinstance(model.misprint, list) else [model.misprint]
    plan_end = pack.model.period.until if pack.model.period else None
    deadline = 0
    with b.trying():
        days = [read_day(text, b, pack) for text in (model.deadline, plan_end) if text is not None]
        deadline = days[0] if days else 0
    return Provision(
        id=str(entry.name),
        node=made.node,
        own=made.own,
        operator=made.operator,
        parent=str(entry.path[-1]) if entry.path else "",
        children=made.children,
        needed=made.needed,
        tests=tuple(_labelled(b, test) for test in made.tests),
        gates=made.gates,
        review=made.review,
        review_note=words(model.review),
        misprints=tuple(Misprint(str(m.printed), str(m.read)) for m in misprints if m is not None),
        not_encoded=words(model.not_encoded),
        not_in_force=made.not_in_force,
        deadline=deadline,
        cumulative=model.pace is not None,
        **{**said, "cite": said["cite"] or NO_CITE},
    )


def _labelled(b: Builder, test: Any) -> Any:
    """A test with the unit as the fact measured has people see it."""
    facts = [b.facts[i] for i in _facts_under(b, test.measured)]
    labels = {fact.label for fact in facts if fact.unit == test.unit and fact.label is not None}
    return test._replace(label=labels.pop()) if len(labels) == 1 else test


def _facts_under(b: Builder, node: int) -> list[int]:
    of = b.nodes[node]
    if node < len(b.facts):
        return [node]
    if of.op in ("sum", "linear"):
        return [i for below in of.args[2::2] for i in _facts_under(b, below)]
    return _facts_under(b, of.args[0]) if of.op == "else" else []


def _definition(b: Builder, names: Names, entry: Entry) -> Iterator[Definition]:
    said = _said(b, entry.pack, entry.name, entry.model, ())
    try:
        node = names.node(entry)
    except Broken:
        return
    labels = tuple((str(k), both(v)) for k, v in (entry.model.labels or {}).items())
    each = entry.model.for_ is not None
    yield Definition(id=str(entry.name), node=node, labels=labels, each=each, **said)


def _amount(b: Builder, names: Names, entry: Entry) -> Iterator[Amount]:
    said = _said(b, entry.pack, entry.name, entry.model, ())
    if said["cite"] is None:
        b.fault("key-missing", entry.name, entry.pack, key="cite")
    made = names.amounts.get((entry.pack.id, str(entry.name)))
    if made is None:
        return
    node, value, when, named = made
    up_to = entry.model.up_to == "true"
    yield Amount(
        id=str(entry.name), node=node, value=value, when=when, when_provision=named, up_to=up_to,
        **{**said, "cite": said["cite"] or NO_CITE},
    )  # fmt: skip
