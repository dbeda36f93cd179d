"""Where the boxes of a diagram stand: in columns, what is read left of what reads it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

WIDTH, HEIGHT, NOTE = 280, 80, 60
BETWEEN_COLUMNS, BETWEEN_ROWS, MARGIN = 160, 30, 40


class Box(NamedTuple):
    """A box, in points from the upper left corner."""

    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def note(self) -> Box:
        """Where the words of a box stand: right below it."""
        return Box(self.x, self.y + self.height, self.width, NOTE)


def layout(reads: Mapping[str, tuple[str, ...]]) -> dict[str, Box]:
    """A box for each element, by what it reads.

    A column is one further than the furthest that it reads; in a column each stands near the middle
    of those, the columns one beside the other from their middles.
    """
    columns = _columns(reads)
    tallest = max(map(len, columns), default=0)
    rows: dict[str, Fraction] = {}
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        ordered = sorted(column, key=lambda of: _middle(reads[of], rows))
        top = Fraction(tallest - len(column), 2)
        for i, of in enumerate(ordered):
            rows[of] = top + i
            y = MARGIN + int(rows[of] * (HEIGHT + NOTE + BETWEEN_ROWS))
            boxes[of] = Box(MARGIN + number * (WIDTH + BETWEEN_COLUMNS), y)
    return boxes


def _columns(reads: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max((of(below) for below in reads[name]), default=-1)
        return depth[name]

    columns: list[list[str]] = [[] for _ in range(1 + max(map(of, reads), default=-1))]
    for name in reads:
        columns[depth[name]].append(name)
    return columns


def _middle(names: tuple[str, ...], rows: Mapping[str, Fraction]) -> Fraction:
    known = [rows[name] for name in names if name in rows]
    return Fraction(sum(known), len(known)) if known else Fraction(0)
