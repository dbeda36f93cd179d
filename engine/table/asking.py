"""Which provisions, amounts and definitions of a graph ask for a fact, and how well they are known.

A fact is asked for by what reads it and has no part that does: the point, not the article over it.
It knows the graph alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from tieuchi.engine import phrases as say
from tieuchi.engine.graph import Amount, Definition, Graph, Part, Provision, reads

Asker = Provision | Amount | Definition


class Asking:
    """Who asks for which fact of a graph, in one language."""

    def __init__(self, graph: Graph, lang: str) -> None:
        self.graph = graph
        self.lang = lang
        self._below = _facts_below(graph)
        self._at = {fact.id: at for at, fact in enumerate(graph.facts)}
        self._nodes = {
            f"{part.pack}/{of.id}": of.node for part in graph.parts for of in part.provisions
        }

    def of(self, fact: str) -> tuple[str, str]:
        """The citations of those that ask for a fact, and the grades of their sources."""
        at = self._at[fact]
        found = [each for each in self._askers() if self._asks(*each, at)]
        if not found:
            found = [
                (part, of)
                for part in self.graph.parts
                for of in part.definitions
                if of.cite is not None and self._reads(of.node, at)
            ]
        cites = dict.fromkeys(filter(None, (self._cite(part, of) for part, of in found)))
        grades = sorted({self._grade(part, of) for part, of in found} - {""})
        told = (say.GRADES[g].of(self.lang) if g in say.GRADES else g for g in grades)
        return "; ".join(cites), say.LISTED.join(told)

    def _askers(self) -> Iterator[tuple[Part, Asker]]:
        for part in self.graph.parts:
            for provision in part.provisions:
                yield part, provision
            for amount in part.amounts:
                yield part, amount

    def _asks(self, part: Part, of: Asker, at: int) -> bool:
        if not self._reads(of.node, at):
            return False
        below = of.children if isinstance(of, Provision) else ()
        named = (name if name in self._nodes else f"{part.pack}/{name}" for name in below)
        return not any(self._reads(self._nodes.get(name, -1), at) for name in named)

    def _reads(self, node: int, at: int) -> bool:
        return node >= 0 and bool(self._below[node] >> at & 1)

    def _cite(self, part: Part, of: Asker) -> str:
        if of.cite is None:
            return ""
        cite = of.cite.of(self.lang)
        return cite if part is self.graph.main else f"{cite}, {part.cite.of(self.lang)}"

    @staticmethod
    def _grade(part: Part, of: Asker) -> str:
        usual = (source.grade for source in part.sources if source.id == (of.read_in or of.source))
        return of.grade or next(usual, "")


def _facts_below(graph: Graph) -> list[int]:
    """The facts that each node reads, at whatever depth: one bit a fact."""
    below: list[int] = []
    for at, node in enumerate(graph.nodes):
        bits = 1 << at if at < len(graph.facts) else 0
        for read in reads(node):
            bits |= below[read]
        below.append(bits)
    return below
