"""One case, decided exactly: `decide(graph, given)` runs the graph's nodes in order.

The result is a `Decision`: the value of every node, and for each provision, definition and amount a
view that is made when it is asked for. It knows the graph and the numbers; it puts no sentences
together and draws no conclusion beyond the graph's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from tieuchi.engine.graph import Amount, Definition, Graph, Node, Part, Provision, Test, reads
from tieuchi.engine.kernel import (
    ABSENT,
    Contradiction,
    Members,
    Quantity,
    Span,
    Value,
    span,
    steps,
)
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, Status, possible, status

YES_NO = MET | NOT_MET


class Given(dict[str, Value]):
    """What a case states, validated: by the fact's id, in the graph's integers.

    Besides facts it may hold ``@activity/…`` truths and ``@as_of``. `case.read_given` makes one.
    """


class CaseError(ValueError):
    """A case that cannot be: facts that contradict each other, or a failed check of the input.

    `code` is "both-stated" or "check-failed"; `subject` the fact's id or the check's index.
    """

    def __init__(self, code: str, subject: str) -> None:
        super().__init__(f"{code}: {subject}")
        self.code = code
        self.subject = subject


class _Program:
    """A graph made ready to run: its steps, and what each given node is while nothing is stated."""

    def __init__(self, graph: Graph) -> None:
        self.steps = steps(graph.nodes, graph.given)
        self.slots = {fact.id: i for i, fact in enumerate(graph.facts)}
        self.blank: list[Value] = [unstated(graph, i) for i in range(len(graph.nodes))]
        for i, activity in enumerate(graph.activities, len(graph.facts) + 1):
            self.slots[f"@activity/{activity}"] = i
        self.slots["@as_of"] = len(graph.facts)
        self.provisions = {
            (p.id if part is graph.main else f"{part.pack}/{p.id}"): (p, part)
            for part in graph.parts
            for p in part.provisions
        }
        self.checks = [
            (check.truth, check, f"{part.pack}/{i}")
            for part in graph.parts
            for i, check in enumerate(part.checks)
        ]


def program(graph: Graph) -> _Program:
    """The program of a graph, made once for each graph object."""
    held = _PROGRAMS.get(id(graph))
    if held is None or held[0] is not graph:
        if len(_PROGRAMS) > 64:
            _PROGRAMS.clear()
        held = _PROGRAMS[id(graph)] = (graph, _Program(graph))
    return held[1]


_PROGRAMS: dict[int, tuple[Graph, _Program]] = {}


def unstated(graph: Graph, node: int) -> Value:
    """The value of a given node while the case says nothing of it."""
    if node == len(graph.facts):
        return graph.as_of
    if node > len(graph.facts):
        return MET
    fact = graph.facts[node]
    if fact.kind == "yes_no":
        return YES_NO
    if fact.kind == "class":
        return (1 << len(fact.labels)) - 1
    if fact.kind == "list":
        return Members((), False)
    if fact.kind == "date":
        return (None, None, False)
    return (0 if fact.least is None else fact.least, fact.most, False)


def decide(graph: Graph, given: Given) -> Decision:
    """The decision of a graph on what a case states.

    Raises `CaseError` where two statements cannot both be true, or a check of the input fails.
    """
    run = program(graph)
    values = run.blank.copy()
    slots = run.slots
    try:
        for name, value in given.items():
            values[slots[name]] = value
        for i, step in run.steps:
            values[i] = step(values)
    except Contradiction as contradiction:
        raise CaseError("both-stated", _fact_below(graph, contradiction.node)) from None
    for truth, check, name in run.checks:
        if values[truth] == NOT_MET and check.level == "error":
            raise CaseError("check-failed", name)
    return Decision(graph, given, values)


def _fact_below(graph: Graph, node: int) -> str:
    """The id of the first stated fact that a node reads."""
    while node >= len(graph.facts):
        node = min(reads(graph.nodes[node]))
    return graph.facts[node].id


class Finding(NamedTuple):
    """One comparison as decided: integers of their nodes, exact; None where there is none."""

    test: Test
    truth: int
    measured: Value
    required: Value
    shortfall: int | None  # in steps of what is measured; of a ratio, of its numerator


class View:
    """A provision as decided. Figures are exact decimal strings in the unit (`decimal_text`)."""

    __slots__ = ("_decision", "findings", "provision", "truth")

    def __init__(self, decision: Decision, provision: Provision) -> None:
        self._decision = decision
        self.provision = provision
        values = decision.values
        self.truth: int | None = values[provision.node] if provision.node >= 0 else None
        self.findings = tuple(
            [_finding(decision.graph.nodes, values, test) for test in provision.tests]
        )

    @property
    def status(self) -> Status | None:
        """Its status; None where it is not encoded or not in force."""
        return None if self.truth is None else status(self.truth)

    @property
    def possible(self) -> tuple[Status, ...]:
        """Every outcome that some completion of the case can have."""
        return () if self.truth is None else possible(self.truth)

    @property
    def open_because(self) -> str | None:
        """Why it is undetermined: "missing", "review", "both"; None where it is settled."""
        if self.truth is None or self.truth in (MET, NOT_MET, NOT_APPLICABLE):
            return None
        if not self._decision.is_under_review(self.provision.node):
            return "missing"
        return "both" if self.missing else "review"

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts not stated that could still change it; empty once it is settled."""
        if self.truth is None or self.truth in (MET, NOT_MET, NOT_APPLICABLE):
            return ()
        return self._decision.missing(self.provision.node)

    @property
    def shortfall(self) -> int | None:
        """The least change in steps that would do, where it is not met and has one comparison."""
        if self.truth != NOT_MET or len(self.findings) != 1:
            return None
        return self.findings[0].shortfall


def _finding(nodes: tuple[Node, ...], values: list[Value], test: Test) -> Finding:
    measured, truth = values[test.measured], values[test.truth]
    if test.required < 0:
        return Finding(test, truth, measured, None, None)
    required = values[test.required]
    shortfall = None
    if truth == NOT_MET:
        shortfall = _shortfall(nodes, test, measured, required)
    return Finding(test, truth, measured, required, shortfall)


def _shortfall(nodes: tuple[Node, ...], test: Test, measured: Value, required: Value) -> int | None:
    """The least change, in steps of what is measured (of a ratio: of its numerator)."""
    if required.__class__ is not int:
        return None
    node, goal = nodes[test.measured], nodes[test.required]
    if node.kind == "ratio":
        n, d = measured
        if n.__class__ is not int or d.__class__ is not int:
            return None
        top, bottom = nodes[node.args[0]], nodes[node.args[1]]
        # required * d in the unit, over the numerator's scale
        want = required * goal.num * d * bottom.num * top.den
        per = goal.den * bottom.den * top.num
        measured = n
        if test.unit == "%":
            per *= 100
    elif measured.__class__ is int:
        if (goal.num, goal.den) == (node.num, node.den):
            want, per = required, 1
        else:
            want, per = required * goal.num * node.den, goal.den * node.num
    else:
        return None
    comparison = test.comparison
    if comparison == "at_least":
        return -(-want // per) - measured
    if comparison == "more_than":
        return want // per + 1 - measured
    if comparison == "at_most":
        return measured - want // per
    if comparison == "less_than":
        return measured - (-(-want // per) - 1)
    return abs(want - measured) if per == 1 else None


class Decision:
    """What a graph says of a case: `decision["7.2.b"].status`, node values in `values`."""

    __slots__ = ("given", "graph", "values")

    def __init__(self, graph: Graph, given: Given, values: list[Value]) -> None:
        self.graph = graph
        self.given = given
        self.values = values

    def __getitem__(self, provision: str) -> View:
        """The view of a provision, by id; of a used pack as ``pack/id``. Raises KeyError."""
        return View(self, program(self.graph).provisions[provision][0])

    def views(self, part: Part | None = None) -> Iterator[View]:
        """The views of all provisions of the pack (or of a used one), in its order."""
        for provision in (part or self.graph.main).provisions:
            yield View(self, provision)

    @property
    def truth(self) -> int | None:
        """What is possible of the pack's verdict; None without one, or without law in force."""
        return self.verdict(self.graph.main)

    def verdict(self, part: Part) -> int | None:
        """What is possible of a pack's verdict; None without one, or without law in force."""
        return self.values[part.verdict] if part.in_force and part.verdict >= 0 else None

    @property
    def status(self) -> Status | None:
        """The status of the pack's verdict; None without one, or without law in force."""
        return None if self.truth is None else status(self.truth)

    def value(self, name: Definition | Amount) -> Value:
        """The value of a definition or an amount, by its node's kind; None where not in force."""
        return self.values[name.node] if name.node >= 0 else None

    def figure(self, node: int, value: Quantity) -> str | None:
        """A settled quantity of a node as an exact decimal string, else None."""
        return self.text(node, value) if isinstance(value, int) else None

    def text(self, node: int, steps_: int) -> str:
        """So many steps of a node as an exact decimal string in its unit."""
        of = self.graph.nodes[node]
        return decimal_text(steps_, of.num, of.den)

    def bounds(self, node: int) -> Span:
        """What a quantity can be, as an interval."""
        return span(cast(Quantity, self.values[node]))

    def is_stated(self, slot: int) -> bool:
        """Whether a given node is known: nothing more could be said of it."""
        value, kind = self.values[slot], self.graph.nodes[slot].kind
        if kind == "truth":
            return bool(value & (value - 1) == 0)
        if kind == "class":
            return bool(value & (value - 1) == 0)
        if kind == "list":
            return bool(value.complete)
        return value.__class__ is int

    def missing(self, node: int) -> tuple[str, ...]:
        """The facts that a node is open for want of, in the pack's order."""
        found: set[int] = set()
        self._open(node, found, set())
        return tuple(self.graph.facts[i].id for i in sorted(found))

    def _open(self, node: int, found: set[int], seen: set[int]) -> None:
        if node in seen or self._settled(node):
            return
        seen.add(node)
        of = self.graph.nodes[node]
        if node < len(self.graph.facts):
            found.add(node)
        for below in reads(of):
            self._open(below, found, seen)
        if of.op == "count":
            found.add(of.args[0])

    def _settled(self, node: int) -> bool:
        value, kind = self.values[node], self.graph.nodes[node].kind
        if kind in ("truth", "class"):
            return bool(value & (value - 1) == 0)
        if kind == "list":
            return bool(value.complete)
        if kind == "ratio":
            return all(part.__class__ is int or part is ABSENT for part in value)
        return value.__class__ is int or value is ABSENT

    def is_under_review(self, node: int) -> bool:
        """Whether a truth node is open because something below it surely asks for a review."""
        todo, seen = [node], {node}
        while todo:
            at = todo.pop()
            of = self.graph.nodes[at]
            if self._settled(at):
                continue
            if of.op == "review" and self.values[of.args[0]] == MET:
                return True
            for below in reads(of):
                if below not in seen and self.graph.nodes[below].kind == "truth":
                    seen.add(below)
                    todo.append(below)
        return False
