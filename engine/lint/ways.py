"""How the words of an act compare a number: what stands before it and after it in its clause.

`way` reads "từ … trở lên" or "≥" as from there on, "trên" as above; `also` is what a share may
stand for besides: what grows by 10 % comes to 110 %. It knows words alone, no unit and no pack.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

REACHED: Final = "đạt"
"""What is reached need not be a least: "đạt 100%" may be all that there is."""
_ABOUT: Final = r"(?:\s+(?:là|mức|đạt|có|phải đạt|khoảng|đủ))*\s*\(?\s*$"
_FAR: Final = r"(?:\s+[^\W\d_]+){0,4}\s*$"
_BEFORE: Final = tuple(
    (way, re.compile(rf"(?<!\w)({words}){tail}", re.IGNORECASE))
    for way, words, tail in (
        ("from", r"(?:(?:lớn|nhiều|cao) )?hơn hoặc bằng|bằng hoặc (?:lớn|nhiều|cao) hơn", _ABOUT),
        ("to", r"không (?:được )?(?:vượt )?quá|không (?:lớn|nhiều|cao) hơn|không trên", _ABOUT),
        ("to", r"không (?:được )?vượt", _ABOUT),
        ("from", r"không (?:được )?dưới|không (?:ít|nhỏ|thấp|kém) hơn", _ABOUT),
        ("below", r"(?:chưa|không) (?:đến|tới|đủ|đạt)", _ABOUT),
        ("above", r"vượt quá|quá|trên|(?:(?:lớn|nhiều|cao) )?hơn", _ABOUT),
        ("below", r"dưới", _ABOUT),
        ("to", r"đến|tới", _ABOUT),
        ("from", r"từ", _ABOUT),
        ("from", r"tối thiểu|ít nhất|thấp nhất", _FAR),
        ("to", r"tối đa|(?:nhiều|cao|chậm|muộn|lâu) nhất|không (?:được )?(?:vượt )?quá", _FAR),
        ("from", REACHED, r"(?:\s+(?:tỷ lệ|tỉ lệ|mức))?\s*$"),
    )
)
_LESS: Final = re.compile(r"(?<!\w)((?:ít|nhỏ|thấp) hơn)" + _ABOUT, re.IGNORECASE)
_AT_MOST: Final = re.compile(
    r"(?<!\w)((?:ít|nhỏ|thấp) hơn hoặc bằng|bằng hoặc (?:ít|nhỏ|thấp) hơn)" + _ABOUT, re.IGNORECASE
)
_SIGN: Final = re.compile(r"(≥|≤|>=|<=|>|<)\s*$")
_SIGNS: Final = {"≥": "from", ">=": "from", "≤": "to", "<=": "to", ">": "above", "<": "below"}
_BY: Final = r"(?: (?:thêm|từ|ít nhất|tối thiểu|tối đa|trên|dưới|không dưới|không quá))*\s*$"
_GROWS: Final = re.compile(
    r"(?<!\w)(?<!không )(?<!không được )(?:vượt|tăng|cao hơn)" + _BY, re.IGNORECASE
)
_FALLS: Final = re.compile(r"(?<!\w)(?:giảm|thấp hơn)" + _BY, re.IGNORECASE)


def way(before: str, after: str) -> tuple[str, str]:
    """How a number is compared by the words before and after it in its clause."""
    if sign := _SIGN.search(before):
        return _SIGNS[sign[1]], sign[1]
    if most := _AT_MOST.search(before):
        return "to", most[1].lower()
    less = _LESS.search(before)
    if less and not re.search(r"không\s*$", before[: less.start()], re.IGNORECASE):
        return "below", less[1]
    said, word = "", ""
    for kind, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            said, word = kind, found[1]
            break
    if "trở xuống" in after.lower() and said in ("", "from"):
        return "to", "trở xuống"
    if "trở lên" in after.lower() and not said:
        return "from", "trở lên"
    return said, word.lower()


def also(share: Fraction, before: str) -> Fraction | None:
    """What a share comes to of the whole, by the words before it ("vượt 10%"); None as it is.

    >>> also(Fraction(10), "thu vượt "), also(Fraction(10), "giảm từ "), also(Fraction(10), "từ ")
    (Fraction(110, 1), Fraction(90, 1), None)
    """
    if _GROWS.search(before):
        return 100 + share
    return 100 - share if _FALLS.search(before) else None
