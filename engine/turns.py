"""Where one thing moves and all else stays: the values at which an answer can turn, exactly.

`Turns` follows one given node, a fact or the day, through the graph from one integer to another and
cuts the range into pieces on which every condition watched has one value. A quantity that depends
on it is known by its trend: which way its ends go, and by how much a step where they go evenly. On
a piece where both ends of a comparison go one way its outcomes come or go once each, so bisection
finds where; a comparison of which no trend is known is looked at over ever smaller intervals, which
is as exact and slower. It knows nodes and numbers: no provision, no case, no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from tieuchi.engine.decision import Given, program
from tieuchi.engine.graph import Graph, Node, reads
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.truth import MET

LOOKS = 4_000_000  # at a comparison without a trend, before it is given up


class TooFine(ValueError):
    """A comparison turns in no way that can be followed, and there is too much to try it all."""


class Trend(NamedTuple):
    """Which way the end of a quantity goes as the one thing grows: -1, 0 or 1; and by how much a
    step, None where it does not go evenly."""

    way: int
    slope: int | None = None


STILL = Trend(0, 0)
RISING = Trend(1, 1)
Ends = tuple["Trend | None", "Trend | None"]
"""The trends of the lower and the upper end; None where one may go either way."""
UNKNOWN: Ends = (None, None)


class Turns:
    """The turns of one graph's conditions as one given node moves.

    `watched` are truth nodes; besides them, whether a case contradicts itself is watched always.
    """

    def __init__(
        self,
        graph: Graph,
        given: Given,
        slot: int,
        watched: Iterable[int] = (),
        looks: int = LOOKS,
    ) -> None:
        run = program(graph)
        self.nodes = graph.nodes
        self.slot = slot
        self.looks = looks
        self.values = run.blank.copy()
        for name, value in given.items():
            if run.slots[name] != slot:
                self.values[run.slots[name]] = value
        wanted = [*watched, *(truth for truth, _ in run.checks)]
        wanted += [i for i, node in enumerate(self.nodes) if node.op in ("else", "tighter")]
        cone = _below(self.nodes, wanted)
        moves = {slot}
        self.moving = []
        for i, step in run.steps:
            if i in cone and not moves.isdisjoint(reads(self.nodes[i])):
                moves.add(i)
                self.moving.append((i, step))
            elif i in cone:
                self.values[i] = step(self.values)  # may raise Contradiction: then it always does
        self.order = {i: at for at, (i, _) in enumerate(self.moving)}
        self.blind = any(
            self.nodes[i].op == "else date" and self.nodes[i].args[0] == slot for i in self.order
        )

    def starts(self, least: int, most: int) -> list[int]:
        """The first value of each piece of a range, in order."""
        if not self.moving:
            return [least]
        found, todo = [], [(least, most)]
        while todo:
            start, end = todo.pop()
            turn = self._turn(start, end)
            if turn is None:
                found.append(start)
            else:
                todo += [(turn, end), (start, turn - 1)]
        return found

    def steps(self, node: int, start: int, end: int, most: int) -> list[int] | None:
        """The first value of each stretch of a piece over which a node does not change; None where
        there are more than `most` of them, or they cannot be followed."""
        if node not in self.order:
            return [start]
        at = self.order[node]
        trends = self._trends(start).get(node)
        if trends is None or None in trends:
            return [start] if trends is None else None
        found = [start]
        while (turn := self._first(lambda x: self._at(x, at), found[-1], end)) is not None:
            found.append(turn)
            if len(found) > most:
                return None
        return found

    # ---- one piece

    def _turn(self, start: int, end: int) -> int | None:
        """A value in a range, after its start, at which something is other than just before it."""
        here, trends = self._begun(start)
        for at, (i, step) in enumerate(self.moving):
            node = self.nodes[i]
            if node.op == "else":
                turn, impossible = self._other(node, trends, here, at, start, end)
                if turn is not None or impossible:
                    return turn
            elif (turn := self._turned(node, trends, here, at, start, end)) is not None:
                return turn
            try:
                here[i] = step(here)
            except Contradiction:
                return None  # its conditions do not move here, so it is one all along
            ends = _ends(node, trends, here)
            if ends is not None:
                trends[i] = ends
        return None

    def _trends(self, start: int) -> dict[int, Ends]:
        """The trends of all that moves, on the piece that starts here."""
        here, trends = self._begun(start)
        for i, step in self.moving:
            here[i] = step(here)
            ends = _ends(self.nodes[i], trends, here)
            if ends is not None:
                trends[i] = ends
        return trends

    def _begun(self, start: int) -> tuple[list[Value], dict[int, Ends]]:
        here = self.values.copy()
        here[self.slot] = start
        return here, {self.slot: (RISING, RISING)}

    def _at(self, x: Value, at: int) -> Value:
        """The value of one of what moves."""
        values = self.values
        values[self.slot] = x
        for i, step in self.moving[: at + 1]:
            values[i] = step(values)
        return values[self.moving[at][0]]

    def _before(self, x: Value, at: int) -> list[Value]:
        """The values of all that moves before one of it."""
        if at:
            self._at(x, at - 1)
        else:
            self.values[self.slot] = x
        return self.values

    def _first(self, of: Callable[[int], Value], start: int, end: int) -> int | None:
        """The first value at which something is other than at the start and stays other."""
        was = of(start)
        if start == end or of(end) == was:
            return None
        low, high = start, end  # as it was, other
        while high - low > 1:
            middle = (low + high) // 2
            if of(middle) == was:
                low = middle
            else:
                high = middle
        return high

    def _other(
        self, node: Node, trends: dict[int, Ends], here: list[Value], at: int, start: int, end: int
    ) -> tuple[int | None, bool]:
        """Where a stated quantity begins or ends to lie outside its definition; whether it does."""
        fact, definition = node.args
        if here[fact].__class__ is not int:
            return None, False

        def outside(x: int) -> tuple[bool, bool]:
            values = self._before(x, at)
            stated, other = values[fact], values[definition]
            lo, hi, _ = span(other)
            if other is ABSENT:
                return False, False
            return lo is not None and stated < lo, hi is not None and stated > hi

        (low, high) = trends.get(definition, (STILL, STILL))
        (own, _) = trends.get(fact, (STILL, STILL))
        if None in (_added(own, _times(low, -1)), _added(own, _times(high, -1))):
            turn = self._scanned(outside, None, start, end)
        else:
            turn = self._first(outside, start, end)
        return turn, any(outside(start))

    def _turned(
        self, node: Node, trends: dict[int, Ends], here: list[Value], at: int, start: int, end: int
    ) -> int | None:
        """Where a comparison comes out otherwise than at the start, or an extreme is another."""
        if node.op in COMPARISONS:
            return self._compared(node, trends, here, at, start, end)
        if node.op in EXTREMES and _is_even(node.args, trends, here):
            return self._first(lambda x: _winner(node, self._before(x, at)), start, end)
        return None

    def _compared(
        self, node: Node, trends: dict[int, Ends], here: list[Value], at: int, start: int, end: int
    ) -> int | None:
        """Where a comparison comes out otherwise than at the start."""
        if all(a not in trends for a in reads(node)):
            return None
        if node.op == "share" and node.args[2] in trends:
            below = node.args[2]
            if None not in trends[below]:
                turn = self._first(lambda x: _is_nothing(self._before(x, at)[below]), start, end)
                if turn is not None:
                    return turn
        if None in _margin(node, trends, here):
            return self._scanned(lambda x: self._at(x, at), at, start, end)
        return self._first(lambda x: self._at(x, at), start, end)

    def _scanned(
        self, of: Callable[[int], Value], at: int | None, start: int, end: int
    ) -> int | None:
        """The first value at which something is other, whichever way it goes: what surely is one
        thing over an interval is passed over, the rest is halved."""
        was, todo = of(start), [(start, end)]
        while todo:
            low, high = todo.pop()
            self.looks -= 1
            if self.looks < 0:
                raise TooFine
            if low == high:
                if of(low) != was:
                    return low
            elif at is None or self._over(low, high, at) != was:
                middle = (low + high) // 2
                todo += [(middle + 1, high), (low, middle)]
        return None

    def _over(self, low: int, high: int, at: int) -> Value:
        """The one outcome of a comparison all over an interval, None where that is not sure."""
        if self.blind:
            return None
        try:
            truth = self._at((low, high, False), at)
        except Contradiction:
            return None
        return truth if truth & (truth - 1) == 0 else None


def _below(nodes: Sequence[Node], wanted: Iterable[int]) -> set[int]:
    """All that nodes rest on, with themselves."""
    todo = [node for node in wanted if node >= 0]
    seen = set(todo)
    while todo:
        new = set(reads(nodes[todo.pop()])) - seen
        seen |= new
        todo += new
    return seen


# ---- comparisons

COMPARISONS = ("ge", "le", "ge2", "gt2", "share")


def _is_nothing(value: Value) -> tuple[bool, bool]:
    """Whether what is divided by is surely, and possibly, less than one."""
    lo, hi, _ = span(value)
    return hi is not None and hi < 1, lo is None or lo < 1


def _margin(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends:
    """The trends of what a comparison compares with nothing."""
    if node.op in ("ge", "le"):
        return trends[node.args[0]]
    if node.op == "share":
        return _share_margin(node, trends, here)
    (alo, ahi), (blo, bhi) = (trends.get(a, (STILL, STILL)) for a in node.args)
    return _added(alo, _times(bhi, -1)), _added(ahi, _times(blo, -1))


def _share_margin(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends:
    """Of ``q*n`` less ``t*d``, where whether there is anything to divide by does not turn."""
    _, n, d, t, q = node.args
    low, high = (_times(end, q) for end in trends.get(n, (STILL, STILL)))
    (dlo, dhi), (tlo, thi) = (trends.get(a, (STILL, STILL)) for a in (d, t))
    if d in trends and t in trends:
        return UNKNOWN
    (ylo, yhi, _), (zlo, zhi, _) = span(here[d]), span(here[t])
    if t in trends:
        per = ylo if ylo == yhi else None  # d, where it is settled
        least, most = (_times(end, per) if per else _evenless(end) for end in (tlo, thi))
    elif d in trends:
        if zlo is None or zlo < 0:
            return UNKNOWN
        dlo = STILL if ylo is None or ylo < 1 else dlo
        k = zlo if zlo == zhi else None
        least, most = (_times(end, k) if k is not None else _evenless(end) for end in (dlo, dhi))
    else:
        least = most = STILL
    return _added(low, _times(most, -1)), _added(high, _times(least, -1))


# ---- trends


def _times(trend: Trend | None, k: int) -> Trend | None:
    if trend is None:
        return None
    way = trend.way if k > 0 else -trend.way if k < 0 else 0
    return Trend(way, None if trend.slope is None and k else k * (trend.slope or 0))


def _added(*trends: Trend | None) -> Trend | None:
    """The trend of a sum."""
    ways, slopes = set[int](), list[int | None]()
    for trend in trends:
        if trend is None:
            return None
        ways.add(trend.way)
        slopes.append(trend.slope)
    if None not in slopes:
        total = sum(slope or 0 for slope in slopes)
        return Trend((total > 0) - (total < 0), total)
    return _one_way(ways)


def _one_way(ways: set[int]) -> Trend | None:
    ways = ways - {0}
    if len(ways) > 1:
        return None
    return Trend(ways.pop()) if ways else STILL


def _together(trends: Iterable[Trend | None]) -> Trend | None:
    """The trend of the least, or of the most, of several."""
    ways, found = set[int](), list[Trend]()
    for trend in trends:
        if trend is None:
            return None
        ways.add(trend.way)
        found.append(trend)
    return found[0] if len(found) == 1 else _one_way(ways)


def _evenless(trend: Trend | None) -> Trend | None:
    return trend if trend is None or not trend.way else Trend(trend.way)


def _ends(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends | None:
    """The trends of a node's value on a piece on which no condition turns; None: it stays."""
    if node.kind in ("truth", "class", "ratio") or all(a not in trends for a in reads(node)):
        return None
    rule = _RULES.get(node.op)
    made = UNKNOWN if rule is None else rule(node.args, _Ends(trends), here)
    return None if made == (STILL, STILL) else made


class _Ends(dict[int, Ends]):
    """The trends of all nodes: what does not move stays."""

    def __missing__(self, _: int) -> Ends:
        return STILL, STILL


Rule = Callable[[Sequence[Value], _Ends, "list[Value]"], Ends]


def _linear(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
    lows, highs = [], []
    for k, a in zip(args[1::2], args[2::2], strict=True):
        low, high = (_times(end, k) for end in of[a])
        lows.append(low if k >= 0 else high)
        highs.append(high if k >= 0 else low)
    if any(here[a].__class__ is not int and here[a][2] for a in args[2::2]):
        lows, highs = [_evenless(low) for low in lows], [_evenless(high) for high in highs]
    return _added(*lows), _added(*highs)


def _product(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
    a, b = args
    if b in of:
        a, b = b, a
    if b in of:
        return UNKNOWN
    k = here[b]
    if k.__class__ is int:
        return _linear((0, k, a), of, here)
    lo, hi, _ = k
    if lo is None or hi is None:
        return UNKNOWN
    if lo < 0 < hi:
        return UNKNOWN
    low, high = of[a] if lo >= 0 else of[a][::-1]
    ways = [None if end is None else Trend(end.way if lo >= 0 else -end.way) for end in (low, high)]
    return ways[0], ways[1]


EXTREMES = {"highest": max, "floor": max, "lowest": min, "cap": min}


def _is_even(args: Sequence[int], trends: dict[int, Ends], here: list[Value]) -> bool:
    """Whether settled quantities go evenly, so that each is the most of them on one stretch."""
    if all(a not in trends for a in args):
        return False
    return all(
        here[a].__class__ is int
        and all(end is not None and end.slope is not None for end in trends.get(a, ()))
        for a in args
    )


def _winner(node: Node, values: Sequence[Value]) -> Value:
    """Which of its operands an extreme is."""
    return EXTREMES[node.op](node.args, key=values.__getitem__)


def _won(op: str) -> Rule:
    """Of settled quantities that go evenly, the one that is the extreme on this piece."""

    def rule(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
        if not _is_even(args, of, here):
            return _extreme(args, of, here)
        return of[EXTREMES[op](args, key=here.__getitem__)]

    return rule


def _extreme(args: Sequence[int], of: _Ends, _: list[Value]) -> Ends:
    return _together(of[a][0] for a in args), _together(of[a][1] for a in args)


def _rounded(args: Sequence[Value], of: _Ends, _: list[Value]) -> Ends:
    low, high = of[args[0]]
    return _evenless(low), _evenless(high)


def _elapsed(args: Sequence[Value], of: _Ends, here: list[Value]) -> Ends:
    unit, start, end = args
    (slo, shi), (elo, ehi) = of[start], of[end]
    low, high = _added(elo, _times(shi, -1)), _added(ehi, _times(slo, -1))
    if start in of and end in of:
        return UNKNOWN
    since, until = here[start], here[end]
    if unit == "days" and start not in of and since.__class__ is int and until.__class__ is int:
        return (low, high) if until >= since else (_evenless(low), _evenless(high))
    return _evenless(low), _evenless(high)


def _hulled(nodes: Iterator[int], of: _Ends, _: list[Value]) -> Ends:
    return _extreme([*dict.fromkeys(nodes)], of, _)


def _pick(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
    def chosen() -> Iterator[int]:
        for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True):
            if here[condition] & MET:
                yield value
            if here[condition] == MET:
                return
        yield args[-1]

    return _hulled(chosen(), of, here)


def _table(args: Sequence[Sequence[int]], of: _Ends, here: list[Value]) -> Ends:
    keys, sizes, cells = args[:3]

    def chosen() -> Iterator[int]:
        labels = [
            [i for i in range(n) if here[k] >> i & 1] for k, n in zip(keys, sizes, strict=True)
        ]
        for label in product(*labels):
            at = 0
            for size, one in zip(sizes, label, strict=True):
                at = at * size + one
            yield cells[at]

    return _hulled(chosen(), of, here)


def _else(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
    fact, definition = args
    return of[fact] if here[fact].__class__ is int else of[definition]


def _amount(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
    condition, value = args
    holds = MET if condition < 0 else here[condition]
    if not holds & MET or here[value] is ABSENT:
        return STILL, STILL
    open_ = here[value].__class__ is not int and here[value][2]
    if holds == MET and not open_:
        return of[value]
    low, high = of[value]
    return _evenless(low), _evenless(high)


_RULES: dict[str, Rule] = {
    "linear": _linear,
    "sum": _linear,
    "product": _product,
    **{op: _won(op) for op in EXTREMES},
    "round": _rounded,
    "elapsed": _elapsed,
    "pick": _pick,
    "table": _table,
    "else": _else,
    "else date": _else,
    "amount": _amount,
}
