"""A case: what is stated of one applicant or commune, and what was said of it.

`load_cases` reads files, folders and standard input; `read_case` judges all of a document that
needs no law; `read_given` makes of its facts what a graph counts with, and `given_from` does so for
facts that a program has. All mistakes are found in one go, each at its place in the file. It is on
the way of every start, so there are no models here and nothing heavy is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast

from tieuchi.engine.decision import Given
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, near, problem
from tieuchi.engine.figure import Claim, read_claims
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.reading import Keyed, Misstated, Reader, is_empty
from tieuchi.engine.source import LIMIT, MOST_FAULTS, Map, Text, read, read_file
from tieuchi.engine.statement import fold, is_unknown, open_value, read_value
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

KEYS = (
    "subject",
    "pack",
    "packs",
    "as_of",
    "decimal",
    "activities",
    "complete",
    "place",
    "note",
    "facts",
    "forecasts",
    "reported",
    "rollups",
    "claims",
)
STATED = ("value", "items", "complete")
ANNOTATIONS = ("evidence", "proof", "where", "forecast", "note")
PROOFS = ("documented", "declared", "inspected", "estimated")


class Annotation(NamedTuple):
    """What is said of a stated fact: on what it rests, where it stands, when it is expected."""

    evidence: str = ""
    proof: str = ""
    where: str = ""
    forecast: int | None = None  # day ordinal
    note: Words | None = None


class Reported(NamedTuple):
    """The label that a report gave a provision."""

    label: Text
    where: str
    mark: Mark


class Rollup(NamedTuple):
    """The label that a report gave several provisions together."""

    of: tuple[Text, ...]
    label: Text
    where: str
    name: Words | None
    mark: Mark


class Case(NamedTuple):
    """One case, valid as far as can be told without a law."""

    subject: str
    packs: tuple[Text, ...]  # names or paths; empty: choose
    as_of: int | None  # day ordinal
    decimal: DecimalMark | None
    activities: tuple[Text, ...] | None  # None: all
    complete: bool
    places: tuple[Text, ...]  # unit codes: the case's own first, then those it lies in
    note: Words | None
    facts: Map  # as written
    annotations: dict[str, Annotation]  # of facts that have one
    forecasts: dict[str, int]  # provision id -> day ordinal
    reported: dict[str, Reported]
    rollups: tuple[Rollup, ...]
    claims: tuple[Claim, ...]
    mark: Mark

    @property
    def place(self) -> str:
        """The unit code of where it is, "" where it does not say."""
        return self.places[0] if self.places else ""

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.mark.file


class Notice(NamedTuple):
    """How a fact was understood, where that is worth saying.

    `kind` is "converted" (it was written in another unit), "per-omitted" ("46 t" for t/batch) or
    "declared-none" (not listed in a case that is complete); `written` is the case's own text.
    """

    kind: str
    fact: str
    written: str


# ---- loading


def load_cases(paths: Sequence[str], *, stdin: IO[bytes] | None = None) -> list[Case]:
    """The cases of files and folders, "-" for standard input. Raises Faults with all mistakes.

    A folder stands for its ``*.yaml``, in the order of their names.
    """
    cases: list[Case] = []
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            files = _files(path)
        except Faults as found:
            faults += found.diagnostics
            continue
        for file in files:
            try:
                documents = _standard_input(stdin) if file == "-" else read_file(file)
            except Faults as found:
                faults += found.diagnostics
            else:
                cases += _cases(documents, file, faults)
    if faults:
        raise Faults(faults)
    return cases


def _cases(documents: list[Map], file: str, faults: list[Diagnostic]) -> list[Case]:
    """The cases of one file; what is wrong with them is noted, up to a limit."""
    cases: list[Case] = []
    before = len(faults)
    for document in documents:
        try:
            cases.append(read_case(document, file))
        except Faults as found:
            faults += found.diagnostics
        if len(faults) - before > MOST_FAULTS:
            if faults[-1].code != "too-many":
                place = Mark(file, document.line, document.column)
                faults.append(problem("too-many", place, limit=MOST_FAULTS))
            break
    return cases


def _standard_input(stdin: IO[bytes] | None) -> list[Map]:
    try:
        return read((stdin or sys.stdin.buffer).read(LIMIT + 1), "-")
    except (OSError, AttributeError, ValueError) as error:  # closed, or a folder, or none at all
        reason = getattr(error, "strerror", None) or "stdin"
        raise Faults([problem("file-unreadable", Mark("-"), reason=reason)]) from None


def _files(path: str) -> list[str]:
    """The file itself, or the cases in a folder."""
    if not path:
        raise Faults([problem("file-missing", Mark("''"))])
    folder = Path(path)
    try:
        if path == "-" or not folder.is_dir():
            return [path]
        files = [
            str(file)
            for file in sorted(folder.iterdir())
            if file.suffix == ".yaml" and not file.name.startswith(".") and not file.is_dir()
        ]
    except PermissionError:
        raise Faults([problem("file-denied", Mark(path))]) from None
    except OSError as error:
        raise Faults([problem("file-unreadable", Mark(path), reason=error.strerror)]) from None
    if not files:
        raise Faults([problem("folder-no-cases", Mark(path))])
    return files


# ---- the document


def read_case(document: Map, file: str) -> Case:
    """The case that a document states. Raises Faults with all that is wrong with it."""
    reader = Reader(file)
    _refuse_other(reader, document)
    top: Keyed = document
    reader.keys(top, KEYS)
    if "pack" in top and "packs" in top:
        key = _key(top, "packs")
        reader.fault("comparison-twice", key, "keep-one", first="pack", second="packs")
    packs: tuple[Text, ...] = ()
    if "pack" in top:
        named = reader.text(top["pack"], "pack")
        packs = () if named is None else (named,)
    elif "packs" in top:
        packs = reader.texts(top["packs"], "packs")
    decimal = None
    if "decimal" in top:
        mark = reader.choice(top["decimal"], "decimal", ("comma", "point"))
        decimal = cast("DecimalMark | None", mark)
    activities = reader.texts(top["activities"], "activities") if top.get("activities") else None
    facts, annotations = _facts(reader, top)
    case = Case(
        subject=_optional(reader, top, "subject"),
        packs=packs,
        as_of=reader.day(top["as_of"], whole=True) if "as_of" in top else None,
        decimal=decimal,
        activities=activities,
        complete=reader.flag(top["complete"], "complete") if "complete" in top else False,
        places=_places(reader, top),
        note=reader.words(top["note"], "note") if "note" in top else None,
        facts=facts,
        annotations=annotations,
        forecasts=_forecasts(reader, top),
        reported=_reported(reader, top),
        rollups=_rollups(reader, top),
        claims=_claims(reader, top, decimal),
        mark=reader.mark(document),
    )
    reader.end()
    return case


def _refuse_other(reader: Reader, document: Map) -> None:
    """Say so at once of a document that is no case at all."""
    if "provisions" in document or ("kind" in document and "title" in document):
        reader.fault("pack-for-case", document)
        reader.stop()
    if not {"facts", "pack", "packs"} & document.keys():
        key = next((key for key in document if near(key, ("facts", "packs"))), None)
        if key is None:
            reader.fault("not-a-case", document)
        else:
            reader.fault("key-unknown", key, key=key, near=near(key, ("facts", "packs")))
        reader.stop()


def _key(node: Keyed, name: str) -> str:
    """A key as it stands in the file, with its place."""
    return next((key for key in node if key == name), name)


def _optional(reader: Reader, node: Keyed, key: str) -> Text:
    """A text that may be left out."""
    return (reader.text(node[key], key) if key in node else None) or Text()


def _places(reader: Reader, document: Keyed) -> tuple[Text, ...]:
    """One place, or a list of them."""
    if isinstance(document.get("place"), list):
        return reader.texts(document["place"], "place")
    place = _optional(reader, document, "place")
    return (place,) if place else ()


def _facts(reader: Reader, document: Keyed) -> tuple[Map, dict[str, Annotation]]:
    """The facts as they stand, and what is said of them."""
    annotations: dict[str, Annotation] = {}
    facts = document.get("facts", Map())
    if not isinstance(facts, Map):
        reader.map(facts, "facts")
        return Map(), annotations
    for name, node in facts.items():
        if isinstance(node, Map):
            annotation = _annotation(reader, node)
            if annotation != Annotation():
                annotations[name] = annotation
    return facts, annotations


def _annotation(reader: Reader, node: Keyed) -> Annotation:
    """What is said of a fact that is written as a map; its keys are judged here too."""
    noted = len(reader.faults)
    reader.keys(node, (*STATED, *ANNOTATIONS))
    if len(reader.faults) == noted and not any(key in node for key in (*STATED, "forecast")):
        reader.fault("key-missing", node, key="value")
    elif "value" in node and "items" in node:
        key = _key(node, "items")
        reader.fault("comparison-twice", key, "keep-one", first="value", second="items")
    return Annotation(
        evidence=_optional(reader, node, "evidence"),
        proof=(reader.choice(node["proof"], "proof", PROOFS) if "proof" in node else None) or "",
        where=_optional(reader, node, "where"),
        forecast=reader.day(node["forecast"]) if "forecast" in node else None,
        note=reader.words(node["note"], "note") if "note" in node else None,
    )


def _forecasts(reader: Reader, document: Keyed) -> dict[str, int]:
    if "forecasts" not in document:
        return {}
    forecasts = reader.map(document["forecasts"], "forecasts") or {}
    days = {name: reader.day(node) for name, node in forecasts.items()}
    return {name: day for name, day in days.items() if day is not None}


def _reported(reader: Reader, document: Keyed) -> dict[str, Reported]:
    found: dict[str, Reported] = {}
    if "reported" not in document:
        return found
    for name, node in (reader.map(document["reported"], "reported") or {}).items():
        said = reader.map(node, name)
        if said is None:
            continue
        reader.keys(said, ("label", "where"), required=("label",))
        label, where = _optional(reader, said, "label"), _optional(reader, said, "where")
        found[name] = Reported(label, where, reader.mark(name))
    return found


def _claims(reader: Reader, document: Keyed, decimal: DecimalMark | None) -> tuple[Claim, ...]:
    if "claims" not in document or (decimal is None and "decimal" in document):
        return ()  # its numbers cannot be read before the decimal mark is mended
    return read_claims(reader, document["claims"], decimal)


def _rollups(reader: Reader, document: Keyed) -> tuple[Rollup, ...]:
    found: list[Rollup] = []
    if "rollups" not in document:
        return ()
    for node in reader.seq(document["rollups"], "rollups") or ():
        rollup = reader.map(node, "rollups")
        if rollup is None:
            continue
        reader.keys(rollup, ("of", "label", "where", "name"), required=("of", "label"))
        found.append(
            Rollup(
                of=reader.texts(rollup["of"], "of") if "of" in rollup else (),
                label=_optional(reader, rollup, "label"),
                where=_optional(reader, rollup, "where"),
                name=reader.words(rollup["name"], "name") if "name" in rollup else None,
                mark=reader.mark(node),
            )
        )
    return tuple(found)


# ---- the facts of a graph


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
                self.reader.fault("fact-unknown", name, pack=pack, name=name, near=like)
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
                _annotation(self.reader, node)
            for wrong in ("items", "complete"):
                if wrong in node:
                    self.reader.fault("key-unknown", _key(node, wrong), key=wrong)
            if len(self.reader.faults) > noted or "value" not in node:
                return
            key, node = _key(node, "value"), node["value"]
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
                _annotation(self.reader, node)
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
                value = self._value(field, member[field.id], _key(member, field.id))
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
