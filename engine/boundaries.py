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
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem
from tieuchi.engine.edges import SIDES, Edge, edges
from tieuchi.engine.graph import Graph
from tieuchi.engine.load import Program, compile_pack
from tieuchi.engine.pack import Pack
from tieuchi.engine.pack_test import Suite, decision_of, read_suite, test_file
from tieuchi.engine.source import Text
from tieuchi.engine.written import provisions_of


def boundaries(program: Program, name: str, *trees: Path) -> list[Diagnostic]:
    """The thresholds that no case stands on, or just off; nothing where there are no cases."""
    if not test_file(name, *trees).is_file():
        return []
    try:
        suite = read_suite(name, *trees)
        seen = _seen(program, suite)
    except Faults:
        return []  # `pack test` tells them
    return list(_missing(program.packs[program.id], suite, seen))


def _seen(program: Program, suite: Suite) -> dict[Edge, set[str]]:
    """For each threshold the places where cases stand."""
    found: dict[Edge, set[str]] = {}
    graphs: dict[int, Graph] = {}
    for trial in suite.trials:
        day = trial.case.as_of
        if day is None:
            continue
        if day not in graphs:
            graphs[day] = compile_pack(program, day)
        for edge, places in edges(decision_of(trial, graphs[day])):
            found.setdefault(edge, set()).update(places)
    return found


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
