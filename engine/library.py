"""What a program calls: `decide` on facts as people write them, and `load_case` of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tieuchi.engine import decision as exact
from tieuchi.engine.case import Case
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.decision import Decision, Given
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.graph import Graph


def decide(
    graph: Graph,
    facts: Case | Mapping[str, object],
    *,
    complete: bool = False,
    activities: Sequence[str] | None = None,
) -> Decision:
    """The decision of a graph on a case, or on facts by their id.

    A fact is a text as people write it ("4,5 ha"), an int, Decimal, Fraction, bool, date, or a list
    of dicts; a bare number is in the fact's unit. `complete` says that there is nothing else;
    `activities` which of the pack's activities are asked about (None: all). Validated facts
    (`Given`) are taken as they are. Raises `Faults` for what cannot be read, `CaseError` for facts
    that cannot be true together.
    """
    if isinstance(facts, Given):
        return exact.decide(graph, facts)
    if isinstance(facts, Case):
        return exact.decide(graph, read_given(graph, facts)[0])
    given = given_from(graph, facts, complete=complete, activities=activities)
    return exact.decide(graph, given)


def load_case(path: str) -> Case:
    """The one case of a file ("-": standard input). Raises `Faults`, ValueError if several."""
    cases = load_cases([path])
    if len(cases) != 1:
        raise ValueError(f"{path} holds {len(cases)} cases: use case.load_cases")
    return cases[0]
