"""Who of a list does not count in what a provision measures, in which fields; what each comes to.

It knows nodes and their values, nothing of what is said of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tieuchi.engine.graph import Fact, Graph, Node, reads
from tieuchi.engine.kernel import Members, Value, member_test, step
from tieuchi.engine.truth import MET, NOT_MET


class Member(NamedTuple):
    """One of a list who does not surely count: in which fields, by place in the list's fields."""

    list: Fact
    name: str  # "" where the case gives none
    number: int  # from 1
    not_met: tuple[Fact, ...]
    open: tuple[Fact, ...]


def falling_short(graph: Graph, values: list[Value], measured: Sequence[int]) -> Iterator[Member]:
    """The members of lists who do not surely count in what these nodes measure."""
    for node in counts_under(graph, measured):
        listed, *terms = graph.nodes[node].args
        for where in filter(None, terms[::2]):
            yield from _short(graph.facts[listed], values[listed], where, values)


def each_of(graph: Graph, values: list[Value], node: int) -> Iterator[tuple[str, int, Value]]:
    """Of each member that a case lists: its name, its number and its value in a sum over them."""
    listed, nodes = graph.nodes[node].args
    fact, test = graph.facts[listed], member_test(nodes)
    for number, row in enumerate(values[listed].rows if test is not None else (), 1):
        yield _name(fact, row), number, test(row, values) if test is not None else None


def _name(fact: Fact, row: Sequence[Value]) -> str:
    named = zip(fact.fields, row, strict=True)
    return next((v for field, v in named if field.kind == "text" and isinstance(v, str)), "")


def counts_under(graph: Graph, nodes: Sequence[int]) -> list[int]:
    """The counts over lists that nodes rest on."""
    seen, todo = set(nodes), list(nodes)
    while todo:
        new = set(reads(graph.nodes[todo.pop()])) - seen
        seen |= new
        todo += new
    return sorted(node for node in seen if graph.nodes[node].op == "count")


def _short(
    fact: Fact, members: Members, where: Sequence[Node], outside: list[Value]
) -> Iterator[Member]:
    """The members for whom a condition does not surely hold."""
    runs = [None if node.op in ("fact", "outer") else step(node) for node in where]
    for number, row in enumerate(members.rows, 1):
        values = [*row, *[None] * (len(where) - len(row))]
        for at, (node, run) in enumerate(zip(where, runs, strict=True)):
            if node.op == "outer":
                values[at] = outside[node.args[0]]
            elif run is not None:
                values[at] = run(values)
        if values[-1] == MET:
            continue
        found = dict(_at_fault(where, values, len(where) - 1))
        yield Member(
            fact,
            _name(fact, row),
            number,
            tuple(fact.fields[at] for at, truth in found.items() if truth == NOT_MET),
            tuple(fact.fields[at] for at, truth in found.items() if truth != NOT_MET),
        )


def _at_fault(where: Sequence[Node], values: list[Value], at: int) -> Iterator[tuple[int, int]]:
    """The fields on which a condition rests that does not surely hold, with its truth."""
    node = where[at]
    if node.op in ("all", "any"):
        for below in node.args:
            if values[below] != MET:
                yield from _at_fault(where, values, below)
    else:
        yield from ((field, values[at]) for field in _fields(where, at))


def _fields(where: Sequence[Node], at: int) -> Iterator[int]:
    node = where[at]
    if node.op == "fact":
        yield at
    elif node.op != "outer":
        for below in reads(node):
            yield from _fields(where, below)
