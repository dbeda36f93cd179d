"""What is said of the inputs and decisions of a model, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tieuchi.engine.export.dmn import phrases as say
from tieuchi.engine.export.dmn.decisions import Named, Names
from tieuchi.engine.export.dmn.feel import decimal, step, times
from tieuchi.engine.export.dmn.given import closes
from tieuchi.engine.graph import Amount, Definition, Fact, Graph, Part, Provision
from tieuchi.engine.quantity import people_text, unit_label
from tieuchi.engine.words import Words


def model_description(graph: Graph, lang: str) -> str:
    """What stands above the whole."""
    part = graph.main
    day = date.fromordinal(graph.as_of).isoformat()
    facts = {"title": part.title.of(lang), "pack": part.pack, "digest": part.digest}
    lines = [say.ABOUT.of(lang, day=day, **facts), say.READ.of(lang)]
    lines += [say.LIMIT.of(lang, text=limit.of(lang)) for limit in part.limits]
    lines += [say.NOTE.of(lang, text=note.of(lang)) for note in part.notes]
    return "\n".join(lines)


def label_of(of: Named, part: Part, graph: Graph, lang: str) -> str:
    """A provision, definition or amount by its citation and its short name."""
    where = [] if part is graph.main else [part.cite.of(lang)]
    where += [of.cite.of(lang)] if of.cite is not None and of.cite.vi else []
    words = of.words.of(lang) if of.words is not None else of.id
    return f"{', '.join(where)}: {words}" if where else words


def description_of(of: Named, part: Part, graph: Graph, lang: str) -> str:
    """The words of the law that something rests on, where they were read, and how."""
    lines = [f"{part.pack}/{of.id}"]
    if of.quote:
        lines.append(say.QUOTE.of(lang, text=of.quote))
    titles = {source.id: source.title.of(lang) for source in part.sources}
    if of.source in titles:
        said = say.READ_IN if of.read_in and not of.grade else say.GRADE
        lines.append(said.of(lang, source=titles[of.source], grade=of.grade))
    if isinstance(of, Provision):
        lines += [say.MISPRINT.of(lang, **slip._asdict()) for slip in of.misprints]
        if of.not_encoded is not None:
            lines.append(say.NOT_ENCODED.of(lang, text=of.not_encoded.of(lang)))
    if of.node < 0 or not part.in_force:
        lines += [] if isinstance(of, Provision) and of.not_encoded else [say.NOT_IN_FORCE.of(lang)]
    else:
        lines += _unit(graph, of.node, lang)
    if isinstance(of, Definition) and of.labels:
        lines.append(say.LABELS.of(lang, labels=_terms(of.labels, lang)))
    if isinstance(of, Amount) and of.up_to:
        lines.append(say.UP_TO.of(lang))
    lines += [say.NOTE.of(lang, text=note.of(lang)) for note in of.notes]
    return "\n".join(lines)


def _unit(graph: Graph, node: int, lang: str) -> list[str]:
    of = graph.nodes[node]
    if of.kind not in ("quantity", "ratio"):
        return []
    unit = unit_label(of.unit, lang) if of.unit else ""
    lines = [say.IN_UNIT.of(lang, unit=unit)] if unit else []
    more = times(of) if of.kind == "quantity" else 1
    return [*lines, say.IN_PARTS.of(lang, times=str(more))] if more > 1 else lines


def input_description(fact: Fact, names: Names, lang: str) -> str:
    """What may be given for a fact."""
    lines = [] if fact.ask is None else [fact.ask.of(lang)]
    if fact.kind == "quantity":
        least, most, each = range_of(fact)
        unit = unit_label(fact.unit, lang) if fact.unit else ""
        facts = {"least": least, "most": most, "step": each}
        shown = {key: people_text(text, lang) for key, text in facts.items()}
        lines.append(say.INPUT_NUMBER.of(lang, unit=unit or say.COUNT.of(lang), **shown))
        if closes(fact):
            lines.append(say.INPUT_NONE.of(lang, complete=names.complete))
    elif fact.kind == "yes_no":
        lines.append(say.INPUT_YES_NO.of(lang))
    elif fact.kind == "class":
        lines.append(say.INPUT_CLASS.of(lang, labels=_terms(fact.labels, lang)))
    elif fact.kind == "date":
        lines.append(say.INPUT_DATE.of(lang))
    else:
        fields = [(field.id, field.words) for field in fact.fields]
        lines.append(say.INPUT_LIST.of(lang, fields=_terms(fields, lang)))
    lines += [say.NOTE.of(lang, text=note.of(lang)) for note in fact.notes]
    return "\n".join(lines)


def _terms(named: Iterable[tuple[str, Words]], lang: str) -> str:
    """Ids with what they mean, in a row."""
    return ", ".join(say.LABEL_TERM.of(lang, id=id_, words=words.of(lang)) for id_, words in named)


def range_of(fact: Fact) -> tuple[str, str, str]:
    """The least and the most that may be stated of a quantity, and its step."""
    most = fact.limit if fact.most is None else min(fact.most, fact.limit)
    ends = (fact.least or 0, most, 1)
    least, most_, each = (decimal(end * step(fact)) for end in ends)
    return least, most_, each
