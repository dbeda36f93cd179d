"""Values of a pack that are tables in the law, as tables: by labels, bands, coefficients.

`Tabler` spells a condition or value as `Speller` does, but for these, which it names by a number
("Table 2") and keeps as grids, in the order in which they are met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine import phrases as law
from tieuchi.engine.export import phrases as say
from tieuchi.engine.spelling import Speller


class Grid(NamedTuple):
    """A table of the law: what it is, its columns' heads and its rows of texts, heads first."""

    number: int
    what: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Tabler(Speller):
    """Spells a pack, and keeps its tables in `grids`."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.grids: list[Grid] = []

    def _kept(self, what: str, head: tuple[str, ...], rows: Any) -> str:
        """Keeps a table; the words that stand for it. The tables within it come after it."""
        at = len(self.grids)
        self.grids.append(Grid(at + 1, what, head, ()))
        self.grids[at] = self.grids[at]._replace(rows=tuple(rows))
        return say.TABLE.of(self.lang, number=str(at + 1))

    def _weighted(self, model: p.Weighted) -> str:
        lang = self.lang
        unknown = law.V_UNKNOWN_WEIGHT.of(lang)
        rows = (
            (self.name(fact), unknown if weight == "unknown" else self.value(weight))
            for fact, weight in model.weighted.items()
        )
        head = (say.FACT.of(lang), say.COEFFICIENT.of(lang))
        return say.SUM_IN.of(lang, table=self._kept(say.WEIGHTED.of(lang), head, rows))

    def _first(self, model: p.First, labels: Mapping[str, Any]) -> str:
        lang = self.lang
        head = (say.WHERE.of(lang), say.COMES_TO.of(lang))
        rows = (self._branch(model, branch, labels) for branch in model.first)
        return say.FIRST_IN.of(lang, table=self._kept(say.FIRST.of(lang), head, rows))

    def _branch(
        self, model: p.First, branch: p.Branch, labels: Mapping[str, Any]
    ) -> tuple[str, str]:
        if branch.else_ is not None:
            return say.OTHERWISE.of(self.lang), self.value(branch.else_, labels)
        if branch.when is not None:
            when = self.condition(branch.when)
        else:
            when = self._compared(model.of, branch)
        return when, self.value(branch.then, labels)

    def _table(self, model: p.TableModel, labels: Mapping[str, Any]) -> str:
        lang = self.lang
        names = model.by if isinstance(model.by, list) else [model.by]
        keys = [self.labels(name) for name in names]
        said = law.V_AND.of(lang).join(map(self.name, names))
        *outer, last = map(self.name, names)
        if not outer:
            head: tuple[str, ...] = (last, say.COMES_TO.of(lang))
        else:
            head = (*outer, *(self.label(str(label), keys[-1]) for label in keys[-1]))
        rows = self._rows(model.body, keys, labels, bool(outer))
        kept = self._kept(say.BY.of(lang, keys=said), head, rows)
        return say.LEVEL_IN.of(lang, keys=said, table=kept)

    def _rows(
        self, cells: p.Cells, keys: Sequence[Mapping[str, Any]], labels: Any, across: bool
    ) -> Iterator[tuple[str, ...]]:
        """The rows, the labels of the last of several keys across."""
        if across and len(keys) == 1:
            by = {str(label): cell for label, cell in cells.root.items()}
            yield tuple(
                self.value(by[str(label)], labels) if str(label) in by else "" for label in keys[0]
            )
            return
        for label, inner in cells.root.items():
            named = self.label(str(label), keys[0])
            if isinstance(inner, p.Cells):
                for row in self._rows(inner, keys[1:], labels, across):
                    yield (named, *row)
            else:
                yield named, self.value(inner, labels)
