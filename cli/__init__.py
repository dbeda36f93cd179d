"""The command line: a module a verb. It parses, calls the engine and renders.

This module may know only the version and where the verbs are: `--version` answers before
click is imported.
"""

import sys

__all__ = ["main"]


def main() -> int:
    """Run `tieuchi` on the process's arguments and return its exit code."""
    if sys.argv[1:] == ["--version"]:
        from tieuchi.engine import __version__  # noqa: PLC0415 (start-up counts)

        print(f"tieuchi {__version__}")
        return 0

    from tieuchi.cli.app import run  # noqa: PLC0415 (click is imported here)

    return run()
