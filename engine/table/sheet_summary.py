"""The summary as the rows of a sheet: what each provision is, and how many rows meet it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tieuchi.engine.graph import Graph
from tieuchi.engine.quantity import people_text, unit_label
from tieuchi.engine.table import phrases as say
from tieuchi.engine.table.results import STATUSES
from tieuchi.engine.table.summary import EDGES, Counted, Figures

NAMES = {
    "met": say.MET,
    "not_met": say.NOT_MET,
    "undetermined": say.UNDETERMINED,
    "not_applicable": say.NOT_APPLICABLE,
}


def summary_rows(
    graph: Graph, figures: Figures, counts: tuple[int, int, int], lang: str
) -> list[list[Any]]:
    """The rows of the sheet; `counts` are rows in, out and rejected."""
    rows: list[list[Any]] = [
        [graph.main.cite.of(lang), date.fromordinal(graph.as_of)],
        *([told.of(lang), count] for told, count in zip(say.COUNTED, counts, strict=True)),
        [],
        [
            *(each.of(lang) for each in (say.PROVISION, say.NAME, say.CITE)),
            *(NAMES[status].of(lang) for status in STATUSES),
            *(each.of(lang) for each in (say.REQUIRED, say.UNIT, say.LEAST)),
            *(say.SHORT_BY.of(lang, edge=str(edge)) for edge in EDGES),
        ],
    ]
    if figures.verdict is not None:
        rows.append(["status", say.VERDICT.of(lang), None, *figures.verdict.values()])
    rows += [_row(counted, lang) for counted in figures.provisions]
    for each in figures.classes:
        of = each.definition
        named = {label: words.of(lang) for label, words in of.labels}
        rows += [[], [of.id, None if of.words is None else of.words.of(lang)]]
        rows += [
            [None, named.get(label) or NAMES[label].of(lang), count]
            for label, count in each.labels.items()
        ]
    rows += [[], *([words.of(lang)] for words in graph.main.limits)]
    return rows


def _row(counted: Counted, lang: str) -> list[Any]:
    of = counted.provision
    return [
        of.id,
        None if of.words is None else of.words.of(lang),
        of.cite.of(lang),
        *counted.statuses.values(),
        _number(counted.required, lang),
        unit_label(counted.unit, lang) if counted.unit else None,
        _number(counted.least, lang),
        *counted.bands,
    ]


def _number(figure: str | None, lang: str) -> Any:
    """A figure as a number, where it is one that a sheet can hold."""
    if figure is None:
        return None
    return people_text(figure, lang) if "/" in figure else Decimal(figure)
