"""The borders that the architecture draws: who may import what, exact numbers, light starts."""

from __future__ import annotations

import ast
import os
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tieuchi.engine.codes import CODES, REMEDIES

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "engine").rglob("*.py"))

# Every module of the engine, once. It may import those on the lines above its own, and nothing of
# the engine besides: not its neighbours on the line, nor, in a function, what stands below.
LAYERS = """
    # words, numbers, possibilities
    words  quantity  truth  lint.ways
    lint.quoted
    # the graph, and the arithmetic of its nodes
    graph  interval
    arithmetic
    kernel
    members  results  straight  session.elimination  ahead.trends
    # one case, decided: in order, and by rules
    decision
    measured  session.rule  ahead.turns
    session.durable
    session.book
    session.memory
    session
    # what is said of it: every sentence, the parts of an explanation, lines for a terminal
    phrases  outline  bearing
    ahead.phrases  interview.phrases  phrases_author  export.phrases  phrases_lint  phrases_new
    phrases_pack
    numerals
    layout
    grid  strips  wording  session.trace
    nearest  ahead.spans
    # documents, and what is wrong with them
    codes.code
    codes.cases  codes.documents  codes.doubts  codes.packs  codes.tables
    codes
    diagnostic  twin
    commented  saving  source  trees
    reading  shape
    salvage
    # cases
    figure  marks
    statement
    case
    case_file
    given
    ahead.sweep
    # the second axis of a plan; printed figures
    audit.claims  audit.pace
    audit.progress
    audit  ahead.timeline
    # why, in words
    explanation.telling
    explanation.remarks
    explanation.leaf
    explanation.tree
    explanation.ground
    explanation.about  explanation.outcome
    explanation
    audit.telling
    # packs, and how they become a graph
    pack
    compile.builder
    compile.constants  compile.tighten
    compile.bound  compile.context  compile.facts
    compile.lists
    compile.conditions  compile.values
    compile.choices
    compile.shapes
    compile.names
    compile.parts
    compile.lower
    compile
    load  mutation.slips
    cache  mutation.mutants  written
    lint.dated  lint.joined  lint.leftovers  lint.negated  lint.unsaid
    lint.cited  lint.guard
    # the law itself, in words
    spelling
    law
    # what would change an answer
    advice.phrases  solver  solver.shapes  solver.symbols
    advice.moves
    advice.asked  advice.closed  solver.encoding
    advice.least  advice.start  solver.crowds  solver.filling
    solver.unknowns
    advice.search  lint.prove  solver.cases
    advice
    advice.telling  ahead.missing  sample
    amendment  ahead.missing_telling
    # what a command or a program asks
    choose  record
    amendment_telling  contradiction
    answer
    ahead.what_if
    ahead
    library  pack_test
    coverage.situations
    lint.edges
    lint.boundaries
    lint
    # the format of packs: for editors, a pack to begin with, the form in which one is written
    schema  canonical
    starter
    proposal
    coverage  mutation
    coverage.telling  mutation.telling
    # an interview: what still matters, and in which order
    interview.board
    interview.choice  interview.witness
    interview
    # a registry: the graph in columns, tables in, tables out
    table
    table.asking  table.cell  table.form_phrases  table.headers  table.naming  table.origin
    table.phrases  table.scratch  table.sheet_marks  table.slices  table.sql_trees
    table.ods_marks  table.terms  table.xls_marks
    table.cells  table.databases  table.days  table.making  table.filling  table.intake  table.lines
    table.match  table.quotes  table.sink  table.spark_sink  table.texts  table.workbook
    interview.live  interview.reply  interview.sheet
    interview.asking
    table.coded  table.ranges  table.delimited  table.form  table.lookup  table.sheet_sink
    table.choices  table.quantities  table.truths
    table.columns
    table.form_book  table.members  table.openness  table.shortfalls  table.sinks  table.sources
    table.lists  table.results  table.template
    table.rejects  table.run  table.sql_header  table.summary
    table.difference  table.long  table.sheet_summary  table.sql  table.tally
    table.batch
    table.duckdb_run  table.spark_rows
    table.spark_run
    # a pack for others
    export.content  export.dated  export.grids  export.request  export.shown  export.style
    export.expected  export.inputs  export.passages  export.sql
    export.trials
    export.document
    export.html  export.markdown
    # a pack as a decision model
    export.dmn.function  export.dmn.layout  export.dmn.elements  export.dmn.phrases
    export.dmn.counts  export.dmn.feel  export.dmn.outcomes  export.dmn.quantities
    export.dmn.given  export.dmn.library
    export.dmn.members  export.dmn.writing
    export.dmn.decisions
    export.dmn.said
    export.dmn.checks
    export.dmn
    export
"""
LINES = [line.split() for line in LAYERS.splitlines() if line.strip() and "#" not in line]
LEVELS = {module: level for level, line in enumerate(LINES) for module in line}
LATER = {  # imported from below, when an explanation is asked for its lines
    ("outline", "layout"),
    ("layout", "grid"),
    ("layout", "strips"),
}
LIBRARIES = {
    "yaml": {"commented", "source"},
    "pydantic": {"canonical", "pack", "salvage", "schema", "shape", "compile.parts"},
    "pydantic_core": {"pack", "shape"},
    "durable_rules_engine": {"session.durable"},
    "z3": {
        "solver.symbols",
        "solver.cases",
        "solver.crowds",
        "solver.unknowns",
        "solver.filling",
        "advice.least",
        "ahead.missing",
        "lint.prove",
    },
}  # and the standard library; nothing else
TABLES = {"narwhals", "polars", "duckdb", "pyspark", "sqlglot", "xlsxwriter", "fastexcel"}
"""What the modules of a registry import besides, but those that have the law in them: these are
written in Narwhals alone, so that no back end has law or logic of its own."""
LAW = {f"table.{name}" for name in ("terms", "cells", "making", "ranges", "truths", "quantities",
                                    "choices", "columns", "days", "results", "openness",
                                    "shortfalls", "members", "summary", "intake")}  # fmt: skip


def module(path: Path) -> str:
    """The name of a module inside the engine; "" of the engine itself."""
    parts = path.relative_to(ROOT / "engine").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = [path for path in ENGINE if module(path)]
NAMES = {f"tieuchi.engine.{module(path)}" for path in MODULES}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & NAMES
            found |= {str(node.module)} if inner - NAMES - {"tieuchi.engine.__version__"} else set()
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {str(of.value) for of in node.args if isinstance(of, ast.Constant)}
    return found


def test_every_module_has_one_place_in_the_layers() -> None:
    """A new one is put where its concept belongs; what is gone is taken out."""
    placed = [name for line in LINES for name in line]
    there = {module(path) for path in MODULES}

    assert not there - {*placed}, f"put into LAYERS: {sorted(there - {*placed})}"
    assert not {*placed} - there, f"take out of LAYERS: {sorted({*placed} - there)}"
    assert len(placed) == len({*placed}), "a module stands in LAYERS twice"


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    """So what reads the graph knows no pack, and nothing of the engine knows the terminal."""
    own, wrong = module(path), []
    for name in imports(path):
        inner, library = name.removeprefix("tieuchi.engine."), name.split(".")[0]
        if inner != name:
            allowed = LEVELS.get(inner, 99) < LEVELS.get(own, 0) or (own, inner) in LATER
        else:
            allowed = library in sys.stdlib_module_names or own in LIBRARIES.get(library, ())
            if own.startswith("table."):
                allowed |= library == "narwhals" if own in LAW else library in TABLES
        if not allowed:
            wrong.append(name)

    assert not wrong, f"{own} may not import {sorted(wrong)}: see LAYERS and LIBRARIES"


def inexact(source: str) -> list[int]:
    """The lines with binary floating point, a division or a rounding by the language."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.expr | ast.stmt))
    return [node.lineno for node in nodes if _is_inexact(node)]


def _is_inexact(node: Any) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float | complex)
    if isinstance(node, ast.Name):  # called or handed on, but not where it is a name of ours
        return node.id in ("float", "round") and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        return node.attr in ("truediv", "__truediv__", "__round__")
    divides = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
    return divides and not _is_path(node)


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_numbers_are_exact(path: Path) -> None:
    """Only integers, from the file to the verdict."""
    assert inexact(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line", ["a / b", "a /= b", "map(float, b)", "f = round", "0.5", "1j", "operator.truediv(a, b)"]
)
def test_what_is_inexact_is_seen(line: str) -> None:
    """Else the test above would hold nothing."""
    assert inexact(line) == [1]


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_path(node: ast.BinOp | ast.AugAssign) -> bool:
    """A folder and a name, joined."""
    text = ast.unparse(node)
    return any(word in text for word in ("Path(", "_folder()", "parent", "'rules'"))


STATING = ("problem", "fault", "stop", "Misstated")


def _faults() -> Iterator[tuple[str, str, set[str], str | None]]:
    """Each place that states a fault by its code: where, the code, the facts given, the remedy."""
    for path in (*ENGINE, *sorted((ROOT / "cli").rglob("*.py"))):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and call.args):
                continue
            words = [a.value for a in call.args if isinstance(a, ast.Constant)]
            given = {k.arg for k in call.keywords}
            called = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call)
            if called in STATING and words and words[0] in CODES and None not in given:
                remedy = next((str(w) for w in words[1:] if w in REMEDIES), None)
                yield f"{path.name}:{call.lineno}", str(words[0]), set(map(str, given)), remedy


def _slots(*sentences: str) -> set[str]:
    found = (field for text in sentences for _, field, _, _ in string.Formatter().parse(text))
    return {field.partition(":")[0] for field in found if field}


def test_every_fault_is_told_all_that_its_sentence_says() -> None:
    """A fault whose sentence or remedy names a fact that nobody gave could not be shown."""
    checked = 0
    for where, code, facts, given in _faults():
        remedy = given or CODES[code].remedy
        said = REMEDIES[remedy] if remedy else ()
        needed = _slots(CODES[code].vi, CODES[code].en, *said)
        checked += 1

        assert needed <= facts, f"{where}: `{code}` does not say {needed - facts}"
    assert checked > 60


def loaded(*arguments: str, cache: Path) -> set[str]:
    """The modules that a run of the command line has loaded at its end."""
    script = (
        "import sys; from tieuchi.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script, *arguments]
    ran = subprocess.run(
        command, env=env, capture_output=True, text=True, cwd=ROOT, check=True, input=""
    )
    return set(ran.stderr.split())


def test_a_verb_loads_only_what_it_needs(tmp_path: Path) -> None:
    """The version loads nothing, help no engine, a pack seen before no pydantic, no compiler."""
    check = ("check", "examples/star-anise-store.yaml")
    loaded(*check, cache=tmp_path)

    assert not {"click", "rich", "yaml"} & loaded("--version", cache=tmp_path)
    assert not {"rich", "pydantic", "yaml"} & loaded("-h", cache=tmp_path)
    heavy = {"pydantic", "polars", "z3", "tieuchi.engine.compile"}
    assert not heavy & loaded(*check, cache=tmp_path)
    ask = ("ask", "nq-08-2019", "--as-of", "2023-05-31")
    assert not (heavy | {"rich", "narwhals"}) & loaded(*ask, cache=tmp_path)
    assert not {"tieuchi.engine.ahead", "tieuchi.engine.ahead.turns"} & loaded(
        *check, cache=tmp_path
    )


def test_other_days_are_looked_up_too(tmp_path: Path) -> None:
    """The graphs of all days are kept beside, so a second look costs neither YAML nor pydantic."""
    check = ("check", "examples/star-anise-store.yaml", "--until")
    assert "pydantic" in loaded(*check, cache=tmp_path)

    assert not {"pydantic", "tieuchi.engine.compile"} & loaded(*check, cache=tmp_path)
