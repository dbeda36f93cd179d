"""The document of a pack as one page of HTML, with nothing from elsewhere."""

from __future__ import annotations

from html import escape

from tieuchi.engine.export.document import document
from tieuchi.engine.export.request import Request


def text(request: Request) -> str:
    """The document as a page."""
    made = document(request)
    return f'<!doctype html>\n<html lang="{made.lang}"><h1>{escape(made.title)}</h1></html>\n'
