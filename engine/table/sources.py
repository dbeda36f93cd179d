"""Opening a table, whatever it stands in: `open_source(path, …)` gives a `Source`.

By the name of the file: .csv .tsv .txt (`delimited`), .xlsx .xlsm .xlsb .xls .ods (`workbook`),
.parquet as a file, a folder or a pattern, hive partitions included, .arrow .feather .ipc, and
tables of .duckdb (.ddb) and .sqlite (.sqlite3 .db) by name (`databases`).
"""

from __future__ import annotations

from collections.abc import Callable
from glob import iglob
from pathlib import Path

import polars as pl

from tieuchi.engine.table.databases import named, open_duckdb, open_sqlite
from tieuchi.engine.table.delimited import open_delimited
from tieuchi.engine.table.origin import (
    ROW,
    Decimal,
    Kind,
    Source,
    reading,
    require_file,
    stop,
)
from tieuchi.engine.table.slices import in_slices
from tieuchi.engine.table.workbook import open_sheet

__all__ = ["ROW", "Decimal", "Source", "open_source", "reading"]

_KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".tab"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "sheet"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".arrow", ".feather", ".ipc"), "arrow"),
    **dict.fromkeys((".duckdb", ".ddb"), "duckdb"),
    **dict.fromkeys((".sqlite", ".sqlite3", ".db"), "sqlite"),
}
_SQLITE, _DUCKDB = b"SQLite format 3\0", b"DUCK"


def open_source(
    path: str,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    table: str | None = None,
    decimal: Decimal | None = None,
) -> Source:
    """A table of rows; raises Faults with what is wrong with the file.

    `header_row` counts from 1, as a spreadsheet does. `decimal` is the mark that numbers in a
    column of text get where the file has them as numbers. Close the source when all is read.
    """
    kind = kind_of(path)
    openers: dict[Kind, Callable[[], Source]] = {
        "csv": lambda: open_delimited(path, header_row, encoding),
        "sheet": lambda: open_sheet(path, sheet, header_row, decimal),
        "parquet": lambda: _open_parquet(path),
        "arrow": lambda: _open_arrow(path),
        "duckdb": lambda: open_duckdb(path, table),
        "sqlite": lambda: open_sqlite(path, table),
    }
    return openers[kind]()


def kind_of(path: str) -> Kind:
    """What a table stands in, by the name of its file; a database also by its first bytes."""
    place = Path(path)
    with reading(path):
        if place.is_dir() or _is_pattern(path):
            return "parquet"
        found = _KINDS.get(place.suffix.lower())
        if found == "sqlite" or (found is None and place.is_file()):
            with place.open("rb") as stream:
                head = stream.read(16)
            if head[8:12] == _DUCKDB:
                return "duckdb"
            if head == _SQLITE:
                return "sqlite"
        if found is None:
            if not place.exists():
                stop("file-missing", path)
            stop("table-kind-unknown", path, suffix=place.suffix or place.name)
    return found


def _is_pattern(path: str) -> bool:
    return any(c in path for c in "*?[") and not Path(path).exists()


def _open_parquet(path: str) -> Source:
    folder, pattern = Path(path).is_dir(), _is_pattern(path)
    if folder:
        with reading(path):
            if next(Path(path).rglob("*.parquet"), None) is None:
                stop("folder-no-tables", path)
        where = str(Path(path) / "**" / "*.parquet") if not any(c in path for c in "*?[") else path
    else:
        where = path
        if not pattern:
            require_file(path)
        elif next(iglob(path, recursive=True), None) is None:  # noqa: PTH207 - a whole pattern
            stop("file-missing", path)
    with reading(path):
        frame = pl.scan_parquet(where, glob=folder or pattern, hive_partitioning=folder or pattern)
        return named(path, "parquet", in_slices(frame))


def _open_arrow(path: str) -> Source:
    require_file(path)
    with reading(path):
        return named(path, "arrow", pl.scan_ipc(path, glob=False))
