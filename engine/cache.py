"""Graphs of packs seen before, kept as JSON in the user's cache: no YAML, no pydantic, no
compiling.

An entry is named by what it was made from: the digest of the pack's file and of this version. It
holds the digests of the packs it uses, the days on which the graph changes, and a graph for each
span asked for so far; all of them together have an entry of their own, so that an answer as of one
day stays quick to look up. An entry that does not fit, or cannot be read or written, is made anew
or done without: the cache never decides anything.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from tieuchi.engine import __version__
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import FORMAT, Graph, from_json, to_json
from tieuchi.engine.trees import find_pack, pack_files, trees_for

LARGEST = 2 * 1024 * 1024
"""The largest file of a pack, as `source` says, which is not imported for that alone."""


def graph_for(name: str, as_of: int, *trees: Path) -> Graph:
    """The graph of a pack, by name or path, on a day (an ordinal). Raises `Faults`."""
    try:
        with find_pack(name, *trees).open("rb") as file:
            main = file.read(LARGEST + 1)  # a larger one is refused, and need not be read for it
    except (OSError, Faults):
        return _compiled(name, as_of, trees)
    entry = _folder() / f"{_digest(main, f'{__version__} {FORMAT} {name}')}.json"
    held = _held(entry, name, trees)
    if held is not None:
        span = str(bisect_right(held["breaks"], as_of))
        if span in held["graphs"]:
            return from_json([as_of, *held["graphs"][span][1:]])
    return _compiled(name, as_of, trees, entry, held)


def graphs_over(name: str, *trees: Path) -> list[tuple[int, Graph]]:
    """The graphs of a pack over all days, each with the first day it is of. Raises `Faults`."""
    try:
        main = find_pack(name, *trees).read_bytes()
        entry = _folder() / f"{_digest(main, f'{__version__} {FORMAT} {name} over')}.json"
        held = _held(entry, name, trees)
    except (OSError, Faults):
        entry, held = None, None
    if held is None:
        held = _compiled_over(name, trees)
        if entry is not None:
            _keep(entry, held)
    return [(day, from_json([day, *held["graphs"][of][1:]])) for day, of in held["breaks"]]


def _compiled_over(name: str, trees: tuple[Path, ...]) -> dict[str, Any]:
    """An entry of all graphs of a pack: a day on which nothing changes has none of its own."""
    from tieuchi.engine.load import breaks, compile_pack, load_pack

    program = load_pack(name, *trees)
    days: list[tuple[int, int]] = []
    graphs: list[Any] = []
    last = None
    for day in (date.min.toordinal(), *breaks(program)):
        graph = compile_pack(program, day)
        if last is None or graph[1:] != last[1:]:
            graphs.append(to_json(graph))
            days.append((day, len(graphs) - 1))
        last = graph
    uses = {pack.id: pack.digest for pack in list(program.packs.values())[1:]}
    return {"uses": uses, "breaks": days, "graphs": graphs}


def _held(entry: Path, name: str, trees: tuple[Path, ...]) -> dict[str, Any] | None:
    """What an entry holds, if the packs it uses are as they were."""
    try:
        held: dict[str, Any] = json.loads(entry.read_bytes())
        if held["uses"]:
            files = pack_files(*trees_for(name, *trees))
            for used, digest in held["uses"].items():
                if _digest(files[used].read_bytes()) != digest:
                    return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return held


def _compiled(
    name: str,
    as_of: int,
    trees: tuple[Path, ...],
    entry: Path | None = None,
    held: dict[str, Any] | None = None,
) -> Graph:
    from tieuchi.engine.load import breaks, compile_pack, load_pack

    program = load_pack(name, *trees)
    graph = compile_pack(program, as_of)
    if entry is not None:
        days = breaks(program)
        uses = {pack.id: pack.digest for pack in list(program.packs.values())[1:]}
        graphs = dict(held["graphs"]) if held is not None else {}
        graphs[str(bisect_right(days, as_of))] = to_json(graph)
        _keep(entry, {"uses": uses, "breaks": days, "graphs": graphs})
    return graph


def _keep(entry: Path, held: dict[str, Any]) -> None:
    """Writes an entry whole or not at all."""
    aside = entry.with_suffix(f".{os.getpid()}")
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")), "utf-8")
        aside.replace(entry)
    except OSError:
        with suppress(OSError):  # its folder may be a file
            aside.unlink()


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "tieuchi"


def _digest(data: bytes, more: str = "") -> str:
    digest = sha256(data)
    digest.update(more.encode())
    return f"{'' if more else 'sha256:'}{digest.hexdigest()}"
