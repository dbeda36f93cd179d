"""A table that Spark has decided, and what is asked of it: rejects with their reasons, figures.

Nothing but the figures comes to the driver. Columns are called by names without dots, which Spark
would take for fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from tieuchi.engine.diagnostic import Faults, Lang
from tieuchi.engine.graph import Provision
from tieuchi.engine.table import summary
from tieuchi.engine.table.batch import Near
from tieuchi.engine.table.intake import moved
from tieuchi.engine.table.long import lines_of
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.rejects import Judge
from tieuchi.engine.table.results import Plan
from tieuchi.engine.table.run import GOOD, Job
from tieuchi.engine.table.summary import Figures
from tieuchi.engine.table.tally import MATRIX, NEAR, added, group_of, in_order

REJECT_COLUMNS = {
    "vi": ("số hiệu dòng", "tên", "cột", "giá trị", "lý do"),
    "en": ("row id", "name", "column", "value", "reason"),
}
_DOT = "\N{ONE DOT LEADER}"


def dotless(name: str) -> str:
    """A name that Spark takes for one, not for a field of something."""
    return name.replace(".", _DOT)


@dataclass(frozen=True)
class Work:
    """A table decided, its rows kept on the executors under names without dots."""

    job: Job
    path: str
    rows: Any
    plan: Plan

    @property
    def good(self) -> Any:
        """The rows that are decided."""
        return self.rows.filter(self.rows[GOOD])

    @property
    def lines(self) -> int:
        """How many rows a row has in a long table."""
        return len(lines_of(self.plan))

    @property
    def subject(self) -> str | None:
        """The raw column that names rows."""
        named = self.job.matching.subject
        return None if named is None else self.job.raw[named]

    @property
    def _plan(self) -> Plan:
        """The plan in names without dots."""
        results = (result._replace(name=dotless(result.name)) for result in self.plan.results)
        return self.plan._replace(results=tuple(results))

    def _judge(self) -> Judge:
        return Judge(
            self.job.graph,
            self.job.readings,
            {name: header for header, name in self.job.raw.items()},
            complete=self.job.complete,
            activities=self.job.activity_column,
            lists=[table for _, table in self.job.lists],
        )

    def _bad(self) -> Any:
        from pyspark.sql import functions

        good = functions.coalesce(self.rows[GOOD], functions.lit(False))
        return self.rows.filter(~good).select(ROW, *self.job.raw.values())

    def hold_good(self, lang: Lang) -> None:
        """Raises Faults of the first row that is bad."""
        for row in self._bad().orderBy(ROW).limit(1).collect():
            cells = row.asDict()
            reasons = self._judge().reasons([(cells.pop(ROW), cells)])
            raise Faults([reason.fault(self.path, lang) for reason in reasons])

    def reasons(self, lang: Lang) -> Any:
        """The rejects, a row a reason, told where the rows are."""
        session, subject = self.rows.sparkSession, self.subject
        shared = session.sparkContext.broadcast(self._judge())

        def told(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
            for row in rows:
                cells = row.asDict()
                number = cells.pop(ROW)
                named = None if subject is None or cells[subject] is None else str(cells[subject])
                for reject in shared.value.reasons([(number, cells)]):
                    yield number, named, *reject.told(lang)[1:]

        kinds = ("bigint", *["string"] * 4)
        types = ", ".join(f"`{n}` {k}" for n, k in zip(REJECT_COLUMNS[lang], kinds, strict=True))
        return session.createDataFrame(self._bad().rdd.mapPartitions(told), types)

    def summed(self, by: str | None) -> dict[str | None, dict[str, Any]]:
        """The sums of each group, by its name; of all rows by None where there is no `by`."""
        frame: nw.LazyFrame[Any] = nw.from_native(self.good)
        sums = summary.sums(self._plan)
        if by is None:
            rows = frame.select(**sums).to_native().collect()
            return {None: self._told(rows[0].asDict())}
        name = self.job.raw[by]
        summed: dict[str | None, dict[str, Any]] = {}
        for row in frame.group_by(name).agg(**sums).to_native().collect():
            told = self._told(row.asDict())
            group = group_of(told.pop(name))
            summed[group] = added(summed.get(group), told)
        return summed

    @staticmethod
    def _told(row: Mapping[str, Any]) -> dict[str, Any]:
        return {name.replace(_DOT, "."): value for name, value in row.items()}

    def figures(self, summed: Mapping[str | None, Mapping[str, Any]]) -> Figures:
        """Of all rows."""
        everything: dict[str, Any] | None = None
        for row in summed.values():
            everything = added(everything, row)
        return summary.figures(everything or {}, self.plan)

    def groups(
        self, summed: Mapping[str | None, Mapping[str, Any]]
    ) -> Iterator[tuple[str, Figures]]:
        """Of each group, the one without a name last."""
        for name, row in in_order(summed):
            yield name or "—", summary.figures(row, self.plan)

    def floats(self) -> tuple[tuple[str, int], ...]:
        """The columns of quantities in binary floating point, and how many of their cells are at
        another step than they were."""
        good: nw.LazyFrame[Any] = nw.from_native(self.good)
        types, raw = good.collect_schema(), self.job.raw
        asked = {
            header: moved(how, nw.col(raw[header]), types[raw[header]]).cast(nw.Int64).sum()
            for header, how in self.job.quantities.items()
            if types[raw[header]].is_float()
        }
        if not asked:
            return ()
        counts = good.select(*asked.values()).to_native().collect()[0]
        return tuple((header, count or 0) for header, count in zip(asked, counts, strict=True))

    def near(self) -> Iterator[Near]:
        """The rows that miss a condition by least."""
        good = self.good
        found = summary.nearest(nw.from_native(good), self._plan, ROW, NEAR).to_native().collect()
        names: dict[int, object] = {}
        if self.subject is not None and found:
            named = good.filter(good[ROW].isin([row for row, _ in found]))
            names = dict(named.select(ROW, self.subject).collect())
        for row, best in found:
            share, place = summary.share_and_place(best)
            provision = self.plan.results[place].of
            if isinstance(provision, Provision):
                yield Near(row, str(names.get(row) or ""), provision, share)

    def matrix(self) -> tuple[tuple[str, dict[str, str | None]], ...]:
        """The first rows by provisions, of a pack that is audited."""
        if self.job.graph.main.kind not in ("criterion", "plan"):
            return ()
        there = {result.name for result in self.plan.results}
        ids = [p.id for p in self.job.graph.main.provisions if p.id in there]
        first = self.good.orderBy(ROW).limit(MATRIX)
        rows = first.select(self.subject or ROW, *map(dotless, ids)).collect()
        return tuple(
            ("" if name is None else str(name), dict(zip(ids, statuses, strict=True)))
            for name, *statuses in rows
        )
