"""How many slips the test cases beside a pack would catch: `mutate(suite)`.

Each mutant is compiled anew and every test case decided on it, by `decide` alone, until one comes
out otherwise than expected. Of one that none catches, Z3 looks for the smallest case that would, on
every day on which the law changes: it is written as a test case to paste, or shown that there is
none, or neither. It knows packs, their test cases and decisions; `telling` has the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tieuchi.engine.amendment import VERDICT, Apart, apart
from tieuchi.engine.decision import Given
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.load import Program, breaks, compile_pack, load_pack
from tieuchi.engine.mutation.mutants import Mutant, mutants
from tieuchi.engine.pack_test import Suite, Trial, compared
from tieuchi.engine.proposal import decided_or_none, expected, proposal, refusal

COARSER = (10, 100, 1000)
"""By so many steps a threshold is moved where one step more does not fit 64 bits."""


class Survivor(NamedTuple):
    """A mutant that no test case catches."""

    mutant: Mutant
    equivalent: bool  # shown that it decides every case alike
    test: str  # the test case that would catch it; "" where there is none, or none was found
    refused: bool = False  # whether it is one that a check refuses, and stands under `refused`


class Mutation(NamedTuple):
    """What came of one pack's mutants; nothing where its own test cases fail."""

    suite: Suite
    failing: int  # test cases that do not pass on the pack as it is
    total: int  # without those that the language refuses
    refused: int
    survivors: tuple[Survivor, ...]

    @property
    def equivalent(self) -> int:
        """How many decide every case alike."""
        return sum(each.equivalent for each in self.survivors)

    @property
    def caught(self) -> int:
        """How many some test case catches."""
        return self.total - len(self.survivors)

    @property
    def passed(self) -> bool:
        """Whether each is caught, or decides every case alike."""
        return not self.failing and all(each.equivalent for each in self.survivors)


def mutate(suite: Suite, *trees: Path, lang: str = "en") -> Mutation:
    """What the test cases of a suite, which pass, catch of the slips in their pack; `lang` is that
    of the names of cases to add."""
    bench = _Bench(suite, load_pack(suite.pack, *trees), lang)
    if bench.failing():
        return Mutation(suite, bench.failing(), 0, 0, ())
    total, refused, survivors = 0, 0, []
    for mutant, graph in bench.mutants():
        caught = None if graph is None else bench.is_caught(mutant, graph)
        if caught is None:
            refused += 1
            continue
        total += 1
        if not caught:
            survivors.append(bench.survivor(mutant))
    return Mutation(suite, 0, total, refused, tuple(survivors))


class _Bench:
    """A suite made ready to be run on many packs that differ in little."""

    def __init__(self, suite: Suite, program: Program, lang: str) -> None:
        self.suite = suite
        self.lang = lang
        self.program = program
        every = (*suite.trials, *suite.refused)
        trials = [(trial, trial.case.as_of or suite.day) for trial in every]
        days = [day for _, day in trials]
        self.graphs = {day: compile_pack(program, day) for day in set(days)}
        self.cases = [
            (trial, day, read_given(self.graphs[day], trial.case)[0]) for trial, day in trials
        ]
        self.usual = Counter(days).most_common(1)[0][0] if days else suite.day

    def failing(self) -> int:
        """How many test cases do not pass on the pack as it is."""
        return sum(self._fails(trial, self.graphs[day], given) for trial, day, given in self.cases)

    def mutants(self) -> Iterator[tuple[Mutant, Graph | None]]:
        """Every mutant, each in the least step in which it compiles, on the usual day; without a
        graph where the language refuses it."""
        pack = self.program.packs[self.program.id]
        coarser = [
            {each.place: each for each in mutants(pack, steps) if each.kind == "threshold"}
            for steps in COARSER
        ]
        for mutant in mutants(pack):
            choices = [mutant, *(found[mutant.place] for found in coarser if mutant.place in found)]
            tried = ((each, self.compiled(each, self.usual)) for each in choices)
            yield next((pair for pair in tried if pair[1] is not None), (mutant, None))

    def program_of(self, mutant: Mutant) -> Program:
        """The program with the mutant for its pack."""
        return self.program._replace(packs={**self.program.packs, mutant.pack.id: mutant.pack})

    def compiled(self, mutant: Mutant, day: int) -> Graph | None:
        """The graph of a mutant on a day; None where it cannot be one."""
        try:
            return compile_pack(self.program_of(mutant), day)
        except Faults:
            return None

    def is_caught(self, mutant: Mutant, usual: Graph) -> bool | None:
        """Whether some test case comes out otherwise, None where the language refuses the mutant.

        Those of the usual day are tried first, of these those that speak of the mutant.
        """
        graphs = {self.usual: usual}
        for trial, day, given in sorted(
            self.cases, key=lambda case: (case[1] != self.usual, self._is_far(mutant, case[0]))
        ):
            if day not in graphs:
                graph = self.compiled(mutant, day)
                if graph is None:
                    return None
                graphs[day] = graph
            if self._fails(trial, graphs[day], given):
                return True
        return False

    def _is_far(self, mutant: Mutant, trial: Trial) -> bool:
        """Whether a test case speaks of something else than the mutant is in."""
        if trial.refused:
            return mutant.owner != "checks"
        return mutant.owner not in trial.expect

    def _fails(self, trial: Trial, graph: Graph, given: Given) -> bool:
        """Whether a test case comes out otherwise than expected."""
        decision = decided_or_none(graph, given)
        if decision is None or trial.refused:
            return (decision is None) is not trial.refused
        return bool(compared(trial, decision))

    # ---- of one that none catches

    def survivor(self, mutant: Mutant) -> Survivor:
        """What would have caught it."""
        program = self.program_of(mutant)
        days = dict.fromkeys([self.usual, *breaks(self.program), *breaks(program)])
        shown = True
        for day in days:
            try:
                old, new = compile_pack(self.program, day), compile_pack(program, day)
            except Faults:
                continue
            found, here = apart(old, new)
            if found is not None:
                refused = found.old is None
                return Survivor(mutant, False, self._test(found, old, new), refused)
            shown &= here
        return Survivor(mutant, shown, "")

    def _test(self, of: Apart, old: Graph, new: Graph) -> str:
        """The test case, as short as it can be."""
        if of.old is None:
            return refusal(
                old,
                of.given,
                self.suite.day,
                lambda g: decided_or_none(new, g) is not None,
                self.lang,
            )
        of_all = of.outcome.kind in ("check", "in_force", "warning")
        id_ = VERDICT if of_all else of.outcome.id
        warns = of.outcome.kind == "warning"
        here = expected(of.old, id_, warned=warns)
        other = None if of.new is None else expected(of.new, id_, warned=warns)
        possible = other == here  # the status does not tell

        wanted = expected(of.old, id_, possible=possible, warned=warns)

        def same(given: Given) -> bool:
            """Whether the mutant still comes out otherwise."""
            if of.new is None:
                return True
            there = expected(decided_or_none(new, given), id_, possible=possible, warned=warns)
            return bool(there != wanted)

        if not same(of.old.given):  # what a test case can say of it is alike
            return ""
        kept = of.outcome.kind == "check"
        return proposal(
            of.old, id_, self.suite.day, same,
            possible=possible, whole=kept, warned=warns, lang=self.lang,
        )  # fmt: skip
