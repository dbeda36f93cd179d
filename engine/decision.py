"""One case, decided exactly: `decide(graph, given)` runs the graph's nodes in order.

The result is a `Decision`: the value of every node, and for each provision, definition and amount a
view that is made when it is asked for. It knows the graph and the numbers; it puts no sentences
together and draws no conclusion beyond the graph's.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from tieuchi.engine.graph import Amount, Definition, Graph, Node, Part, Provision, Test, reads
from tieuchi.engine.interval import ABSENT, Quantity, Span, span
from tieuchi.engine.kernel import Contradiction, Members, Value, steps
from tieuchi.engine.members import Member, falling_short
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.straight import Run, straight
from tieuchi.engine.truth import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    STATUSES,
    Status,
    possible,
    status,
)

YES_NO = MET | NOT_MET
MANY = 8  # cases after which writing a graph out pays


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
        self.decided = 0
        self.straight: Run | None = None
        self.nodes = graph.nodes
        self.slots = {fact.id: i for i, fact in enumerate(graph.facts)}
        blank = [unstated(graph, i) for i in range(graph.given)]
        self.blank: list[Value] = blank + [None] * (len(graph.nodes) - graph.given)
        for i, activity in enumerate(graph.activities, len(graph.facts) + 1):
            self.slots[f"@activity/{activity}"] = i
        self.slots["@as_of"] = len(graph.facts)
        self.plans = {
            part.pack: [_plan(graph.nodes, provision) for provision in part.provisions]
            for part in graph.parts
        }
        self.provisions = {
            (plan[0].id if pack == graph.main.pack else f"{pack}/{plan[0].id}"): plan
            for pack, plans in self.plans.items()
            for plan in plans
        }
        self.checks = [
            (check.truth, f"{part.pack}/{i}")
            for part in graph.parts
            for i, check in enumerate(part.checks)
            if check.level == "error"
        ]

    def stepwise(self, given: Given) -> list[Value]:
        """The values of all nodes; after a few cases the straight-line function takes over."""
        values = self.blank.copy()
        for name, value in given.items():
            values[self.slots[name]] = value
        for i, step in self.steps:
            values[i] = step(values)
        self.decided += 1
        if self.decided == MANY:
            names = sorted(self.slots, key=self.slots.__getitem__)
            self.straight = straight(self.nodes, names, self.blank[: len(names)])
        return values


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
    try:
        values = run.straight(given) if run.straight is not None else run.stepwise(given)
    except Contradiction as contradiction:
        raise CaseError("both-stated", fact_below(graph, contradiction.node)) from None
    for truth, name in run.checks:
        if values[truth] == NOT_MET:
            raise CaseError("check-failed", name)
    return Decision(graph, given, values)


def fact_below(graph: Graph, node: int) -> str:
    """The id of the nearest fact that a node reads."""
    below = [node]
    while (at := below.pop(0)) >= len(graph.facts):
        below += reads(graph.nodes[at])
    return graph.facts[at].id


class Finding(NamedTuple):
    """One comparison as decided: integers of their nodes, exact; None where there is none."""

    test: Test
    truth: int
    measured: Value
    required: Value
    shortfall: int | None  # in steps of what is measured; of a ratio, of its numerator


class View(NamedTuple):
    """A provision as decided; figures are integers of their nodes (`Decision.text` prints them)."""

    decision: Decision
    provision: Provision
    truth: int | None
    """What is possible of it; None where it is not encoded or not in force."""
    status: Status | None
    """Its status; None where it is not encoded or not in force."""
    findings: tuple[Finding, ...]
    """What it compares, as decided."""

    def unanswered(self) -> View:
        """The same where no law answers: its pack is not in force on the day."""
        return self._replace(truth=None, status=None, findings=())

    @property
    def possible(self) -> tuple[Status, ...]:
        """Every outcome that some completion of the case can have."""
        return () if self.truth is None else possible(self.truth)

    @property
    def open_because(self) -> str | None:
        """Why it is undetermined: "missing", "review", "both"; None where it is settled."""
        if self.truth is None or self.truth in (MET, NOT_MET, NOT_APPLICABLE):
            return None
        if not self.decision.is_under_review(self.provision.node):
            return "missing"
        return "both" if self.missing else "review"

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts not stated that could still change it; empty once it is settled."""
        if self.truth is None or self.truth in (MET, NOT_MET, NOT_APPLICABLE):
            return ()
        return self.decision.missing(self.provision.node)

    @property
    def members(self) -> tuple[Member, ...]:
        """Who of the lists of which it wants many does not surely count, and in which fields."""
        if self.truth is None or not self.truth & NOT_MET:
            return ()
        of, from_above = self.decision, ("at_most", "less_than")
        measured = [f.test.measured for f in self.findings if f.test.comparison not in from_above]
        return tuple(falling_short(of.graph, of.values, measured))

    @property
    def shortfall(self) -> int | None:
        """The least change in steps that would do, where it is not met and has one comparison."""
        if self.truth != NOT_MET or len(self.findings) != 1:
            return None
        return self.findings[0].shortfall


_Shown = tuple[Test, int, int, int, "int | None", tuple[Node, ...]]
"""A test made ready: its nodes of truth, measured and required, and for a settled requirement of a
quantity the number of steps to reach. It and `_Plan` are plain tuples, which Python takes apart
fastest."""

_Plan = tuple[Provision, int, tuple[_Shown, ...]]
"""A provision, its node and its tests made ready: what is known of a view before any case."""


def _plan(nodes: tuple[Node, ...], provision: Provision) -> _Plan:
    return provision, provision.node, tuple([_shown(nodes, test) for test in provision.tests])


def _shown(nodes: tuple[Node, ...], test: Test) -> _Shown:
    goal = None
    if test.required >= 0 and nodes[test.required].op == "const":
        node, bound = nodes[test.measured], nodes[test.required]
        if node.kind == "quantity":
            goal = _goal(test, bound.args[0] * bound.num * node.den, bound.den * node.num)
    return test, test.truth, test.measured, test.required, goal, nodes


def _goal(test: Test, want: int, per: int) -> int | None:
    """The nearest whole number of steps that does, where `want` over `per` is compared with."""
    if test.comparison == "at_least":
        return -(-want // per)
    if test.comparison == "more_than":
        return want // per + 1
    if test.comparison == "at_most":
        return want // per
    if test.comparison == "less_than":
        return -(-want // per) - 1
    return want // per if want % per == 0 else None


def _view(decision: Decision, plan: _Plan) -> View:
    values = decision.values
    provision, node, tests = plan
    findings: tuple[Finding, ...] = ()
    for shown in tests:  # nearly always one or none, where this is the cheapest
        findings += (_finding(values, shown),)
    if node < 0:
        return _new(View, (decision, provision, None, None, findings))
    truth = values[node]
    return _new(View, (decision, provision, truth, STATUSES[truth], findings))


def _finding(values: list[Value], shown: _Shown) -> Finding:
    test, truth_node, measured_node, required_node, goal, nodes = shown
    truth, measured = values[truth_node], values[measured_node]
    if required_node < 0:
        return _new(Finding, (test, truth, measured, None, None))
    required = values[required_node]
    if truth != NOT_MET:
        shortfall = None
    elif goal is None or measured.__class__ is not int:
        shortfall = _shortfall(nodes, test, measured, required)
    else:
        shortfall = abs(goal - measured)
    return _new(Finding, (test, truth, measured, required, shortfall))


_new = tuple.__new__  # a Finding or View from its fields, without a call of its own


def _shortfall(nodes: tuple[Node, ...], test: Test, measured: Value, required: Value) -> int | None:
    """The least change where the requirement moves, or of a ratio, in its numerator's steps."""
    if required.__class__ is not int:
        return None
    node, bound = nodes[test.measured], nodes[test.required]
    per = bound.den * node.num
    want = required * bound.num * node.den
    if node.kind == "ratio":
        measured, below = measured
        if below.__class__ is not int:
            return None
        want *= below
    if measured.__class__ is not int or node.kind == "date":
        return None
    goal = _goal(test, want, per)
    return None if goal is None else abs(goal - measured)


class Decision:
    """What a graph says of a case: `decision["7.2.b"].status`, node values in `values`."""

    __slots__ = ("given", "graph", "values")

    def __init__(self, graph: Graph, given: Given, values: list[Value]) -> None:
        self.graph = graph
        self.given = given
        self.values = values

    def __getitem__(self, provision: str) -> View:
        """The view of a provision, by id; of a used pack as ``pack/id``. Raises KeyError."""
        return _view(self, program(self.graph).provisions[provision])

    def views(self, part: Part | None = None) -> list[View]:
        """The views of all provisions of the pack (or of a used one), in its order."""
        plans = program(self.graph).plans[(part or self.graph.parts[0]).pack]
        return [_view(self, plan) for plan in plans]

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
        if node in seen or self.is_settled(node):
            return
        seen.add(node)
        of = self.graph.nodes[node]
        if node < len(self.graph.facts):
            found.add(node)
        for below in reads(of):
            self._open(below, found, seen)
        if of.op in ("count", "total"):
            found.add(of.args[0])

    def is_settled(self, node: int) -> bool:
        """Whether one value of a node is left."""
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
            if self.is_settled(at):
                continue
            if of.op == "review" and self.values[of.args[0]] == MET:
                return True
            for below in reads(of):
                if below not in seen and self.graph.nodes[below].kind == "truth":
                    seen.add(below)
                    todo.append(below)
        return False
