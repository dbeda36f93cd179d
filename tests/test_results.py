"""Packs without a verdict: what they come to stands first, and everything asked of it follows it.

The class of a household (ho-ngheo-2021) and the stars of a product (ocop-2026), worked by hand from
the lines and bands of their acts.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run
from packs import FILES, compiled, faults, pack_text, value_of

from tieuchi.engine.ahead.missing import missing
from tieuchi.engine.ahead.missing_telling import missing_fields, missing_sections
from tieuchi.engine.decision import Given, decide
from tieuchi.engine.results import results

POVERTY = (
    "check", "--pack", "ho-ngheo-2021", "--as-of", "2023-05-31", "--set", "members=4",
    "--set", "missing_indicators=3",
)  # fmt: skip
RURAL = (*POVERTY, "--set", "area=rural")
STARS = ("check", "--pack", "ocop-2026", "--as-of", "2026-06-01", "--set", "council_members=5")


def test_classes_are_results_and_what_nothing_else_is_made_of() -> None:
    """A ratio that is compared counts as used, though no node reads it."""
    graph = compiled(
        pack_text("""
            facts: {a: {TWO, unit: đồng, max: 9 đồng}, b: {TWO, unit: person, max: 9 person}}
            define:
              each: {TWO, ratio: {of: a, per: b}}
              twice: {TWO, SAID, times: [a, 2]}
              free: {TWO, less: [a, twice]}
              size: {TWO, SAID, labels: {s: {TWO}, t: {TWO}}, of: each,
                first: [{at_least: 5 đồng/person, then: s}, {else: t}]}
              name: {TWO, SAID, table: {by: size, s: 1 head, t: 2 head}}
            amounts:
              m: {SAID, of: free}
        """)
    )

    assert [each.id for each in results(graph)] == ["size", "name"]


@pytest.mark.parametrize(
    ("lang", "headline"),
    [
        ("vi", "Diện của hộ: hộ có mức sống trung bình"),
        ("en", "Class of the household: average living standard"),
    ],
)
def test_the_class_is_the_headline(lang: str, headline: str) -> None:
    """1 800 000 đồng a head is above the rural line of 1 500 000 and within 2 250 000."""
    ran = run(*RURAL, "--set", "household_income=7200000", "--lang", lang)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1:3] == [headline, ""]


def test_several_results_stand_under_one_another() -> None:
    """447.5 points of five members are 89.5 on average: four stars, of the province."""
    ran = run(*STARS, "--set", "council_points=447.5", "--lang", "en")

    assert ran.out.splitlines()[1:4] == [
        "Stars: 4 stars",
        "  Term of the certificate: 36 months",
        "  Recognised by: the province",
    ]
    assert "points of the members listed" not in ran.out  # the total stated stands in for it


def test_an_open_class_says_what_it_can_be_and_what_is_wanted() -> None:
    """Between both lines the area decides."""
    ran = run(*POVERTY, "--set", "household_income=7200000", "--lang", "en")

    assert ran.out.splitlines()[1:5] == [
        "Class of the household: undetermined, can be poor or average living standard",
        "  Facts are missing.",
        "",
        "Facts that could still matter: area.",
    ]


def test_what_the_law_leaves_open_is_not_put_on_the_case() -> None:
    """The average line from 2027 is not known; nothing more can be stated."""
    words = ["2027-05-31" if word == "2023-05-31" else word for word in RURAL]
    ran = run(*words, "--set", "household_income=10000000", "--lang", "en")

    assert ran.out.splitlines()[1:4] == [
        "Class of the household: undetermined, can be average living standard or none of",
        "  these three",
        "  Something in the law is not known, or not in force on this day.",
    ]
    assert "highest income of an average living standard: not known" in ran.out
    assert "Facts that could still matter" not in ran.out


def test_until_when_a_class_stands() -> None:
    """The lines of 2027 make a household of 1 800 000 đồng a head poor."""
    ran = run(*RURAL, "--set", "household_income=7200000", "--until", "--format", "json")
    spans = json.loads(ran.out)["spans"]

    assert [(each["from"], each["until"], each.get("results")) for each in spans] == [
        (None, "2021-12-31", None),
        ("2022-01-01", "2026-12-31", {"household_class": {"class": ["average"]}}),
        ("2027-01-01", "2030-12-31", {"household_class": {"class": ["poor"]}}),
        ("2031-01-01", None, None),
    ]


def test_a_class_over_a_range_of_one_fact() -> None:
    """Four people: 6 000 000 đồng is the line, 9 000 000 the highest of an average standard."""
    ran = run(
        *RURAL, "--set", "household_income=0", "--sweep", "household_income=0..20000000",
        "--format", "json",
    )  # fmt: skip
    [swept] = json.loads(ran.out)["sweep"]

    assert swept["results"] == {
        "household_class": [
            {"from": "0", "until": "6000000", "class": ["poor"]},
            {"from": "6000001", "until": "9000000", "class": ["average"]},
            {"from": "9000001", "until": "20000000", "class": ["none"]},
        ]
    }


def test_which_facts_could_change_a_class_and_at_which_values() -> None:
    """The income alone; whether three indicators are missing matters below the line."""
    ran = run(*RURAL, "--missing", "--format", "json")
    found = json.loads(ran.out)

    assert [each["fact"] for each in found["missing"]] == ["household_income"]
    assert found["missing"][0]["turns_at"] == [
        {"at_most": "6000000", "then": "poor"},
        {"at_least": "6000001", "at_most": "9000000", "then": "average"},
        {"at_least": "9000001", "then": "none"},
    ]
    assert found["cannot_change"] == []


def test_what_could_change_a_ratio_beside_a_class() -> None:
    """What it is a ratio of could, as what the class hangs on; of neither alone it is said at which
    values."""
    head = "vi: v, en: e, cite: {vi: v, en: e}, quote: q"
    graph = compiled(
        pack_text(f"""
            facts:
              of: {{TWO, unit: đồng}}
              per: {{TWO, unit: person}}
              cattle: {{TWO, unit: head}}
            define:
              a_head: {{{head}, ratio: {{of: of, per: per}}}}
              size: {{{head}, labels: {{big: {{TWO}}, small: {{TWO}}}}, of: cattle,
                first: [{{at_least: 2 head, then: big}}, {{else: small}}]}}
        """)
    )
    decision = decide(graph, Given({}))
    found = missing(decision)
    (section,) = missing_sections(found, decision, "en")

    assert [each.fact.id for each in found.could] == ["of", "per", "cattle"]
    assert found.cannot == ()
    assert [each["turns_at"] for each in missing_fields(found)["missing"]] == [[], [], []]
    assert [remark.text for remark in section.remarks] == ["e.", "e.", "e."]


def test_an_interview_leaves_out_what_cannot_change_the_class() -> None:
    """Above the line it does not matter how many indicators are missing."""
    ran = run("ask", "ho-ngheo-2021", "--as-of", "2023-05-31", "--lang", "en",
              stdin=b"7200000\n4\nrural\n")  # fmt: skip

    assert "Asking about: class of the household." in ran.err + ran.out
    assert "That is all, after 3 questions." in ran.err + ran.out
    assert "Class of the household: average living standard" in ran.out


def test_there_is_no_advice_where_nothing_is_to_be_met() -> None:
    """It says so, and is not silent."""
    ran = run(*RURAL, "--set", "household_income=7200000", "--advise", "--lang", "en")

    assert "No advice: this pack works something out" in ran.out


def test_a_registry_is_sorted_into_classes(tmp_path: Path) -> None:
    """A column of labels, empty where the area is not stated, and how many rows are of each."""
    (tmp_path / "in.csv").write_text(
        "household,area,household_income,members,missing_indicators\n"
        "A,rural,7200000,4,3\nB,urban,7200000,4,3\nC,,7200000,4,2\n",
        "utf-8",
    )
    ran = run("batch", "in.csv", "--pack", "ho-ngheo-2021", "--as-of", "2023-05-31",
              "-o", "out.csv", "--lang", "en", at=tmp_path)  # fmt: skip
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()

    assert [line.rpartition(",")[2] for line in lines] == [
        "household_class", "average", "poor", "",
    ]  # fmt: skip
    assert ran.out.split("\n\n")[1].splitlines() == [
        "Class of the household",
        "  poor: 1",
        "  near-poor: 0",
        "  average living standard: 1",
        "  none of these three: 0",
        "  open: 1",
    ]


def test_a_registry_may_have_lists_alone(tmp_path: Path) -> None:
    """A product a row, who scored it in a table of their own: 90 and 89 are 89.5 on average; with
    part C of the only member unknown, 65 to 100 may be three to five stars."""
    (tmp_path / "in.csv").write_text("product\nA\nB\n", "utf-8")
    (tmp_path / "council.csv").write_text(
        "product,name,part_a,part_b,part_c\nA,1,36,24,30\nA,2,36,23,30\nB,1,40,25,\n", "utf-8"
    )
    asked = ("--list", "council=council.csv", "--key", "product", "--complete", "-o", "out.csv")
    ran = run(
        "batch", "in.csv", "--pack", "ocop-2026", "--as-of", "2026-06-01", *asked, at=tmp_path
    )

    assert ran.code == 0, ran.err
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines() == [
        "product,stars,certificate_term.least,certificate_term.most,recognised_by",
        "A,four,36,36,province",
        "B,,36,36,",
    ]


def test_another_act_may_refer_to_the_class() -> None:
    """On the same day; both poor and near-poor households are meant."""
    other = pack_text("""
        use: {household_class: ho-ngheo-2021/household_class}
        provisions: {"1": {SAID, require: {of: household_class, in: [poor, near_poor]}}}
    """)

    assert not faults(other, FILES["ho-ngheo-2021"].read_text("utf-8"))


def test_an_average_has_the_unit_of_what_is_averaged() -> None:
    """Of nobody there is none; a ratio to anything but a number of things has its own unit."""
    written = pack_text("""
        facts:
          marks: {TWO, kind: list, fields: {m: {TWO, unit: point}, old: {TWO, kind: yes_no}}}
          many: {TWO, unit: person, max: 9 person}
          total: {TWO, unit: point, max: 90 point}
        define:
          of_old:
            {TWO, SAID, sum: {each: {first: [{when: old, then: m}, {else: 0 point}]}, of: marks}}
          average: {TWO, unit: point, ratio: {of: total, per: many}}
    """)
    graph = compiled(written)
    [node] = [graph.nodes[d.node] for d in graph.main.definitions if d.id == "average"]
    marks = [{"m": 7, "old": True}, {"m": 9, "old": False}, {"m": 2, "old": True}]

    assert node.unit == "point"
    assert value_of(graph, "of_old", {"marks": marks}) == ("9", None)
    assert (
        "đồng/ha"
        in faults(
            pack_text("""
            facts: {a: {TWO, unit: đồng, max: 9 đồng}, b: {TWO, unit: ha, max: 9 ha}}
            define: {c: {TWO, unit: đồng, ratio: {of: a, per: b}}}
        """)
        )[0]
    )
