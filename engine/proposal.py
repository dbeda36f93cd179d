"""A test case that an author might add, as short as it can be, ready to paste beside the pack.

What it expects is what the pack comes to as it stands, so it is to be checked against the law
before it is added. It knows decisions and their records, and nothing of why the case is proposed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Graph
from tieuchi.engine.pack_test import VERDICT, outcomes
from tieuchi.engine.sample import closed, completed, pasted, told, trimmed


def proposal(
    of: Decision,
    id_: str,
    usual: int,
    serves: Callable[[Given], bool],
    *,
    possible: bool = False,
    whole: bool = False,
    warned: bool = False,
    lang: str = "en",
) -> str:
    """A case as a line, cut down as long as it comes to the same and still `serves`.

    `lang` is that of its name, `usual` the day of the file's cases; with `possible`, all that
    is possible is expected, with `warned` that a check warns, with `whole` nothing is cut.
    """
    graph, wanted = of.graph, expected(of, id_, possible=possible, warned=warned)

    def same(given: Given) -> bool:
        one = decided_or_none(graph, given)
        if one is None or expected(one, id_, possible=possible, warned=warned) != wanted:
            return False
        return serves(given)

    given, shorter, complete = of.given, None, False
    if not whole:
        (given,) = trimmed([given], lambda givens: same(givens[0]))
        shorter = closed(graph, given)
    if shorter is not None and same(completed(graph, shorter)):
        given, complete = shorter, True
    return pasted(
        graph,
        given,
        {id_: wanted},
        name=_name(graph, id_, given, lang),
        cite=_cite(graph, id_),
        as_of=0 if graph.as_of == usual else graph.as_of,
        complete=complete,
    )


def refusal(
    graph: Graph, given: Given, usual: int, serves: Callable[[Given], bool], lang: str = "en"
) -> str:
    """A case that a check of a pack refuses, as a line, cut down as long as it `serves`."""

    def same(given: Given) -> bool:
        return decided_or_none(graph, given) is None and serves(given)

    (given,) = trimmed([given], lambda givens: same(givens[0]))
    day = 0 if graph.as_of == usual else graph.as_of
    name = _name(graph, "refused", given, lang)
    return pasted(graph, given, None, name=name, cite=graph.main.cite.vi, as_of=day)


def _name(graph: Graph, of: str, given: Given, lang: str) -> str:
    return f"{of}, {told(graph, given, lang)}".replace("\u00a0", " ")


def decided_or_none(graph: Graph, given: Given) -> Decision | None:
    """The decision; None of a case that cannot be."""
    try:
        return decide(graph, given)
    except CaseError:
        return None


def expected(
    decision: Decision | None, id_: str, *, possible: bool = False, warned: bool = False
) -> Any:
    """What a test case would say of one outcome, or of warnings; None without a decision."""
    if decision is None:
        return None
    found = outcomes(decision, (id_,))[id_]
    if warned:
        return {"warned": found["warned"]}
    if id_ == VERDICT and found["status"] is None:  # which of a pack without a verdict says nothing
        return {"in_force": found["in_force"]}
    if "status" not in found:
        keys = ("least", "most", "class", "not_applicable")
        return {key: found[key] for key in keys if key in found}
    if possible and "possible" in found:
        return {"status": found["status"], "possible": found["possible"]}
    short = found.get("shortfall")
    if short is None and found["status"] is not None:
        return found["status"]
    return {"status": found["status"], **({} if short is None else {"shortfall": short})}


def _cite(graph: Graph, id_: str) -> str:
    main = graph.main
    named: list[Any] = [*main.provisions, *main.amounts, *main.definitions]
    cite = next((each.cite for each in named if each.id == id_), None)
    return (cite or main.cite).vi
