"""The working memory on durable-rules: at every moment it says what `decide` says."""

from datetime import date
from random import Random
from typing import Any

import pytest
from graphs import DAY, cases, fact, graph, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.graph import Graph, Node, reads
from tieuchi.engine.kernel import Contradiction, step
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.session import Session, disagreements, run
from tieuchi.engine.session.durable import SessionError
from tieuchi.engine.trees import pack_files
from tieuchi.engine.truth import EVERYTHING, MET, NOT_APPLICABLE, NOT_MET

pytest.importorskip("durable_rules_engine", reason="durable-rules cannot be had here")

OPEN = MET | NOT_MET
many = settings(deadline=None, max_examples=200)


@pytest.fixture(scope="module")
def scale() -> Graph:
    """The scale conditions of Resolution 08/2019."""
    return compile_pack(load_pack("nq-08-2019"), date(2023, 5, 31))


def node(op: str, *args: Any) -> Node:
    """A truth node."""
    return Node(op, args, "truth")


def conclusions(session: Session) -> set[tuple[int, int]]:
    """What the rules ruled out, in no order."""
    return {(firing.node, firing.outcome) for firing in session.trace}


# --- beside decide


@given(graphs(), cases())
@many
def test_session_and_decide_agree_on_every_node(made: Graph, stated: Given) -> None:
    """Also that a case cannot be."""
    try:
        decision = decide(made, stated)
    except CaseError:
        with pytest.raises(CaseError, match="both-stated"):
            run(made, stated)
        return

    assert disagreements(decision, run(made, stated)) == []


@given(graphs(), cases(), st.randoms(use_true_random=False))
@many
def test_the_order_of_facts_never_matters(made: Graph, stated: Given, random: Random) -> None:
    """Neither for what is possible nor for what rules had to say."""
    items = list(stated.items())
    random.shuffle(items)
    try:
        one, other = run(made, stated), run(made, Given(items))
    except CaseError:
        return

    assert one.values == other.values
    assert conclusions(one) == conclusions(other)


@given(graphs(), st.lists(cases(), min_size=1, max_size=3), st.data())
@many
def test_it_says_what_decide_says_at_every_moment(
    made: Graph, several: list[Given], data: st.DataObject
) -> None:
    """Facts stated, stated anew, taken back: each time as if the others had been stated alone."""
    known = Given()
    with Session(made) as session:
        for stated in several:
            for name, value in stated.items():
                try:
                    session.assert_fact(name, value)
                except CaseError:
                    with pytest.raises(CaseError):
                        decide(made, Given({**known, name: value}))
                else:
                    known[name] = value
                assert disagreements(decide(made, known), session) == []
            for name in data.draw(st.lists(st.sampled_from(sorted(known) or ["f0"]), max_size=2)):
                if name in known:
                    session.retract(name)
                    del known[name]
                assert disagreements(decide(made, known), session) == []

        assert conclusions(session) == conclusions(run(made, known))


@pytest.mark.parametrize("pack", sorted(pack_files()))
def test_every_pack_that_ships_has_rules_for_every_node(pack: str) -> None:
    """With nothing stated, everything open stays open in both."""
    made = compile_pack(load_pack(pack), date(2023, 5, 31))

    assert disagreements(decide(made, Given()), run(made, Given())) == []


# --- what is shown


def test_conclusions_follow_at_once(scale: Graph) -> None:
    """The sum of Article 7, clause 2, point b reaches 50 with the second fact."""
    with Session(scale) as session:
        session.assert_fact("cattle", 30)
        assert session.truth("7.2.b.large-livestock") == OPEN
        assert NOT_MET not in {firing.outcome for firing in session.trace}
        session.assert_fact("horses", 20)
        assert session.truth("7.2.b.large-livestock") == MET
        assert session.verdict == MET


def test_the_trace_goes_from_the_comparison_to_the_verdict(scale: Graph) -> None:
    """Each firing names its node, the outcome that it rules out, and its rule.

    Every point is asked about where no activity is named: that they apply is concluded first.
    """
    provisions = {p.id: p for p in scale.main.provisions}
    leaf, point, verdict = provisions["8.2.b.drying"].node, provisions["8.2.b"], scale.main.verdict
    before = run(scale, Given()).trace
    trace = run(scale, Given(drying_capacity=30_000)).trace

    assert {firing.outcome for firing in before} == {NOT_APPLICABLE}
    assert trace == [
        *before,
        (leaf, NOT_MET, f"{leaf}.2.a"),
        (point.own, NOT_MET, f"{point.own}.2.a"),
        (point.node, NOT_MET, f"{point.node}.2.a"),
        (verdict, NOT_MET, f"{verdict}.2.b"),
    ]


def test_what_cannot_be_at_all_needs_no_fact() -> None:
    """A head of cattle is at least none."""
    made = graph([("quantity", 0)], [node("ge", 0, 0), node("not", 2)])
    with Session(made) as session:
        assert session.values[2:] == [MET, NOT_MET]
        assert session.possible(3) == session.value(3) == NOT_MET


def test_without_law_in_force_or_without_a_verdict_there_is_none() -> None:
    """Nor has a provision that is not encoded a truth."""
    made = graph([("yes_no", 0)], [])
    assert run(made, Given()).verdict is None

    parts = (made.main._replace(verdict=0, in_force=False),)
    assert run(made._replace(parts=parts), Given()).verdict is None


def test_a_provision_that_is_not_encoded_has_no_truth() -> None:
    """17.7 of the criteria is named, and no more."""
    made = compile_pack(load_pack("ntm-xa-2021-2025"), date(2023, 5, 31))
    unsaid = next(p for p in made.main.provisions if p.not_encoded is not None)

    assert run(made, Given()).truth(unsaid.id) is None


def test_a_closed_session_can_still_be_read(scale: Graph) -> None:
    """But not told."""
    session = run(scale, Given(drying_capacity=30_000))
    session.close()

    assert session.verdict == MET
    with pytest.raises(SessionError, match="the session is closed"):
        session.assert_fact("cattle", 1)
    with pytest.raises(SessionError, match="the session is closed"):
        session.retract("drying_capacity")


# --- a provision whose rules are gone


def test_without_a_provisions_rules_it_and_its_parents_stay_open(scale: Graph) -> None:
    """Article 7, clause 2, point b on large livestock, which alone is met."""
    stated = Given({f.id: 0 for f in scale.facts}, cattle=60)
    for name in scale.activities:
        stated[f"@activity/{name}"] = MET if name == "livestock" else NOT_MET
    whole, less = (
        {p.id: ran.truth(p.id) for p in scale.main.provisions}
        for ran in (run(scale, stated), run(scale, stated, without="7.2.b.large-livestock"))
    )

    assert whole["7.2.b.large-livestock"] == whole["7.2.b"] == whole["7.2"] == MET
    for name in ("7.2.b.large-livestock", "7.2.b", "7.2"):
        assert (less[name] or 0) & OPEN == OPEN
    changed = {name for name in whole if whole[name] != less[name]}
    assert changed == {"7.2.b.large-livestock", "7.2.b", "7.2"}


def without(made: Graph, nodes: set[int], values: list[Any]) -> list[Any]:
    """The values of a graph in which these nodes can be anything."""
    values = values.copy()
    for i, of in enumerate(made.nodes[made.given :], made.given):
        values[i] = EVERYTHING if i in nodes else step(of)(values)
    return values


@pytest.mark.parametrize("pack", sorted(pack_files()))
def test_without_a_provisions_rules_the_rest_follows_as_if_it_were_unknown(pack: str) -> None:
    """Every provision in turn: the session holds no second way to its conclusions."""
    made = compile_pack(load_pack(pack), date(2023, 5, 31))
    random = Random(pack)
    for provision in made.main.provisions:
        if provision.node < 0 or provision.operator == "name":
            continue
        stated = Given(
            {f.id: random.randrange(2, 300) for f in made.facts if f.kind == "quantity"}
            | {f.id: random.choice([MET, NOT_MET]) for f in made.facts if f.kind == "yes_no"}
            | {f.id: 1 for f in made.facts if f.kind == "class"}
        )
        stated = Given({k: v for k, v in stated.items() if random.random() < 0.7})
        own = {provision.node}
        at = provision.node
        while at != provision.own:
            at = made.nodes[at].args[1]
            own.add(at)
        try:
            decided = decide(unchecked(made), stated).values
            expected = without(made, own, decided)
        except (CaseError, Contradiction):
            continue

        assert run(made, stated, without=provision.id).values == expected


def unchecked(made: Graph) -> Graph:
    """A graph without the checks of its input."""
    return made._replace(parts=tuple(part._replace(checks=()) for part in made.parts))


# --- retraction


def test_a_retracted_fact_leaves_no_trace(scale: Graph) -> None:
    """Neither in what is possible nor in what fired."""
    with Session(scale) as session:
        session.assert_fact("poultry", 1_000)
        session.assert_fact("sows", 3)
        session.retract("poultry")
        alone = run(scale, Given(sows=3))
        assert session.values == alone.values
        assert session.trace == alone.trace


def test_activities_may_be_named_late(scale: Graph) -> None:
    """Until then all are asked about; the points of the others drop out when one is named."""
    with Session(scale) as session:
        session.assert_fact("sows", 3)
        assert session.truth("7.2.c") == OPEN
        session.assert_fact("@activity/crops", NOT_MET)
        assert session.truth("7.2.c") == NOT_APPLICABLE


def test_a_stated_fact_takes_the_place_of_its_definition() -> None:
    """Also where it says the opposite, and gives the place back when it is taken back."""
    facts = [fact("yes_no", 0, otherwise=4), fact("quantity", 1)]
    made = graph(facts, [node("ge", 1, 5), Node("else truth", (0, 3), "truth")])
    with Session(made) as session:
        session.assert_fact("f1", 9)
        assert session.possible(4) == MET
        session.assert_fact("f0", NOT_MET)
        assert session.possible(4) == NOT_MET
        session.retract("f0")
        assert session.possible(4) == MET


def test_a_stated_label_takes_the_place_of_one_that_is_settled_already() -> None:
    """Also where the definition leaves one label before anything is said."""
    facts = [fact("class", 0, otherwise=2)]
    settled, chosen = Node("label", (1, 3, "a/b/c"), "class"), Node("else class", (0, 2), "class")
    made = graph(facts, [settled, chosen, node("in", 3, 1, 3)])

    assert run(made, Given()).values[4] == MET
    assert run(made, Given(f0=2)).values[4] == NOT_MET


# --- refused


def test_facts_that_cannot_both_be_true_are_refused_and_not_taken() -> None:
    """A total of 3 and two parts that make 5."""
    facts = [fact("quantity", 0, otherwise=5), fact("quantity", 1), fact("quantity", 2)]
    nodes = [Node("linear", (0, 1, 1, 1, 2), "quantity"), Node("else", (0, 4), "quantity")]
    made = graph(facts, [*nodes, node("ge", 5, 4)])
    with Session(made) as session:
        session.assert_fact("f0", 3)
        session.assert_fact("f1", 2)
        with pytest.raises(CaseError, match="both-stated: f0"):
            session.assert_fact("f2", 3)
        assert session.possible(6) == NOT_MET
        session.assert_fact("f2", 1)
        assert session.value(5) == 3


def test_comparisons_that_leave_nothing_are_refused() -> None:
    """A comparison that holds and a tighter one, on the list, that says it does not."""
    made = graph([("yes_no", 0), ("yes_no", 1)], [node("tighter", 0, 1)])
    with pytest.raises(CaseError, match="both-stated: f0"):
        run(made, Given(f0=MET, f1=NOT_MET))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("f9", 1, "unknown fact: f9"),
        ("f0", -1, "f0 cannot be -1"),
        ("f0", (None, None, True), r"f0 cannot be \(None, None, True\)"),
        ("f1", NOT_APPLICABLE, "f1 cannot be 4"),
        ("f1", 0, "f1 cannot be 0"),
    ],
)
def test_what_is_no_value_of_a_fact_is_refused(name: str, value: Any, message: str) -> None:
    """A case is validated before; this holds whoever asserts."""
    made = graph([("quantity", 0), ("yes_no", 1)], [])
    with Session(made) as session, pytest.raises(SessionError, match=message):
        session.assert_fact(name, value)


def test_only_what_was_stated_can_be_taken_back() -> None:
    """And a provision that is not there has no rules to take away."""
    made = graph([("quantity", 0)], [])
    with Session(made) as session, pytest.raises(SessionError, match="not stated: f0"):
        session.retract("f0")
    with pytest.raises(KeyError):
        Session(made, without="1.1")


# --- what is computed


def test_day_and_dates() -> None:
    """Completed years on the day that the case states, and on another."""
    nodes = [Node("elapsed", ("years", 0, 1), "quantity"), node("ge", 2, 1)]
    made = graph([("date", 0)], nodes)
    with Session(made) as session:
        session.assert_fact("f0", DAY - 364)
        assert session.possible(3) == NOT_MET
        session.assert_fact("@as_of", DAY + 2)
        assert session.possible(3) == MET


def test_readers_reach_every_node_that_counts() -> None:
    """A computed node that reads nothing is computed once."""
    made = graph([], [Node("const", (3,), "quantity"), node("ge", 1, 3)])
    assert reads(made.nodes[1]) == ()
    assert run(made, Given()).values[1:] == [3, MET]
