"""Which thresholds the test cases beside a pack do not stand at: exactly on one, and just off it.

Off it is the side on which the condition changes: just below for "at least" and "less than", just
above for "at most" and "more than"; what cannot be had in single steps (a sum with coefficients)
need only be on that side. It knows packs, test cases and decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

from tieuchi.engine.decision import Decision
from tieuchi.engine.diagnostic import Diagnostic, Faults, problem
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.kernel import Value
from tieuchi.engine.load import Program, compile_pack
from tieuchi.engine.pack_test import Suite, decision_of, read_suite, test_file
from tieuchi.engine.quantity import parse_unit
from tieuchi.engine.written import provisions_of

SIDES: Final = {"at_least": "below", "less_than": "below", "at_most": "above", "more_than": "above"}


class Line(NamedTuple):
    """One comparison of a provision: its threshold is a line that cases stand on or beside."""

    provision: str
    test: int
    comparison: str
    steps: bool  # whether it can be missed by one step


def boundaries(program: Program, name: str, *trees: Path) -> list[Diagnostic]:
    """The lines that no case stands on, or just off; nothing where there are no cases."""
    if not test_file(name, *trees).is_file():
        return []
    try:
        suite = read_suite(name, *trees)
        seen = _seen(program, suite)
    except Faults:
        return []  # `pack test` tells them
    return list(_missing(program, suite, seen))


def _seen(program: Program, suite: Suite) -> dict[Line, set[str]]:
    """For each line, "exactly" and the side, as far as cases stand there."""
    found: dict[Line, set[str]] = {}
    graphs: dict[int, Graph] = {}
    for trial in suite.trials:
        day = trial.case.as_of
        if day is None or trial.is_refused:
            continue
        if day not in graphs:
            graphs[day] = compile_pack(program, day)
        decision = decision_of(trial, graphs[day])
        for line, off in _offs(decision):
            places = found.setdefault(line, set())
            if off is not None:
                places |= _places(line, off)
    return found


def _places(line: Line, off: Fraction) -> set[str]:
    if off == 0:
        return {"exactly"}
    side = SIDES[line.comparison]
    beside = off < 0 if side == "below" else off > 0
    return {side} if beside and (abs(off) <= 1 or not line.steps) else set()


def _offs(decision: Decision) -> Iterator[tuple[Line, Fraction | None]]:
    """How many steps each comparison of the main pack is off its threshold; None while open."""
    nodes, values = decision.graph.nodes, decision.values
    for of in decision.graph.main.provisions:
        for index, test in enumerate(of.tests):
            if test.comparison not in SIDES or test.required < 0:
                continue
            measured, required = nodes[test.measured], nodes[test.required]
            line = Line(of.id, index, test.comparison, _in_steps(decision.graph, measured))
            yield (
                line,
                _off(nodes, measured, values[test.measured], required, values[test.required]),
            )


def _in_steps(graph: Graph, node: Node) -> bool:
    """Whether one step more of some fact is one step more of it."""
    if node.op in ("linear", "sum"):
        factors = set(node.args[1::2])
        return len(factors) == 1 and all(
            graph.nodes[at].op in ("fact", "else") for at in node.args[2::2]
        )
    return node.op in ("fact", "else", "count", "elapsed", "ratio")


def _off(
    nodes: tuple[Node, ...], measured: Node, value: Value, required: Node, wanted: Value
) -> Fraction | None:
    if wanted.__class__ is not int or required.kind != "quantity":
        return None
    asked = wanted * _base(required)
    if measured.kind == "ratio":
        part, whole = (nodes[at] for at in measured.args)
        n, d = value
        if n.__class__ is not int or d.__class__ is not int or d == 0:
            return None
        return (n * _base(part) - asked * d * _base(whole)) * Fraction(
            _base(part).denominator, _base(part).numerator
        )
    if value.__class__ is not int or measured.kind != "quantity":
        return None
    return (value * _base(measured) - asked) * Fraction(
        _base(measured).denominator, _base(measured).numerator
    )


def _base(node: Node) -> Fraction:
    """What one integer of a quantity is, in base units."""
    return Fraction(node.num, node.den) * Fraction(*parse_unit(node.unit or "1").factor)


def _missing(program: Program, suite: Suite, seen: dict[Line, set[str]]) -> Iterator[Diagnostic]:
    pack = program.packs[program.id]
    models: dict[str, Any] = provisions_of(pack)
    for line, places in seen.items():
        for place in ("exactly", SIDES[line.comparison]):
            if place not in places:
                yield problem(
                    "boundary-untested", models[line.provision].mark(pack.file),
                    name=line.provision, place=place, file=suite.file,
                )  # fmt: skip
