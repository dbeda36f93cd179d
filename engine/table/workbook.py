"""A sheet of a workbook: numbers as numbers, text as text, and where both stand, text.

The reader gives every cell twice, as what it is and as text. A column of numbers is a column of
numbers; whole ones are integers. Where a column has other things besides, all of it is text: a
number as a spreadsheet shows it, with the decimal mark asked for and, without one, written so that
it can be read in one way only; which cells are numbers stands in a column beside it. Rows with
nothing in them are left out, their numbers are not.
"""

from __future__ import annotations

import logging
import zipfile
from typing import Any

import polars as pl

from tieuchi.engine.diagnostic import listed, near
from tieuchi.engine.table.cell import NUMBER
from tieuchi.engine.table.headers import LOOKED_AT, clean, column_names, header_at
from tieuchi.engine.table.ods_marks import ods_marks
from tieuchi.engine.table.origin import (
    ROW,
    Decimal,
    Source,
    reading,
    require_file,
    stop,
)
from tieuchi.engine.table.sheet_marks import Marks, marks_of
from tieuchi.engine.table.xls_marks import xls_marks

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXACT = 2**53


def open_sheet(
    path: str, sheet: str | None, header_row: int | None, decimal: Decimal | None
) -> Source:
    """A sheet by its name, or the first that is shown, as a frame."""
    require_file(path)
    with reading(path):
        _hold_not_locked(path)
    name, texts, load = _loaded(path, sheet)
    rows = texts.head(max(LOOKED_AT, header_row or 0)).rows()
    if not texts.width:
        stop("table-empty", path)
    at = header_at(rows) if header_row is None else header_row - 1
    if at is None:
        stop("table-no-header", path)
    if not 0 <= at < len(rows) or not any(map(clean, rows[at])):
        stop("header-row-empty", path, header_row or 0)
    marks = _marks(path, name)
    headers = marks.spread(rows[at], at + 1)
    end = marks.down.get(at + 1, at + 1)  # a header may have several rows
    texts = texts.slice(end)
    typed = _typed(load, end, texts) if texts.height else texts
    filled = [i for i in range(texts.width) if clean(rows[at][i]) or not _empty(texts[:, i])]
    names = column_names([headers[i] for i in filled], taken=(ROW,))
    numbers = _NumberCells(load, end)
    cells, binary = dict[str, pl.Series](), dict[str, pl.Series]()
    for called, i in zip(names, filled, strict=True):
        cells[called], number = _column(
            typed[:, i], texts[:, i], i, numbers, decimal, marks, end + 1
        )
        if number is not None:
            binary[called] = number
    frame = pl.DataFrame(cells).with_row_index(ROW, end + 1).cast({ROW: pl.Int64})
    frame = frame.with_columns(**{NUMBER + called: of for called, of in binary.items()})
    frame = frame.filter(~pl.all_horizontal(pl.col(names).is_null()))
    return Source(path, "sheet", frame.lazy(), names, end + 1, numbers=frozenset(binary))


def _hold_not_locked(path: str) -> None:
    with open(path, "rb") as stream:  # noqa: PTH123
        if stream.read(8) == _OLE and _ENCRYPTED in stream.read(1 << 20):
            stop("workbook-locked", path)


def _loaded(path: str, sheet: str | None) -> tuple[str, pl.DataFrame, Any]:
    """The sheet's name, all its cells as text from row 1 on, and what loads it otherwise."""
    import fastexcel

    logging.getLogger("fastexcel").setLevel(logging.ERROR)
    logging.getLogger("fastexcel.types.dtype").setLevel(logging.ERROR)
    try:
        book = fastexcel.read_excel(path)
        names = list(book.sheet_names)
        if sheet is not None and sheet not in names:
            same = [each for each in names if clean(each).casefold() == clean(sheet).casefold()]
            if len(same) != 1:
                close = near(sheet, names)
                stop("sheet-unknown", path, sheet=sheet, sheets=listed(names), near=close)
            sheet = same[0]
        if not names:
            stop("table-empty", path)

        def opened(name: str, kind: str | None, skip: int) -> Any:
            options: dict[str, Any] = {"header_row": None, "skip_rows": skip}
            options |= {"schema_sample_rows": None} if kind is None else {"dtypes": kind}
            return book.load_sheet(name, **options)

        found = (opened(each, "string", 0) for each in (names if sheet is None else [sheet]))
        shown = (each for each in found if sheet is not None or each.visible == "visible")
        first = next(shown, None) or opened(names[0], "string", 0)
        return first.name, first.to_polars(), lambda *of: opened(first.name, *of).to_polars()
    except fastexcel.FastExcelError as error:
        told = str(error).lower()
        stop("workbook-locked" if "password" in told else "workbook-broken", path)


def _marks(path: str, sheet: str) -> Marks:
    """What is known of a sheet besides its cells, by what the file is, whatever it is called."""
    if not zipfile.is_zipfile(path):
        return xls_marks(path, sheet)
    with zipfile.ZipFile(path) as book:
        is_open = "content.xml" in book.namelist()
    return (ods_marks if is_open else marks_of)(path, sheet)


def _typed(load: Any, skip: int, texts: pl.DataFrame) -> pl.DataFrame:
    """The cells as what they are; texts where times stand beside others, which no column holds."""
    import fastexcel

    try:
        cells: pl.DataFrame = load(None, skip)
    except fastexcel.UnsupportedColumnTypeCombinationError:
        return texts
    return cells


def _empty(texts: pl.Series) -> bool:
    return texts.null_count() == len(texts)


class _NumberCells:
    """Which cells are numbers, read when it is first asked for."""

    def __init__(self, load: Any, skip: int) -> None:
        self._load, self._skip = load, skip
        self._truths: pl.DataFrame | None = None

    def of(self, column: int, texts: pl.Series) -> pl.Series:
        """Numbers and yes/no can be read as yes/no, text and days cannot."""
        if self._truths is None:
            self._truths = self._load("boolean", self._skip)
        found: pl.Series = self._truths[:, column].is_not_null()
        return found & ~texts.is_in(["true", "false"]).fill_null(True)


def _column(
    typed: pl.Series,
    texts: pl.Series,
    at: int,
    numbers: _NumberCells,
    decimal: Decimal | None,
    marks: Marks,
    first_row: int,
) -> tuple[pl.Series, pl.Series | None]:
    """A column, and of one that is text which cells are numbers with a fraction, if any is."""
    errors = marks.errors(at, first_row, len(texts))
    percent = marks.percent(at, first_row, len(texts))
    if percent is not None:
        texts = _as_percent(texts, percent & numbers.of(at, texts))
    mixed = typed.dtype.is_float() and texts.is_in(["true", "false"]).any()
    if typed.dtype != pl.String and not mixed and errors is None and percent is None:
        return _plain(typed), None
    if _empty(texts) and errors is None:
        return pl.Series([None] * len(texts), dtype=pl.String), None
    number = None
    if texts.str.contains(r"^-?\d+\.\d+%?$").any():
        number = numbers.of(at, texts)
        texts = _marked(texts, number, decimal)
    if errors is not None:
        texts = errors.zip_with(errors.is_not_null(), texts)
    return _days(texts), number


def _days(texts: pl.Series) -> pl.Series:
    return texts.str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1")


def _plain(typed: pl.Series) -> pl.Series:
    if typed.dtype.is_float():
        whole = typed.drop_nulls()
        if bool(((whole.floor() == whole) & (whole.abs() < _EXACT)).all()):
            return typed.cast(pl.Int64)
    if typed.dtype == pl.Datetime and bool((typed.dt.date().cast(typed.dtype) == typed).all()):
        return typed.dt.date()
    return typed


def _marked(texts: pl.Series, number: pl.Series, decimal: Decimal | None) -> pl.Series:
    """The numbers among texts, with the decimal mark asked for."""
    if decimal == "comma":
        other = texts.str.replace(".", ",", literal=True)
    elif decimal == "point":
        return texts
    else:  # three digits after the point would read as thousands too
        other = texts.str.replace(r"^(-?[1-9]\d{0,2}\.\d{3})(%?)$", "${1}0$2")
    return other.zip_with(number.fill_null(False), texts)


def _as_percent(texts: pl.Series, percent: pl.Series) -> pl.Series:
    """Cells that are shown as a percentage, as they are shown."""
    found = [
        _hundredfold(text) if shown and text else text
        for text, shown in zip(texts.to_list(), percent.fill_null(False).to_list(), strict=True)
    ]
    return pl.Series(found, dtype=pl.String)


def _hundredfold(text: str) -> str:
    from decimal import Decimal as Exact

    number = Exact(text).scaleb(2)
    shown = f"{number:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + "%"
