"""`tieuchi batch` on the command line: what it writes, what it says, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import openpyxl
import polars as pl
import pytest
import xlsxwriter
from command import Ran, run
from results import rows_of_csv

# By hand: 50 buffaloes, cattle and horses are asked for (7.2.b); D cannot be read.
TABLE = """\
tên;số trâu;số bò;Số ngựa;xã;ghi chú
A;20;30;0;Bình Trung;=1+1
B;10;28;0;Bình Trung;
C;50;0;0;Chi Lăng;x
D;abc;1;0;Chi Lăng;
E;;10;0;Chi Lăng;
"""
LARGE = "7.2.b.large-livestock"
HERD = ("--activity", "livestock", "--complete")
EXAMPLE = Path(__file__).parent.parent / "examples" / "registry.csv"
REASON = "`buffaloes` is a quantity, and `abc` is text; write a number, such as `38` or `4,5 ha`"
REASON_VI = "`số trâu` là một đại lượng, `abc` là chữ; viết một số, như `38` hoặc `4,5 ha`"


def batch(
    folder: Path,
    *options: str,
    text: str = TABLE,
    pack: str = "nq-08-2019",
    day: str = "2023-05-31",
    out: str = "out.csv",
) -> Ran:
    """Run on a CSV file in this folder; paths are told from there."""
    (folder / "table.csv").write_text(text, encoding="utf-8")
    return run(
        "batch", "table.csv", "--pack", pack, "--as-of", day, "-o", out, *options, at=folder
    )  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What is in a file of results, as text."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path)) as base:
            frame = pl.DataFrame(base.sql("SELECT * FROM results"))
    elif path.suffix == ".xlsx":
        frame = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    else:
        return rows_of_csv(path)
    return [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in frame.to_dicts()
    ]


def of(rows: Sequence[dict[str, Any]], *names: str) -> dict[str, tuple[str, ...]]:
    """Some columns, by household; numbers without zeros at their end."""
    return {
        row["tên"]: tuple(
            row[name].rstrip("0").rstrip(".") if "." in row[name] else row[name] for name in names
        )
        for row in rows
    }


# ---- results


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet", "xlsx", "duckdb"])
def test_results_of_every_kind(kind: str, tmp_path: Path) -> None:
    """The input's own columns, then statuses and shortfalls; D is in the rejects."""
    ran = batch(tmp_path, *HERD, out=f"out.{kind}")

    assert ran.code == 4
    rows = rows_of(tmp_path / f"out.{kind}")
    if kind == "xlsx":  # for people, in their words
        ids = {"not met": "not_met", "n/a": "not_applicable"}
        rows = [{name: ids.get(cell, cell) for name, cell in row.items()} for row in rows]
    assert [*rows[0]][:8] == [*TABLE.partition("\n")[0].split(";"), "status", "7.2"]
    assert of(rows, "status", LARGE, f"{LARGE}.shortfall", "8.2.b") == {
        "A": ("met", "met", "", "not_applicable"),
        "B": ("not_met", "not_met", "12", "not_applicable"),
        "C": ("met", "met", "", "not_applicable"),
        "E": ("not_met", "not_met", "40", "not_applicable"),
    }
    assert rows[0]["ghi chú"] == ("'=1+1" if kind in ("csv", "tsv") else "=1+1")
    [reject] = rows_of(tmp_path / "out.rejects.csv")
    assert reject == {"row": "5", "column": "số trâu", "value": "abc", "reason": REASON}


@pytest.mark.parametrize(
    ("lang", "sheets", "words"),
    [
        ("vi", ["kết quả", "tóm tắt"], ["đạt", "chưa đạt", "không áp dụng", "chưa rõ"]),
        ("en", ["results", "summary"], ["met", "not met", "n/a", "open"]),
    ],
)
def test_a_workbook_in_the_language_asked_for(
    lang: str, sheets: list[str], words: list[str], tmp_path: Path
) -> None:
    """Statuses are words, with their colours; figures are numbers."""
    batch(tmp_path, "--activity", "livestock", "--only", LARGE, "--lang", lang, out="out.xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    results, summary = book.worksheets
    assert book.sheetnames == sheets
    statuses = [row[7] for row in results.iter_rows(min_row=2)]
    assert [cell.value for cell in statuses] == [words[0], words[1], words[0], words[3]]
    assert [cell.fill.fgColor.rgb for cell in statuses[:2]] == ["FFC6EFCE", "FFFFC7CE"]
    told = [[cell.value for cell in row] for row in summary.iter_rows()]
    assert [row[1] for row in told[1:4]] == [5, 4, 1]
    assert told[5][3:7] == words
    # 3 rows have figures: A and C meet 50 heads, B is 12 short, E may have any number more
    assert told[7][0] == LARGE
    assert told[7][3:8] == [2, 1, 0, 1, 50]
    assert told[7][9:] == [12, 0, 1, 0, 0, 0]
    book.close()


def test_all_decided(tmp_path: Path) -> None:
    """Exit 0, and the rejects of an earlier run go."""
    assert batch(tmp_path).code == 4
    assert (tmp_path / "out.rejects.csv").exists()

    ran = batch(tmp_path, text=TABLE.replace("abc", "1"))

    assert ran.code == 0
    assert "5 rows in = 5 decided + 0 rejected\nResults: out.csv\n" in ran.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "table.csv"]


AREA = "diện tích trồng rau ngoài trời (ha)"
VEGETABLES = "7.2.c.vegetables"


@pytest.mark.parametrize(
    ("text", "options", "rows", "refused"),
    [
        (
            f"tên;{AREA}\nA;0,5\nB;x\n", (),
            (f"tên;{AREA};status;{VEGETABLES};{VEGETABLES}.shortfall\n"
            "A;0,5;undetermined;not_met;1,500000\n"),
            "row;column;value;reason\n3;",
        ),
        (
            f"tên;{AREA}\nA;0.5\nB;x\n", (),
            (f"tên;{AREA};status;{VEGETABLES};{VEGETABLES}.shortfall\n"
            "A;0.5;undetermined;not_met;1.500000\n"),
            "row;column;value;reason\n3;",
        ),
        (
            f"tên;{AREA}\nA;1\nB;x\n", ("--decimal", "point"),
            (f"tên;{AREA};status;{VEGETABLES};{VEGETABLES}.shortfall\n"
            "A;1;undetermined;not_met;1.000000\n"),
            "row;column;value;reason\n3;",
        ),
        (
            f'tên,{AREA}\nA,"0,5"\nB,x\n', (),
            (f"tên,{AREA},status,{VEGETABLES},{VEGETABLES}.shortfall\n"
            'A,"0,5",undetermined,not_met,1.500000\n'),
            "row,column,value,reason\n3,",
        ),
    ],
    ids=["semicolons", "semicolons and points", "said", "commas"],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_csv_is_written_as_it_was_read(
    text: str, options: tuple[str, ...], rows: str, refused: str, engine: str, tmp_path: Path
) -> None:
    """What a spreadsheet in Vietnamese saves with `;` and a decimal comma it gets back so, in UTF-8
    with a byte order mark; all else is as RFC 4180 has it. The rejects too."""
    batch(tmp_path, "--only", VEGETABLES, "--engine", engine, *options, text=text)

    mark = b"\xef\xbb\xbf".decode()
    assert (tmp_path / "out.csv").read_text("utf-8") == mark + rows
    assert (tmp_path / "out.rejects.csv").read_text("utf-8").startswith(mark + refused)


def test_what_is_not_stated_stays_open(tmp_path: Path) -> None:
    """Without --complete an empty cell is unknown: E may have 40 buffaloes more."""
    batch(tmp_path, "--activity", "livestock")

    found = of(rows_of(tmp_path / "out.csv"), LARGE, f"{LARGE}.shortfall")
    assert found["E"] == ("undetermined", "")
    assert found["A"] == ("met", "")
    assert found["B"] == ("not_met", "12")


def test_only_the_points(tmp_path: Path) -> None:
    """Columns of points, without the conditions under them and their shortfalls."""
    batch(tmp_path, *HERD, "--only", "points")

    [first, *_] = rows_of(tmp_path / "out.csv")
    assert [*first][6:] == ["status", "7.2", "7.2.a", "7.2.b", "7.2.c", "7.2.d", "8.2.b"]


def test_only_some_provisions(tmp_path: Path) -> None:
    """Columns of those named."""
    batch(tmp_path, *HERD, "--only", f"7.2.b, {LARGE}")

    [first, *_] = rows_of(tmp_path / "out.csv")
    assert [*first][6:] == ["status", "7.2.b", LARGE, f"{LARGE}.shortfall"]


def test_long(tmp_path: Path) -> None:
    """A row for each provision of each row."""
    batch(tmp_path, *HERD, "--only", LARGE, "--long")

    rows = rows_of(tmp_path / "out.csv")
    told = [
        (row["tên"], row["provision"], row["status"], row["shortfall"].partition(",")[0])
        for row in rows
    ]
    assert [each for each in told if each[1] == LARGE] == [
        ("A", LARGE, "met", ""),
        ("B", LARGE, "not_met", "12"),
        ("C", LARGE, "met", ""),
        ("E", LARGE, "not_met", "40"),
    ]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_long_has_amounts_and_units(engine: str, tmp_path: Path) -> None:
    """600 m² at 80 000 đồng are 48 million; a hundredth of a m² short of 500 there is nothing."""
    ran = batch(
        tmp_path, "--long", "--engine", engine, "--decimal", "comma",
        text="tên;applicant;greenhouse_area;linkage_agreement\nA;household;600;có\nB;household;499,99;có\n",
        pack="lao-cai-26-2020",
    )  # fmt: skip

    assert ran.code == 0, ran.err
    rows = rows_of(tmp_path / "out.csv")
    names = ("tên", "provision", "status", "unit", "shortfall", "least", "most")
    assert [*rows[0]] == ["tên", "applicant", "greenhouse_area", "linkage_agreement", *names[1:]]
    told = {(row["tên"], row["provision"]): [row[name] for name in names[2:]] for row in rows}
    assert told["A", "15.area"] == ["met", "m2", "", "", ""]
    assert told["A", "15.amount"] == ["", "đồng", "", "48000000,000000", "48000000,000000"]
    assert told["B", "15.area"] == ["not_met", "m2", "0,010000", "", ""]
    assert told["B", "15.amount"] == ["", "đồng", "", "0,000000", "0,000000"]
    assert told["B", "15.linkage"] == ["met", "", "", "", ""]


def test_activities_by_row(tmp_path: Path) -> None:
    """A column says which activities each row is asked about; none is all."""
    text = "tên;cattle;hoạt động\nA;50;chăn nuôi\nB;50;crops;\nC;50;\n".replace("crops;", "crops")

    batch(tmp_path, text=text)

    assert of(rows_of(tmp_path / "out.csv"), "7.2.b", "7.2.c") == {
        "A": ("met", "not_applicable"),
        "B": ("not_applicable", "undetermined"),
        "C": ("met", "undetermined"),
    }


def test_activities_of_all_rows(tmp_path: Path) -> None:
    """`--activity` is said of all, whatever a column says; several make one question."""
    text = "tên;cattle;activities\nA;50;crops\n"

    batch(tmp_path, "--activity", "livestock", "--activity", "nursery", text=text)

    assert of(rows_of(tmp_path / "out.csv"), "7.2.a", "7.2.b", "7.2.c") == {
        "A": ("undetermined", "met", "not_applicable")
    }


def test_a_column_is_mapped(tmp_path: Path) -> None:
    """`--map`: a name that says nothing is a fact."""
    ran = batch(tmp_path, "--map", "đàn=cattle", text="tên;đàn\nA;50\n")

    assert ran.code == 0
    assert "đàn → cattle" in ran.err
    assert of(rows_of(tmp_path / "out.csv"), LARGE) == {"A": ("met",)}


def test_a_list(tmp_path: Path) -> None:
    """Members in a table of their own, by key: one official of A has no course; B's has all."""
    (tmp_path / "members.csv").write_text(
        "xã;họ tên hoặc số thứ tự;state_management_course;other_requirements_met\n"
        "A;1;có;có\nA;2;không;có\nB;1;có;có\nC;1;có;maybe\n",
        encoding="utf-8",
    )

    ran = batch(
        tmp_path, "--list", "officials=members.csv", "--key", "xã", "--complete",
        text="tên;xã;party_rating\na;A;good\nb;B;good\nc;C;good\n", pack="ntm-xa-2021-2025",
    )  # fmt: skip

    assert ran.code == 4
    assert of(rows_of(tmp_path / "out.csv"), "18.1") == {"a": ("not_met",), "b": ("met",)}
    [reject] = rows_of(tmp_path / "out.rejects.csv")
    assert (reject["row"], reject["value"]) == ("4", "maybe")
    assert reject["column"] == "members.csv:5 other_requirements_met"


def test_rows_keep_their_order_beside_a_list(tmp_path: Path) -> None:
    """A join with the members of a list leaves rows where they were."""
    names = [f"xã {n * 7919 % 5000}" for n in range(5000)]
    (tmp_path / "members.csv").write_text(
        "xã;state_management_course\n" + "".join(f"{name};có\n" for name in sorted(names)),
        encoding="utf-8",
    )

    ran = batch(
        tmp_path, "--list", "officials=members.csv", "--key", "xã", "--only", "18.1",
        text="xã;party_rating\n" + "".join(f"{name};good\n" for name in names),
        pack="ntm-xa-2021-2025",
    )  # fmt: skip

    assert ran.code == 0
    assert [row["xã"] for row in rows_of(tmp_path / "out.csv")] == names


def test_decimal(tmp_path: Path) -> None:
    """`--decimal` says what `1.000` is."""
    text = "tên;cattle\nA;1.000\n"

    assert batch(tmp_path, text=text).code == 4
    assert batch(tmp_path, "--decimal", "comma", text=text).code == 0
    assert of(rows_of(tmp_path / "out.csv"), LARGE) == {"A": ("met",)}


def test_a_sheet_and_its_header(tmp_path: Path) -> None:
    """`--sheet` and `--header-row`; rows keep the numbers that the sheet shows."""
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        book.add_worksheet("Bìa").write(0, 0, "Danh sách")
        sheet = book.add_worksheet("Hộ")
        for at, row in enumerate([["Biểu", "số"], ["tên", "Số bò"], ["A", 50], ["B", "nhiều"]]):
            sheet.write_row(at, 0, row)

    ran = run(
        "batch", "book.xlsx", "--pack", "nq-08-2019", "--as-of", "2023-05-31", "-o", "out.csv",
        "--sheet", "Hộ", "--header-row", "2", at=tmp_path,
    )  # fmt: skip

    assert ran.code == 4
    assert of(rows_of(tmp_path / "out.csv"), LARGE) == {"A": ("met",)}
    [reject] = rows_of(tmp_path / "out.rejects.csv")
    assert (reject["row"], reject["value"]) == ("4", "nhiều")


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
    assert "xã: Bình Trung" in batch(tmp_path, *HERD, "--by", "xã").out


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
