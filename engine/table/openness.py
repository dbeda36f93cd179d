"""Which facts a row is open for want of: what `Decision.missing` says of one case, in columns.

From what is asked downwards: a node that is asked and not settled asks the nodes that it reads; a
fact that is asked is missing. It reads the cells that `columns` made.
"""

from __future__ import annotations

from collections.abc import Iterable

from tieuchi.engine.graph import reads
from tieuchi.engine.table.cells import Labels, Outcomes, Range
from tieuchi.engine.table.columns import Columns
from tieuchi.engine.table.making import Cell
from tieuchi.engine.table.terms import Truth, both, either, negate


def missing(columns: Columns, asked: Iterable[int]) -> dict[str, Truth]:
    """By fact: whether a row is open for want of it. `asked` are truth nodes."""
    graph = columns.graph
    wanted: dict[int, list[Truth]] = {node: [True] for node in asked}
    found: dict[str, Truth] = {}
    for node in range(max(wanted, default=-1), -1, -1):
        if node not in wanted:
            continue
        is_open = either(*wanted[node])
        if graph.nodes[node].kind != "list":  # asked by a count that is open
            is_open = both(is_open, negate(settled(columns.cell(node))))
        if is_open is False:
            continue
        is_open = columns.sheet.keep(f"@{node}.asked", is_open)
        if node < len(graph.facts):
            found[graph.facts[node].id] = is_open
        of = graph.nodes[node]
        for below in reads(of):
            wanted.setdefault(below, []).append(is_open)
    return dict(reversed(found.items()))


def settled(cell: Cell) -> Truth:
    """Whether nothing more could be said of it."""
    if isinstance(cell, Outcomes):
        return either(
            cell.surely_met, cell.surely_not, both(negate(cell.met), negate(cell.not_met))
        )
    if isinstance(cell, Range):
        return either(cell.settled, negate(cell.present))
    if isinstance(cell, Labels):
        everything = (1 << cell.count) - 1
        others = (both(cell.among(1 << i), negate(cell.among(everything & ~(1 << i))))
                  for i in range(cell.count))  # fmt: skip
        return both(negate(cell.absent), either(*others))
    return both(*(settled(each) for each in cell))  # a ratio's two
