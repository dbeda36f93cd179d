"""What an answer comes to and rests on: the nearest way, amounts, other packs, notes, sources."""

import random
from pathlib import Path

import pytest
from explained import (
    DAY,
    HEAD,
    SHIPPED,
    answered,
    example,
    graph_of,
    item,
    section,
    stated,
    told,
    written,
)
from packs import compiled, pack_text

from tieuchi.engine import phrases
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.explanation import explain
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.nearest import nearest
from tieuchi.engine.truth import MET, NOT_MET, Status
from tieuchi.engine.wording import wording

# ---- the nearest way


def sampled(pack: str, count: int, seed: int) -> list[Decision]:
    """Decisions on random numbers around the thresholds."""
    graph, rnd, found = graph_of(pack), random.Random(seed), []
    for _ in range(count):
        given = Given()
        for fact in graph.facts:
            if fact.kind == "quantity" and rnd.random() < 0.9:
                top = {"head": 60, "person": 30, "item": 3}.get(fact.unit, 3_000_000)
                given[fact.id] = rnd.randrange(top)
            elif fact.kind == "yes_no":
                given[fact.id] = rnd.choice((MET, NOT_MET))
            elif fact.kind == "class":
                given[fact.id] = 1 << rnd.randrange(len(fact.labels))
        try:
            found.append(decide(graph, given))
        except CaseError:
            continue
    return found


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_nearest_way_does_pass_and_a_step_less_does_not(pack: str) -> None:
    """Decided anew with the change, and with one step less."""
    for decision in sampled(pack, 150, 5):
        way = nearest(decision, wording(decision.graph, "vi"))
        if way is None or len(way.changes) != 1 or way.changes[0].asked.node.kind != "quantity":
            continue
        change, graph = way.changes[0], decision.graph
        slot = min(change.asked.facts)
        for less, status in ((0, Status.MET), (1, Status.NOT_MET)):
            more = (change.finding.shortfall or 0) - less
            given = Given(decision.given)
            given[graph.facts[slot].id] = given.get(graph.facts[slot].id, 0) + more
            try:
                assert decide(graph, given).status is status
            except CaseError:
                continue


def test_the_nearest_way_is_the_least_share_not_the_least_number() -> None:
    """10 head of cattle are further than 100 of poultry."""
    given = {
        **dict.fromkeys((f.id for f in graph_of("nq-08-2019").facts), 0),
        "cattle": 40,  # 20 % short
        "poultry": 900,  # 10 % short
    }
    explanation = stated("nq-08-2019", "en", **given)
    assert section(explanation, "nearest") == "poultry · 100 head more (10 % of what is asked)."


def test_nothing_is_near_where_there_is_nothing_at_all() -> None:
    """The whole of what is asked is no way to pass."""
    given = dict.fromkeys((f.id for f in graph_of("nq-08-2019").facts), 0)
    assert section(stated("nq-08-2019", **given), "nearest") == ""


def test_several_changes_are_named_together() -> None:
    """Two of 10 head are nearer than one of 90 %."""
    graph = written(
        """
facts:
  a: {vi: số a, en: a, unit: head}
  b: {vi: số b, en: b, unit: head}
  c: {vi: số c, en: c, unit: head}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: từ 10
    any:
      1.x:
        vi: x
        en: x
        all:
          1.x.a: {vi: a, en: a, require: {of: a, at_least: 10 head}}
          1.x.b: {vi: b, en: b, require: {of: b, at_least: 10 head}}
      1.c: {vi: c, en: c, require: {of: c, at_least: 10 head}}
"""
    )
    explanation = explain(decide(graph, Given(a=9, b=8, c=1)), lang="en")
    assert section(explanation, "nearest") == (
        "together: a · 1 head more (10 % of what is asked); "
        "b · 2 head more (20 % of what is asked)."
    )


# ---- amounts, definitions, other packs


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "500.000.000 đồng (mức trần; tính ra 560.000.000 đồng)", "500,000,000 đồng (the cap"),
        (1, "0 đồng (chưa đáp ứng Điều 15)", "0 đồng (Article 15 is not met)"),
        (2, ": 240.000.000 đồng", ": 240,000,000 đồng"),
        (3, "từ 0 đồng đến 80.000.000 đồng, tùy thông tin còn thiếu", "0 đồng to 80,000,000 đồng"),
    ],
)
def test_amounts_are_exact_from_to_capped_or_nothing(number: int, vi: str, en: str) -> None:
    """The four greenhouses."""
    case = example("greenhouses.yaml", number)
    assert vi in section(told(case)[0], "amounts")
    assert en in section(told(case, "en")[0], "amounts")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Given(area=0), "0 đồng"),  # whether it is met is not known, and nothing hangs on it
        (Given(area=0, owned=MET), "0 đồng"),
        (Given(area=0, owned=NOT_MET), "0 đồng (e is not met)"),
    ],
)
def test_nothing_is_paid_for_nothing_met_or_not(given: Given, text: str) -> None:
    """That a condition is not met is said only where it is so."""
    graph = compiled(
        pack_text("""
            facts: {area: {TWO, unit: m2}, owned: {TWO, kind: yes_no}}
            verdict: {all: ["1"], about: {TWO}}
            provisions: {"1": {SAID, all: [owned]}}
            amounts: {m: {SAID, when: "1", times: [area, 3 đồng/m2]}}
        """)
    )

    said = section(explain(decide(graph, given), lang="en"), "amounts")

    assert said.replace("\u00a0", " ") == f"m (e): {text}"


def test_a_ceiling_says_at_most_and_one_not_in_force_says_so() -> None:
    """It is never what somebody gets."""
    given = {"exotic_sows": 10, "waste_product_value": 40_000_000, "biogas_work_value": 4_000_000}
    after = stated("chan-nuoi-2020", "vi", "2024-10-01", **given)
    assert "tối đa" in section(after, "amounts")
    before = stated("chan-nuoi-2020", "vi", "2023-05-31", **given)
    assert section(before, "amounts").count("không có hiệu lực vào ngày này") == 2


def test_what_another_act_gives_is_named_with_that_act() -> None:
    """With that pack's own limits."""
    case = example("pig-farm.yaml")
    explanation, _ = told(case)
    assert "Nghị định 13/2020/NĐ-CP · quy mô chăn nuôi: trang trại quy mô vừa" in section(
        explanation, "uses"
    )
    assert "loại trang trại: trang trại chăn nuôi" in section(explanation, "definitions")
    assert "Nghị định 13/2020/NĐ-CP · Phụ lục V không đọc được" in section(explanation, "limits")


def test_the_limits_of_another_act_are_shown_where_it_is_folded_into_a_line() -> None:
    """What it does not cover holds all the same."""
    explanation = stated("binh-trung-2023", "en")
    assert item(explanation, "1.3").operator == "nothing stated"
    assert item(explanation, "1.3").items == ()
    assert "Decision 318/QĐ-TTg · Only criterion 18 is decided" in section(explanation, "limits")


def test_what_an_act_not_in_force_would_give_is_not_known(tmp_path: Path) -> None:
    """No figure from 0 up, no fact that could be stated, and a note that says why."""
    other = """
facts: {x: {vi: số x, en: x, unit: person}}
define: {total: {vi: tổng, en: total, cite: {vi: Điều 2, en: Article 2}, quote: a, of: {sum: [x]}}}
"""
    uses = """
use: {total: other/total}
facts: {z: {vi: số z, en: z, unit: person}}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: từ 5
    all:
      1.a: {vi: a, en: a, require: {of: total, at_least: 5 person}}
      1.b: {vi: b, en: b, require: {ratio: {of: z, per: total}, at_least: 50 %}}
"""
    head = HEAD.replace("pack: test", "pack: other").replace("Test act", "Other act")
    lines = [line for line in head.splitlines() if not line.startswith("verdict")]
    text = "\n".join([*lines, "in_force: {from: 2024-01-01}", other])
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    (tmp_path / "test.yaml").write_text(HEAD + uses, "utf-8")
    graph = compile_pack(load_pack("test", tmp_path), DAY)
    explanation = explain(decide(graph, Given(z=3)), lang="en")
    assert explanation.headline is not None
    assert explanation.headline.more == (phrases.OPEN_UNKNOWN.en,)
    measured = [item(explanation, f"1.{leaf}").figures[0].measured for leaf in "ab"]
    assert [text.replace("\u00a0", " ") for text in measured] == [
        "not known",
        "3 people / not known",
    ]
    assert section(explanation, "notes") == (
        "Other act is not in force on 31/05/2023, so what is used of it is not known."
    )


# ---- notes, sources, the input


def test_readings_and_misprints_of_what_is_shown_reach_the_reader() -> None:
    """And those of what is not shown do not."""
    explanation, decision = told(example("star-anise-store.yaml"))
    notes = section(explanation, "notes")
    for note in decision["8.2.b.fresh-store"].provision.notes:
        assert note.vi in notes
    assert "Bản in “hời”, đọc là “hồi”." in notes
    assert "Chỉ cộng trâu, bò, ngựa" not in notes


def test_notes_of_several_provisions_say_whose_they_are() -> None:
    """“Read as 100 %” alone would be of no use."""
    explanation, _ = told(example("binh-trung-2023"))
    assert "Chỉ tiêu 18.1: Đọc là 100 %" in section(explanation, "notes")


def test_a_grade_below_a_is_said_with_what_it_is_of() -> None:
    """Grade A in the act's own words needs no saying."""
    explanation, _ = told(example("binh-trung-2023"), "en")
    sources = section(explanation, "sources")
    assert "C (inferred or secondary) for: officials of the commune meet the standard" in sources
    commune, _ = told(example("commune-access-to-law.yaml"))
    assert section(commune, "sources") == ""


def test_a_converted_quantity_is_shown_as_written_and_as_read(tmp_path: Path) -> None:
    """So that a slip of the unit shows."""
    text = "pack: nq-08-2019\nas_of: 2023-05-31\nfacts: {vegetable_area: 15 000 m2}\n"
    explanation, _ = answered(text, tmp_path, "en")
    assert section(explanation, "input") == (
        "open-field vegetable area: “15 000 m2” was converted to 1.5 ha"
    )


def test_a_check_that_only_warns_is_shown(tmp_path: Path) -> None:
    """The recognition of a year that is not over."""
    text = """
pack: ntm-xa-2021-2025
as_of: 2023-05-31
facts: {legal_access_recognised: true, legal_access_year: 2023-12-31}
"""
    explanation, _ = answered(text, tmp_path)
    assert "chưa kết thúc" in section(explanation, "warnings")
