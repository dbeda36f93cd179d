"""A report beside what its facts come to: labels, roll-ups, figures, and how they are shown."""

import json

import pytest
from audits import USED, asked, report
from command import run

from tieuchi.engine.audit import Agreement, Audit, Compared, Reason, audit, compare, fields
from tieuchi.engine.audit.progress import Progress
from tieuchi.engine.audit.telling import explain_audit
from tieuchi.engine.layout import columns
from tieuchi.engine.truth import Status

AGREES, DISAGREES, CANNOT_COMPARE = Agreement
TARGETS = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "3", "4")


@pytest.fixture(scope="module")
def binh_trung() -> Audit:
    """The audit of the half-year report as of 31/05/2023."""
    return audit(*report())


def shown(case: str, lang: str = "en", width: int = 80, as_of: str = "2023-05-31") -> str:
    """What is shown of a case of the test's plan."""
    decision, found = asked(case, as_of)
    return explain_audit(audit(decision, found), decision, found, lang=lang).text(width)


# ---- the report


def test_eight_labels_agree_one_disagrees_one_cannot_be_compared(binh_trung: Audit) -> None:
    """LAW.md §4."""
    expected = dict.fromkeys(TARGETS, AGREES) | {"1.3": DISAGREES, "1.5": CANNOT_COMPARE}

    assert {entry.id: entry.agreement for entry in binh_trung.targets} == expected
    assert {e.id for e in binh_trung.labelled(AGREES)} == {*TARGETS} - {"1.3", "1.5"}


def test_statuses_of_the_ten_targets(binh_trung: Audit) -> None:
    """Whether each is met, which is another axis."""
    met, not_met, open_ = Status.MET, Status.NOT_MET, Status.UNDETERMINED
    expected = [not_met, not_met, not_met, met, open_, open_, met, met, met, open_]

    assert [binh_trung.entry(name).status for name in TARGETS] == expected


def test_the_reasons(binh_trung: Audit) -> None:
    """1.3's label is of one on track and it is behind; 1.5 lacks the number registered."""
    mixed = Compared(DISAGREES, Reason.OTHERWISE, (Progress.ON_TRACK,))
    open_ = Compared(CANNOT_COMPARE, Reason.UNDETERMINED, (Progress.ON_TRACK,))

    assert binh_trung.entry("1.3").compared == mixed
    assert binh_trung.entry("1.5").compared == open_
    assert binh_trung.entry("1.5").view.missing == ("parcels_registered",)


def test_criterion_18_by_indicator(binh_trung: Audit) -> None:
    """One of six is met; 18.2 and 18.3 are not assessed, which is not failed."""
    (criterion,) = binh_trung.entry("1.3").entries
    found = {
        entry.provision.id: (entry.status, entry.progress, entry.judgement.forecast is not None)
        for entry in criterion.entries
    }

    assert criterion.id == f"{USED}18"
    assert found == {
        "18.1": (Status.NOT_MET, Progress.ON_TRACK, True),
        "18.2": (Status.UNDETERMINED, Progress.UNDETERMINED, False),
        "18.3": (Status.UNDETERMINED, Progress.UNDETERMINED, False),
        "18.4": (Status.MET, Progress.MET, False),
        "18.5": (Status.UNDETERMINED, Progress.ON_TRACK, True),
        "18.6": (Status.UNDETERMINED, Progress.ON_TRACK, True),
    }


def test_the_official_who_lacks_the_course_is_named(binh_trung: Audit) -> None:
    """And nobody else is made up: the other nineteen are a number."""
    (member,) = binh_trung.entry(f"{USED}18.1").members

    assert (member.list.id, member.name) == ("officials", "01 cán bộ (báo cáo không nêu tên)")
    assert [field.id for field in member.not_met] == ["state_management_course"]
    assert [field.id for field in member.open] == ["other_requirements_met"]


def test_members_who_may_count_are_open_and_those_who_do_are_not_listed() -> None:
    """An official without a name is a number; one with all of it holds nothing back."""
    officials = (
        "{items: [{name: A, state_management_course: true, other_requirements_met: true}, "
        "{state_management_course: true}]}"
    )
    found = audit(*report(facts={"officials": officials})).entry(f"{USED}18.1").members

    assert [(m.name, m.number, len(m.not_met)) for m in found] == [("", 2, 0)]
    assert [field.id for field in found[0].open] == ["other_requirements_met"]


def test_a_member_falls_short_in_the_field_that_is_compared() -> None:
    """Too young, or of unknown age; the number asked for is stated outside the list."""
    people = "[{trained: true, age: 5}, {trained: true}, {trained: false, age: 12}]"
    found = audit(*asked(f"facts: {{a: 10, people: {people}}}")).entry("counted").members

    assert [[field.id for field in member.not_met] for member in found] == [
        ["age"],
        [],
        ["trained"],
    ]
    assert [[field.id for field in member.open] for member in found] == [[], ["age"], []]


def test_roll_ups_are_their_worst_part_beside_the_printed_label(binh_trung: Audit) -> None:
    """Task 1 is behind by 1.2 and 1.3, task 2 is on track by 2.1."""
    found = [
        (r.rollup.where, r.computed, r.worst, r.compared.agreement) for r in binh_trung.rollups
    ]
    first = (Progress.BEHIND, ("1.2", "1.3"), DISAGREES)
    second = (Progress.ON_TRACK, ("2.1",), AGREES)

    assert found == [
        ("II.1", *first),
        ("II.2", *second),
        ("I", *first),
        ("I", *second),
        ("I", Progress.ON_TRACK, ("4",), AGREES),
    ]


def test_the_fields_of_the_record(binh_trung: Audit) -> None:
    """DESIGN §7, for the provisions and beside them; all of it plain data."""
    found = json.loads(json.dumps(fields(binh_trung)))
    provisions, extra = found["provisions"], found["extra"]

    assert provisions["1.3"] == {
        "progress": "behind",
        "forecast": None,
        "reported": "Đạt hoàn thành theo tiến độ",
        "agreement": "disagrees",
        "agreement_reason": "otherwise",
    }
    assert provisions["2.1"]["forecast"] == "2023-12-31"
    assert provisions[f"{USED}18.6"]["forecast"] == "2023-09-30"
    assert provisions["4.force"]["progress"] is None
    assert extra["rollups"][0] == {
        "of": ["1.1", "1.2", "1.3", "1.4", "1.5"],
        "computed": "behind",
        "printed": "Đang hoàn thành theo tiến độ",
        "agreement": "disagrees",
        "where": "II.1",
        "name": {"vi": "Nhiệm vụ thứ nhất", "en": "Task 1"},
    }
    claims = [(claim["printed"], claim["computed"], claim["verdict"]) for claim in extra["claims"]]
    assert claims[0] == ("54,03 %", "7133/132", "truncated")
    assert claims[4] == ("1147,7 ha", "1147.63", "rounding")
    assert set(claims[1][1]) == {"least", "most"}
    assert claims[1][2] == "exact"


def test_a_base_that_nothing_fits_has_no_figure_in_the_record() -> None:
    """Nor has one without an upper end a figure there."""
    shares = "claims: [{printed: x, same_base: [{part: 1, percent: %s}, {part: 2, percent: 0 %%}]}]"
    none, endless = (
        fields(audit(*asked(f"facts: {{}}\n{shares % share}")))["extra"]["claims"][0]
        for share in ("50 %", "0 %")
    )

    assert (none["computed"], none["verdict"]) == (None, "wrong")
    assert endless["computed"] == {"least": "400", "most": None}


# ---- labels


@pytest.mark.parametrize(
    ("label", "progress", "expected"),
    [
        (None, Progress.MET, (None, Reason.NO_LABEL)),
        (None, None, (None, Reason.NO_LABEL)),
        ("Đạt", None, (None, Reason.NO_PROGRESS)),
        ("Đạt", Progress.MET, (AGREES, None)),
        ("Đạt", Progress.EXCEEDED, (AGREES, None)),
        ("Đạt", Progress.ON_TRACK, (DISAGREES, Reason.OTHERWISE)),
        ("Vượt chỉ tiêu", Progress.EXCEEDED, (AGREES, None)),
        ("Vượt chỉ tiêu", Progress.MET, (DISAGREES, Reason.OTHERWISE)),
        ("Đạt và vượt chỉ tiêu", Progress.EXCEEDED, (AGREES, None)),
        ("hoàn thành theo tiến độ", Progress.ON_TRACK, (AGREES, None)),
        ("Nhiệm vụ đang hoàn thành theo tiến độ", Progress.ON_TRACK, (AGREES, None)),
        ("Đạt hoàn thành theo tiến độ", Progress.MET, (DISAGREES, Reason.OTHERWISE)),
        ("Chưa đạt", Progress.BEHIND, (AGREES, None)),
        ("Chưa đạt", Progress.MISSED, (AGREES, None)),
        ("Chưa đạt", Progress.UNDETERMINED, (CANNOT_COMPARE, Reason.UNDETERMINED)),
        ("chưa đạt ", Progress.BEHIND, (AGREES, None)),  # case and spaces say nothing
        ("Tốt", Progress.MET, (CANNOT_COMPARE, Reason.LABEL_UNKNOWN)),
        ("Tốt", Progress.UNDETERMINED, (CANNOT_COMPARE, Reason.UNDETERMINED)),
        ("Tốt", None, (None, Reason.NO_PROGRESS)),
    ],
)
def test_labels_are_data_of_the_plan(
    label: str | None, progress: Progress | None, expected: tuple[object, object]
) -> None:
    """Each label of Bình Trung's plan against each progress that matters."""
    part = report()[0].graph.main

    assert compare(label, progress, part)[:2] == expected


def test_a_rollup_of_what_has_no_progress_is_not_compared() -> None:
    """And parts without progress do not count in one that has some."""
    case = "facts: {a: 10}\nrollups: [{of: [named], label: Đạt}, {of: [named, ten], label: Đạt}]"
    nothing, one = audit(*asked(case)).rollups

    assert (nothing.computed, nothing.worst) == (None, ())
    assert nothing.compared == Compared(None, Reason.NO_PROGRESS, (Progress.MET, Progress.EXCEEDED))
    assert (one.computed, one.worst, one.compared.agreement) == (Progress.MET, ("ten",), AGREES)


def test_an_indicator_of_a_used_pack_may_have_a_label() -> None:
    """By its name with the pack or without."""
    case = "facts: {x: 10}\nreported: {o.one: {label: Đạt}, other/o.two: {label: Chưa đạt}}"
    found = audit(*asked(case))

    assert found.entry("other/o.one").agreement is AGREES
    assert found.entry("other/o.two").agreement is CANNOT_COMPARE
    assert {entry.id for entry in found.labelled(AGREES)} == {"other/o.one"}


def test_a_part_is_due_with_its_target_if_not_before() -> None:
    """The parts of a used pack have no deadline of their own."""
    found = audit(*asked("facts: {x: 1, y: 1}", "2024-01-01"))

    assert found.entry("other/o.one").progress is Progress.MISSED
    with pytest.raises(KeyError):
        found.entry("nobody")


# ---- shown


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_of_the_audit_is_wider_than_the_screen(lang: str, width: int) -> None:
    """In either language."""
    decision, case = report()
    text = explain_audit(audit(decision, case), decision, case, lang=lang).text(width)

    assert max(columns(line) for line in text.splitlines()) <= width


def test_the_report_as_shown_in_vietnamese() -> None:
    """What an official looks for first, and why 1.3 and 1.5 stand as they do."""
    decision, case = report()
    text = " ".join(explain_audit(audit(decision, case), decision, case).text(100).split())

    for part in (
        "Nhãn của báo cáo: tám khớp, một lệch (1.3), một không so được (1.5).",
        "Tiến độ: đúng tiến độ · 54,03… % chỉ tiêu khi đã qua 151/365 ngày (41,36… %) của kỳ",
        "Báo cáo (II.1.2): “Chưa đạt” · khớp",
        "mới đạt 1 trong 6; không có dự kiến: Chỉ tiêu 18.2, Chỉ tiêu 18.3",
        "“Đạt hoàn thành theo tiến độ” · lệch, vì nhãn này là “đúng tiến độ” mà tính ra",
        "không so được, vì thiếu số thửa đất đã đăng ký lần đầu",
        "chưa đạt: lớp bồi dưỡng kiến thức quản lý nhà nước",
        "Nhiệm vụ thứ nhất (II.1): chậm tiến độ (1.2, 1.3)",
        "II.1.1, “54,03 %”: 7.133.000 đồng ÷ 13.200.000 đồng = 54,0378… % · cắt bớt chữ số",
        "= 1.147,63 ha · lệch, nhưng trong mức làm tròn của các số in",
        "từ 4.836.796.569 đến 4.837.116.066 đồng",
    ):
        assert part in text


def test_every_indicator_that_waits_says_for_when_or_that_nothing_is_forecast() -> None:
    """18.2 and 18.3 are not assessed; the limbs of 18.5 are covered by its own day."""
    decision, case = report()
    text = explain_audit(audit(decision, case), decision, case, lang="en").text(100)

    assert text.count("Not assessed (which is not failed), no forecast") == 2
    assert text.count("Forecast: 31/12/2023") == 2
    assert text.count("Forecast: 30/09/2023") == 1
    assert text.count("Forecast: 30/06/2023") == 1


@pytest.mark.parametrize(
    ("case", "as_of", "expected"),
    [
        ("facts: {a: 3}\nforecasts: {ten: 2024-03}", "2023-05-31",
         "Progress: behind · forecast for 31/03/2024, after it is due on 31/12/2023"),
        ("facts: {a: 3}", "2024-01-01", "Progress: missed · was due on 31/12/2023"),
        ("facts: {}", "2024-01-01",
         "Progress: undetermined · was due on 31/12/2023, not enough figures"),
        ("facts: {a: 3}\nforecasts: {all.a: 2024, all.b: 2023-06}", "2023-05-31",
         "Progress: behind · forecast for 31/12/2024, after it is due on 31/12/2023"),
        ("facts: {a: 3}\nforecasts: {all.a: 2024}", "2023-05-31",
         "Progress: behind · parts are forecast for after it is due on 31/12/2023"),
        ("facts: {a: 151}", "2023-05-31",
         "at least 41.36… % of the target with 151 of 365 days (41.36… %)"),
        ("facts: {a: 150, b: 0}", "2023-05-31",
         "behind · 41.09… % of the target with 151 of 365 days (41.36… %)"),
        ("facts: {a: 3}\nforecasts: {all.a: 2024-03}", "2023-05-31",
         "Forecast: 31/03/2024, after it is due on 31/12/2023"),
        ("facts: {a: 3}\nforecasts: {all.b: 2023-06}", "2023-05-31", "Not met, no forecast"),
        ("facts: {a: 10}", "2023-05-31", "1 of 2 met so far; no forecast for part b"),
        ("facts: {a: 3, done: true}", "2023-05-31",
         "Progress: behind · 1 of 4 met so far; no forecast for A"),  # two have no name
        ("facts: {a: 10}\nforecasts: {all.b: 2023-05-30}", "2023-05-31",
         "no forecast for part b (that for 30/05/2023 is over)"),
        ("facts: {a: 3}\nforecasts: {ten: 2023-04}", "2023-05-31",
         "behind · not met, no forecast (that for 30/04/2023 is over)"),
        ("facts: {a: {value: 3, forecast: 2023-Q1}}", "2023-05-31",
         "behind · not met, no forecast (that for 31/03/2023 is over)"),
        ("facts: {a: 3}\nforecasts: {all.b: 2023-06, all.a: 2023-05}", "2023-06-01",
         "Not met, no forecast (that for 31/05/2023 is over)"),
        ("facts: {a: 10}\nreported: {ten: {label: Tốt}}", "2023-05-31",
         "Report: “Tốt” · cannot be compared: the plan does not say what this label means"),
        ("facts: {a: 10}\nreported: {gated: {label: Đạt}}", "2023-05-31",
         "cannot be compared: there are not stated"),
        ("facts: {a: 10}\nreported: {named: {label: Đạt}}", "2023-05-31", "Report: “Đạt”"),
        ("facts: {a: 10}\nreported: {ten: {label: Đạt}, few: {label: Đạt}}", "2023-05-31",
         "Labels of the report: two agree."),
        ("facts: {a: 10}\nrollups: [{of: [ten], label: Đạt}]", "2023-05-31",
         "ten: met · report: “Đạt” · agrees"),
        ("facts: {a: 10}\nrollups: [{of: [named], label: Đạt}]", "2023-05-31",
         "named · report: “Đạt”"),
    ],
)  # fmt: skip
def test_what_stands_under_a_target(case: str, as_of: str, expected: str) -> None:
    """Each kind of evidence, and each reason, in one line."""
    assert expected in " ".join(shown(case, as_of=as_of).split())


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("{printed: 33.3 %, percent: {of: 1, per: 3}}",
         "“33.3 %”: 1 ÷ 3 = 33.333… % · right, rounded"),
        ("{printed: 7, product: [2, 3]}", "“7”: 2 × 3 = 6 · wrong"),
        ("{printed: x, same_base: [{part: 1, percent: 0 %}, {part: 2, percent: 0 %}]}",
         "one base fits all: 401 or more"),
        ("{printed: x, same_base: [{part: 1, percent: 50 %}, {part: 1, percent: 60 %}]}",
         "“x”: 1 is 50 %, 1 is 60 % · wrong · no base fits all"),
        ("{printed: x, same_base: [{part: 2, percent: 66.6 %}, {part: 3, percent: 100.00 %}]}",
         "cut off, not rounded · one base fits all: 3"),
        ("{printed: 66.6 %, percent: {of: 2, per: 3}}",
         "a base of 3.0007… to 3.0052… would round to “66.6 %”"),
        ("{printed: 2 ha, sum_of: [1 ha, -4 ha], where: III.2}",
         "III.2, “2 ha”: 1 ha + -4 ha = -3 ha · wrong"),
    ],
)  # fmt: skip
def test_a_printed_figure_in_one_line(claim: str, expected: str) -> None:
    """What it is made of, what that comes to, and the verdict."""
    text = " ".join(shown(f"decimal: point\nfacts: {{}}\nclaims: [{claim}]", width=100).split())
    assert expected in text


def test_a_criterion_that_is_no_longer_in_force_is_not_decided() -> None:
    """Decision 318 ends on 14/02/2026: the record has no status of its indicators, nor the text."""
    texts = []
    for as_of in ("2026-02-14", "2026-02-15"):
        decision, case = report(as_of)
        found = audit(decision, case)
        text = explain_audit(found, decision, case, lang="en").text(100)
        texts.append((found.entry(f"{USED}18.1").progress, " ".join(text.split())))
    (last, before), (none, after) = texts

    assert (last, none) == (Progress.MISSED, None)
    assert "✗ Indicator 18.1 · officials of the commune meet the standard" in before
    assert "Indicator 18.1" not in after
    assert "political system and access to law · not in force on this day" in after


def test_a_plan_that_is_not_in_force_shows_no_counts() -> None:
    """There is no answer to count, to roll up or to hold a label against."""
    decision, case = report("2022-12-31")
    found = audit(decision, case)
    text = explain_audit(found, decision, case, lang="en").text(100)
    recorded = fields(found)

    assert recorded["extra"]["rollups"] == []
    assert len(recorded["extra"]["claims"]) > 0
    assert {(e["progress"], e["forecast"], e["agreement"]) for e in recorded["provisions"].values()
            } == {(None, None, None)}  # fmt: skip
    assert "Roll-ups" not in text
    assert "Labels of the report" not in text
    assert "Printed figures, recomputed" in text


def test_a_requirement_of_which_nothing_is_known_is_not_shown_as_nought() -> None:
    """A tenth more than an estimate that is not stated."""
    ran = run("audit", "--pack", "binh-trung-2023", "--as-of", "2023-05-31",
              "--set", "budget_revenue=7_133_000")  # fmt: skip
    text = " ".join(ran.out.split())

    assert "7,133,000 đồng · what it needs hangs on the missing facts" in text
    assert "≥ 0 đồng" not in text
