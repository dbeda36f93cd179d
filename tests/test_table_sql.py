"""The printed query against `decide`, in DuckDB and SQLite, and what it says and refuses."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from databases import TABLE, Stored, compared, created, decimals, quotients
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import DAY, SHIPPED, compiled, graph_of, pack_text, unchecked
from strategies import packs
from tables import FAR, Row

from tieuchi.engine.graph import Graph
from tieuchi.engine.table.results import BROKEN
from tieuchi.engine.table.sql import TESTED, decision_sql, short_name
from tieuchi.engine.table.sql_trees import NotUnderstood, Reader

LATER = [
    ("chan-nuoi-2020", date(2024, 10, 1)),
    ("chan-nuoi-2020", date(2026, 3, 1)),
    ("ho-ngheo-2021", date(2027, 6, 1)),
    ("ocop-2026", date(2026, 6, 1)),
]
IN_SQLITE = [
    "binh-trung-2023",
    "chan-nuoi-2020",
    "ho-ngheo-2021",
    "lao-cai-26-2020",
    "nd-57-2018",
    "nq-08-2019",
    "ntm-xa-2021-2025",
    "ocop-2026",
    "tcpl-2021",
    "trang-trai-2020",
]


def in_duckdb(stored: Stored, query: str) -> list[Row]:
    """DuckDB, in memory."""
    columns, rows = stored
    with duckdb.connect() as database:
        make, _ = created(columns)
        database.execute(make)
        held = pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
        database.register("held", held.to_arrow())
        database.execute(f'INSERT INTO "{TABLE}" SELECT * FROM held')
        ran = database.execute(query)
        names = [name for name, *_ in ran.description or ()]
        return [dict(zip(names, row, strict=True)) for row in ran.fetchall()]


def in_sqlite(stored: Stored, query: str) -> list[Row]:
    """SQLite, in memory."""
    columns, rows = stored
    database = sqlite3.connect(":memory:")
    try:
        database.row_factory = sqlite3.Row
        make, fill = created(columns)
        database.execute(make)
        database.executemany(fill, rows)
        return [dict(row) for row in database.execute(query)]
    finally:
        database.close()


DATABASES = {"duckdb": in_duckdb, "sqlite": in_sqlite}


# ---- the same as `decide`


@pytest.mark.parametrize("dialect", DATABASES)
@pytest.mark.parametrize(("pack", "day"), [*((pack, DAY) for pack in SHIPPED), *LATER], ids=str)
def test_a_query_decides_as_decide_does(pack: str, day: date, dialect: str) -> None:
    """Every status, shortfall and amount of every row; both databases pass with all packs."""
    assert SHIPPED == IN_SQLITE

    assert not list(compared(graph_of(pack, day), dialect, DATABASES[dialect], [1], 150))


@settings(max_examples=max(1, settings().max_examples // 2))
@given(packs(), st.integers(0, 99))
def test_a_query_of_any_pack_decides_as_decide_does(pack: dict[str, Any], seed: int) -> None:
    """However the language is put together."""
    _, graph = drawn_graph(pack)
    for dialect, run in DATABASES.items():
        try:
            decision_sql(graph, "xã", dialect=dialect)
        except ValueError as refused:
            if dialect == "sqlite" or str(refused).endswith("no decimal"):
                continue
            raise
        assert not list(compared(unchecked(graph), dialect, run, [seed], 12))


@pytest.mark.parametrize("dialect", DATABASES)
def test_division_is_exact_up_to_the_greatest_numbers(dialect: str) -> None:
    """To the lower whole number, of negative numbers too, where binary fractions would be off."""
    stored, query, wrong = quotients(dialect)

    assert not wrong(DATABASES[dialect](stored, query))


@pytest.mark.parametrize("dialect", DATABASES)
def test_steps_are_decimals_without_loss(dialect: str) -> None:
    """Of a millionth, of one and a half, of a thousand and a tenth; of less than nothing too."""
    stored, query, wrong = decimals(dialect)

    assert not wrong(DATABASES[dialect](stored, query))


def test_numbers_wider_than_64_bits_are_left_to_those_who_have_them() -> None:
    """DuckDB gives the shortfall of a threshold that no fact can reach; SQLite is refused."""
    graph = compiled(pack_text(FAR))

    assert not list(compared(graph, "duckdb", in_duckdb, [3], 60))
    with pytest.raises(ValueError, match="wider than 64 bits: 1"):
        decision_sql(graph, "xã", dialect="sqlite")


# ---- what a table says that no case may say


def _run(graph: Graph, dialect: str, *rows: Sequence[Any]) -> list[Row]:
    columns = {
        "key": "BIGINT", "applicant": "TEXT", "greenhouse_area": "DOUBLE PRECISION",
        "linkage_agreement": "BOOLEAN",
    }  # fmt: skip
    query = decision_sql(graph, "xã", keep=["key"], dialect=dialect)
    return DATABASES[dialect]((columns, [(n, *row) for n, row in enumerate(rows)]), query)


@pytest.mark.parametrize("dialect", DATABASES)
def test_what_no_case_may_state_is_broken(dialect: str) -> None:
    """A label that is none, less than nothing, more than anybody has, a part of a step."""
    rows = _run(
        graph_of("lao-cai-26-2020"),
        dialect,
        ("household", 50_000.0, True),
        ("company", 50_000.0, True),
        ("household", -1.0, True),
        ("household", 2e12, True),
        ("household", 0.5, True),
        (None, None, None),
    )

    assert [bool(row[BROKEN]) for row in rows] == [False, True, True, True, True, False]


@pytest.mark.parametrize("dialect", DATABASES)
def test_a_shortfall_is_a_decimal(dialect: str) -> None:
    """500 m² are required of a household; 499.99 m² are 0.01 m² short."""
    (row,) = _run(graph_of("lao-cai-26-2020"), dialect, ("household", 49_999, True))

    assert row["15.area"] == "not_met"
    assert row["15.area.shortfall"] == ("0.01" if dialect == "sqlite" else Decimal("0.01"))


@pytest.mark.parametrize("dialect", DATABASES)
def test_rows_are_told_apart_without_a_key(dialect: str) -> None:
    """By their numbers, as the table has them; a column that is kept stands in their place."""
    graph = graph_of("lao-cai-26-2020")
    types = {"applicant": "TEXT", "greenhouse_area": "BIGINT", "linkage_agreement": "BOOLEAN"}
    areas = (49_999, 50_000, 60_000)
    table = {"mã": "TEXT", **types}, [(f"h{a}", "household", a, True) for a in areas]

    rows = DATABASES[dialect](table, decision_sql(graph, TABLE, dialect=dialect))
    keyed = DATABASES[dialect](table, decision_sql(graph, TABLE, dialect=dialect, keep=["mã"]))

    met = ["not_met", "met", "met"]
    assert [(row["@row"], row["15.area"]) for row in rows] == [*zip((1, 2, 3), met, strict=True)]
    assert [row["mã"] for row in keyed] == ["h49999", "h50000", "h60000"]
    assert "@row" not in keyed[0]


@pytest.mark.parametrize("dialect", DATABASES)
def test_a_column_that_is_missing_is_an_error(dialect: str) -> None:
    """SQLite would read a quoted name that it does not know as a text."""
    query = decision_sql(graph_of("lao-cai-26-2020"), "xã", dialect=dialect)

    with pytest.raises((duckdb.BinderException, sqlite3.OperationalError), match="applicant"):
        DATABASES[dialect](({"greenhouse_area": "BIGINT"}, []), query)


# ---- the text


@pytest.mark.parametrize("dialect", TESTED)
def test_layers_stay_layers(dialect: str) -> None:
    """The query of the deepest pack is no longer than a few lines for each of its columns."""
    query = decision_sql(graph_of("trang-trai-2020"), "xã", dialect=dialect)

    assert query.count("\n") < 2_000
    assert query.count("AS MATERIALIZED") == (
        0 if dialect == "duckdb" else query.count("FROM ") - 1
    )


def test_a_query_says_what_it_needs_and_what_it_is() -> None:
    """The pack, the day, the columns with their steps, the results, what is not decided."""
    graph = graph_of("lao-cai-26-2020")
    query = decision_sql(graph, "xã", keep=["id"], dialect="postgres")
    said = [line for line in query.splitlines() if line.startswith("--")]

    assert said[0] == "-- lao-cai-26-2020 · sha256:0"
    assert "2023-05-31" in said[1]
    assert any("greenhouse_area · BIGINT" in line and "0.01 m2" in line for line in said)
    assert any("household (hộ gia đình, cá nhân)" in line for line in said)
    assert said[-1].endswith(graph.main.limits[-1].vi)
    assert 'FROM "xã" AS "t"' in query


def test_only_what_is_asked_for_is_read() -> None:
    """The table needs no column that the chosen provisions do not read."""
    graph = unchecked(graph_of("nq-08-2019"))
    verdict_less = graph._replace(parts=(graph.main._replace(verdict=-1), *graph.parts[1:]))
    query = decision_sql(verdict_less, "xã", only=["7.2.a.medicinal-nursery"])

    assert '"t"."medicinal_nursery_area"' in query
    assert "cattle" not in query


def test_a_table_is_named_by_its_schema() -> None:
    """Each part is quoted as it stands."""
    graph = graph_of("chan-nuoi-2020")

    assert 'FROM "Sổ"."Xã" AS "t"' in decision_sql(graph, "Sổ.Xã")
    assert 'FROM "s"."a.b" AS "t"' in decision_sql(graph, 's."a.b"')
    assert '"facts_" AS' in decision_sql(graph, "facts")
    with pytest.raises(ValueError, match="no name of a table"):
        decision_sql(graph, "")


def test_two_columns_of_one_name_are_refused() -> None:
    """A kept column that is named like a result, or like a column that the query makes."""
    graph = graph_of("lao-cai-26-2020")

    for name in ("15.AREA", "@6_low", "@broken", "@invalid"):
        with pytest.raises(ValueError, match="two columns"):
            decision_sql(graph, "xã", keep=[name])


def test_an_unknown_dialect_is_refused() -> None:
    """By the library that writes them."""
    with pytest.raises(ValueError, match="dialect"):
        decision_sql(graph_of("chan-nuoi-2020"), "xã", dialect="quel")


def test_long_names_stay_apart_in_postgresql() -> None:
    """It cuts a name after 63 bytes; two that begin alike would be one."""
    one, two = ("đ" * 40 + end for end in "ab")

    assert short_name(one, "duckdb") == one
    assert short_name("x" * 63, "postgres") == "x" * 63
    assert short_name(one, "postgres") != short_name(two, "postgres")
    assert len(short_name(one, "postgres").encode()) <= 63
    assert short_name(one, "postgres").startswith("đ" * 27 + "~")


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        (nw.col("cattle").cast(nw.String).str.to_uppercase(), r"UPPER\(.*\)"),
        (nw.col("cattle").cast(nw.Float64), r"CAST\(.*cattle.* AS DOUBLE\)"),
        (nw.col("cattle") // nw.col("sows"), r"TRUNC\(.*sows.*\)"),
    ],
    ids=("a function", "a cast", "a division"),
)
def test_what_the_libraries_write_otherwise_is_an_error(expression: Any, written: str) -> None:
    """Nothing that is not understood gets into a query; it says which versions have written it."""
    versions = rf"narwhals {nw.__version__}, duckdb {duckdb.__version__}, sqlglot \d.*"
    reader = Reader({"cattle": "BIGINT", "sows": "BIGINT"})

    with pytest.raises(NotUnderstood, match=rf"\A{versions} not understood: {written}\Z") as caught:
        reader.layer({"asked": expression})

    assert len(caught.value.written) <= 100
