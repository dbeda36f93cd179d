"""A small table of herds for `tieuchi batch`, worked by hand, and what came of it read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import polars as pl
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
