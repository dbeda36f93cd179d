"""Where one thing moves and all else stays: the values at which an answer can turn, exactly.

`Turns` follows one given node, a fact or the day, through the graph from one integer to another and
cuts the range into pieces on which every condition watched has one value. A quantity that depends
on it is known by its trend: which way its ends go, and by how much a step where they go evenly. On
a piece where both ends of a comparison go one way its outcomes come or go once each, so bisection
finds where; a comparison of which no trend is known is looked at over ever smaller intervals, which
is as exact and slower. It knows nodes and numbers: no provision, no case, no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tieuchi.engine.ahead.trends import (
    COMPARISONS,
    EXTREMES,
    RISING,
    STILL,
    Ends,
    added,
    ends_of,
    is_even,
    is_nothing,
    margin,
    times,
    winner,
)
from tieuchi.engine.decision import Given, program
from tieuchi.engine.graph import Graph, Node, below, reads
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Contradiction, Value

LOOKS = 4_000_000  # at a comparison without a trend, before it is given up


class TooFine(ValueError):
    """A comparison turns in no way that can be followed, and there is too much to try it all."""


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
        cone = set(below(self.nodes, *(node for node in wanted if node >= 0)))
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
            ends = ends_of(node, trends, here)
            if ends is not None:
                trends[i] = ends
        return None

    def _trends(self, start: int) -> dict[int, Ends]:
        """The trends of all that moves, on the piece that starts here."""
        here, trends = self._begun(start)
        for i, step in self.moving:
            here[i] = step(here)
            ends = ends_of(self.nodes[i], trends, here)
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
        if None in (added(own, times(low, -1)), added(own, times(high, -1))):
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
        if node.op in EXTREMES and is_even(node.args, trends, here):
            return self._first(lambda x: winner(node, self._before(x, at)), start, end)
        return None

    def _compared(
        self, node: Node, trends: dict[int, Ends], here: list[Value], at: int, start: int, end: int
    ) -> int | None:
        """Where a comparison comes out otherwise than at the start."""
        if all(a not in trends for a in reads(node)):
            return None
        if node.op == "share" and node.args[2] in trends:
            per = node.args[2]
            if None not in trends[per]:
                turn = self._first(lambda x: is_nothing(self._before(x, at)[per]), start, end)
                if turn is not None:
                    return turn
        if None in margin(node, trends, here):
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
