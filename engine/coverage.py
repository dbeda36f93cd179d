"""Which situations of each condition the test cases beside a pack look at: `cover(suite)`.

A condition is one comparison, yes/no, class or activity that the pack asks for, wherever it stands.
It is to be seen met, not met and open; a comparison of quantities at its boundary besides, and just
below it: less than one step of its finest term away on either side. Of what is lacking, Z3 looks
for the smallest case. Checks of the input are left out: no test case can fail one. It knows packs,
their test cases and decisions; `coverage_telling` has the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph, Node, Part, below, reads
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.pack_test import Suite
from tieuchi.engine.proposal import VERDICT, proposal
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.cases import search
from tieuchi.engine.solver.encoding import Encoding
from tieuchi.engine.solver.shapes import Shapes
from tieuchi.engine.truth import MET, NOT_MET

SITUATIONS = ("met", "not_met", "undetermined", "boundary", "below")
COMPARED = ("ge", "le", "ge2", "gt2", "share")


class Condition(NamedTuple):
    """One condition: whose it is, its node in the graph of a day, which situations it may be in."""

    owner: str
    graph: Graph
    node: int
    situations: tuple[str, ...]


class Lack(NamedTuple):
    """A situation that no test case looks at; `never`: it is shown that there is none."""

    situation: str
    never: bool
    test: str  # a case that does, "" where there is none or none was found


class Seen(NamedTuple):
    """What of one condition is looked at."""

    condition: Condition
    seen: frozenset[str]
    lacks: tuple[Lack, ...]


class Coverage(NamedTuple):
    """What of one pack is looked at."""

    suite: Suite
    rows: tuple[Seen, ...]

    @property
    def total(self) -> int:
        """How many situations there are."""
        never = sum(each.never for row in self.rows for each in row.lacks)
        return sum(len(row.condition.situations) for row in self.rows) - never

    @property
    def looked_at(self) -> int:
        """How many some test case looks at."""
        return sum(len(row.seen) for row in self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lacking."""
        return all(each.never for row in self.rows for each in row.lacks)


def cover(suite: Suite, *trees: Path, lang: str = "en") -> Coverage:
    """What the test cases of a suite look at; `lang` is that of the names of cases to add."""
    program = load_pack(suite.pack, *trees)
    today = datetime.now().astimezone().date().toordinal()
    days = [trial.case.as_of or today for trial in suite.trials]
    usual = Counter(days).most_common(1)[0][0] if days else today
    graphs = {day: compile_pack(program, day) for day in dict.fromkeys([usual, *days])}
    shapes = Shapes(any_day=True)
    found: dict[tuple[str, int], Condition] = {}
    seen: dict[tuple[str, int], set[str]] = {}
    asked: dict[int, list[tuple[tuple[str, int], Condition]]] = {}
    for day, graph in graphs.items():
        numbers = shapes.of(graph)
        asked[day] = [((each.owner, numbers[each.node]), each) for each in conditions(graph)]
        for key, each in asked[day]:
            found.setdefault(key, each)
    for trial, day in zip(suite.trials, days, strict=True):
        try:
            decision = decide(graphs[day], read_given(graphs[day], trial.case)[0])
        except CaseError:
            continue
        for key, each in asked[day]:
            seen.setdefault(key, set()).update(situations_of(decision, each.node))
    rows = []
    for key, each in found.items():
        looked = frozenset(seen.get(key, ())) & frozenset(each.situations)
        wanted = (situation for situation in each.situations if situation not in looked)
        rows.append(Seen(each, looked, tuple(_lack(each, which, usual, lang) for which in wanted)))
    return Coverage(suite, tuple(rows))


# ---- which conditions there are


def conditions(graph: Graph) -> list[Condition]:
    """The conditions of the asked pack, each with the innermost that it stands under."""
    main = graph.main
    named = [each for each in _named(main) if each[1] >= 0]
    owners = sorted(named, key=lambda each: each[1])
    owners += [(VERDICT, main.verdict)] if main.verdict >= 0 else []
    taken = {
        at
        for part in graph.parts[1:]
        for named in _named(part)
        if named[1] >= 0
        for at in below(graph.nodes, named[1])
        if at >= graph.given
    }
    found: dict[int, Condition] = {}
    for owner, node in owners if main.in_force else ():
        for at in _atoms(graph, node):
            if at not in taken and at not in found:
                found[at] = Condition(owner, graph, at, _possible(graph, at))
    order = {name: at for at, name in enumerate([*(each[0] for each in _named(main)), VERDICT])}
    return sorted(found.values(), key=lambda each: (order[each.owner], each.node))


def _named(part: Part) -> list[tuple[str, int]]:
    """What a pack names, with its node."""
    found = [(p.id, p.node) for p in part.provisions]
    found += [(d.id, d.node) for d in part.definitions]
    return found + [(a.id, a.node) for a in part.amounts]


def _atoms(graph: Graph, node: int) -> Iterator[int]:
    """The conditions under a node that are made of no others."""
    todo, seen = [node], {node}
    while todo:
        at = todo.pop()
        of = graph.nodes[at]
        if of.kind == "truth" and (of.op in (*COMPARED, "in") or _is_stated(graph, at)):
            yield at
        new = set(reads(of) if of.op != "tighter" else of.args[:1]) - seen
        seen |= new
        todo += new


def _is_stated(graph: Graph, at: int) -> bool:
    """Whether a case states it: a fact of the asked pack, or an activity."""
    if at < len(graph.facts):
        return graph.facts[at].pack == graph.main.pack
    return len(graph.facts) < at < graph.given


def _possible(graph: Graph, at: int) -> tuple[str, ...]:
    """The situations that a condition may be in."""
    if graph.nodes[at].op in COMPARED:
        return SITUATIONS
    return SITUATIONS[:2] if at > len(graph.facts) and at < graph.given else SITUATIONS[:3]


# ---- in which situation one is


def situations_of(decision: Decision, at: int) -> Iterator[str]:
    """The situations in which a case has a condition."""
    value = decision.values[at]
    if value in (MET, NOT_MET):
        yield "met" if value == MET else "not_met"
    elif value & MET and value & NOT_MET:
        yield "undetermined"
    node = decision.graph.nodes[at]
    if node.op in COMPARED:
        parts = [decision.values[i] for i in _parts(node)]
        if all(part.__class__ is int for part in parts):
            margin, step = _margin(decision.graph, node, parts)
            if 0 <= margin < step:
                yield "boundary"
            elif -step <= margin < 0:
                yield "below"


def _parts(node: Node) -> tuple[int, ...]:
    """The quantities that a comparison compares."""
    if node.op == "share":
        _, n, d, t, _ = node.args
        return n, d, t
    return node.args[:2] if node.op in ("ge2", "gt2") else node.args[:1]


def _margin(graph: Graph, node: Node, parts: Sequence[Any]) -> tuple[Any, int]:
    """By how much a comparison is met, from 0 up where it is, and the step of that; of numbers that
    are known or those of a solver."""
    op, args = node.op, node.args
    if op == "share":
        comparison, _, _, _, q = args
        n, d, t = parts
        gap = q * n - s.times(t, d)
        gap = gap if comparison in ("ge", "gt") else -gap
        return gap if comparison in ("ge", "le") else gap - 1, q * _step(graph, args[1])
    if op in ("ge", "le"):
        gap = parts[0] - args[1] if op == "ge" else args[1] - parts[0]
        return gap, _step(graph, args[0])
    step = max(_step(graph, args[0]), _step(graph, args[1]))
    return parts[0] - parts[1] - (op == "gt2"), step


def _step(graph: Graph, at: int) -> int:
    """By how much a quantity moves at least when it does."""
    node = graph.nodes[at]
    if node.op in ("linear", "sum"):
        terms = zip(node.args[1::2], node.args[2::2], strict=True)
        return min((abs(k) * _step(graph, i) for k, i in terms), default=1)
    if node.op == "else":
        return _step(graph, node.args[0])
    return 1


# ---- what would look at it


def _lack(of: Condition, situation: str, usual: int, lang: str) -> Lack:
    graph, at = of.graph, of.node
    if situation == "undetermined":
        blank = decide(graph, Given())
        value = blank.values[at]
        is_open = bool(value & MET and value & NOT_MET)
        if not is_open:  # nor is it once more is known: what is possible only narrows
            return Lack(situation, True, "")
        return Lack(situation, False, _proposed(of, blank, situation, usual, lang))
    found = search([graph], [[at]], lambda encodings: _wanted(of, situation, encodings[0]))
    if found.found is None:
        return Lack(situation, found.none, "")
    decision = decide(graph, found.found.givens[0])
    return Lack(situation, False, _proposed(of, decision, situation, usual, lang))


def _proposed(of: Condition, decision: Decision, situation: str, usual: int, lang: str) -> str:
    def serves(given: Given) -> bool:
        try:
            return situation in situations_of(decide(of.graph, given), of.node)
        except CaseError:
            return False

    return proposal(decision, of.owner, usual, serves, lang=lang)


def _wanted(of: Condition, situation: str, encoding: Encoding) -> s.Condition:
    """The situation as a condition of a case."""
    truth: s.Truth = encoding[of.node]
    if situation in ("met", "not_met"):
        return truth.surely_met if situation == "met" else truth.surely_not_met
    node = of.graph.nodes[of.node]
    parts: list[s.Interval] = [encoding[i] for i in _parts(node)]
    settled = [
        s.both(x.there, s.negated(x.absent), True if x.lo is x.hi else x.lo == x.hi) for x in parts
    ]
    margin, step = _margin(of.graph, node, [x.lo for x in parts])
    if situation == "boundary":
        return s.both(*settled, margin >= 0, margin < step)
    return s.both(*settled, margin >= -step, margin < 0)
