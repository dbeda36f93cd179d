"""`check --what-if`: the same case with other facts beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import run
from hypothesis import given
from hypothesis import strategies as st
from packs import SHIPPED, graph_of
from strategies import cases

from tieuchi.engine import session
from tieuchi.engine.ahead.what_if import changes
from tieuchi.engine.decision import CaseError, Given, decide

EXAMPLES = Path(__file__).parents[1] / "examples"
HERD = str(EXAMPLES / "mixed-herd.yaml")
GREENHOUSE = (
    "--pack", "lao-cai-26-2020", "--as-of", "2023-05-31", "--set", "applicant=household",
    "--set", "linkage_agreement=true", "--set", "greenhouse_area=400 m2",
)  # fmt: skip


def records(*line: str, code: int) -> list[Any]:
    """The objects of a run."""
    ran = run("check", *line, "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    return [json.loads(each) for each in ran.out.splitlines()]


def test_an_alternative_is_the_changed_case_decided() -> None:
    """What is told of it is what the case with these facts comes to by itself."""
    alone = (
        "--pack",
        "nq-08-2019",
        "--as-of",
        "2023-05-31",
        "--activity",
        "livestock",
        "--complete",
    )
    facts = ("--set", "buffaloes=20", "--set", "sows=120")
    [changed] = records(*alone, *facts, "--set", "cattle=25", code=0)
    [made, _] = records(HERD, "--what-if", "cattle=25,sows=120", code=1)

    [other] = made["what_if"]
    assert other["facts"] == {"cattle": "25", "sows": "120"}
    assert other["status"] == {"before": "not_met", "after": "met"}
    for name, each in other["provisions"].items():
        for when, record in (("before", made), ("after", changed)):
            assert each[when].items() <= record["provisions"][name].items()
    kept = set(made["provisions"]) - set(other["provisions"])
    for name in kept:
        for key in ("status", "measured", "shortfall"):
            assert made["provisions"][name][key] == changed["provisions"][name][key]


def test_several_alternatives_beside_each_other() -> None:
    """Each by itself, in the order asked."""
    [made, _] = records(HERD, "--what-if", "cattle=30", "--what-if", "cattle=31", code=1)

    herd = [each["provisions"]["7.2.b.large-livestock"]["after"] for each in made["what_if"]]
    assert [each["measured"] for each in herd] == ["50", "51"]


def test_amounts_change_too() -> None:
    """80 000 đồng for each of 1 000.5 m²."""
    line = (*GREENHOUSE, "--decimal", "comma", "--what-if", "greenhouse_area=1000,5 m2")
    [made] = records(*line, code=1)

    [other] = made["what_if"]
    assert other["amounts"]["15.amount"]["before"]["most"] == "0"
    assert other["amounts"]["15.amount"]["after"]["most"] == "80040000"


def test_a_fact_may_be_left_open() -> None:
    """Which is undetermined, not failed."""
    [made] = records(*GREENHOUSE, "--what-if", "greenhouse_area=unknown", code=1)

    assert made["what_if"][0]["status"] == {"before": "not_met", "after": "undetermined"}


TABLE = """\
What if:
                                         as stated            area of the glass
                                                              and net houses =
                                                              7,000 m²
  The conditions for glass and net       ✗ not met            ✓ met
    houses
  support for glass and net houses       0 đồng               500,000,000 đồng
  Article 15 · glass and net houses      ✗ not met            ✓ met
  Article 15 · least area                ✗ 400 m²; 100 short  ✓ 7,000 m²
"""


def test_the_table() -> None:
    """The verdict and the amounts first; in both languages; as rows where it is narrow."""
    line = ("check", *GREENHOUSE, "--what-if", "greenhouse_area=7000 m2")
    wide, vi = run(*line), run(*line, "--lang", "vi")
    narrow = run(*line, env={"COLUMNS": "40"})

    assert TABLE in wide.out
    assert "Nếu khác đi:\n" in vi.out
    assert "như đã khai" in vi.out
    assert "  support for glass and net houses\n    as stated: 0 đồng\n" in narrow.out
    assert max(map(len, narrow.out.splitlines())) <= 40


def test_nothing_changes() -> None:
    """It is said."""
    line = ("check", HERD, "--what-if", "cattle=29", "--lang", "en")

    assert "What if: cattle = 29 head: nothing changes\n" in run(*line).out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("cattle", "`--what-if cattle` is not FACT=VALUE, as in `--what-if cattle=50`"),
        ("cattle=1,cattle=2", "`--what-if cattle=1,cattle=2` states `cattle` twice"),
        ("cow=1", "cow: `nq-08-2019` asks for no fact called `cow`"),
        ("cattle=", "cattle: "),
        ("cattle=3.5", "cattle: `3.5` is finer than 1 head, the step of `cattle`"),
        ("cattle=5 ha", "cattle: "),
    ],
)
def test_what_cannot_be_asked(asked: str, said: str) -> None:
    """The line that `--set` would give, exit 2, and nothing printed before it."""
    ran = run("check", HERD, "--what-if", asked)

    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert said in ran.err


def test_nothing_is_met_by_a_law_that_is_not_in_force() -> None:
    """Resolution 08/2019 ends on 31/12/2025: of no facts is it told that they would meet it."""
    line = ("--pack", "nq-08-2019", "--complete", "--set", "cattle=38", "--what-if", "cattle=50")
    [found] = records(*line, "--as-of", "2026-01-01", "--trace", "--advise", code=3)
    [last] = records(*line, "--as-of", "2025-12-31", code=1)
    text = run("check", *line, "--as-of", "2026-01-01", "--trace", "--lang", "en").out

    assert found["what_if"][0]["provisions"] == {}
    assert (found["trace"], found["advice"]) == ([] if session.available() else None, [])
    assert last["what_if"][0]["status"] == {"before": "not_met", "after": "met"}
    assert "What if: not in force on this day" in text
    assert "cannot be" not in text


def test_a_contradiction_is_bad_input() -> None:
    """More officials of a standard than there are."""
    line = ("--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "--set", "officials_total=20")
    ran = run("check", *line, "--what-if", "officials_meeting_standard=21")

    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


@given(st.data())
def test_what_is_not_named_did_not_change(data: st.DataObject) -> None:
    """Status, what is measured and what is short are the same of every other provision."""
    graph = graph_of(data.draw(st.sampled_from(SHIPPED)))
    try:
        one = decide(graph, data.draw(cases(graph)))
        fact = data.draw(st.sampled_from(graph.facts))
        other = data.draw(cases(graph)).get(fact.id)
        changed = {k: v for k, v in one.given.items() if k != fact.id}
        two = decide(graph, Given(changed if other is None else {**changed, fact.id: other}))
    except CaseError:
        return
    named = set(changes(one, [two]))
    for view in one.views():
        after = two[view.provision.id]
        same = (view.status, view.shortfall, [f.measured for f in view.findings]) == (
            after.status, after.shortfall, [f.measured for f in after.findings],
        )  # fmt: skip
        assert same == (view.provision.id not in named)
