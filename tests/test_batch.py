"""`tieuchi batch`, as an official runs it: tables in, decided tables and rejects out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

import polars as pl
import pytest
from command import Ran, run
from packs import pack_text
from results import rows_of_csv

HEADER = "Tên chủ thể;Xã;số trâu;số bò;số ngựa;hoạt động"
ROWS = (
    "Hộ A;Bình Trung;11;38;0;",
    "Hộ B;Bình Trung;12;38;0;chăn nuôi",
    "Hộ C;Chi Lăng;;;;",
    "Hộ D;Chi Lăng;0;ba con;0;",
)


def table(folder: Path, rows: Iterable[str] = ROWS, header: str = HEADER) -> Path:
    """A table as a spreadsheet saves it."""
    path = folder / "in.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def batch(folder: Path, path: Path, *more: str, out: str = "out.csv") -> Ran:
    """Run the verb on it."""
    words = ("batch", str(path), "--pack", "nq-08-2019", "--as-of", "2023-05-31")
    return run(*words, "-o", str(folder / out), "--lang", "en", *more, at=folder)


LIVESTOCK = "7.2.b.large-livestock"


def test_every_row_is_decided_or_rejected(tmp_path: Path) -> None:
    """11 + 38 head miss 50 by one, 12 + 38 meet it, nothing known is open, three words are none."""
    ran = batch(tmp_path, table(tmp_path))

    rows = rows_of_csv(tmp_path / "out.csv")
    assert ran.code == 4
    assert "4 rows in = 3 decided + 1 rejected" in ran.out
    assert [row[LIVESTOCK] for row in rows] == ["not_met", "met", "undetermined"]
    assert [row[f"{LIVESTOCK}.shortfall"] for row in rows] == ["1", "", ""]
    assert [row["status"] for row in rows] == ["undetermined", "met", "undetermined"]
    assert rows[0]["Xã"] == "Bình Trung"
    [reject] = rows_of_csv(tmp_path / "out.rejects.csv")
    assert reject == {
        "row": "5",
        "column": "số bò",
        "value": "ba con",
        "reason": "`cattle` is a quantity, and `ba con` is text; "
        "write a number, such as `38` or `4,5 ha`",
    }


def test_all_decided_is_exit_0_and_an_old_file_of_rejects_goes(tmp_path: Path) -> None:
    """What lies there afterwards is of this run."""
    batch(tmp_path, table(tmp_path))

    ran = batch(tmp_path, table(tmp_path, ROWS[:3]))

    assert ran.code == 0
    assert not (tmp_path / "out.rejects.csv").exists()


def test_a_row_asked_about_one_activity(tmp_path: Path) -> None:
    """The points of others are not applicable; all rows may be asked about one."""
    path = table(tmp_path, ROWS[1:2])
    batch(tmp_path, path)
    assert rows_of_csv(tmp_path / "out.csv")[0]["7.2.c"] == "not_applicable"

    batch(tmp_path, path, "--activity", "crops")
    assert rows_of_csv(tmp_path / "out.csv")[0]["7.2.b"] == "not_applicable"


def test_nothing_else_means_none(tmp_path: Path) -> None:
    """With --complete an empty cell of heads or areas is none."""
    batch(tmp_path, table(tmp_path, ROWS[2:3]), "--complete")

    [row] = rows_of_csv(tmp_path / "out.csv")
    assert (row[LIVESTOCK], row[f"{LIVESTOCK}.shortfall"]) == ("not_met", "50")


@pytest.mark.parametrize("out", ["out.parquet", "out.xlsx"])
def test_other_kinds_of_results(tmp_path: Path, out: str) -> None:
    """The same rows, whatever they are written as."""
    batch(tmp_path, table(tmp_path), out=out)
    path = tmp_path / out

    rows = pl.read_parquet(path) if out.endswith("parquet") else pl.read_excel(path)
    words = ["not met", "met", "open"] if out.endswith("xlsx") else None
    found = rows[LIVESTOCK].cast(pl.String).to_list()
    assert found == (words or ["not_met", "met", "undetermined"])


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    """Provisions by name, or the points without the conditions under them."""
    batch(tmp_path, table(tmp_path), "--only", "7.2.b")
    assert list(rows_of_csv(tmp_path / "out.csv")[0])[6:] == ["status", "7.2.b"]

    batch(tmp_path, table(tmp_path), "--only", "points")
    shown = list(rows_of_csv(tmp_path / "out.csv")[0])
    assert "7.2.b" in shown
    assert LIVESTOCK not in shown


def test_a_row_for_each_provision(tmp_path: Path) -> None:
    """With --long."""
    batch(tmp_path, table(tmp_path, ROWS[:1]), "--long", "--only", f"7.2.b,{LIVESTOCK}")

    rows = [
        (r["provision"], r["status"], r["shortfall"]) for r in rows_of_csv(tmp_path / "out.csv")
    ]
    assert [row[:2] for row in rows] == [
        ("status", "undetermined"), ("7.2.b", "undetermined"), (LIVESTOCK, "not_met"),
    ]  # fmt: skip
    assert rows[2][2] == "1,000000"


def test_figures_by_commune_as_json(tmp_path: Path) -> None:
    """They add up to those of all."""
    ran = batch(tmp_path, table(tmp_path), "--by", "Xã", "--format", "json")
    told = json.loads(ran.out)

    assert told["rows"] == {"in": 4, "out": 3, "rejected": 1}
    assert told["by"]["Bình Trung"]["provisions"][LIVESTOCK]["statuses"]["met"] == 1
    assert told["by"]["Chi Lăng"]["provisions"][LIVESTOCK]["statuses"]["undetermined"] == 1
    assert told["provisions"][LIVESTOCK]["least_shortfall"] == "1"
    assert told["missing"]["cattle"] == 1


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_spaces_make_no_group_of_their_own(engine: str, tmp_path: Path) -> None:
    """Nor does another form of the same letters; what has no name is one group."""
    places = ("Bế", " Bế\u00a0", normalize("NFD", "Bế"), "", " ", "Cai  Kinh", "Cai Kinh")
    path = table(tmp_path, [f"Hộ {n};{place};11;39;0;" for n, place in enumerate(places)])
    ran = batch(tmp_path, path, "--by", "Xã", "--engine", engine, "--format", "json")

    told = {name: of["provisions"][LIVESTOCK] for name, of in json.loads(ran.out)["by"].items()}
    assert {name: of["statuses"]["met"] for name, of in told.items()} == {
        "Bế": 3, "Cai Kinh": 2, "—": 2,
    }  # fmt: skip


def test_a_strict_run_stops_at_a_bad_row(tmp_path: Path) -> None:
    """One line says which, and nothing is written."""
    ran = batch(tmp_path, table(tmp_path), "--strict")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith(f"{tmp_path / 'in.csv'}:5 `số bò`: `cattle` is a ")
    assert not (tmp_path / "out.csv").exists()


def test_rows_of_another_length(tmp_path: Path) -> None:
    """Code row-ragged: a row is never filled up nor cut."""
    batch(tmp_path, table(tmp_path, [*ROWS[:1], "Hộ E;Chi Lăng;1"]))

    [reject] = rows_of_csv(tmp_path / "out.rejects.csv")
    assert reject["reason"] == (
        "the row has 3 cells, the header 6; "
        "check what separates the cells, or write `sep=;` as first line"
    )


@pytest.mark.parametrize(
    ("header", "more", "said"),
    [
        (HEADER.replace("Xã", "7.2.b"), (), "the column `7.2.b` has the name of a result"),
        (HEADER, ("--by", "Huyện"), "`--by Huyện`: the table has no such column"),
        (HEADER, ("--long", "--only", " , "), "`--only` names no provision"),
        (HEADER, ("--only", "7.2.z"), "pack `nq-08-2019` has no provision of this name"),
        (HEADER, ("--map", "Xã"), "`--map Xã` is not COLUMN=FACT"),
        (HEADER, ("--activity", "fishing"), "fishing"),
        (HEADER, ("--list", "officials=x.csv"), "the lists of this pack are —"),
        ("a;b;c;d;e;f", (), "no column of the table is a fact of `nq-08-2019`"),
    ],
)
def test_what_cannot_be_asked(
    tmp_path: Path, header: str, more: tuple[str, ...], said: str
) -> None:
    """One clear line, nothing on stdout, nothing written (column-is-result and others)."""
    ran = batch(tmp_path, table(tmp_path, header=header), *more)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("more", [(), ("--long",), ("--sql",)])
def test_a_pack_that_comes_to_ratios_alone(tmp_path: Path, more: tuple[str, ...]) -> None:
    """One line; a table of no results said that all rows were decided, and `--long` broke off."""
    (tmp_path / "a.yaml").write_text(
        pack_text("""
            facts: {income: {TWO, unit: đồng}, people: {TWO, unit: person}}
            define: {a_head: {TWO, SAID, ratio: {of: income, per: people}}}
        """),
        "utf-8",
    )
    (tmp_path / "in.csv").write_text("income,people\n1000,3\n", "utf-8")
    out = () if "--sql" in more else ("-o", "out.csv")
    ran = run("batch", "in.csv", "--pack", "a.yaml", "--lang", "en", *out, *more, at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert "comes to ratios alone, which no table holds" in ran.err
    assert not list(tmp_path.glob("out*"))


def test_no_law_in_force(tmp_path: Path) -> None:
    """There is nothing to decide by: exit 3."""
    ran = batch(tmp_path, table(tmp_path), "--as-of", "2031-01-01")

    assert (ran.code, ran.out) == (3, "")
    assert "is not in force on 01/01/2031" in ran.err


COMMUNES = "tên chủ thể;số cán bộ, công chức\nXã A;2\nXã B;1\nXã C;1\n"
OFFICIALS = (
    "tên chủ thể;họ tên hoặc số thứ tự;lớp bồi dưỡng kiến thức quản lý nhà nước;"
    "các yêu cầu khác của chuẩn cán bộ, công chức\n"
    "Xã A;1;có;có\nXã A;2;không;có\nXã B;1;có;có\n"
)


def listed(folder: Path, officials: str) -> Ran:
    """Communes with their officials."""
    (folder / "communes.csv").write_text(COMMUNES, "utf-8")
    (folder / "officials.csv").write_text(officials, "utf-8")
    words = ("batch", "communes.csv", "--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31")
    more = ("--list", "officials=officials.csv", "--complete", "--only", "18.1")
    named = ("--map", "số cán bộ, công chức=officials_total")
    return run(*words, *more, *named, "-o", "out.csv", "--lang", "en", at=folder)


def test_a_list_stands_in_a_table_of_its_own(tmp_path: Path) -> None:
    """One of two without the course is not all; a commune without a list contradicts its total."""
    ran = listed(tmp_path, OFFICIALS)

    assert ran.code == 4
    assert [row["18.1"] for row in rows_of_csv(tmp_path / "out.csv")] == ["not_met", "met"]
    [reject] = rows_of_csv(tmp_path / "out.rejects.csv")
    assert (reject["row"], reject["value"]) == ("4", "1")


def test_a_member_that_cannot_be_read_rejects_its_row(tmp_path: Path) -> None:
    """It is never counted as if it were not there."""
    listed(tmp_path, OFFICIALS.replace("Xã B;1;có;có", "Xã B;1;maybe;có"))

    rejects = rows_of_csv(tmp_path / "out.rejects.csv")
    assert rejects[0]["row"] == "3"
    assert rejects[0]["column"].startswith("officials.csv:4 lớp bồi dưỡng")


def test_a_member_belongs_to_a_row(tmp_path: Path) -> None:
    """Code member-without-key."""
    ran = listed(tmp_path, OFFICIALS.replace("Xã B;1;có;có", ";1;có;có"))

    assert ran.code == 2
    assert "this member has no key in the column `tên chủ thể`" in ran.err


def test_a_floating_point_column_is_taken_to_the_nearest_step_and_counted(tmp_path: Path) -> None:
    """0.3000004 ha is 0.3 ha; what is no number at all is rejected."""
    path = tmp_path / "in.parquet"
    areas = [0.3000004, None, float("nan"), 2.0]
    pl.DataFrame({"vegetable_area": areas}).write_parquet(path)

    ran = batch(tmp_path, path)

    assert ran.code == 4
    said = "Column `vegetable_area`: floating-point cells taken to the nearest step: 1\n"
    assert said in ran.out
    rows = rows_of_csv(tmp_path / "out.csv")
    assert [row["7.2.c.vegetables"] for row in rows] == ["not_met", "undetermined", "met"]
    assert float(rows[0]["7.2.c.vegetables.shortfall"]) == 1.7
    assert rows_of_csv(tmp_path / "out.rejects.csv")[0]["row"] == "3"


THIRDS = pack_text(
    """\
facts: {cost: {vi: chi phí, en: cost, unit: đồng}}
amounts:
  third: {SAID, divide: cost, by: 3}
""",
    "thirds",
)


def test_a_figure_in_thirds_has_no_column(tmp_path: Path) -> None:
    """Code step-no-decimal: it is refused by name, never rounded silently."""
    (tmp_path / "thirds.yaml").write_text(THIRDS, "utf-8")
    (tmp_path / "in.csv").write_text("cost\n1\n", "utf-8")

    ran = run(
        "batch", "in.csv", "--pack", "thirds.yaml", "-o", "o.csv", "--lang", "en", at=tmp_path
    )

    assert (ran.code, ran.out) == (2, "")
    assert "counts in steps of 1/3 đồng, which no decimal is equal to" in ran.err
