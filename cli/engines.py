"""What decides a table: Polars, DuckDB, Spark, or the reader's own database by a printed query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tieuchi.cli.command import Option, Unforeseen, refuse
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.cli.batch import Line
    from tieuchi.engine.diagnostic import Lang
    from tieuchi.engine.graph import Graph

DIALECTS = ("duckdb", "postgres", "sqlite")
OPTIONS = (
    Option(
        "--engine",
        says=Words("Tính trên.", "What decides the rows."),
        type=click.Choice(("polars", "duckdb", "spark")),
        default="polars",
    ),
    Option(
        "--master",
        says=Words(
            "Máy chủ Spark; không nêu thì dùng phiên đang mở, hoặc `local[*]`.",
            "The master of Spark; else the session that is open, or `local[*]`.",
        ),
        metavar="URL",
    ),
    Option(
        "--conf",
        says=Words("Thiết đặt của Spark; lặp lại được.", "A setting of Spark; may be repeated."),
        multiple=True,
        metavar="KEY=VALUE",
    ),
    Option(
        "--sql",
        says=Words(
            "In câu truy vấn SQL để chạy trong cơ sở dữ liệu có bảng TABLE; không đọc gì.",
            "Print the query in SQL, to run in a database that has a table TABLE; reads nothing.",
        ),
        is_flag=True,
    ),
    Option(
        "--dialect",
        says=Words("Cơ sở dữ liệu của `--sql`.", "The database of `--sql`."),
        type=click.Choice(DIALECTS),
        default="duckdb",
    ),
)
_NO_SQL = ("complete", "decimal", "lists", "long", "mapping", "sheet", "strict", "by")


@contextmanager
def opened(line: Line) -> Iterator[tuple[Any, Callable[..., Any]]]:
    """The table of a command line, and what decides it."""
    read: dict[str, Any] = {
        "sheet": line.sheet, "header_row": line.header_row, "encoding": line.encoding,
        "decimal": line.decimal,
    }  # fmt: skip
    if line.engine != "spark" and (line.master or line.conf):
        name = "--master" if line.master else "--conf"
        refuse(f"`{name}` chỉ dùng với `--engine spark`", f"`{name}` goes with `--engine spark`")
    if line.engine == "spark":
        from tieuchi.engine.table import spark_run

        with spark_run.open_table(line.table, line.master, _settings(line.conf)) as frame:
            yield frame, spark_run.run
    elif line.engine == "duckdb":
        from tieuchi.engine.table import duckdb_run

        with duckdb_run.open_table(line.table, **read) as table:
            yield table, duckdb_run.run
    else:
        from tieuchi.engine.table import batch
        from tieuchi.engine.table.sources import open_source

        with open_source(line.table, table=line.sheet, **read) as source:
            yield source, batch.run


def _settings(conf: Sequence[str]) -> dict[str, str]:
    settings = {}
    for each in conf:
        key, equals, value = each.partition("=")
        if not equals or not key.startswith("spark."):
            refuse(
                f"`--conf {each}` không có dạng spark.KEY=VALUE",
                f"`--conf {each}` is not spark.KEY=VALUE",
            )
        settings[key] = value
    return settings


def query(
    line: Line,
    graph: Graph,
    activities: frozenset[str] | None,
    only: frozenset[str] | None,
    lang: Lang,
) -> str:
    """The decision in SQL, beside the column of `--key`, or else the row's number."""
    for name in _NO_SQL:
        if getattr(line, name):
            option = {"lists": "list", "mapping": "map"}.get(name, name)
            refuse(f"`--{option}` không đi cùng `--sql`", f"`--{option}` does not go with `--sql`")
    keep = [] if line.key is None else [line.key]
    with written("--sql", line.table):
        from tieuchi.engine.table.sql import decision_sql

        return decision_sql(
            graph, line.table, keep=keep, dialect=line.dialect, only=only,
            activities=activities or False, lang=lang,
        )  # fmt: skip


@contextmanager
def written(option: str, place: str) -> Iterator[None]:
    """Whatever keeps a query from being written, in one line: `option` asked for it, `place` is
    where a library is missing."""
    from tieuchi.engine.table.origin import stop
    from tieuchi.engine.table.results import NoDecimal

    try:
        from tieuchi.engine.table.sql_trees import NotUnderstood, Unwritable

        try:
            yield
        except NoDecimal as error:
            stop("step-no-decimal", place, step=error.step, unit=error.unit)
        except Unwritable as error:
            refuse(f"`{option}`: {error.words.vi}", f"`{option}`: {error.words.en}")
        except NotUnderstood as error:
            raise Unforeseen(
                Words(
                    f"{error.writers} viết câu SQL chưa hiểu được, `{error.written}`; trong khi "
                    "chờ, xét bảng bằng `--engine duckdb`",
                    f"{error.writers} write SQL that is not understood, `{error.written}`; "
                    "meanwhile, decide the table with `--engine duckdb`",
                )
            ) from error
    except ImportError:
        stop("sqlglot-missing", place)
