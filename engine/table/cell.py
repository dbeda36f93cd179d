"""One cell of a table as one fact: what `check` would make of it, in the graph's integers.

`read_cell` is the rule; whole columns are read by `texts` and `intake`, which agree with it and
leave to it whatever is not plain. A rejected row is told its reason by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, NamedTuple

from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interval import rounded
from tieuchi.engine.quantity import DecimalMark, Unit, decimal_text, parse_unit
from tieuchi.engine.reading import Misstated
from tieuchi.engine.statement import fold, is_unknown, read_value
from tieuchi.engine.truth import MET, NOT_MET

NUMBER = "number\n"
"""Before the name of a column of text: whether each cell is a binary floating-point number. No
header has a line break."""
SPACES = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What Python strips from a text; each back end has spaces of its own."""
HALF_OFF = 2**-50
"""So much of itself a binary number may lie below what was written, and be multiplied."""
HALF_WITHIN = 2**40
"""Of twice a number of steps: above it, what a number may be off is no small part of a step."""
BAD = -(2**63)
"""The code of a cell that cannot be read."""


class Binary(NamedTuple):
    """A binary floating-point number among texts, as its file shows it."""

    text: str


class Reading(NamedTuple):
    """How the cells of one column are read."""

    fact: Fact
    unit: str = ""  # of a bare number, where the header names one
    decimal: DecimalMark | None = None
    complete: bool = False  # an empty cell is none, where there can be none

    @property
    def is_quantity(self) -> bool:
        """Whether it is counted."""
        return self.fact.kind == "quantity"

    @property
    def factor(self) -> tuple[int, int]:
        """Steps of the fact to one of what a bare number counts."""
        own = parse_unit(self.fact.unit)
        num, den = parse_unit(self.unit).factor if self.unit else own.factor
        steps = Fraction(num * own.factor[1] * self.fact.den, den * own.factor[0] * self.fact.num)
        return steps.numerator, steps.denominator


def read_cell(how: Reading, raw: object) -> int | None:
    """The code of a cell: steps, a day's ordinal, 1 or 0 for yes or no, a label's place; None where
    nothing is known. Raises Misstated."""
    nearest = isinstance(raw, Binary)
    if isinstance(raw, Binary):
        raw = raw.text
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return 0 if how.complete else None
    if is_unknown(raw):
        return None
    fact = how.fact
    value = read_value(fact, _stated(how, raw), how.decimal, nearest=nearest).value
    if fact.kind == "yes_no":
        return int(value == MET)
    if fact.kind == "class":
        return int(value).bit_length() - 1
    return int(value)


def value_of(fact: Fact, code: int) -> int:
    """A code as the kernel's value."""
    if fact.kind == "yes_no":
        return MET if code else NOT_MET
    return 1 << code if fact.kind == "class" else code


def read_activities(graph: Graph, raw: object) -> int | None:
    """The activities that a cell names, separated by ";", a bit each in the graph's order; None
    where it names none, which asks about all. Raises Misstated."""
    known = {
        fold(text): i for i, name in enumerate(graph.activities) for text in _names(graph, name)
    }
    words = [word for word in str(raw or "").split(";") if word.strip()]
    for word in words:
        if fold(word) not in known:
            listed = ", ".join(f"`{name}`" for name in graph.activities)
            raise Misstated(
                "activity-unknown", pack=graph.main.pack, name=word.strip(), activities=listed
            )
    return sum(1 << at for at in {known[fold(word)] for word in words}) or None


def _names(graph: Graph, activity: str) -> set[str]:
    words = dict(graph.main.activities).get(activity)
    return {activity, *(words or ())}


def cell_of(cells: Mapping[str, Any], name: str) -> Any:
    """The cell of a raw column in a row, which may say that it is a number among texts."""
    return Binary(str(cells[name])) if cells.get(NUMBER + name) else cells[name]


def code_of(read: Callable[[object], int | None]) -> Callable[[object], int | None]:
    """A way of reading cells, with `BAD` for what cannot be read."""

    def code(raw: object) -> int | None:
        try:
            return read(raw)
        except Misstated:
            return BAD

    return code


def _stated(how: Reading, raw: object) -> object:
    """A cell as a statement of a case: in words, or as a number in the fact's unit."""
    fact = how.fact
    if isinstance(raw, datetime):
        raw = raw.date()
    if fact.kind != "quantity" or isinstance(raw, bool):
        if isinstance(raw, bool | date | str):
            return raw
        return str(raw).removesuffix(".0") if _is_whole(raw) else str(raw)
    if isinstance(raw, str):
        bare = not any(char.isalpha() or char in "%₫" for char in raw)
        return f"{raw} {how.unit}" if how.unit and bare else raw
    if isinstance(raw, date):
        return str(raw)
    if hasattr(raw, "is_integer") and not isinstance(raw, int | Decimal | Fraction):
        return _nearest(how, raw)
    if not how.unit:
        return raw
    own, unit = parse_unit(fact.unit), parse_unit(how.unit)
    return Fraction(raw) * Fraction(*unit.factor) * Fraction(*_turned(own))  # type: ignore[call-overload]


def _turned(unit: Unit) -> tuple[int, int]:
    return unit.factor[1], unit.factor[0]


def _is_whole(raw: object) -> bool:
    return hasattr(raw, "is_integer") and bool(raw.is_integer())


def _nearest(how: Reading, raw: object) -> object:
    """A binary floating-point number at the nearest step; it has no exact decimal to be read."""
    if not isfinite(raw):  # type: ignore[arg-type]
        raise Misstated("number-not-finite", name=how.fact.id, written=str(raw))
    steps = Fraction(raw) * Fraction(*how.factor)  # type: ignore[call-overload]
    text = decimal_text(nearest_step(steps), how.fact.num, how.fact.den)
    return Fraction(text) if "/" in text else Decimal(text)


def nearest_step(steps: Fraction) -> int:
    """The nearest whole number, a half away from 0: of what a binary number comes to in steps, so
    that one within its last bits of a half, as 1.005 is, is a half."""
    if abs(2 * steps) < HALF_WITHIN:
        steps *= 1 + Fraction(HALF_OFF)
    return rounded(steps.numerator, steps.denominator, "half_up")
