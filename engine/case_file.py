"""A case from its file: all of a document is judged that needs no law.

`load_cases` reads files, folders and standard input, `read_case` one document. All mistakes are
found in one go, each at its place. It knows the document and the case, and no graph. It is on the
way of every start, so there are no models here and nothing heavy is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

from tieuchi.engine.case import Annotation, Case, Reported, Rollup
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, near, problem
from tieuchi.engine.figure import Claim, read_claims
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.reading import Keyed, Reader
from tieuchi.engine.source import LIMIT, MOST_FAULTS, Map, Text, read, read_file

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
    "effort",
    "asked",
)
STATED = ("value", "items", "complete")
ANNOTATIONS = ("evidence", "proof", "where", "forecast", "note", "fixed")
PROOFS = ("documented", "declared", "inspected", "estimated")


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
        key = key_of(top, "packs")
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
        effort=_by_name(reader, top, "effort"),
        asked=_by_name(reader, top, "asked"),
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


def key_of(node: Keyed, name: str) -> str:
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
            annotation = read_annotation(reader, node)
            if annotation != Annotation():
                annotations[name] = annotation
    return facts, annotations


def read_annotation(reader: Reader, node: Keyed) -> Annotation:
    """What is said of a fact that is written as a map; its keys are judged here too."""
    noted = len(reader.faults)
    reader.keys(node, (*STATED, *ANNOTATIONS))
    if len(reader.faults) == noted and not any(
        key in node for key in (*STATED, "forecast", "fixed")
    ):
        reader.fault("key-missing", node, key="value")
    elif "value" in node and "items" in node:
        key = key_of(node, "items")
        reader.fault("comparison-twice", key, "keep-one", first="value", second="items")
    return Annotation(
        evidence=_optional(reader, node, "evidence"),
        proof=(reader.choice(node["proof"], "proof", PROOFS) if "proof" in node else None) or "",
        where=_optional(reader, node, "where"),
        forecast=reader.day(node["forecast"]) if "forecast" in node else None,
        note=reader.words(node["note"], "note") if "note" in node else None,
        fixed=reader.flag(node["fixed"], "fixed") if "fixed" in node else False,
    )


def _by_name(reader: Reader, document: Keyed, key: str) -> Map | None:
    """A map whose values a law has to read."""
    if key not in document:
        return None
    reader.map(document[key], key)
    return document[key] if isinstance(document[key], Map) else Map()


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
