"""One case's working memory: what every node can be so far, by what was asserted and what fired.

Asserted from outside are the bounds of what a comparison measures, the yes/no facts, and the labels
that a class cannot have; the rules conclude the truths, and the arithmetic above them is redone.
What has been ruled out only grows. It knows the rulebook of a graph and the values given to it.
"""

from __future__ import annotations

from heapq import heappop, heappush

from tieuchi.engine.decision import YES_NO, CaseError, fact_below, unstated
from tieuchi.engine.interval import ABSENT, Span
from tieuchi.engine.kernel import Contradiction, Value
from tieuchi.engine.session.book import Rulebook
from tieuchi.engine.session.durable import FIRST_ID, LAST_ID, SessionError
from tieuchi.engine.session.elimination import BOUNDS, FARTHEST, Atom
from tieuchi.engine.truth import MET, NOT_MET


class Memory:
    """A state in the C module, begun with what is given, and the values of all nodes.

    After an error it is left, and good for nothing.
    """

    def __init__(self, book: Rulebook, given: dict[str, Value]) -> None:
        self.values = book.start.copy()
        self.fired: list[str] = []
        self._book = book
        self._sid = book.enter()
        self._texts = book.texts(self._sid)
        self._ids: dict[int, int] = {}  # of the rulesets that have a state: the last id of bounds
        self._done: set[Atom] = set()
        self._queue: list[tuple[int, str]] = []
        self._changed = book.begun.copy()  # a heap of nodes to look at again
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
            if node not in book.steps:  # these are said once they are worked out
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
            self._book.rulesets[ruleset].forget(sid)
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
        rules = self._book.rulesets[ruleset]
        if ruleset not in self._ids:
            rules.greet(self._sid, self._fire)
            self._ids[ruleset] = FIRST_ID
        rules.assert_fact(text, self._fire, unhandled=unhandled)

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
