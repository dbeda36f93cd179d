"""Where a run on Spark writes: folders of Parquet on a file system of Hadoop, or tables.

Everything is written under a name of its own first; `take` puts it in its place by a rename.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import Any

from tieuchi.engine.table.origin import stop

_TABLE = re.compile(r"\w+(\.\w+){0,2}")
_FILES = ("csv", "tsv", "txt", "xlsx", "duckdb", "ddb", "sqlite", "db", "arrow", "json")


class Places:
    """The places of the results and of the rejects; raises Faults for a kind that is not ours."""

    def __init__(self, session: Any, output: str) -> None:
        self._session = session
        stem, dot, suffix = output.rpartition(".")
        self._folders = bool(dot) and suffix.lower() in ("parquet", "pq")
        if not self._folders and (suffix.lower() in _FILES or not _TABLE.fullmatch(output)):
            stop("spark-kind-unknown", output, suffix=f".{suffix}" if dot else output)
        self.output = output
        self.rejects = f"{stem}.rejects.{suffix}" if self._folders else f"{output}_rejects"

    def write(self, frame: Any, place: str) -> Any:
        """Write rows under another name; gives back a frame of what was written."""
        part = self._part(place)
        if self._folders:
            frame.write.mode("overwrite").parquet(part)
            return self._session.read.parquet(part)
        frame.write.mode("overwrite").saveAsTable(part)
        return self._session.table(part)

    def take(self, place: str) -> None:
        """Put what was written in its place, and what stood there away."""
        part = self._part(place)
        if not self._folders:
            self._session.sql(f"DROP TABLE IF EXISTS {place}")
            self._session.sql(f"ALTER TABLE {part} RENAME TO {place}")
            return
        files, here, there = self._files(part, place)
        old = there.suffix(".old")
        files.delete(old, True)
        if files.exists(there) and not files.rename(there, old):
            stop("output-failed", place, reason="rename")
        if not files.rename(here, there):
            stop("output-failed", place, reason="rename")
        files.delete(old, True)

    def remove(self, place: str) -> None:
        """Remove what an earlier run has left in a place."""
        if self._folders:
            files, _, there = self._files(place, place)
            files.delete(there, True)
        else:
            self._session.sql(f"DROP TABLE IF EXISTS {place}")

    def clear(self) -> None:
        """Remove what is not in its place."""
        for place in (self.output, self.rejects):
            with suppress(Exception):
                self.remove(self._part(place))

    def _part(self, place: str) -> str:
        if not self._folders:
            return f"{place}__tieuchi_{os.getpid()}"
        folder, slash, name = place.rpartition("/")
        return f"{folder}{slash}.{name}.tieuchi-{os.getpid()}.part"

    def _files(self, *paths: str) -> tuple[Any, ...]:
        """The file system, and paths on it."""
        context = self._session.sparkContext
        made = [context._jvm.org.apache.hadoop.fs.Path(path) for path in paths]  # noqa: SLF001
        return made[0].getFileSystem(context._jsc.hadoopConfiguration()), *made  # noqa: SLF001
