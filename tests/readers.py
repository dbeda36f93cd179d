"""The readers of a graph: `@pytest.mark.parametrize("reader", READERS)` runs a test on each.

A reader takes a graph and what a case states, and gives the value of every node. It raises
`CaseError` where two statements cannot both be true.
"""

from collections.abc import Callable

import pytest

from tieuchi.engine import decision, session
from tieuchi.engine.decision import CaseError, Given
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.straight import straight

Reader = Callable[[Graph, Given], list[Value]]


def by_decide(graph: Graph, given: Given) -> list[Value]:
    """The exact evaluator, step by step."""
    return decision.decide(graph, given).values


def by_straight(graph: Graph, given: Given) -> list[Value]:
    """The same, written out as one function; `decide` takes to it after a few cases."""
    run = decision.program(graph)
    names = sorted(run.slots, key=run.slots.__getitem__)
    try:
        return straight(graph.nodes, names, run.blank[: len(names)])(given)
    except Contradiction:
        raise CaseError("both-stated", "") from None


def by_session(graph: Graph, given: Given) -> list[Value]:
    """The forward chainer."""
    return session.run(graph, given).values


needs_session = pytest.mark.skipif(
    not session.available(), reason="durable-rules cannot be had here"
)
READERS = [
    pytest.param(by_decide, id="decide"),
    pytest.param(by_straight, id="straight"),
    pytest.param(by_session, id="session", marks=needs_session),
]
