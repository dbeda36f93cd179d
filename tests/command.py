"""`run(...)`: the command line in this process or in its own, with what it wrote and its exit code.

Streams that a test leaves out must be empty: `run("check", file).gives(1, out="…")`.
"""

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest import mock

_CACHE = TemporaryDirectory()
PLAIN = {
    "LC_ALL": "en_US.UTF-8",
    "TERM": "dumb",
    "COLUMNS": "80",
    "PYTHONUTF8": "1",
    "XDG_CACHE_HOME": _CACHE.name,
}
"""What a test's environment says unless told otherwise: English, 80 columns, no colours."""


class Ran(NamedTuple):
    """What came of a run."""

    code: int
    out: str
    err: str

    def gives(self, code: int, out: str = "", err: str = "") -> None:
        """Compare everything, exactly."""
        assert self == Ran(code, out, err)


def run(
    *arguments: str,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    at: Path | None = None,
    encoding: str = "utf-8",
) -> Ran:
    """Run `tieuchi` in this process, in the folder `at`."""
    from tieuchi.cli.app import run as run_app

    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(stdin), "utf-8"),
        "stdout": io.TextIOWrapper(io.BytesIO(), encoding, write_through=True),
        "stderr": io.TextIOWrapper(io.BytesIO(), encoding, write_through=True),
    }
    with ExitStack() as held:
        held.enter_context(mock.patch.dict(os.environ, {**PLAIN, **(env or {})}))
        for name in ("NO_COLOR", "FORCE_COLOR"):
            if name not in (env or {}):
                os.environ.pop(name, None)
        for name, stream in streams.items():
            held.enter_context(mock.patch.object(sys, name, stream))
        if at is not None:
            held.enter_context(chdir(at))
        code = run_app(arguments)
    out, err = (streams[name].buffer.getvalue() for name in ("stdout", "stderr"))
    return Ran(code, out.decode(encoding), err.decode(encoding))


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "NO_COLOR", "FORCE"))}
    return {**kept, **PLAIN, **(env or {})}


def command(*arguments: str) -> Sequence[str]:
    """The command of a process of its own."""
    return (sys.executable, "-m", "tieuchi.cli", *arguments)


def spawn(*arguments: str, stdin: bytes = b"", at: Path | None = None) -> Ran:
    """Run `tieuchi` as a process of its own."""
    done = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        env=environment(),
        cwd=at,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
