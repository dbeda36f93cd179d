"""Every case there is of one or two graphs, as unknowns that they share, and the smallest of them.

`Cases(graphs, targets)` has an unknown for every fact under the targets, one for graphs whose facts
have the same id, kind and unit, within the bounds of each; a fact of one graph alone is free. One
with an `else` may be stated or not. A list is left open, or has so many members; with `abstract` it
is numbers of members, one for each set of conditions that a member may meet, which is more than any
list can give: what never holds then holds of no list. All else of a case is left unsaid, as every
case may. It knows graphs and what a case states, and nothing of why a case is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count as numbers
from math import lcm
from time import monotonic_ns
from typing import Any, NamedTuple

import z3

from tieuchi.engine.decision import Given, program
from tieuchi.engine.graph import Fact, Graph, Node, below
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.encoding import FIRST_DAY, Encoding, Listed
from tieuchi.engine.solver.filling import LAST_DAY
from tieuchi.engine.solver.shapes import Shapes
from tieuchi.engine.truth import MET, NOT_MET

UNSURE = frozenset(("unknown", "vague", "truth", "outer", "review"))
"""Nodes over a member's fields that may be open though all its fields are stated."""
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
    ) -> None:
        self.graphs = graphs
        self.rules: list[s.Condition] = []
        self.has_lists = False
        self._unknowns: dict[Any, _Unknown] = {}
        self._slots: list[dict[str, _Unknown]] = []
        shapes = shapes or Shapes()
        crowds = _Crowds(shapes, self.rules) if abstract else None
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
            self.encodings.append(_Stating(graph, blank, given, stated, crowds))

    def _unknown(self, fact: Fact, rows: int) -> _Unknown:
        key: tuple[Any, ...] = (fact.id, fact.kind, fact.unit)
        made = self._unknowns.get(key)
        if made is not None and not made.is_alike(fact):
            key, made = (*key, "other"), None
        if made is None:
            name = f"{len(self._unknowns)}"
            made = self._unknowns[key] = _Unknown(name, fact, self.rules)
        made.may_be(fact, rows)
        return made

    def _activity(self, name: str) -> _Unknown:
        key = ("@activity", name)
        if key not in self._unknowns:
            self._unknowns[key] = _Unknown(f"{len(self._unknowns)}", None, self.rules)
        return self._unknowns[key]

    def _checks(self) -> Iterator[s.Condition]:
        """That no check of the input fails, as far as it hangs on these facts."""
        for graph, encoding in zip(self.graphs, self.encodings, strict=True):
            yield from encoding.unbarred(graph.barred)

    def smallest(self, wanted: s.Condition, *, checked: bool = True) -> Found | None:
        """A case in which a condition holds, with the fewest facts that are not 0, and of them the
        least figures; None where there is none. Raises TooHard."""
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
                for number in unknown.figures():
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
                named[name] = MET if _holds(model, unknown.bits[0]) else NOT_MET
            elif facts[name].otherwise < 0 or _holds(model, unknown.stated):
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
    best, at_once = _integer(model, number), True
    low, ends = min(best, 0), monotonic_ns() + MILLISECONDS * 1_000_000
    while low < best and monotonic_ns() < ends:
        most = best - 1 if at_once else (low + best - 1) // 2
        at_once = not at_once
        solver.push()
        solver.add(number <= most)
        possible = _is_possible(solver)
        if possible:
            model = solver.model()
            best = _integer(model, number)
        else:
            low = most + 1
        solver.pop()
    solver.add(number == best)
    return model


def _integer(model: Any, number: Any) -> int:
    value: int = model.eval(number, model_completion=True).as_long()
    return value


def _holds(model: Any, condition: s.Condition) -> bool:
    if isinstance(condition, bool):
        return condition
    return bool(z3.is_true(model.eval(condition, model_completion=True)))


def _under(
    graph: Graph, targets: Sequence[int]
) -> tuple[list[tuple[int, Fact]], list[tuple[int, str]]]:
    """The facts and activities that some nodes hang on, with their slots."""
    under = below(graph.nodes, *targets)
    facts = [(at, graph.facts[at]) for at in under if at < len(graph.facts)]
    first = len(graph.facts) + 1
    return facts, [(at, graph.activities[at - first]) for at in under if first <= at < graph.given]


class _Unknown:
    """What a fact may be stated as, whatever graph asks for it; of an activity, whether it is."""

    def __init__(self, name: str, fact: Fact | None, rules: list[s.Condition]) -> None:
        self.name = name
        self.rules = rules
        self.facts: list[Fact] = []
        self.kind = "activity" if fact is None else fact.kind
        self.stated: s.Condition = True
        self.bits = [z3.Bool(name)] if self.kind in ("yes_no", "activity") else []
        self.labels: dict[str, Any] = {}
        self.number: Any = z3.Int(name) if self.kind in ("quantity", "date") else None
        self._step = 1  # of the number, over the common denominator `_per`
        self._per = 1
        self.rows: list[dict[str, _Unknown]] = []

    def is_alike(self, fact: Fact) -> bool:
        """Whether a label, or each field of a list, means the same in another graph."""
        if self.kind == "class":
            return bool(set(self.labels) & {label for label, _ in fact.labels})
        return True

    def may_be(self, fact: Fact, rows: int) -> None:
        """One more graph asks for it; of a list, for so many members."""
        if fact.otherwise >= 0 and self.stated is True:
            self.stated = z3.Bool(f"{self.name}.stated")
        for label, _ in fact.labels:
            self.labels.setdefault(label, z3.Bool(f"{self.name}.{label}"))
        if self.kind == "quantity":  # whole steps of each: of 2/10 and 3/10, whole 6/10
            per = lcm(self._per, fact.den)
            own, here = fact.num * (per // fact.den), self._step * (per // self._per)
            self._step, self._per = lcm(own, here) if self.facts else own, per
        while len(self.rows) < rows and self.kind == "list":
            self.rows.append({})
        for at, row in enumerate(self.rows):
            for field in fact.fields:
                if field.kind != "text":
                    name = f"{self.name}.{at}.{_key(field)}"
                    made = row.setdefault(_key(field), _Unknown(name, field, self.rules))
                    made.may_be(field, 0)
        self.facts.append(fact)

    def _times(self, fact: Fact) -> int:
        """How many steps of a fact are one of the number's."""
        return self._step * fact.den // (fact.num * self._per)

    def bound(self) -> None:
        """What is so whatever is asked; said once everybody has asked."""
        known = [{label for label, _ in fact.labels} for fact in self.facts]
        if self.kind == "class" and known:
            self.rules.append(z3.PbEq([(bit, 1) for bit in self.labels.values()], 1))
            for label, bit in self.labels.items():
                if not all(label in labels for labels in known):
                    self.rules.append(z3.Not(bit))
        for fact in self.facts:
            if self.kind == "date":
                self.rules += [self.number >= FIRST_DAY, self.number <= LAST_DAY]
            elif self.kind == "quantity":
                least, most = fact.least or 0, fact.limit if fact.most is None else fact.most
                here = self._times(fact) * self.number
                self.rules += [here >= least, here <= most]
        for row in self.rows:
            for unknown in row.values():
                unknown.bound()

    def symbol(self, fact: Fact) -> Any:
        """What a graph takes it for."""
        if self.kind == "yes_no":
            return s.sharp(self.bits[0])
        if self.kind == "class":
            return s.Choice(tuple(self.labels[label] for label, _ in fact.labels), one=True)
        if self.kind == "date":
            return s.exact(self.number)
        times = self._times(fact)
        return s.exact(self.number if times == 1 else times * self.number)

    def listed(self, fact: Fact) -> Listed:
        """A closed list of its members; of none, one about which nothing is known."""
        rows = [
            [
                "" if field.kind == "text" else row[_key(field)].symbol(field)
                for field in fact.fields
            ]
            for row in self.rows
        ]
        return Listed(rows, bool(rows))

    def away(self) -> Iterator[s.Condition]:
        """What of it is other than it would be if nobody had anything to say."""
        if self.stated is not True:
            yield self.stated
        if self.kind == "activity":
            yield z3.Not(self.bits[0])
        elif self.kind == "yes_no":
            yield self.bits[0]
        elif self.kind == "class":
            yield s.negated(next(iter(self.labels.values()), True))
        elif self.kind == "quantity":
            yield self.number != 0
        for row in self.rows:
            for unknown in row.values():
                yield from unknown.away()

    def figures(self) -> Iterator[Any]:
        """Its numbers, which are the better the less."""
        if self.kind == "quantity":
            yield self.number
        for row in self.rows:
            for unknown in row.values():
                yield from unknown.figures()

    def value(self, fact: Fact, model: Any) -> Value | None:
        """What it is in a model, as a graph takes it; None where it is left unsaid."""
        if self.kind == "yes_no":
            return MET if _holds(model, self.bits[0]) else NOT_MET
        if self.kind == "class":
            chosen = [_holds(model, self.labels[label]) for label, _ in fact.labels]
            return 1 << chosen.index(True)
        if self.kind == "date":
            return _integer(model, self.number)
        if self.kind == "quantity":
            return _integer(model, self.number) * self._times(fact)
        if self.rows:
            rows = [[_field(row, field, model) for field in fact.fields] for row in self.rows]
            return Members(tuple(rows), True)
        return None


def _key(field: Fact) -> str:
    return f"{field.id} {field.kind} {field.unit}"


def _field(row: Mapping[str, _Unknown], field: Fact, model: Any) -> Value:
    return "" if field.kind == "text" else row[_key(field)].value(field, model)


class _Crowds:
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


class _Stating(Encoding):
    """An encoding in which a fact with an `else` may be stated, and lists may be crowds."""

    def __init__(
        self,
        graph: Graph,
        values: Sequence[Value],
        given: Mapping[int, Any],
        stated: Mapping[int, s.Condition],
        crowds: _Crowds | None,
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
    except (TooHard, z3.Z3Exception):
        pass
    return Search(None, False)
