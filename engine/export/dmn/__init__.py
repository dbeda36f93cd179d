"""A pack as a decision model, DMN 1.5: what a modeller opens and another engine evaluates.

Every provision, definition and amount is a decision, every fact an input, and the algebra of what
is possible a library of functions; so what is undetermined here is undetermined there. Nothing of
the graph is left out: what FEEL cannot say is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tieuchi.engine.export.dmn import phrases as say
from tieuchi.engine.export.dmn.checks import looked_at
from tieuchi.engine.export.dmn.decisions import Decisions, Names, Written, named_in
from tieuchi.engine.export.dmn.elements import Decision, Field, Input, Model, Table, Type
from tieuchi.engine.export.dmn.feel import NOT_APPLICABLE, TYPES, Inexpressible, odd_part
from tieuchi.engine.export.dmn.function import LABELS, OUTCOME
from tieuchi.engine.export.dmn.library import FUNCTIONS
from tieuchi.engine.export.dmn.said import (
    description_of,
    input_description,
    label_of,
    model_description,
)
from tieuchi.engine.export.dmn.writing import xml
from tieuchi.engine.export.request import Request
from tieuchi.engine.graph import Definition, Fact, Graph
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.words import Words

_STATES = (Field("can_be_measured", "boolean"), Field("can_be_not_applicable", "boolean"))
_TYPES = (
    Type(
        OUTCOME,
        fields=(
            Field("status", "string"),
            Field("can_be_met", "boolean"),
            Field("can_be_not_met", "boolean"),
            Field("can_be_not_applicable", "boolean"),
        ),
    ),
    Type("tQuantity", fields=(Field("least", "number"), Field("most", "number"), *_STATES)),
    Type("tDay", fields=(Field("least", "date"), Field("most", "date"), *_STATES)),
    Type(
        "tRatio",
        fields=(
            Field("numerator", "tQuantity"),
            Field("denominator", "tQuantity"),
            Field("value", "tQuantity"),
        ),
    ),
    Type(LABELS, "string", many=True),
    Type("tNumbers", "number", many=True),
    Type("tQuantities", "tQuantity", many=True),
    Type("tSetsOfLabels", LABELS, many=True),
)
_PLAIN = {"quantity": "number", "yes_no": "boolean", "class": "string", "date": "date"}
_ROWS = {"number": "tNumbers", "string": LABELS, "tQuantity": "tQuantities"}


def text(request: Request) -> str:
    """The model as XML. Raises `feel.Inexpressible` for what FEEL cannot say."""
    return xml(model(request.graph, request.lang), request.lang)


def model(graph: Graph, lang: str) -> Model:
    """The model of a graph, what is said in it in one language."""
    _refuse(graph)
    names = Names(graph, tuple(FUNCTIONS))
    writer = Decisions(graph, names)
    decided = [writer.decide(part, of) for part in graph.parts for of in named_in(part)]
    decided += [*_verdict(writer), *looked_at(writer, lang)]
    decisions = [_worded(made, graph, lang) for made in decided]
    labels = {made.name: made.label for made in decisions}
    steps = {made.name: made for made in writer.made}
    on_the_way = [_on_the_way(made, _whose(made, steps, labels), lang) for made in writer.made]
    part = graph.main
    day = date.fromordinal(graph.as_of).isoformat()
    return Model(
        part.pack,
        f"urn:tieuchi:{part.pack}:{day}",
        part.title.of(lang),
        model_description(graph, lang),
        (*_TYPES, *(_member(fact, names) for fact in graph.facts if fact.kind == "list")),
        tuple(_inputs(graph, names, lang)),
        (*on_the_way, *decisions),
        tuple(made.name for made in decided if made.kind == "labels"),
    )


def _refuse(graph: Graph) -> None:
    """Raises `Inexpressible` where what is given has no words in FEEL."""
    for fact in graph.facts:
        if fact.kind == "quantity" and odd_part(Fraction(fact.num, fact.den).denominator) > 1:
            each = decimal_text(1, fact.num, fact.den)
            said = {"fact": Words(fact.id, fact.id), "step": Words(each, each)}
            raise Inexpressible(say.NO_STEP.words(**said))
    fields = (field for fact in graph.facts for field in fact.fields)
    definitions = (of for part in graph.parts for of in part.definitions)
    labelled: list[Fact | Definition] = [*graph.facts, *fields, *definitions]
    for of in labelled:
        if NOT_APPLICABLE in (label for label, _ in of.labels):
            said = {"label": Words(NOT_APPLICABLE, NOT_APPLICABLE), "name": Words(of.id, of.id)}
            raise Inexpressible(say.LABEL_TAKEN.words(**said))


# ---- inputs


def _inputs(graph: Graph, names: Names, lang: str) -> Iterator[Input]:
    for fact in graph.facts:
        name = names.facts[fact.id]
        kind = _PLAIN.get(fact.kind) or f"t_{name}"
        yield Input(name, kind, fact.words.of(lang), input_description(fact, names, lang))
        if fact.kind == "list":
            closed = say.CLOSED.of(lang, list=fact.words.of(lang))
            says = say.CLOSED_SAYS.of(lang, list=name, complete=names.complete)
            yield Input(names.closed[fact.id], "boolean", closed, says)
    says = say.COMPLETE_SAYS.of(lang)
    yield Input(names.complete, "boolean", say.COMPLETE.of(lang), says)
    if graph.activities:
        terms = {
            name: say.LABEL_TERM.of(lang, id=name, words=words.of(lang))
            for part in graph.parts
            for name, words in part.activities
        }
        says = say.ACTIVITIES_SAYS.of(lang, labels=", ".join(terms.values()))
        yield Input(names.activities, LABELS, say.ACTIVITIES.of(lang), says)


def _member(fact: Fact, names: Names) -> Type:
    fields = tuple(Field(f.id, _PLAIN.get(f.kind, "string")) for f in fact.fields)
    return Type(f"t_{names.facts[fact.id]}", fields=fields, many=True)


# ---- decisions


def _verdict(writer: Decisions) -> Iterator[Written]:
    part = writer.graph.main
    if part.verdict >= 0:
        yield writer.named(writer.names.verdict, part.verdict)


# ---- words


def _worded(made: Written, graph: Graph, lang: str) -> Decision:
    """A decision with what is said of it: of the law, or of the input."""
    if made.of is not None and made.part is not None:
        label = label_of(made.of, made.part, graph, lang)
        return _made(made, label, description_of(made.of, made.part, graph, lang))
    about = graph.main.about
    if made.kind == "labels":
        is_error = made.name.startswith("input_errors")
        label = (say.ERRORS if is_error else say.WARNINGS).of(lang)
        return _made(made, label, (say.ERRORS_SAYS if is_error else say.WARNINGS_SAYS).of(lang))
    if about is None:
        return _made(made, say.VERDICT_ALONE.of(lang), "")
    return _made(made, say.VERDICT.of(lang, about=about.of(lang)), "")


def _whose(made: Written, steps: dict[str, Written], labels: dict[str, str]) -> str:
    """The label of the decision that needs a step, through other steps."""
    owner = made.owner
    while owner in steps:
        owner = steps[owner].owner
    return labels[owner]


def _on_the_way(made: Written, of: str, lang: str) -> Decision:
    """A table or a step, by the decision that needs it."""
    if isinstance(made.body, Table):
        return _made(made, say.TABLE.of(lang, of=of), say.TABLE_SAYS.of(lang))
    return _made(made, say.PART.of(lang, of=of), "")


def _made(made: Written, label: str, description: str) -> Decision:
    kind = (
        _ROWS.get(made.body.type, "tSetsOfLabels")
        if isinstance(made.body, Table)
        else (LABELS if made.kind == "labels" else TYPES[made.kind])
    )
    return Decision(made.name, kind, label, description, made.body, made.reads)
