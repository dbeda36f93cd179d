"""The summary as the rows of a sheet: what each provision is, and how many rows meet it."""

from __future__ import annotations

from datetime import date
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
    read, out, rejected = (people_text(str(count), lang) for count in counts)
    rows: list[list[Any]] = [
        [graph.main.cite.of(lang), date.fromordinal(graph.as_of)],
        [say.ROWS.of(lang, read=read, out=out, rejected=rejected)],
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
        counted.required and people_text(counted.required, lang),
        unit_label(counted.unit, lang) if counted.unit else None,
        counted.least and people_text(counted.least, lang),
        *counted.bands,
    ]
