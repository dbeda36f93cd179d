"""The least change by counting alone, where that is exact.

Under `any` the cheapest child, under `all` the sum, under `at_least N` the N cheapest: exact where
every move stands under one comparison, no comparison weighs its moves differently, and nothing else
hangs on them. `closed(decision, target, moves)` says so; where it is not so there is `least`.
Checks of the input are passed over here: they can only make a change dearer, so a least change that
passes them is the least, and one that does not is for `least` again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.advice.moves import Move, Place, live
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Node, reads
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

Changes = Mapping[Place, Value]


class Cost(NamedTuple):
    """What it takes to have something met."""

    cost: Fraction
    changes: tuple[tuple[Place, Value], ...]


FREE = Cost(Fraction(0), ())


class Closed:
    """The least changes under one target; not `exact`: changes that do, where more of a thing
    never hurts, and may not be the least."""

    def __init__(
        self, decision: Decision, target: int, moves: Mapping[int, Move], *, exact: bool
    ) -> None:
        self.exact = exact
        self.nodes = decision.graph.nodes
        self.values = decision.values
        self.target = target
        self.live = live(decision, target)
        self.moves = moves
        self._leaves: dict[int, Cost | None] = {}
        for at in self._comparisons():
            self._leaves[at] = self._leaf(at)

    def least(self, barred: Collection[int] = ()) -> Cost | None:
        """The least change that has the target met, `barred` nodes not among what it meets; None
        where there is none."""
        return self._cost(self.target, frozenset(barred), {})

    def _moving(self) -> set[int]:
        """What hangs on a move."""
        moving = set(self.moves)
        for at in self.live:
            if not moving.isdisjoint(reads(self.nodes[at])):
                moving.add(at)
        return moving

    def _comparisons(self) -> list[int]:
        """The nodes of truth that stand on moves and are no operators."""
        self.moving = self._moving()
        return [
            at
            for at in self.live
            if at in self.moving and self.nodes[at].kind == "truth" and not self._is_operator(at)
        ]

    def _is_operator(self, at: int) -> bool:
        return self.nodes[at].op in ("all", "any", "at_least", *_GATES)

    def _cost(self, at: int, barred: frozenset[int], known: dict[int, Cost | None]) -> Cost | None:
        if at in barred:
            return None
        if at not in known:
            known[at] = self._worked_out(at, barred, known)
        return known[at]

    def _worked_out(
        self, at: int, barred: frozenset[int], known: dict[int, Cost | None]
    ) -> Cost | None:
        value = self.values[at]
        if value == MET:
            return FREE
        if at not in self.moving:
            return None
        if at in self._leaves:
            return self._leaves[at]
        node = self.nodes[at]
        if node.op in _GATES:
            return self._cost(node.args[1], barred, known)
        children = node.args[1:] if node.op == "at_least" else node.args
        there = [c for c in children if self.values[c] != NOT_APPLICABLE]
        costs = [self._cost(child, barred, known) for child in there]
        needed = {"all": len(there), "any": 1}.get(node.op, node.args[0])
        found = sorted((c for c in costs if c is not None), key=by_cost)
        return _together(found[:needed]) if there and len(found) >= needed else None

    def _leaf(self, at: int) -> Cost | None:
        node = self.nodes[at]
        if self.values[at] == MET:
            return FREE
        if node.op == "fact":
            move = self.moves[at]
            return Cost(move.cost, ((move.place, MET),))
        if node.op == "in":
            move, mask = self.moves[node.args[0]], node.args[1]
            return Cost(move.cost, ((move.place, mask & -mask),)) if mask else None
        terms, short = self._margin(node)
        return self._raised(short, terms)

    def _margin(self, node: Node) -> tuple[list[tuple[int, int]], int]:
        """A comparison as a sum of facts that is short of something by so much."""
        args, values = node.args, self.values
        if node.op == "ge":
            return _terms(self.nodes, args[0], 1), args[1] - values[args[0]]
        if node.op == "le":
            return _terms(self.nodes, args[0], -1), values[args[0]] - args[1]
        if node.op == "share":
            comparison, n, d, t, q = args
            sign = 1 if comparison in ("ge", "gt") else -1
            strict = comparison in ("gt", "lt")
            short = sign * (values[t] * values[d] - q * values[n]) + strict
            return _terms(self.nodes, n, sign * q), short
        a, b = args
        terms = [*_terms(self.nodes, a, 1), *_terms(self.nodes, b, -1)]
        return terms, values[b] - values[a] + (node.op == "gt2")

    def _raised(self, short: int, terms: Sequence[tuple[int, int]]) -> Cost | None:
        """The cheapest moves by which a sum rises by so much."""
        changes: list[tuple[Place, Value]] = []
        cost = Fraction(0)
        ranked = [(k, self.moves[at]) for k, at in terms if at in self.moves]
        for k, move in sorted(ranked, key=lambda each: preferred(each[1])):
            up = k > 0
            room = move.most - move.stated if up else move.stated - move.least
            steps = min(room, -(-short // abs(k)))
            if steps > 0:
                short -= steps * abs(k)
                cost += steps * move.cost
                changes.append((move.place, move.stated + (steps if up else -steps)))
            if short <= 0:
                return Cost(cost, tuple(changes))
        return None


_GATES = ("applies_when", "unless", "review")


def closed(decision: Decision, target: int, moves: Sequence[Move]) -> Closed | None:
    """The closed form, None where nothing can be counted."""
    by_slot = {move.place[0]: move for move in moves if move.place[1] < 0}
    if len(by_slot) < len(moves) or any(move.stated is None for move in moves):
        return None
    exact = _is_exact(decision, target, by_slot)
    return None if exact is None else Closed(decision, target, by_slot, exact=exact)


def _is_exact(decision: Decision, target: int, moves: Mapping[int, Move]) -> bool | None:
    """Whether counting is exact; None where it says nothing at all."""
    nodes, values = decision.graph.nodes, decision.values
    moving = set(moves)
    readers: dict[int, int] = {}
    for at in live(decision, target):
        under = [of for of in reads(nodes[at]) if of in moving]
        if not under:
            continue
        moving.add(at)
        for of in under:
            readers[of] = readers.get(of, 0) + 1
        if not _is_simple(nodes, values, moves, at, under):
            return None
    return all(count == 1 for count in readers.values())


def _is_simple(
    nodes: Sequence[Node],
    values: Sequence[Value],
    moves: Mapping[int, Move],
    at: int,
    under: Sequence[int],
) -> bool:
    """Whether a node that hangs on moves is one that `Closed` counts with."""
    node = nodes[at]
    if node.op in ("all", "any", "at_least"):
        children = node.args[1:] if node.op == "at_least" else node.args
        return all(values[c] in (MET, NOT_MET, NOT_APPLICABLE, MET | NOT_MET) for c in children)
    if node.op in _GATES:
        idle = NOT_MET if node.op != "applies_when" else MET
        return values[node.args[0]] == idle and node.args[0] not in under
    if node.op == "in":
        return node.args[0] in moves
    if node.op in ("ge", "le"):
        return values[node.args[0]].__class__ is int
    if node.op in ("ge2", "gt2"):
        return len(under) == 1 and all(values[of].__class__ is int for of in node.args)
    if node.op == "share":
        known = all(values[of].__class__ is int for of in node.args[1:4])
        return known and list(under) == [node.args[1]] and values[node.args[2]] > 0
    if node.op in ("linear", "sum"):
        weights = {abs(k) for k, of in _pairs(node) if of in under}
        return len(weights) == 1 and all(of in moves for of in under)
    return False


def _pairs(node: Node) -> Iterator[tuple[int, int]]:
    return zip(node.args[1::2], node.args[2::2], strict=True)


def _terms(nodes: Sequence[Node], at: int, times: int) -> list[tuple[int, int]]:
    """The facts of which so many times a quantity is made, each with its weight."""
    node = nodes[at]
    pairs = _pairs(node) if node.op in ("linear", "sum") else ((1, at),)
    return [(times * k, of) for k, of in pairs]


def preferred(move: Move) -> tuple[Fraction, int, Place]:
    """The cheaper first; of the same cost what there is most of, then in the pack's order."""
    have = move.stated if move.fact.kind == "quantity" and move.stated is not None else 0
    return move.cost, -have, move.place


def by_cost(cost: Cost) -> tuple[Fraction, int]:
    """The cheaper first; of the same cost that of fewer changes."""
    return cost.cost, len(cost.changes)


def _together(costs: Sequence[Cost]) -> Cost:
    return Cost(
        sum((c.cost for c in costs), Fraction(0)),
        tuple(change for c in costs for change in c.changes),
    )
