"""A comparison of two counts over one list, decided member by member.

`n / d ≥ 100 %` where n counts the members that comply and d all of them: as two independent
intervals the comparison stays open until the list is closed. Counted together, one member who fails
settles it. So a comparison whose sides both come from one list is joined with the same comparison
on their margin, summed over the members; where the counts were stated as numbers the stated ones
decide and the list can only rule out more.
"""

from __future__ import annotations

from typing import Any

from tieuchi.engine.compile.builder import Builder

Weights = dict[Any, int]  # what each member's `where` counts for


def tightened(b: Builder, share: int) -> int:
    """The node of a `share` comparison, tightened where both sides are counts over one list."""
    comparison, n, d, t, q = b.nodes[share].args
    if not b.is_constant(t):
        return share
    top, bottom = _over_list(b, n), _over_list(b, d)
    if top is None or bottom is None or top[0] != bottom[0]:
        return share
    weights: Weights = {}
    for sign, (_, terms) in ((q, top), (-b.nodes[t].args[0], bottom)):
        for where, k in terms.items():
            weights[where] = weights.get(where, 0) + sign * k
    args = [x for pair in weights.items() for x in pair]
    margin = b.add("count", top[0], *args, kind="quantity", unit="1")
    b.moving.add(margin)
    op, bound = {"ge": ("ge", 0), "gt": ("ge", 1), "le": ("le", 0), "lt": ("le", -1)}[comparison]
    return b.add("tighter", share, b.add(op, margin, bound))


def _over_list(b: Builder, node: int) -> tuple[int, Weights] | None:
    """The list that a quantity counts over and what each member counts for, None for another."""
    of = b.nodes[node]
    if of.op == "else":
        return _over_list(b, of.args[1])
    if of.op == "count":
        return of.args[0], dict(zip(of.args[1::2], of.args[2::2], strict=True))
    if of.op == "linear" and of.args[0] == 0:
        found: tuple[int, Weights] | None = None
        for k, below in zip(of.args[1::2], of.args[2::2], strict=True):
            part = _over_list(b, below)
            if part is None or (found is not None and found[0] != part[0]):
                return None
            weights = {} if found is None else dict(found[1])
            for where, each in part[1].items():
                weights[where] = weights.get(where, 0) + k * each
            found = (part[0], weights)
        return found
    return None
