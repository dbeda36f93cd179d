"""A file as it was typed, with one thing in it otherwise: what every kind of mistake is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Mistake(NamedTuple):
    """A file with one mistake: what stands there now, on which line, and the text of it.

    `tests`: the mistake is in the test cases beside the pack.
    """

    line: int
    what: str
    text: str
    tests: bool = False


Kind = Callable[[str], Iterator[Mistake]]


def lines_of(text: str) -> list[str]:
    """The lines of a file, each with its end."""
    return text.splitlines(keepends=True)


def put(text: str, at: int, new: str, what: str) -> Mistake:
    """A file with another line there."""
    lines = lines_of(text)
    lines[at] = new
    return Mistake(at + 1, what, "".join(lines))


def changed(pattern: str, new: str) -> Kind:
    """Every line on which a pattern stands, with something else there."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(lines_of(text)):
            for found in re.finditer(pattern, line):
                there = line[: found.start()] + found.expand(new) + line[found.end() :]
                if there != line:
                    yield put(text, at, there, f"{found[0].strip()} → {found.expand(new).strip()}")

    return kind


def exchanged(pattern: str, pairs: Mapping[str, str]) -> Kind:
    """Every word of a pattern with the one that is easily taken for it."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(lines_of(text)):
            for found in re.finditer(pattern, line):
                new = pairs.get(found[1], found[1])
                if new != found[1]:
                    there = line[: found.start(1)] + new + line[found.end(1) :]
                    yield put(text, at, there, f"{found[1]} → {new}")

    return kind


def left_out(pattern: str) -> Kind:
    """Every line that begins so, left out, with what is indented under it."""

    def kind(text: str) -> Iterator[Mistake]:
        lines = lines_of(text)
        for at, line in enumerate(lines):
            if re.match(pattern, line):
                end = end_of(lines, at)
                kept = "".join([*lines[:at], *lines[end:]])
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", kept)

    return kind


def end_of(lines: list[str], at: int) -> int:
    """Where what stands under a line ends."""
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth
    ):
        end += 1
    return end
