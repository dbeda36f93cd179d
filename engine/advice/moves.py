"""What could be otherwise in a case, and what each step of it costs.

A `Move` is one fact, or one field of a member of a list, that may change; a `Held` is one that may
not, and why. By default a step costs its share of what is asked of it (20 of 50 head: two fifths),
under several conditions the dearest of its shares; a yes or no, a label, and anything of which
nothing was stated cost a whole. With `prices`, in đồng a step, only what has a price is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tieuchi.engine.bearing import BOTH, DOWN, UP, bearings
from tieuchi.engine.decision import Decision, Given
from tieuchi.engine.graph import Fact, Node, below, reads
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET
from tieuchi.engine.words import Words

Place = tuple[int, int, int]
"""A slot, and of a list the member and its field; -1 where it is the fact itself."""

WHOLE = Fraction(1)


class Move(NamedTuple):
    """Something that may change: in steps of its fact, a truth, or the bit of a label."""

    place: Place
    fact: Fact
    stated: Value  # None where nothing is
    least: int
    most: int
    cost: Fraction  # of a step; where `flat`, of any change
    flat: bool

    @property
    def start(self) -> int:
        """From where the steps of a quantity are counted."""
        return self.least if self.stated is None else int(self.stated)

    def price(self, value: Value) -> Fraction:
        """What it costs that it comes to a value."""
        return self.cost if self.flat else self.cost * abs(value - self.start)


class Held(NamedTuple):
    """Something that may not change: "case" says so, "pack" (with its words), it is a "date", a
    "list" that may go on, a "text", or has no "price"."""

    place: Place
    fact: Fact
    why: str
    words: Words | None = None


class Choice(NamedTuple):
    """What may change and what may not."""

    moves: tuple[Move, ...]
    held: tuple[Held, ...]


def choice(
    decision: Decision,
    target: int,
    *,
    fixed: Iterable[str] = (),
    prices: Mapping[str, Fraction] | None = None,
) -> Choice:
    """What may change below a node; `fixed` are ids of facts, `prices` of a step by id."""
    fixed = frozenset(fixed)
    alive = live(decision, target)
    under = _with_checks(decision, alive)
    costs, bears = _Costs(decision, alive, under), bearings(decision.graph, target, under)
    moves: list[Move] = []
    held: list[Held] = []
    for place, fact, stated in _places(decision, under):
        why = _held(fact, stated, fixed, prices)
        if why is not None:
            held.append(Held(place, fact, why, fact.fixed if why == "pack" else None))
            continue
        way = bears.get(place[0], BOTH) if place[1] < 0 else BOTH
        if fact.kind == "yes_no" and stated is not None and stated == _WANTED.get(way):
            continue  # as it is to be
        cost = costs.of(place, fact, stated) if prices is None else prices[fact.id]
        least = 0 if fact.least is None else fact.least
        most = fact.limit if fact.most is None else fact.most
        if fact.kind == "quantity" and stated is not None:
            least = stated if fact.grows or way == UP else least
            most = stated if way == DOWN else most
        flat = fact.kind != "quantity" or (stated is None and prices is None)
        moves.append(Move(place, fact, stated, least, most, cost, flat))
    return Choice(tuple(moves), tuple(held))


_WANTED = {UP: MET, DOWN: NOT_MET}


def _with_checks(decision: Decision, under: list[int]) -> list[int]:
    """What a target hangs on, and the checks of the input that bear on the same facts."""
    graph, found = decision.graph, set(under)
    for truth in graph.barred:
        tied = below(graph.nodes, truth)
        if any(at in found for at in tied if at < len(graph.facts)):
            found.update(tied)
    return sorted(found)


def changed(decision: Decision, changes: Iterable[tuple[Place, Value]]) -> Given:
    """What the case would state."""
    given = Given(decision.given)
    for (slot, row, field), value in changes:
        fact = decision.graph.facts[slot]
        if row < 0:
            given[fact.id] = value
            continue
        members: Members = given[fact.id]
        rows = [list(member) for member in members.rows]
        rows[row][field] = value
        given[fact.id] = members._replace(rows=tuple(rows))
    return given


def live(decision: Decision, target: int, steady: Collection[int] = ()) -> list[int]:
    """A node and all that it hangs on, in order; not what lies behind a gate that stays shut, nor
    the definition of what is stated, nor what is below a `steady` node."""
    nodes = decision.graph.nodes
    todo, seen = [target], set[int]()
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            if at in steady:
                continue
            idle = _is_shut(decision, at) or _is_overridden(decision, at)
            todo += reads(nodes[at])[:1] if idle else reads(nodes[at])
    return sorted(seen)


def _is_shut(decision: Decision, at: int) -> bool:
    """Whether a gate lets nothing through, whatever the facts are."""
    node = decision.graph.nodes[at]
    if node.op not in _SHUT or decision.values[node.args[0]] not in _SHUT[node.op]:
        return False
    facts = len(decision.graph.facts)
    return below(decision.graph.nodes, node.args[0])[0] >= facts


def _is_overridden(decision: Decision, at: int) -> bool:
    """Whether a definition is not looked at, since the fact is stated; of quantities the two must
    agree."""
    node = decision.graph.nodes[at]
    overrides = node.op.startswith("else ")
    return overrides and decision.is_stated(node.args[0])


_SHUT = {"applies_when": (NOT_MET, NOT_APPLICABLE), "unless": (MET,)}


def _places(decision: Decision, under: Iterable[int]) -> Iterator[tuple[Place, Fact, Value]]:
    """What is given below a node, and what was stated of it."""
    facts = decision.graph.facts
    for slot in under:
        if slot >= len(facts):
            break
        fact, value = facts[slot], decision.values[slot]  # of a list its `Members`
        if fact.kind != "list":
            yield (slot, -1, -1), fact, value if decision.is_stated(slot) else None
            continue
        for row, member in enumerate(value.rows):
            for at, field in enumerate(fact.fields):
                if field.kind != "text":
                    yield (slot, row, at), field, member[at] if _is_one(field, member[at]) else None


def _is_one(field: Fact, value: Value) -> bool:
    """Whether a member's field is stated."""
    if field.kind == "yes_no":
        return value in (MET, NOT_MET)
    return value.__class__ is int and (field.kind != "class" or value & (value - 1) == 0)


def _held(
    fact: Fact, stated: Value, fixed: frozenset[str], prices: Mapping[str, Fraction] | None
) -> str | None:
    """Why a fact may not change."""
    if fact.id in fixed:
        return "case"
    if fact.fixed is not None:
        return "pack"
    if fact.kind in ("date", "text"):
        return fact.kind
    if fact.otherwise >= 0 and stated is None:
        return "derived"
    if prices is not None and fact.id not in prices:
        return "price"
    return None


# ---- what a step costs


class _Costs:
    """The share of what is asked that a step of each fact is."""

    def __init__(self, decision: Decision, alive: Sequence[int], under: Sequence[int]) -> None:
        self.decision = decision
        self.nodes = decision.graph.nodes
        self.shares: dict[int, Fraction] = {}
        self.told: set[int] = set()  # lists whose count was stated besides: a step of it is enough
        for at in alive:
            self._asked(self.nodes[at])
        asked = self.shares.copy()
        for at in under:  # what checks alone ask
            self._asked(self.nodes[at])
        self.shares |= asked

    def of(self, place: Place, fact: Fact, stated: Value) -> Fraction:
        """The cost of a step, or of any change."""
        slot, row, _ = place
        if row >= 0 and slot in self.told:
            return Fraction(0)
        if row >= 0 and fact.kind == "yes_no":
            return self.shares.get(slot, WHOLE)
        if fact.kind != "quantity" or stated is None:
            return WHOLE
        if row >= 0 or slot not in self.shares:
            return Fraction(1, max(abs(stated), Fraction(fact.den, fact.num)))
        return self.shares[slot]

    def _asked(self, node: Node) -> None:
        """Note what a comparison asks of the facts below it."""
        if node.op == "else" and self.decision.is_stated(node.args[0]):
            self.told.update(at for at in below(self.nodes, node.args[1]) if self._is_list(at))
        elif node.op in ("ge", "le"):
            self._spread(node.args[0], abs(Fraction(node.args[1])))
        elif node.op in ("ge2", "gt2"):
            a, b = node.args
            for one, other in ((a, b), (b, a)):
                required = _most(self.decision.values[other])
                if required is not None:
                    self._spread(one, Fraction(abs(required)))
        elif node.op == "share":
            _, n, d, t, q = node.args
            whole, per = (_most(self.decision.values[at]) for at in (d, t))
            if whole is not None and per is not None:
                self._spread(n, Fraction(abs(whole * per), abs(q)))
                self._spread(d, Fraction(abs(whole)))

    def _is_list(self, at: int) -> bool:
        return self.nodes[at].kind == "list"

    def _spread(self, at: int, required: Fraction) -> None:
        """Note that so much of a node is a whole; where nothing is asked, what there is now."""
        now = self.decision.values[at]
        whole = required or (abs(now) if now.__class__ is int else 0) or 1
        weights = {at: Fraction(1, whole)}
        while weights:
            at = max(weights)  # a node reads only nodes before it
            weight = weights.pop(at)
            if at < len(self.decision.graph.facts):
                self.shares[at] = max(weight, self.shares.get(at, weight))
                continue
            for of, k in _passed_on(self.nodes[at]):
                weights[of] = max(weight * abs(k), weights.get(of, Fraction(0)))


def _most(value: Value) -> int | None:
    """What a requirement comes to: while it is open, the most that may have to be met."""
    if value is ABSENT:
        return None
    lo, hi, _ = span(value)
    return lo if hi is None else hi


def _passed_on(node: Node) -> Iterator[tuple[int, int]]:
    """The nodes of whose steps a quantity is made, and how many of its own each is."""
    if node.op in ("linear", "sum"):
        yield from ((of, k) for k, of in zip(node.args[1::2], node.args[2::2], strict=True))
    elif node.op in ("else", "floor", "cap", "highest", "lowest"):
        yield from ((of, 1) for of in node.args)
    elif node.op == "count":
        yield node.args[0], max(map(abs, node.args[2::2]))
    elif node.op == "total":
        yield node.args[0], 1
