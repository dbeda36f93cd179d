"""Text on back ends other than Polars: plain numbers by expressions, the rest looked up.

What is not plain is collected once, distinct texts alone, read like a case (`cell`), and joined
back, so that no back end reads text by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.diagnostic import Faults, Mark, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.table.cell import Reading, code_of, read_activities, read_cell
from tieuchi.engine.table.intake import ACTIVITIES, CODE, exact, fits, is_typed
from tieuchi.engine.table.texts import DECIMALS, PLACES

MOST = 1_000_000  # distinct texts of a column that are looked up
WHOLE = r"^\d{1,15}$"
TEXT = "@text"
FOUND = "@found"


class Means(NamedTuple):
    """What a back end does for a lookup: bring a column here; make a table of texts (`TEXT`) and
    their codes (`FOUND`)."""

    values: Callable[[nw.LazyFrame[Any]], list[str]]
    table: Callable[[list[str], list[int | None]], Any]


def with_codes(
    frame: nw.LazyFrame[Any],
    readings: Mapping[str, Reading],
    activities: tuple[str, Graph] | None,
    means: Means,
    names: Mapping[str, str],
) -> nw.LazyFrame[Any]:
    """The frame with codes; `activities`: the raw column that names those of a graph; `names`: the
    raw columns as people call them. Raises Faults where there are too many texts."""
    schema = frame.collect_schema()
    out = frame
    for name, how in readings.items():
        if not is_typed(how, schema[name]):
            text = nw.col(name).cast(nw.String)
            text = text.fill_null("") if how.complete else text
            read = code_of(partial(read_cell, how))
            out = _coded(out, frame, text, _plain(how, text), read, means, names[name]).rename(
                {FOUND: CODE + how.fact.id}
            )
    if activities is not None:
        name, graph = activities
        read = code_of(partial(read_activities, graph))
        text = nw.col(name).cast(nw.String)
        out = _coded(out, frame, text, None, read, means, names[name]).rename(
            {FOUND: CODE + ACTIVITIES}
        )
    return out


def _coded(
    out: nw.LazyFrame[Any],
    frame: nw.LazyFrame[Any],
    text: nw.Expr,
    plain: nw.Expr | None,
    read: Callable[[object], int | None],
    means: Means,
    name: str,
) -> nw.LazyFrame[Any]:
    """`out` with the codes of a text in `FOUND`; its distinct texts are those of `frame`."""
    left = text if plain is None else nw.when(plain.is_null()).then(text)
    odd = frame.select(left.alias(TEXT)).filter(~nw.col(TEXT).is_null()).unique().head(MOST + 1)
    texts = means.values(odd)
    if len(texts) > MOST:
        raise Faults([problem("texts-too-many", Mark(name), limit=MOST)])
    if not texts:
        codes = nw.lit(None, dtype=nw.Int64) if plain is None else plain
        return out.with_columns(codes.alias(FOUND))
    known: Any = nw.from_native(means.table(texts, [read(each) for each in texts]))
    joined = out.with_columns(left.alias(TEXT)).join(known.lazy(), on=TEXT, how="left").drop(TEXT)
    if plain is None:
        return joined
    return joined.with_columns(
        nw.when(plain.is_null()).then(nw.col(FOUND)).otherwise(plain).alias(FOUND)
    )


def _plain(how: Reading, text: nw.Expr) -> nw.Expr | None:
    """The steps of plain numbers; null for all else."""
    if how.fact.kind != "quantity":
        return None
    whole = nw.when(text.str.contains(WHOLE)).then(text).cast(nw.Int64)
    codes = exact(how, whole, 0)
    if not fits(how, PLACES):
        return codes
    decimal = nw.when(text.str.contains(DECIMALS[how.decimal])).then(text)
    number = decimal.str.replace_all(",", ".", literal=True).cast(nw.Decimal(38, PLACES))
    return nw.when(codes.is_null()).then(exact(how, number, PLACES)).otherwise(codes)
