"""One case by forward chaining: facts come in one at a time; what they rule out follows at once.

A `Session` is a working memory on durable-rules: its rules derive what cannot be, through every
operator and gate up to the verdict. What has been ruled out only grows, so the order of the facts
never matters. Nothing here works without durable-rules (`available` tells). It knows the graph and
what `memory` concludes by the graph's `book` of rules.
"""

from __future__ import annotations

from types import TracebackType
from typing import NamedTuple, Self

from tieuchi.engine.decision import Decision, Given, program
from tieuchi.engine.graph import Graph
from tieuchi.engine.interval import span
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.session.book import rulebook
from tieuchi.engine.session.durable import SessionError, c_module
from tieuchi.engine.session.memory import Memory


class Firing(NamedTuple):
    """A rule fired: the node, the outcome that it rules out, and the rule's name."""

    node: int
    outcome: int
    rule: str


def available() -> bool:
    """Whether durable-rules can be had here."""
    try:
        c_module()
    except ImportError:
        return False
    return True


class Session:
    """What follows of a graph from the facts of one case so far. Close it, or use it in a `with`.

    `without` takes the rules of one provision away, as if nobody had written them.
    """

    def __init__(self, graph: Graph, *, without: str = "") -> None:
        self._closed = True  # until there is something to close
        self._book = rulebook(graph, without)
        self._given: dict[str, Value] = {}
        self._memory: Memory | None = None  # None: to be made from what is given
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def assert_fact(self, name: str, value: Value) -> None:
        """State a fact, a value as in `Given`; what follows from it follows now.

        Stated anew, it replaces what was stated. Raises `CaseError` where it cannot be true beside
        the others, `SessionError` where it is unknown or the memory fails; it is not taken then.
        """
        self._check_open()
        book = self._book
        slot = book.slots.get(name)
        if slot is None:
            raise SessionError(f"unknown fact: {name}")
        kind = book.graph.nodes[slot].kind
        if not _says_no_less(kind, value, book.anything[slot]):
            raise SessionError(f"{name} cannot be {value}")
        before = self._given.copy()
        self._given[name] = value
        try:
            if self._memory is None:
                if name not in book.early:
                    self._remember()
            elif name not in book.early and _says_no_less(kind, value, self._memory.values[slot]):
                self._memory.take(slot, value)
            else:
                self._forget()
                self._remember()
        except BaseException:
            self._given = before
            self._forget()
            raise

    def retract(self, name: str) -> None:
        """Take a stated fact back, and all that followed from it."""
        self._check_open()
        if name not in self._given:
            raise SessionError(f"not stated: {name}")
        del self._given[name]
        self._forget()

    def close(self) -> None:
        """Give the working memory back; what was concluded can still be read."""
        if not self._closed:
            self._closed = True
            if self._memory is not None:
                self._memory.leave()

    @property
    def values(self) -> list[Value]:
        """What every node can be so far, by its kind as in `kernel`."""
        return self._remember().values

    def value(self, node: int) -> Value:
        """What a node can be so far."""
        return self.values[node]

    def possible(self, node: int) -> int:
        """The outcomes of a truth node that nothing has ruled out yet."""
        return int(self.values[node])

    def truth(self, provision: str) -> int | None:
        """What is possible of a provision; None where it is not encoded or not in force."""
        node = program(self._book.graph).provisions[provision][0].node
        return self.possible(node) if node >= 0 else None

    @property
    def verdict(self) -> int | None:
        """What is possible of the pack's verdict; None without one, or without law in force."""
        main = self._book.graph.main
        return self.possible(main.verdict) if main.in_force and main.verdict >= 0 else None

    @property
    def trace(self) -> list[Firing]:
        """What the rules ruled out, in the order in which they fired."""
        concludes = self._book.concludes
        return [Firing(*concludes[rule], rule) for rule in self._remember().fired]

    def _remember(self) -> Memory:
        """The memory of what is given, which may have to be made first."""
        if self._memory is None:
            self._check_open()
            self._memory = Memory(self._book, self._given)
        return self._memory

    def _forget(self) -> None:
        memory, self._memory = self._memory, None
        if memory is not None:
            memory.leave()

    def _check_open(self) -> None:
        if self._closed:
            raise SessionError("the session is closed")


def run(graph: Graph, given: Given, *, without: str = "") -> Session:
    """A session that was told all of a case, one fact after another, and is closed."""
    with Session(graph, without=without) as session:
        early = rulebook(graph, without).early
        for name in sorted(given, key=lambda name: name not in early):
            session.assert_fact(name, given[name])
        _ = session.values  # also of a case that states nothing
    return session


def disagreements(decision: Decision, session: Session) -> list[int]:
    """The nodes, of every kind, of which a decision and a session do not say the same."""
    pairs = zip(decision.values, session.values, strict=True)
    return [i for i, (decided, concluded) in enumerate(pairs) if decided != concluded]


def _says_no_less(kind: str, value: Value, than: Value) -> bool:
    """Whether all that a value leaves possible is possible by another."""
    if kind in ("truth", "class"):
        return bool(0 < value == value & than)
    if kind == "list":
        return bool(than == Members((), False))
    lo, hi, absent = span(value)
    least, most, perhaps_absent = span(than)
    return (
        (least is None or (lo is not None and lo >= least))
        and (most is None or (hi is not None and hi <= most))
        and (perhaps_absent or not absent)
    )
