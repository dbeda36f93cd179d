"""`pack export --to html`: a page for everybody, and nothing of a pack is markup in any form."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from exported import LANGS, MARKS, other, page, written
from hypothesis import given
from hypothesis import strategies as st
from packs import SHIPPED
from pages import Element, Page, marked, seen

from tieuchi.engine.export import html, markdown
from tieuchi.engine.export.content import Document, Line, Link, Row, Section, Table
from tieuchi.engine.export.shown import shown

# ---- a page for everybody


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("pack", SHIPPED)
def test_a_page_is_whole_and_for_everybody(pack: str, lang: str) -> None:
    """Nothing from elsewhere and no script; headings in order, tables with heads and captions, a
    language said; every place once, and every link to one."""
    of = page(pack, lang)
    ids = [each.attributes["id"] for each in of.elements if "id" in each.attributes]
    links = [each.attributes["href"] for each in of.elements if "href" in each.attributes]
    tags = [each.tag for each in of.elements]
    levels = [level for level, _ in of.headings]

    assert {*tags} <= TAGS
    assert not {"src", "style", "onclick"} & {
        name for each in of.elements for name in each.attributes
    }
    assert not re.search(
        r"url\(|@import|https?://", written(pack, "html", lang).partition("</style>")[0]
    )
    assert of.elements[0] == Element("html", {"lang": lang})
    assert len({*ids}) == len(ids)
    assert {link.removeprefix("#") for link in links} <= {*ids}
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert tags.count("caption") == tags.count("table") == tags.count("thead")
    assert all(
        each.attributes["scope"] in ("col", "row") for each in of.elements if each.tag == "th"
    )
    assert all(len({len(row) for row in rows}) == 1 for rows in of.tables.values())


TAGS = {
    "a", "body", "br", "caption", "code", "div", "h1", "h2", "h3", "head", "header", "html", "li",
    "main", "meta", "nav", "p", "section", "style", "table", "tbody", "td", "th", "thead", "title",
    "tr", "ul",
}  # fmt: skip


# ---- what a pack says is text

SIGNS = "<>&\"'`|*_[]()#!~$\\-+=.:;{}%^@/\n\r\t\x00\x1b\u2028\u200b\u202e\u2066\ufeff ab1א字́"
HOSTILE = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=12),
    st.sampled_from(
        (
            "<script>x()</script>", "</td></table><script>", "<!--", "]]>", "&lt;b&gt;", "&amp",
            "| a | b |\n| --- | --- |", "`x`", "```\nx", "**x**", "[x](javascript:alert(1))",
            "![x](http://x)", "<http://x>", "# x", "- x", "1. x", "> x", "---", "===", "\\|", "a\\",
            "[x]: http://x", "x  ", "    x", "~~x~~", "$x$", "\u202etxt.exe", "שלום", "<br>", "x #",
            '" onclick="x', "' onclick='x", "{{x}}", "<div\n", "\\\\", "\\`", "&#124;",
        )
    ),
)  # fmt: skip
LINES = st.builds(
    Line,
    st.sampled_from(("text", "cite", "quote", "note", "id", "fails", "asked")),
    HOSTILE,
    st.lists(st.builds(Link, HOSTILE, HOSTILE), max_size=1).map(tuple),
)
CELLS = st.lists(LINES, max_size=2).map(tuple)


@given(
    title=HOSTILE,
    head=HOSTILE,
    cells=st.tuples(CELLS, CELLS, CELLS),
    texts=st.lists(HOSTILE, max_size=2),
)
def test_nothing_in_a_pack_is_markup(title: str, head: str, cells: Any, texts: list[str]) -> None:
    """Whatever it is: the parts of the document stay those that we made, the text is all there."""
    table = Table("t", f"c{title}", (head, "b", "c"), (Row("r", cells),))
    section = Section("s", title, (Line("text", head),), ((head, tuple(texts)),), (table,))
    of = Document("vi", title, (Line("lead", title),), (section,))
    made, told = Page(html.page(of)), marked(markdown.page(of))
    wanted = [*(seen(shown(line.text)) for cell in cells for line in cell), *map(_seen, texts)]

    assert {each.tag for each in made.elements} <= TAGS
    assert {name for each in made.elements for name in each.attributes} <= ATTRIBUTES
    assert [len(row) for row in made.tables["t-t"]] == [3, 3]
    assert told.kinds <= MARKS
    assert [[len(row) for row in rows] for rows in told.tables] == [[3, 3]]
    for text in (made.text, told.text):
        assert [each for each in wanted if each not in text] == []


def _seen(text: str) -> str:
    return seen(shown(text))


ATTRIBUTES = {
    "aria-label", "aria-labelledby", "charset", "class", "content", "data-head", "href", "id",
    "lang", "name", "role", "scope",
}  # fmt: skip


EVIL = "<script>alert(1)</script> | `x` **y** [z](javascript:x) \u202etxt"
PACK = """
facts:
  one: {vi: EVIL, en: EVIL, unit: m2, ask: {vi: EVIL, en: EVIL}, notes: [{vi: EVIL, en: EVIL}]}
  kind: {vi: EVIL, en: EVIL, kind: class, labels: {a: {vi: EVIL, en: EVIL}, b: {vi: b, en: b}}}
limits: [{vi: EVIL, en: EVIL}]
notes: [{vi: EVIL, en: EVIL}]
checks: [{require: {of: one, at_most: 9 m2}, level: error, vi: EVIL, en: EVIL}]
provisions:
  "1":
    cite: {vi: EVIL, en: EVIL}
    vi: EVIL
    en: EVIL
    quote: EVIL
    misprint: {printed: EVIL, read: EVIL}
    notes: [{vi: EVIL, en: EVIL}]
    require: {of: one, at_least: 1 m2}
  "2": {cite: {vi: EVIL, en: EVIL}, not_encoded: {vi: EVIL, en: EVIL}}
"""


@pytest.mark.parametrize("lang", LANGS)
def test_a_hostile_pack_is_text(tmp_path: Path, lang: str) -> None:
    """From its file to the page: each text is seen, with the sign that turns it shown."""
    body = PACK.replace("EVIL", json.dumps(EVIL))
    made = other(tmp_path, body, "html", "--lang", lang)
    of, told = Page(made.out), marked(other(tmp_path, body, "md", "--lang", lang).out)
    there = seen(shown(EVIL))

    assert "‹U+202E›" in there
    assert {each.tag for each in of.elements} <= TAGS
    assert told.kinds <= MARKS
    assert of.text.count(there) >= 12
    assert told.text.count(there) >= 12
