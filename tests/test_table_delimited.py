"""Delimited text: what stands in a file comes out of it, however it was saved."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening import Rows, of_text, opened, refused

from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.sources import open_source

HOUSEHOLDS = "Tên hộ;Số bò;Diện tích (ha)\r\nNguyễn Văn Ấm;38;4,5\r\nVũ Thị Hưởng;;0,75\r\n"
READ = (
    ("Tên hộ", "Số bò", "Diện tích (ha)"),
    [(2, "Nguyễn Văn Ấm", "38", "4,5"), (3, "Vũ Thị Hưởng", None, "0,75")],
)


def vietnamese(text: str) -> bytes:
    """Text in windows-1258, in which the tones are characters of their own."""
    out = bytearray()
    for letter in normalize("NFC", text):
        parts = normalize("NFD", letter)
        tones = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        shape = normalize("NFC", "".join(part for part in parts if part not in tones))
        out += (shape + "".join(tones)).encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize(
    "data",
    [
        HOUSEHOLDS.encode(),
        HOUSEHOLDS.encode("utf-8-sig"),
        HOUSEHOLDS.replace(";", "\t").encode("utf-16"),
        HOUSEHOLDS.replace(";", "\t").encode("utf-8"),
        HOUSEHOLDS.replace(";", "|").encode("utf-8"),
        vietnamese(HOUSEHOLDS),
        f"sep=;\r\n{HOUSEHOLDS}".encode("utf-8-sig"),
        HOUSEHOLDS.replace("\r\n", "\n").encode(),
        HOUSEHOLDS.replace("\r\n", "\r").encode(),
        f"{HOUSEHOLDS};;\r\n\r\n\r\n".encode(),
        HOUSEHOLDS.strip().encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "tab", "bar", "1258", "sep", "lf", "cr", "blank", "no end"],
)
def test_csv_as_spreadsheets_save_it(data: bytes, tmp_path: Path) -> None:
    """Whatever the encoding, the delimiter and the ends of lines, the same table."""
    assert of_text(tmp_path, data) == READ


def test_an_encoding_given(tmp_path: Path) -> None:
    """It is taken at its word."""
    assert of_text(tmp_path, HOUSEHOLDS.encode("utf-16-le"), encoding="utf-16-le") == READ
    assert of_text(tmp_path, vietnamese(HOUSEHOLDS), encoding="windows-1258") == READ
    assert of_text(tmp_path, HOUSEHOLDS.encode("utf-8-sig"), encoding="UTF-8") == READ


def test_vietnamese_far_down_the_file(tmp_path: Path) -> None:
    """The first letter that is not ASCII may stand after the first million."""
    text = "ten;bo\n" + "abcdefghijklmnopqrstuvwxyz;1\n" * 40_000 + "Ấm;2\n"

    for data in (text.encode(), vietnamese(text)):
        assert of_text(tmp_path, data)[1][-1] == (40_002, "Ấm", "2")


def test_cells_in_quotes(tmp_path: Path) -> None:
    """They hold delimiters, line breaks and quotes; a row that has some is one row."""
    data = 'a,b\n"x,\ny","1 ""2"""\n,""\n"\n\n","3"\n'

    assert of_text(tmp_path, data)[1] == [
        (2, "x,\ny", '1 "2"'),
        (4, "\n\n", "3"),
    ]


@pytest.mark.parametrize(
    ("data", "options", "headers", "first"),
    [
        ("DANH SÁCH HỘ;;\n;;\nxã;bò;trâu\nA;1;2\n", {}, ("xã", "bò", "trâu"), 4),
        ("DANH SÁCH HỘ\nnăm 2023\nxã;bò;trâu\nA;1;2\n", {}, ("xã", "bò", "trâu"), 4),
        ("hộ;hộ;hộ;hộ\nxã;bò;trâu;dê\nA;1;2;3\n", {}, ("xã", "bò", "trâu", "dê"), 3),
        ("a;b\n1;2\n3;4\n", {"header_row": 2}, ("1", "2"), 3),
        ('a;"diện\ntích\n(ha)"\n1;2\n', {}, ("a", "diện tích (ha)"), 2),
        ("bò;;bò;@row;bò (2)\n1;2;3;4;5\n", {},
         ("bò", "column 2", "bò (3)", "@row (2)", "bò (2)"), 2),
        ("Tên,ha\nA,1.5\n", {}, ("Tên", "ha"), 2),
        ("bò\n1\n2\n", {}, ("bò",), 2),
        ("a;b;c\n1,5;2,5;3\n1,5;2,5;3\n", {}, ("a", "b", "c"), 2),
        ("a;b\n", {}, ("a", "b"), 2),
        ("a;b", {}, ("a", "b"), 2),
    ],
)  # fmt: skip
def test_headers(
    data: str, options: dict[str, Any], headers: tuple[str, ...], first: int, tmp_path: Path
) -> None:
    """The header is the first row that names most columns; each column has a name of its own."""
    path = tmp_path / "table.csv"
    path.write_text(data, encoding="utf-8", newline="")
    with open_source(str(path), **options) as source:
        assert (source.headers, source.first_row) == (headers, first)


def test_rows_of_another_length_are_named(tmp_path: Path) -> None:
    """None is lost, and none passes for whole."""
    path = tmp_path / "table.csv"
    path.write_text('a;b;c\n1;2;3\n1;2\n1;2;3;4\n\n"x\n";2\n1;2;3;;5\n1;2;3\n', encoding="utf-8")
    with open_source(str(path)) as source:
        rows = source.frame.collect().get_column(ROW).to_list()

        assert source.ragged == {3: 2, 4: 4, 6: 2, 7: 5}
        assert rows == [2, 3, 4, 6, 7, 8]

    path.write_text("a;b;c\n1;2;3\n1;2\n1;2;3;4\n\n1;2;3\n", encoding="utf-8")
    with open_source(str(path)) as source:
        assert source.ragged == {3: 2, 4: 4}


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["4,5", "1.000", "x"], "comma"),
        (["1.000,5 ha"], "comma"),
        (["1.000.000"], "comma"),
        (["0,125"], "comma"),
        (["1,000.5"], "point"),
        (["4.5 %", "1,000"], "point"),
        (["1.000", "2,125 ha", "38", ""], None),  # each can be read in two ways
        (["4,5", "4.5"], None),  # they do not agree
        (["38"], None),
    ],
)
def test_the_decimal_mark(cells: list[str], mark: str | None, tmp_path: Path) -> None:
    """What every cell that can be read in one way only agrees on; `;` alone tells nothing."""
    path = tmp_path / "table.csv"
    path.write_text("a;b\n" + "".join(f"{cell};\n" for cell in cells), encoding="utf-8")
    with open_source(str(path)) as source:
        assert source.decimal == mark
        assert source.decimal_of(["b"]) is None
        assert source.decimal_of([]) is None


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from('",;\t\n|='),
    max_size=8,
)


@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.integers().map(str)), min_size=1, max_size=6),
    st.sampled_from(";,\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    cells: Rows,
    separator: str,
    encoding: str,
    end: str,
) -> None:
    """Law: whatever texts a table has, CSV gives them back; a row of blanks is no row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerow(["tên", "chữ", "số"])
    writer.writerows(cells)
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(out.getvalue().encode(encoding))

    headers, rows = opened(path)

    assert headers == ("tên", "chữ", "số")
    assert [tuple(cell or "" for cell in row[1:]) for row in rows] == cells
    assert [row[0] for row in rows] == [*range(2, 2 + len(cells))]


LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ,;"
)


@given(st.lists(st.text(LETTERS + LETTERS.upper(), min_size=1).map(lambda t: f"Ấ{t}."), min_size=1))
def test_vietnamese_in_its_old_encoding(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    """Law: windows-1258 is found out, and gives the composed letters back."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([["hộ", "bò"], *([name, "1"] for name in names)])
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(vietnamese(out.getvalue()))

    assert [row[1] for row in opened(path)[1]] == names


def test_what_was_put_aside_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run, and after one that fails; the leavings of a dead run by the next."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    aside = tmp_path / "aside"
    (aside / "tieuchi-999999999-x").mkdir(parents=True)
    (aside / "tieuchi-1-x").mkdir()

    assert of_text(tmp_path, vietnamese(HOUSEHOLDS)) == READ
    refused(tmp_path / "table.csv", encoding="utf-16")
    refused(tmp_path / "table.csv", encoding="cp1258", header_row=9)

    assert [path.name for path in aside.iterdir()] == ["tieuchi-1-x"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("diện tích\n1,5\n2,25\n3\n", ["1,5", "2,25", "3"]),
        ("diện tích\n\t12\n3 | 4\n5\n", ["\t12", "3 | 4", "5"]),
        ("diện tích\n" + "1\n" * 50 + "1,5\n", [*["1"] * 50, "1,5"]),
    ],
)
def test_one_column(text: str, cells: list[str], tmp_path: Path) -> None:
    """What separates cells elsewhere stands in them here: none is taken for a header, or cut."""
    assert of_text(tmp_path, text) == (
        ("diện tích",), list(enumerate(cells, 2)),
    )  # fmt: skip
