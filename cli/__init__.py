"""The command line: a module a verb. It parses, calls the engine and renders.

This module is the way in and knows only the version and where the verbs are: `--version`
answers before click is imported.
"""

import sys

__all__ = ["main"]


def _wrote_version() -> bool:
    """Write the version; where it cannot be written, `run` tries again and says why."""
    from tieuchi.engine import __version__

    try:
        print(f"tieuchi {__version__}", flush=True)
    except OSError:
        return False
    return True


def main() -> int:
    """Run `tieuchi` on the process's arguments and return its exit code.

    Python exits 1 on an uncaught exception and 1 means "not met" here, so whatever `run` lets
    through, a failed import included, becomes 70, and Ctrl-C 130.
    """
    try:
        if sys.argv[1:] == ["--version"] and _wrote_version():
            return 0

        from tieuchi.cli.app import run

        return run()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001
        print(f"tieuchi: internal error: {error!r}", file=sys.stderr)
        return 70
