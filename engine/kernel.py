"""The arithmetic of one node: from the values of the nodes before it to its own.

`steps(nodes)` turns nodes into functions of the list of values; `decide` runs them in order and
`session` runs those of quantities as facts come in, so both count alike. Comparisons, counts and
choices are here, `arithmetic` has the sums, `truth` the operators. It knows nodes and numbers only:
no provision, no case, no words.

Values, by the node's kind:

- truth: bits of `truth`;
- quantity and date: an `int` where the value is settled, else ``(lo, hi, absent)``: from ``lo`` to
  ``hi``, both included, None for no bound, and whether "not applicable" is possible besides;
  `ABSENT` where nothing else is;
- class: a bit a label, and the bit after the last one for "not applicable";
- ratio: the pair of its quantities' values;
- list: `Members`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, NamedTuple, cast

from tieuchi.engine import arithmetic, truth
from tieuchi.engine.graph import Node
from tieuchi.engine.interval import (
    ABSENT,
    Quantity,
    combined,
    compared,
    ge,
    hull,
    le,
    multiplied,
    narrow,
    scaled,
    span,
    summed,
)
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

Value = Any  # by the node's kind, as the module says
Step = Callable[[list[Value]], Value]


class Members(NamedTuple):
    """The members of a list that a case gives; not `complete`, there may be more."""

    rows: tuple[list[Value], ...]
    complete: bool


class Contradiction(ValueError):
    """Two statements of a case that cannot both be true: the node where they meet."""

    def __init__(self, node: int) -> None:
        super().__init__(node)
        self.node = node


# --- truth -------------------------------------------------------------------------------------


def _constant(value: Value, *_: object) -> Step:
    return lambda _: value


def _ge(a: int, t: int) -> Step:
    return lambda v: ge(v[a], t)


def _le(a: int, t: int) -> Step:
    return lambda v: le(v[a], t)


def _margin(strict: str) -> Callable[[int, int], Step]:
    def make(a: int, b: int) -> Step:
        def step(v: list[Value]) -> int:
            x, y = v[a], v[b]
            if x is ABSENT or y is ABSENT:
                return NOT_APPLICABLE
            xlo, xhi, xna = span(x)
            ylo, yhi, yna = span(y)
            lo = None if xlo is None or yhi is None else xlo - yhi
            hi = None if xhi is None or ylo is None else xhi - ylo
            out = compared(strict, lo, hi)
            return out | NOT_APPLICABLE if xna or yna else out

        return step

    return make


def _share(comparison: str, n: int, d: int, t: int, q: int) -> Step:
    def share(v: list[Value]) -> int:
        x, y, z = v[n], v[d], v[t]
        if x is ABSENT or y is ABSENT or z is ABSENT:
            return NOT_APPLICABLE
        xs, zs = span(x), span(z)
        ylo, yhi, yna = span(y)
        if yhi is not None and yhi < 1:
            return NOT_APPLICABLE
        absent = xs[2] or zs[2] or yna or ylo is None or ylo < 1
        least, most = multiplied((ylo if ylo is not None and ylo > 1 else 1, yhi, False), zs)
        nlo, nhi = scaled(q, xs)
        lo = None if nlo is None or most is None else nlo - most
        hi = None if nhi is None or least is None else nhi - least
        out = compared(comparison, lo, hi)
        return out | NOT_APPLICABLE if absent else out

    return share


def _tighter(a: int, b: int) -> Step:
    def tighter(v: list[Value]) -> int:
        out = cast(int, v[a]) & (cast(int, v[b]) | NOT_APPLICABLE)
        if not out:
            raise Contradiction(a)
        return out

    return tighter


def _in(a: int, mask: int, labels: int) -> Step:
    others = ((1 << labels) - 1) & ~mask

    def among(v: list[Value]) -> int:
        x = v[a]
        out = MET if x & mask else 0
        if x & others:
            out |= NOT_MET
        return out | NOT_APPLICABLE if x >> labels else out

    return among


def _all(*ix: int) -> Step:
    def all_(v: list[Value]) -> int:
        return truth.all_of([v[i] for i in ix])

    return all_


def _any(*ix: int) -> Step:
    def any_(v: list[Value]) -> int:
        return truth.any_of([v[i] for i in ix])

    return any_


def _at_least(count: int, *ix: int) -> Step:
    return lambda v: truth.at_least(count, [v[i] for i in ix])


def _not(a: int) -> Step:
    return lambda v: truth.negated(v[a])


def _gate(rule: Callable[[int, int], int]) -> Callable[[int, int], Step]:
    return lambda condition, own: lambda v: rule(v[condition], v[own])


# --- counts and choices -----------------------------------------------------------------------


def _count(listed: int, *args: Any) -> Step:
    wheres = [(member_test(w), k) for w, k in zip(args[::2], args[1::2], strict=True)]
    lows = sum(k if test is None else min(k, 0) for test, k in wheres)
    highs = sum(k if test is None else max(k, 0) for test, k in wheres)

    def count(v: list[Value]) -> Quantity:
        members: Members = v[listed]
        lo: int | None = 0
        hi: int | None = 0
        for row in members.rows:
            for test, k in wheres:
                holds = MET if test is None else test(row, v)
                ends = [k] if holds == MET else [0, k] if holds & MET else [0]
                lo, hi = cast(int, lo) + min(ends), cast(int, hi) + max(ends)
        if not members.complete:
            lo, hi = None if lows < 0 else lo, None if highs > 0 else hi
        return narrow(lo, hi, False)

    return count


def _total(listed: int, nodes: Sequence[Node]) -> Step:
    each = cast(Callable[..., Quantity], member_test(nodes))
    least = nodes[-1].least  # of one member whom the case does not list

    def total(v: list[Value]) -> Quantity:
        members: Members = v[listed]
        terms = [(1, _or_nothing(each(row, v))) for row in members.rows]
        lo, hi, _ = span(summed(0, terms))
        if not members.complete:
            lo, hi = None if least is None or least < 0 else lo, None
        return narrow(lo, hi, False)

    return total


def _or_nothing(value: Quantity) -> Quantity:
    """A quantity, 0 where it is not applicable."""
    if value is ABSENT:
        return 0
    lo, hi, absent = span(value)
    return hull(narrow(lo, hi, False), 0) if absent else value


def member_test(where: Sequence[Node]) -> Callable[[list[Value], list[Value]], Value] | None:
    """What a condition or value over one member comes to: of its fields and the values outside."""
    if not where:
        return None
    todo = [
        (
            i,
            node.args[0] if node.op == "outer" else None,
            step(node) if node.op != "outer" else None,
        )
        for i, node in enumerate(where)
        if node.op != "fact"
    ]

    def test(row: list[Value], outside: list[Value]) -> Value:
        values = row + [None] * (len(where) - len(row))
        for i, outer, run in todo:
            values[i] = run(values) if run is not None else outside[cast(int, outer)]
        return values[-1]

    return test


def _pick(join: Callable[[Value, Value], Value]) -> Callable[..., Step]:
    def make(*args: int) -> Step:
        branches, last = arithmetic.pairs(args[:-1]), args[-1]

        def pick(v: list[Value]) -> Value:
            out = None
            for condition, value in branches:
                holds = v[condition]
                if holds & MET:
                    out = v[value] if out is None else join(out, v[value])
                    if holds == MET:
                        return out
            return v[last] if out is None else join(out, v[last])

        return pick

    return make


def _table(join: Callable[[Value, Value], Value], absent: Value) -> Callable[..., Step]:
    def make(keys: Sequence[int], sizes: Sequence[int], cells: Sequence[int]) -> Step:
        def table(v: list[Value]) -> Value:
            masks = [v[k] for k in keys]
            out = None
            labels = [
                [i for i in range(n) if m >> i & 1] for m, n in zip(masks, sizes, strict=True)
            ]
            for chosen in product(*labels):
                at = 0
                for size, label in zip(sizes, chosen, strict=True):
                    at = at * size + label
                out = v[cells[at]] if out is None else join(out, v[cells[at]])
            if any(m >> n for m, n in zip(masks, sizes, strict=True)):
                out = absent if out is None else join(out, absent)
            return out

        return table

    return make


def _else(stated: Callable[[Value], bool]) -> Callable[[int, int], Step]:
    def make(fact: int, definition: int) -> Step:
        return lambda v: v[fact] if stated(v[fact]) else v[definition]

    return make


def _else_quantity(fact: int, definition: int) -> Step:
    def step(v: list[Value]) -> Quantity:
        x, y = v[fact], v[definition]
        if x.__class__ is not int:
            return cast(Quantity, y)
        lo, hi, _ = span(y)
        if y is not ABSENT and ((lo is not None and x < lo) or (hi is not None and x > hi)):
            raise Contradiction(fact)
        return x

    return step


def _amount(condition: int, value: int) -> Step:
    def amount(v: list[Value]) -> Quantity:
        holds = MET if condition < 0 else v[condition]
        x = v[value]
        if not holds & MET or x is ABSENT:
            return 0
        lo, hi, absent = span(x)
        return hull(narrow(lo, hi, False), 0) if absent or holds != MET else cast(Quantity, x)

    return amount


def _union(a: int, b: int) -> int:
    return a | b


def _settled_class(mask: int) -> bool:
    return mask & (mask - 1) == 0


_MAKERS: dict[str, Callable[..., Step]] = {
    "truth": _constant,
    "ge": _ge,
    "le": _le,
    "ge2": _margin("ge"),
    "gt2": _margin("gt"),
    "share": _share,
    "tighter": _tighter,
    "in": _in,
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "not": _not,
    "applies_when": _gate(truth.applies_when),
    "unless": _gate(truth.unless),
    "review": _gate(truth.reviewed),
    "const": _constant,
    "unknown": lambda: _constant((0, None, False)),
    "linear": arithmetic.added(combined),
    "sum": arithmetic.added(summed),
    "product": arithmetic.product,
    "highest": arithmetic.highest_of,
    "lowest": arithmetic.lowest_of,
    "floor": arithmetic.bounded(max, True),
    "cap": arithmetic.bounded(min, False),
    "round": arithmetic.rounded_to,
    "vague": arithmetic.vague,
    "elapsed": arithmetic.elapsed_between,
    "count": _count,
    "total": _total,
    "pick": _pick(hull),
    "pick class": _pick(_union),
    "table": _table(hull, ABSENT),
    "table class": lambda keys, sizes, cells, absent: _table(_union, absent)(keys, sizes, cells),
    "else": _else_quantity,
    "else date": _else(lambda x: x.__class__ is int),
    "else truth": _else(lambda x: x in (MET, NOT_MET)),
    "else class": _else(_settled_class),
    "amount": _amount,
    "label": _constant,
    "date": _constant,
    "ratio": lambda n, d: lambda v: (v[n], v[d]),
}


def step(node: Node) -> Step:
    """The function of one node; its op must not be ``fact``."""
    return _MAKERS[node.op](*node.args)


def steps(nodes: Sequence[Node], given: int) -> list[tuple[int, Step]]:
    """The functions of all nodes after the first `given`, with their indexes, in order."""
    return [(i, step(node)) for i, node in enumerate(nodes) if i >= given]
