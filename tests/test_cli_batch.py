"""`tieuchi batch` on the command line: what it writes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from command import run
from herds import HERD, LARGE, REASON, TABLE, batch, of, rows_of


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
