"""Lines at a width: nothing wider, nothing lost, marks counted as a terminal shows them."""

import doctest
import re
from unicodedata import normalize

import pytest
from explained import EXAMPLES, examples
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine import layout
from tieuchi.engine.layout import columns, plain_text
from tieuchi.engine.outline import (
    Bar,
    Explanation,
    Figures,
    Header,
    Headline,
    Item,
    Remark,
    Section,
)
from tieuchi.engine.truth import Status

HELD = "\u00a0"

SMALL = Explanation(
    "vi",
    Header("HTX hồi Bình Trung", "Nghị quyết 08/2019/NQ-HĐND", "31/05/2023"),
    Headline(Status.NOT_MET, "Chưa đáp ứng điều kiện quy mô"),
    (
        Item(
            "1",
            Status.NOT_MET,
            "sấy",
            "Điều 8",
            "cần một trong hai",
            items=(
                Item(
                    "1.a",
                    Status.NOT_MET,
                    "kho",
                    figures=(
                        Figures(
                            f"46{HELD}tấn", f"cần ≥{HELD}200", "thiếu 154", Bar(23, 100, "23 %")
                        ),
                    ),
                ),
                Item("1.b", Status.MET, "lò", figures=(Figures("30 tấn", "cần ≥ 30"),)),
                Item("1.c", None, "chữ", operator="chưa xét", remarks=(Remark("note", "vì sao"),)),
            ),
            symbol=False,
        ),
    ),
    (
        Section("nearest", "Gần nhất", (Remark("nearest", "kho."),)),
        Section("notes", "Lưu ý", (Remark("note", "một"), Remark("note", "hai"))),
    ),
)
SMALL_80 = """\
HTX hồi Bình Trung                       Nghị quyết 08/2019/NQ-HĐND · 31/05/2023
✗ Chưa đáp ứng điều kiện quy mô

Điều 8 · sấy · cần một trong hai
  ✗ kho
      46 tấn · cần ≥ 200 · thiếu 154                            ██░░░░░░░░  23 %
  ✓ lò: 30 tấn · cần ≥ 30
  ○ chữ · chưa xét
      vì sao

Gần nhất: kho.
Lưu ý:
  • một
  • hai"""
SMALL_40_PLAIN = """\
HTX hoi Binh Trung
Nghi quyet 08/2019/NQ-HDND | 31/05/2023
x Chua dap ung dieu kien quy mo

Dieu 8 | say | can mot trong hai
  x kho
      46 tan | can >= 200 | thieu 154
                        ##........  23 %
  + lo: 30 tan | can >= 30
  o chu | chua xet
      vi sao

Gan nhat: kho.
Luu y:
  * mot
  * hai"""


def lines_of(of: Explanation, width: int, *, plain: bool = False) -> list[str]:
    """The lines as text."""
    return ["".join(text for text, _ in line) for line in of.lines(width, plain=plain)]


def test_the_examples_in_the_module_hold() -> None:
    """The doctests."""
    assert doctest.testmod(layout).failed == 0


def test_an_explanation_as_a_whole() -> None:
    """Every kind of part, at 80 columns."""
    assert SMALL.text(80) == SMALL_80


def test_the_same_where_a_terminal_has_only_ascii() -> None:
    """The same parts, narrow, without any mark."""
    assert SMALL.text(40, plain=True) == SMALL_40_PLAIN


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", EXAMPLES)
def test_no_line_of_an_example_is_too_wide_or_ends_in_a_space(
    path: str, lang: str, width: int, plain: bool
) -> None:
    """At every width that is used, in both languages."""
    for explanation in examples(path, lang):
        for line in lines_of(explanation, width, plain=plain):
            assert columns(line) <= width
            assert line == line.rstrip()
            assert not plain or line.isascii()


@pytest.mark.parametrize("path", EXAMPLES)
def test_the_words_are_the_same_at_every_width(path: str) -> None:
    """Wrapping loses and repeats nothing."""
    for explanation in examples(path, "vi"):
        kept = [
            re.findall(r"[^\s:░█]+", " ".join(lines_of(explanation, width)))
            for width in (50, 60, 80, 100)
        ]
        assert kept[0] == kept[1] == kept[2] == kept[3]


def test_a_terminal_wider_than_can_be_read_is_not_filled() -> None:
    """100 columns are the most."""
    assert lines_of(SMALL, 300) == lines_of(SMALL, 100)


def test_combining_marks_take_no_column() -> None:
    """Decomposed Vietnamese is laid out as composed."""
    composed = SMALL.header.subject
    assert columns(normalize("NFD", composed)) == len(composed)
    decomposed = SMALL._replace(header=Header(normalize("NFD", composed), *SMALL.header[1:]))
    first, second = lines_of(SMALL, 80)[0], lines_of(decomposed, 80)[0]
    assert normalize("NFC", second) == first


def test_a_number_keeps_its_unit_on_its_line() -> None:
    """Whatever the width breaks."""
    long = Figures(f"46{HELD}tấn{HELD}kho/lượt", f"cần ≥{HELD}200{HELD}tấn", "")
    item = Item("1", Status.NOT_MET, "kho " * 12, figures=(long,))
    for width in range(30, 60):
        text = "\n".join(lines_of(Explanation("vi", Header("", "", ""), None, (item,)), width))
        assert "46 tấn kho/lượt" in text
        assert "≥ 200 tấn" in text
        assert HELD not in text


def test_a_bar_that_does_not_fit_beside_its_figures_stands_below_them() -> None:
    """First its cells go, then it does."""
    assert lines_of(SMALL, 60)[5] == "      46 tấn · cần ≥ 200 · thiếu 154        ██░░░░░░░░  23 %"
    narrow = lines_of(SMALL, 38)
    assert "░" not in narrow[6]
    assert any(line.endswith("23 %") for line in narrow)


def test_a_number_that_somebody_wrote_stays_on_one_line() -> None:
    """With its groups and its unit's sign, at every width that has room for it."""
    note = "Dự toán 12 000 000 đ là 59,44 % của 4,5 ha; năm 2023 có 3 xã, 500 kg thịt"
    for width in range(30, 80):
        text = Explanation("vi", Header("", "", "", note), None).text(width)
        rows = " | ".join(text.splitlines())
        for number in ("12 000 000 đ", "59,44 %", "4,5 ha", "500 kg"):
            assert number in rows
        assert " ".join(text.split()) == note


def test_a_bar_is_never_lost_on_a_terminal_of_the_usual_width() -> None:
    """Where its line has no room it stands below, whole; on a narrow one its figure is kept."""
    figures = Figures("0 (declared none)", "needs ≥ 30 t of product", "30 short", Bar(1, 4, "25 %"))
    shown = Explanation(
        "en", Header("", "", ""), None, (Item("1", Status.NOT_MET, "a", figures=(figures,)),)
    )
    for width in range(50, 101):
        rows = [line for line in shown.text(width).splitlines() if "25 %" in line]
        assert len(rows) == 1
        assert rows[0].rstrip() == rows[0].ljust(width)
        assert ("██░░░░░░░░  25 %" in rows[0]) or width < 80


def test_a_bar_never_looks_fuller_than_it_is() -> None:
    """Cells are cut off, never rounded."""
    for part in range(0, 1001, 7):
        bar = Bar(part, 1000, "x")
        item = Item("1", Status.NOT_MET, "a", figures=(Figures("b", "c", "", bar),))
        text = Explanation("vi", Header("", "", ""), None, (item,)).text(80)
        assert text.count("█") * 1000 <= part * 10
        assert text.count("█") + text.count("░") == 10


def test_what_a_case_says_cannot_steer_the_terminal() -> None:
    """Escapes and bells of a file are shown, not sent."""
    header = Header("Ông\x1b[31m A\x07\nBà B", "act", "day", "note\r\x1b]0;title\x07")
    text = Explanation("vi", header, None).text(80)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "Ông\ufffd[31m A\ufffd Bà B" in text


def test_every_piece_has_a_role_and_the_roles_carry_the_status() -> None:
    """What colours hang on."""
    roles = {role for line in SMALL.lines(80) for _, role in line}
    assert {"subject", "act", "headline not_met", "met", "not_met", "none", "cite", "name"} <= roles
    assert {"operator", "measured", "required", "shortfall", "bar", "percent", "heading"} <= roles
    assert {"note", "nearest"} <= roles


def test_a_word_longer_than_a_line_is_broken_and_nothing_else_is() -> None:
    """An address has no spaces; a combining mark stays with its letter."""
    word = normalize("NFD", "đườngdẫn") * 12
    of = Explanation("vi", Header("", "", ""), Headline(None, f"xem {word} nhé"))
    lines = lines_of(of, 30)[1:]
    assert lines[0] == "xem"
    assert all(columns(line) <= 30 for line in lines)
    assert "".join(lines).replace(" ", "") == f"xem{word}nhé"
    assert not any(line.lstrip()[0] in "\u0300\u0302\u0303\u031b" for line in lines)


@given(st.text(max_size=300), st.integers(30, 100))
def test_any_text_stays_within_the_width_and_keeps_its_letters(text: str, width: int) -> None:
    """However long a word."""
    lines = lines_of(Explanation("vi", Header("", "", ""), Headline(None, text)), width)[1:]
    assert all(columns(line) <= width for line in lines)
    letters = [char for char in text if char.isprintable() and not char.isspace()]
    kept = [char for char in "".join(lines) if not char.isspace() and char != "\ufffd"]
    assert kept == [char for char in letters if char != "\ufffd"]


@given(st.text(max_size=100))
def test_plain_text_is_ascii_whatever_it_was(text: str) -> None:
    """Even letters that have no ASCII."""
    assert plain_text(text).isascii()
