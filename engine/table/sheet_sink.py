"""A workbook with the results on one sheet, coloured, and the summary on another.

Rows go to the disk as they come. A sheet holds numbers of fifteen digits: a longer one is written
as text, so that none is changed. Statuses are words that the caller gives, by language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any, Final

import polars as pl

from tieuchi.engine.table.origin import stop
from tieuchi.engine.table.scratch import scratch_folder
from tieuchi.engine.table.sink import Cell, Sink, text
from tieuchi.engine.truth import Status

MOST_ROWS: Final = 1_048_575
MOST_COLUMNS: Final = 16_384
MOST_CHARACTERS: Final = 32_767
_DIGITS, _LONG = 15, 1_000_000_000_000_000
_COLOURS: Final[dict[str, tuple[str, str]]] = {
    str(Status.MET): ("#C6EFCE", "#006100"),
    str(Status.NOT_MET): ("#FFC7CE", "#9C0006"),
    str(Status.UNDETERMINED): ("#FFEB9C", "#7F6000"),
    str(Status.NOT_APPLICABLE): ("#E7E6E6", "#595959"),
}
_Write = Callable[[int, int, Any], None]


class Workbook(Sink):
    """An .xlsx file."""

    def __init__(
        self, path: str, rows: int | None, sheets: tuple[str, str], words: Mapping[str, str]
    ) -> None:
        import xlsxwriter

        super().__init__(path)
        self._hold_rows(rows or 0)
        self._folder, self._release = scratch_folder()
        self._book = xlsxwriter.Workbook(
            str(self.part),
            {
                "constant_memory": True,
                "tmpdir": str(self._folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )
        self._sheet = self._book.add_worksheet(sheets[0])
        self._summary_name = sheets[1]
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._title = self._book.add_format({"bold": True})
        self._count = self._book.add_format({"num_format": "#,##0"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        self._words = {status: words.get(status, status) for status in _COLOURS}
        self._formats, self._heads = (
            {
                status: self._book.add_format({"bg_color": back, "font_color": front, **more})
                for status, (back, front) in _COLOURS.items()
            }
            for more in ({}, {"bold": True, "text_wrap": True, "valign": "top"})
        )
        self._row = 0
        self._closed = False

    def _hold_rows(self, rows: int) -> None:
        if rows > MOST_ROWS:
            stop("sheet-too-long", self.path, rows=rows, limit=MOST_ROWS)

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows."""
        schema = frame.collect_schema()
        if len(schema) > MOST_COLUMNS:
            stop("sheet-too-wide", self.path, columns=len(schema), limit=MOST_COLUMNS)
        for at, name in enumerate(schema):
            self._sheet.set_column(at, at, min(max(10, len(name) + 3), 40))
            self._write_text(0, at, name, self._bold)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        _on_paper(self._sheet)
        self._row, self._width = 1, len(schema)
        cells = frame.select(text(name, dtype).alias(name) for name, dtype in schema.items())
        sink = cells.sink_batches(self._write_rows, maintain_order=True, lazy=True)
        assert sink is not None  # noqa: S101 - lazy
        return sink

    def _write_rows(self, batch: pl.DataFrame) -> None:
        self._hold_rows(self._row - 1 + batch.height)
        writers = [self._writer(column.dtype) for column in batch]
        self._hold_lengths(batch)
        columns = [column.to_list() for column in batch]
        for row, values in enumerate(zip(*columns, strict=True), self._row):
            for at, value in enumerate(values):
                if value is not None:
                    writers[at](row, at, value)
        self._row += batch.height

    def _hold_lengths(self, batch: pl.DataFrame) -> None:
        for column in batch:
            if column.dtype == pl.String:
                longest: Any = column.str.len_chars().max()
                if longest is not None and longest > MOST_CHARACTERS:
                    self._too_long(column.name, longest)

    def _too_long(self, name: str, length: int) -> None:
        stop("sheet-cell-long", self.path, column=name, length=length, limit=MOST_CHARACTERS)

    def _writer(self, dtype: pl.DataType) -> _Write:
        """How the values of a type are written."""
        if isinstance(dtype, pl.Enum) and set(dtype.categories) <= _COLOURS.keys():
            return self._write_status
        if dtype == pl.String:
            return self._write_text
        return self._write_cell

    def _write_text(self, row: int, at: int, value: str, form: Any = None) -> None:
        self._sheet.write_string(row, at, value, form)

    def _write_status(self, row: int, at: int, value: str) -> None:
        self._sheet.write_string(row, at, self._words[value], self._formats[value])

    def _write_cell(self, row: int, at: int, value: Any) -> None:
        write_cell(self._sheet, row, at, value, self._day, self._moment)

    def _complete(self, summary: Sequence[Sequence[Cell]]) -> None:
        from xlsxwriter.exceptions import FileCreateError

        if self._row > 0 and self._width:
            self._sheet.autofilter(0, 0, max(self._row - 1, 1), self._width - 1)
        if summary:
            self._write_summary(self._book.add_worksheet(self._summary_name), summary)
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        self._closed = True

    def _write_summary(self, sheet: Any, summary: Sequence[Sequence[Cell]]) -> None:
        """The summary: the row that names the statuses is its header, the first one its title."""
        _on_paper(sheet)
        sheet.set_column(0, 2, 30)
        sheet.set_column(3, 20, 13)
        heads = {self._words[status]: form for status, form in self._heads.items()}
        for row, cells in enumerate(summary):
            is_header = heads.keys() <= {cell for cell in cells if isinstance(cell, str)}
            usual = self._title if row == 0 else self._bold if is_header else None
            for at, cell in enumerate(cells):
                if isinstance(cell, str):
                    form = heads.get(cell, usual) if is_header else usual
                    sheet.write_string(row, at, cell[:MOST_CHARACTERS], form)
                elif type(cell) is int:
                    sheet.write_number(row, at, cell, self._count)
                elif cell is not None:
                    write_cell(sheet, row, at, cell, self._day, self._moment)

    def discard(self) -> None:
        """Remove what is not finished, and what was put aside for it."""
        if not self._closed:
            self._closed = self._book.fileclosed = True
            for sheet in self._book.worksheets():
                if getattr(sheet, "row_data_fh", None) is not None:
                    sheet.row_data_fh.close()
        self._release()
        super().discard()


def _on_paper(sheet: Any) -> None:
    """All columns side by side on A4."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write_cell(sheet: Any, row: int, at: int, value: Any, day: Any, moment: Any) -> None:
    """Write a value as what it is, or as text where a sheet would change it."""
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif _is_kept(value):
        sheet.write_number(row, at, value)
    elif isinstance(value, dt.datetime) and value.year >= 1900 and value.tzinfo is None:
        sheet.write_datetime(row, at, value, moment)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year >= 1900:
        sheet.write_datetime(row, at, value, day)
    else:
        sheet.write_string(row, at, str(value))


def _is_kept(value: Any) -> bool:
    """Whether a sheet holds a number as it is."""
    if isinstance(value, int):
        return abs(value) < _LONG
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits) <= _DIGITS
    return type(value).__name__ == "float" and isfinite(value)
