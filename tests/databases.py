"""Decisions made by a database: the printed query, run on a random table that is stored there."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import narwhals as nw
from tables import KEY, Row, Table, canonical, case, disagreements, in_polars, random_table

from tieuchi.engine.decision import CaseError, decide
from tieuchi.engine.graph import Graph
from tieuchi.engine.table.results import VERDICT, plan
from tieuchi.engine.table.sql import _query, _shown, decision_sql
from tieuchi.engine.table.sql_trees import Reader, Writer
from tieuchi.engine.table.sql_trees import column as sql_column
from tieuchi.engine.table.terms import column, divided, expression

Stored = tuple[dict[str, str], list[tuple[Any, ...]]]  # the columns with their types, the rows
Database = Callable[[Stored, str], list[Row]]  # stores them as "xã", runs a query
TABLE = "xã"
_SQL_TYPES = {"Int64": "BIGINT", "Boolean": "BOOLEAN", "String": "TEXT"}


def stored(graph: Graph, table: Table) -> Stored:
    """A table with the counts of its lists, as a database holds it."""
    frame = nw.to_native(canonical(graph, table, in_polars)).collect()
    columns = {name: _SQL_TYPES[str(kind)] for name, kind in frame.schema.items()}
    return columns, list(frame.rows())


def created(columns: dict[str, str]) -> tuple[str, str]:
    """What makes the table and what fills it, with ? for a value."""
    named = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    values = ", ".join("?" * len(columns))
    return f'CREATE TABLE "{TABLE}" ({named})', f'INSERT INTO "{TABLE}" VALUES ({values})'


def compared(
    graph: Graph,
    dialect: str,
    run: Database,
    seeds: Sequence[int],
    count: int,
    only: frozenset[str] | None = None,
) -> Iterator[str]:
    """Every row on which a database says something else than `decide`, over some random tables."""
    activities = bool(graph.activities)
    made = plan(graph, activities=activities, only=only, enum=False)
    named = made._replace(results=tuple([of for of in made.results if of.of is not None]))
    query = decision_sql(
        graph, TABLE, keep=[KEY], dialect=dialect, only=only, activities=activities
    )
    for seed in seeds:
        table = random_table(graph, count, Random(seed), activities=activities)
        rows = sorted(run(stored(graph, table), query), key=lambda row: int(row[KEY]))

        assert [row[KEY] for row in rows] == table[KEY]
        yield from disagreements(graph, table, rows, named)
        yield from _verdicts(graph, table, rows)


def _verdicts(graph: Graph, table: Table, rows: Sequence[Row]) -> Iterator[str]:
    for i, row in enumerate(rows):
        try:
            decision = decide(graph, case(graph, table, i))
        except CaseError:
            continue  # `disagreements` says whether it is broken
        want = None if decision.status is None else str(decision.status)
        if row.get(VERDICT) != want:
            yield f"row {i}: the verdict is {want}, not {row.get(VERDICT)}"


# ---- division

LARGEST = 2**62 - 1
DIVISORS = (2, 3, 7, 100, 146_097, 1_000_000, 2**31 + 11, 10**12 + 39)


def quotients(dialect: str) -> tuple[Stored, str]:
    """A table of awkward numbers, and a query that divides each by `DIVISORS`."""
    whole = column("n", null=True)
    layer = {f"over {by}": expression(divided(whole, by, LARGEST)) for by in DIVISORS}
    reader, writer = Reader({"n": "BIGINT"}), Writer(dialect)
    layers = [{"n": sql_column("n", "t")}, *writer.layers(reader.layer(layer))]
    shown = [sql_column(name) for name in ("n", *layer)]
    passed = _shown(layers, ["n"], {of.name: of for of in shown})
    near = {0, 1, LARGEST, LARGEST // 2, *DIVISORS, *(LARGEST // by * by for by in DIVISORS)}
    numbers = sorted({sign * n + d for n in near for d in (-1, 0, 1) for sign in (-1, 1)})
    rows = [(n,) for n in numbers if abs(n) <= LARGEST]
    return ({"n": "BIGINT"}, [*rows, (None,)]), _query(passed, shown, TABLE, dialect).sql(dialect)


def wrong_quotients(rows: Sequence[Row]) -> list[tuple[int | None, int, int | None]]:
    """Each number, divisor and quotient that is not the lower whole number."""
    assert len(rows) > 60
    return [
        (row["n"], by, row[f"over {by}"])
        for row in rows
        for by in DIVISORS
        if row[f"over {by}"] != (None if row["n"] is None else row["n"] // by)
    ]
