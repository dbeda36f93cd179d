"""What everything that is said of one decision is made from: it, its case, its wording, a language.

A `Telling` is made once an explanation and never changed; the other modules of this package are
functions of it. It knows what was stated, what was declared none and what is missing, and shows
nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tieuchi.engine import phrases as say
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Value
from tieuchi.engine.outline import Remark
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET
from tieuchi.engine.wording import Told, Wording, wording

NAMED = 5  # of many, so many are named
SETTLED = (MET, NOT_MET, NOT_APPLICABLE)


class Telling(NamedTuple):
    """One decision to be told in one language."""

    decision: Decision
    graph: Graph
    values: list[Value]
    case: Case | None
    lang: str
    remarks: Mapping[str, Sequence[Remark]]  # of others, by provision
    wording: Wording
    stated: set[int]  # facts, with those declared none
    declared: set[int]  # facts that the case has none of, since it says that it is complete
    unstated: bool  # whether anything is

    def missing(self, nodes: Sequence[int]) -> list[str]:
        """The names of the facts for want of which one of some nodes is open."""
        slots = self.wording.slots
        found = {slots[name] for node in nodes for name in self.decision.missing(node)}
        return [self.wording.fact(slot) for slot in sorted(found)]

    def wanted(self, told: Told) -> bool:
        """Whether somebody has a remark on a provision or on what is under it."""
        if not self.remarks:
            return False
        return told.id in self.remarks or any(self.wanted(child) for child in told.children)

    def silence(self, told: Told) -> str:
        """Whether a provision without children rests on nothing stated: "declared" none, "open"."""
        truth = self.values[told.node]
        if truth == NOT_MET:
            quiet = told.facts and self.declared and self.declared.issuperset(told.facts)
            return "declared" if quiet and told.provision.review < 0 else ""
        if truth in SETTLED or not told.facts or told.provision.review >= 0:
            return ""
        return "open" if self.stated.isdisjoint(told.facts) else ""


def telling(
    decision: Decision, case: Case | None, lang: str, remarks: Mapping[str, Sequence[Remark]]
) -> Telling:
    """What is told of a decision."""
    graph = decision.graph
    worded = wording(graph, lang)
    slots = worded.slots
    stated = {slots[name] for name in decision.given if name in slots}
    declared: set[int] = set()
    if case is not None and case.complete:
        declared = {i for i in stated if graph.facts[i].id not in case.facts}
    unstated = len(stated) < len(slots)
    values = decision.values
    return Telling(decision, graph, values, case, lang, remarks, worded, stated, declared, unstated)


def some(names: Sequence[str], lang: str) -> str:
    """The first few names and how many more there are."""
    if len(names) <= NAMED + 1:
        return say.LISTED.join(names)
    more = say.AND_MORE.of(lang, count=str(len(names) - NAMED))
    return say.LISTED.join((*names[:NAMED], more))


def cite_under(told: Told, parent: Told | None) -> str:
    """The citation of a provision, "" where the one it stands under has said it."""
    return "" if parent is not None and parent.cite == told.cite else told.cite
