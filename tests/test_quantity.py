"""Numbers with units: what is accepted, what is refused, and the laws that exactness obeys."""

import doctest
import re
import time
from contextlib import suppress
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tieuchi.engine import quantity
from tieuchi.engine.quantity import (
    DecimalMark,
    Pair,
    QuantityError,
    Unit,
    convert,
    decimal_text,
    default_closes,
    divide,
    multiply,
    parse_unit,
    people_text,
    read_number,
    read_quantity,
    same_dimension,
    to_steps,
    unit_label,
    unit_names,
)

SIMPLE = [
    "1", "%", "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "m2", "ha", "m3", "l", "kg", "yến",
    "tạ", "t", "head", "lu", "person", "tree", "parcel", "item", "point", "batch", "day", "month",
    "year",
]  # fmt: skip
COMPOUND = [
    "đồng/m2", "đồng/ha", "triệu đồng/ha", "đồng/person/month", "đồng/year", "t/batch", "t/ha",
    "kg/m2", "tree/year", "l/head/day", "head/m2", "%/year", "1/month", "person·month",
]  # fmt: skip

units = st.sampled_from(SIMPLE + COMPOUND).map(parse_unit)
numbers = st.tuples(st.integers(-(10**18), 10**18), st.integers(0, 8)).map(
    lambda drawn: Fraction(drawn[0], 10 ** drawn[1])
)


def pair(number: Fraction) -> Pair:
    """A fraction as the module writes it."""
    return number.numerator, number.denominator


def based(number: Fraction, unit: Unit) -> Fraction:
    """A value in a unit as a value in base units."""
    return number * Fraction(*unit.factor)


def refusal(text: str, decimal: DecimalMark | None = None, *, pack: bool = False) -> str:
    """The code that a number is refused with, or that it is not."""
    try:
        read_number(text, decimal, pack=pack)
    except QuantityError as error:
        return error.code
    return "accepted"


def test_doctests() -> None:
    """The examples in the docstrings come out as they say."""
    outcome = doctest.testmod(quantity)

    assert (outcome.failed, outcome.attempted > 0) == (0, True)


# ---- units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((unit, unit) for unit in SIMPLE + COMPOUND),
        ("con", "head"), ("đầu con", "head"), ("heads", "head"), ("con giống", "head"),
        ("tấn", "t"), ("Tấn", "t"), ("T", "t"), ("KG", "kg"), ("  ha ", "ha"), ("HA", "ha"),
        ("cây", "tree"), ("trees", "tree"), ("thửa", "parcel"), ("thửa  đất", "parcel"),
        ("người", "person"), ("people", "person"), ("lượt", "batch"), ("mẻ", "batch"),
        ("tháng", "month"), ("năm", "year"), ("ngày", "day"), ("days", "day"),
        ("m²", "m2"), ("M2", "m2"), ("m^2", "m2"), ("m³", "m3"), ("mét vuông", "m2"),
        ("lít", "l"), ("L", "l"), ("hecta", "ha"), ("héc-ta", "ha"), ("hectares", "ha"),
        ("đ", "đồng"), ("Đ", "đồng"), ("VND", "đồng"), ("vnđ", "đồng"), ("VNĐ", "đồng"),
        ("₫", "đồng"), ("Đồng", "đồng"), ("triệu đ", "triệu đồng"), ("tỉ đồng", "tỷ đồng"),
        ("tỷ VND", "tỷ đồng"), ("ngàn đồng", "nghìn đồng"), ("million dong", "triệu đồng"),
        ("điểm", "point"), ("ĐVN", "lu"), ("livestock units", "lu"), ("items", "item"),
        ("phần trăm", "%"), ("tấn/lượt", "t/batch"), ("tấn kho/lượt", "t/batch"),
        ("tấn sản phẩm / lượt", "t/batch"), ("cây/năm", "tree/year"), ("đ/m²", "đồng/m2"),
        ("đồng/người/tháng", "đồng/person/month"), ("đồng/tháng/người", "đồng/person/month"),
        ("month·person", "person·month"), ("triệu đồng/hecta", "triệu đồng/ha"),
    ],
)  # fmt: skip
def test_parse_unit(text: str, expected: str) -> None:
    """Ids and the names that people use are units, under one id each."""
    assert parse_unit(text).id == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "mẫu", "sào", "công", "ton", "mét", "m", "m4", "con bò", "triệu", "hộ", "/", "/ha",
        "ha/", "ha//năm", "đồng/mẫu", "·", "2", "%%", "kg/kg", "ha/m2", "kg/%", "kg/1", "1/%",
        "%·kg", "1·1", "x" * 1_000_000, "ha/" * 100_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_parse_unit_refuses(text: str) -> None:
    """What has several sizes, no size, or something to cancel is no unit, and quickly so."""
    start = time.perf_counter()
    with pytest.raises(QuantityError) as caught:
        parse_unit(text)

    assert caught.value.code == "unit-unknown"
    assert all(len(fact) <= 100 for fact in caught.value.facts.values())
    assert time.perf_counter() - start < 1


def test_unknown_part_is_named() -> None:
    """Of a compound the error names the part that is not known."""
    with pytest.raises(QuantityError) as caught:
        parse_unit("đồng/mẫu")

    assert caught.value.facts == {"written": "đồng/mẫu", "part": "mẫu"}


@pytest.mark.parametrize(
    ("text", "dimension", "factor", "step"),
    [
        ("m2", (("m2", 1),), (1, 1), (1, 100)),
        ("ha", (("m2", 1),), (10_000, 1), (1, 1_000_000)),
        ("l", (("l", 1),), (1, 1), (1, 1)),
        ("m3", (("l", 1),), (1_000, 1), (1, 1_000)),
        ("kg", (("kg", 1),), (1, 1), (1, 1)),
        ("yến", (("kg", 1),), (10, 1), (1, 10)),
        ("tạ", (("kg", 1),), (100, 1), (1, 100)),
        ("t", (("kg", 1),), (1_000, 1), (1, 1_000)),
        ("đồng", (("đồng", 1),), (1, 1), (1, 1)),
        ("tỷ đồng", (("đồng", 1),), (10**9, 1), (1, 10**9)),
        ("head", (("head", 1),), (1, 1), (1, 1)),
        ("item", (("item", 1),), (1, 1), (1, 1)),
        ("lu", (("lu", 1),), (1, 1), (1, 10_000)),
        ("point", (("point", 1),), (1, 1), (1, 100)),
        ("%", (), (1, 100), (1, 100)),
        ("1", (), (1, 1), (1, 10_000)),
        ("month", (("month", 1),), (1, 1), (1, 1)),
        ("year", (("year", 1),), (1, 1), (1, 1)),
        ("t/batch", (("batch", -1), ("kg", 1)), (1_000, 1), (1, 1_000)),
        ("đồng/ha", (("m2", -1), ("đồng", 1)), (1, 10_000), (1, 1)),
        ("đồng/person/month", (("month", -1), ("person", -1), ("đồng", 1)), (1, 1), (1, 1)),
    ],
)
def test_unit(text: str, dimension: tuple[tuple[str, int], ...], factor: Pair, step: Pair) -> None:
    """Dimension, size and step are those of the design; a compound has its numerator's step."""
    assert parse_unit(text) == Unit(text, dimension, factor, step)


@pytest.mark.parametrize(
    ("a", "b"), [("day", "month"), ("month", "year"), ("head", "lu"), ("%", "point"), ("t", "m3")]
)
def test_different_dimensions(a: str, b: str) -> None:
    """What looks alike and is not the same thing cannot be compared."""
    assert not same_dimension(parse_unit(a), parse_unit(b))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("m2", "đồng/m2", "đồng"),
        ("ha", "đồng/m2", "đồng"),
        ("ha", "t/ha", "t"),
        ("t/batch", "batch", "t"),
        ("đồng/person/month", "person", "đồng/month"),
        ("đồng/person/month", "month", "đồng/person"),
        ("head", "1", "head"),
        ("%", "đồng", "đồng"),
        ("đồng", "%", "đồng"),
        ("%", "1", "%"),
        ("%", "%", "1"),
        ("1", "1", "1"),
        ("%/year", "year", "%"),
        ("%/year", "đồng", "đồng/year"),
        ("person", "month", "person·month"),
        ("month", "person", "person·month"),
        ("đồng/ha", "ha", "đồng"),
        ("1/month", "month", "1"),
    ],
)
def test_multiply(a: str, b: str, expected: str) -> None:
    """A product's unit is cancelled and has one id."""
    assert multiply(parse_unit(a), parse_unit(b)).id == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("đồng", "person", "đồng/person"),
        ("đồng/month", "person", "đồng/person/month"),
        ("đồng", "đồng/m2", "m2"),
        ("head", "head", "1"),
        ("ha", "m2", "1"),
        ("kg", "1", "kg"),
        ("%", "1", "%"),
        ("%", "%", "1"),
        ("đồng", "%", "đồng"),
        ("1", "month", "1/month"),
        ("person·month", "month", "person"),
    ],
)
def test_divide(a: str, b: str, expected: str) -> None:
    """A quotient's unit is cancelled and has one id."""
    assert divide(parse_unit(a), parse_unit(b)).id == expected


@given(units, units)
def test_product_is_a_unit(a: Unit, b: Unit) -> None:
    """A product or quotient is what its id says, and its exponents are the sum or difference."""
    expected = {}
    for sign, result in ((1, multiply(a, b)), (-1, divide(a, b))):
        expected = dict(a.dimension)
        for base, exponent in b.dimension:
            expected[base] = expected.get(base, 0) + sign * exponent

        assert dict(result.dimension) == {base: n for base, n in expected.items() if n}
        assert parse_unit(result.id) == result


@given(units, units, numbers, numbers.filter(bool))
def test_divide_undoes_multiply(a: Unit, b: Unit, x: Fraction, y: Fraction) -> None:
    """(x·a × y·b) ÷ y·b is x·a, scaled at each step by the factors as `multiply` says."""
    product = multiply(a, b)
    value = x * y * Fraction(*a.factor) * Fraction(*b.factor) / Fraction(*product.factor)
    quotient = divide(product, b)
    back = value * Fraction(*product.factor) / y / Fraction(*b.factor) / Fraction(*quotient.factor)

    assert same_dimension(quotient, a)
    assert convert(pair(back), quotient, a) == pair(x)


@given(units, units)
def test_multiply_commutes(a: Unit, b: Unit) -> None:
    """The order of factors makes no difference to what a product is."""
    assert multiply(a, b).dimension == multiply(b, a).dimension


@given(st.sampled_from(unit_names()), st.sampled_from(unit_names()))
def test_decomposed_names_are_the_same(above: str, below: str) -> None:
    """NFC and NFD spellings of a unit are one unit."""
    for text in (above, f"{above}/{below}"):
        try:
            expected = parse_unit(normalize("NFC", text))
        except QuantityError:
            continue

        assert parse_unit(normalize("NFD", text)) == expected


@given(units, numbers, st.data())
def test_convert_is_exact(unit: Unit, number: Fraction, data: st.DataObject) -> None:
    """A conversion keeps the quantity, and the way back gives the very number."""
    alike = [u for u in map(parse_unit, SIMPLE + COMPOUND) if same_dimension(u, unit)]
    other = data.draw(st.sampled_from(alike))
    there = convert(pair(number), unit, other)

    assert based(Fraction(*there), other) == based(number, unit)
    assert convert(there, other, unit) == pair(number)


@pytest.mark.parametrize(
    "text",
    ["head", "tree", "m2", "ha", "m3", "l", "kg", "t", "tạ", "t/batch", "tree/year", "l/head/day"],
)
def test_closes(text: str) -> None:
    """What a holding can simply have none of is zero when a case is complete."""
    assert default_closes(parse_unit(text))


@pytest.mark.parametrize(
    "text",
    [
        "đồng", "person", "%", "1", "point", "item", "parcel", "lu", "batch", "day", "month",
        "year", "đồng/m2", "person/head", "đồng/person/month", "%/year", "1/month", "person·month",
    ],
)  # fmt: skip
def test_stays_open(text: str) -> None:
    """Money, people, shares, points and dates are never taken for zero."""
    assert not default_closes(parse_unit(text))


# ---- reading numbers

ACCEPTED: list[tuple[str, DecimalMark | None, Pair]] = [
    ("0", None, (0, 1)), ("-0", None, (0, 1)), ("007", None, (7, 1)), ("01", None, (1, 1)),
    ("38", None, (38, 1)), ("+38", None, (38, 1)), ("-38", None, (-38, 1)), ("−38", None, (-38, 1)),
    ("4,5", None, (9, 2)), ("4.5", None, (9, 2)), ("1.10", None, (11, 10)),
    ("1 000", None, (1000, 1)), ("1_000", None, (1000, 1)), ("1\u00a0000", None, (1000, 1)),
    ("1\u202f000 000", None, (1_000_000, 1)), (" 12 ", None, (12, 1)), ("1000", None, (1000, 1)),
    ("1.000,5", None, (2001, 2)), ("1,000.5", None, (2001, 2)), ("1 000,5", None, (2001, 2)),
    ("1 000.500", None, (2001, 2)), ("1_000,25", None, (4001, 4)), ("1000.500", None, (2001, 2)),
    ("1.000.000", None, (1_000_000, 1)), ("1,000,000", None, (1_000_000, 1)),
    ("1.000.000,125", None, (8_000_001, 8)), ("-1.000.000", None, (-1_000_000, 1)),
    ("0.125", None, (1, 8)), ("0,125", None, (1, 8)), ("2,1250", None, (17, 8)),
    ("1147,7", None, (11477, 10)), ("12345,678", None, (6172839, 500)),
    ("1.000", "point", (1, 1)), ("1.000", "comma", (1000, 1)), ("1,000", "point", (1000, 1)),
    ("1,000", "comma", (1, 1)), ("2,125", "comma", (17, 8)), ("2,125", "point", (2125, 1)),
    ("1.000,5", "comma", (2001, 2)), ("1,000.5", "point", (2001, 2)), ("4,5", "comma", (9, 2)),
    ("9" * 40, None, (10**40 - 1, 1)),
]  # fmt: skip

MALFORMED: list[tuple[str, DecimalMark | None]] = [
    ("", None), (" ", None), ("abc", None), ("-", None), ("+-1", None), ("- 1", None), ("1-", None),
    ("--1", None), (".5", None), ("5.", None), (",", None), ("5,", None), ("1..5", None),
    ("1e5", None), ("1E5", None), ("1e-5", None), ("0x10", None), ("1/2", None), ("5-10", None),
    ("12 34", None), ("1  000", None), ("1000 000", None), ("1 00", None), ("1_00", None),
    ("_1", None), ("1_", None), ("1__000", None), ("1.00.000", None), ("1000.000.000", None),
    ("1.000.00", None), ("0.000.000", None), ("1 000_000", None), ("1.000,5,5", None),
    ("1,5.000,5", None), ("1,5.000.5", None), ("0 000", None), ("1,5 000", None),
    ("٥", None), ("５０", None), ("१२", None), ("5²", None), ("½", None), ("1\u200b000", None),
    ("true", None), ("≥ 50", None), ("50 con", None), ("4,5", "point"), ("4.5", "comma"),
    ("1,000.5", "comma"), ("1.000,5", "point"), ("1.000.000", "point"), ("0.125", "comma"),
    ("1 000.000", "comma"), ("1,0000", "point"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "decimal", "expected"), ACCEPTED)
def test_read_number(text: str, decimal: DecimalMark | None, expected: Pair) -> None:
    """Numbers as people write them are read exactly."""
    assert read_number(text, decimal) == expected


@pytest.mark.parametrize(("text", "decimal"), MALFORMED)
def test_read_number_refuses(text: str, decimal: DecimalMark | None) -> None:
    """What is no number, or none under the mark declared, is refused."""
    with pytest.raises(QuantityError) as caught:
        read_number(text, decimal)

    facts = {"written": text.strip()} | ({"decimal": decimal} if decimal else {})
    assert (caught.value.code, caught.value.facts) == ("number-malformed", facts)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1.000", "1", "1000"), ("1,000", "1000", "1"), ("2,125", "2125", "2.125"),
        ("12.500", "12.5", "12500"), ("-999,999", "-999999", "-999.999"), ("+1.500", "1.5", "1500"),
        ("01.000", "1", "1000"),
    ],
)  # fmt: skip
def test_ambiguous_shows_both(text: str, point: str, comma: str) -> None:
    """A number that could be two is refused with both readings."""
    with pytest.raises(QuantityError) as caught:
        read_number(text)

    facts = {"written": text, "as_point": point, "as_comma": comma}
    assert (caught.value.code, caught.value.facts) == ("number-ambiguous", facts)


@given(st.from_regex(r"[+-]?[0-9]{0,4}[., _]?[0-9]{0,4}[.,]?[0-9]{0,4}", fullmatch=True))
def test_ambiguous_only_by_the_rule(text: str) -> None:
    """Exactly where one mark stands after 1-3 digits that are not "0" and before three."""
    rule = re.fullmatch(r"[+-]?(?!0[.,])[0-9]{1,3}[.,][0-9]{3}", text) is not None

    assert (refusal(text) == "number-ambiguous") == rule
    assert "number-ambiguous" not in (refusal(text, "point"), refusal(text, "comma"))


@given(st.from_regex(r"[0-9]{1,4}[., _]?[0-9]{0,4}[., ]?[0-9]{0,4}", fullmatch=True))
def test_undeclared_agrees_with_a_declaration(text: str) -> None:
    """What is read without a declaration is what one of the two declarations reads."""
    if refusal(text) == "accepted":
        readings = {
            read_number(text, d) for d in ("point", "comma") if refusal(text, d) == "accepted"
        }

        assert read_number(text) in readings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1_500_000", (1_500_000, 1)), ("2.125", (17, 8)), ("1.000", (1, 1)), ("-5", (-5, 1)),
        ("1_000.5", (2001, 2)), ("50", (50, 1)), ("0.000", (0, 1)), (" 7 ", (7, 1)),
    ],
)  # fmt: skip
def test_read_number_of_a_pack(text: str, expected: Pair) -> None:
    """In packs the point is decimal and "_" groups, so nothing is ambiguous."""
    assert read_number(text, pack=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "4,5",
        "1 000",
        "1\u00a0000",
        "1.000.000",
        "1.000,5",
        "1_00",
        "1000_000",
        "−5",
        "1.",
        "1e5",
        "",
    ],
)
def test_read_number_of_a_pack_refuses(text: str) -> None:
    """In packs nothing else is a number."""
    assert refusal(text, pack=True) == "number-malformed"


@pytest.mark.parametrize(
    "text", ["nan", "NaN", ".nan", "inf", "-inf", "+Inf", "Infinity", ".inf", "-.INF", "∞", " inf "]
)
def test_not_finite(text: str) -> None:
    """NaN and infinity are refused under their own code, with a unit and without."""
    with pytest.raises(QuantityError) as caught:
        read_quantity(f"{text.strip()} ha", parse_unit("ha"))

    assert caught.value.code == "number-not-finite"
    assert refusal(text) == "number-not-finite"


@pytest.mark.parametrize(
    "text",
    [
        "9" * 41, "-" + "1" * 41, "0." + "0" * 40, "1" * 1_000_000, "1" * 1_000_000 + " ha",
        "0." + "1" * 1_000_000, "1.000" * 1_000_000,
    ],
    ids=lambda text: f"{text[:6]}-{len(text)}",
)  # fmt: skip
def test_too_long(text: str) -> None:
    """A number of a million digits is refused at once, and shown in short."""
    start = time.perf_counter()
    with pytest.raises(QuantityError) as caught:
        read_quantity(text, parse_unit("ha"))

    assert (caught.value.code, caught.value.facts["limit"]) == ("number-too-long", "40")
    assert len(caught.value.facts["written"]) <= 60
    assert time.perf_counter() - start < 1


def test_endless_text_is_not_a_number() -> None:
    """A text of a million letters is no number, and is shown in short."""
    with pytest.raises(QuantityError) as caught:
        read_number("a" * 1_000_000)

    assert caught.value.code == "number-malformed"
    assert len(caught.value.facts["written"]) == 60


@given(st.text() | st.text("0123456789.,_-+ \u00a0\u202f−eE%/ha²naif"), st.booleans())
def test_one_error_type(text: str, pack: bool) -> None:
    """Whatever is written, it is a quantity or a `QuantityError`."""
    with suppress(QuantityError):
        num, den = read_quantity(text, parse_unit("ha"), pack=pack).value

        assert den > 0
        assert Fraction(num, den).denominator == den


@given(
    st.integers(0, 10**15),
    st.text("0123456789", max_size=6),
    st.sampled_from(["", "-", "+", "−"]),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "_", "other"]),
    st.sampled_from(["point", "comma"]),
)
def test_written_numbers_round_trip(
    whole: int, fraction: str, sign: str, group: str, decimal: DecimalMark
) -> None:
    """However people group and whichever mark they use, once declared it is their number."""
    mark, other = (".", ",") if decimal == "point" else (",", ".")
    written = f"{whole:,}".replace(",", other if group == "other" else group)
    text = sign + written + (mark + fraction if fraction else "")
    expected = Fraction(f"{whole}.{fraction or 0}") * (-1 if sign in ("-", "−") else 1)

    assert read_number(text, decimal) == pair(expected)
    assert refusal(text) == "number-ambiguous" or read_number(text) == pair(expected)


# ---- reading quantities


@pytest.mark.parametrize(
    ("text", "unit", "value", "written", "note"),
    [
        ("4,5 ha", "ha", (9, 2), "ha", None),
        ("4,5ha", "ha", (9, 2), "ha", None),
        ("4,5", "ha", (9, 2), None, None),
        ("15 000 m2", "ha", (3, 2), "m2", "converted"),
        ("15\u00a0000\u00a0m²", "ha", (3, 2), "m2", "converted"),
        ("50 con", "head", (50, 1), "head", None),
        ("46 t", "t/batch", (46, 1), "t", "per-omitted"),
        ("46 000 kg", "t/batch", (46, 1), "kg", "per-omitted"),
        ("46 tấn kho/lượt", "t/batch", (46, 1), "t/batch", None),
        ("46", "t/batch", (46, 1), None, None),
        ("460 tạ/lượt", "t/batch", (46, 1), "tạ/batch", "converted"),
        ("13,2 triệu đồng", "đồng", (13_200_000, 1), "triệu đồng", "converted"),
        ("2 tỷ đồng", "đồng", (2 * 10**9, 1), "tỷ đồng", "converted"),
        ("1,4 triệu đồng", "đồng/person/month", (1_400_000, 1), "triệu đồng", "per-omitted"),
        ("80.000.000 đ/ha", "đồng/m2", (8_000, 1), "đồng/ha", "converted"),
        ("110 %", "%", (110, 1), "%", None),
        ("110%", "1", (11, 10), "%", "converted"),
        ("5₫", "đồng", (5, 1), "đồng", None),
        ("-3 point", "point", (-3, 1), "point", None),
        ("1 m3", "l", (1_000, 1), "m3", "converted"),
        ("1 l", "m3", (1, 1_000), "l", "converted"),
        ("2,5 con", "head", (5, 2), "head", None),
    ],
)
def test_read_quantity(
    text: str, unit: str, value: Pair, written: str | None, note: str | None
) -> None:
    """A quantity is read in the unit asked for, and says what was done to it."""
    reading = read_quantity(text, parse_unit(unit))

    written_unit = reading.written_unit and reading.written_unit.id
    assert (reading.value, written_unit, reading.note) == (value, written, note)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("50 con", "ha", "unit-mismatch"),
        ("50 ha", "head", "unit-mismatch"),
        ("46 t/batch", "t", "unit-mismatch"),
        ("46 t/day", "t/batch", "unit-mismatch"),
        ("46 ha", "t/batch", "unit-mismatch"),
        ("1 đồng/person", "đồng/person/month", "unit-mismatch"),
        ("12 month", "year", "unit-mismatch"),
        ("5 point", "%", "unit-mismatch"),
        ("1,5 mẫu", "ha", "unit-unknown"),
        ("50 con bò", "head", "unit-unknown"),
        ("1 triệu", "đồng", "unit-unknown"),
        ("ha", "ha", "number-malformed"),
        ("", "ha", "number-malformed"),
        ("5 - 10 ha", "ha", "number-malformed"),
        ("19/20", "head", "number-malformed"),
        ("1e5", "ha", "number-malformed"),
        ("1E-5 ha", "ha", "number-malformed"),
        ("5٠ ha", "ha", "number-malformed"),
        ("５０ ha", "ha", "number-malformed"),
        ("true", "ha", "number-malformed"),
        ("≥ 50 con", "head", "number-malformed"),
        ("5. ha", "ha", "number-malformed"),
        ("2,125 ha", "ha", "number-ambiguous"),
        ("1.000", "ha", "number-ambiguous"),
    ],
)
def test_read_quantity_refuses(text: str, unit: str, code: str) -> None:
    """Another dimension, an unknown unit, or no number: each has its code."""
    with pytest.raises(QuantityError) as caught:
        read_quantity(text, parse_unit(unit))

    assert caught.value.code == code


def test_mismatch_names_both_units() -> None:
    """Hectares are no heads: the error says what was written and what is expected."""
    with pytest.raises(QuantityError) as caught:
        read_quantity("50 con", parse_unit("ha"))

    assert caught.value.facts == {"written": "50 con", "unit": "head", "expected": "ha"}


def test_read_quantity_of_a_pack() -> None:
    """A pack's quantities are read by the pack's rules."""
    assert read_quantity("1_500_000 đồng", parse_unit("đồng"), pack=True).value == (1_500_000, 1)
    with pytest.raises(QuantityError, match="number-malformed"):
        read_quantity("1 500 000 đồng", parse_unit("đồng"), pack=True)


@given(units, numbers, st.data())
def test_any_unit_gives_the_same_quantity(
    unit: Unit, number: Fraction, data: st.DataObject
) -> None:
    """The same quantity, written in any unit of its dimension, is the same value."""
    names = [name for name in SIMPLE + COMPOUND if not name.startswith("1")] + ["%/month"]
    alike = [other for other in map(parse_unit, names) if same_dimension(other, unit)]
    other = data.draw(st.sampled_from(alike))
    text = decimal_text(1, *convert(pair(number), unit, other))
    assume("/" not in text)

    assert read_quantity(f"{text} {other.id}", unit, pack=True).value == pair(number)


# ---- steps and printing


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [
        ((9, 2), (1, 1_000_000), 4_500_000),
        ((5, 2), (1, 1), None),
        ((50, 1), (1, 1), 50),
        ((-3, 1), (1, 100), -300),
        ((0, 1), (1, 3), 0),
        ((5_000, 1), (1_000, 1), 5),
        ((5_500, 1), (1_000, 1), None),
        ((1, 3), (1, 3), 1),
    ],
)
def test_to_steps(value: Pair, scale: Pair, expected: int | None) -> None:
    """A value is a whole number of steps, or finer than the step."""
    assert to_steps(value, scale) == expected


@given(numbers, st.integers(1, 10**6), st.integers(1, 10**6))
def test_to_steps_is_exact(number: Fraction, num: int, den: int) -> None:
    """k steps are the value again; there is none exactly where the quotient is not whole."""
    scale = Fraction(num, den)
    steps = to_steps(pair(number), pair(scale))

    assert (steps is None) == ((number / scale).denominator != 1)
    assert steps is None or steps * scale == number


@pytest.mark.parametrize(
    ("n", "num", "den", "expected"),
    [
        (0, 1, 1, "0"), (0, 1, 100, "0"), (45, 1, 10, "4.5"), (-45, 1, 10, "-4.5"),
        (-5, 1, 1_000, "-0.005"), (4_500_000, 1, 1_000_000, "4.5"), (12, 100, 1, "1200"),
        (1, 1, 3, "1/3"), (-2, 1, 6, "-1/3"), (3, 1, 3, "1"), (1, 1, 8, "0.125"),
        (19, 1, 20, "0.95"), (1, 1, 10_000, "0.0001"), (1_000_000, 1, 1, "1000000"),
        (7, 2, 14, "1"),
    ],
)  # fmt: skip
def test_decimal_text(n: int, num: int, den: int, expected: str) -> None:
    """A value is printed in full, as a decimal where there is one."""
    assert decimal_text(n, num, den) == expected


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**6), st.integers(1, 10**6))
def test_decimal_text_is_exact(n: int, num: int, den: int) -> None:
    """The text is the value, and is a fraction only where no decimal is finite."""
    text = decimal_text(n, num, den)
    value = Fraction(n * num, den)

    assert Fraction(text) == value
    assert ("/" in text) == (10**30 % value.denominator != 0)
    assert not text.endswith((".", ".0"))


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("0", "0", "0"), ("38", "38", "38"), ("1000", "1.000", "1,000"), ("4.5", "4,5", "4.5"),
        ("1000000.5", "1.000.000,5", "1,000,000.5"), ("-1000", "-1.000", "-1,000"),
        ("-0.005", "-0,005", "-0.005"), ("0.1234567", "0,1234567", "0.1234567"),
        ("19/20", "19/20", "19/20"), ("-999", "-999", "-999"),
    ],
)  # fmt: skip
def test_people_text(text: str, vi: str, en: str) -> None:
    """Vietnamese groups by the point and marks decimals by the comma; English the other way."""
    assert (people_text(text, "vi"), people_text(text, "en")) == (vi, en)


@given(numbers)
def test_people_text_round_trips(number: Fraction) -> None:
    """What is printed for people is read back as the same number."""
    text = decimal_text(1, *pair(number))

    assert read_number(people_text(text, "vi"), "comma") == pair(number)
    assert read_number(people_text(text, "en"), "point") == pair(number)
    assert read_number(text, pack=True) == pair(number)


@pytest.mark.parametrize(
    ("unit", "vi", "en", "one"),
    [
        ("head", "con", "head", "head"),
        ("t/batch", "tấn/lượt", "t/batch", "t/batch"),
        ("đồng/person/month", "đồng/người/tháng", "đồng/person/month", "đồng/person/month"),
        ("tree/year", "cây/năm", "trees/year", "tree/year"),
        ("person", "người", "people", "person"),
        ("%", "%", "%", "%"),
        ("m2", "m²", "m²", "m²"),
        ("đồng/m2", "đồng/m²", "đồng/m²", "đồng/m²"),
        ("lu", "ĐVN", "LU", "LU"),
        ("triệu đồng", "triệu đồng", "million đồng", "million đồng"),
        ("item", "", "", ""),
        ("item/year", "mục/năm", "items/year", "item/year"),
        ("1", "", "", ""),
        ("person·month", "người·tháng", "people·months", "person·month"),
    ],
)
def test_unit_label(unit: str, vi: str, en: str, one: str) -> None:
    """A unit is shown in the reader's language, in English with its plural."""
    shown = unit_label(unit, "vi"), unit_label(unit, "en"), unit_label(unit, "en", one=True)

    assert shown == (vi, en, one)


@given(units.filter(lambda unit: unit.id not in ("1", "item", "1/month")), st.booleans())
def test_labels_are_units(unit: Unit, one: bool) -> None:
    """What is shown for a unit can be typed back."""
    labels = [unit_label(unit.id, lang, one=one) for lang in ("vi", "en")]

    assert [parse_unit(label) for label in labels] == [unit, unit]
