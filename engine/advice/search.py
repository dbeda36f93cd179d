"""Looks for the least changes: takes a target apart as far as that is exact, counts, or solves.

Where every move helps in one way only, no change can hurt: of `any` each child is looked at by
itself, of `all` those children together that share a move. What is left is counted by `closed`
where that is exact, and goes to `least` elsewhere. After the least come others that leave something
of what was met before unmet. Time is limited; what was not shown to be least is said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, product
from time import monotonic_ns
from typing import Any, NamedTuple

from tieuchi.engine.advice.closed import FREE, Closed, Cost, by_cost, closed
from tieuchi.engine.advice.moves import Move, changed, live
from tieuchi.engine.advice.start import Start
from tieuchi.engine.bearing import BOTH, UP, bearings
from tieuchi.engine.decision import CaseError, Decision, decide
from tieuchi.engine.graph import below
from tieuchi.engine.truth import MET, NOT_APPLICABLE

MOST = 3
SETS = 400
"""So many sets of conditions are barred in turn when counting alone looks for another way."""
TRIED = 40
"""So many changes are applied in the order of their cost, to find those that differ."""
MILLISECONDS = 4_000


class Found(NamedTuple):
    """Changes, the least first; `finished`: that it is the least was shown."""

    costs: tuple[Cost, ...]
    finished: bool = True


class Search:
    """Looks for changes by `moves` with which nodes are met; `leaves`: provisions by which two ways
    are told apart."""

    def __init__(
        self, decision: Decision, moves: Sequence[Move], leaves: Collection[int],
        milliseconds: int = MILLISECONDS,
    ) -> None:  # fmt: skip
        self.decision = decision
        self.nodes = decision.graph.nodes
        self.moves = moves
        self.leaves = leaves
        self.steady: frozenset[int] = frozenset()
        self.live: set[int] = set()  # besides it moves are tied in by checks of the input alone
        self._ends = monotonic_ns() + milliseconds * 1_000_000

    def met(self, target: int) -> Found:
        """Changes with which a node is met, each of which meets other provisions."""
        self.live = set(live(self.decision, target))
        ways = bearings(self.decision.graph, target, sorted(self.live))
        one_way = self._is_one_way(ways)
        self.steady = frozenset(filter(self._is_met_for_good(ways), self.live) if one_way else ())
        try:
            found = self._split(target) if one_way else self._whole((target,))
        except CaseError:  # a check of the input stands against it
            self.steady = frozenset()
            found = self._solved((target,), self.moves)
        return found._replace(costs=tuple(islice(self._differing(found.costs, target), MOST)))

    def reached(self, target: int, wanted: int) -> Found:
        """Changes with which a quantity is at least so many steps."""
        from tieuchi.engine.solver.symbols import reaches_surely

        return self._solved((target,), self.moves, partial(reaches_surely, number=wanted))

    def _is_one_way(self, ways: Mapping[int, int]) -> bool:
        """Whether every move can help in one way alone."""
        places = [move.place for move in self.moves]
        return all(row < 0 and ways.get(slot, BOTH) != BOTH for slot, row, _ in places)

    def _is_met_for_good(self, ways: Mapping[int, int]) -> Callable[[int], bool]:
        """Whether a node is met and helps by being so: no move that helps turns it."""

        def met(at: int) -> bool:
            steady = self.nodes[at].kind == "truth" and ways.get(at) == UP
            return steady and at >= self.decision.graph.given and self._is_met(at)

        return met

    # ---- apart

    def _split(self, at: int) -> Found:
        """The changes for a node, where no change can hurt."""
        if self.decision.values[at] == MET:
            return Found((FREE,))
        counted = self._counted(at)
        if counted is not None and counted.exact:
            return Found(tuple(self._by_counting(counted, at)))
        node, own = self.nodes[at], self._under(at)
        if node.op in ("applies_when", "unless") and own is not None:
            return self._split(own)
        if node.op == "any":
            return _either([self._split(child) for child in self._that_apply(at)])
        if node.op == "all":
            groups = self._groups([c for c in self._that_apply(at) if not self._is_met(c)])
            return _together([
                self._split(group[0]) if len(group) == 1 else self._whole(tuple(group))
                for group in groups
            ])  # fmt: skip
        return self._whole((at,))

    def _under(self, at: int) -> int | None:
        """What stands behind a gate that is open whatever the facts are."""
        node = self.nodes[at]
        if not node.args or node.op not in ("applies_when", "unless"):
            return None
        facts = len(self.decision.graph.facts)
        settled = below(self.nodes, node.args[0])[0] >= facts
        return node.args[1] if settled else None

    def _that_apply(self, at: int) -> list[int]:
        values = self.decision.values
        return [child for child in self.nodes[at].args if values[child] != NOT_APPLICABLE]

    def _is_met(self, at: int) -> bool:
        return bool(self.decision.values[at] == MET)

    def _groups(self, children: Sequence[int]) -> list[list[int]]:
        """The children, together where they share a move."""
        slots = {move.place[0] for move in self.moves}
        groups: list[tuple[set[int], list[int]]] = []
        for child in children:
            own, together = slots.intersection(live(self.decision, child)), [child]
            for group in [each for each in groups if not each[0].isdisjoint(own)]:
                groups.remove(group)
                own, together = own | group[0], together + group[1]
            groups.append((own, together))
        return [sorted(together) for _, together in groups]

    # ---- as a whole

    def _whole(self, targets: tuple[int, ...]) -> Found:
        moves = self._of(targets)
        if len(targets) == 1:
            counted = closed(self.decision, targets[0], moves)
            if counted is not None and counted.exact:
                return Found(tuple(self._by_counting(counted, targets[0])))
        return self._solved(targets, moves)

    def _of(self, targets: Iterable[int]) -> list[Move]:
        slots = {at for target in targets for at in live(self.decision, target, self.steady)}
        return [m for m in self.moves if m.place[0] in slots or m.place[0] not in self.live]

    def _counted(self, at: int) -> Closed | None:
        return closed(self.decision, at, self._of((at,)))

    def _by_counting(self, counted: Closed, target: int) -> Iterator[Cost]:
        sets: list[list[int]] = []
        for _ in range(MOST):
            barred = islice(product(*sets), SETS)
            found = [cost for each in barred if (cost := counted.least(each)) is not None]
            if not found:
                return
            least = min(found, key=by_cost)
            yield least
            sets.append(self._newly_met(least, target))

    def _solved(
        self,
        targets: tuple[int, ...],
        moves: Sequence[Move],
        done: Callable[[Any], Any] | None = None,
    ) -> Found:
        from tieuchi.engine.advice.least import Least, TooHard

        costs: list[Cost] = []
        if not moves:
            return Found(())
        start = None if done else Start(self.decision, targets, moves)
        try:
            solver = Least(
                self.decision, targets, moves, done=done, ends=self._ends, steady=self.steady
            )
            while len(costs) < MOST:
                met = [[] if done else self._newly_met(cost, *targets) for cost in costs]
                kept = [
                    [place for place, _ in cost.changes]
                    for cost, nodes in zip(costs, met, strict=True)
                    if not nodes
                ]
                unmet = [nodes for nodes in met if nodes]
                begin = None if start is None else start.found(unmet, kept)
                cost = solver.least(unmet=unmet, kept=kept, start=begin)
                if cost is None:
                    break
                costs.append(cost)
        except TooHard as stopped:
            found = stopped.found
            if found is None and start and not costs:
                found = start.found()
            return Found((*costs, found) if found else tuple(costs), False)
        return Found(tuple(costs))

    # ---- what differs

    def _newly_met(self, cost: Cost, *targets: int) -> list[int]:
        """The leaves under some nodes that are met by changes only. Raises CaseError."""
        after = decide(self.decision.graph, changed(self.decision, cost.changes))
        under = set(below(self.nodes, *targets)).intersection(self.leaves)
        return sorted(at for at in under if self.decision.values[at] != MET == after.values[at])

    def _differing(self, costs: Sequence[Cost], target: int) -> Iterator[Cost]:
        """Those that do not meet all that one before them meets."""
        seen: list[set[int]] = []
        for cost in sorted(costs, key=by_cost)[:TRIED]:
            met = set(self._newly_met(cost, target))
            if not any(before and before <= met for before in seen):
                seen.append(met)
                yield cost


def _either(found: Sequence[Found]) -> Found:
    costs = sorted((cost for each in found for cost in each.costs), key=by_cost)
    return Found(tuple(costs[:TRIED]), all(each.finished for each in found))


def _together(found: Sequence[Found]) -> Found:
    """One of each, the cheapest first."""
    finished = all(each.finished for each in found)
    costs: list[Cost] = [FREE]
    for each in found:
        pairs = (Cost(a.cost + b.cost, (*a.changes, *b.changes)) for a in costs for b in each.costs)
        costs = sorted(pairs, key=by_cost)[:TRIED]
    return Found(tuple(costs) if found else (), finished)
