"""A pack as a document to be held against the gazette: what stands in it and in which order."""

from __future__ import annotations

from typing import NamedTuple

from tieuchi.engine.export.request import Request


class Document(NamedTuple):
    """All of it, in one language."""

    lang: str
    title: str


def document(request: Request) -> Document:
    """The document of a pack."""
    return Document(request.lang, request.graph.main.title.of(request.lang))
