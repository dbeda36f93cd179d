"""The graph before a solver says what `decide` says, once everything is chosen."""

from collections.abc import Iterator
from typing import Any

import pytest
import z3
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import SHIPPED, graph_of, unchecked
from strategies import cases, packs

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import Encoding, Listed
from tieuchi.engine.truth import MET, NOT_MET


class Chosen:
    """Unknowns for what is given, and what each came to."""

    def __init__(self) -> None:
        self.values: list[tuple[Any, Any]] = []

    def symbol(self, fact: Fact, value: Value) -> Any:
        """An unknown for what a case states; what stays open is no choice."""
        name = f"x{len(self.values)}"
        if fact.kind == "quantity" and isinstance(value, int):
            return s.exact(self._of(z3.Int(name), z3.IntVal(value)))
        if fact.kind == "yes_no" and value in (MET, NOT_MET):
            return s.sharp(self._of(z3.Bool(name), z3.BoolVal(value == MET)))
        if fact.kind == "class" and value & (value - 1) == 0:
            bits = tuple(
                self._of(z3.Bool(f"{name}.{i}"), z3.BoolVal(bool(value >> i & 1)))
                for i in range(len(fact.labels))
            )
            return s.Choice(bits, one=True)
        return None

    def _of(self, unknown: Any, value: Any) -> Any:
        self.values.append((unknown, value))
        return unknown

    def now(self, expression: Any) -> Any:
        """What an expression comes to."""
        if isinstance(expression, bool | int):
            return expression
        found = z3.simplify(z3.substitute(expression, *self.values))
        if z3.is_int_value(found):
            return found.as_long()
        assert z3.is_true(found) or z3.is_false(found), found
        return z3.is_true(found)


def symbols_of(graph: Graph, stated: Given, chosen: Chosen) -> dict[int, Any]:
    """Unknowns for everything that is settled, members' fields too."""
    found = {}
    for slot, fact in enumerate(graph.facts):
        value = stated.get(fact.id)
        if fact.kind == "list" and isinstance(value, Members):
            rows = [
                [chosen.symbol(field, of) or of for field, of in zip(fact.fields, row, strict=True)]
                for row in value.rows
            ]
            found[slot] = Listed(rows, value.complete)
        elif value is not None:
            symbol = chosen.symbol(fact, value)
            if symbol is not None:
                found[slot] = symbol
    return found


def held(symbol: Any, value: Value, kind: str, chosen: Chosen) -> bool:
    """Whether a symbol comes to a value."""
    if kind == "truth":
        bits = [chosen.now(of) for of in symbol[:3]]
        return bool(value == sum(bit << i for i, bit in enumerate(bits)))
    if kind == "class":
        return bool(value == sum(chosen.now(of) << i for i, of in enumerate(symbol.bits)))
    if kind == "ratio":
        pairs = zip(symbol, value, strict=True)
        return all(held(of, part, "quantity", chosen) for of, part in pairs)
    there = chosen.now(symbol.there)
    if value is ABSENT or not there:
        return value is ABSENT and not there
    lo, hi, absent = span(value)
    ends = (-s.ENDLESS if lo is None else lo, s.ENDLESS if hi is None else hi, absent)
    mine = (chosen.now(symbol.lo), chosen.now(symbol.hi), chosen.now(symbol.absent))
    return all(
        a == b or (abs(a) >= s.ENDLESS // 2**70 and abs(b) >= s.ENDLESS // 2**70)
        for a, b in zip(ends, mine, strict=True)
    )


def differing(graph: Graph, stated: Given) -> Iterator[tuple[int, Any, Value]]:
    """The nodes of which the two say different things."""
    values = decide(unchecked(graph), stated).values
    chosen = Chosen()
    encoding = Encoding(graph, values, symbols_of(graph, stated, chosen))
    for at in range(graph.given, len(graph.nodes)):
        symbol = encoding[at]
        if not held(symbol, values[at], graph.nodes[at].kind, chosen):
            yield at, graph.nodes[at], (symbol, values[at])
    assert all(chosen.now(rule) for rule in encoding.rules)


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=max(1, settings().max_examples // 3))
@given(data=st.data())
def test_shipped_packs_come_out_as_decided(name: str, data: st.DataObject) -> None:
    """Every node of every pack, on cases with gaps."""
    graph = graph_of(name)
    stated = data.draw(cases(graph))
    try:
        decide(unchecked(graph), stated)
    except CaseError:
        return
    assert list(differing(graph, stated)) == []


@given(pack=packs(), data=st.data())
def test_random_packs_come_out_as_decided(pack: dict[str, Any], data: st.DataObject) -> None:
    """Every node of every way in which the language can be put together."""
    _, graph = drawn_graph(pack)
    stated = data.draw(cases(graph))
    try:
        decide(unchecked(graph), stated)
    except CaseError:
        return
    assert list(differing(graph, stated)) == []
