"""One run over a table: raw columns in, decided rows and rejected rows out.

`decided` is the same for every back end; Polars reads text itself (`texts`), the others look it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import narwhals as nw
import polars as pl

from tieuchi.engine.graph import Graph
from tieuchi.engine.table.cell import Reading
from tieuchi.engine.table.intake import CODE, READABLE, is_typed, taken
from tieuchi.engine.table.results import BROKEN, Plan, plan
from tieuchi.engine.table.texts import reader

ROW = "@row"
GOOD = "@good"


class Decided(NamedTuple):
    """A table decided: its raw columns, the results, `ROW` and `GOOD` (false: to be rejected)."""

    frame: nw.LazyFrame[Any]
    plan: Plan


def decided(
    frame: nw.LazyFrame[Any],
    graph: Graph,
    readings: Mapping[str, Reading],
    keep: Sequence[str],
    *,
    complete: bool = False,
    activities: bool = False,
    only: frozenset[str] | None = None,
    enum: bool = True,
) -> Decided:
    """A frame of raw columns, decided row by row; `readings` by raw column."""
    how = plan(graph, activities=activities, only=only, enum=enum)
    canonical = taken(frame, readings, graph, complete)
    out = how.over(canonical, [*keep, READABLE])
    good = (nw.col(READABLE) & ~nw.col(BROKEN)).alias(GOOD)
    return Decided(out.with_columns(good).drop(READABLE, BROKEN), how)


def with_codes(frame: pl.LazyFrame, readings: Mapping[str, Reading]) -> pl.LazyFrame:
    """A Polars frame with the codes of what is not read by expressions."""
    schema = nw.from_native(frame).collect_schema()
    coded = [
        pl.col(name)
        .cast(pl.String)
        .map_batches(reader(how), return_dtype=pl.Int64, is_elementwise=True)
        .alias(CODE + how.fact.id)
        for name, how in readings.items()
        if not is_typed(how, schema[name])
    ]
    return frame.with_columns(coded)
