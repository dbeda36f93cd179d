"""From the nodes of a graph to columns: what `kernel` counts for one case, for all rows at once.

`Columns` makes the cell of each node from those before it; `_MAKERS` has one function an op. The
input is a frame with a column for every fact, in the graph's integers (yes/no as booleans, a class
as the label's id, a day as its ordinal; null where nothing is stated), ``@activity/…`` booleans
and, for a count over a list, ``@N_low`` and ``@N_high`` (see `members`). Where facts contradict
each other a row is `broken`. It knows nodes and numbers only: no provision, file or back end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product as combinations
from typing import Any

import narwhals as nw

from tieuchi.engine import interval
from tieuchi.engine.graph import Graph, Node, reads
from tieuchi.engine.table.cells import (
    ABSENT,
    Labels,
    Outcomes,
    Range,
    constant,
    hull,
    labels,
    outcomes,
)
from tieuchi.engine.table.days import completed
from tieuchi.engine.table.terms import (
    LARGEST,
    Bound,
    Keep,
    Sheet,
    Term,
    Truth,
    both,
    choose,
    column,
    compare,
    either,
    greatest,
    is_null,
    known_greatest,
    known_least,
    least,
    minus,
    negate,
    plus,
    scaled_down,
    term,
    times,
)

Cell = Any  # Outcomes, Range, Labels, or a pair of ranges for a ratio


class Columns:
    """The cells of a graph's nodes, made when they are asked for, over a sheet of named columns."""

    def __init__(self, graph: Graph, activities: bool | frozenset[str], prefix: str = "") -> None:
        self.graph = graph
        self.sheet = Sheet(prefix)
        self.broken: list[tuple[int, Truth]] = []  # the node where two statements meet
        self._activities = activities
        self._cells: dict[int, Cell] = {}

    def cell(self, node: int) -> Cell:
        """What a node can be."""
        for at in self._below(node):
            self._cells[at] = self._made(at)
        return self._cells[node]

    def _below(self, node: int) -> list[int]:
        """The nodes that a node needs and that are not made yet, itself last, in order."""
        found, todo = set(), [node]
        while todo:
            at = todo.pop()
            if at not in found and at not in self._cells:
                found.add(at)
                todo += self._reads(at)
        return sorted(found)

    def _reads(self, at: int) -> Sequence[int]:
        return reads(self.graph.nodes[at])

    def _made(self, at: int) -> Cell:
        node = self.graph.nodes[at]
        if node.op == "fact":
            return self._given(at)
        return self._named(f"@{at}", _MAKERS[node.op](self, at, *node.args))

    def _given(self, at: int) -> Cell:
        graph = self.graph
        if at == len(graph.facts):
            return constant(graph.as_of)
        if at > len(graph.facts):
            activity = graph.activities[at - len(graph.facts) - 1]
            if not isinstance(self._activities, bool):
                asked = activity in self._activities
                return Outcomes(asked, not asked)
            if not self._activities:
                return Outcomes(True, False)
            chosen = column(f"@activity/{activity}")
            return Outcomes(chosen, negate(chosen))
        return fact_cell(graph, at)

    def _named(self, name: str, cell: Cell) -> Cell:
        keep = self.sheet.keep
        if isinstance(cell, Outcomes):
            return Outcomes(
                keep(f"{name}.met", cell.met),
                keep(f"{name}.not_met", cell.not_met),
                keep(f"{name}.absent", cell.absent),
            )
        if isinstance(cell, Range):
            low = keep(f"{name}.low", cell.low)
            high = low if cell.high is cell.low else keep(f"{name}.high", cell.high)
            absent = keep(f"{name}.absent", cell.absent)
            present = keep(f"{name}.present", cell.present)
            return Range(low, high, absent, present, cell.point)
        if isinstance(cell, Labels):
            return _kept(self.sheet, name, cell)
        return cell


def _kept(sheet: Sheet, name: str, cell: Labels) -> Labels:
    """A class whose conditions are named when they are first asked for."""
    made: dict[int, Truth] = {}

    def among(mask: int) -> Truth:
        if mask not in made:
            made[mask] = sheet.keep(f"{name}.{mask}", cell.among(mask))
        return made[mask]

    return Labels(cell.count, among, sheet.keep(f"{name}.absent", cell.absent))


def fact_cell(graph: Graph, at: int) -> Cell:
    """What a fact can be: what its column says, or where that is null, all that it may be."""
    fact = graph.facts[at]
    stated = column(fact.id, null=True)
    if fact.kind == "yes_no":
        return Outcomes(
            term(lambda of: of.fill_null(True), stated, null=False),
            term(lambda of: (~of).fill_null(True), stated, null=False),
        )
    if fact.kind == "class":
        return _stated_class(stated, [label for label, _ in fact.labels])
    if fact.kind == "quantity":
        return Range(
            term(lambda of: of.fill_null(fact.least or 0), stated, null=False),
            stated
            if fact.most is None
            else term(lambda of: of.fill_null(fact.most), stated, null=False),
            point=fact.most is None,
        )
    return Range(stated, stated, point=True)  # a day; nothing compares a list or a text


def _stated_class(stated: Term, names: Sequence[str]) -> Labels:
    everything = (1 << len(names)) - 1

    def among(mask: int) -> Truth:
        if mask & everything in (0, everything):
            return bool(mask)
        chosen = [name for i, name in enumerate(names) if mask >> i & 1]
        return term(lambda of: of.is_in(chosen).fill_null(True), stated, null=False)

    return Labels(len(names), among)


# ---- truth


def _truth(_: Columns, __: int, bits: int) -> Outcomes:
    return outcomes(bits)


def _present(there: Truth, met: Truth, not_met: Truth, absent: Truth) -> Outcomes:
    return Outcomes(both(there, met), both(there, not_met), absent)


def _ge(c: Columns, _: int, a: int, t: int) -> Outcomes:
    x: Range = c.cell(a)
    t = _in_reach(t)
    met = compare("ge", x.high, t, unbounded=True)
    return _present(x.present, met, compare("lt", x.low, t, unbounded=True), x.absent)


def _le(c: Columns, _: int, a: int, t: int) -> Outcomes:
    x: Range = c.cell(a)
    t = _in_reach(t)
    met = compare("ge", t, x.low, unbounded=True)
    return _present(x.present, met, compare("lt", t, x.high, unbounded=True), x.absent)


def _in_reach(threshold: int) -> int:
    """A threshold, or the end of 64 bits before it: no quantity comes to either."""
    return max(-LARGEST, min(threshold, LARGEST))


def _margin(strict: bool) -> Callable[..., Outcomes]:
    def make(c: Columns, _: int, a: int, b: int) -> Outcomes:
        x, y = c.cell(a), c.cell(b)
        met, not_met = _against("gt" if strict else "ge", x, y)
        return _present(both(x.present, y.present), met, not_met, either(x.absent, y.absent))

    return make


def _against(comparison: str, x: Range, y: Range) -> tuple[Truth, Truth]:
    """Whether x can, and can fail to, stand so to y."""
    if comparison == "ge":
        return _can("ge", x.high, y.low), _can("lt", x.low, y.high)
    if comparison == "gt":
        return _can("lt", y.low, x.high), _can("ge", y.high, x.low)
    if comparison == "le":
        return _can("ge", y.high, x.low), _can("lt", y.low, x.high)
    return _can("lt", x.low, y.high), _can("ge", x.high, y.low)


def _can(how: str, a: Bound, b: Bound) -> Truth:
    return compare(how, a, b, unbounded=True)


def _share(c: Columns, at: int, comparison: str, n: int, d: int, t: int, q: int) -> Outcomes:
    x, y, z = c.cell(n), c.cell(d), c.cell(t)
    measurable = compare("ge", y.high, 1, unbounded=True)
    there = both(x.present, y.present, z.present, measurable)
    below = Range(known_greatest(y.low, 1), y.high)
    bound = Range(*multiplied(below, z))
    met, not_met = _against(comparison, Range(times(q, x.low), times(q, x.high)), bound)
    nothing = compare("lt", y.low, 1, unbounded=True)
    absent = either(x.absent, y.absent, z.absent, nothing, negate(there))
    return _present(c.sheet.keep(f"@{at}.there", there), met, not_met, absent)


def _tighter(c: Columns, at: int, a: int, b: int) -> Outcomes:
    x, y = c.cell(a), c.cell(b)
    out = Outcomes(both(x.met, y.met), both(x.not_met, y.not_met), x.absent)
    c.broken.append((at, negate(either(out.met, out.not_met, out.absent))))
    return out


def _in(c: Columns, _: int, a: int, mask: int, count: int) -> Outcomes:
    x: Labels = c.cell(a)
    return Outcomes(x.among(mask), x.among(((1 << count) - 1) & ~mask), x.absent)


def _all(c: Columns, _: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    possible = True if any(x.absent is False for x in of) else either(*(x.met for x in of))
    met = both(possible, *(either(x.met, x.absent) for x in of))
    return Outcomes(met, either(*(x.not_met for x in of)), both(*(x.absent for x in of)))


def _any(c: Columns, _: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    possible = True if any(x.absent is False for x in of) else either(*(x.not_met for x in of))
    not_met = both(possible, *(either(x.not_met, x.absent) for x in of))
    return Outcomes(either(*(x.met for x in of)), not_met, both(*(x.absent for x in of)))


def _at_least(c: Columns, at: int, count: int, *ix: int) -> Outcomes:
    of: list[Outcomes] = [c.cell(i) for i in ix]
    can = c.sheet.keep(f"@{at}.can", plus(*(_one(x.met) for x in of)))
    forced = plus(*(_one(x.surely_met) for x in of))
    some = either(*(x.not_met for x in of))
    if count > 1:
        some = either(some, compare("ge", can, 1, unbounded=True))
    return Outcomes(
        compare("ge", can, count, unbounded=True),
        both(compare("lt", forced, count, unbounded=True), some),
        both(*(x.absent for x in of)),
    )


def _one(condition: Truth) -> Bound:
    if isinstance(condition, Term):
        return term(lambda of: of.cast(nw.Int64), condition)
    return int(condition)


def _not(c: Columns, _: int, a: int) -> Outcomes:
    x: Outcomes = c.cell(a)
    return Outcomes(x.not_met, x.met, x.absent)


def _applies_when(c: Columns, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return _gated(when.met, when.not_held, x)


def _unless(c: Columns, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return _gated(when.not_held, when.met, x)


def _gated(may: Truth, may_not: Truth, x: Outcomes) -> Outcomes:
    return Outcomes(both(x.met, may), both(x.not_met, may), either(both(x.absent, may), may_not))


def _review(c: Columns, _: int, condition: int, own: int) -> Outcomes:
    when, x = c.cell(condition), c.cell(own)
    return Outcomes(either(x.met, both(x.not_met, when.met)), x.not_met, x.absent)


# ---- quantities


def _const(_: Columns, __: int, value: int) -> Range:
    return constant(value)


def _terms(args: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(args[::2], args[1::2], strict=True))


def _scaled(k: int, x: Range) -> tuple[Bound, Bound]:
    low, high = times(k, x.low), times(k, x.high)
    return (low, high) if k >= 0 else (high, low)


def _linear(c: Columns, _: int, start: int, *args: int) -> Range:
    of = [(k, c.cell(a)) for k, a in _terms(args)]
    ends = [_scaled(k, x) for k, x in of]
    return Range(
        plus(start, *(low for low, _ in ends)),
        plus(start, *(high for _, high in ends)),
        either(*(x.absent for _, x in of)),
        both(*(x.present for _, x in of)),
        all(x.point and k > 0 for k, x in of),
    )


def _sum(c: Columns, at: int, start: int, *args: int) -> Range:
    """What is not applicable is skipped; where every term may be, one at least is there."""
    of = [(k, c.cell(a)) for k, a in _terms(args)]
    if all(x.absent is False for _, x in of):
        return _linear(c, at, start, *args)
    ends = [(x, *_scaled(k, x)) for k, x in of]
    certain = c.sheet.keep(
        f"@{at}.certain", either(*(both(x.present, negate(x.absent)) for x, _, _ in ends))
    )
    low = _sum_end([(x, low) for x, low, _ in ends], certain)
    high = minus(_sum_end([(x, minus(high)) for x, _, high in ends], certain))
    present = either(*(x.present for x, _, _ in ends))
    return Range(plus(start, low), plus(start, high), negate(certain), present)


def _sum_end(of: Sequence[tuple[Range, Bound]], certain: Truth) -> Bound:
    """The least sum: of what is surely there, and of what may be and lowers it."""
    parts, lowers = [], []
    for x, end in of:
        negative = either(is_null(end), compare("lt", end, 0, unbounded=True))
        counts = both(x.present, either(negate(x.absent), negative))
        lowers.append(counts)
        parts.append(choose(counts, end, 0))
    lowest = hull((x.present, Range(end, end)) for x, end in of).low
    return choose(either(certain, *lowers), plus(*parts), lowest)


def _keeper(c: Columns, at: int, which: str) -> Keep:
    return lambda name, bound: c.sheet.keep(f"@{at}.{which}.{name}", bound)


def _product(c: Columns, _: int, a: int, b: int) -> Range:
    x, y = c.cell(a), c.cell(b)
    low, high = multiplied(x, y)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def multiplied(a: Range, b: Range) -> tuple[Bound, Bound]:
    """The ends of a product of which one factor at least has both ends."""
    open_b = either(is_null(b.low), is_null(b.high))
    if open_b is False:
        return _by(b, a)
    if open_b is True or either(is_null(a.low), is_null(a.high)) is False:
        return _by(a, b)
    here, there = _by(a, b), _by(b, a)
    return choose(open_b, here[0], there[0]), choose(open_b, here[1], there[1])


def _by(k: Range, a: Range) -> tuple[Bound, Bound]:
    """k times a, where k has both ends."""
    if a.low is a.high and k.low is k.high:
        same = _times(k.low, a.low)
        return same, same
    ends = [_scaled_by(end, a) for end in ([k.low] if k.low is k.high else [k.low, k.high])]
    return least(*(low for low, _ in ends)), greatest(*(high for _, high in ends))


def _scaled_by(k: Bound, a: Range) -> tuple[Bound, Bound]:
    if isinstance(k, int):
        return _scaled(k, a)
    up = compare("ge", k, 0, unbounded=True)
    return choose(up, _times(k, a.low), _times(k, a.high)), choose(
        up, _times(k, a.high), _times(k, a.low)
    )


def _times(a: Bound, b: Bound) -> Bound:
    """A product in which 0 times no bound is 0."""
    if isinstance(a, int):
        return times(a, b)
    if isinstance(b, int):
        return times(b, a)
    if a is None or b is None:
        known = b if a is None else a
        zero = both(negate(is_null(known)), _is_zero(known))
        return choose(zero, 0, None)
    found: Bound = term(lambda x, y: x * y, a, b)
    for one, other in ((a, b), (b, a)):
        if one.null:
            found = choose(both(is_null(one), _is_zero(other)), 0, found)
    return found


def _is_zero(bound: Bound) -> Truth:
    if isinstance(bound, Term):
        return term(lambda of: (of == 0).fill_null(False), bound, null=False)
    return bound == 0


def _highest(c: Columns, _: int, *ix: int) -> Range:
    return _high([c.cell(i) for i in ix])


def _lowest(c: Columns, _: int, *ix: int) -> Range:
    return _mirrored(_high([_mirrored(c.cell(i)) for i in ix]))


def _mirrored(x: Range) -> Range:
    return Range(minus(x.high), minus(x.low), x.absent, x.present, x.low is x.high)


def _high(of: Sequence[Range]) -> Range:
    sure = [both(x.present, negate(x.absent)) for x in of]
    certain = either(*sure)
    everything = hull((x.present, x) for x in of)
    surest = known_greatest(
        *(choose(s, x.low, None) for s, x in zip(sure, of, strict=True) if s is not False)
    )
    return Range(
        choose(certain, surest, everything.low),
        everything.high,
        negate(certain),
        either(*(x.present for x in of)),
    )


def _floor(c: Columns, _: int, a: int, bound: int) -> Range:
    x, y = c.cell(a), c.cell(bound)
    low, high = known_greatest(x.low, y.low), greatest(x.high, y.high)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def _cap(c: Columns, _: int, a: int, bound: int) -> Range:
    x, y = c.cell(a), c.cell(bound)
    low, high = least(x.low, y.low), known_least(x.high, y.high)
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present))


def _round(c: Columns, at: int, a: int, p: int, q: int, way: str) -> Range:
    x: Range = c.cell(a)
    low = _rounded(_keeper(c, at, "least"), x.low, p, q, way, c.graph.nodes[a])
    high = low
    if x.high is not x.low:
        high = _rounded(_keeper(c, at, "most"), x.high, p, q, way, c.graph.nodes[a])
    return Range(low, high, x.absent, x.present, x.point)


def _rounded(keep: Keep, bound: Bound, p: int, q: int, way: str, of: Node) -> Bound:
    if isinstance(bound, int):
        return interval.rounded(bound * p, q, way)
    largest = magnitude(of)
    if way == "down":
        return scaled_down(keep, bound, p, q, largest)
    if way == "up":
        return minus(scaled_down(keep, minus(bound), p, q, largest))
    up = scaled_down(lambda n, b: keep(f"up.{n}", b), bound, p, q, largest, half=True)
    down = minus(
        scaled_down(lambda n, b: keep(f"down.{n}", b), minus(bound), p, q, largest, half=True)
    )
    return choose(compare("ge", bound, 0, unbounded=True), up, down)


def magnitude(node: Node) -> int:
    """No number of a quantity's steps is farther from 0."""
    if node.least is None or node.most is None:
        return LARGEST
    return max(abs(node.least), abs(node.most))


def _vague(c: Columns, _: int, a: int) -> Range:
    x: Range = c.cell(a)
    nothing = both(negate(is_null(x.high)), _is_zero(x.high))
    return Range(0, choose(nothing, 0, None), x.absent, x.present)


def _unknown(_: Columns, __: int) -> Range:
    return Range(0, None)


def _elapsed(c: Columns, at: int, unit: str, start: int, end: int) -> Range:
    x, y = c.cell(start), c.cell(end)
    if x.present is False or y.present is False:
        return ABSENT
    same = x.low is x.high and y.low is y.high
    low = completed(_keeper(c, at, "least"), unit, x.high, y.low)
    high = low if same else completed(_keeper(c, at, "most"), unit, x.low, y.high)
    low = choose(is_null(low), 0, low) if isinstance(low, Term) else low or 0
    point = x.point and y.point
    return Range(low, high, either(x.absent, y.absent), both(x.present, y.present), point)


def count_columns(at: int) -> tuple[str, str]:
    """The names of the columns that say what a count over a list can be."""
    return f"@{at}_low", f"@{at}_high"


def _count(_: Columns, at: int, *__: Any) -> Range:
    low, high = count_columns(at)
    return Range(column(low, null=True), column(high, null=True))


# ---- choices


def _branches(c: Columns, at: int, args: Sequence[int]) -> list[tuple[Truth, Cell]]:
    """Each value and whether its branch can be the one that is taken."""
    out, reached = [], True
    for n, (condition, value) in enumerate(zip(args[:-1:2], args[1:-1:2], strict=True)):
        when: Outcomes = c.cell(condition)
        out.append((both(reached, when.met), c.cell(value)))
        reached = c.sheet.keep(f"@{at}.past{n}", both(reached, negate(when.surely_met)))
    return [*out, (reached, c.cell(args[-1]))]


def _pick(c: Columns, at: int, *args: int) -> Range:
    return hull(_branches(c, at, args))


def _pick_class(c: Columns, at: int, *args: int) -> Labels:
    return _union(_branches(c, at, args), False)


def _union(choices: Sequence[tuple[Truth, Labels]], absent: Truth) -> Labels:
    return Labels(
        choices[0][1].count,
        lambda mask: either(*(both(c, x.among(mask)) for c, x in choices)),
        either(absent, *(both(c, x.absent) for c, x in choices)),
    )


def _cells(
    c: Columns, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]
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
    c: Columns, _: int, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]
) -> Range:
    choices, absent = _cells(c, keys, sizes, cells)
    return hull([*choices, (absent, ABSENT)])


def _table_class(
    c: Columns, _: int, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int], *__: int
) -> Labels:
    choices, absent = _cells(c, keys, sizes, cells)
    return _union(choices, absent)


def _stated(c: Columns, fact: int) -> Truth:
    return negate(is_null(column(c.graph.facts[fact].id, null=True)))


def _else(c: Columns, _: int, fact: int, definition: int) -> Range:
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


def _else_date(c: Columns, _: int, fact: int, definition: int) -> Range:
    own = column(c.graph.facts[fact].id, null=True)
    return _otherwise(_stated(c, fact), own, c.cell(definition))


def _else_truth(c: Columns, _: int, fact: int, definition: int) -> Outcomes:
    stated, own, d = _stated(c, fact), c.cell(fact), c.cell(definition)
    not_stated = negate(stated)
    return Outcomes(
        choose(stated, own.met, d.met),
        choose(stated, own.not_met, d.not_met),
        both(not_stated, d.absent),
    )


def _else_class(c: Columns, _: int, fact: int, definition: int) -> Labels:
    stated, own, d = _stated(c, fact), c.cell(fact), c.cell(definition)
    return _union([(stated, own), (negate(stated), d)], False)


def _amount(c: Columns, at: int, condition: int, value: int) -> Range:
    x: Range = c.cell(value)
    when = outcomes(1) if condition < 0 else c.cell(condition)
    nothing = c.sheet.keep(f"@{at}.nothing", either(negate(when.met), negate(x.present)))
    perhaps = either(x.absent, negate(when.surely_met))
    low, high = least(x.low, 0), greatest(x.high, 0)
    never_below = c.graph.nodes[value].least
    if never_below is not None and never_below >= 0:
        low, high = 0, x.high
    return Range(
        choose(nothing, 0, choose(perhaps, low, x.low)),
        choose(nothing, 0, choose(perhaps, high, x.high)),
    )


def _label(_: Columns, __: int, mask: int, count: int) -> Labels:
    return labels(mask, count)


def _ratio(c: Columns, _: int, n: int, d: int) -> tuple[Range, Range]:
    return c.cell(n), c.cell(d)


_MAKERS: Mapping[str, Callable[..., Cell]] = {
    "truth": _truth,
    "ge": _ge,
    "le": _le,
    "ge2": _margin(False),
    "gt2": _margin(True),
    "share": _share,
    "tighter": _tighter,
    "in": _in,
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "not": _not,
    "applies_when": _applies_when,
    "unless": _unless,
    "review": _review,
    "const": _const,
    "unknown": _unknown,
    "linear": _linear,
    "sum": _sum,
    "product": _product,
    "highest": _highest,
    "lowest": _lowest,
    "floor": _floor,
    "cap": _cap,
    "round": _round,
    "vague": _vague,
    "elapsed": _elapsed,
    "count": _count,
    "pick": _pick,
    "pick class": _pick_class,
    "table": _table,
    "table class": _table_class,
    "else": _else,
    "else date": _else_date,
    "else truth": _else_truth,
    "else class": _else_class,
    "amount": _amount,
    "label": _label,
    "date": _const,
    "ratio": _ratio,
}
