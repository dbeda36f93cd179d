"""Where answers turn: every piece has one answer, as deciding each of its values shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from packs import compiled, unchecked
from strategies import cases, packs, text, thresholds

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Contradiction
from tieuchi.engine.turns import Turns

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
    written = text(data.draw(packs()))
    try:
        graph = unchecked(compiled(written))
    except Faults:
        assume(False)
        raise
    given_ = data.draw(cases(graph, otherwise=True))
    name, slot = data.draw(st.sampled_from(slots(graph)))
    if slot >= len(graph.facts) or graph.facts[slot].kind == "date":
        least = data.draw(st.integers(DAY - 900, DAY))
    else:
        near = data.draw(st.sampled_from(thresholds(graph)))
        least = max(graph.facts[slot].least or 0, near - data.draw(st.integers(0, 60)))
    held(graph, given_, name, slot, least, least + 120)
