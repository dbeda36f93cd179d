"""Advice is met, and nothing less would be: held against every change there is, and Z3 against
counting."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from drawn import drawn_graph
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from packs import SHIPPED, compiled, graph_of, pack_text
from strategies import cases, packs, thresholds

from tieuchi.engine.advice import Way, advise
from tieuchi.engine.advice.closed import closed
from tieuchi.engine.advice.least import Least
from tieuchi.engine.advice.moves import Move, changed, choice
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.truth import MET, NOT_MET

MOST = 5  # of a fact in a small pack


def small_pack(rng: Random) -> str:
    """A tree of all, any and at_least over comparisons of sums of four facts, some shared."""
    facts = "".join(
        f"  f{i}: {{vi: f{i}, en: f{i}, unit: head, max: {MOST} head"
        + (", grows: true" if rng.random() < 0.2 else "")
        + "}\n"
        for i in range(4)
    )
    count = 0

    def node(depth: int, indent: str) -> str:
        nonlocal count
        count += 1
        cite = f"{indent}  cite: {{vi: v, en: e}}\n{indent}  quote: q\n"
        name = f"{indent}p{count}:\n{cite}"
        if depth == 0 or rng.random() < 0.3:
            terms = rng.sample(range(4), rng.choice((1, 1, 2, 3)))
            bound = rng.randint(1, 6)
            way = "at_most" if rng.random() < 0.2 else "at_least"
            return name + (
                f"{indent}  require: {{sum: [{', '.join(f'f{t}' for t in terms)}], "
                f"{way}: {bound} head}}\n"
            )
        children = [node(depth - 1, indent + "    ") for _ in range(rng.randint(2, 3))]
        if rng.random() < 0.3:
            of = f"{indent}  at_least: {rng.randint(1, len(children))}\n{indent}  of:\n"
        else:
            of = f"{indent}  {rng.choice(('all', 'any'))}:\n"
        return name + of + "".join(children)

    root = node(2, "  ")
    return pack_text(f"verdict: {{all: [p1]}}\nfacts:\n{facts}provisions:\n{root}")


def small_case(graph: Graph, rng: Random) -> Given:
    """A case of a small pack, with a gap now and then."""
    names = [fact.id for fact in graph.facts if rng.random() < 0.9]
    return Given({name: rng.randint(0, MOST) for name in names})


def every_change(decision: Decision, moves: tuple[Move, ...]) -> Iterator[tuple[Fraction, Given]]:
    """Every change of the moves of a small pack, with its cost."""
    ranges = [
        [move.stated, *(v for v in range(move.least, move.most + 1) if v != move.stated)]
        for move in moves
    ]
    for values in product(*ranges):
        pairs = [(m, v) for m, v in zip(moves, values, strict=True) if v != m.stated]
        cost = sum((m.price(v) for m, v in pairs), Fraction(0))
        yield cost, changed(decision, [(m.place, v) for m, v in pairs])


def cheapest(decision: Decision, moves: tuple[Move, ...]) -> Fraction | None:
    """The least cost at which the verdict is met, of all there are."""
    node = decision.graph.main.verdict
    best: Fraction | None = None
    for cost, stated in every_change(decision, moves):
        dear = best is not None and cost >= best
        if not dear and decide(decision.graph, stated).values[node] == MET:
            best = cost
    return best


@given(seed=st.integers(0, 10**9), priced=st.booleans())
def test_no_change_of_a_small_pack_is_less(seed: int, priced: bool) -> None:
    """Against every change there is, with and without prices, facts shared or not."""
    rng = Random(seed)
    graph = compiled(small_pack(rng))
    decision = decide(graph, small_case(graph, rng))
    assume(decision.truth == NOT_MET)
    prices = {f.id: Fraction(rng.randint(1, 9)) for f in graph.facts} if priced else None
    fixed = ["f0"] if rng.random() < 0.3 else []

    goal = advise(decision, fixed=fixed, prices=prices).goals[0]
    assume(goal.finished)  # on a busy machine it may be said not to be

    node = graph.main.verdict
    moves = choice(decision, node, fixed=fixed, prices=prices).moves
    best = cheapest(decision, moves)
    assert (goal.ways[0].cost if goal.ways else None) == best
    for way in goal.ways:
        holds(decision, node, way)
    assert bool(goal.hindrances) is (best is None)


def holds(decision: Decision, node: int, way: Way) -> None:
    """A way is met, costs what its changes cost, and changes what it names alone."""
    after = decide(
        decision.graph, changed(decision, [(c.move.place, c.value) for c in way.changes])
    )
    assert after.values[node] == MET
    assert way.cost == sum((c.move.price(c.value) for c in way.changes), Fraction(0))
    assert all(c.value != c.move.stated for c in way.changes)
    for change in way.changes:
        if change.move.fact.grows and change.move.stated is not None:
            assert change.value >= change.move.stated


@given(pack=packs(small=True), data=st.data())
def test_no_change_of_a_random_pack_is_less(pack: dict[str, Any], data: st.DataObject) -> None:
    """Every shape of the language: against the changes of one or two facts at the thresholds."""
    _, graph = drawn_graph(pack)
    assume(graph.main.verdict >= 0)
    stated = data.draw(cases(graph))
    try:
        decision = decide(graph, stated)
    except CaseError:
        return
    assume(decision.truth == NOT_MET)
    held_against_thresholds(decision)


@pytest.mark.parametrize("name", [n for n in SHIPPED if graph_of(n).main.verdict >= 0])
@settings(max_examples=max(1, settings().max_examples // 5))
@given(data=st.data())
def test_no_change_of_a_shipped_pack_is_less(name: str, data: st.DataObject) -> None:
    """The same of real law."""
    graph = graph_of(name)
    try:
        decision = decide(graph, data.draw(cases(graph)))
    except CaseError:
        return
    assume(decision.truth == NOT_MET)
    held_against_thresholds(decision)


def held_against_thresholds(decision: Decision) -> None:
    """Each goal's first way beside every change of one fact to a value next to a threshold."""
    near = sorted({x + d for x in thresholds(decision.graph) for d in (-1, 0, 1)})
    for goal in advise(decision).goals:
        for way in goal.ways:
            holds(decision, goal.node, way)
        for move in choice(decision, goal.node).moves if goal.finished else ():
            for value in _values(move, near):
                try:
                    after = decide(decision.graph, changed(decision, [(move.place, value)]))
                except CaseError:
                    continue
                if after.values[goal.node] == MET:
                    assert goal.ways
                    assert goal.ways[0].cost <= move.price(value)


def _values(move: Move, near: list[int]) -> list[int]:
    if move.fact.kind == "yes_no":
        found = [MET, NOT_MET]
    elif move.fact.kind == "class":
        found = [1 << i for i in range(len(move.fact.labels))]
    else:
        found = [x for x in near if move.least <= x <= move.most]
    return [value for value in found if value != move.stated]


@given(seed=st.integers(0, 10**9))
def test_counting_is_what_the_solver_finds(seed: int) -> None:
    """Wherever counting alone says that it is exact, with conditions barred too."""
    rng = Random(seed)
    graph = compiled(small_pack(rng))
    decision = decide(graph, small_case(graph, rng))
    assume(decision.truth == NOT_MET)
    node = graph.main.verdict
    moves = choice(decision, node).moves
    counted = closed(decision, node, moves)
    assume(counted is not None and counted.exact and moves)
    assert counted is not None
    leaves = [p.node for p in graph.main.provisions if not p.children]
    barred = [at for at in leaves if decision.values[at] != MET and rng.random() < 0.2]

    by_counting, by_solver = (
        counted.least(barred),
        Least(decision, (node,), moves).least(unmet=[[at] for at in barred]),
    )

    assert (by_counting and by_counting.cost) == (by_solver and by_solver.cost)


# ---- against changes that the advice had no say in


def domain(fact: Fact, near: list[int]) -> list[Value]:
    """Values that a fact may come to: all of a few, else those beside a threshold."""
    if fact.kind == "yes_no":
        return [MET, NOT_MET]
    if fact.kind == "class":
        return [1 << i for i in range(len(fact.labels))]
    if fact.kind != "quantity":
        return []
    least, most = fact.least or 0, fact.limit if fact.most is None else fact.most
    if most - least <= 8:
        return list(range(least, most + 1))
    return sorted({x + d for x in near for d in (-1, 0, 1) if least <= x + d <= most})[:12]


Axis = tuple[str, int, int, Fact, Value, list[Value]]  # fact, member, field, its kind, now, values


def axes(graph: Graph, stated: Given, fixed: list[str]) -> list[Axis]:
    """Everything of a case that may change, members' fields too; None: it stays unstated."""
    near, found = thresholds(graph), list[Axis]()
    for fact in graph.facts:
        now = stated.get(fact.id)
        if fact.id in fixed:
            continue
        if isinstance(now, Members):
            for row, member in enumerate(now.rows):
                for at, field in enumerate(fact.fields):
                    values = [] if field.id in fixed else domain(field, near)
                    if values and member[at] in values:
                        found.append((fact.id, row, at, field, member[at], values))
            continue
        values = domain(fact, near)
        if values and (now is not None or fact.otherwise < 0):
            found.append((fact.id, -1, -1, fact, now, [now, *(v for v in values if v != now)]))
    return found


def with_changes(stated: Given, changes: list[tuple[Axis, Value]]) -> Given:
    """The case with other values."""
    given = Given(stated)
    for (name, row, at, *_), value in changes:
        if row < 0:
            given[name] = value
            continue
        rows = [list(member) for member in given[name].rows]
        rows[row][at] = value
        given[name] = given[name]._replace(rows=tuple(rows))
    return given


@given(pack=packs(small=True), data=st.data())
def test_nothing_that_may_change_does_for_less(pack: dict[str, Any], data: st.DataObject) -> None:
    """Priced changes of every kind, tried at random: none is met for less than the advice costs,
    and none at all is where it says so."""
    _, graph = drawn_graph(pack)
    assume(graph.main.verdict >= 0)
    stated = data.draw(cases(graph))
    try:
        decision = decide(graph, stated)
    except CaseError:
        return
    assume(decision.truth == NOT_MET)
    rng = Random(data.draw(st.integers(0, 10**6)))
    fields = [each for fact in graph.facts for each in (fact.fields or (fact,))]
    prices = {field.id: Fraction(rng.randint(1, 9)) for field in fields}
    fixed = [fact.id for fact in graph.facts if rng.random() < 0.2]

    (goal,) = advise(decision, fixed=fixed, prices=prices).goals
    assume(goal.finished)

    open_ = axes(graph, stated, fixed)
    for _ in range(300):
        changes = [(axis, rng.choice(axis[5])) for axis in open_ if rng.random() < 0.5]
        changes = [(axis, value) for axis, value in changes if value != axis[4]]
        cost = sum((_price(axis, value, prices) for axis, value in changes), Fraction(0))
        try:
            after = decide(graph, with_changes(stated, changes))
        except CaseError:
            continue
        if after.truth == MET:
            assert goal.ways, changes
            assert goal.ways[0].cost <= cost, changes


def _price(axis: Axis, value: Value, prices: dict[str, Fraction]) -> Fraction:
    *_, fact, now, _ = axis
    steps = (
        1 if fact.kind != "quantity" else abs(value - ((fact.least or 0) if now is None else now))
    )
    return prices[fact.id] * steps


# ---- by hand


def ways_of(body: str, facts: dict[str, object]) -> list[list[tuple[str, Value]]]:
    """What each way of a pack changes, by fact."""
    graph = compiled(pack_text(body))
    goals = advise(decide(graph, given_from(graph, facts))).goals
    return [[(c.move.fact.id, c.value) for c in way.changes] for way in goals[0].ways]


def test_a_check_may_ask_for_more() -> None:
    """20 cows are asked, and no herd has more cows than animals: both grow."""
    ways = ways_of(
        """\
        verdict: {all: [p]}
        facts: {herd: {TWO, unit: head}, cows: {TWO, unit: head}}
        checks: [{require: {of: cows, at_most: herd}, level: error, TWO}]
        provisions: {p: {SAID, require: {of: cows, at_least: 20 head}}}
        """,
        {"herd": 15, "cows": 10},
    )

    assert ways == [[("herd", 20), ("cows", 20)]]


def test_an_open_threshold_counts_by_what_may_have_to_be_met() -> None:
    """1 100 of 2 000 m2 are 55 %, 8 of 10 head 80 %: the area comes first, the region unknown."""
    ways = ways_of(
        """\
        verdict: {any: [p, q]}
        facts:
          region: {TWO, kind: class, labels: {plain: {TWO}, hills: {TWO}}, fixed: {TWO}}
          area: {TWO, unit: m2, step: 1 m2}
          cattle: {TWO, unit: head}
        provisions:
          p:
            SAID_BLOCK
            require: {of: area, at_least: {table: {by: region, plain: 2000 m2, hills: 1000 m2}}}
          q: {SAID, require: {of: cattle, at_least: 10 head}}
        """.replace("SAID_BLOCK", "cite: {vi: v, en: e}\n            quote: q"),
        {"area": 900, "cattle": 2},
    )

    assert ways == [[("area", 2000)], [("cattle", 10)]]


def test_a_member_of_whom_something_is_not_stated() -> None:
    """Two of three lack something: one the course, of the other it is not known."""
    graph = graph_of("ntm-xa-2021-2025")
    officials = [
        {"name": "An", "state_management_course": False, "other_requirements_met": True},
        {"name": "Bình", "state_management_course": True, "other_requirements_met": True},
        {"name": "Chi", "state_management_course": True},
    ]
    stated = given_from(graph, {"officials": {"complete": True, "items": officials}})

    goal = advise(decide(graph, stated)).goals[0]

    changes = [(c.move.place[1], c.move.fact.id, c.value) for c in goal.ways[0].changes]
    assert changes == [(0, "state_management_course", MET), (2, "other_requirements_met", MET)]


def test_facts_that_stand_for_conditions_are_cited() -> None:
    """A provision over facts by their names is what is met by them."""
    graph = compiled(
        pack_text("""\
        verdict: {all: [p]}
        facts:
          plan: {TWO, kind: yes_no}
          map: {TWO, kind: yes_no}
          seed: {TWO, kind: yes_no}
        provisions: {p: {SAID, at_least: 2, of: [plan, map, seed]}}
        """)
    )
    none = given_from(graph, {"plan": False, "map": False, "seed": True})

    (goal,) = advise(decide(graph, none)).goals

    assert goal.ways[0].meets == ("p",)
