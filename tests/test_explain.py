"""What an answer shows of its provisions: the headline, what is folded, what is missing."""

from pathlib import Path

import pytest
from explained import (
    EXAMPLES,
    answered,
    cases,
    every,
    example,
    graph_of,
    item,
    section,
    shown,
    stated,
    told,
    written,
)
from packs import compiled, pack_text

from tieuchi.engine import phrases
from tieuchi.engine.decision import Given, decide
from tieuchi.engine.explanation import Remark, Section, explain
from tieuchi.engine.given import given_from
from tieuchi.engine.truth import MET, NOT_MET, Status

# ---- the headline


@pytest.mark.parametrize(
    ("cattle", "lang", "expected"),
    [
        (50, "vi", "✓ Đáp ứng điều kiện quy mô"),
        (50, "en", "✓ Meets the scale condition"),
        (49, "vi", "? Chưa xác định được điều kiện quy mô"),
        (49, "en", "? Not yet determined: the scale condition"),
    ],
)
def test_the_headline_says_what_the_pack_decides(cattle: int, lang: str, expected: str) -> None:
    """The noun is the pack's own; without it there is no saying what is met."""
    assert expected in shown(stated("nq-08-2019", lang, cattle=cattle)).splitlines()


def test_a_case_that_is_complete_can_fall_short(tmp_path: Path) -> None:
    """Only where nothing can rescue it."""
    text = "pack: nq-08-2019\nas_of: 2023-05-31\ncomplete: true\nfacts: {cattle: 49}\n"
    explanation, _ = answered(text, tmp_path)
    assert explanation.headline is not None
    assert explanation.headline[:2] == (Status.NOT_MET, "Chưa đáp ứng điều kiện quy mô")


def test_an_act_that_is_not_in_force_gives_no_answer_but_its_successor() -> None:
    """Neither statuses nor figures of a law that does not hold."""
    explanation = stated("ntm-xa-2021-2025", "en", "2026-02-15")
    assert explanation.items == ()
    text = " ".join(shown(explanation).split())
    assert "is not in force on 15/02/2026" in text
    assert "08/03/2022 to 14/02/2026" in text
    assert "Its successor: Decision 51/2025/QĐ-TTg" in text


def test_a_pack_without_a_verdict_has_neither_met_nor_not_met() -> None:
    """It shows what it works out."""
    explanation = stated("chan-nuoi-2020", "en", exotic_sows=24)
    assert explanation.headline is not None
    assert explanation.headline.status is None
    assert "livestock units: 12 LU or more" in section(explanation, "definitions")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", EXAMPLES)
def test_every_example_carries_its_limits_and_never_says_eligible(path: str, lang: str) -> None:
    """With every result, in both languages."""
    for case in cases(path):
        explanation, decision = told(case, lang)
        text = shown(explanation).lower()
        assert "eligible" not in text
        assert "đủ điều kiện được hỗ trợ" not in text
        for limit in decision.graph.main.limits:
            assert limit.of(lang) in section(explanation, "limits")


# ---- what is missing, none, reviewed


def test_only_facts_that_could_still_matter_are_asked_for() -> None:
    """A settled answer asks for nothing."""
    explanation = stated("nq-08-2019", "en", buffaloes=38, **{"@activity/livestock": MET})
    assert "cattle" in section(explanation, "missing")
    settled = stated("nq-08-2019", "en", buffaloes=60)
    assert section(settled, "missing") == ""


def test_missing_facts_go_by_their_names() -> None:
    """Where some of a sum is known."""
    explanation = stated("nq-08-2019", "vi", buffaloes=38, sows=3, poultry=4, other_livestock=1)
    remarks = item(explanation, "7.2.b.large-livestock").remarks
    assert [remark.text for remark in remarks] == ["chưa khai: số bò; số ngựa"]


def test_declared_none_is_said_and_told_from_a_stated_zero(tmp_path: Path) -> None:
    """`complete` closes the one, the case states the other."""
    text = """
pack: nq-08-2019
as_of: 2023-05-31
activities: [storage]
complete: true
facts: {fresh_storage_capacity: 46 t, seed_storage_capacity: 0 t}
"""
    explanation, _ = answered(text, tmp_path)
    measured = {
        each.id: each.figures[0].measured for each in every(explanation.items) if each.figures
    }
    assert "khai không có" in measured["8.2.b.drying"]
    assert "khai không có" not in measured["8.2.b.seed-store"]


def test_many_conditions_of_which_nothing_was_declared_share_a_line(tmp_path: Path) -> None:
    """The line still says what each would need."""
    text = """
pack: nq-08-2019
as_of: 2023-05-31
activities: [livestock]
complete: true
facts: {cattle: 49}
"""
    explanation, decision = answered(text, tmp_path)
    ids = {each.id for each in every(explanation.items)}
    assert "7.2.b.large-livestock" in ids
    assert "7.2.b.poultry" not in ids
    folded = next(each for each in every(explanation.items) if not each.id)
    assert "gia cầm (cần ≥ 1.000 con)" in folded.name.replace("\u00a0", " ")
    assert decision["7.2.b.poultry"].status is Status.NOT_MET


def test_the_review_says_what_it_is_about() -> None:
    """The area that calls for it, and the pack's own note."""
    explanation, decision = told(example("potato-model.yaml"))
    remarks = item(explanation, "7.2.c").remarks
    assert [remark.role for remark in remarks] == ["fact", "review"]
    assert "4,5" in remarks[0].text
    note = decision["7.2.c"].provision.review_note
    assert note is not None
    assert remarks[1].text == note.vi
    assert explanation.headline is not None
    assert explanation.headline.more == (phrases.OPEN_REVIEW.vi,)


def test_a_review_that_a_list_calls_for_says_so() -> None:
    """The members are told where they are counted; the note stands by itself."""
    graph = compiled(
        pack_text("""
            verdict: {all: ["1"], about: {TWO}}
            facts:
              staff: {TWO, kind: list, fields: {trained: {TWO, kind: yes_no}}}
              area: {TWO, unit: m2}
            provisions:
              "1":
                cite: {TWO}
                quote: q
                review_when: {require: {count: staff, where: trained, at_least: 1}}
                require: {of: area, at_least: 5 m2}
        """)
    )
    given = given_from(graph, {"area": 1, "staff": [{"trained": True}]})

    explanation = explain(decide(graph, given), lang="en")

    assert [remark.role for remark in item(explanation, "1").remarks] == ["review"]


def test_points_of_other_activities_are_one_line() -> None:
    """They are named, and no more."""
    explanation, _ = told(example("star-anise-store.yaml"))
    assert all(not each.id.startswith("7.2") for each in every(explanation.items))
    assert "Điều 7 khoản 2" in section(explanation, "not_applicable")


def test_what_is_not_encoded_is_shown_with_why() -> None:
    """It has no status, and never vanishes."""
    explanation = stated("binh-trung-2023", "en", recruits_enlisted=6, recruits_required=6)
    force = item(explanation, "4.force")
    assert force.status is None
    assert force.operator == "not encoded"
    assert "no measure" in force.remarks[0].text


# ---- operators


@pytest.mark.parametrize(
    ("activities", "expected"),
    [(["nursery"], "cần một trong ba"), (["livestock"], "cần một trong năm")],
)
def test_the_operator_counts_what_applies(activities: list[str], expected: str) -> None:
    """Not what the law prints under other points."""
    given = {f"@activity/{name}": NOT_MET for name in graph_of("nq-08-2019").activities}
    given |= {f"@activity/{name}": MET for name in activities}
    explanation = stated("nq-08-2019", **given)
    assert explanation.items[0].operator == expected


def test_at_least_some_of_several() -> None:
    """The count in words, and what is not needed once it is reached."""
    graph = written(
        """
facts:
  a: {vi: có a, en: has a, kind: yes_no}
  b: {vi: có b, en: has b, kind: yes_no}
  c: {vi: có c, en: has c, kind: yes_no}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: hai trong ba
    at_least: 2
    of:
      1.a: {vi: a, en: a, require: {of: a, is: true}}
      1.b: {vi: b, en: b, require: {of: b, is: true}}
      1.c: {vi: c, en: c, require: {of: c, is: true}}
"""
    )
    open_one = explain(decide(graph, Given(a=MET, b=NOT_MET)), lang="en")
    assert open_one.items[0].operator == "at least two of three are needed"
    met = explain(decide(graph, Given(a=MET, b=MET, c=NOT_MET)), lang="en")
    assert "Not needed any more: c" in shown(met)


# ---- what others add


def test_remarks_and_sections_of_others_find_their_place() -> None:
    """What has a remark is shown, needed or not."""
    graph = graph_of("nq-08-2019")
    mine = {"7.2.b.poultry": [Remark("progress", "chậm")]}
    extra = Section("rollups", "Đánh giá", (Remark("rollup", "đạt"),))
    explanation = explain(decide(graph, Given(cattle=60)), remarks=mine, sections=[extra])
    assert item(explanation, "7.2.b.poultry").remarks[-1] == Remark("progress", "chậm")
    kinds = [each.kind for each in explanation.sections]
    assert kinds.index("rollups") < kinds.index("limits")
