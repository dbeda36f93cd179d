"""The printed query on a PostgreSQL server: `sh tests/postgres.sh` starts one and runs this.

`TIEUCHI_POSTGRES` says how to reach a server; without it there is nothing to run it on.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from databases import TABLE, Database, Stored, compared, created, decimals, quotients
from drawn import drawn_graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packs import DAY, SHIPPED, compiled, graph_of, pack_text, unchecked
from strategies import packs
from tables import FAR, Row

from tieuchi.engine.table.results import plan
from tieuchi.engine.table.sql import decision_sql, short_name

SERVER = os.environ.get("TIEUCHI_POSTGRES")
ROWS = int(os.environ.get("ROWS", "2000"))
SEEDS = [20_230_531, 20_241_001]

pytestmark = pytest.mark.postgres  # sh tests/postgres.sh starts a server


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    """A connection to the server."""
    import psycopg

    with psycopg.connect(SERVER or "") as opened:
        yield opened


@pytest.fixture
def postgres(connection: Any) -> Iterator[Database]:
    """The server as a database that stores a table for one query."""

    def run(stored: Stored, query: str) -> list[Row]:
        columns, rows = stored
        with connection.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{TABLE}"')
            cursor.execute(created(columns)[0])
            with cursor.copy(f'COPY "{TABLE}" FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(query)
            names = [of.name for of in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    yield run
    connection.rollback()


@pytest.mark.parametrize("pack", SHIPPED)
def test_postgresql_decides_as_decide_does(
    pack: str, postgres: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every status, shortfall and amount of every row of random tables."""
    graph = graph_of(pack)
    wrong = list(compared(graph, "postgres", postgres, SEEDS, ROWS))
    cells = len(plan(graph).results) * ROWS * len(SEEDS)
    with capsys.disabled():
        print(f"\n{pack}: {ROWS * len(SEEDS)} rows, {cells} cells, {len(wrong)} disagreements")

    assert not wrong[:5]


@settings(suppress_health_check=[*HealthCheck])
@given(packs(), st.integers(0, 99))
def test_postgresql_decides_any_pack_as_decide_does(
    postgres: Database, pack: dict[str, Any], seed: int
) -> None:
    """However the language is put together."""
    _, graph = drawn_graph(pack)
    try:
        decision_sql(graph, TABLE, dialect="postgres")
    except ValueError as refused:
        if str(refused).endswith("no decimal"):
            return
        raise
    assert not list(compared(unchecked(graph), "postgres", postgres, [seed], 12))


def test_numbers_wider_than_64_bits_are_exact(postgres: Database) -> None:
    """The shortfall of a threshold that no fact can reach."""
    assert not list(compared(compiled(pack_text(FAR)), "postgres", postgres, SEEDS, ROWS))


def test_division_is_exact_up_to_the_greatest_numbers(postgres: Database) -> None:
    """To the lower whole number, of negative numbers too, where a numeric would be rounded."""
    stored, query, wrong = quotients("postgres")

    assert not wrong(postgres(stored, query))


def test_steps_are_decimals_without_loss(postgres: Database) -> None:
    """Of a millionth, of one and a half, of a thousand and a tenth; of less than nothing too."""
    stored, query, wrong = decimals("postgres")

    assert not wrong(postgres(stored, query))


def test_columns_of_other_numeric_types_are_cast(postgres: Database) -> None:
    """An integer of four bytes does not overflow, a numeric is not divided into fractions."""
    query = decision_sql(graph_of("lao-cai-26-2020"), TABLE, keep=["key"], dialect="postgres")
    columns = {
        "key": "SMALLINT", "applicant": "VARCHAR(20)", "greenhouse_area": "INTEGER",
        "linkage_agreement": "BOOLEAN",
    }  # fmt: skip
    for kind in ("INTEGER", "NUMERIC(20, 2)", "DOUBLE PRECISION"):
        stored = (columns | {"greenhouse_area": kind}, [(1, "household", 2_000_000_000, True)])
        (row,) = postgres(stored, query)

        assert (row["15.area"], row["@broken"]) == ("met", False)


def test_a_day_is_numbered_as_the_comment_says(postgres: Database) -> None:
    """The day before the law of the day is that number less one."""
    says = f"SELECT DATE '{DAY.isoformat()}' - DATE '0001-01-01' + 1 AS day"

    assert postgres(({"n": "BIGINT"}, []), says) == [{"day": DAY.toordinal()}]


def test_long_names_are_found(postgres: Database) -> None:
    """A shortened name is one that the server leaves as it is."""
    name = short_name("đ" * 40, "postgres")

    (row,) = postgres(({name: "BIGINT"}, [(1,)]), f'SELECT "{name}" FROM "{TABLE}"')
    assert row == {name: 1}
