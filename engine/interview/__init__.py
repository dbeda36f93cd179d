"""An interview on one pack: asks only what can still change the answer, the best question first.

An `Interview` holds what was answered and says what to ask next, how many questions are expected
and how many there are at most. The answer is fixed once none is left. It is about the pack's
verdict; of a pack without one, about its amounts and results. Nothing here reads, prints or
words anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interview.board import ACTIVITIES, Board, Impossible, Position
from tieuchi.engine.interview.choice import ONE, Chosen, best, put_any
from tieuchi.engine.interview.witness import matters
from tieuchi.engine.kernel import Value
from tieuchi.engine.results import figures
from tieuchi.engine.truth import MET, NOT_MET

__all__ = ["ACTIVITIES", "Interview", "Question", "targets"]


class Question(NamedTuple):
    """What to ask next: a fact, or, where that is None, for which activities."""

    name: str
    fact: Fact | None
    expected: Fraction
    """About how many questions there are from here on, this one included."""
    most: int
    """No more than so many, this one included."""
    settles: bool = False
    """Nothing can change the answer any more; but without this it cannot be said of the case."""


class _State(NamedTuple):
    given: Given
    unknown: frozenset[str]  # asked, and not known
    idle: frozenset[str]  # shown not to matter
    asked: tuple[str, ...]
    implied: tuple[str, ...] = ()  # not asked, since the other answers leave one value


def targets(graph: Graph) -> tuple[int, ...]:
    """The nodes that an interview on a pack is about."""
    main = graph.main
    if not main.in_force:
        return ()
    if main.verdict >= 0:
        return (main.verdict,)
    nodes = [each.node for each in figures(graph)]
    return tuple(dict.fromkeys(node for node in nodes if node >= 0))


class Interview:
    """What was answered of one case, and what to ask next.

    `about` are the nodes that the interview is about, in place of those of `targets`.
    """

    def __init__(
        self,
        graph: Graph,
        given: Given | None = None,
        unknown: Iterable[str] = (),
        about: Sequence[int] | None = None,
    ) -> None:
        self.graph = graph
        self.board = Board(graph, targets(graph) if about is None else about)
        self._states = [_State(Given(given or {}), frozenset(unknown), frozenset(), ())]
        self._decision = decide(graph, self.given)
        self._question: Question | None = None
        self._ask()

    # ---- what there is

    @property
    def given(self) -> Given:
        """What was answered, as `decide` takes it."""
        return self._states[-1].given

    @property
    def unknown(self) -> frozenset[str]:
        """The facts that were said to be unknown."""
        return self._states[-1].unknown

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions answered here, in order."""
        return self._states[-1].asked

    @property
    def question(self) -> Question | None:
        """What to ask next; None once no answer can change anything."""
        return self._question

    @property
    def decision(self) -> Decision:
        """What follows from the answers so far."""
        return self._decision

    @property
    def implied(self) -> tuple[str, ...]:
        """The facts of which the other answers leave one value, where that was needed."""
        return self._states[-1].implied

    @property
    def result(self) -> tuple[Value, ...]:
        """What each of the nodes comes to that the interview is about.

        With no question left: however what was not asked is filled in.
        """
        values = self._position()
        return self.board.result(values if self._question is not None else self._filled(values))

    def _filled(self, values: Position) -> Position:
        """The position with what is open and could be asked filled in, somehow."""
        but = self.unknown | self._stated()
        while True:
            open_ = self.board.open_below(values)
            filled = None
            for name in self.board.open_questions(open_, but)[:1]:
                for cell in self.board.cells(values, name, open_):
                    filled = filled or put_any(self.board, values, name, cell)
            if filled is None:
                return values
            values = filled

    # ---- what is done

    def answer(self, value: Value) -> None:
        """Answer the question: a value as in `Given`; for activities, the names of those meant.

        Raises `CaseError` where it cannot be true beside the other answers.
        """
        question = self._open_question()
        given = Given(self.given)
        if question.fact is None:
            for name in self.graph.activities:
                given[f"@activity/{name}"] = MET if name in value else NOT_MET
        else:
            given[question.name] = value
        self._go(question.name, given, self.unknown)

    def skip(self) -> None:
        """Answer that it is not known; of activities, that all are asked about."""
        question = self._open_question()
        given = Given(self.given)
        if question.fact is None:
            given.update({f"@activity/{name}": MET for name in self.graph.activities})
            self._go(question.name, given, self.unknown)
        else:
            self._go(question.name, given, self.unknown | {question.name})

    def back(self) -> bool:
        """Take the last answer back; False where there is none."""
        if len(self._states) == 1:
            return False
        self._states.pop()
        self._decision = decide(self.graph, self.given)
        self._ask()
        return True

    def _go(self, name: str, given: Given, unknown: frozenset[str]) -> None:
        self._decision = decide(self.graph, given)
        before, idle = self._states[-1], self._states[-1].idle
        if self._has_else(unknown - before.unknown):
            idle = frozenset()  # what makes up its definition may matter now
        self._states.append(_State(given, unknown, idle, (*before.asked, name)))
        self._ask()

    def _has_else(self, names: frozenset[str]) -> bool:
        return any(fact.otherwise >= 0 and fact.id in names for fact in self.graph.facts)

    def _open_question(self) -> Question:
        if self._question is None:
            raise ValueError("nothing is left to ask")
        return self._question

    # ---- the next question

    def _position(self) -> Position:
        try:
            return self.board.start(self.given)
        except Impossible:
            raise CaseError("both-stated", "") from None  # `decide` has said it before

    def _stated(self) -> frozenset[str]:
        stated = {name for name in self.given if not name.startswith("@")}
        if any(name.startswith("@activity/") for name in self.given):
            stated.add(ACTIVITIES)
        return frozenset(stated)

    def _ask(self) -> None:
        """Choose the next question; what is shown not to matter waits until nothing else does."""
        values = self._position()
        self._question = None
        aside = self.unknown | self._stated()
        while True:
            chosen = best(self.board, values, aside | self._states[-1].idle)
            if chosen is None:
                break
            if matters(self.board, values, chosen.name, aside):
                self._question = self._asked_next(chosen, values, aside)
                return
            state = self._states[-1]
            self._states[-1] = state._replace(idle=state.idle | {chosen.name})
        self._settle(values, aside)

    def _settle(self, values: Position, aside: frozenset[str]) -> None:
        """What keeps the answer from being said, though it is fixed: what the others imply is
        stated, and the rest is asked."""
        while True:
            chosen = best(self.board, values, aside)
            if chosen is None:
                return
            if self.board.result(values) == self.board.result(self._filled(values)):
                return  # what is open stays so without an answer that nobody has
            name, value = self._only(values, aside)
            if not name:
                self._question = self._asked_next(chosen, values, aside)._replace(settles=True)
                return
            state = self._states[-1]
            given = Given({**state.given, name: value})
            implied = (*state.implied, name)
            self._decision = decide(self.graph, given)
            self._states[-1] = state._replace(given=given, implied=implied)
            aside |= {name}
            values = self._position()

    def _only(self, values: Position, aside: frozenset[str]) -> tuple[str, Value]:
        """An open fact that can have but one value, and that; "" where there is none."""
        open_ = self.board.open_below(values)
        for name in self.board.open_questions(open_, aside):
            cells = self.board.cells(values, name, open_)
            moves = [move for cell in cells for move in cell.moves]
            if name != ACTIVITIES and len(moves) == 1 and cells[0].whole:
                return name, moves[0][0][1]
        return "", None

    def _asked_next(self, chosen: Chosen, values: Position, aside: frozenset[str]) -> Question:
        open_ = self.board.open_below(values)
        most = len(self.board.open_questions(open_, aside))
        fact = next((fact for fact in self.graph.facts if fact.id == chosen.name), None)
        return Question(chosen.name, fact, Fraction(chosen.expected, ONE), most)
