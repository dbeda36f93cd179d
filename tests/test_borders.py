"""The borders that the architecture draws: who may import what, exact numbers, light starts."""

from __future__ import annotations

import ast
import os
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tieuchi.engine.codes import CODES, REMEDIES

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "engine").rglob("*.py"))
HEAVY = ("pydantic", "yaml", "tieuchi.engine.compile", "tieuchi.engine.pack", "tieuchi.engine.load")
READERS = {"decision", "session", "kernel", "straight", "elimination", "interval", "truth", "graph"}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_knows_nothing_of_the_terminal(path: Path) -> None:
    """No module of the engine imports the command line or what draws it."""
    assert not {m for m in imports(path) if m.split(".")[0] in ("rich", "click")}
    assert not {m for m in imports(path) if m.startswith("tieuchi.cli")}


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_numbers_are_exact(path: Path) -> None:
    """No binary floating point, no division, no rounding by the language."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Call) and _name(node) in ("float", "round")), node.lineno
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            assert _is_path(node), f"{path.name}:{node.lineno}"


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_path(node: ast.BinOp) -> bool:
    """A folder and a name, joined."""
    text = ast.unparse(node)
    return any(word in text for word in ("Path(", "_folder()", "parent", "'rules'"))


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_reads_the_graph_reads_no_pack(name: str) -> None:
    """Nothing from the graph on knows of YAML, of packs or of how they are compiled."""
    found = imports(ROOT / "engine" / f"{name}.py")

    assert not {m for m in found if m.startswith(HEAVY)}
    if name == "decision":
        assert "tieuchi.engine.session" not in found


def _below(path: Path) -> set[str]:
    """The modules of the engine that a module imports when it is loaded."""
    known = {_module(other) for other in ENGINE} - {_module(path)}
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else str(node.module))
    return found & known - {"tieuchi.engine"}


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(("tieuchi", *(part for part in parts if part != "__init__")))


def test_imports_only_go_down() -> None:
    """Modules can be put in an order in which each imports only modules before it."""
    left = {_module(path): _below(path) for path in ENGINE}
    while left:
        ready = [name for name, needs in left.items() if not needs & left.keys()]

        assert ready, f"these need each other: {sorted(left)}"
        for name in ready:
            del left[name]


SPOKEN = ("tieuchi.engine.explanation", "tieuchi.engine.phrases", "tieuchi.engine.audit",
          "tieuchi.engine.record", "tieuchi.engine.layout", "tieuchi.engine.library")  # fmt: skip


@pytest.mark.parametrize("name", sorted(READERS))
def test_who_reads_the_graph_puts_no_sentences_together(name: str) -> None:
    """What is decided is said elsewhere, and `session` and `decision` meet in whoever asks both."""
    assert not {m for m in imports(ROOT / "engine" / f"{name}.py") if m.startswith(SPOKEN)}


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
    ran = subprocess.run(command, env=env, capture_output=True, text=True, cwd=ROOT, check=True)
    return set(ran.stderr.split())


def test_a_verb_loads_only_what_it_needs(tmp_path: Path) -> None:
    """The version loads nothing, help no engine, a pack seen before no pydantic, no compiler."""
    check = ("check", "examples/star-anise-store.yaml")
    loaded(*check, cache=tmp_path)

    assert not {"click", "rich", "yaml"} & loaded("--version", cache=tmp_path)
    assert not {"rich", "pydantic", "yaml"} & loaded("-h", cache=tmp_path)
    assert not {"pydantic", "polars", "z3", "tieuchi.engine.compile"} & loaded(
        *check, cache=tmp_path
    )
