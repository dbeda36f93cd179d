"""Writing tables: whole or absent, exact, inert, and read back as they were."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.table import sheet_sink, sinks
from tieuchi.engine.table.scratch import clear_stray
from tieuchi.engine.table.sink import Sink, writing
from tieuchi.engine.table.sinks import open_sink
from tieuchi.engine.table.sources import open_source
from tieuchi.engine.truth import Status

STATUSES = pl.Enum([str(status) for status in Status])
DECIDED = pl.LazyFrame(
    {
        "hộ": ["Ấm", "=1+1", None, "-5", "+84 (0)"],
        "bò": [38, 2**60, None, 0, -1],
        "7.2.b": pl.Series(
            ["met", "not_met", None, "undetermined", "not_applicable"], dtype=STATUSES
        ),
        "7.2.b.shortfall": pl.Series(
            [None, "12.50", None, None, "12345678901234567.89"], dtype=pl.String
        ).cast(pl.Decimal(38, 2)),
        "sinh": [date(2023, 5, 31), None, date(1800, 1, 1), None, None],
    }
)
NOON = datetime(2023, 5, 31, 12, 30)  # noqa: DTZ001 - a sheet knows no zones
KINDS = ("csv", "tsv", "parquet", "xlsx", "duckdb")


def written(path: Path, frame: pl.LazyFrame, **options: Any) -> Path:
    """A table, written out."""
    with open_sink(str(path), **options) as sink:
        sink.write(frame)
        sink.finish()
    assert list(path.parent.iterdir()) == [path]
    return path


def refused(path: Path | str, frame: pl.LazyFrame = DECIDED, **options: Any) -> str:
    """The one line that says why a table was not written; nothing is left of it."""
    with pytest.raises(Faults) as caught:
        written(Path(path), frame, **options)
    [found] = caught.value.diagnostics
    return line(found, "en").replace(str(Path(path).parent), "…")


def read(path: Path) -> list[tuple[Any, ...]]:
    """The rows of a table, without their numbers."""
    with open_source(str(path)) as source:
        return [row[1:] for row in source.frame.collect().rows()]


# ---- what is written


def test_text(tmp_path: Path) -> None:
    """A spreadsheet opens it as what it is: letters, and no formula."""
    data = written(tmp_path / "out.csv", DECIDED).read_bytes()

    assert data.decode("utf-8").splitlines() == [
        "\ufeffhộ,bò,7.2.b,7.2.b.shortfall,sinh",
        "Ấm,38,met,,2023-05-31",
        "'=1+1,1152921504606846976,not_met,12.50,",
        ",,,,1800-01-01",
        "-5,0,undetermined,,",
        "'+84 (0),-1,not_applicable,12345678901234567.89,",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1", "'=1"),
        ("+1+1", "'+1+1"),
        ("-1-1", "'-1-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("-5", "-5"),
        ("+4,5 %", "+4,5 %"),
        ("-", "-"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("Ấ", "Ấ"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_texts_stay_inert(text: str, shown: str, tmp_path: Path) -> None:
    """In a cell and in the name of a column."""
    path = written(tmp_path / "out.csv", pl.LazyFrame({f"{text}": [text, "x"], "": ["y", "y"]})
                   if text else pl.LazyFrame({"": [text], "b": ["y"]}))  # fmt: skip
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))

    assert (rows[0][0], rows[1][0]) == (shown, shown)


def test_what_no_cell_holds(tmp_path: Path) -> None:
    """Lists, records, bytes and spans of time are written as text."""
    frame = pl.LazyFrame(
        {"l": [[1, 2], None], "r": [{"a": "ấ"}, {"a": None}], "b": [b"\x0f", None],
         "t": [timedelta(days=1), None]}
    )  # fmt: skip
    expected = [("[1,2]", '{"a":"ấ"}', "0f", "P1D"), (None, '{"a":null}', None, None)]

    assert read(written(tmp_path / "out.csv", frame)) == expected
    (tmp_path / "out.csv").unlink()
    assert read(written(tmp_path / "out.xlsx", frame)) == expected


def test_a_workbook(tmp_path: Path) -> None:
    """Coloured, its header frozen, with a filter; numbers that a sheet would change are text."""
    path = tmp_path / "out.xlsx"
    moments = DECIDED.with_columns(đúng=pl.lit(True), lúc=pl.lit(NOON), tỷ=pl.lit(0.5))
    words = {"met": "đạt", "not_met": "chưa đạt", "undetermined": "chưa rõ"}
    heads = ["cột", *words.values(), "not_applicable"]
    with open_sink(str(path), sheets=("kết quả", "tóm tắt"), words=words) as sink:
        sink.write(moments)
        sink.finish([["điểm", "số"], heads, ["đạt", Decimal("1.5"), 3], [None, "=x"]])
    book = openpyxl.load_workbook(path)
    sheet, summary = book["kết quả"], book["tóm tắt"]

    assert [cell.value for cell in sheet[1]] == moments.collect_schema().names()
    assert [cell.value for cell in sheet[3]][:5] == ["=1+1", str(2**60), "chưa đạt", 12.5, None]
    assert sheet["A3"].data_type == "s"
    assert [sheet[f"D{row}"].value for row in (2, 6)] == [None, "12345678901234567.89"]
    assert [sheet[f"E{row}"].value for row in (2, 4)] == [
        NOON.replace(hour=0, minute=0),
        "1800-01-01",
    ]
    assert [cell.value for cell in sheet[2]][5:] == [True, NOON, 0.5]
    assert [sheet[f"C{row}"].fill.fgColor.rgb for row in range(2, 7)] == [
        "FFC6EFCE", "FFFFC7CE", "00000000", "FFFFEB9C", "FFE7E6E6",
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H6")
    assert [[cell.value for cell in row if cell.value is not None] for row in summary.rows] == [
        ["điểm", "số"], heads, ["đạt", 1.5, 3], ["=x"],
    ]  # fmt: skip
    assert [summary[at].fill.fgColor.rgb for at in ("A2", "B2", "A3")] == [
        "00000000", "FFC6EFCE", "00000000",
    ]  # fmt: skip
    book.close()


def test_no_rows(tmp_path: Path) -> None:
    """The names of the columns are there."""
    for kind in KINDS:
        path = written(tmp_path / f"out.{kind}", DECIDED.head(0))
        with open_source(str(path)) as source:
            assert list(source.headers) == DECIDED.collect_schema().names()
            assert source.frame.collect().height == 0
        path.unlink()


def test_many_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The more columns, the fewer rows a row group of Parquet has."""
    monkeypatch.setattr(sinks, "_CELLS", 1200)
    wide = pl.DataFrame({f"p{i}": range(i, i + 25) for i in range(100)})
    path = written(tmp_path / "out.parquet", wide.lazy())

    asked = f"SELECT DISTINCT row_group_num_rows FROM parquet_metadata('{path}')"
    assert sorted(duckdb.execute(asked).fetchall()) == [(1,), (12,)]
    assert read(path) == wide.rows()


def test_a_table_in_a_database(tmp_path: Path) -> None:
    """A new file, or a table replaced beside those that stay."""
    path = tmp_path / "out.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute("CREATE TABLE other AS SELECT 1 AS x")
    for frame in (DECIDED.head(1), DECIDED):
        written(path, frame, table='kết "quả"')
    with duckdb.connect(str(path), read_only=True) as base:
        assert base.execute('SELECT * FROM "kết ""quả"""').fetchall() == DECIDED.collect().rows()
        assert base.execute("SELECT x FROM other").fetchall() == [(1,)]


def test_two_in_one_pass(tmp_path: Path) -> None:
    """Sinks of every kind are collected together."""
    names = [tmp_path / f"out.{kind}" for kind in KINDS]
    opened: list[Sink] = [open_sink(str(name)) for name in names]
    pl.collect_all([sink.of(DECIDED) for sink in opened], engine="streaming")
    assert not any(name.exists() for name in names)
    for sink in opened:
        sink.finish()

    assert sorted(tmp_path.iterdir()) == sorted(names)
    assert {len(read(name)) for name in names} == {5}


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from('",;\t\n=-@')
)


@given(
    st.lists(st.tuples(TEXTS, NUMBERS, st.integers(-(2**63), 2**63 - 1)), min_size=1, max_size=5),
    st.sampled_from(KINDS),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal, int]], kind: str
) -> None:
    """Law: texts and numbers come back, exactly; in text, with the apostrophe where it is due."""
    schema: dict[str, Any] = {
        "chữ": pl.String,
        "7.2.b.shortfall": pl.Decimal(38, 2),
        "số": pl.Int64,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    path = written(tmp_path_factory.mktemp("sink") / f"out.{kind}", frame.lazy())

    back = read(path)

    assert [Decimal(str(row[1])) for row in back] == [row[1] for row in rows]
    assert [int(row[2]) for row in back] == [row[2] for row in rows]
    texts = [row[0] or "" for row in back]
    if kind in ("csv", "tsv"):
        texts = [t[1:] if t != o else t for t, (o, _, _) in zip(texts, rows, strict=True)]
    assert texts == [row[0] for row in rows]


# ---- whole or absent


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left(kind: str, tmp_path: Path) -> None:
    """Of a run that fails, or that is not finished; what was there before stays."""
    path = tmp_path / f"out.{kind}"

    def fails(_: pl.DataFrame) -> pl.DataFrame:
        raise KeyboardInterrupt

    with open_sink(str(path)) as sink:
        sink.write(DECIDED)
    assert list(tmp_path.iterdir()) == []

    written(path, DECIDED.head(1))
    before = path.read_bytes()
    broken = DECIDED.map_batches(fails, schema=DECIDED.collect_schema())
    with pytest.raises(BaseException), open_sink(str(path)) as sink:  # noqa: B017, PT011
        sink.write(broken)
    assert (list(tmp_path.iterdir()), path.read_bytes()) == ([path], before)


def test_leavings_of_dead_runs(tmp_path: Path) -> None:
    """The next run clears them; never those of a live one, or of another file."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    kept = [
        f".out.csv.tieuchi-{os.getppid()}.part",
        f".other.csv.tieuchi-{dead.pid}.part",
        ".out.csv.part",
        f".out.csv.tieuchi-{os.getpid()}.part",
    ]
    gone = [
        f".out.csv.tieuchi-{dead.pid}.part",
        f".out.csv.tieuchi-{dead.pid}.part.rows",
        ".out.csv.tieuchi-99999999999999999999.part",
    ]
    with open_sink(str(tmp_path / "out.csv")):
        for name in (*kept, *gone):
            (tmp_path / name).write_text("x")
        clear_stray(tmp_path / "out.csv")
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
    clear_stray(tmp_path / "out.csv")

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept[:3])


KILLED = """
import polars as pl, os, sys, signal
from tieuchi.engine.table.sinks import open_sink
def die(_): os.kill(os.getpid(), signal.SIGKILL)
with open_sink(sys.argv[1]) as sink:
    sink.write(pl.LazyFrame({"a": range(100_000)}))
    die(0)
"""


def test_killed(tmp_path: Path) -> None:
    """A run that is killed leaves no half table, and the next one clears what it leaves."""
    path = tmp_path / "out.parquet"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    [left] = tmp_path.iterdir()
    assert left.name.startswith(".out.parquet.tieuchi-")

    written(path, DECIDED)


LIGHT = """
import sys
import tieuchi.engine.table.batch, tieuchi.engine.table.form_book
from tieuchi.engine.table.sinks import open_sink
open_sink(sys.argv[1]).discard()
print(*sorted({"xlsxwriter", "duckdb", "fastexcel", "sqlglot", "pyspark"} & {*sys.modules}))
"""


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("csv", ""), ("parquet", ""), ("xlsx", "xlsxwriter"), ("duckdb", "duckdb")],
)
def test_a_library_is_loaded_for_its_own_kind(kind: str, wanted: str, tmp_path: Path) -> None:
    """A run that writes text does not wait for the writer of workbooks."""
    command = [sys.executable, "-c", LIGHT, str(tmp_path / f"out.{kind}")]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)

    assert ran.stdout == f"{wanted}\n"


# ---- what is wrong


def test_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line each."""
    (tmp_path / "out.csv").mkdir()
    assert refused(tmp_path / "out.csv") == (
        "…/out.csv: this is a folder, not a file; name a file in it"
    )
    assert refused(tmp_path / "none" / "out.csv") == (
        f"…/out.csv: there is no folder `{tmp_path}/none`; make the folder first".replace(
            f"{tmp_path}/none", "…"
        )
    )
    assert refused(tmp_path / "out.docx") == (
        "…/out.docx: results are not written to `.docx` files; "
        "name a .csv, .tsv, .xlsx, .parquet or .duckdb file"
    )
    monkeypatch.setattr(os, "access", lambda *_: False)
    denied = (
        "…/out.xlsx: this place may not be written to: permission denied; "
        "choose another place with `-o`"
    )
    assert refused(tmp_path / "out.xlsx") == denied


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "output-full"),
        (OSError("No space left on device (os error 28): x"), "output-full"),
        (pl.exceptions.ComputeError("parquet: File too large (os error 27)"), "output-full"),
        (PermissionError(13, "denied"), "output-denied"),
        (OSError(5, "Input/output error"), "output-failed"),
    ],
)
def test_what_goes_wrong_while_writing(error: Exception, code: str) -> None:
    """It is said of the file that is written."""
    with pytest.raises(Faults) as caught, writing("out.csv"):
        raise error
    assert [each.code for each in caught.value.diagnostics] == [code]

    with pytest.raises(pl.exceptions.ComputeError), writing("out.csv"):
        raise pl.exceptions.ComputeError("cannot read")


FULL = """
import polars as pl, resource, sys
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.table.sinks import open_sink
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    with open_sink(sys.argv[1]) as sink:
        sink.write(pl.LazyFrame({"a": pl.Series(range(200_000)).hash()}))
        sink.finish()
except Faults as found:
    print(found.diagnostics[0].code)
"""


@pytest.mark.parametrize("kind", ["csv", "parquet", "duckdb", "xlsx"])
def test_a_full_disk(kind: str, tmp_path: Path) -> None:
    """One line, and nothing left."""
    command = [sys.executable, "-c", FULL, str(tmp_path / f"out.{kind}")]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)

    assert (ran.stdout, ran.stderr) == ("output-full\n", "")
    assert list(tmp_path.iterdir()) == []


def test_what_a_sheet_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said before anything is written, where the rows are known; else nothing is left."""
    path = tmp_path / "out.xlsx"
    long = "…/out.xlsx: the result has {} rows, a sheet holds {}; write .parquet or .csv"
    assert refused(path, rows=1_048_576) == long.format(1_048_576, 1_048_575)
    wide = pl.LazyFrame({f"c{at}": [1] for at in range(16_385)})
    assert refused(path, wide) == (
        "…/out.xlsx: the result has 16385 columns, a sheet holds 16384; write .parquet or .csv"
    )
    assert refused(path, pl.LazyFrame({"chữ": ["x" * 32_768]})) == (
        "…/out.xlsx: a cell of column `chữ` has 32768 characters, a sheet holds 32767; "
        "write .parquet or .csv"
    )
    monkeypatch.setattr(sheet_sink, "MOST_ROWS", 4)
    assert refused(path) == long.format(5, 4)
    assert list(tmp_path.iterdir()) == []


def test_no_database(tmp_path: Path) -> None:
    """What stands there is left as it is."""
    path = tmp_path / "out.duckdb"
    path.write_bytes(b"hello" * 1000)

    assert refused(path).startswith("…/out.duckdb: this file cannot be written: ")
    assert path.read_bytes() == b"hello" * 1000
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_is_a_workbook(tmp_path: Path) -> None:
    """Nothing in it is a formula, a link or a macro."""
    with zipfile.ZipFile(written(tmp_path / "out.xlsx", DECIDED)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet
    assert sinks.INERT == "'"
