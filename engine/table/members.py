"""A list in columns: of the members in a second table, how many fulfil each condition.

A case lists members; a table cannot, so that they stand in a table of their own, a row a member,
with the key of the row that they belong to. `counted` gives for each key, and `joined` for each row
of the main table, the ends of every count and sum over the list, ``@N_low`` and ``@N_high``, which
`columns` reads. It is `kernel`'s rule member by member: who fulfils a condition counts, who may
fulfil it counts towards one end, and an open list has no end where one member more could move it;
nor has a sum one where a member's value has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

import narwhals as nw

from tieuchi.engine.graph import Graph, Node, reads
from tieuchi.engine.table.cells import Outcomes, constant
from tieuchi.engine.table.columns import Columns
from tieuchi.engine.table.making import Cell
from tieuchi.engine.table.quantities import count_columns
from tieuchi.engine.table.terms import (
    Bound,
    choose,
    expression,
    greatest,
    is_null,
    least,
    negate,
    plus,
)

_SOME = "@members"


class OuterValue(ValueError):
    """A condition over the members of a list that reads what differs from row to row outside it.

    `condition` is the condition's node in `where`, `reads` the node outside that it reads.
    """

    def __init__(self, listed: str, condition: Node, outside: int) -> None:
        super().__init__(f"{listed}: `{condition.op}` reads node {outside}, outside the list")
        self.listed = listed
        self.condition = condition
        self.reads = outside


class _Count(NamedTuple):
    """One count over a list: its node, and the conditions with what a member adds by each."""

    node: int
    terms: tuple[tuple[tuple[Node, ...], int], ...]

    def open_ends(self) -> tuple[bool, bool]:
        """Whether one member more can lower it, and raise it."""
        lows = sum(min(k, 0) if where else k for where, k in self.terms)
        highs = sum(max(k, 0) if where else k for where, k in self.terms)
        return lows < 0, highs > 0


class _Total(NamedTuple):
    """One sum over a list: its node, and the nodes of a member's value."""

    node: int
    nodes: tuple[Node, ...]

    def open_ends(self) -> tuple[bool, bool]:
        """Whether one member more can lower it, and raise it."""
        below = self.nodes[-1].least
        return below is None or below < 0, True


class _Member(Columns):
    """The cells of a condition or value over one member: its fields, and the day outside of it."""

    def __init__(self, graph: Graph, listed: int, where: Sequence[Node], prefix: str) -> None:
        fields = graph.facts[listed].fields
        super().__init__(graph._replace(facts=fields, nodes=tuple(where)), False, prefix)
        self._listed = graph.facts[listed].id
        self._day = len(graph.facts)

    def _reads(self, at: int) -> Sequence[int]:
        node = self.graph.nodes[at]
        return () if node.op == "outer" else reads(node)

    def _made(self, at: int) -> Cell:
        node = self.graph.nodes[at]
        if node.op != "outer":
            return super()._made(at)
        if node.args[0] != self._day:
            raise OuterValue(self._listed, self._reader(at), node.args[0])
        return constant(self.graph.as_of)

    def _reader(self, at: int) -> Node:
        """The condition that reads a node."""
        return next(
            (n for i, n in enumerate(self.graph.nodes) if at in self._reads(i)),
            self.graph.nodes[at],
        )


def counted(
    graph: Graph, fact: str, members: nw.LazyFrame[Any], key: str, complete: bool
) -> nw.LazyFrame[Any]:
    """For each key that has members, the ends of every count and sum over the list `fact`.

    `members` has the column `key` and one for each field, in the graph's integers like the facts
    (see `columns`); fields of text need none. `complete`: nobody is missing from the lists.

    Raises OuterValue for a condition that reads another fact of the case than its day.
    """
    listed = next(i for i, each in enumerate(graph.facts) if each.id == fact)
    ends: dict[str, Any] = {}
    for count in _counts(graph, listed):
        if isinstance(count, _Total):
            low, high, members = _member_values(graph, listed, count, members)
        else:
            low, high, members = _member_ends(graph, listed, count, members)
        ends |= zip(count_columns(count.node), (low, high), strict=True)
    named = {name: _steps(end) for name, end in ends.items()}
    without = {f"{name}_none": _steps(choose(none, 1, 0)) for name, end in ends.items()
               if (none := is_null(end)) is not False}  # fmt: skip
    sums = [nw.col(name).sum().cast(nw.Int64) for name in (*named, *without)]
    totals = members.select(key, **named, **without).group_by(key).agg(*sums)
    endless = {name: nw.when(nw.col(f"{name}_none") == 0).then(nw.col(name)) for name in ends
               if f"{name}_none" in without}  # fmt: skip
    totals = totals.with_columns(**endless).select(key, *named) if endless else totals
    if complete or not any(_unbounded(graph, listed)):
        return totals
    return totals.with_columns(**{name: _nothing() for name in _unbounded(graph, listed)})


def joined(
    graph: Graph,
    fact: str,
    frame: nw.LazyFrame[Any],
    counts: nw.LazyFrame[Any] | None,
    key: str,
    complete: bool,
) -> nw.LazyFrame[Any]:
    """The main table with the counts of `counted`, and those of no member where it has none.

    Without `counts` no row has members.
    """
    listed = next(i for i, each in enumerate(graph.facts) if each.id == fact)
    names = [name for count in _counts(graph, listed) for name in count_columns(count.node)]
    if not names:  # nothing counts the list
        return frame
    if counts is None:
        out = frame.with_columns(**{name: nw.lit(0, dtype=nw.Int64) for name in names})
    else:
        some = counts.with_columns(nw.lit(value=True).alias(_SOME))
        alone = nw.col(_SOME).is_null()  # of no member; a sum may be null with members too
        filled = {name: nw.when(~alone).then(nw.col(name)).otherwise(0) for name in names}
        out = _left_join(frame, some, key).with_columns(**filled).drop(_SOME)
    if complete or not any(_unbounded(graph, listed)):
        return out
    return out.with_columns(**{name: _nothing() for name in _unbounded(graph, listed)})


def _left_join(frame: nw.LazyFrame[Any], counts: nw.LazyFrame[Any], key: str) -> nw.LazyFrame[Any]:
    """The rows in their order, which Polars keeps where it is asked to."""
    if not frame.implementation.is_polars():
        return frame.join(counts, on=key, how="left")
    left, right = frame.to_native(), counts.to_native()
    out: nw.LazyFrame[Any] = nw.from_native(
        left.join(right, on=key, how="left", maintain_order="left")
    )
    return out


def _counts(graph: Graph, listed: int) -> Iterator[_Count | _Total]:
    for at, node in enumerate(graph.nodes):
        if node.op == "count" and node.args[0] == listed:
            yield _Count(at, tuple(zip(node.args[1::2], node.args[2::2], strict=True)))
        elif node.op == "total" and node.args[0] == listed:
            yield _Total(at, node.args[1])


def _unbounded(graph: Graph, listed: int) -> Iterator[str]:
    """The ends that an open list does not have."""
    for count in _counts(graph, listed):
        names = count_columns(count.node)
        yield from compress(names, count.open_ends())


def _nothing() -> nw.Expr:
    return nw.lit(None, dtype=nw.Int64)


def _steps(bound: Bound) -> Any:
    return nw.lit(bound, dtype=nw.Int64) if isinstance(bound, int) else expression(bound)


def _member_ends(
    graph: Graph, listed: int, count: _Count, members: nw.LazyFrame[Any]
) -> tuple[Bound, Bound, nw.LazyFrame[Any]]:
    """What one member adds at least and at most, over the members with all columns it takes."""
    lows: list[Bound] = []
    highs: list[Bound] = []
    for n, (where, k) in enumerate(count.terms):
        cells = _Member(graph, listed, where, f"@{count.node}.{n}.")
        holds = cells.cell(len(where) - 1) if where else Outcomes(True, False)
        surely, perhaps = choose(holds.surely_met, k, 0), choose(holds.met, k, 0)
        lows.append(surely if k >= 0 else perhaps)
        highs.append(perhaps if k >= 0 else surely)
        members = cells.sheet.over(members)
    return plus(*lows), plus(*highs), members


def _member_values(
    graph: Graph, listed: int, total: _Total, members: nw.LazyFrame[Any]
) -> tuple[Bound, Bound, nw.LazyFrame[Any]]:
    """What one member comes to at least and at most, 0 where it is not applicable."""
    cells = _Member(graph, listed, total.nodes, f"@{total.node}.")
    x = cells.cell(len(total.nodes) - 1)
    low = choose(negate(x.present), 0, choose(x.absent, least(x.low, 0), x.low))
    high = choose(negate(x.present), 0, choose(x.absent, greatest(x.high, 0), x.high))
    return low, high, cells.sheet.over(members)
