"""A change that does and is seldom far from the least: where the search for the least begins.

Each target is counted by itself: once as if nothing were shared, once with the cost of a move
divided among all that read it. Of one thing the greater change holds; then each change is taken
back as far as the targets stay met. All of it is decided, nothing is proven: for that there is
`least`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product

from tieuchi.engine.advice.closed import Closed, Cost, by_cost, closed
from tieuchi.engine.advice.moves import Move, Place, changed, live
from tieuchi.engine.decision import CaseError, Decision, decide
from tieuchi.engine.graph import reads
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET

SETS = 50
"""So many choices of what is to stay unmet are counted with."""
TRIED = 3
"""So many of them are applied, the cheapest first."""


class Start:
    """Finds changes by `moves` with which all targets are met."""

    def __init__(self, decision: Decision, targets: Sequence[int], moves: Sequence[Move]) -> None:
        self._decision = decision
        self._targets = targets
        self._moves = {move.place: move for move in moves}
        counts = (self._counted(moves), self._counted(self._divided(moves)))
        self._counts = [each for each in counts if each is not None]

    def found(
        self, unmet: Sequence[Collection[int]] = (), kept: Sequence[Collection[Place]] = ()
    ) -> Cost | None:
        """A change; of each set of `unmet` nodes one at least stays not met, of each set of `kept`
        places one as it is. None where counting finds none, which does not mean that there is
        none."""
        costs = [
            cost
            for counted in self._counts
            if (cost := self._first(counted, unmet, kept)) is not None
        ]
        return min(costs, key=by_cost, default=None)

    def _first(
        self,
        counted: Sequence[Closed],
        unmet: Sequence[Collection[int]],
        kept: Sequence[Collection[Place]],
    ) -> Cost | None:
        barred = islice(product(*unmet), SETS)
        costs = [cost for each in barred if (cost := self._together(counted, each)) is not None]
        for cost in sorted(costs, key=by_cost)[:TRIED]:
            changes = dict(cost.changes)
            try:
                self._take_back(changes)
                done = self._does(changes, unmet)
            except CaseError:  # a check of the input stands against it
                continue
            if done and not any(changes.keys() >= set(places) for places in kept):
                return self._cost(changes)
        return None

    # ---- counting

    def _counted(self, moves: Sequence[Move]) -> list[Closed] | None:
        counted = [closed(self._decision, target, moves) for target in self._targets]
        there = [each for each in counted if each is not None]
        return there if len(there) == len(counted) else None

    def _divided(self, moves: Sequence[Move]) -> list[Move]:
        """The moves, the cost of each divided among the nodes that read it."""
        nodes, alive = self._decision.graph.nodes, set[int]()
        for target in self._targets:
            alive.update(live(self._decision, target))
        readers = Counter(of for at in alive for of in reads(nodes[at]))
        return [m._replace(cost=m.cost * Fraction(1, readers[m.place[0]] or 1)) for m in moves]

    def _together(self, counted: Sequence[Closed], barred: Collection[int]) -> Cost | None:
        """The changes for all targets, of one thing the greater."""
        furthest: dict[Place, Value] = {}
        for each in counted:
            cost = each.least(barred)
            if cost is None:
                return None
            for place, value in cost.changes:
                price, held = self._moves[place].price, furthest.get(place)
                if held is None or price(value) > price(held):
                    furthest[place] = value
        return self._cost(furthest)

    def _cost(self, changes: Mapping[Place, Value]) -> Cost:
        prices = (self._moves[place].price(value) for place, value in changes.items())
        return Cost(sum(prices, Fraction(0)), tuple(changes.items()))

    # ---- deciding

    def _does(self, changes: Mapping[Place, Value], unmet: Sequence[Collection[int]] = ()) -> bool:
        values = decide(self._decision.graph, changed(self._decision, changes.items())).values
        met = all(values[target] == MET for target in self._targets)
        return met and all(any(values[at] != MET for at in nodes) for nodes in unmet)

    def _take_back(self, changes: dict[Place, Value]) -> None:
        """Takes each change back as far as the targets stay met, the dearest first."""
        for place in sorted(changes, key=lambda at: -self._moves[at].price(changes[at])):
            held = changes.pop(place)
            if not self._does(changes):
                changes[place] = held
        for place in changes:
            if self._moves[place].fact.kind == "quantity":
                changes[place] = self._enough(changes, place)

    def _enough(self, changes: Mapping[Place, Value], place: Place) -> int:
        """How little of one change is enough, beside the others."""
        start, most = self._moves[place].start, int(changes[place])
        sign = 1 if most > start else -1

        def does(steps: int) -> bool:
            return self._does({**changes, place: start + sign * steps})

        return start + sign * bisect_left(range(abs(most - start)), True, key=does)
