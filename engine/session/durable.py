"""The C module of durable-rules: rules as it reads them, and what has to be kept from it.

It is driven directly, and found when it is first asked for, since it may not be there. It knows
rules as plain data, and neither graphs nor cases. The module fails quietly, or crashes, in ways
that were measured; this is how they are kept out:

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

from collections.abc import Callable, Iterator
from importlib import import_module
from json import dumps
from typing import Any
from weakref import finalize

from tieuchi.engine.session.elimination import BOUNDS, Atom
from tieuchi.engine.session.rule import Rule, letters

RULES = 96  # of one ruleset
READERS = 24  # of an atom under one number
DIGIT = 16
STATES = 1000  # open at once of one ruleset; the module takes 1,024
FIRST_ID = 10_000  # of bounds; the ids below are the numbers of atoms
LAST_ID = 790_000  # the hashes of all decimal numbers up to here differ

OK, UNHANDLED = 0, 1  # codes of the module: some rule matched a fact, or none did


class SessionError(RuntimeError):
    """The working memory failed, or was used wrongly; it says on which fact."""


def c_module() -> Any:
    """The C module. Raises ImportError where it cannot be had."""
    return import_module("durable_rules_engine")


class Ruleset:
    """Some of a graph's rules in the C module, and the numbers of their atoms."""

    def __init__(self, module: Any, rules: list[Rule]) -> None:
        self.numbers: dict[Atom, list[int]] = {}
        self._readers: list[int] = []  # by number
        document: dict[str, Any] = {"hello": {"all": [{"m": {"h": -1}}]}}
        for rule in rules:
            document[rule.name] = {"all": self._patterns(rule)}
        self._module = module
        try:
            self._handle = int(module.create_ruleset("rules", dumps(document)))
        except (module.error, MemoryError) as error:
            raise SessionError(f"{error} for {len(document)} rules") from error
        finalize(self, module.delete_ruleset, self._handle).atexit = False

    def texts(self, sid: str) -> Iterator[tuple[Atom, str]]:
        """Each atom with a fact that says it in a state; of bounds, with the beginning of one."""
        for atom, numbers in self.numbers.items():
            for n in numbers:
                text = f'{{"sid":"{sid}","h":{n // DIGIT},"l":{n % DIGIT},"id":'
                yield atom, text if atom[1] == BOUNDS else f"{text}{n}}}"

    def greet(self, sid: str, fire: Callable[[str], None]) -> None:
        """Begin a state."""
        self.assert_fact(f'{{"sid":"{sid}","id":"hello","h":-1}}', fire)

    def assert_fact(
        self, text: str, fire: Callable[[str], None], *, unhandled: bool = False
    ) -> None:
        """Assert a fact and name each rule that fires; with `unhandled` no rule need match it."""
        module, handle = self._module, self._handle
        try:
            code, state = module.assert_fact(handle, text)
            if code != OK and not (unhandled and code == UNHANDLED):
                raise SessionError(f"code {code} for {text}")
            started = module.start_action_for_state(handle, state) if code == OK else None
            message = started[1] if started else None
            while message:
                fire(message[2 : message.index('"', 2)])
                message = module.complete_and_start_action(handle, state)
        except (module.error, MemoryError) as error:
            raise SessionError(f"{error} for {text}") from error

    def forget(self, sid: str) -> None:
        """Delete a state."""
        self._module.delete_state(self._handle, sid)

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


def split(rules: list[Rule]) -> Iterator[list[Rule]]:
    """The rules by ruleset; those on the bounds of one comparison stay together."""
    part: list[Rule] = []
    for rule in rules:
        if len(part) >= RULES and (rule.bound is None or rule.node != part[-1].node):
            yield part
            part = []
        part.append(rule)
    if part:
        yield part


def keep_freed_memory() -> None:
    """Let the C library keep what a state frees, where it would give it back after every case.

    That would cost as much again as a case. glibc keeps up to twice the largest block it has seen
    mapped and freed; elsewhere this does nothing.
    """
    bytearray(1 << 24)
