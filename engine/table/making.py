"""What makes the cells of nodes has at hand: the cells before, and names for what is used twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from tieuchi.engine.graph import Graph
from tieuchi.engine.table.terms import Sheet, Truth

Cell = Any  # Outcomes, Range, Labels, or a pair of ranges for a ratio
Maker = Callable[..., Cell]  # of a `Making`, the node's number, and the node's arguments


class Making(Protocol):
    """The cells of a graph, while they are made (`columns.Columns`)."""

    graph: Graph
    sheet: Sheet
    broken: list[tuple[int, Truth]]

    def cell(self, node: int) -> Cell:
        """What a node can be."""
