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
BESIDE: Final = 31
"""A day so near one that is named is taken for it, mistyped."""


def dated(pack: Pack) -> list[Diagnostic]:
    """All of it, of a pack."""
    model = pack.model
    start = _start(model)
    found: list[Diagnostic] = []
    for owners in (model.define, model.provisions, model.amounts):
        for name, owner in owners.items():
            found += _in(pack, str(name), owner, start, ())
    found += [*_of_limits(pack), *_of_plan(pack)]
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
        if model.quote is not None or words:  # what was not read holds nothing
            words = (*own, *words) if model.quote is None else (str(model.quote), *own)
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


# ---- the days of limits and notes, and of a plan


_DATE: Final = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def _of_limits(pack: Pack) -> Iterator[Diagnostic]:
    """A limit or a note that begins or ends just beside a day that it, or the pack, names."""
    model = pack.model
    for limit in _timely(model):
        named = {day for found in _DATE.finditer(str(limit.vi)) if (day := _written(found))}
        for end, text in ((False, limit.from_), (True, limit.until)):
            if text is None:
                continue
            day = _day(text) + timedelta(days=end)  # what ends on a day, has its day after
            others = named | _others(model, limit)
            near = min((of for of in others if abs((of - day).days) <= BESIDE), default=None)
            if near is not None and day not in others:
                at = mark(text, pack.file)
                yield problem("limit-day", at, day=text, other=near.isoformat())


def _timely(model: p.PackModel) -> list[p.Timely]:
    """Everything that is said on some days only, or may be."""
    found = [*model.limits, *model.notes]
    todo: list[Any] = [model.provisions, model.define, model.amounts]
    while todo:
        part = todo.pop()
        found += part.notes if isinstance(part, p.Worded) else []
        todo += _parts(part, without="notes")
    return found


def _others(model: p.PackModel, limit: p.Timely) -> set[date]:
    """The days on which something else than a limit begins, or has ended."""
    others = [each for each in _timely(model) if each is not limit]
    starts = [*_starts(model), *(each.from_ for each in others if each.from_ is not None)]
    ends = [_day(each.until) + timedelta(days=1) for each in others if each.until is not None]
    return {*map(_day, starts), *ends}


def _starts(model: Any) -> Iterator[Text]:
    """The days from which something in a pack holds."""
    period = getattr(model, "in_force", None)
    if period is not None and period.from_ is not None:
        yield period.from_
    if isinstance(model, p.Dated):
        yield from model.root
    for part in _parts(model, without="limits"):
        yield from _starts(part)


def _written(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _of_plan(pack: Pack) -> Iterator[Diagnostic]:
    """A plan that begins or ends inside a month, or in a year that its title does not name."""
    model = pack.model
    if model.period is None:
        return
    said = " ".join([str(model.title.vi), str(model.cite.vi)])
    years = {*_YEAR.findall(said)}
    told = " ".join(str(each.vi) for each in (*model.limits, *model.notes))
    for text, after in ((model.period.from_, 0), (model.period.until, 1)):
        if text is None:
            continue
        odd = (_day(text) + timedelta(days=after)).day != 1
        if (odd or (years and text[:4] not in years)) and f"{_day(text):%d/%m/%Y}" not in told:
            yield problem("plan-day", mark(text, pack.file), day=text)
