"""Expressions over the columns of a table that are known, while they are built, to be constant.

A `Term` is a Narwhals expression and the layer of named columns that it needs; beside terms stand
plain values, which are folded away: a condition is ``bool | Term`` and is never null, a bound is
``int | None | Term``, where None, like a null in the column, is no bound. `Sheet` names terms,
layer by layer, so that what is used twice is computed once and no expression grows with the depth
of the law. It knows no node and no law.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, overload

import narwhals as nw

LARGEST = 2**63 - 1
SAFE = 2**62  # no sum of two such numbers leaves 64 bits
EXACT = 2**52  # below it a quotient in binary floating point cannot reach the next whole number


class Term:
    """An expression; `layer` counts the named layers below it, `null` says that it may be null."""

    __slots__ = ("expr", "layer", "null", "plain")

    def __init__(
        self, expr: nw.Expr, layer: int, *, null: bool = False, plain: bool = False
    ) -> None:
        self.expr = expr
        self.layer = layer
        self.null = null
        self.plain = plain  # a column as it stands


Truth = bool | Term
Bound = int | None | Term
Keep = Callable[[str, Any], Any]  # gives a term a name, see `Sheet`


def column(name: str, layer: int = 0, *, null: bool = False) -> Term:
    """A named column."""
    return Term(nw.col(name), layer, null=null, plain=True)


def expression(value: Any) -> Any:
    """A term's expression; a plain value as it is."""
    return value.expr if isinstance(value, Term) else value


def term(build: Callable[..., nw.Expr], *operands: Any, null: bool | None = None) -> Term:
    """What `build` makes of the operands; null where one of them may be, unless said."""
    terms = [operand for operand in operands if isinstance(operand, Term)]
    may = any(operand.null for operand in terms) if null is None else null
    layer = max((operand.layer for operand in terms), default=0)
    return Term(build(*map(expression, operands)), layer, null=may)


def balanced(join: Callable[[Any, Any], Any], operands: Sequence[Any]) -> Any:
    """All operands joined pairwise, so that thousands nest no deeper than their logarithm."""
    level = list(operands)
    while len(level) > 1:
        pairs = [join(*level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


# ---- conditions


def both(*conditions: Truth) -> Truth:
    """All of them."""
    if any(condition is False for condition in conditions):
        return False
    left = _distinct(conditions, True)
    return term(lambda *of: balanced(lambda a, b: a & b, of), *left) if left else True


def either(*conditions: Truth) -> Truth:
    """One of them at least."""
    if any(condition is True for condition in conditions):
        return True
    left = _distinct(conditions, False)
    return term(lambda *of: balanced(lambda a, b: a | b, of), *left) if left else False


def _distinct(conditions: Sequence[Truth], neutral: bool) -> list[Truth]:
    left = {id(condition): condition for condition in conditions if condition is not neutral}
    return list(left.values())


def negate(condition: Truth) -> Truth:
    """Not it."""
    return term(lambda of: ~of, condition) if isinstance(condition, Term) else not condition


def is_null(bound: Bound) -> Truth:
    """Whether there is no bound."""
    if isinstance(bound, Term):
        return term(lambda of: of.is_null(), bound, null=False) if bound.null else False
    return bound is None


@overload
def choose(condition: Truth, then: Truth, otherwise: Truth) -> Truth: ...
@overload
def choose(condition: Truth, then: Bound, otherwise: Bound) -> Bound: ...
def choose(condition: Truth, then: Bound, otherwise: Bound) -> Bound:
    """One of two values of one kind."""
    if not isinstance(condition, Term):
        return then if condition else otherwise
    if then is otherwise or (not isinstance(then, Term) and then == otherwise):
        return then
    null = any(each is None or (isinstance(each, Term) and each.null) for each in (then, otherwise))
    if then is None:
        return term(lambda c, b: nw.when(~c).then(_value(b)), condition, otherwise, null=True)
    if otherwise is None:
        return term(lambda c, a: nw.when(c).then(_value(a)), condition, then, null=True)
    return term(
        lambda c, a, b: nw.when(c).then(_value(a)).otherwise(_value(b)),
        condition, then, otherwise, null=null,
    )  # fmt: skip


def _value(value: Any) -> Any:
    return nw.lit(value, dtype=nw.Int64) if type(value) is int else value


def compare(how: str, a: Bound, b: Bound, *, unbounded: bool) -> Truth:
    """Whether a is at least ("ge"), or less than ("lt") b; `unbounded` where one is no bound."""
    if a is None or b is None:
        return unbounded
    if isinstance(a, int) and isinstance(b, int):
        return a >= b if how == "ge" else a < b
    found = term(lambda x, y: _value(x) >= y if how == "ge" else _value(x) < y, a, b)
    return term(lambda of: of.fill_null(unbounded), found, null=False) if found.null else found


# ---- bounds


def plus(*bounds: Bound) -> Bound:
    """The sum; no bound where one of them is none."""
    if any(bound is None for bound in bounds):
        return None
    constant = sum(bound for bound in bounds if isinstance(bound, int))
    left = [bound for bound in bounds if isinstance(bound, Term)]
    if constant or not left:
        left.append(constant)  # type: ignore[arg-type]
    if len(left) == 1:
        return left[0]
    return term(lambda *of: balanced(lambda a, b: a + b, of), *left)


def times(k: int, bound: Bound) -> Bound:
    """k times a bound; 0 times no bound is 0."""
    if k == 0:
        return 0
    if isinstance(bound, Term) and k != 1:
        return term(lambda of: of * k, bound)
    return bound if bound is None or isinstance(bound, Term) else k * bound


def minus(bound: Bound) -> Bound:
    """The bound mirrored at 0."""
    return times(-1, bound)


def known_greatest(*bounds: Bound) -> Bound:
    """The greatest of those that are bounds; none where none is."""
    return _extreme(True, [bound for bound in bounds if bound is not None])


def greatest(*bounds: Bound) -> Bound:
    """The greatest; none where one of them is none."""
    return _strict(True, bounds)


def least(*bounds: Bound) -> Bound:
    """The least; none where one of them is none."""
    return _strict(False, bounds)


def known_least(*bounds: Bound) -> Bound:
    """The least of those that are bounds; none where none is."""
    return _extreme(False, [bound for bound in bounds if bound is not None])


def _strict(high: bool, bounds: Sequence[Bound]) -> Bound:
    if any(bound is None for bound in bounds):
        return None
    found = _extreme(high, bounds)
    missing = either(*map(is_null, bounds))
    return found if missing is False else choose(missing, None, found)


def _extreme(high: bool, bounds: Sequence[Bound]) -> Bound:
    """Nulls are passed over."""
    if not bounds:
        return None
    constants = [bound for bound in bounds if isinstance(bound, int)]
    left: list[Bound] = [bound for bound in bounds if isinstance(bound, Term)]
    if constants:
        left.append((max if high else min)(constants))
    if len(left) == 1:
        return left[0]
    join = nw.max_horizontal if high else nw.min_horizontal
    null = all(isinstance(bound, Term) and bound.null for bound in left)
    return term(lambda *of: join(*map(_value, of)), *left, null=null)


def divided(bound: Bound, by: int, largest: int) -> Bound:
    """A bound over a positive number, to the lower whole number; |bound| is at most `largest`.

    Some back ends divide whole numbers in binary floating point: one step of correction, exact
    again, follows where a quotient could be off by it.
    """
    if by == 1 or bound is None:
        return bound
    if isinstance(bound, int):
        return bound // by
    if largest < EXACT:
        return term(lambda of: (of // by).cast(nw.Int64), bound)
    near = term(lambda of: (of // by).cast(nw.Int64), bound)
    return term(lambda of, q: q + ((of - q * by) // by).cast(nw.Int64), bound, near)


def scaled_down(
    keep: Keep, bound: Bound, p: int, q: int, largest: int, *, half: bool = False
) -> Bound:
    """p/q of a bound to the lower whole number, or of a `half` more; |bound| is at most `largest`.

    Where p times the bound could leave 64 bits, its whole multiples of q and its rest are taken
    apart, so that nothing on the way is larger than what comes of it.
    """
    times_, per, start = (2 * p, 2 * q, q) if half else (p, q, 0)
    if bound is None or q == 1:
        return times(p, bound)
    if times_ * largest + start <= SAFE or not isinstance(bound, Term):
        return divided(plus(times(times_, bound), start), per, times_ * largest + start)
    whole = keep("whole", divided(keep("of", bound), q, largest))
    rest = keep("rest", plus(bound, times(-q, whole)))
    return plus(times(p, whole), divided(plus(times(times_, rest), start), per, times_ * q + start))


# ---- names


class Sheet:
    """Terms under names, by layer: each layer reads only the layers before it.

    `prefix` stands before each name, where several sheets lie over one frame. No name has a dot,
    which Spark reads as a field of a structure.
    """

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.layers: list[dict[str, nw.Expr]] = []

    def keep(self, name: str, value: Any) -> Any:
        """The named column of a term; what is a column or a constant already stays as it is."""
        if not isinstance(value, Term) or value.plain:
            return value
        name = f"{self.prefix}{name}".replace(".", "_")
        while len(self.layers) <= value.layer:
            self.layers.append({})
        self.layers[value.layer][name] = value.expr
        return column(name, value.layer + 1, null=value.null)

    def over(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame with all named columns."""
        return reduce(lambda f, layer: f.with_columns(**layer), self.layers, frame)
