"""Exported models on an engine that is not ours: Apache KIE's (Drools), as one program.

`TIEUCHI_DMN` says where its program is; `sh tests/run.sh` installs it, with npm. Each test posts a
model and what a case states, and reads every decision's result back, exact.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from http.client import HTTPConnection
from typing import Any, NamedTuple

from tieuchi.engine.decision import Given
from tieuchi.engine.export.dmn_decisions import Names
from tieuchi.engine.export.dmn_feel import NOT_APPLICABLE, step
from tieuchi.engine.export.dmn_library import FUNCTIONS
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_MET, possible

PROGRAM = os.environ.get("TIEUCHI_DMN", "")
Results = Mapping[str, Any]


class Engine(NamedTuple):
    """The engine, listening."""

    port: int

    def results(self, model: str, contexts: Sequence[Mapping[str, Any]]) -> list[Results]:
        """Every decision of a model on each of some contexts."""
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda context: self._result(model, context), contexts))

    def faults(self, model: str) -> list[str]:
        """What the engine's own validator finds: the schema, the model, whether it compiles."""
        told = self.post("/jitdmn/validate", model, "application/xml")
        return [each["message"] for each in told if each["messageType"] != "DMNDI_MISSING_DIAGRAM"]

    def _result(self, model: str, context: Mapping[str, Any]) -> Results:
        body = json.dumps({"model": model, "context": context}, default=str)
        told = self.post("/jitdmn/dmnresult", body, "application/json")
        assert not told["messages"], told["messages"][:3]
        return {each["decisionName"]: each["result"] for each in told["decisionResults"]}

    def post(self, path: str, body: str, kind: str) -> Any:
        """What the engine answers, its numbers exact."""
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
    """The engine, started for as long as it is needed."""
    options = ["-Dquarkus.http.port=0", "-Dquarkus.http.host=127.0.0.1"]
    with subprocess.Popen([PROGRAM, *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                found = re.search(r"Listening on: http://127\.0\.0\.1:(\d+)", line)
                if found:
                    yield Engine(int(found[1]))
                    break
        finally:
            process.kill()


# ---- what a case states, as the engine takes it


def context_of(graph: Graph, given: Given, *, complete: bool = False) -> dict[str, Any]:
    """What a case states, by the names of the model; `complete`: what is 0 by that is left out."""
    names = Names(graph, tuple(FUNCTIONS))
    inputs = (*names.facts.values(), *names.closed.values(), names.complete, names.activities)
    found: dict[str, Any] = dict.fromkeys(inputs)
    found[names.complete] = True if complete else None
    for fact in graph.facts:
        if fact.id not in given:
            continue
        value = given[fact.id]
        if fact.kind == "list":
            found[names.closed[fact.id]] = value.complete
            found[names.facts[fact.id]] = [_member(fact, row) for row in value.rows]
        else:
            found[names.facts[fact.id]] = _plain(fact, value)
    if any(name.startswith("@") for name in given):
        found[names.activities] = [
            name for name in graph.activities if given.get(f"@activity/{name}") == MET
        ]
    return found


def _member(fact: Fact, row: Sequence[Value]) -> dict[str, Any]:
    fields = zip(fact.fields, row, strict=True)
    return {field.id: _plain(field, value) for field, value in fields}


def _plain(fact: Fact, value: Value) -> Any:
    if fact.kind == "quantity":
        return _Exact(value, fact) if isinstance(value, int) else None
    if fact.kind == "yes_no":
        return {MET: True, NOT_MET: False}.get(value)
    if fact.kind == "class":
        settled = value and value & (value - 1) == 0
        return fact.labels[value.bit_length() - 1][0] if settled else None
    if fact.kind == "date":
        return date.fromordinal(value).isoformat() if isinstance(value, int) else None
    return value if isinstance(value, str) else None


def _Exact(value: int, fact: Fact) -> Any:
    number = Fraction(value * fact.num, fact.den)
    return int(number) if number.denominator == 1 else float(number)


# ---- what a node came to, as the model says it


def expected(graph: Graph, node: int, value: Value, labels: Sequence[str]) -> Any:
    """The value of a node as its decision gives it."""
    of = graph.nodes[node]
    if of.kind == "truth":
        return {str(outcome) for outcome in possible(value)}
    if of.kind == "class":
        return {label for i, label in enumerate((*labels, NOT_APPLICABLE)) if value >> i & 1}
    if of.kind == "ratio":
        return tuple(_ends(graph, part, each) for part, each in zip(of.args, value, strict=True))
    return _ends(graph, node, value)


def _ends(graph: Graph, node: int, value: Value) -> Any:
    of = graph.nodes[node]
    if value is ABSENT or (isinstance(value, tuple) and value[0] == 1 and value == ABSENT):
        return (None, None, False, True)
    least, most, absent = span(value)
    return (*(_end(of.kind, step(of), end) for end in (least, most)), True, absent)


def _end(kind: str, each: Fraction, end: int | None) -> Any:
    if end is None:
        return None
    return date.fromordinal(end).isoformat() if kind == "date" else end * each


def said(kind: str, result: Any) -> Any:
    """What a decision gives, to be held against `expected`."""
    if kind == "truth":
        assert (result["status"] in ("met", "not_met", "not_applicable")) == (
            sum(result[f"can_be_{each}"] for each in ("met", "not_met", "not_applicable")) == 1
        )
        return {each for each in ("met", "not_met", "not_applicable") if result[f"can_be_{each}"]}
    if kind == "class":
        return set(result)
    if kind == "ratio":
        return said("quantity", result["numerator"]), said("quantity", result["denominator"])
    ends = (result["least"], result["most"])
    plain = tuple(Fraction(end) if isinstance(end, Decimal) else end for end in ends)
    return (*plain, result["can_be_measured"], result["can_be_not_applicable"])
