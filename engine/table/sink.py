"""One file that is being written: whole or absent, with its part beside it until it is finished."""

from __future__ import annotations

import errno
import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from tieuchi.engine.table.origin import first_line, stop
from tieuchi.engine.table.scratch import clear_stray, let_go, part_of

Cell = Any  # text, a whole number, a Decimal, a yes/no, a day, or None
_FULL = re.compile(r"os error (28|27|122)\b|No space left|Disk quota|disk full", re.IGNORECASE)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """What goes wrong on the way to a file is a fault of it; what Polars cannot read is not."""
    try:
        yield
    except PermissionError:
        stop("output-denied", path)
    except (OSError, PolarsError) as error:
        if is_full(error):
            stop("output-full", path)
        if isinstance(error, PolarsError):
            raise
        stop("output-failed", path, reason=getattr(error, "strerror", None) or first_line(error))


def is_full(error: Exception) -> bool:
    """Whether there is no more room on the disk."""
    full = getattr(error, "errno", None) in (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)
    return full or bool(_FULL.search(str(error)))


class Sink(ABC):
    """One file to be written."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.place = Path(path).resolve()
        with writing(path):
            _hold_writable(path, self.place)
            clear_stray(self.place)
        self.part = part_of(self.place)

    @abstractmethod
    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A lazy sink of these rows, to be collected."""

    def write(self, frame: pl.LazyFrame) -> None:
        """Collect these rows alone."""
        with writing(self.path):
            pl.collect_all([self.of(frame)], engine="streaming")

    def finish(self, summary: Sequence[Sequence[Cell]] = ()) -> None:
        """Put what was collected in its place; a workbook gets the summary as a second sheet."""
        with writing(self.path):
            self._complete(summary)
            _take_place(self.part, self.place)
        let_go(self.part)

    def _complete(self, summary: Sequence[Sequence[Cell]]) -> None:  # noqa: ARG002
        """Whatever belongs into the part besides its rows."""
        return

    def discard(self) -> None:
        """Remove what is not finished."""
        let_go(self.part)

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


def _hold_writable(path: str, place: Path) -> None:
    if place.is_dir():
        stop("file-folder", path)
    if not place.parent.is_dir():
        stop("output-no-folder", path, folder=str(Path(path).parent))
    for needed in (place.parent, place):
        if needed.exists() and not os.access(needed, os.W_OK):
            stop("output-denied", path)


def _take_place(part: Path, place: Path) -> None:
    """Make a finished part the file itself, on the disk for certain."""
    _sync(part)
    os.replace(part, place)  # noqa: PTH105
    if sys.platform != "win32":
        with suppress(OSError):
            _sync(place.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as what fits into a cell: lists and records as JSON, bytes in hexadecimal."""
    cell = pl.col(name)
    if isinstance(dtype, pl.Struct):
        return cell.struct.json_encode()
    if isinstance(dtype, pl.List | pl.Array):
        wrapped = pl.struct(cell.alias("_")).struct.json_encode()
        inner = wrapped.str.strip_prefix('{"_":').str.strip_suffix("}")
        return pl.when(cell.is_not_null()).then(inner)
    if dtype == pl.Binary:
        return cell.bin.encode("hex")
    if dtype == pl.Duration:
        return cell.dt.to_string("iso")
    return cell
