"""Conditions and values over one member of a list, in FEEL.

What is said of a member stands within a `for` over the list, where no decision can be asked: a
table, or the first that holds, is written out there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from tieuchi.engine.arithmetic import pairs
from tieuchi.engine.export.dmn.elements import quoted
from tieuchi.engine.export.dmn.feel import NOT_APPLICABLE, Nodes
from tieuchi.engine.export.dmn.given import stated
from tieuchi.engine.graph import Fact, Node

MEMBER = "member"


class Member(Nodes):
    """Writes nodes over one member; what is read from outside is as `outside` writes it."""

    def __init__(self, outside: Nodes, fact: Fact, nodes: Sequence[Node]) -> None:
        super().__init__(nodes, {})
        self.outside, self.fact = outside, fact

    def given(self, node: int) -> str:
        """A field of the member."""
        field = self.fact.fields[node]
        return stated(field, f"{MEMBER}.{field.id}")

    def outer(self, node: int) -> str:
        """What is read from outside."""
        return self.outside.of(self.nodes[node].args[0])

    def labels(self, node: int) -> tuple[str, ...]:
        """The labels of a class."""
        of = self.nodes[node]
        if of.op == "fact":
            return tuple(label for label, _ in self.fact.fields[node].labels)
        if of.op == "outer":
            return self.outside.labels(of.args[0])
        return super().labels(node)

    def chosen(self, of: Node) -> str:
        """A table, or the first that holds: what all rows that may apply come to."""
        rows = self._lines(of) if of.op.startswith("pick") else self._cells(of)
        return f"distinct values(flatten({rows}))" if of.kind == "class" else f"hull({rows})"

    def _lines(self, of: Node) -> str:
        *branches, last = of.args
        lines = pairs(branches)
        held = [f"c{i}: holds({self.of(condition)})" for i, (condition, _) in enumerate(lines)]
        rows = []
        for i, value in enumerate([*(value for _, value in lines), last]):
            tests = [f'c{k} != "yes"' for k in range(i)]
            tests += [f'c{i} != "no"'] if i < len(lines) else []
            rows.append(_row(tests, self.of(value)))
        return f"{{{', '.join(held)}, rows: concatenate({', '.join(rows)})}}.rows"

    def _cells(self, of: Node) -> str:
        keys, sizes, cells = of.args[:3]
        labels = [self.labels(key)[:size] for key, size in zip(keys, sizes, strict=True)]
        rows = []
        for row, cell in zip(product(*labels), cells, strict=True):
            tests = [self._possible(key, label) for key, label in zip(keys, row, strict=True)]
            rows.append(_row(tests, self.of(cell)))
        absent = f"[{quoted(NOT_APPLICABLE)}]" if of.kind == "class" else 'nothing("no label")'
        rows += [_row([self._possible(key, NOT_APPLICABLE)], absent) for key in keys]
        return f"concatenate({', '.join(rows)})"

    def _possible(self, key: int, label: str) -> str:
        return f"list contains({self.of(key)}, {quoted(label)})"


def _row(tests: Sequence[str], value: str) -> str:
    return f"if {' and '.join(tests)} then [{value}] else []"
