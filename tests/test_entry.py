"""The way in: `--version` before anything heavy, and an exit code for the unforeseen."""

import runpy
import subprocess
import sys
from types import ModuleType

import pytest

from tieuchi.cli import main
from tieuchi.engine import __version__


def _app(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """Put a module with this `run` in the place of the verbs."""
    app = ModuleType("tieuchi.cli.app")
    vars(app)["run"] = run
    monkeypatch.setitem(sys.modules, "tieuchi.cli.app", app)
    monkeypatch.setattr(sys, "argv", ["tieuchi", "check"])


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`tieuchi --version` prints the version and succeeds."""
    monkeypatch.setattr(sys, "argv", ["tieuchi", "--version"])

    assert main() == 0
    assert capsys.readouterr() == (f"tieuchi {__version__}\n", "")


@pytest.mark.wheel
def test_version_loads_no_dependency() -> None:
    """`--version` answers before click, or anything else that is installed, is imported."""
    code = (
        "import sys; sys.argv = ['tieuchi', '--version']\n"
        "from tieuchi.cli import main\n"
        "main(); print(sorted({'click', 'durable', 'pydantic', 'rich', 'yaml'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == f"tieuchi {__version__}\n[]\n"


@pytest.mark.wheel
def test_the_package_runs_as_a_module() -> None:
    """`python -m tieuchi.cli` is the command, for where that is not on the path."""
    command = [sys.executable, "-m", "tieuchi.cli", "--version"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == f"tieuchi {__version__}\n"


def test_the_module_exits_as_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code of the verbs reaches the shell this way too."""
    _app(monkeypatch, lambda: 3)

    with pytest.raises(SystemExit, match=r"\A3\Z"):
        runpy.run_module("tieuchi.cli", run_name="__main__")


def test_other_arguments_go_to_the_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is the one that the verbs give."""
    _app(monkeypatch, lambda: 3)

    assert main() == 3


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the verbs are being imported shows no traceback."""

    def run() -> int:
        raise KeyboardInterrupt

    _app(monkeypatch, run)

    assert main() == 130


def test_the_unforeseen_is_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error is never exit 1, which means "not met"."""

    def run() -> int:
        raise RuntimeError("unforeseen")

    _app(monkeypatch, run)

    assert main() == 70
    assert capsys.readouterr() == ("", "tieuchi: internal error: RuntimeError('unforeseen')\n")


def test_verbs_that_do_not_import_are_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken installation is not an answer either."""
    monkeypatch.setitem(sys.modules, "tieuchi.cli.app", None)
    monkeypatch.setattr(sys, "argv", ["tieuchi", "check"])

    assert main() == 70

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tieuchi: internal error: ModuleNotFoundError(")
