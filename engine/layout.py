"""Lines of a width from an `Explanation`: words wrapped, bars aligned, roles kept for colours.

`lines` gives segments of a text and a role; whoever has a terminal maps roles to colours. Widths
count what a terminal shows, so a combining mark takes no column. Spaces that must not break, as
between a number and its unit, are no-break spaces in the parts and plain ones in the lines. `plain`
is ASCII alone: Vietnamese without its marks, as on a terminal that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from unicodedata import category, east_asian_width, normalize

from tieuchi.engine.outline import (
    Bar,
    Cell,
    Explanation,
    Figures,
    Header,
    Headline,
    Item,
    Section,
    Segment,
)
from tieuchi.engine.truth import Status

Line = tuple[Segment, ...]

NARROWEST = 30
WIDEST = 100
ROOMY = 80  # from here on no bar is shortened to its figure
CELLS = 10
DOT = " · "
_FIXED = "\u00a0"  # a space that does not break
# between the groups of a number that somebody wrote ("12 000 000"), and before its unit's sign
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|%|(?:ha|m²|m³|kg|t|tấn|đ|đồng)(?!\w))")
_PLAIN = str.maketrans(
    {
        "✓": "+", "✗": "x", "–": "-", "—": "-", "○": "o", "·": "|", "•": "*", "█": "#", "░": ".",
        "▒": "?", "≥": ">=", "≤": "<=", "≠": "!=", "×": "x", "÷": ":", "−": "-", "…": "...",
        "“": '"', "”": '"', "‘": "'", "’": "'", "đ": "d", "Đ": "D", "₫": "d", "²": "2", "³": "3",
        "→": "->",
    }
)  # fmt: skip
_SYMBOLS: dict[Status | None, tuple[str, str]] = {
    Status.MET: ("✓", "met"),
    Status.NOT_MET: ("✗", "not_met"),
    Status.UNDETERMINED: ("?", "open"),
    Status.NOT_APPLICABLE: ("–", "not_applicable"),
    None: ("○", "none"),
}


def lines(of: Explanation, width: int = 80, *, plain: bool = False) -> list[Line]:
    """The lines of an explanation, none wider than `width` (30 at least; 100 are used at most)."""
    layout = Pieces(max(NARROWEST, min(width, WIDEST)), plain)
    return list(layout.all(of))


def columns(text: str) -> int:
    """How many columns a terminal takes for a text.

    >>> columns("hồi"), columns("ho\u0302\u0300i"), columns("")
    (3, 3, 0)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def plain_text(text: str) -> str:
    """A text in ASCII alone.

    >>> plain_text("✗ Chưa đáp ứng: ≥ 1.000 m²…")
    'x Chua dap ung: >= 1.000 m2...'
    """
    text = normalize("NFD", text.translate(_PLAIN))
    return "".join(c if c.isascii() else "" if category(c) == "Mn" else "?" for c in text)


class Pieces:
    """Puts parts into lines of one width."""

    def __init__(self, width: int, plain: bool) -> None:
        self.width = width
        self.plain = plain

    def all(self, of: Explanation) -> Iterator[Line]:
        """The whole explanation, a blank line between its parts."""
        yield from self.header(of.header)
        if of.headline is not None:
            yield from self.headline(of.headline)
        for at, item in enumerate(of.items):
            if at == 0 or item.items or of.items[at - 1].items:
                yield ()
            yield from self.item(item, 0)
        if of.sections:
            yield ()
        for section in of.sections:
            yield from self.section(section)

    def header(self, of: Header) -> Iterator[Line]:
        """Subject at the left, act and day at the right; under each other where too wide."""
        right = self.segment(DOT.join(text for text in (of.act, of.day) if text), "act")
        left = self.segment(of.subject, "subject")
        gap = self.width - columns(left.text) - columns(right.text)
        if not of.subject:
            yield from self.wrapped([right], 0)
        elif gap >= 3 and "\n" not in of.subject:
            yield _merged([left, Segment(" " * gap, ""), right])
        else:
            yield from self.wrapped([left], 0)
            yield from self.wrapped([right], 0)
        if of.note:
            yield from self.wrapped([self.segment(of.note, "note")], 0)

    def headline(self, of: Headline) -> Iterator[Line]:
        """The answer with its symbol, and what belongs under it."""
        symbol, role = _SYMBOLS[of.status]
        start = [self.segment(f"{symbol} ", role)] if of.status is not None else []
        yield from self.wrapped([*start, self.segment(of.text, f"headline {role}")], 0, 2)
        for text in of.more:
            yield from self.wrapped([self.segment(text, "text")], 2)

    def item(self, of: Item, indent: int) -> Iterator[Line]:
        """A provision: its title, figures, remarks and what is under it."""
        title: list[Segment] = []
        if of.symbol:
            symbol, role = _SYMBOLS[of.status]
            title = [self.segment(f"{symbol} ", role)]
        named = (of.cite, "cite"), (of.name, "name"), (of.operator, "operator")
        title += self.joined(named)
        hang = indent + 2 if of.symbol or of.items else indent
        figures = of.figures
        if len(figures) == 1 and figures[0].bar is None and not of.items:
            whole = [*title, self.segment(": ", ""), *self.figure(figures[0])]
            if indent + _size(whole) <= self.width:
                title, figures = whole, ()
        yield from self.wrapped(title, indent, hang)
        inner = indent + 4 if of.symbol else indent + 2
        for each in figures:
            yield from self.with_bar(self.figure(each), each.bar, inner)
        for remark in of.remarks:
            yield from self.wrapped([self.segment(remark.text, remark.role)], inner)
        for child in of.items:
            yield from self.item(child, indent + 2)

    def figure(self, of: Figures) -> list[Segment]:
        """What is measured, asked and short, in one row."""
        row = (of.measured, "measured"), (of.required, "required"), (of.shortfall, "shortfall")
        return self.joined(row)

    def with_bar(self, row: list[Segment], bar: Bar | None, indent: int) -> Iterator[Line]:
        """A row with its bar at the right: beside it where that has room, else below it; on a
        narrow terminal the share alone beside it."""
        rows = list(self.wrapped(row, indent))
        if bar is None:
            yield from rows
            return
        *before, last = rows
        yield from before
        used = _size(last)
        share = self.segment(bar.text.rjust(5), "percent")
        full = CELLS * min(bar.part, bar.whole) // bar.whole
        cells = (self.segment("█" * full, "bar"), self.segment("░" * (CELLS - full), "bar_rest"))
        whole = (*cells, Segment(" ", ""), share)
        for shown in (whole,) if self.width >= ROOMY else (whole, (share,)):
            gap = self.width - used - _size(shown)
            if gap >= 1:
                yield _merged([*last, Segment(" " * gap, ""), *shown])
                return
        yield last
        yield _merged([Segment(" " * (self.width - _size(whole)), ""), *whole])

    def section(self, of: Section) -> Iterator[Line]:
        """A title and one line beside it, or several under it."""
        heading = self.segment(of.title, "heading")
        if of.grid is not None:
            yield from self.wrapped([heading, self.segment(":", "heading")], 0, 2)
            yield from import_module("tieuchi.engine.grid").lines(self, of.grid)
            return
        if of.strips:
            yield from self.wrapped([heading, self.segment(":", "heading")], 0, 2)
            yield from import_module("tieuchi.engine.strips").lines(self, of.strips)
            for remark in of.remarks:
                yield from self.wrapped([self.segment(remark.text, remark.role)], 2, 4)
            return
        if len(of.remarks) == 1:
            remark = of.remarks[0]
            start = [heading, self.segment(": ", "heading")] if of.title else []
            yield from self.wrapped([*start, self.segment(remark.text, remark.role)], 0, 2)
            return
        yield from self.wrapped([heading, self.segment(":", "heading")], 0, 2)
        for remark in of.remarks:
            bullet = self.segment("• ", "heading")
            yield from self.wrapped([bullet, self.segment(remark.text, remark.role)], 2, 4)

    # ---- pieces

    def at(self, width: int) -> Pieces:
        """The same at another width."""
        return Pieces(width, self.plain)

    def cell(self, of: Cell) -> list[Segment]:
        """A value with its symbol."""
        text = self.segment(of.text, "measured")
        if of.status is None:
            return [text]
        symbol, role = _SYMBOLS[of.status]
        return [self.segment(f"{symbol} ", role), text]

    def size(self, row: Iterable[Segment]) -> int:
        """The columns that pieces take."""
        return _size(row)

    def trimmed(self, row: list[Segment]) -> Line:
        """A line of pieces, without spaces at its end."""
        while row and not row[-1].text.strip():
            row.pop()
        return _merged(row)

    def segment(self, text: str, role: str) -> Segment:
        """A piece of a line, free of anything a terminal would act on."""
        shown = "".join(
            c if c.isprintable() or c == _FIXED else " " if c.isspace() else "\ufffd" for c in text
        )
        shown = _IN_NUMBER.sub(_FIXED, shown)
        return Segment(plain_text(shown.replace(_FIXED, _HELD)) if self.plain else shown, role)

    def joined(self, pieces: Iterable[tuple[str, str]]) -> list[Segment]:
        """The pieces that are there, with dots between."""
        row: list[Segment] = []
        for text, role in pieces:
            if text:
                if row:
                    row.append(self.segment(DOT, "dot"))
                row.append(self.segment(text, role))
        return row

    def wrapped(
        self, row: Iterable[Segment], indent: int, hang: int | None = None
    ) -> Iterator[Line]:
        """A row in lines of the width, broken between words; the lines after the first `hang`."""
        after = indent if hang is None else hang
        line, used, begun = _indented(indent), indent, False
        for gap, word in _words(row, self.width - max(indent, after)):
            size = _size(word)
            space = columns(gap.text) if begun else 0
            if begun and used + space + size > self.width:
                yield _merged(line)
                line, used, space = _indented(after), after, 0
            if space:
                line.append(gap)
            line += word
            used += space + size
            begun = True
        yield _merged(line)


_HELD = "\x00"  # a no-break space while a text is made ASCII


def _size(row: Iterable[Segment]) -> int:
    return sum(columns(segment.text) for segment in row)


def _indented(indent: int) -> list[Segment]:
    return [Segment(" " * indent, "")] if indent else []


def _words(row: Iterable[Segment], most: int) -> Iterator[tuple[Segment, list[Segment]]]:
    """The words of a row, each with the space before it; a word may be of several roles.

    One of more than `most` columns comes in pieces.
    """
    word: list[Segment] = []
    gap = Segment("", "")
    for text, role in row:
        for at, part in enumerate(text.split(" ")):
            if at:
                if word:
                    yield gap, word
                    word = []
                gap = Segment(" ", role)
            for piece in _pieces(part, most):
                if word and _size(word) + columns(piece) > most:
                    yield gap, word
                    word, gap = [], Segment("", "")
                word.append(Segment(piece, role))
    if word:
        yield gap, word


def _pieces(word: str, most: int) -> Iterator[str]:
    """A word in pieces of at most so many columns, a number before its unit where there is one."""
    while columns(word) > most:
        end = 1
        while columns(word[: end + 1]) <= most:
            end += 1
        held = max(word.rfind(_FIXED, 0, end), word.rfind(_HELD, 0, end))
        end = held + 1 if held > 0 else end
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _merged(line: list[Segment]) -> Line:
    """A line with neighbours of one role put together, and its held spaces made plain."""
    out: list[Segment] = []
    for text, role in (segment for segment in line if segment.text):
        shown = text.replace(_FIXED, " ").replace("\x00", " ")
        if out and out[-1].role == role:
            out[-1] = Segment(out[-1].text + shown, role)
        else:
            out.append(Segment(shown, role))
    return tuple(out)
