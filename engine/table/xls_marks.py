"""The marks of a sheet of Excel 97 (see `sheet_marks`): its errors, and which numbers are
percentages. A workbook is a stream of records in a compound file ([MS-XLS], [MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from tieuchi.engine.table.sheet_marks import Marks, is_percent

_SMALL = 64  # bytes of a sector of small streams
_LAST = 0xFFFFFFFA  # numbers from here on are no sectors
_BOF, _EOF, _SHEET, _FORMAT, _STYLE = 0x809, 0x0A, 0x85, 0x41E, 0xE0
_NUMBER, _RK, _MANY, _FORMULA, _TRUTH = 0x203, 0x27E, 0xBD, 0x06, 0x205
_MERGED = 0xE5
_TEXTS = (0xFD, 0x204, 0xD6)
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


def xls_marks(path: str, sheet: str) -> Marks:
    """The marks of a sheet; none of a file that is another, or a damaged one."""
    try:
        book = _workbook(Path(path).read_bytes())
        starts, percent = _globals(book)
        return _marks(book, starts[sheet], percent)
    except (struct.error, IndexError, KeyError, ValueError):
        return Marks()


def _globals(book: bytes) -> tuple[dict[str, int], list[bool]]:
    """Where each sheet begins, and by style whether it shows a percentage."""
    starts: dict[str, int] = {}
    shown, styles = {9, 10}, list[int]()
    for kind, data in _records(book, 0):
        if kind == _SHEET:
            starts[_text(data[6], data[7:])] = int(struct.unpack_from("<I", data)[0])
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", data)
            if is_percent(_text(length, data[4:])):
                shown.add(number)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return starts, [number in shown for number in styles]


def _marks(book: bytes, start: int, percent: list[bool]) -> Marks:
    marks, columns = Marks(), set[int]()
    for kind, data in _records(book, start):
        if kind == _MERGED:
            for row, below, first, last in struct.iter_unpack("<HHHH", data[2:]):
                marks.merge(row + 1, below + 1, first, last)
        if kind not in (_NUMBER, _RK, _MANY, _FORMULA, _TRUTH, *_TEXTS):
            continue
        row, column, style = struct.unpack_from("<HHH", data)
        columns.add(column)
        if kind in (_NUMBER, _RK) and percent[style]:
            marks.show(column, row + 1)
        elif kind == _MANY:
            for at in range((len(data) - 6) // 6):
                if percent[struct.unpack_from("<H", data, 4 + 6 * at)[0]]:
                    marks.show(column + at, row + 1)
        elif kind == _FORMULA:
            if data[12:14] != b"\xff\xff":
                if percent[style]:
                    marks.show(column, row + 1)
            elif data[6] == 2:
                marks.note(column, row + 1, _ERRORS.get(data[8], "#N/A"))
        elif kind == _TRUTH and data[7]:
            marks.note(column, row + 1, _ERRORS.get(data[6], "#N/A"))
    marks.left = min(columns, default=0)
    return marks


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the workbook, up to its end; charts within it are passed over."""
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            return
        if depth == 1:
            yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _text(length: int, data: bytes) -> str:
    """A text of so many characters, of one byte or of two."""
    if data[0] & 1:
        return data[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return data[1 : 1 + length].decode("latin-1")


# ---- the compound file


def _workbook(file: bytes) -> bytes:
    """The stream called Workbook; a small one stands in the first stream, which holds those."""
    size = 1 << struct.unpack_from("<H", file, 30)[0]
    folder, small, first_small, more = struct.unpack_from("<I4xII4xI", file, 48)
    table = [*struct.unpack_from("<109I", file, 76)]
    while more < _LAST:
        *listed, more = struct.unpack_from(f"<{size // 4}I", file, (more + 1) * size)
        table += listed
    chain: list[int] = []
    for sector in table:
        if sector < _LAST:
            chain += struct.unpack_from(f"<{size // 4}I", file, (sector + 1) * size)
    entries = _stream(file, size, chain, folder)
    at = entries.index("Workbook\0".encode("utf-16-le"))
    start, length = struct.unpack_from("<II", entries, at + 116)
    if length < small:
        links = _stream(file, size, chain, first_small)
        (first,) = struct.unpack_from("<I", entries, 116)
        file = bytes(_SMALL) + _stream(file, size, chain, first)
        chain, size = [*struct.unpack(f"<{len(links) // 4}I", links)], _SMALL
    return _stream(file, size, chain, start)[:length]


def _stream(file: bytes, size: int, chain: list[int], start: int) -> bytes:
    """The sectors of a stream; the first of a file stands behind its header."""
    parts: list[bytes] = []
    while start < _LAST and len(parts) <= len(chain):
        parts.append(file[(start + 1) * size : (start + 2) * size])
        start = chain[start]
    return b"".join(parts)
