"""Where answers turn: every piece has one answer, as deciding each of its values shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import compiled, pack_text, unchecked
from strategies import COMPARISONS, cases, packs, thresholds

from tieuchi.engine.ahead.turns import TooFine, Turns
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Contradiction

DAY = date(2023, 5, 31).toordinal()


def slots(graph: Graph) -> list[tuple[str, int]]:
    """What can move: quantities, dates, and the day."""
    kinds = ("quantity", "date")
    found = [(fact.id, i) for i, fact in enumerate(graph.facts) if fact.kind in kinds]
    return [*found, ("@as_of", len(graph.facts))]


def conditions(graph: Graph) -> list[int]:
    """All that is watched: every provision and the verdict."""
    nodes = [p.node for part in graph.parts for p in part.provisions if p.node >= 0]
    return [*nodes, graph.main.verdict]


def outcome(graph: Graph, given_: Given, name: str, x: int) -> Any:
    """What is watched at one value; None where it contradicts the rest."""
    try:
        values = decide(graph, Given({**given_, name: x})).values
    except CaseError:
        return None
    return [values[node] for node in conditions(graph)]


def held(graph: Graph, given_: Given, name: str, slot: int, least: int, most: int) -> list[int]:
    """The pieces of a range, each of whose values was decided."""
    outcomes = [outcome(graph, given_, name, x) for x in range(least, most + 1)]
    try:
        turns = Turns(graph, given_, slot, conditions(graph))
    except Contradiction:
        assert outcomes == [None] * len(outcomes)
        return [least]
    starts = turns.starts(least, most)
    assert starts == sorted(set(starts))
    assert starts[0] == least
    for start, end in zip(starts, [*starts[1:], most + 1], strict=True):
        piece = outcomes[start - least : end - least]
        assert piece == [piece[0]] * len(piece), (start, end)
    return starts


@given(st.data())
def test_on_a_piece_nothing_turns(data: st.DataObject) -> None:
    """Whatever moves, in every pack that can be written, for whole cases and partial ones."""
    graph = unchecked(drawn_graph(data.draw(packs()))[1])
    given_ = data.draw(cases(graph, otherwise=True))
    name, slot = data.draw(st.sampled_from(slots(graph)))
    if slot >= len(graph.facts) or graph.facts[slot].kind == "date":
        least = data.draw(st.integers(DAY - 900, DAY))
    else:
        near = data.draw(st.sampled_from(thresholds(graph)))
        least = max(graph.facts[slot].least or 0, near - data.draw(st.integers(0, 60)))
    held(graph, given_, name, slot, least, least + 120)


STEPWISE = pack_text(
    """
    verdict: {all: ["1"]}
    facts:
      x: {TWO, unit: head}
      y: {TWO, unit: head, max: 9 head}
    define:
      a: {TWO, SAID, AAA}
      b: {TWO, SAID, BBB}
      up: {TWO, SAID, sum: [a, b]}
      apart: {TWO, SAID, less: [a, b]}
      with-y: {TWO, SAID, less: [apart, y]}
      top: {TWO, SAID, highest: [apart, b]}
      held: {TWO, SAID, of: apart, floor: 2 head, cap: b}
      either: {TWO, SAID, first: [{when: c, then: a}, {else: apart}]}
    provisions:
      "1": {SAID, all: {
        c: {SAID, require: {of: VALUE, WAY: NUMBER head}},
        e: {SAID, require: {of: either, WAY: NUMBER head}},
        n: {SAID, require: {of: VALUE, WAY: b}},
        r: {SAID, require: {ratio: {of: a, per: VALUE}, WAY: SHARE %}}}}
    """
)
VALUES = ("a", "b", "up", "apart", "with-y", "top", "held")


@st.composite
def stepwise(draw: Any) -> str:
    """A pack in which one fact goes up in steps and down in others."""

    def steps() -> str:
        way, to = draw(st.sampled_from(("down", "up", "half_up"))), draw(st.integers(1, 9))
        times = draw(st.sampled_from(("1", "2", "0.5", "-1", "3")))
        return f"times: [x, {times}], round: {{to: {to} head, way: {way}}}"

    number, share = draw(st.integers(-12, 30)), draw(st.sampled_from((30, 50, 100, 150)))
    written = STEPWISE.replace("AAA", steps()).replace("BBB", steps())
    written = written.replace("VALUE", draw(st.sampled_from(VALUES)))
    written = written.replace("WAY", draw(st.sampled_from(COMPARISONS)))
    return written.replace("NUMBER", str(max(number, 0))).replace("SHARE", str(share))


@settings(max_examples=settings().max_examples * 4)
@given(st.data())
def test_what_goes_up_and_down_in_steps(data: st.DataObject) -> None:
    """One fact in many places: rounded, taken from itself, divided by itself, capped by itself."""
    graph = compiled(data.draw(stepwise()))
    y = data.draw(st.none() | st.integers(0, 9))
    held(graph, Given({} if y is None else {"y": y}), "x", 0, 0, 70)


# ---- by hand

SHARES = pack_text(
    """
    verdict: {all: ["1"]}
    facts:
      cattle: {TWO, unit: head}
      pigs: {TWO, unit: head}
      age: {TWO, unit: year, else: computed}
      born: {TWO, kind: date}
      people: {TWO, kind: list, fields: {land: {TWO, unit: head}}}
    define:
      herd: {TWO, SAID, sum: [cattle, pigs]}
      computed: {TWO, SAID, years: {from: born, to: as_of}}
      near: {TWO, SAID, less: [{highest: [cattle, 100 head]}, {highest: [cattle, 40 head]}]}
    provisions:
      "1": {SAID, all: {
        "1.share": {SAID, require: {ratio: {of: cattle, per: herd}, at_least: 50 %}},
        "1.near": {SAID, require: {of: near, at_least: 10 head}},
        "1.age": {SAID, require: {of: age, at_least: 18 year}},
        "1.people": {SAID, require: {count: people, where: {require: {of: land, at_least: cattle}},
          at_least: 1}}}}
    """
)


def shares(**stated: Any) -> tuple[Graph, Given]:
    """That pack and what is stated."""
    graph = compiled(SHARES)
    return graph, given_from(graph, stated)


def test_a_part_of_a_whole_that_grows_with_it() -> None:
    """Ten pigs: from ten cattle on they are half of the herd, however many may be stated."""
    graph, given_ = shares(pigs=10, age=20, people=[{"land": 3}])
    watched = [graph.main.provisions[1].node]

    assert Turns(graph, given_, 0, watched).starts(0, 10**12) == [0, 10]


def test_what_rises_and_falls() -> None:
    """max(x, 100) - max(x, 40) is 60, then falls, then is nothing: at least 10 up to 90."""
    graph, given_ = shares(pigs=10, people=[{"land": 3}])
    watched = [p.node for p in graph.main.provisions if p.id == "1.near"]

    starts = Turns(graph, given_, 0, watched).starts(0, 10**12)
    assert {0, 91} <= set(starts) <= {0, 40, 41, 91, 100, 101}  # where the highest is another too


def test_what_is_counted_over_a_list() -> None:
    """Who has at least as much land as there are cattle: nobody from four on."""
    graph, given_ = shares(pigs=10, people=[{"land": 3}, {"land": 1}])
    watched = [p.node for p in graph.main.provisions if p.id == "1.people"]

    assert Turns(graph, given_, 0, watched).starts(0, 5_000) == [0, 4]


def test_a_range_that_cannot_be_followed_is_given_up() -> None:
    """Only where a comparison goes both ways and stays open all along."""
    graph, given_ = shares(people=[{"land": 3}])
    watched = [p.node for p in graph.main.provisions]

    with pytest.raises(TooFine):
        Turns(graph, given_, 0, watched, looks=50).starts(0, 10**12)


@pytest.mark.parametrize("name", ["cattle", "pigs", "age", "born"])
def test_each_value_by_itself(name: str) -> None:
    """Every one of several hundred values is decided, with the other facts stated or not."""
    for stated in ({"pigs": 10, "people": [{"land": 30}]}, {"cattle": 7, "born": "2000-03-01"}):
        graph, given_ = shares(**{k: v for k, v in stated.items() if k != name})
        slot = next(i for i, fact in enumerate(graph.facts) if fact.id == name)
        least = DAY - 8_600 if name == "born" else 0
        held(graph, given_, name, slot, least, least + 400)
