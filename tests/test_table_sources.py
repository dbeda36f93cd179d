"""Opening tables: what stands in a file comes out of it, and what is wrong is one clear line."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import polars as pl
import pytest
import xlsxwriter
from old_books import Error, Percent, Wide, ods, xls
from opening import opened, refused

from tieuchi.engine.table import slices
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.sources import open_source

# ---- workbooks


def book(path: Path, fill: Callable[[xlsxwriter.Workbook, Any], None]) -> Path:
    """A workbook with one sheet, filled."""
    with xlsxwriter.Workbook(str(path)) as made:
        fill(made, made.add_worksheet("Hộ"))
    return path


def test_a_sheet(tmp_path: Path) -> None:
    """Merged titles are passed over, blank rows left out, the others keep the sheet's numbers."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("B2:E2", "DANH SÁCH", None)
        sheet.write_row("B4", ["tên", "bò", "ha", "sinh", "nghèo", "", "trống"])
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for row, cells in ((4, ["A", 38, 4.5, None, True]), (6, ["B", 2, 0.3, None, False])):
            sheet.write_row(row, 1, cells)
            sheet.write_datetime(row, 4, date(2023, 5, row), day)
        sheet.write_formula("C9", "=SUM(C5:C7)", None, 40)
        hidden = made.add_worksheet("Ẩn")
        hidden.hide()
        hidden.write("A1", "bò")

    path = book(tmp_path / "a.xlsx", fill)

    assert opened(path) == (
        ("tên", "bò", "ha", "sinh", "nghèo", "trống"),
        [
            (5, "A", 38, 4.5, date(2023, 5, 4), True, None),
            (7, "B", 2, 0.3, date(2023, 5, 6), False, None),
            (9, None, 40, None, None, None, None),
        ],
    )
    assert opened(path, sheet="ẩn") == (("bò",), [])
    assert opened(path, header_row=5)[0][0] == "A"
    assert refused(path, sheet="Ha") == (
        "a.xlsx: there is no sheet `Ha`; there are `Hộ`, `Ẩn`; choose one with `--sheet`"
    )
    assert refused(path, sheet="Hộpp").endswith("; choose one with `--sheet`")
    assert refused(path, header_row=3) == (
        "a.xlsx:3: this row has no names of columns; say which row with `--header-row`"
    )


def test_columns_of_several_kinds(tmp_path: Path) -> None:
    """A number beside text can be read in one way; nothing that is no number passes for one."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row("A1", ["chữ", "đúng", "lỗi", "ngày", "%", "mã"])
        sheet.write_row("A2", [2.125, 38, 1, 3, 0.5403, "1.000"])
        sheet.write_row("A3", ["2,125 ha", True, None, None, 1, 38])
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write_datetime("D3", date(2023, 5, 31), made.add_format({"num_format": 14}))
        sheet.write("E2", 0.5403, made.add_format({"num_format": "0.00%"}))
        sheet.write_row("A4", [0.1 + 0.2, None, 2, None, "x", "2.125"])

    path = book(tmp_path / "a.xlsx", fill)

    assert opened(path)[1] == [
        (2, "2.1250", "38", "1", "3", "54.03%", "1.000"),
        (3, "2,125 ha", "true", "#DIV/0!", "2023-05-31", "1", "38"),
        (4, "0.3", None, "2", None, "x", "2.125"),
    ]
    assert next(row[1:] for row in opened(path, decimal="comma")[1])[:5] == (
        "2,125", "38", "1", "3", "54,03%",
    )  # fmt: skip
    assert opened(path, decimal="point")[1][0][1] == "2.125"


def test_a_sheet_that_begins_to_the_right(tmp_path: Path) -> None:
    """A percentage and an error are where they stand, also where the first columns are empty."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_blank("A1", None, made.add_format({"bold": True}))
        sheet.write_row("C3", ["tên", "%", "bò"])
        sheet.write_row("C4", ["A", 0.35, 3])
        sheet.write("D4", 0.35, made.add_format({"num_format": "0%"}))
        sheet.write_formula("E5", "=1/0", None, "#DIV/0!")

    path = book(tmp_path / "a.xlsx", fill)

    assert opened(path)[1] == [(4, "A", "35%", "3"), (5, None, None, "#DIV/0!")]


def test_the_first_sheet_that_is_shown(tmp_path: Path) -> None:
    """A hidden one before it, of last year say, is read only where it is named."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_column("A1", ["bò", 1])
        for name, state in (("Cũ", "very_hidden"), ("Mới", "activate"), ("Sau", "hide")):
            other = made.add_worksheet(name)
            getattr(other, state)()
            other.write_column("A1", ["bò", len(name)])
        sheet.hide()

    path = book(tmp_path / "a.xlsx", fill)

    assert opened(path)[1] == [(2, 3)]
    assert opened(path, sheet="Hộ")[1] == [(2, 1)]
    assert opened(path, sheet="Cũ")[1] == [(2, 2)]


def test_a_time_beside_other_things(tmp_path: Path) -> None:
    """Of no matter to the other columns, whose cells are read as they are."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row("A1", ["giờ", "bò", "ha", "ngày"])
        for row, cells in ((1, ["x", 38, 2.125]), (2, [None, 2, None])):
            sheet.write_row(row, 0, cells)
        sheet.write("A3", 1.5, made.add_format({"num_format": "[h]:mm"}))
        sheet.write("D2", 45047, made.add_format({"num_format": "dd/mm/yyyy"}))

    path = book(tmp_path / "a.xlsx", fill)

    assert [row[2:] for row in opened(path)[1]] == [
        ("38", "2.1250", "2023-05-01"), ("2", None, None),
    ]  # fmt: skip


def test_tags_with_a_prefix(tmp_path: Path) -> None:
    """Some programs write <x:c> for <c>."""

    def fill(made: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row("A1", ["tên", "%"])
        sheet.write("B2", 0.35, made.add_format({"num_format": "0.0%"}))

    path = rewritten(book(tmp_path / "a.xlsx", fill), prefixed)

    assert opened(path)[1] == [(2, None, "35%")]


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """A workbook with its sheets and styles written otherwise."""
    other = path.with_name("rewritten.xlsx")
    with ZipFile(path) as plain, ZipFile(other, "w") as to:
        for name in plain.namelist():
            text = plain.read(name).decode()
            to.writestr(name, change(text) if re.search("sheets/|styles", name) else text)
    return other


def prefixed(text: str) -> str:
    """All tags with a prefix."""
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")


def test_formulas_that_nobody_has_worked_out(tmp_path: Path) -> None:
    """A program that writes no values beside formulas: they are no empty cells; what comes to
    nothing is one."""
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    for row in (["tên", "bò", "ghi chú"], ["A", "=B3*2", None], ["=A2", 3, "x"]):
        made.active.append(row)
    made.save(path)

    assert opened(path)[1] == [(2, "A", "=B3*2", None), (3, "=A2", "3", "x")]
    nothing = rewritten(path, lambda text: text.replace('<c r="B2"', '<c r="B2" t="str"'))
    assert opened(nothing)[1] == [(2, "A", None, None), (3, "=A2", 3, "x")]


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    """A cell of the header that goes down says where rows begin, but not a remark beside it."""

    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("B2:B3", "tên")
        sheet.merge_range("C2:D2", "bò")
        sheet.write_row("C3", [2022, 2023])
        sheet.merge_range("E2:E9", "nháp")
        sheet.write_row("B4", ["A", 1, 2])

    path = book(tmp_path / "a.xlsx", fill)

    assert opened(path) == (("tên", "bò", "bò (2)", "nháp"), [(4, "A", 1, 2, None)])
    assert opened(path, header_row=3) == (("column 1", "2022", "2023"), [(4, "A", 1, 2)])


def test_what_is_no_workbook(tmp_path: Path) -> None:
    """Broken, locked, or without anything in it."""
    path = tmp_path / "a.xlsx"
    broken = (
        "a.xlsx: this is no workbook, or a damaged one; "
        "open it in the program that made it and save it again"
    )
    path.write_bytes(b"hello")
    assert refused(path) == broken
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == (
        "a.xlsx: the workbook is protected with a password; save it without the password"
    )
    book(path, lambda _, __: None)
    assert refused(path) == EMPTY.replace("csv", "xlsx")
    book(path, lambda _, sheet: sheet.write_row("A42", [*"xyz"]))
    assert refused(path) == ("a.xlsx: no row names the columns; say which row with `--header-row`")
    assert opened(path, header_row=42) == (("x", "y", "z"), [])


OLD = [("tên", "bò"), ("Ấm", 50), ("Bé", "nhiều"), ("Cả", 2.5)]
LOCKED = "the workbook is protected with a password; save it without the password"


@pytest.mark.parametrize("write", [ods, xls])
def test_workbooks_of_other_kinds(write: Callable[..., Path], tmp_path: Path) -> None:
    """OpenDocument and Excel 97 are read as .xlsx is; a locked one is refused in one line."""
    path = tmp_path / f"a.{write.__name__}"

    write(path, OLD)
    assert opened(path) == (("tên", "bò"), [(2, "Ấm", "50"), (3, "Bé", "nhiều"), (4, "Cả", "2.5")])

    write(path, OLD[:2])
    assert opened(path) == (("tên", "bò"), [(2, "Ấm", 50)])

    write(path, OLD, locked=True)
    assert refused(path) == f"{path.name}: {LOCKED}"


@pytest.mark.parametrize("write", [ods, xls])
def test_percentages_and_errors_of_other_kinds(write: Callable[..., Path], tmp_path: Path) -> None:
    """35 % is not read as 0.35 %, nor an error as an empty cell, wherever the table begins."""
    rows = [
        (), (None, "tên", "%", "bò"), (None, "A", Percent(0.35), Error("#DIV/0!")),
        (None, "B", 0.35, 3), (None, "C", "x", Error("#N/A")),
    ]  # fmt: skip

    path = write(tmp_path / f"a.{write.__name__}", rows)

    assert opened(path)[1] == [
        (3, "A", "35%", "#DIV/0!"), (4, "B", "0.35", "3"), (5, "C", "x", "#N/A"),
    ]  # fmt: skip
    assert opened(write(path, rows[:2]))[1] == []


def wide(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """The same as .xlsx."""

    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
            for column, cell in enumerate(cells):
                if isinstance(cell, Wide):
                    sheet.merge_range(at, column, at, column + 1, cell)

    return book(path.with_suffix(".xlsx"), fill)


@pytest.mark.parametrize("write", [ods, xls, wide])
def test_a_header_over_several_columns(write: Callable[..., Path], tmp_path: Path) -> None:
    """It names each of them that has something in it, so that none is taken for the one it names;
    a table that begins to the right keeps its columns."""
    rows = [
        (None, Wide("DANH SÁCH"), None), (None, "tên", Wide("bò"), None, Wide("xã"), None),
        (None, "A", 1, 2, "X"),
    ]  # fmt: skip

    path = write(tmp_path / f"a.{write.__name__}", rows)

    assert opened(path) == (("tên", "bò", "bò (2)", "xã"), [(3, "A", 1, 2, "X")])


# ---- columns and databases


FRAME = pl.DataFrame({"hộ": ["Ấm", None], "bò": [2**53 + 1, 3], "ha": [Decimal("4.50"), None]})
TYPED = (("hộ", "bò", "ha"), [(1, "Ấm", 2**53 + 1, Decimal("4.50")), (2, None, 3, None)])


def test_columns_with_types(tmp_path: Path) -> None:
    """Parquet as a file, a folder, a pattern, with partitions; Arrow."""
    FRAME.write_parquet(tmp_path / "a[1].parquet")
    FRAME.write_ipc(tmp_path / "a.arrow")
    for year in (2022, 2023):
        (tmp_path / "hive" / f"năm={year}").mkdir(parents=True)
        FRAME.write_parquet(tmp_path / "hive" / f"năm={year}" / "a.parquet")

    assert opened(tmp_path / "a[1].parquet") == TYPED
    assert opened(tmp_path / "a.arrow") == TYPED
    for path in (tmp_path / "hive", tmp_path / "hive" / "*" / "a.parquet"):
        headers, rows = opened(path)
        assert headers == ("hộ", "bò", "ha", "năm")
        assert [(row[0], row[4]) for row in rows] == [(1, 2022), (2, 2022), (3, 2023), (4, 2023)]
    (tmp_path / "none").mkdir()
    assert refused(tmp_path / "none") == (
        "none: the folder has no table in it (`*.parquet`); check the path of the table"
    )
    assert refused(tmp_path / "b*.parquet") == "b*.parquet: there is no such file; check the path"


def test_many_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read some rows at a time: every row once, in order, whatever is asked of them."""
    monkeypatch.setattr(slices, "_FEW", 3)
    monkeypatch.setattr(slices, "_CELLS", 0)
    wide = pl.DataFrame({f"f{i}": range(i, i + 40) for i in range(slices.WIDE)})
    for start in (0, 25):
        wide.slice(start, 25).write_parquet(tmp_path / f"{start:02}.parquet", row_group_size=10)

    assert opened(tmp_path)[1] == [(at, *row) for at, row in enumerate(wide.rows(), 1)]
    with open_source(str(tmp_path)) as source:
        assert source.rows == 40
        found = source.frame.filter(pl.col("f3") > 40).select(ROW, "f1").collect()
        assert found.rows() == [(39, 39), (40, 40)]
        for start, count in ((0, 5), (11, 13), (30, 99)):
            asked = source.frame.slice(start, count).select("f0").collect(engine="streaming")
            assert asked["f0"].to_list() == list(range(40))[start:][:count]


def test_a_table_of_duckdb(tmp_path: Path) -> None:
    """By its name; the only one needs none; sums of whole numbers stay exact."""
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute('CREATE TABLE "xã" AS SELECT 12345678901234567890::HUGEINT AS "đồng"')
    assert opened(path) == (("đồng",), [(1, Decimal(12345678901234567890))])
    with duckdb.connect(str(path)) as base:
        base.execute("CREATE VIEW hộ AS SELECT 1 AS bò")
    assert opened(path, table="HỘ") == (("bò",), [(1, 1)])
    assert refused(path) == (
        "a.duckdb: the database has several tables: `hộ`, `xã`; name one with `--sheet`"
    )
    assert refused(path, table="huyện") == (
        "a.duckdb: there is no table `huyện`; there are `hộ`, `xã`; choose one with `--sheet`"
    )


def test_without_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says how to get it."""
    path = tmp_path / "a.duckdb"
    path.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "duckdb", None)

    assert refused(path) == (
        "a.duckdb: the library duckdb is not installed; "
        'install it with `pip install "tieuchi[duckdb]"`'
    )


def test_a_table_of_sqlite(tmp_path: Path) -> None:
    """A column is what all of its cells are, else text."""
    path = tmp_path / "a.db"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE hộ (bò INTEGER, ha REAL, mã, lẫn, trống, lớn)")
    base.executemany(
        "INSERT INTO hộ VALUES (?, ?, ?, ?, ?, ?)",
        [(2**53 + 1, 4.5, "0012", 38, None, 0.5), (-(2**63), 1, "Ấm", "4,5", None, 2**60)],
    )
    base.commit()
    base.close()

    with open_source(str(path)) as source:
        assert source.frame.filter(pl.col("bò") > 0).select("mã").collect().rows() == [("0012",)]
        assert source.frame.select(pl.len()).collect().item() == 2
    assert opened(path) == (
        ("bò", "ha", "mã", "lẫn", "trống", "lớn"),
        [
            (1, 2**53 + 1, 4.5, "0012", "38", None, "0.5"),
            (2, -(2**63), 1.0, "Ấm", "4,5", None, str(2**60)),
        ],
    )


def test_a_database_by_its_first_bytes(tmp_path: Path) -> None:
    """The name `.db` is used for both."""
    path = tmp_path / "a.db"
    with duckdb.connect(str(path)) as base:
        base.execute("CREATE TABLE t AS SELECT 1 AS bò")

    assert opened(path) == (("bò",), [(1, 1)])


# ---- what is wrong


EMPTY = (
    "a.csv: there is no table in the file; "
    "write the names of the columns in one row and each subject in a row below"
)
AGAIN = "; open it in the program that made it and save it again"


@pytest.mark.parametrize(
    ("name", "data", "options", "said"),
    [
        ("a.csv", b"", {}, EMPTY),
        ("a.csv", b"\r\n \r\n", {}, EMPTY),
        ("a.csv", b"a,b\n" + b"1,2\n" * 50 + b"1,2,3\n" * 10_001, {},
         ("a.csv: more than 10000 rows do not have 2 cells as the header has; "
         "check what separates the cells, or write `sep=;` as first line")),
        ("a.csv", b"\x00\x01\x02", {},
         "a.csv: this is not a file of text; save the table as `CSV UTF-8`"),
        ("a.csv", b"PK\x03\x04", {},
         "a.csv: this is not a file of text; save the table as `CSV UTF-8`"),
        ("a.csv", "hộ;bò\nẤm;1\nế;".encode() + b"\xff\n", {},
         "a.csv:3: byte `0xFF` is not text in UTF-8; save the file as plain text in UTF-8"),
        ("a.csv", b"a;b\n1;2\n", {"encoding": "klingon"},
         "a.csv: no encoding is called `klingon`; try `utf-8`, `utf-16` or `windows-1258`"),
        ("a.csv", b"a;b\n\xff;2\n", {"encoding": "utf-8"},
         "a.csv: the file is not text in `utf-8`; try `utf-8`, `utf-16` or `windows-1258`"),
        ("a.csv", b"a;b\n\x8a\x8d;2\n", {},
         ("a.csv: the file is not text in `windows-1258`; "
         "try `utf-8`, `utf-16` or `windows-1258`")),
        ("a.csv", b"a;b\n1;2\n", {"header_row": 9},
         "a.csv:9: this row has no names of columns; say which row with `--header-row`"),
        ("a.docx", b"x", {},
         ("a.docx: tables are not read from `.docx` files; "
         "use a .csv, .tsv, .xlsx, .parquet, .arrow, .duckdb or .sqlite file")),
        ("a.sqlite", b"hello", {},
         "a.sqlite: this table cannot be read: file is not a database" + AGAIN),
    ],
)  # fmt: skip
def test_one_clear_line(
    name: str, data: bytes, options: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """With what to do about it."""
    (tmp_path / name).write_bytes(data)

    assert refused(tmp_path / name, **options) == said


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.duckdb"])
def test_rubbish_by_another_name(name: str, tmp_path: Path) -> None:
    """The reason is the library's own, on one line."""
    (tmp_path / name).write_bytes(b"rubbish " * 1000)

    assert refused(tmp_path / name).startswith(f"{name}: this ")
    (tmp_path / name).write_bytes(b"")
    assert refused(tmp_path / name).startswith(f"{name}: there is no table in the file; ")
    (tmp_path / name).unlink()
    assert refused(tmp_path / name) == f"{name}: there is no such file; check the path"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of any file."""
    path = tmp_path / "a.csv"
    path.write_text("a;b\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)

    assert refused(path) == (
        "a.csv: this file may not be read: permission denied; give permission to read it"
    )


def test_an_empty_database(tmp_path: Path) -> None:
    """It has no table."""
    path = tmp_path / "a.db"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (a)")
    base.execute("DROP TABLE t")
    base.close()

    assert refused(path) == EMPTY.replace("csv", "db")
