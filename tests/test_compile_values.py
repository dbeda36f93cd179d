"""Values by their shape, each worked out by hand: units, steps, and exactly what it comes to."""

from collections.abc import Mapping

import pytest
from packs import compiled, faults, pack_text, value_of

FACTS = """
    facts:
      cattle: {TWO, unit: head}
      goats: {TWO, unit: head}
      rice: {TWO, unit: ha}
      maize: {TWO, unit: m2}
      income: {TWO, unit: đồng/month}
      members: {TWO, unit: person, max: 100}
      cost: {TWO, unit: đồng}
      kept: {TWO, unit: "%"}
      founded: {TWO, kind: date}
      poor: {TWO, kind: yes_no}
      region: {TWO, kind: class, labels: {upland: {TWO}, lowland: {TWO}}}
      applicant: {TWO, kind: class, labels: {household: {TWO}, company: {TWO}}}
"""


TWO_KEYS = """
table:
  by: [region, applicant]
  upland: {household: 1 đồng, company: 2 đồng}
  lowland: {household: 3 đồng, company: 4 đồng}
"""
POINTS = """
of: cattle
first:
  - {at_least: 10, then: 3 point}
  - {more_than: 5, then: 2 point}
  - {else: 0 point}
"""
BANDS = """
of: cattle
first:
  - {at_least: 300, then: large}
  - {at_least: 10, then: small}
  - {else: none}
"""
VAGUE = "unit: lu\nweighted: {cattle: 0.34, goats: unknown}"


def defined(value: str, *, labels: tuple[str, ...] = ()) -> str:
    """A pack with the facts above and `v`, defined so; a class where it has labels."""
    lines = "".join(f"        {line}\n" for line in value.strip().splitlines())
    named = "".join(f"          {label}: {{TWO}}\n" for label in labels)
    said = "        vi: v\n        en: e\n        cite: {TWO}\n        quote: q\n"
    body = f"{FACTS}\n    define:\n      v:\n{said}" + (
        "        labels:\n" + named if named else ""
    )
    return pack_text(body + lines)


@pytest.mark.parametrize(
    ("value", "facts", "expected"),
    [
        ("sum: [cattle, goats]", {"cattle": 3, "goats": 4}, "7 head"),
        ("sum: [cattle, goats]", {"cattle": 3}, ("3", None)),
        ("sum: [rice, maize]", {"rice": "1.5", "maize": "250.25 m2"}, "1.525025 ha"),
        ("sum: [maize, rice]", {"rice": "1.5", "maize": "250.25 m2"}, "15250.25 m2"),
        ("sum: [cattle, 5]", {"cattle": 3}, "8 head"),
        ("sum: [5, cattle]", {"cattle": 3}, "8 head"),
        ("less: [cattle, goats]", {"cattle": 3, "goats": 4}, "-1 head"),
        ("less: [cattle, goats]", {"cattle": 3}, (None, "3")),
        ("highest: [rice, maize]", {"rice": "0.5", "maize": 4_999}, "0.5 ha"),
        ("highest: [rice, maize]", {"rice": "0.5"}, ("0.5", None)),
        ("lowest: [rice, 1_000 m2]", {"rice": "0.5"}, "0.1 ha"),
        ("lowest: [cattle, goats]", {"cattle": 3}, ("0", "3")),
        ("weighted: {cattle: 2, goats: 0.5}", {"cattle": 3, "goats": 5}, "8.5 head"),
        ("unit: lu\nweighted: {cattle: 0.34, goats: 0.1}", {"cattle": 3, "goats": 5}, "1.52 lu"),
        (
            "unit: lu\nweighted: {cattle: 0.34, goats: unknown}",
            {"cattle": 3, "goats": 0},
            "1.02 lu",
        ),
        (
            "unit: lu\nweighted: {cattle: 0.34, goats: unknown}",
            {"cattle": 3, "goats": 1},
            ("1.02", None),
        ),
        ("times: [rice, 80_000 đồng/m2]", {"rice": "0.01"}, "8000000 đồng"),
        ("times: [80_000 đồng/m2, maize]", {"maize": "0.01"}, "800 đồng"),
        ("times: [cattle, 1.5]", {"cattle": 3}, "4.5 head"),
        ("times: [cattle, -2]", {"cattle": 3}, "-6 head"),
        ("times: [income, 12 month]", {"income": 5}, "60 đồng"),
        ("divide: cost\nby: 12 month", {"cost": 24}, "2 đồng/month"),
        ("times: [{divide: cattle, by: 2 head}, 5 đồng]", {"cattle": 3}, "7.5 đồng"),
        ("share: 60 %\nof: cost", {"cost": 7}, "4.2 đồng"),
        ("share: 33.3 %\nof: cost", {"cost": 1_000}, "333 đồng"),
        ("share: kept\nof: 2_000 đồng", {"kept": "12.5"}, "250 đồng"),
        ("divide: cost\nby: 12", {"cost": 100}, "25/3 đồng"),
        ("of: cost\nround: {to: 1_000 đồng, way: down}", {"cost": 2_999}, "2000 đồng"),
        ("of: cost\nround: {to: 1_000 đồng, way: up}", {"cost": 2_001}, "3000 đồng"),
        ("of: cost\nround: {to: 1_000 đồng, way: half_up}", {"cost": 2_500}, "3000 đồng"),
        ("of: cost\nround: {to: 1_000 đồng, way: half_up}", {"cost": 2_499}, "2000 đồng"),
        ("divide: cost\nby: 3\nround: {to: 1, way: half_up}", {"cost": 100}, "33 đồng"),
        ("of: rice\nround: {to: 1_000 m2, way: down}", {"rice": "0.5678"}, "0.5 ha"),
        ("of: cost\nfloor: 50\ncap: 100", {"cost": 7}, "50 đồng"),
        ("of: cost\nfloor: 50\ncap: 100", {"cost": 107}, "100 đồng"),
        ("of: cost\nfloor: 50\ncap: 100", {}, ("50", "100")),
        ("of: cost\nfloor: 100\ncap: 50", {"cost": 70}, "50 đồng"),  # in this order
        ("of: cost\ncap: 95\nround: {to: 10 đồng, way: up}", {"cost": 200}, "100 đồng"),
        ("table: {by: region, upland: 5 head, lowland: 7 head}", {"region": "lowland"}, "7 head"),
        ("table: {by: region, upland: 5 head, lowland: 7 head}", {}, ("5", "7")),
        ("table: {by: region, upland: 5 head, lowland: 7}", {"region": "lowland"}, "7 head"),
        ("table: {by: region, upland: 1 ha, lowland: 500 m2}", {"region": "lowland"}, "0.05 ha"),
        ("table: {by: region, upland: cattle, lowland: 7 head}", {"cattle": 2}, ("2", "7")),
        (
            TWO_KEYS,
            {"region": "lowland", "applicant": "household"},
            "3 đồng",
        ),
        (
            TWO_KEYS,
            {"applicant": "company"},
            ("2", "4"),
        ),
        ("first: [{when: poor, then: 70 %}, {else: 50 %}]", {"poor": True}, "70 %"),
        ("first: [{when: poor, then: 70 %}, {else: 50 %}]", {}, ("50", "70")),
        (
            POINTS,
            {"cattle": 5},
            "0 point",
        ),
        (
            POINTS,
            {"cattle": 10},
            "3 point",
        ),
        ("years: {from: founded, to: as_of}", {"founded": "2021-06-01"}, "1 year"),
        ("months: {from: founded, to: as_of}", {"founded": "2023-02-28"}, "3 month"),
        ("days: {from: founded, to: 2023-06-30}", {"founded": "2023-05-31"}, "30 day"),
        ("days: {from: founded, to: as_of}", {}, ("0", None)),
        ("of: {2020-01-01: 5 head, 2023-05-31: 7 head, 2023-06-01: 9 head}", {}, "7 head"),
        ("of: {2023-06-01: 9 head}", {}, ("0", None)),  # before the first day: unknown
        ("of: {2020-01-01: 5 head, 2023-05-31: unknown}", {}, ("0", None)),  # from that day
        ("of: {2020-01-01: 5 head, 2023-06-01: unknown}", {}, "5 head"),
        ("of: {2020-01-01: unknown, 2023-05-31: 7 head}", {}, "7 head"),
        ("of: cost", {"cost": 0}, "0 đồng"),
        ("unit: t\ntimes: [cattle, 300 kg/head]\ncap: 5", {"cattle": 20}, "5 t"),
        ("unit: t\ntimes: [cattle, 300 kg/head]\nfloor: 5", {"cattle": 1}, "5 t"),
        ("unit: t\ntimes: [cattle, 300 kg/head]\nround: {to: 1, way: up}", {"cattle": 1}, "1 t"),
        ("times: [cattle, 300 kg/head]\ncap: 5", {"cattle": 20}, "5 kg"),
    ],
)
def test_a_shape(value: str, facts: Mapping[str, object], expected: object) -> None:
    """Exactly, to the last digit; from least to most where a fact is missing."""
    assert value_of(compiled(defined(value)), "v", facts) == expected


@pytest.mark.parametrize(
    ("cattle", "expected"),
    [(300, ["large"]), (299, ["small"]), (9, ["none"]), (None, ["large", "small", "none"])],
)
def test_bands_are_a_class(cattle: int | None, expected: list[str]) -> None:
    """The first line that fits; without the fact every label."""
    graph = compiled(defined(BANDS, labels=("large", "small", "none")))

    assert value_of(graph, "v", {"cattle": cattle} if cattle is not None else {}) == expected


def test_classes_alike_but_in_their_labels_stay_apart() -> None:
    """By the same bands; a condition knows the labels of its own class."""
    classes = """
    define:
      v: {SAID, labels: {big: {TWO}, small: {TWO}}, BANDS big}, {else: small}]}
      w: {SAID, labels: {rich: {TWO}, poor_one: {TWO}}, BANDS rich}, {else: poor_one}]}
    provisions:
      "1": {SAID, require: {of: v, in: [big]}}
      "2": {SAID, require: {of: w, in: [rich]}}
    """.replace("BANDS", "of: cattle, first: [{at_least: 300, then:")
    graph = compiled(pack_text(FACTS + classes))

    assert value_of(graph, "v", {"cattle": 300}) == ["big"]
    assert value_of(graph, "w", {"cattle": 300}) == ["rich"]


def test_a_table_may_give_labels() -> None:
    """By region, here."""
    value = "table: {by: region, upland: poor_one, lowland: rich}"
    graph = compiled(defined(value, labels=("rich", "poor_one")))

    assert value_of(graph, "v", {"region": "upland"}) == ["poor_one"]
    assert value_of(graph, "v", {}) == ["rich", "poor_one"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("sum: [cattle, rice]", "`cattle + rice`"),
        ("less: [cost, cattle]", "`cost + cattle`"),
        ("sum: [cattle, region]", "`region` is a class"),
        ("sum: [cattle, poor]", "`poor` is a condition"),
        ("sum: [cattle, ratio_of]", "nothing is called `ratio_of`"),
        ("times: [cattle, goats]", "`cattle` and `goats`"),
        ("times: [{sum: [cattle, 1 head]}, goats]", "goats"),
        ("share: cattle\nof: cost", "cattle"),
        ("divide: cattle\nby: 0", "0"),
        ("divide: cost\nby: 0 month", "0 month"),
        ("divide: cattle\nby: -2", "-2"),
        ("of: cattle\nround: {to: 0, way: up}", "0"),
        ("of: cattle\nround: {to: 1, way: near}", "near"),
        ("of: cattle\nfloor: 5 ha", "5 ha"),
        ("ratio: {of: cattle, per: goats}\ncap: 50 %", "`ratio: …`"),
        ("ratio: {of: cattle, per: goats}\nround: {to: 1 %, way: up}", "`ratio: …`"),
        ("of: founded\nround: {to: 1 day, way: up}", "`founded`"),
        ("table: {by: region, upland: 5 head}", "lowland"),
        ("table: {by: cattle, upland: 5 head}", "`cattle`"),
        ("table: {by: [region, applicant], upland: 5 head, lowland: 7 head}", "applicant"),
        ("first: [{when: poor, then: 5 head}]", "else"),
        ("first: [{else: 5 head}, {when: poor, then: 5 head}]", "else"),
        ("first: [{at_least: 5, then: 5 head}, {else: 0 head}]", "of"),
        ("of: {2023-06-01: 9 head, 2023-05-01: 5 head}", "2023-05-01"),
        ("of: {2023-02-30: 9 head}", "2023-02-30"),
        ("years: {from: cattle, to: as_of}", "`cattle`"),
        ("sum: [5, 6]", "5"),
        ("sum: [1.2.3 head, cattle]", "1.2.3"),
        ("sum: [5 hectar, cattle]", "hectar"),
        ("count: cattle", "`cattle`"),
        ("sum: [cattle, unknown, v2]", "v2"),
    ],
)
def test_what_is_no_value_is_refused(value: str, expected: str) -> None:
    """At load, in one line that names it."""
    found = faults(defined(value))

    assert any(expected in fault for fault in found), found


def test_two_factors_may_not_both_move() -> None:
    """So everything stays linear; a table moves with labels alone, and may be a factor."""
    [fault] = faults(defined("times: [cattle, {sum: [goats, 1 head]}]"))

    assert "move" in fault
    assert not faults(
        defined("times: [rice, {table: {by: region, upland: 1 đồng/m2, lowland: 2 đồng/m2}}]")
    )
