"""What is left of a document whose shape is wrong in places, so that its other mistakes show too.

What a mistake touches is cut out, or mended where it is plain what was meant, and the rest is
looked at again. What went with the cut is remembered: places that now lack something (`wounds`),
and names that nobody must call unknown (`lost`). A value or condition is not cut but replaced by
`Lost`, so that what is made of it is known to be broken. It knows of pydantic and of the reader's
nodes, nothing of what a pack means.
"""

from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from tieuchi.engine.diagnostic import Diagnostic
from tieuchi.engine.shape import Finding, fields_of, findings, literals
from tieuchi.engine.source import Lost, Map, Node, Seq, Text, keys_under

Wound = tuple[int, int, bool]
"""The line and column of a map that lacks something, or (true) of the key that names the map."""
Steps = list[tuple[Any, Any]]
M = TypeVar("M", bound=BaseModel)
ROUNDS: Final = 32
"""A document that is still of no shape after so many cuts is given up."""


class Salvaged(NamedTuple, Generic[M]):
    """What is left (None where nothing is), what is wrong, and what went with it."""

    model: M | None
    faults: list[Diagnostic]
    wounds: frozenset[Wound] = frozenset()
    lost: frozenset[str] = frozenset()


def salvage(model: type[M], document: Map, file: str) -> Salvaged[M]:
    """The model of a document, or of what is left of it; the document is changed on the way."""
    faults: list[Diagnostic] = []
    surgeon = _Surgeon()
    for _ in range(ROUNDS):
        try:
            made = model.model_validate(document)
        except ValidationError as error:
            found = findings(error, document, file, model)
            faults += [each.what for each in found if not surgeon.knows(each)]
            done = [surgeon.cut(each) for each in found]
            if not all(done):
                break
        else:
            return Salvaged(made, faults, frozenset(surgeon.wounds), frozenset(surgeon.lost))
    return Salvaged(None, faults)


class _Surgeon:
    def __init__(self) -> None:
        self.wounds: set[Wound] = set()
        self.guessed: set[Wound] = set()  # maps with a key taken for another, and what it holds
        self.lost: set[str] = set()
        self.added: set[tuple[int, str]] = set()  # maps by their id, each with a key put into it

    def knows(self, found: Finding) -> bool:
        """Whether a fault only follows from a cut."""
        node = found.place.node
        place = (node.line, node.column, False)
        return isinstance(node, Lost) or place in self.wounds or place in self.guessed

    def cut(self, found: Finding) -> bool:
        """Take a mistake out; False where nothing would be left."""
        place, near = found.place, found.what.facts.get("near")
        node, steps = place.node, place.steps
        if found.kind == "missing":
            return self._fill(found)
        if found.what.code == "key-unknown":
            if found.kind != "extra_forbidden":  # the map is of no form, for its first key
                held = cast(Map, node)
                first, node = next(iter(held.items()))
                steps = [*steps, (held, first)]
            if near is None or near in steps[-1][0]:
                return self._put(steps, node, None)
            return self._rename(steps, node, near)
        if near is not None:
            return self._put(steps, node, Text(near, node.line, node.column))
        if not isinstance(node, Lost):
            return self._put(steps, node, Lost("", node.line, node.column))
        if steps and (id(steps[-1][0]), str(steps[-1][1])) in self.added:
            holder = steps[-1][0]
            return self._put(steps[:-1], holder, Lost("", holder.line, holder.column))
        return self._put(steps, node, None)

    def _fill(self, found: Finding) -> bool:
        """Put something under a key that is missing; where that was tried, lose the whole map."""
        node, steps, key = found.place.node, found.place.steps, found.last
        if not isinstance(node, Map) or (id(node), key) in self.added:
            return self._put(steps, node, Lost("", node.line, node.column))
        self.added.add((id(node), key))
        node[Text(key, node.line, node.column)] = _filler(found, node)
        self._wound([*steps, (node, key)])
        return True

    def _rename(self, steps: Steps, node: Node, meant: str) -> bool:
        """Take a key for the one that was probably meant; what it holds may be of another form."""
        holder, key = steps[-1]
        if holder.pop(key, None) is not None:
            holder[Text(meant, key.line, key.column)] = node
            self.guessed |= {(each.line, each.column, False) for each in (holder, node)}
        return True

    def _put(self, steps: Steps, node: Node, other: Text | None) -> bool:
        """Put something else in the place of a node, or nothing."""
        if not steps:
            return False
        holder, key = steps[-1]
        keys = holder if isinstance(holder, Map) else range(len(holder))
        at = next((key for key in keys if holder[key] is node), None)
        if at is None:  # it went with another cut
            return True
        self._wound(steps)
        if not isinstance(other, Text) or isinstance(other, Lost):
            words = node if isinstance(node, Seq) else ()
            self.lost |= {str(each) for each in (key, *words) if isinstance(each, Text)}
            self.lost |= set(keys_under(node))
        if other is None:
            del holder[at]
        else:
            holder[at] = other
        return True

    def _wound(self, steps: Steps) -> None:
        """What held it lacks something now, and so does what held that."""
        for at in (-1, -2):
            if len(steps) >= -at:
                holder = steps[at][0]
                self.wounds.add((holder.line, holder.column, False))
            if len(steps) > -at and isinstance(steps[at - 1][1], Text):
                name = steps[at - 1][1]
                self.wounds.add((name.line, name.column, True))


def _filler(found: Finding, at: Map) -> Node:
    """Something that may stand under a missing key, as far as that is known."""
    wanted = found.place.type
    lost = Lost("", at.line, at.column)
    choices = literals(wanted)
    if choices:
        return Text(choices[0], at.line, at.column)
    if {*fields_of(wanted)} != {"vi", "en"}:
        return lost
    words = Map(vi=lost, en=lost)
    words.line, words.column = at.line, at.column
    return words
