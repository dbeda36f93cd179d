"""Units and numbers to draw from, and what a number is refused with."""

from fractions import Fraction

from hypothesis import strategies as st

from tieuchi.engine.quantity import (
    DecimalMark,
    Pair,
    QuantityError,
    Unit,
    parse_unit,
    read_number,
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
