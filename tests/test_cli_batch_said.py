"""`tieuchi batch` on the command line: what it says and refuses, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from command import run
from herds import EXAMPLE, HERD, LARGE, REASON, REASON_VI, TABLE, batch, of, rows_of

# ---- what is said


def test_the_summary(tmp_path: Path) -> None:
    """By hand: two of four meet it; B is 12 of 50 short (24 %), E 40 (80 %)."""
    ran = batch(tmp_path, *HERD, "--only", f"7.2.b,{LARGE}")

    lines = ran.out.split("\n")
    assert lines[:5] == [
        "Resolution 08/2019/NQ-HĐND · 31/05/2023",
        "5 rows in = 4 decided + 1 rejected",
        "Results: out.csv",
        "Rejected rows and why: out.rejects.csv",
        "",
    ]
    assert [line.split() for line in lines[5:9]] == [
        ["met", "not", "met", "open", "n/a"],
        ["Overall", "2", "2", "·", "·"],
        ["7.2.b", "livestock", "2", "2", "·", "·"],
        [LARGE, "buffaloes,", "cattle", "and", "horses", "2", "2", "·", "·"],
    ]
    said = " ".join(ran.out.split())
    assert (
        "Nearest to being met "
        f"row 3 (B): buffaloes, cattle and horses ({LARGE}), short by 24 % of what is required "
        f"row 6 (E): buffaloes, cattle and horses ({LARGE}), short by 80 % of what is required"
    ) in said
    assert max(map(len, lines)) <= 80


def test_the_summary_in_vietnamese(tmp_path: Path) -> None:
    """The same, and the rejects."""
    ran = batch(tmp_path, *HERD, "--only", f"7.2.b,{LARGE}", "--lang", "vi")

    assert ran.out.startswith(
        "Nghị quyết 08/2019/NQ-HĐND · 31/05/2023\n"
        "5 dòng vào = 4 dòng được xét + 1 dòng bị loại\n"
        "Kết quả: out.csv\n"
        "Dòng bị loại và lý do: out.rejects.csv\n"
    )
    assert "đạt chưa đạt chưa rõ không áp dụng" in ran.out
    assert ran.err.startswith("table.csv: 6 cột\nCột là dữ kiện (3): ")
    assert max(map(len, ran.out.split("\n"))) <= 80
    [reject] = rows_of(tmp_path / "out.rejects.csv")
    assert reject == {"dòng": "5", "cột": "số trâu", "giá trị": "abc", "lý do": REASON_VI}


def test_by(tmp_path: Path) -> None:
    """`--by` splits the figures by a column of the table."""
    ran = batch(tmp_path, *HERD, "--only", LARGE, "--by", "xã", "--format", "json")

    groups = json.loads(ran.out)["by"]
    assert {name: of_group["status"] for name, of_group in groups.items()} == {
        "Bình Trung": {"met": 1, "not_met": 1, "not_applicable": 0, "undetermined": 0},
        "Chi Lăng": {"met": 1, "not_met": 1, "not_applicable": 0, "undetermined": 0},
    }
    for by in ("xã", "XA"):  # found as columns of facts are
        assert "xã: Bình Trung" in batch(tmp_path, *HERD, "--by", by).out


def test_the_summary_as_json(tmp_path: Path) -> None:
    """One object on stdout, nothing on stderr."""
    ran = batch(tmp_path, *HERD, "--format", "json")

    assert (ran.code, ran.err) == (4, "")
    told = json.loads(ran.out)
    assert told["rows"] == {"in": 5, "out": 4, "rejected": 1}
    assert (told["output"], told["rejects"]) == ("out.csv", "out.rejects.csv")
    assert told["status"] == {"met": 2, "not_met": 2, "not_applicable": 0, "undetermined": 0}
    large = told["provisions"][LARGE]
    assert (large["required"], large["least_shortfall"]) == ("50", "12")
    assert large["short_by_up_to"] == {"10": 0, "25": 1, "50": 0, "75": 0, "100": 1}
    assert [(near["row"], near["subject"]) for near in told["nearest"]] == [(3, "B"), (6, "E")]


def test_no_law_in_force(tmp_path: Path) -> None:
    """Exit 3 and the reason; nothing is written."""
    ran = batch(tmp_path, day="2026-06-01")

    assert (ran.code, ran.out) == (3, "")
    assert "Resolution 08/2019/NQ-HĐND" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_the_example(tmp_path: Path) -> None:
    """By hand: B has 12 + 38 = 50 large animals and the cooperative 2.5 ha; A is one short."""
    ran = run(
        "batch", str(EXAMPLE), "--pack", "nq-08-2019", "--as-of", "2023-05-31", "-o", "out.csv",
        "--complete", "--only", "points", "--decimal", "comma", at=tmp_path,
    )  # fmt: skip

    assert ran.code == 4
    rows = rows_of(tmp_path / "out.csv")
    assert [row["status"] for row in rows] == ["not_met", "met", "met", "not_met"]
    [reject] = rows_of(tmp_path / "out.rejects.csv")
    assert (reject["row"], reject["value"]) == ("6", "ba con")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_unknown_stays_open(kind: str, tmp_path: Path) -> None:
    """`--complete` says that what is empty is none; what is said to be unknown stays open."""
    path = tmp_path / f"table.{kind}"
    table = pl.DataFrame({"tên": ["A", "B", "C"], "cattle": ["unknown", None, "3"]})
    if kind == "csv":
        table.write_csv(path, separator=";")
    else:
        table.write_parquet(path)

    ran = run(
        "batch", str(path), "--pack", "nq-08-2019", "--as-of", "2023-05-31", "-o", "out.csv",
        *HERD, at=tmp_path,
    )  # fmt: skip

    assert ran.code == 0
    assert of(rows_of(tmp_path / "out.csv"), LARGE, f"{LARGE}.shortfall") == {
        "A": ("undetermined", ""),
        "B": ("not_met", "50"),
        "C": ("not_met", "47"),
    }


# ---- what is refused


def test_strict(tmp_path: Path) -> None:
    """The first bad row stops the run: one line with row, column and reason."""
    ran = batch(tmp_path, "--strict")

    assert (ran.code, ran.out) == (2, "")
    last = ran.err.rstrip("\n").rpartition("\n")[2]
    assert last == f"table.csv:5 `số trâu`: {REASON}"
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_strict_and_nothing_wrong(tmp_path: Path) -> None:
    """All is decided."""
    assert batch(tmp_path, "--strict", text=TABLE.replace("abc", "1")).code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--pack", "nq-08-2018"), "there is no pack called `nq-08-2018`; did you mean"),
        (("--by", "huyện"), "`--by huyện`: the table has no such column"),
        (("--only", "7.2.z"), "`--only 7.2.z`: pack `nq-08-2019` has no provision of this name"),
        (("--map", "đàn=cattle"), "the table has no column called `đàn`"),
        (("--map", "cattle"), "`--map cattle` is not COLUMN=FACT"),
        (("--map", "a=cattle", "--map", "a =horses"), "`--map a=…` stands twice"),
        (("--list", "officials=members.csv"), "the lists of this pack are —"),
        (("--activity", "du lịch"), "`nq-08-2019` has no activity called `du lịch`"),
        (("-o", "away/out.csv"), "there is no folder `away`"),
        (("-o", "out.docx"), "results are not written to `.docx` files"),
        (("--encoding", "tcvn3"), "no encoding is called `tcvn3`"),
        (("--header-row", "0"), "0"),
        (("--as-of", "2023-02-30"), "2023-02-30"),
    ],
)
def test_bad_options(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """One clear line, exit 2, nothing on stdout, nothing written."""
    ran = batch(tmp_path, *options)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.rstrip("\n").rpartition("\n")[2]
    assert "Traceback" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_no_such_table(tmp_path: Path) -> None:
    """Nothing is left of the results either."""
    ran = run(
        "batch", "none.csv", "--pack", "nq-08-2019", "--as-of", "2023-05-31", "-o", "out.csv",
        at=tmp_path,
    )  # fmt: skip

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("none.csv: ")
    assert not [*tmp_path.iterdir()]


def test_a_list_that_nothing_joins(tmp_path: Path) -> None:
    """It says what is needed."""
    (tmp_path / "members.csv").write_text("state_management_course\ncó\n", encoding="utf-8")

    ran = batch(
        tmp_path, "--list", "officials=members.csv", "--key", "xã",
        text="tên;xã;party_rating\na;A;good\n", pack="ntm-xa-2021-2025",
    )  # fmt: skip

    assert (ran.code, ran.out) == (2, "")
    assert "no column joins the two tables; name one with `--key`" in ran.err
