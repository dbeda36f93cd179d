"""Opening a table in a test: what stands in it, or the one line that says what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.sources import open_source

Rows = list[tuple[Any, ...]]


def opened(path: Path, **options: Any) -> tuple[tuple[str, ...], Rows]:
    """The names of a table's columns, and its rows, each with its number."""
    with open_source(str(path), **options) as source:
        frame = source.frame.select(ROW, *source.headers)
        return source.headers, frame.collect(engine="streaming").rows()


def of_text(tmp_path: Path, data: bytes | str, **options: Any) -> tuple[tuple[str, ...], Rows]:
    """The same of a CSV file."""
    path = tmp_path / "table.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return opened(path, **options)


def refused(path: Path | str, **options: Any) -> str:
    """The one line that says what is wrong."""
    with pytest.raises(Faults) as caught, open_source(str(path), **options) as source:
        source.frame.collect()
    [found] = caught.value.diagnostics
    return line(found, "en").replace(str(Path(path).parent) + "/", "")
