"""Workbooks of other kinds than .xlsx, written by hand: .ods and .xls, open or locked."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

Row = Sequence[str | int | float | None]
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
_ERRORS = {"#DIV/0!": 7, "#N/A": 42}
_END, _NONE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class Percent(float):
    """A number that is shown as a percentage."""


class Error(str):
    """A cell with an error, as it is shown."""

    __slots__ = ()


class Wide(str):
    """A text that stands over two columns; None is the second."""

    __slots__ = ()


def ods(path: Path, rows: Sequence[Row], *, locked: bool = False) -> Path:
    """A sheet of OpenDocument; of a locked one the cells are no XML, and the manifest says so."""
    cells = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{_NAMES}:office:1.0" '
        f'xmlns:table="{_NAMES}:table:1.0" xmlns:text="{_NAMES}:text:1.0" '
        'xmlns:calcext="calcext"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    key = "<manifest:encryption-data/>" if locked else ""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", _SHEETS)
        book.writestr("content.xml", b"\x8f" * 999 if locked else content)
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml">{key}'
            "</manifest:file-entry></manifest:manifest>",
        )
    return path


def _cell(value: str | float | None) -> str:
    if value is None:
        return '<table:table-cell table:number-columns-repeated="1"/>'
    if isinstance(value, Percent):
        return f'<table:table-cell office:value-type="percentage" office:value="{value}"/>'
    if isinstance(value, Error):
        return (
            '<table:table-cell office:value-type="string" office:string-value="" '
            f'calcext:value-type="error"><text:p>{value}</text:p></table:table-cell>'
        )
    if isinstance(value, str):
        wide = ' table:number-columns-spanned="2"' if isinstance(value, Wide) else ""
        return (
            f'<table:table-cell office:value-type="string"{wide}><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xls(path: Path, rows: Sequence[Row], *, locked: bool = False) -> Path:
    """A sheet of Excel 97; where it is locked, with the record that says so before all else."""
    lock = _record(0x2F, struct.pack("<HHH48x", 1, 1, 1)) if locked else b""
    start = _record(0x809, struct.pack("<HH12x", 0x600, 5)) + lock
    shown = "0,0%".encode("utf-16-le")
    start += _record(0x41E, struct.pack("<HHB", 164, len(shown) // 2, 1) + shown)
    start += b"".join(_record(0xE0, struct.pack("<HH16x", 0, kind)) for kind in (0, 164))
    end = _record(0x0A, b"")
    name = struct.pack("<HBB", 0, 1, 0) + b"A"
    at = len(start) + len(_record(0x85, b"\0" * 4 + name)) + len(end)
    book = start + _record(0x85, struct.pack("<I", at) + name) + end
    book += _record(0x809, struct.pack("<HH12x", 0x600, 0x10))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, isinstance(value, Percent))
            if isinstance(value, Wide):
                over = struct.pack("<HHHHH", 1, row, row, column, column + 1)
                book += _record(0xE5, over)
            if value is None:
                continue
            if isinstance(value, Error):
                book += _record(0x205, place + struct.pack("<BB", _ERRORS[value], 1))
            elif isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                book += _record(0x204, place + text)
            else:
                book += _record(0x203, place + struct.pack("<d", value))
    path.write_bytes(_compound(book + end))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream, called Workbook."""
    sectors = max(8, -(-len(stream) // 512))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096)
    header += struct.pack("<IIIII", _END, 0, _END, 0, 0) + struct.pack("<I", _NONE) * 108
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    table = b"".join(struct.pack("<I", each) for each in chain + [_NONE] * (128 - len(chain)))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _NONE, 2, sectors * 512)
    return header + table + folder.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, _NONE, _NONE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
