"""Values chosen by the case: tables by label, the first line that fits, values dated by the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.compile.builder import Broken
from tieuchi.engine.compile.conditions import compare
from tieuchi.engine.compile.constants import on_the_day
from tieuchi.engine.compile.context import (
    Labels,
    Lower,
    aligned,
    any_label,
    moved,
    place,
    quantities,
    shown,
)
from tieuchi.engine.compile.values import unknown_like
from tieuchi.engine.diagnostic import listed, near
from tieuchi.engine.source import Text


def _key(at: Lower, name: Text) -> int:
    node = at.value(name)
    if at.b.kind(node) != "class":
        given = "condition" if at.b.kind(node) == "truth" else at.b.kind(node)
        at.b.stop("name-wrong-kind", name, at.pack, name=name, given=given, expected="class")
    return node


def table(at: Lower, model: p.Table, hint: str, labels: Labels) -> int:
    """`table`: a cell for every label of every key."""
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
            labels = listed(known)
            at.b.fault(
                "label-unknown", label, at.pack, name=name, label=label, labels=labels,
                near=near(label, known),
            )  # fmt: skip
    for label in known:
        if label not in cells:
            at.b.stop("cell-missing", table, at.pack, label=label, key=name)
        cell = cells[label]
        if not rest and isinstance(cell, p.Cells):
            at.b.stop("form-unknown", next(k for k in cells if k == label), at.pack)
        elif not rest:
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
            place(model, at),
            at.pack,
            name=shown(model),
            given="value",
            expected="class",
        )
    return node


def first(at: Lower, model: p.First, hint: str, labels: Labels) -> int:
    """`first`: the first line that fits, with an `else`."""
    b = at.b
    *branches, last = model.first
    early = next((x for x in branches if x.else_ is not None), None)
    if early is not None:
        b.stop("else-not-last", early, at.pack)
    if last.else_ is None:
        if at.pack.lacks(model):
            raise Broken
        b.stop("else-missing", last, at.pack)

    def test(branch: p.Branch) -> int:
        if branch.when is not None:
            return at.condition(branch.when, at.pack)
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


def dated(at: Lower, model: p.Dated, hint: str, labels: Labels) -> int:
    """The value that holds on the day; unknown before the first. One said to be `unknown` is of the
    unit of the others."""
    b = at.b
    chosen = on_the_day(model.root, b, at.pack)
    known = [m for m in model.root.values() if m is not chosen and not _is_unknown(m)]
    others = b.each(lambda m: at.value(m, hint, labels), known)
    if not others or (chosen is not None and not _is_unknown(chosen)):
        one = chosen if chosen is not None else next(iter(model.root.values()))
        return at.value(one, hint, labels)
    if labels:
        return any_label(b, labels)
    if b.kind(others[0]) == "date":  # of which there is no unknown one but the case's
        at.b.stop(
            "name-wrong-kind",
            place(known[0], at),
            at.pack,
            name=shown(known[0]),
            given="date",
            expected="quantity",
        )
    return unknown_like(b, others[0])


def _is_unknown(model: Any) -> bool:
    return isinstance(model, Text) and model == "unknown"
