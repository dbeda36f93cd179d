"""Units as types: the names they go by, their dimensions, and what multiplying makes of them."""

import time
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantities import COMPOUND, SIMPLE, based, numbers, pair, units

from tieuchi.engine.quantity import (
    Pair,
    QuantityError,
    Unit,
    convert,
    default_closes,
    divide,
    multiply,
    parse_unit,
    same_dimension,
    unit_names,
)


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
    start = time.process_time()
    with pytest.raises(QuantityError) as caught:
        parse_unit(text)

    assert caught.value.code == "unit-unknown"
    assert all(len(fact) <= 100 for fact in caught.value.facts.values())
    assert time.process_time() - start < 1


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
