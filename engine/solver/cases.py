"""Every case there is of one or two graphs, as unknowns that they share, and the smallest of them.

`Cases(graphs, targets)` has an unknown for every fact under the targets, one for graphs whose facts
have the same id and kind, in units that can be converted, within the bounds of each; a fact of one
graph alone is free. One with an `else` may be stated or not. A list is left open, or has so many
members; with `abstract` it is numbers of members, one for each set of conditions that a member may
meet, which is more than any list can give: what never holds then holds of no list. All else of a
case is left unsaid, as every case may. It knows graphs and what a case states, and nothing of why a
case is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count as numbers
from time import monotonic_ns
from typing import Any, NamedTuple

import z3

from tieuchi.engine.decision import Given, program
from tieuchi.engine.graph import Fact, Graph, below
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.crowds import Crowds, Stating
from tieuchi.engine.solver.encoding import Encoding
from tieuchi.engine.solver.shapes import Shapes
from tieuchi.engine.solver.unknowns import Unknown, holds, integer, key_of
from tieuchi.engine.truth import MET, NOT_MET

MILLISECONDS = 2_000
"""So long one question is looked at."""


class TooHard(Exception):
    """The solver has not come to an end in its time."""


class Found(NamedTuple):
    """A case, as each graph takes it."""

    givens: tuple[Given, ...]


class Cases:
    """The cases of graphs, as far as `targets`, nodes of each, hang on them."""

    def __init__(
        self,
        graphs: Sequence[Graph],
        targets: Sequence[Sequence[int]],
        *,
        members: int | None = None,
        abstract: bool = False,
        shapes: Shapes | None = None,
        ends: int | None = None,
    ) -> None:
        self.graphs = graphs
        self.rules: list[s.Condition] = []
        self.has_lists = False
        self._unknowns: dict[Any, Unknown] = {}
        self._slots: list[dict[str, Unknown]] = []
        shapes = shapes or Shapes()
        crowds = Crowds(shapes, self.rules) if abstract else None
        self.encodings: list[Encoding] = []
        asked = [
            _under(graph, [at for at in wanted if at >= 0])
            for graph, wanted in zip(graphs, targets, strict=True)
        ]
        rows = 0 if abstract else members
        for facts, activities in asked:  # first all that ask, since a step hangs on all of them
            self.has_lists |= any(fact.kind == "list" for _, fact in facts)
            slots = {fact.id: self._unknown(fact, rows or 0) for _, fact in facts}
            slots |= {f"@activity/{name}": self._activity(name) for _, name in activities}
            self._slots.append(slots)
        for unknown in self._unknowns.values():
            unknown.bound()
        for graph, wanted in zip(graphs, targets, strict=True):
            if crowds is not None:
                crowds.take(graph, [at for at in wanted if at >= 0])
        for graph, (facts, activities), slots in zip(graphs, asked, self._slots, strict=True):
            given: dict[int, Any] = {}
            stated: dict[int, s.Condition] = {}
            for at, fact in facts:
                if fact.kind == "list" and rows is not None:
                    given[at] = slots[fact.id].listed(fact)
                elif fact.kind not in ("list", "text"):
                    given[at] = slots[fact.id].symbol(fact)
                if fact.otherwise >= 0:
                    stated[at] = slots[fact.id].stated
            named = [slots[f"@activity/{name}"].bits[0] for _, name in activities]
            for (at, _), bit in zip(activities, named, strict=True):
                given[at] = s.sharp(bit)
            if named and len(named) == len(graph.activities):  # a case that names none is of all
                self.rules.append(s.either(*named))
            blank = program(graph).stepwise(Given())
            self.encodings.append(Stating(graph, blank, given, stated, crowds))
            self.encodings[-1].ends = ends

    def _unknown(self, fact: Fact, rows: int) -> Unknown:
        key = key_of(fact)
        made = self._unknowns.get(key)
        if made is not None and not made.is_alike(fact):
            key, made = (*key, "other"), None
        if made is None:
            name = f"{len(self._unknowns)}"
            made = self._unknowns[key] = Unknown(name, fact, self.rules)
        made.may_be(fact, rows)
        return made

    def _activity(self, name: str) -> Unknown:
        key = ("@activity", name)
        if key not in self._unknowns:
            self._unknowns[key] = Unknown(f"{len(self._unknowns)}", None, self.rules)
        return self._unknowns[key]

    def _checks(self) -> Iterator[s.Condition]:
        """That no check of the input fails, as far as it hangs on these facts."""
        for graph, encoding in zip(self.graphs, self.encodings, strict=True):
            yield from encoding.unbarred(graph.barred)

    def smallest(self, wanted: s.Condition, *, checked: bool = True) -> Found | None:
        """A case in which a condition holds, with the fewest facts that are not 0, of them the
        least figures, and days as near before the day of the law as can be; None where there is
        none. Raises TooHard."""
        if wanted is False:
            return None
        solver = z3.Solver()
        solver.set(timeout=MILLISECONDS)
        solver.add(wanted, *(self._checks() if checked else ()))
        for each in self.encodings:
            solver.add(*each.rules)
        solver.add(*self.rules)
        if not _is_possible(solver):
            return None
        return self._least(solver)

    def _least(self, solver: Any) -> Found:
        away = [of for unknown in self._unknowns.values() for of in unknown.away()]
        away = [of for of in away if not isinstance(of, bool)]
        model = solver.model()
        try:
            for most in numbers() if away else ():
                solver.push()
                solver.add(z3.PbLe([(of, 1) for of in away], most))
                if _is_possible(solver):
                    model = solver.model()
                    break
                solver.pop()
            for unknown in list(self._unknowns.values()):
                for number in unknown.figures(self.graphs[0].as_of):
                    model = _lowered(solver, number, model)
        except TooHard:
            pass  # a case it is, if not the least
        return Found(tuple(self._read(model, side) for side in range(len(self.graphs))))

    def _read(self, model: Any, side: int) -> Given:
        """The case of a model, as one graph takes it."""
        graph, given = self.graphs[side], Given()
        facts = {fact.id: fact for fact in graph.facts}
        named = {}
        for name, unknown in self._slots[side].items():
            if name.startswith("@activity/"):
                named[name] = MET if holds(model, unknown.bits[0]) else NOT_MET
            elif facts[name].otherwise < 0 or holds(model, unknown.stated):
                value = unknown.value(facts[name], model)
                if value is not None:
                    given[name] = value
        if NOT_MET in named.values():
            for activity in graph.activities:  # what nothing here hangs on is left aside
                given[f"@activity/{activity}"] = named.get(f"@activity/{activity}", NOT_MET)
            if MET not in named.values():
                other = next(a for a in graph.activities if f"@activity/{a}" not in named)
                given[f"@activity/{other}"] = MET
        return given


def _is_possible(solver: Any) -> bool:
    found = solver.check()
    if found == z3.unknown:
        raise TooHard(solver.reason_unknown())
    return bool(found == z3.sat)


def _lowered(solver: Any, number: Any, model: Any) -> Any:
    """A model in which a number is as low as it can be, which is kept from then on."""
    best, at_once = integer(model, number), True
    low, ends = min(best, 0), monotonic_ns() + MILLISECONDS * 1_000_000
    while low < best and monotonic_ns() < ends:
        most = best - 1 if at_once else (low + best - 1) // 2
        at_once = not at_once
        solver.push()
        solver.add(number <= most)
        possible = _is_possible(solver)
        if possible:
            model = solver.model()
            best = integer(model, number)
        else:
            low = most + 1
        solver.pop()
    solver.add(number == best)
    return model


def _under(
    graph: Graph, targets: Sequence[int]
) -> tuple[list[tuple[int, Fact]], list[tuple[int, str]]]:
    """The facts and activities that some nodes hang on, with their slots."""
    under = below(graph.nodes, *targets)
    facts = [(at, graph.facts[at]) for at in under if at < len(graph.facts)]
    first = len(graph.facts) + 1
    return facts, [(at, graph.activities[at - first]) for at in under if first <= at < graph.given]


Wanted = Callable[[Sequence[Encoding]], s.Condition]
"""The condition that a case is looked for by, over the encodings of the graphs."""


class Search(NamedTuple):
    """What came of looking for a case: the case, or that surely there is none, or neither."""

    found: Found | None
    none: bool

    @property
    def unsettled(self) -> bool:
        """Whether the solver could not tell."""
        return self.found is None and not self.none


def search(
    graphs: Sequence[Graph],
    targets: Sequence[Sequence[int]],
    wanted: Wanted,
    *,
    shapes: Shapes | None = None,
    checked: bool = True,
) -> Search:
    """The smallest case there is; with lists, one in which they are open or have few members."""
    try:
        cases = Cases(graphs, targets)
        found = cases.smallest(wanted(cases.encodings), checked=checked)
        if found is not None or not cases.has_lists:
            return Search(found, found is None)
        cases = Cases(graphs, targets, abstract=True, shapes=shapes)
        if cases.smallest(wanted(cases.encodings), checked=checked) is None:
            return Search(None, True)
        for members in (1, 2):
            cases = Cases(graphs, targets, members=members)
            found = cases.smallest(wanted(cases.encodings), checked=checked)
            if found is not None:
                return Search(found, False)
    except TooHard:
        pass
    except z3.Z3Exception:  # as of time between two days that are both chosen
        return _ending(graphs, targets, wanted, checked=checked)
    return Search(None, False)


def _ending(
    graphs: Sequence[Graph], targets: Sequence[Sequence[int]], wanted: Wanted, *, checked: bool
) -> Search:
    """The smallest of those cases in which time between two days ends on the day of the law."""
    try:
        cases = Cases(graphs, targets, ends=graphs[0].as_of)
        return Search(cases.smallest(wanted(cases.encodings), checked=checked), False)
    except (TooHard, z3.Z3Exception):
        return Search(None, False)
