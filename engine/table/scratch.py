"""Names for what is not finished: put aside, whole or absent, removed when its run is dead.

A file being written stands beside its place as ``.NAME.tieuchi-PID.part``; what is put aside to be
read is a folder ``tieuchi-PID-…`` of the system's temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from weakref import finalize

_SCRATCH = re.compile(r"tieuchi-(\d+)-.*")
_LIVE: set[str] = set()  # what this process is working on


def scratch_folder() -> tuple[Path, finalize[..., object]]:
    """A new temporary folder, and what removes it: by a call, or else at the end of the process."""
    _clear(Path(tempfile.gettempdir()), _SCRATCH)
    folder = Path(tempfile.mkdtemp(prefix=f"tieuchi-{os.getpid()}-"))
    _LIVE.add(str(folder))
    return folder, finalize(_LIVE, _remove, folder)  # which lives as long as the process


def part_of(path: Path) -> Path:
    """Where a file is written before it takes its place."""
    part = path.with_name(f".{path.name}.tieuchi-{os.getpid()}.part")
    _LIVE.add(str(part))
    return part


def let_go(part: Path) -> None:
    """Remove what is left of a part, which is nothing once it has taken its place."""
    _LIVE.discard(str(part))
    for left in (part, part.with_name(f"{part.name}.wal"), part.with_name(f"{part.name}.rows")):
        _remove(left)


def clear_stray(path: str | os.PathLike[str]) -> None:
    """Remove what dead runs left of this file and put aside; never what a live run works on."""
    place = Path(path).absolute()
    _clear(Path(tempfile.gettempdir()), _SCRATCH)
    _clear(place.parent, re.compile(rf"\.{re.escape(place.name)}\.tieuchi-(\d+)\.part(\.\w+)*"))


def _clear(folder: Path, name: re.Pattern[str]) -> None:
    with suppress(OSError):
        for found in folder.iterdir():
            match = name.fullmatch(found.name)
            if match and not _lives(int(match[1]), found):
                _remove(found)


def _lives(pid: int, found: Path) -> bool:
    if pid == os.getpid():
        return any(str(found).startswith(live) for live in _LIVE)
    if sys.platform == "win32":  # there, a file that is being written cannot be removed
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _remove(path: Path) -> None:
    _LIVE.discard(str(path))
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
