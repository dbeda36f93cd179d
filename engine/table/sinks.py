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

import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars.exceptions import PolarsError

from tieuchi.engine.table.databases import needed_duckdb, quoted
from tieuchi.engine.table.origin import first_line, stop
from tieuchi.engine.table.scratch import clear_stray, let_go, part_of

Cell = Any  # text, a whole number, a Decimal, a yes/no, a day, or None
INERT: Final = "'"
"""What is put before a text that a spreadsheet would take for a formula (OWASP, CSV injection)."""
_FORMULA = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_NUMBER = r"^[+-]?[\d.,]*\s*%?$"
_FULL = re.compile(r"os error (28|27|122)\b|No space left|Disk quota|disk full", re.IGNORECASE)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """What goes wrong on the way to a file is a fault of it; what Polars cannot read is not."""
    try:
        yield
    except PermissionError:
        stop("output-denied", path)
    except (OSError, PolarsError) as error:
        if _FULL.search(str(error)) or getattr(error, "errno", None) in (27, 28, 122):
            stop("output-full", path)
        if isinstance(error, PolarsError):
            raise
        stop("output-failed", path, reason=getattr(error, "strerror", None) or first_line(error))


class Sink(ABC):
    """One file to be written."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.place = Path(path).resolve()
        with writing(path):
            _hold_writable(path, self.place)
            clear_stray(self.place)
        self.part = part_of(self.place)

    @abstractmethod
    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows, to be collected."""

    def write(self, frame: pl.LazyFrame) -> None:
        """Collect these rows alone."""
        with writing(self.path):
            pl.collect_all([self.of(frame)], engine="streaming")

    def finish(self, summary: Sequence[Sequence[Cell]] = ()) -> None:
        """Put what was collected in its place; a workbook gets the summary as a second sheet."""
        with writing(self.path):
            self._complete(summary)
            _take_place(self.part, self.place)
        let_go(self.part)

    def _complete(self, summary: Sequence[Sequence[Cell]]) -> None:  # noqa: ARG002
        """Whatever belongs into the part besides its rows."""
        return

    def discard(self) -> None:
        """Remove what is not finished."""
        let_go(self.part)

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


def open_sink(
    path: str,
    *,
    table: str | None = None,
    rows: int | None = None,
    sheets: tuple[str, str] = ("results", "summary"),
) -> Sink:
    """The sink for a file, by its name; raises Faults where it cannot be written.

    `rows`, where known, are held against what a sheet can have before anything is read; `table` is
    the name in a database; `sheets` are those of the results and of the summary.
    """
    suffix = Path(path).suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        return Csv(path, "\t" if suffix == ".tsv" else ",")
    if suffix in (".parquet", ".pq"):
        return Parquet(path)
    if suffix == ".xlsx":
        from tieuchi.engine.table.sheet_sink import Workbook

        return Workbook(path, rows, sheets)
    if suffix in (".duckdb", ".ddb"):
        return DuckDb(path, table or sheets[0])
    return stop("output-kind-unknown", path, suffix=suffix or Path(path).name)


def _hold_writable(path: str, place: Path) -> None:
    if place.is_dir():
        stop("file-folder", path)
    if not place.parent.is_dir():
        stop("output-no-folder", path, folder=str(Path(path).parent))
    for needed in (place.parent, place):
        if needed.exists() and not os.access(needed, os.W_OK):
            stop("output-denied", path)


def _take_place(part: Path, place: Path) -> None:
    """Make a finished part the file itself, on the disk for certain."""
    _sync(part)
    os.replace(part, place)  # noqa: PTH105
    if sys.platform != "win32":
        with suppress(OSError):
            _sync(place.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---- text


class Csv(Sink):
    """Text in UTF-8 with a byte order mark, by which a spreadsheet knows it.

    Texts, names of columns too, that begin with ``= + - @``, a tab or a line break get an
    apostrophe before them, unless they are nothing but a number or a dash; numbers are as they are.
    """

    def __init__(self, path: str, separator: str) -> None:
        super().__init__(path)
        self._separator = separator

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows."""
        cells = [
            _inert(text(name, dtype), dtype).alias(_inert_name(name))
            for name, dtype in frame.collect_schema().items()
        ]
        sink = frame.select(cells).sink_csv(
            self.part,
            include_bom=True,
            separator=self._separator,
            check_extension=False,
            lazy=True,
        )
        assert sink is not None  # noqa: S101 - lazy
        return sink


def text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as what fits into a cell: lists and records as JSON, bytes in hexadecimal."""
    cell = pl.col(name)
    if isinstance(dtype, pl.Struct):
        return cell.struct.json_encode()
    if isinstance(dtype, pl.List | pl.Array):
        wrapped = pl.struct(cell.alias("_")).struct.json_encode()
        inner = wrapped.str.strip_prefix('{"_":').str.strip_suffix("}")
        return pl.when(cell.is_not_null()).then(inner)
    if dtype == pl.Binary:
        return cell.bin.encode("hex")
    if dtype == pl.Duration:
        return cell.dt.to_string("iso")
    return cell


def _inert(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype != pl.String:
        return cell
    return cell.map_batches(_inert_texts, return_dtype=pl.String, is_elementwise=True)


def _inert_texts(cells: pl.Series) -> pl.Series:
    """Texts with the apostrophe where it is needed; few begin so low or so high in the code."""
    odd = (cells < "0") | ((cells >= ":") & (cells < "A")) | (cells >= "\uff0b")
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
    """A lazy sink to a Parquet file."""
    sink = frame.sink_parquet(part, compression="zstd", compression_level=1, lazy=True)
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
            if _FULL.search(str(error)):
                stop("output-full", self.path)
            stop("output-failed", self.path, reason=first_line(error))
