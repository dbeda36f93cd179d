"""Exported models on an engine that is not ours: Apache KIE's (Drools), as one program.

`TIEUCHI_DMN` says where its program is; `sh tests/dmn.sh` installs it, with npm. It is started
once, is posted a model and what cases state, and its results are read back exactly.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from http.client import HTTPConnection
from threading import Thread
from typing import Any, NamedTuple

from tieuchi.engine.decision import Given
from tieuchi.engine.export.dmn import model
from tieuchi.engine.export.dmn.decisions import Names, named_in
from tieuchi.engine.export.dmn.elements import Input, Model
from tieuchi.engine.export.dmn.feel import NOT_APPLICABLE, step
from tieuchi.engine.export.dmn.library import FUNCTIONS
from tieuchi.engine.export.dmn.writing import xml
from tieuchi.engine.graph import Amount, Definition, Fact, Graph, Provision, labels_by_node
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_MET, possible

PROGRAM = os.environ.get("TIEUCHI_DMN", "")
OUTCOMES = ("met", "not_met", "not_applicable")
Context = dict[str, Any]
Results = Mapping[str, Any]


# ---- the engine


class Engine(NamedTuple):
    """The engine, listening."""

    port: int

    def results(self, written: str, context: Context) -> Results:
        """Every decision of a model as it stands."""
        body = json.dumps({"model": written, "context": context})
        told = self._post("/jitdmn/dmnresult", body, "application/json")
        assert not told["messages"], told["messages"][:3]
        return {each["decisionName"]: each["result"] for each in told["decisionResults"]}

    def results_of_many(
        self, of: Model, written: str, contexts: Sequence[Context]
    ) -> list[Results]:
        """The same of several cases at once: the model is read only once, and all of it becomes a
        service that one more decision calls for each case."""
        given = dict.fromkeys(contexts[0])
        told = self.results(_with_service(of, written), {**given, "cases_": contexts})
        return list(told["results_"])

    def faults(self, written: str) -> list[str]:
        """What the engine's own validator finds: by the schema of DMN, in the model, compiled.

        That functions are in no diagram with the decisions is meant; tables it cannot analyse are
        no fault.
        """
        told = self._post("/jitdmn/validate", written, "application/xml")
        return [
            each["message"]
            for each in told
            if each["messageType"] != "DMNDI_MISSING_DIAGRAM"
            and not each["message"].startswith("Skipped Decision Table Analysis")
        ]

    def _post(self, path: str, body: str, kind: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("POST", path, body.encode(), {"Content-Type": kind})
            answer = connection.getresponse()
            said = answer.read().decode()
        finally:
            connection.close()
        assert answer.status == 200, said[:2000]
        return json.loads(said, parse_float=Decimal, parse_int=Decimal)


@contextmanager
def running() -> Iterator[Engine]:
    """The engine, for as long as it is needed."""
    options = ["-Dquarkus.http.port=0", "-Dquarkus.http.host=127.0.0.1"]
    with subprocess.Popen([PROGRAM, *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            listening = re.compile(r"Listening on: http://127\.0\.0\.1:(\d+)")
            found = next(filter(None, map(listening.search, process.stdout)))
            Thread(target=process.stdout.read, daemon=True).start()  # a full pipe stops it
            yield Engine(int(found[1]))
        finally:
            process.kill()


_SERVICE = """\
<decisionService id="all_" name="all_"><variable id="all_.v" name="all_"/>{decisions}{inputs}\
</decisionService>
<inputData id="cases_" name="cases_"><variable id="cases_.v" name="cases_"/></inputData>
<decision id="results_" name="results_"><variable id="results_.v" name="results_"/>\
<informationRequirement><requiredInput href="#cases_"/></informationRequirement>\
<knowledgeRequirement><requiredKnowledge href="#all_"/></knowledgeRequirement>\
<literalExpression><text>for c in cases_ return all_({arguments})</text></literalExpression>\
</decision>
"""


def _with_service(of: Model, written: str) -> str:
    added = _SERVICE.format(
        decisions="".join(f'<outputDecision href="#{each.name}"/>' for each in of.decisions),
        inputs="".join(f'<inputData href="#{each.name}"/>' for each in of.inputs),
        arguments=", ".join(map(_argument, of.inputs)),
    )
    before, mark, after = written.partition("  <businessKnowledgeModel")
    return before + added + mark + after


def _argument(of: Input) -> str:
    """What a case gives; a day inside a list comes as text."""
    name = f"c.{of.name}"
    return f"if {name} = null then null else date({name})" if of.type == "date" else name


# ---- what a case states, as the engine takes it


class Exported(NamedTuple):
    """A graph with its model."""

    graph: Graph
    model: Model
    written: str
    names: Names

    def context(self, given: Given, *, complete: bool = False) -> Context:
        """What a case states, by the names of the model; what it does not state is null."""
        names = self.names
        found: Context = {each.name: None for each in self.model.inputs}
        found[names.complete] = complete or None
        for fact in self.graph.facts:
            value = given.get(fact.id)
            if fact.kind == "list" and value is not None:
                found[names.closed[fact.id]] = value.complete
                found[names.facts[fact.id]] = [_member(fact, row) for row in value.rows]
            elif value is not None:
                found[names.facts[fact.id]] = _plain(fact, value)
        if any(name.startswith("@activity/") for name in given):
            asked = [a for a in self.graph.activities if given.get(f"@activity/{a}") == MET]
            found[names.activities] = asked
        return found


def exported(graph: Graph, lang: str = "vi") -> Exported:
    """The model of a graph."""
    made = model(graph, lang)
    return Exported(graph, made, xml(made, lang), Names(graph, tuple(FUNCTIONS)))


def _member(fact: Fact, row: Sequence[Value]) -> Context:
    fields = zip(fact.fields, row, strict=True)
    return {field.id: _plain(field, value) for field, value in fields}


def _plain(fact: Fact, value: Value) -> Any:
    if fact.kind == "quantity":
        return _number(Fraction(value * fact.num, fact.den)) if isinstance(value, int) else None
    if fact.kind == "yes_no":
        return {MET: True, NOT_MET: False}.get(value)
    if fact.kind == "class":
        settled = value and value & (value - 1) == 0
        return fact.labels[value.bit_length() - 1][0] if settled else None
    if fact.kind == "date":
        return date.fromordinal(value).isoformat() if isinstance(value, int) else None
    return value if isinstance(value, str) else None


def _number(value: Fraction) -> int | float:
    """A number for JSON; what a fact may be has fewer than the 15 digits that a float keeps."""
    return int(value) if value.denominator == 1 else float(value)


# ---- what came out, and what should


def wanted(graph: Graph, of: Provision | Definition | Amount, values: Sequence[Value]) -> Any:
    """The value of a provision, definition or amount as its decision should give it."""
    if of.node < 0:
        return None
    labels = [label for label, _ in labels_by_node(graph).get(of.node, ())]
    return _wanted(graph, of.node, values[of.node], labels)


def _wanted(graph: Graph, node: int, value: Value, labels: Sequence[str]) -> Any:
    kind = graph.nodes[node].kind
    if kind == "truth":
        return {str(outcome) for outcome in possible(value)}
    if kind == "class":
        return {label for i, label in enumerate((*labels, NOT_APPLICABLE)) if value >> i & 1}
    if kind == "ratio":
        parts = graph.nodes[node].args
        return [_wanted(graph, at, each, ()) for at, each in zip(parts, value, strict=True)]
    if value == ABSENT:
        return (None, None, False, True)
    least, most, absent = span(value)
    return (_end(graph, node, least), _end(graph, node, most), True, absent)


def _end(graph: Graph, node: int, end: int | None) -> Any:
    of = graph.nodes[node]
    if end is None:
        return None
    return date.fromordinal(end).isoformat() if of.kind == "date" else end * step(of)


def got(result: Any) -> Any:
    """What a decision gave, to be held against `wanted`."""
    if isinstance(result, list):
        return set(result)
    if result is None:
        return None
    if "status" in result:
        found = {each for each in OUTCOMES if result[f"can_be_{each}"]}
        status = next(iter(found)) if len(found) == 1 else "undetermined"
        return found if result["status"] == status else {*found, f"yet {result['status']}"}
    if "numerator" in result:
        return [got(result[part]) for part in ("numerator", "denominator")]
    ends = (result["least"], result["most"])
    plain = [Fraction(end) if isinstance(end, Decimal) else end for end in ends]
    return (*plain, result["can_be_measured"], result["can_be_not_applicable"])


def differences(of: Exported, values: Sequence[Value], results: Results) -> dict[str, Any]:
    """The provisions, definitions, amounts and the verdict on which an engine and `decide` differ:
    what the one gave and what the other."""
    graph, names = of.graph, of.names
    found = {}
    for part in graph.parts:
        for each in named_in(part):
            name = names.named[part.pack, each.id]
            told = got(results[name])
            if part.in_force and told != wanted(graph, each, values):
                found[name] = (told, wanted(graph, each, values))
    if graph.main.verdict >= 0:
        should = _wanted(graph, graph.main.verdict, values[graph.main.verdict], ())
        if got(results[names.verdict]) != should:
            found[names.verdict] = (got(results[names.verdict]), should)
    return found
