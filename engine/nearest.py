"""The nearest way to pass: the least share of what is asked, where what is short is a quantity.

Under `any` the cheapest child, under `all` the sum of what is short, under `at_least N` the N
cheapest. Said only where it is sure: every change is of another fact, and nothing is open on the
way. It knows provisions as worded and decided, and puts nothing into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key
from typing import NamedTuple

from tieuchi.engine.decision import Decision, Finding
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET
from tieuchi.engine.wording import Asked, Told, Wording


class Change(NamedTuple):
    """What one provision is short of, `part` of `whole` of what it asks."""

    told: Told
    asked: Asked
    finding: Finding
    part: int
    whole: int


class Way(NamedTuple):
    """Changes that together do, and their shares' sum."""

    changes: tuple[Change, ...]
    part: int
    whole: int


DONE = Way((), 0, 1)


def nearest(decision: Decision, wording: Wording) -> Way | None:
    """The nearest way to a verdict that is not met; None where none is known."""
    main = decision.graph.main
    if decision.truth != NOT_MET:
        return None
    asked = [wording.told[name] for name in main.verdict_provisions if name in wording.told]
    if len(asked) != len(main.verdict_provisions):
        return None
    op = decision.graph.nodes[main.verdict].op
    way = _joined("any" if op == "any" else "all", 0, asked, decision)
    if way is None or not way.changes or way.part >= way.whole:
        return None
    return way


def _way(told: Told, decision: Decision) -> Way | None:
    provision = told.provision
    truth = decision.values[provision.node]
    if truth == MET:
        return DONE
    if truth != NOT_MET:
        return None
    if provision.operator == "require":
        return _leaf(told, decision)
    if provision.operator not in ("any", "all", "at_least") or told.beside:
        return None
    return _joined(provision.operator, provision.needed, told.children, decision)


def _leaf(told: Told, decision: Decision) -> Way | None:
    asked = told.tests
    if len(asked) != 1:
        return None
    finding = decision[told.id].findings[0]
    node, bound = asked[0].node, asked[0].bound
    required = finding.required
    if finding.shortfall is None or bound is None or required.__class__ is not int:
        return None
    whole = required * bound.num * node.den
    if node.kind == "ratio":
        whole *= finding.measured[1]
    if whole <= 0 or not asked[0].facts or not asked[0].sure:
        return None
    part = finding.shortfall * node.num * bound.den
    change = Change(told, asked[0], finding, part, whole)
    return Way((change,), part, whole)


def _joined(operator: str, count: int, children: Sequence[Told], decision: Decision) -> Way | None:
    """The way of `all`, `any` or `at_least` of children that have a status and apply."""
    values = decision.values
    there = [c for c in children if c.provision.node >= 0]
    there = [c for c in there if values[c.provision.node] != NOT_APPLICABLE]
    ways = [_way(child, decision) for child in there]
    found = [way for way in ways if way is not None]
    needed = len(there) if operator == "all" else count or 1
    if len(found) < needed:
        return None
    best = sorted(found, key=_cost)[:needed]
    facts = [fact for way in best for change in way.changes for fact in change.asked.facts]
    if len(facts) != len(set(facts)) and len([way for way in best if way.changes]) > 1:
        return None
    part, whole = 0, 1
    for way in best:
        part, whole = part * way.whole + way.part * whole, whole * way.whole
    changes = tuple(change for way in best for change in way.changes)
    return Way(changes, part, whole)


def _compare(a: Way, b: Way) -> int:
    return a.part * b.whole - b.part * a.whole


_cost = cmp_to_key(_compare)
