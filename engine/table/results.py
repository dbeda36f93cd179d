"""What a decided table shows: a provision's status and shortfall, the ends of an amount.

`plan(graph).over(frame, keep)` makes these of a frame of facts (see `columns`): for a provision
``P`` the column ``P`` (met, not_met, not_applicable, undetermined) and, where it compares a number,
``P.shortfall`` in the unit of what is measured; for an amount ``P.least`` and
``P.most``; ``@broken`` where a row's facts contradict each other or fail a check of the input.
Of a pack without a verdict, or where definitions are asked for too, a class ``D`` is the column
``D`` (its label; null while it can be several), a condition is a status, a quantity or a day
``D.least`` and ``D.most``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.graph import Amount, Definition, Graph, Node, Provision
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.results import results as results_of
from tieuchi.engine.table.cells import Labels, Outcomes, Range
from tieuchi.engine.table.columns import Columns
from tieuchi.engine.table.openness import missing as missing_facts
from tieuchi.engine.table.shortfalls import WIDE, shortfall
from tieuchi.engine.table.terms import (
    Bound,
    Term,
    Truth,
    both,
    choose,
    either,
    expression,
    negate,
)
from tieuchi.engine.truth import Status

STATUSES = tuple(str(status) for status in Status)
BROKEN = "@broken"
VERDICT = "status"
MISSING = "@missing/"
SHARE = "@share/"
INNER = (MISSING, SHARE)
"""What the names of results begin with that are for the summary alone."""


class NoDecimal(ValueError):
    """A figure whose step no decimal is equal to, such as a third of a đồng: no column holds it."""

    def __init__(self, step: str, unit: str) -> None:
        super().__init__(f"a step of {step} {unit} is no decimal")
        self.step = step
        self.unit = unit


class Result(NamedTuple):
    """A column of the decided table and what it says: "verdict", "status", "shortfall", "least",
    "most", "class", "missing": that a row is open for want of a fact, or "share": a shortfall in
    thousandths of what is required, rounded up, where that is another number in each row."""

    name: str
    kind: str
    of: Provision | Amount | Definition | None
    unit: str = ""
    places: int = 0  # after the decimal mark, where a step is no whole number of the unit


class Plan(NamedTuple):
    """The columns that decide a graph, layer by layer, and what they give."""

    columns: Columns
    values: dict[str, Any]  # the expressions of the results, and of `BROKEN`
    results: tuple[Result, ...]

    @property
    def graph(self) -> Graph:
        """What is decided by."""
        return self.columns.graph

    def over(self, frame: nw.LazyFrame[Any], keep: Sequence[str]) -> nw.LazyFrame[Any]:
        """The frame's columns `keep`, the results and `BROKEN`."""
        layered = self.columns.sheet.over(frame)
        return layered.select(*keep, **self.values)


def plan(
    graph: Graph,
    *,
    activities: bool | frozenset[str] = False,
    only: frozenset[str] | None = None,
    enum: bool = True,
    missing: bool = False,
    defined: bool = False,
) -> Plan:
    """How a graph decides a table.

    `activities`: these alone are asked about, or, where True, the frame says which; `only` these
    provisions and amounts; `enum`: statuses are an Enum (not every back end has one); `missing`:
    say what a row is open for, and what its shortfalls are a share of; `defined`: give the
    definitions too, but ratios and those whose step no decimal is equal to.
    """
    columns = Columns(graph, activities)
    part, values, results = graph.main, dict[str, Any](), list[Result]()
    words = nw.Enum(STATUSES) if enum else nw.String()
    if part.in_force and part.verdict >= 0:
        values[VERDICT] = _status(columns.cell(part.verdict), words)
        results.append(Result(VERDICT, "verdict", None))
    for provision in part.provisions:
        if only is not None and provision.id not in only:
            continue
        results.append(Result(provision.id, "status", provision))
        if provision.node < 0:
            values[provision.id] = nw.lit(None, dtype=words)
            continue
        truth = columns.cell(provision.node)
        values[provision.id] = _status(truth, words)
        short = shortfall(columns, provision, truth, shares=missing)
        if short is not None:
            name, node = f"{provision.id}.shortfall", short.node
            values[name] = expression_of(short.steps, node)
            results.append(Result(name, "shortfall", provision, node.unit, _places(node)))
            if short.share is not None:
                values[SHARE + provision.id] = expression(short.share)
                results.append(Result(SHARE + provision.id, "share", provision))
    for amount in part.amounts:
        if only is None or amount.id in only:
            results += _amount(columns, amount, values)
    for definition in part.definitions if defined else results_of(graph):
        if defined or only is None or definition.id in only:
            results += _definition(columns, definition, values, words)
    broken = [condition for _, condition in columns.broken]
    for of in graph.parts:
        failing = [check.truth for check in of.checks if check.level == "error"]
        broken += [columns.cell(truth).surely_not for truth in failing]
    values[BROKEN] = _literal(either(*broken))
    if missing:
        for fact, wanted in missing_facts(columns, _asked(graph)).items():
            values[MISSING + fact] = _literal(wanted)
            results.append(Result(MISSING + fact, "missing", None))
    return Plan(columns, values, tuple(results))


def _asked(graph: Graph) -> list[int]:
    """The truths that a table is asked for: the verdict's, else every provision's."""
    part = graph.main
    if part.in_force and part.verdict >= 0:
        return [part.verdict]
    return [provision.node for provision in part.provisions if provision.node >= 0]


def _literal(condition: Truth) -> Any:
    return condition.expr if isinstance(condition, Term) else nw.lit(condition)


def _status(truth: Outcomes, words: Any) -> Any:
    def word(status: Status) -> nw.Expr:
        return nw.lit(str(status), dtype=words)

    branches = [
        (truth.surely_met, word(Status.MET)),
        (truth.surely_not, word(Status.NOT_MET)),
        (both(negate(truth.met), negate(truth.not_met)), word(Status.NOT_APPLICABLE)),
    ]
    out = word(Status.UNDETERMINED)
    for condition, status in reversed(branches):
        if condition is True:
            out = status
        elif isinstance(condition, Term):
            out = nw.when(condition.expr).then(status).otherwise(out)
    return out


# ---- amounts and numbers


def _amount(columns: Columns, amount: Amount, values: dict[str, Any]) -> list[Result]:
    if amount.node < 0:
        for end in ("least", "most"):
            values[f"{amount.id}.{end}"] = nw.lit(None, dtype=nw.Int64)
        return [Result(f"{amount.id}.{end}", end, amount) for end in ("least", "most")]
    node, cell = columns.graph.nodes[amount.node], columns.cell(amount.node)
    return _ends(amount, node, {"least": cell.low, "most": cell.high}, values)


def _definition(
    columns: Columns, of: Definition, values: dict[str, Any], words: Any
) -> list[Result]:
    node, cell = columns.graph.nodes[of.node], columns.cell(of.node)
    if isinstance(cell, Outcomes):
        values[of.id] = _status(cell, words)
        return [Result(of.id, "status", of)]
    if isinstance(cell, Labels) and of.labels:
        values[of.id] = _label(cell, [label for label, _ in of.labels])
        return [Result(of.id, "class", of)]
    if not isinstance(cell, Range) or "/" in decimal_text(1, node.num, node.den):
        return []
    ends = {"least": cell.low, "most": cell.high}
    there = {end: choose(cell.absent, None, steps) for end, steps in ends.items()}
    return _ends(of, node, there, values)


def _ends(
    of: Amount | Definition, node: Node, ends: dict[str, Bound], values: dict[str, Any]
) -> list[Result]:
    """The ends of a number, by their names."""
    for end, steps in ends.items():
        values[f"{of.id}.{end}"] = expression_of(steps, node)
    return [Result(f"{of.id}.{end}", end, of, node.unit, _places(node)) for end in ends]


def _places(node: Node) -> int:
    """How many digits a step has after the decimal mark."""
    return len(decimal_text(1, node.num, node.den).partition(".")[2])


def _label(cell: Labels, names: Sequence[str]) -> Any:
    """The one label that is possible; null where several are, or it may be not applicable."""
    out: Any = nw.lit(None, dtype=nw.String)
    for i, name in enumerate(names):
        others = either(cell.absent, cell.among((1 << len(names)) - 1 & ~(1 << i)))
        if others is False:
            return nw.lit(name, dtype=nw.String)
        if isinstance(others, Term):
            only = nw.lit(name, dtype=nw.String)
            out = nw.when(others.expr).then(out).otherwise(only)
    return out


def expression_of(steps: Bound, node: Node) -> Any:
    """A number of steps in its unit: a whole number, or a decimal of as many digits as a step has.

    Raises NoDecimal for a step that no decimal is equal to.
    """
    if steps is None:
        return nw.lit(None, dtype=nw.Int64)
    out = nw.lit(steps, dtype=nw.Int64) if isinstance(steps, int) else expression(steps)
    if node.num % node.den == 0:
        factor = node.num // node.den
        return out if factor == 1 else out * factor
    step = decimal_text(1, node.num, node.den)
    if "/" in step:
        raise NoDecimal(step, node.unit)
    return out.cast(WIDE) * nw.lit(Decimal(step))
