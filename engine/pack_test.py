"""The test cases beside a pack: read from `X.test.yaml`, run on every reader, compared exactly.

A test case states facts and what is expected of provisions, definitions, amounts and the verdict.
Expected values are compared with the fields of the decision's record as they stand, with no margin
and no arithmetic; only what is listed is compared. Those under `refused` state what cannot be, and
expect that no decision comes of it. It knows packs, cases and records, and nothing of how an
outcome is shown.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tieuchi.engine import session
from tieuchi.engine.answer import decided
from tieuchi.engine.cache import graph_for
from tieuchi.engine.case import Case
from tieuchi.engine.case_file import read_case
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, near
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.reading import Reader
from tieuchi.engine.record import named, record
from tieuchi.engine.source import Map, Text, read_file
from tieuchi.engine.trees import find_pack, pack_files, shown
from tieuchi.engine.truth import NOT_MET

SUFFIX = ".test.yaml"
VERDICT = "verdict"
SUITE = ("pack", "as_of", "cases", "refused")
CASES = ("pack", "cases")
KEYS = ("name", "cite", "complete", "activities", "as_of", "decimal", "given", "expect")
NEEDED = ("name", "cite", "given", "expect")
REFUSED_KEYS, REFUSED_NEEDED = KEYS[:-1], NEEDED[:-1]
USUAL = ("status", "class", "least")
"""What is mostly expected of a provision, of a class, of a quantity."""
STATED = ("complete", "activities", "as_of", "decimal")


class Trial(NamedTuple):
    """One test case: what is stated, and what is expected by id."""

    name: str
    cite: str
    case: Case
    expect: Map  # empty where it is to be refused
    mark: Mark
    refused: bool = False  # whether a check of the input must refuse it


class Mismatch(NamedTuple):
    """One value that is not the expected one, at the place where it is expected."""

    id: str
    field: str
    expected: str
    got: str
    mark: Mark


class Outcome(NamedTuple):
    """What came of a test case on one reader; it passed where nothing is in `mismatches`."""

    trial: Trial
    reader: str
    mismatches: tuple[Mismatch, ...]


class Suite(NamedTuple):
    """The test cases of one file, of one pack."""

    file: str
    pack: str  # as it is found: a name, or the path of its file
    trials: tuple[Trial, ...]
    refused: tuple[Trial, ...] = ()
    as_of: int | None = None

    @property
    def day(self) -> int:
        """The day of a test case that names none."""
        return self.as_of or datetime.now().astimezone().date().toordinal()


# ---- reading


def test_file(pack: str, *trees: Path) -> Path:
    """The file of a pack's test cases. Raises `Faults` where there is no such pack."""
    path = find_pack(pack, *trees)
    return path if path.name.endswith(SUFFIX) else path.with_name(path.stem + SUFFIX)


def read_suite(pack: str, *trees: Path) -> Suite:
    """The test cases beside a pack, given by name, by path or by their own. Raises `Faults`."""
    path = test_file(pack, *trees)
    name = pack.removesuffix(SUFFIX) + ".yaml" if pack.endswith(SUFFIX) else pack
    file = shown(path)
    faults: list[Diagnostic] = []
    trials: list[Trial] = []
    refused: list[Trial] = []
    as_of: int | None = None
    for document in read_file(path, file):
        reader = Reader(file)
        keyed: Mapping[Any, Any] = document
        reader.keys(keyed, SUITE, required=CASES)
        as_of = reader.day(keyed["as_of"], whole=True) if "as_of" in keyed else as_of
        for key, read in (("cases", trials), ("refused", refused)):
            for node in reader.seq(document.get(key, []), key) or ():
                trial = _trial(reader, document, node, name, key)
                if trial is not None:
                    read.append(trial)
        faults += reader.faults
    if faults:
        raise Faults(faults)
    return Suite(file, name, tuple(trials), tuple(refused), as_of)


def _trial(reader: Reader, suite: Map, node: Any, pack: str, under: str) -> Trial | None:
    noted = len(reader.faults)
    test = reader.map(node, under)
    if test is None:
        return None
    keys, needed = (KEYS, NEEDED) if under == "cases" else (REFUSED_KEYS, REFUSED_NEEDED)
    reader.keys(test, keys, required=needed)
    texts = {key: reader.text(test[key], key) for key in ("name", "cite") if key in test}
    expect = reader.map(test.get("expect", Map()), "expect")
    if len(reader.faults) > noted or not isinstance(expect, Map):
        return None
    stated = _placed(Map(), node)
    stated[Text("pack")] = Text(pack)
    for key in STATED:
        if key in test or key in suite:
            stated[Text(key)] = test[key] if key in test else suite[key]
    stated[Text("facts")] = test["given"]
    try:
        case = read_case(stated, reader.file)
    except Faults as found:
        reader.faults += found.diagnostics
        return None
    of = (texts["name"] or "", texts["cite"] or "", case, expect, reader.mark(node))
    return Trial(*of, refused=under == "refused")


def _placed(document: Map, like: Any) -> Map:
    document.line, document.column = like.line, like.column
    return document


# ---- running


def run_suite(suite: Suite, *trees: Path) -> Iterator[Outcome]:
    """Each test case on each reader, in order. Raises `Faults` where a case cannot be read.

    All cases are read, and what they expect is looked for in the pack, before the first one comes.
    """
    faults: list[Diagnostic] = []
    decisions: list[Decision] = []
    today = datetime.now().astimezone().date().toordinal()
    graphs: dict[int, Graph] = {}  # the session makes its rules once for each
    given: list[tuple[Graph, Given]] = []  # of those to be refused
    for trial in (*suite.trials, *suite.refused):
        as_of = trial.case.as_of or today
        try:
            if as_of not in graphs:
                graphs[as_of] = graph_for(suite.pack, as_of, *trees)
            if trial.refused:
                given.append((graphs[as_of], read_given(graphs[as_of], trial.case)[0]))
                continue
            decisions.append(decision_of(trial, graphs[as_of]))
            _known(trial, decisions[-1])
        except Faults as found:
            faults += found.diagnostics
    if faults:
        raise Faults(faults)
    both = session.available()
    for trial, decision in zip(suite.trials, decisions, strict=True):
        yield Outcome(trial, "decide", compared(trial, decision))
        if both:
            ran = session.run(decision.graph, decision.given)
            concluded = Decision(decision.graph, decision.given, ran.values)
            yield Outcome(trial, "durable-rules", compared(trial, concluded))
    for trial, (graph, stated) in zip(suite.refused, given, strict=True):
        yield Outcome(trial, "decide", accepted(trial, is_refused(graph, stated)))
        if both:
            yield Outcome(trial, "durable-rules", accepted(trial, _is_ruled_out(graph, stated)))


def decision_of(trial: Trial, graph: Graph) -> Decision:
    """The decision of a test case. Raises `Faults` where the case cannot be read."""
    given, _ = read_given(graph, trial.case)
    return decided(graph, given, trial.case)


def is_refused(graph: Graph, given: Given) -> bool:
    """Whether what is stated cannot be, by a check of the input."""
    try:
        decide(graph, given)
    except CaseError:
        return True
    return False


def _is_ruled_out(graph: Graph, given: Given) -> bool:
    """The same by the rules: what a check asks is concluded not to be met."""
    try:
        values = session.run(graph, given).values
    except CaseError:
        return True
    return any(values[check] == NOT_MET for check in graph.barred)


def accepted(trial: Trial, refused: bool) -> tuple[Mismatch, ...]:
    """What is wrong with a case that is to be refused."""
    return () if refused else (Mismatch("checks", "refused", "true", "false", trial.mark),)


def _known(trial: Trial, decision: Decision) -> None:
    """Note every expected id that the pack has not."""
    reader = Reader(trial.case.file)
    there = answers(record(decision)) | {VERDICT: outcomes(decision, ())[VERDICT]}
    pack = decision.graph.main.pack
    for id_, fields in trial.expect.items():
        if id_ not in there:
            like = near(id_, there)
            reader.fault("provision-unknown", id_, pack=pack, name=id_, near=like)
            continue
        known = tuple(there[id_])
        usual = next((key for key in USUAL if key in known), None)
        asked: Iterable[Any] = fields if isinstance(fields, Map) else ("status",)
        for key in asked:
            if key not in known:
                like = near(str(key), known) or usual
                at = key if isinstance(fields, Map) else id_
                reader.fault("key-unknown", at, key=key, near=like)
    reader.end()


def answers(of: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The objects of a record by id; those of used packs as ``pack/id``."""
    found: dict[str, Mapping[str, Any]] = {}
    for kind in ("definitions", "amounts", "provisions"):
        found.update(of.get(kind, {}))
    for pack, used in of.get("uses", {}).items():
        found.update({f"{pack}/{id_}": answer for id_, answer in answers(used).items()})
    verdict = {key: of.get(key) for key in ("status", "reason")}
    return {**found, "verdict": {**verdict, "in_force": of.get("reason") is None}}


def outcomes(decision: Decision, wanted: Container[str]) -> dict[str, Mapping[str, Any]]:
    """What is wanted of a decision, by id; of the verdict besides whether a check of the input
    warns."""
    found = named(decision, wanted)
    warned = any(
        check.level == "warning" and decision.values[check.truth] == NOT_MET
        for check in decision.graph.main.checks
    )
    return {**found, VERDICT: {**found[VERDICT], "warned": warned}}


def compared(trial: Trial, decision: Decision) -> tuple[Mismatch, ...]:
    """What is not as expected."""
    there = outcomes(decision, trial.expect)
    found = []
    for id_, expected in trial.expect.items():
        fields = expected if isinstance(expected, Map) else {Text("status"): expected}
        for field, value in fields.items():
            got = there[id_].get(field)
            if not same(value, got):
                place = value if getattr(value, "line", 0) else id_
                mark = Mark(trial.case.file, place.line, place.column)
                found.append(Mismatch(str(id_), str(field), written(value), written(got), mark))
    return tuple(found)


def same(expected: Any, got: Any) -> bool:
    """Whether a field is what a test says: text for text, and of a map what is listed.

    >>> same("12", "12"), same("12.0", "12"), same("true", True), same(["met"], ["met", "not_met"])
    (True, False, True, False)
    """
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            key in got and same(value, got[key]) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(got, list | tuple) and (
            len(expected) == len(got) and all(map(same, expected, got))
        )
    return not isinstance(got, Mapping | list | tuple) and str(expected) == written(got)


def written(value: Any) -> str:
    """A field on one line, as a test would state it.

    >>> written({"least": "60", "most": None}), written(["met"]), written(True)
    ('{least: 60, most: null}', '[met]', 'true')
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


# ---- which


def suites(packs: tuple[str, ...], *trees: Path) -> list[Suite]:
    """The suites of packs, of folders of packs, or (none named) of all that have one."""
    return [read_suite(name, *trees) for name in packs_in(packs, *trees, tested=True)]


def packs_in(packs: tuple[str, ...], *trees: Path, tested: bool = False) -> list[str]:
    """Packs named, a folder for those in it, none for all; `tested`: those with test cases."""
    if not packs:
        files = pack_files(*trees)
        return [n for n in sorted(files) if not tested or test_file(n, *trees).is_file()]
    found: list[str] = []
    for name in packs:
        folder = Path(name)
        if not folder.is_dir():
            found.append(name)
            continue
        for path in sorted(folder.rglob("*.yaml")):
            test = path.with_name(path.stem + SUFFIX)
            if not path.name.endswith(SUFFIX) and (not tested or test.is_file()):
                found.append(str(path))
    return found
