"""Conditions of a pack as truth nodes, and the comparisons that provisions show."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Broken, Builder, over
from tieuchi.engine.compile.constants import (
    constant_value,
    factor,
    is_bare,
    is_constant,
    read_day,
)
from tieuchi.engine.compile.context import (
    Lower,
    aligned,
    alike,
    as_unit,
    carried,
    day,
    quantity,
    shown,
)
from tieuchi.engine.compile.tighten import tightened
from tieuchi.engine.diagnostic import listed, near
from tieuchi.engine.graph import Test
from tieuchi.engine.interval import BEGUN, rounded
from tieuchi.engine.source import Text

LOWER = ("at_least", "more_than")
UPPER = ("at_most", "less_than")
SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equals": "="}
SHORT = {"at_least": "ge", "more_than": "gt", "at_most": "le", "less_than": "lt"}


def condition(at: Lower, model: Any) -> int:
    """The truth node of a condition, wherever one may stand."""
    b, pack = at.b, at.pack
    if isinstance(model, Text):
        if b.members is not None and model in b.fields:
            node = b.fields[model]
        else:
            node = at.name(b.find(model, pack))
        if b.kind(node) != "truth":
            b.stop(
                "name-wrong-kind", model, pack, name=model, given=b.kind(node), expected="condition"
            )
        return node
    if isinstance(model, p.Required):
        return compare(at, model.require, model.require.body)[0]
    if isinstance(model, p.Not):
        return b.add("not", at.condition(model.not_, pack))
    if isinstance(model, p.Activity):
        return activity(at, model.activity)
    children = (
        model.of
        if isinstance(model, p.AtLeast)
        else getattr(model, "all" if isinstance(model, p.All) else "any")
    )
    if not isinstance(children, list):
        b.stop("form-unknown", model, pack)
    nodes = b.each(lambda child: at.condition(child, pack), children)
    return joined(at, model, nodes)


def activity(at: Lower, label: Text) -> int:
    """The node that says whether the case names an activity."""
    b, pack = at.b, at.pack
    known = pack.model.activities
    if not known:
        b.stop("key-missing", label, pack, key="activities")
    if label not in known:
        b.stop(
            "activity-unknown", label, pack, pack=pack.id, name=label, activities=listed(known),
            near=near(label, known),
        )  # fmt: skip
    if at.outside is not None:
        return carried(at.outside.b, activity(at.outside._replace(pack=pack), label), b)
    return b.day + 1 + b.activities.index(label)


def joined(at: Lower, model: Any, nodes: Sequence[int]) -> int:
    """`all`, `any` or `at_least` of nodes that have a status."""
    b = at.b
    if not nodes:
        key = "all" if isinstance(model, p.All) else "any" if isinstance(model, p.AnyOf) else "of"
        b.stop("children-missing", model, at.pack, key=key)
    if isinstance(model, p.AtLeast):
        return b.add("at_least", count_of(at, model, len(nodes)), *nodes)
    return b.add("all" if isinstance(model, p.All) else "any", *nodes)


def count_of(at: Lower, model: p.AtLeast, of: int) -> int:
    """How many `at_least: N` asks for."""
    text = model.at_least
    if not (text.isascii() and text.isdigit()):
        at.b.stop("number-malformed", text, at.pack, written=text)
    if not 1 <= int(text) <= of:
        if at.pack.lacks(model):
            raise Broken
        at.b.stop("count-impossible", text, at.pack, count=text, of=of)
    return int(text)


def compare(at: Lower, model: Any, value: Any) -> tuple[int, list[Test]]:
    """The truth of a comparison (`require`, or a line of `first`) and what it shows."""
    b, pack = at.b, at.pack
    asked = {c: getattr(model, {"in": "in_", "is": "is_"}.get(c, c), None) for c in p.COMPARISONS}
    asked = {c: bound for c, bound in asked.items() if bound is not None}
    if not asked:
        b.stop("comparison-missing", model, pack)
    _one_or_range(at, model, list(asked))
    node = at.value(value)
    kind = b.kind(node)
    wanted = {
        "truth": ("is",),
        "class": ("in", "equals"),
        "quantity": tuple(SIGNS),
        "ratio": tuple(SIGNS),
        "date": tuple(SIGNS),
    }
    for comparison in asked:
        if comparison not in wanted.get(kind, ()):
            expected = {"is": "condition", "in": "class"}.get(comparison, "quantity")
            given = "condition" if kind == "truth" else kind
            b.stop(
                "name-wrong-kind",
                value if isinstance(value, Text) else model,
                pack,
                name=shown(value),
                given=given,
                expected=expected,
            )
    if kind == "truth":
        truth = node if asked["is"] == "true" else b.add("not", node)
        return truth, [Test("is", node, -1, truth, labels=(str(asked["is"]),))]
    if kind == "class":
        return _among(at, node, asked)
    parts = [_test(at, value, node, c, bound) for c, bound in asked.items()]
    if len(parts) == 2:
        _not_empty(at, model, parts)
    truths = [part.test.truth for part in parts]
    truth = truths[0] if len(truths) == 1 else b.add("all", *truths)
    return truth, [part.test for part in parts]


class _Part(NamedTuple):
    test: Test
    bound: Fraction | None  # of a constant bound, in base units


def _one_or_range(at: Lower, model: Any, asked: list[str]) -> None:
    lower = [c for c in asked if c in LOWER]
    upper = [c for c in asked if c in UPPER]
    if len(asked) > 1 and not (len(asked) == 2 and len(lower) == len(upper) == 1):
        at.b.stop("comparison-twice", model, at.pack, first=asked[0], second=asked[1])


def _not_empty(at: Lower, model: Any, parts: list[_Part]) -> None:
    low = next(x for x in parts if x.test.comparison in LOWER)
    high = next(x for x in parts if x.test.comparison in UPPER)
    if low.bound is None or high.bound is None:
        return
    strict = low.test.comparison == "more_than" or high.test.comparison == "less_than"
    if low.bound > high.bound or (strict and low.bound == high.bound):
        words = [
            f"{SIGNS[x.test.comparison]} {shown(getattr(model, x.test.comparison))}"
            for x in (low, high)
        ]
        at.b.stop("range-empty", model, at.pack, low=words[0], high=words[1])


def _among(at: Lower, node: int, asked: dict[str, Any]) -> tuple[int, list[Test]]:
    b = at.b
    known = b.labels[node]
    words: list[Any] = asked["in"] if "in" in asked else [asked["equals"]]
    mask = 0
    for word in words:
        if word not in known:
            b.stop(
                "label-unknown",
                word,
                at.pack,
                name=_called(b, node),
                label=word,
                labels=listed(known),
                near=near(word, known),
            )
        mask |= 1 << known.index(word)
    truth = b.add("in", node, mask, len(known))
    labels = tuple(str(word) for word in words)
    return truth, [Test("in" if "in" in asked else "equals", node, -1, truth, labels=labels)]


def _called(b: Builder, node: int) -> str:
    return b.facts[node].id if node < len(b.facts) else "/".join(b.labels[node])


def _test(at: Lower, value: Any, node: int, comparison: str, bound: Any) -> _Part:
    b = at.b
    kind = b.kind(node)
    if kind == "date":
        return _date_test(at, node, comparison, bound)
    if comparison in ("more_than", "at_most"):
        node = _begun(b, node)
    unit = b.nodes[node].unit
    required = quantity(at, bound, "" if _has_unit(bound) else unit)
    alike(at, value, node, bound, required, SIGNS[comparison])
    if kind == "ratio":
        truth = _share(at, node, comparison, required)
    else:
        truth = _quantity_test(b, node, comparison, required)
    fixed = (
        constant_value(required, b) * factor(b.unit(required)) if b.is_constant(required) else None
    )
    required = as_unit(required, unit, b)
    return _Part(Test(comparison, node, required, truth, unit), fixed)


def _begun(b: Builder, node: int) -> int:
    """A time as "more than" and "at most" see it: with 5 years and a day it is over 5 years."""
    of = b.nodes[node]
    if of.op != "elapsed" or of.args[0] not in ("years", "months"):
        return node
    begun = b.add("elapsed", BEGUN + of.args[0], *of.args[1:], kind="quantity", unit=of.unit)
    b.moving.add(begun)
    return begun


def _has_unit(bound: Any) -> bool:
    return isinstance(bound, Text) and is_constant(bound) and not is_bare(bound)


def _quantity_test(b: Builder, node: int, comparison: str, required: int) -> int:
    if not b.is_constant(required):
        a, c = aligned([node, required], b)
        if comparison == "equals":
            return b.add("all", b.add("ge2", a, c), b.add("ge2", c, a))
        op = "ge2" if comparison in ("at_least", "at_most") else "gt2"
        return b.add(op, a, c) if comparison in LOWER else b.add(op, c, a)
    # the threshold in the measured node's own steps: n over d, made whole as the comparison says
    steps = over(
        constant_value(required, b) * factor(b.unit(required)), b.scale(node) * factor(b.unit(node))
    )
    low, high = (
        rounded(steps.numerator, steps.denominator, "down"),
        rounded(steps.numerator, steps.denominator, "up"),
    )
    if comparison == "equals":
        return b.add("all", b.add("ge", node, high), b.add("le", node, low))
    if comparison == "at_least":
        return b.add("ge", node, high)
    if comparison == "more_than":
        return b.add("ge", node, low + 1)
    return b.add("le", node, low if comparison == "at_most" else high - 1)


def _share(at: Lower, node: int, comparison: str, required: int) -> int:
    """n/d against t, multiplied out: ``q*n`` against ``k*t*d`` in whole steps."""
    b = at.b
    n, d = b.nodes[node].args
    k = over(
        b.scale(required) * factor(b.unit(required)),
        b.scale(node) * factor(b.unit(node)),
    )
    t = required
    if k.numerator != 1:
        unit, scale = b.nodes[required].unit, over(b.scale(required), Fraction(k.numerator))
        if b.is_constant(required):
            value = b.nodes[required].args[0] * k.numerator
            t = b.add("const", value, kind="quantity", unit=unit, scale=scale)
        else:
            t = b.add("linear", 0, k.numerator, required, kind="quantity", unit=unit, scale=scale)
    if comparison == "equals":
        parts = [b.add("share", c, n, d, t, k.denominator) for c in ("ge", "le")]
        return b.add("all", *(tightened(b, part) for part in parts))
    return tightened(b, b.add("share", SHORT[comparison], n, d, t, k.denominator))


def _date_test(at: Lower, node: int, comparison: str, bound: Any) -> _Part:
    b = at.b
    if isinstance(bound, Text) and is_constant(bound):
        ordinal = read_day(bound, b, at.pack)
        required = b.add("date", ordinal, kind="date")
        if comparison == "equals":
            truth = b.add("all", b.add("ge", node, ordinal), b.add("le", node, ordinal))
        elif comparison in LOWER:
            truth = b.add("ge", node, ordinal + (comparison == "more_than"))
        else:
            truth = b.add("le", node, ordinal - (comparison == "less_than"))
        return _Part(Test(comparison, node, required, truth), Fraction(ordinal))
    required = day(at, bound)
    low, high = (node, required) if comparison in LOWER else (required, node)
    op = "ge2" if comparison in ("at_least", "at_most") else "gt2"
    truth = b.add(op, low, high)
    if comparison == "equals":
        truth = b.add("all", b.add("ge2", node, required), b.add("ge2", required, node))
    return _Part(Test(comparison, node, required, truth), None)
