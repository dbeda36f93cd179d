"""The document of a pack as Markdown with tables (GitHub's)."""

from __future__ import annotations

from tieuchi.engine.export.document import document
from tieuchi.engine.export.request import Request


def text(request: Request) -> str:
    """The document as Markdown."""
    return f"# {document(request).title}\n"
