"""The pass that lowers every name, condition and value of every pack to nodes."""

from __future__ import annotations

from tieuchi.engine.compile.builder import Builder
from tieuchi.engine.compile.names import Names
from tieuchi.engine.compile.parts import part


def lower(b: Builder) -> None:
    """Compiles all packs of the program, the asked one first."""
    names = Names(b)
    b.parts = tuple(part(b, names, pack) for pack in b.packs.values())
