"""Packs as documents, each written once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from command import Ran, run
from packs import pack_text
from pages import Page

LANGS = ("vi", "en")
MARKS = {
    "<br>", "bullet_list_close", "bullet_list_open", "code_inline", "heading_close",
    "heading_open", "inline", "list_item_close", "list_item_open", "paragraph_close",
    "paragraph_open", "strong_close", "strong_open", "table_close", "table_open", "tbody_close",
    "tbody_open", "td_close", "td_open", "text", "text_special", "th_close", "th_open",
    "thead_close", "thead_open", "tr_close", "tr_open",
}  # fmt: skip
"""All that a document in Markdown is made of."""


@cache
def written(pack: str, form: str, lang: str = "vi", day: str = "2023-05-31") -> str:
    """The document of a pack."""
    ran = run("pack", "export", pack, "--to", form, "--lang", lang, "--as-of", day)

    assert (ran.code, ran.err) == (0, "")
    return ran.out


@cache
def page(pack: str, lang: str = "vi", day: str = "2023-05-31") -> Page:
    """The page of a pack, read back."""
    return Page(written(pack, "html", lang, day))


def other(folder: Path, body: str, form: str, *options: str, tests: str = "") -> Ran:
    """The document of a pack of a test."""
    pack = folder / "other.yaml"
    pack.write_text(pack_text(body, "other"), "utf-8")
    if tests:
        pack.with_suffix(".test.yaml").write_text(tests, "utf-8")
    return run("pack", "export", str(pack), "--to", form, *options)
