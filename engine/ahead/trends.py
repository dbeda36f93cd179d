"""How the value of a node goes as one thing grows: the trends of its ends, and of a margin.

A trend is told on a piece on which no condition turns: which way an end goes, and by how much a
step where it goes evenly. It knows nodes and numbers: no provision, no case, no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from tieuchi.engine.graph import Node, reads
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET


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


# ---- comparisons

COMPARISONS = ("ge", "le", "ge2", "gt2", "share")


def is_nothing(value: Value) -> tuple[bool, bool]:
    """Whether what is divided by is surely, and possibly, less than one."""
    lo, hi, _ = span(value)
    return hi is not None and hi < 1, lo is None or lo < 1


def margin(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends:
    """The trends of what a comparison compares with nothing."""
    if node.op in ("ge", "le"):
        return trends[node.args[0]]
    if node.op == "share":
        return _share_margin(node, trends, here)
    (alo, ahi), (blo, bhi) = (trends.get(a, (STILL, STILL)) for a in node.args)
    return added(alo, times(bhi, -1)), added(ahi, times(blo, -1))


def _share_margin(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends:
    """Of ``q*n`` less ``t*d``, where whether there is anything to divide by does not turn."""
    _, n, d, t, q = node.args
    low, high = (times(end, q) for end in trends.get(n, (STILL, STILL)))
    (dlo, dhi), (tlo, thi) = (trends.get(a, (STILL, STILL)) for a in (d, t))
    if d in trends and t in trends:
        return UNKNOWN
    (ylo, yhi, _), (zlo, zhi, _) = span(here[d]), span(here[t])
    if t in trends:
        per = ylo if ylo == yhi else None  # d, where it is settled
        least, most = (times(end, per) if per else _evenless(end) for end in (tlo, thi))
    elif d in trends:
        if zlo is None or zlo < 0:
            return UNKNOWN
        dlo = STILL if ylo is None or ylo < 1 else dlo
        k = zlo if zlo == zhi else None
        least, most = (times(end, k) if k is not None else _evenless(end) for end in (dlo, dhi))
    else:
        least = most = STILL
    return added(low, times(most, -1)), added(high, times(least, -1))


# ---- trends


def times(trend: Trend | None, k: int) -> Trend | None:
    """The trend of so many times a quantity."""
    if trend is None:
        return None
    way = trend.way if k > 0 else -trend.way if k < 0 else 0
    return Trend(way, None if trend.slope is None and k else k * (trend.slope or 0))


def added(*trends: Trend | None) -> Trend | None:
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


def ends_of(node: Node, trends: dict[int, Ends], here: list[Value]) -> Ends | None:
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
        low, high = (times(end, k) for end in of[a])
        lows.append(low if k >= 0 else high)
        highs.append(high if k >= 0 else low)
    if any(here[a].__class__ is not int and here[a][2] for a in args[2::2]):
        lows, highs = [_evenless(low) for low in lows], [_evenless(high) for high in highs]
    return added(*lows), added(*highs)


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


def is_even(args: Sequence[int], trends: dict[int, Ends], here: list[Value]) -> bool:
    """Whether settled quantities go evenly, so that each is the most of them on one stretch."""
    if all(a not in trends for a in args):
        return False
    return all(
        here[a].__class__ is int
        and all(end is not None and end.slope is not None for end in trends.get(a, ()))
        for a in args
    )


def winner(node: Node, values: Sequence[Value]) -> Value:
    """Which of its operands an extreme is."""
    return EXTREMES[node.op](node.args, key=values.__getitem__)


def _won(op: str) -> Rule:
    """Of settled quantities that go evenly, the one that is the extreme on this piece."""

    def rule(args: Sequence[int], of: _Ends, here: list[Value]) -> Ends:
        if not is_even(args, of, here):
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
    low, high = added(elo, times(shi, -1)), added(ehi, times(slo, -1))
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
