"""Quantities and ratios of a pack as nodes: sums, products, shares, extremes, spans of time.

Each shape has one function; units are inferred on the way: a product has its factors' units, a sum
its terms'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.compile import lists
from tieuchi.engine.compile.builder import Builder, common_step, over
from tieuchi.engine.compile.constants import (
    constant,
    constant_value,
    factor,
    in_unit,
    is_bare,
)
from tieuchi.engine.compile.context import (
    Labels,
    Lower,
    aligned,
    alike,
    any_label,
    day,
    may_be_negative,
    moved,
    place,
    quantities,
    quantity,
    shown,
    unknown,
)
from tieuchi.engine.quantity import divide, multiply, parse_unit, same_dimension
from tieuchi.engine.source import Text
from tieuchi.engine.truth import EVERYTHING


def _combined(op: str, nodes: Sequence[int], signs: Sequence[int], b: Builder) -> int:
    unit = b.nodes[nodes[0]].unit
    same = [in_unit(node, unit, b) for node in nodes]
    step = same[0]
    for scale in same[1:]:
        step = common_step(step, scale)
    args = [0]
    for node, scale, sign in zip(nodes, same, signs, strict=True):
        args += [sign * over(scale, step).numerator, node]
    return moved(b, nodes, b.add(op, *args, kind="quantity", unit=unit, scale=step))


def same(at: Lower, model: p.Same, hint: str, labels: Labels) -> int:
    """`{of: x}`: the value itself."""
    return at.value(model.of, hint, labels)


def sum_(at: Lower, model: p.Sum, hint: str, _labels: Labels) -> int:
    """`sum`: what is not applicable is skipped."""
    if isinstance(model.sum, p.Each):
        each = model.sum.each
        return lists.total(at, model.sum.of, lambda inner: quantity(inner, each, hint))
    nodes = quantities(at, model.sum, hint)
    return _combined("sum", nodes, [1] * len(nodes), at.b)


def less(at: Lower, model: p.Less, hint: str, _labels: Labels) -> int:
    """`less: [a, b]`: a less b, which may be below 0."""
    return _combined("linear", quantities(at, model.less, hint), (1, -1), at.b)


def weighted(at: Lower, model: p.Weighted, hint: str, _labels: Labels) -> int:
    """`weighted`: each term by its coefficient; an unknown one leaves its term open."""
    b = at.b

    def term(pair: tuple[Text, Any]) -> int:
        name, coefficient = pair
        node = quantity(at, name)
        if isinstance(coefficient, Text) and coefficient == "unknown":
            unit = hint or b.nodes[node].unit
            vague = b.add(
                "vague", node, kind="quantity", unit=unit, scale=Fraction(*parse_unit(unit).step)
            )
            b.moving.add(vague)
            return vague
        per = divide(parse_unit(hint), b.unit(node)).id if hint else "1"
        return product(at, name, node, coefficient, quantity(at, coefficient, per))

    nodes = b.each(term, list(model.weighted.items()))
    names = list(model.weighted)
    for name, node in zip(names[1:], nodes[1:], strict=True):
        alike(at, names[0], nodes[0], name, node, "+")
    return _combined("sum", nodes, [1] * len(nodes), b)


def product(at: Lower, left: Any, a: int, right: Any, c: int) -> int:
    """The product of two quantities, of which at most one moves with quantities of the case."""
    b = at.b
    if a in b.moving and c in b.moving:
        b.stop(
            "two-moving-factors", place(right, at), at.pack, first=shown(left), second=shown(right)
        )
    unit = multiply(b.unit(a), b.unit(c))
    scale = over(b.scale(a) * factor(b.unit(a)) * b.scale(c) * factor(b.unit(c)), factor(unit))
    for x, y in ((a, c), (c, a)):
        if b.is_constant(y):
            k = b.nodes[y].args[0]
            if b.is_constant(x):
                return b.add(
                    "const", k * b.nodes[x].args[0], kind="quantity", unit=unit.id, scale=scale
                )
            common = gcd(k, scale.denominator) or 1  # steps no finer than the product's own
            k, scale = k // common, scale * common
            return moved(
                b, [x], b.add("linear", 0, k, x, kind="quantity", unit=unit.id, scale=scale)
            )
    return moved(b, [a, c], b.add("product", a, c, kind="quantity", unit=unit.id, scale=scale))


def times(at: Lower, model: p.Times, _hint: str, _labels: Labels) -> int:
    """`times: [a, b]`."""
    a, c = at.b.each(
        lambda m: quantity(at, m, "1" if isinstance(m, Text) and is_bare(m) else ""), model.times
    )
    return product(at, model.times[0], a, model.times[1], c)


def share(at: Lower, model: p.Share, hint: str, _labels: Labels) -> int:
    """`share: 60 %, of: x`."""
    part = quantity(at, model.share, "%")
    if not same_dimension(at.b.unit(part), parse_unit("%")):
        at.b.stop(
            "unit-mismatch",
            place(model.share, at),
            at.pack,
            written=shown(model.share),
            unit=at.b.nodes[part].unit,
            expected="%",
        )
    return product(at, model.share, part, model.of, quantity(at, model.of, hint))


def ratio(at: Lower, model: p.Ratio, hint: str, _labels: Labels) -> int:
    """`ratio: {of, per}`: compared by multiplying out, never divided. Over a number of things it
    may be an average, in the unit `hint` of what is averaged."""
    of, per = at.b.each(lambda m: quantity(at, m), (model.ratio.of, model.ratio.per))
    averages = at.b.nodes[per].unit in COUNTS and hint
    if averages and same_dimension(at.b.unit(of), parse_unit(hint)):
        return ratio_of(at.b, of, per, hint)
    return ratio_of(at.b, of, per)


COUNTS = ("item", "person", "head", "tree", "parcel")


def ratio_of(b: Builder, of: int, per: int, average: str = "") -> int:
    """The node of the ratio of two quantities; of an average in a unit."""
    if average:
        unit = parse_unit(average)
    elif same_dimension(b.unit(of), b.unit(per)):
        unit = parse_unit("%")
    else:
        unit = divide(b.unit(of), b.unit(per))
    scale = over(
        b.scale(of) * factor(b.unit(of)), b.scale(per) * factor(b.unit(per)) * factor(unit)
    )
    return b.add("ratio", of, per, kind="ratio", unit=unit.id, scale=scale)


def extreme(op: str) -> Callable[[Lower, Any, str, Labels], int]:
    """`highest` or `lowest`: what is not applicable is skipped."""

    def make(at: Lower, model: Any, hint: str, _labels: Labels) -> int:
        nodes = aligned(quantities(at, getattr(model, op), hint), at.b)
        first = at.b.nodes[nodes[0]]
        node = at.b.add(op, *nodes, kind="quantity", unit=first.unit, scale=at.b.scale(nodes[0]))
        return moved(at.b, nodes, node)

    return make


def divided(at: Lower, model: p.Divide, hint: str, _labels: Labels) -> int:
    """`divide: x, by: 12`, or by a quantity."""
    b = at.b
    node = quantity(at, model.divide, hint)
    by = constant(model.by, "1" if is_bare(model.by) else "", b, at.pack)
    value = constant_value(by, b) * factor(b.unit(by))
    if value <= 0:
        b.stop("divisor-zero", model.by, at.pack, written=model.by)
    unit = divide(b.unit(node), b.unit(by))
    scale = over(b.scale(node) * factor(b.unit(node)), value * factor(unit))
    return moved(b, [node], b.add("linear", 0, 1, node, kind="quantity", unit=unit.id, scale=scale))


def elapsed(at: Lower, model: p.Elapsed, _hint: str, _labels: Labels) -> int:
    """`years`, `months` or `days` completed from one day to another."""
    unit = next(u for u in ("years", "months", "days") if getattr(model, u) is not None)
    span = getattr(model, unit)
    start, end = at.b.each(lambda t: day(at, t), (span.from_, span.to))
    node = at.b.add("elapsed", unit, start, end, kind="quantity", unit=unit[:-1], scale=Fraction(1))
    at.b.moving.add(node)
    return node


def unknown_like(b: Builder, node: int) -> int:
    """A value of a node's kind, unit and labels of which nothing is known; of no date."""
    kind = b.kind(node)
    if kind == "truth":
        return b.add("truth", EVERYTHING)
    if kind == "class":
        return any_label(b, b.labels[node])
    if kind == "ratio":  # what it is measured by may be 0, so it may be not applicable
        of, per = (unknown_like(b, part) for part in b.nodes[node].args)
        return ratio_of(b, of, per, b.nodes[node].unit)
    made = unknown(b.nodes[node].unit, b)
    return _combined("linear", [made, made], (1, -1), b) if may_be_negative(b, node) else made
