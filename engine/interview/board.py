"""What an interview is about: the nodes that bear on what is asked for, and what each can still be.

A `Board` holds a graph down to its targets. A *position* is the list of all nodes' values; `put`
makes the next one by redoing what reads the fact answered. `open_below` tells what is still open
under the targets, `cells` which answers to a question come to the same so far. It knows the graph
and the kernel's steps, no terminal and no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, islice, pairwise, product
from typing import NamedTuple

from tieuchi.engine.decision import YES_NO, Given, program, unstated
from tieuchi.engine.graph import Fact, Graph, Node, reads
from tieuchi.engine.interval import ABSENT, multiplied, scaled, span
from tieuchi.engine.kernel import Contradiction, Members, Step, Value
from tieuchi.engine.truth import MET, NOT_MET

ACTIVITIES = "@activities"
Move = tuple[tuple[int, Value], ...]
"""An answer: given nodes and what they are from now on; several of the activities together."""
Position = list[Value]

_LAST = date.max.toordinal()
_SHORT = 12  # an interval of so many steps is looked at whole
_MOST_CELLS = 200
_MOST_ROWS = 8
_FEW_ACTIVITIES = 5


class Cell(NamedTuple):
    """Answers that come to the same so far: all of them, or of a long interval its ends and its
    middle, of a list some that stand for all."""

    moves: tuple[Move, ...]
    whole: bool


def _more_outcomes(value: int) -> int:
    return value & (value - 1)


def _more_numbers(value: Value) -> bool:
    return value.__class__ is not int and value is not ABSENT


_MORE: dict[str, Callable[[Value], object]] = {  # by kind: whether a value leaves more than one
    "truth": _more_outcomes,
    "class": _more_outcomes,
    "list": lambda value: not value.complete,
    "ratio": lambda value: any(map(_more_numbers, value)),
}


class Impossible(ValueError):
    """An answer that cannot be true beside the others."""


class Board:
    """A graph down to its targets."""

    def __init__(self, graph: Graph, targets: Sequence[int]) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        self.targets = tuple(targets)
        self.checks = [truth for truth, _ in program(graph).checks]
        self.steps: dict[int, Step] = dict(program(graph).steps)
        self.reads = [reads(node) for node in graph.nodes]
        self._more = [_MORE.get(node.kind, _more_numbers) for node in graph.nodes]
        self.given_below = self._given_below()
        self.first_activity = len(graph.facts) + 1
        self.questions = self._questions()
        self._lists = [i for i, fact in enumerate(graph.facts) if fact.kind == "list"]
        self._readers = self._all_readers()
        self._cones = {name: self._cone(slots) for name, slots in self.questions.items()}
        self._lower = {name: self._compared(name) for name in self.questions}
        self._beside = {name: self._slots_beside(name) for name in self.questions}
        self._cells: dict[object, tuple[tuple[Cell, ...], int]] = {}
        self.work = 0
        """How much has been worked out so far, by about how long it takes."""

    # ---- what there is

    def _given_below(self) -> list[int]:
        """The given nodes that each node reads, at whatever depth: one bit each."""
        below: list[int] = []
        for i in range(len(self.nodes)):
            own = 1 << i if i < self.graph.given else 0
            for read in self.reads[i]:
                own |= below[read]
            below.append(own)
        return below

    def _questions(self) -> dict[str, tuple[int, ...]]:
        """What may be asked, in the pack's order: the slots of each question by its name."""
        below = 0
        for target in self.targets:
            below |= self.given_below[target]
        found: dict[str, tuple[int, ...]] = {}
        activities = tuple(range(self.first_activity, self.graph.given))
        if any(below >> slot & 1 for slot in activities):
            found[ACTIVITIES] = activities
        for slot, fact in enumerate(self.graph.facts):
            if below >> slot & 1 and fact.kind != "text":
                found[fact.id] = (slot,)
        return found

    def _all_readers(self) -> list[list[int]]:
        """What reads each node, of the nodes that a target or a check rests on."""
        wanted = {*self.targets, *self.checks}
        for i in range(len(self.nodes) - 1, -1, -1):
            if i in wanted:
                wanted.update(self.reads[i])
        readers: list[list[int]] = [[] for _ in self.nodes]
        for i in sorted(wanted):
            for read in self.reads[i]:
                readers[read].append(i)
        return readers

    def _cone(self, slots: Iterable[int]) -> tuple[tuple[int, Step], ...]:
        """The steps to redo once these are answered."""
        todo, seen = list(slots), set[int]()
        while todo:
            new = set(self._readers[todo.pop()]) - seen
            seen |= new
            todo += new
        return tuple((i, self.steps[i]) for i in sorted(seen))

    def _compared(self, name: str) -> tuple[tuple[int, ...], tuple[tuple[int, Step], ...]]:
        """The comparisons, choices and checks that an answer bears on, and the steps up to them."""
        cone, slots = self._cones[name], self.questions[name]
        inside = {*slots, *(i for i, _ in cone)}
        discrete = self.nodes[slots[0]].kind in ("truth", "class")
        compared = [
            i
            for i, _ in cone
            if i in self.checks
            or self.nodes[i].kind == "class"
            or (self.nodes[i].kind == "truth" and self._compares(i, inside))
            or (discrete and i in self.targets)
        ]
        below = set(compared)
        for i in sorted(inside, reverse=True):
            if i in below:
                below.update(self.reads[i])
        return tuple(compared), tuple((i, step) for i, step in cone if i in below)

    def _compares(self, node: int, inside: set[int]) -> bool:
        """Whether a truth is made of something else than truths, or of what is given itself."""
        return any(
            read in inside and (self.nodes[read].kind != "truth" or read < self.graph.given)
            for read in self.reads[node]
        )

    def _slots_beside(self, name: str) -> tuple[int, ...]:
        """The other given nodes on which the cells of a question hang."""
        below = 0
        for node in self._lower[name][0]:
            below |= self.given_below[node]
        for slot in self.questions[name]:
            below &= ~(1 << slot)
        return tuple(bits(below))

    # ---- positions

    def start(self, given: Given) -> Position:
        """The position of what is stated; activities that are not are open."""
        run, graph = program(self.graph), self.graph
        values = [unstated(graph, i) for i in range(graph.given)]
        values += [None] * (len(self.nodes) - graph.given)
        values[self.first_activity : graph.given] = [YES_NO] * len(graph.activities)
        for name, value in given.items():
            values[run.slots[name]] = value
        try:
            for i, step in run.steps:
                values[i] = step(values)
        except Contradiction:
            raise Impossible from None
        return values

    def put(self, values: Position, name: str, move: Move) -> Position:
        """The position after an answer. Raises `Impossible`."""
        self.work += len(self._cones[name]) + len(self.nodes) // 4
        after = values.copy()
        for slot, value in move:
            after[slot] = value
        try:
            for i, step in self._cones[name]:
                after[i] = step(after)
        except Contradiction:
            raise Impossible from None
        if any(after[check] == NOT_MET for check in self.checks):
            raise Impossible
        return after

    def is_open(self, values: Position, node: int) -> bool:
        """Whether more than one thing is possible of a node."""
        return bool(self._more[node](values[node]))

    def open_below(self, values: Position) -> set[int]:
        """The open nodes under the targets, by way of open nodes alone."""
        more, reads_ = self._more, self.reads
        todo = [target for target in self.targets if more[target](values[target])]
        seen = set(todo)
        while todo:
            for read in reads_[todo.pop()]:
                if read not in seen and more[read](values[read]):
                    seen.add(read)
                    todo.append(read)
        return seen

    def open_questions(self, open_: set[int], but: frozenset[str]) -> list[str]:
        """The questions of open facts, in the pack's order, `but` these."""
        return [
            name
            for name, slots in self.questions.items()
            if name not in but and any(slot in open_ for slot in slots)
        ]

    def key(self, values: Position, open_: set[int]) -> object:
        """Positions of one key are alike for all that follows."""
        below = 0
        for node in open_:
            below |= self.given_below[node]
        return tuple(
            [(slot, values[slot]) for slot in bits(below) if slot not in self._lists]
        ), tuple([_hashed(values[slot]) for slot in self._lists if below >> slot & 1])

    def are_alike(self, name: str, open_: set[int]) -> bool:
        """Whether all answers of any cell of a question come to the same for good: nothing else
        that is open is compared together with it. Of a list, and of many activities, some answers
        stand for all, and one that is in no cell may come to something else."""
        if any(self.nodes[target].kind not in ("truth", "class") for target in self.targets):
            return False
        slots = self.questions[name]
        if slots[0] in self._lists or len(slots) > _FEW_ACTIVITIES:
            return False
        below = 0
        for node in self._lower[name][0]:
            if node in open_:
                below |= self.given_below[node]
        return all(not below >> slot & 1 or slot not in open_ for slot in self._beside[name])

    def result(self, values: Position) -> tuple[Value, ...]:
        """What the targets are."""
        return tuple([values[target] for target in self.targets])

    # ---- answers

    def cells(self, values: Position, name: str, open_: set[int]) -> tuple[Cell, ...]:
        """The answers that are possible by themselves, in groups that come to the same so far."""
        nodes, steps = self._lower[name]
        watched = tuple([node for node in nodes if node in open_])
        beside = tuple([_hashed(values[slot]) for slot in self._beside[name]])
        key = (name, watched, beside)
        held = self._cells.get(key)
        if held is None:
            if len(self._cells) > 50_000:
                self._cells.clear()
            looked = _Looked(self, values, name, (*watched, *self.checks), steps)
            cells = looked.cells()
            held = self._cells[key] = cells, looked.work
        self.work += held[1]  # whether it was held or not, so that a limit always ends alike
        return held[0]


class _Looked:
    """The answers to one question in one position, as the comparisons see them."""

    def __init__(
        self,
        board: Board,
        values: Position,
        name: str,
        watched: tuple[int, ...],
        steps: tuple[tuple[int, Step], ...],
    ) -> None:
        self.board = board
        self.values = values.copy()
        self.work = 0
        self.slots = board.questions[name]
        self.watched = watched
        self.steps = steps
        made = [_margin(board.nodes[node]) for node in watched]
        self.margins = [margin for margin in made if margin is not None]
        self.seen: dict[int, tuple[object, tuple[int | None, ...]]] = {}

    def cells(self) -> tuple[Cell, ...]:
        if len(self.slots) > 1 or self.slots[0] >= self.board.first_activity:
            return self._activity_cells()
        slot = self.slots[0]
        fact = self.board.graph.facts[slot]
        if fact.kind in ("quantity", "date"):
            return tuple(self._intervals(slot, *ends(fact)))
        moves: list[Move] = [((slot, value),) for value in answers(fact)]
        return self._grouped(moves, whole=fact.kind != "list")

    def _activity_cells(self) -> tuple[Cell, ...]:
        """Each activity alone, and all of them; beside the last, for completeness, some of them."""
        number = len(self.slots)
        alone = [self._chosen((slot,)) for slot in self.slots]
        cells = self._grouped(
            [*alone, self._chosen(self.slots)] if number > 1 else alone, whole=True
        )
        if number < 3 or not cells:
            return cells
        some = (
            self._chosen(chosen)
            for size in range(2, number if number <= _FEW_ACTIVITIES else 2)
            for chosen in combinations(self.slots, size)
        )
        *before, last = cells
        return *before, Cell((*last.moves, *some), number <= _FEW_ACTIVITIES)

    def _chosen(self, chosen: Sequence[int]) -> Move:
        return tuple((slot, MET if slot in chosen else NOT_MET) for slot in self.slots)

    def _grouped(self, moves: Iterable[Move], *, whole: bool) -> tuple[Cell, ...]:
        groups: dict[object, list[Move]] = {}
        for move in moves:
            signature = self._signature(move)
            if self._is_possible(signature):
                groups.setdefault(signature, []).append(move)
        return tuple(Cell(tuple(group), whole) for group in groups.values())

    def _signature(self, move: Move) -> object:
        """What the comparisons come to; None where the answer cannot be."""
        values = self.values
        self.work += len(self.steps)
        for slot, value in move:
            values[slot] = value
        try:
            for i, step in self.steps:
                values[i] = step(values)
        except Contradiction:
            return None
        return tuple([_hashed(values[i]) for i in self.watched])

    def _is_possible(self, signature: object) -> bool:
        number = len(self.board.checks)
        if not isinstance(signature, tuple):
            return False
        return not number or NOT_MET not in signature[-number:]

    # ---- quantities and days

    def _intervals(self, slot: int, lo: int, hi: int) -> Iterator[Cell]:
        """The intervals between the values at which something turns."""
        starts = [lo, *self._turns(slot, lo, hi)]
        for start, end in zip(starts, [*(s - 1 for s in starts[1:]), hi], strict=True):
            if self._is_possible(self._at(slot, start)[0]):
                yield _looked_at(slot, start, end)

    def _turns(self, slot: int, lo: int, hi: int) -> list[int]:
        """Where something turns after `lo`, up to `hi`: the first value of each new interval.

        What is compared is mostly linear in what is answered, or bent once, so it is looked for
        where lines through the ends would cross; where that finds nothing, in the middle.
        """
        found: list[int] = []
        todo = [(lo, hi, True)]
        while todo and len(found) < _MOST_CELLS:
            a, b, aim = todo.pop()
            if b - a < _SHORT:  # where what is bent more often is seen whole
                found += [x for x in range(a + 1, b + 1) if self._turns_at(slot, x)]
                continue
            if self._at(slot, a)[0] == self._at(slot, b)[0]:
                continue
            inner = sorted(self._crossings(slot, a, b)) if aim else []
            between = [a, *(inner or [(a + b) // 2]), b]
            pairs = [*pairwise(between)]
            todo += [(start, end, not inner) for start, end in reversed(pairs)]
        return found

    def _turns_at(self, slot: int, value: int) -> bool:
        return self._at(slot, value - 1)[0] != self._at(slot, value)[0]

    def _crossings(self, slot: int, a: int, b: int) -> set[int]:
        """Values between about which a line through two margins crosses 0: from end to end, and at
        either end."""
        found: set[int] = set()
        for x, y in {(a, b), (a, a + 1), (b - 1, b)}:
            pairs = zip(self._at(slot, x)[1], self._at(slot, y)[1], strict=False)
            for first, last in pairs:
                if first is not None and last is not None and first != last:
                    at = x + -first * (y - x) // (last - first)
                    found.update((at - 1, at, at + 1, at + 2))
        return {value for value in found if a < value < b}

    def _at(self, slot: int, value: int) -> tuple[object, tuple[int | None, ...]]:
        """What the comparisons come to at a value, and by how much they are passed."""
        if value not in self.seen:
            signature = self._signature(((slot, value),))
            margins = (
                [] if signature is None else [m for at in self.margins for m in at(self.values)]
            )
            self.seen[value] = signature, tuple(margins)
        return self.seen[value]


Margins = tuple[int | None, int | None]


def _margin(node: Node) -> Callable[[Position], Margins] | None:
    """By how much a comparison is passed, at the least and at the most; None where no number is
    compared."""
    if node.op in ("ge", "le"):
        a, bound = node.args
        return lambda v: _less(span(v[a]), (bound, bound))
    if node.op in ("ge2", "gt2"):
        a, b = node.args
        return lambda v: _less(span(v[a]), span(v[b]))
    if node.op == "share":
        _, n, d, t, q = node.args

        def share(v: Position) -> Margins:
            if ABSENT in (v[n], v[d], v[t]):
                return None, None
            return _less(scaled(q, span(v[n])), multiplied(span(v[d]), span(v[t])))

        return share
    return None


def _less(x: Sequence[int | None], y: Sequence[int | None]) -> Margins:
    lo = None if x[0] is None or y[1] is None else x[0] - y[1]
    hi = None if x[1] is None or y[0] is None else x[1] - y[0]
    return lo, hi


def ends(fact: Fact) -> tuple[int, int]:
    """The least and most that may be stated of a quantity or a day."""
    if fact.kind == "date":
        return 1, _LAST
    least = 0 if fact.least is None else fact.least
    return least, fact.limit if fact.most is None else min(fact.most, fact.limit)


def answers(fact: Fact) -> list[Value]:
    """The answers to a question with few, or of a list some that stand for all."""
    if fact.kind == "yes_no":
        return [MET, NOT_MET]
    if fact.kind == "class":
        return [1 << i for i in range(len(fact.labels))]
    if fact.kind != "list":
        return ["", "A"]
    fields = [_field_answers(field) for field in fact.fields]
    rows = [list(row) for row in islice(product(*fields), _MOST_ROWS)]
    lists = [(), *((row,) for row in rows), *product(rows, repeat=2)]
    return [Members(tuple(each), True) for each in lists]


def _field_answers(fact: Fact) -> list[Value]:
    if fact.kind == "text":
        return [""]
    return list(ends(fact)) if fact.kind in ("quantity", "date") else answers(fact)


def _looked_at(slot: int, start: int, end: int) -> Cell:
    if end - start < _SHORT:
        return Cell(tuple([((slot, value),) for value in range(start, end + 1)]), True)
    return Cell(tuple([((slot, value),) for value in (start, end, (start + end) // 2)]), False)


def bits(of: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while of:
        low = of & -of
        yield low.bit_length() - 1
        of ^= low


def _hashed(value: Value) -> Value:
    """A value by which positions can be told apart."""
    if isinstance(value, Members):
        return (tuple([tuple(row) for row in value.rows]), value.complete)
    return value
