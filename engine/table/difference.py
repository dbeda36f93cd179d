"""Who gains and who loses by an amendment in a table: `difference(old, new, source)`.

Every row is decided by both graphs, as `batch` decides it, and the rows that both can read are
counted: of the verdict and each provision, those that are met under one alone; of amounts, those
that have more and less, at least. It knows jobs and their results, and nothing of the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw
import polars as pl

from tieuchi.engine.amendment import VERDICT, Count, Registry
from tieuchi.engine.graph import Graph
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.table import results
from tieuchi.engine.table.match import match
from tieuchi.engine.table.origin import ROW, Source
from tieuchi.engine.table.run import GOOD, Decided, Job, on_polars
from tieuchi.engine.truth import Status

MET = str(Status.MET)


def job(
    graph: Graph, source: Source, *, decimal: DecimalMark | None = None, complete: bool = False
) -> Job:
    """What is asked of a table under one law. Raises Faults where no column is a fact."""
    matching = match(source.headers, graph, {}, source.path)
    return Job(
        graph,
        source.headers,
        matching,
        decimal,
        complete,
        ragged=tuple(source.ragged),
        numbers=source.numbers,
    )


def difference(
    old: Graph,
    new: Graph,
    source: Source,
    *,
    decimal: DecimalMark | None = None,
    complete: bool = False,
) -> Registry:
    """The rows that gain and lose. Raises Faults."""
    jobs = [job(graph, source, decimal=decimal, complete=complete) for graph in (old, new)]
    sides = [_side(each, source.frame) for each in jobs]
    names = [name for name in sides[0][1] if name in sides[1][1]]
    both = sides[0][0].join(sides[1][0], on=ROW, how="inner", suffix="@new")
    good = pl.col(GOOD) & pl.col(f"{GOOD}@new")
    counts: dict[str, pl.Expr] = {"@rows": pl.len(), "@good": good.sum()}
    for at, name in enumerate(names):
        gained, lost = _compared(name, sides[0][1][name])
        counts |= {f"{at}+": (good & gained).sum(), f"{at}-": (good & lost).sum()}
    found = both.select(**counts).collect().row(0, named=True)
    rows = [
        Count(_id(name), int(found[f"{at}+"] or 0), int(found[f"{at}-"] or 0))
        for at, name in enumerate(names)
    ]
    return Registry(found["@rows"], found["@rows"] - (found["@good"] or 0), tuple(rows))


def _side(of: Job, frame: pl.LazyFrame) -> tuple[pl.LazyFrame, Mapping[str, str]]:
    """What one law says of every row, and the kinds of its columns that are compared."""
    decided: Decided = on_polars(replace(of, only=None), frame)
    kinds = {
        each.name: each.kind
        for each in decided.plan.results
        if each.kind in ("verdict", "status", "least")
    }
    out: Any = nw.to_native(decided.frame.select(ROW, GOOD, *kinds))
    text = [pl.col(name).cast(pl.String) for name, kind in kinds.items() if kind != "least"]
    return out.lazy().with_columns(text), kinds


def _compared(name: str, kind: str) -> tuple[pl.Expr, pl.Expr]:
    """Whether a row gains, and whether it loses."""
    before, after = pl.col(name), pl.col(f"{name}@new")
    if kind == "least":
        return (after > before).fill_null(False), (after < before).fill_null(False)
    was, is_ = before.eq_missing(pl.lit(MET)), after.eq_missing(pl.lit(MET))
    return is_ & ~was, was & ~is_


def _id(name: str) -> str:
    return VERDICT if name == results.VERDICT else name.removesuffix(".least")
