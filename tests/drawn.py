"""Random packs as graphs: one whose numbers leave 64 bits is refused, and not drawn."""

from typing import Any

from hypothesis import assume
from packs import compiled
from strategies import text

from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph

Drawn = tuple[str, Graph]


def drawn_graph(pack: dict[str, Any]) -> Drawn:
    """A random pack's text and graph; one whose numbers leave 64 bits is refused, and not drawn."""
    written = text(pack)
    try:
        return written, compiled(written)
    except Faults as refused:
        assume({found.code for found in refused.diagnostics} != {"overflow"})
        raise
