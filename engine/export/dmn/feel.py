"""The nodes of a graph as FEEL: what each operation is as a call of the library's functions.

`Nodes.of(node)` is what a node comes to, as an expression; which nodes have names, and what a case
gives, is for who extends it. Quantities are numbers in their node's unit, so that a modeller sees
the law's figures; where they have no finite decimals (a twelfth of a year's income) the number is
so many times as much that it has (`times`). Nothing is divided but to be rounded, so all is exact
in FEEL's decimals of 34 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from tieuchi.engine.arithmetic import pairs
from tieuchi.engine.export.dmn import phrases as say
from tieuchi.engine.export.dmn.elements import quoted
from tieuchi.engine.export.dmn.function import DAY, LABELS, OUTCOME, QUANTITY
from tieuchi.engine.graph import Fact, Node
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import possible, status
from tieuchi.engine.words import Words

NOT_APPLICABLE = "not_applicable"
TYPES = {"truth": OUTCOME, "quantity": QUANTITY, "date": DAY, "class": LABELS, "ratio": "tRatio"}


class Inexpressible(ValueError):
    """What the model cannot say, and why, in words."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def _no_words(op: str) -> Inexpressible:
    return Inexpressible(say.NO_WORDS.words(op=Words(op, op)))


def over(a: Fraction | int, b: Fraction | int) -> Fraction:
    """A quotient, exact."""
    a, b = Fraction(a), Fraction(b)
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def decimal(value: Fraction | int) -> str:
    """An exact decimal. Raises `Inexpressible` where none is finite."""
    value = Fraction(value)
    text = decimal_text(value.numerator, 1, value.denominator)
    if "/" in text:
        raise Inexpressible(say.NO_DECIMAL.words(number=Words(text, text)))
    return text


def odd_part(number: int) -> int:
    """A number without its factors 2 and 5."""
    for factor in (2, 5):
        while number % factor == 0:
            number //= factor
    return number


def times(node: Node) -> int:
    """How many times a node's quantity its number is."""
    return odd_part(Fraction(node.num, node.den).denominator)


def step(node: Node | Fact) -> Fraction:
    """What one step of a node is as a number of the model."""
    scale = Fraction(node.num, node.den)
    return scale * odd_part(scale.denominator)


def day_text(ordinal: int) -> str:
    """A day in FEEL."""
    return f'date("{date.fromordinal(ordinal).isoformat()}")'


class Nodes:
    """Writes nodes over values that have names: of a graph, or of one member of a list."""

    def __init__(self, nodes: Sequence[Node], comparisons: Mapping[int, str]) -> None:
        self.nodes = nodes
        self.comparisons = comparisons  # by the truth node, as the provisions say it

    def of(self, node: int) -> str:
        """A node as an expression."""
        return self.written(node)

    def written(self, node: int) -> str:
        """A node as its own operation, whatever its name. Raises `Inexpressible`."""
        of = self.nodes[node]
        make = _MAKERS.get(of.op)
        if make is None:
            raise _no_words(of.op)
        return make(self, node, of)

    def listed(self, nodes: Sequence[int]) -> str:
        """Some nodes as a list."""
        return f"[{', '.join(map(self.of, nodes))}]"

    def step(self, node: int) -> Fraction:
        """What one step of a node is as a number of the model."""
        return step(self.nodes[node])

    def given(self, node: int) -> str:
        """What a case gives."""
        raise _no_words(self.nodes[node].op)

    def outer(self, node: int) -> str:
        """What a member's condition reads from outside."""
        raise _no_words(self.nodes[node].op)

    def is_stated(self, node: int) -> str:
        """Whether a fact is stated, as a condition of FEEL."""
        raise _no_words(self.nodes[node].op)

    def labels(self, node: int) -> tuple[str, ...]:
        """The labels of a class."""
        raise _no_words(self.nodes[node].op)

    def count(self, of: Node) -> str:
        """A count over a list."""
        raise _no_words(of.op)

    def total(self, of: Node) -> str:
        """A sum over a list of what each member comes to."""
        raise _no_words(of.op)

    def chosen(self, of: Node) -> str:
        """A table, or the first that holds."""
        raise _no_words(of.op)


# ---- a node, by its op


def _compared(w: Nodes, node: int, of: Node) -> str:
    """Against a constant; the law's own comparison where a provision says which it is."""
    a, bound = of.args
    name, moved = ("at_least", 0) if of.op == "ge" else ("at_most", 0)
    said = w.comparisons.get(node)
    if of.op == "ge" and said == "more_than":
        name, moved = "more_than", -1
    elif of.op == "le" and said == "less_than":
        name, moved = "less_than", 1
    return f"{name}({w.of(a)}, {decimal((bound + moved) * w.step(a))})"


def _compared_both(w: Nodes, _node: int, of: Node) -> str:
    name = "at_least" if of.op == "ge2" else "more_than"
    return f"{name}(difference({w.of(of.args[0])}, {w.of(of.args[1])}), 0)"


def _share(w: Nodes, _node: int, of: Node) -> str:
    comparison, n, d, t, q = of.args
    name = {"ge": "at_least", "gt": "more_than", "le": "at_most", "lt": "less_than"}[comparison]
    factor = over(q * w.step(t) * w.step(d), w.step(n))
    rate, odd = w.of(t), odd_part(factor.denominator)
    if odd > 1:
        factor, rate = factor * odd, f"scaled({odd}, {rate})"
    margin = f"{w.of(n)}, {w.of(d)}, {decimal(w.step(d))}, {rate}, {decimal(factor)}"
    return f"{name}(ratio_margin({margin}), 0)"


def _among(w: Nodes, _node: int, of: Node) -> str:
    a, mask, _ = of.args
    wanted = ", ".join(quoted(x) for i, x in enumerate(w.labels(a)) if mask >> i & 1)
    return f"among({w.of(a)}, [{wanted}])"


def _truth(_w: Nodes, _node: int, of: Node) -> str:
    outcomes = possible(of.args[0])
    said = [str(each in outcomes).lower() for each in map(status, (1, 2, 4))]
    return f"outcome({', '.join(said)})"


def _called(name: str) -> Callable[[Nodes, int, Node], str]:
    return lambda w, _node, of: f"{name}({', '.join(map(w.of, of.args))})"


def _called_on_list(name: str) -> Callable[[Nodes, int, Node], str]:
    return lambda w, _node, of: f"{name}({w.listed(of.args)})"


def _so_many(w: Nodes, _node: int, of: Node) -> str:
    return f"so_many_of({of.args[0]}, {w.listed(of.args[1:])})"


def _added(w: Nodes, node: int, of: Node) -> str:
    start, out = of.args[0], w.step(node)
    terms = []
    for k, a in pairs(of.args[1:]):
        by = over(k * out, w.step(a))
        terms.append(w.of(a) if by == 1 else f"scaled({decimal(by)}, {w.of(a)})")
    if len(terms) == 1 and start == 0:
        return terms[0]
    name = "total" if of.op == "linear" else "sum_of"
    return f"{name}({decimal(start * out)}, [{', '.join(terms)}])"


def _product(w: Nodes, node: int, of: Node) -> str:
    a, b = of.args
    by = over(w.step(node), w.step(a) * w.step(b))
    made = f"times({w.of(a)}, {w.of(b)})"
    return made if by == 1 else f"scaled({decimal(by)}, {made})"


def _rounded(w: Nodes, node: int, of: Node) -> str:
    a, p, q, way = of.args
    per = over(q * w.step(a), p)
    return f"rounded_{way}({w.of(a)}, {decimal(per)}, {decimal(w.step(node))})"


def _else(w: Nodes, _node: int, of: Node) -> str:
    fact, definition = of.args
    return f"if {w.is_stated(fact)} then {w.of(fact)} else {w.of(definition)}"


def _amount(w: Nodes, _node: int, of: Node) -> str:
    condition, value = of.args
    when = "outcome(true, false, false)" if condition < 0 else w.of(condition)
    return f"amount_when({when}, {w.of(value)})"


def _label(w: Nodes, node: int, of: Node) -> str:
    labels = (*w.labels(node), NOT_APPLICABLE)
    return f"[{', '.join(quoted(x) for i, x in enumerate(labels) if of.args[0] >> i & 1)}]"


def _ratio(w: Nodes, _node: int, of: Node) -> str:
    n, d = of.args
    by = over(Fraction(of.num, of.den) * w.step(d), w.step(n))
    factor = str(by.numerator) if by.denominator == 1 else f"{by.numerator} / {by.denominator}"
    return f"ratio({w.of(n)}, {w.of(d)}, {factor})"


_MAKERS: dict[str, Callable[[Nodes, int, Node], str]] = {
    "fact": lambda w, node, _of: w.given(node),
    "truth": _truth,
    "ge": _compared,
    "le": _compared,
    "ge2": _compared_both,
    "gt2": _compared_both,
    "share": _share,
    "tighter": _called("also"),
    "in": _among,
    "all": _called_on_list("all_of"),
    "any": _called_on_list("any_of"),
    "at_least": _so_many,
    "not": _called("negated"),
    "applies_when": _called("applies_when"),
    "unless": _called("unless"),
    "review": _called("reviewed"),
    "outer": lambda w, node, _of: w.outer(node),
    "const": lambda w, node, of: f"exactly({decimal(of.args[0] * w.step(node))})",
    "unknown": lambda _w, _node, _of: "quantity(0, null, true, false)",
    "linear": _added,
    "sum": _added,
    "product": _product,
    "highest": _called_on_list("highest_of"),
    "lowest": _called_on_list("lowest_of"),
    "floor": _called("not_below"),
    "cap": _called("not_above"),
    "round": _rounded,
    "vague": _called("vague"),
    "elapsed": lambda w, _node, of: (
        f"elapsed_{of.args[0].replace(' ', '_')}({w.of(of.args[1])}, {w.of(of.args[2])})"
    ),
    "count": lambda w, _node, of: w.count(of),
    "total": lambda w, _node, of: w.total(of),
    "pick": lambda w, _node, of: w.chosen(of),
    "pick class": lambda w, _node, of: w.chosen(of),
    "table": lambda w, _node, of: w.chosen(of),
    "table class": lambda w, _node, of: w.chosen(of),
    "else": _else,
    "else date": _else,
    "else truth": _else,
    "else class": _else,
    "amount": _amount,
    "label": _label,
    "date": lambda _w, _node, of: f"on_day({day_text(of.args[0])})",
    "ratio": _ratio,
}
