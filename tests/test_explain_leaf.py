"""How one provision reads: every phrase, figures as people write them, members of lists."""

import doctest
import re
from datetime import date
from string import Formatter

import pytest
from explained import (
    ROOT,
    example,
    item,
    section,
    shown,
    stated,
    told,
    written,
)

from tieuchi.engine import numerals, phrases
from tieuchi.engine.decision import Given, decide
from tieuchi.engine.explanation import explain
from tieuchi.engine.interview import phrases as phrases_ask
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.truth import MET, NOT_MET


def test_the_examples_in_the_module_hold() -> None:
    """The doctests."""
    assert doctest.testmod(numerals).failed == 0


# ---- the register


def test_every_phrase_has_the_same_places_in_both_languages() -> None:
    """A fact that one language says and the other leaves out would be lost on its readers."""
    for name, phrase in {**phrases.REGISTER, **phrases_ask.REGISTER}.items():
        vi, en = (sorted({f for _, f, _, _ in Formatter().parse(t) if f}) for t in phrase)
        assert vi == en, name
        assert phrase.vi.strip(), name
        assert phrase.en.strip(), name


def test_no_phrase_promises_anything() -> None:
    """Which condition is met is said; what somebody gets for it never."""
    for name, phrase in {**phrases.REGISTER, **phrases_ask.REGISTER}.items():
        assert "được hỗ trợ" not in phrase.vi.lower(), name
        assert "đủ điều kiện hưởng" not in phrase.vi.lower(), name
        assert not re.search(r"\beligib|\bentitle", phrase.en.lower()), name


def test_phrases_stand_in_the_register_alone() -> None:
    """No sentence is put together elsewhere: other modules hold no Vietnamese."""
    marked = re.compile(r"[ăâđêôơưạảãàáậấầẩẫắằặẳẵẹẻẽèéệếềểễịỉĩìíọỏõòóộốồổỗợớờởỡụủũùúựứừửữỳýỵỷỹ]")
    engine = ROOT / "engine"
    names = ("wording", "nearest", "outline", "record", "law", "spelling", "session/trace",
             "audit/telling")  # fmt: skip
    told = (*engine.glob("interview/*.py"), *engine.glob("explanation/*.py"))
    paths = (*told, *(engine / f"{name}.py" for name in names))
    for path in (path for path in paths if path.stem != "phrases"):
        text = path.read_text("utf-8")
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", text)
        assert not marked.search(code), path.name


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
    assert numerals.percent_text(19_999, 20_000, "vi").startswith("99")
    assert numerals.exact_text(2, 3, "vi") == "0,66…"


def test_the_share_under_one_per_cent_is_not_nothing() -> None:
    """Only nothing is 0 %."""
    assert numerals.percent_text(1, 1_000, "en") == "<1\u00a0%"
    assert numerals.percent_text(0, 1_000, "en") == "0\u00a0%"


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
    assert numerals.number_text(steps, num, den, "vi") == vi
    assert numerals.number_text(steps, num, den, "en") == en


def test_one_of_a_thing_is_singular_in_english() -> None:
    """1 person, not 1 people."""
    assert "1 person short" in shown(
        stated("ntm-xa-2021-2025", "en", officials_total=20, officials_meeting_standard=19)
    )


def test_one_of_what_a_label_counts_goes_by_its_unit_in_english() -> None:
    """A pack says "clubs", never "club": 1 stands alone, as the name beside it says of what."""
    graph = written(
        """
facts:
  clubs: {vi: số câu lạc bộ, en: clubs, unit: item, label: {vi: câu lạc bộ, en: clubs}}
  sows: {vi: số lợn nái, en: sows, unit: head, label: {vi: con giống, en: breeders}}
  store: {vi: kho, en: store, unit: t/batch, label: {vi: tấn kho/lượt, en: t of storage/batch}}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: từ 2
    all:
      1.a: {vi: a, en: a, require: {of: clubs, at_least: 2 item}}
      1.b: {vi: b, en: b, require: {of: sows, at_least: 2 head}}
      1.c: {vi: c, en: c, require: {of: store, at_least: 2 t/batch}}
"""
    )

    def measured(count: int, lang: str) -> list[str]:
        decision = decide(graph, Given(clubs=count, sows=count, store=count * 1_000))
        of = explain(decision, lang=lang)
        return [item(of, f"1.{leaf}").figures[0].measured.replace("\u00a0", " ") for leaf in "abc"]

    assert measured(1, "en") == ["1", "1 head", "1 t of storage/batch"]
    assert measured(3, "en") == ["3 clubs", "3 breeders", "3 t of storage/batch"]
    assert measured(1, "vi") == ["1 câu lạc bộ", "1 con giống", "1 tấn kho/lượt"]


def test_a_ratio_shows_what_was_counted() -> None:
    """Both counts, and the share they make."""
    explanation = stated("ntm-xa-2021-2025", officials_total=20, officials_meeting_standard=19)
    measured = item(explanation, "18.1").figures[0].measured
    assert measured.replace("\u00a0", " ") == "19/20 (95 %)"


def test_a_ratio_of_which_a_side_is_missing_says_so() -> None:
    """From 0 up says nothing to a reader."""
    explanation = stated("binh-trung-2023", "en", parcels_to_register=2776)
    measured = item(explanation, "1.5").figures[0].measured
    assert measured.replace("\u00a0", " ") == "not stated / 2,776 parcels"


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
