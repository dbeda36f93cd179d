"""Numbers that a file keeps in binary: each cell by its own kind, and how many of them changed.

A floating cell is taken to the nearest step and counted where that changes it; a text is exact, and
finer than the step it is rejected, also where both stand in one column.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from command import Ran, run
from dirt import PACK
from packs import pack_text
from results import rows_of_csv

AREA = "Diện tích trồng rau ngoài trời (m2)"
SHORT = "7.2.c.vegetables.shortfall"
ENGINES = ("polars", "duckdb")


def book(path: Path, cells: Sequence[Any], shown: str = "General", header: str = AREA) -> Path:
    """A sheet with a column of these cells, numbers shown in this way."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as made:
        sheet, form = made.add_worksheet(), made.add_format({"num_format": shown})
        sheet.write_row(0, 0, ["hộ", header])
        for at, cell in enumerate(cells, 1):
            sheet.write_string(at, 0, f"hộ {at + 1}")
            if isinstance(cell, str):
                sheet.write_string(at, 1, cell)
            else:
                sheet.write_number(at, 1, cell, form)
    return path


def batch(path: Path, *options: str, pack: str = "nq-08-2019") -> Ran:
    """Run beside the table."""
    out = str(path.with_name("out.csv"))
    line = ("batch", str(path), "--pack", pack, "--as-of", "2023-05-31", "-o", out)
    return run(*line, "--lang", "en", *options)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_cell_of_a_sheet_is_read_by_its_own_kind(engine: str, tmp_path: Path) -> None:
    """Of 20 000 m²: 7 000.123 and 7 000.125 are taken to 7 000.12 and 7 000.13, the text is not."""
    cells = [7000.123, "7000,123", 7000.125, "chưa đo", 2.5, "7000,12", 7000.1 + 0.02]

    ran = batch(book(tmp_path / "in.xlsx", cells), "--engine", engine, "--decimal", "comma")

    assert ran.code == 4, ran.err
    assert {row["hộ"]: row[SHORT] for row in rows_of_csv(tmp_path / "out.csv")} == {
        "hộ 2": "1.299988", "hộ 4": "1.299987", "hộ 6": "1.999750", "hộ 7": "1.299988",
        "hộ 8": "1.299988",
    }  # fmt: skip
    assert [(row["row"], row["value"]) for row in rows_of_csv(tmp_path / "out.rejects.csv")] == [
        ("3", "7000,123"), ("5", "chưa đo"),
    ]  # fmt: skip
    said = f"Column `{AREA}`: floating-point cells taken to the nearest step: 2 "
    assert said in " ".join(ran.out.split())


RATE = pack_text(
    """\
facts: {rate: {vi: tỷ lệ, en: rate, unit: "%", max: 100 %}}
provisions:
  "1": {SAID, require: {of: rate, at_least: 40 %}}
""",
    "rate",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_cells_shown_as_a_percentage(engine: str, tmp_path: Path) -> None:
    """A third is 33.33 %, 6.67 short of 40; 35 % is as it stands."""
    (tmp_path / "rate.yaml").write_text(RATE, "utf-8")
    path = book(tmp_path / "in.xlsx", [1 / 3, 0.35], "0.0%", "tỷ lệ")

    ran = batch(path, "--engine", engine, "--format", "json", pack=str(tmp_path / "rate.yaml"))

    assert ran.code == 0, ran.err
    assert [float(row["1.shortfall"]) for row in rows_of_csv(tmp_path / "out.csv")] == [6.67, 5]
    assert json.loads(ran.out)["floating_point"] == {"tỷ lệ": 1}


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32], ids=str)
@pytest.mark.parametrize("engine", ENGINES)
def test_only_cells_that_change_are_counted(engine: str, dtype: Any, tmp_path: Path) -> None:
    """0.1 + 0.2 differs from 0.3 in its last bit alone; what is rejected is not counted."""
    path = tmp_path / "in.parquet"
    areas = [0.1 + 0.2, None, 1.5, 0.1234567, float("nan")]
    pl.DataFrame({"vegetable_area": areas}, schema={"vegetable_area": dtype}).write_parquet(path)

    ran = batch(path, "--engine", engine, "--format", "json")

    assert ran.code == 4
    assert json.loads(ran.out)["floating_point"] == {"vegetable_area": 1}
    assert [row[SHORT] for row in rows_of_csv(tmp_path / "out.csv")] == [
        "1.700000", "", "0.500000", "1.876543",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_large_numbers_of_half_the_digits(engine: str, tmp_path: Path) -> None:
    """16 384.25 m² is exact in 32 bits, and 1.638425 ha: 0.361575 short of 2."""
    path = tmp_path / "in.parquet"
    pl.DataFrame({AREA: [16_384.25]}, schema={AREA: pl.Float32}).write_parquet(path)

    ran = batch(path, "--engine", engine, "--format", "json")

    assert json.loads(ran.out)["floating_point"] == {AREA: 0}
    assert [row[SHORT] for row in rows_of_csv(tmp_path / "out.csv")] == ["0.361575"]


def test_the_members_of_a_list_too(tmp_path: Path) -> None:
    """A list's sheet is read in the same way: the number 10.123 is 10.12 m², the text no number."""
    pack = pack_text(
        """\
        facts:
          plots:
            {vi: thửa, en: plots, kind: list, fields: {area: {vi: diện tích, en: area, unit: m2}}}
          far: {vi: xa, en: far, kind: yes_no}
        provisions:
          "1":
            {SAID, require:
              {count: plots, where: {require: {of: area, at_least: 10 m2}}, at_least: 2}}
        """,
        "plots",
    )
    (tmp_path / "plots.yaml").write_text(pack, "utf-8")
    (tmp_path / "in.csv").write_text("hộ;far\nhộ 2;có\nhộ 3;có\n", "utf-8")
    with xlsxwriter.Workbook(tmp_path / "plots.xlsx") as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(
            [("hộ", "diện tích"), ("hộ 2", 10.123), ("hộ 2", "10"), ("hộ 3", "10,123")]
        ):
            sheet.write_row(at, 0, row)

    ran = batch(
        tmp_path / "in.csv", "--list", f"plots={tmp_path / 'plots.xlsx'}", "--key", "hộ",
        "--decimal", "comma", pack=str(tmp_path / "plots.yaml"),
    )  # fmt: skip

    assert ran.code == 4, ran.err
    assert [(row["hộ"], row["1"]) for row in rows_of_csv(tmp_path / "out.csv")] == [("hộ 2", "met")]
    assert [row["value"] for row in rows_of_csv(tmp_path / "out.rejects.csv")] == ["10,123"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_year_among_binary_numbers(engine: str, tmp_path: Path) -> None:
    """A column of years with gaps is often one of binary numbers: 2022.0 is 2022."""
    path = tmp_path / "in.parquet"
    pl.DataFrame({"ngày lập": [2022.0, None, 2022.5]}).write_parquet(path)
    (tmp_path / "dirt.yaml").write_text(PACK, "utf-8")

    ran = batch(path, "--engine", engine, "--only", "p.founded", pack=str(tmp_path / "dirt.yaml"))

    assert ran.code == 4, ran.err
    assert [row["p.founded.shortfall"] for row in rows_of_csv(tmp_path / "out.csv")] == [
        str(1_000_000 - 151), "",
    ]  # fmt: skip
    assert [row["row"] for row in rows_of_csv(tmp_path / "out.rejects.csv")] == ["3"]


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_instant_is_on_the_day_of_its_zone(engine: str, kind: str, tmp_path: Path) -> None:
    """20:00 UTC is the next day in Việt Nam: 1 May, and 30 days to 31 May."""
    path = tmp_path / f"in.{kind}"
    instant = pl.Series("ngày lập", [datetime(2023, 4, 30, 20, tzinfo=UTC)])
    other = instant.alias("ghi lúc").dt.convert_time_zone("America/Lima")
    frame = pl.DataFrame([other, instant.dt.convert_time_zone("Asia/Ho_Chi_Minh")])
    (frame.write_parquet if kind == "parquet" else frame.write_ipc)(path)
    (tmp_path / "dirt.yaml").write_text(PACK, "utf-8")

    ran = batch(path, "--engine", engine, "--only", "p.founded", pack=str(tmp_path / "dirt.yaml"))

    assert ran.code == 0, ran.err
    [row] = rows_of_csv(tmp_path / "out.csv")
    assert row["p.founded.shortfall"] == str(1_000_000 - 30)
    assert row["ngày lập"].startswith("2023-05-01T03:00:00")
    assert row["ghi lúc"].startswith("2023-04-30T15:00:00")


@pytest.mark.parametrize("cell", [timedelta(3), [38], b"38", {"head": 38}], ids=str)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_of_no_plain_cells(engine: str, cell: Any, tmp_path: Path) -> None:
    """Code column-type-unread: nobody could have written such a cell, and none is guessed."""
    path = tmp_path / "in.parquet"
    pl.DataFrame({"số bò": [cell, None]}).write_parquet(path)

    ran = batch(path, "--engine", engine)

    assert (ran.code, ran.out) == (2, "")
    kind = {timedelta: "Duration", list: "List", bytes: "Binary", dict: "Struct"}[type(cell)]
    assert ran.err.splitlines()[-1] == (
        f"số bò: the column `số bò` is of type {kind}, which cannot be read as `cattle`; "
        "make it a column of numbers, texts or days"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_large_decimals_of_few_digits(engine: str, tmp_path: Path) -> None:
    """19 999.5 m² are 1.99995 ha, 1 500 000 m² more than 2, whatever the column can hold."""
    path = tmp_path / "in.parquet"
    areas = [Decimal("19999.5"), Decimal(1_500_000), Decimal(999_999_999_999)]
    pl.DataFrame({AREA: areas}, schema={AREA: pl.Decimal(18, 6)}).write_parquet(path)

    ran = batch(path, "--engine", engine)

    assert ran.code == 4, ran.err
    rows = rows_of_csv(tmp_path / "out.csv")
    assert [row[SHORT] for row in rows] == ["0.000050", ""]
    assert [row["row"] for row in rows_of_csv(tmp_path / "out.rejects.csv")] == ["3"]


HALVES = pack_text(
    """\
    facts:
      rate: {vi: tỷ lệ, en: rate, unit: "%", max: 100 %}
      cattle: {vi: số bò, en: cattle, unit: head}
    provisions:
      "1": {SAID, require: {of: rate, at_least: 100 %}}
      "2": {SAID, require: {of: cattle, at_least: 1_000_000_000_000 head}}
    """,
    "halves",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_half_a_step_in_binary(engine: str, tmp_path: Path) -> None:
    """1.005 and 8.345 are written as halves of a step of 0.01 %, and in binary are less: 1.01 and
    8.35. 100.005 is more than 100, half a head below 0 less than 0; large numbers stay as they are.
    """
    (tmp_path / "halves.yaml").write_text(HALVES, "utf-8")
    rates = [1.005, 8.345, 8.3449, 100.005, 99.994, None, None, None]
    cattle = [None, None, None, None, None, -0.5, 999_999_999_999.0, 999_999_999_998.4]
    path = tmp_path / "in.parquet"
    pl.DataFrame({"tỷ lệ": rates, "số bò": cattle}).write_parquet(path)

    ran = batch(path, "--engine", engine, pack=str(tmp_path / "halves.yaml"))

    assert ran.code == 4, ran.err
    rows = rows_of_csv(tmp_path / "out.csv")
    assert [row["1.shortfall"] for row in rows[:4]] == ["98.99", "91.65", "91.66", "0.01"]
    assert [row["2.shortfall"] for row in rows[4:]] == ["1", "2"]
    rejects = rows_of_csv(tmp_path / "out.rejects.csv")
    assert [(row["row"], row["reason"].partition(";")[0]) for row in rejects] == [
        ("4", "`100.01` is outside what `rate` can be: from 0 to 100 %"),
        ("6", "`-1` is below 0, and `cattle` cannot be"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_decimals_of_seven_places_in_a_long_table(engine: str, tmp_path: Path) -> None:
    """Half of 0.01 m² is 0.0000005 ha; numbers of a long table have all their decimals."""
    pack = pack_text(
        """\
        facts: {large: {TWO, unit: ha}, small: {TWO, unit: m2}}
        amounts: {half: {SAID, weighted: {large: 0.5, small: 0.5}}}
        """,
        "half",
    )
    (tmp_path / "half.yaml").write_text(pack, "utf-8")
    (tmp_path / "in.csv").write_text("large,small\n0,0.01\n", "utf-8")

    ran = batch(tmp_path / "in.csv", "--long", "--engine", engine, pack=str(tmp_path / "half.yaml"))

    assert ran.code == 0, ran.err
    [row] = rows_of_csv(tmp_path / "out.csv")
    assert (row["least"], row["most"], row["unit"]) == ("0.0000005", "0.0000005", "ha")
