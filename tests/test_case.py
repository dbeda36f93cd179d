"""Cases: what is read, how facts become a graph's integers, and what is refused, where and how."""

import doctest
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine import figure, reading
from tieuchi.engine.case import (
    Annotation,
    Case,
    Notice,
    given_from,
    load_cases,
    read_case,
    read_given,
)
from tieuchi.engine.decision import Given, unstated
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, line, message, remedy_text
from tieuchi.engine.figure import Figure, read_figure
from tieuchi.engine.graph import Fact, Graph, Node, Part, Provision
from tieuchi.engine.kernel import Members
from tieuchi.engine.quantity import parse_unit, people_text
from tieuchi.engine.reading import Misstated, read_day
from tieuchi.engine.source import LIMIT, MOST_FAULTS, Text, read
from tieuchi.engine.statement import open_value
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

EXAMPLES = Path(__file__).parent.parent / "examples"


def words(vi: str) -> Words:
    """A text that is the same in both languages but for the mark in front."""
    return Words(vi, f"en {vi}")


def fact(name: str, kind: str = "quantity", unit: str = "", **rest: Any) -> Fact:
    """A fact with the unit's own step."""
    num, den = parse_unit(unit).step if unit else (1, 1)
    return Fact(name, kind, words(name), unit, num, den, **rest)


RATINGS = (
    ("excellent", Words("hoàn thành xuất sắc nhiệm vụ", "tasks completed excellently")),
    ("good", Words("hoàn thành tốt nhiệm vụ", "tasks completed well")),
    ("poor", Words("không hoàn thành", "not completed")),
)
FACTS = (
    fact("cattle", unit="head", closes=True),
    fact("area", unit="ha", closes=True),
    fact("store", unit="t/batch", closes=True, label=Words("tấn kho/lượt", "t a batch")),
    fact("revenue", unit="đồng", limit=10**15),
    fact("clubs", unit="item", label=Words("câu lạc bộ", "clubs")),
    fact("points", unit="point", most=10_000),
    fact("balance", unit="đồng", least=-1_000),
    fact("share", unit="%", least=500),
    fact("recognised", "yes_no"),
    fact("rating", "class", labels=RATINGS),
    fact("founded", "date"),
    fact(
        "officials",
        "list",
        closes=True,
        fields=(
            fact("name", "text"),
            fact("course", "yes_no"),
            fact("years", unit="year"),
            fact("grade", "class", labels=RATINGS),
            fact("since", "date"),
        ),
    ),
    fact("total", unit="head", closes=True, otherwise=0),
    fact("herd", unit="head", closes=True, least=10),
)
ACTIVITIES = (
    ("livestock", Words("chăn nuôi", "animal keeping")),
    ("crops", Words("trồng trọt", "growing")),
)


def provision(name: str) -> Provision:
    """A provision that is no more than its id."""
    blank: dict[str, Any] = dict.fromkeys(Provision._fields)
    return Provision(**{**blank, "id": name})


def graph_of(
    facts: tuple[Fact, ...] = FACTS,
    *,
    pack: str = "herds-2023",
    activities: tuple[tuple[str, Words], ...] = ACTIVITIES,
    provisions: tuple[str, ...] = ("1.1", "18.1.officials"),
) -> Graph:
    """A graph that asks for these facts and decides nothing."""
    blank: dict[str, Any] = dict.fromkeys(Part._fields)
    part = Part(
        **{
            **blank,
            "pack": pack,
            "activities": activities,
            "provisions": tuple(map(provision, provisions)),
        }
    )
    return Graph(738671, facts, tuple(a for a, _ in activities), (), (part,))


GRAPH = graph_of()


def case_of(text: str) -> Case:
    """The case in a text, in the file f.yaml."""
    [document] = read(text, "f.yaml")
    return read_case(document, "f.yaml")


def stated(facts: str, head: str = "") -> tuple[Given, list[Notice]]:
    """What a case states with these facts, one a line."""
    indented = "".join(f"  {row}\n" for row in facts.splitlines())
    return read_given(GRAPH, case_of(f"{head}facts:\n{indented}"))


def value(fact_and_value: str, head: str = "") -> Any:
    """The one value stated, None where it stays open."""
    return stated(fact_and_value, head)[0].get(fact_and_value.partition(":")[0])


def faults_of(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a case, with or without the graph."""
    with pytest.raises(Faults) as caught:
        read_given(GRAPH, case_of(text))
    return caught.value.diagnostics


# ---- documents


def test_a_case_says_what_it_is_about() -> None:
    """Every key of a case, once, and nothing lost."""
    case = case_of(
        "subject: HTX\npack: herds-2023\nas_of: 2023-05-31\ndecimal: comma\n"
        'activities: [livestock]\ncomplete: true\nplace: "06217"\nnote: {vi: có, en: yes}\n'
        "facts:\n"
        "  cattle: {value: 38, evidence: sổ, proof: documented, where: II.1,\n"
        "    forecast: 2023-Q4, note: một lời}\n"
        "  area: {forecast: 2023-06}\n"
        "  clubs: 2\n"
        'forecasts: {"1.1": 2023-Q4}\n'
        'reported: {"1.1": {label: Đạt, where: II.1}}\n'
        'rollups: [{of: ["1.1"], label: Đạt, where: I, name: {vi: nhóm, en: group}}]\n'
        "claims: [{printed: 150 %, percent: {of: '4,5 ha', per: 3}, where: II.1.4}]\n"
    )

    end_of_year = date(2023, 12, 31).toordinal()
    assert case.subject == "HTX"
    assert case.packs == ("herds-2023",)
    assert case.as_of == date(2023, 5, 31).toordinal()
    assert (case.decimal, case.activities, case.complete) == ("comma", ("livestock",), True)
    assert (case.place, case.places, case.note) == ("06217", ("06217",), Words("có", "yes"))
    assert case.annotations == {
        "cattle": Annotation("sổ", "documented", "II.1", end_of_year, Words("một lời", "một lời")),
        "area": Annotation(forecast=date(2023, 6, 30).toordinal()),
    }
    assert case.forecasts == {"1.1": end_of_year}
    assert case.reported["1.1"] == ("Đạt", "II.1", Mark("f.yaml", 15, 12))
    [rollup] = case.rollups
    assert rollup[:4] == (("1.1",), "Đạt", "I", Words("nhóm", "group"))
    [claim] = case.claims
    assert (claim.kind, claim.where, claim.mark.line) == ("percent", "II.1.4", 17)
    assert [part[1:] for part in claim.parts] == [((9, 2), "ha", 1), ((3, 1), "ha", 0)]
    assert (case.file, case.mark) == ("f.yaml", Mark("f.yaml", 1, 1))


def test_what_a_case_leaves_out_is_left_open() -> None:
    """A case needs no more than its facts; one that names no activity is about all."""
    case = case_of("packs: [a, ./b.yaml]\nactivities: []\n")

    assert case.packs == ("a", "./b.yaml")
    assert (case.subject, case.as_of, case.decimal, case.note) == ("", None, None, None)
    assert (case.activities, case.complete, case.place) == (None, False, "")
    assert case_of('pack: a\nplace: ["06217", "20"]\n').places == ("06217", "20")
    assert (case.facts, case.forecasts, case.reported, case.claims) == ({}, {}, {}, ())


BAD_DOCUMENTS = [
    ("provisions: {}\npack: x\n", "pack-for-case", 1, 1),
    ("kind: subsidy\ntitle: x\npack: y\n", "pack-for-case", 1, 1),
    ("a: 1\n", "not-a-case", 1, 1),
    ("subject: a\nfact: {}\n", "key-unknown", 2, 1),
    ("facts: {}\nsubjct: a\n", "key-unknown", 2, 1),
    ("facts: []\n", "key-wrong-type", 1, 8),
    ("facts: 3\n", "key-wrong-type", 1, 8),
    ("facts:\npack: a\n", "key-wrong-type", 1, 7),
    ("pack: [a]\n", "key-wrong-type", 1, 7),
    ("packs: a\n", "key-wrong-type", 1, 8),
    ("packs: [a, {b: c}]\n", "key-wrong-type", 1, 12),
    ("pack: a\npacks: [b]\n", "comparison-twice", 2, 1),
    ("pack: a\nas_of: 2023-02-29\n", "date-impossible", 2, 8),
    ("pack: a\nas_of: 2023-06\n", "date-malformed", 2, 8),
    ("pack: a\nas_of: [1]\n", "date-malformed", 2, 8),
    (
        "pack: a\ndecimal: koma\nclaims: [{printed: 1.000 ha, sum_of: [1]}]\n",
        "choice-unknown",
        2,
        10,
    ),
    ("pack: a\nactivities: livestock\n", "key-wrong-type", 2, 13),
    ("pack: a\ncomplete: maybe\n", "flag-expected", 2, 11),
    ("pack: a\nnote: {vi: a}\n", "key-missing", 2, 7),
    ("pack: a\nnote: {vi: a, eng: b}\n", "key-unknown", 2, 15),
    ("pack: a\nnote: [a]\n", "key-wrong-type", 2, 7),
    ("facts: {cattle: {vaule: 3}}\n", "key-unknown", 1, 18),
    ("facts: {cattle: {where: II}}\n", "key-missing", 1, 17),
    ("facts: {cattle: {value: 3, items: []}}\n", "comparison-twice", 1, 28),
    ("facts: {cattle: {value: 3, proof: oral}}\n", "choice-unknown", 1, 35),
    ("facts: {cattle: {forecast: 2023-Q5}}\n", "date-impossible", 1, 28),
    ("pack: a\nforecasts: [a]\n", "key-wrong-type", 2, 12),
    ('pack: a\nforecasts: {"1.1": soon}\n', "date-malformed", 2, 20),
    ("pack: a\nreported: a\n", "key-wrong-type", 2, 11),
    ('pack: a\nreported: {"1.1": Đạt}\n', "key-wrong-type", 2, 19),
    ('pack: a\nreported: {"1.1": {where: II}}\n', "key-missing", 2, 19),
    ('pack: a\nreported: {"1.1": {lable: Đạt}}\n', "key-unknown", 2, 20),
    ("pack: a\nrollups: {}\n", "key-wrong-type", 2, 10),
    ("pack: a\nrollups: [a]\n", "key-wrong-type", 2, 11),
    ("pack: a\nrollups: [{label: Đạt}]\n", "key-missing", 2, 11),
    ("pack: a\nclaims: {}\n", "key-wrong-type", 2, 9),
    ("pack: a\nclaims: [a]\n", "key-wrong-type", 2, 10),
    ("pack: a\nclaims: [{printed: 3 ha}]\n", "claim-form", 2, 10),
    ("pack: a\nclaims: [{printed: 3, sum_of: [1], product: [3]}]\n", "claim-form", 2, 10),
    ("pack: a\nclaims: [{sum_of: [1]}]\n", "key-missing", 2, 10),
    ("pack: a\nclaims: [{printed: 3 ha, sum_of: [1 con]}]\n", "unit-mismatch", 2, 35),
    ("pack: a\nclaims: [{printed: 3 ha, sum_of: []}]\n", "key-wrong-type", 2, 34),
    ("pack: a\nclaims: [{printed: 3 hha, sum_of: [1]}]\n", "unit-unknown", 2, 20),
    ("pack: a\nclaims: [{printed: 1.000 ha, sum_of: [1]}]\n", "number-ambiguous", 2, 20),
    ("pack: a\nclaims: [{printed: '', sum_of: [1]}]\n", "key-wrong-type", 2, 20),
    ("pack: a\nclaims: [{printed: half, percent: {of: 1, per: 2}}]\n", "number-malformed", 2, 20),
    ("pack: a\nclaims: [{printed: 3, sum_of: [[1]]}]\n", "key-wrong-type", 2, 32),
    ("pack: a\nclaims: [{printed: x, same_base: [{part: 1}]}]\n", "key-missing", 2, 35),
    ("pack: a\nplace: {a: b}\n", "key-wrong-type", 2, 8),
    ("pack: a\nclaims: [{printed: NaN, sum_of: [1]}]\n", "number-not-finite", 2, 20),
    ("pack: a\nclaims: [{printed: 3 ha, percent: {of: 1, per: 2}}]\n", "unit-mismatch", 2, 20),
    (
        "pack: a\nclaims: [{printed: 3 %, percent: {of: 1 ha, per: 2 con}}]\n",
        "unit-mismatch",
        2,
        50,
    ),
    ("pack: a\nclaims: [{printed: 3 %, percent: {of: 1, per: 0 ha}}]\n", "divisor-zero", 2, 47),
    ("pack: a\nclaims: [{printed: 3 %, percent: {of: 1}}]\n", "key-missing", 2, 34),
    ("pack: a\nclaims: [{printed: 3 %, percent: 1}]\n", "key-wrong-type", 2, 34),
    ("pack: a\nclaims: [{printed: 3 ha, product: [1 ha, 2 ha]}]\n", "unit-mismatch", 2, 20),
    ("pack: a\nclaims: [{printed: x, same_base: [{part: 1, percent: 2}]}]\n", "claim-form", 2, 34),
]


@pytest.mark.parametrize(("text", "code", "row", "column"), BAD_DOCUMENTS)
def test_each_mistake_of_a_document_is_one_fault_at_its_place(
    text: str, code: str, row: int, column: int
) -> None:
    """The place is that of the value, and there is a sentence and a remedy in both languages."""
    [found] = faults_of(text)

    assert (found.code, found.mark) == (code, Mark("f.yaml", row, column))
    for lang in ("vi", "en"):
        assert "\n" not in line(found, lang)
        assert message(found, lang)
        assert remedy_text(found, lang)


def test_all_mistakes_of_a_case_are_shown() -> None:
    """Those that need no law, then those of the facts."""
    assert [f.code for f in faults_of("pakc: a\nfacts: []\nas_of: x\n")] == [
        "key-unknown",
        "key-wrong-type",
        "date-malformed",
    ]
    found = faults_of("facts:\n  catle: 1\n  cattle: -1\n  area: 5 con\nactivities: [fish]\n")
    assert [(f.code, f.mark.line) for f in found] == [
        ("fact-unknown", 2),
        ("number-negative", 3),
        ("unit-mismatch", 4),
        ("activity-unknown", 5),
    ]


# ---- figures that a report prints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1147,7 ha", ((11477, 10), "ha", 1)),
        ("1.147,70 ha", ((11477, 10), "ha", 2)),
        ("2776 thửa", ((2776, 1), "parcel", 0)),
        ("54,03 %", ((5403, 100), "%", 2)),
        ("7.133.000 đồng", ((7133000, 1), "đồng", 0)),
        ("0,00", ((0, 1), "", 2)),
        ("0", ((0, 1), "", 0)),
        ("-4.50", ((-9, 2), "", 2)),
    ],
)
def test_a_printed_figure_keeps_its_digits(text: str, expected: tuple[object, ...]) -> None:
    """How far it was rounded is told by its last digit, noughts included."""
    assert read_figure(Text(text))[1:] == expected


def test_a_claim_has_its_parts_in_like_units() -> None:
    """A bare number is in the unit of its siblings; of a product the units multiply."""
    case = case_of(
        "pack: a\ndecimal: comma\nclaims:\n"
        "  - {printed: 3, sum_of: [1 ha, 2]}\n"
        "  - {printed: 40, percent: {of: 2, per: 5}}\n"
        "  - {printed: 160.000, product: [2 m2, 80.000 đồng/m2]}\n"
        "  - printed: 59,45 % và 34,97 %\n"
        "    same_base:\n"
        "      - {part: 2.875.423.646 đồng, percent: '59,45'}\n"
        "      - {part: 1.691.669.600, percent: '34,97 %'}\n"
    )

    sums, percent, product, base = case.claims
    assert [f.unit for f in (*sums.parts, sums.figure) if f] == ["ha", "ha", "ha"]
    assert percent.figure == Figure(Text("40"), (40, 1), "%", 0)
    assert [part.unit for part in percent.parts] == ["", ""]
    assert product.figure is not None
    assert product.figure.unit == "đồng"
    assert (base.figure, base.printed) == (None, "59,45 % và 34,97 %")
    assert [part.unit for part in base.parts] == ["đồng", "đồng"]
    assert [(p.value, p.unit) for p in base.percents] == [((1189, 20), "%"), ((3497, 100), "%")]


def test_a_product_has_few_factors() -> None:
    """Its units are multiplied one by one, and so are its numbers."""
    factors = ", ".join(["9 ha"] * 100_000)
    started = time.perf_counter()

    [found] = faults_of(f"pack: a\nclaims: [{{printed: 3, product: [{factors}]}}]")

    assert found.code == "length-wrong"
    assert time.perf_counter() - started < 5


def test_a_product_of_plain_numbers_is_one() -> None:
    """It has no unit at all."""
    [claim] = case_of("pack: a\nclaims: [{printed: 6, product: [2, 3]}]").claims

    assert claim.figure is not None
    assert claim.figure.unit == ""


# ---- facts into integers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cattle: 38", 38),
        ("cattle: 38 con", 38),
        ("cattle: {value: 38 head, where: II.1}", 38),
        ("cattle: 1_000", 1_000),
        ("cattle: 1 000", 1_000),
        ("cattle: 0", 0),
        ("area: 4.5 ha", 4_500_000),
        ("area: 15 000 m2", 1_500_000),
        ("area: '0,01 m²'", 1),
        ("store: 46 t", 46_000),
        ("store: 46 tấn kho/lượt", 46_000),
        ("store: 46 t a batch", 46_000),
        ("clubs: 2 câu lạc bộ", 2),
        ("clubs: 1 000 Clubs", 1_000),
        ("revenue: 7.133.000 đồng", 7_133_000),
        ("revenue: 1,5 tỷ đồng", 1_500_000_000),
        ("points: 100", 10_000),
        ("balance: -1_000", -1_000),
        ("share: 5 %", 500),
        ("recognised: true", MET),
        ("recognised: Có", MET),
        ("recognised: yes", MET),
        ("recognised: không", NOT_MET),
        ("recognised: No", NOT_MET),
        ("rating: good", 2),
        ("rating: Hoàn thành  tốt nhiệm vụ", 2),
        ("rating: Tasks completed well", 2),
        ("rating: NOT completed", 4),
        ("founded: 2023-05-31", date(2023, 5, 31).toordinal()),
        ("founded: 31/05/2023", date(2023, 5, 31).toordinal()),
        ("founded: 1/6/2023", date(2023, 6, 1).toordinal()),
        ("founded: 2023-02", date(2023, 2, 28).toordinal()),
        ("founded: 02/2024", date(2024, 2, 29).toordinal()),
        ("founded: 2023-Q4", date(2023, 12, 31).toordinal()),
        ("founded: 2023", date(2023, 12, 31).toordinal()),
        ("cattle: unknown", None),
        ("cattle: Unknown", None),
        ("cattle: {value: unknown, evidence: chưa đếm}", None),
        ("cattle: {forecast: 2023-Q4}", None),
        ("rating: unknown", None),
        ("officials: unknown", None),
    ],
)
def test_a_fact_is_read_as_people_write_it(text: str, expected: object) -> None:
    """Units, groups, labels, yes and no, days; unknown stays open."""
    assert value(text) == expected


def test_the_declared_decimal_mark_counts() -> None:
    """1.000 is a thousand or one; without a declaration it is refused."""
    assert value("cattle: 1.000", "decimal: comma\n") == 1_000
    assert value("cattle: 1.000", "decimal: point\n") == 1


BAD_FACTS = [
    ("catle: 38", "fact-unknown", "catle", "did you mean `cattle`?"),
    ("goats: 38", "fact-unknown", "goats", "see its facts with `tieuchi explain herds-2023`"),
    ("cattle: 50 ha", "unit-mismatch", "50", "write it in `head`"),
    ("area: 50 con", "unit-mismatch", "50", "write it in `ha`"),
    ("area: 50 haa", "unit-unknown", "50", "did you mean"),
    ("clubs: 2 con", "unit-mismatch", "2", "write it in `item`"),
    ("area: 50 sào", "unit-unknown", "50", None),
    ("cattle: -1", "number-negative", "-1", "write 0 or more"),
    ("cattle: −1", "number-negative", "−1", "write 0 or more"),
    ("cattle: NaN", "number-not-finite", "NaN", "write a number, or `unknown`"),
    ("cattle: .nan", "number-not-finite", ".nan", "write a number, or `unknown`"),
    ("cattle: -.inf", "number-not-finite", "-.inf", "write a number, or `unknown`"),
    ("cattle: Infinity", "number-not-finite", "Infinity", "write a number, or `unknown`"),
    ("cattle: true", "boolean-for-number", "true", "write a number"),
    ("cattle: không", "boolean-for-number", "không", "write a number"),
    ("cattle: [1]", "list-for-number", "[1]", "write a number"),
    ("cattle: {value: [1]}", "list-for-number", "[1]", "write a number"),
    ("cattle: {value: {a: 1}}", "list-for-number", "{a: 1}", "write a number"),
    ("cattle: {items: [1]}", "key-unknown", "items", "remove it"),
    ("cattle: {value: 1, complete: true}", "key-unknown", "complete", "remove it"),
    ("cattle: many", "text-for-number", "many", "write a number"),
    ("cattle: 12e3", "number-malformed", "12e3", "write a number"),
    ("cattle: 1..5", "number-malformed", "1..5", "write a number"),
    ("cattle: 2.5", "number-too-fine", "2.5", "write it to that step"),
    ("cattle: '2,5 con'", "number-too-fine", "'2,5", "write it to that step"),
    ("area: 0.001 m2", "number-too-fine", "0.001 m2", "write it to that step"),
    ("cattle: 1.000", "number-ambiguous", "1.000", "add `decimal: comma`"),
    ("cattle: 1_000_000_000_001", "number-outside", "1_000", "check the number"),
    ("points: 100.01", "number-outside", "100.01", "check the number"),
    ("balance: -1_001", "number-outside", "-1_001", "check the number"),
    ("share: 4.99", "number-outside", "4.99", "check the number"),
    ("cattle:", "value-missing", "cattle", "write a value, or `unknown`"),
    ("cattle: ''", "value-missing", "cattle", "write a value, or `unknown`"),
    ("cattle: null", "value-missing", "null", "write a value, or `unknown`"),
    ("rating: {value: ~}", "value-missing", "~", "write a value, or `unknown`"),
    ("recognised: maybe", "yes-no-expected", "maybe", "write `true` or `false`"),
    ("recognised: 1", "yes-no-expected", "1", "write `true` or `false`"),
    ("recognised: [true]", "key-wrong-type", "[true]", "write `true` or `false`"),
    ("rating: goood", "label-unknown", "goood", "did you mean `good`?"),
    ("rating: fine weather", "label-unknown", "fine", "use one of `excellent`, `good`, `poor`"),
    ("rating: [good]", "key-wrong-type", "[good]", "use one of `excellent`, `good`, `poor`"),
    ("founded: 2023-02-30", "date-impossible", "2023-02-30", "write it as `2023-05-31`"),
    ("founded: 30/02/2023", "date-impossible", "30/02/2023", "write it as `2023-05-31`"),
    ("founded: 2023-13", "date-impossible", "2023-13", "write it as `2023-05-31`"),
    ("founded: 0000", "date-impossible", "0000", "write it as `2023-05-31`"),
    ("founded: 31/5/23", "date-malformed", "31/5/23", "write it as `2023-05-31`"),
    ("founded: yesterday", "date-malformed", "yesterday", "write it as `2023-05-31`"),
    ("founded: [2023]", "key-wrong-type", "[2023]", "write it as `2023-05-31`"),
    ("officials: 20", "key-wrong-type", "20", "write"),
    ("officials: [A]", "key-wrong-type", "A", "write"),
    ("officials: [{nmae: A}]", "key-unknown", "nmae", "did you mean `name`?"),
    ("officials: [{name: [A]}]", "key-wrong-type", "[A]", "write"),
    ("officials: [{name: A, years: -1}]", "number-negative", "-1", "write 0 or more"),
    ("officials: [{name: A, course: maybe}]", "yes-no-expected", "maybe", "write `true`"),
    ("officials: {complete: maybe, items: []}", "flag-expected", "maybe", "write `true`"),
]


@pytest.mark.parametrize(("text", "code", "at", "remedy"), BAD_FACTS)
def test_each_bad_value_is_one_fault_at_its_place(
    text: str, code: str, at: str, remedy: str | None
) -> None:
    """One clear line: what, where, and the remedy."""
    [found] = faults_of(f"facts:\n  {text}\n")

    column = text.index(at) + 3
    assert (found.code, found.mark) == (code, Mark("f.yaml", 2, column))
    assert remedy is None or remedy in str(remedy_text(found, "en"))
    for lang in ("vi", "en"):
        assert message(found, lang)
        assert remedy_text(found, lang)


def test_every_bad_value_of_a_file_is_shown_up_to_a_limit() -> None:
    """The rest is not looked at."""
    rows = "".join(f"  x{i}: 1\n" for i in range(1_000))

    found = faults_of(f"facts:\n{rows}")

    assert len(found) == MOST_FAULTS + 1
    assert found[-1].code == "too-many"


# ---- lists


def test_a_list_is_a_row_of_its_fields_a_member() -> None:
    """A field left out is what a fact is that nobody states; a name is kept to be shown."""
    rows = (
        "officials:\n"
        "  - {name: Bà A, course: true, years: 3, grade: good, since: 2020-02}\n"
        "  - {course: unknown, name: 01 cán bộ}\n"
        "  - {}\n"
    )

    assert value(rows) == Members(
        (
            ["Bà A", MET, 3, 2, date(2020, 2, 29).toordinal()],
            ["01 cán bộ", 3, (0, None, False), 7, (None, None, False)],
            ["", 3, (0, None, False), 7, (None, None, False)],
        ),
        complete=False,
    )


@pytest.mark.parametrize(
    ("facts", "complete", "closed"),
    [
        ("officials: [{name: A}]", False, False),
        ("officials: {items: [{name: A}]}", False, False),
        ("officials: {value: [{name: A}]}", False, False),
        ("officials: {complete: true, items: [{name: A}]}", False, True),
        ("officials: [{name: A}]", True, True),
        ("officials: {complete: false, items: [{name: A}]}", True, False),
    ],
)
def test_a_list_is_closed_by_itself_or_by_the_case(
    facts: str, *, complete: bool, closed: bool
) -> None:
    """What the list says of itself comes first."""
    assert value(facts, "complete: true\n" if complete else "").complete is closed


def test_a_complete_list_may_be_empty() -> None:
    """To say that a list is complete is to state it."""
    assert value("officials: {complete: true}") == Members((), complete=True)
    assert value("officials: {forecast: 2023-Q4}") is None


# ---- complete cases, notices, activities


def test_complete_closes_what_one_can_have_none_of() -> None:
    """Not what is stated, known to be unknown, forecast, defined otherwise or never 0."""
    given_, notices = stated(
        "cattle: 38\narea: unknown\nstore: {forecast: 2023-Q4}\n", "complete: true\n"
    )

    assert given_ == {"cattle": 38, "officials": Members((), complete=True)}
    assert notices == [Notice("declared-none", "officials", "")]
    assert stated("cattle: 38")[0] == {"cattle": 38}
    given_, notices = stated("clubs: 1", "complete: true\n")
    assert [given_[name] for name in ("cattle", "area", "store")] == [0, 0, 0]
    assert [notice.fact for notice in notices] == ["cattle", "area", "store", "officials"]


def test_how_a_unit_was_understood_is_told() -> None:
    """Converted, or taken for what it must mean; in the case's own words."""
    _, notices = stated("area: 15 000 m2\nstore: {value: 46 t}\ncattle: 38 con\n")

    assert notices == [
        Notice("converted", "area", "15 000 m2"),
        Notice("per-omitted", "store", "46 t"),
    ]


@pytest.mark.parametrize("name", ["livestock", "chăn nuôi", "Chăn Nuôi", "Animal keeping"])
def test_an_activity_leaves_the_others_out(name: str) -> None:
    """By its id or by its words."""
    given_, _ = stated("cattle: 1", f"activities: [{name}]\n")

    assert given_ == {"cattle": 1, "@activity/livestock": MET, "@activity/crops": NOT_MET}


def test_an_unknown_activity_is_a_fault() -> None:
    """With those there are, or none to choose from."""
    [found] = faults_of("facts: {cattle: 1}\nactivities: [livestck]\n")
    assert line(found, "en").endswith("did you mean `livestock`?")
    assert found.mark == Mark("f.yaml", 2, 14)
    [found] = faults_of("facts: {cattle: 1}\nactivities: [mining]\n")
    assert line(found, "en").endswith("use one of `livestock`, `crops`")
    with pytest.raises(Faults, match="has no activity called `mining`; remove it"):
        given_from(graph_of(activities=()), {}, activities=["mining"])


def test_a_case_of_several_packs_answers_each() -> None:
    """What another pack asks for is not unknown here; what none asks for is."""
    other = graph_of(
        (fact("goats", unit="head"),),
        pack="goats-2023",
        activities=(("fish", words("cá")),),
        provisions=("9.9",),
    )
    case = case_of('facts: {goats: 3, cattle: 38}\nactivities: [cá]\nforecasts: {"9.9": 2023}\n')

    given_, _ = read_given(GRAPH, case, [other])

    assert given_ == {"cattle": 38, "@activity/livestock": NOT_MET, "@activity/crops": NOT_MET}
    assert read_given(other, case, [GRAPH])[0] == {"goats": 3, "@activity/fish": MET}
    with pytest.raises(Faults) as caught:
        read_given(GRAPH, case)
    assert [f.code for f in caught.value.diagnostics] == [
        "fact-unknown",
        "activity-unknown",
        "provision-unknown",
    ]


@pytest.mark.parametrize(
    "said",
    [
        'forecasts: {"18.1.oficials": 2023-Q4}',
        'reported: {"18.1.oficials": {label: Đạt}}',
        'rollups: [{of: ["18.1.oficials"], label: Đạt}]',
    ],
)
def test_what_is_said_of_a_provision_that_is_not_there_is_a_fault(said: str) -> None:
    """It would otherwise be silently ignored."""
    [found] = faults_of(f"facts: {{cattle: 1}}\n{said}\n")

    assert found.mark == Mark("f.yaml", 2, said.index('"18.1') + 1)
    assert line(found, "en").endswith("did you mean `18.1.officials`?")
    case_of(f"facts: {{}}\n{said}\n".replace("18.1.of", "herds-2023/18.1.off"))


def test_a_provision_may_be_named_with_its_pack() -> None:
    """As it is in another pack."""
    case = case_of('facts: {}\nforecasts: {herds-2023/1.1: 2023-Q4, "1.1": 2023-06}\n')

    assert read_given(GRAPH, case) == ({}, [])


def test_what_is_open_is_as_the_decision_has_it() -> None:
    """A field that a member leaves out is treated as a fact that a case leaves out."""
    nodes = tuple(Node("fact", (), each.kind) for each in FACTS)
    graph = GRAPH._replace(nodes=nodes)

    for slot, each in enumerate(FACTS):
        assert open_value(each) == unstated(graph, slot)


# ---- facts of a program


@pytest.mark.parametrize(
    ("name", "stated_", "expected"),
    [
        ("cattle", 38, 38),
        ("cattle", "38 con", 38),
        ("cattle", Decimal("38.0"), 38),
        ("cattle", Decimal("1E+3"), 1_000),
        ("cattle", Fraction(38), 38),
        ("area", Fraction(1, 8), 125_000),
        ("area", Decimal("2.125"), 2_125_000),
        ("area", {"value": 2, "where": "II.1"}, 2_000_000),
        ("recognised", True, MET),
        ("recognised", "không", NOT_MET),
        ("rating", "good", 2),
        ("rating", normalize("NFD", "HOÀN THÀNH TỐT NHIỆM VỤ"), 2),
        ("founded", date(2023, 5, 31), date(2023, 5, 31).toordinal()),
        ("founded", "2023-05-31", date(2023, 5, 31).toordinal()),
        (
            "officials",
            [{"name": 1, "years": 3}],
            Members((["1", MET | NOT_MET, 3, 7, (None, None, False)],), False),
        ),
        ("officials", {"items": [], "complete": True}, Members((), True)),
        ("officials", (), Members((), False)),
    ],
)
def test_a_program_states_its_own_values(name: str, stated_: object, expected: object) -> None:
    """Numbers are exact and in the fact's unit."""
    assert given_from(GRAPH, {name: stated_}) == {name: expected}


@pytest.mark.parametrize(
    "nothing", [None, "unknown", {"value": None}, {"forecast": date(2023, 6, 30)}]
)
def test_a_program_leaves_open_what_it_does_not_know(nothing: object) -> None:
    """None is unknown."""
    assert (
        given_from(GRAPH, {"cattle": nothing, "rating": nothing}, complete=True)
        .keys()
        .isdisjoint({"cattle", "rating"})
    )


@pytest.mark.parametrize(
    ("name", "stated_", "code"),
    [
        ("cattle", 38.0, "float-for-number"),
        ("cattle", float("nan"), "float-for-number"),
        ("cattle", True, "boolean-for-number"),
        ("cattle", Decimal("NaN"), "number-not-finite"),
        ("cattle", Decimal("Infinity"), "number-not-finite"),
        ("cattle", Decimal("1E+999999"), "number-too-long"),
        ("cattle", Decimal("1E-999999"), "number-too-long"),
        pytest.param("cattle", 10**1_000_000, "number-too-long", id="a million digits"),
        ("cattle", -1, "number-negative"),
        ("cattle", Fraction(5, 2), "number-too-fine"),
        ("cattle", 10**13, "number-outside"),
        ("cattle", [1], "list-for-number"),
        ("cattle", date(2023, 1, 1), "text-for-number"),
        ("cattle", "1.000", "number-ambiguous"),
        ("cattle", {"valeu": 1}, "key-unknown"),
        ("recognised", 1, "yes-no-expected"),
        ("rating", 3, "label-unknown"),
        ("founded", 2023, "date-malformed"),
        ("officials", {"items": [], "complete": 1}, "flag-expected"),
        ("officials", 3, "key-wrong-type"),
        ("officials", [3], "key-wrong-type"),
        ("officials", [{"nmae": 1}], "key-unknown"),
        ("officials", [{1: 1}], "key-unknown"),
        ("catle", 3, "fact-unknown"),
    ],
)
def test_a_program_is_told_what_it_states_wrongly(name: str, stated_: object, code: str) -> None:
    """At the name of the fact, since there is no file."""
    with pytest.raises(Faults) as caught:
        given_from(GRAPH, {"area": 1, name: stated_})

    [found] = caught.value.diagnostics
    assert (found.code, found.mark) == (code, Mark(name))
    for lang in ("vi", "en"):
        assert line(found, lang).startswith(f"{name}: ")


def test_nodes_of_a_file_keep_their_places() -> None:
    """As where a test of a pack states its facts."""
    [document] = read("given: {cattle: 2.5}\n", "t.yaml")

    with pytest.raises(Faults) as caught:
        given_from(GRAPH, document["given"], file="t.yaml")

    assert [found.mark for found in caught.value.diagnostics] == [Mark("t.yaml", 1, 17)]


def test_a_program_names_activities_and_the_decimal_mark() -> None:
    """As a case does."""
    found = given_from(GRAPH, {"cattle": "1.000"}, decimal="comma", activities=["crops"])

    assert found == {"cattle": 1_000, "@activity/livestock": NOT_MET, "@activity/crops": MET}
    with pytest.raises(Faults, match=r"^activities: .*did you mean `crops`"):
        given_from(GRAPH, {}, activities=["crop"])


# ---- files


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with two cases in two files, and what is none."""
    (tmp_path / "b.yaml").write_text("subject: B\npack: x\n---\nsubject: C\npack: x\n", "utf-8")
    (tmp_path / "a.yaml").write_text("subject: A\npack: x\n", "utf-8")
    (tmp_path / ".hidden.yaml").write_text("[", "utf-8")
    (tmp_path / "notes.txt").write_text("[", "utf-8")
    (tmp_path / "empty.yaml").mkdir()
    return iter([tmp_path])


def test_cases_come_from_files_folders_and_standard_input(folder: Iterator[Path]) -> None:
    """In the order named, a folder's by name; one file may hold several."""
    path = next(folder)
    stdin = io.BytesIO(b"subject: D\npack: x\n")

    cases = load_cases([str(path), "-", str(path / "a.yaml")], stdin=stdin)

    assert [case.subject for case in cases] == ["A", "B", "C", "D", "A"]
    assert [case.file for case in cases][2:4] == [str(path / "b.yaml"), "-"]
    assert cases[2].mark.line == 4
    assert load_cases([]) == []


def test_all_faults_of_all_files_are_gathered(tmp_path: Path) -> None:
    """Nothing is decided before every file was read."""
    (tmp_path / "a.yaml").write_text("a: 1\n", "utf-8")
    (tmp_path / "b.yaml").write_text("pack: x\n---\nfacts: 3\n", "utf-8")
    (tmp_path / "none").mkdir()
    asked = [tmp_path, tmp_path / "none", tmp_path / "gone.yaml", ""]

    with pytest.raises(Faults) as caught:
        load_cases([*map(str, asked), "a\0b"])

    assert [(f.code, Path(f.mark.file).name) for f in caught.value.diagnostics] == [
        ("not-a-case", "a.yaml"),
        ("key-wrong-type", "b.yaml"),
        ("folder-no-cases", "none"),
        ("file-missing", "gone.yaml"),
        ("file-missing", "''"),
        ("file-unreadable", "a\0b"),
    ]


def test_a_folder_that_may_not_be_read_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that cannot be."""
    denied = PermissionError(13, "Permission denied")
    for error, code in ((denied, "file-denied"), (OSError(5, "I/O error"), "file-unreadable")):

        def refuse(_: Path, error: OSError = error) -> bool:
            raise error

        monkeypatch.setattr(Path, "is_dir", refuse)
        with pytest.raises(Faults) as caught:
            load_cases(["x"])
        assert [found.code for found in caught.value.diagnostics] == [code]


def test_standard_input_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed, or none at all."""
    closed = io.BytesIO()
    closed.close()
    for stdin in (closed, None):
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(Faults, match=r"^-: this file cannot be read: stdin"):
            load_cases(["-"], stdin=stdin)


def test_a_file_of_many_bad_cases_stops(tmp_path: Path) -> None:
    """After so many faults the rest is not looked at."""
    path = tmp_path / "many.yaml"
    keys = "".join(f"x{i}: 1\n" for i in range(200))
    for text in ("---\n".join(["a: 1\n"] * 200), f"pack: a\n{keys}"):
        path.write_text(text, "utf-8")

        with pytest.raises(Faults) as caught:
            load_cases([str(path)])

        assert MOST_FAULTS < len(caught.value.diagnostics) <= MOST_FAULTS + 2
        assert [f.code for f in caught.value.diagnostics].count("too-many") == 1
        assert caught.value.diagnostics[-1].code == "too-many"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"38\n", "document-not-map"),
        (b"facts:\n\tcattle: 1\n", "yaml-tab"),
        (b"facts: {cattle: 1, cattle: 2}\n", "duplicate-key"),
        (b"facts: {cattle: &a 1}\n", "yaml-anchor"),
        (b"facts: {cattle: *a}\n", "yaml-alias"),
        (b"facts: {cattle: !!int 1}\n", "yaml-tag"),
        (b"\x7fELF\x02\x01\x01\x00", "file-character"),
        (b"\xff\xfe", "file-not-utf8"),
        (b"facts: " + b"[" * 20_000, "yaml-deep"),
        (b"a" * (LIMIT + 1), "file-large"),
    ],
    ids=[
        "empty",
        "scalar",
        "tab",
        "duplicate",
        "anchor",
        "alias",
        "tag",
        "binary",
        "latin",
        "deep",
        "large",
    ],
)
def test_a_file_that_is_no_case_is_one_fault(tmp_path: Path, content: bytes, code: str) -> None:
    """And soon so."""
    path = tmp_path / "f.yaml"
    path.write_bytes(content)
    started = time.perf_counter()

    with pytest.raises(Faults) as caught:
        load_cases([str(path)])

    assert [found.code for found in caught.value.diagnostics] == [code]
    assert time.perf_counter() - started < 2


def test_a_number_of_a_million_digits_is_refused_at_once() -> None:
    """With a line that fits the screen."""
    started = time.perf_counter()

    [found] = faults_of(f"facts: {{cattle: {'9' * 1_000_000}}}\n")

    assert found.code == "number-too-long"
    assert len(line(found, "en")) < 200
    assert time.perf_counter() - started < 1


def test_a_large_case_is_read_soon() -> None:
    """20 000 members of a list."""
    rows = "".join(f"  - {{name: {i}, course: true}}\n" for i in range(20_000))
    started = time.perf_counter()

    given_, _ = read_given(GRAPH, case_of(f"facts:\n  officials:\n{rows}"))

    assert len(given_["officials"].rows) == 20_000
    assert time.perf_counter() - started < 5


# ---- laws


UNITS = {
    "area": ["ha", "m2", "m²", "hécta"],
    "store": ["t/batch", "kg/lượt", "tạ/batch", "tấn/lượt"],
    "revenue": ["đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "vnđ"],
}


@given(st.sampled_from(sorted(UNITS)), st.integers(0, 10**9), st.data())
def test_the_same_quantity_in_any_unit_is_the_same_integer(
    name: str, steps: int, data: st.DataObject
) -> None:
    """What is written in one unit, in another, or bare is one number of steps."""
    of = next(each for each in FACTS if each.id == name)
    other = data.draw(st.sampled_from(UNITS[name]))
    own, there = parse_unit(of.unit), parse_unit(other)
    exact = Fraction(steps * of.num, of.den)
    elsewhere = exact * Fraction(*own.factor) / Fraction(*there.factor)
    written = f"{Decimal(elsewhere.numerator) / Decimal(elsewhere.denominator):f} {other}"

    found = given_from(GRAPH, {name: written}, decimal="point")

    assert found == given_from(GRAPH, {name: exact}) == {name: steps}


@given(st.integers(0, 10**12))
def test_numbers_as_people_write_them_are_one(number: int) -> None:
    """Grouped by dot, comma, space or underscore, and with the mark declared."""
    plain = str(number)
    vietnamese, english = people_text(plain, "vi"), people_text(plain, "en")
    for text, decimal in ((vietnamese, "comma"), (english, "point")):
        head = f"decimal: {decimal}\n"
        assert value(f"cattle: '{text}'", head) == number
        assert value(f"cattle: {english.replace(',', ' ')} con", head) == number
        assert value(f"cattle: {english.replace(',', '_')}", head) == number
    assert value(f"cattle: {plain}") == number


@given(st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]))
def test_composed_and_decomposed_text_are_one(one: Any, other: Any) -> None:
    """Ids, labels and units, in the case and in the pack alike."""
    label = normalize(other, "Đạt chuẩn")
    graph = graph_of(
        (
            fact("xã", "class", labels=((normalize(other, "đạt"), Words(label, "standard")),)),
            fact("kho", unit="t", label=Words(normalize(other, "tấn kho đầy"), "t")),
        )
    )
    text = "facts: {xã: ĐẠT CHUẨN, kho: 5 Tấn kho đầy}\nactivities: []\n"
    [document] = read(normalize(one, text), "f.yaml")

    given_, _ = read_given(graph, read_case(document, "f.yaml"))

    assert given_ == {"xã": 1, "kho": 5_000}
    assert given_from(graph, {"xã": normalize(one, "Đạt")}) == {"xã": 1}


@given(st.dates())
def test_a_day_is_read_back_as_written(day: date) -> None:
    """Year first or day first; a month is its last day."""
    ordinal = day.toordinal()
    assert read_day(day.isoformat()) == ordinal
    assert read_day(f"{day.day}/{day.month}/{day.year:04}") == ordinal
    if day < date(9999, 12, 1):
        last = read_day(f"{day.year:04}-{day.month:02}")
        assert date.fromordinal(last + 1).day == 1
        assert 0 <= last - ordinal <= 30


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_one_fault(text: str) -> None:
    """Nothing else is raised, whatever was written."""
    for each in FACTS:
        try:
            given_from(GRAPH, {each.id: text})
        except Faults as faults:
            found = faults.diagnostics
        else:
            continue
        assert len(found) == 1
        assert line(found[0], "vi")


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_misstated(text: str) -> None:
    """A figure in a report as well."""
    with suppress(Misstated):
        assert read_figure(Text(text)).written == text


# ---- as it ships


@pytest.mark.parametrize("module", [figure, reading])
def test_what_the_documentation_says_is_so(module: Any) -> None:
    """The examples in the docstrings."""
    assert doctest.testmod(module).failed == 0


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples do not ship")
def test_the_examples_are_cases() -> None:
    """Each of them, and the report as a folder."""
    files = sorted(str(path) for path in EXAMPLES.iterdir() if path.name != "run.sh")

    cases = load_cases(files)

    assert len(cases) >= len(files)
    assert all(case.packs and case.as_of and case.facts for case in cases)


def test_to_read_a_case_loads_nothing_heavy() -> None:
    """It is on the way of every start."""
    heavy = {"pydantic", "pydantic_core", "click", "rich", "fractions", "decimal", "durable"}
    script = "import sys, tieuchi.engine.case; print(*sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert heavy.isdisjoint(done.stdout.split())
