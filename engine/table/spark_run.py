"""A table decided on Spark: where its rows are, by whoever has them.

Rows stay on the executors: what comes to the driver are the distinct texts that are no plain
numbers, and the summary. `ROW` is a number that Spark gives each row, no place in a file: the
rejects carry the name of the row beside it. Results and rejects are folders of Parquet or tables,
written under another name and then renamed. Executors need this package, for the rejects.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Lang
from tieuchi.engine.table import batch
from tieuchi.engine.table.cell import SPACES
from tieuchi.engine.table.headers import column_names
from tieuchi.engine.table.intake import hold_types
from tieuchi.engine.table.lists import KEY, Keys, Listed
from tieuchi.engine.table.long import NUMBERS, Line, lines_of, places_of
from tieuchi.engine.table.lookup import Means, with_codes
from tieuchi.engine.table.origin import ROW, first_line, stop
from tieuchi.engine.table.results import Plan
from tieuchi.engine.table.run import Decided, Job, decided, shown
from tieuchi.engine.table.spark_rows import Work, dotless
from tieuchi.engine.table.spark_sink import Places

_OURS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_LOCAL = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_APART = "spark.sql.optimizer.excludedRules"
_RULES = "org.apache.spark.sql.catalyst.optimizer.CollapseProject"


@dataclass(frozen=True)
class Table:
    """A table of Spark as it stands."""

    path: str
    frame: Any
    headers: tuple[str, ...]
    rows: None = None  # they are counted once they are written

    @property
    def session(self) -> Any:
        """The session that reads it."""
        return self.frame.sparkSession


@contextmanager
def open_table(path: str, master: str | None, conf: Mapping[str, str]) -> Iterator[Table]:
    """Parquet (a file, a folder, a pattern, on any file system of Spark) or a table by its name."""
    try:
        import pyspark.errors
        import pyspark.sql
    except ImportError:
        stop("pyspark-missing", path)
    suffix = PurePosixPath(path).suffix.lower()
    is_file = suffix in (".parquet", ".pq") or any(c in path for c in "/*?[") or Path(path).exists()
    if suffix and Path(path).is_file() and suffix not in (".parquet", ".pq"):
        stop("spark-kind-unknown", path, suffix=suffix)
    open_before = pyspark.sql.SparkSession.getActiveSession()
    session = open_before
    if session is None or master is not None or conf:
        session = _session(pyspark.sql, path, master, conf)
    try:
        frame = session.read.parquet(path) if is_file else session.table(path)
        yield Table(path, frame, column_names(frame.columns, taken=(ROW,)))
    except pyspark.errors.AnalysisException as error:
        missing = error.getCondition() in ("PATH_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND")
        if missing:
            stop("file-missing", path)
        stop("table-broken", path, reason=first_line(error))
    finally:
        if open_before is None:
            session.stop()


def _session(sql: Any, path: str, master: str | None, conf: Mapping[str, str]) -> Any:
    where = master or conf.get("spark.master") or "local[*]"
    settings = _OURS | (_LOCAL if where.startswith("local") else {}) | dict(conf)
    if where.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.appName("tieuchi").master(where)
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # noqa: BLE001 - whatever keeps Java from starting
        stop("java-missing", path, reason=first_line(error))
    session.sparkContext.setLogLevel(settings["spark.log.level"])
    return session


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
    """Decide a table on Spark: what `batch.run` gives, but for the numbers of rows. Raises Faults;
    with `strict`, of a row that is bad, before anything is written."""
    places = Places(table.session, output)
    with _set(table.session):
        kept: list[Any] = []
        made = _decided(job, table, kept)
        names = {dotless(name): told for name, told in shown(job, made.plan).items()}
        native = made.frame.to_native()
        rows = native.toDF(*map(dotless, native.columns)).persist()
        done = Work(job, table.path, rows, made.plan)
        try:
            batch.hold_members(job, (_met(table, rows, *pair) for _, pair in job.lists))
            if strict:
                done.hold_good(lang)
            good = done.good.select(*(_named(name, told) for name, told in names.items()))
            out = places.write(_lengthened(good, job, made.plan) if long else good, output)
            told = places.write(done.reasons(lang), places.rejects)
            read, rejected = table.frame.count(), told.select(told.columns[0]).distinct().count()
            decided_rows = out.count()
            written = decided_rows // done.lines if long else decided_rows
            if read != written + rejected:
                raise batch.Unaccounted(read, written, rejected)
            places.take(output)
            (places.take if rejected else places.remove)(places.rejects)
            seen(read)
            summed = done.summed(by)
            return batch.Outcome(
                job.graph, read, written, rejected, done.figures(summed), tuple(done.near()),
                by or "", tuple(done.groups(summed) if by else ()), done.matrix(), output,
                places.rejects if rejected else "", done.floats(),
            )  # fmt: skip
        finally:
            for frame in (rows, *kept):
                frame.unpersist()
            places.clear()


@contextmanager
def _set(session: Any) -> Iterator[None]:
    """The settings that a run needs: an overflow is an error, and layers stay layers: put into one
    another, they double at every use."""
    rules = session.conf.get(_APART, "") or ""
    wanted = {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.caseSensitive": "true",
        "spark.sql.decimalOperations.allowPrecisionLoss": "false",  # else six decimals are kept
        "spark.sql.codegen.wholeStage": "false",  # all layers at once are more than a method holds
        _APART: f"{rules},{_RULES}".strip(","),
    }
    before = {key: session.conf.get(key, None) for key in wanted}
    for key, value in wanted.items():
        session.conf.set(key, value)
    try:
        yield
    finally:
        for key, was in before.items():
            if was is None:
                session.conf.unset(key)
            else:
                session.conf.set(key, was)


def _decided(job: Job, table: Table, kept: list[Any]) -> Decided:
    from pyspark.sql import functions

    raw = {name: header for header, name in job.raw.items()}
    numbered = table.frame.toDF(*raw).withColumn(ROW, functions.monotonically_increasing_id())
    frame: nw.LazyFrame[Any] = nw.from_native(numbered)
    hold_types(job.by_header, dict(zip(job.headers, frame.collect_schema().dtypes(), strict=False)))
    activities = None if job.activity_column is None else (job.activity_column, job.graph)
    small = partial(_small, table)

    def keep(sifted: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        kept.append(sifted.to_native().persist())
        held: nw.LazyFrame[Any] = nw.from_native(kept[-1])
        return held

    means = Means(lambda odd: [tuple(row) for row in odd.to_native().collect()], small, keep)
    coded = with_codes(frame, job.readings, activities, means, raw)
    return decided(job, coded, enum=False, native=small)


def _met(table: Table, rows: Any, column: str, listed: Listed) -> Keys:
    """Which keys of members rows have."""
    from pyspark.sql import functions as f

    found = f.trim(f.col(column).cast("string"), f.lit(SPACES)).alias(KEY)
    counted = rows.groupBy(found).count()
    met = _small(table, listed.keys.to_frame()).join(counted, KEY).collect()
    keys = Keys(listed.keys)
    keys.add(*(pl.Series([row[i] for row in met], dtype=t) for i, t in enumerate(_TYPES)))
    return keys


_TYPES = {pl.String: "string", pl.Int64: "bigint"}


def _small(table: Table, rows: pl.DataFrame) -> Any:
    """A small table, which every executor gets whole."""
    from pyspark.sql import functions

    types = ", ".join(f"`{name}` {_TYPES[type(kind)]}" for name, kind in rows.schema.items())
    return functions.broadcast(table.session.createDataFrame(rows.rows(), types))


def _named(name: str, told: str) -> Any:
    from pyspark.sql import functions

    return functions.col(name).alias(told)


def _lengthened(out: Any, job: Job, plan: Plan) -> Any:
    """What `lengthened` gives."""
    from pyspark.sql import functions as f

    places = places_of(plan)
    own = [f.col(f"`{name.replace('`', '``')}`").alias(name) for name in job.headers]

    def of(column: str, kind: str) -> Any:
        return (f.col(f"`{column}`") if column else f.lit(None)).cast(kind)

    def one(line: Line) -> Any:
        cells = line._asdict()
        return f.struct(
            f.lit(line.name).alias("provision"),
            of(line.status, "string").alias("status"),
            f.lit(line.unit or None).cast("string").alias("unit"),
            *(of(cells[name], f"decimal(38,{places})").alias(name) for name in NUMBERS),
        )

    each = f.explode(f.array(*map(one, lines_of(plan))))
    fields = [f.col(f"@each.{name}") for name in ("provision", "status", "unit", *NUMBERS)]
    return out.select(*own, each.alias("@each")).select(
        *(f.col(f"`{name.replace('`', '``')}`") for name in job.headers), *fields
    )
