"""The choices of a graph in columns: bands, tables, and facts with a definition behind them.

What `kernel` chooses for one case. It knows cells, not where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product as combinations

from tieuchi.engine.table.cells import ABSENT, Labels, Outcomes, Range, hull, labels
from tieuchi.engine.table.making import Cell, Maker, Making
from tieuchi.engine.table.terms import (
    Term,
    Truth,
    both,
    choose,
    column,
    compare,
    either,
    is_null,
    negate,
)


def _branches(c: Making, at: int, args: Sequence[int]) -> list[tuple[Truth, Cell]]:
    """Each value and whether its branch can be the one that is taken."""
    out, reached = [], True
    for n, (condition, value) in enumerate(zip(args[:-1:2], args[1:-1:2], strict=True)):
        when: Outcomes = c.cell(condition)
        out.append((both(reached, when.met), c.cell(value)))
        reached = c.sheet.keep(f"@{at}.past{n}", both(reached, negate(when.surely_met)))
    return [*out, (reached, c.cell(args[-1]))]


def _pick(c: Making, at: int, *args: int) -> Range:
    return hull(_branches(c, at, args))


def _pick_class(c: Making, at: int, *args: int) -> Labels:
    return _union(_branches(c, at, args), False)


def _union(choices: Sequence[tuple[Truth, Labels]], absent: Truth) -> Labels:
    return Labels(
        choices[0][1].count,
        lambda mask: either(*(both(c, x.among(mask)) for c, x in choices)),
        either(absent, *(both(c, x.absent) for c, x in choices)),
    )


def _cells(
    c: Making, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]
) -> tuple[list[tuple[Truth, Cell]], Truth]:
    """The values of a table, each with the condition that it can be the one; and whether a key may
    be not applicable."""
    of: list[Labels] = [c.cell(key) for key in keys]
    *outer, last = of
    found: dict[int, list[Truth]] = {}
    for row, chosen in enumerate(combinations(*map(range, sizes[:-1]))):
        here = [key.among(1 << label) for key, label in zip(outer, chosen, strict=True)]
        masks: dict[int, int] = {}
        for label in range(sizes[-1]):
            at = cells[row * sizes[-1] + label]
            masks[at] = masks.get(at, 0) | 1 << label
        for at, mask in masks.items():
            found.setdefault(at, []).append(both(*here, last.among(mask)))
    chosen_cells = [(either(*conditions), c.cell(at)) for at, conditions in found.items()]
    return chosen_cells, either(*(key.absent for key in of))


def _table(
    c: Making, _: int, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]
) -> Range:
    choices, absent = _cells(c, keys, sizes, cells)
    return hull([*choices, (absent, ABSENT)])


def _table_class(
    c: Making, _: int, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int], *__: int
) -> Labels:
    choices, absent = _cells(c, keys, sizes, cells)
    return _union(choices, absent)


def _stated(c: Making, fact: int) -> Truth:
    return negate(is_null(column(c.graph.facts[fact].id, null=True)))


def _else(c: Making, _: int, fact: int, definition: int) -> Range:
    """The fact where it is stated, which must be what the definition can be."""
    d: Range = c.cell(definition)
    own = column(c.graph.facts[fact].id, null=True)
    stated = _stated(c, fact)
    outside = either(
        compare("lt", own, d.low, unbounded=False), compare("lt", d.high, own, unbounded=False)
    )
    c.broken.append((fact, both(stated, d.present, outside)))
    return _otherwise(stated, own, d)


def _otherwise(stated: Truth, own: Term, d: Range) -> Range:
    not_stated = negate(stated)
    return Range(
        choose(stated, own, d.low),
        choose(stated, own, d.high),
        both(not_stated, d.absent),
        either(stated, d.present),
    )


def _else_date(c: Making, _: int, fact: int, definition: int) -> Range:
    own = column(c.graph.facts[fact].id, null=True)
    return _otherwise(_stated(c, fact), own, c.cell(definition))


def _else_truth(c: Making, _: int, fact: int, definition: int) -> Outcomes:
    stated, own, d = _stated(c, fact), c.cell(fact), c.cell(definition)
    not_stated = negate(stated)
    return Outcomes(
        choose(stated, own.met, d.met),
        choose(stated, own.not_met, d.not_met),
        both(not_stated, d.absent),
    )


def _else_class(c: Making, _: int, fact: int, definition: int) -> Labels:
    stated, own, d = _stated(c, fact), c.cell(fact), c.cell(definition)
    return _union([(stated, own), (negate(stated), d)], False)


def _label(_: Making, __: int, mask: int, count: int, *___: str) -> Labels:
    return labels(mask, count)


MAKERS: Mapping[str, Maker] = {
    "pick": _pick,
    "pick class": _pick_class,
    "table": _table,
    "table class": _table_class,
    "else": _else,
    "else date": _else_date,
    "else truth": _else_truth,
    "else class": _else_class,
    "label": _label,
}
