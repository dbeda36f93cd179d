"""What a case states under a pack, as tables: the facts, where each is used, the checks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine import phrases as law
from tieuchi.engine.export import phrases as say
from tieuchi.engine.export.content import Line, Link, Row, Table, cell
from tieuchi.engine.export.dated import dated
from tieuchi.engine.export.request import Request
from tieuchi.engine.graph import Fact
from tieuchi.engine.law import Teller
from tieuchi.engine.source import Text
from tieuchi.engine.spelling import Speller
from tieuchi.engine.written import children_of, provisions_of


def facts(request: Request) -> list[Table]:
    """The facts of a pack, the fields of a list below it."""
    lang = request.lang
    teller = Teller(request.program, request.graph, lang, Speller)
    model = teller.pack.model
    used = _used(model, provisions_of(teller.pack), lang)
    own = [fact for fact in request.graph.facts if fact.id in model.facts]
    rows: list[Row] = []
    for fact in own:
        of = model.facts[Text(fact.id)]
        rows.append(_row(teller, fact, of, used.get(fact.id, ())))
        for field in fact.fields:
            fields = of.fields or {}
            rows.append(_row(teller, field, fields[Text(field.id)], used.get(field.id, ()), 1))
    heads = (say.FACT, say.VIETNAMESE, say.ENGLISH, say.UNIT, say.USED_IN, say.NOTES)
    head = tuple(phrase.of(lang) for phrase in heads)
    langs = ("", "vi", "en")
    return (
        [Table("facts-table", law.T_FACTS.of(lang), head, tuple(rows), "fact", langs)]
        if rows
        else []
    )


def _row(
    teller: Teller[Speller],
    fact: Fact,
    of: p.FactModel,
    used: tuple[Link, ...] | list[Link],
    depth: int = 0,
) -> Row:
    cells = (
        cell(Line("id", fact.id)),
        cell(fact.words.vi),
        cell(fact.words.en),
        cell(teller.kind(fact)),
        cell(Line("uses", "", tuple(used))),
        cell(*_notes(teller, fact, of)),
    )
    return Row("" if depth else f"fact-{fact.id}", cells, depth)


def _notes(teller: Teller[Speller], fact: Fact, of: p.FactModel) -> Iterator[Line | str]:
    """What is asked, and how far what may be stated goes."""
    lang, spell = teller.lang, teller.speller
    if fact.ask is not None:
        yield Line("ask", say.ASKS.of(lang, text=fact.ask.of(lang)))
    least, most = (None if end is None else spell.constant(str(end)) for end in (of.min, of.max))
    if least and most:
        yield say.BETWEEN.of(lang, least=least, most=most)
    elif least or most:
        phrase = say.AT_LEAST if least else say.AT_MOST
        yield phrase.of(lang, value=least or most or "")
    if of.step is not None:
        yield say.STEP.of(lang, value=spell.constant(str(of.step)))
    if of.else_ is not None:
        yield say.ELSE.of(lang, text=spell.name(str(of.else_)))
    if of.when_complete is not None:
        yield say.WHEN_COMPLETE[of.when_complete].of(lang)
    if fact.fixed is not None:
        yield say.FIXED.of(lang, text=fact.fixed.of(lang))
    if fact.grows:
        yield say.GROWS.of(lang)
    yield from (Line("note", dated(note, lang)) for note in of.notes)


def checks(request: Request) -> list[Table]:
    """The checks of what is stated."""
    lang = request.lang
    teller = Teller(request.program, request.graph, lang, Speller)
    rows = tuple(
        Row(
            f"check-{number}",
            (
                cell(str(number)),
                cell(teller.speller.condition(check.body)),
                cell(str(check.vi if lang == "vi" else check.en)),
                cell(say.LEVELS[check.level].of(lang)),
            ),
        )
        for number, check in enumerate(teller.pack.model.checks, 1)
    )
    head = tuple(phrase.of(lang) for phrase in (say.NUMBER, say.CHECKED, say.SAID, say.LEVEL))
    return [Table("checks-table", law.T_CHECKS.of(lang), head, rows)] if rows else []


# ---- where a name is used


def _used(model: p.PackModel, provisions: Mapping[str, Any], lang: str) -> dict[str, list[Link]]:
    """The provisions, definitions, amounts and facts that name each name themselves."""
    found: dict[str, list[Link]] = {}
    owners: dict[str, Any] = {**provisions}
    for models in (model.define, model.amounts):
        owners |= {str(name): each for name, each in models.items()}
    order = [*_in_order(model.provisions), *map(str, model.define), *map(str, model.amounts)]
    for owner in order:
        for name in dict.fromkeys(_names(owners[owner])):
            found.setdefault(name, []).append(Link(owner, f"p-{owner}"))
    for number, check in enumerate(model.checks, 1):
        for name in dict.fromkeys(_names(check.body)):
            found.setdefault(name, []).append(
                Link(say.CHECK.of(lang, number=str(number)), f"check-{number}")
            )
    return found


def _in_order(models: Mapping[Any, Any]) -> Iterator[str]:
    for name, model in models.items():
        yield str(name)
        children = children_of(model.body)
        if isinstance(children, Mapping):
            yield from _in_order(children)


_NO_NAMES = frozenset(
    (
        *p.Worded.model_fields,
        "in_",
        "in_force",
        "deadline",
        "pace",
        "unit",
        "labels",
        "up_to",
        "way",
    )
)
"""The keys under which no name stands that a fact could have."""


def _names(model: Any) -> Iterator[str]:
    """Every word of a condition or value that may be a name, but those of what is under it."""
    if isinstance(model, Text):
        yield str(model)
    elif isinstance(model, Mapping):
        for key, value in model.items():
            yield str(key)
            yield from _names(value)
    elif isinstance(model, list):
        for value in model:
            yield from _names(value)
    elif isinstance(model, p.Dated | p.Cells):
        for value in model.root.values():
            yield from _names(value)
    elif isinstance(model, p.Model):
        under = isinstance(children_of(model), Mapping)
        for field in type(model).model_fields:
            if field not in _NO_NAMES and not (under and field in ("all", "any", "of")):
                yield from _names(getattr(model, field))
