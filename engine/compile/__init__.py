"""From packs to a graph: an ordered tuple of passes, each with one concern.

`compile_pack` takes a pack with those it uses and a day, and returns the frozen `Graph`. A pass
adds to a `Builder` that lives for this one compilation; what is wrong is gathered, never raised
halfway, so that all mistakes of a pack are shown at once. Nothing here reads files or knows a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from tieuchi.engine.compile.bound import bound
from tieuchi.engine.compile.builder import Builder
from tieuchi.engine.compile.facts import facts
from tieuchi.engine.compile.lower import lower
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph
from tieuchi.engine.pack import Pack

Pass = Callable[[Builder], None]

PASSES: tuple[Pass, ...] = (facts, lower, bound)


def compile_pack(packs: Mapping[str, Pack], as_of: date | int, known: Iterable[str] = ()) -> Graph:
    """The graph of the first of `packs` (the others are those it uses) as of a day.

    `known` are names of other packs, for suggestions. Raises `Faults` with everything that is wrong
    in any of them on that day.
    """
    day = as_of if isinstance(as_of, int) else as_of.toordinal()
    builder = Builder(packs, day, known)
    for each in PASSES:
        each(builder)
    if builder.faults:
        raise Faults(builder.faults)
    return Graph(
        day, tuple(builder.facts), tuple(builder.activities), tuple(builder.nodes), builder.parts
    )
