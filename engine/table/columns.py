"""From the nodes of a graph to columns: what `kernel` counts for one case, for all rows at once.

`Columns` makes the cell of each node from those before it; `MAKERS` has one function an op. The
input is a frame with a column for every fact, in the graph's integers (yes/no as booleans, a class
as the label's id, a day as its ordinal; null where nothing is stated), ``@activity/…`` booleans
and, for a count over a list, ``@N_low`` and ``@N_high`` (see `members`). Where facts contradict
each other a row is `broken`. It knows nodes and numbers only: no provision, file or back end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tieuchi.engine.graph import Graph, reads
from tieuchi.engine.table import choices, quantities, truths
from tieuchi.engine.table.cells import Labels, Outcomes, Range, constant
from tieuchi.engine.table.making import Cell, Maker
from tieuchi.engine.table.terms import Sheet, Term, Truth, column, negate, term

MAKERS: Mapping[str, Maker] = {**truths.MAKERS, **quantities.MAKERS, **choices.MAKERS}


class Columns:
    """The cells of a graph's nodes, made when they are asked for, over a sheet of named columns."""

    def __init__(self, graph: Graph, activities: bool | frozenset[str], prefix: str = "") -> None:
        self.graph = graph
        self.sheet = Sheet(prefix)
        self.broken: list[tuple[int, Truth]] = []  # the node where two statements meet
        self._activities = activities
        self._cells: dict[int, Cell] = {}

    def cell(self, node: int) -> Cell:
        """What a node can be."""
        for at in self._below(node):
            self._cells[at] = self._made(at)
        return self._cells[node]

    def _below(self, node: int) -> list[int]:
        """The nodes that a node needs and that are not made yet, itself last, in order."""
        found, todo = set(), [node]
        while todo:
            at = todo.pop()
            if at not in found and at not in self._cells:
                found.add(at)
                todo += self._reads(at)
        return sorted(found)

    def _reads(self, at: int) -> Sequence[int]:
        return reads(self.graph.nodes[at])

    def _made(self, at: int) -> Cell:
        node = self.graph.nodes[at]
        if node.op == "fact":
            return self._given(at)
        return self._named(f"@{at}", MAKERS[node.op](self, at, *node.args))

    def _given(self, at: int) -> Cell:
        graph = self.graph
        if at == len(graph.facts):
            return constant(graph.as_of)
        if at > len(graph.facts):
            activity = graph.activities[at - len(graph.facts) - 1]
            if not isinstance(self._activities, bool):
                asked = activity in self._activities
                return Outcomes(asked, not asked)
            if not self._activities:
                return Outcomes(True, False)
            chosen = column(f"@activity/{activity}")
            return Outcomes(chosen, negate(chosen))
        return fact_cell(graph, at)

    def _named(self, name: str, cell: Cell) -> Cell:
        keep = self.sheet.keep
        if isinstance(cell, Outcomes):
            return Outcomes(
                keep(f"{name}.met", cell.met),
                keep(f"{name}.not_met", cell.not_met),
                keep(f"{name}.absent", cell.absent),
            )
        if isinstance(cell, Range):
            low = keep(f"{name}.low", cell.low)
            high = low if cell.high is cell.low else keep(f"{name}.high", cell.high)
            absent = keep(f"{name}.absent", cell.absent)
            present = keep(f"{name}.present", cell.present)
            return Range(low, high, absent, present, cell.point)
        if isinstance(cell, Labels):
            return _kept(self.sheet, name, cell)
        return cell


def _kept(sheet: Sheet, name: str, cell: Labels) -> Labels:
    """A class whose conditions are named when they are first asked for."""
    made: dict[int, Truth] = {}

    def among(mask: int) -> Truth:
        if mask not in made:
            made[mask] = sheet.keep(f"{name}.{mask}", cell.among(mask))
        return made[mask]

    return Labels(cell.count, among, sheet.keep(f"{name}.absent", cell.absent))


def fact_cell(graph: Graph, at: int) -> Cell:
    """What a fact can be: what its column says, or where that is null, all that it may be."""
    fact = graph.facts[at]
    stated = column(fact.id, null=True)
    if fact.kind == "yes_no":
        return Outcomes(
            term(lambda of: of.fill_null(True), stated, null=False),
            term(lambda of: (~of).fill_null(True), stated, null=False),
        )
    if fact.kind == "class":
        return _stated_class(stated, [label for label, _ in fact.labels])
    if fact.kind == "quantity":
        return Range(
            term(lambda of: of.fill_null(fact.least or 0), stated, null=False),
            stated
            if fact.most is None
            else term(lambda of: of.fill_null(fact.most), stated, null=False),
            point=fact.most is None,
        )
    return Range(stated, stated, point=True)  # a day; nothing compares a list or a text


def _stated_class(stated: Term, names: Sequence[str]) -> Labels:
    everything = (1 << len(names)) - 1

    def among(mask: int) -> Truth:
        if mask & everything in (0, everything):
            return bool(mask)
        chosen = [name for i, name in enumerate(names) if mask >> i & 1]
        return term(lambda of: of.is_in(chosen).fill_null(True), stated, null=False)

    return Labels(len(names), among)
