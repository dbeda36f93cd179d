"""What lowering is done with: the builder and pack in hand, and how values become quantities.

A `Lower` is handed to every function that lowers a shape; the functions of other modules that it
needs come with it, so that modules import one way only. What is added or compared is brought to one
unit and one step here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Builder, Entry, common_step, over
from tieuchi.engine.compile.constants import (
    constant,
    constant_value,
    factor,
    in_unit,
    is_bare,
    is_constant,
    read_day,
    unit_of,
)
from tieuchi.engine.diagnostic import listed, near
from tieuchi.engine.graph import Node, reads
from tieuchi.engine.pack import Pack
from tieuchi.engine.quantity import parse_unit, same_dimension
from tieuchi.engine.source import Text

Labels = tuple[str, ...]


class Lower(NamedTuple):
    """What the functions of shapes need of one another."""

    b: Builder
    pack: Pack
    condition: Callable[[Any, Pack], int]  # of `conditions`
    name: Callable[[Entry], int]  # of `names`
    shapes: Mapping[type, Callable[..., int]]  # of `shapes`: by model, (lower, model, unit, labels)
    inside: Callable[[Builder, Pack, Callable[[Entry], int], Lower], Lower]  # `shapes.lowering`
    outside: Lower | None = None  # of a member's values: what lowers those that are no member's

    def value(self, model: Any, hint: str = "", labels: Labels = ()) -> int:
        """The node of a value; bare numbers take the unit `hint`, words may be of `labels`."""
        if isinstance(model, Text):
            return _scalar(self, model, hint, labels)
        node = self.shapes[type(model)](self, model, hint, labels)
        return bounded(self, model, node, hint) if isinstance(model, p.Valued) else node


def _scalar(at: Lower, text: Text, hint: str, labels: Labels) -> int:
    b, pack = at.b, at.pack
    if text in labels:
        return label(b, labels, text)
    if is_constant(text):
        if labels:
            b.stop("label-unknown", text, pack, name="labels", label=text, labels=listed(labels))
        return constant(text, hint, b, pack)
    if text == "unknown":
        if labels:
            return any_label(b, labels)
        if not hint:
            b.stop("unit-missing", text, pack, written=text)
        return unknown(hint, b)
    if b.members is not None and text in b.fields:
        return b.fields[text]
    if labels and text not in b.entries[pack.id] and "/" not in text:
        b.stop(
            "label-unknown", text, pack, name="labels", label=text, labels=listed(labels),
            near=near(text, labels),
        )  # fmt: skip
    return at.name(b.find(text, pack))


def unknown(unit: str, b: Builder) -> int:
    """A quantity of which nothing is known."""
    scale = Fraction(*parse_unit(unit).step)
    node = b.add("unknown", kind="quantity", unit=unit, scale=scale)
    b.moving.add(node)
    return node


def label(b: Builder, labels: Labels, label: str) -> int:
    """The node of one label of a class."""
    return _labelled(b, labels, 1 << labels.index(label))


def any_label(b: Builder, labels: Labels) -> int:
    """A class of which nothing is known."""
    return _labelled(b, labels, (1 << len(labels)) - 1)


def _labelled(b: Builder, labels: Labels, mask: int) -> int:
    """Some labels of a class; classes that call them otherwise share no node."""
    node = b.add("label", mask, len(labels), "/".join(labels), kind="class")
    b.labels[node] = labels
    return node


def quantity(at: Lower, model: Any, hint: str = "") -> int:
    """The node of a value that must be a quantity."""
    return as_quantity(at, model, at.value(model, hint))


def as_quantity(at: Lower, model: Any, node: int) -> int:
    """The node of a value, which must be a quantity."""
    kind = at.b.kind(node)
    if kind == "ratio":
        at.b.stop("ratio-added", place(model, at), at.pack, name=shown(model))
    if kind != "quantity":
        given = "condition" if kind == "truth" else kind
        at.b.stop(
            "name-wrong-kind",
            place(model, at),
            at.pack,
            name=shown(model),
            given=given,
            expected="quantity",
        )
    return node


def defined(at: Lower, entry: Entry) -> int:
    """The node of what a definition says, in the unit that it names."""
    model, b = entry.model, at.b
    if isinstance(model.body, p.Required | p.All | p.AnyOf | p.AtLeast | p.Not | p.Activity):
        return at.condition(model.body, entry.pack)
    labels = tuple(str(label) for label in model.labels or ())
    if model.unit is None:
        return at.value(model.body, "", labels)
    unit = unit_of(model.unit, b, entry.pack)
    node = at.value(model.body, unit.id, labels)
    own = b.nodes[node]
    if own.kind not in ("quantity", "ratio") or not same_dimension(b.unit(node), unit):
        given = own.unit or own.kind
        b.stop("unit-mismatch", model.unit, entry.pack, written=entry.name, unit=given,
               expected=unit.id)  # fmt: skip
    if own.kind == "ratio":
        scale = in_unit(node, unit.id, b)
        return b.add("ratio", *own.args, kind="ratio", unit=unit.id, scale=scale)
    return as_unit(node, unit.id, b)


def shown(model: Any) -> str:
    """A value in the words of the pack, short."""
    if isinstance(model, Text):
        return str(model)
    for name in type(model).model_fields:
        inner = getattr(model, name, None)
        if inner is not None and name not in ("floor", "cap", "round"):
            parts = inner if isinstance(inner, list) else [inner]
            words = " + ".join(str(x) if isinstance(x, Text) else "…" for x in parts)
            return words if name == "of" else f"{name}: {words}"
    return "…"


def place(model: Any, at: Lower) -> Any:
    """Where a fault of a value is shown."""
    return model if isinstance(model, Text | p.Model) else at.pack.model.pack


def _at_index(at: Lower, models: Sequence[Any], hint: str, i: int) -> int:
    return quantity(at, models[i], hint)


def quantities(at: Lower, models: Sequence[Any], hint: str = "") -> list[int]:
    """Several quantities of one dimension; bare constants take the first unit there is."""

    def turn(model: Any) -> int:
        if not isinstance(model, Text) or not (is_constant(model) or model == "unknown"):
            return 0
        return 2 if is_bare(model) or model == "unknown" else 1

    done: dict[int, int] = {}
    for now in range(3):
        todo = [i for i, m in enumerate(models) if turn(m) == now]
        made = at.b.each(partial(_at_index, at, models, hint), todo)
        done.update(zip(todo, made, strict=True))
        if made and not hint:
            hint = at.b.nodes[made[0]].unit
    nodes = [done[i] for i in range(len(models))]
    for node, model in zip(nodes[1:], models[1:], strict=True):
        alike(at, models[0], nodes[0], model, node, "+")
    return nodes


def alike(at: Lower, left: Any, a: int, right: Any, c: int, sign: str) -> None:
    """Stop where two quantities are of different dimensions."""
    b = at.b
    if not same_dimension(b.unit(a), b.unit(c)):
        b.stop(
            "dimension-mismatch",
            place(right, at),
            at.pack,
            expression=f"{shown(left)} {sign} {shown(right)}",
            left=b.nodes[a].unit,
            right=b.nodes[c].unit,
        )


def aligned(nodes: Sequence[int], b: Builder) -> list[int]:
    """The same quantities in the first one's unit and one common step."""
    unit = b.nodes[nodes[0]].unit
    scales = [in_unit(node, unit, b) for node in nodes]
    step = scales[0]
    for scale in scales[1:]:
        step = common_step(step, scale)
    return [rescaled(node, unit, step, b) for node in nodes]


def rescaled(node: int, unit: str, step: Fraction, b: Builder) -> int:
    """A quantity in another unit of its dimension and a finer step."""
    k = over(in_unit(node, unit, b), step)
    if b.nodes[node].unit == unit and k == 1:
        return node
    if b.is_constant(node):
        value = b.nodes[node].args[0] * k.numerator
        return b.add("const", value, kind="quantity", unit=unit, scale=step)
    return moved(
        b, [node], b.add("linear", 0, k.numerator, node, kind="quantity", unit=unit, scale=step)
    )


def as_unit(node: int, unit: str, b: Builder) -> int:
    """The same quantity in another unit of its dimension, in its own steps."""
    return rescaled(node, unit, in_unit(node, unit, b), b)


def carried(outside: Builder, node: int, member: Builder) -> int:
    """What is no member's, as a node over a member; a constant is one there too, and a ratio and a
    time come with what they are made of, since comparisons ask for that."""
    of, scale = outside.nodes[node], outside.scale(node)
    if of.op in ("ratio", "elapsed"):
        *unit, one, other = of.args
        parts = [carried(outside, part, member) for part in (one, other)]
        made = member.add(of.op, *unit, *parts, kind=of.kind, unit=of.unit, scale=scale)
    elif of.op in ("const", "date", "label", "truth"):
        made = member.add(of.op, *of.args, kind=of.kind, unit=of.unit, scale=scale)
    else:
        made = member.add("outer", node, kind=of.kind, unit=of.unit, scale=scale)
    if node in outside.labels:
        member.labels[made] = outside.labels[node]
    if node in outside.moving:
        member.moving.add(made)
    if may_be_negative(outside, node):
        member.signed.add(made)
    return made


def may_be_negative(b: Builder, node: int) -> bool:
    """Whether something is taken off, or may be below 0 itself, in what a quantity is made of."""
    todo, seen = [node], {node}
    while todo:
        at = todo.pop()
        of = b.nodes[at]
        if at in b.signed or any(sign < 0 for sign in _signs(of)):
            return True
        if of.op not in ("outer", "count"):
            below = set(reads(of)) - seen
            seen |= below
            todo += below
    return False


def _signs(node: Node) -> Iterator[int]:
    if node.op in ("const", "linear", "sum"):
        yield from (node.args[0], *node.args[1::2])
    elif node.op == "total":
        yield from (sign for of in node.args[1] for sign in _signs(of))


def moved(b: Builder, operands: Sequence[int], node: int) -> int:
    """`node`, noted as moving with quantities where one of its operands is."""
    if any(x in b.moving for x in operands):
        b.moving.add(node)
    return node


def bounded(at: Lower, model: p.Valued, node: int, hint: str = "") -> int:
    """A value with its floor, cap and rounding, in this order; bare numbers take the unit `hint`,
    or the value's own."""
    if model.floor is None and model.cap is None and model.round is None:
        return node
    b = at.b
    node = as_quantity(at, model, node)
    own = b.nodes[node].unit
    unit = hint if hint and same_dimension(parse_unit(hint), b.unit(node)) else own
    for op, bound in (("floor", model.floor), ("cap", model.cap)):
        if bound is None:
            continue
        limit = quantity(at, bound, unit)
        alike(at, model, node, bound, limit, "↔")
        a, c = aligned([node, limit], b)
        node = moved(
            b, [a, c], b.add(op, a, c, kind="quantity", unit=b.nodes[a].unit, scale=b.scale(a))
        )
    if model.round is not None:
        to = constant(model.round.to, unit, b, at.pack)
        step = constant_value(to, b) * over(factor(b.unit(to)), factor(b.unit(node)))
        if step <= 0:
            b.stop("divisor-zero", model.round.to, at.pack, written=model.round.to)
        k = over(b.scale(node), step)
        args = (node, k.numerator, k.denominator, model.round.way)
        node = moved(
            b, [node], b.add("round", *args, kind="quantity", unit=b.nodes[node].unit, scale=step)
        )
    return node


def day(at: Lower, text: Text) -> int:
    """The node of a day: `as_of`, a date fact or a day written out."""
    b = at.b
    if text == "as_of":
        return b.day if b.members is None else b.add("outer", b.day, kind="date")
    if is_constant(text):
        return b.add("date", read_day(text, b, at.pack), kind="date")
    node = at.value(text)
    if b.kind(node) != "date":
        given = "condition" if b.kind(node) == "truth" else b.kind(node)
        b.stop("name-wrong-kind", text, at.pack, name=text, given=given, expected="date")
    return node
