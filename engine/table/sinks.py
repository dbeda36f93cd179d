"""Writing a table out, whole or not at all.

    with open_sink("out.parquet") as sink, open_sink("out.rejects.csv") as rejects:
        with writing(sink.path):
            pl.collect_all([sink.of(decided), rejects.of(refused)], engine="streaming")
        sink.finish()
        rejects.finish()

`of` gives a lazy sink, so that several are collected in one pass over the input. Until `finish` all
is in a file beside (see `scratch`); then it takes its place at once. Left without `finish`, nothing
stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from tieuchi.engine.table.databases import needed_duckdb, quoted
from tieuchi.engine.table.origin import Style, first_line, stop
from tieuchi.engine.table.scratch import let_go
from tieuchi.engine.table.sheet_sink import Workbook
from tieuchi.engine.table.sink import Cell, Sink, is_full, text, writing

INERT: Final = "'"
"""What is put before a text that a spreadsheet would take for a formula (OWASP, CSV injection)."""
_FORMULA = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_NUMBER = r"^[+-]?[\d.,]*\s*%?$"
_ROWS, _CELLS = 1 << 18, 1 << 25
"""What a row group of Parquet has at most. Polars keeps 4 KB of each column of each row group until
the file is complete: with fewer cells, long wide tables take more memory, not less."""


# ---- text


class Csv(Sink):
    """Text in UTF-8 with a byte order mark, by which a spreadsheet knows it.

    Texts, names of columns too, that begin with ``= + - @``, a tab or a line break get an
    apostrophe before them, unless they are nothing but a number or a dash; numbers are as they are,
    decimals with the mark of the style.
    """

    def __init__(self, path: str, style: Style) -> None:
        super().__init__(path)
        self._style = style

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows."""
        cells = [
            self._cell(name, dtype).alias(_inert_name(name))
            for name, dtype in frame.collect_schema().items()
        ]
        sink = frame.select(cells).sink_csv(
            self.part,
            include_bom=True,
            separator=self._style.separator,
            check_extension=False,
            lazy=True,
        )
        assert sink is not None  # noqa: S101 - lazy
        return sink

    def _cell(self, name: str, dtype: pl.DataType) -> pl.Expr:
        cell = text(name, dtype)
        if self._style.decimal == "comma" and (dtype.is_decimal() or dtype.is_float()):
            return cell.cast(pl.String).str.replace(".", ",", literal=True)
        return _inert(cell) if dtype == pl.String else cell


def _inert(cell: pl.Expr) -> pl.Expr:
    return cell.map_batches(_inert_texts, return_dtype=pl.String, is_elementwise=True)


def _inert_texts(cells: pl.Series) -> pl.Series:
    """Texts with the apostrophe where it is needed; few begin so low or so high in the code."""
    no_digit = (cells < "0") | (cells >= ":")
    if not no_digit.any():
        return cells
    odd = no_digit & ((cells < "A") | (cells >= "\uff0b"))
    if not odd.any():
        return cells
    formula = cells.str.contains(_FORMULA) & ~cells.str.contains(_NUMBER)
    return (INERT + cells).zip_with(formula.fill_null(False), cells)


def _inert_name(name: str) -> str:
    return str(_inert_texts(pl.Series([name]))[0])


# ---- columns


class Parquet(Sink):
    """Parquet, compressed with zstd."""

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows."""
        return rows_to(frame, self.part)


def rows_to(frame: pl.LazyFrame, part: Path) -> pl.LazyFrame:
    """A lazy sink to a Parquet file; a row group is in memory until it is full."""
    sink = frame.sink_parquet(
        part,
        compression="zstd",
        compression_level=1,
        row_group_size=min(_ROWS, _CELLS // max(len(frame.collect_schema()), 1)),
        lazy=True,
    )
    assert sink is not None  # noqa: S101 - lazy
    return sink


class DuckDb(Sink):
    """A table of a DuckDB file: a new file, or in one transaction a new table in the old one."""

    def __init__(self, path: str, table: str) -> None:
        super().__init__(path)
        self._library = needed_duckdb(path)
        self._table = table
        self._rows = self.part.with_name(f"{self.part.name}.rows")

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows."""
        return rows_to(frame, self._rows)

    def finish(self, summary: Sequence[Sequence[Cell]] = ()) -> None:
        """Make the rows a table."""
        if not self.place.exists():
            super().finish(summary)
            return
        with writing(self.path):
            self._make(self.place)
        let_go(self.part)

    def _complete(self, summary: Sequence[Sequence[Cell]]) -> None:  # noqa: ARG002
        self._make(self.part)

    def _make(self, place: Path) -> None:
        rows = str(self._rows).replace("'", "''")
        try:
            with self._library.connect(str(place)) as base:
                base.execute("SET memory_limit = '512MB'")
                base.execute("BEGIN")
                base.execute(
                    f"CREATE OR REPLACE TABLE {quoted(self._table)} AS "  # noqa: S608
                    f"SELECT * FROM read_parquet('{rows}')"
                )
                base.execute("COMMIT")
        except self._library.Error as error:
            if is_full(error):
                stop("output-full", self.path)
            stop("output-failed", self.path, reason=first_line(error))


# ---- which


def open_sink(
    path: str,
    *,
    table: str | None = None,
    rows: int | None = None,
    sheets: tuple[str, str] = ("results", "summary"),
    words: Mapping[str, str] | None = None,
    style: Style | None = None,
) -> Sink:
    """The sink for a file, by its name; raises Faults where it cannot be written.

    `rows`, where known, are held against what a sheet can have before anything is read; `table` is
    the name in a database; `sheets` are those of the results and of the summary, `words` what a
    workbook says for statuses, `style` how delimited text is written.
    """
    suffix = Path(path).suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        style = style or Style()
        return Csv(path, style._replace(separator="\t") if suffix == ".tsv" else style)
    if suffix in (".parquet", ".pq"):
        return Parquet(path)
    if suffix == ".xlsx":
        return Workbook(path, rows, sheets, words or {})
    if suffix in (".duckdb", ".ddb"):
        return DuckDb(path, table or sheets[0])
    return stop("output-kind-unknown", path, suffix=suffix or Path(path).name)
