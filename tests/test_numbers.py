"""Numbers as people write them: which are read, which are refused, which have two readings."""

import re
import time
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantities import pair, refusal

from tieuchi.engine.quantity import (
    DecimalMark,
    Pair,
    QuantityError,
    parse_unit,
    read_number,
    read_quantity,
)

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
    start = time.process_time()
    with pytest.raises(QuantityError) as caught:
        read_quantity(text, parse_unit("ha"))

    assert (caught.value.code, caught.value.facts["limit"]) == ("number-too-long", "40")
    assert len(caught.value.facts["written"]) <= 60
    assert time.process_time() - start < 1


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
