"""Graphs built by hand or at random, node by node, for tests of those who read them."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from tieuchi.engine.decision import Given
from tieuchi.engine.graph import Fact, Graph, Node, Part, Provision
from tieuchi.engine.kernel import Members
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

DAY = 738_000
NAME = Words("tên", "name")
LABELS = tuple((label, NAME) for label in ("a", "b", "c"))
NODE_KINDS = {"yes_no": "truth", "text": "text"}


def fact(kind: str, i: int, **more: Any) -> Fact:
    """A fact called f and its number."""
    labels = LABELS if kind == "class" else ()
    return Fact(f"f{i}", kind, NAME, "head", labels=labels, **more)


def graph(
    facts: Sequence[Fact | tuple[str, int]],
    nodes: Sequence[Node],
    *,
    activities: Sequence[str] = (),
    verdict: int = -1,
    provisions: Sequence[Provision] = (),
) -> Graph:
    """A graph of these facts and of nodes that read them and each other."""
    all_facts = [f if isinstance(f, Fact) else fact(*f) for f in facts]
    given = [Node("fact", (i,), NODE_KINDS.get(f.kind, f.kind)) for i, f in enumerate(all_facts)]
    given.append(Node("fact", (len(given),), "date"))
    given += [Node("fact", (len(given) + i,), "truth") for i in range(len(activities))]
    part = Part(
        pack="test",
        digest="",
        kind="subsidy",
        cite=NAME,
        title=NAME,
        place="",
        since=0,
        until=0,
        period_from=0,
        period_until=0,
        in_force=True,
        successor=None,
        verdict=verdict,
        verdict_provisions=(),
        about=None,
        limits=(),
        notes=(),
        sources=(),
        activities=(),
        progress_labels=(),
        provisions=tuple(provisions),
        definitions=(),
        amounts=(),
        checks=(),
    )
    return Graph(DAY, tuple(all_facts), tuple(activities), (*given, *nodes), (part,))


def wide(conditions: int, width: int = 20) -> Graph:
    """So many comparisons, each of a fact of its own, joined and gated in levels of `width`."""
    given = conditions + 2
    nodes = [Node("ge", (i, 50), "truth") for i in range(conditions)]
    level, op = list(range(given, given + conditions)), "any"
    while len(level) > 1:
        above = []
        for i in range(0, len(level), width):
            nodes.append(Node(op, tuple(level[i : i + width]), "truth"))
            nodes.append(Node("applies_when", (conditions + 1, given + len(nodes) - 1), "truth"))
            above.append(given + len(nodes) - 1)
        level, op = above, "all" if op == "any" else "any"
    facts = [("quantity", i) for i in range(conditions)]
    return graph(facts, nodes, activities=["farming"], verdict=level[0])


class Made:
    """A graph being made at random: the nodes of each kind so far, and how to add each op."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.quantities, self.truths, self.classes = [0, 1, 2], [3, 4, 5, 12], [6, 7]
        self.dates = [8, 9, 11]  # 11 is the day, 12 the activity
        self.nodes: list[Node] = []
        self.stood_in_for: set[int] = set()

    def add(self, op: str, *args: Any, kind: str = "quantity") -> int:
        """A node; where it stands."""
        self.nodes.append(Node(op, args, kind))
        return 12 + len(self.nodes)

    def one(self, of: list[int]) -> int:
        """One of the nodes of a kind."""
        return self.draw(st.sampled_from(of))

    def some(self, of: list[int]) -> list[int]:
        """A few of them, perhaps one of them twice."""
        return self.draw(st.lists(st.sampled_from(of), min_size=1, max_size=4))

    def number(self, least: int, most: int) -> int:
        """A small number."""
        return self.draw(st.integers(least, most))

    def threshold(self, op: str) -> None:
        """ge le"""
        args = (self.one(self.quantities), self.number(0, 12))
        self.truths.append(self.add(op, *args, kind="truth"))

    def two(self, op: str) -> None:
        """ge2 gt2"""
        args = (self.one(self.quantities), self.one(self.quantities))
        self.truths.append(self.add(op, *args, kind="truth"))

    def share(self, op: str) -> None:
        """A ratio's comparison."""
        comparison = self.draw(st.sampled_from(["ge", "gt", "le", "lt"]))
        n, d = self.one(self.quantities), self.one(self.quantities)
        goal = self.add("const", self.number(1, 3))
        args = (comparison, n, d, goal, self.number(1, 3))
        self.truths.append(self.add(op, *args, kind="truth"))

    def tighter(self, op: str) -> None:
        """As `compile` makes it: a share of a list's members, and the same member by member."""
        where = (Node("fact", (0,), "quantity"), Node("fact", (1,), "truth"))
        least, q = self.number(1, 3), self.number(1, 3)
        whole = self.add("count", LIST, (), 1)
        part = self.add("count", LIST, where, 1)
        if self.draw(st.booleans()):
            part = self.add("else", 0, part)
            self.stood_in_for.add(0)
        goal = self.add("const", least)
        share = self.add("share", "ge", part, whole, goal, q, kind="truth")
        margin = self.add("count", LIST, where, q, (), -least)
        one_by_one = self.add("ge", margin, 0, kind="truth")
        self.truths.append(self.add(op, share, one_by_one, kind="truth"))

    def among(self, op: str) -> None:
        """A class is among some labels, not all."""
        args = (self.one(self.classes), self.number(1, 6), 3)
        self.truths.append(self.add(op, *args, kind="truth"))

    def several(self, op: str) -> None:
        """all any"""
        self.truths.append(self.add(op, *self.some(self.truths), kind="truth"))

    def at_least(self, op: str) -> None:
        """Up to three of a few."""
        args = (self.number(1, 3), *self.some(self.truths))
        self.truths.append(self.add(op, *args, kind="truth"))

    def negated(self, op: str) -> None:
        """Not one."""
        self.truths.append(self.add(op, self.one(self.truths), kind="truth"))

    def gate(self, op: str) -> None:
        """applies_when unless review"""
        args = (self.one(self.truths), self.one(self.truths))
        self.truths.append(self.add(op, *args, kind="truth"))

    def truth(self, op: str) -> None:
        """A constant set."""
        self.truths.append(self.add(op, self.number(1, 7), kind="truth"))

    def const(self, op: str) -> None:
        """A constant."""
        self.quantities.append(self.add(op, self.number(0, 12)))

    def unknown(self, op: str) -> None:
        """Anything from 0 up."""
        self.quantities.append(self.add(op))

    def linear(self, op: str) -> None:
        """linear sum"""
        terms = [x for a in self.some(self.quantities) for x in (self.number(-3, 3), a)]
        c = self.number(-3, 3) if op == "linear" else 0
        self.quantities.append(self.add(op, c, *terms))

    def product(self, op: str) -> None:
        """Of which one factor is settled."""
        factor = self.add("const", self.number(-3, 3))
        self.quantities.append(self.add(op, self.one(self.quantities), factor))

    def best(self, op: str) -> None:
        """highest lowest"""
        self.quantities.append(self.add(op, *self.some(self.quantities)))

    def bounded(self, op: str) -> None:
        """floor cap"""
        self.quantities.append(self.add(op, self.one(self.quantities), self.one(self.quantities)))

    def rounded(self, op: str) -> None:
        """Two thirds, each way."""
        way = self.draw(st.sampled_from(["down", "up", "half_up"]))
        self.quantities.append(self.add(op, self.one(self.quantities), 2, 3, way))

    def vague(self, op: str) -> None:
        """An unknown coefficient, of what cannot be negative."""
        self.quantities.append(self.add(op, self.number(0, 2)))

    def elapsed(self, op: str) -> None:
        """Between two days."""
        unit = self.draw(st.sampled_from(["years", "months", "days"]))
        self.quantities.append(self.add(op, unit, self.one(self.dates), self.one(self.dates)))

    def count(self, op: str) -> None:
        """Members by their fields and by a truth that is the same for all."""
        where = (
            Node("fact", (0,), "quantity"),
            Node("fact", (1,), "truth"),
            Node("outer", (self.one(self.truths),), "truth"),
            Node("ge", (0, self.number(0, 12)), "truth"),
            Node(self.draw(st.sampled_from(["all", "any"])), (1, 2, 3), "truth"),
        )
        weights = self.number(-3, 3), self.number(-3, 3)
        self.quantities.append(self.add(op, LIST, where, weights[0], (), weights[1]))

    def total(self, op: str) -> None:
        """Of each member its number where two truths hold, or another, less or times something."""
        each = (
            Node("fact", (0,), "quantity"),
            Node("fact", (1,), "truth"),
            Node("outer", (self.one(self.truths),), "truth"),
            Node("all", (1, 2), "truth"),
            Node("const", (self.number(0, 3),), "quantity"),
            Node("pick", (3, 0, 4), "quantity"),
            Node("linear", (self.number(-3, 3), self.number(-2, 2), 5), "quantity"),
        )
        self.quantities.append(self.add(op, LIST, each))

    def pick(self, op: str) -> None:
        """The first of two that holds, or a third."""
        known = self.classes if op == "pick class" else self.quantities
        args = [x for _ in range(2) for x in (self.one(self.truths), self.one(known))]
        kind = "class" if op == "pick class" else "quantity"
        known.append(self.add(op, *args, self.one(known), kind=kind))

    def table(self, op: str) -> None:
        """By one class."""
        cells = tuple(self.one(self.quantities) for _ in range(3))
        self.quantities.append(self.add(op, (self.one(self.classes),), (3,), cells))

    def label(self, op: str) -> None:
        """One label."""
        self.classes.append(self.add(op, 1 << self.number(0, 2), kind="class"))

    def amount(self, op: str) -> None:
        """With a condition or none."""
        args = (self.one([-1, *self.truths]), self.one(self.quantities))
        self.quantities.append(self.add(op, *args))

    def otherwise(self, op: str) -> None:
        """The first fact of a kind, or its definition."""
        slot, known, kind = {
            "else": (0, self.quantities, "quantity"),
            "else truth": (3, self.truths, "truth"),
            "else class": (6, self.classes, "class"),
            "else date": (8, self.dates, "date"),
        }[op]
        known.append(self.add(op, slot, self.one(known), kind=kind))
        self.stood_in_for.add(slot)


LIST = 10
OPS: dict[str, Callable[[Made, str], None]] = {
    **dict.fromkeys(("ge", "le"), Made.threshold),
    **dict.fromkeys(("ge2", "gt2"), Made.two),
    **dict.fromkeys(("all", "any"), Made.several),
    **dict.fromkeys(("applies_when", "unless", "review"), Made.gate),
    **dict.fromkeys(("linear", "sum"), Made.linear),
    **dict.fromkeys(("highest", "lowest"), Made.best),
    **dict.fromkeys(("floor", "cap"), Made.bounded),
    **dict.fromkeys(("pick", "pick class"), Made.pick),
    **dict.fromkeys(("else", "else truth", "else class", "else date"), Made.otherwise),
    "share": Made.share,
    "tighter": Made.tighter,
    "in": Made.among,
    "at_least": Made.at_least,
    "not": Made.negated,
    "truth": Made.truth,
    "const": Made.const,
    "unknown": Made.unknown,
    "product": Made.product,
    "round": Made.rounded,
    "vague": Made.vague,
    "elapsed": Made.elapsed,
    "count": Made.count,
    "total": Made.total,
    "table": Made.table,
    "label": Made.label,
    "amount": Made.amount,
}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph of most ops, over facts of every kind: f0 to f10."""
    kinds = ["quantity"] * 3 + ["yes_no"] * 3 + ["class"] * 2 + ["date"] * 2
    facts = [fact(kind, i) for i, kind in enumerate(kinds)]
    facts.append(fact("list", LIST, fields=(fact("quantity", 0), fact("yes_no", 1))))
    made = Made(draw)
    for op in draw(st.lists(st.sampled_from(sorted(OPS)), min_size=1, max_size=25)):
        OPS[op](made, op)
    defined = len(facts)  # of which only that there is a definition counts here
    facts = [
        f._replace(otherwise=defined) if i in made.stood_in_for else f for i, f in enumerate(facts)
    ]
    verdict = draw(st.sampled_from(made.truths))
    return graph(facts, made.nodes, activities=["farming"], verdict=verdict)


@st.composite
def cases(draw: st.DrawFn) -> Given:
    """What a case may state of the facts of `graphs`, in any order."""
    values: dict[str, st.SearchStrategy[Any]] = {
        **{f"f{i}": st.integers(0, 12) | st.just((0, None, False)) for i in range(3)},
        **{f"f{i}": st.sampled_from([MET, NOT_MET]) for i in range(3, 6)},
        **{f"f{i}": st.integers(1, 7) for i in (6, 7)},
        **{f"f{i}": st.integers(DAY - 900, DAY) for i in (8, 9)},
        "f10": members(),
        "@as_of": st.integers(DAY - 400, DAY + 400),
        "@activity/farming": st.sampled_from([MET, NOT_MET]),
    }
    names = draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    return Given({name: draw(values[name]) for name in names})


def members() -> st.SearchStrategy[Members]:
    """Some members of the list of `graphs`."""
    row = st.tuples(st.integers(0, 12) | st.just((0, None, False)), st.integers(1, 3))
    return st.builds(Members, st.lists(row.map(list), max_size=3).map(tuple), st.booleans())
