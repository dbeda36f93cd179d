"""A table decided in columns: what `decide` says of each row, in every back end.

The shipped packs on every day on which they change, and random packs; rows with gaps and with
awkward values (`tables` makes them), lists from a second table, activities asked by row.
"""

from datetime import date
from random import Random
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from graphs import fact
from graphs import graph as graph_by_hand
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import SHIPPED, compiled, graph_of, pack_text
from readers import needs_session
from strategies import cases, packs, text
from tables import (
    ENGINES,
    FAR,
    KEY,
    canonical,
    case,
    compare,
    decided,
    in_polars,
    plan_of,
    random_table,
    session_disagreements,
    table_of,
)

from tieuchi.engine.decision import decide
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.interval import span
from tieuchi.engine.load import breaks, load_pack
from tieuchi.engine.table.members import OuterValue, counted

few = settings(max_examples=max(1, settings().max_examples // 3))


def held(graph: Graph, table: dict[str, list[Any]], engine: str, *, complete: bool) -> None:
    """Columns and `decide` say the same of every row."""
    wrong = compare(graph, table, engine, complete=complete)

    assert not wrong, f"{len(wrong)} rows, such as {wrong[0]}"


# ---- the law


@pytest.mark.parametrize("complete", [False, True], ids=["open", "complete"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_law_decides_a_table_as_it_decides_each_row(
    pack: str, engine: str, complete: bool
) -> None:
    """Status, shortfall and amounts of every row, and which rows are refused."""
    graph = graph_of(pack)
    rounds = ((0.05, True), (0.0, False), (0.4, False))
    once = engine == "duckdb" and len(graph.nodes) > 300  # which it takes seconds to plan
    for gaps, activities in rounds[:1] if once else rounds:
        rng = Random(f"{pack} {gaps}")
        table = random_table(graph, 120, rng, gaps=gaps, activities=activities)

        held(graph, table, engine, complete=complete)


@pytest.mark.parametrize("pack", SHIPPED)
def test_on_every_day_on_which_the_law_changes(pack: str) -> None:
    """Each span of days has a graph of its own."""
    for day in breaks(load_pack(pack)):
        graph = graph_of(pack, date.fromordinal(day))
        table = random_table(graph, 60, Random(day), gaps=0.1)

        held(graph, table, "polars", complete=False)


@needs_session
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_forward_chainer_says_the_same(pack: str) -> None:
    """Three readers, one answer."""
    graph = graph_of(pack)
    table = random_table(graph, 25, Random(pack), gaps=0.1, activities=True)
    made = plan_of(graph, table)
    rows = decided(canonical(graph, table, in_polars), made)

    assert not list(session_disagreements(graph, table, rows, made))


# ---- random packs


def drawn(pack: dict[str, Any]) -> Graph | None:
    """A random pack's graph; None where its numbers leave 64 bits, which is refused."""
    try:
        return compiled(text(pack))
    except Faults as refused:
        if {found.code for found in refused.diagnostics} == {"overflow"}:
            return None
        raise


@pytest.mark.parametrize("engine", ENGINES)
@few
@given(pack=packs(), seed=st.integers(0, 2**32), complete=st.booleans())
def test_random_packs_decide_random_tables(
    engine: str, pack: dict[str, Any], seed: int, complete: bool
) -> None:
    """Every way in which the language can be put together, with as much as may be stated."""
    graph = drawn(pack)
    if graph is None:
        return
    for gaps in (0.0, 0.3):
        table = random_table(graph, 40, Random(seed), gaps=gaps, activities=bool(seed % 2))

        held(graph, table, engine, complete=complete)


@needs_session
@few
@given(pack=packs(small=True), data=st.data())
def test_random_packs_in_three_readers(pack: dict[str, Any], data: st.DataObject) -> None:
    """Drawn case by case, so that a disagreement shrinks to the least case."""
    graph = drawn(pack)
    if graph is None:
        return
    complete = data.draw(st.booleans())
    givens = data.draw(st.lists(cases(graph, otherwise=True), min_size=1, max_size=4))
    table = table_of(graph, givens)
    made = plan_of(graph, table)
    rows = decided(canonical(graph, table, in_polars, complete=complete), made)

    held(graph, table, "polars", complete=complete)
    assert not list(session_disagreements(graph, table, rows, made, complete=complete))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_threshold_that_no_fact_can_reach(engine: str) -> None:
    """Wider than 64 bits itself; what is missing to it is said in full."""
    graph = compiled(pack_text(FAR))

    held(graph, random_table(graph, 200, Random(1), gaps=0.1), engine, complete=False)


# ---- lists


def listing(where: tuple[Node, ...]) -> Graph:
    """Counts and totals over a list of members with a yes/no, a quantity, a class and a day."""
    kinds = ("yes_no", "quantity", "class", "date")
    fields = tuple(fact(kind, i + 10) for i, kind in enumerate(kinds))
    facts = [fact("quantity", 0), fact("list", 1, fields=fields)]
    nodes = [
        Node("count", (1, where, 2, (), -1), "quantity"),
        Node("count", (1, (), 1), "quantity"),
        Node("total", (1, (*FIELDS, Node("linear", (0, 1, 1), "quantity"))), "quantity"),
        Node("total", (1, EACH), "quantity"),
    ]
    return graph_by_hand(facts, nodes)


FIELDS = tuple(
    Node("fact", (i,), kind) for i, kind in enumerate(("truth", "quantity", "class", "date"))
)
WHERE = (
    *FIELDS,
    Node("outer", (2,), "date"),  # the day
    Node("elapsed", ("years", 3, 4), "quantity"),
    Node("ge", (5, 18), "truth"),
    Node("ge", (1, 3), "truth"),
    Node("in", (2, 0b101, 3), "truth"),
    Node("any", (0, 6), "truth"),
    Node("all", (9, 7, 8), "truth"),
)


EACH = (
    *FIELDS,
    Node("in", (2, 0b101, 3), "truth"),
    Node("const", (4,), "quantity", least=4, most=4),
    Node("pick", (4, 1, 5), "quantity"),
    Node("unknown", (), "quantity"),
    Node("pick", (0, 7, 6), "quantity"),  # of whom yes is said, nothing is known
    Node("linear", (-1, 2, 8), "quantity", least=-1),
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("complete", [False, True], ids=["open", "complete"])
def test_members_are_counted_as_one_by_one(engine: str, complete: bool) -> None:
    """By yes/no, number, class and age; whom nothing is known of counts towards one end."""
    graph = listing(WHERE)
    table = random_table(graph, 300, Random(1), gaps=0.2)
    counts = nw.to_native(
        canonical(graph, table, ENGINES[engine], complete=complete).collect("polars")
    )
    for i, row in enumerate(counts.sort(KEY).to_dicts()):
        values = decide(graph, case(graph, table, i, complete=complete)).values
        for node in (3, 4, 5, 6):
            low, high, _ = span(values[node])

            assert (row[f"@{node}_low"], row[f"@{node}_high"]) == (low, high), (i, node)


def test_a_condition_over_members_that_reads_another_fact_is_refused() -> None:
    """Said with the condition and what it reads; the day alone is the same for all."""
    where = (*FIELDS, Node("outer", (0,), "quantity"), Node("ge2", (1, 4), "truth"))
    members = nw.from_native(pl.LazyFrame({KEY: [1], "f11": [1]}))

    with pytest.raises(OuterValue) as refused:
        counted(listing(where), "f1", members, KEY, complete=True)
    assert (refused.value.listed, refused.value.condition.op, refused.value.reads) == (
        "f1",
        "ge2",
        0,
    )
