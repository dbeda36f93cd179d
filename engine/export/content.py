"""What a document is made of, whatever it is written as: sections, tables, rows, cells, lines.

Every text in it is finished and plain, in one language but where its column or line says another.
"""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """A name of something else in the document, and where that stands."""

    text: str
    target: str


class Line(NamedTuple):
    """A paragraph of a cell or section. `role` says what it is (quote, asked, note, …)."""

    role: str
    text: str
    links: tuple[Link, ...] = ()  # of names in the text, or else after it


Cell = tuple[Line, ...]


class Row(NamedTuple):
    """A row of a table, its head first; `id` is its place, "" where nothing points to it, and
    `depth` how far below others it stands."""

    id: str
    cells: tuple[Cell, ...]
    depth: int = 0


class Table(NamedTuple):
    """A table: its columns' heads, each with the language of what is below ("": the document's).
    `kind` says what its rows are: pair, passage, number, fact, case, grid (a table of the law) or
    plain."""

    id: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = "plain"
    langs: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of the document: paragraphs, lists and tables, in this order."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a heading and what stands under it
    tables: tuple[Table, ...] = ()


class Document(NamedTuple):
    """All of it, in one language."""

    lang: str
    title: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]


def cell(*lines: Line | str) -> Cell:
    """A cell of lines, those that say nothing left out; a plain text has no role."""
    made = (Line("text", each) if isinstance(each, str) else each for each in lines)
    return tuple(line for line in made if line.text or line.links)
