"""Constants of a pack: exact numbers with units, days, and which dated value holds on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NoReturn, TypeVar

from tieuchi.engine.compile.builder import Builder, over
from tieuchi.engine.pack import Pack, Period
from tieuchi.engine.quantity import QuantityError, Unit, parse_unit, read_quantity, same_dimension
from tieuchi.engine.source import Text

T = TypeVar("T")
LARGEST = 2**63 - 1


def is_constant(text: Text) -> bool:
    """Whether a scalar is a number and not a name, such as `7.2.amount`."""
    if not (text[:1].isdigit() or text[:1] in "+-"):
        return False
    if "." not in text:
        return True
    number, rest = _split(text)
    return not (number.endswith(".") and rest[:1].isalpha())


def is_bare(text: Text) -> bool:
    """Whether a scalar is a number without a unit."""
    return is_constant(text) and all(c.isdigit() or c in "+-_." for c in text)


def read_day(text: Text, b: Builder, pack: Pack) -> int:
    """The ordinal of a day written as 2023-05-31."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        code = "date-malformed" if len(text) != len("2023-05-31") else "date-impossible"
        b.stop(code, text, pack, written=text)


def span_of(period: Period | None, b: Builder, pack: Pack) -> tuple[int, int]:
    """The first and last day of a period, 0 where it has none, or where it is no day."""
    if period is None:
        return 0, 0
    since, until = (_day_or_none(text, b, pack) for text in (period.from_, period.until))
    if period.from_ is not None and period.until is not None and 0 < until < since:
        b.fault("dates-out-of-order", period.until, pack, until=period.until, start=period.from_)
    return since, until


def _day_or_none(text: Text | None, b: Builder, pack: Pack) -> int:
    if text is not None:
        with b.trying():
            return read_day(text, b, pack)
    return 0


def covers(span: tuple[int, int], day: int) -> bool:
    """Whether a day lies in a span, both ends included."""
    since, until = span
    return (not since or since <= day) and (not until or day <= until)


def on_the_day(dated: Mapping[Text, T], b: Builder, pack: Pack) -> T | None:
    """The value that holds on the day, None before the first; the days must stand in order."""
    chosen, last = None, None
    for text, value in dated.items():
        day = read_day(text, b, pack)
        if last is not None and day <= last[0]:
            b.fault("dates-out-of-order", text, pack, until=text, start=last[1])
        last = (day, text)
        if day <= b.as_of:
            chosen = value
    return chosen


def unit_of(text: Text, b: Builder, pack: Pack) -> Unit:
    """The unit that a pack names."""
    try:
        return parse_unit(text)
    except QuantityError as error:
        b.stop(error.code, text, pack, **{"written": text, **error.facts})


def constant(text: Text, hint: str, b: Builder, pack: Pack) -> int:
    """The node of a constant, in its own unit; a bare number takes the unit `hint`."""
    number, written = _split(text)
    try:
        unit = parse_unit(written or hint or _no_unit(text, b, pack))
        if hint and written and not same_dimension(unit, parse_unit(hint)):
            b.stop("unit-mismatch", text, pack, written=text, unit=written, expected=hint)
        value = Fraction(*read_quantity(number, unit, pack=True).value)
    except QuantityError as error:
        b.stop(error.code, text, pack, **{"written": text, **error.facts})
    if abs(value.numerator) > LARGEST:
        b.stop("number-too-large", text, pack, written=text)
    scale = Fraction(1, value.denominator)
    return b.add("const", value.numerator, kind="quantity", unit=unit.id, scale=scale)


def constant_value(node: int, b: Builder) -> Fraction:
    """The exact value of a constant node in its unit."""
    return Fraction(b.nodes[node].args[0]) * b.scale(node)


def _split(text: str) -> tuple[str, str]:
    """The number that a scalar begins with, and what comes after it."""
    end = 0
    while end < len(text) and (text[end].isdigit() or text[end] in "+-_.,"):
        end += 1
    return text[:end], text[end:].strip()


def _no_unit(text: Text, b: Builder, pack: Pack) -> NoReturn:
    b.stop("unit-missing", text, pack, written=text)


def factor(unit: Unit) -> Fraction:
    """What one of a unit is in its base unit."""
    return Fraction(*unit.factor)


def in_unit(node: int, unit: str, b: Builder) -> Fraction:
    """The scale of a node's integers in another unit of its dimension."""
    return over(b.scale(node) * factor(b.unit(node)), factor(parse_unit(unit)))
