"""Double quotes where none can stand: the file is read as far as it can be, row by row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command import Ran, run
from hypothesis import given
from hypothesis import strategies as st
from opening import opened
from results import rows_of_csv

from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.sources import open_source

TABLE = """\
hộ;cattle;ghi chú
A;50;"tốt; đủ"
B;50;cao 5" (13 cm)
C;50;"Hòa" nói
D;50;"chưa đóng
E;50;"hai
dòng"
F;50;"a;b" c
G;"50;x
H;"50;x;y;z
I;50;
"""


def batch(folder: Path, text: str, *options: str) -> Ran:
    """Run on a CSV file."""
    (folder / "in.csv").write_text(text, "utf-8")
    line = ("batch", "in.csv", "--pack", "nq-08-2019", "--as-of", "2023-05-31", "-o", "out.csv")
    return run(*line, "--lang", "en", *options, at=folder)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_stray_quote_costs_its_own_row_at_most(engine: str, tmp_path: Path) -> None:
    """Kept as text where the row has its three cells; G and H are rejected, I is read."""
    ran = batch(tmp_path, TABLE, "--engine", engine, "--format", "json")

    assert ran.code == 4, ran.err
    assert json.loads(ran.out)["rows"] == {"in": 9, "out": 7, "rejected": 2}
    rows = rows_of_csv(tmp_path / "out.csv")
    assert {row["hộ"]: row["ghi chú"] for row in rows} == {
        "A": "tốt; đủ",
        "B": 'cao 5" (13 cm)',
        "C": '"Hòa" nói',
        "D": '"chưa đóng',
        "E": "hai\ndòng",
        "F": '"a;b" c',
        "I": "",
    }
    assert {row["7.2.b.large-livestock"] for row in rows} == {"met"}
    assert [
        (row["row"], row["value"], row["reason"].split(",")[0].split(";")[0])
        for row in rows_of_csv(tmp_path / "out.rejects.csv")
    ] == [
        ("8", '"50', '`"50` is not a number'),
        ("9", 'H;"50;x;y;z', "a double quote is not closed"),
    ]


def test_a_strict_run_says_where(tmp_path: Path) -> None:
    """Code row-quote: in one line, with what to do."""
    ran = batch(tmp_path, 'hộ;cattle\nA;50\nB"";"5;0\n', "--strict")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "in.csv:3: a double quote is not closed, or stands within a cell, so that the row cannot "
        "be split into 2 cells; put the whole cell in double quotes and write each quote in it "
        "twice"
    )


CELLS = st.text(st.sampled_from('ab1,5";\n'), max_size=5)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from(['"x', 'x"y', '"x"y', '""x']))
def test_the_rows_beside_it_are_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], stray: str
) -> None:
    """Law: a row that has a stray quote is a row, and what stands before it is as it was."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([("tên", "chữ"), *(("=", *row[1:]) for row in rows)])
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(f"{out.getvalue()}={stray};1\n", "utf-8")

    found = [tuple(cell or "" for cell in row[1:]) for row in opened(path)[1]]

    assert found == [*(("=", row[1]) for row in rows), (f"={stray}", "1")]


@given(st.text(st.sampled_from('ab;"\n'), max_size=40))
def test_every_row_has_a_number(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Law: whatever stands in the file, rows are numbered one by one, but for those left empty."""
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(f"tên;chữ\n{text}\n", "utf-8")

    with open_source(str(path)) as source:
        rows = source.frame.collect()

        assert source.stray.keys() <= set(rows[ROW].to_list()) & source.ragged.keys()
        assert rows[ROW].is_sorted()
        assert rows.height <= (source.counted or 0)
