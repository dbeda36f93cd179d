"""The table on Spark: one session, three partitions, ANSI mode, so that nothing wraps in silence.

It runs where pyspark and a Java are; a cluster differs from it in size alone.
"""

from random import Random
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from on_spark import ON_SPARK
from packs import SHIPPED, compiled, graph_of, pack_text, unchecked
from strategies import packs
from tables import FAR, KEY, Row, canonical, disagreements, plan_of, random_table
from test_table_nodes import CASES, DIVISORS, D, hold, whole_numbers

from tieuchi.engine.graph import Node
from tieuchi.engine.table.results import INNER, Plan
from tieuchi.engine.table.terms import column, divided, expression

pytestmark = [pytest.mark.spark, *ON_SPARK]


class Engine:
    """Puts frames into a session."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def __call__(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame in three partitions."""
        held = nw.to_native(frame).collect()
        there = self.session.createDataFrame(held.to_arrow()).repartition(3)
        made: nw.LazyFrame[Any] = nw.from_native(there)
        return made


def decided(frame: nw.LazyFrame[Any], made: Plan) -> list[Row]:
    """What the columns say, row by row."""
    out = nw.to_native(made.over(frame, [KEY])).orderBy(KEY).toArrow()
    return list(pl.DataFrame(pl.from_arrow(out)).to_dicts())


@pytest.mark.parametrize("complete", [False, True], ids=["open", "complete"])
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_law_decides_a_table_on_spark(pack: str, complete: bool, spark: Any) -> None:
    """Every cell of every row, and which rows are refused."""
    graph = graph_of(pack) if complete else unchecked(graph_of(pack))
    table = random_table(graph, 300, Random(pack), gaps=0.1, activities=not complete)
    made = plan_of(graph, table, enum=False)
    rows = decided(canonical(graph, table, Engine(spark), complete=complete), made)

    assert [row[KEY] for row in rows] == table[KEY]
    assert not list(disagreements(graph, table, rows, made, complete=complete))


@settings(max_examples=max(3, settings().max_examples // 20))
@given(pack=packs(), seed=st.integers(0, 2**32), complete=st.booleans())
def test_random_packs_on_spark(pack: dict[str, Any], seed: int, complete: bool, spark: Any) -> None:
    """Every way in which the language can be put together, as on the other back ends; a query takes
    seconds to plan, so that they are few: a hundred in the long suite."""
    _, graph = drawn_graph(pack)
    table = random_table(graph, 40, Random(seed), gaps=0.2, activities=bool(seed % 2))
    made = plan_of(graph, table, enum=False, missing=True)
    rows = decided(canonical(graph, table, Engine(spark), complete=complete), made)
    told = made._replace(results=tuple(r for r in made.results if not r.name.startswith(INNER)))

    assert [row[KEY] for row in rows] == table[KEY]
    assert not list(disagreements(graph, table, rows, told, complete=complete))


def test_a_threshold_that_no_fact_can_reach(spark: Any) -> None:
    """Wider than 64 bits, which ANSI mode would refuse."""
    graph = compiled(pack_text(FAR))
    table = random_table(graph, 200, Random(1), gaps=0.1)
    made = plan_of(graph, table, enum=False)
    rows = decided(canonical(graph, table, Engine(spark)), made)

    assert not list(disagreements(graph, table, rows, made))


def test_whole_numbers_divide_exactly(spark: Any) -> None:
    """Which Spark does in binary floating point: what is off near 2^62 is put right."""
    frame = nw.from_native(pl.DataFrame({"x": whole_numbers()}).lazy())
    over = {f"q{q}": expression(divided(column("x"), q, 2**63 - 1)) for q in DIVISORS}
    for row in nw.to_native(Engine(spark)(frame).select("x", **over)).collect():
        assert [row[f"q{q}"] for q in DIVISORS] == [row["x"] // q for q in DIVISORS], row["x"]


@pytest.mark.parametrize("way", ["down", "up", "half_up"])
def test_rounding_of_large_numbers(way: str, spark: Any) -> None:
    """Beyond 2^53, both signs: nothing on the way leaves 64 bits, which ANSI mode would refuse."""
    rows = [(x,) for x in whole_numbers() if abs(x) < 2**61]

    hold(Node("round", (0, 4, 3, way), "quantity"), ("quantity",), ("point",), Engine(spark),
         rows=rows)  # fmt: skip


OPS = {case[0]: case for case in CASES if case[2]}


@pytest.mark.parametrize("op", OPS)
def test_an_op_on_spark_is_the_kernels(op: str, spark: Any) -> None:
    """One shape of each op over what its operands can be."""
    _, args, kinds, kind, keep = OPS[op]

    hold(Node(op, args, kind), kinds, ["any"] * len(kinds), Engine(spark), keep, most=400)


def test_completed_time_on_spark(spark: Any) -> None:
    """Years between any two days of the calendar."""
    rng = Random(3)
    rows = [(rng.randint(1, 3_652_059), rng.randint(1, 3_652_059)) for _ in range(2_000)]

    hold(Node("elapsed", ("years", 0, 1), "quantity"), (D, D), ("point", "point"), Engine(spark),
         rows=rows)  # fmt: skip
