"""In which order the session came to its conclusions: what of which provision was ruled out.

It knows what the session fired and the graph's provisions; comparisons and steps in between, which
have no article, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tieuchi.engine import phrases as say
from tieuchi.engine.graph import Graph, Part, Provision
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.session import Firing
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, Status

OUTCOMES = {
    MET: Status.MET,
    NOT_MET: Status.NOT_MET,
    NOT_APPLICABLE: Status.NOT_APPLICABLE,
}


def trace_section(graph: Graph, fired: Sequence[Firing] | None, lang: str) -> Section:
    """The trace as a part of an explanation, a line a conclusion; None is of no session at all."""
    if fired is None:
        remark = Remark("trace", say.NO_SESSION.of(lang))
        return Section("trace", say.T_TRACE.of(lang), (remark,))
    lines = [
        say.RULED_OUT[OUTCOMES[outcome]].of(lang, name=_name(of, lang))
        for of, outcome in _conclusions(graph, fired)
    ]
    none = say.NOTHING_RULED_OUT if graph.main.in_force else say.NOT_IN_FORCE_THEN
    remarks = tuple(Remark("trace", line) for line in lines or [none.of(lang)])
    return Section("trace", say.T_TRACE.of(lang), remarks)


def trace_record(graph: Graph, fired: Sequence[Firing] | None) -> list[dict[str, Any]] | None:
    """The trace as a record has it; the verdict is the provision ""."""
    if fired is None:
        return None
    return [
        {"provision": "" if of is None else _id(graph, *of), "cannot_be": OUTCOMES[outcome]}
        for of, outcome in _conclusions(graph, fired)
    ]


Owner = tuple[Part, Provision] | None
"""The provision of a node; None is the verdict."""


def _conclusions(graph: Graph, fired: Sequence[Firing]) -> Iterator[tuple[Owner, int]]:
    """What was ruled out of what, once each; nothing of a law that is not in force."""
    owners: dict[int, list[Owner]] = {}
    for part in [part for part in graph.parts if part.in_force]:
        for provision in part.provisions:
            if provision.node >= 0:
                owners.setdefault(provision.node, []).append((part, provision))
    if graph.main.in_force and graph.main.verdict >= 0 and graph.main.verdict not in owners:
        owners[graph.main.verdict] = [None]
    seen = set()
    for firing in fired:
        if firing.outcome in OUTCOMES and (firing.node, firing.outcome) not in seen:
            seen.add((firing.node, firing.outcome))
            for owner in owners.get(firing.node, ()):
                yield owner, firing.outcome


def _id(graph: Graph, part: Part, provision: Provision) -> str:
    return provision.id if part is graph.main else f"{part.pack}/{provision.id}"


def _name(owner: Owner, lang: str) -> str:
    """A provision as people find it: its article, and its own name where it has one."""
    if owner is None:
        return say.THE_VERDICT.of(lang)
    provision = owner[1]
    names = (provision.cite, provision.words)
    return " · ".join(words.of(lang) for words in names if words is not None)
