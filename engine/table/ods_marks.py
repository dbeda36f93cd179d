"""The marks of a sheet of OpenDocument (see `sheet_marks`): its errors, and which numbers are
percentages, from the one document in XML that holds all sheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from tieuchi.engine.table.sheet_marks import Marks

_BLOCK = 1 << 22
_MOST = 1 << 14  # columns of a sheet
_TAG = re.compile(
    rb'<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>"]|"[^"]*")*)>'
    rb"(?:<text:p\b[^>]*>([^<]*))?"
)
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_ROWS = re.compile(rb'\btable:number-rows-repeated="(\d+)"')
_COLUMNS = re.compile(rb'\btable:number-columns-repeated="(\d+)"')
_WIDE = re.compile(rb'\btable:number-columns-spanned="(\d+)"')
_HIGH = re.compile(rb'\btable:number-rows-spanned="(\d+)"')
_FILLED, _PERCENT, _ERROR = b"office:value-type=", b'"percentage"', b'"error"'
_MERGED = b"s-spanned="


def ods_marks(path: str, sheet: str) -> Marks:
    """The marks of a sheet; none of a file that is another."""
    marks = Marks(left=_MOST)
    within, row, rows, column = False, 0, 0, 0
    try:
        with zipfile.ZipFile(path) as book:
            if not _has_marks(book):
                return Marks()
            for tag, has, text in _tags(book):
                if tag == b"table":
                    within, row, rows = _of(_NAME, has, b"") == sheet.encode(), 0, 0
                elif not within:
                    continue
                elif tag == b"table-row":
                    row, column = row + rows, 0
                    rows = int(_of(_ROWS, has, b"1"))
                else:
                    count = int(_of(_COLUMNS, has, b"1")) if b"repeated" in has else 1
                    if _FILLED in has:
                        marks.left = min(marks.left, column)
                        if _MERGED in has:
                            wide, high = (int(_of(of, has, b"1")) for of in (_WIDE, _HIGH))
                            marks.merge(row + 1, row + high, column, column + wide - 1)
                        _note(marks, has, text, range(row + 1, row + rows + 1), column, count)
                    column += count
    except (zipfile.BadZipFile, KeyError, OSError):
        return Marks()
    return marks


def _has_marks(book: zipfile.ZipFile) -> bool:
    """Whether there can be any, without a look at every cell."""
    rest = b""
    with book.open("content.xml") as stream:
        while part := stream.read(_BLOCK):
            if any(word in rest + part for word in (_PERCENT, _ERROR, _MERGED)):
                return True
            rest = part[-16:]
    return False


def _tags(book: zipfile.ZipFile) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Tables, rows and cells: what they are, what they have, and the text in them."""
    rest = b""
    with book.open("content.xml") as stream:
        while part := stream.read(_BLOCK):
            whole, tag, rest = (rest + part).rpartition(b"<table:")
            rest = tag + rest
            yield from _TAG.findall(whole)
    yield from _TAG.findall(rest)


def _of(asked: re.Pattern[bytes], has: bytes, otherwise: bytes) -> bytes:
    found = asked.search(has)
    return unescape(found[1].decode()).encode() if found else otherwise


def _note(marks: Marks, has: bytes, text: bytes, rows: range, first: int, count: int) -> None:
    """A cell that stands so many times beside each other, in all rows that are alike."""
    for row in rows:
        for column in range(first, first + count):
            if _ERROR in has:
                marks.note(column, row, unescape(text.decode()).strip() or "#ERR!")
            elif _PERCENT in has:
                marks.show(column, row)
