"""The second axis, each sentence of LAW.md §4 by a case worked by hand."""

import doctest
from fractions import Fraction

import pytest
from audits import OTHER, USED, asked, day, report
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine.audit import progress as module
from tieuchi.engine.audit.pace import Pace, Share
from tieuchi.engine.audit.progress import Progress, judge, progress, resolve, worst
from tieuchi.engine.decision import Decision

EXCEEDED, MET, ON_TRACK, UNDETERMINED, BEHIND, MISSED = Progress
END = "2023-12-31"


def of(provision: str, case: str, as_of: str = "2023-05-31") -> Progress | None:
    """The progress of a provision of the test's plan."""
    return progress(*asked(case, as_of), provision)


def test_doctests() -> None:
    """The examples of the module hold."""
    assert doctest.testmod(module).failed == 0


# ---- the report


TARGETS = {
    "1.1": ON_TRACK,
    "1.2": BEHIND,
    "1.3": BEHIND,
    "1.4": EXCEEDED,
    "1.5": UNDETERMINED,
    "2.1": ON_TRACK,
    "2.2": MET,
    "2.3": EXCEEDED,
    "3": EXCEEDED,
    "4": ON_TRACK,
    "4.force": None,
    "4.training": ON_TRACK,
    "4.recruitment": MET,
}


@pytest.mark.parametrize(("target", "expected"), TARGETS.items())
def test_the_report_of_binh_trung(target: str, expected: Progress | None) -> None:
    """The ten targets as of 31/05/2023, and the parts of the fourth task."""
    assert progress(*report(), target) is expected


def test_revenue_is_judged_by_its_share_of_the_year() -> None:
    """7 133 000 of 13 200 000 đồng, exactly, after 151 of 365 days."""
    judgement = judge(*report(), "1.1")

    assert judgement.cumulative
    assert judgement.share == (Fraction(7133, 13200), Fraction(7133, 13200))
    assert judgement.pace == Pace(151, 365)
    assert judgement.deadline == day(END)
    assert judgement.forecast is None


def test_the_share_of_a_ratio_is_of_what_is_asked() -> None:
    """5 of 5 petitions where 90 % are asked are ten ninths; 4.5 of 3 ha are three halves."""
    assert judge(*report(), "3").share == (Fraction(10, 9), Fraction(10, 9))
    assert judge(*report(), "1.4").share == (Fraction(3, 2), Fraction(3, 2))
    assert judge(*report(), "1.3").share is None


def test_forecasts_of_indicators_of_a_used_pack_count_for_the_target() -> None:
    """18.1, 18.5 and 18.6 have their days; 18.2 and 18.3 have none, so 1.3 has none."""
    waiting = judge(*report(), "1.3").outstanding
    assert waiting is not None
    (criterion,) = waiting.below

    assert criterion.id == f"{USED}18"
    assert {part.id.removeprefix(USED): part.forecast for part in criterion.below} == {
        "18.1": day(END),
        "18.2": None,
        "18.3": None,
        "18.5": day(END),
        "18.6": day("2023-09-30"),
    }
    assert waiting.forecast is None


def test_criterion_18_is_on_track_once_every_open_indicator_has_a_forecast_or_is_met() -> None:
    """With ratings and organisations known, 1.3 waits for Q4; without 18.6's day it is behind."""
    known = {
        "party_rating": "good",
        "government_rating": "excellent",
        "organisations_total": "5",
        "organisations_rated_good": "5",
    }
    judgement = judge(*report(facts=known), "1.3")

    assert judgement.progress is ON_TRACK
    assert judgement.forecast == day(END)
    assert progress(*report(without=("18.6",), facts=known), "1.3") is BEHIND


def test_the_year_after_what_is_not_met_is_missed_and_what_is_open_stays_open() -> None:
    """As of 01/01/2024 no forecast is left."""
    expected = {
        "1.1": MISSED, "1.2": MISSED, "1.3": MISSED, "1.4": EXCEEDED, "1.5": UNDETERMINED,
        "2.1": UNDETERMINED, "2.2": MET, "2.3": EXCEEDED, "3": EXCEEDED, "4": UNDETERMINED,
    }  # fmt: skip
    decision, case = report("2024-01-01")

    assert {name: progress(decision, case, name) for name in expected} == expected


def test_an_indicator_is_judged_by_the_deadline_of_its_target() -> None:
    """18.1 has no deadline of its own: with one before its forecast it is behind."""
    decision, case = report()
    name = f"{USED}18.1"

    assert judge(decision, case, name).progress is ON_TRACK
    assert judge(decision, case, name, deadline=day(END)).progress is ON_TRACK
    assert judge(decision, case, name, deadline=day("2023-12-30")).progress is BEHIND
    assert judge(decision, case, name, deadline=day("2023-05-30")).progress is MISSED


# ---- null, exceeded, met


def test_what_does_not_apply_or_is_not_encoded_has_no_progress() -> None:
    """Null."""
    assert of("gated", "facts: {a: 3, gate: false}") is None
    assert of("named", "facts: {a: 3}") is None
    assert of("gated", "facts: {a: 3, gate: true}") is BEHIND


@pytest.mark.parametrize(
    ("provision", "facts", "expected"),
    [
        ("ten", "a: 10", MET),
        ("ten", "a: 11", EXCEEDED),
        ("more", "a: 11", EXCEEDED),
        ("few", "a: 10", MET),
        ("few", "a: 9", EXCEEDED),
        ("exactly", "a: 10", MET),
        ("range", "a: 15", MET),
        ("share", "a: 5, b: 10", MET),
        ("share", "a: 6, b: 10", EXCEEDED),
        ("good", "rating: good", MET),
        ("all", "a: 100, b: 100", MET),
        ("any", "a: 100, b: 0", MET),
        ("pace", "a: 365", MET),
        ("pace", "a: 366", EXCEEDED),
        ("pace.of", "a: 5, b: 5", MET),
        ("pace.of", "a: 6, b: 5", EXCEEDED),
    ],
)
def test_exceeded_is_one_quantity_strictly_beyond_its_target(
    provision: str, facts: str, expected: Progress
) -> None:
    """At the target it is met; a class, a range and a composite are never exceeded."""
    assert of(provision, f"facts: {{{facts}}}") is expected


def test_met_without_a_settled_quantity_is_exceeded_only_where_it_surely_is() -> None:
    """With 365 of a and b unknown the sum is met and may be just the target; with 366 it is not."""
    assert of("pace.sum", "facts: {a: 365}") is MET
    assert of("pace.sum", "facts: {a: 366}") is EXCEEDED


# ---- days


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2023-12-30", BEHIND), (END, BEHIND), ("2024-01-01", MISSED)],
)
def test_a_target_is_missed_only_after_its_deadline(as_of: str, expected: Progress) -> None:
    """On the deadline itself there is still the day."""
    assert of("ten", "facts: {a: 3}", as_of) is expected


def test_a_provisions_own_deadline_stands_before_the_end_of_the_period() -> None:
    """Due on 30/06/2023."""
    assert of("soon", "facts: {a: 3}", "2023-06-30") is BEHIND
    assert of("soon", "facts: {a: 3}", "2023-07-01") is MISSED
    assert of("soon", "facts: {a: 3}\nforecasts: {soon: 2023-06}") is ON_TRACK
    assert of("soon", "facts: {a: 3}\nforecasts: {soon: 2023-07-01}") is BEHIND


@pytest.mark.parametrize("facts", ["{a: 3}", "{}"])
@pytest.mark.parametrize(
    ("as_of", "forecast", "expected"),
    [
        ("2023-05-31", "2023-05-31", ON_TRACK),  # on the day itself
        ("2023-05-31", "2023-06-01", ON_TRACK),
        ("2023-05-31", END, ON_TRACK),  # on the deadline
        ("2023-05-31", "2024-01-01", BEHIND),  # after it
        (END, END, ON_TRACK),
        ("2024-01-01", "2024-01-01", None),  # the deadline is over
        ("2023-05-31", "2023-05-30", None),  # a day that has passed is no forecast
    ],
)
def test_a_forecast_counts_from_the_day_to_the_deadline(
    facts: str, as_of: str, forecast: str, expected: Progress | None
) -> None:
    """Both included; where there is none, not met is behind or missed and open is undetermined."""
    if expected is None:
        late = as_of > END
        expected = UNDETERMINED if facts == "{}" else MISSED if late else BEHIND

    found = judge(*asked(f"facts: {facts}\nforecasts: {{ten: {forecast}}}", as_of), "ten")

    assert found.progress is expected
    assert found.forecast == (day(forecast) if forecast >= as_of else None)


# ---- pace


@pytest.mark.parametrize(
    ("as_of", "measured", "expected"),
    [
        ("2023-05-31", 150, BEHIND),
        ("2023-05-31", 151, ON_TRACK),
        ("2023-01-01", 0, BEHIND),  # the first day counts
        ("2023-01-01", 1, ON_TRACK),
        ("2022-12-31", 0, ON_TRACK),  # before the period nothing is asked yet
        (END, 364, BEHIND),
        ("2024-01-01", 364, MISSED),
    ],
)
def test_pace_is_the_share_of_the_period_that_is_over(
    as_of: str, measured: int, expected: Progress
) -> None:
    """One a day for 365 days, both ends counted: exactly at the pace is on track."""
    assert of("pace", f"facts: {{a: {measured}}}", as_of) is expected


def test_an_open_sum_is_judged_where_its_pace_is_sure() -> None:
    """From 151 up whatever b is; below that, b may still bring it there."""
    assert of("pace.sum", "facts: {a: 151}") is ON_TRACK
    assert of("pace.sum", "facts: {a: 150}") is UNDETERMINED
    assert of("pace.sum", "facts: {a: 150, b: 0}") is BEHIND


def test_a_forecast_serves_a_target_that_is_below_its_pace() -> None:
    """Either will do."""
    assert of("pace", "facts: {a: 0}\nforecasts: {pace: 2023-Q4}") is ON_TRACK
    assert of("pace", "facts: {a: 0}\nforecasts: {pace: 2024}") is BEHIND
    assert of("pace", "facts: {a: 151}\nforecasts: {pace: 2024}") is ON_TRACK


def test_an_unknown_target_leaves_the_pace_open() -> None:
    """There is no share of what is not known."""
    assert of("pace.of", "facts: {a: 5}") is UNDETERMINED
    assert of("pace.of", "facts: {a: 5, b: 12}") is ON_TRACK
    assert of("pace.of", "facts: {a: 5, b: 13}") is BEHIND


@given(st.integers(0, 364), st.integers(0, 364))
def test_pace_by_hand(measured: int, past: int) -> None:
    """Below a target of 365 in 365 days, the pace is the number of days."""
    decision, case = asked(f"facts: {{a: {measured}}}")
    graph = decision.graph._replace(as_of=day("2023-01-01") + past)
    moved = Decision(graph, decision.given, decision.values)

    assert progress(moved, case, "pace") is (ON_TRACK if measured >= past + 1 else BEHIND)


# ---- composites


def test_all_waits_for_every_part_and_leaves_out_what_is_not_encoded() -> None:
    """The latest day is the whole's."""
    facts = "facts: {a: 3}"
    both = judge(*asked(f"{facts}\nforecasts: {{all.a: 2023-06, all.b: 2023-Q3}}"), "all")

    assert (both.progress, both.forecast) == (ON_TRACK, day("2023-09-30"))
    assert of("all", f"{facts}\nforecasts: {{all.a: 2023-06}}") is BEHIND
    assert of("all", "facts: {a: 10}\nforecasts: {all.b: 2023-Q3}") is ON_TRACK
    assert of("all", "facts: {a: 10}") is UNDETERMINED
    assert of("all", f"{facts}\nforecasts: {{all: 2023-Q3}}") is ON_TRACK
    assert of("all", "facts: {a: 10}\nforecasts: {all.b: 2024}") is BEHIND


def test_any_waits_for_one_part() -> None:
    """The earliest day will do; it is late only where every part is."""
    facts = "facts: {a: 3, b: 3}"
    one = judge(*asked(f"{facts}\nforecasts: {{any.a: 2023-Q3}}"), "any")
    two = judge(*asked(f"{facts}\nforecasts: {{any.a: 2023-Q3, any.b: 2023-06}}"), "any")
    late = judge(*asked(f"{facts}\nforecasts: {{any.a: 2024, any.b: 2023-06}}"), "any")

    assert (one.progress, one.forecast) == (ON_TRACK, day("2023-09-30"))
    assert (two.progress, two.forecast) == (ON_TRACK, day("2023-06-30"))
    assert (late.progress, late.forecast) == (ON_TRACK, day("2023-06-30"))
    assert of("any", facts) is BEHIND
    assert of("any", "facts: {a: 3}") is UNDETERMINED
    assert of("any", "forecasts: {any.a: 2024, any.b: 2024}\nfacts: {}") is BEHIND
    assert of("any", "forecasts: {any.a: 2024}\nfacts: {}") is UNDETERMINED


def test_at_least_waits_for_as_many_parts_as_are_still_needed() -> None:
    """Two of three, one of them met: the earlier of the other two days."""
    assert of("two", "facts: {a: 10, b: 3, c: 3}\nforecasts: {two.b: 2023-Q3}") is ON_TRACK
    assert of("two", "facts: {a: 3, b: 3, c: 3}\nforecasts: {two.b: 2023-Q3}") is BEHIND
    case = "facts: {a: 3, b: 3, c: 3}\nforecasts: {two.a: 2023-Q4, two.b: 2023-Q3, two.c: 2023-06}"
    found = judge(*asked(case), "two")

    assert (found.progress, found.forecast) == (ON_TRACK, day("2023-09-30"))
    late = "facts: {a: 3, b: 3, c: 3}\nforecasts: {two.a: 2024, two.b: 2024, two.c: 2023-06}"
    assert of("two", late) is BEHIND


def test_a_composite_of_names_waits_for_each_of_them() -> None:
    """A provision, a yes or no, one of another pack, and a condition without a name."""
    case = "facts: {a: 3, b: {value: 3, forecast: 2023-06}, done: {forecast: 2023-07}}\nforecasts: "
    days = "{ten: 2023-Q3, other/o.one: 2023-08}"
    found = judge(*asked(case + days), "mixed")
    assert found.outstanding is not None

    assert (found.progress, found.forecast) == (ON_TRACK, day("2023-09-30"))
    assert [part.id for part in found.outstanding.below] == ["ten", "done", "other/o.one", "all.b"]
    assert of("mixed", case + "{ten: 2023-Q3}") is BEHIND


def test_a_provision_of_another_pack_may_be_named_with_it_or_without() -> None:
    """`o.one` is nobody else's; `o` is forecast as a whole."""
    parts = "facts: {}\nforecasts: {o.one: 2023-Q3, other/o.two: 2023-06}"
    whole = "facts: {}\nforecasts: {o: 2023-Q4}"

    assert judge(*asked(parts), "elsewhere.all").forecast == day("2023-09-30")
    assert judge(*asked(whole), "elsewhere.all").forecast == day(END)
    assert of("elsewhere.all", "facts: {}\nforecasts: {o.one: 2023-Q3}") is UNDETERMINED


def test_names_are_the_packs_own_first() -> None:
    """Then those of the packs it uses."""
    graph = asked("facts: {}")[0].graph

    assert resolve(graph, "ten") == "ten"
    assert resolve(graph, "plan/ten") == "ten"
    assert resolve(graph, "o.one") == "other/o.one"
    assert resolve(graph, "other/o.one") == "other/o.one"
    assert resolve(graph, "nobody's") is None


def test_conditions_in_conditions_are_waited_for_one_by_one() -> None:
    """The second is any of two, one of which is a provision with a forecast."""
    case = "facts: {a: 3, b: 3, done: true}\nforecasts: {ten: 2023-Q3}"
    found = judge(*asked(case), "nested")

    assert (found.progress, found.forecast) == (ON_TRACK, day("2023-09-30"))
    assert of("nested", "facts: {a: 3, b: 3, done: true}") is BEHIND


def test_a_provision_of_a_pack_that_is_not_in_force_is_open_and_may_be_forecast() -> None:
    """Nothing is known of it then."""
    ended = OTHER.replace("kind:", "in_force: {until: 2022-12-31}\nkind:")
    decision, case = asked("facts: {x: 10, y: 10}", other=ended)
    forecast = asked("facts: {}\nforecasts: {o: 2023-Q4}", other=ended)

    assert progress(decision, case, "elsewhere.all") is UNDETERMINED
    assert progress(*forecast, "elsewhere.all") is ON_TRACK


def test_what_cannot_be_measured_has_no_share() -> None:
    """A share of nothing, and of less than nothing."""
    assert judge(*asked("facts: {a: 1, b: 0}"), "share").share is None
    assert judge(*asked("facts: {a: 1, b: 5, c: 10}"), "margin").share is None
    assert judge(*asked("facts: {a: 6, b: 1, c: 10}"), "margin").share == Share(
        Fraction(1), Fraction(1)
    )
    assert judge(*asked("facts: {a: 6, b: 1}"), "margin").share == Share(Fraction(0), None)


# ---- forecasts of facts


def test_a_fact_is_forecast_with_or_without_a_value() -> None:
    """An open comparison waits for each fact that is missing."""
    assert of("ten", "facts: {a: {forecast: 2023-Q3}}") is ON_TRACK
    assert of("ten", "facts: {a: {value: 3, forecast: 2023-Q3}}") is ON_TRACK
    assert of("ten", "facts: {a: {value: 3, forecast: 2023-05-30}}") is BEHIND
    assert of("share", "facts: {a: {forecast: 2023-Q3}, b: 10}") is ON_TRACK
    assert of("share", "facts: {a: {forecast: 2023-Q3}}") is UNDETERMINED
    assert of("share", "facts: {a: {forecast: 2023-Q3}, b: {forecast: 2023-Q4}}") is ON_TRACK
    assert of("ten", "facts: {a: {forecast: 2024}}") is BEHIND


def test_a_forecast_of_the_provision_stands_before_those_of_its_facts() -> None:
    """It is what the report says of the target itself."""
    case = "facts: {a: {value: 3, forecast: 2024}}\nforecasts: {ten: 2023-Q4}"
    assert judge(*asked(case), "ten").forecast == day(END)


def test_what_may_not_apply_and_cannot_fail_is_undetermined() -> None:
    """Met if it applies: nothing is outstanding, so nothing is late and nothing is expected."""
    found = judge(*asked("facts: {a: 10}"), "gated")

    assert (found.progress, found.outstanding) == (UNDETERMINED, None)


# ---- roll-ups


@given(st.lists(st.sampled_from([None, *Progress])))
def test_the_worst_part_whatever_the_order(parts: list[Progress | None]) -> None:
    """In the order exceeded, met, on track, undetermined, behind, missed."""
    order = ["exceeded", "met", "on_track", "undetermined", "behind", "missed"]
    places = [order.index(part) for part in parts if part is not None]

    assert worst(parts) == (order[max(places)] if places else None)
    assert worst(reversed(parts)) is worst(parts)
