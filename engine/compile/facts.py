"""The first nodes of a graph: what a case may state, the day, and the activities."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tieuchi.engine.compile.builder import Broken, Builder, over
from tieuchi.engine.compile.constants import constant, constant_value, factor, unit_of
from tieuchi.engine.diagnostic import listed
from tieuchi.engine.graph import Fact
from tieuchi.engine.pack import Bilingual, FactModel, Pack
from tieuchi.engine.quantity import Unit, default_closes
from tieuchi.engine.source import Text
from tieuchi.engine.words import Words

MONEY = "đồng"
LIMIT = 10**12  # steps of a fact without `max`; of money 10**15
KINDS = {"yes_no": "truth", "text": "text"}


def facts(b: Builder) -> None:
    """Declares every fact of every pack once, then the day and the activities."""
    first: dict[str, tuple[Pack, Text]] = {}
    unlike: set[str] = set()
    aside = Builder({}, b.as_of)  # takes the constants of min, max and step
    aside.faults = b.faults
    for pack in b.packs.values():
        for name, model in pack.model.facts.items():
            try:
                fact = _fact(aside, pack, name, model)
            except Broken:
                continue
            if fact.id not in b.slots:
                first[fact.id] = (pack, name)
                b.slots[fact.id] = len(b.facts)
                b.facts.append(fact)
                node = b.given(
                    KINDS.get(fact.kind, fact.kind), fact.unit, Fraction(fact.num, fact.den)
                )
                if fact.kind == "class":
                    b.labels[node] = tuple(label for label, _ in fact.labels)
                if fact.kind in ("quantity", "list"):
                    b.moving.add(node)
                if any((of.least or 0) < 0 for of in (fact, *fact.fields)):
                    b.signed.add(node)
                continue
            found = len(b.faults)
            known = b.facts[b.slots[fact.id]]
            home, at = first[fact.id]
            other = f"{pack.file}:{name.line}"
            if _measure(known) != _measure(fact):
                b.fault(
                    "fact-two-units", at, home, name=name, unit=known.unit or known.kind,
                    other=fact.unit or fact.kind, first=other,
                )  # fmt: skip
            elif fields := _unlike(known, fact):
                b.fault("list-two-fields", at, home, name=name, fields=listed(fields), other=other)
            if len(b.faults) > found:
                unlike.add(fact.id)
    for id_ in unlike:
        del b.slots[id_]
    b.day = b.given("date")
    for pack in b.packs.values():
        for activity in pack.model.activities:
            if activity not in b.activities:
                b.activities.append(str(activity))
                b.given("truth")


def _measure(fact: Fact) -> tuple[str, str, int, int]:
    """What two packs must agree on where they ask for one fact."""
    return fact.kind, fact.unit, fact.num, fact.den


def _unlike(one: Fact, other: Fact) -> list[str]:
    """The fields of two lists that only one has, or that are not of one kind, unit and labels."""
    left, right = (
        {f.id: (_measure(f), [label for label, _ in f.labels]) for f in fact.fields}
        for fact in (one, other)
    )
    return [id_ for id_ in {**left, **right} if left.get(id_) != right.get(id_)]


def words(model: Bilingual | None) -> Words | None:
    """A pair of texts."""
    return None if model is None else Words(str(model.vi), str(model.en))


def both(model: Bilingual) -> Words:
    """A pair of texts that is there."""
    return Words(str(model.vi), str(model.en))


def _fact(b: Builder, pack: Pack, name: Text, model: FactModel) -> Fact:
    unit, scale = _unit(b, pack, name, model)
    labels = tuple((str(label), both(words)) for label, words in (model.labels or {}).items())
    if model.kind == "class" and not labels:
        b.stop("key-missing", name, pack, key="labels")
    if model.kind == "list" and not model.fields:
        b.stop("key-missing", name, pack, key="fields")
    least, most = (_bound(b, pack, unit, scale, text) for text in (model.min, model.max))
    if least is not None and most is not None and most < least:
        b.stop("range-empty", name, pack, low=f"≥ {model.min}", high=f"≤ {model.max}")
    closes = model.kind == "list" or (unit is not None and default_closes(unit))
    if model.when_complete is not None:
        closes = model.when_complete == "zero"
    fields = tuple(_fact(b, pack, field, of) for field, of in (model.fields or {}).items())
    return Fact(
        str(name),
        model.kind,
        both(model),
        unit.id if unit else "",
        scale.numerator,
        scale.denominator,
        least,
        most,
        (LIMIT if most is None else max(most, LIMIT)) * (1000 if unit and MONEY in unit.id else 1),
        labels,
        closes and model.else_ is None,
        words(model.label),
        words(model.ask),
        tuple(both(note) for note in model.notes),
        fields,
        -1,
        pack.id,
        words(model.fixed),
        model.grows == "true",
    )


def _unit(b: Builder, pack: Pack, name: Text, model: FactModel) -> tuple[Unit | None, Fraction]:
    if model.kind != "quantity":
        if model.unit is not None:
            b.stop("key-unknown", model.unit, pack, key="unit")
        return None, Fraction(1)
    if model.unit is None:
        b.stop("key-missing", name, pack, key="unit")
    unit = unit_of(model.unit, b, pack)
    if model.step is None:
        return unit, Fraction(*unit.step)
    node = constant(model.step, unit.id, b, pack)
    step = constant_value(node, b) * over(factor(b.unit(node)), factor(unit))
    if step <= 0:
        b.stop("divisor-zero", model.step, pack, written=model.step)
    return unit, step


def _bound(b: Builder, pack: Pack, unit: Unit | None, scale: Fraction, text: Any) -> int | None:
    if text is None or unit is None:
        return None
    node = constant(text, unit.id, b, pack)
    steps = over(constant_value(node, b) * factor(b.unit(node)), factor(unit) * scale)
    if steps.denominator != 1:
        b.stop("number-too-fine", text, pack, written=text, step=str(scale), name=unit.id)
    return steps.numerator
