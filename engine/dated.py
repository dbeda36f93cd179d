"""Days on which a pack says two things, nothing, or the same again: what is dated, looked through.

A value that begins after what it is for; cells of one table that change on different days; a change
to the same value; a year that the words do not have; a limit or a provision that ends some days
before what follows it begins, or after. It knows packs as they are written, no graph and no case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Text, mark
from tieuchi.engine.written import children_of

NEAR: Final = 62
"""What begins within so many days of an end is taken for what follows it."""


def dated(pack: Pack) -> list[Diagnostic]:
    """All of it, of a pack."""
    model = pack.model
    start = _start(model)
    found: list[Diagnostic] = []
    for owners in (model.define, model.provisions, model.amounts):
        for name, owner in owners.items():
            found += _in(pack, str(name), owner, start, ())
    limits = [(str(limit.vi), limit.from_, limit.until) for limit in model.limits]
    found += _between(pack, limits)
    return [*found, *_among(pack, model.provisions), *_among(pack, model.amounts)]


def _start(owner: Any) -> str:
    period = getattr(owner, "in_force", None)
    return "" if period is None or period.from_ is None else str(period.from_)


def _in(
    pack: Pack, name: str, model: Any, start: str, words: tuple[str, ...], *, in_table: bool = False
) -> Iterator[Diagnostic]:
    """What is wrong with the dated values under a part of a pack; `words` are those it is under."""
    if isinstance(model, p.Worded):
        own = [str(note.vi) for note in model.notes]
        words = (str(model.quote), *own) if model.quote is not None else (*words, *own)
        start = _start(model) or start
    if isinstance(model, p.Dated):
        yield from _of_values(pack, name, model, start, words)
        yield from () if in_table else _of_changes(pack, name, [model])
    if isinstance(model, p.Table):
        yield from _of_cells(pack, name, list(_dated_cells(model.table.body)))
    children = children_of(getattr(model, "body", None))
    under = children if isinstance(children, Mapping) else {}
    for child, inner in under.items():
        yield from _in(pack, str(child), inner, start, words)
    for part in _parts(model, without="body" if under else ""):
        inside = isinstance(model, p.TableModel | p.Cells)
        yield from _in(pack, name, part, start, words, in_table=inside)


def _parts(model: Any, without: str) -> list[Any]:
    if isinstance(model, p.Dated | p.Cells):
        return list(model.root.values())
    if isinstance(model, Mapping):
        return list(model.values())
    if isinstance(model, list):
        return model
    if isinstance(model, p.Model):
        fields = [f for f in type(model).model_fields if f not in ("in_force", without)]
        return [getattr(model, field) for field in fields]
    return []


# ---- one dated value


_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?!/)")


def _of_values(
    pack: Pack, name: str, model: p.Dated, start: str, words: Sequence[str]
) -> Iterator[Diagnostic]:
    days = list(model.root)
    if start and days[0] > start:
        yield problem("dated-late", mark(days[0], pack.file), name=name, first=days[0], start=start)
    years = {year for text in words for year in _YEAR.findall(text)}
    for day in days[1:] if years else ():
        if day[:4] not in years:
            at = mark(day, pack.file)
            yield problem("dated-unquoted", at, name=name, day=day, year=day[:4])


def _of_changes(pack: Pack, name: str, values: Sequence[p.Dated]) -> Iterator[Diagnostic]:
    """A day from which all of some values, which change together, are as before."""
    for before, day in pairwise(values[0].root):
        if all(day in each.root and each.root[day] == each.root[before] for each in values):
            value = values[0].root[day]
            at, written = mark(day, pack.file), value if isinstance(value, Text) else "…"
            yield problem("dated-same", at, name=name, day=day, written=written)


def _of_cells(pack: Pack, name: str, found: Sequence[p.Dated]) -> Iterator[Diagnostic]:
    """Of cells that are dated, one that does not change with the others."""
    days = {day for cell in found for day in cell.root}
    apart = next((cell for cell in found if days != {*cell.root}), None)
    if apart is not None:
        missing = min(days - {*apart.root})
        first = next(iter(apart.root))
        yield problem("dated-apart", mark(first, pack.file), name=name, day=missing)
    elif found:
        yield from _of_changes(pack, name, found)


def _dated_cells(cells: p.Cells) -> Iterator[p.Dated]:
    for cell in cells.root.values():
        if isinstance(cell, p.Cells):
            yield from _dated_cells(cell)
        elif isinstance(cell, p.Dated):
            yield cell


# ---- what ends, and what follows it


def _among(pack: Pack, models: Mapping[Text, Any]) -> Iterator[Diagnostic]:
    """Siblings of which one begins where another ends."""
    periods = [
        (str(name), model.in_force.from_, model.in_force.until)
        for name, model in models.items()
        if model.in_force is not None
    ]
    yield from _between(pack, periods)
    for model in models.values():
        children = children_of(getattr(model, "body", None))
        if isinstance(children, Mapping):
            yield from _among(pack, children)


def _between(
    pack: Pack, periods: Sequence[tuple[str, Text | None, Text | None]]
) -> Iterator[Diagnostic]:
    """An end near which something begins, and not on the day after it."""
    starts = [_day(start) for _, start, _ in periods if start is not None]
    told = " ".join(str(each.vi) for each in (*pack.model.limits, *pack.model.notes))
    for name, _, until in periods:
        if until is None:
            continue
        end = _day(until)
        near = [start for start in starts if abs((start - end).days) <= NEAR]
        is_told = all(f"{day:%d/%m/%Y}" in told for day in (end, *near))
        if near and end + timedelta(days=1) not in near and not is_told:
            yield problem(
                "days-between", mark(until, pack.file), name=name, until=until, start=near[0]
            )


def _day(text: str) -> date:
    return date.fromisoformat(text)
