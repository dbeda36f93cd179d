"""The straight-line function of a graph counts as its steps do."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tieuchi.engine.decision import MANY, Given, decide, program
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Contradiction, Members, Value
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.truth import MET, NOT_MET

PACKS = (
    "nq-08-2019",
    "ntm-xa-2021-2025",
    "binh-trung-2023",
    "tcpl-2021",
    "chan-nuoi-2020",
    "trang-trai-2020",
    "lao-cai-26-2020",
)


def a_case(graph: Graph, rnd: random.Random) -> Given:
    """Half the facts, in steps around the constants that the graph compares with."""
    bounds = [n.args[1] for n in graph.nodes if n.op in ("ge", "le")] or [1]
    given = Given()
    for fact in graph.facts:
        value: Value = None
        if fact.kind == "quantity":
            value = max(0, rnd.choice(bounds) + rnd.choice((-1, 0, 1)))
        elif fact.kind == "yes_no":
            value = rnd.choice((MET, NOT_MET))
        elif fact.kind == "class":
            value = 1 << rnd.randrange(len(fact.labels))
        elif fact.kind == "date":
            value = date(2022, 12, 31).toordinal() + rnd.randrange(400)
        elif fact.kind == "list":
            value = Members((["a", MET, rnd.choice((MET, NOT_MET))],), rnd.random() < 0.5)
        if value is not None and rnd.random() < 0.5:
            given[fact.id] = value
    for activity in graph.activities:
        if rnd.random() < 0.3:
            given[f"@activity/{activity}"] = rnd.choice((MET, NOT_MET))
    return given


@pytest.mark.parametrize("name", PACKS)
def test_the_written_out_function_gives_the_same_values(name: str) -> None:
    """What is faster for many cases must not differ for any."""
    graph = compile_pack(load_pack(name), date(2024, 10, 1))
    run, rnd = program(graph), random.Random(name)
    for _ in range(MANY):
        run.stepwise(Given())
    assert run.straight is not None
    compared = 0
    for _ in range(300):
        given = a_case(graph, rnd)
        try:
            expected = run.stepwise(given)
        except Contradiction:
            with pytest.raises(Contradiction):
                run.straight(given)
            continue
        assert run.straight(given) == expected
        compared += 1
    assert compared > 100


def test_an_unknown_name_is_refused_by_both() -> None:
    """A name that is no fact never passes silently."""
    graph = compile_pack(load_pack("lao-cai-26-2020"), date(2022, 1, 29))
    for _ in range(MANY + 1):
        with pytest.raises(KeyError, match="cattle"):
            decide(graph, Given({"cattle": 3}))
        decide(graph, Given())
