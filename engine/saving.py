"""Text files written whole or not at all, and what can keep one from being written.

It knows files and faults, nothing of what is in them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem


def create(files: dict[Path, str]) -> None:
    """Write new files, all or none. Raises `Faults` where one is there already."""
    made: list[Path] = []
    there = [problem("output-exists", Mark(str(path))) for path in files if path.exists()]
    if there:
        raise Faults(there)
    for path, text in files.items():
        try:
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                made.append(path)
                stream.write(text)
        except OSError as error:
            for each in made:
                with suppress(OSError):
                    each.unlink()
            raise Faults([unwritten(path, error)]) from None


def replace(path: Path, text: str) -> None:
    """Write another text into a file that is there, at once. Raises `Faults`."""
    part = None
    try:
        place = path.resolve()
        handle, part = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        shutil.copymode(place, part)
        os.replace(part, place)  # noqa: PTH105 - `part` is a plain name
    except OSError as error:
        raise Faults([unwritten(path, error)]) from None
    finally:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink()


def put(path: Path, text: str) -> None:
    """Write a text into a file, new or in place of what is there. Raises `Faults`."""
    if path.is_file():
        replace(path, text)
    elif not path.exists():
        create({path: text})
    else:  # a folder, which cannot be written, or a device
        try:
            path.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise Faults([unwritten(path, error)]) from None


def unwritten(path: Path, error: OSError) -> Diagnostic:
    """Why a file could not be written."""
    mark = Mark(str(path))
    if not path.parent.is_dir():
        return problem("output-no-folder", mark, folder=path.parent)
    if isinstance(error, FileExistsError):
        return problem("output-exists", mark)
    if isinstance(error, PermissionError):
        return problem("output-denied", mark)
    if error.errno in (ENOSPC, EDQUOT):
        return problem("output-full", mark)
    return problem("output-failed", mark, reason=error.strerror or error)
