"""What a pack leaves over: facts that decide nothing, two packs for one act. It knows packs, their
graphs and the trees they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tieuchi.engine.diagnostic import Diagnostic, Faults, problem
from tieuchi.engine.graph import Graph, below
from tieuchi.engine.load import Program
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Map, Text, gather_file, mark
from tieuchi.engine.trees import SHIPPED, find_pack, shown, trees_for

LAST = date.max


def leftovers(
    program: Program, graphs: Sequence[Graph], name: str, *trees: Path
) -> list[Diagnostic]:
    """All of it, of the pack that was asked for by `name`."""
    pack = program.packs[program.id]
    return [*_unused(pack, graphs), *_twice(pack, name, trees)]


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
