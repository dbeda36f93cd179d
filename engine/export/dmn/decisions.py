"""The decisions of a graph: for every provision, definition and amount one, in FEEL.

A node that has a name is read by that name. A table, and what several nodes read, becomes a
decision of its own, named after the one that needs it first; all else is written where it is
needed, so no expression grows with the law. It knows the graph, and no word of what is said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple, TypeVar

from tieuchi.engine.arithmetic import pairs
from tieuchi.engine.export.dmn.elements import Column, Rule, Table, feel_name, quoted
from tieuchi.engine.export.dmn.feel import (
    NOT_APPLICABLE,
    Nodes,
    day_text,
    decimal,
    step,
)
from tieuchi.engine.export.dmn.given import closes, ends, labels_of, stated
from tieuchi.engine.export.dmn.members import Member
from tieuchi.engine.graph import (
    Amount,
    Definition,
    Fact,
    Graph,
    Node,
    Part,
    Provision,
    below,
    reads,
)

Named = Provision | Definition | Amount
Body = TypeVar("Body", str, Table)
_INLINE = frozenset(("fact", "truth", "const", "unknown", "label", "date"))
_UNLESS_HELD, _WHERE_HELD, _ANY = '"no", "maybe"', '"yes", "maybe"', "-"


class Written(NamedTuple):
    """A decision as written: its FEEL or table, and what it reads of the model, by name."""

    name: str
    kind: str  # of node
    body: str | Table
    reads: tuple[str, ...]
    of: Named | None = None
    part: Part | None = None
    owner: str = ""  # of a step on the way: the decision that needs it


def named_in(part: Part) -> list[Named]:
    """The definitions, provisions and amounts of a pack."""
    return [*part.definitions, *part.provisions, *part.amounts]


class Names:
    """The names of a model: of what a case gives, and of every provision, definition and amount."""

    def __init__(self, graph: Graph, reserved: Sequence[str]) -> None:
        self.taken: set[str] = {*reserved}
        self.verdict = self.new("verdict")  # first, for these are spoken of by their names
        self.errors = self.new("input_errors")
        self.warnings = self.new("input_warnings")
        self.facts = {fact.id: self.new(fact.id) for fact in graph.facts}
        self.closed = {f.id: self.new(f"{f.id}_complete") for f in graph.facts if f.kind == "list"}
        self.complete = self.new("complete")
        self.activities = self.new("activities")
        self.named: dict[tuple[str, str], str] = {}
        for part in graph.parts:
            for of in named_in(part):
                own = of.id if part is graph.main else f"{part.pack}__{of.id}"
                self.named[part.pack, of.id] = self.new(own)

    def new(self, id_: str) -> str:
        """A name for an id, taken from now on."""
        name = feel_name(id_, self.taken)
        self.taken.add(name)
        return name


class Decisions(Nodes):
    """Writes the decisions of a graph, with those on the way to them."""

    def __init__(self, graph: Graph, names: Names) -> None:
        tests = [test for part in graph.parts for p in part.provisions for test in p.tests]
        super().__init__(graph.nodes, {test.truth: test.comparison for test in tests})
        self.graph = graph
        self.names = names
        self.made: list[Written] = []
        self.owner = ""
        self.read: dict[str, None] = {}
        self.by_node: dict[int, str] = {}
        self.class_labels = labels_of(graph)
        wanted = [*self._wanted()]
        reached = below(graph.nodes, *wanted)
        self.readers = Counter(
            [*wanted, *(n for at in reached for n in set(reads(graph.nodes[at])))]
        )
        for part in graph.parts:
            answered = [of for of in named_in(part) if of.node >= 0 and part.in_force]
            alone = Counter(of.node for of in answered)
            for of in answered:
                as_fact = isinstance(of, Provision) and alone[of.node] == 1
                if as_fact or not self._is_inline(of.node):
                    self.by_node.setdefault(of.node, names.named[part.pack, of.id])

    def _wanted(self) -> Iterator[int]:
        for part in self.graph.parts:
            yield from (of.node for of in named_in(part)
                        if of.node >= 0)  # fmt: skip
            yield from (check.truth for check in part.checks)
            if part.verdict >= 0:
                yield part.verdict

    def _is_inline(self, node: int) -> bool:
        return node < self.graph.given or self.nodes[node].op in _INLINE

    # ---- decisions

    def decide(self, part: Part, of: Named) -> Written:
        """The decision of a provision, definition or amount; of an act that is not in force on the
        day there is none."""
        name = self.names.named[part.pack, of.id]
        if of.node < 0 or not part.in_force:
            return Written(name, "truth", "null", (), of, part)
        return self.named(name, of.node)._replace(of=of, part=part)

    def named(self, name: str, node: int) -> Written:
        """A decision of this name that comes to a node."""
        owner = self.by_node.get(node)
        with_own = owner in (None, name)
        body, read = self.within(name, lambda: self.written(node) if with_own else self.of(node))
        return Written(name, self.nodes[node].kind, body, read)

    def within(self, owner: str, write: Callable[[], Body]) -> tuple[Body, tuple[str, ...]]:
        """What is written for a decision, with what it reads."""
        above = self.owner, self.read
        self.owner, self.read = owner, {}
        body = write()
        read = tuple(self.read)
        self.owner, self.read = above
        return body, read

    # ---- expressions

    def of(self, node: int) -> str:
        """A node: by its name, by that of a step on the way, or written out."""
        name = self.by_node.get(node)
        if name is None and self.readers[node] > 1 and not self._is_inline(node):
            name = self.by_node[node] = self.names.new(f"{self.owner}_part")
            body, read = self.within(name, lambda: self.written(node))
            kind = self.nodes[node].kind
            self.made.append(Written(name, kind, body, read, owner=self.owner))
        return self.written(node) if name is None else self.refer(name)

    def refer(self, name: str) -> str:
        """A name of the model, which is read here."""
        self.read[name] = None
        return name

    def given(self, node: int) -> str:
        """A fact, the day or an activity."""
        facts = len(self.graph.facts)
        if node == facts:
            return f"on_day({day_text(self.graph.as_of)})"
        if node > facts:
            activity = quoted(self.graph.activities[node - facts - 1])
            return f"activity({activity}, {self.refer(self.names.activities)})"
        fact = self.graph.facts[node]
        name = self.refer(self.names.facts[fact.id])
        if fact.kind == "quantity" and closes(fact):
            complete = self.refer(self.names.complete)
            return f"stated_or_none({name}, {complete}, {ends(fact)})"
        return stated(fact, name)

    def is_stated(self, node: int) -> str:
        """Whether a fact is stated."""
        return f"{self.refer(self.names.facts[self.graph.facts[node].id])} != null"

    def labels(self, node: int) -> tuple[str, ...]:
        """The labels of a class."""
        return self.class_labels[node]

    def chosen(self, of: Node) -> str:
        """A table or the first that holds: a table of its own, and what all its rows come to."""
        name = self.names.new(f"{self.owner}_table")
        table, read = self.within(name, lambda: self._table(of))
        self.made.append(Written(name, of.kind, table, read, owner=self.owner))
        self.refer(name)
        if of.kind == "class":
            return f"distinct values({name if table.type == 'string' else f'flatten({name})'})"
        return f"{'one_of' if table.type == 'number' else 'hull'}({name})"

    def _table(self, of: Node) -> Table:
        if of.op.startswith("pick"):
            return self._bands(of)
        keys, sizes, cells = of.args[:3]
        columns = [Column(self._key(key)) for key in keys]
        labels = [self.labels(key)[:size] for key, size in zip(keys, sizes, strict=True)]
        kind, texts = self._outputs(cells)
        rows = [
            Rule(tuple(map(self._possible, keys, row)), text)
            for row, text in zip(product(*labels), texts, strict=True)
        ]
        may_be_absent = [key for key in keys if self._may_be_absent(key)]
        if may_be_absent and kind in ("number", "tQuantity"):
            kind, texts = "tQuantity", [self.of(cell) for cell in cells]
            rows = [row._replace(output=text) for row, text in zip(rows, texts, strict=True)]
        absent = {"string": quoted(NOT_APPLICABLE), "tLabels": f"[{quoted(NOT_APPLICABLE)}]"}
        for key in may_be_absent:
            absent_here = self._possible(key, NOT_APPLICABLE)
            tests = tuple(absent_here if k == key else _ANY for k in keys)
            rows.append(Rule(tests, absent.get(kind, 'nothing("not applicable")')))
        return Table(tuple(columns), kind, tuple(rows))

    def _key(self, node: int) -> str:
        """What a column looks at: a fact as it is stated, or the labels that are possible."""
        if node < len(self.graph.facts):
            return self.refer(self.names.facts[self.graph.facts[node].id])
        return self.of(node)

    def _possible(self, key: int, label: str) -> str:
        """The test of a column that a label passes, as does a fact that is not stated."""
        is_fact = key < len(self.graph.facts)
        return f"{quoted(label)}, null" if is_fact else f"list contains(?, {quoted(label)})"

    def _bands(self, of: Node) -> Table:
        """Line by line: one counts where it may hold and none before it surely does."""
        *branches, last = of.args
        lines = pairs(branches)
        columns = [Column(f"holds({self.of(condition)})") for condition, _ in lines]
        kind, texts = self._outputs([*(value for _, value in lines), last])
        rows = []
        for i, text in enumerate(texts):
            held = (_WHERE_HELD,) if i < len(lines) else ()
            after = (_ANY,) * (len(lines) - i - 1)
            rows.append(Rule((_UNLESS_HELD,) * min(i, len(lines)) + held + after, text))
        return Table(tuple(columns), kind, tuple(rows))

    def _outputs(self, cells: Sequence[int]) -> tuple[str, list[str]]:
        """What the cells of a table are, and each: plain figures and labels where all are."""
        nodes = [self.nodes[cell] for cell in cells]
        if all(node.op == "const" for node in nodes):
            return "number", [decimal(node.args[0] * step(node)) for node in nodes]
        if nodes[0].kind == "class":
            single = [node.op == "label" and node.args[0].bit_count() == 1 for node in nodes]
            texts = [self.of(cell) for cell in cells]
            return ("string", [t[1:-1] for t in texts]) if all(single) else ("tLabels", texts)
        return "tQuantity", [self.of(cell) for cell in cells]

    def _may_be_absent(self, node: int) -> bool:
        """Whether a class may be not applicable."""
        of = self.nodes[node]
        if of.op == "label":
            return bool(of.args[0] >> len(self.labels(node)))
        if of.op == "fact":
            return False
        return any(self._may_be_absent(at) for at in reads(of) if self.nodes[at].kind == "class")

    def count(self, of: Node) -> str:
        """A count over a list: of every member what it counts for."""
        fact = self.graph.facts[of.args[0]]
        wheres = list(zip(of.args[1::2], of.args[2::2], strict=True))
        lists = [self._counted(fact, where, k) for where, k in wheres]
        each = lists[0] if len(lists) == 1 else f"concatenate({', '.join(lists)})"
        low = sum(k if not where else min(k, 0) for where, k in wheres)
        high = sum(k if not where else max(k, 0) for where, k in wheres)
        return self._of_list(fact, each, low < 0, high > 0)

    def total(self, of: Node) -> str:
        """A sum over a list of what each member comes to, 0 where that is not applicable."""
        listed, nodes = of.args
        fact = self.graph.facts[listed]
        each = f"or_nothing({Member(self, fact, nodes).of(len(nodes) - 1)})"
        least = nodes[-1].least
        return self._of_list(fact, self._each(fact, each), least is None or least < 0, True)

    def _of_list(self, fact: Fact, each: str, falls: bool, rises: bool) -> str:
        """What members come to together, where there may be more of them."""
        counted = f"counted_up({each})"
        if not (falls or rises):
            return counted
        own, complete = self.refer(self.names.closed[fact.id]), self.refer(self.names.complete)
        closes_ = "true" if closes(fact) else f"{self.names.facts[fact.id]} != null"
        is_open = f"not(is_closed({own}, {complete}, {closes_}))"
        below_, above_ = (is_open if way else "false" for way in (falls, rises))
        return f"with_more({counted}, {below_}, {above_})"

    def _each(self, fact: Fact, of: str) -> str:
        """Something of each member, as a list."""
        name = self.refer(self.names.facts[fact.id])
        return f"(for member in (if {name} = null then [] else {name}) return {of})"

    def _counted(self, fact: Fact, where: Sequence[Node], k: int) -> str:
        of = f"exactly({k})"
        if where:
            of = f"counted({Member(self, fact, where).of(len(where) - 1)}, {k})"
        return self._each(fact, of)
