"""A table decided by DuckDB: in less memory than the table has, on all cores.

DuckDB reads Parquet and its own tables; what is text in a file is put aside as Parquet by the
reader of `sources`, which numbers rows and names those that are not whole. Every row is decided
once, into a file put aside; from there `batch` writes, counts and refuses as it does on Polars.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Lang
from tieuchi.engine.table import batch
from tieuchi.engine.table.cell import NUMBER
from tieuchi.engine.table.databases import chosen, kept, needed_duckdb, quoted
from tieuchi.engine.table.headers import column_names
from tieuchi.engine.table.intake import hold_types
from tieuchi.engine.table.lookup import Means, with_codes
from tieuchi.engine.table.origin import ROW, Decimal, Source, first_line, require_file, stop
from tieuchi.engine.table.results import STATUSES, Plan
from tieuchi.engine.table.run import Decided, Job, decided, shown
from tieuchi.engine.table.scratch import scratch_folder
from tieuchi.engine.table.sinks import open_sink
from tieuchi.engine.table.sources import kind_of, open_source

_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'source' AND table_schema = 'main' ORDER BY 1"  # noqa: E501


@dataclass(frozen=True)
class Table:
    """A table that DuckDB reads; `query` gives `ROW` and its columns, called as a `Job` does."""

    source: Source
    base: Any
    query: str
    aside: Path

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of its columns."""
        return self.source.headers

    @property
    def rows(self) -> int | None:
        """How many rows there are, where that costs nothing to know."""
        return None if self.source.kind == "duckdb" else self.source.rows


@contextmanager
def open_table(
    path: str,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    decimal: Decimal | None = None,
) -> Iterator[Table]:
    """A table of any kind, as `open_source` takes it."""
    duckdb = needed_duckdb(path)
    kind = kind_of(path)
    aside, remove = scratch_folder()
    try:
        with closing(_connected(duckdb, aside)) as base, _held(duckdb, path):
            if kind == "duckdb":
                yield _database(base, path, sheet, aside)
                return
            with open_source(
                path, sheet=sheet, header_row=header_row, encoding=encoding, decimal=decimal
            ) as source:
                yield (_parquet if kind == "parquet" else _text)(base, source, aside)
    finally:
        remove()


def _connected(duckdb: Any, aside: Path) -> Any:
    """A database in memory, which may take half of what the machine has."""
    base = duckdb.connect()
    base.execute("SET temp_directory = ?", [str(aside.joinpath("spilled"))])
    base.execute("SET autoinstall_known_extensions = false")
    base.execute("SET TimeZone = 'UTC'")
    if hasattr(os, "sysconf"):
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
        base.execute(f"SET memory_limit = '{pages * size // 2**21}MiB'")
    return base


@contextmanager
def _held(duckdb: Any, path: str) -> Iterator[None]:
    """What is wrong with a file is a fault of it; what cannot be counted is an error of ours."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.CatalogException,
            duckdb.OutOfMemoryException) as error:  # fmt: skip
        stop("table-broken", path, reason=first_line(error))


def _parquet(base: Any, source: Source, aside: Path) -> Table:
    folder = Path(source.path).is_dir()
    where = str(Path(source.path) / "**" / "*.parquet") if folder else source.path
    many = folder or not Path(source.path).exists()
    rows = f"read_parquet({_text_of(where)}, hive_partitioning = {str(many).lower()})"
    headers = column_names(base.sql(f"FROM {rows}").columns, taken=(ROW,))
    types = source.frame.collect_schema()
    zones = [_zone(types.get(header)) for header in headers]
    return Table(replace(source, headers=headers), base, _numbered(base, rows, zones), aside)


def _database(base: Any, path: str, table: str | None, aside: Path) -> Table:
    require_file(path)
    base.execute(f"ATTACH {_text_of(path)} AS source (READ_ONLY)")
    tables = [row[0] for row in base.execute(_TABLES).fetchall()]
    rows = f"source.main.{quoted(chosen(path, table, tables))}"
    headers = column_names(base.sql(f"FROM {rows}").columns, taken=(ROW,))
    source = Source(path, "duckdb", pl.LazyFrame(), headers, 1)
    return Table(source, base, _numbered(base, rows), aside)


def _text(base: Any, source: Source, aside: Path) -> Table:
    plain = aside.joinpath("table.parquet")
    zoned = [name for name, kind in source.frame.collect_schema().items() if _zone(kind)]
    frame = source.frame.with_columns(pl.col(zoned).dt.replace_time_zone(None))
    frame.sink_parquet(plain, compression="zstd", compression_level=1)
    raw = dict(zip(source.headers, _raw(len(source.headers)), strict=True))
    raw |= {NUMBER + header: NUMBER + raw[header] for header in source.numbers}
    cells = ", ".join(f"{quoted(name)} AS {quoted(of)}" for name, of in raw.items())
    query = f"SELECT {quoted(ROW)}, {cells} FROM read_parquet({_text_of(str(plain))})"  # noqa: S608
    return Table(source, base, query, aside)


def _zone(kind: Any) -> str | None:
    """The zone of a column of instants, but for UTC."""
    zone: str | None = getattr(kind, "time_zone", None)
    return None if zone == "UTC" else zone


def _numbered(base: Any, rows: str, zones: Sequence[str | None] = ()) -> str:
    """The rows of a table in its order, with their numbers; columns by their places. Instants are
    what clocks showed in the zones that a file has them in, which DuckDB does not keep."""
    types = [str(kind) for kind in base.sql(f"FROM {rows}").types]
    names = [quoted(name) for name in _raw(len(types))]
    cells = ", ".join(
        kept(name, kind) if zone is None
        else f"timezone({_text_of(zone)}, {name}) AS {name}"
        for name, kind, zone in zip_longest(names, types, zones)
    )  # fmt: skip
    number = f"CAST(row_number() OVER () AS BIGINT) AS {quoted(ROW)}"
    return f"SELECT {number}, {cells} FROM {rows} AS t({', '.join(names)})"  # noqa: S608


def _raw(count: int) -> list[str]:
    return [f"@in{i}" for i in range(count)]


def _text_of(path: str) -> str:
    return "'" + path.replace("'", "''") + "'"


# ---- deciding


def run(
    job: Job,
    table: Table,
    output: str,
    lang: Lang,
    *,
    by: str | None = None,
    strict: bool = False,
    long: bool = False,
    seen: Callable[[int], object] = lambda _: None,
) -> batch.Outcome:
    """Decide a table on DuckDB: what `batch.run` gives. Raises Faults."""
    open_sink(output).discard()  # nothing is decided for a place that cannot be written
    job = replace(job, ragged=tuple(table.source.ragged), numbers=table.source.numbers)
    made = _decided(job, table)
    rows = made.frame.to_native()
    own = rows.select(ROW, *(pl.col(raw).alias(header) for header, raw in job.names.items()))
    source = replace(table.source, frame=own)
    return batch.run(
        job, source, output, lang, by=by, strict=strict, long=long, seen=seen, made=made
    )


def _decided(job: Job, table: Table) -> Decided:
    """The table, decided into a file put aside."""
    activities = None if job.activity_column is None else (job.activity_column, job.graph)
    raw = {name: header for header, name in job.raw.items()}
    frame: nw.LazyFrame[Any] = nw.from_native(table.base.sql(table.query))
    found = {
        header: kind for name, kind in frame.collect_schema().items() if (header := raw.get(name))
    }
    hold_types(job.by_header, found | nw.from_native(table.source.frame).collect_schema())
    coded = with_codes(frame, job.readings, activities, _means(table), raw)
    made = decided(job, coded, enum=False, native=partial(_stored, table))
    shown(job, made.plan)
    plain = table.aside.joinpath("decided.parquet")
    made.frame.to_native().order(quoted(ROW)).write_parquet(str(plain), compression="zstd")
    rows = pl.scan_parquet(plain, glob=False).with_columns(_statuses(made.plan))
    return Decided(nw.from_native(rows), made.plan)


def _statuses(plan: Plan) -> list[pl.Expr]:
    kinds = ("status", "verdict")
    return [pl.col(r.name).cast(pl.Enum(STATUSES)) for r in plan.results if r.kind in kinds]


def _means(table: Table) -> Means:
    return Means(lambda frame: list(frame.to_native().fetchall()), partial(_stored, table))


def _stored(table: Table, rows: pl.DataFrame) -> Any:
    """A small table, in DuckDB."""
    plain = table.aside.joinpath(f"small-{len(list(table.aside.iterdir()))}.parquet")
    rows.write_parquet(plain)
    return table.base.sql(f"FROM read_parquet({_text_of(str(plain))})")
