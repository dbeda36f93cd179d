"""What now: the least changes by which a case that is not met would be.

`advise(decision, …)` gives an `Advice`, a `Goal` for every verdict, indicator or amount asked for:
up to three ways that meet different conditions, the least first, or what stands in the way. Every
way was applied and decided met; that none is less is shown by `closed` where counting is exact, by
`least` (Z3) elsewhere. It puts nothing into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.advice.closed import Cost
from tieuchi.engine.advice.moves import Choice, Held, Move, Place, changed, choice
from tieuchi.engine.advice.search import Search
from tieuchi.engine.audit.progress import judge
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision, decide
from tieuchi.engine.graph import Part, Provision, below
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET


class Change(NamedTuple):
    """What changes, and to which value."""

    move: Move
    value: Value


class Way(NamedTuple):
    """Changes that together do: their cost, and the provisions that are met by them."""

    changes: tuple[Change, ...]
    cost: Fraction
    meets: tuple[str, ...]


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


class Open(NamedTuple):
    """A provision for which figures are missing, and by when it is forecast (day ordinal)."""

    id: str
    forecast: int | None


class Advice(NamedTuple):
    """Every goal, by date of forecast; `priced`: costs are in đồng, else in wholes of what is
    asked. `open`: provisions for which figures are missing first."""

    goals: tuple[Goal, ...]
    open: tuple[Open, ...]
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
    """The advice on a decision; none of no law in force. `fixed`: ids of facts that may not change;
    `prices`: đồng a step, by id; `wanted`: by amount, how many steps it is to be at least."""
    if not decision.graph.main.in_force:
        return Advice((), (), prices is not None)
    adviser = _Adviser(decision, tuple(fixed), prices)
    goals = [adviser.goal(*each, case) for each in _goals(decision)]
    amounts = {amount.id: amount for amount in decision.graph.main.amounts}
    for name, steps in (wanted or {}).items():
        if decision.bounds(amounts[name].node)[0] or steps > 0:
            goals.append(adviser.amount(name, amounts[name].node, steps))
    last = max(decision.graph.as_of, *(goal.forecast or 0 for goal in goals), 0) + 1
    goals.sort(key=lambda goal: goal.forecast or last)
    open_ = sorted(_open(decision, case), key=lambda each: each.forecast or date.max.toordinal())
    return Advice(tuple(goals), tuple(open_), prices is not None)


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


def _open(decision: Decision, case: Case | None) -> Iterator[Open]:
    if decision.graph.main.kind in ("criterion", "plan"):
        for name, provision in _indicators(decision):
            truth = decision.values[provision.node]
            if truth & MET and truth & NOT_MET:
                yield Open(name, judge(decision, case, name).forecast if case else None)


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
    if not part.in_force:
        return
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
        self.leaves = [
            (provision.node, name)
            for name, (_, provision) in self.provisions.items()
            if provision.node >= 0
            and not any(child in self.provisions for child in _children(name, provision))
        ]

    def goal(self, name: str, node: int, case: Case | None) -> Goal:
        """A provision, or the verdict, that is to be met."""
        moves = self._choice(node).moves
        found = self._search(moves).met(node)
        ways = tuple(self._way(node, moves, cost) for cost in found.costs)
        forecast = judge(self.decision, case, name).forecast if case and name else None
        stuck = found.finished and not ways
        hindrances = tuple(self._hindrances(name)) if stuck else ()
        return Goal(name, node, None, ways, found.finished, hindrances, forecast)

    def amount(self, name: str, node: int, wanted: int) -> Goal:
        """An amount that is to be so much."""
        chosen = self._choice(node)
        found = self._search(chosen.moves).reached(node, wanted)
        ways = tuple(self._way(node, chosen.moves, cost, wanted) for cost in found.costs)
        held = (Hindrance("", chosen.held),) if found.finished and not ways else ()
        return Goal(name, node, wanted, ways, found.finished, held)

    def _choice(self, node: int) -> Choice:
        return choice(self.decision, node, fixed=self.fixed, prices=self.prices)

    def _search(self, moves: Sequence[Move]) -> Search:
        return Search(self.decision, moves, [at for at, _ in self.leaves])

    def _way(self, node: int, moves: Sequence[Move], cost: Cost, wanted: int | None = None) -> Way:
        """The way, applied and decided. Raises Unproven."""
        by_place: dict[Place, Move] = {move.place: move for move in moves}
        after = decide(self.decision.graph, changed(self.decision, cost.changes))
        if wanted is None:
            done = after.values[node] == MET
        else:
            done = (after.bounds(node)[0] or 0) >= wanted
        if not done:
            raise Unproven(f"node {node} is not met by {cost.changes}")
        under, before = set(below(self.decision.graph.nodes, node)), self.decision.values
        meets = (name for at, name in self.leaves if at in under and before[at] != MET)
        new = tuple(name for name in meets if after.values[self.provisions[name][1].node] == MET)
        return Way(tuple(Change(by_place[p], value) for p, value in cost.changes), cost.cost, new)

    # ---- what stands in the way

    def _hindrances(self, name: str) -> Iterator[Hindrance]:
        main = self.decision.graph.main
        for each in (name,) if name else main.verdict_provisions:
            yield from self._in_the_way(each)

    def _in_the_way(self, name: str) -> Iterator[Hindrance]:
        provision = self.provisions[name][1] if name in self.provisions else None
        if provision is None or provision.node < 0:
            return
        if self.decision.values[provision.node] in (MET, NOT_APPLICABLE):
            return
        chosen = self._choice(provision.node)
        if self._search(chosen.moves).met(provision.node).costs:
            return
        found = [h for child in _children(name, provision) for h in self._in_the_way(child)]
        yield from found or [Hindrance(name, chosen.held)]
