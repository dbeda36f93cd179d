"""Workbooks: what stands in a sheet comes out of it, where it stands and as what it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from old_books import Error, Percent, Wide, ods, xls
from opening import opened, refused


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
    assert refused(path) == (
        "a.xlsx: there is no table in the file; write the names of the columns in one row and each "
        "subject in a row below"
    )
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
