"""How far a target is: what share of the required there is, and what share of the period is over.

A share is exact, of what is measured over what is required, each an interval while a case is open.
It knows what a decision found of a provision, and nothing of forecasts, reports or sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.decision import Finding, View
from tieuchi.engine.graph import Graph, Node, Part
from tieuchi.engine.interval import ABSENT, Quantity, span


class Pace(NamedTuple):
    """How much of its period is over, both ends counted."""

    elapsed: int
    days: int


class Share(NamedTuple):
    """What share of the required there is: at least, at most; None where nothing bounds it."""

    least: Fraction | None
    most: Fraction | None


# ---- what there is of what is required


def share_of(graph: Graph, view: View) -> Share | None:
    """Of a provision with one lower bound on a quantity: what is measured, over that bound."""
    pair = _compared(graph, view, ("at_least", "more_than"))
    if pair is None:
        return None
    (least, most), (low, high) = pair
    if low is None or low <= 0:
        return None
    return Share(
        _share(least, high, low),
        _share(most, low, high),
    )


def _share(
    part: Fraction | None, whole: Fraction | None, other: Fraction | None
) -> Fraction | None:
    """A part over a whole, of what is below nothing over the other end of the whole."""
    if part is None:
        return None
    whole = whole if part >= 0 else other
    return Fraction(0) if whole is None else _over(part, whole)


def is_exceeded(graph: Graph, view: View) -> bool:
    """Whether the one quantity of a provision that is met is surely beyond what is required."""
    pair = _compared(graph, view, ("at_least", "more_than"))
    if pair is not None:
        (least, _), (_, high) = pair
        return least is not None and high is not None and least > high
    pair = _compared(graph, view, ("at_most", "less_than"))
    if pair is not None:
        (_, most), (low, _) = pair
        return most is not None and low is not None and most < low
    return False


Ends = tuple[Fraction | None, Fraction | None]


def _compared(graph: Graph, view: View, comparisons: Sequence[str]) -> tuple[Ends, Ends] | None:
    """What is measured and what is required, in one unit, of a provision that is one comparison."""
    if view.provision.operator != "require" or len(view.findings) != 1:
        return None
    finding = view.findings[0]
    if finding.test.comparison not in comparisons:
        return None
    measured = _measured(graph, finding)
    required = _ends(graph.nodes[finding.test.required], finding.required)
    return None if measured is None or required is None else (measured, required)


def _measured(graph: Graph, finding: Finding) -> Ends | None:
    node = graph.nodes[finding.test.measured]
    if node.kind != "ratio":
        return _ends(node, finding.measured)
    above, below = map(_plain, finding.measured)
    if above is None or below is None:
        return None
    (n_least, n_most), (d_least, d_most) = above, below
    if n_least is None or n_least < 0 or d_least is None or (d_most is not None and d_most <= 0):
        return None
    scale = Fraction(node.num, node.den)
    return (
        Fraction(0) if d_most is None else _over(n_least, d_most) * scale,
        None if n_most is None or d_least <= 0 else _over(n_most, d_least) * scale,
    )


def _ends(node: Node, value: Quantity) -> Ends | None:
    """A quantity in its unit; None where there is none, or it is no quantity."""
    plain = _plain(value) if node.kind == "quantity" else None
    if plain is None:
        return None
    scale = Fraction(node.num, node.den)
    least, most = plain
    return None if least is None else least * scale, None if most is None else most * scale


def _plain(value: Quantity) -> tuple[int | None, int | None] | None:
    return None if value is ABSENT else span(value)[:2]


def _over(a: int | Fraction, b: int | Fraction) -> Fraction:
    """a divided by b, exactly."""
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


# ---- pace


def pace_of(graph: Graph, part: Part) -> Pace | None:
    """Of a pack with a period: how much of it is over on the day."""
    if not part.period_from or not part.period_until:
        return None
    days = part.period_until - part.period_from + 1
    return Pace(min(max(graph.as_of - part.period_from + 1, 0), days), days)


def is_at_pace(share: Share | None, pace: Pace | None) -> bool | None:
    """Whether there is as much of the target as of the period; None where that is open."""
    if share is None or pace is None:
        return None
    if share.least is not None and share.least * pace.days >= pace.elapsed:
        return True
    return False if share.most is not None and share.most * pace.days < pace.elapsed else None
