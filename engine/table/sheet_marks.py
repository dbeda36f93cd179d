"""What a reader of cells does not tell of a sheet: its errors, which numbers are percentages, and
over which columns a cell stands.

``#DIV/0!`` comes as an empty cell, and so does a formula that no program has worked out yet;
54,03 % comes as 0.5403. All stand in the sheet's own XML, which is gone through once for them, in
blocks. `ods_marks` and `xls_marks` do the same for other kinds; those of .xlsb are not known.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

import polars as pl

_BLOCK = 1 << 22
_HEADER = 4  # rows of a header at most; a remark beside a table may go all the way down
_LONGEST = 1 << 12  # of a cell's opening and value that are looked for


class _Patterns(NamedTuple):
    """What is looked for: a cell with an error, a formula without a value, any cell with one, and
    cells made one."""

    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    merged: re.Pattern[bytes]
    cell: bytes  # the opening of a cell, up to what is in it; %s: what else holds of it
    tag: bytes


def _patterns(tag: bytes) -> _Patterns:
    """Of a sheet whose tags begin with `tag`: some programs write <x:c> for <c>."""
    end = b"</" + tag[1:]
    cell = tag + rb'c\b%s[^>]*\br="([A-Z]+)(\d+)"[^>/]*>\s*'
    value = tag + rb"v(?:\s[^>/]*)?>"
    formula = tag + rb"f\b(?:[^>]*/>|[^>]*>([^<]*)" + end + rb"f>)\s*"
    nothing = rb"(?:" + tag + rb"v\s*/>|" + value + end + rb"v>)?\s*" + end + rb"c>"
    maybe = rb"(?:" + formula + rb")?"
    return _Patterns(
        re.compile(cell % rb'(?=[^>]*\bt="e")' + maybe + value + rb"([^<]*)<"),
        re.compile(cell % rb'(?![^>]*\bt="str")' + formula + nothing),
        re.compile(cell % b"" + maybe + rb"(?:" + value + rb"[^<]|" + tag + rb"is\b)"),
        re.compile(tag + rb'mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"'),
        cell,
        tag,
    )


@dataclass
class Marks:
    """Columns (from 0) to rows (from 1): the errors there, and where percentages stand; rows to the
    first and last columns of merged cells, and to the last row of those that go down. Whoever reads
    cells counts columns from the first that has something in it, `left` in the sheet."""

    error: dict[int, dict[int, str]] = field(default_factory=dict)
    shown: dict[int, set[int]] = field(default_factory=dict)
    wide: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    down: dict[int, int] = field(default_factory=dict)
    left: int = 0

    def errors(self, column: int, first_row: int, height: int) -> pl.Series | None:
        """The errors of a column's rows, and formulas without a value; None where there is none."""
        at = self.error.get(self.left + column, {})
        found = {r: text for r, text in at.items() if r >= first_row}
        if not found:
            return None
        return pl.Series([found.get(first_row + i) for i in range(height)], dtype=pl.String)

    def note(self, column: int, row: int, text: str) -> None:
        """Keep the text of a cell that has no value."""
        self.error.setdefault(column, {})[row] = text

    def show(self, column: int, row: int) -> None:
        """Keep that a number is shown as a percentage."""
        self.shown.setdefault(column, set()).add(row)

    def merge(self, row: int, below: int, first: int, last: int) -> None:
        """Keep that a cell stands over several columns or rows."""
        if first < last:
            self.wide.setdefault(row, []).append((first, last))
        if row < below < row + _HEADER:
            self.down[row] = max(below, self.down.get(row, row))

    def spread(self, cells: Sequence[str | None], row: int) -> list[str | None]:
        """The cells of a row, each in all the columns over which it stands."""
        out = [*cells]
        for first, last in self.wide.get(row, ()):
            own = first - self.left
            for at in range(own + 1, min(last - self.left + 1, len(out)) if own >= 0 else 0):
                out[at] = cells[own]
        return out

    def percent(self, column: int, first_row: int, height: int) -> pl.Series | None:
        """Which of a column's rows are percentages, None where none is."""
        found = {row for row in self.shown.get(self.left + column, ()) if row >= first_row}
        if not found:
            return None
        return pl.Series([first_row + i in found for i in range(height)], dtype=pl.Boolean)


def marks_of(path: str, sheet: str) -> Marks:
    """The marks of a sheet of a workbook in XML; none of another kind."""
    marks = Marks()
    try:
        with zipfile.ZipFile(path) as book:
            inside = _place(book, sheet)
            if inside is None:
                return marks
            styles = _percent_styles(book)
            patterns = _patterns(_tag(book, inside))
            shown = _shown(styles, patterns) if styles else None
            for block in _blocks(book, inside):
                for column, row, _, text in patterns.error.findall(block):
                    marks.note(_number(column), int(row), unescape(text.decode()))
                for column, row, text in (
                    patterns.formula.findall(block) if patterns.tag + b"f" in block else ()
                ):
                    marks.note(_number(column), int(row), f"={unescape(text.decode())}")
                for column, row in shown.findall(block) if shown else ():
                    marks.show(_number(column), int(row))
                for first, row, last, below in patterns.merged.findall(block):
                    marks.merge(int(row), int(below), _number(first), _number(last))
            if marks.error or marks.shown or marks.wide:
                marks.left = _first_column(book, inside, patterns.filled)
    except (zipfile.BadZipFile, KeyError, OSError):
        return marks
    return marks


def _blocks(book: zipfile.ZipFile, inside: str) -> Iterator[bytes]:
    """The sheet in pieces that overlap, so that every cell stands whole in one."""
    rest = b""
    with book.open(inside) as stream:
        while part := stream.read(_BLOCK):
            yield rest + part
            rest = (rest + part)[-_LONGEST:]


def _tag(book: zipfile.ZipFile, inside: str) -> bytes:
    """How the tags of a sheet begin."""
    with book.open(inside) as stream:
        found = re.search(rb"(<(?:\w+:)?)worksheet\b", stream.read(_LONGEST))
    return found[1] if found else b"<"


def _first_column(book: zipfile.ZipFile, inside: str, filled: re.Pattern[bytes]) -> int:
    """The first column of a sheet that has something in it."""
    least = _number(b"ZZZZ")
    for block in _blocks(book, inside):
        for found in filled.finditer(block):
            least = min(least, _number(found[1]))
            if not least:
                return 0
    return least


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _place(book: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(book.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return None
    links = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target")
               for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links)}  # fmt: skip
    listing = book.read("xl/workbook.xml").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", listing):
        if _attribute(tag, "name") == sheet:
            target = targets.get(_attribute(tag, r"\w+:id")) or ""
            place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return place if place in names else None
    return None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def is_percent(code: str) -> bool:
    """Whether a format of numbers shows hundredths, by a sign that is no text of its own."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)


def _percent_styles(book: zipfile.ZipFile) -> list[int]:
    """The styles of cells that show a number as a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return []
    styles = book.read("xl/styles.xml").decode("utf-8", "replace")
    formats = {"9", "10"}
    for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", styles):
        if is_percent(_attribute(tag, "formatCode")):
            formats.add(_attribute(tag, "numFmtId"))
    cells = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    tags = re.findall(r"<(?:\w+:)?xf\b[^>]*>", cells[0]) if cells else []
    return [at for at, tag in enumerate(tags) if _attribute(tag, "numFmtId") in formats]


def _shown(styles: list[int], patterns: _Patterns) -> re.Pattern[bytes]:
    of = "|".join(map(str, styles)).encode()
    styled = rb'(?=[^>]*\bs="(?:' + of + rb')")'
    return re.compile(patterns.cell % styled + rb"(?=" + patterns.tag + rb"[fv])")
