"""CSV and TSV as spreadsheets save them: every cell as the text that stands in the file.

A file in UTF-8 is read where it is; one in another encoding is written out in UTF-8 first. The
first row of the data has the number that a spreadsheet shows beside it: a cell with line breaks
counts as one row, a first line ``sep=;`` as none.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn
from unicodedata import normalize

import polars as pl
from polars.exceptions import ComputeError

from tieuchi.engine.table.headers import LOOKED_AT, clean, column_names, header_at
from tieuchi.engine.table.lines import Rows, StrayQuote
from tieuchi.engine.table.origin import ROW, Source, reading, require_file, stop
from tieuchi.engine.table.quotes import Stray, mend
from tieuchi.engine.table.scratch import scratch_folder

HEAD = 1 << 20
"""So many bytes tell the encoding, the delimiter and the header."""
SEPARATORS = "\t;,|"
ALONE = "\x1f"
"""Separates nothing: of a table with one column."""
_NUMBER = re.compile(r"[-+\d.,\s%]*")
_VIETNAMESE = "cp1258"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF")
_EXTRA = "@more"


def open_delimited(path: str, header_row: int | None, encoding: str | None) -> Source:
    """A CSV or TSV file as a lazy frame of texts."""
    require_file(path)
    with reading(path):
        found = encoding_of(path) if encoding is None else _known(path, encoding)
        if found == "utf-8" and encoding is None:
            try:
                return _opened(path, path, header_row)
            except ComputeError as error:
                if "utf" not in str(error).lower():
                    raise
                found = _VIETNAMESE
                _hold_not_damaged(path)
        if found in ("utf-8", "utf-8-sig") and encoding is None:
            return _opened(path, path, header_row)
        return _converted(path, found, header_row)


def _converted(path: str, encoding: str, header_row: int | None) -> Source:
    folder, release = scratch_folder()
    try:
        plain = folder.joinpath("table.csv")
        to_utf8(path, encoding, plain)
        return _opened(path, str(plain), header_row, release)
    except BaseException:
        release()
        raise


# ---- encodings


def _known(path: str, encoding: str) -> str:
    try:
        found = codecs.lookup(encoding).name
        "".encode(found)
    except (LookupError, TypeError, ValueError):
        stop("encoding-unknown", path, encoding=encoding)
    return "utf-8-sig" if found == "utf-8" else found


def encoding_of(path: str) -> str:
    """The encoding that the first bytes tell: UTF-8 unless something speaks against it."""
    with Path(path).open("rb") as stream:
        head = stream.read(HEAD)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if head.startswith(_WORKBOOKS) or b"\0" in head:
        stop("table-not-text", path)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        _hold_not_damaged(path)
        return _VIETNAMESE
    return "mac" if b"\r" in head and b"\n" not in head else "utf-8"


def _hold_not_damaged(path: str) -> None:
    """A text in UTF-8 with a few wrong bytes is not taken for one in windows-1258."""
    good = bad = 0
    first = 0, ""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                first = first if bad else (number, f"0x{line[error.start]:02X}")
                bad += 1
            else:
                good += not line.isascii()
    if good > bad:
        stop("file-not-utf8", path, first[0], byte=first[1])


def to_utf8(path: str, encoding: str, plain: Path) -> None:
    """Write a text file out in UTF-8, with composed letters and ``\\n`` between lines."""
    shown = {"cp1258": "windows-1258", "mac": "utf-8", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    newline = None if encoding == "mac" else ""
    coding = "utf-8-sig" if encoding == "mac" else encoding
    try:
        with (
            open(path, encoding=coding, newline=newline) as source,  # noqa: PTH123
            plain.open("w", encoding="utf-8", newline="") as out,
        ):
            while lines := source.readlines(HEAD):
                text = "".join(lines)
                out.write(normalize("NFC", text) if encoding == _VIETNAMESE else text)
    except UnicodeError:
        stop("encoding-wrong", path, encoding=shown)


# ---- delimiter and header


class Layout(NamedTuple):
    """How a delimited file is laid out."""

    separator: str
    header: list[str]
    lines: int  # up to the end of the header
    first_row: int


def layout_of(text: str, header_row: int | None) -> Layout | None:
    """What the beginning of a file tells of it, None where no row names its columns."""
    said = text.partition("\n")[0].strip("\r\ufeff")
    if said.lower().startswith("sep=") and len(said) == 5:
        found = _laid_out(text.partition("\n")[2], said[4], header_row)
        return found and found[1]._replace(lines=found[1].lines + 1)
    tried = [_laid_out(text, separator, header_row) for separator in SEPARATORS]
    ranked = [each for each in tried if each is not None]
    best = max(ranked, key=lambda each: each[0], default=None)
    if best is None:
        return None
    layout = best[1]  # what a single column has of the usual separators stands in its cells
    return layout._replace(separator=ALONE) if len(layout.header) == 1 else layout


def _laid_out(
    text: str, separator: str, header_row: int | None
) -> tuple[tuple[int, int], Layout] | None:
    rows, ends = _records(text, separator, max(LOOKED_AT, header_row or 0))
    at = header_at(rows) if header_row is None else header_row - 1
    if at is None or not 0 <= at < len(rows) or not any(map(clean, rows[at])):
        return None
    width = len(rows[at])
    agree = sum(1 for row in rows[at:] if len(row) == width)
    layout = Layout(separator, rows[at], ends[at], at + 2)
    if header_row is None and all(_NUMBER.fullmatch(clean(cell)) for cell in rows[at]):
        agree = -1  # cells of a column without a separator: "1,5"
    return (agree if width > 1 else agree // 4, width), layout


def _records(text: str, separator: str, most: int) -> tuple[list[list[str]], list[int]]:
    """The first rows, and the line that each ends in."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) == most:
                break
    except csv.Error:
        pass
    return rows, ends


# ---- reading


def _opened(path: str, plain: str, header_row: int | None, release: object = None) -> Source:
    with Path(plain).open("rb") as stream:
        head = stream.read(HEAD)
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff")
    layout = layout_of(text, header_row)
    if layout is None:
        _no_header(path, text, header_row)
    names = column_names(layout.header, taken=(ROW, _EXTRA))
    done = release if callable(release) else lambda: None
    rows, mended = Rows(path, layout.separator, len(names), layout.lines + 1), None
    try:
        rows.look_at(pl.scan_lines(plain, name="line").slice(layout.lines))
    except StrayQuote:
        mended = _mended(path, plain, layout, len(names))
        plain, rows = mended.plain, mended.rows
    stray = {} if mended is None else mended.stray
    first = layout.first_row
    ragged = {first + at: cells for at, cells in rows.ragged.items() if at not in stray}
    ragged |= {first + at: of.cells for at, of in stray.items()}
    frame = _scanned(plain, layout, names, 0 if mended else layout.lines)
    if rows.blank:
        frame = frame.filter(~pl.all_horizontal(blank(name) for name in names))
    return Source(
        path, "csv", frame, names, first, ragged,
        {first + at: of.text for at, of in stray.items()},
        done if mended is None else lambda: (mended.release(), done()), layout.separator,
        rows.count,
    )  # fmt: skip


def _scanned(plain: str, layout: Layout, names: tuple[str, ...], lines: int) -> pl.LazyFrame:
    return pl.scan_csv(
        plain,
        has_header=False,
        skip_lines=lines,
        separator=layout.separator,
        schema=dict.fromkeys((*names, _EXTRA), pl.String),
        missing_columns="insert",
        extra_columns="ignore",
        row_index_name=ROW,
        row_index_offset=layout.first_row,
        raise_if_empty=False,
        glob=False,
    ).select(pl.col(ROW).cast(pl.Int64), *names)


class _Mended(NamedTuple):
    """A file written anew, without its header, and the rows in it that cannot be read."""

    plain: str
    rows: Rows
    stray: dict[int, Stray]
    release: Callable[[], object]


def _mended(path: str, plain: str, layout: Layout, columns: int) -> _Mended:
    folder, release = scratch_folder()
    try:
        anew = folder.joinpath("rows.csv")
        stray = mend(plain, layout.lines, layout.separator, columns, anew)
        rows = Rows(path, layout.separator, columns, 1)
        rows.look_at(pl.scan_lines(anew, name="line"))
    except BaseException:
        release()
        raise
    return _Mended(str(anew), rows, stray, release)


def blank(name: str) -> pl.Expr:
    """Whether a cell of text has nothing in it."""
    return pl.col(name).str.strip_chars().fill_null("") == ""


def _no_header(path: str, text: str, header_row: int | None) -> NoReturn:
    if not text.strip():
        stop("table-empty", path)
    if header_row is not None:
        stop("header-row-empty", path, header_row)
    stop("table-no-header", path)
