"""Lists as numbers of members, and facts that may be stated or not: an encoding for any case.

`Crowds` has a list as how many of its members meet each set of conditions, which is more than any
list can give; `Stating` encodes a graph in which that, and an `else`, stand for what is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import z3

from tieuchi.engine.graph import Graph, Node, below
from tieuchi.engine.kernel import Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import Encoding
from tieuchi.engine.solver.shapes import Shapes

UNSURE = frozenset(("unknown", "vague", "truth", "outer", "review"))
"""Nodes over a member's fields that may be open though all its fields are stated."""


class Crowds:
    """Lists as numbers of members: of those who meet all of a set of conditions and no other; what
    is summed over them is no less and no more than the bounds of a member times their number."""

    MOST = 6  # conditions over one list

    def __init__(self, shapes: Shapes, rules: list[s.Condition]) -> None:
        self._shapes = shapes
        self._rules = rules
        self._wheres: dict[int, dict[Any, int]] = {}
        self._open: set[int] = set()  # lists of which members may stay open
        self._sizes: dict[int, list[Any]] = {}
        self._totals: dict[int, s.Interval] = {}  # by the make of their nodes

    def take(self, graph: Graph, targets: Sequence[int]) -> None:
        """What a graph asks of members."""
        shapes = self._shapes.of(graph)
        for at in below(graph.nodes, *targets):
            node = graph.nodes[at]
            if node.op not in ("count", "total"):
                continue
            wheres = self._wheres.setdefault(shapes[node.args[0]], {})
            for where in filter(None, node.args[1::2]) if node.op == "count" else ():
                wheres.setdefault(self._shapes.where(graph, where), len(wheres))
                if any(each.op in UNSURE for each in where):
                    self._open.add(shapes[node.args[0]])

    def count(self, graph: Graph, node: Node) -> s.Interval:
        """What a count may come to."""
        of = self._shapes.of(graph)[node.args[0]]
        wheres, name = self._wheres[of], f"list.{of}"
        if self._is_free(of):
            free = z3.FreshInt(name), z3.FreshInt(name)
            self._rules.append(free[0] <= free[1])
            return s.Interval(*free)
        self._count(of)
        total: Any = 0
        lows = highs = False
        for where, k in zip(node.args[1::2], node.args[2::2], strict=True):
            lows, highs = lows or k < 0, highs or k > 0
            bit = 1 << wheres[self._shapes.where(graph, where)] if where else 0
            there = [size for bits, size in enumerate(self._sizes[of]) if bits & bit == bit]
            total = total + k * z3.Sum(there)
        closed = z3.Bool(f"{name}.closed")
        return s.Interval(
            s.chosen(closed, total, -s.ENDLESS) if lows else total,
            s.chosen(closed, total, s.ENDLESS) if highs else total,
        )

    def total(self, graph: Graph, at: int) -> s.Interval:
        """What a total may come to; the same for all that are made alike."""
        made, node = self._shapes.of(graph)[at], graph.nodes[at]
        if made in self._totals:
            return self._totals[made]
        of, each = self._shapes.of(graph)[node.args[0]], node.args[1][-1]
        lo, hi = z3.Int(f"total.{made}.least"), z3.Int(f"total.{made}.most")
        self._rules.append(lo <= hi)
        if each.least is not None and each.most is not None and not self._is_free(of):
            everybody = z3.Sum(self._count(of))
            self._rules += [lo >= each.least * everybody, hi <= each.most * everybody]
        closed = z3.Bool(f"list.{of}.closed")
        falls = each.least is None or each.least < 0
        lo = s.chosen(closed, lo, -s.ENDLESS) if falls else lo
        self._totals[made] = s.Interval(lo, s.chosen(closed, hi, s.ENDLESS))
        return self._totals[made]

    def _is_free(self, of: int) -> bool:
        """Whether nothing is known of the numbers of a list's members."""
        return of in self._open or len(self._wheres[of]) > self.MOST

    def _count(self, of: int) -> list[Any]:
        """How many members there are of each kind."""
        if of not in self._sizes:
            kinds = range(1 << len(self._wheres[of]))
            self._sizes[of] = [z3.Int(f"list.{of}.{bits}") for bits in kinds]
            self._rules += [size >= 0 for size in self._sizes[of]]
        return self._sizes[of]


class Stating(Encoding):
    """An encoding in which a fact with an `else` may be stated, and lists may be crowds."""

    def __init__(
        self,
        graph: Graph,
        values: Sequence[Value],
        given: Mapping[int, Any],
        stated: Mapping[int, s.Condition],
        crowds: Crowds | None,
    ) -> None:
        super().__init__(graph, values, given)
        self._stated = stated
        self._crowds = crowds

    def _of(self, at: int) -> Any:
        node = self.graph.nodes[at]
        if self._crowds is not None and node.op in ("count", "total") and self.moves(at):
            if node.op == "count":
                return self._crowds.count(self.graph, node)
            return self._crowds.total(self.graph, at)
        return super()._of(at)

    def _slot(self, at: int) -> int:
        """The fact that a node only brings to another unit."""
        while at >= len(self.graph.facts):
            at = self.graph.nodes[at].args[2]
        return at

    def _hold_within(self, node: Any) -> None:
        stated, defined = (self.known[at] for at in node.args)
        said = self._stated.get(self._slot(node.args[0]), True)
        inside = s.both(stated.lo >= defined.lo, stated.lo <= defined.hi)
        self.rules.append(s.either(s.negated(said), s.negated(defined.there), inside))

    def else_(self, fact: int, definition: int) -> Any:
        """`kernel`'s op: the definition where the fact is not stated."""
        said = self._stated.get(self._slot(fact))
        if said is None:
            return super().else_(fact, definition)
        stated, defined = self.known[fact], self.known[definition]
        left = s.negated(said)
        if isinstance(stated, s.Truth):
            parts = (
                s.either(s.both(said, a), s.both(left, b))
                for a, b in zip(stated[:3], defined[:3], strict=True)
            )
            met, not_met, idle = parts
            return s.Truth(met, not_met, idle, stated.sharp and defined.sharp)
        if isinstance(stated, s.Choice):
            return s.joined_choices([(said, stated), (left, defined)], one=True)
        return s.joined([(said, stated), (left, defined)], one=True)
