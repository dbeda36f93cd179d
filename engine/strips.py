"""Bars of statuses in lines of a width: one under each name, its turns in words, its signs at the
end.

A bar has a cell for so many values; each stretch of a status has at least one, as long as there are
cells enough. It uses the layout that it is called from, and knows the parts of an explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tieuchi.engine.outline import Segment, Strip
from tieuchi.engine.truth import Status

if TYPE_CHECKING:
    from tieuchi.engine.layout import Line, Pieces

INDENT = 4
WIDEST = 60
SIGNS: dict[Status | None, tuple[str, str]] = {
    Status.MET: ("█", "met"),
    Status.NOT_MET: ("░", "not_met"),
    Status.UNDETERMINED: ("▒", "open"),
    Status.NOT_APPLICABLE: ("–", "not_applicable"),
    None: ("×", "none"),
}


def lines(layout: Pieces, strips: Sequence[Strip]) -> Iterator[Line]:
    """The lines of the bars, under their title."""
    width = min(layout.width - INDENT, WIDEST)
    for strip in strips:
        for name in strip.names:
            yield from layout.wrapped([layout.segment(name, "name")], 2, 4)
        bar = [layout.segment(SIGNS[s][0] * n, SIGNS[s][1]) for n, s in cells(strip, width)]
        yield layout.trimmed([Segment(" " * INDENT, ""), *bar])
        yield from layout.wrapped([layout.segment(strip.text, "text")], INDENT)
    words = {status: word for strip in strips for _, status, word in strip.pieces}
    row: list[Segment] = []
    for status, (sign, role) in SIGNS.items():
        if status in words:
            row += [layout.segment(" · ", "dot")] if row else []
            held = words[status].replace(" ", "\u00a0")
            row += [layout.segment(sign, role), layout.segment(f"\u00a0{held}", "text")]
    yield from layout.wrapped(row, 2)


def cells(strip: Strip, width: int) -> Iterator[tuple[int, Status | None]]:
    """How many cells of a bar each stretch has, in order.

    >>> from tieuchi.engine.outline import Strip
    >>> list(cells(Strip((), ((1, None, ""), (998, None, ""), (1, None, "")), ""), 10))
    [(1, None), (8, None), (1, None)]
    """
    pieces = strip.pieces
    whole = sum(size for size, _, _ in pieces)
    if len(pieces) > width:
        yield from _sampled(strip, whole, width)
        return
    starts, gone = list[int](), 0
    for at, (size, _, _) in enumerate(pieces):
        start = max(gone * width // whole, starts[-1] + 1 if starts else 0)
        starts.append(min(start, width - (len(pieces) - at)))
        gone += size
    for (_, status, _), start, end in zip(pieces, starts, (*starts[1:], width), strict=True):
        yield end - start, status


def _sampled(strip: Strip, whole: int, width: int) -> Iterator[tuple[int, Status | None]]:
    """A cell a status, of the value at its start: there are more stretches than cells."""
    pieces = iter(strip.pieces)
    size, status, _ = next(pieces)
    end = size
    for cell in range(width):
        while cell * whole // width >= end:
            size, status, _ = next(pieces)
            end += size
        yield 1, status
