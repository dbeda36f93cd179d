"""Texts looked up: codes as Polars reads them, and an end to how many there may be."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest
from command import run
from packs import DAY, graph_of

from tieuchi.engine.table import coded, lookup
from tieuchi.engine.table.cell import Reading
from tieuchi.engine.table.intake import CODE

TEXTS = (
    "0", "12", "0012", "999999999999999", "1234567890123456", "12,5", "12.5", "12.50", "12,345",
    "1.000", "0,01", "0,001", "0,000001", "4,5 ha", "15 000 m2", " 12 ", "12\n", "1e3", "-3", "",
    "nhiều", "unknown", "١٢", "１２", "1\u00a0000", None,
)  # fmt: skip


@pytest.mark.parametrize("decimal", [None, "comma", "point"])
@pytest.mark.parametrize("unit", ["", "m2", "ha"])
@pytest.mark.parametrize("complete", [False, True])
def test_codes_are_those_of_polars(decimal: str | None, unit: str, complete: bool) -> None:
    """Of every shape of number, in every unit."""
    fact = next(f for f in graph_of("lao-cai-26-2020").facts if f.id == "greenhouse_area")
    how = Reading(fact, unit, decimal, complete)  # type: ignore[arg-type]
    rows = pl.DataFrame({"n": range(len(TEXTS)), "@in0": pl.Series(TEXTS, dtype=pl.String)})
    wanted = coded.with_codes(rows.lazy(), {"@in0": how}).collect()

    import narwhals as nw

    with duckdb.connect() as base:
        base.execute('CREATE TABLE t (n BIGINT, "@in0" TEXT)')
        base.executemany("INSERT INTO t VALUES (?, ?)", rows.rows())

        def table(known: pl.DataFrame) -> object:
            return base.from_arrow(known.to_arrow())

        means = lookup.Means(lambda odd: list(odd.to_native().fetchall()), table)
        frame = nw.from_native(base.sql("FROM t"))
        made = lookup.with_codes(frame, {"@in0": how}, None, means, {"@in0": "diện tích"})
        got = made.to_native().order("n").fetchall()

    codes = wanted[CODE + fact.id].to_list()
    told, known = (
        {text: code and max(code, -1) for text, code in zip(TEXTS, each, strict=True)}
        for each in ([row[-1] for row in got], codes)
    )
    assert told == known  # less than nothing is no number, however it is written down


def test_too_many_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of another text in each row is no column of numbers: texts-too-many."""
    monkeypatch.setattr(lookup, "MOST", 3)
    table = tmp_path / "table.parquet"
    pl.DataFrame({"greenhouse_area": [f"{n} m2" for n in range(4)]}).write_parquet(table)
    ran = run(
        "batch", str(table), "--pack", "lao-cai-26-2020", "--as-of", str(DAY),
        "-o", str(tmp_path / "out.csv"), "--engine", "duckdb", "--format", "json",
    )  # fmt: skip

    assert ran.code == 2
    assert "texts-too-many" in ran.err
    assert "the column has more than 3 different texts that are no plain numbers" in ran.err
