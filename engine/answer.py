"""From cases to decisions: packs chosen, facts read, both engines run and held against each other.

Everything is validated before the first decision comes out, and all that is wrong with any case is
raised together. `decide` judges; where durable-rules is installed the session looks at the same
case, and a difference between the two is a `Disagreement`, never an answer. It knows cases, packs
and readers of the graph; what an answer looks like is `explain`'s business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tieuchi.engine import __version__, session
from tieuchi.engine.cache import graph_for
from tieuchi.engine.case import Case, Notice
from tieuchi.engine.choose import choose
from tieuchi.engine.contradiction import checked, contradicted
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact, Graph, to_json
from tieuchi.engine.kernel import Value
from tieuchi.engine.source import Text
from tieuchi.engine.truth import NOT_MET

KINDS = {"check": ("subsidy", "standard"), "audit": ("criterion",)}
"""The kinds of packs that a verb looks for; a pack that is named is taken by either."""


class Answer(NamedTuple):
    """One case as one pack decides it."""

    case: Case
    decision: Decision
    notices: tuple[Notice, ...]
    warnings: tuple[Diagnostic, ...]
    engines: tuple[str, ...]  # those that came to it, alike
    trace: tuple[session.Firing, ...] | None  # what the session concluded, in order; if one ran


class Disagreement(Exception):
    """The engines differ on a case: an error of ours, with what reproduces it."""

    def __init__(self, answer: Answer, concluded: Mapping[int, Value]) -> None:
        super().__init__(f"the engines disagree on {answer.decision.graph.main.pack}")
        self.answer = answer
        self.concluded = dict(concluded)  # by node: what the session says where it differs

    def record(self) -> dict[str, Any]:
        """What reproduces it, as plain data: the case as written and as read, and both answers."""
        case, decision = self.answer.case, self.answer.decision
        graph = decision.graph
        return {
            "tieuchi": __version__,
            "packs": {part.pack: part.digest for part in graph.parts},
            "graph_digest": "sha256:" + sha256(_plain(to_json(graph)).encode()).hexdigest(),
            "as_of": str(date.fromordinal(graph.as_of)),
            "case": {
                "where": str(case.mark),
                "complete": case.complete,
                "activities": case.activities,
                "decimal": case.decimal,
                "facts": case.facts,
            },
            "given": decision.given,
            "differences": [
                {
                    "node": node,
                    "is": graph.nodes[node],
                    "decide": decision.values[node],
                    "session": v,
                }
                for node, v in sorted(self.concluded.items())
            ],
        }


def _plain(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def answer(
    cases: Iterable[Case],
    kinds: Collection[str],
    today: int,
    trees: tuple[Path, ...] = (),
) -> list[Answer]:
    """The answers to all cases, in order. Raises `Faults` with all mistakes, or `Disagreement`."""
    questions: list[tuple[Case, list[Notice]]] = []
    decisions: list[Decision] = []
    faults: list[Diagnostic] = []
    graphs = _Graphs(kinds, trees)
    for case in cases:
        try:
            chosen = graphs.of(case, today if case.as_of is None else case.as_of)
        except Faults as found:
            faults += found.diagnostics
            continue
        for graph in chosen:
            others = [other for other in chosen if other is not graph]
            try:
                given, notices = read_given(graph, case, others)
                decisions.append(decided(graph, given, case))
                questions.append((case, notices))
            except Faults as found:
                seen = {(fault.code, fault.mark) for fault in faults}
                faults += [f for f in found.diagnostics if (f.code, f.mark) not in seen]
    if not faults and not questions:
        faults.append(problem("no-cases", Mark("-")))
    if faults:
        raise Faults(faults)
    return [
        _held(Answer(case, decision, tuple(notices), tuple(_warnings(case, decision)), (), None))
        for (case, notices), decision in zip(questions, decisions, strict=True)
    ]


class _Graphs:
    """The graphs of the packs that look at cases, each had once."""

    def __init__(self, kinds: Collection[str], trees: tuple[Path, ...]) -> None:
        self.kinds = kinds
        self.trees = trees
        self.named: dict[tuple[str, int], Graph] = {}
        self.chosen: dict[tuple[tuple[str, ...], int], list[Graph]] = {}

    def of(self, case: Case, as_of: int) -> list[Graph]:
        """Those of one case, in the order named, else by name. Raises `Faults`."""
        if case.packs:
            return self._named(case, as_of)
        key = (case.places, as_of)
        if key not in self.chosen:
            self.chosen[key] = choose(self.kinds, case.places, as_of, self.trees)
        if not self.chosen[key]:
            raise Faults([problem("no-pack", case.mark)])
        return self.chosen[key]

    def _named(self, case: Case, as_of: int) -> list[Graph]:
        faults: list[Diagnostic] = []
        found: list[Graph] = []
        for name in dict.fromkeys(case.packs):
            try:
                if (name, as_of) not in self.named:
                    self.named[name, as_of] = graph_for(name, as_of, *self.trees)
                found.append(self.named[name, as_of])
            except Faults as wrong:
                faults += [_at_name(fault, name, case) for fault in wrong.diagnostics]
        if faults:
            raise Faults(faults)
        return found


def _at_name(fault: Diagnostic, name: Text, case: Case) -> Diagnostic:
    """A fault of the name itself stands where the case names it."""
    if fault.code != "pack-unknown" or fault.mark != Mark(name):
        return fault
    if name.line:
        return fault._replace(mark=Mark(case.file, name.line, name.column))
    return fault._replace(mark=Mark("--pack"))


# ---- both engines


def _held(answer: Answer) -> Answer:
    """The answer with the engines that agree on it. Raises `Disagreement`."""
    decision = answer.decision
    if not session.available():
        return answer._replace(engines=("decide",))
    ran = session.run(decision.graph, decision.given)
    nodes = session.disagreements(decision, ran)
    if nodes:
        raise Disagreement(answer, {node: ran.value(node) for node in nodes})
    return answer._replace(engines=("decide", "durable-rules"), trace=tuple(ran.trace))


# ---- what a case contradicts


def decided(graph: Graph, given: Given, case: Case) -> Decision:
    """The decision; a case that cannot be is a fault at its place."""
    try:
        return decide(graph, given)
    except CaseError as error:
        raise Faults([contradicted(graph, given, error, _places(case))]) from None


def _warnings(case: Case, decision: Decision) -> Iterable[Diagnostic]:
    """The checks of the input that fail and forbid nothing."""
    for part in decision.graph.parts:
        for check in part.checks:
            if check.level == "warning" and decision.values[check.truth] == NOT_MET:
                yield checked("check-warned", decision.graph, check, _places(case))


def _places(case: Case) -> Callable[[Sequence[Fact]], Mark]:
    return lambda facts: _mark(case, facts)


def _mark(case: Case, facts: Sequence[Fact]) -> Mark:
    """Where the case states the first of these facts; else the case itself."""
    names = {fact.id for fact in facts}
    for key in case.facts:
        if key in names:
            return Mark(case.file, key.line, key.column) if case.file else Mark(key)
    return case.mark
