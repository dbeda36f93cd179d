"""A yes or no held against the words that it stands under."""

from pathlib import Path

import pytest

from tieuchi.engine.lint.negated import negated
from tieuchi.engine.load import load_pack

PACK = """
pack: example
kind: standard
cite: {{vi: Văn bản ví dụ, en: Example act}}
title: {{vi: Văn bản ví dụ, en: Example act}}
sources: {{gazette: {{title: {{vi: Công báo, en: Gazette}}, date: 2020-01-01, grade: B}}}}
source: gazette
grade: B
facts: {{x: {{vi: {fact}, en: x, kind: yes_no}}}}
provisions:
  "1":
    cite: {{vi: Điều 1, en: Article 1}}
    vi: {name}
    en: one
    quote: {quote}
    {notes}
    {asks}
"""
YES, NO = "require: {of: x, is: true}", "require: {of: x, is: false}"


def said(
    folder: Path, quote: str, fact: str, asks: str, name: str = "điều kiện", notes: str = ""
) -> list[str]:
    """The words that a condition is the opposite of."""
    path = folder / "example.yaml"
    path.write_text(PACK.format(fact=fact, name=name, quote=quote, asks=asks, notes=notes), "utf-8")
    return [each.facts["words"] for each in negated(load_pack(str(path)).packs["example"])]


@pytest.mark.parametrize(
    ("quote", "fact", "right", "wrong", "words"),
    [
        ("không bị xử phạt trong năm", "bị xử phạt", NO, YES, "không bị xử phạt"),
        ("chưa được hỗ trợ vốn", "đã được hỗ trợ vốn", NO, YES, "chưa được hỗ trợ vốn"),
        ("không có nợ thuế", "nợ thuế", "not: x", "all: [x]", "không có nợ thuế"),
        ("có hợp đồng liên kết", "có hợp đồng", YES, "not: x", "có hợp đồng"),
        ("Không vi phạm hành chính", "không vi phạm", YES, NO, "không vi phạm"),
    ],
)
def test_a_negation_lost_or_too_many(
    quote: str, fact: str, right: str, wrong: str, words: str, tmp_path: Path
) -> None:
    """ "Không" right before what the fact is called, or not."""
    assert said(tmp_path, quote, fact, right) == []
    assert said(tmp_path, quote, fact, wrong) == [words]


def test_the_name_of_the_condition_denies_too(tmp_path: Path) -> None:
    """Where the quote has other words for it."""
    law, fact, name = "không có cán bộ nào bị kỷ luật", "có người bị kỷ luật", "không bị kỷ luật"

    assert said(tmp_path, law, fact, YES, name) == ["không bị kỷ luật"]
    assert said(tmp_path, law, fact, NO, name) == []


@pytest.mark.parametrize(
    ("quote", "fact", "asks"),
    [
        ("không bị kỷ luật hoặc bị truy cứu hình sự", "bị truy cứu hình sự", NO),  # reaches further
        ("nằm ngoài khu bảo tồn", "thuộc khu bảo tồn", NO),
        ("trừ trường hợp được cho phép", "được cho phép", NO),
        ("đất không tranh chấp", "không có tranh chấp về đất", YES),
        ("phù hợp quy hoạch", "dự án đúng quy hoạch", NO),  # other words
    ],
)
def test_what_is_not_clear_is_left(quote: str, fact: str, asks: str, tmp_path: Path) -> None:
    """No false alarm where the negation stands elsewhere, or is another word."""
    assert said(tmp_path, quote, fact, asks) == []


def test_a_note_answers(tmp_path: Path) -> None:
    """As everywhere, a reading is a note."""
    note = "notes: [{vi: “Không” đọc là có., en: Read as yes.}]"

    assert said(tmp_path, "không bị xử phạt", "bị xử phạt", YES, notes=note) == []
