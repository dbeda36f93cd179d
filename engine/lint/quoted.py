"""The numbers in the words of an act: what each comes to, in which unit, and how it is compared.

`numbers_in(text)` reads Vietnamese law: digits ("1.000 m²", "02 ha"), words ("mười lăm ngày",
"một triệu rưỡi"), both together ("500 nghìn cây/năm"). What is a citation, a day, a year or the
number of an item is passed over. It knows units and numbers, nothing of packs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple
from unicodedata import normalize

from tieuchi.engine.lint.ways import also, way
from tieuchi.engine.quantity import (
    DecimalMark,
    QuantityError,
    parse_unit,
    read_number,
    unit_names,
)

HIDDEN: Final = "\x00"
"""Stands for every character of what is no number of the law's."""


class Said(NamedTuple):
    """One number of a text: its value in `unit` ("" where the words name none that is known).

    `way` is how it is compared: "from" and "to" take the number itself in, "above" and "below" do
    not; "" where the words do not say. `also` is what a share may stand for besides ("vượt 10%").
    """

    value: Fraction
    unit: str
    way: str
    word: str  # the words of `way` as they stand
    text: str
    also: Fraction | None = None


def numbers_in(text: str) -> list[Said]:
    """Every number of a text, in order.

    >>> [(str(n.value), n.unit, n.way) for n in numbers_in("từ 500 nghìn cây/năm trở lên")]
    [('500000', 'tree/year', 'from')]
    >>> [(str(n.value), n.unit, n.way) for n in numbers_in("trên mười lăm ngày, dưới 2 ha")]
    [('15', 'day', 'above'), ('2', 'ha', 'below')]
    >>> numbers_in("khoản 2 Điều 5 Nghị quyết số 08/2019/NQ-HĐND ngày 10 tháng 12 năm 2019")
    []
    """
    words = " ".join(normalize("NFC", text).split())
    return _said(words, _without_citations(words))


# ---- what is no number of the law's

_EXTRA: Final = {"phần trăm": "%", "mét khối": "m3", "mét vuông": "m2", "đơn vị nuôi": "lu"}
_UNITS: Final = {name: name for name in unit_names()} | _EXTRA | {"đ": "đồng", "vnđ": "đồng"}
_UNIT: Final = (
    "(?:" + "|".join(re.escape(n) for n in sorted(_UNITS, key=len, reverse=True)) + r")(?!\w)"
)
_SCALE: Final = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm)(?!\w)"
_ITEM: Final = r"\d+(?:\.\d+)*[a-zđ]?(?![\w%])"
_FREE: Final = rf"(?!\s*(?:{_UNIT}|{_SCALE}))"
_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
_CITED: Final = (
    "điều|khoản|điểm|chương|mục|phụ lục|bảng|biểu|mẫu|phần|chỉ tiêu|tiêu chí|thứ|nhiệm vụ|nhóm"
    "|loại|cấp|hạng|bậc|vùng|khu vực|quý|nghị quyết|nghị định|thông tư|quyết định|công văn|kế hoạch"
)
_ALSO: Final = rf"(?:(?:\s*,\s*|\s+(?:và|hoặc|đến)\s+|\s*[-–]\s*){_ITEM}{_FREE})*"
_CITATIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.,])\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\w)",
        r"(?<![\w.,])\d+/\d{4}(?:[/-][\w-]+)*",  # 08/2019/NQ-HĐND
        r"(?<![\w.,])\d+/[a-zđ]{2,}(?:-[\w-]+)+",  # 74/KH-UBND
        rf"(?<![\w.,])\d{{1,2}} tháng \d{{1,2}} năm {_YEAR}",
        r"(?<!\w)(?:iso|iec|tcvn|qcvn)[\w/ :-]*\d+(?::\d{4})?",
        rf"(?<!\d )(?<!\w)ngày \d{{1,2}}(?:/\d{{1,2}})?(?: tháng \d{{1,2}})?(?: năm {_YEAR})?",
        rf"(?<!\d )(?<!\w)tháng \d{{1,2}}(?:/{_YEAR}| năm {_YEAR})?{_FREE}",
        rf"(?<!\w)(?:năm|giai đoạn) {_YEAR}(?:\s*[-–]\s*{_YEAR})?",
        rf"(?<!\w){_YEAR}\s*[-–]\s*{_YEAR}",
        rf"(?<!\w)(?:{_CITED})(?: số)? {_ITEM}{_FREE}{_ALSO}",
        rf"(?<!tổng )(?<!trong )(?<!\w)số \d+{_FREE}",
        r"(?:^|(?<=[.;:] ))\d{1,2}[.)](?= [^\d\s])",  # the number of an item
        rf"(?<![\w.,])\d+(?:\.\d{{1,2}})+(?![\w.,]){_FREE}",  # 18.1
    )
)
_EACH: Final = re.compile(r"/\s*(0?1)(?= )")


def _without_citations(text: str) -> str:
    """The text, as long as before, with what is no number of the law's hidden."""
    for pattern in _CITATIONS:
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return _EACH.sub(lambda found: "/" + HIDDEN * (len(found[0]) - 1), text)


# ---- the numbers

_ONES: Final = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_POWERS: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DIGITS: Final = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)*(?:/\d{1,2}(?![\d/]))?")
_WORD: Final = re.compile(r"\s*([^\W\d_]+)")
_BEGIN: Final = re.compile(
    rf"(?:(?<![\w.,/])(?=\d)|(?<!\w)(?={'|'.join(_ONES)}|mười)(?!tư |lăm |mốt |nhăm ))",
    re.IGNORECASE,
)
_SPAN_WORDS: Final = re.compile(r"\s+(?:ngày|tháng|năm|phần trăm)(?!\w)", re.IGNORECASE)


class _Found(NamedTuple):
    value: Fraction
    start: int
    end: int  # of the number itself
    bare: str  # the word, where it is one word alone


def _word(text: str, at: int) -> tuple[str, int]:
    found = _WORD.match(text, at)
    return (found[1].lower(), found.end()) if found else ("", at)


def _hundreds(text: str, at: int) -> tuple[int, int] | None:
    """A number below a thousand in words."""
    word, end = _word(text, at)
    if word not in _ONES and word != "mười":
        return None
    total = 0
    if word in _ONES:
        after, further = _word(text, end)
        if after == "trăm":
            total, at, end = 100 * _ONES[word], further, further
            word, further = _word(text, at)
            if word in ("linh", "lẻ"):
                unit, last = _word(text, further)
                return (total + _ONES[unit], last) if unit in _ONES else (total, end)
            if word not in _ONES and word != "mười":
                return total, end
            after, _ = _word(text, further)
            if word in _ONES and after != "mươi":
                return total, end
            end = further
    if word == "mười":
        unit, last = _word(text, end)
        tens = 10
    else:
        after, further = _word(text, end)
        if after != "mươi":
            return total + _ONES[word], end
        tens = 10 * _ONES[word]
        end = further
        unit, last = _word(text, end)
    takes = unit in _ONES and unit != "năm"
    return (total + tens + _ONES[unit], last) if takes else (total + tens, end)


def _part(text: str, at: int) -> tuple[Fraction, int] | None:
    """Digits, or a number below a thousand in words."""
    found = _DIGITS.match(text, at)
    if found is None:
        words = _hundreds(text, at)
        return None if words is None else (Fraction(words[0]), words[1])
    whole, slash, under = found[0].partition("/")
    marks: tuple[DecimalMark, ...] = ("comma", "point")
    for mark in marks:
        try:
            value = Fraction(*read_number(whole, mark))
        except QuantityError:
            continue
        if slash and int(under) > 1:
            return value * Fraction(1, int(under)), found.end()
        return value, found.end() - len(slash + under)
    return None


def _number(text: str, at: int) -> _Found | None:
    """The number that begins here, its powers of a thousand taken together."""
    part = _part(text, at)
    if part is None:
        return None
    (value, end), total, last = part, Fraction(0), 10**18
    bare = text[at:end].strip().lower()
    while True:
        power, further = 1, end
        word, after = _word(text, further)
        if word == "trăm" and value < 10:
            value, further = value * 100, after
            word, after = _word(text, further)
            end, bare = further, ""
        while word in _POWERS:  # nghìn tỷ
            power, further = power * _POWERS[word], after
            word, after = _word(text, further)
        if power == 1 or power >= last:
            return _Found(total + value, at, end, bare if bare in _ONES else "")
        total, end, last, bare = total + value * power, further, power, ""
        if word == "rưỡi":
            return _Found(total + Fraction(power, 2), at, after, "")
        gap = re.match(r"\s+", text[end:])
        more = _part(text, end + gap.end()) if gap else None
        if more is None or _word(text, more[1])[0] not in _POWERS:
            return _Found(total, at, end, "")
        value, end = more
        if _POWERS[_word(text, end)[0]] >= last:
            return _Found(total, at, further, "")


_AFTER: Final = re.compile(rf"\s*({_UNIT})", re.IGNORECASE)
_PER: Final = re.compile(rf"\s*/[\s{HIDDEN}]*({_UNIT})", re.IGNORECASE)


def _unit(text: str, at: int) -> tuple[str, int]:
    """The unit that follows a number, "" where none that is known does."""
    found = _AFTER.match(text, at)
    if found is None:
        return "", at
    name, end = _UNITS[found[1].lower()], found.end()
    while per := _PER.match(text, end):
        try:
            further = f"{name}/{_UNITS[per[1].lower()]}"
            parse_unit(further)
        except QuantityError:
            break
        name, end = further, per.end()
    return parse_unit(name).id, end


_CLAUSE: Final = re.compile(r"[;:\n]|\.(?=\s|$)|" + HIDDEN)
_JOINS: Final = re.compile(
    r"\s*(?:\(|,|-|–|và|hoặc|đến|tới)?\s*(?:dưới|trên|không quá)?\s*", re.IGNORECASE
)


def _said(words: str, text: str) -> list[Said]:
    placed = list(_placed(text))
    units = [unit for _, unit, _ in placed]
    for i in reversed(range(len(placed) - 1)):  # "từ 30 đến dưới 300 con"
        if not units[i] and _JOINS.fullmatch(text[placed[i][0].end : placed[i + 1][0].start]):
            units[i] = units[i + 1]
    said = []
    for i, (found, _, last) in enumerate(placed):
        end = last
        start = placed[i - 1][2] if i else 0
        before = _CLAUSE.split(text[start : found.start])[-1]
        stop = placed[i + 1][0].start if i + 1 < len(placed) else len(text)
        how, word = way(before, _CLAUSE.split(text[end:stop])[0])
        if found.bare and not _counts(found.bare, units[i], word, text[end:]):
            continue
        value = found.value
        rest = re.match(r"\s+rưỡi(?!\w)", text[end:])
        if rest and units[i]:
            value, end = value + Fraction(1, 2), end + rest.end()
        whole = also(value, before) if units[i] == "%" else None
        said.append(Said(value, units[i], how, word, words[found.start : end].strip(), whole))
    return said


_OPENS: Final = re.compile(r"\s*\(\s*")
_CLOSES: Final = re.compile(r"\s*\)")


def _restated(text: str, found: _Found) -> int:
    """Where a number ends that is said again in words: "05 (năm) ngày"."""
    opens = _OPENS.match(text, found.end)
    words = None if opens is None else _number(text, opens.end())
    closes = None if words is None else _CLOSES.match(text, words.end)
    again = closes is not None and words is not None and words.value == found.value
    return closes.end() if closes is not None and again else found.end


def _counts(bare: str, unit: str, word: str, after: str) -> bool:
    """Whether one word alone is a number: "ba ngày", "ít nhất một câu lạc bộ", not "một trong"."""
    if unit:
        return bare != "một" or bool(word)
    return word in ("ít nhất", "tối thiểu", "tối đa", "không quá") and " trong" not in after[:6]


def _placed(text: str) -> Iterator[tuple[_Found, str, int]]:
    """The numbers with their units and where these end."""
    at = 0
    while begin := _BEGIN.search(text, at):
        found = _number(text, begin.end())
        if found is None:
            skipped = re.compile(r"[\w.,/]+").match(text, begin.end())
            at = skipped.end() if skipped else begin.end() + 1
            continue
        found = found._replace(end=_restated(text, found))
        unit, end = _unit(text, found.end)
        if found.bare == "năm" and not _SPAN_WORDS.match(text, found.end):
            at = found.end
            continue
        yield found, unit, end
        at = end
