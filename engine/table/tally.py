"""What passes by while a table is decided: rows counted, summed up, the bad ones put aside.

Polars hands over decided rows batch by batch (`Tally.take`), and what comes back goes on to the
output. So a table is read once, whatever is said of it at the end, and memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from threading import Lock
from typing import Any

import narwhals as nw
import polars as pl

from tieuchi.engine.table import summary
from tieuchi.engine.table.headers import clean
from tieuchi.engine.table.lists import Keys
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.results import VERDICT, Plan
from tieuchi.engine.table.run import GOOD
from tieuchi.engine.table.summary import Figures
from tieuchi.engine.truth import Status

AT_ONCE = 1 << 24  # cells summed up together
KEPT = 50_000  # rejected rows held in memory before they are written aside
NEAR = 5
MATRIX = 25


class Stop(Exception):
    """A row is bad and the run is to stop at the first: the row."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class Tally:
    """Takes decided rows and keeps what is said of all of them.

    `by` is the raw column that splits the figures, `subject` the one that names rows, `floats` says
    by raw column how many cells of some rows were taken to another step, `keys` are those of lists
    with the keys of their members; `aside` is a folder for rejected rows;
    `seen` is told of every batch how many rows it had.
    """

    def __init__(
        self,
        plan: Plan,
        aside: Path,
        *,
        by: str | None = None,
        subject: str | None = None,
        floats: Mapping[str, Callable[[pl.DataFrame], int]] | None = None,
        keys: Sequence[tuple[str, Keys]] = (),
        strict: bool = False,
        seen: Callable[[int], object] = lambda _: None,
    ) -> None:
        self.plan = plan
        self.read = 0
        self.out = 0
        self.rejected = 0
        self.near: list[tuple[int, int, object]] = []  # best, row, subject
        self.first: list[pl.DataFrame] = []  # of the first rows, for whoever shows them
        self._by = by
        self._subject = subject
        self._strict = strict
        self._seen = seen
        self._aside = aside
        self._sums = summary.sums(plan, by=pl)
        self._summed: dict[str | None, dict[str, Any]] = {}
        self._bad: list[pl.DataFrame] = []
        self._held = 0
        self._files = 0
        self._floats = floats or {}
        self.floats = dict.fromkeys(self._floats, 0)  # cells taken to another step, by raw column
        self.keys = keys
        self._lock = Lock()
        self._waiting: list[pl.DataFrame] = []
        self._asked = {
            plan.results[place].name: asked for place, asked in summary.shares_of(plan).items()
        }
        self._has_verdict = any(result.kind == "verdict" for result in plan.results)
        named = (name for name in (subject, by) if name is not None)
        self._looked_at = list(dict.fromkeys((ROW, *named, *(r.name for r in plan.results))))

    def take(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The good rows of a batch."""
        whole = bool(batch[GOOD].all())
        good = batch if whole else batch.filter(GOOD)
        bad = None if whole else batch.filter(~pl.col(GOOD))
        moved = {name: count(good) for name, count in self._floats.items()}
        with self._lock:
            self.read += batch.height
            for name, count in moved.items():
                self.floats[name] += count
            for column, keys in self.keys:
                keys.meet(batch, column)
            self.out += good.height
            if bad is not None:
                self._put_aside(bad)
            self._waiting.append(good.select(self._looked_at))
            waiting = sum(frame.height for frame in self._waiting)
            taken = self._next() if waiting * len(self._looked_at) >= AT_ONCE else None
        if taken is not None:
            self._look_at(taken)
        self._seen(batch.height)
        return good

    def _next(self) -> pl.DataFrame:
        """The rows that wait to be summed up."""
        waiting, self._waiting = self._waiting, []
        return pl.concat(waiting)

    def _look_at(self, rows: pl.DataFrame) -> None:
        summed = self._sum(rows)
        near = self._nearest(rows) if self._could_be_nearer(summed, rows) else []
        with self._lock:
            self._add(summed)
            self.near = sorted([*self.near, *near], key=lambda each: each[:2])[:NEAR]
            self._keep_first(rows)

    def end(self) -> None:
        """Sum up what still waits."""
        if self._waiting:
            self._look_at(self._next())

    def _could_be_nearer(self, summed: list[dict[str, Any]], good: pl.DataFrame) -> bool:
        """Whether a batch may have a row that misses by less than the last of those kept."""
        shares = [summary.least_share(row, self.plan) for row in summed]
        least = min((share for share in shares if share is not None), default=None)
        if least is None or len(self.near) < NEAR:
            return least is not None
        best, row, _ = self.near[-1]
        last, _ = summary.share_and_place(best)
        return least < last or (least == last and int(good[ROW].min()) < row)  # type: ignore[arg-type]

    def _nearest(self, good: pl.DataFrame) -> list[tuple[int, int, object]]:
        few = nw.from_native(self._short_by_little(good).lazy())
        found = nw.to_native(summary.nearest(few, self.plan, ROW, NEAR)).collect().rows()
        if self._subject is None:
            return [(best, row, None) for row, best in found]
        named = good.filter(pl.col(ROW).is_in([row for row, _ in found]))
        names = dict(named.select(ROW, self._subject).iter_rows())
        return [(best, row, names[row]) for row, best in found]

    def _short_by_little(self, good: pl.DataFrame) -> pl.DataFrame:
        """The rows among which are those that miss a condition by least."""
        if self._has_verdict:
            good = good.filter(pl.col(VERDICT) == str(Status.NOT_MET))
        nearest = [pl.lit(False)]
        for name, asked in self._asked.items():
            most: Any = good[name].drop_nulls().bottom_k(NEAR).max()
            if most is not None:  # and whatever has the same share, in whole thousandths
                upto = most
                if asked is not None:
                    upto = -(-1000 * Fraction(most) // asked) * asked // 1000 + 1
                nearest.append(pl.col(name) <= upto)
        return good.filter(pl.any_horizontal(nearest))

    def _sum(self, rows: pl.DataFrame) -> list[dict[str, Any]]:
        if self._by is None:
            summed = rows.select(**self._sums)
        else:
            summed = rows.group_by(self._by).agg(**self._sums)
        return list(summed.iter_rows(named=True))

    def _add(self, summed: list[dict[str, Any]]) -> None:
        for row in summed:
            group = None if self._by is None else group_of(row.pop(self._by))
            self._summed[group] = added(self._summed.get(group), row)

    def _keep_first(self, good: pl.DataFrame) -> None:
        """The rows with the least numbers, whatever the order in which batches come."""
        first = pl.concat([*self.first, good.head(MATRIX)]).sort(ROW).head(MATRIX)
        self.first = [first]

    def _put_aside(self, bad: pl.DataFrame) -> None:
        if self._strict:
            raise Stop(bad[ROW].min())  # type: ignore[arg-type]
        self.rejected += bad.height
        self._bad.append(bad)
        self._held += bad.height
        if self._held > KEPT:
            pl.concat(self._bad).write_ipc(self._aside.joinpath(f"bad-{self._files}.arrow"))
            self._files += 1
            self._bad, self._held = [], 0

    def bad(self) -> Iterator[pl.DataFrame]:
        """The rejected rows, put aside or held, in the order of their numbers within each part."""
        for at in range(self._files):
            yield pl.read_ipc(self._aside.joinpath(f"bad-{at}.arrow")).sort(ROW)
        if self._bad:
            yield pl.concat(self._bad).sort(ROW)

    def figures(self) -> Figures:
        """Of all rows."""
        everything: dict[str, Any] | None = None
        for row in self._summed.values():
            everything = added(everything, row)
        return summary.figures(everything or {}, self.plan)

    def groups(self) -> list[tuple[str, Figures]]:
        """By group, in the order of their names; those without one last."""
        if self._by is None:
            return []
        return [
            (name or "—", summary.figures(row, self.plan)) for name, row in in_order(self._summed)
        ]


def group_of(cell: object) -> str | None:
    """The group that a cell names, whatever its spaces; None where nothing stands in it."""
    return None if cell is None else clean(str(cell)) or None


def in_order(
    summed: Mapping[str | None, Mapping[str, Any]],
) -> list[tuple[str | None, Mapping[str, Any]]]:
    """Groups by their names; those without one last."""
    return sorted(summed.items(), key=lambda each: (each[0] is None, each[0] or ""))


def added(one: Mapping[str, Any] | None, other: Mapping[str, Any]) -> dict[str, Any]:
    """Two rows of sums as one: counts add up, of least shortfalls the lesser stays."""
    if one is None:
        return dict(other)
    out = {}
    for name, value in other.items():
        both = [each for each in (one[name], value) if each is not None]
        least = name.endswith(summary.LEAST)
        out[name] = (min(both) if least else sum(both)) if both else None
    return out
