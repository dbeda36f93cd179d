"""Printed figures, counted again from what the report says they are made of.

`check` gives a claim's verdict, the first that fits:

- exact: the printed figure is what its parts come to, or that rounded half up to its own digits;
- rounding: the parts are printed rounded, and numbers that round to them come to one that rounds to
  the printed figure (each is within half a unit of its last printed digit);
- truncated: it is what its parts come to, cut off after the printed digits;
- wrong.

A whole number of things that are counted (animals, people, parcels, items, days, a bare number) is
never a rounded one. Of `same_base` one base has to fit every part and its share. All arithmetic is
exact; the module knows figures and units, no law and no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from math import prod
from typing import NamedTuple

from tieuchi.engine.figure import Claim, Figure
from tieuchi.engine.interval import rounded
from tieuchi.engine.quantity import parse_unit

COUNTED = frozenset(
    ("", "1", "head", "person", "tree", "parcel", "item", "batch", "day", "month", "year")
)
"""Units of which a whole number is an exact one."""


class Verdict(StrEnum):
    """What comes out of a printed figure; in the order in which they are tried."""

    EXACT = "exact"
    ROUNDING = "rounding"
    TRUNCATED = "truncated"
    WRONG = "wrong"


class Bases(NamedTuple):
    """The bases that fit: more than `above`, at most `most` (None: no end)."""

    above: Fraction
    most: Fraction | None
    unit: str

    def is_empty(self, *, closed: bool = False) -> bool:
        """Whether none fits; `closed`, `above` fits too."""
        if self.most is None:
            return False
        return self.above > self.most or (self.above == self.most and not closed)

    def within(self) -> tuple[Fraction, Fraction | None]:
        """The least and the most that fit in whole steps of the unit."""
        step = Fraction(1)
        if self.unit not in COUNTED:
            step = Fraction(*parse_unit(self.unit).step)
        least = _steps(self.above, step) + 1
        most = None if self.most is None else _steps(self.most, step) * step
        return least * step, most


class Checked(NamedTuple):
    """A claim with its verdict.

    `computed` is what the parts come to, in `unit`; of `same_base` it is None and `bases` are those
    that fit. Of a share that is not exact, `bases` are those of which it would be.
    """

    claim: Claim
    verdict: Verdict
    computed: Fraction | None
    unit: str
    bases: Bases | None = None


def check(claim: Claim) -> Checked:
    """The verdict on a printed figure."""
    if claim.figure is None:
        return _same_base(claim)
    figure, ends = claim.figure, [_ends(part) for part in claim.parts]
    printed = Fraction(*figure.value)
    computed = _computed(claim, [Fraction(*part.value) for part in claim.parts])
    bases = None
    if printed in (computed, _to_places(computed, figure.places, "half_up")):
        verdict = Verdict.EXACT
    elif _can_round(claim, ends, printed, _half_unit(figure)):
        verdict = Verdict.ROUNDING
    elif printed == _cut(computed, figure.places):
        verdict = Verdict.TRUNCATED
    else:
        verdict = Verdict.WRONG
    if claim.kind == "percent" and verdict in (Verdict.TRUNCATED, Verdict.WRONG):
        bases = _bases(claim.parts[0], figure, 0)
    return Checked(claim, verdict, computed, figure.unit, bases)


def check_all(claims: Iterable[Claim]) -> tuple[Checked, ...]:
    """The verdicts on all claims, in order."""
    return tuple(map(check, claims))


# ---- what the parts come to


def _computed(claim: Claim, values: Sequence[Fraction]) -> Fraction:
    """What values of the parts come to, in the unit of the printed figure."""
    factors = [_factor(part.unit) for part in claim.parts]
    based = [value * factor for value, factor in zip(values, factors, strict=True)]
    if claim.kind == "sum_of":
        result = sum(based, Fraction(0))
    elif claim.kind == "product":
        result = prod(based, start=Fraction(1))
    else:
        result = _over(based[0], based[1])
    return _over(result, _factor(claim.figure.unit if claim.figure else ""))


def _can_round(
    claim: Claim, ends: Sequence[tuple[Fraction, Fraction]], printed: Fraction, half: Fraction
) -> bool:
    """Whether numbers that round to the parts can come to one that rounds to the printed figure."""
    if claim.kind == "product":
        least = most = Fraction(1)
        for end in ends:
            corners = [a * b for a in (least, most) for b in end]
            least, most = min(corners), max(corners)
        scale = _computed(claim, [Fraction(1)] * len(ends))
        found = [least * scale, most * scale]
    elif claim.kind == "sum_of":
        found = [_computed(claim, [end[i] for end in ends]) for i in (0, 1)]
    else:
        found = [_computed(claim, [a, b]) for a in ends[0] for b in ends[1]]
    return min(found) <= printed + half and max(found) >= printed - half


# ---- one base for all


def _same_base(claim: Claim) -> Checked:
    unit = claim.parts[0].unit
    pairs = list(zip(claim.parts, claim.percents, strict=True))
    readings = (
        (Verdict.EXACT, [_bases(part, share, 0) for part, share in pairs]),
        (Verdict.ROUNDING, [_bases(part, share, 1) for part, share in pairs]),
        (Verdict.TRUNCATED, [_bases(part, share, 0, cut=True) for part, share in pairs]),
    )
    for verdict, found in readings:
        bases = _common(found, unit)
        if bases is not None and not bases.is_empty(closed=verdict is Verdict.ROUNDING):
            return Checked(claim, verdict, None, unit, bases)
    return Checked(claim, Verdict.WRONG, None, unit)


def _common(found: Sequence[Bases | None], unit: str) -> Bases | None:
    """The bases that are in all, in one unit."""
    scaled: list[Bases] = []
    for bases in found:
        if bases is None:
            return None
        scale = _over(_factor(bases.unit), _factor(unit))
        most = None if bases.most is None else bases.most * scale
        scaled.append(Bases(bases.above * scale, most, unit))
    above = max(bases.above for bases in scaled)
    return Bases(above, min((b.most for b in scaled if b.most is not None), default=None), unit)


def _bases(part: Figure, share: Figure, slack: int, *, cut: bool = False) -> Bases | None:
    """The bases above 0 of which a part is the share printed, rounded half up or `cut` off.

    With `slack` the part itself may be off by half a unit. None where there is none.
    """
    value, percent = Fraction(*part.value), Fraction(*share.value) * _factor(share.unit)
    if value < 0 or percent < 0:
        value, percent = -value, -percent
    if value < 0 or percent < 0:
        return None
    half, off = _half_unit(share) * _factor(share.unit), slack * _half(part)
    low, high = (percent, percent + 2 * half) if cut else (percent - half, percent + half)
    least, most = max(value - off, Fraction(0)), value + off
    if most == 0 < low:
        return None
    return Bases(_over(least, high), _over(most, low) if low > 0 else None, part.unit)


# ---- numbers


def _half_unit(figure: Figure) -> Fraction:
    return Fraction(1, 2 * 10**figure.places)


def _half(figure: Figure) -> Fraction:
    """How far what was rounded to a figure can be from it."""
    is_exact = figure.places == 0 and figure.unit in COUNTED
    return Fraction(0) if is_exact else _half_unit(figure)


def _ends(figure: Figure) -> tuple[Fraction, Fraction]:
    """Between which numbers what was rounded to a figure lies; it has the figure's sign."""
    value, half = Fraction(*figure.value), _half(figure)
    if value > 0:
        return max(value - half, Fraction(0)), value + half
    return (value - half, min(value + half, Fraction(0))) if value < 0 else (-half, half)


def _factor(unit: str) -> Fraction:
    return Fraction(*parse_unit(unit or "1").factor)


def _over(a: Fraction, b: Fraction) -> Fraction:
    """a divided by b, exactly."""
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _to_places(value: Fraction, places: int, way: str) -> Fraction:
    """A value rounded to so many digits after the decimal mark."""
    return Fraction(rounded(value.numerator * 10**places, value.denominator, way), 10**places)


def _cut(value: Fraction, places: int) -> Fraction:
    """A value cut off after so many digits, toward 0."""
    return _to_places(value, places, "down" if value >= 0 else "up")


def _steps(value: Fraction, step: Fraction) -> int:
    """The whole steps in a value, from below."""
    return value.numerator * step.denominator // (value.denominator * step.numerator)
