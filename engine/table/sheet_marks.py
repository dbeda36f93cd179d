"""What a reader of cells does not tell of a sheet: its errors, and which numbers are percentages.

``#DIV/0!`` comes as an empty cell, and 54,03 % as 0.5403. Both stand in the sheet's own XML, which
is gone through once for them, in blocks. Workbooks of other kinds than .xlsx have none of it here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import polars as pl

_BLOCK = 1 << 22
_LONGEST = 1 << 12  # of a cell's opening and value that are looked for
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?'
    rb"<v>([^<]*)</v>"
)


@dataclass
class Marks:
    """Columns (from 0) to rows (from 1): the errors there, and where percentages stand."""

    error: dict[int, dict[int, str]] = field(default_factory=dict)
    shown: dict[int, set[int]] = field(default_factory=dict)

    def errors(self, column: int, first_row: int, height: int) -> pl.Series | None:
        """The errors of a column's rows, None where there is none."""
        found = {r: text for r, text in self.error.get(column, {}).items() if r >= first_row}
        if not found:
            return None
        return pl.Series([found.get(first_row + i) for i in range(height)], dtype=pl.String)

    def percent(self, column: int, first_row: int, height: int) -> pl.Series | None:
        """Which of a column's rows are percentages, None where none is."""
        found = {row for row in self.shown.get(column, ()) if row >= first_row}
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
            shown = _shown(styles) if styles else None
            with book.open(inside) as stream:
                for block in _blocks(iter(lambda: stream.read(_BLOCK), b"")):
                    for column, row, text in _ERROR.findall(block):
                        at = marks.error.setdefault(_number(column), {})
                        at[int(row)] = unescape(text.decode())
                    for column, row in shown.findall(block) if shown else ():
                        marks.shown.setdefault(_number(column), set()).add(int(row))
    except (zipfile.BadZipFile, KeyError, OSError):
        return marks
    return marks


def _blocks(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The sheet in pieces that overlap, so that every cell stands whole in one."""
    rest = b""
    for part in parts:
        yield rest + part
        rest = (rest + part)[-_LONGEST:]


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
               for tag in re.findall(r"<Relationship\b[^>]*>", links)}  # fmt: skip
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


def _percent_styles(book: zipfile.ZipFile) -> list[int]:
    """The styles of cells that show a number as a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return []
    styles = book.read("xl/styles.xml").decode("utf-8", "replace")
    formats = {"9", "10"}
    for tag in re.findall(r"<numFmt\b[^>]*>", styles):
        code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", _attribute(tag, "formatCode"))
        if "%" in code:
            formats.add(_attribute(tag, "numFmtId"))
    cells = re.search(r"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    tags = re.findall(r"<xf\b[^>]*>", cells[0]) if cells else []
    return [at for at, tag in enumerate(tags) if _attribute(tag, "numFmtId") in formats]


def _shown(styles: list[int]) -> re.Pattern[bytes]:
    of = "|".join(map(str, styles)).encode()
    return re.compile(
        rb'<c\b(?=[^>]*\bs="(?:' + of + rb')")[^>]*\br="([A-Z]+)(\d+)"[^>/]*>(?=<[fv])'
    )
