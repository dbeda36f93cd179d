"""What is still worth knowing: which unknown facts could change the answer, and at which values.

`missing(decision)` looks at every fact of which nothing settled is stated. It *could change* the
answer if there are two ways to fill in all that is unknown that differ in this fact alone and come
to different ends; Z3 finds them, or shows that there are none. For each, the values at which it
settles the answer by itself; besides, the fewest facts that could settle it together. The answer is
the verdict; of a pack without one, its results and amounts, and values are told of one class. Lists
that may go on stay open all along. It knows the graph and puts nothing into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import z3

from tieuchi.engine.advice.least import Least, TooHard
from tieuchi.engine.advice.moves import Move
from tieuchi.engine.ahead.turns import TooFine, Turns
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Definition, Fact, below, reads
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.results import figures
from tieuchi.engine.solver.encoding import FIRST_DAY, LAST_DAY
from tieuchi.engine.solver.filling import Filling
from tieuchi.engine.solver.symbols import Truth
from tieuchi.engine.truth import Status, status

LOOKS = 200_000
MILLISECONDS = 5_000
OVER_MEMBERS = ("count", "total")


class Turn(NamedTuple):
    """Values, both ends included, at which a fact settles the answer by itself: steps, a day, a
    truth or the bit of a label; None where there is no end. `then`: a status, or a label's bit."""

    least: int | None
    most: int | None
    then: Status | int


class Unknown(NamedTuple):
    """A fact that could change the answer: the provisions that are open for want of it, and the
    values that settle the answer; `sure`: it was shown that it could."""

    slot: int
    fact: Fact
    provisions: tuple[str, ...]
    turns: tuple[Turn, ...]
    sure: bool = True
    whole: bool = False  # of a list: that there are no other members
    alone: bool = True  # whether such values were looked for


class Settling(NamedTuple):
    """The fewest facts that could settle the answer this way."""

    then: Status
    facts: tuple[Fact, ...]


class Missing(NamedTuple):
    """What could change the answer, what cannot any more, and what could settle it."""

    could: tuple[Unknown, ...]
    cannot: tuple[Fact, ...]
    settling: tuple[Settling, ...]
    about: Definition | None = None  # the class that `then` is a label of


def missing(decision: Decision) -> Missing:
    """What is still worth knowing of an answer; nothing where no law is in force."""
    main, nodes = decision.graph.main, decision.graph.nodes
    if not main.in_force:
        return Missing((), (), ())
    told = figures(decision.graph) if main.verdict < 0 else ()
    asked = [each.node for each in told] if main.verdict < 0 else [main.verdict]
    targets = [
        part
        for at in asked
        if at >= 0  # a ratio is its two parts
        for part in (nodes[at].args if nodes[at].kind == "ratio" else (at,))
    ]
    classes = (each for each in told if isinstance(each, Definition) and [each.node] == targets)
    about = next((each for each in classes if nodes[each.node].kind == "class"), None)
    return _missing(decision, targets, about)


def _missing(decision: Decision, targets: Sequence[int], about: Definition | None) -> Missing:
    facts = decision.graph.facts
    open_ = {name for target in targets for name in decision.missing(target)}
    unknown = [
        slot
        for slot, fact in enumerate(facts)
        if fact.id in open_ or (fact.kind != "text" and not decision.is_stated(slot))
    ]
    asked = [slot for slot in unknown if facts[slot].id in open_]
    matter = _all_that_matter(decision, targets, asked)
    could = tuple(_unknown(decision, targets, slot, sure) for slot, sure in matter.items())
    verdict = decision.truth is not None
    settling = tuple(_settling(decision, targets[0], asked)) if verdict else ()
    named = {fact.id for each in settling for fact in each.facts}
    idle = (facts[slot] for slot in unknown if slot not in matter)
    return Missing(could, tuple(fact for fact in idle if fact.id not in named), settling, about)


def _unknown(decision: Decision, targets: Sequence[int], slot: int, sure: bool) -> Unknown:
    fact = decision.graph.facts[slot]
    provisions = tuple(_provisions(decision, fact))
    one = len(targets) == 1 and decision.graph.nodes[targets[0]].kind in ("truth", "class")
    turns = tuple(_turns(decision, targets[0], slot, fact)) if one else ()
    whole = fact.kind == "list" and decision.values[slot].complete
    return Unknown(slot, fact, provisions, turns, sure, whole, one)


def _provisions(decision: Decision, fact: Fact) -> Iterator[str]:
    there = {provision.id for provision in decision.graph.main.provisions}
    for view in decision.views():
        is_leaf = there.isdisjoint(view.provision.children)
        if is_leaf and fact.id in view.missing:
            yield view.provision.id


# ---- whether a fact could change the answer


def _all_that_matter(
    decision: Decision, targets: Sequence[int], slots: Sequence[int]
) -> dict[int, bool]:
    """The slots that could change one of some nodes, and whether that was shown.

    Checks of the input may tie facts to one another, so that none can differ alone, and still all
    together: where that is so, a fact counts as one that could if it could without the checks.
    """
    found = {slot: _matters(decision, targets, [slot], checked=True) for slot in slots}
    idle = [slot for slot, matters in found.items() if matters is False]
    if idle and _matters(decision, targets, idle, checked=True) is not False:
        for slot in idle:
            found[slot] = _matters(decision, targets, [slot], checked=False)
    return {slot: matters is True for slot, matters in found.items() if matters is not False}


def _matters(
    decision: Decision, targets: Sequence[int], slots: Sequence[int], *, checked: bool
) -> bool | None:
    """Whether one could come out otherwise with these facts alone; None where the solver came to
    no end, where one is a list that may go on, or where what is in one may hang on them."""
    if any(decision.graph.facts[slot].kind == "list" for slot in slots):
        return None
    filling = Filling(decision, slots)
    solver = z3.Solver()
    solver.set(timeout=MILLISECONDS)
    solver.add(filling.differing(*targets), *filling.rules(*targets, checked=checked))
    found = solver.check()
    if found == z3.unsat and _bear_on_others(decision, targets, slots):
        return None
    return None if found == z3.unknown else bool(found == z3.sat)


def _bear_on_others(decision: Decision, targets: Sequence[int], slots: Sequence[int]) -> bool:
    """Whether what each member of a list comes to, which may go on, hangs on one of some facts."""
    nodes, values = decision.graph.nodes, decision.values
    lists = [reads(nodes[at]) for at in below(nodes, *targets) if nodes[at].op in OVER_MEMBERS]
    return any(
        not values[listed].complete and not set(slots).isdisjoint(below(nodes, *outside))
        for listed, *outside in lists
    )


# ---- the values at which it turns


def _turns(decision: Decision, target: int, slot: int, fact: Fact) -> Iterator[Turn]:
    """What the fact settles by itself, all else as stated."""
    if fact.kind in ("yes_no", "class"):
        count = 2 if fact.kind == "yes_no" else len(fact.labels)
        for bit in (1 << i for i in range(count)):  # of a truth: met, not met
            then = _status(decision, target, fact, bit)
            if then is not None:
                yield Turn(bit, bit, then)
        return
    if fact.kind == "list":
        return
    least, most = _range(decision, slot, fact)
    try:
        starts = Turns(decision.graph, decision.given, slot, [target], LOOKS).starts(least, most)
    except (Contradiction, TooFine):
        return
    yield from _pieces(decision, target, fact, starts, (least, most))


def _range(decision: Decision, slot: int, fact: Fact) -> tuple[int, int]:
    if fact.kind == "date":
        return FIRST_DAY, LAST_DAY
    if fact.kind != "quantity":
        return 0, 0
    lo, hi, _ = span(decision.values[slot])
    return (0 if lo is None else lo), (fact.limit if hi is None else hi)


def _pieces(
    decision: Decision, target: int, fact: Fact, starts: Sequence[int], ends: tuple[int, int]
) -> Iterator[Turn]:
    """The pieces on which the answer is settled; neighbours of one status are one."""
    found: list[tuple[int, int, Status | int]] = []
    lasts = [*(start - 1 for start in starts[1:]), ends[1]]
    for start, last in zip(starts, lasts, strict=True):
        then = _status(decision, target, fact, start)
        if then is None:
            continue
        joins = bool(found) and found[-1][1:] == (start - 1, then)
        found.append((found.pop()[0] if joins else start, last, then))
    for start, last, then in found:
        yield Turn(start if start > ends[0] else None, last if last < ends[1] else None, then)


def _status(decision: Decision, target: int, fact: Fact, value: Value) -> Status | int | None:
    """The status, or label, that one value settles; None where the answer stays open, or it cannot
    be."""
    try:
        after = decide(decision.graph, Given({**decision.given, fact.id: value}))
    except CaseError:
        return None
    if decision.graph.nodes[target].kind == "class":
        label: int = after.values[target]
        return label if after.is_settled(target) else None
    found = status(after.values[target])
    return None if found is Status.UNDETERMINED else found


# ---- the fewest that could settle it


_ENDS: tuple[tuple[Status, Callable[[Truth], object]], ...] = (
    (Status.MET, lambda truth: truth.surely_met),
    (Status.NOT_MET, lambda truth: truth.surely_not_met),
)


def _settling(decision: Decision, target: int, slots: Sequence[int]) -> Iterator[Settling]:
    facts = [(slot, decision.graph.facts[slot]) for slot in slots]
    moves = [
        Move((slot, -1, -1), fact, None, *_range(decision, slot, fact), Fraction(1), flat=True)
        for slot, fact in facts
        if fact.kind in ("quantity", "yes_no", "class", "date")
    ]
    for then, done in _ENDS if moves else ():
        try:
            cost = Least(decision, (target,), moves, done=done).least()
        except TooHard:
            continue
        if cost is not None:
            changed = {place[0] for place, _ in cost.changes}
            yield Settling(then, tuple(m.fact for m in moves if m.place[0] in changed))
