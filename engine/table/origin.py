"""A table as it was opened: its rows as they stand, not yet read as facts.

`Source` is what every reader of files gives. Its frame has the column `ROW` before the file's own:
the number that whoever opens the file sees beside the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn

import polars as pl
from polars.exceptions import PanicException, PolarsError

from tieuchi.engine.diagnostic import Faults, Mark, problem

Decimal = Literal["comma", "point"]
Kind = Literal["csv", "sheet", "parquet", "arrow", "duckdb", "sqlite"]
ROW = "@row"
_FIRST = 10_000  # rows that tell how a file is written

_END = r"\s*(%|[^\d\s.,].*)?$"
_COMMA = rf"^\s*[+-]?(\d+(\.\d{{3}})*,(\d{{1,2}}|\d{{4,}})|0,\d{{3}}|\d{{4,}},\d{{3}}|\d{{1,3}}(\.\d{{3}})+,\d{{3}}|\d{{1,3}}(\.\d{{3}}){{2,}}){_END}"  # noqa: E501
_POINT = rf"^\s*[+-]?(\d+(,\d{{3}})*\.(\d{{1,2}}|\d{{4,}})|0\.\d{{3}}|\d{{4,}}\.\d{{3}}|\d{{1,3}}(,\d{{3}})+\.\d{{3}}|\d{{1,3}}(,\d{{3}}){{2,}}){_END}"  # noqa: E501


class Style(NamedTuple):
    """How cells are separated in a delimited file, and which mark its decimals have."""

    separator: str = ","
    decimal: Decimal = "point"


@dataclass(frozen=True)
class Source:
    """A table: its rows, the names of its columns, and what is known of the file."""

    path: str
    kind: Kind
    frame: pl.LazyFrame
    headers: tuple[str, ...]
    first_row: int
    ragged: Mapping[int, int] = field(default_factory=dict)
    """The rows that have another number of cells than the header, and how many they have."""
    stray: Mapping[int, str] = field(default_factory=dict)
    """Those of them that have a double quote which cannot be placed, and their texts."""
    release: Callable[[], object] = lambda: None
    separator: str = ""
    """What separates the cells of a delimited file."""
    counted: int | None = None
    """How many rows there are, where opening it told."""
    numbers: frozenset[str] = frozenset()
    """The columns of text that have binary floating-point numbers among them: another column of the
    frame, `cell.NUMBER` before the name, says which cells those are."""

    def decimal_of(self, columns: Sequence[str]) -> Decimal | None:
        """The decimal mark of these columns: that of every cell that can be read in one way only.

        None where no cell tells it, and where two cells tell different ones. Reads the columns.
        """
        types = self.frame.select(columns).collect_schema() if columns else {}
        texts = [name for name in columns if types[name] == pl.String]
        if self.kind == "sheet" or not texts:
            return None

        def told(pattern: str) -> pl.Expr:
            def of(name: str) -> pl.Expr:
                marked = pl.col(name).filter(pl.col(name).str.contains_any([",", "."]))
                return marked.str.contains(pattern).any()

            return pl.any_horizontal(of(name) for name in texts)

        asked = self.frame.select(comma=told(_COMMA), point=told(_POINT))
        with reading(self.path):
            comma, point = asked.collect(engine="streaming").row(0)
        if comma == point:
            return None
        return "comma" if comma else "point"

    def style(self, columns: Sequence[str], decimal: Decimal | None) -> Style:
        """How results are written that whoever has this file can open: with `;` and a decimal comma
        where it has `;` itself and no decimal point (`decimal`, else its first cells in these
        columns), as a spreadsheet in Vietnamese has it; in any other case by RFC 4180."""
        if self.separator != ";":
            return Style()
        said = decimal or replace(self, frame=self.frame.head(_FIRST)).decimal_of(columns)
        return Style(";", said or "comma")

    @cached_property
    def decimal(self) -> Decimal | None:
        """The decimal mark that all columns of the file agree on."""
        return self.decimal_of(self.headers)

    @property
    def rows(self) -> int | None:
        """How many rows there are, where that costs nothing to know."""
        if self.kind in ("parquet", "arrow"):
            return int(self.frame.select(pl.len()).collect().item())
        return self.counted

    def close(self) -> None:
        """Remove what was put aside to read it; its frame cannot be read any more."""
        self.release()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def stop(code: str, path: str, line: int = 0, /, **facts: object) -> NoReturn:
    """Say what is wrong with a file."""
    raise Faults([problem(code, Mark(path, line), **facts)])


def first_line(error: BaseException) -> str:
    """What an error of a library says, in one line."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "?")


@contextmanager
def reading(path: str) -> Iterator[None]:
    """What goes wrong while a file is read is a fault of the file."""
    try:
        yield
    except FileNotFoundError:
        stop("file-missing", path)
    except PermissionError:
        stop("file-denied", path)
    except (PolarsError, PanicException) as error:
        stop("table-broken", path, reason=first_line(error))
    except (OSError, ValueError) as error:
        stop("file-unreadable", path, reason=getattr(error, "strerror", None) or first_line(error))


def require_file(path: str) -> None:
    """Hold that a file is there, can be read and has something in it."""
    with reading(path):
        if Path(path).is_dir():
            stop("file-folder", path)
        with Path(path).open("rb") as stream:
            if not stream.read(1):
                stop("table-empty", path)
