"""Opening tables: what stands in a file comes out of it, and what is wrong is one clear line."""

from __future__ import annotations

import sqlite3
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from opening import opened, refused

from tieuchi.engine.table import slices
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.sources import open_source

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
