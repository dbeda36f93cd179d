"""One run over a table: its raw columns in, decided rows out, and which of them are good.

`Job` says what is asked of which columns; `decided` answers it on any back end, by `intake`,
`members` and the plan of the graph. Polars reads text itself (`texts`), the others look it up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Faults, Mark, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.table.cell import NUMBER, SPACES, Reading
from tieuchi.engine.table.coded import with_codes
from tieuchi.engine.table.intake import READABLE, closes, hold_types, taken
from tieuchi.engine.table.lists import KEY, Listed
from tieuchi.engine.table.match import Matching
from tieuchi.engine.table.members import joined
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.results import BROKEN, INNER, NoDecimal, Plan, plan

GOOD = "@good"


@dataclass(frozen=True)
class Job:
    """What is asked of a table: the law, how its columns are read, and what is shown."""

    graph: Graph
    headers: tuple[str, ...]
    matching: Matching
    decimal: DecimalMark | None = None
    complete: bool = False
    activities: frozenset[str] | None = None  # of all rows alike; None: as a column says, or all
    only: frozenset[str] | None = None
    lists: tuple[tuple[str, tuple[str, Listed]], ...] = ()  # by list: the raw column of the key
    ragged: tuple[int, ...] = ()  # rows with another number of cells than the header
    numbers: frozenset[str] = frozenset()  # headers of texts with binary numbers, see `Source`

    @cached_property
    def raw(self) -> dict[str, str]:
        """The names under which the table's own columns are kept, by header."""
        return {header: f"@in{i}" for i, header in enumerate(self.headers)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The raw names of all columns of a source's frame."""
        numbers = {NUMBER + header: NUMBER + self.raw[header] for header in self.numbers}
        return self.raw | numbers

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """How each raw column that is a fact is read."""
        facts = {fact.id: fact for fact in self.graph.facts}
        raw, out = self.raw, {}
        for column in self.matching.columns:
            fact = facts[column.fact]
            unit = "" if column.unit is None else column.unit.id
            none = self.complete and closes(fact)
            out[raw[column.header]] = Reading(fact, unit, self.decimal, none)
        return out

    @cached_property
    def by_header(self) -> dict[str, Reading]:
        """The same by header."""
        raw = self.raw
        return {
            header: self.readings[raw[header]] for header in raw if raw[header] in self.readings
        }

    @cached_property
    def quantities(self) -> dict[str, Reading]:
        """Those of them that are quantities."""
        return {header: how for header, how in self.by_header.items() if how.is_quantity}

    @property
    def activity_column(self) -> str | None:
        """The raw column that names activities, where that is asked."""
        if self.matching.activities is None or self.activities is not None:
            return None
        return self.raw[self.matching.activities]


class Decided(NamedTuple):
    """A table decided: `ROW`, its raw columns, the results, and `GOOD`: what is not is rejected."""

    frame: nw.LazyFrame[Any]
    plan: Plan


def decided(
    job: Job,
    frame: nw.LazyFrame[Any],
    *,
    enum: bool = True,
    guarded: bool = True,
    native: Callable[[pl.DataFrame], Any] = pl.DataFrame.lazy,
) -> Decided:
    """A frame of raw columns and codes, decided row by row; `native` brings the counts of a list
    to the frame's back end."""
    by_row = job.activity_column is not None
    try:
        how = plan(
            job.graph, activities=job.activities or by_row, only=job.only, enum=enum, missing=True
        )
    except NoDecimal as error:
        mark = Mark(job.graph.main.pack)
        raise Faults([problem("step-no-decimal", mark, step=error.step, unit=error.unit)]) from None
    canonical = taken(frame, job.readings, job.graph, job.complete, guarded=guarded)
    counts, good = _with_lists(job, canonical, native)
    out = how.over(counts, [ROW, *job.names.values(), READABLE])
    good = good & nw.col(READABLE) & ~nw.col(BROKEN)
    if job.ragged:
        good = good & ~nw.col(ROW).is_in(job.ragged)
    return Decided(out.with_columns(good.alias(GOOD)).drop(READABLE, BROKEN), how)


def _with_lists(
    job: Job, frame: nw.LazyFrame[Any], native: Callable[[pl.DataFrame], Any]
) -> tuple[nw.LazyFrame[Any], nw.Expr]:
    """The frame with the counts of every list, and whether all members of a row can be read."""
    tables, good = dict(job.lists), nw.lit(True)
    for fact in job.graph.facts:
        if fact.kind != "list":
            continue
        if fact.id not in tables:
            frame = joined(job.graph, fact.id, frame, None, KEY, job.complete and closes(fact))
            continue
        column, listed = tables[fact.id]
        key = nw.col(column).cast(nw.String).str.strip_chars(SPACES)
        good = good & (key != "").fill_null(False)
        if listed.bad:
            good = good & ~key.is_in(list(listed.bad)).fill_null(False)
        counts = nw.from_native(native(listed.counts))
        frame = joined(
            job.graph, fact.id, frame.with_columns(**{KEY: key}), counts, KEY, listed.complete
        ).drop(KEY)
    return frame, good


def on_polars(job: Job, frame: pl.LazyFrame) -> Decided:
    """A Polars frame with `ROW` and the table's own columns, decided row by row."""
    hold_types(job.by_header, nw.from_native(frame).collect_schema())
    activities = None if job.activity_column is None else (job.activity_column, job.graph)
    coded = with_codes(frame.rename(job.names), job.readings, activities)
    return decided(job, nw.from_native(coded), guarded=False)  # it wraps; those rows are rejected


# ---- what is shown


def shown(job: Job, how: Plan) -> dict[str, str]:
    """The columns of the output by the names in the frame: the table's own, then the results.

    Raises Faults where a column of the table has the name of a result.
    """
    results = [result.name for result in how.results if not result.name.startswith(INNER)]
    taken_names = sorted(set(results) & set(job.headers))
    if taken_names:
        raise Faults([problem("column-is-result", Mark(name), name=name) for name in taken_names])
    return {
        **{raw: header for header, raw in job.raw.items()},
        **{result: result for result in results},
    }
