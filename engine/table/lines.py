"""The lines of a delimited file, looked at once before it is read: is every row whole?

A reader that works in blocks fills up a row with too few cells and cuts one with too many, without
a word. So the delimiters of each row are counted first, those in quotes left out; a row that has
others than the header is named, and a quote that no reader could place is `StrayQuote`: such a file
is written anew first (`quotes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from tieuchi.engine.table.origin import stop

_MOST = 10_000
"""More rows of the wrong length are a wrong file."""
_BATCH = 200_000
_FIRST = 1_000
_AT_ONCE = 100  # columns that one pattern counts
_QUOTED, _CELL = '"[^"]*"?', "\0"


class StrayQuote(Exception):
    """A double quote is not closed, or stands within a cell: the line."""


@dataclass
class Rows:
    """What was found: the number of rows, those of the wrong length, whether some are blank."""

    path: str
    separator: str
    columns: int
    line: int  # of the file, the next one
    count: int = 0
    blank: bool = False
    ragged: dict[int, int] = field(default_factory=dict)  # place among the rows, from 0: cells
    _open: int = 0  # the line where a cell with line breaks begins
    _cells: int = 0  # of the row that goes on

    def look_at(self, frame: pl.LazyFrame) -> None:
        """Go through the lines; raises StrayQuote, Faults, PolarsError if not UTF-8."""
        line = pl.col("line").fill_null("")
        cells = line.str.count_matches(self.separator, literal=True) + 1
        blank = line.str.contains(f'^[{re.escape(self.separator)}" \r]*$')
        plain = self._plain_and_whole(frame, line)
        found = frame.select(count=pl.len(), blank=blank.any(), plain=plain.all())
        self.count, self.blank, all_plain = found.collect(engine="streaming").row(0)
        if all_plain:
            return
        asked = frame.select(
            quotes=line.str.contains('"', literal=True).any(), wrong=(cells != self.columns).sum()
        )
        quotes, wrong = asked.collect(engine="streaming").row(0)
        if quotes:
            self.count = 0
            self._look_closely(frame)
            return
        if wrong and self.columns > 1:
            numbered = frame.select(line, cells.alias("cells")).with_row_index("at")
            whole = (pl.col("cells") > 1) | (line.str.strip_chars() != "")
            those = numbered.filter((pl.col("cells") != self.columns) & whole).head(_MOST + 1)
            self._note(those.select("at", "cells").collect(engine="streaming").rows())

    def _plain_and_whole(self, frame: pl.LazyFrame, line: pl.Expr) -> pl.Expr:
        """Whether a line is a row of as many cells as there are columns, none of them in quotes;
        false where the first lines tell that this is not the way to ask."""
        first = frame.head(_FIRST).select(line.str.contains('"', literal=True).any())
        if self.columns > _AT_ONCE or first.collect(engine="streaming").item():
            return pl.lit(False)
        cell = f'[^{re.escape(self.separator)}"]*'
        return line.str.contains(
            f"^(?:{cell}{re.escape(self.separator)}){{{self.columns - 1}}}{cell}$"
        )

    def _note(self, ragged: list[tuple[int, int]]) -> None:
        self.ragged.update(ragged)
        if len(self.ragged) > _MOST:
            stop("csv-ragged", self.path, limit=_MOST, columns=self.columns)

    def _look_closely(self, frame: pl.LazyFrame) -> None:
        """The same where cells stand in quotes: some have delimiters and line breaks in them."""
        line = pl.col("line").fill_null("")
        looked = frame.select(
            line,
            quotes=line.str.count_matches('"', literal=True).cast(pl.Int64),
            bare=line.str.replace_all(_QUOTED, _CELL),
        )
        for batch in looked.collect_batches(chunk_size=_BATCH, maintain_order=True):
            lines, quotes, bare = batch
            counts, places = self._quoted(lines, quotes, bare)
            self.line += len(lines)
            if self.columns > 1:
                whole = lines.gather(places)
                self._note(
                    [
                        (self.count + at, counts[at])
                        for at in (counts != self.columns).arg_true().to_list()
                        if counts[at] > 1 or whole[at].strip()
                    ]
                )
            self.count += len(counts)
        if self._open:
            raise StrayQuote(self._open)

    def _quoted(
        self, lines: pl.Series, quotes: pl.Series, bare: pl.Series
    ) -> tuple[pl.Series, pl.Series]:
        """The cells of each row that ends in these lines, and where its last line stands."""
        after = (quotes.cum_sum() + bool(self._open)) % 2
        within = after.shift(1, fill_value=int(bool(self._open))) == 1
        if within.any():  # a line that goes on within quotes
            on = ('"' + lines.filter(within)).str.replace_all(_QUOTED, _CELL)
            bare = bare.scatter(within.arg_true(), on)
        beside = f"[^{re.escape(self.separator)}{_CELL}\r]"
        stray = bare.str.contains(f"{beside}{_CELL}|{_CELL}{beside}").arg_true()
        if not stray.is_empty():
            raise StrayQuote(self.line + int(stray[0]))
        cells = bare.str.count_matches(self.separator, literal=True).cast(pl.Int64)
        ends = (after == 0).arg_true()
        total = cells.cum_sum() + self._cells
        upto = total.gather(ends)
        counts = upto - upto.shift(1, fill_value=0) + 1
        if int(after[-1]):
            opened = (~within).arg_true()
            if not opened.is_empty() and (ends.is_empty() or opened[-1] > ends[-1]):
                self._open = self.line + int(opened[-1])
            self._cells = int(total[-1]) - (int(upto[-1]) if len(upto) else 0)
        else:
            self._open = self._cells = 0
        return counts, ends
