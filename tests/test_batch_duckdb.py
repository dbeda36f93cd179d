"""`tieuchi batch --engine duckdb`, and `--sql`: cells, rejects and figures as on Polars."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest
from command import run
from packs import DAY
from polars.testing import assert_frame_equal
from raw_tables import Case, decided, dirty, registry


def same(case: Case, folder: Path, *options: str, kind: str = "parquet", parts: int = 1) -> None:
    """Hold that both back ends write and say the same."""
    polars, other = (
        decided(case, folder, engine, *options, kind=kind, parts=parts)
        for engine in ("polars", "duckdb")
    )

    assert_frame_equal(other.rows, polars.rows)
    assert_frame_equal(other.rejects, polars.rejects)
    assert other.summary == polars.summary
    assert polars.rows.height


def test_a_registry(tmp_path: Path) -> None:
    """Numbers and texts, activities by row, groups."""
    same(registry("nq-08-2019", 400, "--by", "nhóm", activities=True), tmp_path)


def test_a_registry_whose_rows_are_complete(tmp_path: Path) -> None:
    """What no column says is none, for one activity."""
    case = registry("nq-08-2019", 200, "--complete", "--activity", "livestock")

    same(case, tmp_path, kind="csv", parts=3)


def test_communes_with_a_list(tmp_path: Path) -> None:
    """Classes, days, yes and no, the members of a second table."""
    same(registry("ntm-xa-2021-2025", 150), tmp_path)


def test_a_law_of_large_numbers_in_a_long_table(tmp_path: Path) -> None:
    """Shares and products; a row for each provision."""
    same(registry("trang-trai-2020", 150, "--long"), tmp_path, kind="csv")


def test_amounts_in_a_long_table(tmp_path: Path) -> None:
    """With their units."""
    same(registry("lao-cai-26-2020", 80, "--long"), tmp_path)


def test_dirt(tmp_path: Path) -> None:
    """Each kind is taken or refused as on Polars."""
    same(dirty(tmp_path), tmp_path)


# ---- where tables are


def _greenhouses(folder: Path) -> pl.DataFrame:
    del folder
    return pl.DataFrame(
        {
            "applicant": ["household", None, "tổ chức", "gì"],
            "greenhouse_area": ["600", "499,99", "1 000", "1"],
            "linkage_agreement": ["có", "không", "", "có"],
        }
    )


def _run(table: Path | str, out: Path, *options: str, engine: str = "duckdb") -> tuple[int, str]:
    ran = run(
        "batch", str(table), "--pack", "lao-cai-26-2020", "--as-of", str(DAY), "-o", str(out),
        "--engine", engine, *options,
    )  # fmt: skip
    return ran.code, ran.err


def test_csv_and_databases(tmp_path: Path) -> None:
    """A text file by its lines; a table of a database by its name."""
    rows = _greenhouses(tmp_path)
    rows.write_csv(tmp_path / "table.csv", separator=";")
    rows.write_parquet(tmp_path / "rows.parquet")
    with duckdb.connect(str(tmp_path / "base.duckdb")) as base:
        base.execute("CREATE TABLE other (x INTEGER)")
        base.execute(f"CREATE TABLE \"hộ\" AS FROM read_parquet('{tmp_path / 'rows.parquet'}')")
    for table, options in (
        (tmp_path / "table.csv", ()),
        (tmp_path / "base.duckdb", ("--sheet", "hộ")),
    ):
        told = []
        for engine in ("polars", "duckdb"):
            out = tmp_path / f"{engine}.csv"
            assert _run(table, out, *options, engine=engine)[0] == 4
            told.append((out.read_bytes(), (tmp_path / f"{engine}.rejects.csv").read_bytes()))
        assert told[0] == told[1]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_types_that_polars_does_not_know(engine: str, tmp_path: Path) -> None:
    """Columns of them, facts or not, are texts, and nothing breaks off."""
    with duckdb.connect(str(tmp_path / "base.duckdb")) as base:
        base.execute(
            "CREATE TABLE t AS SELECT '600' AS greenhouse_area, "
            "INTERVAL 3 DAY AS linkage_agreement, '101'::BIT AS bit, "
            "UUID '00000000-0000-4000-8000-00000000000a' AS mã"
        )

    assert _run(tmp_path / "base.duckdb", tmp_path / "out.csv", engine=engine)[0] == 4

    assert "not `3 days`; write `" in (tmp_path / "out.rejects.csv").read_text("utf-8")


def test_a_strict_run_stops_at_the_first_row_that_is_bad(tmp_path: Path) -> None:
    """And writes nothing."""
    _greenhouses(tmp_path).write_csv(tmp_path / "table.csv", separator=";")

    first = _run(tmp_path / "table.csv", tmp_path / "out.csv", "--strict", engine="polars")
    code, err = _run(tmp_path / "table.csv", tmp_path / "out.csv", "--strict")

    assert (code, err) == first
    assert code == 2
    assert "table.csv:5" in err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["broken.parquet", "none.parquet", "broken.duckdb"])
def test_a_table_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    """One line, as on Polars."""
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"PAR1 and nothing else")

    code, err = _run(tmp_path / name, tmp_path / "out.csv")

    assert code == 2
    assert err.count("\n") <= 2
    assert name in err


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Nothing is decided for it."""
    _greenhouses(tmp_path).write_csv(tmp_path / "table.csv", separator=";")

    code, err = _run(tmp_path / "table.csv", tmp_path / "none" / "out.csv")

    assert code == 2
    assert "there is no folder" in err


def test_a_library_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to install."""
    _greenhouses(tmp_path).write_csv(tmp_path / "table.csv", separator=";")
    monkeypatch.setitem(sys.modules, "duckdb", None)

    code, err = _run(tmp_path / "table.csv", tmp_path / "out.csv")

    assert code == 2
    assert 'pip install "tieuchi[duckdb]"' in err


# ---- the query


SQL = ("batch", "sổ.xã", "--pack", "lao-cai-26-2020", "--as-of", str(DAY), "--sql")


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "sqlite"])
def test_the_query_is_printed(dialect: str) -> None:
    """That of `decision_sql`; TABLE is a name, and nothing is read."""
    from tieuchi.engine.cache import graph_for
    from tieuchi.engine.table import sql

    graph = graph_for("lao-cai-26-2020", DAY.toordinal())
    wanted = sql.decision_sql(graph, "sổ.xã", keep=["mã"], dialect=dialect, lang="en")

    run(*SQL, "--dialect", dialect, "--key", "mã").gives(0, out=wanted)


def test_a_query_for_one_activity() -> None:
    """Needs no columns that say which are asked."""
    line = ("batch", "t", "--pack", "nq-08-2019", "--as-of", str(DAY), "--sql")

    ran = run(*line, "--activity", "livestock", "--only", "7.2.b.large-livestock")

    assert ran.code == 0
    assert '"7.2.b.large-livestock"' in ran.out
    assert "@activity" not in ran.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--complete",), "`--complete` does not go with `--sql`"),
        (("--list", "a=b"), "`--list` does not go with `--sql`"),
        (("--key", "15.area"), "`--sql`: two columns are named"),
        (("--dialect", "quel"), "`--dialect` is one of"),
    ],
)
def test_what_does_not_go_with_a_query(options: tuple[str, ...], said: str) -> None:
    """It is of the table's own columns, and of nothing else."""
    ran = run(*SQL, *options)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_query_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to install: sqlglot-missing."""
    monkeypatch.setitem(sys.modules, "tieuchi.engine.table.sql", None)
    ran = run(*SQL)

    assert ran.code == 2
    assert 'pip install "tieuchi[sql]"' in ran.err


def test_a_query_that_is_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours, which says what to do meanwhile; no half of a query is printed."""
    from tieuchi.engine.table import sql_trees as trees

    monkeypatch.setattr(trees, "_KEPT", ())
    ran = run(*SQL)

    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("tieuchi: internal error: narwhals ")
    assert ran.err.endswith(
        "; meanwhile, decide the table with `--engine duckdb`; please report it with the command\n"
    )
    assert ran.err.count("\n") == 1


def test_a_table_needs_an_output(tmp_path: Path) -> None:
    """But for a query."""
    ran = run("batch", "table.csv", "--pack", "lao-cai-26-2020", at=tmp_path)

    assert ran.code == 2
    assert "`--output` is missing" in ran.err


def test_settings_of_spark_go_with_spark(tmp_path: Path) -> None:
    """They would do nothing elsewhere."""
    code, err = _run("table.csv", tmp_path / "out.csv", "--master", "local")

    assert code == 2
    assert "`--master` goes with `--engine spark`" in err
