"""Laws that hold for every pack and every case: a test a law, its docstring the law.

The shipped packs stand for real law, random packs for every way in which the language can be put
together. Both are held against `oracle`, which imports nothing of the engine.
"""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, Literal
from unicodedata import normalize

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import Oracle, number
from packs import DAY, SHIPPED, asked, compiled, graph_of, outcomes, texts, told, unchecked
from readers import READERS, Reader, by_decide, needs_session
from strategies import cases, grid, packs, text

from tieuchi.engine import session
from tieuchi.engine.case_file import read_case
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.graph import Fact, Graph, from_json, to_json
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import convert, decimal_text, parse_unit, same_dimension
from tieuchi.engine.source import read
from tieuchi.engine.truth import MET, NOT_MET

few = settings(max_examples=max(1, settings().max_examples // 2))
MOST = 60  # completions tried of a partial case for each name
DAYS = [DAY, date(2024, 10, 1), date(2026, 3, 1)]
Drawn = tuple[str, Graph]


def drawn_graph(pack: dict[str, Any]) -> Drawn:
    """A random pack's text and graph; one whose numbers leave 64 bits is refused, and not drawn."""
    written = text(pack)
    try:
        return written, compiled(written)
    except Faults as refused:
        assume({found.code for found in refused.diagnostics} != {"overflow"})
        raise


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


# ---- more is known


def narrower(graph: Graph, after: list[Value], before: list[Value]) -> bool:
    """Whether every provision's possibilities are among those before."""
    nodes = [p.node for part in graph.parts for p in part.provisions if p.node >= 0]
    return all(after[node] & before[node] == after[node] for node in nodes)


def less_known(data: st.DataObject, graph: Graph, stated: Given) -> Given:
    """The same case with one fact taken out, or one member of a list that may go on."""
    kinds = {fact.id: fact for fact in graph.facts}
    removable = [n for n in stated if n in kinds and not _wins_over_its_definition(kinds[n])]
    assume(removable)
    name = data.draw(st.sampled_from(removable))
    less = Given(stated)
    value = less.pop(name)
    if isinstance(value, Members) and value.rows and not value.complete:
        less[name] = value._replace(rows=value.rows[:-1])
    return less


def _wins_over_its_definition(fact: Fact) -> bool:
    """A stated yes/no or class counts whatever its `else` comes to, so it may turn that round."""
    return fact.otherwise >= 0 and fact.kind != "quantity"


@pytest.mark.parametrize("pack", SHIPPED)
@few
@given(data=st.data())
def test_one_more_fact_never_turns_an_answer_round_in_law(pack: str, data: st.DataObject) -> None:
    """In a case without `complete`, one more fact never turns met into not met, or back."""
    graph = unchecked(graph_of(pack))
    stated = data.draw(cases(graph, otherwise=True))
    less = less_known(data, graph, stated)
    try:
        after = by_decide(graph, stated)
    except CaseError:  # what is stated of a total and of its parts cannot both be true
        return

    assert narrower(graph, after, by_decide(graph, less))


@given(pack=packs(), data=st.data())
def test_one_more_fact_never_turns_an_answer_round(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """In a case without `complete`, one more fact only rules out."""
    _, graph = drawn_graph(pack)
    stated = data.draw(cases(graph))
    less = less_known(data, graph, stated)
    try:
        after = by_decide(graph, stated)
    except CaseError:
        return

    assert narrower(graph, after, by_decide(graph, less))


# ---- order


UNORDERED = ("all", "any", "sum", "highest", "lowest", "of", "in", "weighted")
NAMED = ("facts", "define", "provisions", "amounts", "activities")


def shuffled(random: Random, model: Any, key: str = "") -> Any:
    """A pack in which what has no order stands in another one."""
    if isinstance(model, dict):
        items = [(name, shuffled(random, value, name)) for name, value in model.items()]
        ordered = key not in (*UNORDERED, *NAMED) and ("first" in model or "2021-01-01" in model)
        if not ordered and "2021-01-01" not in model:
            random.shuffle(items)
        return dict(items)
    if isinstance(model, list):
        found = [shuffled(random, value) for value in model]
        if key in UNORDERED:
            random.shuffle(found)
        return found
    return model


@given(pack=packs(), random=st.randoms(use_true_random=False), data=st.data())
def test_order_never_matters(pack: dict[str, Any], random: Random, data: st.DataObject) -> None:
    """The order of children of `all` and `any`, of terms, of names and of facts changes nothing."""
    _, graph = drawn_graph(pack)
    _, other = drawn_graph(shuffled(random, pack))
    stated = data.draw(cases(graph))
    order = list(stated.items())
    random.shuffle(order)
    turned = Given(order)
    _same_labels(graph, other, turned)
    try:
        first = decide(graph, stated)
    except CaseError:
        with pytest.raises(CaseError):
            decide(other, turned)
        return
    second = decide(other, turned)

    for provision in graph.main.provisions:
        assert second[provision.id].truth == first[provision.id].truth
        assert set(second[provision.id].missing) == set(first[provision.id].missing)
    assert second.truth == first.truth


def _same_labels(graph: Graph, other: Graph, stated: Given) -> None:
    """Classes and members in the other graph's order of labels and fields."""
    facts, others = ({fact.id: fact for fact in g.facts} for g in (graph, other))
    for name, value in stated.items():
        if name in facts and facts[name].kind == "class":
            label = facts[name].labels[value.bit_length() - 1]
            stated[name] = 1 << others[name].labels.index(label)
        elif isinstance(value, Members):
            before = [field.id for field in facts[name].fields]
            rows = [dict(zip(before, row, strict=True)) for row in value.rows]
            kept = tuple([row[field.id] for field in others[name].fields] for row in rows)
            stated[name] = value._replace(rows=kept)


# ---- what is written


def _quantities() -> list[tuple[str, Fact]]:
    return [(pack, f) for pack in SHIPPED for f in graph_of(pack).facts if f.kind == "quantity"]


FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
UNITS = ("ha", "m2", "l", "m3", "kg", "tạ", "t", "đồng", "triệu đồng", "head", "person", "tree",
         "%", "point", "item", "parcel", "t/batch", "kg/batch", "tạ/batch", "đồng/year",
         "tree/year", "triệu đồng/year", "đồng/month", "m3/day")  # fmt: skip


@given(data=st.data())
def test_the_same_quantity_in_any_unit_is_the_same_fact(data: st.DataObject) -> None:
    """15 000 m2 for a fact in ha is 1,5 ha: written in any unit, the same integer is decided on."""
    pack, fact = data.draw(st.sampled_from(_quantities()))
    most = fact.limit if fact.most is None else fact.most
    steps = data.draw(st.integers(fact.least or 0, most))
    unit = parse_unit(fact.unit)
    for other in (parse_unit(name) for name in UNITS):
        if same_dimension(unit, other):
            value = Fraction(steps * fact.num, fact.den)
            written = decimal_text(1, *convert((value.numerator, value.denominator), unit, other))
            assume("/" not in written)
            stated = given_from(graph_of(pack), {fact.id: f"{written} {other.id}"}, decimal="point")

            assert stated[fact.id] == steps, f"{written} {other.id}"


@pytest.mark.parametrize("pack", SHIPPED)
def test_composed_and_decomposed_texts_are_one_law(pack: str) -> None:
    """A decomposed "Xã" is the same name: the graph is the same to the last word."""
    composed, decomposed = ([normalize(form, t) for t in texts(pack)] for form in FORMS)

    assert decomposed != composed
    assert compiled(*decomposed) == compiled(*composed)


def test_composed_and_decomposed_texts_are_one_case() -> None:
    """Names, labels and units of a case are the same decomposed."""
    written = (
        "pack: lao-cai-26-2020\nsubject: Hợp tác xã Mường Khương\n"
        "facts: {applicant: tổ chức, greenhouse_area: 2 500 mét vuông, linkage_agreement: có}\n"
    )
    graph = graph_of("lao-cai-26-2020")
    composed, decomposed = (
        read_case(read(normalize(form, written), "c.yaml")[0], "c.yaml") for form in ("NFC", "NFD")
    )

    assert composed == decomposed
    assert read_given(graph, decomposed) == read_given(graph, composed)
    assert decide(graph, read_given(graph, decomposed)[0])["15"].truth == MET


@given(pack=packs())
def test_a_graph_goes_to_json_and_back(pack: dict[str, Any]) -> None:
    """What the cache keeps is the graph, to the last field."""
    _, graph = drawn_graph(pack)

    assert from_json(json.loads(json.dumps(to_json(graph)))) == graph


# ---- the two engines


@needs_session
@pytest.mark.parametrize("pack", SHIPPED)
@few
@given(data=st.data())
def test_both_engines_agree_on_the_law(pack: str, data: st.DataObject) -> None:
    """decide and session say the same of every node, whatever is missing."""
    graph = unchecked(graph_of(pack, data.draw(st.sampled_from(DAYS))))
    agree(graph, data.draw(cases(graph, otherwise=True)))


@needs_session
@given(pack=packs(), data=st.data())
def test_both_engines_agree(pack: dict[str, Any], data: st.DataObject) -> None:
    """decide and session say the same of every node of a random pack."""
    _, graph = drawn_graph(pack)
    agree(graph, data.draw(cases(graph, otherwise=True)))


def agree(graph: Graph, stated: Given) -> None:
    """Both decide, and alike, or both refuse the case."""
    try:
        decided = decide(graph, stated)
    except CaseError as refused:
        with pytest.raises(CaseError, match=refused.code):
            session.run(graph, stated)
        return

    assert session.disagreements(decided, session.run(graph, stated)) == []


@needs_session
@given(pack=packs(), random=st.randoms(use_true_random=False), data=st.data())
def test_a_retracted_fact_leaves_no_trace(
    pack: dict[str, Any], random: Random, data: st.DataObject
) -> None:
    """A session that was told more and has taken it back says what one says that was never told."""
    _, graph = drawn_graph(pack)
    stated = data.draw(cases(graph))
    kept = Given({name: value for name, value in stated.items() if random.random() < 0.6})
    told_first = list(stated)
    random.shuffle(told_first)
    try:
        by_decide(graph, stated)
    except CaseError:
        return
    with session.Session(graph) as live:
        for name in told_first:
            live.assert_fact(name, stated[name])
        for name in told_first:
            if name not in kept:
                live.retract(name)
        after = live.values
    decided = decide(graph, kept)

    assert after == session.run(graph, kept).values
    assert after == decided.values


# ---- what a decision shows


@given(pack=packs(), data=st.data())
def test_a_shortfall_is_the_least_change_that_would_do(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """Not met: with so many steps more (or less) it is met, with one fewer it is not."""
    _, graph = drawn_graph(pack)
    try:
        decision = decide(graph, data.draw(cases(graph)))
    except CaseError:
        return

    for view in decision.views():
        for finding in view.findings:
            _hold_shortfall(decision, finding)


def _hold_shortfall(decision: Decision, finding: Any) -> None:
    test, short = finding.test, finding.shortfall
    if short is None or test.comparison == "equals":
        return
    nodes = decision.graph.nodes
    goal = nodes[test.required]
    bound = Fraction(finding.required * goal.num, goal.den) * number(f"1 {goal.unit}")
    of = nodes[test.measured]
    sign = 1 if test.comparison in ("at_least", "more_than") else -1

    def met(change: int) -> bool:
        if of.kind == "ratio":
            n, d = (nodes[part] for part in of.args)
            top = Fraction((finding.measured[0] + change) * n.num, n.den) * number(f"1 {n.unit}")
            value = top / (Fraction(finding.measured[1] * d.num, d.den) * number(f"1 {d.unit}"))
        else:
            value = Fraction((finding.measured + change) * of.num, of.den) * number(f"1 {of.unit}")
        return {"at_least": value >= bound, "more_than": value > bound,
                "at_most": value <= bound, "less_than": value < bound}[test.comparison]  # fmt: skip

    assert short > 0
    assert met(sign * short)
    assert not met(sign * (short - 1))
