"""What an answer rests on beside its provisions: definitions, and what other packs gave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tieuchi.engine.explanation.telling import Telling
from tieuchi.engine.explanation.tree import Shown
from tieuchi.engine.graph import Definition, Part, Provision, reads


class Ground(NamedTuple):
    """Both with the part that they are of, in the order shown."""

    definitions: list[tuple[Part, Definition]]
    provisions: list[tuple[Part, Provision]]  # of other packs, not shown by themselves


def ground(t: Telling, shown: Shown) -> Ground:
    """What is shown rests on this; of a pack without a verdict, all its definitions."""
    wording, main = t.wording, t.graph.main
    if not wording.defined and not wording.used:
        return Ground([], [])
    measured: set[int] = set()
    start: list[int] = []
    for told in (*shown.focus, *shown.set_aside):
        start += [gate.condition for gate in told.provision.gates]
        for asked in told.tests:
            start += [n for n in (asked.test.measured, asked.test.required) if n >= 0]
            measured |= {asked.test.measured, asked.test.required}
    start += [amount.node for amount in main.amounts if amount.node >= 0]
    if main.verdict < 0:
        start += [d.node for d in main.definitions]
    reached = _reached(t, start)
    used = [wording.used[node] for node in reached if node in wording.used]
    displayed = {told.provision.node for told in shown.focus}
    provisions = [(part, each) for part, each in used if each.node not in displayed]
    found = [wording.defined[node] for node in reached if node in wording.defined]
    rank = {part.pack: at for at, part in enumerate(t.graph.parts)}
    definitions = [(p, d) for p, d in found if p is not main or d.node not in measured]
    definitions.sort(key=lambda each: (rank[each[0].pack], each[1].node))
    return Ground(definitions, provisions)


def _reached(t: Telling, start: Iterable[int]) -> list[int]:
    """The nodes that these read, past a stated fact's `else` and a used provision no more."""
    todo, seen = list(start), set[int]()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        of = t.graph.nodes[node]
        if node in t.wording.used:
            continue
        if of.op.startswith("else") and t.decision.is_stated(of.args[0]):
            continue
        todo += reads(of)
    return sorted(seen)
