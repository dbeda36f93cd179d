"""What an explanation says: true, exact, whole where it matters and short elsewhere."""

import doctest
import random
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from explained import DAY, EXAMPLES, HEAD, ROOT, SHIPPED, decided, example, graph_of, told, written

from tieuchi.engine import phrases
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.explanation import Explanation, Item, Remark, Section, explain
from tieuchi.engine.graph import Amount, Definition, Provision
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.law import explain_law, explain_packs
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.nearest import nearest
from tieuchi.engine.truth import MET, NOT_MET, Status
from tieuchi.engine.wording import wording


def answered(text: str, tmp_path: Path, lang: str = "vi") -> tuple[Explanation, Decision]:
    """The explanation of a case written as a file, of the one pack that it names."""
    file = tmp_path / "case.yaml"
    file.write_text(text, "utf-8")
    return told(load_cases([str(file)])[0], lang)


def stated(pack: str, lang: str = "vi", day: str = "2023-05-31", /, **given: Value) -> Explanation:
    """The explanation of facts in the graph's integers."""
    return explain(decided(pack, date.fromisoformat(day), **given), lang=lang)


def every(items: tuple[Item, ...]) -> list[Item]:
    """All items, parents first."""
    return [each for item in items for each in (item, *every(item.items))]


def item(of: Explanation, name: str) -> Item:
    """The item of a provision."""
    return next(each for each in every(of.items) if each.id == name)


def section(of: Explanation, kind: str) -> str:
    """The text of a section, "" where it is left out."""
    found = [each for each in of.sections if each.kind == kind]
    return "\n".join(remark.text for each in found for remark in each.remarks).replace(
        "\u00a0", " "
    )


def shown(of: Explanation) -> str:
    """All of it on long lines, spaces as they are seen."""
    return of.text(100)


def test_the_examples_in_the_module_hold() -> None:
    """The doctests."""
    assert doctest.testmod(phrases).failed == 0


# ---- the register


def test_every_phrase_has_the_same_places_in_both_languages() -> None:
    """A fact that one language says and the other leaves out would be lost on its readers."""
    for name, phrase in phrases.REGISTER.items():
        vi, en = (sorted({f for _, f, _, _ in Formatter().parse(t) if f}) for t in phrase)
        assert vi == en, name
        assert phrase.vi.strip(), name
        assert phrase.en.strip(), name


def test_no_phrase_promises_anything() -> None:
    """Which condition is met is said; what somebody gets for it never."""
    for name, phrase in phrases.REGISTER.items():
        assert "được hỗ trợ" not in phrase.vi.lower(), name
        assert "đủ điều kiện hưởng" not in phrase.vi.lower(), name
        assert not re.search(r"\beligib|\bentitle", phrase.en.lower()), name


def test_phrases_stand_in_the_register_alone() -> None:
    """No sentence is put together elsewhere: other modules hold no Vietnamese."""
    marked = re.compile(r"[ăâđêôơưạảãàáậấầẩẫắằặẳẵẹẻẽèéệếềểễịỉĩìíọỏõòóộốồổỗợớờởỡụủũùúựứừửữỳýỵỷỹ]")
    engine = ROOT / "engine"
    names = "wording", "nearest", "outline", "record", "law", "spelling", "audit_explanation"
    for path in (*(engine / f"{name}.py" for name in names), *engine.glob("explanation/*.py")):
        text = path.read_text("utf-8")
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", text)
        assert not marked.search(code), path.name


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
    for case in load_cases([path]):
        explanation, decision = told(case, lang)
        text = shown(explanation).lower()
        assert "eligible" not in text
        assert "đủ điều kiện được hỗ trợ" not in text
        for limit in decision.graph.main.limits:
            assert limit.of(lang) in section(explanation, "limits")


# ---- figures


def test_what_is_short_stands_beside_what_is_asked() -> None:
    """The figures of the example in the issue."""
    explanation, _ = told(example("star-anise-store.yaml"))
    figures = item(explanation, "8.2.b.fresh-store").figures[0]
    assert [text.replace("\u00a0", " ") for text in figures[:3]] == [
        "46 tấn kho/lượt",
        "cần ≥ 200",
        "thiếu 154",
    ]
    assert figures.bar is not None
    assert figures.bar.part * 200 == figures.bar.whole * 46
    assert section(explanation, "nearest").endswith("thêm 154 tấn kho/lượt (77 % mức yêu cầu).")


def test_a_share_is_never_rounded_up() -> None:
    """2 499.99 of 2 500 is 99 %."""
    given = {"applicant": 2, "greenhouse_area": 249_999, "linkage_agreement": MET}
    explanation = stated("lao-cai-26-2020", **given)
    figures = item(explanation, "15.area").figures[0]
    assert figures.shortfall.replace("\u00a0", " ") == "thiếu 0,01"
    assert figures.bar is not None
    assert figures.bar.text.replace("\u00a0", " ") == "99 %"
    assert phrases.percent_text(19_999, 20_000, "vi").startswith("99")
    assert phrases.exact_text(2, 3, "vi") == "0,66…"


def test_the_share_under_one_per_cent_is_not_nothing() -> None:
    """Only nothing is 0 %."""
    assert phrases.percent_text(1, 1_000, "en") == "<1\u00a0%"
    assert phrases.percent_text(0, 1_000, "en") == "0\u00a0%"


@pytest.mark.parametrize(
    ("steps", "num", "den", "vi", "en"),
    [
        (0, 1, 1, "0", "0"),
        (999, 1, 1, "999", "999"),
        (1_000, 1, 1, "1.000", "1,000"),
        (1_234_567, 1, 100, "12.345,67", "12,345.67"),
        (1_000_000, 1, 1_000_000, "1", "1"),
        (45, 1_000, 1, "45.000", "45,000"),
        (1, 1, 3, "1/3", "1/3"),
        (-1_500, 1, 1, "-1.500", "-1,500"),
        (-15, 1, 10, "-1,5", "-1.5"),
        (3, 1, 8, "0,375", "0.375"),
    ],
)
def test_numbers_are_written_as_people_of_the_language_write_them(
    steps: int, num: int, den: int, vi: str, en: str
) -> None:
    """Exactly, whatever the scale of the node."""
    assert phrases.number_text(steps, num, den, "vi") == vi
    assert phrases.number_text(steps, num, den, "en") == en


def test_one_of_a_thing_is_singular_in_english() -> None:
    """1 person, not 1 people."""
    assert "1 person short" in shown(
        stated("ntm-xa-2021-2025", "en", officials_total=20, officials_meeting_standard=19)
    )


def test_a_ratio_shows_what_was_counted() -> None:
    """Both counts, and the share they make."""
    explanation = stated("ntm-xa-2021-2025", officials_total=20, officials_meeting_standard=19)
    measured = item(explanation, "18.1").figures[0].measured
    assert measured.replace("\u00a0", " ") == "19/20 (95 %)"


def test_a_ratio_of_which_a_side_is_missing_says_so() -> None:
    """From 0 up says nothing to a reader."""
    explanation = stated("binh-trung-2023", "en", parcels_to_register=2776)
    measured = item(explanation, "1.5").figures[0].measured
    assert measured.replace("\u00a0", " ") == "not stated of 2,776 parcels"


def test_a_threshold_that_moves_with_a_missing_fact_is_shown_from_to() -> None:
    """The kind of applicant decides which holds."""
    explanation = stated("lao-cai-26-2020", greenhouse_area=100_000, linkage_agreement=MET)
    required = item(explanation, "15.area").figures[0].required.replace("\u00a0", " ")
    assert required == "cần ≥ 500–2.500 (tùy thông tin còn thiếu)"


def test_upper_bounds_ranges_and_dates_have_words_of_their_own() -> None:
    """Too much is not short, and a day is neither."""
    graph = written(
        """
facts:
  load: {vi: tải trọng, en: load, unit: t}
  slope: {vi: độ dốc, en: slope, unit: "%"}
  founded: {vi: ngày thành lập, en: day of founding, kind: date}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: không quá 5 tấn; từ 2 % đến dưới 8 %; trước ngày 01/01/2020
    all:
      1.load: {vi: tải, en: load, require: {of: load, at_most: 5 t}}
      1.slope: {vi: dốc, en: slope, require: {of: slope, at_least: 2 %, less_than: 8 %}}
      1.founded: {vi: lập, en: founded, require: {of: founded, less_than: 2020-01-01}}
"""
    )
    day = date(2021, 3, 4).toordinal()
    decision = decide(graph, Given(load=5_500, slope=900, founded=day))
    text = shown(explain(decision, lang="en"))
    assert "5.5 t · needs ≤ 5 · 0.5 too much" in text
    assert "9 % · needs ≥ 2 % and < 8 % · 1.01 too much" in text
    assert "04/03/2021 · needs before 01/01/2020" in text


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


# ---- lists


def officials(*rows: tuple[str, int, int], complete: bool) -> dict[str, Value]:
    """The list of officials: a name, the course, the other requirements."""
    return {"officials": Members(tuple([*row] for row in rows), complete)}


def test_a_list_names_who_falls_short_in_what() -> None:
    """And nobody who does not."""
    given = officials(("Bà A", MET, MET), ("Ông B", NOT_MET, MET), complete=True)
    remarks = item(stated("ntm-xa-2021-2025", "vi", **given), "18.1").remarks
    assert [(remark.role, remark.text) for remark in remarks] == [
        ("member", "Ông B · chưa đạt: lớp bồi dưỡng kiến thức quản lý nhà nước")
    ]


def test_a_member_of_whom_something_is_not_known_does_not_fall_short() -> None:
    """Unknown is not false."""
    given = officials(("Ông B", MET | NOT_MET, MET), complete=True)
    remarks = item(stated("ntm-xa-2021-2025", "en", **given), "18.1").remarks
    assert any(
        remark.text == "Ông B · not stated: the course in state management" for remark in remarks
    )


def test_a_member_without_a_name_goes_by_number_and_a_long_list_is_cut() -> None:
    """Five are named."""
    given = officials(*[("", NOT_MET, MET)] * 8, complete=True)
    texts = [r.text for r in item(stated("ntm-xa-2021-2025", "en", **given), "18.1").remarks]
    assert texts[0].startswith("number 1 on the list · falls short in")
    assert texts[-1] == "and 3 more"
    assert len(texts) == 6


def test_a_count_from_above_names_those_who_are_counted() -> None:
    """There it is they who stand in the way."""
    graph = written(
        """
facts:
  staff:
    vi: nhân viên
    en: staff
    kind: list
    fields:
      name: {vi: tên, en: name, kind: text}
      trained: {vi: đã học, en: trained, kind: yes_no}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    vi: ai cũng học
    en: all trained
    quote: không ai chưa học
    require: {count: staff, where: {not: trained}, at_most: 0}
"""
    )
    rows: list[list[Value]] = [["An", NOT_MET], ["Bình", MET]]
    explanation = explain(decide(graph, Given(staff=Members(tuple(rows), False))), lang="en")
    assert [remark.text for remark in item(explanation, "1").remarks] == ["An · is one of them"]


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
    assert section(explanation, "nearest") == "poultry, 100 head more (10 % of what is asked)."


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
        "together: a, 1 head more (10 % of what is asked); b, 2 head more (20 % of what is asked)."
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


# ---- the law itself


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_law_shows_every_provision_with_its_words_and_every_fact(pack: str, lang: str) -> None:
    """Quotes, readings and facts, nothing left out."""
    program = load_pack(pack)
    graph = graph_of(pack)
    explanation = explain_law(program, as_of=date(2023, 5, 31), lang=lang)
    items = {each.id: each for each in every(explanation.items)}
    for provision in graph.main.provisions:
        assert provision.id in items
        if provision.tests:
            assert any(remark.role == "asked" for remark in items[provision.id].remarks)
    everything = " ".join(explanation.text(100).split())
    main = graph.main
    worded: list[Provision | Definition | Amount] = [*main.provisions, *main.definitions]
    for part in (*worded, *main.amounts):
        assert " ".join(part.quote.split()) in everything
        for note in part.notes:
            assert " ".join(note.of(lang).split()) in everything
    for fact in program.packs[pack].model.facts:
        assert f"({fact})" in everything


def test_a_dated_value_is_shown_with_all_its_dates(tmp_path: Path) -> None:
    """The law is shown, not a day of it."""
    file = tmp_path / "dated.yaml"
    file.write_text(
        HEAD
        + """
facts:
  income: {vi: thu nhập, en: income, unit: đồng/month}
  kind:
    vi: loại
    en: kind
    kind: class
    labels: {a: {vi: loại A, en: kind A}, b: {vi: loại B, en: kind B}}
define:
  line:
    vi: chuẩn
    en: the line
    cite: {vi: Điều 2, en: Article 2}
    quote: mức chuẩn
    round: {to: 1_000 đồng/month, way: down}
    of: {2022-01-01: 1_500_000 đồng/month, 2027-01-01: 2_200_000 đồng/month}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: không quá mức chuẩn
    unless: {require: {of: kind, in: [a]}}
    require: {of: income, at_most: line}
""",
        "utf-8",
    )
    text = explain_law(load_pack(str(file)), as_of=date(2023, 1, 1), lang="en").text(100)
    text = " ".join(text.split())
    assert "1,500,000 đồng/month from 01/01/2022; 2,200,000 đồng/month from 01/01/2027" in text
    assert "rounded down to 1,000 đồng/month" in text
    assert "Except where: kind is kind A" in text


def test_every_shape_of_the_language_is_shown_in_words(tmp_path: Path) -> None:
    """The packs of `rules/README.md`, as law and as decided on nothing and on some facts."""
    text = (ROOT / "rules" / "README.md").read_text("utf-8")
    packs = re.findall(r"<!-- example: pack -->\n```yaml\npack: (\S+)\n(.*?)```", text, re.DOTALL)
    for name, body in packs:
        (tmp_path / f"{name}.yaml").write_text(f"pack: {name}\n{body}", "utf-8")
    shown_law = {}
    for name, _ in packs:
        program = load_pack(name, tmp_path)
        shown_law[name] = " ".join(explain_law(program, as_of=DAY, lang="en").text(100).split())
        graph = compile_pack(program, DAY)
        some = {fact.id: MET for fact in graph.facts if fact.kind == "yes_no"}
        for given in (Given(), Given(some)):
            for lang in ("vi", "en"):
                assert "{" not in explain(decide(graph, given), lang=lang).text(60)
    law = shown_law["example-conditions"]
    assert "Asked: has been fined: no" in law
    assert "Asked: at least 2 of: has a plan: yes; has a map: yes; has seed: yes" in law
    assert "≥ 2 ha and < 10 ha" in law
    law = shown_law["example-definitions"]
    assert "the sum of 0.34 × cattle; a coefficient not known × goats" in law
    law = shown_law["example-amounts"]
    assert "(household: 90,000 đồng/m²; company: 80,000 đồng/m²)" in law
    assert "rounded down to 1,000 đồng" in law
    assert "In force: from 20/09/2024" in law
    assert "completed years from" in shown_law["example-dates"]
    assert "Deadline: 30/06/2023" in shown_law["example-plan"]


def test_one_provision_comes_with_its_facts_and_what_it_stands_under() -> None:
    """A gate above covers it too."""
    explanation = explain_law(
        load_pack("nq-08-2019"), "7.2.b.sows", as_of=date(2023, 5, 31), lang="en"
    )
    assert len(explanation.items) == 1
    texts = [remark.text for remark in explanation.items[0].remarks]
    assert "Applies only where: the activity livestock" in texts
    assert section(explanation, "facts").startswith("breeding sows (sows) · head")
    with pytest.raises(KeyError):
        explain_law(load_pack("nq-08-2019"), "7.2.z", as_of=date(2023, 5, 31))


def test_the_packs_are_listed_with_their_period_and_limits() -> None:
    """All that ship."""
    programs = [load_pack(name) for name in SHIPPED]
    explanation = explain_packs(programs, as_of=date(2023, 5, 31), lang="en")
    assert [each.id for each in explanation.items] == SHIPPED
    for program, each in zip(programs, explanation.items, strict=True):
        texts = [remark.text for remark in each.remarks]
        assert any(text.startswith("In force: ") for text in texts)
        for limit in graph_of(program.id).main.limits:
            assert limit.en in texts
