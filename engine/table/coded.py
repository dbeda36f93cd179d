"""The codes of a Polars frame's columns that are not read by expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import narwhals as nw
import polars as pl

from tieuchi.engine.graph import Graph
from tieuchi.engine.table.cell import NUMBER, Reading, read_activities
from tieuchi.engine.table.intake import ACTIVITIES, CODE, WHOLE_FLOAT, is_typed
from tieuchi.engine.table.texts import mixed, reader, sifted


def with_codes(
    frame: pl.LazyFrame,
    readings: Mapping[str, Reading],
    activities: tuple[str, Graph] | None = None,
) -> pl.LazyFrame:
    """The frame with codes; `activities`: the raw column that names those of a graph."""
    schema = nw.from_native(frame).collect_schema()
    readers: dict[str, tuple[pl.Expr, Callable[[pl.Series], pl.Series]]] = {}
    for name, how in readings.items():
        text = pl.col(name).cast(pl.String)
        if schema[name].is_float():
            text = text.str.replace(WHOLE_FLOAT, "")
        if NUMBER + name in schema:
            both = pl.struct(text.alias("text"), pl.col(NUMBER + name).alias("number"))
            readers[CODE + how.fact.id] = both, mixed(how)
        elif not is_typed(how, schema[name]):
            readers[CODE + how.fact.id] = text, reader(how)
    if activities is not None:
        column, graph = activities
        named = pl.col(column).cast(pl.String)
        readers[CODE + ACTIVITIES] = named, sifted(partial(read_activities, graph))
    return frame.with_columns(
        **{
            coded: cells.map_batches(read, return_dtype=pl.Int64, is_elementwise=True)
            for coded, (cells, read) in readers.items()
        }
    )
