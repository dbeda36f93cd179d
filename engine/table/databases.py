"""Tables of databases in one file: DuckDB and SQLite, opened to be read only.

DuckDB writes the table aside as Parquet, which keeps its types and needs no other library; SQLite
has a type a cell, so a column is what all of its cells are, else text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from tieuchi.engine.diagnostic import listed, near
from tieuchi.engine.table.headers import column_names
from tieuchi.engine.table.origin import ROW, Source, first_line, require_file, stop
from tieuchi.engine.table.scratch import scratch_folder
from tieuchi.engine.table.slices import in_slices

_OTHER_TYPES = {
    **dict.fromkeys(("HUGEINT", "UHUGEINT"), "DECIMAL(38, 0)"),
    **dict.fromkeys(("INTERVAL", "BIT", "UUID", "TIME WITH TIME ZONE"), "VARCHAR"),
}
_CHUNK = 50_000
_EXACT = 2**53
_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"  # noqa: E501


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def chosen(path: str, table: str | None, tables: Sequence[str]) -> str:
    """The table of this name, or the only one."""
    if not tables:
        stop("table-empty", path)
    if table is None:
        if len(tables) > 1:
            stop("table-unnamed", path, tables=listed(tables))
        return tables[0]
    same = [each for each in tables if each == table] or [
        each for each in tables if each.casefold() == table.casefold()
    ]
    if not same:
        stop("table-unknown", path, table=table, tables=listed(tables), near=near(table, tables))
    return same[0]


# ---- DuckDB


def open_duckdb(path: str, table: str | None) -> Source:
    """A table or view of a DuckDB file."""
    require_file(path)
    duckdb = needed_duckdb(path)
    folder, release = scratch_folder()
    plain = folder.joinpath("table.parquet")
    try:
        with closing(duckdb.connect(path, read_only=True)) as base:
            base.execute("SET memory_limit = '512MB'")
            found = base.execute(
                "SELECT table_name FROM information_schema.tables "
                "WHERE table_schema = 'main' ORDER BY table_name"
            ).fetchall()
            name = quoted(chosen(path, table, [row[0] for row in found]))
            described = base.execute(f"DESCRIBE {name}").fetchall()
            cells = ", ".join(kept(quoted(row[0]), row[1]) for row in described)
            to = str(plain).replace("'", "''")
            base.execute(f"COPY (SELECT {cells} FROM {name}) TO '{to}' (FORMAT parquet)")  # noqa: S608
    except duckdb.Error as error:
        release()
        stop("table-broken", path, reason=first_line(error))
    except BaseException:
        release()
        raise
    frame = in_slices(pl.scan_parquet(plain, glob=False))
    return named(path, "duckdb", frame, release)


def kept(name: str, kind: str) -> str:
    """A column, in a type that Parquet keeps exactly and Polars reads."""
    other = _OTHER_TYPES.get(kind)
    return name if other is None else f"CAST({name} AS {other}) AS {name}"


def needed_duckdb(path: str) -> Any:
    """The library, or how to get it."""
    try:
        import duckdb
    except ImportError:
        stop("duckdb-missing", path)
    return duckdb


def named(path: str, kind: Any, frame: pl.LazyFrame, release: Any = None) -> Source:
    """A frame with typed columns as a table: its rows numbered from 1, its names made one each."""
    own = frame.collect_schema().names()
    names = column_names(own, taken=(ROW,))
    renamed = frame.select(pl.col(old).alias(new) for old, new in zip(own, names, strict=True))
    numbered = renamed.with_row_index(ROW, 1).with_columns(pl.col(ROW).cast(pl.Int64))
    return Source(path, kind, numbered, names, 1, release=release or (lambda: None))


# ---- SQLite


def open_sqlite(path: str, table: str | None) -> Source:
    """A table or view of an SQLite file."""
    require_file(path)
    try:
        with closing(_connected(path)) as base:
            tables = [row[0] for row in base.execute(_TABLES)]
            name = chosen(path, table, tables)
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({quoted(name)})")]
            kinds = {column: _kind(base, name, column) for column in columns}
    except sqlite3.Error as error:
        stop("table-broken", path, reason=first_line(error))
    schema = pl.Schema(kinds)

    def rows(
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,
    ) -> Iterator[pl.DataFrame]:
        shown = columns if with_columns is None else with_columns
        needed = [] if predicate is None else predicate.meta.root_names()
        wanted = {each: schema[each] for each in dict.fromkeys([*shown, *needed])}
        for batch in _batches(path, name, wanted, n_rows, batch_size or _CHUNK):
            yield batch if predicate is None else batch.filter(predicate).select(shown)

    return named(path, "sqlite", register_io_source(rows, schema=schema))


def _connected(path: str) -> sqlite3.Connection:
    base = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
    )
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return base


def _kind(base: sqlite3.Connection, table: str, column: str) -> Any:
    """What all cells of a column are: whole numbers, numbers, else text."""
    cell = quoted(column)
    asked = f"SELECT typeof({cell}), max({cell}), min({cell}) FROM {quoted(table)} GROUP BY 1"  # noqa: S608
    found = {kind: (most, least) for kind, most, least in base.execute(asked) if kind != "null"}
    kinds = found.keys()
    if kinds == {"integer"}:
        return pl.Int64
    most, least = found.get("integer", (0, 0))
    if kinds and kinds <= {"integer", "real"} and -_EXACT < least <= most < _EXACT:
        return pl.Float64
    return pl.Binary if kinds == {"blob"} else pl.String


def _batches(
    path: str, table: str, wanted: dict[str, Any], n_rows: int | None, size: int
) -> Iterator[pl.DataFrame]:
    cells = ", ".join(
        f"CAST({quoted(name)} AS TEXT)" if kind == pl.String else quoted(name)
        for name, kind in wanted.items()
    )
    limit = "" if n_rows is None else f" LIMIT {n_rows}"
    with closing(_connected(path)) as base:
        cursor = base.execute(f"SELECT {cells or 1} FROM {quoted(table)}{limit}")  # noqa: S608
        while rows := cursor.fetchmany(size):
            yield pl.DataFrame(rows, schema=wanted, orient="row")
