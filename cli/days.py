"""The day of a run that asks for none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tieuchi.engine.graph import Graph


def graph_near(pack: str, as_of: int | None, trees: tuple[Path, ...]) -> Graph:
    """The graph on the day asked for, else today, or the nearest day on which the pack is in
    force. Raises `Faults`."""
    from datetime import datetime

    from tieuchi.engine.cache import graph_for

    day = as_of or datetime.now().astimezone().date().toordinal()
    graph = graph_for(pack, day, *trees)
    main = graph.main
    if as_of is None and not main.in_force:
        nearest = main.until if 0 < main.until < day else main.since
        return graph_for(pack, nearest or day, *trees)
    return graph
