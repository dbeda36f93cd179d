"""What a case asks of advice: what may not change, what changes cost, which amounts are asked for.

``fixed: true`` beside a fact, ``effort: {cattle: 25 000 000 đ}`` (for one of the fact's unit, or
for a yes), ``asked: {15.amount: 240 triệu đồng}``. It reads them in a graph's steps, and notes all
that is wrong with them, each at its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.case import Case
from tieuchi.engine.diagnostic import near
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.reading import Misstated, Reader
from tieuchi.engine.statement import read_value
from tieuchi.engine.words import Words

MONEY = "đồng"
MOST = 10**15


class Asked(NamedTuple):
    """What is asked, in steps."""

    fixed: tuple[str, ...]
    prices: dict[str, Fraction] | None  # đồng a step, by fact
    wanted: dict[str, int]  # steps, by amount


def asked(graph: Graph, case: Case, others: Iterable[Graph] = ()) -> Asked:
    """What a case asks of a graph; what only `others` know is passed over. Raises Faults."""
    reader = Reader(case.file)
    elsewhere = {each.id for other in others for fact in other.facts for each in _each(fact)}
    amounts = {amount.id for other in others for amount in other.main.amounts}
    fixed = tuple(name for name, said in case.annotations.items() if said.fixed)
    found = Asked(
        fixed, _prices(reader, graph, case, elsewhere), _wanted(reader, graph, case, amounts)
    )
    reader.end()
    return found


def _each(fact: Fact) -> tuple[Fact, ...]:
    return fact.fields or (fact,)


def _prices(
    reader: Reader, graph: Graph, case: Case, elsewhere: set[str]
) -> dict[str, Fraction] | None:
    if case.effort is None:
        return None
    facts = {each.id: each for fact in graph.facts for each in _each(fact)}
    found: dict[str, Fraction] = {}
    for name, node in case.effort.items():
        fact = facts.get(name)
        if fact is None:
            if name not in elsewhere:
                like = near(name, facts)
                pack = graph.main.pack
                reader.fault("fact-unknown", name, pack=pack, name=name, near=like)
            continue
        price = _money(reader, name, node, case, MONEY, 1, 1)
        if price is not None:
            one = Fraction(fact.num, fact.den) if fact.kind == "quantity" else Fraction(1)
            found[name] = price * one
    return found


def _wanted(reader: Reader, graph: Graph, case: Case, elsewhere: set[str]) -> dict[str, int]:
    amounts = {amount.id: amount for amount in graph.main.amounts if amount.node >= 0}
    found: dict[str, int] = {}
    for name, node in (case.asked or {}).items():
        if name not in amounts:
            if name not in elsewhere:
                like, pack = near(name, amounts), graph.main.pack
                reader.fault("amount-unknown", name, pack=pack, name=name, near=like)
            continue
        of = graph.nodes[amounts[name].node]
        steps = _money(reader, name, node, case, of.unit, of.num, of.den)
        if steps is not None:
            found[name] = steps
    return found


def _money(
    reader: Reader, name: str, node: object, case: Case, unit: str, num: int, den: int
) -> int | None:
    fact = Fact(name, "quantity", Words(name, name), unit, num, den, limit=MOST * den)
    try:
        steps: int = read_value(fact, node, case.decimal).value
    except Misstated as error:
        reader.misstated(error, node, name=name)
        return None
    return steps
