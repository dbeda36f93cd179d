"""The algebra of possibilities, held against the oracle of the logic.

Exhaustively where it is small, and as random conditions of whole packs, on every reader.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_logic import MET, NA, NOT_MET, outcomes
from packs import compiled
from readers import READERS, Reader
from strategies import TWO, text

from tieuchi.engine import truth
from tieuchi.engine.decision import Given
from tieuchi.engine.truth import EVERYTHING, NOT_APPLICABLE, Status

SETS = range(1, EVERYTHING + 1)
OPERATIONS: dict[str, Callable[[Sequence[int]], int]] = {
    "all": truth.all_of,
    "any": truth.any_of,
    "not": lambda sets: truth.negated(*sets),
    "applies_when": lambda sets: truth.applies_when(*sets),
    "unless": lambda sets: truth.unless(*sets),
    "review": lambda sets: truth.reviewed(*sets),
}
ARITIES = {"all": (1, 2, 3, 4), "any": (1, 2, 3, 4), "not": (1,)}


def named(bits: int) -> frozenset[str]:
    """A set of outcomes in the oracle's words."""
    return frozenset(map(str, truth.possible(bits)))


@pytest.mark.parametrize("word", OPERATIONS)
def test_every_operation_on_every_sets(word: str) -> None:
    """What comes out is what some choice of one outcome from each part gives, and no more."""
    for arity in ARITIES.get(word, (2,)):
        for sets in product(SETS, repeat=arity):
            expected = outcomes((word, *map(named, sets)))

            assert named(OPERATIONS[word](sets)) == expected, sets


def test_at_least_on_every_sets() -> None:
    """Met where N children are; N is not lowered when children drop out (DESIGN §4)."""
    for arity in (1, 2, 3, 4):
        for sets in product(SETS, repeat=arity):
            for count in range(1, arity + 1):
                expected = outcomes(("at_least", count, *map(named, sets)))

                assert named(truth.at_least(count, sets)) == expected, (count, sets)


@pytest.mark.parametrize("word", OPERATIONS)
def test_every_operation_is_monotone(word: str) -> None:
    """What is ruled out of a part never makes more possible of the whole."""
    for sets in product(SETS, repeat=min(2, max(ARITIES.get(word, (2,))))):
        for i, bits in enumerate(sets):
            for narrower in (n for n in SETS if n & bits == n):
                parts = (*sets[:i], narrower, *sets[i + 1 :])
                before, after = OPERATIONS[word](sets), OPERATIONS[word](parts)

                assert after & before == after, (sets, parts)


def test_a_set_and_its_outcomes() -> None:
    """A set of one outcome is settled, a larger one undetermined; names go to bits and back."""
    for bits in SETS:
        one = bits in (truth.MET, truth.NOT_MET, NOT_APPLICABLE)

        assert truth.truth_of(truth.possible(bits)) == bits
        assert (truth.status(bits) == Status.UNDETERMINED) != one
        assert not one or truth.possible(bits) == (truth.status(bits),)


# ---- conditions of packs

SETTLED = {MET: "true", NOT_MET: "false"}
GATES = ("applies_when", "unless", "review")
Tree = Any  # as `oracle_logic` takes it


def trees() -> st.SearchStrategy[Tree]:
    """Random conditions over leaves that can be any set of outcomes."""
    leaf = st.sets(st.sampled_from([MET, NOT_MET, NA]), min_size=1).map(frozenset)

    def joined(tree: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        several = st.lists(tree, min_size=1, max_size=4)
        return st.one_of(
            st.tuples(st.sampled_from(["all", "any"]), several).map(lambda t: (t[0], *t[1])),
            several.flatmap(
                lambda children: st.integers(1, len(children)).map(
                    lambda count: ("at_least", count, *children)
                )
            ),
            tree.map(lambda child: ("not", child)),
            st.tuples(st.sampled_from(GATES), tree, tree),
        )

    return st.recursive(leaf, joined, max_leaves=10)


class Written:
    """A tree as provisions of a pack, each leaf with two yes/no facts of its own."""

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}
        self.given: dict[str, bool] = {}
        self.provisions: dict[str, Any] = {}

    def leaf(self, possible: frozenset[str]) -> dict[str, Any]:
        """`require` behind a gate: not applicable where the gate is open or does not hold."""
        gate, own = f"gate{len(self.facts)}", f"own{len(self.facts)}"
        for name, yes, no in (
            (gate, possible - {NA}, NA in possible),
            (own, MET in possible, NOT_MET in possible),
        ):
            self.facts[name] = {**TWO, "kind": "yes_no"}
            if bool(yes) != bool(no):
                self.given[name] = bool(yes)
        return {"applies_when": gate, "require": {"of": own, "is": "true"}}

    def provision(self, tree: Tree) -> str:
        """The id of a provision that says the tree."""
        if isinstance(tree, frozenset):
            model = self.leaf(tree)
        else:
            word, *parts = tree
            count = parts.pop(0) if word == "at_least" else 0
            names = [self.provision(part) for part in parts]
            if word == "not":
                model = {"not": names[0]}
            elif word in GATES:
                gate = "review_when" if word == "review" else word
                model = {gate: names[0], "all": [names[1]]}
            elif word == "at_least":
                model = {"at_least": str(count), "of": names}
            else:
                model = {word: names}
        name = f"p{len(self.provisions)}"
        self.provisions[name] = {"cite": TWO, "quote": "q", **model}
        return name


@pytest.mark.parametrize("reader", READERS)
@given(tree=trees())
def test_every_reader_knows_the_logic(reader: Reader, tree: Tree) -> None:
    """A random condition, compiled from a pack, comes to exactly what the oracle says."""
    written = Written()
    top = written.provision(tree)
    pack = {"pack": "random", "kind": "subsidy", "cite": TWO, "title": TWO, "grade": "B",
            "facts": written.facts, "provisions": written.provisions}  # fmt: skip
    graph = compiled(text(pack))
    bits = {True: truth.MET, False: truth.NOT_MET}
    values = reader(graph, Given({name: bits[yes] for name, yes in written.given.items()}))
    node = next(p.node for p in graph.main.provisions if p.id == top)

    assert named(values[node]) == outcomes(tree)
