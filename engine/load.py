"""Packs by name or path: read, joined with those they use, and checked.

`load_pack` gives a `Program`, which is a pack and those it uses. Everything that is wrong in any of
them on any day is raised at once. Reading costs YAML and pydantic: `cache` keeps what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tieuchi.engine.compile import compile_pack as compile_packs
from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.pack import Pack, read_pack
from tieuchi.engine.source import Map, Text, read_file
from tieuchi.engine.trees import find_pack, pack_files, shown, trees_for


class Program(NamedTuple):
    """A pack and those it uses, by id; the asked one first."""

    packs: dict[str, Pack]
    known: tuple[str, ...] = ()  # the packs there are in its trees

    @property
    def id(self) -> str:
        """The asked pack's name."""
        return next(iter(self.packs))


def compile_pack(program: Program, as_of: date | int) -> Graph:
    """The graph of a program as of a day."""
    return compile_packs(program.packs, as_of, program.known)


def load_pack(name: str, *trees: Path) -> Program:
    """A pack by its name or its file's path, with the packs it uses, all checked.

    `trees` are folders of packs that are looked into before those that ship. Raises `Faults`.
    """
    program = _read_program(name, trees)
    days = breaks(program)
    faults: list[Diagnostic] = []
    for day in days:
        try:
            compile_pack(program, day)
        except Faults as found:
            faults += [d for d in found.diagnostics if d not in faults]
    if faults:
        raise Faults(faults)
    return program


def lint(name: str, *trees: Path) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """A pack and what is wrong with it; None where it cannot be used."""
    try:
        return load_pack(name, *trees), ()
    except Faults as found:
        return None, found.diagnostics


def _read(path: Path) -> tuple[Pack, Map]:
    documents = read_file(path, shown(path))
    if len(documents) > 1:
        at = documents[1]
        raise Faults([problem("pack-several", Mark(shown(path), at.line, at.column))])
    digest = "sha256:" + sha256(path.read_bytes()).hexdigest()
    return read_pack(documents[0], shown(path), digest), documents[0]


def _read_program(name: str, trees: tuple[Path, ...]) -> Program:
    files = pack_files(*trees_for(name, *trees))
    main, document = _read(find_pack(name, *trees))
    packs, faults = {main.id: main}, list[Diagnostic]()
    todo = [document]
    while todo:
        for home in _homes(todo.pop()):
            if home in files and home not in packs:
                try:
                    packs[home], used = _read(files[home])
                    todo.append(used)
                except Faults as found:
                    faults += found.diagnostics
    if faults:
        raise Faults(faults)
    return Program(packs, tuple(files))


def _scalars(node: Any) -> Iterator[Text]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _scalars(value)
    elif isinstance(node, list):
        for value in node:
            yield from _scalars(value)
    else:
        yield node


def _homes(document: Map) -> Iterator[str]:
    """The packs that a document may name: what stands before a "/" in any word of it."""
    for text in _scalars(document):
        home, slash, rest = text.partition("/")
        if slash and rest and " " not in text:
            yield home


def breaks(program: Program) -> list[int]:
    """Days between which a program compiles to one graph: one day of each span."""
    days = {date(1900, 1, 1).toordinal()}
    for pack in program.packs.values():
        for text in _dates(pack.model):
            day = date.fromisoformat(text).toordinal()
            days |= {day, day + 1}
    return sorted(days)


def _dates(model: Any) -> Iterator[str]:
    """Everything in a model that reads as a day, wherever it stands."""
    if isinstance(model, str):
        if len(model) == 10 and model[4] == model[7] == "-" and model[:4].isdigit():
            try:
                date.fromisoformat(model)
            except ValueError:
                return
            yield model
    elif isinstance(model, Mapping):
        for key, value in model.items():
            yield from _dates(key)
            yield from _dates(value)
    elif isinstance(model, list | tuple):
        for value in model:
            yield from _dates(value)
    elif hasattr(type(model), "model_fields"):
        for name in type(model).model_fields:
            yield from _dates(getattr(model, name))
