"""What a graph counts with, from what was stated: of a case, or by a program.

`read_given` takes a case's facts as they were written, `given_from` the values that a program has;
each makes integers of the facts' steps, and notes all that is wrong in one go, each mistake at its
place. It knows a graph's facts and activities, and nothing of what follows from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tieuchi.engine.case import Case, Notice
from tieuchi.engine.case_file import key_of, read_annotation
from tieuchi.engine.decision import Given
from tieuchi.engine.diagnostic import Mark, near
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.reading import Keyed, Misstated, Reader, is_empty
from tieuchi.engine.source import Map, is_bare
from tieuchi.engine.statement import fold, is_unknown, open_value, read_value
from tieuchi.engine.truth import MET, NOT_MET


def read_given(
    graph: Graph, case: Case, others: Iterable[Graph] = ()
) -> tuple[Given, list[Notice]]:
    """What a case states, in a graph's integers, and how it was understood.

    A case may be looked at by several packs: what only `others` ask for is not this graph's.
    Raises Faults with all that is wrong.
    """
    others = tuple(others)
    reader = Reader(case.file)
    stater = _Stater(reader, graph, case.decimal, case.complete)
    stater.take(case.facts, {fact.id for other in others for fact in other.facts})
    stater.activities(case.activities, others)
    _check_provisions(reader, case, (graph, *others))
    reader.end()
    return stater.given, stater.notices


def given_from(
    graph: Graph,
    facts: Mapping[str, object],
    *,
    decimal: DecimalMark | None = None,
    activities: Sequence[str] | None = None,
    complete: bool = False,
    file: str = "",
) -> Given:
    """What a program states, in a graph's integers.

    A fact is a text as people write it, an int, Decimal, Fraction, bool or date, or a list of
    dicts; None and "unknown" leave it open. A float is refused: it is hardly ever the number meant.
    Raises Faults with all that is wrong; nodes of a file keep their places there.
    """
    reader = Reader(file)
    stater = _Stater(reader, graph, decimal, complete)
    stater.take(facts)
    stater.activities(activities)
    reader.end()
    return stater.given


class _Stater:
    """Makes a `Given` from statements, fact by fact."""

    def __init__(
        self, reader: Reader, graph: Graph, decimal: DecimalMark | None, complete: bool
    ) -> None:
        self.reader = reader
        self.graph = graph
        self.decimal = decimal
        self.complete = complete
        self.facts = {fact.id: fact for fact in graph.facts}
        self.given = Given()
        self.notices: list[Notice] = []

    def take(self, facts: Keyed, elsewhere: Collection[str] = ()) -> None:
        """State all of these; `elsewhere` are the facts that others ask for."""
        for name, node in facts.items():
            fact = self.facts.get(name)
            if not self.reader.file:
                self.reader.here = Mark(name)
            if fact is not None:
                self._state(fact, node, name)
            elif name not in elsewhere:
                like = near(name, (*self.facts, *elsewhere))
                pack = self.graph.main.pack
                remedy = None if like or not is_bare(name, node) else "mend-comma"
                self.reader.fault("fact-unknown", name, remedy, pack=pack, name=name, near=like)
        if self.complete:
            for fact in self.graph.facts:
                if _is_closed(fact) and fact.id not in facts:
                    self.given[fact.id] = Members((), True) if fact.kind == "list" else 0
                    self.notices.append(Notice("declared-none", fact.id, ""))

    def _state(self, fact: Fact, node: object, key: str) -> None:
        """State one fact; one that stays open is not put down."""
        if fact.kind == "list":
            members = self._list(fact, node)
            if members is not None:
                self.given[fact.id] = members
            return
        if isinstance(node, Mapping):
            noted = len(self.reader.faults)
            if not isinstance(node, Map):  # one of a file was judged by `read_case`
                read_annotation(self.reader, node)
            for wrong in ("items", "complete"):
                if wrong in node:
                    self.reader.fault("key-unknown", key_of(node, wrong), key=wrong)
            if len(self.reader.faults) > noted or "value" not in node:
                return
            key, node = key_of(node, "value"), node["value"]
        value = self._value(fact, node, key)
        if value is not None:
            self.given[fact.id] = value

    def _value(self, fact: Fact, node: object, key: str) -> Value | None:
        """The value of one statement; None where it stays open, or is wrong, which is noted."""
        if isinstance(node, str) and is_empty(node):
            self.reader.fault("value-missing", node or key, name=fact.id)
            return None
        if is_unknown(node):
            return None
        try:
            value, note = read_value(fact, node, self.decimal)
        except Misstated as error:
            self.reader.misstated(error, node, name=fact.id)
            return None
        if note:
            self.notices.append(Notice(note, fact.id, str(node)))
        return value

    def _list(self, fact: Fact, node: object) -> Members | None:
        """The members of a list, each a row of its fields; what a member leaves out is open."""
        complete = self.complete
        if isinstance(node, Mapping):
            if not isinstance(node, Map):
                read_annotation(self.reader, node)
            if "complete" in node:
                complete = self.reader.flag(node["complete"], "complete")
            node = node.get("items", node.get("value", [] if "complete" in node else "unknown"))
        if is_unknown(node):
            return None
        rows = []
        for member in self.reader.seq(node, fact.id) or ():
            fields = self.reader.map(member, fact.id)
            if fields is not None:
                rows.append(self._row(fact, fields))
        return Members(tuple(rows), complete)

    def _row(self, fact: Fact, member: Keyed) -> list[Value]:
        self.reader.keys(member, [field.id for field in fact.fields])
        row = []
        for field in fact.fields:
            value = None
            if field.id in member:
                value = self._value(field, member[field.id], key_of(member, field.id))
            row.append(open_value(field) if value is None else value)
        return row

    def activities(self, named: Sequence[str] | None, others: Iterable[Graph] = ()) -> None:
        """State which activities the case is about; one that names none is about all."""
        if not named:
            return
        here, elsewhere = _activities(self.graph), {}
        for other in others:
            elsewhere.update(_activities(other))
        chosen = set()
        for name in named:
            if not self.reader.file:
                self.reader.here = Mark("activities")
            word = fold(name)
            if word in here:
                chosen.add(here[word])
            elif word not in elsewhere:
                known = list(dict.fromkeys((*here.values(), *elsewhere.values())))
                self.reader.fault(
                    "activity-unknown",
                    name,
                    None if known else "drop-key",
                    pack=self.graph.main.pack,
                    name=name,
                    activities=", ".join(f"`{each}`" for each in known),
                    near=near(name, known),
                )
        for activity in self.graph.activities:
            self.given[f"@activity/{activity}"] = MET if activity in chosen else NOT_MET


def _is_closed(fact: Fact) -> bool:
    """Whether there is none of a fact that a complete case does not list."""
    return fact.closes and fact.otherwise < 0 and (fact.least or 0) <= 0


def _activities(graph: Graph) -> dict[str, str]:
    """The activities of a graph by what people may call them: the id, the text in each language."""
    names = {fold(activity): activity for activity in graph.activities}
    for part in graph.parts:
        for activity, words in part.activities:
            for word in words:
                names.setdefault(fold(word), activity)
    return names


def _check_provisions(reader: Reader, case: Case, graphs: Sequence[Graph]) -> None:
    """Note what a case says of provisions that no pack has."""
    named = [
        *case.forecasts,
        *case.reported,
        *(name for rollup in case.rollups for name in rollup.of),
    ]
    if not named:
        return
    known: set[str] = set()
    for part in (part for graph in graphs for part in graph.parts):
        known.update(provision.id for provision in part.provisions)
        known.update(f"{part.pack}/{provision.id}" for provision in part.provisions)
    pack = graphs[0].main.pack
    for name in named:
        if name not in known:
            like = near(name, sorted(known)) if len(name) > 6 else None
            reader.fault("provision-unknown", name, pack=pack, name=name, near=like)
