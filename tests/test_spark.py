"""A few rows on Spark, so that every run of the tests starts it once; the rest takes longer.

`sh tests/run.sh -m spark` runs all of them.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from command import run
from on_spark import ON_SPARK

pytestmark = ON_SPARK


def test_a_few_rows_on_spark(tmp_path: Path) -> None:
    """A household needs 500 m2 and an agreement: one square metre short, just enough, not known."""
    path = tmp_path / "in.parquet"
    pl.DataFrame(
        {
            "applicant": ["household"] * 3,
            "greenhouse_area": [499, 500, None],
            "linkage_agreement": [True] * 3,
        }
    ).write_parquet(path)
    words = ("batch", str(path), "--pack", "lao-cai-26-2020", "-o", str(tmp_path / "out.parquet"))

    ran = run(*words, "--engine", "spark", "--master", "local[2]", "--lang", "en", at=tmp_path)

    assert ran.code == 0, ran.err
    rows = pl.read_parquet(tmp_path / "out.parquet" / "*.parquet").sort("greenhouse_area")
    told = dict(zip(rows["greenhouse_area"], rows["15.area"], strict=True))
    assert told == {499: "not_met", 500: "met", None: "undetermined"}
    assert rows["15.area.shortfall"].to_list() == [None, 1, None]
