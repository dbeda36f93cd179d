"""The least change by Z3, wherever counting alone would not be exact.

The graph is put before the solver with an unknown for every move, twice: in fractions of a step,
where the least cost is found fast and no whole number of steps is cheaper, and in whole steps,
which are asked for between that bound and what was found so far until nothing is less. Where a
change is known to begin with, one question may show that it is the least. Of as little cost, the
fewest changes, as far as `RANKING` tells. Costs are whole numbers over a common denominator, or
over `FINEST` where theirs is too long to be counted with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from math import lcm
from threading import Timer
from time import monotonic_ns
from typing import Any

import z3

from tieuchi.engine.advice.closed import Cost, preferred
from tieuchi.engine.advice.moves import Move, Place
from tieuchi.engine.decision import Decision
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import Encoding, Listed
from tieuchi.engine.truth import MET, NOT_MET

FINEST = 10**30
LONGEST = 4_000_000_000
"""So many nanoseconds are looked for, unless told."""
RANKING = 50_000
"""So many of the solver's own units of work, the same on every machine, a question about which of
two changes of one cost is told."""
Done = Callable[[Any], s.Condition]
"""Whether a target is as it is to be: said of its `Truth`, or of its `Interval`."""


class TooHard(Exception):
    """The solver has not come to an end in its time. `found`: a change that does, if it had one."""

    def __init__(self, found: Cost | None = None) -> None:
        super().__init__()
        self.found = found


class Least:
    """The least changes with which targets, nodes, are `done`: surely met; looked for until the
    clock of `monotonic_ns` says `ends`. `steady` nodes no move can turn."""

    def __init__(
        self,
        decision: Decision,
        targets: Sequence[int],
        moves: Sequence[Move],
        *,
        done: Done | None = None,
        ends: int | None = None,
        steady: Collection[int] = (),
    ) -> None:
        per = _denominator(move.cost for move in moves)
        self._ends = monotonic_ns() + LONGEST if ends is None else ends
        self._asked = (decision, targets, moves, done or s.surely_met, per, steady)
        self._whole = _Posed(*self._asked, z3.Int)
        self._solver = z3.Solver()
        self._solver.add(*self._whole.rules)

    @cached_property
    def _parts(self) -> _Posed:
        return _Posed(*self._asked, z3.Real)

    def least(
        self,
        *,
        unmet: Sequence[Collection[int]] = (),
        kept: Sequence[Collection[Place]] = (),
        start: Cost | None = None,
    ) -> Cost | None:
        """The least change; of each set of `unmet` nodes one at least stays not met, of each set of
        `kept` places one as it is. `start`: one that does, to begin with. None where there is none.
        Raises TooHard."""
        with _within(self._solver):
            self._solver.add(*self._whole.otherwise(unmet, kept))
            model = None if start is None else self._model_with(self._whole.at(start))
            if model is not None:
                most = _number(model, self._whole.cost)
                lower = self._model_with(self._whole.cost < most)
                if lower is None:
                    return self._of_cost(most, model)
                model = lower
            found = self._in_parts(unmet, kept, model)
            if found is None:
                return None
            low, near = found
            return self._from(low, near if model is None else self._cheaper(model, near))

    def _in_parts(
        self, unmet: Sequence[Collection[int]], kept: Sequence[Collection[Place]], model: Any
    ) -> tuple[int, Any] | None:
        """Below what no change costs, from parts of a step, and a model in whole steps beside the
        one that is the least there, if there is one."""
        relaxed = z3.Optimize()
        relaxed.add(*self._parts.rules, *self._parts.otherwise(unmet, kept))
        if model is not None:
            relaxed.add(self._parts.cost <= _number(model, self._whole.cost))
        objective = relaxed.minimize(self._parts.cost + z3.RealVal(0))
        with self._interrupted():
            if not self._is_possible(relaxed):
                return None
        _, low, _ = relaxed.lower_values(objective)
        near = self._model_with(s.both(*self._whole.near(self._parts, relaxed.model())))
        return _floor(_fraction(low)), near

    def _cheaper(self, model: Any, near: Any) -> Any:
        if near is None:
            return model
        return min(model, near, key=lambda each: _number(each, self._whole.cost))

    def _from(self, low: int, model: Any) -> Cost | None:
        """The least in whole steps, of which none costs less than `low`, from a model, if any."""
        cost, room = self._whole.cost, self._whole.slack
        while model is None:
            model = self._model_with(cost <= low + room)
            if model is None:
                if not self._is_possible(self._solver):
                    return None
                low, room = low + room + 1, room * 16 + 1
        best, model, finished = self._lowered(cost, low, model)
        if not finished:
            raise TooHard(self._whole.read(model))
        return self._of_cost(best, model)

    def _of_cost(self, best: int, model: Any) -> Cost:
        """Of the changes of a cost, of which a model is one, the one with the fewest."""
        self._solver.add(self._whole.cost <= best)
        self._solver.set(rlimit=RANKING)
        _, model, _ = self._lowered(z3.Sum(self._whole.ranks), 0, model)
        self._solver.set(rlimit=0)
        return self._whole.read(model)

    def _lowered(self, number: s.Number, low: int, model: Any) -> tuple[int, Any, bool]:
        """The least of a number that is at least `low`, from a model; a model of it, and whether
        there was time to show it."""
        best, at_once = _number(model, number), True
        while low < best:
            most = best - 1 if at_once else (low + best - 1) // 2
            at_once = not at_once
            try:
                lower = self._model_with(number <= most)
            except TooHard:
                return best, model, False
            if lower is None:
                low = most + 1
            else:
                best, model = _number(lower, number), lower
        return best, model, True

    def _model_with(self, condition: s.Condition) -> Any:
        """A model in which this holds too; None where there is none."""
        with _within(self._solver):
            self._solver.add(condition)
            return self._solver.model() if self._is_possible(self._solver) else None

    def _is_possible(self, solver: Any) -> bool:
        left = self._left()
        if left <= 0:
            raise TooHard
        solver.set(timeout=left)
        found = solver.check()
        if found == z3.unknown:
            raise TooHard
        return bool(found == z3.sat)

    def _left(self) -> int:
        """How many milliseconds there are."""
        return (self._ends - monotonic_ns()) // 1_000_000

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """What takes longer is broken off: an optimiser does not always look at its own limit."""
        timer = Timer(self._left() // 1000 + 1, z3.main_ctx().interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _fraction(number: Any) -> Fraction:
    """A number of Z3, of either sort."""
    if z3.is_int_value(number):
        return Fraction(number.as_long())
    return Fraction(number.numerator_as_long(), number.denominator_as_long())


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator


@contextmanager
def _within(solver: Any) -> Iterator[None]:
    """What is added within goes with it."""
    solver.push()
    try:
        yield
    finally:
        solver.pop()


def _number(model: Any, number: s.Number) -> int:
    if isinstance(number, int):
        return number
    value: int = model.eval(number, model_completion=True).as_long()
    return value


class _Posed:
    """What is asked, over unknowns of one sort: `z3.Int` for whole steps, `z3.Real` for parts."""

    def __init__(
        self,
        decision: Decision,
        targets: Sequence[int],
        moves: Sequence[Move],
        done: Done,
        per: int,
        steady: Collection[int],
        sort: Callable[[str], Any],
    ) -> None:
        unknowns = [_Unknown(i, move, sort) for i, move in enumerate(moves)]
        self._unknowns = [each for each in unknowns if each.changed is not False]
        self._encoding = encoding = Encoding(
            decision.graph, decision.values, _given(decision, self._unknowns), steady
        )
        checked = encoding.unbarred(decision.graph.barred)
        rules = (rule for each in self._unknowns for rule in each.rules)
        asked = [done(encoding[target]) for target in targets]
        self.rules = [*asked, *checked, *rules, *encoding.rules]
        self.cost = sum(each.cost(per) for each in self._unknowns)
        self.slack = sum(each.step(per) for each in self._unknowns if not each.move.flat)
        self.ranks = _ranked(self._unknowns)

    def otherwise(
        self, unmet: Sequence[Collection[int]], kept: Sequence[Collection[Place]]
    ) -> Iterator[s.Condition]:
        """That of each set one node at least stays not met, one place as it is."""
        for nodes in unmet:
            yield s.either(*(s.negated(self._encoding[at].surely_met) for at in nodes))
        for places in kept:
            there = [each for each in self._unknowns if each.move.place in places]
            yield s.either(*(s.negated(each.changed) for each in there))

    def at(self, cost: Cost) -> s.Condition:
        """That the changes are these."""
        changes = dict(cost.changes)
        return s.both(*(u.comes_to(changes.get(u.move.place)) for u in self._unknowns))

    def near(self, parts: _Posed, model: Any) -> Iterator[s.Condition]:
        """That every unknown is what it is in parts of a step, or the next whole step."""
        for own, other in zip(self._unknowns, parts._unknowns, strict=True):
            yield own.is_near(other, model)

    def read(self, model: Any) -> Cost:
        """The changes of a model."""
        found = [each for each in self._unknowns if each.is_changed(model)]
        changes = tuple((each.move.place, each.value(model)) for each in found)
        prices = (each.move.price(each.value(model)) for each in found)
        return Cost(sum(prices, Fraction(0)), changes)


def _given(decision: Decision, unknowns: Sequence[_Unknown]) -> dict[int, Any]:
    """What is given, with unknowns in the places of moves."""
    given: dict[int, Any] = {}
    lists: dict[int, list[list[Any]]] = {}
    for unknown in unknowns:
        slot, row, field = unknown.move.place
        if row < 0:
            given[slot] = unknown.symbol
            continue
        members: Members = decision.values[slot]
        if slot not in lists:
            lists[slot] = [list(member) for member in members.rows]
            given[slot] = Listed(lists[slot], members.complete)
        lists[slot][row][field] = unknown.symbol
    return given


def _denominator(costs: Any) -> int:
    per = 1
    for cost in costs:
        per = lcm(per, cost.denominator)
        if per > FINEST:
            return FINEST
    return per


def _ranked(unknowns: Sequence[_Unknown]) -> list[s.Number]:
    """The fewest changes; of as many, those that `preferred` has first."""
    most = len(unknowns) ** 2
    order = sorted(unknowns, key=lambda each: preferred(each.move))
    return [s.chosen(each.changed, most + rank, 0) for rank, each in enumerate(order)]


class _Unknown:
    """What one move may come to."""

    def __init__(self, at: int, move: Move, sort: Callable[[str], Any]) -> None:
        self.move = move
        self._sort = sort
        self.rules: list[s.Condition] = []
        self._steps: Any = 0  # of a quantity
        self.stated = True if move.stated is not None else z3.Bool(f"s{at}")
        kind = move.fact.kind
        make = {"yes_no": self._yes_no, "class": self._class}.get(kind, self._quantity)
        self.symbol, self.changed = make(at)
        if move.fact.otherwise >= 0 and move.stated is None:
            self.symbol = s.Maybe(self.stated, self._exactly())

    def _exactly(self) -> Any:
        """What it comes to where it is stated."""
        if self.move.fact.kind == "yes_no":
            return s.sharp(self._held)
        if self.move.fact.kind == "class":
            return s.Choice(tuple(self._bits), one=True)
        return s.exact(self._number)

    def cost(self, per: int) -> s.Number:
        """What it costs, in so many parts of a whole."""
        if self.move.flat:
            return s.chosen(self.changed, self.step(per), 0)
        return self.step(per) * self._steps

    def step(self, per: int) -> int:
        """What a step of it costs."""
        cost = self.move.cost * per
        return cost.numerator // cost.denominator

    def is_changed(self, model: Any) -> bool:
        """Whether it comes to something else than was stated."""
        return bool(z3.is_true(model.eval(self.changed, model_completion=True)))

    def is_near(self, part: _Unknown, model: Any) -> s.Condition:
        """That it is what another is in a model, or the next whole step from what was stated."""
        if self.move.fact.kind != "quantity":
            changed = part.is_changed(model)
            return self.changed if changed else s.negated(self.changed)
        number = model.eval(part._number, model_completion=True)
        steps = _fraction(number) - self.move.start
        whole = _floor(steps) if steps < 0 else -_floor(-steps)
        return self._number == self.move.start + whole

    def comes_to(self, value: Value) -> s.Condition:
        """That it changes to a value; None: that it stays."""
        if value is None:
            return s.negated(self.changed)
        if self.move.fact.kind == "yes_no":
            return s.both(self.changed, self._held if value == MET else s.negated(self._held))
        if self.move.fact.kind == "class":
            return s.both(self.changed, self._bits[value.bit_length() - 1])
        return s.both(self.changed, self._number == value)

    def value(self, model: Any) -> Value:
        """What it comes to."""
        if self.move.fact.kind == "yes_no":
            return MET if z3.is_true(model.eval(self._held, model_completion=True)) else NOT_MET
        if self.move.fact.kind == "class":
            chosen = [z3.is_true(model.eval(b, model_completion=True)) for b in self._bits]
            return 1 << chosen.index(True)
        number: int = model.eval(self._number, model_completion=True).as_long()
        return number

    def _yes_no(self, at: int) -> tuple[s.Truth, s.Condition]:
        self._held = z3.Bool(f"b{at}")
        if self.stated is True:
            changed = s.negated(self._held) if self.move.stated == MET else self._held
            return s.sharp(self._held), changed
        left = s.negated(self.stated)
        truth = s.Truth(s.either(left, self._held), s.either(left, s.negated(self._held)))
        return truth, self.stated

    def _class(self, at: int) -> tuple[s.Choice, s.Condition]:
        self._bits = [z3.Bool(f"c{at}.{i}") for i in range(len(self.move.fact.labels))]
        self.rules.append(z3.PbEq([(bit, 1) for bit in self._bits], 1))
        if self.stated is True:
            now = self._bits[self.move.stated.bit_length() - 1]
            return s.Choice(tuple(self._bits), one=True), s.negated(now)
        left = s.negated(self.stated)
        return s.Choice(tuple(s.either(left, bit) for bit in self._bits)), self.stated

    def _quantity(self, at: int) -> tuple[s.Interval, s.Condition]:
        move = self.move
        if self.stated is not True:
            self._number = self._sort(f"n{at}")
            self.rules += [self._number >= move.least, self._number <= move.most]
            least = -s.ENDLESS if move.fact.kind == "date" else move.least
            most = s.ENDLESS if move.fact.most is None else move.most
            self._steps = s.chosen(self.stated, self._number - move.least, 0)
            lo = s.chosen(self.stated, self._number, least)
            return s.Interval(lo, s.chosen(self.stated, self._number, most)), self.stated
        self._number = move.stated
        for sign, room in ((1, move.most - move.stated), (-1, move.stated - move.least)):
            if room > 0:
                steps = self._sort(f"{'+' if sign > 0 else '-'}{at}")
                self.rules += [steps >= 0, steps <= room]
                self._steps = self._steps + steps
                self._number = self._number + sign * steps
        changed = False if isinstance(self._steps, int) else self._number != move.stated
        return s.exact(self._number), changed
