"""`check --until`: the spans of days over which the same facts come to one answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from command import run
from explained import example
from hypothesis import assume, given
from hypothesis import strategies as st
from packs import compiled, pack_of, pack_text, texts, unchecked
from strategies import cases, packs, text

from tieuchi.engine.ahead.spans import MOVING, Graphs, Stretch, spans, spans_record
from tieuchi.engine.cache import graphs_over
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.load import Program, breaks
from tieuchi.engine.results import figures

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


def over(*written: str) -> Graphs:
    """The graphs of a pack's text, and of those it uses, over all days."""
    program = Program({pack.id: pack for pack in map(pack_of, written)})
    found: list[tuple[int, Graph]] = []
    for day in (FIRST, *breaks(program)):
        graph = unchecked(compiled(*written, as_of=date.fromordinal(day)))
        if not found or found[-1][1][1:] != graph[1:]:
            found.append((day, graph))
    return found


def tiled(found: Sequence[Stretch]) -> None:
    """No day is left out and none is in two."""
    assert found[0].since is None
    assert found[-1].until is None
    for one, other in pairwise(found):
        assert one.until is not None
        assert one.until + 1 == other.since
        assert one.state != other.state


def days(found: Sequence[Stretch]) -> list[tuple[str | None, str | None, str]]:
    """The spans as they are read."""
    return [(each["from"], each["until"], str(each["status"])) for each in spans_record(found)]


def at(found: Sequence[Stretch], day: int) -> Stretch:
    """The span of a day."""
    return next(each for each in found if each.until is None or day <= each.until)


def stated(graph: Graph, given_: Given) -> str:
    """What a graph compiled as of a day says, without any of this."""
    if not graph.main.in_force:
        return "not_in_force"
    try:
        return str(decide(graph, given_).status)
    except CaseError:
        return "impossible"


def said(of: Stretch) -> str:
    """The same of a span."""
    return str(of.state.status) if of.state.kind == "decided" else of.state.kind


# ---- worked by hand from the law


def test_resolution_08_2019_ends_with_2025() -> None:
    """In force from 01/01/2020 to 31/12/2025; 46 t are 154 t short on each of these days."""
    case = example("star-anise-store.yaml")
    graphs = graphs_over("nq-08-2019")
    found = spans(graphs, read_given(graphs[0][1], case)[0])

    tiled(found)
    assert days(found) == [
        (None, "2019-12-31", "None"),
        ("2020-01-01", "2025-12-31", "not_met"),
        ("2026-01-01", None, "None"),
    ]
    assert [each.because for each in found] == ["begins", "ends", ""]


def test_the_ceilings_of_decree_106_begin_on_20_09_2024() -> None:
    """A pack of amounts: from that day half of the value, within 7 million for a household."""
    graphs = graphs_over("chan-nuoi-2020")
    graph = graphs[-1][1]
    given_ = given_from(
        graph, {"exotic_porkers": 10, "biogas_work_value": "10_000_000"}, complete=True
    )
    found = spans(graphs, given_)

    tiled(found)
    assert [each["from"] for each in spans_record(found)] == [None, "2020-03-05", "2024-09-20"]
    assert spans_record(found)[1]["results"] == {"farm_scale": {"class": ["household"]}}
    assert spans_record(found)[1]["amounts"] == {"106.10.products": None, "106.10.biogas": None}
    assert found[1].because == "law"
    assert spans_record(found)[2]["amounts"]["106.10.biogas"] == {
        "least": "5000000", "most": "5000000", "moves": False,
    }  # fmt: skip


AGE = pack_text(
    """
    in_force: {from: 2021-07-01, until: 2026-06-30}
    verdict: {all: ["5"]}
    facts:
      born: {TWO, kind: date}
      income: {TWO, unit: đồng}
    provisions:
      "5": {SAID, all: {
        "5.age": {SAID, require: {years: {from: born, to: as_of}, at_least: 80}},
        "5.income": {SAID, require: {of: income,
          at_most: {2021-07-01: 1_500_000 đồng, 2024-07-01: 2_000_000 đồng}}}}}
    """
)


def born(day: str, income: str = "1_800_000") -> Given:
    """Someone born on a day."""
    return given_from(compiled(AGE), {"born": day, "income": income})


@pytest.mark.parametrize(
    ("birth", "turns"),
    [
        ("1944-02-29", [("2024-07-01", "met", "law")]),  # 80 before, the threshold rises later
        ("1944-07-02", [("2024-07-02", "met", "time")]),  # the threshold first, then the birthday
        ("1945-02-28", [("2025-02-28", "met", "time")]),
        ("1946-07-01", []),  # 80 only after the act has ended
    ],
)
def test_a_birthday_and_a_threshold(birth: str, turns: list[tuple[str, str, str]]) -> None:
    """Met from the day on which both the age and the income do."""
    found = spans(over(AGE), born(birth))

    tiled(found)
    inside = [each for each in found if each.state.kind == "decided"]
    assert [str(each.state.status) for each in inside] == ["not_met", *(s for _, s, _ in turns)]
    assert [
        (each["from"], each["status"], before.because)
        for each, before in zip(spans_record(inside)[1:], inside, strict=False)
    ] == turns
    assert inside[-1].until == date(2026, 6, 30).toordinal()


def test_every_day_of_six_years_comes_to_what_its_span_says() -> None:
    """Each is compiled and decided by itself, also those before and after the act."""
    people = (born("1944-02-29"), born("1945-02-28"), born("1944-07-02", "1_500_001"))
    found = [spans(over(AGE), each) for each in people]
    for day in range(date(2021, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        graph = compiled(AGE, as_of=date.fromordinal(day))
        for person, its in zip(people, found, strict=True):
            assert said(at(its, day)) == stated(graph, person), date.fromordinal(day)


def test_what_turned_is_named() -> None:
    """The lowest provisions that are other on the day after."""
    turned = [each.turned for each in spans(over(AGE), born("1945-02-28"))]

    assert turned == [(), ("5.age",), (), ()]


def test_facts_that_cannot_all_be_true_on_some_days() -> None:
    """An age that is stated, and a day of birth, go together for one year."""
    written = pack_text(
        """
        verdict: {all: ["1"]}
        facts:
          born: {TWO, kind: date}
          age: {TWO, unit: year, else: computed}
        define:
          computed: {TWO, SAID, years: {from: born, to: as_of}}
        provisions:
          "1": {SAID, require: {of: age, at_least: 18 year}}
        """
    )
    given_ = given_from(
        compiled(written, as_of=date(2023, 5, 31)), {"born": "2000-03-01", "age": 23}
    )
    found = spans(over(written), given_)

    tiled(found)
    dated = zip(spans_record(found), found, strict=True)
    assert [(each["from"], each["until"], said(of)) for each, of in dated] == [
        (None, "2023-02-28", "impossible"),
        ("2023-03-01", "2024-02-29", "met"),
        ("2024-03-01", None, "impossible"),
    ]  # fmt: skip


def test_an_amount_that_moves_with_the_day() -> None:
    """By the year it is a span each; by the day it is said to move."""
    written = pack_text(
        """
        facts: {since: {TWO, kind: date}}
        define:
          YEARS: {TWO, SAID, UNIT: {from: since, to: as_of}}
        amounts:
          a: {SAID, times: [YEARS, 1_000 đồng/NAME], cap: 5_000_000 đồng}
        """.replace("YEARS", "passed")
    )
    by_year = written.replace("UNIT", "years").replace("NAME", "year")
    cap = by_year.replace("5_000_000", "3_000")
    given_ = given_from(compiled(cap), {"since": "2020-01-01"})
    found = spans(over(cap), given_)

    tiled(found)
    assert [each["from"] for each in spans_record(found)] == [
        None, "2021-01-01", "2022-01-01", "2023-01-01",
    ]  # fmt: skip
    by_day = spans(over(written.replace("UNIT", "days").replace("NAME", "day")), given_)
    assert [each.state.figures for each in by_day] == [(MOVING,)]


# ---- laws


@given(st.data())
def test_spans_tile_the_calendar_and_each_day_comes_to_its_span(data: st.DataObject) -> None:
    """At both ends of each and on days between, as the pack compiled as of that day decides."""
    pack = data.draw(packs())
    if data.draw(st.booleans()):
        pack["in_force"] = {"from": "2021-03-01", "until": "2024-02-29"}
    written = text(pack)
    try:
        graphs = over(written)
    except Faults:
        assume(False)
        raise
    given_ = data.draw(cases(graphs[0][1], otherwise=True))
    found = spans(graphs, given_)

    tiled(found)
    probes = {each.until for each in found} | {each.since for each in found}
    probes |= {data.draw(st.integers(737_000, 740_000)) for _ in range(3)}
    for day in sorted(day for day in probes if day is not None):
        graph = unchecked(compiled(written, as_of=date.fromordinal(day)))
        if not graph.main.in_force:
            assert said(at(found, day)) == "not_in_force"
            continue
        try:
            status = str(decide(graph, given_).status)
        except CaseError:
            status = "impossible"
        assert said(at(found, day)) == status


@cache
def shipped() -> list[tuple[str, Graphs]]:
    """Packs that ship, over all days."""
    return [
        (name, graphs_over(name)) for name in ("ntm-xa-2021-2025", "chan-nuoi-2020", "tcpl-2021")
    ]


@given(st.data())
def test_the_law_that_ships(data: st.DataObject) -> None:
    """On each day around every day on which the law changes, compiled as of that day."""
    name, graphs = data.draw(st.sampled_from(shipped()))
    graphs = [(day, unchecked(graph)) for day, graph in graphs]
    given_ = data.draw(cases(graphs[-1][1]))
    found = spans(graphs, given_)

    tiled(found)
    day = data.draw(st.sampled_from([day for day, _ in graphs[1:]])) + data.draw(st.integers(-1, 0))
    graph = unchecked(compiled(*texts(name), as_of=date.fromordinal(day)))
    span = at(found, day)
    if not graph.main.in_force:
        assert said(span) == "not_in_force"
    elif graph.main.verdict >= 0:
        assert span.state.status == decide(graph, given_).status
    else:
        decision = decide(graph, given_)
        assert list(span.state.figures) == [decision.value(each) for each in figures(graph)]


# ---- on the terminal

EXAMPLES = Path(__file__).parents[1] / "examples"


def shown(*line: str, lang: str) -> str:
    """The section of the spans on one line."""
    ran = run("check", *line, "--until", "--lang", lang)
    assert ran.err == ""
    title = {"vi": "Cùng dữ kiện này", "en": "The same facts"}[lang]
    return " ".join(ran.out[ran.out.index(title) :].split())


def test_until_when_and_why() -> None:
    """In one sentence, then span by span, in both languages."""
    case = str(EXAMPLES / "star-anise-store.yaml")

    assert shown(case, lang="en").startswith(
        "The same facts on other days: "
        "• Not met until 31/12/2025, when Resolution 08/2019/NQ-HĐND ends; no successor is encoded "
        "• until 31/12/2019: Resolution 08/2019/NQ-HĐND is not in force yet "
        "• 01/01/2020 to 31/12/2025: not met "
        "• from 01/01/2026: Resolution 08/2019/NQ-HĐND has ended "
    )
    assert shown(case, lang="vi").startswith(
        "Cùng dữ kiện này, theo thời gian: "
        "• Chưa đáp ứng đến 31/12/2025, khi Nghị quyết 08/2019/NQ-HĐND hết hiệu lực; "
        "văn bản kế tiếp chưa được mã hóa "
    )


def test_where_no_law_is_in_force_the_spans_still_stand() -> None:
    """The exit code is that of the case as it is."""
    line = (
        "check",
        "--pack",
        "nq-08-2019",
        "--as-of",
        "2026-01-01",
        "--set",
        "cattle=50",
        "--until",
    )
    ran = run(*line)

    assert ran.code == 3
    assert "  • 01/01/2020 to 31/12/2025: met\n" in ran.out
    [record] = [json.loads(each) for each in run(*line, "--format", "json").out.splitlines()]
    assert record["status"] is None
    assert record["spans"][1] == {
        "from": "2020-01-01", "until": "2025-12-31", "status": "met", "reason": None,
        "because": "ends", "turned": [],
    }  # fmt: skip
    assert record["spans"][2]["reason"]["en"].endswith("has ended; no successor is encoded")
    assert record["timeline"] is None


def test_a_pack_by_its_path(tmp_path: Path) -> None:
    """Its spans are of that file, not of the pack that ships under the same name."""
    path = tmp_path / "nq-08-2019.yaml"
    text_ = (EXAMPLES.parent / "rules/lang-son/nq-08-2019.yaml").read_text("utf-8")
    path.write_text(text_.replace("until: 2025-12-31", "until: 2024-06-30"), "utf-8")
    ran = run(
        "check", "--pack", str(path), "--as-of", "2023-05-31", "--set", "cattle=50", "--until",
        "--format", "json",
    )  # fmt: skip

    assert json.loads(ran.out)["spans"][1]["until"] == "2024-06-30"


def test_without_the_option_nothing_is_added() -> None:
    """No field and no section."""
    ran = run("check", str(EXAMPLES / "star-anise-store.yaml"), "--format", "json")

    assert "spans" not in json.loads(ran.out)


def aged(tmp_path: Path, *line: str, lang: str = "en") -> str:
    """The section of the spans of the pack with an age and a threshold."""
    path = tmp_path / "a.yaml"
    path.write_text(AGE, "utf-8")
    return shown("--pack", str(path), "--set", "income=1800000", *line, lang=lang)


def test_why_an_answer_does_not_hold_longer(tmp_path: Path) -> None:
    """Time that passes, or the law; with the provisions that are other from then on."""
    old = ("--set", "born=1945-02-28", "--as-of", "2024-12-31")
    law = ("--set", "born=1940-01-01", "--as-of", "2024-01-01")

    assert "Not met until 27/02/2025; from 28/02/2025 the time that has passed changes it" in aged(
        tmp_path, *old
    )
    assert "Not met until 30/06/2024; from 01/07/2024 the law is another: e · q" in aged(
        tmp_path, *law
    )
    assert "Chưa đáp ứng đến 30/06/2024; từ 01/07/2024 quy định thay đổi" in aged(
        tmp_path, *law, lang="vi"
    )


def test_an_entry_that_cannot_be_used_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or done without: the cache decides nothing."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = graphs_over("tcpl-2021")
    [entry] = (tmp_path / "tieuchi").iterdir()
    entry.write_text("{", "utf-8")

    assert graphs_over("tcpl-2021") == made
    assert graphs_over("tcpl-2021") == made
    monkeypatch.setenv("XDG_CACHE_HOME", str(entry))
    assert graphs_over("tcpl-2021") == made
    with pytest.raises(Faults):
        graphs_over("no-such-pack")
