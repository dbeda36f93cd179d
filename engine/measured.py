"""Values of nodes as a record has them: decimal strings, the ids of labels, days.

A settled value has one end twice; what has no bound, or nothing to measure, has None. It knows a
decision, and no provision.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Definition, Node
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import STATUSES, possible
from tieuchi.engine.words import Words

Fields = dict[str, Any]


def definition_fields(
    decision: Decision,
    definition: Definition,
    value: Value,
    labels: Sequence[tuple[str, Words]] = (),
) -> Fields:
    """What a definition comes to at a value of its node; `labels` are those of a class."""
    node = decision.graph.nodes[definition.node]
    if node.kind == "truth":
        return {"status": str(STATUSES[value]), "possible": [str(p) for p in possible(value)]}
    if node.kind == "class":
        fields: Fields = {"class": chosen(labels, value)}
        if value >> len(labels):
            fields["not_applicable"] = True
        return fields
    fields = bounds(decision, definition.node, value)
    if node.kind != "date":
        fields["unit"] = node.unit or None
    return fields


def unanswered(node: Node) -> Fields:
    """The same where no law is in force."""
    if node.kind == "truth":
        return {"status": None, "possible": []}
    if node.kind == "class":
        return {"class": []}
    ends: Fields = {"least": None, "most": None}
    return ends if node.kind == "date" else {**ends, "unit": node.unit or None}


def bounds(decision: Decision, node: int, value: Value) -> Fields:
    """The ends of a quantity, ratio or date; both None where there is nothing to measure."""
    of = decision.graph.nodes[node]
    if of.kind == "ratio":
        return _ratio_bounds(of, value)
    if value is ABSENT:
        return {"least": None, "most": None, "not_applicable": True}
    least, most, absent = span(value)
    text = day_text if of.kind == "date" else lambda steps: decision.text(node, steps)
    fields: Fields = {
        "least": None if least is None else text(least),
        "most": None if most is None else text(most),
    }
    return {**fields, "not_applicable": True} if absent else fields


def _ratio_bounds(of: Node, value: Value) -> Fields:
    over, under = value
    (top_least, top_most, absent), (low, high, nothing) = span(over), span(under)
    if over is ABSENT or under is ABSENT or (high is not None and high < 1):
        return {"least": None, "most": None, "not_applicable": True}
    settled = low if low is not None and low > 0 else None

    def text(top: int | None, *, near: bool) -> str | None:
        """Over what there is least of, which may be a part of a step, or most of."""
        bottom = settled if near else high
        if top is None or (near and top and bottom is None):
            return None
        return decimal_text(top, of.num, bottom * of.den) if top and bottom else "0"

    fields: Fields = {
        "least": text(top_least, near=(top_least or 0) < 0),
        "most": text(top_most, near=(top_most or 0) > 0),
    }
    if absent or nothing or settled is None:
        fields["not_applicable"] = True
    return fields


def chosen(labels: Sequence[tuple[str, Words]], mask: int) -> list[str]:
    """The ids of the labels that a class can still have."""
    return [name for i, (name, _) in enumerate(labels) if mask >> i & 1]


def day_text(ordinal: int) -> str:
    """A day, as 2023-05-31."""
    return date.fromordinal(ordinal).isoformat()
