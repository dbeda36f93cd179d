"""What now: the least changes by which a case that is not met would be.

`advise(decision, …)` gives an `Advice`, a `Goal` for every verdict, indicator or amount asked for:
up to `MOST` ways that meet different conditions, the least first, or what stands in the way. Every
way was applied and decided met; that none is less is shown by `closed` where counting is exact, by
`least` (Z3) elsewhere. It puts nothing into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import islice, product
from typing import NamedTuple

from tieuchi.engine.advice.closed import Closed, Cost, by_cost, closed
from tieuchi.engine.advice.moves import Choice, Held, Move, Place, choice
from tieuchi.engine.case import Case
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Part, Provision, below
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.progress import judge
from tieuchi.engine.truth import MET, NOT_MET

MOST = 3
SETS = 400
"""So many sets of conditions are barred in turn when counting alone looks for another way."""


class Change(NamedTuple):
    """What changes, and to which value."""

    move: Move
    value: Value


class Way(NamedTuple):
    """Changes that together do: their cost, and the provisions that are met by them."""

    changes: tuple[Change, ...]
    cost: Fraction
    meets: tuple[str, ...]


class Found(NamedTuple):
    """Ways, and whether all that was looked for was looked at."""

    ways: tuple[Way, ...]
    finished: bool


class Hindrance(NamedTuple):
    """A provision that no change would have met, and what of it may not change."""

    provision: str
    held: tuple[Held, ...]


class Goal(NamedTuple):
    """What is to be met: the verdict (""), a provision, or an amount of at least `wanted` steps."""

    id: str
    node: int
    wanted: int | None
    ways: tuple[Way, ...]
    finished: bool  # whether the solver came to an end in its time
    hindrances: tuple[Hindrance, ...]
    forecast: int | None = None  # day ordinal


class Advice(NamedTuple):
    """Every goal, by date of forecast; `priced`: costs are in đồng, else in wholes of what is
    asked. `open`: provisions for which figures are missing first."""

    goals: tuple[Goal, ...]
    open: tuple[str, ...]
    priced: bool


class Unproven(Exception):
    """A change that was found does not do: an error of ours."""


def advise(
    decision: Decision,
    case: Case | None = None,
    *,
    fixed: Sequence[str] = (),
    prices: Mapping[str, Fraction] | None = None,
    wanted: Mapping[str, int] | None = None,
) -> Advice:
    """The advice on a decision. `fixed`: ids of facts that may not change; `prices`: đồng a step,
    by id; `wanted`: by amount, how many steps it is to be at least."""
    adviser = _Adviser(decision, tuple(fixed), prices)
    goals = [adviser.goal(*each, case) for each in _goals(decision)]
    amounts = {amount.id: amount for amount in decision.graph.main.amounts}
    for name, steps in (wanted or {}).items():
        if decision.bounds(amounts[name].node)[0] or steps > 0:
            goals.append(adviser.amount(name, amounts[name].node, steps))
    last = max(decision.graph.as_of, *(goal.forecast or 0 for goal in goals), 0) + 1
    goals.sort(key=lambda goal: goal.forecast or last)
    return Advice(tuple(goals), tuple(_open(decision)), prices is not None)


def changed(decision: Decision, changes: Sequence[Change]) -> Given:
    """What the case would state."""
    given = Given(decision.given)
    for (slot, row, field), value in ((change.move.place, change.value) for change in changes):
        fact = decision.graph.facts[slot]
        if row < 0:
            given[fact.id] = value
            continue
        members: Members = given[fact.id]
        rows = [list(member) for member in members.rows]
        rows[row][field] = value
        given[fact.id] = members._replace(rows=tuple(rows))
    return given


# ---- goals


def _goals(decision: Decision) -> Iterator[tuple[str, int]]:
    """What is not met and ought to be: the verdict, or of a criterion or plan each indicator."""
    main = decision.graph.main
    if main.kind not in ("criterion", "plan"):
        if decision.truth == NOT_MET:
            yield "", main.verdict
        return
    for name, provision in _indicators(decision):
        if decision.values[provision.node] == NOT_MET:
            yield name, provision.node


def _open(decision: Decision) -> Iterator[str]:
    if decision.graph.main.kind in ("criterion", "plan"):
        for name, provision in _indicators(decision):
            truth = decision.values[provision.node]
            if truth & MET and truth & NOT_MET:
                yield name


def _indicators(decision: Decision) -> Iterator[tuple[str, Provision]]:
    main = decision.graph.main
    known = _provisions(decision)
    names = main.verdict_provisions or tuple(p.id for p in main.provisions if not p.parent)
    for name in names:
        yield from _of_indicator(name, known)


def _of_indicator(
    name: str, known: Mapping[str, tuple[Part, Provision]]
) -> Iterator[tuple[str, Provision]]:
    """A target itself; a criterion stands for its indicators, and what is one thing for that."""
    if name not in known:
        return
    part, provision = known[name]
    is_criterion = part.kind == "criterion" and not provision.parent
    lone = provision.operator == "all" and len(provision.children) == 1
    if provision.operator == "all" and (lone or is_criterion):
        for child in _children(name, provision):
            yield from _of_indicator(child, known)
    elif provision.node >= 0:
        yield name, provision


def _children(name: str, provision: Provision) -> Iterator[str]:
    pack = name.rpartition("/")[0]
    for child in provision.children:
        yield child if "/" in child or not pack else f"{pack}/{child}"


def _provisions(decision: Decision) -> dict[str, tuple[Part, Provision]]:
    main = decision.graph.main
    return {
        p.id if part is main else f"{part.pack}/{p.id}": (part, p)
        for part in decision.graph.parts
        for p in part.provisions
    }


# ---- ways


class _Adviser:
    """Looks for ways in one decision."""

    def __init__(
        self, decision: Decision, fixed: tuple[str, ...], prices: Mapping[str, Fraction] | None
    ) -> None:
        self.decision = decision
        self.fixed = fixed
        self.prices = prices
        self.provisions = _provisions(decision)

    def goal(self, name: str, node: int, case: Case | None) -> Goal:
        """A provision, or the verdict, that is to be met."""
        found = self._found(node, self._choice(node).moves)
        forecast = judge(self.decision, case, name).forecast if case and name else None
        stuck = found.finished and not found.ways
        hindrances = tuple(self._hindrances(name)) if stuck else ()
        return Goal(name, node, None, *found, hindrances, forecast)

    def amount(self, name: str, node: int, wanted: int) -> Goal:
        """An amount that is to be so much."""
        chosen = self._choice(node)
        found = self._by_solver(node, chosen.moves, wanted)
        held = (Hindrance("", chosen.held),) if found.finished and not found.ways else ()
        return Goal(name, node, wanted, *found, held)

    def _choice(self, node: int) -> Choice:
        return choice(self.decision, node, fixed=self.fixed, prices=self.prices)

    def _found(self, node: int, moves: Sequence[Move]) -> Found:
        counted = closed(self.decision, node, moves)
        if counted is not None:
            try:
                return Found(tuple(self._by_counting(node, moves, counted)), True)
            except CaseError:  # a check of the input stands against it
                pass
        return self._by_solver(node, moves)

    def _by_counting(self, node: int, moves: Sequence[Move], counted: Closed) -> Iterator[Way]:
        sets: list[list[int]] = []
        for _ in range(MOST):
            barred = islice(product(*sets), SETS)
            found = [cost for each in barred if (cost := counted.least(each)) is not None]
            if not found:
                return
            way = self._proven(node, moves, min(found, key=by_cost), None)
            sets.append(self._nodes(way))
            yield way

    def _by_solver(self, node: int, moves: Sequence[Move], wanted: int | None = None) -> Found:
        from tieuchi.engine.advice.least import Least, TooHard
        from tieuchi.engine.solver.symbols import reaches_surely

        ways: list[Way] = []
        if not moves:
            return Found((), True)
        try:
            if wanted is None:
                solver = Least(self.decision, node, moves)
            else:
                reached = partial(reaches_surely, number=wanted)
                solver = Least(self.decision, node, moves, done=reached)
            while len(ways) < MOST:
                unmet = [self._nodes(way) for way in ways if way.meets]
                kept = [[c.move.place for c in way.changes] for way in ways if not way.meets]
                cost = solver.least(unmet=unmet, kept=kept)
                if cost is None:
                    break
                ways.append(self._proven(node, moves, cost, wanted))
        except TooHard:
            return Found(tuple(ways), False)
        return Found(tuple(ways), True)

    def _nodes(self, way: Way) -> list[int]:
        return [self.provisions[name][1].node for name in way.meets]

    def _proven(self, node: int, moves: Sequence[Move], cost: Cost, wanted: int | None) -> Way:
        """The way, applied and decided. Raises CaseError or Unproven."""
        by_place: dict[Place, Move] = {move.place: move for move in moves}
        changes = tuple(Change(by_place[place], value) for place, value in cost.changes)
        after = decide(self.decision.graph, changed(self.decision, changes))
        if wanted is None:
            done = after.values[node] == MET
        else:
            done = (after.bounds(node)[0] or 0) >= wanted
        if not done:
            raise Unproven(f"node {node} is not met by {changes}")
        return Way(changes, cost.cost, tuple(self._newly_met(after, node)))

    def _newly_met(self, after: Decision, node: int) -> Iterator[str]:
        """The provisions with nothing under them that are met only now."""
        under = set(below(self.decision.graph.nodes, node))
        for name, (_, provision) in self.provisions.items():
            at = provision.node
            new = at in under and self.decision.values[at] != MET == after.values[at]
            if new and not provision.children:
                yield name

    # ---- what stands in the way

    def _hindrances(self, name: str) -> Iterator[Hindrance]:
        main = self.decision.graph.main
        for each in (name,) if name else main.verdict_provisions:
            yield from self._in_the_way(each)

    def _in_the_way(self, name: str) -> Iterator[Hindrance]:
        provision = self.provisions[name][1] if name in self.provisions else None
        if provision is None or provision.node < 0:
            return
        if self.decision.values[provision.node] == MET:
            return
        chosen = self._choice(provision.node)
        if self._found(provision.node, chosen.moves).ways:
            return
        found = [h for child in _children(name, provision) for h in self._in_the_way(child)]
        yield from found or [Hindrance(name, chosen.held)]
