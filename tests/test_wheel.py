"""What pip installs from the built wheel; run by tests/run.sh from where no source is in reach."""

import importlib.metadata
import importlib.resources
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = [pytest.mark.wheel, pytest.mark.installed]


def _files() -> list[str]:
    """Give the files that pip put into site-packages for this distribution, but bytecode."""
    files = importlib.metadata.files("tieuchi")
    assert files is not None
    return [str(file) for file in files if file.suffix != ".pyc" and file.parts[0] != ".."]


def _tieuchi(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command, in the directory that the tests were started in."""
    command = Path(sysconfig.get_path("scripts")) / "tieuchi"
    return subprocess.run(
        [command, *arguments], capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_the_installed_package_is_what_is_tested() -> None:
    """No source of the checkout is imported."""
    site_packages = Path(sysconfig.get_path("purelib")).resolve()

    for name in ("cli", "engine", "rules"):
        with importlib.resources.as_file(importlib.resources.files(f"tieuchi.{name}")) as folder:
            assert folder.resolve() == site_packages / "tieuchi" / name


def test_only_tieuchi_is_in_site_packages() -> None:
    """Top-level `engine`, `cli` or `rules` would collide with other distributions."""
    version = importlib.metadata.version("tieuchi")

    tops = {file.partition("/")[0] for file in _files()}

    assert tops == {"tieuchi", f"tieuchi-{version}.dist-info"}


def test_every_module_and_pack_is_inside() -> None:
    """The wheel has each module, pack, file of tests and schema, and nothing else but py.typed."""
    sources = [
        f"tieuchi/{path.relative_to(ROOT)}"
        for folder in ("cli", "engine", "rules")
        for pattern in ("*.py", "*.yaml", "*.schema.json", "py.typed")
        for path in (ROOT / folder).rglob(pattern)
    ]

    assert sorted(file for file in _files() if file.startswith("tieuchi/")) == sorted(sources)
    assert any(file.endswith(".yaml") for file in sources)


def test_it_is_typed() -> None:
    """`tieuchi` is a namespace, so each package says so for itself."""
    typed = [file for file in _files() if file.endswith("py.typed")]

    assert sorted(typed) == [f"tieuchi/{name}/py.typed" for name in ("cli", "engine", "rules")]


def test_the_licence_is_inside() -> None:
    """The text of the licence comes along, and its name is in the metadata."""
    assert importlib.metadata.metadata("tieuchi")["License-Expression"] == "Apache-2.0"
    assert any(file.endswith("/licenses/LICENSE") for file in _files())


def test_the_command_gives_its_version() -> None:
    """`tieuchi --version` works as installed."""
    done = _tieuchi("--version")

    expected = f"tieuchi {importlib.metadata.version('tieuchi')}\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_the_command_decides_on_a_pack_that_ships() -> None:
    """38 cattle and nothing else are not 50 head: exit 1, and nothing on stderr."""
    case = "--pack nq-08-2019 --as-of 2023-05-31 --activity livestock --complete --set cattle=38"

    done = _tieuchi("check", *case.split(), "--lang", "en")

    assert (done.returncode, done.stderr) == (1, "")
    assert "38" in done.stdout
