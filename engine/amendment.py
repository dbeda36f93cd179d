"""What an amendment does, by outcome: `amendment(old, new)` of two graphs, over all cases.

Each provision, amount and definition of the packs, matched by id, and the verdict, is the same, or
looser (some case is met under the new law only, or is given more, and none the other way round),
stricter, or different; new, or gone; or it is not shown which. What is said is shown by Z3 over
every case that both can read, and each difference comes with the smallest case, decided both ways.
It knows graphs and decisions, and neither packs nor words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from time import monotonic_ns
from typing import Any, Literal, NamedTuple

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Fact, Graph, labels_by_node
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Value
from tieuchi.engine.quantity import parse_unit, same_dimension
from tieuchi.engine.sample import trimmed
from tieuchi.engine.solver import symbols as s
from tieuchi.engine.solver.cases import Search, Wanted, search
from tieuchi.engine.solver.encoding import Encoding
from tieuchi.engine.solver.filling import differs
from tieuchi.engine.solver.shapes import Shapes
from tieuchi.engine.solver.unknowns import key_of
from tieuchi.engine.words import Words

Change = Literal["same", "looser", "stricter", "different", "new", "gone", "not_shown"]
VERDICT = "verdict"
FAR = 1 << 130
"""No bounded number comes near; what is beyond is no bound, however often it was taken."""
LONGEST = 60_000_000_000
"""After so many nanoseconds nothing more is put before the solver."""


class Outcome(NamedTuple):
    """Something that a pack comes to: of a provision, amount, definition or the verdict."""

    kind: str  # verdict, provision, amount, definition
    id: str
    node: int  # -1 where the law says nothing of it on the day


class Example(NamedTuple):
    """The smallest case that comes out otherwise, decided both ways."""

    way: str  # gained, lost, other
    old: Decision
    new: Decision


class Effect(NamedTuple):
    """What an amendment does to one outcome; `old` and `new` are its nodes, -1 where not there."""

    kind: str
    id: str
    old: int
    new: int
    change: Change
    examples: tuple[Example, ...] = ()


class Unshared(NamedTuple):
    """A fact that one of the two alone asks for, or labels of it that one alone knows."""

    side: str  # old, new
    fact: Fact
    labels: tuple[tuple[str, Words], ...] = ()


class Amendment(NamedTuple):
    """All that an amendment does, in the order of the new pack, what is gone last."""

    old: Graph
    new: Graph
    effects: tuple[Effect, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is not surely the same, or some label is known to one alone."""
        unknown = any(each.labels for each in self.unshared)
        return unknown or any(effect.change != "same" for effect in self.effects)

    @property
    def unshared(self) -> tuple[Unshared, ...]:
        """What only one of the two can read."""
        sides = ("old", self.old, self.new), ("new", self.new, self.old)
        return tuple(each for side, own, other in sides for each in _unshared(side, own, other))


class Count(NamedTuple):
    """How many rows of a table gain by one outcome, and how many lose."""

    id: str
    gained: int
    lost: int


class Registry(NamedTuple):
    """What an amendment does in a table: its rows, those that one law cannot read, the counts."""

    rows: int
    rejected: int
    counts: tuple[Count, ...]


def amendment(old: Graph, new: Graph) -> Amendment:
    """What comes out otherwise under `new` than under `old`."""
    ends = monotonic_ns() + LONGEST
    before = {(each.kind, each.id): each for each in outcomes(old)}
    after = {(each.kind, each.id): each for each in outcomes(new)}
    ceilings = [{each.id: each.up_to for each in graph.main.amounts} for graph in (old, new)]
    shapes, found = Shapes(), []
    for key in [*after, *(key for key in before if key not in after)]:
        one, other = before.get(key), after.get(key)
        nodes = (-1 if one is None else one.node, -1 if other is None else other.node)
        if nodes == (-1, -1) and one is not None and other is not None:
            found.append(Effect(*key, -1, -1, "same"))
        elif nodes[0] < 0 or nodes[1] < 0:
            if max(nodes) >= 0:
                found.append(Effect(*key, *nodes, "new" if nodes[0] < 0 else "gone"))
        else:
            change, examples = _compared((old, new), nodes, shapes, asked=monotonic_ns() < ends)
            if (
                change == "same"
                and key[0] == "amount"
                and ceilings[0][key[1]] != ceilings[1][key[1]]
            ):
                change = "different"
            found.append(Effect(*key, *nodes, change, examples))
    return Amendment(old, new, tuple(found))


def _unshared(side: str, own: Graph, other: Graph) -> Iterator[Unshared]:
    there = {key_of(fact): {label for label, _ in fact.labels} for fact in other.facts}
    for fact in own.facts:
        known = there.get(key_of(fact))
        alone = tuple(each for each in fact.labels if known is not None and each[0] not in known)
        if known is None or alone:
            yield Unshared(side, fact, alone)


def outcomes(graph: Graph) -> Iterator[Outcome]:
    """All that the pack of a graph comes to; nothing is said by one that is not in force."""
    main = graph.main

    def said(node: int) -> int:
        return node if main.in_force else -1

    if main.verdict >= 0:
        yield Outcome("verdict", VERDICT, said(main.verdict))
    for provision in main.provisions:
        yield Outcome("provision", provision.id, said(provision.node))
    for amount in main.amounts:
        yield Outcome("amount", amount.id, said(amount.node))
    for definition in main.definitions:
        yield Outcome("definition", definition.id, said(definition.node))


# ---- one outcome


def _compared(
    graphs: tuple[Graph, Graph], nodes: tuple[int, int], shapes: Shapes, *, asked: bool
) -> tuple[Change, tuple[Example, ...]]:
    old, new = graphs
    if shapes.of(old)[nodes[0]] == shapes.of(new)[nodes[1]]:
        return "same", ()
    if not asked:  # there is no time left
        return "not_shown", ()
    ways = _ways(graphs, nodes)
    if ways is None:  # of another kind or unit: no case makes them alike
        return "different", ()
    targets = [[node] for node in nodes]
    apart = search(graphs, targets, ways[2], shapes=shapes)
    if apart.none:
        return "same", ()
    told, change = _ordered(graphs, targets, ways, shapes)
    if change is None:
        told = [] if apart.found is None else [("other", apart)]
        change = "not_shown" if apart.found is None else "different"
    examples = [_example(graphs, nodes, way, each) for way, each in told]
    if any(each is None for each in examples):  # not so once decided: nothing is shown
        return "not_shown", ()
    return change, tuple(each for each in examples if each is not None)


def _ordered(
    graphs: Sequence[Graph],
    targets: Sequence[Sequence[int]],
    ways: tuple[Wanted | None, Wanted | None, Wanted],
    shapes: Shapes,
) -> tuple[list[tuple[str, Search]], Change | None]:
    """The cases that gain and lose by it, and what that makes of it; None where none does."""
    found: list[tuple[str, Search]] = []
    settled = True
    for way, wanted in zip(("gained", "lost"), ways[:2], strict=True):
        if wanted is not None:
            each = search(graphs, targets, wanted, shapes=shapes)
            settled &= not each.unsettled
            if each.found is not None:
                found.append((way, each))
    names = [way for way, _ in found]
    if len(names) == 2:
        return found, "different"
    if not settled:
        return found, "not_shown"
    if not names:
        return found, None
    return found, "looser" if names[0] == "gained" else "stricter"


def _example(
    graphs: tuple[Graph, Graph], nodes: tuple[int, int], way: str, of: Search
) -> Example | None:
    """The case that was found, decided both ways and without what changes nothing."""
    if of.found is None:
        return None
    whole = [_value(*each) for each in zip(graphs, nodes, of.found.givens, strict=True)]

    def same(givens: Sequence[Given]) -> bool:
        return [_value(*each) for each in zip(graphs, nodes, givens, strict=True)] == whole

    givens = trimmed(of.found.givens, same)
    told = [_told(*each) for each in zip(graphs, nodes, givens, strict=True)]
    if None in told or told[0] == told[1]:
        return None
    old, new = (decide(graph, given) for graph, given in zip(graphs, givens, strict=True))
    return Example(way, old, new)


def _told(graph: Graph, node: int, given: Given) -> Any:
    """What a node comes to, in whatever step it is counted; None of a case that cannot be."""
    of, value = graph.nodes[node], _value(graph, node, given)
    if value is not None and of.kind == "class":
        labels = [*_labels(graph, node), ""]
        return {label for at, label in enumerate(labels) if value >> at & 1}
    if value is None or of.kind not in ("quantity", "ratio"):
        return value
    if of.kind == "ratio":
        return of.num, of.den, value
    up, down = _factor(of)
    least, most, absent = span(value)
    return (*(None if x is None else Fraction(x * up, down) for x in (least, most)), absent)


def _value(graph: Graph, node: int, given: Given) -> Value:
    try:
        return decide(graph, given).values[node]
    except CaseError:
        return None


def _ways(
    graphs: tuple[Graph, Graph], nodes: tuple[int, int]
) -> tuple[Wanted | None, Wanted | None, Wanted] | None:
    """What gains, what loses and what is otherwise at all, as conditions; None of two kinds."""
    one, other = (graph.nodes[node] for graph, node in zip(graphs, nodes, strict=True))
    if one.kind != other.kind:
        return None
    if one.kind == "truth":
        return _over(nodes, _gained), _over(nodes, _lost), _over(nodes, differs)
    if one.kind == "class":
        return None, None, _over(nodes, _classes(graphs, nodes))
    if one.kind == "date":
        return None, None, _over(nodes, differs)
    if not same_dimension(parse_unit(one.unit), parse_unit(other.unit)):
        return None
    if one.kind == "ratio":
        return None, None, _over(nodes, _ratios(one, other))
    scaled = _scaled(one, other)
    return (
        _over(nodes, lambda a, b: _more(*scaled(a, b))),
        _over(nodes, lambda a, b: _more(*reversed(scaled(a, b)))),
        _over(nodes, lambda a, b: differs(*scaled(a, b))),
    )


def _over(nodes: tuple[int, int], made: Callable[[Any, Any], s.Condition]) -> Wanted:
    def wanted(encodings: Sequence[Encoding]) -> s.Condition:
        one, other = (each[node] for each, node in zip(encodings, nodes, strict=True))
        return made(one, other)

    return wanted


def _gained(old: s.Truth, new: s.Truth) -> s.Condition:
    return s.both(new.surely_met, s.negated(old.surely_met))


def _lost(old: s.Truth, new: s.Truth) -> s.Condition:
    return _gained(new, old)


def _more(old: s.Interval, new: s.Interval) -> s.Condition:
    """Whether there is more of the second, at its least or at its most."""
    return s.both(old.there, new.there, s.either(new.lo > old.lo, new.hi > old.hi))


def _factor(node: Any) -> tuple[int, int]:
    up, down = parse_unit(node.unit).factor
    return node.num * up, node.den * down


def _scaled(one: Any, other: Any) -> Callable[[Any, Any], tuple[s.Interval, s.Interval]]:
    """Two quantities in one step, whole numbers of it."""
    (n, d), (m, e) = _factor(one), _factor(other)
    per = lcm(d, e)
    ks = n * (per // d), m * (per // e)

    def made(a: s.Interval, b: s.Interval) -> tuple[s.Interval, s.Interval]:
        first, second = (s.combined(0, [(k, x)]) for k, x in zip(ks, (a, b), strict=True))
        return _with_one_end(first), _with_one_end(second)

    return made


def _with_one_end(x: s.Interval) -> s.Interval:
    """A quantity of which no bound, times whatever, is no bound."""
    if x.lo is x.hi:
        return x
    lo = s.chosen(x.lo <= -FAR, -s.ENDLESS, x.lo)
    return x._replace(lo=lo, hi=s.chosen(x.hi >= FAR, s.ENDLESS, x.hi))


def _ratios(one: Any, other: Any) -> Callable[[Any, Any], s.Condition]:
    """Whether two ratios have not the same parts; two that have count as the same."""
    alike = (one.unit, one.num, one.den) == (other.unit, other.num, other.den)

    def made(a: Any, b: Any) -> s.Condition:
        return s.either(not alike, *(differs(x, y) for x, y in zip(a, b, strict=True)))

    return made


def _classes(
    graphs: tuple[Graph, Graph], nodes: tuple[int, int]
) -> Callable[[s.Choice, s.Choice], s.Condition]:
    """Whether two classes are not the same, label by label, whatever their order."""
    labels = [_labels(graph, node) for graph, node in zip(graphs, nodes, strict=True)]

    def made(old: s.Choice, new: s.Choice) -> s.Condition:
        one, other = (
            dict(zip([*own, ""], of.bits, strict=False))
            for own, of in zip(labels, (old, new), strict=True)
        )
        names = list(dict.fromkeys([*one, *other]))
        bits = [tuple(each.get(name, False) for name in names) for each in (one, other)]
        return differs(*(s.Choice(each) for each in bits))

    return made


def _labels(graph: Graph, node: int) -> tuple[str, ...]:
    """The labels of a class, in the order of its bits; after the last none applies."""
    return tuple(label for label, _ in labels_by_node(graph).get(node, ()))


# ---- of mutants: whether anything at all comes out otherwise


class Apart(NamedTuple):
    """The first outcome that comes out otherwise in some case, with the smallest such case."""

    outcome: Outcome
    given: Given
    old: Decision | None  # None where the old one refuses the case, and the new one takes it
    new: Decision | None  # None where the case is refused, or there is no law that would answer


def apart(old: Graph, new: Graph) -> tuple[Apart | None, bool]:
    """A case in which one pack's graphs come to different ends, and whether, where there is none,
    that is shown. A case that the checks of one of them refuse is one too."""
    if old.main.in_force is not new.main.in_force:
        stated = Given()
        return Apart(Outcome("in_force", VERDICT, -1), stated, decide(old, stated), None), True
    before = {(each.kind, each.id): each for each in outcomes(old)}
    shapes, shown = Shapes(), True
    graphs = (old, new)
    for other in _smallest_first(new):
        one = before[other.kind, other.id]
        nodes = (one.node, other.node)
        if nodes[0] < 0 or nodes[1] < 0:
            if nodes[0] != nodes[1]:
                stated = Given()
                return Apart(one, stated, decide(old, stated), decide(new, stated)), True
            continue
        if shapes.of(old)[nodes[0]] == shapes.of(new)[nodes[1]]:
            continue
        ways = _ways(graphs, nodes)
        wanted = ways[2] if ways is not None else _over(nodes, lambda *_: True)
        found = search(graphs, [[node] for node in nodes], wanted, shapes=shapes)
        shown &= not found.unsettled
        made = None if found.found is None else _apart(graphs, one, found.found.givens)
        if made is not None:
            return made, True
        shown &= found.found is None
    for look in (_refused_by_one, _warned_by_one):
        made, settled = look(graphs, shapes)
        if made is not None:
            return made, True
        shown &= settled
    return None, shown


def _smallest_first(graph: Graph) -> list[Outcome]:
    """Leaves before what is made of them: a case of one condition says most."""
    return sorted(outcomes(graph), key=lambda each: (each.kind == "verdict", each.node))


def _apart(graphs: tuple[Graph, Graph], outcome: Outcome, givens: Sequence[Given]) -> Apart | None:
    made: list[Decision | None] = []
    for graph, given in zip(graphs, givens, strict=True):
        try:
            made.append(decide(graph, given))
        except CaseError:
            made.append(None)
    old, new = made
    if old is None and (new is None or outcome.kind != "check"):
        return None
    return Apart(outcome, givens[0], old, new)


def _refused_by_one(graphs: tuple[Graph, Graph], shapes: Shapes) -> tuple[Apart | None, bool]:
    """A case that a check of one of the graphs refuses and the other takes, as `apart` tells it."""
    shown = True
    for side in (1, 0):
        own, other = graphs[side], graphs[1 - side]
        there = {shapes.of(other)[truth] for truth in other.barred}
        for at, check in enumerate(own.main.checks):
            if check.level != "error" or shapes.of(own)[check.truth] in there:
                continue
            targets = [[check.truth], [*other.barred]]
            found = search(graphs, targets if side == 0 else targets[::-1],
                           _refused(side, check.truth, other.barred), checked=False)  # fmt: skip
            outcome = Outcome("check", str(at), check.truth)
            made = None if found.found is None else _apart(graphs, outcome, found.found.givens)
            if made is not None:
                return made, True
            shown &= found.none
    return None, shown


def _warned_by_one(graphs: tuple[Graph, Graph], shapes: Shapes) -> tuple[Apart | None, bool]:
    """A case of which a check of one of the graphs warns, and none of the other's."""
    shown = True
    for side in (1, 0):
        own, other = graphs[side], graphs[1 - side]
        others = [check.truth for check in other.main.checks if check.level == "warning"]
        there = {shapes.of(other)[truth] for truth in others}
        for check in own.main.checks:
            if check.level != "warning" or shapes.of(own)[check.truth] in there:
                continue
            targets = [[check.truth], others]
            found = search(graphs, targets if side == 0 else targets[::-1],
                           _refused(side, check.truth, others))  # fmt: skip
            outcome = Outcome("warning", VERDICT, check.truth)
            made = None if found.found is None else _apart(graphs, outcome, found.found.givens)
            if made is not None:
                return made, True
            shown &= found.none
    return None, shown


def _refused(side: int, truth: int, barred: Sequence[int]) -> Wanted:
    """A case that a check of one side refuses, and no check of the other."""

    def wanted(encodings: Sequence[Encoding]) -> s.Condition:
        check: s.Truth = encodings[side][truth]
        return s.both(check.surely_not_met, *encodings[1 - side].unbarred(barred))

    return wanted
