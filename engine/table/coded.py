"""The codes of a Polars frame's columns that are not read by expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import narwhals as nw
import polars as pl

from tieuchi.engine.graph import Graph
from tieuchi.engine.table.cell import Reading, read_activities
from tieuchi.engine.table.intake import ACTIVITIES, CODE, is_typed
from tieuchi.engine.table.texts import reader, sifted


def with_codes(
    frame: pl.LazyFrame,
    readings: Mapping[str, Reading],
    activities: tuple[str, Graph] | None = None,
) -> pl.LazyFrame:
    """The frame with codes; `activities`: the raw column that names those of a graph."""
    schema = nw.from_native(frame).collect_schema()
    readers: dict[str, tuple[str, Callable[[pl.Series], pl.Series]]] = {
        CODE + how.fact.id: (name, reader(how))
        for name, how in readings.items()
        if not is_typed(how, schema[name])
    }
    if activities is not None:
        column, graph = activities
        readers[CODE + ACTIVITIES] = column, sifted(partial(read_activities, graph))
    return frame.with_columns(
        **{
            coded: pl.col(name)
            .cast(pl.String)
            .map_batches(read, return_dtype=pl.Int64, is_elementwise=True)
            for coded, (name, read) in readers.items()
        }
    )
