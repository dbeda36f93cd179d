"""`check --sweep`: one fact over a range, with the values at which each status turns."""

from __future__ import annotations

import doctest
import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from command import run
from drawn import drawn_graph
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from packs import SHIPPED, graph_of, unchecked
from stated import case_of
from strategies import cases, packs, thresholds

from tieuchi.engine import strips
from tieuchi.engine.ahead.sweep import Range, Sweep, sweep
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.graph import Graph
from tieuchi.engine.outline import Strip
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import Status

EXAMPLES = Path(__file__).parents[1] / "examples"
HERD = str(EXAMPLES / "mixed-herd.yaml")


def test_the_examples_in_the_module_hold() -> None:
    """The doctests."""
    assert doctest.testmod(strips).failed == 0


# ---- a law


def brute(graph: Graph, given_: Given, name: str, found: Sweep) -> None:
    """Every value of the range, decided by itself."""
    lines = {line.id: line.pieces for line in found.lines}
    for value in range(found.least, found.most + 1):
        try:
            decision = decide(graph, Given({**given_, name: value}))
        except CaseError:
            decision = None
        for id_, pieces in lines.items():
            piece = next(p for p in pieces if p.least <= value <= p.most)
            assert piece.possible == (decision is not None), (id_, value)
            if decision is not None:
                status = decision[id_].status if id_ else decision.status
                assert piece.status is status, (id_, value)
    for pieces in lines.values():
        assert pieces[0].least == found.least
        assert pieces[-1].most == found.most
        for one, other in pairwise(pieces):
            assert one.most + 1 == other.least
            assert one[2:] != other[2:]


def swept(data: st.DataObject, graph: Graph) -> None:
    """A random fact of a random case over a range around a threshold."""
    named = [fact for fact in graph.facts if fact.kind in ("quantity", "date")]
    assume(named)
    fact = data.draw(st.sampled_from(named))
    given_ = data.draw(cases(graph, otherwise=True))
    most = fact.limit if fact.most is None else fact.most
    if fact.kind == "date":
        least = data.draw(st.integers(738_000, 739_000))
        ends = [date.fromordinal(x).isoformat() for x in (least, least + 90)]
    else:
        near = data.draw(st.sampled_from(thresholds(graph)))
        least = max(fact.least or 0, min(near, most) - data.draw(st.integers(0, 50)))
        last = min(most, least + 90)
        ends = [f"{decimal_text(x, fact.num, fact.den)} {fact.unit}" for x in (least, last)]
    case = case_of("decimal: point\nfacts: {}\n")
    try:
        base = decide(graph, given_)
    except CaseError:
        assume(False)
        raise
    found = sweep(base, case, Range(fact.id, *ends))
    assert found is not None
    brute(graph, given_, fact.id, found)


@given(st.data())
def test_a_sweep_is_what_every_value_of_it_comes_to(data: st.DataObject) -> None:
    """In every pack that can be written."""
    graph = unchecked(drawn_graph(data.draw(packs()))[1])
    swept(data, graph)


@settings(max_examples=10)
@given(st.data())
def test_and_in_the_law_that_ships(data: st.DataObject) -> None:
    """With its checks of the input: what they refuse is told as such."""
    swept(data, graph_of(data.draw(st.sampled_from(SHIPPED))))


# ---- on the command line


def record(*line: str, code: int) -> Any:
    """The sweep of the first answer."""
    ran = run("check", *line, "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    return json.loads(ran.out.splitlines()[0])["sweep"]


def test_the_fiftieth_head() -> None:
    """Article 7.2.b asks for 50 buffaloes, cattle and horses; 20 are buffaloes."""
    [made] = record(HERD, "--sweep", "cattle=0..100", code=1)

    assert made["verdict"] == [
        {"from": "0", "until": "29", "status": "not_met"},
        {"from": "30", "until": "100", "status": "met"},
    ]
    assert set(made["provisions"]) == {"7.2", "7.2.b", "7.2.b.large-livestock"}
    assert (made["fact"], made["unit"], made["from"], made["until"]) == (
        "cattle",
        "head",
        "0",
        "100",
    )


def test_an_area_to_the_last_hundredth_and_the_amounts() -> None:
    """Article 15: 500 m² for a household, 80 000 đồng/m² up to 500 million."""
    line = (
        "--pack", "lao-cai-26-2020", "--as-of", "2023-05-31", "--set", "applicant=household",
        "--set", "linkage_agreement=true", "--set", "greenhouse_area=400 m2",
    )  # fmt: skip
    [made] = record(*line, "--sweep", "greenhouse_area=0 m2..2 ha", code=1)

    assert [(p["until"], p["status"]) for p in made["verdict"]] == [
        ("499.99", "not_met"),
        ("20000", "met"),
    ]
    assert made["amounts"]["15.amount"] == {
        "from": {"least": "0", "most": "0"},
        "until": {"least": "500000000", "most": "500000000"},
    }


def test_what_the_checks_of_the_input_refuse() -> None:
    """More officials of a standard than there are cannot be."""
    line = (
        "--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "--set", "officials_total=20",
        "--set", "officials_meeting_standard=19",
    )  # fmt: skip
    [made] = record(*line, "--sweep", "officials_meeting_standard=18..22", code=1)

    assert made["provisions"]["18.1"] == [
        {"from": "18", "until": "19", "status": "not_met"},
        {"from": "20", "until": "20", "status": "met"},
        {"from": "21", "until": "22", "status": None, "impossible": True},
    ]
    ran = run("check", *line, "--sweep", "officials_meeting_standard=18..22")
    assert "  █ met · ░ not met · ▒ undetermined · × contradicts other facts\n" in ran.out


BAR = """\
As cattle goes from 0 head to 100 head:
  The scale condition
  Article 7, clause 2 · high-technology and concentrated commercial farming
  Article 7, clause 2, point b · livestock
  Article 7, clause 2, point b · buffaloes, cattle and horses
    ░░░░░░░░░░░░░░░░░███████████████████████████████████████████
    up to 29 head: not met; from 30 head: met
  █ met · ░ not met
"""


def test_the_bar() -> None:
    """Once for all that turn alike; narrower, and of ASCII, where the terminal asks for it."""
    ran = run("check", HERD, "--sweep", "cattle=0..100")
    narrow = run("check", HERD, "--sweep", "cattle=0..100", env={"COLUMNS": "40"})
    ascii_ = run("check", HERD, "--sweep", "cattle=0..100", encoding="ascii")

    assert BAR in ran.out
    assert max(map(len, narrow.out.splitlines())) <= 40
    assert f"    {'.' * 10}{'#' * 26}\n" in narrow.out.replace("░", ".").replace("█", "#")
    assert f"    {'.' * 17}{'#' * 43}\n" in ascii_.out
    assert "  # met | . not met\n" in ascii_.out


def test_in_vietnamese() -> None:
    """The same in the other language."""
    ran = run("check", HERD, "--sweep", "cattle=0..100", "--lang", "vi")

    assert "Khi số bò đi từ 0 con đến 100 con:\n" in ran.out
    assert "    đến 29 con: chưa đáp ứng; từ 30 con: đáp ứng\n" in ran.out


def test_colours_of_a_bar() -> None:
    """As statuses have them."""
    ran = run("check", HERD, "--sweep", "cattle=0..100", env={"FORCE_COLOR": "1"})

    assert "\x1b[32m" + "█" * 43 in ran.out
    assert "\x1b[31m" + "░" * 17 in ran.out


def test_each_stretch_is_seen_and_the_bar_is_full() -> None:
    """However short it is, as long as there are cells enough."""
    for sizes in ((1, 10**12), (10**12, 1), (1, 1, 1), (5, 10**9, 1, 10**9, 2), (1,) * 200):
        pieces = tuple(
            (s, Status.MET if i % 2 else Status.NOT_MET, "") for i, s in enumerate(sizes)
        )
        made = list(strips.cells(Strip((), pieces, ""), 60))
        assert sum(count for count, _ in made) == 60
        assert all(count > 0 for count, _ in made)
        if len(sizes) <= 60:
            assert len(made) == len(sizes)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("cattle", "`--sweep cattle` is not FACT=FROM..TO, as in `--sweep cattle=0..100`"),
        ("cattle=3..", "`--sweep cattle=3..` is not FACT=FROM..TO, as in `--sweep cattle=0..100`"),
        ("cattle=9..3", "`--sweep cattle=9..3`: `9` is more than `3`"),
        ("cattle=unknown..3", "`--sweep cattle=unknown..3`: both ends have to be a value"),
        ("cow=0..3", "cow: `nq-08-2019` asks for no fact called `cow`"),
        ("cattle=0..many", "cattle: `cattle` is a quantity, and `many` is text"),
        ("cattle=0..3 ha", "cattle: `3 ha`"),
    ],
)
def test_what_cannot_be_swept(asked: str, said: str) -> None:
    """One line, exit 2, and nothing printed before it."""
    ran = run("check", HERD, "--sweep", asked)

    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert said.partition("`3 ha`")[0] in ran.err


def test_a_yes_or_no_is_not_swept() -> None:
    """It has no range."""
    line = ("--pack", "lao-cai-26-2020", "--set", "linkage_agreement=true")
    ran = run("check", *line, "--sweep", "linkage_agreement=true..false")

    assert (ran.code, ran.out) == (2, "")
    assert "is no quantity and no day" in ran.err


def test_where_no_law_is_in_force() -> None:
    """Nothing turns, and it is said why."""
    line = ("--pack", "nq-08-2019", "--as-of", "2026-03-01", "--set", "cattle=1")
    ran = run("check", *line, "--sweep", "cattle=0..100")

    assert ran.code == 3
    assert "As cattle goes from 0 head to 100 head: not in force on this day" in ran.out
    [made] = record(*line, "--sweep", "cattle=0..100", code=3)
    assert (made["verdict"], made["provisions"]) == (None, {})
