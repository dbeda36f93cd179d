"""Figures as a report prints them, and the claims that are made of them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stated import case_of, faults_of

from tieuchi.engine.figure import Figure, read_figure
from tieuchi.engine.reading import Misstated
from tieuchi.engine.source import Text


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


@pytest.mark.parametrize(
    ("parts", "cut"),
    [
        ("[102,7 ha, 1038,4 ha]", ["102,7 ha", "1038,4 ha"]),
        ("[1,5, 2,5]", ["1,5", "2,5"]),
        ("[2,7 ha]", ["2,7 ha"]),
        ("[102, 7 ha]", []),
        ("['102,7 ha','1038,4 ha']", []),
        ("[1 ha,2 ha]", []),
        ("[1768,877,3]", []),
        ("[1.250.000,1.000.000]", []),
        ('["1","5 ha"]', []),
    ],
)
def test_a_number_that_its_decimal_comma_may_have_cut_is_asked_about(
    parts: str, cut: list[str]
) -> None:
    """`[102,7 ha]` is a list of 102 and 7 ha, where a report prints 102,7 ha."""
    text = f"pack: a\ndecimal: comma\nclaims: [{{printed: 3, sum_of: {parts}}}]"
    found = faults_of(text) if cut else ()

    assert [(each.code, each.facts["written"]) for each in found] == [
        ("number-cut", written) for written in cut
    ]
    if not cut:
        assert len(case_of(text).claims) == 1


def test_a_product_has_few_factors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its units would be multiplied one by one, and so would its numbers: too many are none."""
    monkeypatch.setattr("tieuchi.engine.figure.multiply", None)
    factors = ", ".join(["9 ha"] * 100_000)

    [found] = faults_of(f"pack: a\nclaims: [{{printed: 3, product: [{factors}]}}]")

    assert found.code == "length-wrong"


def test_a_product_of_plain_numbers_is_one() -> None:
    """It has no unit at all."""
    [claim] = case_of("pack: a\nclaims: [{printed: 6, product: [2, 3]}]").claims

    assert claim.figure is not None
    assert claim.figure.unit == ""


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_misstated(text: str) -> None:
    """A figure in a report as well."""
    with suppress(Misstated):
        assert read_figure(Text(text)).written == text
