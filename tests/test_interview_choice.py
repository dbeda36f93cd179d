"""How good the questions are: beside the best decision tree, and that beside one tried by hand."""

from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from packs import SHIPPED, graph_of
from strategies import packs
from test_interview import drawn

from tieuchi.engine.decision import Decision, Given, decide
from tieuchi.engine.graph import Graph, reads
from tieuchi.engine.interview.board import Board, Position
from tieuchi.engine.interview.choice import ONE, best, exact, put_any
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET, NOT_MET

LATER = date(2024, 10, 1)
FEW = 12 if settings().max_examples > 25 else 9  # facts; the best tree of more takes long
NOTHING = frozenset[str]()


def parts() -> list[Any]:
    """Every verdict, and every provision as if it were one, that fewer than 9 facts settle; in a
    long run, 12."""
    found = []
    for pack in SHIPPED:
        graph = graph_of(pack, LATER)
        abouts = {p.id: p.node for p in graph.main.provisions if p.node >= 0}
        abouts |= {"verdict": graph.main.verdict} if graph.main.verdict >= 0 else {}
        abouts |= {a.id: a.node for a in graph.main.amounts if a.node >= 0}
        for name, about in abouts.items():
            for activity in ("", *graph.activities):
                board = Board(graph, [about])
                values = board.start(named(graph, activity))
                asked = board.open_questions(board.open_below(values), NOTHING)
                if 1 < len(asked) < FEW and (not activity or len(asked) > 2):
                    id_ = f"{pack} {name} {activity}".strip()
                    found.append(pytest.param(board, values, id=id_))
    return found


def named(graph: Graph, activity: str) -> Given:
    """A case that names one activity, or none."""
    if not activity:
        return Given()
    return Given({f"@activity/{a}": MET if a == activity else NOT_MET for a in graph.activities})


def expected_of(board: Board, values: Position) -> int:
    """What is expected of our own order, every answer tried."""
    known: dict[object, int] = {}

    def from_(values: Position) -> int:
        open_ = board.open_below(values)
        if not board.open_questions(open_, NOTHING):
            return 0
        key = board.key(values, open_)
        if key not in known:
            chosen = best(board, values, NOTHING)
            assert chosen is not None
            after = [
                put_any(board, values, chosen.name, cell)
                for cell in board.cells(values, chosen.name, open_)
            ]
            possible = [from_(position) for position in after if position is not None]
            known[key] = ONE + sum(possible) // max(len(possible), 1)
        return known[key]

    return from_(values)


@pytest.mark.parametrize(("board", "values"), parts())
def test_the_expected_number_is_near_the_best_tree_s(board: Board, values: Position) -> None:
    """At most a tenth above it, on all packs and parts of packs of few facts."""
    least = exact(board, values, NOTHING)

    assert least is not None
    assert 10 * expected_of(board, values) <= 11 * least.expected


# ---- the best tree itself


def open_facts(decision: Decision, about: int) -> tuple[list[str], list[int]]:
    """The facts that a node is open for, and the conditions and classes by way of which it is."""
    graph, seen, todo = decision.graph, set[int](), [about]
    while todo:
        node = todo.pop()
        value, kind = decision.values[node], graph.nodes[node].kind
        settled = value & (value - 1) == 0 if kind in ("truth", "class") else False
        if kind in ("quantity", "date"):
            settled = isinstance(value, int) or value == (1, 0, True)
        if kind == "ratio":
            settled = all(isinstance(v, int) or v == (1, 0, True) for v in value)
        if node not in seen and not settled:
            seen.add(node)
            todo += reads(graph.nodes[node])
    names = [fact.id for i, fact in enumerate(graph.facts) if i in seen]
    watched = (n for n in seen if n >= graph.given and graph.nodes[n].kind in ("truth", "class"))
    return names, sorted(watched)


def least_of(graph: Graph, about: int) -> Fraction:
    """The fewest questions expected: every order tried, each run of answers alike counted even."""
    facts = {fact.id: fact for fact in graph.facts}

    @cache
    def from_(stated: tuple[tuple[str, Value], ...]) -> Fraction:
        names, watched = open_facts(decide(graph, Given(stated)), about)
        return min((after(stated, name, watched) for name in names), default=Fraction(0))

    def after(stated: tuple[tuple[str, Value], ...], name: str, watched: list[int]) -> Fraction:
        fact = facts[name]
        if fact.kind == "quantity":
            assert fact.most is not None
            values = list(range(fact.least or 0, fact.most + 1))
        else:
            values = [MET, NOT_MET] if fact.kind == "yes_no" else [1 << i for i in range(3)]
        cases = [tuple(sorted((*stated, (name, value)))) for value in values]
        looks = [[decide(graph, Given(case)).values[node] for node in watched] for case in cases]
        if fact.kind != "quantity":  # labels that come to the same, wherever they stand
            order = sorted(range(len(cases)), key=lambda i: (looks[i], i))
            cases, looks = [cases[i] for i in order], [looks[i] for i in order]
        runs = [next(run)[1] for _, run in groupby(zip(looks, cases, strict=True), lambda p: p[0])]
        return 1 + sum((from_(case) for case in runs), Fraction(0)) / len(runs)

    return from_(())


@given(pack=packs(small=True), data=st.data())
def test_no_order_of_questions_does_better_than_the_best_tree(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """Held against every order, worked out from `decide` alone."""
    graph, about = drawn(pack, data)
    board = Board(graph, [about])
    slots = {slot for slots in board.questions.values() for slot in slots}
    kinds = {graph.facts[slot].kind for slot in slots if slot < len(graph.facts)}
    assume(len(slots) <= 4 and kinds <= {"quantity", "yes_no", "class"})
    assume(max(slots, default=0) < len(graph.facts))
    found = exact(board, board.start(Given()), NOTHING)

    ours = Fraction(found.expected, ONE) if found is not None else Fraction(0)
    least = least_of(graph, about)
    assert abs(ours - least) < Fraction(1, 10**6)
