"""What is still worth knowing: complete and minimal, held against every way to fill in the rest."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from command import run
from hypothesis import assume, given
from hypothesis import strategies as st
from packs import compiled, graph_of, pack_text
from test_advice import MOST, small_case, small_pack

from tieuchi.engine.ahead.missing import Missing, missing
from tieuchi.engine.decision import Decision, Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.truth import MET, NOT_MET, Status, status

EXAMPLES = Path(__file__).parents[1] / "examples"


def fills(decision: Decision, names: list[str]) -> Iterator[tuple[dict[str, int], int]]:
    """Every way to fill in facts of a small pack, and what the verdict comes to."""
    for values in product(range(MOST + 1), repeat=len(names)):
        filled = dict(zip(names, values, strict=True))
        after = decide(decision.graph, Given({**decision.given, **filled}))
        yield filled, after.values[decision.graph.main.verdict]


def could_change(decision: Decision, name: str, names: list[str]) -> bool:
    """Whether two ways to fill in all that is unknown differ in one fact alone, and come out
    differently."""
    seen: dict[tuple[int, ...], int] = {}
    others = [each for each in names if each != name]
    for filled, truth in fills(decision, names):
        if seen.setdefault(tuple(filled[each] for each in others), truth) != truth:
            return True
    return False


def fewest(decision: Decision, names: list[str], wanted: int) -> int | None:
    """How many facts it takes to settle the verdict so."""
    for count in range(1, len(names) + 1):
        for some in combinations(names, count):
            if any(truth == wanted for _, truth in fills(decision, list(some))):
                return count
    return None


@given(seed=st.integers(0, 10**9))
def test_it_is_what_trying_everything_finds(seed: int) -> None:
    """Which facts could change the answer, at which values, and how few could settle it."""
    rng = Random(seed)
    graph = compiled(small_pack(rng))
    stated = small_case(graph, rng)
    for fact in rng.sample([f.id for f in graph.facts], 3):
        stated.pop(fact, None)
    decision = decide(graph, stated)
    names = [f.id for f in graph.facts if f.id not in stated]
    assume(decision.truth == MET | NOT_MET)

    found = missing(decision)

    could = {each.fact.id for each in found.could}
    assert could == {name for name in names if could_change(decision, name, names)}
    asked = {fact.id for each in found.settling for fact in each.facts}
    assert {fact.id for fact in found.cannot} == {*names} - could - asked
    for each in found.could:
        settled = {
            filled[each.fact.id]: status(truth)
            for filled, truth in fills(decision, [each.fact.id])
            if truth in (MET, NOT_MET)
        }
        assert settled == turned(found, each.fact.id)
    for then, wanted in ((Status.MET, MET), (Status.NOT_MET, NOT_MET)):
        few = [len(each.facts) for each in found.settling if each.then is then]
        assert (few[0] if few else None) == fewest(decision, names, wanted)


def turned(found: Missing, name: str) -> dict[int, Status | int]:
    """The values at which a fact settles the answer."""
    turns = next(each.turns for each in found.could if each.fact.id == name)
    return {
        value: turn.then
        for turn in turns
        for value in range(MOST + 1)
        if (turn.least is None or value >= turn.least) and (turn.most is None or value <= turn.most)
    }


def test_checks_tie_facts_to_one_another() -> None:
    """Five maxima sum to 100: none can differ alone, and still each bears on the answer."""
    graph = graph_of("tcpl-2021", date(2023, 5, 31))

    found = missing(decide(graph, given_from(graph, {"criterion_1_points": 20})))

    could = {each.fact.id for each in found.could}
    assert {f"criterion_{i}_maximum" for i in range(1, 6)} <= could


def test_a_day_of_birth() -> None:
    """Of age from 18 years on: born by that day of 2006."""
    graph = compiled(
        pack_text("""\
        verdict: {all: [p]}
        facts: {born: {TWO, kind: date}}
        define: {age: {years: {from: born, to: as_of}}}
        provisions: {p: {SAID, require: {of: age, at_least: 18 years}}}
        """),
        as_of=date(2024, 5, 31),
    )

    found = missing(decide(graph, Given()))

    (born,) = found.could
    turns = [(turn.least, turn.most, turn.then) for turn in born.turns]
    last = date(2006, 5, 31).toordinal()
    assert turns == [(None, last, Status.MET), (last + 1, None, Status.NOT_MET)]


def test_a_number_may_stand_for_a_list() -> None:
    """Twenty officials, and of the list nothing: the number of those who meet the standard does."""
    graph = graph_of("ntm-xa-2021-2025", date(2023, 5, 31))
    rest = {
        "party_rating": "good", "government_rating": "good", "organisations_total": 5,
        "organisations_rated_good": 5, "legal_access_recognised": True,
        "gender_equality_ensured": True, "domestic_violence_prevented": True,
        "gender_violence_prevented": True, "child_abuse_prevented": True,
        "special_children_present": False, "vulnerable_people_supported": True,
        "training_plan_issued": True, "training_plan_carried_out": True,
    }  # fmt: skip

    found = missing(decide(graph, given_from(graph, {"officials_total": 20, **rest})))

    turns = {each.fact.id: each.turns for each in found.could}["officials_meeting_standard"]
    ends = [(turn.least, turn.most, turn.then) for turn in turns]
    assert ends == [(None, 19, Status.NOT_MET), (20, 20, Status.MET)]
    few = {each.then: [fact.id for fact in each.facts] for each in found.settling}
    assert few[Status.MET] == few[Status.NOT_MET] == ["officials_meeting_standard"]


def test_a_member_of_whom_something_is_not_known() -> None:
    """A list of which one entry is open is named as such."""
    graph = graph_of("ntm-xa-2021-2025", date(2023, 5, 31))
    items = [{"name": "An", "state_management_course": True}]

    found = missing(
        decide(graph, given_from(graph, {"officials": {"complete": True, "items": items}}))
    )

    (officials,) = [each for each in found.could if each.fact.id == "officials"]
    assert officials.whole


def test_what_members_to_come_may_hang_on_is_not_said_to_be_idle() -> None:
    """Nothing hangs on the allowance while no plot is listed, and all of it once one is."""
    graph = compiled(
        pack_text("""
            verdict: {all: ["1"], about: {TWO}}
            facts:
              plots: {TWO, kind: list, fields: {area: {TWO, unit: m2}}}
              allowance: {TWO, unit: m2}
              garden: {TWO, unit: m2}
            define: {counted: {TWO, SAID, for: plots, lowest: [area, allowance]}}
            provisions: {"1": {SAID, require: {of: counted, at_least: 5 m2}}}
        """)
    )

    found = missing(decide(graph, Given()))

    assert [(each.fact.id, each.sure) for each in found.could] == [
        ("plots", False),
        ("allowance", False),
    ]
    assert [fact.id for fact in found.cannot] == ["garden"]


def test_what_is_settled_misses_nothing() -> None:
    """All that is unknown cannot change it any more."""
    graph = graph_of("nq-08-2019", date(2023, 5, 31))

    found = missing(decide(graph, given_from(graph, {"cattle": 50})))

    assert (found.could, found.settling) == ((), ())
    assert "sows" in {fact.id for fact in found.cannot}


def test_twelve_more_cattle() -> None:
    """38 buffaloes are known, 50 of both are asked: from 12 cattle on it is met, whatever else."""
    ran = run("check", "--missing", "--format", "json", str(EXAMPLES / "gaps.yaml"))

    found = json.loads(ran.out)
    assert found["missing"][0] == {
        "fact": "cattle",
        "could_change": ["7.2.b.large-livestock"],
        "turns_at": [{"at_least": "12", "then": "met"}],
        "shown": True,
    }
    assert found["settled_by"][0] == {"then": "met", "facts": ["cattle"]}
    assert "drying_capacity" in found["cannot_change"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "số bò: từ 12 con trở lên: đáp ứng."),
        ("en", "cattle: 12 head or more: met."),
    ],
)
def test_it_is_said_in_both_languages(lang: str, said: str) -> None:
    """In the place of the plain list of what is missing."""
    ran = run("check", "--missing", "--lang", lang, str(EXAMPLES / "gaps.yaml"))

    assert said in " ".join(ran.out.split())
    assert ran.code == 3
