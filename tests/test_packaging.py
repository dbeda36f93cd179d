"""What pyproject.toml says of the distribution, held against the folders."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("cli", "engine", "rules")


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    """Give pyproject.toml, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _name(requirement: str) -> str:
    """Give the name of a requirement as indexes normalise it: `PyYAML>=6` is `pyyaml`."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def _imported(folder: str) -> Iterator[tuple[str, str]]:
    """Give each module that a folder imports, by its top-level name, with the file."""
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in names:
                yield name.partition(".")[0], str(path.relative_to(ROOT))


def test_every_package_folder_is_listed(pyproject: dict[str, Any]) -> None:
    """A sub-package that is not listed works in development and is missing from the wheel."""
    folders = [
        "tieuchi." + ".".join(marker.parent.relative_to(ROOT).parts)
        for folder in FOLDERS
        for marker in (ROOT / folder).rglob("__init__.py")
    ]

    assert sorted(folders) == sorted(pyproject["tool"]["setuptools"]["packages"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_python_file_is_in_a_package(folder: str) -> None:
    """A module in a folder without `__init__.py` would be missing from the wheel."""
    outside = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    ]

    assert outside == []


def test_every_dependency_is_pinned_for_ci(pyproject: dict[str, Any]) -> None:
    """What CI tests is written down, to the version."""
    project = pyproject["project"]
    wanted = {_name(r) for r in project["dependencies"] + project["optional-dependencies"]["dev"]}
    lines = (ROOT / "tests" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]

    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9a-z.]+", pin)] == []
    assert wanted - {_name(pin) for pin in pins} == set()


def test_every_import_is_declared(pyproject: dict[str, Any]) -> None:
    """A module that only a development tool brings along would be missing for users."""
    modules = {
        "durable-rules": {"durable", "durable_rules_engine"},
        "pydantic": {"pydantic", "pydantic_core"},
        "pyyaml": {"yaml"},
        "z3-solver": {"z3"},
    }
    declared = {"tieuchi"} | sys.stdlib_module_names
    project = pyproject["project"]
    extras = (of for name, of in project["optional-dependencies"].items() if name != "dev")
    for requirement in chain(project["dependencies"], *extras):
        declared |= modules.get(_name(requirement), {_name(requirement)})

    imported = {found for folder in FOLDERS for found in _imported(folder)}

    assert {(name, path) for name, path in imported if name not in declared} == set()
