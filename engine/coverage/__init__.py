"""Which situations of each condition the test cases beside a pack look at: `cover(suite)`.

A condition is one comparison, yes/no, class or activity that the pack asks for, wherever it stands.
It is to be seen met, not met and open; a comparison of quantities at its boundary besides, and just
below it: less than one step of its finest term away on either side. Of what is lacking, Z3 looks
for the smallest case. Checks of the input are left out: no test case can fail one. It knows packs,
their test cases and decisions; `telling` has the words.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tieuchi.engine.coverage.situations import (
    Condition,
    conditions,
    margin_of,
    parts_of,
    situations_of,
)
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.given import read_given
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.pack_test import Suite
from tieuchi.engine.proposal import proposal
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.cases import search
from tieuchi.engine.solver.encoding import Encoding
from tieuchi.engine.solver.shapes import Shapes
from tieuchi.engine.truth import MET, NOT_MET


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
    days = [trial.case.as_of or suite.day for trial in suite.trials]
    usual = Counter(days).most_common(1)[0][0] if days else suite.day
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
        rows.append(
            Seen(each, looked, tuple(_lack(each, which, suite.day, lang) for which in wanted))
        )
    return Coverage(suite, tuple(rows))


# ---- what would look at it


def _lack(of: Condition, situation: str, day: int, lang: str) -> Lack:
    graph, at = of.graph, of.node
    if situation == "undetermined":
        blank = decide(graph, Given())
        value = blank.values[at]
        is_open = bool(value & MET and value & NOT_MET)
        if not is_open:  # nor is it once more is known: what is possible only narrows
            return Lack(situation, True, "")
        return Lack(situation, False, _proposed(of, blank, situation, day, lang))
    found = search([graph], [[at]], lambda encodings: _wanted(of, situation, encodings[0]))
    if found.found is None:
        return Lack(situation, found.none, "")
    decision = decide(graph, found.found.givens[0])
    return Lack(situation, False, _proposed(of, decision, situation, day, lang))


def _proposed(of: Condition, decision: Decision, situation: str, day: int, lang: str) -> str:
    def serves(given: Given) -> bool:
        try:
            return situation in situations_of(decide(of.graph, given), of.node)
        except CaseError:
            return False

    return proposal(decision, of.owner, day, serves, lang=lang)


def _wanted(of: Condition, situation: str, encoding: Encoding) -> s.Condition:
    """The situation as a condition of a case."""
    truth: s.Truth = encoding[of.node]
    if situation in ("met", "not_met"):
        return truth.surely_met if situation == "met" else truth.surely_not_met
    node = of.graph.nodes[of.node]
    parts: list[s.Interval] = [encoding[i] for i in parts_of(node)]
    settled = [
        s.both(x.there, s.negated(x.absent), True if x.lo is x.hi else x.lo == x.hi) for x in parts
    ]
    margin, step = margin_of(of.graph, node, [x.lo for x in parts])
    if situation == "boundary":
        return s.both(*settled, margin >= 0, margin < step)
    return s.both(*settled, margin >= -step, margin < 0)
