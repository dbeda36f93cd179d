"""The document of a pack as one page of HTML: no script, nothing from elsewhere.

It reads on a telephone (each row of a wide table becomes a block, its cells under their heads) and
prints on A4 (heads repeated on each page). What a pack says is text and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tieuchi.engine.export import phrases as say
from tieuchi.engine.export.content import Cell, Document, Line, Row, Section, Table
from tieuchi.engine.export.document import document
from tieuchi.engine.export.request import Request
from tieuchi.engine.export.shown import shown
from tieuchi.engine.export.style import STYLE

QUOTED = ("quote",)  # which is Vietnamese in every language
DEEPEST = 4
NARROW = ("pair", "grid")  # tables that stay tables on a telephone


def text(request: Request) -> str:
    """The document as a page."""
    return page(document(request))


def page(of: Document) -> str:
    """A page of a document."""
    return "\n".join(_page(of)) + "\n"


def plain(text: str) -> str:
    """A text that stays what it is, in an element or an attribute; its lines parted.

    >>> plain('<b title="x">&amp;')
    '&lt;b title=&quot;x&quot;&gt;&amp;amp;'
    """
    return escape(shown(text)).replace("\n", "<br>")


def _attribute(text: str) -> str:
    return escape(shown(text).replace("\n", " "))


def _page(of: Document) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{of.lang}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_attribute(of.title)}</title>"
    yield f"<style>\n{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    yield f"<h1>{plain(of.title)}</h1>"
    yield from (_paragraph(line) for line in of.lines)
    yield "</header>"
    contents = say.CONTENTS.of(of.lang)
    yield f'<nav aria-label="{contents}">'
    yield "<ul>"
    yield from (f'<li><a href="#{each.id}">{plain(each.title)}</a></li>' for each in of.sections)
    yield "</ul>"
    yield "</nav>"
    yield "<main>"
    for section in of.sections:
        yield from _section(section)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _paragraph(of: Line) -> str:
    return f'<p class="{of.role}">{plain(of.text)}</p>'


def _section(of: Section) -> Iterator[str]:
    yield f'<section id="{of.id}" aria-labelledby="h-{of.id}">'
    yield f'<h2 id="h-{of.id}">{plain(of.title)}</h2>'
    yield from (_paragraph(line) for line in of.lines)
    for table in of.tables:
        yield from _table(table, of.title)
    for title, texts in of.lists:
        yield f"<h3>{plain(title)}</h3>"
        yield "<ul>"
        yield from (f"<li>{plain(each)}</li>" for each in texts)
        yield "</ul>"
    yield "</section>"


def _table(of: Table, title: str) -> Iterator[str]:
    """A table; a caption that says no more than the title of its section is for those who hear."""
    hidden = ' class="heard"' if of.caption == title else ""
    kind = of.kind if of.kind in NARROW else f"{of.kind} stacked"
    yield f'<table id="t-{of.id}" class="{kind}" role="table">'
    yield f"<caption{hidden}>{plain(of.caption)}</caption>"
    heads = (f'<th scope="col" role="columnheader">{plain(head)}</th>' for head in of.head)
    yield f'<thead role="rowgroup"><tr role="row">{"".join(heads)}</tr></thead>'
    yield '<tbody role="rowgroup">'
    yield from (_row(row, of) for row in of.rows)
    yield "</tbody>"
    yield "</table>"


def _row(of: Row, table: Table) -> str:
    id_ = f' id="{_attribute(of.id)}"' if of.id else ""
    deep = f' class="under-{min(of.depth, DEEPEST)}"' if of.depth else ""
    langs = (*table.langs, *("",) * len(of.cells))
    cells = (
        _cell(cell, head, lang, first=not at)
        for at, (cell, head, lang) in enumerate(zip(of.cells, table.head, langs, strict=False))
    )
    return f'<tr{id_}{deep} role="row">{"".join(cells)}</tr>'


def _cell(of: Cell, head: str, lang: str, *, first: bool) -> str:
    name, role = ('th scope="row"', "rowheader") if first else ("td", "cell")
    spoken = f' lang="{lang}"' if lang else ""
    empty = "" if of else ' class="empty"'
    inner = _lines(of)
    end = name.partition(" ")[0]
    return f'<{name} role="{role}"{spoken}{empty} data-head="{_attribute(head)}">{inner}</{end}>'


def _lines(of: Cell) -> str:
    if len(of) == 1 and of[0].role == "text":
        return f"<div>{_line(of[0])}</div>"
    return "".join(_styled(line) for line in of)


def _styled(of: Line) -> str:
    lang = ' lang="vi"' if of.role in QUOTED else ""
    return f'<div class="{of.role}"{lang}>{_line(of)}</div>'


def _line(of: Line) -> str:
    """The text, with what its links name made to point there, or else after it."""
    told, rest, after = "", shown(of.text), []
    for link in of.links:
        name = shown(link.text)
        points = f'<a href="#{_attribute(link.target)}">{plain(name)}</a>'
        at = rest.find(name) if name else -1
        if at < 0:
            after.append(points)
        else:
            told += plain(rest[:at]) + points
            rest = rest[at + len(name) :]
    told += plain(rest)
    if of.role == "id":
        told = f"<code>{told}</code>"
    return " ".join(part for part in (told, ", ".join(after)) if part)
