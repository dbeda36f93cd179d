"""Laws that hold for every pack and every case: what is decided is what `oracle` finds by trying.

The shipped packs stand for real law, random packs for every way in which the language can be put
together. The oracle imports nothing of the engine.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Oracle, number
from packs import DAY, SHIPPED, asked, graph_of, outcomes, texts, told, unchecked
from readers import READERS, Reader, by_decide
from strategies import cases, grid, packs

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Graph
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import NOT_MET

few = settings(max_examples=max(1, settings().max_examples // 2))
MOST = 60  # completions tried of a partial case for each name
DAYS = [DAY, date(2024, 10, 1), date(2026, 3, 1)]

# ---- against the oracle


def names(graph: Graph) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Everything that a pack names and that has a value: its id, node, and labels of a class."""
    for provision in graph.main.provisions:
        if provision.node >= 0:
            yield provision.id, provision.node, ()
    for definition in graph.main.definitions:
        yield definition.id, definition.node, tuple(label for label, _ in definition.labels)
    for amount in graph.main.amounts:
        if amount.node >= 0:
            yield amount.id, amount.node, ()


def holds(graph: Graph, node: int, labels: tuple[str, ...], value: Value, found: Any) -> bool:
    """Whether a value of the engine leaves possible what the oracle found."""
    of = graph.nodes[node]
    if of.kind == "truth":
        return found in outcomes(value)
    if of.kind == "class":
        return bool(value >> labels.index(found) & 1)
    if of.kind == "ratio":
        parts = zip(of.args, value, found, strict=True)
        return all(holds(graph, part, (), v, f) for part, v, f in parts)
    lo, hi, absent = span(value)
    if found is None:
        return absent
    steps = found / number(f"1 {of.unit}") * of.den / of.num
    return (lo is None or lo <= steps) and (hi is None or steps <= hi)


def is_settled(graph: Graph, node: int, value: Value) -> bool:
    """Whether a value leaves one thing possible."""
    kind = graph.nodes[node].kind
    if kind in ("truth", "class"):
        return bool(value & (value - 1) == 0)
    if kind == "ratio":
        return all(
            is_settled(graph, p, v) for p, v in zip(graph.nodes[node].args, value, strict=True)
        )
    return isinstance(value, int) or value is ABSENT


def hold_to_oracle(graph: Graph, values: list[Value], oracle: Oracle, *, whole: bool) -> None:
    """Nothing that can come true is ruled out; of a `whole` case nothing else is left either."""
    for name, node, labels in names(graph):
        found = oracle.possible(name, MOST)
        wrong = [f for f in found if not holds(graph, node, labels, values[node], f)]

        assert not wrong, f"{name}: {values[node]} rules out {wrong}"
        if whole and oracle.tried == 1:
            assert is_settled(graph, node, values[node]), f"{name}: {values[node]}, is {found}"


def oracle_for(written: tuple[str, ...], graph: Graph, stated: Given) -> Oracle:
    """The oracle on the same case."""
    law, day = as_data(written), date.fromordinal(graph.as_of)
    return Oracle(law, day, told(graph, stated), asked(stated), grid(law, day))


@cache
def as_data(written: tuple[str, ...]) -> dict[str, Any]:
    """Packs as plain data, by id."""
    packs = [yaml.load(each, yaml.CBaseLoader) for each in written]
    return {pack["pack"]: pack for pack in packs}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("pack", SHIPPED)
@few
@given(data=st.data())
def test_a_complete_case_of_the_law_is_decided_as_by_hand(
    pack: str, reader: Reader, data: st.DataObject
) -> None:
    """With everything stated, near the law's thresholds, every provision comes to what it says."""
    graph = unchecked(graph_of(pack, data.draw(st.sampled_from(DAYS))))
    stated = data.draw(cases(graph, missing=0))
    oracle = oracle_for(texts(pack), graph, stated)

    hold_to_oracle(graph, reader(graph, stated), oracle, whole=True)


@pytest.mark.parametrize("pack", SHIPPED)
@few
@given(data=st.data())
def test_what_is_stated_of_a_partial_case_of_the_law_holds_for_its_completions(
    pack: str, data: st.DataObject
) -> None:
    """Soundness: never "not met" while an unknown could still rescue the case, nor the reverse."""
    graph = unchecked(graph_of(pack, data.draw(st.sampled_from(DAYS))))
    stated = data.draw(cases(graph, missing=2))
    oracle = oracle_for(texts(pack), graph, stated)

    hold_to_oracle(graph, by_decide(graph, stated), oracle, whole=False)


@pytest.mark.parametrize("reader", READERS)
@given(pack=packs(small=True), data=st.data())
def test_a_complete_case_is_decided_as_by_hand(
    reader: Reader, pack: dict[str, Any], data: st.DataObject
) -> None:
    """With everything stated, every name of a random pack comes to what it says."""
    written, graph = drawn_graph(pack)
    stated = data.draw(cases(graph, missing=0))

    hold_to_oracle(graph, reader(graph, stated), oracle_for((written,), graph, stated), whole=True)


@pytest.mark.parametrize("reader", READERS)
@given(pack=packs(small=True), data=st.data())
def test_what_is_stated_of_a_partial_case_holds_for_its_completions(
    reader: Reader, pack: dict[str, Any], data: st.DataObject
) -> None:
    """Soundness: every completion lies within what the partial case stated."""
    written, graph = drawn_graph(pack)
    stated = data.draw(cases(graph))
    try:
        values = reader(graph, stated)
    except CaseError:  # a list says otherwise than the counts of it: no completion
        return

    hold_to_oracle(graph, values, oracle_for((written,), graph, stated), whole=False)


@given(pack=packs(small=True, alone=True), data=st.data())
def test_what_is_stated_as_possible_can_come_true(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """Tightness: where each fact stands once, some completion reaches every possibility stated."""
    written, graph = drawn_graph(pack)
    stated = data.draw(cases(graph))
    values = by_decide(graph, stated)
    oracle = oracle_for((written,), graph, stated)

    for provision in graph.main.provisions:
        possible = outcomes(values[provision.node])
        found = oracle.possible(provision.id, 200)
        if found != possible:  # mostly all has come true by then, and the rest is soundness
            found = oracle.possible(provision.id, 2_000)
        assert found == possible or (found < possible and oracle.tried == 2_000)


@pytest.mark.parametrize("pack", [p for p in SHIPPED if graph_of(p).main.checks])
@few
@given(data=st.data())
def test_a_check_of_the_input_refuses_what_cannot_be(pack: str, data: st.DataObject) -> None:
    """A complete case is refused where a check that is an error fails, and nowhere else."""
    graph = graph_of(pack)
    stated = data.draw(cases(graph, missing=0))
    values = by_decide(unchecked(graph), stated)
    checks = [check for part in graph.parts for check in part.checks if check.level == "error"]
    if any(values[check.truth] == NOT_MET for check in checks):
        with pytest.raises(CaseError, match="check-failed"):
            decide(graph, stated)
    else:
        decide(graph, stated)


@pytest.mark.parametrize("pack", SHIPPED)
@few
@given(data=st.data())
def test_complete_means_that_there_is_none(pack: str, data: st.DataObject) -> None:
    """`complete: true` sets to 0 what a holding can simply have none of, and nothing else."""
    graph = unchecked(graph_of(pack))
    partial = data.draw(cases(graph, missing=2))
    facts = told(graph, partial)
    said = {name: _as_people_state(value) for name, value in facts.items()}
    stated = given_from(graph, said, complete=True, activities=asked(partial) or None)
    oracle = oracle_for(texts(pack), graph, partial)
    oracle.grid = grid(oracle.packs, DAY, complete=True)
    oracle.asked = asked(partial) or None

    hold_to_oracle(graph, by_decide(graph, stated), oracle, whole=False)


def _as_people_state(value: Any) -> Any:
    if isinstance(value, tuple):
        return {"items": list(value), "complete": False}
    return value
