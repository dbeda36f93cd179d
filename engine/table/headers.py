"""Which row of a table names its columns, and a name of its own for every column."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

LOOKED_AT = 40
"""The header is looked for in so many rows."""


def header_at(rows: Sequence[Sequence[str | None]]) -> int | None:
    """The first row that names most of the columns: more than half of them, each differently.

    >>> header_at([["DANH SÁCH HỘ", "", ""], ["", "", ""], ["Tên", "Số bò", ""], ["A", "3", ""]])
    2
    """
    named = [{clean(cell).casefold() for cell in row} - {""} for row in rows[:LOOKED_AT]]
    width = max((sum(1 for cell in row if clean(cell)) for row in rows[:LOOKED_AT]), default=0)
    return next((at for at, names in enumerate(named) if names and 2 * len(names) > width), None)


def clean(name: str | None) -> str:
    """A name on one line, in the usual form of its letters, without a byte order mark."""
    return " ".join(normalize("NFC", name or "").replace("\ufeff", "").split())


def column_names(cells: Sequence[str | None], taken: Sequence[str] = ()) -> tuple[str, ...]:
    """A name for each column: its own; with its count where it stands before; else its number.

    >>> column_names(["bò", "", "bò"])
    ('bò', 'column 2', 'bò (2)')
    """
    own = {clean(cell) for cell in cells}
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = clean(cell) or f"column {number}"
        count = 2
        tried = name
        while tried in names or tried in taken or (tried != clean(cell) and tried in own):
            tried, count = f"{name} ({count})", count + 1
        names.append(tried)
    return tuple(names)
