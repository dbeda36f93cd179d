"""A table decided from a file to a file: `run(job, source, …)` gives the `Outcome` that is shown.

Results and rejects take their places together, once every row is accounted for: rows in are rows
out and rejects, or it is an error of ours and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import narwhals as nw
import polars as pl

from tieuchi.engine.diagnostic import Faults, Lang
from tieuchi.engine.graph import Graph, Provision
from tieuchi.engine.table import phrases as say
from tieuchi.engine.table import texts
from tieuchi.engine.table.cell import NUMBER
from tieuchi.engine.table.intake import moved
from tieuchi.engine.table.lists import Keys
from tieuchi.engine.table.long import lengthened
from tieuchi.engine.table.origin import ROW, Source
from tieuchi.engine.table.rejects import Judge
from tieuchi.engine.table.results import Plan
from tieuchi.engine.table.run import Decided, Job, on_polars, shown
from tieuchi.engine.table.scratch import scratch_folder
from tieuchi.engine.table.sheet_summary import NAMES, summary_rows
from tieuchi.engine.table.sink import Sink, writing
from tieuchi.engine.table.sinks import open_sink
from tieuchi.engine.table.summary import Figures, share_and_place
from tieuchi.engine.table.tally import Stop, Tally

REJECT_COLUMNS = {
    "vi": ("dòng", "cột", "giá trị", "lý do"),
    "en": ("row", "column", "value", "reason"),
}


class Near(NamedTuple):
    """A row that misses a condition by little: by so many thousandths of what is required."""

    row: int
    subject: str
    provision: Provision
    thousandths: int


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    graph: Graph
    rows_in: int
    rows_out: int
    rejected: int
    figures: Figures
    near: tuple[Near, ...]
    by: str
    groups: tuple[tuple[str, Figures], ...]
    matrix: tuple[tuple[str, dict[str, str | None]], ...]  # subject, status by provision
    output: str
    rejects: str  # "" where there are none
    floats: tuple[tuple[str, int], ...] = ()  # of floating-point columns the cells that changed


class Unaccounted(Exception):
    """Rows went missing, or came from nowhere: an error of ours."""

    def __init__(self, read: int, out: int, rejected: int) -> None:
        super().__init__(f"{read} rows in, {out} out, {rejected} rejected")


def rejects_of(output: str) -> str:
    """Where the rejects of an output go: beside it."""
    stem, dot, _ = output.rpartition(".")
    return f"{stem if dot else output}.rejects.csv"


def run(  # noqa: PLR0913
    job: Job,
    source: Source,
    output: str,
    lang: Lang,
    *,
    by: str | None = None,
    strict: bool = False,
    long: bool = False,
    seen: Callable[[int], object] = lambda _: None,
    made: Decided | None = None,
) -> Outcome:
    """Decide a table on Polars. Raises Faults; with `strict`, of the first row that is bad.

    `made`: the same rows, where another back end has decided them and put them aside.
    """
    job = replace(job, ragged=tuple(source.ragged), numbers=source.numbers)
    decided = on_polars(job, source.frame) if made is None else made
    names = shown(job, decided.plan)
    aside, remove = scratch_folder()
    raw = job.raw
    tally = Tally(
        decided.plan,
        aside,
        by=None if by is None else raw[by],
        subject=None if job.matching.subject is None else raw[job.matching.subject],
        floats=_floats(job, source),
        keys=[(column, Keys(listed.keys)) for _, (column, listed) in job.lists],
        strict=strict,
        seen=seen,
    )
    judge = Judge(
        job.graph,
        job.readings,
        {name: header for header, name in raw.items()},
        complete=job.complete,
        activities=job.activity_column,
        ragged=source.ragged,
        stray=source.stray,
        lists=[table for _, table in job.lists],
    )
    rejects = rejects_of(output)
    sheets = (say.SHEETS[0].of(lang), say.SHEETS[1].of(lang))
    words = {status: phrase.of(lang) for status, phrase in NAMES.items()}
    style = source.style(list(job.quantities), job.decimal)
    with (
        open_sink(output, sheets=sheets, words=words, style=style) as sink,
        open_sink(rejects, style=style) as refused,
    ):
        good = decided.frame.to_native().map_batches(tally.take, streamable=True)
        out = good.select(pl.col(name).alias(told) for name, told in names.items())
        try:
            with writing(output):
                sink.write(lengthened(out, job, decided.plan) if long else out)
        except Stop as stopped:
            raise _first(job, source, judge, stopped.row, lang) from None
        tally.end()
        hold_members(job, [keys for _, keys in tally.keys])
        if tally.read != tally.out + tally.rejected:
            raise Unaccounted(tally.read, tally.out, tally.rejected)
        _put(refused, _told(judge, tally.bad(), aside, lang), Path(rejects))
        counts = (tally.read, tally.out, tally.rejected)
        sink.finish(summary_rows(job.graph, tally.figures(), counts, lang))
    remove()
    return _outcome(job, decided.plan, tally, by, output, rejects if tally.rejected else "")


def hold_members(job: Job, met: Iterable[Keys]) -> None:
    """Every member belongs to one row: raises Faults with those that do not."""
    faults = [
        fault
        for (_, (_, listed)), keys in zip(job.lists, met, strict=True)
        for fault in listed.misplaced(keys)
    ]
    if faults:
        raise Faults(faults)


def _floats(job: Job, source: Source) -> dict[str, Callable[[pl.DataFrame], int]]:
    """By raw column that has quantities in binary floating point: how many of some rows are at
    another step than they were."""
    types = nw.from_native(source.frame).collect_schema()
    found: dict[str, Callable[[pl.DataFrame], int]] = {}
    for header, how in job.quantities.items():
        name = job.raw[header]
        if types[header].is_float():
            found[name] = partial(_moved, moved(how, nw.col(name), types[header]))
        elif header in job.numbers:
            found[name] = partial(_moved_among_texts, texts.moved(how), name)
    return found


def _moved(asked: nw.Expr, rows: pl.DataFrame) -> int:
    return int(nw.from_native(rows).select(asked.sum()).item() or 0)


def _moved_among_texts(
    count: Callable[[pl.Series, pl.Series], int], name: str, rows: pl.DataFrame
) -> int:
    return count(rows[name], rows[NUMBER + name])


def _put(sink: Sink, rejects: pl.LazyFrame | None, place: Path) -> None:
    """The file of rejects; without any, one of an earlier run goes."""
    if rejects is None:
        with suppress(FileNotFoundError):
            place.unlink()
        return
    sink.write(rejects)
    sink.finish()


def _told(
    judge: Judge, bad: Iterable[pl.DataFrame], aside: Path, lang: Lang
) -> pl.LazyFrame | None:
    """The rejects as a table, a row a reason, written aside part by part; None without any."""
    kinds = dict(zip(REJECT_COLUMNS[lang], (pl.Int64, *[pl.String] * 3), strict=True))
    at = -1
    for at, part in enumerate(bad):
        told = [reject.told(lang) for reject in judge.reasons(_rows(part))]
        table = pl.DataFrame(told, schema=kinds, orient="row")
        table.write_ipc(aside.joinpath(f"told-{at:05}.arrow"))
    return pl.scan_ipc(aside.joinpath("told-*.arrow")) if at >= 0 else None


def _rows(bad: pl.DataFrame) -> Iterator[tuple[int, dict[str, object]]]:
    for cells in bad.iter_rows(named=True):
        yield cells.pop(ROW), cells


def _first(job: Job, source: Source, judge: Judge, row: int, lang: Lang) -> Faults:
    """What is wrong with the row at which a strict run stops."""
    frame = source.frame.filter(pl.col(ROW) == row).rename(job.names).collect()
    reasons = list(judge.reasons(_rows(frame)))
    return Faults([reason.fault(source.path, lang) for reason in reasons])


# ---- what came out


def _outcome(
    job: Job, plan: Plan, tally: Tally, by: str | None, output: str, rejects: str
) -> Outcome:
    subject = job.matching.subject
    named = None if subject is None else job.raw[subject]
    first = tally.first[0] if tally.first else None
    return Outcome(
        job.graph,
        tally.read,
        tally.out,
        tally.rejected,
        tally.figures(),
        tuple(_near(tally, plan, named)),
        by or "",
        tuple(tally.groups()),
        _matrix(job.graph, first, named),
        output,
        rejects,
        tuple((job.headers[int(name[3:])], count) for name, count in tally.floats.items()),
    )


def _near(tally: Tally, plan: Plan, named: str | None) -> Iterator[Near]:
    for best, row, subject in tally.near:
        share, place = share_and_place(best)
        provision = plan.results[place].of
        if isinstance(provision, Provision):
            yield Near(row, str(subject or "") if named else "", provision, share)


def _matrix(
    graph: Graph, first: pl.DataFrame | None, named: str | None
) -> tuple[tuple[str, dict[str, str | None]], ...]:
    """The first rows by provisions, of a pack that is audited."""
    if first is None or graph.main.kind not in ("criterion", "plan"):
        return ()
    ids = [p.id for p in graph.main.provisions if p.id in first.columns]
    rows = first.select(pl.col(named or ROW).cast(pl.String).alias(ROW), *ids).iter_rows(named=True)
    return tuple((row.pop(ROW) or "", row) for row in rows)
