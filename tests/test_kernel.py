"""The arithmetic of one node, held against every value that its operands could have.

An interval stands for its integers and, where that is possible, for "not applicable". What an
operation makes of intervals must hold whatever comes out of a choice of one from each (sound), and
its ends must come out of some choice (tight). What is not applicable is not among what packs can
say of a quantity today, so it is tested here.
"""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine.graph import Node
from tieuchi.engine.interval import ABSENT, elapsed, hull, narrow, rounded, span
from tieuchi.engine.kernel import Contradiction, Members, step
from tieuchi.engine.truth import EVERYTHING, MET, NOT_APPLICABLE, NOT_MET

NA = None  # a choice: not applicable
Choice = int | None


@st.composite
def quantities(draw: Callable[[Any], Any]) -> Any:
    """A small interval, a settled number, or what is not applicable."""
    lo = draw(st.integers(-4, 4))
    hi = lo + draw(st.integers(0, 3))
    absent = draw(st.booleans())
    return draw(st.sampled_from([narrow(lo, hi, absent), lo, ABSENT, narrow(lo, hi, False)]))


def choices(value: Any) -> list[Choice]:
    """All that a value stands for."""
    if value is ABSENT:
        return [NA]
    lo, hi, absent = span(value)
    assert lo is not None
    assert hi is not None
    return [*range(lo, hi + 1), *([NA] if absent else [])]


def ran(op: str, args: tuple[Any, ...], values: Sequence[Any], kind: str = "quantity") -> Any:
    """What a node makes of the values before it."""
    return step(Node(op, args, kind))(list(values))


def least_interval(found: set[Choice]) -> Any:
    """The interval of all that came out."""
    numbers = [x for x in found if x is not None]
    if not numbers:
        return ABSENT
    return narrow(min(numbers), max(numbers), NA in found)


def skipping(of: Callable[[list[int]], int]) -> Callable[..., Choice]:
    """What is not applicable is skipped; where all is, so is the whole."""

    def apply(*chosen: Choice) -> Choice:
        there = [x for x in chosen if x is not None]
        return of(there) if there else NA

    return apply


def strict(of: Callable[..., int]) -> Callable[..., Choice]:
    """Not applicable where one of the operands is."""

    def apply(*chosen: Choice) -> Choice:
        return NA if None in chosen else of(*chosen)

    return apply


OPERATIONS: dict[str, tuple[tuple[Any, ...], Callable[..., Choice]]] = {
    "linear": ((3, 2, 0, -1, 1), strict(lambda a, b: 3 + 2 * a - b)),
    "product": ((0, 1), strict(lambda a, b: a * b)),
    "highest": ((0, 1), skipping(max)),
    "lowest": ((0, 1), skipping(min)),
    "floor": ((0, 1), strict(max)),
    "cap": ((0, 1), strict(min)),
}


@pytest.mark.parametrize("op", OPERATIONS)
@given(a=quantities(), b=quantities())
def test_an_operation_is_what_its_operands_can_come_to(op: str, a: Any, b: Any) -> None:
    """No more and no less than the ends of what some choice gives."""
    args, of = OPERATIONS[op]
    found = {of(*chosen) for chosen in product(choices(a), choices(b))}

    assert ran(op, args, [a, b]) == least_interval(found)


@given(
    terms=st.lists(st.tuples(st.sampled_from([-2, -1, 1, 3]), quantities()), min_size=1, max_size=3)
)
def test_a_sum_skips_what_is_not_applicable(terms: list[tuple[int, Any]]) -> None:
    """And is itself not applicable where all its terms are; its constant is then not reached."""
    args = [x for i, (k, _) in enumerate(terms) for x in (k, i)]
    values = [value for _, value in terms]
    found: set[Choice] = set()
    for chosen in product(*map(choices, values)):
        there = [k * x for (k, _), x in zip(terms, chosen, strict=True) if x is not None]
        found.add(2 + sum(there) if there else NA)
    got, least = ran("sum", (2, *args), values), least_interval(found)

    assert contains(got, found)
    assert got == least or len([v for v in values if v is not ABSENT and span(v)[2]]) > 1


def contains(value: Any, found: set[Choice]) -> bool:
    """Whether an interval holds all of it."""
    if value is ABSENT:
        return found == {NA}
    lo, hi, absent = span(value)
    return all(
        absent if x is None else (lo is None or lo <= x) and (hi is None or x <= hi) for x in found
    )


@given(a=quantities(), b=quantities())
def test_the_hull_holds_both(a: Any, b: Any) -> None:
    """And no more than the ends of both."""
    assert hull(a, b) == least_interval({*choices(a), *choices(b)})


COMPARED: dict[str, Callable[[int, int], bool]] = {
    "ge2": lambda a, b: a >= b,
    "gt2": lambda a, b: a > b,
}


@pytest.mark.parametrize("op", COMPARED)
@given(a=quantities(), b=quantities())
def test_two_quantities_compared(op: str, a: Any, b: Any) -> None:
    """Met, not met or not applicable exactly where some choice is."""
    found = 0
    for x, y in product(choices(a), choices(b)):
        found |= (
            NOT_APPLICABLE if x is None or y is None else MET if COMPARED[op](x, y) else NOT_MET
        )

    assert ran(op, (0, 1), [a, b], "truth") == found


@given(a=quantities(), bound=st.integers(-5, 5))
def test_a_quantity_compared_with_a_number(a: Any, bound: int) -> None:
    """Every possibility of `ge` and `le`, and no other."""
    for op, of in (("ge", int.__ge__), ("le", int.__le__)):
        found = 0
        for x in choices(a):
            found |= NOT_APPLICABLE if x is None else MET if of(x, bound) else NOT_MET

        assert ran(op, (0, bound), [a], "truth") == found


SHARES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}


def not_negative() -> st.SearchStrategy[Any]:
    """What a denominator can be: never below 0."""
    return quantities().filter(lambda v: v is ABSENT or (span(v)[0] or 0) >= 0)


@pytest.mark.parametrize("comparison", SHARES)
@given(n=quantities(), d=not_negative(), t=quantities(), q=st.integers(1, 3))
def test_a_ratio_compared(comparison: str, n: Any, d: Any, t: Any, q: int) -> None:
    """n per d is at least t/q; to nothing it is not applicable, and is never divided by it."""
    found = 0
    for x, y, z in product(choices(n), choices(d), choices(t)):
        if x is None or y is None or z is None or y == 0:
            found |= NOT_APPLICABLE
        else:
            found |= MET if SHARES[comparison](Fraction(x, y), Fraction(z, q)) else NOT_MET
    got = ran("share", (comparison, 0, 1, 2, q), [n, d, t], "truth")

    assert got | found == got
    assert got & ~found & NOT_APPLICABLE == 0
    assert got == found or not all(isinstance(v, int) for v in (d, t))


@given(n=st.integers(-50, 50), d=st.integers(1, 12))
def test_rounding_says_its_way(n: int, d: int) -> None:
    """Down to the lower, up to the higher, a half away from 0."""
    value = Fraction(n, d)
    down, up = value.__floor__(), value.__ceil__()
    half = abs(value) + Fraction(1, 2)
    nearest = half.__floor__() * (1 if value >= 0 else -1)

    assert (rounded(n, d, "down"), rounded(n, d, "up"), rounded(n, d, "half_up")) == (
        down, up, nearest
    )  # fmt: skip


@pytest.mark.parametrize("way", ["down", "up", "half_up"])
@given(a=quantities(), p=st.integers(1, 5), q=st.integers(1, 5))
def test_a_rounded_quantity(way: str, a: Any, p: int, q: int) -> None:
    """Rounding never swaps two numbers, so the ends stay the ends."""
    found = {NA if x is None else rounded(x * p, q, way) for x in choices(a)}

    assert ran("round", (0, p, q, way), [a]) == least_interval(found)


@pytest.mark.parametrize(
    ("start", "end", "years", "months", "days"),
    [
        ("2020-05-31", "2022-05-31", 2, 24, 730),
        ("2020-05-31", "2022-05-30", 1, 23, 729),
        ("2020-02-29", "2021-02-28", 1, 12, 365),  # the day is missing: its month's last
        ("2020-02-29", "2021-02-27", 0, 11, 364),
        ("2023-01-31", "2023-02-28", 0, 1, 28),
        ("2023-01-31", "2023-03-30", 0, 1, 58),
        ("2023-05-31", "2023-05-31", 0, 0, 0),
        ("2023-06-01", "2023-05-31", 0, 0, 0),  # what is to come has not lasted
        ("9998-12-31", "9999-02-28", 0, 2, 59),
        ("9999-01-31", "9999-12-31", 0, 11, 334),
    ],
)
def test_completed_time(start: str, end: str, years: int, months: int, days: int) -> None:
    """Từ đủ … tuổi: only what is completed counts."""
    a, b = (date.fromisoformat(text).toordinal() for text in (start, end))

    assert [elapsed(unit, a, b) for unit in ("years", "months", "days")] == [years, months, days]


@given(a=st.integers(738_000, 739_500), b=st.integers(738_000, 739_500), later=st.integers(0, 400))
def test_time_only_grows(a: int, b: int, later: int) -> None:
    """So an interval of days has its ends at the ends."""
    for unit in ("years", "months", "days"):
        assert elapsed(unit, a, b + later) >= elapsed(unit, a, b) >= elapsed(unit, a + later, b)


def test_an_unknown_coefficient() -> None:
    """Nothing of none; of some, anything from 0 up."""
    assert ran("vague", (0,), [0]) == 0
    assert ran("vague", (0,), [3]) == (0, None, False)
    assert ran("vague", (0,), [(0, 4, True)]) == (0, None, True)
    assert ran("vague", (0,), [(0, 0, True)]) == (0, 0, True)
    assert ran("vague", (0,), [ABSENT]) is ABSENT


def test_the_first_line_that_holds() -> None:
    """Every line that may hold, until one that surely does; not applicable does not hold."""
    values = [MET | NOT_MET, 10, NOT_APPLICABLE, 20, MET, 30, 40]
    args = (0, 1, 2, 3, 4, 5, 6)

    assert ran("pick", args, values) == (10, 30, False)
    assert ran("pick", args, [MET, *values[1:]]) == 10
    assert ran("pick", args, [NOT_MET, *values[1:]]) == 30
    assert ran("pick", args, [NOT_MET, 10, NOT_MET, 20, NOT_MET | NOT_APPLICABLE, 30, 40]) == 40
    assert ran("pick class", args, [MET | NOT_MET, 1, NOT_MET, 2, MET, 4, 8], "class") == 5


def test_a_table_of_two_keys() -> None:
    """The last key runs fastest; a key that may be several things leaves their cells."""
    table = ((0, 1), (2, 3), (2, 3, 4, 5, 6, 7))
    cells = [10, 11, 12, 20, 21, 22]

    assert ran("table", table, [0b01, 0b010, *cells]) == 11
    assert ran("table", table, [0b10, 0b100, *cells]) == 22
    assert ran("table", table, [0b11, 0b001, *cells]) == (10, 20, False)
    assert ran("table", table, [0b101, 0b001, *cells]) == (10, 10, True)
    assert ran("table", table, [0b100, 0b001, *cells]) is ABSENT


def test_members_are_counted() -> None:
    """Who complies, who may, and who is not listed yet."""
    where = (Node("fact", (0,), "truth"), Node("fact", (1,), "truth"), Node("all", (0, 1), "truth"))
    rows = ([MET, MET], [MET, NOT_MET], [MET, MET | NOT_MET], [NOT_APPLICABLE, NOT_APPLICABLE])

    assert ran("count", (0, where, 1), [Members(rows, True)]) == (1, 2, False)
    assert ran("count", (0, where, 1), [Members(rows, False)]) == (1, None, False)
    assert ran("count", (0, (), 1), [Members(rows, True)]) == 4
    assert ran("count", (0, where, 2, (), -1), [Members(rows[:2], True)]) == 0
    assert ran("count", (0, where, 2, (), -1), [Members(rows[:2], False)]) == (None, None, False)
    assert ran("count", (0, where, 1), [Members((), True)]) == 0


def test_a_value_of_each_member_is_summed() -> None:
    """What is open of one stays open, what does not apply adds nothing; of nobody it is 0."""
    each = (Node("fact", (0,), "quantity"), Node("linear", (-1, 2, 0), "quantity"))
    rows = ([5], [(1, 3, False)], [(2, None, True)], [ABSENT])
    rises = (Node("fact", (0,), "quantity", least=0),)

    assert ran("total", (0, each), [Members(rows[:1], True)]) == 9
    assert ran("total", (0, each), [Members(rows[:2], True)]) == (10, 14, False)
    assert ran("total", (0, each), [Members(rows[:3], True)]) == (10, None, False)
    assert ran("total", (0, each), [Members((rows[0], rows[3]), True)]) == 9
    assert ran("total", (0, each), [Members((), True)]) == 0
    assert ran("total", (0, each), [Members(rows[:1], False)]) == (None, None, False)
    assert ran("total", (0, rises), [Members(rows[:1], False)]) == (5, None, False)


def test_a_member_is_judged_by_what_lies_outside_too() -> None:
    """A field against a quantity of the whole case."""
    where = (
        Node("fact", (0,), "quantity"),
        Node("outer", (1,), "quantity"),
        Node("ge2", (0, 1), "truth"),
    )
    rows = ([5], [7], [(0, 9, False)])

    assert ran("count", (0, where, 1), [Members(rows, True), 6]) == (1, 2, False)


def test_a_stated_fact_and_its_definition() -> None:
    """The stated one where the definition allows it; else the definition."""
    assert ran("else", (0, 1), [5, (0, None, False)]) == 5
    assert ran("else", (0, 1), [(0, None, False), (2, 3, False)]) == (2, 3, False)
    assert ran("else truth", (0, 1), [MET | NOT_MET, NOT_APPLICABLE], "truth") == NOT_APPLICABLE
    assert ran("else truth", (0, 1), [NOT_MET, MET], "truth") == NOT_MET
    assert ran("else class", (0, 1), [0b11, 0b10], "class") == 0b10
    assert ran("else class", (0, 1), [0b01, 0b10], "class") == 0b01
    for stated in (1, 4):
        with pytest.raises(Contradiction):
            ran("else", (0, 1), [stated, (2, 3, False)])


def test_a_tighter_comparison() -> None:
    """What the second rules out goes, but for "not applicable"; nothing left is a contradiction."""
    assert ran("tighter", (0, 1), [MET | NOT_MET, NOT_MET], "truth") == NOT_MET
    assert ran("tighter", (0, 1), [EVERYTHING, NOT_MET], "truth") == NOT_MET | NOT_APPLICABLE
    with pytest.raises(Contradiction):
        ran("tighter", (0, 1), [MET, NOT_MET], "truth")


def test_an_amount() -> None:
    """Nothing where its condition does not hold, from nothing up where that is open."""
    assert ran("amount", (-1, 0), [7]) == 7
    assert ran("amount", (0, 1), [MET, (3, 7, False)]) == (3, 7, False)
    assert ran("amount", (0, 1), [NOT_MET, 7]) == 0
    assert ran("amount", (0, 1), [NOT_APPLICABLE, 7]) == 0
    assert ran("amount", (0, 1), [MET | NOT_MET, (3, 7, False)]) == (0, 7, False)
    assert ran("amount", (0, 1), [MET, (3, 7, True)]) == (0, 7, False)
    assert ran("amount", (0, 1), [MET, ABSENT]) == 0
    assert ran("amount", (0, 1), [MET, (None, None, False)]) == (None, None, False)


def test_labels() -> None:
    """A class among some labels: yes, no, either, or not applicable."""
    for mask, expected in (
        (0b001, MET),
        (0b100, NOT_MET),
        (0b011, MET | NOT_MET),
        (0b1000, NOT_APPLICABLE),
    ):
        assert ran("in", (0, 0b001, 3), [mask], "truth") == expected
    assert ran("in", (0, 0b001, 3), [0b1001], "truth") == MET | NOT_APPLICABLE


def test_without_an_upper_end() -> None:
    """What has no bound gives no bound, and 0 of it is nothing."""
    a = (0, None, False)

    assert ran("linear", (1, 2, 0), [a]) == (1, None, False)
    assert ran("linear", (1, -2, 0), [a]) == (None, 1, False)
    assert ran("sum", (1, 2, 0, 1, 1), [a, 5]) == (6, None, False)
    assert ran("product", (0, 1), [a, 0]) == 0
    assert ran("highest", (0, 1), [a, 3]) == (3, None, False)
    assert ran("lowest", (0, 1), [a, 3]) == (0, 3, False)
    assert ran("floor", (0, 1), [a, 3]) == (3, None, False)
    assert ran("cap", (0, 1), [a, 3]) == (0, 3, False)
    assert ran("round", (0, 1, 2, "up"), [a]) == (0, None, False)
    assert ran("elapsed", ("days", 0, 1), [(None, 10, False), 12]) == (2, None, False)
    assert ran("share", ("ge", 0, 1, 2, 1), [a, 1, 1], "truth") == MET | NOT_MET
