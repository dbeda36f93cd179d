"""Text on back ends other than Polars: plain numbers by expressions, the rest looked up.

What is not plain is collected once, distinct texts alone, read like a case (`cell`), and joined
back, so that no back end reads text by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Faults, Mark, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.table.cell import (
    BAD,
    NUMBER,
    Binary,
    Reading,
    code_of,
    read_activities,
    read_cell,
)
from tieuchi.engine.table.intake import ACTIVITIES, CODE, WHOLE_FLOAT, exact, fits, is_typed
from tieuchi.engine.table.texts import DECIMALS, PLACES

MOST = 1_000_000  # distinct texts of a column that are looked up
WHOLE = r"^[0-9]{1,15}$"
TEXT = "@text"
FOUND = "@found"
_Read = Callable[[object], int | None]


class Means(NamedTuple):
    """What a back end does for a lookup: bring rows here; take a small table; `keep` what is read
    more than once, where that is worth it."""

    rows: Callable[[nw.LazyFrame[Any]], list[tuple[Any, ...]]]
    table: Callable[[pl.DataFrame], Any]
    keep: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]] = lambda frame: frame


class _Column(NamedTuple):
    """A column of text, or of what is read as text (`float`: of binary numbers): what its codes are
    called, its header, how it is read. Of one that has binary numbers among its texts (`mixed`),
    those alone (`binary`), or all else."""

    name: str
    code: str
    header: str
    read: _Read
    how: Reading | None
    mixed: bool = False
    binary: bool = False
    float: bool = False

    @property
    def text(self) -> nw.Expr:
        """Its cells; where an empty one says something, it is a text too."""
        text = nw.col(self.name).cast(nw.String)
        if self.float:
            text = text.str.replace_all(WHOLE_FLOAT, "")
        if self.binary:
            return nw.when(nw.col(NUMBER + self.name)).then(text)
        text = text.fill_null("") if self.how is not None and self.how.complete else text
        return nw.when(~nw.col(NUMBER + self.name)).then(text) if self.mixed else text


def with_codes(
    frame: nw.LazyFrame[Any],
    readings: Mapping[str, Reading],
    activities: tuple[str, Graph] | None,
    means: Means,
    headers: Mapping[str, str],
) -> nw.LazyFrame[Any]:
    """The frame with codes; `activities`: the raw column that names those of a graph; `headers` by
    raw column. Raises Faults where there are too many texts.

    Each step has a column of its own: an expression put into the next would double at every use.
    """
    schema = frame.collect_schema()
    columns = [
        column
        for name, how in readings.items()
        if not is_typed(how, schema[name])
        for column in _columns(name, headers[name], how, schema)
    ]
    if activities is not None:
        name, graph = activities
        read = code_of(partial(read_activities, graph))
        columns.append(_Column(name, CODE + ACTIVITIES, headers[name], read, None))
    if not columns:
        return frame
    steps = [f"@{name}{i}" for i in range(len(columns)) for name in ("plain", "left")]
    sifted = means.keep(_sifted(frame, columns).select(*schema.names(), *steps))
    texts = _texts(sifted, columns, means)
    out = sifted
    for i, column in enumerate(columns):
        if texts[i]:
            found = pl.Series([column.read(each) for each in texts[i]], dtype=pl.Int64)
            table = means.table(pl.DataFrame({f"@left{i}": texts[i], f"@found{i}": found}))
            known: Any = nw.from_native(table).lazy()
            out = out.join(known, on=f"@left{i}", how="left")
    codes: dict[str, nw.Expr] = {}
    for i, column in enumerate(columns):
        one, before = _code(i, bool(texts[i])), codes.get(column.code)
        codes[column.code] = one if before is None else nw.coalesce(before, one)
    return out.with_columns(**codes).select(*schema.names(), *codes)


def _columns(
    name: str, header: str, how: Reading, schema: Mapping[str, nw.dtypes.DType]
) -> Iterator[_Column]:
    mixed, read = NUMBER + name in schema, code_of(partial(read_cell, how))
    column = _Column(name, CODE + how.fact.id, header, read, how, mixed)
    yield column._replace(float=schema[name].is_float())
    if mixed:
        read = code_of(lambda text: read_cell(how, Binary(str(text))))
        yield column._replace(read=read, binary=True)


def _code(i: int, looked_up: bool) -> nw.Expr:
    plain = nw.col(f"@plain{i}")
    if not looked_up:
        return plain
    return nw.when(plain.is_null()).then(nw.col(f"@found{i}")).otherwise(plain)


def _sifted(frame: nw.LazyFrame[Any], columns: Sequence[_Column]) -> nw.LazyFrame[Any]:
    """The frame with the steps of plain numbers (``@plain``), and what is left (``@left``)."""
    nothing = nw.lit(None, dtype=nw.Int64)
    layers: list[dict[str, nw.Expr]] = [{} for _ in range(6)]
    for i, (column, how) in enumerate((column, column.how) for column in columns):
        text, whole, number = (nw.col(f"@{name}{i}") for name in ("text", "whole", "number"))
        layers[0][f"@text{i}"] = column.text
        plain = nothing
        if how is not None and how.fact.kind == "quantity":
            found = nw.when(text.str.contains(WHOLE)).then(text)
            layers[1][f"@whole{i}"] = found.cast(nw.Int64)
            layers[2][f"@steps{i}"] = exact(how, whole, 0)
            plain = nw.col(f"@steps{i}")
            if fits(how, PLACES):
                found = nw.when(text.str.contains(DECIMALS[how.decimal])).then(text)
                decimal = found.str.replace_all(",", ".", literal=True)
                layers[1][f"@number{i}"] = decimal.cast(nw.Decimal(38, PLACES))
                layers[2][f"@parts{i}"] = exact(how, number, PLACES)
                plain = nw.when(plain.is_null()).then(nw.col(f"@parts{i}")).otherwise(plain)
        if column.binary:  # between two steps: left to be taken to the nearest
            layers[3][f"@exact{i}"] = plain
            plain = nw.when(nw.col(f"@exact{i}") != BAD).then(nw.col(f"@exact{i}"))
        layers[4][f"@plain{i}"] = plain
        layers[5][f"@left{i}"] = nw.when(nw.col(f"@plain{i}").is_null()).then(text)
    for layer in filter(None, layers):
        frame = frame.with_columns(**layer)
    return frame


def _texts(frame: nw.LazyFrame[Any], columns: Sequence[_Column], means: Means) -> list[list[str]]:
    """The distinct texts that are left of each column, brought here at once."""
    asked = []
    for i in range(len(columns)):
        left = frame.select(nw.col(f"@left{i}").alias(TEXT))
        some = left.unique().head(MOST + 2)  # a filter would be put into all that is below it
        asked.append(some.select(nw.lit(i, dtype=nw.Int64).alias(FOUND), TEXT))
    texts: list[list[str]] = [[] for _ in columns]
    for i, text in means.rows(nw.concat(asked, how="vertical")):
        if text is not None:
            texts[i].append(text)
    for column, found in zip(columns, texts, strict=True):
        if len(found) > MOST:
            raise Faults([problem("texts-too-many", Mark(column.header), limit=MOST)])
    return texts
