"""Vietnamese with and without the marks on its letters: "so bo" may be "số bò", "số bơ" may not."""

from __future__ import annotations

from collections import Counter
from unicodedata import category, normalize


def unmarked(text: str) -> str:
    """A text without the marks on its letters.

    >>> unmarked("đường sá")
    'duong sa'
    """
    return "".join(c for c in normalize("NFD", text) if category(c) != "Mn").replace("đ", "d")


def marks(words: str) -> tuple[Counter[str], ...]:
    """The marks on the letters of each word, wherever in the word they stand ("hoà", "hòa")."""
    return tuple(
        Counter(c for c in normalize("NFD", word) if c == "đ" or category(c) == "Mn")
        for word in words.split()
    )


def left_out(written: str, name: str) -> bool:
    """Whether a text, folded, is a name of which some marks are left out.

    >>> left_out("ho gia dinh", "hộ gia đình"), left_out("hồ gia đình", "hộ gia đình")
    (True, False)
    """
    if unmarked(written) != unmarked(name):
        return False
    return all(a <= b for a, b in zip(marks(written), marks(name), strict=True))
