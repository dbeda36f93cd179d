"""The decision graph: what a pack of law comes to on a day, as frozen plain data.

A `Graph` is a sequence of nodes, each of which reads only nodes before it, and the provisions,
definitions and amounts that name some of them. It knows no YAML, no case and no language but the
pairs of `Words` that the pack gave. Every reader (`decide`, `session`, later tables and the solver)
reads this and nothing else; it goes to JSON and back, so that a pack seen before need not be read.

Kinds of nodes and their values:

- ``truth``: a set of outcomes (three bits, see `truth`).
- ``quantity``: an interval of integers; the value in ``unit`` is ``integer * num / den``.
- ``ratio``: two quantities, never divided.
- ``class``: a set of labels, one bit a label.
- ``date``: an interval of day ordinals.
- ``list``: the members that the case lists.

The first nodes are what a case gives: every fact, then ``@as_of``, then ``@activity/…``.
Their ``op`` is ``fact``. The other ops, with their ``args`` (indexes of nodes unless said):

=============== ================================================================================
truth
=============== ================================================================================
truth           (bits,) a constant set
ge, le          (a, T) a is at least, at most the integer T, in a's scale
ge2, gt2        (a, b) a at least, more than b; both in one scale
share           (comparison, n, d, t, q) ``q*n`` against ``t*d``: "ge" "gt" "le" "lt"; n, d, t are
                nodes, q an integer; not applicable where d is 0
tighter         (a, b) a, less what b rules out (b speaks of the same comparison, see `tighten`)
in              (a, mask) the class a is among the labels of the mask
all, any        (a, b, …)
at_least        (N, a, b, …) N is a number
not             (a,)
applies_when    (condition, own)
unless          (condition, own)
review          (condition, own)
=============== ================================================================================

=============== ================================================================================
quantity
=============== ================================================================================
const           (integer,)
unknown         () anything from 0 up
linear          (c, k1, a1, k2, a2, …) ``c + Σ k*a``; c and k are integers
sum             the same, what is not applicable is skipped
product         (a, b) of which at most one moves with quantities; its scale is both scales' product
highest, lowest (a, b, …) what is not applicable is skipped
floor, cap      (a, bound) not below, not above
round           (a, p, q, way) ``way`` ("down" "up" "half_up") of ``a * p / q``
vague           (a,) an unknown coefficient times a: 0 where a is 0, else from 0 up
elapsed         (unit, from, to) completed "years" "months" "days", at least 0; "begun years" and
                "begun months" count the one under way too
count           (list, w1, k1, w2, k2, …) ``Σ over members of Σ k*[w holds]``; ``w`` is a tuple of
                nodes over the member's fields (an empty tuple holds for every member)
total           (list, nodes) ``Σ over members`` of the last of ``nodes`` over the member's fields;
                what is not applicable is skipped
pick            (condition, value, …, value) the first value whose condition holds; also of classes
table           (keys, cells) keys: tuple of nodes, cells: by the labels, last key fastest; also of
                classes
else            (fact, definition) the definition where the fact is not stated; of every kind
amount          (condition or -1, value) 0 where the condition does not hold
=============== ================================================================================

``ratio`` is (n, d); ``label`` is (mask, labels, ids) of a class; ``date`` is (ordinal,).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tieuchi.engine.words import Words

FORMAT = 5  # of the JSON; raise it when a field or an op changes its meaning


class Node(NamedTuple):
    """One step of the decision: an operation on nodes before it."""

    op: str
    args: tuple[Any, ...]
    kind: str
    unit: str = ""
    num: int = 1
    den: int = 1
    least: int | None = None  # bounds that hold in every case; None: not a quantity
    most: int | None = None


class Fact(NamedTuple):
    """What a case may state; `Graph.facts[i]` is node i (or a field of a member)."""

    id: str
    kind: str  # quantity, yes_no, class, date, list, text
    words: Words
    unit: str = ""
    num: int = 1
    den: int = 1
    least: int | None = None  # of what may be stated, in steps; None: no bound
    most: int | None = None
    limit: int = 10**12  # more steps than this is an error
    labels: tuple[tuple[str, Words], ...] = ()
    closes: bool = False  # `complete` makes it 0 where it is not stated
    label: Words | None = None  # the unit as people see it
    ask: Words | None = None
    notes: tuple[Words, ...] = ()
    fields: tuple[Fact, ...] = ()
    otherwise: int = -1  # node of its `else`
    pack: str = ""
    fixed: Words | None = None  # why nobody who asks can change it
    grows: bool = False  # it can only become more


class Test(NamedTuple):
    """One comparison that a provision makes: what is shown as measured and required.

    `measured` is a quantity, ratio, class or truth node. `required` is a quantity node; for a class
    it is -1 and `labels` says which are wanted; for yes/no it is -1 and `labels` is "true" or
    "false". `truth` is the node of this comparison alone.
    """

    comparison: str  # at_least more_than at_most less_than equals in is
    measured: int
    required: int
    truth: int
    unit: str = ""
    label: Words | None = None
    labels: tuple[str, ...] = ()


class Misprint(NamedTuple):
    """A slip of the printed source and how it is read."""

    printed: str
    read: str


class Gate(NamedTuple):
    """A gate of a provision: "applies_when", "unless"; the truth node of its condition, the
    provision it names ("" where it is not one), and the activity it asks for, alone or beside other
    conditions ("" where it asks for none)."""

    kind: str
    condition: int
    provision: str = ""
    activity: str = ""


class Provision(NamedTuple):
    """A provision of a pack. `node` is -1 where it has no status (not encoded, not in force)."""

    id: str
    node: int
    own: int  # its condition before review and gates; -1 where node is
    operator: str  # require all any at_least not name activity not_encoded
    parent: str
    children: tuple[str, ...]  # ids; of another pack as pack/id
    needed: int  # of at_least
    tests: tuple[Test, ...]
    gates: tuple[Gate, ...]
    review: int  # truth node of review_when, or -1
    review_note: Words | None
    cite: Words
    words: Words | None  # its short name
    quote: str
    read_in: str
    source: str
    grade: str
    notes: tuple[Words, ...]
    misprints: tuple[Misprint, ...]
    not_encoded: Words | None
    not_in_force: bool
    deadline: int  # day ordinal, or 0
    cumulative: bool  # pace: cumulative


class Definition(NamedTuple):
    """A defined name: its node, of any kind. `each`: it is a value of each member of a list, and
    its node their sum."""

    id: str
    node: int
    words: Words | None
    cite: Words | None
    quote: str
    read_in: str
    source: str
    grade: str
    notes: tuple[Words, ...]
    labels: tuple[tuple[str, Words], ...]
    each: bool = False


class Amount(NamedTuple):
    """An amount that the law gives; `node` is -1 where it is not in force."""

    id: str
    node: int
    value: int  # before `when`
    when: int  # truth node or -1
    when_provision: str
    up_to: bool
    cite: Words
    words: Words | None
    quote: str
    read_in: str
    source: str
    grade: str
    notes: tuple[Words, ...]


class Check(NamedTuple):
    """A check of the input: fails where its truth is settled as not met."""

    truth: int
    level: str  # error, warning
    words: Words


class Source(NamedTuple):
    """Where the words of a pack were read."""

    id: str
    title: Words
    date: str
    grade: str


class Part(NamedTuple):
    """One pack in the graph: the asked one first, then those it uses."""

    pack: str
    digest: str
    kind: str  # subsidy, standard, criterion, plan
    cite: Words
    title: Words
    place: str
    since: int  # day ordinals of in_force and period; 0: open
    until: int
    period_from: int
    period_until: int
    in_force: bool
    successor: Words | None
    verdict: int  # truth node, -1 where none
    verdict_provisions: tuple[str, ...]
    about: Words | None
    limits: tuple[Words, ...]
    notes: tuple[Words, ...]
    sources: tuple[Source, ...]
    activities: tuple[tuple[str, Words], ...]
    progress_labels: tuple[tuple[str, str, tuple[str, ...]], ...]  # "is"|"contains", text, means
    provisions: tuple[Provision, ...]
    definitions: tuple[Definition, ...]
    amounts: tuple[Amount, ...]
    checks: tuple[Check, ...]


class Graph(NamedTuple):
    """A pack and those it uses, as of a day (an ordinal of the proleptic Gregorian calendar)."""

    as_of: int
    facts: tuple[Fact, ...]
    activities: tuple[str, ...]
    nodes: tuple[Node, ...]
    parts: tuple[Part, ...]

    @property
    def main(self) -> Part:
        """The pack that was asked for."""
        return self.parts[0]

    @property
    def barred(self) -> tuple[int, ...]:
        """The truth nodes of checks of the input: a case in which one is not met cannot be."""
        checks = (check for part in self.parts for check in part.checks)
        return tuple(check.truth for check in checks if check.level == "error")

    @property
    def given(self) -> int:
        """How many nodes a case gives: the facts, the day and the activities."""
        return len(self.facts) + 1 + len(self.activities)


_WITHOUT_NODES = frozenset(("fact", "truth", "const", "unknown", "label", "date"))


def reads(node: Node) -> tuple[int, ...]:
    """The nodes that a node reads."""
    op, args = node.op, node.args
    if op in _WITHOUT_NODES:
        return ()
    if op in ("ge", "le", "in", "round", "vague"):
        return args[:1]
    if op == "share":
        return args[1:4]
    if op in ("linear", "sum"):
        return args[2::2]
    if op in ("at_least", "elapsed"):
        return args[1:]
    if op in ("count", "total"):
        outer = (w.args[0] for where in args[1::2] for w in where if w.op == "outer")
        return (args[0], *outer)
    if op.startswith("table"):
        return (*args[0], *args[2])
    return tuple(a for a in args if a >= 0)


def below(nodes: Sequence[Node], *targets: int) -> list[int]:
    """Some nodes and all that they read, in order."""
    todo, seen = list(targets), set[int]()
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += reads(nodes[at])
    return sorted(seen)


def labels_by_node(graph: Graph) -> dict[int, tuple[tuple[str, Words], ...]]:
    """The labels of class nodes, by bit: those of facts, of facts with an `else`, of definitions,
    and of what the law leaves unknown, in the words of a class with the same ids."""
    found = {i: fact.labels for i, fact in enumerate(graph.facts) if fact.labels}
    for part in graph.parts:
        found.update({d.node: d.labels for d in part.definitions if d.labels})
    known = {"/".join(label for label, _ in labels): labels for labels in found.values()}
    for i, node in enumerate(graph.nodes):
        if node.op == "else class":
            found.setdefault(i, found.get(node.args[0], ()))
        elif node.op == "label":
            found.setdefault(i, known.get(node.args[-1], ()))
    return found


def to_json(graph: Graph) -> list[Any]:
    """A graph as lists, strings and numbers; `from_json` is its inverse."""
    return list(graph)


def from_json(data: list[Any]) -> Graph:
    """A graph from what `to_json` gave, after JSON made its tuples lists."""
    as_of, facts, activities, nodes, parts = data
    return Graph(
        as_of,
        tuple(map(_fact, facts)),
        tuple(activities),
        tuple(map(_node, nodes)),
        tuple(map(_part, parts)),
    )


def _words(data: list[str] | None) -> Any:
    return None if data is None else Words(*data)


def _several(data: list[list[str]]) -> tuple[Words, ...]:
    return tuple([Words(*words) for words in data])


def _named(data: list[Any]) -> tuple[tuple[str, Words], ...]:
    return tuple([(name, Words(*words)) for name, words in data])


def _node(data: list[Any]) -> Node:
    op, args, *rest = data
    if op in ("count", "total"):
        args = [tuple(map(_node, a)) if isinstance(a, list) else a for a in args]
    elif op.startswith("table"):
        args = [tuple(a) if isinstance(a, list) else a for a in args]
    return Node(op, tuple(args), *rest)


def _fact(data: list[Any]) -> Fact:
    fact = Fact(*data)
    return fact._replace(
        words=_words(data[2]),
        labels=_named(fact.labels),  # type: ignore[arg-type]
        label=_words(data[11]),
        ask=_words(data[12]),
        notes=_several(data[13]),
        fields=tuple(map(_fact, data[14])),
        fixed=_words(data[17]),
    )


def _provision(data: list[Any]) -> Provision:
    of = Provision(*data)
    return of._replace(
        children=tuple(of.children),
        tests=tuple([_test(test) for test in data[7]]),
        gates=tuple([Gate(*gate) for gate in data[8]]),
        review_note=_words(data[10]),
        cite=Words(*data[11]),
        words=_words(data[12]),
        notes=_several(data[17]),
        misprints=tuple([Misprint(*m) for m in data[18]]),
        not_encoded=_words(data[19]),
    )


def _test(data: list[Any]) -> Test:
    test = Test(*data)
    return test._replace(label=_words(data[5]), labels=tuple(test.labels))


def _part(data: list[Any]) -> Part:
    of = Part(*data)
    return of._replace(
        cite=Words(*of.cite),
        title=Words(*of.title),
        successor=_words(data[11]),
        verdict_provisions=tuple(of.verdict_provisions),
        about=_words(data[14]),
        limits=_several(data[15]),
        notes=_several(data[16]),
        sources=tuple([Source(s[0], Words(*s[1]), *s[2:]) for s in data[17]]),
        activities=_named(data[18]),
        progress_labels=tuple([(how, text, tuple(means)) for how, text, means in data[19]]),
        provisions=tuple(map(_provision, data[20])),
        definitions=tuple(map(_definition, data[21])),
        amounts=tuple(map(_amount, data[22])),
        checks=tuple([Check(truth, level, Words(*words)) for truth, level, words in data[23]]),
    )


def _definition(data: list[Any]) -> Definition:
    of = Definition(*data)
    return of._replace(
        words=_words(data[2]),
        cite=_words(data[3]),
        notes=_several(data[8]),
        labels=_named(data[9]),
    )


def _amount(data: list[Any]) -> Amount:
    of = Amount(*data)
    return of._replace(cite=Words(*of.cite), words=_words(data[7]), notes=_several(data[12]))
