"""The least change by Z3, wherever counting alone would not be exact.

The graph is put before the solver with an unknown for every move; what each costs is summed up and
made least, then the number of changes. Costs are whole numbers over a common denominator, or over
`FINEST` where theirs is too long to be counted with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import z3

from tieuchi.engine.advice.closed import Cost, preferred
from tieuchi.engine.advice.moves import Move, Place
from tieuchi.engine.decision import Decision
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import Encoding, Listed
from tieuchi.engine.truth import MET, NOT_MET

FINEST = 10**18


class TooHard(Exception):
    """The solver has not come to an end in its time."""


class Least:
    """The least changes under one target: a truth node, or a quantity to be at least `wanted`."""

    def __init__(
        self,
        decision: Decision,
        target: int,
        moves: Sequence[Move],
        *,
        wanted: int | None = None,
        milliseconds: int = 20_000,
    ) -> None:
        self._solver = z3.Optimize()
        self._solver.set(timeout=milliseconds)
        self._per = _denominator(move.cost for move in moves)
        self._unknowns = [_Unknown(i, move) for i, move in enumerate(moves)]
        self._unknowns = [each for each in self._unknowns if each.changed is not False]
        self._encoding = Encoding(decision.graph, decision.values, self._given(decision))
        if wanted is None:
            self._hold(self._encoding[target].surely_met)
        else:
            amount = self._encoding[target]
            self._hold(s.both(amount.there, s.negated(amount.absent), amount.lo >= wanted))
        self._hold_input(decision)
        for unknown in self._unknowns:
            for rule in unknown.rules:
                self._hold(rule)
        for rule in self._encoding.rules:
            self._hold(rule)
        costs = [each.cost(self._per) for each in self._unknowns]
        self._cost = s.exact(sum(costs)).lo
        if not isinstance(self._cost, int):
            self._solver.minimize(self._cost)
            self._solver.minimize(z3.Sum(_ranked(self._unknowns)))

    def least(
        self, *, unmet: Sequence[Collection[int]] = (), kept: Sequence[Collection[Place]] = ()
    ) -> Cost | None:
        """The least change; of each set of `unmet` nodes one at least stays not met, of each set of
        `kept` places one as it is. None where there is none. Raises TooHard."""
        self._solver.push()
        try:
            for nodes in unmet:
                self._hold(s.either(*(s.negated(self._encoding[at].surely_met) for at in nodes)))
            for places in kept:
                there = [each for each in self._unknowns if each.move.place in places]
                self._hold(s.either(*(s.negated(each.changed) for each in there)))
            return self._solved()
        finally:
            self._solver.pop()

    def _solved(self) -> Cost | None:
        found = self._solver.check()
        if found == z3.unsat:
            return None
        if found != z3.sat:
            raise TooHard(self._solver.reason_unknown())
        model = self._solver.model()
        changes = tuple(
            (u.move.place, u.value(model)) for u in self._unknowns if u.is_changed(model)
        )
        prices = {u.move.place: u.move.price for u in self._unknowns}
        cost = sum((prices[place](value) for place, value in changes), Fraction(0))
        return Cost(cost, len(changes), changes)

    def _hold(self, condition: s.Condition) -> None:
        self._solver.add(condition)

    def _hold_input(self, decision: Decision) -> None:
        """No check of the input may fail."""
        for part in decision.graph.parts:
            for check in part.checks:
                if check.level == "error" and self._encoding.moves(check.truth):
                    self._hold(s.negated(self._encoding[check.truth].surely_not_met))

    def _given(self, decision: Decision) -> dict[int, Any]:
        given: dict[int, Any] = {}
        lists: dict[int, list[list[Any]]] = {}
        for unknown in self._unknowns:
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

    def __init__(self, at: int, move: Move) -> None:
        self.move = move
        self.rules: list[s.Condition] = []
        self.stated = True if move.stated is not None else z3.Bool(f"s{at}")
        kind = move.fact.kind
        make = {"yes_no": self._yes_no, "class": self._class}.get(kind, self._quantity)
        self.symbol, self.changed = make(at)

    def cost(self, per: int) -> s.Number:
        """What it costs, in so many parts of a whole."""
        cost = self.move.cost * per
        step = cost.numerator // cost.denominator
        if self.move.flat:
            return s.chosen(self.changed, step, 0)
        return step * self._steps

    def is_changed(self, model: Any) -> bool:
        """Whether it comes to something else than was stated."""
        return z3.is_true(model.eval(self.changed, model_completion=True))

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
            self._number = z3.Int(f"n{at}")
            self.rules += [self._number >= move.least, self._number <= move.most]
            most = s.ENDLESS if move.fact.most is None else move.most
            self._steps = s.chosen(self.stated, self._number - move.least, 0)
            lo = s.chosen(self.stated, self._number, move.least)
            return s.Interval(lo, s.chosen(self.stated, self._number, most)), self.stated
        self._steps: Any = 0
        self._number = move.stated
        for sign, room in ((1, move.most - move.stated), (-1, move.stated - move.least)):
            if room > 0:
                steps = z3.Int(f"{'+' if sign > 0 else '-'}{at}")
                self.rules += [steps >= 0, steps <= room]
                self._steps = self._steps + steps
                self._number = self._number + sign * steps
        changed = False if isinstance(self._steps, int) else self._number != move.stated
        return s.exact(self._number), changed
