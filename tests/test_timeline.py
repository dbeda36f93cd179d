"""Forecasts as a timeline: by when the verdict would be met, what decides it, what has no date."""

from __future__ import annotations

import json
from datetime import date

import pytest
from command import run
from drawn import drawn_graph
from explained import section
from hypothesis import assume, given
from hypothesis import strategies as st
from packs import DAY, compiled, unchecked
from stated import case_of
from strategies import cases, packs

from tieuchi.engine.ahead.timeline import Timeline, timeline, timeline_record, timeline_section
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision, decide, program
from tieuchi.engine.explanation import explain
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph, reads
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.source import Map, Text
from tieuchi.engine.truth import MET, NOT_MET

GRAPH = compile_pack(load_pack("ntm-xa-2021-2025"), date(2023, 5, 31))
FACTS = """
  officials_total: 20
  officials_meeting_standard: {value: 19, forecast: 2023-Q4}
  legal_access_recognised: true
  training_plan_issued: true
"""
ALL = {"18.2": "2023-09-30", "18.3": "2024-01-15", "18.5": "2023-Q4", "18.6": "2023-06-30"}


def commune(forecasts: dict[str, str], facts: str = FACTS) -> tuple[Case, Decision]:
    """A commune with one official short and four indicators not assessed."""
    days = "".join(f'  "{name}": {day}\n' for name, day in forecasts.items())
    said = f"forecasts:\n{days}" if days else ""
    case = case_of(f"pack: ntm-xa-2021-2025\nas_of: 2023-05-31\nfacts:{facts}{said}")
    return case, decide(GRAPH, read_given(GRAPH, case)[0])


def lined(forecasts: dict[str, str], facts: str = FACTS) -> Timeline:
    """The timeline of that commune."""
    case, decision = commune(forecasts, facts)
    found = timeline(decision, case)
    assert found is not None
    return found


def ordinal(day: str) -> int:
    """A day by its number."""
    return date.fromisoformat(day).toordinal()


# ---- criterion 18: all six indicators are needed


def test_the_latest_forecast_decides() -> None:
    """18.3 is expected last, on 15/01/2024; 18.4 is met already."""
    found = lined(ALL)

    assert found.met_by == ordinal("2024-01-15")
    assert [each.id for each in found.decided_by] == ["18.3"]
    assert [(each.id, date.fromordinal(each.day).isoformat()) for each in found.steps] == [
        ("18.6", "2023-06-30"),
        ("18.2", "2023-09-30"),
        ("18.1", "2023-12-31"),
        ("18.5", "2023-12-31"),
        ("18.3", "2024-01-15"),
    ]


def test_a_fact_may_be_what_is_forecast() -> None:
    """18.1 goes by the forecast of its figure, and on one day with 18.5 both decide."""
    found = lined({**ALL, "18.3": "2023-08-31"})

    assert found.met_by == ordinal("2023-12-31")
    assert [(each.id, each.facts) for each in found.decided_by] == [
        ("18.1", ("officials_meeting_standard",)),
        ("18.5", ()),
    ]


def test_what_has_no_forecast_is_named() -> None:
    """Without one for 18.3 there is no date."""
    found = lined({name: day for name, day in ALL.items() if name != "18.3"})

    assert found.met_by is None
    assert [(each.id, str(each.status)) for each in found.waiting] == [("18.3", "undetermined")]
    assert {each.id for each in found.steps} == {"18.1", "18.2", "18.5", "18.6"}


def test_a_forecast_that_is_over_is_none() -> None:
    """18.6 was expected by 30/04/2023, and the day is 31/05/2023."""
    [waiting] = lined({**ALL, "18.6": "2023-04-30"}).waiting

    assert (waiting.id, waiting.passed) == ("18.6", ordinal("2023-04-30"))


def test_a_forecast_of_a_figure_that_is_over_is_none() -> None:
    """18.1 is not met, and the figure was expected to change before the day."""
    [waiting] = lined(ALL, FACTS.replace("2023-Q4", "2023-Q1")).waiting

    assert (waiting.id, str(waiting.status)) == ("18.1", "not_met")
    assert waiting.passed == ordinal("2023-03-31")


def test_under_an_indicator_the_parts_are_named() -> None:
    """Of 18.6 both parts are needed: the plan is issued, that it is carried out is not said."""
    found = lined({name: day for name, day in ALL.items() if name != "18.6"})

    assert [each.id for each in found.waiting] == ["18.6.carried-out"]


def test_without_forecasts_there_is_no_timeline() -> None:
    """Nothing was forecast, so nothing is said."""
    case, decision = commune({}, FACTS.replace("{value: 19, forecast: 2023-Q4}", "19"))

    assert timeline(decision, case) is None
    assert timeline_record(None) is None


# ---- any and at_least

PACK = """
pack: groups
kind: standard
cite: {vi: v, en: e}
title: {vi: v, en: e}
sources: {gazette: {title: {vi: v, en: e}, grade: A}}
source: gazette
verdict: {all: ["1"]}
facts:
  a: {vi: a, en: a, kind: yes_no}
  b: {vi: b, en: b, kind: yes_no}
  c: {vi: c, en: c, kind: yes_no}
  d: {vi: d, en: d, kind: yes_no}
provisions:
  "1":
    cite: {vi: v, en: e}
    quote: q
    GROUP:
      "1.a": {cite: {vi: v, en: e}, quote: q, all: [a]}
      "1.b": {cite: {vi: v, en: e}, quote: q, all: [b], review_when: d}
      "1.c": {cite: {vi: v, en: e}, quote: q, all: [c]}
"""


def group(
    kind: str, forecasts: str, facts: str = "{a: false, b: false, c: false, d: false}"
) -> Timeline | None:
    """The timeline of a group of three, as of 2023-05-31."""
    graph = compiled(PACK.replace("GROUP", kind))
    case = case_of(f"pack: groups\nas_of: 2023-05-31\nfacts: {facts}\nforecasts: {forecasts}\n")
    return timeline(decide(graph, read_given(graph, case)[0]), case)


EACH = "{1.a: 2023-09-01, 1.b: 2023-07-01, 1.c: 2023-08-01}"


@pytest.mark.parametrize(
    ("kind", "day", "decides"),
    [
        ("any", "2023-07-01", ["1.b"]),
        ("at_least: 2\n    of", "2023-08-01", ["1.c"]),
        ("all", "2023-09-01", ["1.a"]),
    ],
)
def test_one_of_several_some_of_them_and_all(kind: str, day: str, decides: list[str]) -> None:
    """The earliest, the second, the latest."""
    found = group(kind, EACH)

    assert found is not None
    assert found.met_by == ordinal(day)
    assert [each.id for each in found.decided_by] == decides


def test_of_a_group_of_which_some_are_needed_the_group_is_named() -> None:
    """Two are needed and one is forecast: any of the others would do."""
    found = group("at_least: 2\n    of", "{1.b: 2023-07-01}")

    assert found is not None
    assert [each.id for each in found.waiting] == ["1"]


def test_what_is_under_review_is_said_to_be() -> None:
    """Neither met nor not: the authority has to look at it, and no forecast says when."""
    facts = "{a: true, b: false, c: false, d: true}"
    found = group("all", "{1.c: 2023-07-01}", facts)

    assert found is not None
    assert [(each.id, each.under_review) for each in found.waiting] == [("1.b", True)]


# ---- a law


def expected(graph: Graph, base: Decision, days: dict[int, int]) -> int | None:
    """The first day on which the verdict is not held up, each node met from its day on."""
    for day in sorted(set(days.values())):
        values = base.values.copy()
        for i, step in program(graph).steps:
            values[i] = MET if days.get(i, day + 1) <= day else step(values)
        if not values[graph.main.verdict] & NOT_MET:
            return day
    return None


@given(st.data())
def test_the_day_is_the_first_on_which_the_forecasts_do(data: st.DataObject) -> None:
    """Decided anew day by day with what is forecast taken as met."""
    graph = unchecked(drawn_graph(data.draw(packs()))[1])
    decision = decide(graph, data.draw(cases(graph)))
    known = {p.id: p for p in graph.main.provisions if p.node >= 0}
    # a condition that stands in two places is forecast in one of them alone
    uses = [node for of in graph.nodes for node in reads(of)] + [p.node for p in known.values()]
    once = [n for n, p in known.items() if p.node >= graph.given and uses.count(p.node) <= 2]
    open_ = [name for name in once if decision.values[known[name].node] & NOT_MET]
    assume(open_ and decision.truth is not None)
    names = data.draw(st.sets(st.sampled_from(open_), min_size=1))
    names = {n for n in names if not any(n.startswith(f"{other}.") for other in names)}
    forecasts = {n: DAY.toordinal() + data.draw(st.integers(0, 30)) for n in sorted(names)}
    case = case_of("pack: random\nfacts: {}\n")._replace(
        forecasts={Text(n): day for n, day in forecasts.items()}, facts=Map()
    )
    found = timeline(decision, case)

    days: dict[int, int] = {}
    for name, day in forecasts.items():
        days[known[name].node] = min(day, days.get(known[name].node, day))
    if not (decision.truth or 0) & NOT_MET:
        assert found is None
        return
    assert found is not None
    assert found.met_by == expected(graph, decision, days)
    if found.met_by is None:
        assert found.waiting
    else:
        assert {each.day for each in found.decided_by} == {found.met_by}


# ---- in words


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "Meets criterion 18 by 15/01/2024 at the earliest; decided by the forecast of "
                "Indicator 18.3 · socio-political organisations rated as completing their tasks "
                "well or better"
            ),
        ),
        (
            "vi",
            (
                "Đáp ứng tiêu chí số 18 sớm nhất vào 15/01/2024; dự kiến quyết định: Chỉ tiêu 18.3 "
                "· tổ chức chính trị - xã hội hoàn thành tốt nhiệm vụ trở lên"
            ),
        ),
    ],
)
def test_the_day_in_words(lang: str, said: str) -> None:
    """In one sentence, then day by day."""
    case, decision = commune(ALL)
    made = timeline_section(lined(ALL), GRAPH, lang)
    shown = section(explain(decision, case, lang=lang, sections=[made]), "timeline").splitlines()

    assert shown[0] == said
    assert shown[1].startswith("30/06/2023: ")
    assert len(shown) == 5


def test_a_day_after_the_act_has_ended() -> None:
    """The decision ends on 14/02/2026: what is expected later is not judged by it."""
    made = timeline_section(lined({**ALL, "18.3": "2026-03-01"}), GRAPH, "en")

    assert made.remarks[0].text.endswith("; but Decision 318/QĐ-TTg ends on 14/02/2026")


def test_on_the_command_line() -> None:
    """Beside the spans, in text and as a field."""
    days = ", ".join(f'"{name}": {day}' for name, day in ALL.items())
    case = f"pack: ntm-xa-2021-2025\nas_of: 2023-05-31\nfacts:{FACTS}forecasts: {{{days}}}\n"
    text_ = run("check", "-", "--until", stdin=case.encode())
    ran = run("check", "-", "--until", "--format", "json", stdin=case.encode())

    assert (text_.code, text_.err) == (1, "")
    assert "\nIf each forecast holds:\n  • Meets criterion 18 by 15/01/2024" in text_.out
    made = json.loads(ran.out)["timeline"]
    assert made["met_by"] == "2024-01-15"
    assert made["decided_by"] == [{"provision": "18.3", "facts": [], "forecast": "2024-01-15"}]
    assert made["waiting"] == []
