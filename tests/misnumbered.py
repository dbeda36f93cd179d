"""Numbers, units, amounts and days as people mistype and misread them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from typed import Kind, Mistake, left_out, lines_of, put

_KEYS = r"(?:at_least|more_than|at_most|less_than|equals|share|cap|floor|to|by|[a-z_0-9]+)"
_VALUE = re.compile(
    rf"(?<![\w.])({_KEYS}: |, )(\d[\d_]*(?:\.\d+)?)((?: [^\s,}}\]#'\"]+)?)(?=[\s,}}\]])"
)
_NOT_LAW = re.compile(r"\s*(?:- )?(?:vi|en|quote|title|max|min|printed|name|cite|as_of|label): ")
_UNITS = {"ha": "m2", "m2": "ha", "t/batch": "kg/batch", "m3": "l", "tree/year": "tree/month",
          "đồng/year": "đồng/month", "year": "month", "month": "day", "%": "point"}  # fmt: skip


def values(text: str) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Every number of the law, where it stands."""
    inside = 0
    for at, line in enumerate(lines_of(text)):
        depth = len(line) - len(line.lstrip())
        if inside and (depth > inside - 1 or not line.strip()):
            continue
        inside = depth + 1 if re.search(r": >-?$", line.rstrip()) else 0
        if not _NOT_LAW.match(line):
            for found in _VALUE.finditer(line):
                yield at, line, found


def numbers(change: Callable[[str], str]) -> Kind:
    """Every number of the law with something done to its digits."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line, found in values(text):
            new = change(found[2])
            if new != found[2]:
                there = line[: found.start(2)] + new + line[found.end(2) :]
                yield put(text, at, there, f"{found[2]}{found[3]} → {new}{found[3]}")

    return kind


def more(digits: str) -> str:
    """A nought too many."""
    longer = digits.replace(".", ".0", 1) if "." in digits else digits + "0"
    return longer if digits.strip("0_.") else digits


def fewer(digits: str) -> str:
    """A nought too few."""
    return digits[:-1] if len(digits.replace("_", "")) > 1 and digits.endswith("0") else digits


def turned(digits: str) -> str:
    """The first two digits swapped."""
    return digits[1] + digits[0] + digits[2:] if re.match(r"\d[1-9]", digits) else digits


def nearby(digits: str) -> str:
    """One key beside the right one."""
    first = digits[0]
    return (str(int(first) + 1) if first in "12345678" else first) + digits[1:]


def as_written_here(digits: str) -> str:
    """1.000 for a thousand, as Vietnamese writes it."""
    return digits.replace("_", ".", 1) if digits.count("_") == 1 else digits


def units(text: str) -> Iterator[Mistake]:
    """Every number of the law in another unit."""
    for at, line, found in values(text):
        other = _UNITS.get(found[3].strip())
        if other:
            there = f"{line[: found.start(3)]} {other}{line[found.end(3) :]}"
            yield put(text, at, there, f"{found[2]}{found[3]} → {found[2]} {other}")


def misread(text: str) -> Iterator[Mistake]:
    """The number of the gazette misread: wrong in the quote and in the condition alike."""
    lines = lines_of(text)
    for at, _, found in values(text):
        digits = found[2].replace("_", "").partition(".")[0]
        grouped = re.sub(r"(?<=.)(?=(?:...)+$)", "[.]?", digits)
        quoted = re.compile(rf"(?<![\d.,])0?{grouped}(?![\d.,]*\d)")
        for above in range(max(0, at - 5), at + 1):
            said = quoted.search(lines[above])
            if "quote: " in lines[above] and said:
                old, new = digits[0], str(int(digits[0]) % 9 + 1)
                there = [*lines]
                there[above] = lines[above].replace(said[0], said[0].replace(old, new, 1))
                line = there[at]
                place = line.index(found[2]) if at != above else line.rindex(found[2])
                there[at] = line[:place] + new + line[place + 1 :]
                what = f"{found[2]}{found[3]} → {new}{found[2][1:]}, quote too"
                yield Mistake(at + 1, what, "".join(there))
                break


def amended(text: str) -> Iterator[Mistake]:
    """The quote is of the act as amended, the number of the act before: an old threshold."""
    for at, line in enumerate(lines_of(text)):
        found = re.search(r"quote: .*?(?<![\d./])(\d+)(?= (?:con|ha|tấn|triệu|điểm|nghìn)|%)", line)
        if found:
            new = str(int(found[1]) + 10)
            there = line[: found.start(1)] + new + line[found.end(1) :]
            yield put(text, at, there, f"quote: {found[1]} → {new}")


def no_cap(text: str) -> Iterator[Mistake]:
    """A cap, a floor or a rounding left out."""
    yield from left_out(r"\s+(?:cap|floor|round):")(text)


def rounded(text: str) -> Iterator[Mistake]:
    """A rounding that the law has not."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        found = re.match(r"(\s+)(?:share: \d+ %|times: \[.*\])$", line.rstrip())
        if found and "amounts:" in text and text.index("amounts:") < text.index(line):
            new = f"{found[1]}round: {{to: 1_000_000 đồng, way: up}}\n"
            yield Mistake(at + 1, new.strip(), "".join([*lines[: at + 1], new, *lines[at + 1 :]]))


def days(change: Callable[[date], date], where: str) -> Kind:
    """Every day of the law on such a line, otherwise."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(lines_of(text)):
            for found in re.finditer(r"\d{4}-\d\d-\d\d", line) if re.search(where, line) else ():
                new = change(date.fromisoformat(found[0])).isoformat()
                there = line[: found.start()] + new + line[found.end() :]
                yield put(text, at, there, f"{found[0]} → {new}")

    return kind


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def year_after(day: date) -> date:
    """The same day of the next year."""
    return day.replace(year=day.year + 1)
