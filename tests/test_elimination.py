"""Rules of elimination: complete, small, and true whatever the order; without durable-rules."""

from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from graphs import graph
from hypothesis import given, settings
from hypothesis import strategies as st

from tieuchi.engine import truth
from tieuchi.engine.graph import Node
from tieuchi.engine.interval import ABSENT
from tieuchi.engine.kernel import step
from tieuchi.engine.session.elimination import (
    Atom,
    Bound,
    Inference,
    bounds_of,
    inferences,
    measure_of,
)
from tieuchi.engine.session.rule import TOGETHER, Rule, letters, rules_of, widest_of
from tieuchi.engine.truth import EVERYTHING, MET, NOT_APPLICABLE, NOT_MET

OUTCOMES = (MET, NOT_MET, NOT_APPLICABLE)
SETS = range(1, 8)


def left_of(found: list[Inference], known: set[Atom]) -> int:
    """What is left of a truth after everything that follows from the atoms known."""
    left = EVERYTHING
    for outcome, need, groups in found:
        if sum(known.issuperset(group) for group in groups) >= need:
            left &= ~outcome
    return left


def ruled_out(sets: dict[int, int]) -> set[Atom]:
    """What nodes with these sets of outcomes cannot be."""
    return {(node, out) for node, held in sets.items() for out in OUTCOMES if not held & out}


def truth_node(op: str, *args: Any) -> Node:
    """A truth node."""
    return Node(op, args, "truth")


@pytest.mark.parametrize("op", ["all", "any"])
@pytest.mark.parametrize("arity", [1, 2, 3, 4])
def test_all_and_any_leave_what_the_algebra_leaves(op: str, arity: int) -> None:
    """Every choice of sets, up to four children."""
    found = inferences(truth_node(op, *range(arity)))
    rule = truth.all_of if op == "all" else truth.any_of
    for sets in product(SETS, repeat=arity):
        assert left_of(found, ruled_out(dict(enumerate(sets)))) == rule(sets), sets


@pytest.mark.parametrize(
    ("count", "arity"), [(n, arity) for arity in range(1, 5) for n in range(1, arity + 2)]
)
def test_at_least_leaves_what_the_algebra_leaves(count: int, arity: int) -> None:
    """Also where more are asked for than there are."""
    found = inferences(truth_node("at_least", count, *range(arity)))
    for sets in combinations_with_replacement(SETS, arity):
        left = left_of(found, ruled_out(dict(enumerate(sets))))
        assert left == truth.at_least(count, sets), sets


@pytest.mark.parametrize(
    ("op", "rule"),
    [
        ("applies_when", truth.applies_when),
        ("unless", truth.unless),
        ("review", truth.reviewed),
        ("tighter", lambda a, b: a & (b | NOT_APPLICABLE)),
    ],
)
def test_gates_leave_what_the_algebra_leaves(op: str, rule: Any) -> None:
    """Every pair of sets."""
    found = inferences(truth_node(op, 0, 1))
    for a, b in product(SETS, repeat=2):
        assert left_of(found, ruled_out({0: a, 1: b})) == rule(a, b), (a, b)


def test_not_leaves_what_the_algebra_leaves() -> None:
    """Met and not met change places."""
    found = inferences(truth_node("not", 0))
    for a in SETS:
        assert left_of(found, ruled_out({0: a})) == truth.negated(a)


def test_a_class_is_among_labels_unless_each_of_them_is_ruled_out() -> None:
    """Three labels and "not applicable", two of the labels wanted."""
    node = truth_node("in", 0, 0b011, 3)
    found = inferences(node)
    for value in range(1, 16):
        known = {(0, 1 << i) for i in range(4) if not value >> i & 1}
        assert left_of(found, known) == step(node)([value])


def test_a_stated_fact_counts_before_its_definition() -> None:
    """A yes/no fact with `else`: unstated, the definition's set; stated, its own outcome."""
    found = inferences(truth_node("else truth", 0, 1))
    for defined in SETS:
        known = ruled_out({1: defined})
        assert left_of(found, known | {(0, 0)}) == defined
        for stated in (MET, NOT_MET):
            fact = {(0, NOT_MET if stated == MET else MET)}
            assert left_of(found, known | fact) == stated


@pytest.mark.parametrize(
    "node",
    [
        truth_node("ge", 0, 3),
        truth_node("le", 0, 3),
        truth_node("ge2", 0, 1),
        truth_node("gt2", 0, 1),
        *[truth_node("share", c, 0, 1, 2, 2) for c in ("ge", "gt", "le", "lt")],
    ],
    ids=lambda node: f"{node.op} {node.args[0]}",
)
def test_comparisons_leave_what_the_kernel_leaves(node: Node) -> None:
    """Every interval on a small grid, open ends and "not applicable" included."""
    ends = [None, 0, 1, 2, 3, 4]
    spans = [
        (lo, hi, absent)
        for lo, hi, absent in product(ends, ends, (False, True))
        if lo is None or hi is None or lo <= hi
    ]
    seconds = [*spans[::3], ABSENT]
    measure, bounds = measure_of(node), bounds_of(node)
    for x, y in product([*spans, ABSENT], seconds):
        values = [x, y, 1]
        lo, hi, absent = measure(values)
        fields: dict[str, int] = {}
        if (lo, hi, absent) == ABSENT:
            fields = {"lo": 10**9, "hi": -(10**9)}
        else:
            fields |= {} if lo is None else {"lo": lo}
            fields |= {} if hi is None else {"hi": hi}
            fields |= {} if absent else {"na": 0}
        left = EVERYTHING
        for outcome, bound in bounds.items():
            if holds(bound, fields):
                left &= ~outcome
        assert left == step(node)(values), values


def holds(bound: Bound, fields: dict[str, int]) -> bool:
    """Whether a bound is reached."""
    if bound.field not in fields:
        return False
    value, threshold = fields[bound.field], bound.threshold
    return {
        "$gte": value >= threshold,
        "$gt": value > threshold,
        "$lte": value <= threshold,
        "$lt": value < threshold,
    }[bound.operator]


def chained(rules: list[Rule], known: set[Atom]) -> set[Atom]:
    """All that follows by rules without bounds, naively."""
    known = set(known)
    while True:
        new = {
            rule.concludes
            for rule in rules
            if rule.bound is None
            and (any if rule.some else all)([atom in known for atom in rule.atoms])
        }
        if new <= known:
            return known
        known |= new


@st.composite
def operators(draw: st.DrawFn) -> tuple[Node, list[int]]:
    """An operator over up to 20 yes/no facts, and what each of them is known to be."""
    n = draw(st.integers(1, 20))
    children = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=20))
    op = draw(st.sampled_from(["all", "any", "at_least"]))
    args = [draw(st.integers(1, len(children))), *children] if op == "at_least" else children
    return truth_node(op, *args), draw(st.lists(st.sampled_from([1, 2, 3]), min_size=n, max_size=n))


@given(operators())
@settings(deadline=None)
def test_long_conjunctions_and_counts_come_to_the_same_by_small_rules(
    case: tuple[Node, list[int]],
) -> None:
    """Rules of a few atoms, chained by steps, leave what the algebra leaves."""
    node, stated = case
    made = graph([("yes_no", i) for i in range(len(stated))], [node])
    known = {(i, out) for i, held in enumerate(stated) for out in (MET, NOT_MET) if not held & out}
    rules = rules_of(made, widest_of(made))
    at = len(made.nodes) - 1
    left = widest_of(made)[at]
    for concluded, out in chained(rules, known):
        left &= ~out if concluded == at else EVERYTHING

    assert left == step(node)(stated)
    assert all(len(rule.atoms) <= TOGETHER for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules)


def test_a_conjunction_that_asks_more_than_another_way_is_left_out() -> None:
    """Children that always apply need no rule for "all of them are not not-met"."""
    made = graph([("yes_no", 0), ("yes_no", 1)], [truth_node("all", 0, 1)])

    names = [(rule.name, rule.atoms, rule.some) for rule in rules_of(made, widest_of(made))]

    assert names == [
        (f"{len(made.nodes) - 1}.2.a", ((0, NOT_MET), (1, NOT_MET)), False),
        (f"{len(made.nodes) - 1}.1.a", ((0, MET), (1, MET)), True),
    ]


def test_a_threshold_beyond_64_bits_is_refused() -> None:
    """The rules would compare it wrongly and say nothing."""
    with pytest.raises(OverflowError, match="a threshold beyond 64 bits: 9223372036854775807"):
        bounds_of(truth_node("ge", 0, 2**63 - 1))


def test_names_go_on_after_z() -> None:
    """As columns of a sheet do."""
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["a", "z", "aa", "az", "aaa"]
