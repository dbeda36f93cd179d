"""What is missing of a provision that compares one number, in columns, and what share that is.

The least change in steps that would do, as `decision` has it; where what is required is another
number in each row, the thousandths of it that are missing besides.
"""

from __future__ import annotations

from decimal import Decimal
from math import gcd
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.graph import Node, Provision, Test
from tieuchi.engine.table.cells import Outcomes, Range
from tieuchi.engine.table.columns import Columns
from tieuchi.engine.table.terms import (
    EXACT,
    SAFE,
    Bound,
    Term,
    both,
    choose,
    compare,
    divided,
    is_null,
    minus,
    negate,
    plus,
    term,
    times,
)

WIDE = nw.Decimal(38, 0)


class Short(NamedTuple):
    """What is missing: steps of a node, and thousandths of what is required, rounded up; None where
    that is one number of all rows, or nothing to have a share of."""

    steps: Bound
    share: Bound
    node: Node


def shortfall(columns: Columns, of: Provision, truth: Outcomes, *, shares: bool) -> Short | None:
    """The least change that would do, where a provision that compares one number is not met."""
    nodes = columns.graph.nodes
    if not of.tests or {test.measured for test in of.tests} != {of.tests[0].measured}:
        return None
    node = nodes[of.tests[0].measured]
    if node.kind not in ("quantity", "ratio") or any(test.required < 0 for test in of.tests):
        return None
    one = len(of.tests) == 1
    steps: Bound = None
    share: Bound = None
    for test in of.tests:
        missing = _missing(columns, test, node)
        if missing is None:
            continue
        tested = columns.cell(test.truth)
        wanted = (
            truth.surely_not if test.truth == of.node else both(truth.surely_not, tested.surely_not)
        )
        short = choose(wanted, missing.steps, None)
        if not one or (shares and not isinstance(missing.want, int)):
            short = columns.sheet.keep(f"@{of.node}.{test.truth}.short", short)
            share = _first_known(share, _share(short, missing)) if shares else None
        steps = _first_known(steps, short)
    if node.kind == "ratio":
        node = nodes[node.args[0]]
    return None if steps is None else Short(steps, share, node)


def _first_known(one: Bound, other: Bound) -> Bound:
    if one is None or other is None:
        return other if one is None else one
    return choose(is_null(one), other, one)


def _share(short: Bound, of: Missing) -> Bound:
    """Thousandths of what is required, rounded up; of large numbers nearly so, within 64 bits."""
    if short is None or (isinstance(of.want, int) and of.want <= 0):
        return None

    def shares(steps: nw.Expr, want: Any) -> nw.Expr:
        grown = steps.cast(nw.Int64) * of.per
        small = grown < EXACT // 1000
        exact = ((nw.when(small).then(grown) * 1000 + (want - 1)) // want).cast(nw.Int64)
        near = (grown // (want // 1000 + 1)).cast(nw.Int64) + 1
        return nw.when(small).then(exact).otherwise(near)

    if not isinstance(of.want, Term):
        return term(lambda steps: shares(steps, of.want), short, null=True)
    above = term(lambda want: nw.when(want > 0).then(want), of.want, null=True)
    return term(shares, short, above, null=True)


class Missing(NamedTuple):
    """The steps that are missing, and what is required: `want` over `per` of them."""

    steps: Bound
    want: Bound
    per: int


def _missing(columns: Columns, test: Test, node: Node) -> Missing | None:
    """What is missing, in steps; null where what is measured or required is not settled."""
    bound = columns.graph.nodes[test.required]
    required: Range = columns.cell(test.required)
    num, den = bound.num * node.den, bound.den * node.num
    common = gcd(num, den)
    num, den = num // common, den // common
    largest = max(abs(bound.least or 0), abs(bound.most or 0)) * num
    measured: Range
    if node.kind == "ratio":
        measured, below = columns.cell(test.measured)
        want = term_product(times(num, required.high), below.high)
        settled = both(measured.settled, below.settled, required.settled)
        largest *= columns.graph.nodes[node.args[1]].most or 1
    else:
        measured = columns.cell(test.measured)
        want, settled = times(num, required.high), both(measured.settled, required.settled)
    goal = _goal(test.comparison, want, den, largest)
    if goal is None or settled is False:
        return None
    if isinstance(goal, int) and abs(goal) > SAFE:
        goal = _far(goal, measured.high)
    short = {
        "at_least": plus(goal, minus(measured.high)),
        "more_than": plus(goal, minus(measured.high)),
        "at_most": plus(measured.high, minus(goal)),
        "less_than": plus(measured.high, minus(goal)),
    }.get(test.comparison)
    if short is None:
        apart = plus(goal, minus(measured.high))
        short = choose(compare("ge", apart, 0, unbounded=True), apart, minus(apart))
    unsettled = negate(settled)
    only_null = measured.point and node.kind != "ratio" and required.settled is True
    if not (only_null and measured.absent is False and measured.present is True):
        short = choose(unsettled, None, short)  # else a null of what is measured is a null here
    return Missing(short, want, den)


def _far(goal: int, measured: Bound) -> Bound:
    """A number that no fact can reach, wider than 64 bits; null where what is measured is."""
    if not isinstance(measured, Term):
        return goal
    return term(lambda of: of.cast(WIDE) * 0 + nw.lit(Decimal(goal)), measured)


def term_product(a: Bound, b: Bound) -> Bound:
    """The product of two numbers, null where one is."""
    if isinstance(a, int) and isinstance(b, int):
        return a * b
    return None if a is None or b is None else term(lambda x, y: x * y, a, b)


def _goal(comparison: str, want: Bound, per: int, largest: int) -> Bound:
    """The nearest whole number of steps that does (see `decision`)."""
    down = divided(want, per, largest)
    if comparison == "at_most":
        return down
    if comparison == "more_than":
        return plus(down, 1)
    up = minus(divided(minus(want), per, largest))
    if comparison == "at_least":
        return up
    if comparison == "less_than":
        return plus(up, -1)
    if per == 1 or down is None:
        return down
    whole = compare("ge", down, up, unbounded=False)
    return choose(whole, down, None)
