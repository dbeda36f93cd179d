"""Documents that were written, read back: a page of HTML and a text of Markdown as what is seen."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt

VOID = {"meta", "br"}
WITHIN = {"a", "code"}


class Element(NamedTuple):
    """An element that was opened, with its attributes."""

    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """A page of HTML: its elements, the texts of its rows, and all its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.rows: dict[str, list[str]] = {}
        self.headings: list[tuple[int, str]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self._cell: list[str] | None = None
        self.feed(text)
        self.close()
        assert self._open == []

    @property
    def text(self) -> str:
        """All that is seen."""
        return seen("".join(self.texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is opened."""
        attributes = {name: value or "" for name, value in attrs}
        self.texts.append("" if tag in WITHIN else " ")
        self.elements.append(Element(tag, attributes))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables[attributes["id"]] = self._rows = []
        elif tag == "tr":
            self._row: list[str] = []
            self._rows.append(self._row)
            if "id" in attributes:
                self.rows[attributes["id"]] = self._row
        elif tag in ("th", "td"):
            self._cell = []
        elif self._cell is not None:
            self._cell.append("\n" if tag in ("div", "br") else "")

    def handle_endtag(self, tag: str) -> None:
        """Every element is closed where it was opened."""
        assert self._open.pop() == tag
        self.texts.append("" if tag in WITHIN else " ")
        if tag in ("th", "td"):
            lines = "".join(self._cell or []).split("\n")
            self._row.append("\n".join(seen(line) for line in lines if line.strip()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Note what is seen."""
        if "style" in self._open:
            return
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            self.headings.append((int(self._open[-1][1]), seen(data)))
        self.texts.append(data)
        if self._cell is not None:
            self._cell.append(data)

    def handle_decl(self, decl: str) -> None:
        """There is one, of the document's type."""
        assert decl == "DOCTYPE html"

    def handle_comment(self, data: str) -> None:
        """There are none."""
        raise AssertionError(data)

    handle_pi = handle_comment


def seen(text: str) -> str:
    """A text with every space alike."""
    return " ".join(text.split())


class Marked(NamedTuple):
    """A text of Markdown: the kinds of its parts, all its text, and its tables' cells."""

    kinds: set[str]
    text: str
    tables: list[list[list[str]]]


def marked(text: str) -> Marked:
    """A text of Markdown, read as GitHub would."""
    kinds, texts, tables = set[str](), list[str](), list[list[list[str]]]()
    for token in (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    ):
        kinds.add(token.type)
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        children = token.children or []
        kinds |= {child.type for child in children if child.type != "html_inline"}
        kinds |= {child.content for child in children if child.type == "html_inline"}
        said = "".join("\n" if child.type == "html_inline" else child.content for child in children)
        if token.type == "inline":
            texts.append(said)
            if tables and "th_open" not in token.type and token.level >= 4:
                tables[-1][-1].append("\n".join(seen(line) for line in said.split("\n")))
    return Marked(kinds, seen(" ".join(texts)), tables)
