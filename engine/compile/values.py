"""Values of a pack as nodes: quantities, ratios, classes and dates.

Each shape of the language has one function here, found by its model. Units are inferred on the way:
what is added or compared is brought to one unit and one step, a product has its factors' units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Builder, Entry, common_step, over
from tieuchi.engine.compile.constants import (
    constant,
    constant_value,
    factor,
    in_unit,
    is_constant,
    on_the_day,
    read_day,
)
from tieuchi.engine.diagnostic import near
from tieuchi.engine.pack import Pack
from tieuchi.engine.quantity import divide, multiply, parse_unit, same_dimension
from tieuchi.engine.source import Text

Labels = tuple[str, ...]


class Lower(NamedTuple):
    """What the functions of shapes need of one another."""

    b: Builder
    pack: Pack
    condition: Callable[[Any, Pack], int]  # of `conditions`
    name: Callable[[Entry], int]  # of `names`

    def value(self, model: Any, hint: str = "", labels: Labels = ()) -> int:
        """The node of a value; bare numbers take the unit `hint`, words may be of `labels`."""
        if isinstance(model, Text):
            return _scalar(self, model, hint, labels)
        node = _SHAPES[type(model)](self, model, hint, labels)
        return _bounded(self, model, node) if isinstance(model, p._Valued) else node


def _scalar(at: Lower, text: Text, hint: str, labels: Labels) -> int:
    b, pack = at.b, at.pack
    if text in labels:
        return _label(b, labels, text)
    if is_constant(text):
        if labels:
            b.stop("label-unknown", text, pack, name=", ".join(labels), label=text)
        return constant(text, hint, b, pack)
    if text == "unknown":
        if labels:
            return _labels_all(b, labels)
        if not hint:
            b.stop("unit-missing", text, pack, written=text)
        return unknown(hint, b)
    if b.members is not None and text in b.fields:
        return b.fields[text]
    if labels and text not in b.entries[pack.id] and "/" not in text:
        b.stop("label-unknown", text, pack, name="labels", label=text, near=near(text, labels))
    return at.name(b.find(text, pack))


def unknown(unit: str, b: Builder) -> int:
    """A quantity of which nothing is known."""
    scale = Fraction(*parse_unit(unit).step)
    node = b.add("unknown", kind="quantity", unit=unit, scale=scale)
    b.moving.add(node)
    return node


def _label(b: Builder, labels: Labels, label: str) -> int:
    node = b.add("label", 1 << labels.index(label), len(labels), kind="class")
    b.labels[node] = labels
    return node


def _labels_all(b: Builder, labels: Labels) -> int:
    node = b.add("label", (1 << len(labels)) - 1, len(labels), kind="class")
    b.labels[node] = labels
    return node


def quantity(at: Lower, model: Any, hint: str = "") -> int:
    """The node of a value that must be a quantity."""
    node = at.value(model, hint)
    kind = at.b.kind(node)
    if kind == "ratio":
        at.b.stop("ratio-added", _place(model, at), at.pack, name=shown(model))
    if kind != "quantity":
        given = "condition" if kind == "truth" else kind
        at.b.stop(
            "name-wrong-kind",
            _place(model, at),
            at.pack,
            name=shown(model),
            given=given,
            expected="quantity",
        )
    return node


def shown(model: Any) -> str:
    """A value in the words of the pack, short."""
    if isinstance(model, Text):
        return str(model)
    for name in type(model).model_fields:
        inner = getattr(model, name, None)
        if inner is not None:
            parts = inner if isinstance(inner, list) else [inner]
            words = " + ".join(str(x) if isinstance(x, Text) else "…" for x in parts)
            return words if name == "of" else f"{name}: {words}"
    return "…"


def _place(model: Any, at: Lower) -> Any:
    return model if isinstance(model, Text | p.Model) else at.pack.model.pack


def quantities(at: Lower, models: Sequence[Any], hint: str = "") -> list[int]:
    """Several quantities of one dimension; bare constants take the unit of the first that has one."""

    def bare(model: Any) -> bool:
        return isinstance(model, Text) and (is_constant(model) or model == "unknown")

    done: dict[int, int] = {}
    for late in (False, True):
        todo = [i for i, m in enumerate(models) if bare(m) is late]
        made = at.b.each(lambda i: quantity(at, models[i], hint), todo)
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
            _place(right, at),
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
    assert k.denominator == 1
    if b.nodes[node].unit == unit and k == 1:
        return node
    if b.is_constant(node):
        value = b.nodes[node].args[0] * k.numerator
        return b.add("const", value, kind="quantity", unit=unit, scale=step)
    return moved(
        b, [node], b.add("linear", 0, k.numerator, node, kind="quantity", unit=unit, scale=step)
    )


def moved(b: Builder, operands: Sequence[int], node: int) -> int:
    """`node`, noted as moving with quantities where one of its operands is."""
    if any(x in b.moving for x in operands):
        b.moving.add(node)
    return node


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


def _same(at: Lower, model: p.Same, hint: str, labels: Labels) -> int:
    return at.value(model.of, hint, labels)


def _sum(at: Lower, model: p.Sum, hint: str, labels: Labels) -> int:
    nodes = quantities(at, model.sum, hint)
    return _combined("sum", nodes, [1] * len(nodes), at.b)


def _less(at: Lower, model: p.Less, hint: str, labels: Labels) -> int:
    return _combined("linear", quantities(at, model.less, hint), (1, -1), at.b)


def _weighted(at: Lower, model: p.Weighted, hint: str, labels: Labels) -> int:
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
            "two-moving-factors", _place(right, at), at.pack, first=shown(left), second=shown(right)
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
            return moved(
                b, [x], b.add("linear", 0, k, x, kind="quantity", unit=unit.id, scale=scale)
            )
    return moved(b, [a, c], b.add("product", a, c, kind="quantity", unit=unit.id, scale=scale))


def _times(at: Lower, model: p.Times, hint: str, labels: Labels) -> int:
    a, c = at.b.each(
        lambda m: quantity(at, m, "1" if isinstance(m, Text) and _bare(m) else ""), model.times
    )
    return product(at, model.times[0], a, model.times[1], c)


def _bare(text: Text) -> bool:
    return is_constant(text) and all(c.isdigit() or c in "+-_." for c in text)


def _share(at: Lower, model: p.Share, hint: str, labels: Labels) -> int:
    part = quantity(at, model.share, "%")
    if not same_dimension(at.b.unit(part), parse_unit("%")):
        at.b.stop(
            "unit-mismatch",
            _place(model.share, at),
            at.pack,
            written=shown(model.share),
            unit=at.b.nodes[part].unit,
            expected="%",
        )
    return product(at, model.share, part, model.of, quantity(at, model.of, hint))


def _ratio(at: Lower, model: p.Ratio, hint: str, labels: Labels) -> int:
    b = at.b
    of, per = b.each(lambda m: quantity(at, m), (model.ratio.of, model.ratio.per))
    if same_dimension(b.unit(of), b.unit(per)):
        unit = parse_unit("%")
    else:
        unit = divide(b.unit(of), b.unit(per))
    scale = over(
        b.scale(of) * factor(b.unit(of)), b.scale(per) * factor(b.unit(per)) * factor(unit)
    )
    return b.add("ratio", of, per, kind="ratio", unit=unit.id, scale=scale)


def _extreme(op: str) -> Callable[[Lower, Any, str, Labels], int]:
    def make(at: Lower, model: Any, hint: str, labels: Labels) -> int:
        nodes = aligned(quantities(at, getattr(model, op), hint), at.b)
        first = at.b.nodes[nodes[0]]
        node = at.b.add(op, *nodes, kind="quantity", unit=first.unit, scale=at.b.scale(nodes[0]))
        return moved(at.b, nodes, node)

    return make


def _divide(at: Lower, model: p.Divide, hint: str, labels: Labels) -> int:
    b = at.b
    node = quantity(at, model.divide, hint)
    by = constant(model.by, "1", b, at.pack)
    value = constant_value(by, b) * factor(b.unit(by))
    if value <= 0:
        b.stop("divisor-zero", model.by, at.pack, written=model.by)
    unit = divide(b.unit(node), b.unit(by))
    scale = over(b.scale(node) * factor(b.unit(node)), value * factor(unit))
    return moved(b, [node], b.add("linear", 0, 1, node, kind="quantity", unit=unit.id, scale=scale))


def _count(at: Lower, model: p.Count, hint: str, labels: Labels) -> int:
    b = at.b
    entry = b.find(model.count, at.pack)
    if entry.kind != "fact" or entry.model.kind != "list":
        b.stop(
            "name-wrong-kind",
            model.count,
            at.pack,
            name=model.count,
            given="quantity",
            expected="list",
        )
    listed = at.name(entry)
    where = () if model.where is None else _where(at, entry, model.where)
    unit = hint or "item"
    node = b.add("count", listed, where, 1, kind="quantity", unit=unit, scale=Fraction(1))
    b.moving.add(node)
    return node


def _where(at: Lower, entry: Entry, where: Any) -> tuple[Any, ...]:
    """The nodes of a condition over one member: its fields, then steps over them."""
    b = at.b
    member = Builder({}, b.as_of)
    member.packs, member.entries, member.faults = b.packs, b.entries, b.faults
    member.day = b.day
    member.members = str(entry.name)
    for name, field in entry.model.fields.items():
        kind = {"yes_no": "truth", "text": "text"}.get(field.kind, field.kind)
        unit = parse_unit(field.unit) if field.unit else None
        scale = Fraction(*unit.step) if unit else Fraction(1)
        node = member.given(kind, unit.id if unit else "", scale)
        member.fields[str(name)] = node
        if field.kind == "class":
            member.labels[node] = tuple(str(label) for label in field.labels)

    inner = _inside(at, member)
    result = inner.condition(where, at.pack)
    nodes = member.nodes
    if result != len(nodes) - 1:
        nodes = [
            *nodes,
            nodes[0]._replace(op="all", args=(result,), kind="truth", unit="", num=1, den=1),
        ]
    return tuple(nodes)


def _inside(at: Lower, member: Builder) -> Lower:
    """A lowering over a member's fields; names that are no field are read from outside."""
    from tieuchi.engine.compile.conditions import lowering

    def outside(entry: Entry) -> int:
        node = at.name(entry)
        of = at.b.nodes[node]
        made = member.add("outer", node, kind=of.kind, unit=of.unit, scale=at.b.scale(node))
        if node in at.b.labels:
            member.labels[made] = at.b.labels[node]
        return made

    return lowering(member, at.pack, outside)


def _key(at: Lower, name: Text) -> int:
    node = at.value(name)
    if at.b.kind(node) != "class":
        given = "condition" if at.b.kind(node) == "truth" else at.b.kind(node)
        at.b.stop("name-wrong-kind", name, at.pack, name=name, given=given, expected="class")
    return node


def _table(at: Lower, model: p.Table, hint: str, labels: Labels) -> int:
    b, by = at.b, model.table.by
    names = by if isinstance(by, list) else [by]
    keys = b.each(lambda name: _key(at, name), names)
    cells: list[Any] = []
    _cells(at, model.table, model.table.body.root, list(zip(names, keys, strict=True)), cells)
    sizes = tuple(len(b.labels[key]) for key in keys)
    if labels:
        nodes = b.each(lambda m: class_of(at, m, labels), cells)
        node = b.add(
            "table class", tuple(keys), sizes, tuple(nodes), 1 << len(labels), kind="class"
        )
        b.labels[node] = labels
        return node
    nodes = aligned(quantities(at, cells, hint), b)
    first = b.nodes[nodes[0]]
    node = b.add(
        "table",
        tuple(keys),
        sizes,
        tuple(nodes),
        kind="quantity",
        unit=first.unit,
        scale=b.scale(nodes[0]),
    )
    return moved(b, nodes, node)


def _cells(
    at: Lower, table: Any, cells: Any, keys: list[tuple[Text, int]], found: list[Any]
) -> None:
    (name, key), rest = keys[0], keys[1:]
    known = at.b.labels[key]
    for label in cells:
        if label not in known:
            at.b.fault("label-unknown", label, at.pack, name=name, label=label)
    for label in known:
        if label not in cells:
            at.b.stop("cell-missing", table, at.pack, label=label, key=name)
        cell = cells[label]
        if not rest:
            found.append(cell)
        elif isinstance(cell, p.Cells):
            _cells(at, table, cell.root, rest, found)
        else:
            at.b.stop("cell-missing", table, at.pack, label=label, key=rest[0][0])


def class_of(at: Lower, model: Any, labels: Labels) -> int:
    """The node of a value that must be a class with these labels."""
    node = at.value(model, "", labels)
    if at.b.labels.get(node) != labels:
        at.b.stop(
            "name-wrong-kind",
            _place(model, at),
            at.pack,
            name=shown(model),
            given="value",
            expected="class",
        )
    return node


def _first(at: Lower, model: p.First, hint: str, labels: Labels) -> int:
    b = at.b
    *branches, last = model.first
    early = next((x for x in branches if x.else_ is not None), None)
    if early is not None:
        b.stop("else-not-last", early, at.pack)
    if last.else_ is None:
        b.stop("else-missing", last, at.pack)

    def test(branch: p.Branch) -> int:
        if branch.when is not None:
            return at.condition(branch.when, at.pack)
        from tieuchi.engine.compile.conditions import compare

        if model.of is None:
            b.stop("key-missing", model, at.pack, key="of")
        return compare(at, branch, model.of)[0]

    conditions = b.each(test, branches)
    models = [*(branch.then for branch in branches), last.else_]
    if labels:
        nodes = b.each(lambda m: class_of(at, m, labels), models)
        args = _interleaved(conditions, nodes)
        node = b.add("pick class", *args, kind="class")
        b.labels[node] = labels
        return node
    nodes = aligned(quantities(at, models, hint), b)
    first = b.nodes[nodes[0]]
    args = _interleaved(conditions, nodes)
    node = b.add("pick", *args, kind="quantity", unit=first.unit, scale=b.scale(nodes[0]))
    return moved(b, nodes, node)


def _interleaved(conditions: Sequence[int], nodes: Sequence[int]) -> list[int]:
    return [x for pair in zip(conditions, nodes, strict=False) for x in pair] + [nodes[-1]]


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


def _elapsed(at: Lower, model: p.Elapsed, hint: str, labels: Labels) -> int:
    unit = next(u for u in ("years", "months", "days") if getattr(model, u) is not None)
    span = getattr(model, unit)
    start, end = at.b.each(lambda t: day(at, t), (span.from_, span.to))
    node = at.b.add("elapsed", unit, start, end, kind="quantity", unit=unit[:-1], scale=Fraction(1))
    at.b.moving.add(node)
    return node


def _dated(at: Lower, model: p.Dated, hint: str, labels: Labels) -> int:
    b = at.b
    chosen = on_the_day(model.root, b, at.pack)
    values = [m for m in model.root.values() if m is not chosen]
    others = b.each(lambda m: at.value(m, hint, labels), values)
    if chosen is not None:
        return at.value(chosen, hint, labels)
    return _labels_all(b, labels) if labels else unknown(b.nodes[others[0]].unit, b)


def _bounded(at: Lower, model: p._Valued, node: int) -> int:
    """A value with its floor, cap and rounding, in this order."""
    b = at.b
    for op, bound in (("floor", model.floor), ("cap", model.cap)):
        if bound is None:
            continue
        limit = quantity(at, bound, b.nodes[node].unit)
        alike(at, model, node, bound, limit, "↔")
        a, c = aligned([node, limit], b)
        node = moved(
            b, [a, c], b.add(op, a, c, kind="quantity", unit=b.nodes[a].unit, scale=b.scale(a))
        )
    if model.round is not None:
        to = constant(model.round.to, b.nodes[node].unit, b, at.pack)
        step = constant_value(to, b) * over(factor(b.unit(to)), factor(b.unit(node)))
        if step <= 0:
            b.stop("divisor-zero", model.round.to, at.pack, written=model.round.to)
        k = over(b.scale(node), step)
        args = (node, k.numerator, k.denominator, model.round.way)
        node = moved(
            b, [node], b.add("round", *args, kind="quantity", unit=b.nodes[node].unit, scale=step)
        )
    return node


_SHAPES: dict[type, Callable[[Lower, Any, str, Labels], int]] = {
    p.Same: _same,
    p.Sum: _sum,
    p.Weighted: _weighted,
    p.Less: _less,
    p.Times: _times,
    p.Share: _share,
    p.Ratio: _ratio,
    p.Highest: _extreme("highest"),
    p.Lowest: _extreme("lowest"),
    p.Divide: _divide,
    p.Count: _count,
    p.Table: _table,
    p.First: _first,
    p.Elapsed: _elapsed,
    p.Dated: _dated,
}
