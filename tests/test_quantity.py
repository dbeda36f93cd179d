"""Numbers with units: what is accepted, what is refused, how they are stepped and printed."""

import doctest
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quantities import COMPOUND, SIMPLE, numbers, pair, units

from tieuchi.engine import quantity
from tieuchi.engine.quantity import (
    Pair,
    QuantityError,
    Unit,
    convert,
    decimal_text,
    parse_unit,
    people_text,
    read_number,
    read_quantity,
    same_dimension,
    to_steps,
    unit_label,
)


def test_doctests() -> None:
    """The examples in the docstrings come out as they say."""
    outcome = doctest.testmod(quantity)

    assert (outcome.failed, outcome.attempted > 0) == (0, True)


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
