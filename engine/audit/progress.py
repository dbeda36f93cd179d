"""The second axis: how a target stands in its period, beside whether it is met.

`judge` gives the progress of a provision with its evidence: what share of the target there is, what
share of the period is over, what is outstanding and when it is forecast for; `progress` gives the
progress alone. The first that fits:

- None: not applicable, not encoded, not in force;
- exceeded: met, and its one quantity is surely beyond what is required; a composite never is;
- met;
- missed: not met, and the day is after the deadline;
- on track: the deadline is not over, and either everything outstanding has a forecast day that is
  not over and not after the deadline, or the target adds up over its period and its share of what
  is required is surely at least the share of the period that is over;
- undetermined: open, with nothing to judge by;
- behind: not met (of a target that adds up: surely below its pace), or forecast for after the
  deadline.

It knows decisions and what a case forecasts; of labels, reports and sentences it knows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tieuchi.engine.audit.pace import Pace, Share, is_at_pace, is_exceeded, pace_of, share_of
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision, View
from tieuchi.engine.graph import Graph, Node, Part, Provision, reads
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, Status, status


class Progress(StrEnum):
    """How a target stands; in the order from best to worst, which roll-ups go by."""

    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    UNDETERMINED = "undetermined"
    BEHIND = "behind"
    MISSED = "missed"


WORSE = tuple(Progress)
"""From best to worst."""


class Outstanding(NamedTuple):
    """A condition that a target is still waiting for, and what it waits for itself.

    `id` is a provision's (of a used pack ``pack/id``), a fact's or, of a condition without a name,
    "". `forecast` is the day by which all of it is expected, None where that is not said of all of
    it; `late` says that it surely comes after the deadline. On that day it is met, or where that is
    not `sure` may not apply either, which is not enough for a group of which some are needed.
    """

    id: str
    status: Status
    forecast: int | None
    late: bool
    below: tuple[Outstanding, ...] = ()
    sure: bool = True


class Judgement(NamedTuple):
    """The progress of a provision and what it rests on. Days are ordinals; no deadline is 0.

    `passed` is the last day for which it was forecast, itself or by its facts, that is over.
    """

    progress: Progress | None
    share: Share | None
    pace: Pace | None
    cumulative: bool
    deadline: int
    outstanding: Outstanding | None
    passed: int | None = None

    @property
    def forecast(self) -> int | None:
        """The day by which everything outstanding is expected."""
        return self.outstanding.forecast if self.outstanding else None


def progress(decision: Decision, case: Case, provision: str) -> Progress | None:
    """The progress of a provision (of a used pack: ``pack/id``)."""
    return judge(decision, case, provision).progress


def judge(
    decision: Decision, case: Case, provision: str, *, deadline: int | None = None
) -> Judgement:
    """The progress of a provision with its evidence; see `Judge`."""
    return Judge(decision, case).judge(provision, deadline)


def provisions(graph: Graph) -> dict[str, tuple[Provision, Part]]:
    """Every provision with its pack, by the name a decision knows it by, in the packs' order."""
    return {
        of.id if part is graph.main else f"{part.pack}/{of.id}": (of, part)
        for part in graph.parts
        for of in part.provisions
    }


def resolve(graph: Graph, name: str) -> str | None:
    """The provision that a case means by a name: of the pack itself first, then of those it uses.

    Of a used pack it is ``pack/id``. None where no pack has it.
    """
    known, main = provisions(graph), graph.main.pack
    own = name.removeprefix(f"{main}/")
    if own in known:
        return own
    names = (f"{part.pack}/{name}" for part in graph.parts)
    return next((each for each in names if each in known), None)


def worst(parts: Iterable[Progress | None]) -> Progress | None:
    """The worst progress of several; parts that have none do not count.

    >>> str(worst([Progress.MET, None, Progress.BEHIND])), worst([None])
    ('behind', None)
    """
    return max((each for each in parts if each is not None), key=WORSE.index, default=None)


def _progress(
    graph: Graph,
    view: View,
    deadline: int,
    waiting: Outstanding | None,
    share: Share | None,
    pace: Pace | None,
) -> Progress | None:
    if view.truth is None or view.truth == NOT_APPLICABLE:
        return None
    if view.truth == MET:
        return Progress.EXCEEDED if is_exceeded(graph, view) else Progress.MET
    if deadline and graph.as_of > deadline:
        return Progress.MISSED if view.truth == NOT_MET else Progress.UNDETERMINED
    at_pace = is_at_pace(share, pace)
    day = waiting.forecast if waiting is not None else None
    if at_pace or (day is not None and (not deadline or day <= deadline)):
        return Progress.ON_TRACK
    if waiting is not None and waiting.late:
        return Progress.BEHIND
    surely_behind = view.truth == NOT_MET if pace is None else at_pace is False
    return Progress.BEHIND if surely_behind else Progress.UNDETERMINED


# ---- what is outstanding


class Judge:
    """Judges the provisions of one decision by what a case forecasts."""

    def __init__(self, decision: Decision, case: Case) -> None:
        graph = decision.graph
        self.decision = decision
        self.provisions = provisions(graph)
        self.slots = {fact.id: slot for slot, fact in enumerate(graph.facts)}
        self.by_node: dict[int, list[str]] = {}
        for name, (provision, _) in self.provisions.items():
            self.by_node.setdefault(provision.node, []).append(name)
        days = {resolve(graph, name) or name: day for name, day in case.forecasts.items()}
        of_facts = {name: note.forecast for name, note in case.annotations.items()}
        self.days = {name: day for name, day in days.items() if day >= graph.as_of}
        self.passed = {name: day for name, day in days.items() if day < graph.as_of}
        self.facts_passed = {
            name: day for name, day in of_facts.items() if day is not None and day < graph.as_of
        }
        self.fact_days = {
            name: day for name, day in of_facts.items() if day is not None and day >= graph.as_of
        }
        self.deadline = 0  # of the target that is judged

    def judge(self, name: str, deadline: int | None = None) -> Judgement:
        """The progress of a provision with its evidence.

        `deadline` is for an indicator that is judged as part of a target: the target's.
        """
        graph, view = self.decision.graph, self.decision[name]
        of, part = self.provisions[name]
        self.deadline = of.deadline if deadline is None else deadline
        share, pace = share_of(graph, view), pace_of(graph, part)
        adds_up = of.cumulative and pace is not None and share is not None
        waiting = None
        if view.truth is not None and view.truth & NOT_MET:
            waiting = self._named(name, of, part, view.truth)
        made = _progress(graph, view, self.deadline, waiting, share, pace if adds_up else None)
        facts = _facts_below(graph, [of.node] if self.facts_passed and of.node >= 0 else [])
        days = [self.facts_passed[fact] for fact in facts if fact in self.facts_passed]
        passed = self.passed.get(name, max(days, default=None))
        return Judgement(made, share, pace, adds_up, self.deadline, waiting, passed)

    def verdict(self) -> Outstanding | None:
        """What the pack's verdict is waiting for; None where it waits for nothing, or is none."""
        self.deadline = 0
        truth, node = self.decision.truth, self.decision.graph.main.verdict
        return None if truth is None else self._at(self._called(node), node)

    def _named(self, name: str, provision: Provision, part: Part, truth: int) -> Outstanding | None:
        if not truth & NOT_MET:
            return None
        below = tuple(self._children(provision, part))
        if provision.operator in ("all", "any", "at_least"):
            day, late = self._joined(provision.own, below)
        else:
            measured = [test.measured for test in provision.tests]
            day, late = self._leaf(provision.node, measured)
        stated = self.days.get(name)
        if stated is not None:
            day, late = stated, self._is_late(stated)
        sure = stated is not None or not truth & NOT_APPLICABLE
        if not sure and not self._is_gated(provision):
            sure = self._applies(provision.own, below)
        return Outstanding(name, status(truth), day, late, below, sure)

    def _is_gated(self, provision: Provision) -> bool:
        """Whether a gate leaves it open if a provision applies."""
        values = self.decision.values
        return any(values[gate.condition] not in (MET, NOT_MET) for gate in provision.gates)

    def _applies(self, node: int, below: Sequence[Outstanding]) -> bool:
        """Whether a composite surely applies once its parts are as expected: one of them does."""
        of = self.decision.graph.nodes[node]
        if of.op not in ("all", "any", "at_least"):
            return False
        if any(not self.decision.values[part] & NOT_APPLICABLE for part in operands(of)):
            return True
        return any(part.sure and part.forecast is not None for part in below)

    def _children(self, provision: Provision, part: Part) -> Iterator[Outstanding]:
        """The outstanding parts of a composite, in its order."""
        if provision.operator not in ("all", "any", "at_least"):
            return
        parts = operands(self.decision.graph.nodes[provision.own])
        names = [self.key(child, part) for child in provision.children]
        names = [n for n in names if n not in self.provisions or self._is_decided(n, part)]
        if len(names) != len(parts):  # conditions without a name stand among them
            names = self._placed(names, parts)
        for name, node in zip(names, parts, strict=True):
            found = self._at(name, node)
            if found is not None:
                yield found

    def _placed(self, names: Sequence[str], parts: Sequence[int]) -> list[str]:
        """The names of a composite's parts, "" of those that have none."""
        nodes = {n: self.provisions[n][0].node for n in names if n in self.provisions}
        nodes.update({n: self.slots[n] for n in names if n in self.slots})
        known = {node: name for name, node in nodes.items()}
        renamed = len(nodes) < len(names)  # a name of another pack by `use`
        return [known.get(n) or (self._called(n) if renamed else "") for n in parts]

    def _called(self, node: int) -> str:
        """A provision that is the condition at a node; one that is forecast, if any is."""
        names = self.by_node.get(node, ())
        return next((name for name in names if name in self.days), "".join(names[:1]))

    def key(self, child: str, part: Part) -> str:
        """The name by which the decision knows a child of a provision."""
        main = self.decision.graph.main.pack
        own = child if part.pack == main or "/" in child else f"{part.pack}/{child}"
        own = own.removeprefix(f"{main}/")
        return own if own in self.provisions else child

    def _is_decided(self, name: str, part: Part) -> bool:
        """Whether a provision counts in a composite of a pack: another's always does."""
        provision, home = self.provisions[name]
        return home is not part or provision.node >= 0

    def _at(self, name: str, node: int) -> Outstanding | None:
        """What the condition at a node is waiting for."""
        truth = self.decision.values[node]
        if name in self.provisions:
            provision, part = self.provisions[name]
            if provision.node >= 0:
                return self._named(name, provision, part, truth)
        if not truth & NOT_MET:
            return None
        of = self.decision.graph.nodes[node]
        if of.op in ("all", "any", "at_least"):
            found = (self._at(self._called(n), n) for n in operands(of))
            below = tuple(each for each in found if each is not None)
            day, late = self._joined_by(of, below)
        else:
            below = ()
            day, late = self._leaf(node, [node])
        stated = self.days.get(name)
        if stated is not None:
            day, late = stated, self._is_late(stated)
        sure = stated is not None or not truth & NOT_APPLICABLE or self._applies(node, below)
        return Outstanding(name, status(truth), day, late, below, sure)

    def _joined(self, node: int, below: Sequence[Outstanding]) -> tuple[int | None, bool]:
        return self._joined_by(self.decision.graph.nodes[node], below)

    def _joined_by(self, of: Node, below: Sequence[Outstanding]) -> tuple[int | None, bool]:
        """When enough of the parts of a composite are expected, and whether that is surely late."""
        values = [self.decision.values[node] for node in operands(of)]
        needed, able = len(below), sum(not part.late for part in below)
        if of.op != "all":
            needed = 1 if of.op == "any" else of.args[0] - values.count(MET)
            able += sum(value & MET and value != MET and not value & NOT_MET for value in values)
        counted = below if of.op == "all" else [part for part in below if part.sure]
        days = sorted(part.forecast for part in counted if part.forecast is not None)
        day = days[needed - 1] if 0 < needed <= len(days) else None
        if day is None and needed == 1:  # of one of several, nothing holds it up once none does
            days = [part.forecast for part in below if part.forecast is not None]
            day = max(days) if days and len(days) == len(below) else None
        return day, needed > able

    def _leaf(self, node: int, measured: Sequence[int]) -> tuple[int | None, bool]:
        """When a comparison is expected to hold, by the forecasts of facts.

        An open one waits for every fact that is missing; one that is not met, for those it measures
        of which a forecast is made.
        """
        missing = self.decision.missing(node)
        days = [self.fact_days.get(fact) for fact in missing]
        if not missing:
            facts = _facts_below(self.decision.graph, measured)
            days = [self.fact_days[fact] for fact in facts if fact in self.fact_days]
        known = [day for day in days if day is not None]
        late = any(map(self._is_late, known))
        return (max(known) if known and len(known) == len(days) else None), late

    def _is_late(self, day: int) -> bool:
        return bool(self.deadline) and day > self.deadline


def operands(of: Node) -> tuple[int, ...]:
    """The conditions that a composite joins."""
    return of.args[1:] if of.op == "at_least" else of.args


def _facts_below(graph: Graph, nodes: Sequence[int]) -> list[str]:
    """The facts that nodes read, in the pack's order."""
    found, todo = set(nodes), list(nodes)
    while todo:
        for below in reads(graph.nodes[todo.pop()]):
            if below not in found:
                found.add(below)
                todo.append(below)
    return [graph.facts[node].id for node in sorted(found) if node < len(graph.facts)]
