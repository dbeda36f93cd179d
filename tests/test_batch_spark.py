"""`tieuchi batch --engine spark`: the same cells, rejects and figures as on Polars.

It runs in a session of several partitions where pyspark and a Java are. Rows have other numbers
there, so that they are compared by their names.
"""

import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from command import run
from on_spark import ON_SPARK
from packs import DAY
from polars.testing import assert_frame_equal
from raw_tables import Case, decided, dirty, registry

pytestmark = [pytest.mark.spark, *ON_SPARK]


def same(case: Case, folder: Path, spark: Any, *options: str) -> None:
    """Hold that both back ends write and say the same, whatever the numbers of rows."""
    polars, other = (
        decided(case, folder, engine, *options, parts=3) for engine in ("polars", "spark")
    )
    name = case.main.columns[0]

    assert spark.read.parquet(str(folder / "table.parquet")).rdd.getNumPartitions() == 3
    strings = [pl.col(n).cast(pl.String) for n, k in polars.rows.schema.items() if k == pl.Enum]
    order = [name, "provision"] if "--long" in (*case.options, *options) else [name]
    assert_frame_equal(other.rows.sort(order), polars.rows.with_columns(strings).sort(order))
    assert other.rejects.columns == ["row id", "name", "column", "value", "reason"]
    assert _refused(case, other.rejects) == _refused(case, polars.rejects)
    for came in (polars, other):
        came.summary["nearest"] = [each["short_of_required"] for each in came.summary["nearest"]]
    assert other.summary == polars.summary


def _refused(case: Case, rejects: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rejects by the names of rows, without the apostrophe that a CSV file needs."""
    names = case.main[case.main.columns[0]].to_list()
    out = []
    for row in rejects.to_dicts():
        name = row["name"] if "name" in row else names[int(row["row"]) - 1]
        column, value, reason = (row[key] or "" for key in ("column", "value", "reason"))
        inert = "name" not in row and value.startswith(("'=", "'+", "'-", "'@"))
        out.append((name, column, value[1:] if inert else value, reason))
    return sorted(out)


def test_a_registry(tmp_path: Path, spark: Any) -> None:
    """Numbers and texts, activities by row, groups."""
    same(registry("nq-08-2019", 200, "--by", "nhóm", activities=True), tmp_path, spark)


def test_communes_with_a_list(tmp_path: Path, spark: Any) -> None:
    """Classes, days, yes and no, the members of a second table."""
    same(registry("ntm-xa-2021-2025", 90), tmp_path, spark)


def test_a_law_of_large_numbers_in_a_long_table(tmp_path: Path, spark: Any) -> None:
    """Shares and products; a row for each provision."""
    same(registry("trang-trai-2020", 90, "--long"), tmp_path, spark)


def test_amounts_in_a_long_table(tmp_path: Path, spark: Any) -> None:
    """With their units."""
    same(registry("lao-cai-26-2020", 200, "--long"), tmp_path, spark)


def test_dirt(tmp_path: Path, spark: Any) -> None:
    """Each kind is taken or refused as on Polars."""
    case = dirty(tmp_path)

    same(case, tmp_path, spark, "--map", "hộ=subject")


def test_members_and_their_rows(tmp_path: Path, spark: Any) -> None:  # noqa: ARG001
    """A member that cannot be read rejects its row; one of no row stops the run, as elsewhere."""
    pl.DataFrame({"xã": ["A\u00a0", "B"], "officials_total": ["1", "1"]}).write_parquet(
        tmp_path / "xa.parquet"
    )
    members = tmp_path / "officials.csv"
    members.write_text("xã,state_management_course,other_requirements_met\nA,gì,có\nB,có,có\n")
    table, out = str(tmp_path / "xa.parquet"), str(tmp_path / "out.parquet")
    line = ("batch", table, "--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "-o", out,
            "--engine", "spark", "--list", f"officials={members}", "--key", "xã",
            "--map", "xã=subject", "--lang", "en")  # fmt: skip

    refused = run(*line, at=tmp_path)

    assert refused.code == 4, refused.err
    told = pl.read_parquet(tmp_path / "out.rejects.parquet" / "*.parquet").row(0)
    assert "gì" in told
    assert told[-1].endswith("not `gì`; write `yes` or `no`")

    members.write_text(members.read_text().replace("B,có", "C,có"))

    stopped = run(*line, at=tmp_path)

    assert stopped.code == 2
    assert "no row of the table has this member's key `C`" in stopped.err.splitlines()[-1]

    members.write_text(members.read_text().replace("C,có", "B,có"))
    pl.DataFrame({"xã": ["A", "B", "B"], "officials_total": ["1"] * 3}).write_parquet(table)

    assert "several rows of the table have this member's key `B`" in run(*line, at=tmp_path).err


def test_numbers_in_binary(tmp_path: Path, spark: Any) -> None:
    """No number, one without end and one that is too much are refused, whatever else; those that
    change at the step are counted."""
    areas = [0.1 + 0.2, None, 1.5, 0.1234567, float("nan"), float("inf"), -float("inf"), 1e300, -1]
    rows = {"tên": [f"h{n}" for n in range(len(areas))], "vegetable_area": areas}
    main = pl.DataFrame(rows, strict=False)

    same(Case("nq-08-2019", main), tmp_path, spark, "--only", "7.2.c.vegetables")

    told = pl.read_parquet(tmp_path / "spark.rejects.parquet" / "*.parquet")
    assert sorted(told["name"]) == ["h4", "h5", "h6", "h7", "h8"]


HALVES = """\
pack: halves
kind: subsidy
cite: {vi: v, en: e}
title: {vi: v, en: e}
source: s
sources: {s: {title: {vi: v, en: e}, grade: A}}
facts: {large: {vi: lớn, en: large, unit: ha}, small: {vi: nhỏ, en: small, unit: m2}}
amounts:
  half: {cite: {vi: v, en: e}, quote: một nửa, weighted: {large: 0.5, small: 0.5}}
"""


def test_decimals_of_seven_places(tmp_path: Path, spark: Any) -> None:
    """Half of 0.01 m² is 0.0000005 ha, whatever the session does with decimals."""
    (tmp_path / "halves.yaml").write_text(HALVES, "utf-8")
    rows = {"tên": ["a", "b", "c"], "large": ["0", "1", "x"], "small": ["0.01", "0.03", "1"]}
    loss = "spark.sql.decimalOperations.allowPrecisionLoss"
    spark.conf.set(loss, "true")

    same(Case(str(tmp_path / "halves.yaml"), pl.DataFrame(rows)), tmp_path, spark)
    spark.conf.set(loss, "false")

    found = pl.read_parquet(tmp_path / "spark.parquet" / "*.parquet").sort("tên")["half.least"]
    assert [f"{cell:f}" for cell in found] == ["0.0000005", "0.5000015"]


# ---- where tables are


def _run(table: Path | str, out: Path | str, *options: str) -> tuple[int, str]:
    ran = run(
        "batch", str(table), "--pack", "lao-cai-26-2020", "--as-of", str(DAY), "-o", str(out),
        "--engine", "spark", *options,
    )  # fmt: skip
    return ran.code, ran.err


def _greenhouses(path: Path) -> Path:
    rows = {"applicant": ["household", "gì"], "greenhouse_area": ["600", "1"], "mã": ["a", "b"]}
    pl.DataFrame(rows).write_parquet(path)
    return path


def test_tables_by_their_names(tmp_path: Path, spark: Any) -> None:
    """From a table to a table, and to another in its place; nothing else stays."""
    spark.read.parquet(str(_greenhouses(tmp_path / "t.parquet"))).write.saveAsTable("vuon")

    for _ in range(2):
        assert _run("vuon", "ket_qua")[0] == 4

    assert [row["mã"] for row in spark.table("ket_qua").collect()] == ["a"]
    assert [row["column"] for row in spark.table("ket_qua_rejects").collect()] == ["applicant"]
    names = {table.name for table in spark.catalog.listTables()}
    assert names == {"vuon", "ket_qua", "ket_qua_rejects"}


def test_a_strict_run_writes_nothing(tmp_path: Path, spark: Any) -> None:
    """And names the row by its cell."""
    del spark
    code, err = _run(_greenhouses(tmp_path / "t.parquet"), tmp_path / "o.parquet", "--strict")

    assert code == 2
    assert "`gì`" in err
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


@pytest.mark.parametrize(
    ("table", "out", "said"),
    [
        ("none.parquet", "o.parquet", "none.parquet"),
        ("no_such_table", "o.parquet", "no_such_table"),
        ("t.parquet", "o.csv", "with Spark no `.csv` files are read or written"),
    ],
)
def test_what_cannot_be(table: str, out: str, said: str, tmp_path: Path, spark: Any) -> None:
    """One line: spark-kind-unknown."""
    del spark
    _greenhouses(tmp_path / "t.parquet")
    where = tmp_path / table if "." in table else table

    code, err = _run(where, tmp_path / out)

    assert code == 2
    assert said in err
    assert len(err.splitlines()) <= 8


def test_a_library_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to install: pyspark-missing."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)

    code, err = _run(tmp_path / "t.parquet", tmp_path / "o.parquet")

    assert code == 2
    assert 'pip install "tieuchi[spark]"' in err
