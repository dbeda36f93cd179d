"""Whether a question can still matter: is there a way to fill in all else under which two answers
to it come to different ends?

`matters` looks for one by filling in the other open facts one after another, so that the question
stays open under the targets; where it no longer does, no filling in from there can make it matter.
It tries the ends and the middle of each interval between thresholds, and of a short one all of it.
It knows a `Board` and its positions.
"""

from __future__ import annotations

from typing import NamedTuple

from tieuchi.engine.interview.board import Board, Cell, Impossible, Move, Position

MOST = 10_000  # of the board's work, before the search is given up


class Witness(NamedTuple):
    """Answers to other questions, and two to this one that come to different ends."""

    others: tuple[tuple[str, Move], ...]
    one: Move
    other: Move


class _GivenUp(Exception):
    pass


def matters(
    board: Board, values: Position, name: str, but: frozenset[str], most: int = MOST
) -> Witness | bool:
    """What shows that a question matters; False where none can; True where the search gave up.

    True too where no answer can be true beside the others: who is asked will be told so.
    """
    if not board.cells(values, name, board.open_below(values)):
        return True
    search = _Search(board, name, but, most)
    try:
        found = search.from_(values, ())
    except _GivenUp:
        return True
    if found is None and not search.whole:
        return True
    return found or False


class _Search:
    def __init__(self, board: Board, name: str, but: frozenset[str], most: int) -> None:
        self.board, self.name, self.but = board, name, but
        self.end = board.work + most
        self.whole = True  # all answers were tried, not some that stand for others
        self.aside = self._parts()

    def _parts(self) -> frozenset[str]:
        """The facts that make up the definition which this one has in its place."""
        graph = self.board.graph
        slot = self.board.questions[self.name][0]
        if slot >= len(graph.facts) or graph.facts[slot].otherwise < 0:
            return frozenset()
        below = self.board.given_below[graph.facts[slot].otherwise]
        return frozenset(f.id for i, f in enumerate(graph.facts) if below >> i & 1)

    def from_(self, values: Position, others: tuple[tuple[str, Move], ...]) -> Witness | None:
        board = self.board
        open_ = board.open_below(values)
        names = board.open_questions(open_, self.but)
        if self.name not in names:
            return None
        rest = [each for each in names if each != self.name and each not in self.aside]
        cells = board.cells(values, self.name, open_)
        self._look(self.name, cells, open_)
        found = self._differs(values, cells, others, sure=not rest)
        if found is not None or not rest:
            return found
        following = rest[0]
        following_cells = board.cells(values, following, open_)
        self._look(following, following_cells, open_)
        for move in self._moves(following_cells):
            after = self._put(values, following, move)
            if after is not None:
                found = self.from_(after, (*others, (following, move)))
                if found is not None:
                    return found
        return None

    def _look(self, name: str, cells: tuple[Cell, ...], open_: set[int]) -> None:
        if not all(cell.whole for cell in cells) and not self.board.are_alike(name, open_):
            self.whole = False

    def _differs(
        self,
        values: Position,
        cells: tuple[Cell, ...],
        others: tuple[tuple[str, Move], ...],
        *,
        sure: bool,
    ) -> Witness | None:
        """Two answers that end differently; where more is open, of those after which nothing is."""
        board, first = self.board, None
        for move in self._moves(cells):
            after = self._put(values, self.name, move)
            if after is None:
                continue
            if not sure and board.open_questions(board.open_below(after), self.but):
                continue
            result = board.result(after)
            if first is None:
                first = (move, result)
            elif result != first[1]:
                return Witness(others, first[0], move)
        return None

    def _moves(self, cells: tuple[Cell, ...]) -> list[Move]:
        """One of each cell first, then the others."""
        rest = [move for cell in cells for move in cell.moves[1:]]
        return [*(cell.moves[0] for cell in cells), *rest]

    def _put(self, values: Position, name: str, move: Move) -> Position | None:
        if self.board.work > self.end:
            raise _GivenUp
        try:
            return self.board.put(values, name, move)
        except Impossible:
            return None
