"""A table in lines of a width: its columns beside each other where they fit, else row under row.

It uses the layout that it is called from for every piece of a line, so that widths, colours and
plain ASCII come out as everywhere. It knows the parts of an explanation, and nothing of what they
say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tieuchi.engine.outline import Grid, Segment

if TYPE_CHECKING:
    from tieuchi.engine.layout import Line, Pieces

INDENT = 2
GAP = 2
NAME = 22  # columns that a name has at least
VALUE = 13  # and a value, where there is not room for all of it


def lines(layout: Pieces, of: Grid) -> Iterator[Line]:
    """The lines of a table, under its title."""
    cells = [[layout.cell(cell) for cell in row] for _, row in of.rows]
    heads = [[layout.segment(text, "heading")] for text in of.head]
    columns = [[head, *values] for head, *values in zip(heads, *cells, strict=True)]
    widths = _widths(layout, columns)
    if widths is None:
        yield from _stacked(layout, of, cells)
        return
    room = layout.width - INDENT - sum(widths) - GAP * len(widths)
    names = [layout.segment(name, "name") for name, _ in of.rows]
    room = min(room, max(layout.size([name]) for name in names))
    yield from _row(layout, [], heads, room, widths)
    for name, row in zip(names, cells, strict=True):
        yield from _row(layout, [name], row, room, widths)


def _widths(layout: Pieces, columns: Sequence[Sequence[list[Segment]]]) -> list[int] | None:
    """How wide each column of values is; None where they have no room beside each other."""
    wanted = [max(layout.size(cell) for cell in column[1:]) for column in columns]
    wanted = [
        max(want, min(layout.size(column[0]), VALUE + 5))
        for want, column in zip(wanted, columns, strict=True)
    ]
    room = layout.width - INDENT - NAME - GAP * len(columns)
    if sum(wanted) <= room:
        return wanted
    most = room // len(columns)
    return [min(want, most) for want in wanted] if most >= VALUE else None


def _row(
    layout: Pieces,
    name: list[Segment],
    cells: Sequence[list[Segment]],
    room: int,
    widths: Sequence[int],
) -> Iterator[Line]:
    """One row; its cells are wrapped each in its column."""
    blocks = [list(layout.at(room).wrapped(name, 0, 2))]
    blocks += [
        list(layout.at(width).wrapped(cell, 0, 2 if len(cell) > 1 else 0))
        for cell, width in zip(cells, widths, strict=True)
    ]
    for row in zip_longest(*blocks, fillvalue=()):
        line = [Segment(" " * INDENT, "")]
        for part, width in zip(row, (room, *widths), strict=True):
            line += [*part, Segment(" " * (width - layout.size(part) + GAP), "")]
        yield layout.trimmed(line)


def _stacked(layout: Pieces, of: Grid, cells: Sequence[Sequence[list[Segment]]]) -> Iterator[Line]:
    """A row under its name, a line a column."""
    for (name, _), row in zip(of.rows, cells, strict=True):
        yield from layout.wrapped([layout.segment(name, "name")], INDENT, INDENT + 2)
        for head, cell in zip(of.head, row, strict=True):
            start = [layout.segment(f"{head}: ", "text")]
            yield from layout.wrapped([*start, *cell], INDENT + 2, INDENT + 4)
