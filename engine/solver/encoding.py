"""A graph as conditions for a solver: what every node can be, where some of it is to be chosen.

`Encoding(graph, values, given)` counts as `kernel` does, over `symbols`: a node that hangs on
nothing chosen is what it was in `values`. `rules` are the conditions without which a case could not
be at all. It knows nodes, and neither provisions nor why anything is asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tieuchi.engine.arithmetic import pairs
from tieuchi.engine.graph import Graph, Node, reads
from tieuchi.engine.interval import elapsed
from tieuchi.engine.kernel import Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.symbols import Choice, Condition, Interval, Maybe, Truth

FIRST_DAY = date(1900, 1, 1).toordinal()
"""No day that is chosen is before this."""
LAST_DAY = date(2200, 1, 1).toordinal()
"""No day that is chosen is after this."""

Symbol = Any  # Truth, Interval, Choice, a pair of intervals, or Listed
Row = Sequence[Symbol]


class Listed:
    """The members of a list, their fields as symbols."""

    def __init__(self, rows: Sequence[Row], complete: bool) -> None:
        self.rows = rows
        self.complete = complete


class Encoding:
    """What the nodes of a graph can be; `given` says it of the nodes that are chosen, and `steady`
    nodes stay what they are whatever is chosen."""

    ends: int | None = None
    """A day on which time between two days that are chosen ends: of some cases then, not of all."""

    def __init__(
        self,
        graph: Graph,
        values: Sequence[Value],
        given: Mapping[int, Symbol],
        steady: Collection[int] = (),
    ) -> None:
        self.graph = graph
        self.values = values
        self.rules: list[Condition] = []
        self.known: dict[int, Symbol] = dict(given)
        self._moves: dict[int, bool] = dict.fromkeys(steady, False)

    def __getitem__(self, node: int) -> Symbol:
        """What a node can be."""
        for at in self._below(node):
            self.known[at] = self._of(at)
        return self.known[node]

    def moves(self, node: int) -> bool:
        """Whether a node hangs on what is chosen."""
        known = self._moves.get(node)
        if known is None:
            chosen = node in self.known and node < self.graph.given
            known = chosen or any(self.moves(at) for at in reads(self.graph.nodes[node]))
            self._moves[node] = known
        return known

    def unbarred(self, truths: Iterable[int]) -> Iterator[Condition]:
        """That of these checks of the input none surely fails; of those that hang on what is
        chosen."""
        for truth in truths:
            if self.moves(truth):
                yield s.negated(self[truth].surely_not_met)

    def _below(self, node: int) -> list[int]:
        """What is not known yet of a node and what it reads, in order."""
        todo, seen = [node], set[int]()
        while todo:
            at = todo.pop()
            if at not in seen and at not in self.known:
                seen.add(at)
                if self.moves(at):
                    todo += reads(self.graph.nodes[at])
        return sorted(seen)

    def _of(self, at: int) -> Symbol:
        node = self.graph.nodes[at]
        if not self.moves(at):
            return self._constant(node, self.values[at])
        made = _MAKERS[node.op](self, *node.args)
        if node.op == "else":
            self._hold_within(node)
        return made

    def _constant(self, node: Node, value: Value) -> Symbol:
        if node.kind == "truth":
            return s.truth_of(value)
        if node.kind == "class":
            return s.choice_of(value)
        if node.kind == "ratio":
            return tuple(s.interval_of(of) for of in value)
        if node.kind == "list":
            return Listed(value.rows, value.complete)
        return value if node.kind == "text" else s.interval_of(value)

    # ---- what cannot be

    def _hold_within(self, node: Node) -> None:
        """A stated quantity lies within what its definition comes to."""
        stated, defined = (self.known[at] for at in node.args)
        said: Condition = True
        if isinstance(stated, Maybe):
            said, stated = stated
        if stated.is_exact and defined.there is not False:
            inside = s.both(stated.lo >= defined.lo, stated.lo <= defined.hi)
            self.rules.append(s.either(s.negated(defined.there), s.negated(said), inside))

    # ---- makers

    def truths(self, nodes: Sequence[int]) -> list[Truth]:
        """What some nodes can be."""
        return [self.known[at] for at in nodes]

    def tighter(self, a: int, b: int) -> Truth:
        """`kernel`'s op: a, less what b rules out."""
        one, other = self.truths((a, b))
        out = Truth(
            s.both(one.met, other.met), s.both(one.not_met, other.not_met), one.not_applicable
        )
        self.rules.append(s.either(*out[:3]))
        return out

    def share(self, comparison: str, n: int, d: int, t: int, q: int) -> Truth:
        """`kernel`'s op: ``q*n`` against ``t*d``."""
        x, y, z = (self.known[at] for at in (n, d, t))
        there = s.both(x.there, y.there, z.there, y.hi >= 1)
        idle = s.either(x.absent, y.absent, z.absent, s.negated(y.lo >= 1), s.negated(there))
        one = y.lo is y.hi
        low = s.greater(y.lo, 1)
        asked = s.multiplied(Interval(low, low if one else y.hi), Interval(z.lo, z.hi))
        least, most = s.scaled(q, x)
        lo, hi = least - asked.hi, most - asked.lo
        exact = one and x.lo is x.hi and asked.lo is asked.hi
        if exact:
            hi = lo
        if comparison in ("le", "lt"):
            lo, hi = -hi, -lo
            hi = lo if exact else hi
        margin = 0 if comparison in ("ge", "le") else 1
        return s.compared(lo, hi, margin, Interval(lo, hi, idle, there))

    def count(self, listed: int, *args: Any) -> Interval:
        """`kernel`'s op: what members count for together."""
        members: Listed = self.known[listed]
        wheres: Sequence[tuple[Any, Any]] = pairs(args)
        lo: Any = 0
        hi: Any = 0
        for row in members.rows:
            for where, k in wheres:
                of = self._member(where, row) if where else s.truth_of(1)
                sure, can = of.surely_met, of.met
                lo = lo + s.chosen(sure, k, s.chosen(can, min(k, 0), 0))
                hi = hi + s.chosen(sure, k, s.chosen(can, max(k, 0), 0))
        if not members.complete:
            lows = sum(min(k, 0) if where else k for where, k in wheres)
            highs = sum(max(k, 0) if where else k for where, k in wheres)
            return Interval(-s.ENDLESS if lows < 0 else lo, s.ENDLESS if highs > 0 else hi)
        return Interval(lo, hi)

    def _member(self, where: Sequence[Node], row: Row) -> Any:
        """The condition or value over one member."""
        return _Member(self, where, row)[len(where) - 1]

    def total(self, listed: int, nodes: Sequence[Node]) -> Interval:
        """`kernel`'s op: the values of all members together."""
        members: Listed = self.known[listed]
        of: list[Interval] = [self._member(nodes, row) for row in members.rows]
        lows = [s.chosen(x.there, s.chosen(x.absent, s.lesser(x.lo, 0), x.lo), 0) for x in of]
        highs = [s.chosen(x.there, s.chosen(x.absent, s.greater(x.hi, 0), x.hi), 0) for x in of]
        lo: Any = sum(lows)
        hi: Any = lo if all(x.is_exact for x in of) else sum(highs)
        if members.complete:
            return Interval(lo, hi)
        least = nodes[-1].least
        return Interval(-s.ENDLESS if least is None or least < 0 else lo, s.ENDLESS)

    def pick(self, *args: int) -> Interval:
        """`kernel`'s op: the first value whose condition holds."""
        cases = [(c, self.known[value]) for c, value in self._branches(args)]
        return s.joined(cases, one=self._is_settled(args))

    def pick_class(self, *args: int) -> Choice:
        """The same of labels."""
        cases = [(c, self.known[value]) for c, value in self._branches(args)]
        return s.joined_choices(cases, one=self._is_settled(args))

    def _is_settled(self, args: Sequence[int]) -> bool:
        return all(self.known[at].sharp for at in args[:-1:2])

    def _branches(self, args: Sequence[int]) -> list[tuple[Condition, int]]:
        """Which value is reached under which condition."""
        left: Condition = True
        found = []
        for condition, value in pairs(args[:-1]):
            holds: Truth = self.known[condition]
            found.append((s.both(left, holds.met), value))
            left = s.both(left, s.negated(holds.surely_met))
        return [*found, (left, args[-1])]

    def _cells(
        self, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]
    ) -> list[tuple[Condition, int]]:
        """Which cell of a table is reached under which condition."""
        found: list[tuple[Condition, int]] = [(True, 0)]
        for key, size in zip(keys, sizes, strict=True):
            bits = self.known[key].bits
            found = [
                (s.both(condition, bits[i] if i < len(bits) else False), at * size + i)
                for condition, at in found
                for i in range(size)
            ]
        return [(condition, cells[at]) for condition, at in found if condition is not False]

    def table(self, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]) -> Interval:
        """`kernel`'s op: the cell of the labels."""
        cases = [(c, self.known[cell]) for c, cell in self._cells(keys, sizes, cells)]
        idle, one = self._beyond(keys, sizes)
        return s.joined([*cases, (idle, s.NOTHING)], one=one)

    def _beyond(self, keys: Sequence[int], sizes: Sequence[int]) -> tuple[Condition, bool]:
        """Whether some key may have no label that applies; whether each has just one."""
        choices = [self.known[key] for key in keys]
        idle = s.either(*(of.above(size) for of, size in zip(choices, sizes, strict=True)))
        return idle, idle is False and all(of.one for of in choices)

    def table_class(
        self, keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int], absent: int
    ) -> Choice:
        """The same of labels."""
        cases = [(c, self.known[cell]) for c, cell in self._cells(keys, sizes, cells)]
        idle, one = self._beyond(keys, sizes)
        return s.joined_choices([*cases, (idle, s.choice_of(absent))], one=one)

    def else_(self, fact: int, definition: int) -> Symbol:
        """`kernel`'s op: the definition where the fact is not stated."""
        stated = self.known[fact]
        if isinstance(stated, Maybe):
            return self._either(stated, self.known[definition])
        if isinstance(stated, Truth):
            return stated if stated.sharp else self.known[definition]
        if isinstance(stated, Choice):
            return stated if stated.one else self.known[definition]
        return stated if stated.is_exact else self.known[definition]

    @staticmethod
    def _either(of: Maybe, definition: Symbol) -> Symbol:
        """What is stated where it is, else the definition."""
        said, other = of.said, s.negated(of.said)
        if isinstance(definition, Interval):
            return s.joined([(said, of.stated), (other, definition)], one=definition.is_exact)
        if isinstance(definition, Choice):
            cases = [(said, of.stated), (other, definition)]
            return s.joined_choices(cases, one=definition.one)
        pairs = zip(of.stated[:3], definition[:3], strict=True)
        met, not_met, idle = (s.either(s.both(said, a), s.both(other, b)) for a, b in pairs)
        return Truth(met, not_met, idle, definition.sharp)

    def amount(self, condition: int, value: int) -> Interval:
        """`kernel`'s op: 0 where the condition does not hold."""
        holds = s.truth_of(1) if condition < 0 else self.known[condition]
        x: Interval = self.known[value]
        gives = s.both(holds.met, x.there)
        surely = s.both(holds.surely_met, x.there, s.negated(x.absent))
        lo = s.chosen(surely, x.lo, s.chosen(gives, s.lesser(x.lo, 0), 0))
        if holds.sharp and x.is_exact:
            lo = s.chosen(gives, x.lo, 0)
            return s.exact(lo)
        return Interval(lo, s.chosen(surely, x.hi, s.chosen(gives, s.greater(x.hi, 0), 0)))

    def elapsed(self, unit: str, start: int, end: int) -> Interval:
        """`kernel`'s op; of days of which one at least is known, or that end where `ends` says."""
        x, y = self.known[start], self.known[end]
        if x.lo is x.hi and isinstance(x.lo, int) and not isinstance(y.lo, int):
            lo = _left(unit, x.lo, y.lo)
            return Interval(lo, lo if y.lo is y.hi else _left(unit, x.lo, y.hi))
        if not (isinstance(x.lo, int) and isinstance(x.hi, int)):
            if self.ends is not None and not isinstance(y.lo, int):
                self.rules.append(s.both(y.lo == self.ends, y.hi == self.ends))
                y = s.exact(self.ends)
            lo = _completed(unit, x.hi, y.lo)
            return Interval(lo, lo if x.lo is x.hi else _completed(unit, x.lo, y.lo))
        lo = 0 if s.ENDLESS in (x.hi, -y.lo) else elapsed(unit, x.hi, y.lo)
        hi = s.ENDLESS if s.ENDLESS in (-x.lo, y.hi) else elapsed(unit, x.lo, y.hi)
        return Interval(lo, hi, s.either(x.absent, y.absent), s.both(x.there, y.there))


class _Member(Encoding):
    """The nodes over the fields of one member; what is outside is looked up there."""

    def __init__(self, outside: Encoding, where: Sequence[Node], row: Row) -> None:
        self.values = ()
        self.rules = outside.rules
        self.known = {}
        for at, node in enumerate(where):
            if node.op == "fact":
                of = row[at]
                known = isinstance(of, Truth | Interval | Choice)
                self.known[at] = of if known else self._constant(node, of)
            elif node.op == "outer":
                self.known[at] = outside[node.args[0]]
            else:
                self.known[at] = _MAKERS[node.op](self, *node.args)


def _completed(unit: str, start: s.Number, end: int) -> s.Number:
    """Completed units from a day that is chosen, not before `FIRST_DAY`."""
    if unit == "days":
        return s.chosen(start < end, end - start, 0)
    most = elapsed(unit, FIRST_DAY, end)
    days = range(FIRST_DAY, end)
    lasts = [
        days[bisect_right(days, -k, key=lambda d: -elapsed(unit, d, end)) - 1]
        for k in range(1, most + 1)
    ]
    return _counted([start <= last for last in lasts])


def _left(unit: str, start: int, end: s.Number) -> s.Number:
    """Completed units to a day that is chosen, not after `LAST_DAY`."""
    if unit == "days":
        return s.chosen(end > start, end - start, 0)
    most = elapsed(unit, start, LAST_DAY)
    days = range(start + 1, LAST_DAY + 1)
    firsts = [
        days[bisect_left(days, k, key=lambda d: elapsed(unit, start, d))]
        for k in range(1, most + 1)
    ]
    return _counted([end >= first for first in firsts])


def _counted(steps: Sequence[Condition]) -> s.Number:
    """How many hold of conditions of which each implies those before it."""

    def halved(low: int, high: int) -> s.Number:
        if low == high:
            return low
        middle = (low + high + 1) // 2
        return s.chosen(steps[middle - 1], halved(middle, high), halved(low, middle - 1))

    return halved(0, len(steps))


def _terms(e: Encoding, args: Sequence[int]) -> list[tuple[int, Interval]]:
    return [(k, e.known[at]) for k, at in pairs(args)]


def _is_at_least(e: Encoding, a: int, t: int) -> Truth:
    x: Interval = e.known[a]
    return s.compared(x.lo, x.hi, t, x)


def _is_at_most(e: Encoding, a: int, t: int) -> Truth:
    x = s.mirrored(e.known[a])
    return s.compared(x.lo, x.hi, -t, x)


def _margin(least: int) -> Callable[[Encoding, int, int], Truth]:
    def make(e: Encoding, a: int, b: int) -> Truth:
        margin = s.combined(0, [(1, e.known[a]), (-1, e.known[b])])
        return s.compared(margin.lo, margin.hi, least, margin)

    return make


def _constant_truth(_: Encoding, bits: int) -> Truth:
    return s.truth_of(bits)


_MAKERS: dict[str, Callable[..., Symbol]] = {
    "truth": _constant_truth,
    "const": lambda _, n: s.exact(n),
    "date": lambda _, n: s.exact(n),
    "label": lambda _, mask, *__: s.choice_of(mask),
    "unknown": lambda _: Interval(0, s.ENDLESS),
    "ge": _is_at_least,
    "le": _is_at_most,
    "ge2": _margin(0),
    "gt2": _margin(1),
    "share": Encoding.share,
    "tighter": Encoding.tighter,
    "in": lambda e, a, mask, count: s.among(e.known[a], mask, count),
    "all": lambda e, *ix: s.all_of(e.truths(ix)),
    "any": lambda e, *ix: s.any_of(e.truths(ix)),
    "at_least": lambda e, count, *ix: s.at_least(count, e.truths(ix)),
    "not": lambda e, a: s.opposite(e.known[a]),
    "applies_when": lambda e, c, own: s.gated(*e.truths((c, own))),
    "unless": lambda e, c, own: s.unless(*e.truths((c, own))),
    "review": lambda e, c, own: s.reviewed(*e.truths((c, own))),
    "linear": lambda e, c, *args: s.combined(c, _terms(e, args)),
    "sum": lambda e, c, *args: s.summed(c, _terms(e, args)),
    "product": lambda e, a, b: s.multiplied(*e.truths((a, b))),
    "highest": lambda e, *ix: s.highest(e.truths(ix)),
    "lowest": lambda e, *ix: s.mirrored(s.highest([s.mirrored(x) for x in e.truths(ix)])),
    "floor": lambda e, *ix: s.bounded(e.truths(ix)),
    "cap": lambda e, *ix: s.mirrored(s.bounded([s.mirrored(x) for x in e.truths(ix)])),
    "round": lambda e, a, p, q, way: s.rounded(e.known[a], p, q, way),
    "vague": lambda e, a: s.vague(e.known[a]),
    "elapsed": Encoding.elapsed,
    "count": Encoding.count,
    "total": Encoding.total,
    "pick": Encoding.pick,
    "pick class": Encoding.pick_class,
    "table": Encoding.table,
    "table class": Encoding.table_class,
    "else": lambda e, *ix: e.else_(*ix),
    "else date": lambda e, *ix: e.else_(*ix),
    "else truth": lambda e, *ix: e.else_(*ix),
    "else class": lambda e, *ix: e.else_(*ix),
    "amount": Encoding.amount,
    "ratio": lambda e, n, d: (e.known[n], e.known[d]),
}
