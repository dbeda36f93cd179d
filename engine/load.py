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
from tieuchi.engine.diagnostic import Diagnostic, Faults, problem
from tieuchi.engine.graph import Graph
from tieuchi.engine.pack import Pack, pack_left
from tieuchi.engine.source import Map, Text, gather_file, mark
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
    program, faults = _read_program(name, trees)
    for day in breaks(program):
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


def _read(path: Path, faults: list[Diagnostic]) -> tuple[Pack, Map] | None:
    """A pack, or what is left of it; None where nothing is. What is wrong goes to `faults`."""
    file = shown(path)
    try:
        documents, wrong, lost = gather_file(path, file)
        digest = "sha256:" + sha256(path.read_bytes()).hexdigest()
    except Faults as found:
        faults += [_as_of_a_pack(fault) for fault in found.diagnostics]
        return None
    faults += wrong
    if len(documents) > 1:
        faults.append(problem("pack-several", mark(documents[1], file)))
    pack, wrong = pack_left(documents[0], file, digest, lost)
    faults += wrong
    if pack is None:
        return None
    if pack.id not in ("", path.stem):
        at = mark(pack.model.pack, file)
        faults.append(problem("pack-file", at, name=pack.id, file=path.stem))
    return pack, documents[0]


def _as_of_a_pack(fault: Diagnostic) -> Diagnostic:
    """A fault of any file, with the remedy that it has in a pack."""
    return fault._replace(remedy="see-language") if fault.code == "file-empty" else fault


def _read_program(name: str, trees: tuple[Path, ...]) -> tuple[Program, list[Diagnostic]]:
    """A program or what is left of it, and what is wrong in its files; `Faults` where none is."""
    faults: list[Diagnostic] = []
    files = pack_files(*trees_for(name, *trees))
    main = _read(find_pack(name, *trees), faults)
    if main is None:
        raise Faults(faults)
    packs: dict[str, Pack | None] = {main[0].id: main[0]}  # None where it cannot be read
    todo = [main[1]]
    while todo:
        for home in _homes(todo.pop()):
            if home in files and home not in packs:
                used = _read(files[home], faults)
                packs[home] = None if used is None or used[0].id != home else used[0]
                todo += [] if used is None else [used[1]]
    there = {home: pack for home, pack in packs.items() if pack is not None}
    return Program(there, tuple(files)), faults


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
