"""What an answer rests on beside its provisions: definitions, and what other packs gave."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from tieuchi.engine.explanation.telling import Telling
from tieuchi.engine.explanation.tree import Shown
from tieuchi.engine.graph import Amount, Definition, Node, Part, Provision, reads
from tieuchi.engine.truth import NOT_APPLICABLE


class Ground(NamedTuple):
    """The first two with the part that they are of, in the order shown."""

    definitions: list[tuple[Part, Definition]]
    provisions: list[tuple[Part, Provision]]  # of other packs, not shown by themselves
    amounts: list[Amount]  # but for those that do not apply


def ground(t: Telling, shown: Shown) -> Ground:
    """What is shown rests on this; of a pack without a verdict, all its definitions."""
    wording, main = t.wording, t.graph.main
    amounts = _that_apply(t)
    if not wording.defined and not wording.used:
        return Ground([], [], amounts)
    measured: set[int] = set()
    start: list[int] = []
    for told in (*shown.focus, *shown.set_aside):
        start += [gate.condition for gate in told.provision.gates]
        for asked in told.tests:
            start += [n for n in (asked.test.measured, asked.test.required) if n >= 0]
            measured |= {asked.test.measured, asked.test.required}
    start += [amount.node for amount in amounts if amount.node >= 0]
    if main.verdict < 0:
        stood_in_for = {
            fact.otherwise for at, fact in enumerate(t.graph.facts) if t.decision.is_stated(at)
        }
        start += [d.node for d in main.definitions if d.node not in stood_in_for]
    reached = _reached(t, start, {each.node for each in main.amounts} - {*start})
    used = [wording.used[node] for node in reached if node in wording.used]
    displayed = {told.provision.node for told in shown.focus}
    provisions = [(part, each) for part, each in used if each.node not in displayed]
    parts = [(node, wording.defined[node][0]) for node in reached if node in wording.defined]
    found = [
        (part, each)
        for node, part in parts
        for each in part.definitions
        if each.node == node and each.words is not None
    ]
    rank = {part.pack: at for at, part in enumerate(t.graph.parts)}
    definitions = [(p, d) for p, d in found if p is not main or d.node not in measured]
    definitions.sort(key=lambda each: (rank[each[0].pack], each[1].node))
    return Ground(definitions, provisions, amounts)


def _that_apply(t: Telling) -> list[Amount]:
    """The amounts whose condition applies; a sum of such as do not is none either."""
    amounts = t.graph.main.amounts
    if not amounts:
        return []
    by_node = {amount.node: amount for amount in amounts if amount.node >= 0}
    idle: dict[int, bool] = {}

    def is_idle(amount: Amount) -> bool:
        """Whether it is 0 because nothing of it applies."""
        if amount.node < 0 or t.values[amount.node] != 0:
            return False
        if amount.when >= 0:
            return bool(t.values[amount.when] == NOT_APPLICABLE)
        if amount.node not in idle:
            idle[amount.node] = False
            parts = _amounts_under(t.graph.nodes, amount.value, by_node)
            idle[amount.node] = bool(parts) and all(is_idle(by_node[part]) for part in parts)
        return idle[amount.node]

    return [amount for amount in amounts if not is_idle(amount)]


def _amounts_under(nodes: Sequence[Node], node: int, amounts: Container[int]) -> set[int]:
    """The nearest amounts that a node is made of."""
    todo, seen, found = [node], set[int](), set[int]()
    while todo:
        at = todo.pop()
        if at in amounts:
            found.add(at)
        elif at not in seen:
            seen.add(at)
            todo += reads(nodes[at])
    return found


def _reached(t: Telling, start: Iterable[int], idle: Container[int]) -> list[int]:
    """The nodes that these read, past a stated fact's `else`, a used provision and what is idle
    no more."""
    todo, seen = list(start), set[int]()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        of = t.graph.nodes[node]
        if node in t.wording.used or node in idle:
            continue
        if of.op.startswith("else") and t.decision.is_stated(of.args[0]):
            continue
        todo += reads(of)
    return sorted(seen)
