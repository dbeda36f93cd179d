"""Conditions and comparisons: thresholds between two steps, ranges, dates, classes, children."""

import pytest
from packs import compiled, faults, outcomes, pack_text

from tieuchi.engine.decision import decide
from tieuchi.engine.given import given_from

FACTS = """
    activities: {crops: {TWO}, animals: {TWO}}
    facts:
      cattle: {TWO, unit: head}
      goats: {TWO, unit: head}
      rice: {TWO, unit: ha}
      done: {TWO, unit: item}
      asked: {TWO, unit: item}
      income: {TWO, unit: đồng/month}
      people: {TWO, unit: person}
      founded: {TWO, kind: date}
      poor: {TWO, kind: yes_no}
      region: {TWO, kind: class, labels: {upland: {TWO}, midland: {TWO}, lowland: {TWO}}}
"""


EVERYTHING = {"met", "not_met", "not_applicable"}


def conditioned(condition: str) -> str:
    """A pack with the facts above and one provision."""
    lines = "".join(f"        {line}\n" for line in condition.strip().splitlines())
    said = "        cite: {TWO}\n        quote: q\n"
    return pack_text(f'{FACTS}\n    provisions:\n      "1":\n{said}{lines}')


@pytest.mark.parametrize(
    ("require", "facts", "expected"),
    [
        ("of: cattle, at_least: 2.5", {"cattle": 3}, "met"),
        ("of: cattle, at_least: 2.5", {"cattle": 2}, "not_met"),
        ("of: cattle, more_than: 2.5", {"cattle": 3}, "met"),
        ("of: cattle, more_than: 3", {"cattle": 3}, "not_met"),
        ("of: cattle, at_most: 2.5", {"cattle": 2}, "met"),
        ("of: cattle, at_most: 2.5", {"cattle": 3}, "not_met"),
        ("of: cattle, less_than: 2.5", {"cattle": 2}, "met"),
        ("of: cattle, less_than: 3", {"cattle": 3}, "not_met"),
        ("of: cattle, equals: 2.5", {"cattle": 2}, "not_met"),
        ("of: cattle, equals: 2", {"cattle": 2}, "met"),
        ("of: cattle, at_least: 2, less_than: 5", {"cattle": 2}, "met"),
        ("of: cattle, at_least: 2, less_than: 5", {"cattle": 5}, "not_met"),
        ("of: cattle, at_least: goats", {"cattle": 2, "goats": 2}, "met"),
        ("of: cattle, more_than: goats", {"cattle": 2, "goats": 2}, "not_met"),
        ("of: cattle, at_most: goats", {"cattle": 3, "goats": 2}, "not_met"),
        ("of: cattle, less_than: goats", {"cattle": 1, "goats": 2}, "met"),
        ("of: cattle, equals: goats", {"cattle": 2, "goats": 2}, "met"),
        ("of: cattle, at_least: {share: 110 %, of: goats}", {"cattle": 11, "goats": 10}, "met"),
        ("of: cattle, at_least: {share: 110 %, of: goats}", {"cattle": 12, "goats": 11}, "not_met"),
        ("of: rice, at_least: 15_000 m2", {"rice": "1.5"}, "met"),
        ("of: rice, at_least: 15_000 m2", {"rice": "1.499999"}, "not_met"),
        ("of: rice, more_than: 1", {"rice": "1.000001"}, "met"),
        ("ratio: {of: done, per: asked}, at_least: 90 %", {"done": 9, "asked": 10}, "met"),
        ("ratio: {of: done, per: asked}, at_least: 90 %", {"done": 899, "asked": 1_000}, "not_met"),
        ("ratio: {of: done, per: asked}, more_than: 90 %", {"done": 9, "asked": 10}, "not_met"),
        ("ratio: {of: done, per: asked}, at_most: 33.3 %", {"done": 333, "asked": 1_000}, "met"),
        ("ratio: {of: done, per: asked}, at_most: 33.3 %", {"done": 1, "asked": 3}, "not_met"),
        ("ratio: {of: done, per: asked}, less_than: 0.5 %", {"done": 1, "asked": 200}, "not_met"),
        ("ratio: {of: done, per: asked}, equals: 50 %", {"done": 1, "asked": 2}, "met"),
        ("ratio: {of: done, per: asked}, equals: 50 %", {"done": 1, "asked": 3}, "not_met"),
        ("ratio: {of: done, per: asked}, at_least: 0 %", {"done": 0, "asked": 0}, "not_applicable"),
        ("ratio: {of: done, per: asked}, at_least: 0.9", {"done": 9, "asked": 1_000}, "met"),
        (
            "ratio: {of: income, per: people}, at_most: 1_500_000 đồng/person/month",
            {"income": 3_000_001, "people": 2},
            "not_met",
        ),
        ("years: {from: founded, to: as_of}, at_least: 2", {"founded": "2021-05-31"}, "met"),
        ("years: {from: founded, to: as_of}, at_least: 2", {"founded": "2021-06-01"}, "not_met"),
        ("of: founded, at_least: 2021-05-31", {"founded": "2021-05-31"}, "met"),
        ("of: founded, more_than: 2021-05-31", {"founded": "2021-05-31"}, "not_met"),
        ("of: founded, at_most: 2021-05-31", {"founded": "2021-06-01"}, "not_met"),
        ("of: founded, less_than: 2021-05-31", {"founded": "2021-05-30"}, "met"),
        ("of: founded, equals: 2021-05-31", {"founded": "2021-05-31"}, "met"),
        ("of: founded, at_most: as_of", {"founded": "2023-05-31"}, "met"),
        ("of: founded, more_than: as_of", {"founded": "2023-05-31"}, "not_met"),
        ("of: founded, equals: as_of", {"founded": "2023-05-30"}, "not_met"),
        ("of: poor, is: true", {"poor": True}, "met"),
        ("of: poor, is: false", {"poor": True}, "not_met"),
        ("of: region, in: [upland, midland]", {"region": "midland"}, "met"),
        ("of: region, in: [upland, midland]", {"region": "lowland"}, "not_met"),
        ("of: region, equals: upland", {"region": "upland"}, "met"),
    ],
)
def test_a_comparison(require: str, facts: dict[str, object], expected: str) -> None:
    """As its word says, strict or not, whatever the step of what is measured."""
    graph = compiled(conditioned(f"require: {{{require}}}"))
    decision = decide(graph, given_from(graph, facts, decimal="point"))

    assert outcomes(decision["1"].truth or 0) == {expected}


@pytest.mark.parametrize(
    ("require", "facts", "expected"),
    [
        ("of: cattle, at_least: 0", {}, {"met"}),
        ("of: cattle, at_least: 1", {}, {"met", "not_met"}),
        ("of: cattle, at_least: goats", {"goats": 0}, {"met"}),
        ("sum: [cattle, goats], at_least: 50", {"cattle": 60}, {"met"}),
        ("sum: [cattle, goats], at_least: 50", {"cattle": 40}, {"met", "not_met"}),
        ("sum: [cattle, goats], less_than: 50", {"cattle": 50}, {"not_met"}),
        (
            "ratio: {of: done, per: asked}, at_least: 90 %",
            {"done": 1},
            {"met", "not_met", "not_applicable"},
        ),
        ("ratio: {of: done, per: asked}, at_least: 90 %", {"asked": 1}, {"met", "not_met"}),
        ("ratio: {of: done, per: asked}, at_least: 0 %", {}, {"met", "not_applicable"}),
        ("of: region, in: [upland, midland, lowland]", {}, {"met"}),
        ("of: founded, at_most: as_of", {}, {"met", "not_met"}),
    ],
)
def test_a_comparison_while_something_is_missing(
    require: str, facts: dict[str, object], expected: set[str]
) -> None:
    """Missing is never zero and never false: 60 and an unknown number already make 50."""
    graph = compiled(conditioned(f"require: {{{require}}}"))

    assert outcomes(decide(graph, given_from(graph, facts))["1"].truth or 0) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("require: {of: cattle}", "compare"),
        ("require: {of: cattle, at_least: 1, more_than: 2}", "`at_least`"),
        ("require: {of: cattle, at_least: 5, less_than: 5}", "≥ 5"),
        ("require: {of: cattle, at_least: 5, at_most: 4}", "≥ 5"),
        ("require: {of: cattle, in: [upland]}", "`cattle`"),
        ("require: {of: cattle, is: true}", "`cattle`"),
        ("require: {of: cattle, is: maybe}", "maybe"),
        ("require: {of: cattle, at_least: 5 ha}", "`cattle ≥ 5 ha`"),
        ("require: {of: poor, at_least: 5}", "`poor`"),
        ("require: {of: region, in: []}", "in"),
        ("require: {of: region, in: [uplnad]}", "did you mean `upland`?"),
        ("require: {of: founded, at_least: 2023-02-30}", "2023-02-30"),
        ("require: {ratio: {of: done, per: asked}, at_least: 5 head}", "5 head"),
        ("at_least: 0\nof: [poor]", "0"),
        ("at_least: 3\nof: [poor, poor]", "3"),
        ("at_least: x\nof: [poor]", "x"),
        ("all: []", "all"),
        ("any: {}", "any"),
        ("not: cattle", "`cattle`"),
        ("all: [cattle]", "`cattle`"),
        ("applies_when: {activity: corps}\nnot: poor", "did you mean `crops`?"),
    ],
)
def test_what_is_no_condition_is_refused(condition: str, expected: str) -> None:
    """At load, in one line that names it."""
    found = faults(conditioned(condition))

    assert any(expected in fault for fault in found), found


def test_a_range_has_two_tests_and_one_truth() -> None:
    """Both bounds are shown, each with its own truth."""
    graph = compiled(conditioned("require: {of: cattle, at_least: 2, less_than: 5}"))
    [provision] = graph.main.provisions
    decision = decide(graph, given_from(graph, {"cattle": 5}))

    assert [test.comparison for test in provision.tests] == ["at_least", "less_than"]
    assert [outcomes(decision.values[test.truth]) for test in provision.tests] == [
        {"met"},
        {"not_met"},
    ]


@pytest.mark.parametrize(
    ("poor", "crops", "expected"),
    [
        (True, "met", "not_applicable"),
        (False, "met", "met"),
        (False, "not_met", "not_applicable"),
        (None, "met", "met not_applicable"),
    ],
)
def test_gates_are_applied_from_the_inside_out(poor: object, crops: str, expected: str) -> None:
    """First the condition, then review, then `applies_when`, then `unless`."""
    graph = compiled(
        conditioned(
            "applies_when: {activity: crops}\nunless: poor\nrequire: {of: cattle, at_least: 1}"
        )
    )
    facts = {"cattle": 1} if poor is None else {"cattle": 1, "poor": poor}
    activities = ["crops"] if crops == "met" else ["animals"]
    decision = decide(graph, given_from(graph, facts, activities=activities))

    assert outcomes(decision["1"].truth or 0) == set(expected.split())
    assert [gate.kind for gate in graph.main.provisions[0].gates] == ["applies_when", "unless"]


@pytest.mark.parametrize(
    ("cattle", "goats", "expected"),
    [
        (1, 0, "met"),
        (0, 0, "not_met"),
        (0, 9, "met not_met"),
        (1, 9, "met"),
        (0, None, "met not_met"),
    ],
)
def test_a_review_opens_a_no_and_nothing_else(
    cattle: int, goats: int | None, expected: str
) -> None:
    """Where the text leaves it to the authority."""
    graph = compiled(
        conditioned(
            "review_when: {require: {of: goats, at_least: 5}}\nrequire: {of: cattle, at_least: 1}"
        )
    )
    facts = {"cattle": cattle} | ({} if goats is None else {"goats": goats})
    decision = decide(graph, given_from(graph, facts))

    assert outcomes(decision["1"].truth or 0) == set(expected.split())
