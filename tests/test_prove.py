"""What is shown of a pack holds of every case there is, and what holds of small ones is shown."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import SHIPPED, compiled, graph_of, pack_text
from strategies import cases, packs
from test_advice import MOST, small_pack

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Graph, Provision
from tieuchi.engine.lint.prove import Shown, shown
from tieuchi.engine.truth import MET, NOT_MET


def node(graph: Graph, name: str) -> int:
    """The node of a provision."""
    return next(p.node for p in graph.main.provisions if p.id == name)


def breaks_it(graph: Graph, each: Shown, decision: Decision) -> bool:
    """Whether a case comes out as was shown that none does."""
    if each.kind == "unreachable":
        return False
    one = decision.values[node(graph, each.name)]
    other = decision.values[node(graph, each.other)] if each.other else 0
    broken: dict[str, bool] = {
        "never-met": one == MET,
        "never-fails": one == NOT_MET,
        "implied": one == NOT_MET and other == MET,
        "contradicts": one == other == MET,
        "shadowed": one == MET and other == NOT_MET,
        "alike": {one, other} == {MET, NOT_MET},
    }
    return broken[each.kind]


def holds_of(graph: Graph, each: Shown) -> None:
    """The case that goes with a pair comes out as it says."""
    if not each.other or not each.case:
        return
    values = decide(graph, each.case).values
    pair = (values[node(graph, each.name)], values[node(graph, each.other)])
    expected = {
        "implied": (MET, NOT_MET), "contradicts": (MET, NOT_MET), "shadowed": (NOT_MET, MET),
        "alike": (MET, MET),
    }  # fmt: skip
    assert pair == expected[each.kind]
    for name in each.case:  # and no fact of it can be left out
        less = Given({n: v for n, v in each.case.items() if n != name})
        without = decide(graph, less).values
        assert (without[node(graph, each.name)], without[node(graph, each.other)]) != pair


def every_case(graph: Graph) -> list[list[int]]:
    """What every node comes to in every case of a small pack."""
    names = [fact.id for fact in graph.facts]
    return [
        decide(graph, Given(dict(zip(names, values, strict=True)))).values
        for values in product(range(MOST + 1), repeat=len(names))
    ]


def expected_of(graph: Graph, grid: list[list[int]]) -> Iterator[tuple[set[str], set[str]]]:
    """Each thing that is so of all cases: the kinds it may be told as, whom it is told of."""
    by_id = {p.id: p for p in graph.main.provisions}
    for of in graph.main.provisions:
        found = {values[of.node] for values in grid}
        if found == {NOT_MET}:
            yield {"never-met"}, {of.id, *under(by_id, of)}
        if found == {MET}:
            yield {"never-fails"}, {of.id, *under(by_id, of)}
        for one, other in combinations([by_id[c] for c in of.children], 2):
            both = {(values[one.node], values[other.node]) for values in grid}
            told = {one.id, other.id}
            if of.operator == "all" and (MET, MET) not in both:
                yield {"contradicts"}, told
            elif {(MET, NOT_MET), (NOT_MET, MET)} - both and of.operator in ("all", "any"):
                yield {"implied", "shadowed", "alike"}, told


def under(by_id: dict[str, Provision], of: Provision) -> set[str]:
    """A provision's children and theirs."""
    return {c for child in of.children for c in (child, *under(by_id, by_id[child]))}


@settings(max_examples=max(1, settings().max_examples // 3), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_small_packs_against_every_case(seed: int) -> None:
    """What is shown is so, and what is so is shown, of it or of what is below it."""
    graph = compiled(small_pack(Random(seed)))
    grid = every_case(graph)

    found = shown(graph)

    for each in found:
        decisions = (Decision(graph, Given(), values) for values in grid)
        assert not any(breaks_it(graph, each, decision) for decision in decisions)
        holds_of(graph, each)
    by_id = {p.id: p for p in graph.main.provisions}
    told = {name for each in found for name in (each.name, each.other) if name}
    for kinds, names in expected_of(graph, grid):
        below = {n for name in names for n in under(by_id, by_id[name])}
        assert told & (names | below), (kinds, names)


@settings(deadline=None)
@given(pack=packs(), data=st.data())
def test_random_packs_against_cases(pack: dict[str, Any], data: st.DataObject) -> None:
    """Every shape of the language: no case comes out as was shown that none does."""
    _, graph = drawn_graph(pack)
    found = shown(graph)
    for each in found:
        try:
            decision = decide(graph, data.draw(cases(graph)))
        except CaseError:
            continue
        assert not breaks_it(graph, each, decision)


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
def test_shipped_packs_against_cases(name: str, data: st.DataObject) -> None:
    """The same of real law, which has a few such pairs."""
    graph = graph_of(name)
    found = shown_of(name)
    try:
        decision = decide(graph, data.draw(cases(graph)))
    except CaseError:
        return

    assert [(each.kind, each.name, each.other) for each in found] == BY_LAW.get(name, [])
    assert not any(breaks_it(graph, each, decision) for each in found)


BY_LAW = {
    "nq-08-2019": [("shadowed", "7.2.b.breeding-females", "7.2.b.large-livestock")],
    "nd-57-2018": [
        ("never-fails", "12.1", ""),
        ("shadowed", "11.4", "11.1.a"),
        ("shadowed", "11.5", "11.1.a"),
    ],
}
"""What is so in the law itself, each with a note that says why."""


@cache
def shown_of(name: str) -> list[Shown]:
    """What is shown of a pack that ships."""
    return list(shown(graph_of(name)))


def test_checks_of_the_input_are_kept_to() -> None:
    """A part is never more than the whole, so what the part meets the whole meets."""
    text = """\
    facts:
      part: {vi: v, en: e, unit: head}
      whole: {vi: v, en: e, unit: head}
    verdict: {any: ["1"]}
    provisions:
      "1":
        cite: {vi: v, en: e}
        quote: q
        any:
          1.part: {vi: v, en: e, require: {of: part, at_least: 50}}
          1.whole: {vi: v, en: e, require: {of: whole, at_least: 50}}
    """
    check = "checks: [{require: {of: part, at_most: whole}, level: error, vi: v, en: e}]\n"

    free, tied = (shown(compiled(pack_text(text) + more)) for more in ("", check))

    assert free == []
    assert [(e.kind, e.name, e.other) for e in tied] == [("shadowed", "1.part", "1.whole")]
    assert tied[0].case == {"part": 0, "whole": 50}
