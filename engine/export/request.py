"""What is to be exported: a pack, those it uses, and the day and language of what is written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tieuchi.engine.graph import Graph
from tieuchi.engine.load import Program


class Request(NamedTuple):
    """A pack to export. A form takes of it what it needs."""

    program: Program
    graph: Graph  # of its day
    lang: str
    name: str  # by which the pack was found: its test cases stand beside it
    trees: tuple[Path, ...] = ()
    dialect: str = "duckdb"  # of a query
    table: str = "cases"  # what a query reads
    key: str | None = None  # the column of it that stands beside the results
