"""What a pack leaves over or leaves out: facts that decide nothing, days without a value, two packs
for one act. It knows packs, their graphs and the trees they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, Faults, problem
from tieuchi.engine.graph import Graph, below
from tieuchi.engine.load import Program
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Map, Text, gather_file, mark
from tieuchi.engine.trees import SHIPPED, find_pack, shown, trees_for
from tieuchi.engine.written import children_of

LAST = date.max


def leftovers(
    program: Program, graphs: Sequence[Graph], name: str, *trees: Path
) -> list[Diagnostic]:
    """All of it, of the pack that was asked for by `name`."""
    pack = program.packs[program.id]
    return [*_unused(pack, graphs), *_late(pack), *_twice(pack, name, trees)]


def _unused(pack: Pack, graphs: Sequence[Graph]) -> Iterator[Diagnostic]:
    """Facts that no provision, definition, amount or check ever reads."""
    used: set[str] = set()
    for graph in graphs:
        main = graph.main
        roots = [of.node for of in main.provisions] + [of.node for of in main.definitions]
        roots += [of.node for of in main.amounts]
        roots += [gate.condition for of in main.provisions for gate in of.gates]
        roots += [of.review for of in main.provisions] + [check.truth for check in main.checks]
        roots.append(main.verdict)
        reached = below(graph.nodes, *(at for at in roots if at >= 0))
        used |= {graph.facts[at].id for at in reached if at < len(graph.facts)}
    for fact in pack.model.facts:
        if fact not in used and graphs:
            yield problem("fact-unused", mark(fact, pack.file), name=fact)


# ---- days without a value


def _late(pack: Pack) -> Iterator[Diagnostic]:
    """Dated values of which the first holds only after what they are for is in force."""
    model = pack.model
    for owners in (model.define, model.provisions, model.amounts):
        for name, owner in owners.items():
            yield from _late_in(pack, name, owner, _start(model))


def _start(owner: Any) -> str:
    period = getattr(owner, "in_force", None)
    return "" if period is None or period.from_ is None else str(period.from_)


def _late_in(pack: Pack, name: str, model: Any, start: str) -> Iterator[Diagnostic]:
    if isinstance(model, p.Dated):
        first = next(iter(model.root))
        if start and first > start:
            at = mark(first, pack.file)
            yield problem("dated-late", at, name=name, first=first, start=start)
        parts: list[Any] = list(model.root.values())
    elif isinstance(model, Mapping):
        parts = list(model.values())
    elif isinstance(model, list):
        parts = model
    elif isinstance(model, p.Cells):
        parts = list(model.root.values())
    elif isinstance(model, p.Model):
        start = _start(model) or start
        children = children_of(getattr(model, "body", None))
        if isinstance(children, Mapping):
            for child, inner in children.items():
                yield from _late_in(pack, child, inner, start)
        keep = [f for f in type(model).model_fields if f != "in_force"]
        parts = [
            getattr(model, f) for f in keep if not isinstance(children, Mapping) or f != "body"
        ]
    else:
        return
    for part in parts:
        yield from _late_in(pack, name, part, start)


# ---- two packs for one act


def _twice(pack: Pack, name: str, trees: tuple[Path, ...]) -> Iterator[Diagnostic]:
    """Another file of the tree with this name, or with this act for the same place and time."""
    own = find_pack(name, *trees).resolve()
    for tree in (*trees_for(name, *trees), SHIPPED):
        files = [
            path for path in sorted(tree.rglob("*.yaml")) if not path.name.endswith(".test.yaml")
        ]
        if own not in [path.resolve() for path in files]:
            continue
        for path in files:
            if path.resolve() == own:
                continue
            head = _head(path)
            if path.stem == own.stem:
                at = mark(pack.model.pack, pack.file)
                yield problem("pack-twice", at, name=pack.id, file=shown(path))
            elif head is not None and _is_same_act(pack, head):
                at = mark(pack.model.pack, pack.file)
                yield problem("packs-overlap", at, name=pack.id, other=head["pack"])
        return


def _head(path: Path) -> Map | None:
    """A pack's document; None where there is none."""
    try:
        documents = gather_file(path, shown(path)).documents
    except Faults:
        return None
    return documents[0] if documents and isinstance(documents[0].get("pack"), Text) else None


def _is_same_act(pack: Pack, other: Map) -> bool:
    """Whether another pack has a provision of the same act, for the same place and a day."""
    cite, place = other.get("cite"), other.get("place")
    ids = {*pack.model.provisions, *pack.model.amounts}
    if ids.isdisjoint({*(other.get("provisions") or ()), *(other.get("amounts") or ())}):
        return False
    if not isinstance(cite, Map) or cite.get("vi") != pack.model.cite.vi:
        return False
    period = pack.model.in_force
    own = (period and period.from_, period and period.until)
    there = other.get("in_force")
    theirs = (there.get("from"), there.get("until")) if isinstance(there, Map) else (None, None)
    (one, one_last), (two, two_last) = (
        (str(since or ""), str(until or LAST)) for since, until in (own, theirs)
    )
    return place == pack.model.place and one <= two_last and two <= one_last
