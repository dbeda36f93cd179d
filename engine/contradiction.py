"""What cannot be: two statements that are not true together, or a check of the input that fails.

`contradicted` makes of a `CaseError` the mistake that people read, wherever the facts stood: the
caller says at what place, by the facts concerned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Diagnostic, Mark, problem
from tieuchi.engine.graph import Check, Fact, Graph, reads

Places = Callable[[Sequence[Fact]], Mark]
"""Where the first of some facts is stated; else where the case stands."""


def contradicted(graph: Graph, given: Given, error: CaseError, at: Places) -> Diagnostic:
    """The mistake in what is given that `decide` refused."""
    if error.code == "both-stated":
        return _both_stated(graph, given, error.subject, at)
    pack, _, index = error.subject.rpartition("/")
    part = next(part for part in graph.parts if part.pack == pack)
    return checked("check-failed", graph, part.checks[int(index)], at)


def _both_stated(graph: Graph, given: Given, name: str, at: Places) -> Diagnostic:
    """The fault of a fact that is stated otherwise than its definition comes out."""
    fact = next(fact for fact in graph.facts if fact.id == name)
    without = Given((key, value) for key, value in given.items() if key != name)
    try:
        decision = decide(graph, without)
    except CaseError as error:  # it cannot be without that statement either
        return contradicted(graph, without, error, at)
    definition = next(
        (d.id for part in graph.parts for d in part.definitions if d.node == fact.otherwise), name
    )
    slot, value = graph.facts.index(fact), int(given[name])
    stated = f"{decision.text(slot, value)} {fact.unit}"
    least, most, _ = decision.bounds(fact.otherwise)
    others = _beside(graph, without, name, given) if _is_within(value, least, most) else []
    if others:  # its definition may come to that, but not with what else is stated
        listed = "`, `".join(others)
        return problem("not-together", at([fact]), name=name, stated=stated, others=listed)
    return problem(
        "both-stated",
        at([fact]),
        name=name,
        stated=stated,
        definition=definition,
        computed=_bounds(decision, fact.otherwise, fact.unit),
    )


def _is_within(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _beside(graph: Graph, without: Given, name: str, given: Given) -> list[str]:
    """The other facts without any one of which a statement can be."""
    found = []
    for other in without:
        try:
            decide(graph, Given((key, value) for key, value in given.items() if key != other))
        except CaseError:
            continue
        found.append(other)
    return [fact.id for fact in graph.facts if fact.id in found and fact.id != name]


def _bounds(decision: Decision, node: int, unit: str) -> str:
    """What a quantity can be, as people write it."""
    least, most, _ = decision.bounds(node)
    low, high = (None if end is None else decision.text(node, end) for end in (least, most))
    if low is not None and low == high:
        return f"{low} {unit}"
    return " … ".join(end for end in (low and f"≥ {low}", high and f"≤ {high}") if end) + f" {unit}"


def checked(code: str, graph: Graph, check: Check, at: Places) -> Diagnostic:
    """A check's own words, at the first fact of the case that it looks at."""
    below: set[int] = set()
    todo = [check.truth]
    while todo:
        node = todo.pop()
        if node not in below:
            below.add(node)
            todo += reads(graph.nodes[node])
    facts = [fact for i, fact in enumerate(graph.facts) if i in below]
    vi, en = (text.rstrip(".") for text in check.words)  # a remedy may follow
    return problem(code, at(facts), vi=vi, en=en)
