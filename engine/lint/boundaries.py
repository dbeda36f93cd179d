"""Which thresholds the test cases beside a pack do not stand at: exactly on one, and just off it.

Off it is the side on which the condition changes: just below for "at least" and "less than", just
above for "at most" and "more than"; what cannot be had in single steps (a sum with coefficients)
need only be on that side, and what a cap or floor holds anywhere past it. It knows packs and test
cases; `edges` says where a decision stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.coverage.situations import COMPARED, situations_of
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.lint.cited import figures
from tieuchi.engine.lint.edges import EXACTLY, SIDES, Edge, edges
from tieuchi.engine.load import Program, compile_pack
from tieuchi.engine.pack import Pack
from tieuchi.engine.pack_test import Suite, decision_of, read_suite, test_file
from tieuchi.engine.source import Text
from tieuchi.engine.truth import NOT_MET
from tieuchi.engine.written import provisions_of


def boundaries(program: Program, name: str, *trees: Path) -> list[Diagnostic]:
    """The thresholds that no case stands on, or just off; nothing where there are no cases."""
    if not test_file(name, *trees).is_file():
        return []
    pack = program.packs[program.id]
    try:
        suite = read_suite(name, *trees)
        seen = _Seen(program, suite)
    except Faults:
        return []  # `pack test` tells them
    return [*_missing(pack, suite, seen.edges), *_unfailed(pack, suite, seen), *_cited(pack, suite)]


class _Seen:
    """What the cases of a suite look at: of each threshold the places where they stand, and of the
    checks of the input, by their numbers, those that compare, that they fail and that
    they stand exactly at."""

    def __init__(self, program: Program, suite: Suite) -> None:
        self.edges: dict[Edge, set[str]] = {}
        self.failed: set[int] = set()
        self.exactly: set[int] = set()
        self.compared: set[int] = set()
        graphs: dict[int, Graph] = {}
        for trial in (*suite.trials, *suite.refused):
            day = trial.case.as_of
            if day is None:
                continue
            if day not in graphs:
                graphs[day] = compile_pack(program, day)
            graph = graphs[day]
            checks = graph.main.checks
            if trial.refused:
                graph = unchecked(graph)
            decision = decision_of(trial, graph)
            self.failed |= {
                at for at, check in enumerate(checks) if decision.values[check.truth] == NOT_MET
            }
            for at, check in enumerate(checks):
                if graph.nodes[check.truth].op in COMPARED and not trial.refused:
                    self.compared.add(at)
                    if "boundary" in situations_of(decision, check.truth):
                        self.exactly.add(at)
            for edge, places in () if trial.refused else edges(decision):
                self.edges.setdefault(edge, set()).update(places)


def _unfailed(pack: Pack, suite: Suite, seen: _Seen) -> Iterator[Diagnostic]:
    """The checks that no case fails, or none stands exactly at."""
    for at, check in enumerate(pack.model.checks):
        here = check.mark(pack.file)
        if at not in seen.failed:
            yield problem("check-untested", here, file=suite.file)
        if at in seen.compared - seen.exactly:
            yield problem("boundary-untested", here, name="checks", place=EXACTLY, file=suite.file)


def _cited(pack: Pack, suite: Suite) -> Iterator[Diagnostic]:
    """What all of its own test cases cite otherwise, neither more closely nor more widely."""
    model = pack.model
    owners: dict[str, Any] = {**provisions_of(pack)}
    owners |= {str(name): each for name, each in (*model.define.items(), *model.amounts.items())}
    for name, each in owners.items():
        cites = [trial.cite for trial in suite.trials if name in trial.expect]
        if each.cite is None or not cites or getattr(each, "not_encoded", None) is not None:
            continue
        wanted = {*figures(each.cite.vi)}
        there = [cited for cite in cites if (cited := {*figures(cite)})]
        if wanted and there and not any(wanted <= cite or cite <= wanted for cite in there):
            at = each.cite.mark(pack.file)
            yield problem("cite-untested", at, name=name, cite=each.cite.vi)


def unchecked(graph: Graph) -> Graph:
    """A graph that refuses no case: its checks only come to what they come to."""
    return graph._replace(parts=tuple(part._replace(checks=()) for part in graph.parts))


def _missing(pack: Pack, suite: Suite, seen: dict[Edge, set[str]]) -> Iterator[Diagnostic]:
    for edge, places in seen.items():
        name = ": ".join((edge.owner, ", ".join(edge.cell))) if edge.cell else edge.owner
        for place in edge.places:
            if place not in places:
                yield problem(
                    "boundary-untested", _mark(pack, edge), name=_named(pack, edge) or name,
                    place=place, file=suite.file,
                )  # fmt: skip


def _named(pack: Pack, edge: Edge) -> str:
    """A line of a `first`, by what it leads to; "" for anything else."""
    branch = _branch(pack, edge)
    then = None if branch is None else branch.then
    return f"{edge.owner}: {then}" if isinstance(then, Text) else ""


def _branch(pack: Pack, edge: Edge) -> p.Branch | None:
    """The line of a `first` that a condition of a definition is the test of."""
    define = pack.model.define.get(Text(edge.owner))
    if edge.part != "condition" or define is None or not isinstance(define.body, p.First):
        return None
    lines = []
    for line in define.body.first[:-1]:
        tests = line.when.require if isinstance(line.when, p.Required) else line
        lines += [line] * sum(getattr(tests, way) is not None for way in SIDES)
        if line.when is not None and tests is line:  # made of several, which nobody counts here
            return None
    return lines[edge.number] if edge.number < len(lines) else None


def _mark(pack: Pack, edge: Edge) -> Mark:
    branch = _branch(pack, edge)
    if branch is not None:
        return branch.mark(pack.file)
    model, name = pack.model, Text(edge.owner)
    owner: Any = provisions_of(pack).get(edge.owner) or model.define.get(name)
    owner = owner or model.amounts.get(name) or model.verdict
    return Mark(pack.file) if owner is None else owner.mark(pack.file)
