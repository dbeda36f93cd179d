"""Laws that hold for every pack and every case: a test a law, its docstring the law.

The shipped packs stand for real law, random packs for every way in which the language can be put
together. `test_oracle` holds both against what is found by trying.
"""

import json
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any, Literal
from unicodedata import normalize

import pytest
from drawn import drawn_graph
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import number
from packs import DAY, SHIPPED, compiled, graph_of, texts, unchecked
from readers import by_decide, needs_session
from strategies import cases, packs

from tieuchi.engine import session
from tieuchi.engine.case_file import read_case
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.graph import Fact, Graph, from_json, to_json
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import convert, decimal_text, parse_unit, same_dimension
from tieuchi.engine.source import read
from tieuchi.engine.truth import MET

few = settings(max_examples=max(1, settings().max_examples // 2))
MOST = 60  # completions tried of a partial case for each name
DAYS = [DAY, date(2024, 10, 1), date(2026, 3, 1)]

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
