"""What the passes build on: the packs of a program, the nodes so far, and the faults found.

A `Builder` belongs to one compilation. It interns nodes (the same step is one node), looks names
up, keeps what each name came to, and sees to it that a name which needs itself is a fault that
shows the whole ring. It knows no shape of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple, NoReturn, TypeVar

from tieuchi.engine.diagnostic import Diagnostic, Mark, near, problem
from tieuchi.engine.graph import Fact, Node, Part
from tieuchi.engine.pack import Model, Pack, ProvisionModel
from tieuchi.engine.quantity import Unit, parse_unit
from tieuchi.engine.source import Lost, Text

T = TypeVar("T")
R = TypeVar("R")


class Broken(Exception):
    """Something that cannot be compiled; the fault is with the builder already."""


FACT_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
ANSWERS = frozenset(("definition", "provision", "amount"))
TAKEN = frozenset(("status", "verdict"))
"""What no answer may be called: so tables and test cases call the verdict."""
ABSENCES = frozenset(
    (
        "cell-missing", "children-missing", "comparison-missing", "condition-missing",
        "else-missing", "key-missing", "words-missing",
    )
)  # fmt: skip
"""Faults of what is not there: no news of a map out of which something was taken."""


class Entry(NamedTuple):
    """What a name stands for."""

    kind: str  # fact, definition, provision, amount, use, field
    pack: Pack
    name: Text
    model: Any
    path: tuple[Text, ...] = ()  # of a provision: its parents' ids


class Builder:
    """One compilation of a program (the asked pack first) as of a day."""

    def __init__(self, packs: Mapping[str, Pack], as_of: int, known: Iterable[str] = ()) -> None:
        self.packs = packs
        self.known = (*packs, *known)  # names of packs there are
        self.as_of = as_of
        self.faults: list[Diagnostic] = []
        self.nodes: list[Node] = []
        self.facts: list[Fact] = []
        self.slots: dict[str, int] = {}
        self.activities: list[str] = []
        self.labels: dict[int, tuple[str, ...]] = {}
        self.moving: set[int] = set()
        self.signed: set[int] = set()  # of what is given: what may be below 0
        self.day = 0  # node of the day
        self.parts: tuple[Part, ...] = ()
        self.places: dict[int, tuple[Text, Pack]] = {}  # the name under which a node was made
        self.members: str | None = None  # the list whose member a condition is about
        self.fields: dict[str, int] = {}
        self._index: dict[Node, int] = {}
        self._done: dict[tuple[str, str], int | None] = {}
        self._ring: list[tuple[str, Entry]] = []
        self.entries = {name: dict(self._entries(pack)) for name, pack in packs.items()}

    # ---- names

    def _entries(self, pack: Pack) -> Iterator[tuple[str, Entry]]:
        seen: dict[str, Text] = {}
        for entry in _named(pack):
            first = seen.setdefault(entry.name, entry.name)
            if first is not entry.name:
                self.fault("name-twice", entry.name, pack, name=entry.name, first=mark(first, pack))
                continue
            bad_end = entry.name.endswith((".shortfall", ".least", ".most"))
            taken = entry.kind in ANSWERS and entry.name in TAKEN
            if bad_end or taken or not entry.name or any(c in "/ \t" for c in entry.name):
                self.fault("name-malformed", entry.name, pack, name=entry.name)
            elif entry.kind == "fact":
                for name in (entry.name, *(entry.model.fields or ())):
                    if not FACT_ID.issuperset(name):
                        self.fault("name-malformed", name, pack, "fact-form", name=name)
            yield entry.name, entry

    def find(self, name: Text, pack: Pack) -> Entry:
        """What a name in a pack stands for; `use`d names and `pack/id` are followed."""
        home, _, rest = name.partition("/")
        if rest:
            if home not in self.packs:
                if home in self.known:  # it could not be read, which is told
                    raise Broken
                self.stop("pack-unknown", name, pack, name=home, near=near(home, self.known))
            entry = self.entries[home].get(rest)
            if entry is None:
                if rest in self.packs[home].lost:
                    raise Broken
                close = near(rest, self.entries[home])
                close = f"{home}/{close}" if close else None
                self.stop("name-unknown", name, pack, name=name, near=close)
            return entry
        entry = self.entries[pack.id].get(name)
        if entry is None:
            self.stop("name-unknown", name, pack, name=name, near=near(name, self.entries[pack.id]))
        if entry.kind == "use":
            return self.find(entry.model, pack)
        return entry

    def once(self, entry: Entry, make: Callable[[Entry], int]) -> int:
        """What `make` makes of an entry, made once; a ring of names is a fault."""
        key = (entry.pack.id, f"{entry.kind} {entry.name}")
        if key in self._done:
            made = self._done[key]
            if made is None:
                raise Broken
            return made
        names = [held for held, _ in self._ring]
        shown = "/".join(key)
        if shown in names:
            ring = [held for _, held in self._ring[names.index(shown) :]]
            text = " → ".join(f"`{e.name}` ({mark(e.name, e.pack)})" for e in [*ring, ring[0]])
            if len(ring) == 1:
                at = ring[0]
                self.stop("circle-of-one", at.name, at.pack, name=at.name)
            self.stop("circle", ring[0].name, ring[0].pack, ring=text)
        self._ring.append((shown, entry))
        self._done[key] = None
        try:
            del self._done[key]
            made = make(entry)
            self._done[key] = made
            return made
        except Broken:
            self._done[key] = None
            raise
        finally:
            self._ring.pop()

    # ---- faults

    def fault(
        self,
        code: str,
        at: Text | Model | Mark,
        pack: Pack,
        remedy: str | None = None,
        /,
        **facts: object,
    ) -> None:
        """Keep a fault and go on, unless it only follows from one that is told already."""
        if isinstance(at, Lost) or (not isinstance(at, Mark) and _follows(code, at, pack)):
            return
        if code == "number-malformed":
            remedy = "write-point"  # as in every pack
        found = problem(code, mark(at, pack), remedy, **facts)
        if found not in self.faults:
            self.faults.append(found)

    def stop(self, code: str, at: Text | Model | Mark, pack: Pack, /, **facts: object) -> NoReturn:
        """Keep a fault and leave off what cannot be compiled."""
        self.fault(code, at, pack, **facts)
        raise Broken

    def each(self, make: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """`make` of every item, so that every item's faults are found before it gives up."""
        made, broken = [], False
        for item in items:
            try:
                made.append(make(item))
            except Broken:
                broken = True
        if broken:
            raise Broken
        return made

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Go on after what cannot be compiled."""
        try:
            yield
        except Broken:
            return

    @contextmanager
    def under(self, key: str, model: Model, pack: Pack) -> Iterator[None]:
        """The same for what has no name of its own: its nodes are told of under its key."""
        place = model.mark(pack.file)
        name = Text(key, place.line, place.column)
        self._ring.append((key, Entry(key, pack, name, model)))
        with self.trying():
            yield
        self._ring.pop()

    # ---- nodes

    def add(
        self,
        op: str,
        *args: Any,
        kind: str = "truth",
        unit: str = "",
        scale: Fraction = Fraction(1),
    ) -> int:
        """The index of a node, new or known."""
        node = Node(op, args, kind, unit, scale.numerator, scale.denominator)
        at = self._index.get(node)
        if at is None:
            at = self._index[node] = len(self.nodes)
            self.nodes.append(node)
            if self._ring:
                self.places[at] = (self._ring[-1][1].name, self._ring[-1][1].pack)
        return at

    def given(self, kind: str, unit: str = "", scale: Fraction = Fraction(1)) -> int:
        """A node that the case gives."""
        self.nodes.append(
            Node("fact", (len(self.nodes),), kind, unit, scale.numerator, scale.denominator)
        )
        return len(self.nodes) - 1

    def scale(self, node: int) -> Fraction:
        """What one step of a quantity is worth in its unit."""
        return Fraction(self.nodes[node].num, self.nodes[node].den)

    def unit(self, node: int) -> Unit:
        """The unit of a quantity or ratio."""
        return parse_unit(self.nodes[node].unit)

    def kind(self, node: int) -> str:
        """The kind of a node."""
        return self.nodes[node].kind

    def is_constant(self, node: int) -> bool:
        """Whether a quantity is the same in every case."""
        return self.nodes[node].op == "const"


def _follows(code: str, at: Text | Model, pack: Pack) -> bool:
    """Whether a fault is of a name that is lost, or of something lacking where it stands."""
    return (isinstance(at, Text) and at in pack.lost) or (code in ABSENCES and pack.lacks(at))


def mark(at: Text | Model | Mark, pack: Pack) -> Mark:
    """Where something stands in a pack's file."""
    if isinstance(at, Mark):
        return at
    if isinstance(at, Text):
        return Mark(pack.file, at.line, at.column)
    return at.mark(pack.file)


def common_step(a: Fraction, b: Fraction) -> Fraction:
    """The largest step of which both are whole multiples."""
    return Fraction(
        gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator
    )


def over(a: Fraction, b: Fraction) -> Fraction:
    """a divided by b, exactly."""
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _named(pack: Pack) -> Iterator[Entry]:
    model = pack.model
    for name, fact in model.facts.items():
        yield Entry("fact", pack, name, fact)
    for name, definition in model.define.items():
        yield Entry("definition", pack, name, definition)
    for name, amount in model.amounts.items():
        yield Entry("amount", pack, name, amount)
    for name, target in model.use.items():
        yield Entry("use", pack, name, target)
    yield from _provisions(pack, model.provisions, ())


def _provisions(
    pack: Pack, under: Mapping[Text, ProvisionModel], path: tuple[Text, ...]
) -> Iterator[Entry]:
    for name, provision in under.items():
        yield Entry("provision", pack, name, provision, path)
        children = children_under(provision)
        if children:
            yield from _provisions(pack, children, (*path, name))


def children_under(provision: ProvisionModel) -> Mapping[Text, ProvisionModel] | None:
    """The provisions written under one."""
    for key in ("all", "any", "of"):
        children = getattr(provision.body, key, None)
        if isinstance(children, dict):
            return children
    return None
