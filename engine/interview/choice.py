"""The best question: the fewest expected, each of the intervals between thresholds, each label,
yes and no being equally likely unless what is known rules it out.

`best` tries every order where that is few enough (`exact`); else it looks one question ahead and
estimates the rest, each open condition by itself, as if no fact stood in two (`Estimate`). Numbers
are integers of `ONE`. It knows a `Board` and its positions.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from sys import maxsize
from typing import NamedTuple

from tieuchi.engine.interview.board import Board, Cell, Impossible, Position, bits
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

ONE = 10**9
FEW = 11  # open questions of which every order may be tried
MANY = 40  # of more, only some are looked at
LOOKED_AT = 8
FAR_TOO_MANY = 400  # of more, the first as far as can be guessed is taken
FEWER = 7  # of which two may be looked ahead
MOST = 18_000  # of the board's work, before orders are too many


class Chosen(NamedTuple):
    """A question, and how many are expected from it on, itself included, in `ONE`."""

    name: str
    expected: int


class _TooMany(Exception):
    pass


def best(board: Board, values: Position, but: frozenset[str], most: int = MOST) -> Chosen | None:
    """The best question, `but` these; None where nothing is left to ask."""
    open_ = board.open_below(values)
    names = board.open_questions(open_, but)
    with suppress(_TooMany):
        if len(names) <= FEW:
            return exact(board, values, but, most)
    with suppress(_TooMany):
        if len(names) <= FEWER:
            return _Ahead(board, but, most).best(values, 2)
    return _Ahead(board, but, None).best(values, 1)


# ---- every order


def exact(
    board: Board, values: Position, but: frozenset[str], most: int | None = None
) -> Chosen | None:
    """The best question of all orders in which one can ask; with so much work at most."""
    search = _Search(board, but, most)
    expected, name = search.from_(values)
    return Chosen(name, expected) if name else None


class _Search:
    def __init__(self, board: Board, but: frozenset[str], most: int | None) -> None:
        self.board, self.but = board, but
        self.end = maxsize if most is None else board.work + most
        self.known: dict[object, tuple[int, str]] = {}

    def from_(self, values: Position) -> tuple[int, str]:
        """What is expected, and the first question, "" where there is none."""
        board = self.board
        open_ = board.open_below(values)
        names = board.open_questions(open_, self.but)
        if not names:
            return 0, ""
        key = board.key(values, open_)
        if key not in self.known:
            self.known[key] = self._least(values, open_, names)
        return self.known[key]

    def _least(self, values: Position, open_: set[int], names: list[str]) -> tuple[int, str]:
        least, first = -1, ""
        for name in names:
            expected = self._after(values, open_, name, least)
            if expected is not None and (least < 0 or expected < least):
                least, first = expected, name
                if least == ONE:  # no other can do with less
                    break
        return (least, first) if first else (ONE, names[0])

    def _after(self, values: Position, open_: set[int], name: str, least: int) -> int | None:
        """What is expected from a question on; None where it is no less than `least`."""
        board, positions, number = self.board, [], 0
        for cell in board.cells(values, name, open_):
            if board.work > self.end:
                raise _TooMany
            after = put_any(board, values, name, cell)
            if after is not None:
                number += 1
                if board.open_questions(board.open_below(after), self.but):
                    positions.append(after)
        if not number:
            return None
        total = len(positions) * ONE  # each takes one question more at least
        for position in positions:
            if least >= 0 and ONE + total // number >= least:
                return None
            total += self.from_(position)[0] - ONE
        return ONE + total // number


def put_any(board: Board, values: Position, name: str, cell: Cell) -> Position | None:
    """The position after an answer of a cell; None where none can be."""
    for move in cell.moves:
        try:
            return board.put(values, name, move)
        except Impossible:
            continue
    return None


# ---- a question or two ahead


class _Ahead:
    """Looks so many questions ahead and estimates the rest."""

    def __init__(self, board: Board, but: frozenset[str], most: int | None) -> None:
        self.board, self.but = board, but
        self.end = maxsize if most is None else board.work + most
        self.estimate = Estimate(board, but)

    def best(self, values: Position, depth: int) -> Chosen | None:
        """The best question as far as can be seen."""
        open_ = self.board.open_below(values)
        names = self.board.open_questions(open_, self.but)
        if len(names) > MANY:
            names = self.estimate.order(
                values, open_, LOOKED_AT if len(names) <= FAR_TOO_MANY else 1
            )
            if len(names) == 1:
                return Chosen(names[0], self.estimate.of(values))
        found: Chosen | None = None
        for name in names:
            total, number = 0, 0
            for cell in self.board.cells(values, name, open_):
                if self.board.work > self.end:
                    raise _TooMany
                after = put_any(self.board, values, name, cell)
                if after is not None:
                    total, number = total + self._rest(after, depth - 1), number + 1
            expected = ONE + total // number if number else 2 * ONE
            if found is None or expected < found.expected:
                found = Chosen(name, expected)
        return found

    def _rest(self, values: Position, depth: int) -> int:
        if not depth:
            return self.estimate.of(values)
        chosen = self.best(values, depth)
        return chosen.expected if chosen is not None else 0


class _Guess(NamedTuple):
    """Of a condition: how many questions it takes, and how likely each outcome is."""

    cost: int
    met: int
    not_met: int
    other: int


_SETTLED = {
    MET: _Guess(0, ONE, 0, 0),
    NOT_MET: _Guess(0, 0, ONE, 0),
    NOT_APPLICABLE: _Guess(0, 0, 0, ONE),
}


class Estimate:
    """About how many questions are left, each condition by itself, in the best order of each."""

    def __init__(self, board: Board, but: frozenset[str]) -> None:
        self.board = board
        self.names: dict[int, str] = {}  # of what may be asked, by slot
        for name, slots in board.questions.items():
            if name not in but:
                self.names.update(dict.fromkeys(slots, name))

    def of(self, values: Position) -> int:
        """The number from a position on."""
        open_ = self.board.open_below(values)
        asked, guesses = self._guesses(values, open_)
        total, facts = 0, 0
        for target in self.board.targets:
            if target in guesses:
                total += guesses[target].cost
            elif target in open_:
                facts |= self.board.given_below[target] & asked
        return total + ONE * facts.bit_count()

    def order(self, values: Position, open_: set[int], most: int) -> list[str]:
        """The first questions of the best order of each condition; so many at most."""
        asked, guesses = self._guesses(values, open_)
        found: dict[str, None] = {}
        todo = [target for target in reversed(self.board.targets) if target in open_]
        seen = set(todo)
        while todo and len(found) < most:
            node = todo.pop()
            of = self.board.nodes[node]
            if of.op not in _RULES:
                below = self.board.given_below[node] & asked
                found.update((self.names[slot], None) for slot in bits(below))
                continue
            parts = [read for read in self.board.reads[node] if read in open_ and read not in seen]
            seen.update(parts)
            ends = _ENDS.get(of.op)
            if ends is not None:
                parts.sort(key=lambda part: _worth(guesses.get(part, _SETTLED[MET]), ends))
            todo += reversed(parts)
        return list(found)[:most]

    def _guesses(self, values: Position, open_: set[int]) -> tuple[int, dict[int, _Guess]]:
        """The open slots that may be asked, as bits; and of each open condition a guess."""
        asked = sum(1 << slot for slot in self.names if slot in open_)
        guesses: dict[int, _Guess] = {}
        for node in sorted(open_):
            of = self.board.nodes[node]
            if of.kind != "truth":
                continue
            make = _RULES.get(of.op)
            if make is None:
                number = (self.board.given_below[node] & asked).bit_count()
                # as of a sum, of which every second answer is enough by itself
                guesses[node] = _even(2 * ONE - (2 * ONE >> number), values[node])
                continue
            args = of.args[1:] if of.op == "at_least" else of.args
            parts = [guesses[a] if a in guesses else _SETTLED[values[a]] for a in args]
            guesses[node] = make(parts, of.args[0])
        return asked, guesses


def _even(cost: int, truth: int) -> _Guess:
    """Each outcome that is still possible as likely as the others."""
    share = ONE // truth.bit_count()
    return _Guess(
        cost,
        share if truth & MET else 0,
        share if truth & NOT_MET else 0,
        share if truth & NOT_APPLICABLE else 0,
    )


def _times(*factors: int) -> int:
    result = ONE
    for factor in factors:
        result = result * factor // ONE
    return result


def _until(parts: list[_Guess], ends: Callable[[_Guess], int]) -> tuple[int, int]:
    """The cost of going through parts until one ends it, best first; how likely none does."""
    cost, going = 0, ONE
    for part in sorted(parts, key=lambda part: _worth(part, ends)):
        cost += _times(going, part.cost)
        going = _times(going, ONE - ends(part))
    return cost, going


def _worth(part: _Guess, ends: Callable[[_Guess], int]) -> int:
    """The less the better: what a part costs for each chance that it ends what it is part of."""
    return part.cost * ONE // max(ends(part), 1)


def _met(part: _Guess) -> int:
    return part.met


def _not_met(part: _Guess) -> int:
    return part.not_met


def _all(parts: list[_Guess], _: int) -> _Guess:
    cost, going = _until(parts, _not_met)
    other = _times(*(part.other for part in parts))
    return _Guess(cost, max(0, going - other), ONE - going, other)


def _any(parts: list[_Guess], _: int) -> _Guess:
    cost, going = _until(parts, _met)
    other = _times(*(part.other for part in parts))
    return _Guess(cost, ONE - going, max(0, going - other), other)


def _at_least(parts: list[_Guess], least: int) -> _Guess:
    """Asked in the order of their cost, until enough are met or cannot be any more."""
    counts, cost, met, not_met = {0: ONE}, 0, 0, 0
    ordered = sorted(parts, key=lambda part: part.cost)
    for at, part in enumerate(ordered, 1):
        cost += _times(sum(counts.values()), part.cost)
        after: dict[int, int] = {}
        for count, chance in counts.items():
            for step, share in ((1, part.met), (0, ONE - part.met)):
                after[count + step] = after.get(count + step, 0) + _times(chance, share)
        met += after.pop(least, 0)
        for count in [c for c in after if c + len(ordered) - at < least]:
            not_met += after.pop(count)
        counts = after
    return _Guess(cost, met, not_met, 0)


def _applies(parts: list[_Guess], _: int) -> _Guess:
    gate, own = parts
    return _gated(gate.cost, gate.met, own)


def _unless(parts: list[_Guess], _: int) -> _Guess:
    gate, own = parts
    return _gated(gate.cost, ONE - gate.met, own)


def _gated(cost: int, applies: int, own: _Guess) -> _Guess:
    met, not_met = _times(applies, own.met), _times(applies, own.not_met)
    return _Guess(cost + _times(applies, own.cost), met, not_met, ONE - met - not_met)


def _reviewed(parts: list[_Guess], _: int) -> _Guess:
    condition, own = parts
    return own._replace(cost=own.cost + _times(own.not_met, condition.cost))


_RULES: dict[str, Callable[[list[_Guess], int], _Guess]] = {
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "not": lambda parts, _: parts[0]._replace(met=parts[0].not_met, not_met=parts[0].met),
    "applies_when": _applies,
    "unless": _unless,
    "review": _reviewed,
    "tighter": lambda parts, _: parts[0],
}

_ENDS: dict[str, Callable[[_Guess], int]] = {"all": _not_met, "any": _met}
"""By operator: what of one part ends it all."""
