"""Decisions made by a database: the printed query, run on a random table that is stored there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import narwhals as nw
from tables import KEY, Row, Table, canonical, case, disagreements, in_polars, random_table

from tieuchi.engine.decision import CaseError, decide
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.table.results import VERDICT, expression_of, plan
from tieuchi.engine.table.sql import _query, _shown, decision_sql
from tieuchi.engine.table.sql_trees import Reader, Writer
from tieuchi.engine.table.sql_trees import column as sql_column
from tieuchi.engine.table.terms import column, divided, expression

Stored = tuple[dict[str, str], list[tuple[Any, ...]]]  # the columns with their types, the rows
Database = Callable[[Stored, str], list[Row]]  # stores them as "xã", runs a query
TABLE = "xã"
_SQL_TYPES = {"Int64": "BIGINT", "Boolean": "BOOLEAN", "String": "TEXT"}


def stored(graph: Graph, table: Table, *, complete: bool | frozenset[str] = False) -> Stored:
    """A table with the counts of its lists, as a database holds it; `complete`: see `canonical`."""
    frame = nw.to_native(canonical(graph, table, in_polars, complete=complete)).collect()
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


# ---- numbers

LARGEST = 2**62 - 1
DIVISORS = (2, 3, 7, 100, 146_097, 1_000_000, 2**31 + 11, 10**12 + 39)
STEPS = ((1, 2), (1, 1_000_000), (3, 2), (9, 4), (1, 2_500), (7, 1_250), (10_001, 10), (5, 1))
Calculation = tuple[Stored, str, Callable[[Sequence[Row]], list[Any]]]  # what is wrong of its rows


def quotients(dialect: str) -> Calculation:
    """Each number of a table over `DIVISORS`, to the lower whole number."""
    whole = column("n", null=True)
    layer = {f"{by}": expression(divided(whole, by, LARGEST)) for by in DIVISORS}
    numbers = {0, LARGEST, LARGEST // 2, *DIVISORS, *(LARGEST // by * by for by in DIVISORS)}
    wanted = {f"{by}": _over(by) for by in DIVISORS}
    return _calculation(dialect, layer, numbers, LARGEST, wanted)


def _over(by: int) -> Callable[[int], Fraction]:
    return lambda n: Fraction(n // by)


def decimals(dialect: str) -> Calculation:
    """Each number of a table as so many of `STEPS`."""
    whole = column("n", null=True)
    layer = {
        f"{num}/{den}": expression_of(whole, Node("fact", (), "quantity", "ha", num, den))
        for num, den in STEPS
    }
    numbers = {0, 10, 999, 12_345_678, 10**12, 10**15, *(den for _, den in STEPS)}
    wanted = {f"{num}/{den}": Fraction(num, den).__mul__ for num, den in STEPS}
    return _calculation(dialect, layer, numbers, 10**15, wanted)


def _calculation(
    dialect: str,
    layer: dict[str, Any],
    numbers: set[int],
    most: int,
    wanted: Mapping[str, Callable[[int], Fraction]],
) -> Calculation:
    """A layer over awkward numbers: these and those beside them, mirrored too, and none."""
    reader, writer = Reader({"n": "BIGINT"}), Writer(dialect)
    layers = [{"n": sql_column("n", "t")}, *writer.layers(reader.layer(layer))]
    shown = [sql_column(name) for name in ("n", *layer)]
    passed = _shown(layers, ["n"], {of.name: of for of in shown})
    near = sorted({sign * n + d for n in numbers for d in (-1, 0, 1) for sign in (-1, 1)})
    rows = [(n,) for n in near if abs(n) <= most]

    def wrong(found: Sequence[Row]) -> list[Any]:
        assert len(found) == len(rows) + 1
        return [
            (row["n"], name, row[name])
            for row in found
            for name, right in wanted.items()
            if (None if row[name] is None else Fraction(str(row[name])))
            != (None if row["n"] is None else right(row["n"]))
        ]

    stored = {"n": "BIGINT"}, [*rows, (None,)]
    return stored, _query(passed, shown, TABLE, dialect).sql(dialect), wrong
