"""The document of a pack as Markdown with tables, as GitHub and others read it.

What a pack says is text and nothing else: every sign that Markdown or HTML would read is written so
that it is shown. A cell's lines are parted by ``<br>``, since a table's row is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieuchi.engine.export.content import Cell, Document, Line, Row, Section, Table
from tieuchi.engine.export.document import document
from tieuchi.engine.export.request import Request
from tieuchi.engine.export.shown import shown

BREAK = "<br>"
STRONG = ("cite", "fails", "operator", "warning")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\\": "&#92;", "`": "&#96;"}
_SIGNS = re.compile(r"[&<>|\\`*_\[\]~$#]")
_START = re.compile(r"^(\d{0,9})((?<!\d)[+=-]|(?<=\d)[.)](?=\s|$))")
_SIMPLE = re.compile(r"[\w.@/-]+")


def text(request: Request) -> str:
    """The document as Markdown."""
    return page(document(request))


def page(of: Document) -> str:
    """A document as Markdown."""
    parts = [f"# {plain(of.title)}", *(_paragraph(line) for line in of.lines)]
    for section in of.sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    r"""A text that stays what it is within a line.

    >>> plain("a|b *c* <i>"), plain("1.000 m²")
    ('a&#124;b \\*c\\* &lt;i&gt;', '1.000 m²')
    """
    lines = (_SIGNS.sub(_escaped, line.strip()) for line in shown(text).strip().split("\n"))
    return BREAK.join(lines)


def block(text: str) -> str:
    r"""The same at the head of a line.

    >>> block("- x"), block("1. x"), block("1.000 m²")
    ('\\- x', '1\\. x', '1.000 m²')
    """
    return _START.sub(r"\1\\\2", plain(text))


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0], f"\\{found[0]}")


def _section(of: Section) -> Iterator[str]:
    yield f"## {plain(of.title)}"
    yield from (_paragraph(line) for line in of.lines)
    for table in of.tables:
        if table.caption != of.title:
            yield f"### {plain(table.caption)}"
        yield _table(table)
    for title, texts in of.lists:
        yield f"### {plain(title)}"
        yield "\n".join(f"- {block(each)}" for each in texts)


def _paragraph(of: Line) -> str:
    return _line(of) if of.role in STRONG else block(of.text)


def _table(of: Table) -> str:
    rows = [tuple(plain(head) for head in of.head), ("---",) * len(of.head)]
    rows += [_row(row) for row in of.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(of: Row) -> tuple[str, ...]:
    first, *others = (_cell(cell) for cell in of.cells)
    return ("· " * of.depth + first, *others)


def _cell(of: Cell) -> str:
    return BREAK.join(_line(line) for line in of)


def _line(of: Line) -> str:
    apart = (link.text for link in of.links if link.text not in of.text)
    links = ", ".join(plain(name) if name.isdigit() else _named(name) for name in apart)
    text = _named(of.text) if of.role == "id" else plain(of.text)
    told = " ".join(part for part in (text, links) if part)
    return f"**{told}**" if told and of.role in STRONG else told


def _named(text: str) -> str:
    """An id as code, where nothing in it could end that."""
    return f"`{text}`" if _SIMPLE.fullmatch(text) else plain(text)
