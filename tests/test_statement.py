"""Facts as people write them become the integers of a graph, or one fault at their place."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stated import FACTS, GRAPH, fact, faults_of, graph_of, value

from tieuchi.engine.case_file import read_case
from tieuchi.engine.diagnostic import Faults, Mark, line, message, remedy_text
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.quantity import parse_unit, people_text
from tieuchi.engine.reading import read_day
from tieuchi.engine.source import MOST_FAULTS, read
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words


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
        ("rating: hoan thanh tot nhiem vu", 2),
        ("rating: Hoàn thanh tốt NHIEM vu", 2),
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
    ("rating: hoàn thánh tốt nhiệm vụ", "label-unknown", "hoàn", "did you mean"),
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
