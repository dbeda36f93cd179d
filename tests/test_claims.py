"""Printed figures: each verdict by hand, and the algebra of rounding."""

from fractions import Fraction

import pytest
from audits import REPORT
from hypothesis import example, given
from hypothesis import strategies as st

from tieuchi.engine.audit.claims import Bases, Checked, Verdict, check, check_all
from tieuchi.engine.case_file import load_cases, read_case
from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.figure import Claim, Figure, Kind
from tieuchi.engine.source import Text, read

EXACT, ROUNDING, TRUNCATED, WRONG = Verdict


def claimed(claim: str) -> Checked:
    """The check of a claim as a case writes it."""
    text = f"pack: p\ndecimal: point\nclaims: [{{{claim}}}]"
    return check(read_case(read(text, "case.yaml")[0], "case.yaml").claims[0])


def figure(value: int, places: int, unit: str = "ha") -> Figure:
    """So many units of the last printed digit."""
    pair = Fraction(value, 10**places).as_integer_ratio()
    return Figure(Text(f"{value}e-{places} {unit}"), pair, unit, places)


def made(kind: Kind, printed: Figure, *parts: Figure) -> Claim:
    """A claim of figures."""
    return Claim(printed.written, printed, kind, parts, (), Text(), Mark(""))


# ---- the report


def test_the_figures_of_the_report() -> None:
    """LAW.md §4: what each printed figure must come out as."""
    (case,) = load_cases([str(REPORT)])
    found = [(str(c.claim.printed), c.verdict, c.computed) for c in check_all(case.claims)]

    assert found == [
        ("54,03 %", TRUNCATED, Fraction(713_300, 13_200)),
        ("59,45 % và 34,97 %", EXACT, None),
        ("150 %", EXACT, 150),
        ("2776 thửa", EXACT, 2776),
        ("1147,7 ha", ROUNDING, Fraction("1147.63")),
        ("100 %", EXACT, 100),
        ("100 %", EXACT, 100),
    ]


def test_one_estimate_fits_both_shares_of_the_report() -> None:
    """From 4 836,80 to 4 837,12 million đồng; and of which plans 54,03 % would be rounded."""
    (case,) = load_cases([str(REPORT)])
    truncated, both, *_ = check_all(case.claims)
    assert both.bases is not None
    assert truncated.bases is not None

    assert both.bases.within() == (Fraction(4_836_796_569), Fraction(4_837_116_066))
    assert truncated.bases.within() == (Fraction(13_200_704), Fraction(13_203_146))


# ---- by hand


@pytest.mark.parametrize(
    ("claim", "verdict", "computed"),
    [
        ("printed: 3 ha, sum_of: [1 ha, 2 ha]", EXACT, "3"),
        ("printed: 3, sum_of: [1, 2]", EXACT, "3"),
        ("printed: 3 ha, sum_of: [1.4 ha, 1.1 ha]", EXACT, "2.5"),  # half up
        ("printed: 2 ha, sum_of: [1.4 ha, 1.1 ha]", ROUNDING, "2.5"),
        ("printed: 2 ha, sum_of: [1.40 ha, 1.35 ha]", TRUNCATED, "2.75"),
        ("printed: 4 ha, sum_of: [1.40 ha, 1.35 ha]", WRONG, "2.75"),
        ("printed: 1 ha, sum_of: [5_000 m2, 5_000 m2]", EXACT, "1"),
        ("printed: 10_001 m2, sum_of: [1.0 ha]", ROUNDING, "10000"),
        ("printed: 10_000.1 m2, sum_of: [1 ha]", ROUNDING, "10000"),
        ("printed: 33 %, sum_of: [10.4 %, 22.4 %]", EXACT, "32.8"),
        (
            "printed: 2777 thửa, sum_of: [1768 thửa, 1008 thửa]",
            WRONG,
            "2776",
        ),  # counted, not rounded
        ("printed: 11 người, sum_of: [5 người, 5 người]", WRONG, "10"),
        ("printed: 11 kg, sum_of: [5 kg, 5 kg]", ROUNDING, "10"),
        ("printed: 33.3 %, percent: {of: 1, per: 3}", EXACT, "100/3"),
        ("printed: 66.7 %, percent: {of: 2, per: 3}", EXACT, "200/3"),
        ("printed: 66.6 %, percent: {of: 2, per: 3}", TRUNCATED, "200/3"),
        ("printed: 66.5 %, percent: {of: 2, per: 3}", WRONG, "200/3"),
        ("printed: 90 %, percent: {of: 5, per: 5}", WRONG, "100"),
        ("printed: 50 %, percent: {of: 0.5 ha, per: 10_000 m2}", EXACT, "50"),
        ("printed: 20 %, percent: {of: 1 ha, per: 2 ha}", ROUNDING, "50"),  # 0.5 of 2.5 ha
        ("printed: 19 %, percent: {of: 1 ha, per: 2 ha}", WRONG, "50"),
        ("printed: 160_000 đồng, product: [2 m2, 80_000 đồng/m2]", EXACT, "160000"),
        ("printed: 160_000_000 đồng, product: [0.2 ha, 80_000 đồng/m2]", EXACT, "160000000"),
        ("printed: 200_000_000 đồng, product: [0.2 ha, 80_000 đồng/m2]", ROUNDING, "160000000"),
        ("printed: 300_000_000 đồng, product: [0.2 ha, 80_000 đồng/m2]", WRONG, "160000000"),
        ("printed: 6, product: [2, 3]", EXACT, "6"),
        ("printed: 7, product: [2, 3]", WRONG, "6"),
    ],
)
def test_verdicts_by_hand(claim: str, verdict: Verdict, computed: str) -> None:
    """The first that fits of exact, rounding, truncated, wrong."""
    found = claimed(claim)

    assert (found.verdict, found.computed) == (verdict, Fraction(computed))


@pytest.mark.parametrize(
    ("pairs", "verdict", "least", "most"),
    [
        # 24.5 ≤ 100·50÷B < 25.5 and 49.5 ≤ 100·100÷B < 50.5: above 198.02, up to 202.02
        ("{part: 50, percent: 25 %}, {part: 100, percent: 50 %}", EXACT, 199, 202),
        # 24.5 ≤ 100·50÷B and 50.5 ≤ 100·100÷B < 51.5: above 196.08, up to 198.02
        ("{part: 50, percent: 25 %}, {part: 100, percent: 51 %}", EXACT, 197, 198),
        ("{part: 50, percent: 25 %}, {part: 100, percent: 60 %}", WRONG, None, None),
        # as printed 8.99 to 9.20 and 8.22 to 8.45; of 3.5 to 4.5 kg and 2.5 to 3.5 kg, 7.87 to 9.86
        ("{part: 4 kg, percent: 44 %}, {part: 3 kg, percent: 36 %}", ROUNDING, 8, 9),
        # of 3: 66.66… % cut off; rounded, 66.6 % is of more than 3.0007, 100.00 % of at most 3.0002
        ("{part: 2, percent: 66.6 %}, {part: 3, percent: 100.00 %}", TRUNCATED, 3, 3),
        ("{part: 0, percent: 0 %}, {part: 5, percent: 10 %}", EXACT, 48, 52),
        ("{part: 0, percent: 3 %}, {part: 5, percent: 10 %}", WRONG, None, None),
        ("{part: -5, percent: 10 %}, {part: 5, percent: 10 %}", WRONG, None, None),
        ("{part: -5, percent: -10 %}, {part: 5, percent: 10 %}", EXACT, 48, 52),
        # above 1.9900497…, up to 2.0100502… ha, in whole 0.01 m²
        (
            "{part: 1 ha, percent: 50 %}, {part: 20_000 m2, percent: 100 %}",
            EXACT,
            "1.990050",
            "2.010050",
        ),
    ],
)
def test_one_base_has_to_fit_all(
    pairs: str, verdict: Verdict, least: str | int | None, most: str | int | None
) -> None:
    """Every share of its part, in the parts' unit."""
    found = claimed(f"printed: both, same_base: [{pairs}]")

    assert found.verdict is verdict
    if least is None:
        assert found.bases is None
    else:
        assert found.bases is not None
        assert found.bases.within() == (Fraction(least), Fraction(str(most)))


def test_a_base_without_an_upper_end() -> None:
    """Less than half a per cent is printed 0 %: the base is more than 200 times the part."""
    found = claimed("printed: none, same_base: [{part: 1, percent: 0 %}, {part: 2, percent: 0 %}]")

    assert (found.verdict, found.bases) == (EXACT, Bases(Fraction(400), None, ""))
    assert found.bases is not None
    assert found.bases.within() == (Fraction(401), None)


# ---- algebra

PLACES = st.integers(0, 3)
WHOLE = st.integers(-10_000, 10_000)
EXACT_NUMBERS = st.fractions(-1000, 1000, max_denominator=10_000)
SIGNED = st.lists(st.tuples(WHOLE, PLACES), min_size=1, max_size=5)


def half_up(value: Fraction, places: int) -> int:
    """A number rounded half up, away from 0, in units of the last digit: written out by hand."""
    shifted = abs(value) * 10**places + Fraction(1, 2)
    whole: int = shifted.numerator // shifted.denominator
    return whole if value >= 0 else -whole


@given(SIGNED, PLACES)
def test_an_exact_sum_rounded_half_up_is_exact(parts: list[tuple[int, int]], places: int) -> None:
    """At whatever digits it is printed."""
    figures = [figure(*part) for part in parts]
    total = sum((Fraction(*f.value) for f in figures), Fraction(0))

    assert check(made("sum_of", figure(half_up(total, places), places), *figures)).verdict is EXACT


@given(SIGNED, PLACES)
def test_an_exact_sum_cut_off_is_never_wrong(parts: list[tuple[int, int]], places: int) -> None:
    """It is truncated, unless it looks like rounding."""
    figures = [figure(*part) for part in parts]
    total = sum((Fraction(*f.value) for f in figures), Fraction(0))
    scaled = abs(total) * 10**places
    cut = scaled.numerator // scaled.denominator
    printed = figure(cut if total >= 0 else -cut, places)

    assert check(made("sum_of", printed, *figures)).verdict is not WRONG


@given(st.lists(st.tuples(EXACT_NUMBERS, PLACES), min_size=1, max_size=5), PLACES)
def test_parts_and_sum_rounded_by_themselves_are_never_wrong(
    parts: list[tuple[Fraction, int]], places: int
) -> None:
    """An honest report of numbers it knows better than it prints."""
    figures = [figure(half_up(value, digits), digits) for value, digits in parts]
    total = sum((value for value, _ in parts), Fraction(0))
    found = check(made("sum_of", figure(half_up(total, places), places), *figures))

    assert found.verdict in (EXACT, ROUNDING)


@example((Fraction(475), 0), (Fraction(909991, 5094), 0), 0)  # 475 % of 178.64 % is 8.49
@given(st.tuples(EXACT_NUMBERS, PLACES), st.tuples(EXACT_NUMBERS, PLACES), PLACES)
def test_a_product_and_a_share_of_rounded_parts_are_never_wrong(
    first: tuple[Fraction, int], second: tuple[Fraction, int], places: int
) -> None:
    """Each of the two numbers printed to its own digits, as is what they come to."""
    (a, _), (b, _) = first, second
    parts = [figure(half_up(value, digits), digits, "%") for value, digits in (first, second)]
    product = figure(half_up(a * b * Fraction(1, 10_000), places), places, "")

    assert check(made("product", product, *parts)).verdict in (EXACT, ROUNDING)
    if parts[1].value[0]:
        share = figure(half_up(100 * a * Fraction(b.denominator, b.numerator), places), places, "%")
        assert check(made("percent", share, *parts)).verdict in (EXACT, ROUNDING)


@given(SIGNED.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))), WHOLE)
def test_the_order_of_parts_never_matters(
    orders: tuple[list[tuple[int, int]], list[tuple[int, int]]], printed: int
) -> None:
    """Of a sum and of a product."""
    kinds: tuple[tuple[Kind, str], ...] = (("sum_of", "ha"), ("product", ""))
    for kind, unit in kinds:
        shown = figure(printed, 1, unit)
        one, other = (
            check(made(kind, shown, *[figure(value, places, unit) for value, places in parts]))
            for parts in orders
        )
        assert (one.verdict, one.computed) == (other.verdict, other.computed)


@given(st.lists(st.tuples(st.integers(1, 10**6), PLACES), min_size=2, max_size=4), st.data())
def test_shares_of_one_base_rounded_half_up_are_exact(
    parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    """And the base is among those that fit."""
    base = Fraction(data.draw(st.integers(1, 10**6)))
    figures, shares = [], []
    for value, places in parts:
        share = Fraction(value * 100, 1) * Fraction(1, base.numerator)
        figures.append(figure(value, 0, ""))
        shares.append(figure(half_up(share, places), places, "%"))
    claim = Claim(Text("x"), None, "same_base", tuple(figures), tuple(shares), Text(), Mark(""))
    found = check(claim)

    assert found.verdict is EXACT
    assert found.bases is not None
    assert found.bases.above < base
    assert found.bases.most is None or base <= found.bases.most
