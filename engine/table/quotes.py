"""A delimited file in which some double quote stands where none can: each row as far as it can be.

A row that is well formed stays as it is, over several lines too. In any other the quotes are text,
where it then has as many cells as the header; else it is a row by itself that nobody can read, and
the rows after it are not lost with it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

_LINES = 50
"""So many lines may a cell with line breaks have, in a file whose quotes are not all right."""


class Stray(NamedTuple):
    """A row whose quotes cannot be placed: its text, and how many cells it seems to have."""

    text: str
    cells: int


class _Row(NamedTuple):
    """A row: as it stands, or as cells; `stray` where it cannot be read."""

    text: str
    cells: list[str] | None = None
    stray: int = 0


def mend(plain: str, lines: int, separator: str, columns: int, to: Path) -> dict[int, Stray]:
    """Write the rows of a file in UTF-8 after so many `lines`, each well formed; gives those that
    cannot be read by their places, which are written as rows of one cell."""
    found: dict[int, Stray] = {}
    with (
        open(plain, encoding="utf-8", newline="\n") as source,  # noqa: PTH123
        to.open("w", encoding="utf-8", newline="") as out,
    ):
        for at, row in enumerate(_Quotes(separator, columns).rows(islice(source, lines, None))):
            if row.stray:
                found[at] = Stray(row.text, row.stray)
                out.write(f"{_written(row.text)}\n")
            elif row.cells is None:
                out.write(f"{row.text}\n")
            else:
                out.write(separator.join(map(_written, row.cells)) + "\n")
    return found


def _written(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


class _Quotes:
    """Tells the rows of a file whose cells are separated by this, and so many."""

    def __init__(self, separator: str, columns: int) -> None:
        sep = re.escape(separator)
        self._separator, self._columns = separator, columns
        self._cell = re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{sep}\n]*))({sep}|\Z)')
        self._loose = re.compile(rf'((?:"[^"]*"|[^"{sep}])*)({sep}|\Z)')
        self._open = re.compile(rf'(?:(?:"(?:[^"]|"")*"|[^"{sep}\n]*){sep})*"(?:[^"]|"")*\Z')

    def rows(self, lines: Iterator[str]) -> Iterator[_Row]:
        """The rows, in order."""
        ahead: deque[str] = deque()
        while ahead or (line := next(lines, None)) is not None:
            line = _ended(ahead.popleft() if ahead else line)  # type: ignore[arg-type]
            if '"' not in line or self._strict(line) is not None:
                yield _Row(line)
                continue
            over = self._over(line, lines, ahead)
            if over is not None:
                yield _Row(over)
                continue
            cells = self._as_text(line)
            yield _Row(line, cells, 0 if cells else line.count(self._separator) + 1)

    def _over(self, line: str, lines: Iterator[str], ahead: deque[str]) -> str | None:
        """A row over several lines, where it is well formed and has the cells of the header."""
        text = line
        for n in range(_LINES - 1):
            if (n == 0 or '"' in ahead[n - 1]) and self._open.match(text) is None:
                return None  # whatever follows
            if n == len(ahead):
                more = next(lines, None)
                if more is None:
                    return None
                ahead.append(more)
            text = f"{text}\n{_ended(ahead[n])}"
            if '"' not in ahead[n]:
                continue
            cells = self._strict(text)
            if cells is not None:
                if len(cells) != self._columns:
                    return None
                for _ in range(n + 1):
                    ahead.popleft()
                return text
        return None

    def _strict(self, text: str) -> list[str] | None:
        """The cells of a row by the rules, None where it breaks them."""
        return self._cells(self._cell, text)

    def _as_text(self, line: str) -> list[str] | None:
        """The cells of a line whose quotes are text, if they are as many as there should be: with
        what separates cells within a pair of quotes as text too, or else not."""
        for cells in (self._cells(self._loose, line), line.split(self._separator)):
            if cells is not None and len(cells) == self._columns:
                return [self._plain(cell) for cell in cells]
        return None

    def _plain(self, cell: str) -> str:
        """A cell without the quotes around it, where those are well placed."""
        found = self._cell.fullmatch(cell)
        if found is None or found[1] is None:
            return cell
        return found[1].replace('""', '"')

    @staticmethod
    def _cells(pattern: re.Pattern[str], text: str) -> list[str] | None:
        cells, at = [], 0
        while (found := pattern.match(text, at)) is not None:
            cells.append(found[1] if found[1] is not None else found[2])
            at = found.end()
            if not found[found.re.groups]:
                return cells if at == len(text) else None
        return None


def _ended(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")
