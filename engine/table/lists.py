"""The lists of a table's rows, each in a table of its own: a row a member, with the row's key.

`read_list` counts the members of every key by `members`, and keeps why some cannot be read: a bad
member is a reason to reject the row that it belongs to, never to count the others without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.reading import Misstated
from tieuchi.engine.source import MOST_FAULTS
from tieuchi.engine.statement import open_value
from tieuchi.engine.table.cell import NUMBER, SPACES, Reading, cell_of, read_cell, value_of
from tieuchi.engine.table.coded import with_codes
from tieuchi.engine.table.intake import READABLE, hold_types, taken
from tieuchi.engine.table.match import Matching
from tieuchi.engine.table.members import OuterValue, counted
from tieuchi.engine.table.origin import ROW, Source

KEY = "@key"


@dataclass(frozen=True)
class Listed:
    """A list's table as it was read: the counts by key, and what is wrong with some members.

    `bad` has for each key the members that cannot be read: row, column, value, field, mistake.
    """

    fact: Fact
    path: str
    counts: pl.DataFrame
    bad: Mapping[str, list[tuple[int, str, str, Fact, Misstated]]]
    complete: bool
    _rows: pl.DataFrame
    _readings: Mapping[str, Reading]

    def members(self, key: str) -> Members:
        """The members of one row, as `decide` takes them."""
        rows = []
        for cells in self._rows.filter(pl.col(KEY) == key).iter_rows(named=True):
            row = []
            for field in self.fact.fields:
                code = None
                for name, how in self._readings.items():
                    if how.fact.id == field.id:
                        code = read_cell(how, cell_of(cells, name))
                row.append(open_value(field) if code is None else value_of(field, code))
            rows.append(row)
        return Members(tuple(rows), self.complete)

    @property
    def keys(self) -> pl.Series:
        """The keys of all members, each once."""
        return self._rows[KEY].unique()

    def misplaced(self, keys: Keys) -> Iterator[Diagnostic]:
        """The mistakes of members that belong to no row or to several, a key once."""
        for code, of in (("member-without-row", keys.unmet), ("member-of-rows", keys.shared)):
            for key in of.sort().head(MOST_FAULTS):
                at = self._rows.filter(pl.col(KEY) == key)[ROW]
                yield problem(code, Mark(self.path, int(at[0])), key=key)


class Keys:
    """The keys of a list's members: `unmet` those that no row has, `shared` those of several."""

    def __init__(self, keys: pl.Series) -> None:
        self.unmet, self.shared = keys, keys.clear()
        self._all = keys

    def meet(self, rows: pl.DataFrame, column: str) -> None:
        """Take note of rows that have their keys in a column."""
        found = rows.select(key_of(column))[KEY]
        counts = found.filter(found.is_in(self._all.implode())).value_counts()
        self.add(counts[KEY], counts["count"])

    def add(self, keys: pl.Series, counts: pl.Series) -> None:
        """Take note of keys of members, each once, and of how many rows have them."""
        again = keys.filter((counts > 1) | ~keys.is_in(self.unmet.implode()))
        self.shared = pl.concat([self.shared, again]).unique()
        self.unmet = self.unmet.filter(~self.unmet.is_in(keys.implode()))


def key_of(column: str) -> pl.Expr:
    """A key as it is compared: its text without what stands around it."""
    return pl.col(column).cast(pl.String).str.strip_chars(SPACES).alias(KEY)


def read_list(
    graph: Graph,
    fact: Fact,
    source: Source,
    matching: Matching,
    key: str,
    *,
    decimal: DecimalMark | None,
    complete: bool,
) -> Listed:
    """The table of a list; `key` is the header of its keys.

    Raises Faults where a key is empty, or where the law compares a member with its row's figures.
    """
    raw = {header: f"@in{i}" for i, header in enumerate(source.headers)}
    fields = {field.id: field for field in fact.fields}
    readings = {
        raw[c.header]: Reading(fields[c.fact], c.unit.id if c.unit else "", decimal)
        for c in matching.columns
        if fields[c.fact].kind != "text"
    }
    numbers = {NUMBER + header: NUMBER + raw[header] for header in source.numbers}
    by_header = {header: readings[name] for header, name in raw.items() if name in readings}
    hold_types(by_header, nw.from_native(source.frame).collect_schema())
    frame = source.frame.rename(raw | numbers).with_columns(key_of(raw[key]))
    held = frame.collect()
    _hold_keys(held, source.path, key)
    of_list = graph._replace(facts=fact.fields)
    coded = nw.from_native(with_codes(held.lazy(), readings))
    canonical = taken(coded, readings, of_list, complete=False)
    good = canonical.filter(nw.col(READABLE))
    try:
        counts: Any = counted(graph, fact.id, good, KEY, complete).to_native().collect()
    except OuterValue:
        raise Faults([problem("list-reads-row", Mark(graph.main.pack), name=fact.id)]) from None
    refused = canonical.filter(~nw.col(READABLE)).select(ROW, KEY, *raw.values(), *numbers.values())
    headers = {name: header for header, name in raw.items()}
    bad: dict[str, list[tuple[int, str, str, Fact, Misstated]]] = {}
    for cells in refused.to_native().collect().iter_rows(named=True):
        bad.setdefault(cells[KEY], []).extend(_wrong(cells, readings, headers))
    return Listed(fact, source.path, counts, bad, complete, held, readings)


def _hold_keys(rows: pl.DataFrame, path: str, key: str) -> None:
    without = rows.filter(pl.col(KEY).fill_null("") == "")[ROW]
    if len(without):
        mark = Mark(path, int(without[0]))
        raise Faults([problem("member-without-key", mark, column=key)])


def _wrong(
    cells: Mapping[str, Any], readings: Mapping[str, Reading], headers: Mapping[str, str]
) -> list[tuple[int, str, str, Fact, Misstated]]:
    found = []
    for name, how in readings.items():
        try:
            read_cell(how, cell_of(cells, name))
        except Misstated as error:
            found.append((cells[ROW], headers[name], str(cells[name]), how.fact, error))
    return found
