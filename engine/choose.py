"""Which packs look at a case: those it names, else every pack of the verb's kinds that is in force
on the day and whose place covers the case's.

A place is a unit code: "20" a province, "06217" a commune. The codes do not say which unit lies in
which, so a case says it: `place: ["06217", "20"]` is the commune and the province it is in. A pack
covers a case that names the pack's own unit; a national pack covers every case. It knows the heads
of packs and nothing of their law.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tieuchi.engine.cache import graph_for
from tieuchi.engine.graph import Graph, Part
from tieuchi.engine.trees import pack_files


def covers(pack: str, places: Collection[str]) -> bool:
    """Whether a pack for this unit ("" the whole country) is for a case at these places.

    >>> covers("", []), covers("20", ["06217", "20"]), covers("20", ["06217"]), covers("20", [])
    (True, True, False, False)
    """
    return not pack or pack in places


def applies(part: Part, kinds: Collection[str], places: Collection[str]) -> bool:
    """Whether a pack looks at a case that names none, on the day its graph is of."""
    return part.kind in kinds and part.in_force and covers(part.place, places)


def choose(
    kinds: Collection[str], places: Collection[str], as_of: int, trees: tuple[Path, ...]
) -> list[Graph]:
    """The graphs, as of a day, of all packs that apply, by name. Raises `Faults`."""
    graphs = (graph_for(name, as_of, *trees) for name in sorted(pack_files(*trees)))
    return [graph for graph in graphs if applies(graph.main, kinds, places)]
