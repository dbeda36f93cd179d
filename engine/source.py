"""YAML as it stands in the file: every scalar as text with its place, nothing guessed, nothing shared.

Straight from the events of PyYAML's C parser, without a resolver: `no` is a word, `1.10` keeps its
nought. Knows of YAML and of faults; nothing of packs or cases.
"""

import os
from typing import Any, Final, TypeAlias

from tieuchi.engine.diagnostic import Mark

LIMIT: Final = 4 * 1024 * 1024
"""The largest file that is read, in bytes."""
DEPTH: Final = 64
"""The deepest nesting that is read."""


class Text(str):
    """A scalar, NFC-normalised, with where it stands and whether it stood without quotes."""

    __slots__ = ("column", "line", "plain")
    line: int
    column: int
    plain: bool

    def __new__(cls, value: str = "", line: int = 0, column: int = 0, plain: bool = True) -> "Text":
        text = str.__new__(cls, value)
        text.line, text.column, text.plain = line, column, plain
        return text


class Map(dict[Text, Any]):
    """A mapping; its keys are Text, so the place of each key is known."""

    __slots__ = ("column", "line")
    line: int
    column: int


class Seq(list[Any]):
    """A sequence with where it starts."""

    __slots__ = ("column", "line")
    line: int
    column: int


Node: TypeAlias = Text | Map | Seq


def mark(node: Node, file: str) -> Mark:
    """Where a node of a document stands."""
    return Mark(file, node.line, node.column)


def read_file(path: str | os.PathLike[str], file: str | None = None) -> list[Map]:
    """The documents of a file; its size is looked at before it is read."""
    raise NotImplementedError


def read(data: bytes | str, file: str) -> list[Map]:
    """The documents of a text, at least one, each a mapping; else Faults with all that is wrong."""
    raise NotImplementedError
