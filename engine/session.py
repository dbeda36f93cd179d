"""One case by forward chaining: facts come in one at a time; what they rule out follows at once.

A `Session` is a working memory on durable-rules. Asserted from outside are the bounds of what a
comparison measures, the yes/no facts, and the labels that a class cannot have. The rules of
`elimination` derive the rest, through every operator and gate up to the verdict. Arithmetic is the
kernel's, as in `decide`, on the truths derived so far. What has been ruled out only grows, so the
order of the facts never matters. It knows the graph, its rules and the kernel.

The C module of durable-rules is driven directly; nothing here works without it (`available` tells).
It fails quietly, or crashes, in ways that were measured; this is how they are kept out:

- A rule may match 16 facts, a fact 64 patterns; a ruleset holds 4,096 rules, a level of the network
  511 patterns, and every firing looks through all rules of the ruleset. So rules are small, an atom
  with many readers has several numbers, a number is given in two digits (``h``, ``l``), and a large
  graph has several rulesets.
- Only integers within 64 bits cross.
- A fact is told apart by a 32-bit hash of its id, and is lost where two are alike: ids are counted.
- A state in which nothing ever fired crashes when it is deleted: each begins with a greeting.
- To retract a fact that a conjunction has used reads past the end of a frame. What must be taken
  back is taken back by deleting the state and asserting the rest again.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from importlib import import_module
from json import dumps
from types import TracebackType
from typing import Any, NamedTuple, Self
from weakref import finalize

from tieuchi.engine.decision import (
    YES_NO,
    CaseError,
    Decision,
    Given,
    fact_below,
    program,
    unstated,
)
from tieuchi.engine.elimination import (
    BOUNDS,
    COMPARISONS,
    FARTHEST,
    Atom,
    Rule,
    letters,
    measure_of,
    rules_of,
    widest_of,
)
from tieuchi.engine.graph import Graph, Provision, reads
from tieuchi.engine.interval import ABSENT, Span, span
from tieuchi.engine.kernel import Contradiction, Members, Step, Value, step
from tieuchi.engine.truth import MET, NOT_MET

RULES = 96  # of one ruleset
READERS = 24  # of an atom under one number
DIGIT = 16
STATES = 1000  # sessions open at once on one graph; the module takes 1,024
FIRST_ID = 10_000  # of bounds; the ids below are the numbers of atoms
LAST_ID = 790_000  # the hashes of all decimal numbers up to here differ

OK, UNHANDLED = 0, 1  # codes of the module: some rule matched a fact, or none did


class Firing(NamedTuple):
    """A rule fired: the node, the outcome that it rules out, and the rule's name."""

    node: int
    outcome: int
    rule: str


class SessionError(RuntimeError):
    """The working memory failed, or was used wrongly; it says on which fact."""


def available() -> bool:
    """Whether durable-rules can be had here."""
    try:
        _durable()
    except ImportError:
        return False
    return True


def _durable() -> Any:
    return import_module("durable_rules_engine")


class Session:
    """What follows of a graph from the facts of one case so far. Close it, or use it in a `with`.

    `without` takes the rules of one provision away, as if nobody had written them.
    """

    def __init__(self, graph: Graph, *, without: str = "") -> None:
        self._closed = True  # until there is something to close
        self._book = _rulebook(graph, without)
        self._given: dict[str, Value] = {}
        self._memory: _Memory | None = None  # None: to be made from what is given
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

    def _remember(self) -> _Memory:
        """The memory of what is given, which may have to be made first."""
        if self._memory is None:
            self._check_open()
            self._memory = _Memory(self._book, self._given)
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
        early = _rulebook(graph, without).early
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


# --- one case's memory ---------------------------------------------------------------------------


class _Memory:
    """A state in the C module, begun with what is given, and the values of all nodes.

    After an error it is left, and good for nothing.
    """

    def __init__(self, book: _Rulebook, given: dict[str, Value]) -> None:
        self.values = book.start.copy()
        self.fired: list[str] = []
        self._book = book
        self._sid = book.enter()
        self._texts = book.texts(self._sid)
        self._ids: dict[int, int] = {}  # of the rulesets that have a state: the last id of bounds
        self._done: set[Atom] = set()
        self._queue: list[tuple[int, str]] = []
        self._changed = book.compared_at_start.copy()  # a heap of nodes to look at again
        self._measured: dict[int, Span] = {}
        for name, slot in book.slots.items():
            if name in given:
                self._set(slot, given[name])
            elif slot > len(book.graph.facts):
                self._set(slot, unstated(book.graph, slot))
        for slot in book.defined:
            if self.values[slot] == YES_NO:
                self._say((slot, 0))
        for node in book.labels:
            self._say_labels(node)
        self._settle()

    def take(self, slot: int, value: Value) -> None:
        """Narrow what a given node can be, and all that follows."""
        self._set(slot, value)
        self._settle()

    def leave(self) -> None:
        """Delete the state; the values stay."""
        rulesets, self._ids = self._ids, {}
        sid, self._sid = self._sid, ""
        if not sid:
            return
        for ruleset in rulesets:
            self._book.durable.delete_state(self._book.handles[ruleset], sid)
        self._book.leave(sid)

    def _set(self, slot: int, value: Value) -> None:
        if self.values[slot] != value:
            self.values[slot] = value
            for reader in self._book.readers[slot]:
                heappush(self._changed, reader)
        if self._book.graph.nodes[slot].kind == "truth":
            for out in (MET, NOT_MET):
                if not value & out:
                    self._say((slot, out))
        elif slot in self._book.labels:
            self._say_labels(slot)

    def _say(self, atom: Atom) -> None:
        """Have the facts asserted, once, that say what something cannot be."""
        if atom not in self._done:
            self._done.add(atom)
            self._queue += self._texts.get(atom, ())

    def _say_labels(self, node: int) -> None:
        for bit in self._book.labels[node]:
            if not self.values[node] & bit:
                self._say((node, bit))

    def _settle(self) -> None:
        try:
            self._work()
        except Contradiction as contradiction:
            self.leave()
            subject = fact_below(self._book.graph, contradiction.node)
            raise CaseError("both-stated", subject) from None
        except BaseException:
            self.leave()
            raise

    def _work(self) -> None:
        """Let rules fire and redo the arithmetic until nothing changes."""
        book, values, changed = self._book, self.values, self._changed
        while True:
            for ruleset, text in self._queue:  # grows meanwhile
                self._tell(ruleset, text)
            self._queue.clear()
            if not changed:
                return
            node = heappop(changed)
            while changed and changed[0] == node:
                heappop(changed)
            calculate = book.steps.get(node)
            if calculate is None:
                self._compare(node)
                continue
            value = calculate(values)
            if value != values[node]:
                values[node] = value
                for reader in book.readers[node]:
                    heappush(changed, reader)
                if node in book.labels:
                    self._say_labels(node)

    def _compare(self, node: int) -> None:
        """Assert the bounds of what a comparison measures, where it is open and they are new."""
        measured = self._book.measures[node](self.values)
        possible = self.values[node]
        if possible & (possible - 1) == 0 or measured == self._measured.get(node):
            return
        self._measured[node] = measured
        lo, hi, absent = measured
        if measured is ABSENT:
            lo, hi = FARTHEST, -FARTHEST  # past every threshold, from both sides
        said = "" if lo is None else f',"lo":{max(-FARTHEST, min(lo, FARTHEST))}'
        if hi is not None:
            said += f',"hi":{max(-FARTHEST, min(hi, FARTHEST))}'
        if not absent:
            said += ',"na":0'
        for ruleset, text in self._texts.get((node, BOUNDS), ()):
            number = self._ids.get(ruleset, FIRST_ID) + 1
            if number > LAST_ID:
                raise SessionError(f"no id is left for {text}{said}")
            self._tell(ruleset, f"{text}{number}{said}}}", unhandled=True)
            self._ids[ruleset] = number

    def _tell(self, ruleset: int, text: str, *, unhandled: bool = False) -> None:
        """Assert one fact and take down what fires. Bounds need not reach any threshold."""
        if ruleset not in self._ids:
            self._assert(ruleset, f'{{"sid":"{self._sid}","id":"hello","h":-1}}')
            self._ids[ruleset] = FIRST_ID
        self._assert(ruleset, text, unhandled=unhandled)

    def _assert(self, ruleset: int, text: str, *, unhandled: bool = False) -> None:
        durable, handle = self._book.durable, self._book.handles[ruleset]
        try:
            code, state = durable.assert_fact(handle, text)
            if code != OK and not (unhandled and code == UNHANDLED):
                raise SessionError(f"code {code} for {text}")
            started = durable.start_action_for_state(handle, state) if code == OK else None
            message = started[1] if started else None
            while message:
                self._fire(message[2 : message.index('"', 2)])
                message = durable.complete_and_start_action(handle, state)
        except (durable.error, MemoryError) as error:
            raise SessionError(f"{error} for {text}") from error

    def _fire(self, rule: str) -> None:
        atom = self._book.concludes.get(rule)  # None: the greeting
        if atom is None or atom in self._done:
            return
        self._say(atom)
        node, out = atom
        if node < 0:
            return
        self.values[node] &= ~out
        self.fired.append(rule)
        for reader in self._book.readers[node]:
            heappush(self._changed, reader)
        if not self.values[node]:
            of = self._book.graph.nodes[node]
            raise Contradiction(of.args[0] if of.op == "tighter" else node)


# --- what is made once of a graph ----------------------------------------------------------------


class _Rulebook:
    """A graph's rules in the C module, and who reads what."""

    def __init__(self, graph: Graph, without: str) -> None:
        nodes, facts = graph.nodes, graph.facts
        free = frozenset(_nodes_of(graph, without)) if without else frozenset()
        self.graph = graph
        self.durable = _durable()
        self.slots = program(graph).slots
        self.anything = widest_of(graph, free)
        try:
            rules = [rule for rule in rules_of(graph, self.anything) if rule.node not in free]
        except OverflowError as error:
            raise SessionError(str(error)) from None
        self.concludes = {rule.name: rule.concludes for rule in rules}
        _keep_freed_memory()
        self._rulesets = [_Ruleset(part) for part in _parts(rules)]
        self.handles: list[int] = []
        finalize(self, _delete, self.durable, self.handles).atexit = False
        for ruleset in self._rulesets:
            self.handles.append(ruleset.create(self.durable))
        self.measures = {
            i: measure_of(of)
            for i, of in enumerate(nodes)
            if of.kind == "truth" and of.op in COMPARISONS and i not in free
        }
        self.steps: dict[int, Step] = {
            i: step(of) for i, of in enumerate(nodes) if i >= graph.given and of.kind != "truth"
        }
        self.readers: list[list[int]] = [[] for _ in nodes]  # that are computed, not derived
        for i in sorted({*self.steps, *self.measures}):
            for below in dict.fromkeys(reads(nodes[i])):
                self.readers[below].append(i)
        # the classes that conditions read, with every label that they can have
        self.labels = {
            of.args[0]: tuple([1 << i for i in range(of.args[2] + 1)])
            for of in nodes
            if of.op == "in"
        }
        # the yes/no facts that a definition stands in for
        self.defined = [of.args[0] for of in nodes if of.op == "else truth"]
        # what may say other than was assumed without it, so all that follows begins anew
        self.early = frozenset(
            name
            for name, slot in self.slots.items()
            if slot >= len(facts) or (facts[slot].otherwise >= 0 and facts[slot].kind != "quantity")
        )
        self.start = self._start()
        self.compared_at_start = [
            i for i in self.measures if step(nodes[i])(self.start) != self.start[i]
        ]
        heapify(self.compared_at_start)
        self._texts: dict[str, dict[Atom, tuple[tuple[int, str], ...]]] = {}
        self._free = [str(i) for i in range(STATES - 1, -1, -1)]

    def _start(self) -> list[Value]:
        """The values where nothing is stated and no rule has fired."""
        values = self.anything.copy()
        for slot in range(len(self.graph.facts) + 1):
            values[slot] = unstated(self.graph, slot)
        for i, calculate in self.steps.items():
            values[i] = calculate(values)
        return values

    def enter(self) -> str:
        """The sid of a state that no other session has."""
        if not self._free:
            raise SessionError(f"more than {STATES} sessions of one graph are open")
        return self._free.pop()

    def leave(self, sid: str) -> None:
        """The sid may be taken again."""
        self._free.append(sid)

    def texts(self, sid: str) -> dict[Atom, tuple[tuple[int, str], ...]]:
        """The facts that say an atom, each with its ruleset; of bounds, the beginning of one."""
        held = self._texts.get(sid)
        if held is None:
            made: dict[Atom, list[tuple[int, str]]] = {}
            for i, ruleset in enumerate(self._rulesets):
                for atom, numbers in ruleset.numbers.items():
                    for n in numbers:
                        text = f'{{"sid":"{sid}","h":{n // DIGIT},"l":{n % DIGIT},"id":'
                        text += "" if atom[1] == BOUNDS else f"{n}}}"
                        made.setdefault(atom, []).append((i, text))
            held = self._texts[sid] = {atom: tuple(texts) for atom, texts in made.items()}
        return held


_RULEBOOKS: dict[tuple[int, str], _Rulebook] = {}


def _rulebook(graph: Graph, without: str) -> _Rulebook:
    """The rulebook of a graph, made once for each graph object."""
    held = _RULEBOOKS.get((id(graph), without))
    if held is None or held.graph is not graph:
        if len(_RULEBOOKS) > 64:
            _RULEBOOKS.clear()
        held = _RULEBOOKS[id(graph), without] = _Rulebook(graph, without)
    return held


def _nodes_of(graph: Graph, provision: str) -> Iterator[int]:
    """The nodes that are a provision's: its gates, its review, its own condition."""
    found: Provision = program(graph).provisions[provision][0]
    node = found.node
    while node >= graph.given:
        yield node
        if node == found.own:
            return
        node = graph.nodes[node].args[1]


def _parts(rules: list[Rule]) -> Iterator[list[Rule]]:
    """The rules by ruleset; those on the bounds of one comparison stay together."""
    part: list[Rule] = []
    for rule in rules:
        if len(part) >= RULES and (rule.bound is None or rule.node != part[-1].node):
            yield part
            part = []
        part.append(rule)
    if part:
        yield part


class _Ruleset:
    """Some of a graph's rules as the C module reads them, and the numbers of their atoms."""

    def __init__(self, rules: list[Rule]) -> None:
        self.numbers: dict[Atom, list[int]] = {}
        self._readers: list[int] = []  # by number
        self._document: dict[str, Any] = {"hello": {"all": [{"m": {"h": -1}}]}}
        for rule in rules:
            self._document[rule.name] = {"all": self._patterns(rule)}

    def create(self, durable: Any) -> int:
        """Its handle in the C module."""
        try:
            return int(durable.create_ruleset("rules", dumps(self._document)))
        except (durable.error, MemoryError) as error:
            raise SessionError(f"{error} for {len(self._document)} rules") from error

    def _patterns(self, rule: Rule) -> list[dict[str, Any]]:
        places = [self._place(atom) for atom in rule.atoms]
        if rule.bound is not None:
            field, operator, threshold = rule.bound
            places[0].append({operator: {field: threshold}})
        matches = [{"$and": place} for place in places]
        if rule.some:
            return [{"m": {"$or": matches}}]
        return [{letters(i): match} for i, match in enumerate(matches, 1)]

    def _place(self, atom: Atom) -> list[dict[str, Any]]:
        """The digits of one of the atom's numbers that may have another reader."""
        numbers = self.numbers.setdefault(atom, [])
        if not numbers or self._readers[numbers[-1]] == READERS:
            numbers.append(len(self._readers))
            self._readers.append(0)
        number = numbers[-1]
        self._readers[number] += 1
        return [{"h": number // DIGIT}, {"l": number % DIGIT}]


def _delete(durable: Any, handles: list[int]) -> None:
    for handle in handles:
        durable.delete_ruleset(handle)


def _keep_freed_memory() -> None:
    """Let the C library keep what a state frees, where it would give it back after every case.

    That would cost as much again as a case. glibc keeps up to twice the largest block it has seen
    mapped and freed; elsewhere this does nothing.
    """
    bytearray(1 << 24)
