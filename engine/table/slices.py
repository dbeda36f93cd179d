"""A Parquet file with many columns, read some rows at a time.

Polars decodes a row group whole, however many columns it has: two gigabytes for 100 000 rows of
2 000 numbers. A slice of rows it takes out alone, so a wide file is read slice by slice, and what
goes on from there goes on in pieces; a narrow one is left to Polars.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from polars.io.plugins import register_io_source

WIDE = 128
"""So many columns are wide."""
_CELLS = 1 << 24  # read at once
_PIECES = 4  # that a slice is handed on in
_FEW = 1_000  # less rows at a time cost more time than they save memory


def in_slices(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The same rows; `frame` is a scan of Parquet, in which a slice costs only itself."""
    schema = frame.collect_schema()
    if len(schema) < WIDE:
        return frame

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        asked = frame if columns is None else frame.select(columns)
        at_once = _PIECES * max(_CELLS // _PIECES // max(len(asked.collect_schema()), 1), _FEW)
        at = 0
        while rows is None or at < rows:
            count = at_once if rows is None else min(at_once, rows - at)
            found = asked.slice(at, count).collect()
            for piece in found.iter_slices(at_once // _PIECES):
                yield piece if predicate is None else piece.filter(predicate)
            if found.height < count:
                return
            at += count

    return register_io_source(read, schema=schema, is_pure=True)
