"""The mistakes that people make with law, as they stand in a file: `MISTAKES`, kind by kind.

Each kind goes through the text of a pack as it was typed, line by line, and gives every text in
which somebody has once mistyped, miscopied, misread or left out something. It knows how a pack is
written, and nothing of the engine: no mistake is made by what looks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple


class Mistake(NamedTuple):
    """A file with one mistake: what stands there now, on which line, and the text of it.

    `tests`: the mistake is in the test cases beside the pack.
    """

    line: int
    what: str
    text: str
    tests: bool = False


Kind = Callable[[str], Iterator[Mistake]]

_KEYS = r"(?:at_least|more_than|at_most|less_than|equals|share|cap|floor|to|by|[a-z_0-9]+)"
_VALUE = re.compile(
    rf"(?<![\w.])({_KEYS}: |, )(\d[\d_]*(?:\.\d+)?)((?: [^\s,}}\]#'\"]+)?)(?=[\s,}}\]])"
)
_NOT_LAW = re.compile(r"\s*(?:- )?(?:vi|en|quote|title|max|min|printed|name|cite|as_of|label): ")
_UNITS = {"ha": "m2", "m2": "ha", "t/batch": "kg/batch", "m3": "l", "tree/year": "tree/month",
          "đồng/year": "đồng/month", "year": "month", "month": "day", "%": "point"}  # fmt: skip


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _put(text: str, at: int, new: str, what: str) -> Mistake:
    lines = _lines(text)
    lines[at] = new
    return Mistake(at + 1, what, "".join(lines))


def _changed(pattern: str, new: str) -> Kind:
    """Every line on which a pattern stands, with something else there."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(_lines(text)):
            for found in re.finditer(pattern, line):
                there = line[: found.start()] + found.expand(new) + line[found.end() :]
                if there != line:
                    yield _put(text, at, there, f"{found[0].strip()} → {found.expand(new).strip()}")

    return kind


def _exchanged(pattern: str, pairs: Mapping[str, str]) -> Kind:
    """Every word of a pattern with the one that is easily taken for it."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(_lines(text)):
            for found in re.finditer(pattern, line):
                new = pairs.get(found[1], found[1])
                if new != found[1]:
                    there = line[: found.start(1)] + new + line[found.end(1) :]
                    yield _put(text, at, there, f"{found[1]} → {new}")

    return kind


def _left_out(pattern: str) -> Kind:
    """Every line that begins so, left out, with what is indented under it."""

    def kind(text: str) -> Iterator[Mistake]:
        lines = _lines(text)
        for at, line in enumerate(lines):
            if re.match(pattern, line):
                end = _end(lines, at)
                kept = "".join([*lines[:at], *lines[end:]])
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", kept)

    return kind


def _end(lines: list[str], at: int) -> int:
    """Where what stands under a line ends."""
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth
    ):
        end += 1
    return end


# ---- numbers and units


def _values(text: str) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Every number of the law, where it stands."""
    inside = 0
    for at, line in enumerate(_lines(text)):
        depth = len(line) - len(line.lstrip())
        if inside and (depth > inside - 1 or not line.strip()):
            continue
        inside = depth + 1 if re.search(r": >-?$", line.rstrip()) else 0
        if not _NOT_LAW.match(line):
            for found in _VALUE.finditer(line):
                yield at, line, found


def _numbers(change: Callable[[str], str]) -> Kind:
    """Every number of the law with something done to its digits."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line, found in _values(text):
            new = change(found[2])
            if new != found[2]:
                there = line[: found.start(2)] + new + line[found.end(2) :]
                yield _put(text, at, there, f"{found[2]}{found[3]} → {new}{found[3]}")

    return kind


def _more(digits: str) -> str:
    more = digits.replace(".", ".0", 1) if "." in digits else digits + "0"
    return more if digits.strip("0_.") else digits


def _fewer(digits: str) -> str:
    return digits[:-1] if len(digits.replace("_", "")) > 1 and digits.endswith("0") else digits


def _turned(digits: str) -> str:
    return digits[1] + digits[0] + digits[2:] if re.match(r"\d[1-9]", digits) else digits


def _nearby(digits: str) -> str:
    """One key beside the right one."""
    first = digits[0]
    return (str(int(first) + 1) if first in "12345678" else first) + digits[1:]


def _as_written_here(digits: str) -> str:
    """1.000 for a thousand, as Vietnamese writes it."""
    return digits.replace("_", ".", 1) if digits.count("_") == 1 else digits


def _units(text: str) -> Iterator[Mistake]:
    for at, line, found in _values(text):
        other = _UNITS.get(found[3].strip())
        if other:
            there = f"{line[: found.start(3)]} {other}{line[found.end(3) :]}"
            yield _put(text, at, there, f"{found[2]}{found[3]} → {found[2]} {other}")


def _misread(text: str) -> Iterator[Mistake]:
    """The number of the gazette misread: wrong in the quote and in the condition alike."""
    lines = _lines(text)
    for at, _, found in _values(text):
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


def _amended(text: str) -> Iterator[Mistake]:
    """The quote is of the act as amended, the number of the act before: an old threshold."""
    for at, line in enumerate(_lines(text)):
        found = re.search(r"quote: .*?(?<![\d./])(\d+)(?= (?:con|ha|tấn|triệu|điểm|nghìn)|%)", line)
        if found:
            new = str(int(found[1]) + 10)
            there = line[: found.start(1)] + new + line[found.end(1) :]
            yield _put(text, at, there, f"quote: {found[1]} → {new}")


# ---- what a condition is made of


def _terms(change: Callable[[list[str]], list[str] | None]) -> Kind:
    """Every list of terms in one line with something done to it."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(_lines(text)):
            for found in re.finditer(
                r"(sum|highest|in|all|any): \[([^\[\]{}]*, [^\[\]{}]*)\]", line
            ):
                terms = change(found[2].split(", "))
                if terms is not None:
                    new = f"{found[1]}: [{', '.join(terms)}]"
                    there = line[: found.start()] + new + line[found.end() :]
                    yield _put(text, at, there, f"{found[0]} → {new}")

    return kind


def _other_fact(text: str) -> Iterator[Mistake]:
    """The fact of the neighbour: a line copied and not changed."""
    named = [
        (at, found)
        for at, line in enumerate(_lines(text))
        if (found := re.search(r"require: \{of: (\w+), ", line))
    ]
    for (at, one), (_, other) in pairwise(named):
        if one[1] != other[1]:
            line = _lines(text)[at]
            there = line.replace(f"of: {one[1]}", f"of: {other[1]}", 1)
            yield _put(text, at, there, f"of: {one[1]} → {other[1]}")


def _copied(text: str) -> Iterator[Mistake]:
    """A condition written twice, under another name: the second adds nothing."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+\d[\w.]*\.[\w-]+:$", line.rstrip()):
            end = _end(lines, at)
            block = lines[at:end]
            if any("require: {of" in x for x in block) and not any("all:" in x for x in block):
                again = [block[0].replace(":", "-again:"), *block[1:]]
                yield Mistake(at + 1, f"{line.strip()} written twice",
                              "".join([*lines[:end], *again, *lines[end:]]))  # fmt: skip


def _impossible(text: str) -> Iterator[Mistake]:
    """A bound that everybody meets."""
    for at, line in enumerate(_lines(text)):
        found = re.search(r"require: \{of: (\w+), at_least: (\d[\d_]*) ([^}\s]+)\}", line)
        if found:
            new = f"require: {{of: {found[1]}, at_least: 0 {found[3]}}}"
            yield _put(text, at, line.replace(found[0], new), f"{found[0]} → {new}")


def _contradictory(text: str) -> Iterator[Mistake]:
    """Beside "at least" another condition of the same that asks for less."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        found = re.match(r"(\s+)(\d[\w.-]*|\"[\d.]+\"):$", line.rstrip())
        end = _end(lines, at)
        block = "".join(lines[at:end])
        one = re.search(r"require: \{of: (\w+), at_least: (\d[\d_]*) ([^}\s]+)\}", block)
        if found and one and block.count("require:") == 1 and "quote: " in block:
            name = found[2].strip('"')
            both = f"all: [{{require: {{of: {one[1]}, at_least: {one[2]} {one[3]}}}}}, "
            both += f"{{require: {{of: {one[1]}, less_than: {one[2]} {one[3]}}}}}]"
            there = "".join([*lines[:at], block.replace(one[0], both), *lines[end:]])
            yield Mistake(at + 1, f"{name}: at least and below {one[2]} {one[3]}", there)


# ---- tables, bands, classes


def _swapped(text: str) -> Iterator[Mistake]:
    """Two cells of a table, or what two lines of a band lead to."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        found = re.search(r"by: \w+, (\w+): ([^,}]+), (\w+): ([^,}]+)\}", line)
        if found and found[2] != found[4]:
            new = found[0].replace(found[2], "#").replace(found[4], found[2]).replace("#", found[4])
            yield _put(text, at, line.replace(found[0], new), f"{found[1]} ↔ {found[3]}")
        cell, under = (re.match(r"(\s+\w+: )(\d.*)\n", x) for x in (line, _next(lines, at)))
        if cell and under and "by:" in "".join(lines[max(0, at - 6) : at]) and cell[2] != under[2]:
            there = [*lines]
            there[at : at + 2] = [f"{cell[1]}{under[2]}\n", f"{under[1]}{cell[2]}\n"]
            yield Mistake(at + 1, f"{cell[1].strip()} ↔ {under[1].strip()}", "".join(there))


def _band_results(text: str) -> Iterator[Mistake]:
    lines = _lines(text)
    for at, line in enumerate(lines):
        one, other = (re.search(r"(?:then|else): (\w+)", x) for x in (line, _next(lines, at)))
        if one and other:
            there = [*lines]
            there[at] = line.replace(f": {one[1]}", f": {other[1]}")
            there[at + 1] = lines[at + 1].replace(f": {other[1]}", f": {one[1]}")
            yield Mistake(at + 1, f"{one[1]} ↔ {other[1]}", "".join(there))


def _band_order(text: str) -> Iterator[Mistake]:
    lines = _lines(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+- \{at_least: ", line) and re.match(
            r"\s+- \{at_least: ", _next(lines, at)
        ):
            there = [*lines[:at], lines[at + 1], line, *lines[at + 2 :]]
            yield Mistake(at + 1, "two lines of a band in the wrong order", "".join(there))


def _band_line(text: str) -> Iterator[Mistake]:
    """A line of a band left out: what it was for falls to the next."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+- (?:\{at_least: |when: )", line):
            kept = [*lines[:at], *lines[_end(lines, at) :]]
            yield Mistake(at + 1, f"{line.strip()[:50]} left out", "".join(kept))


def _next(lines: list[str], at: int) -> str:
    return lines[at + 1] if at + 1 < len(lines) else ""


# ---- amounts


def _no_cap(text: str) -> Iterator[Mistake]:
    yield from _left_out(r"\s+(?:cap|floor|round):")(text)


def _rounded(text: str) -> Iterator[Mistake]:
    """A rounding that the law has not."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        found = re.match(r"(\s+)(?:share: \d+ %|times: \[.*\])$", line.rstrip())
        if found and "amounts:" in text and text.index("amounts:") < text.index(line):
            new = f"{found[1]}round: {{to: 1_000_000 đồng, way: up}}\n"
            yield Mistake(at + 1, new.strip(), "".join([*lines[: at + 1], new, *lines[at + 1 :]]))


# ---- tests


def untested(pack: str, tests: str) -> Iterator[Mistake]:
    """The cases that stand on a threshold taken out of the tests, or those that must be refused."""
    lines = _lines(tests)
    starts = [at for at, line in enumerate(lines) if line.startswith("  - name: ")]
    refused = lines.index("refused:\n") if "refused:\n" in lines else len(lines)
    for fact, digits, unit in re.findall(
        r"of: (\w+), (?:at|more|less)_\w+: (\d[\d_.]*) ([^,}]+)", pack
    ):
        where = re.compile(rf"\b{fact}: {digits}(?: \w+)?(?=[,}}\n])")
        gone = [at for at in starts if at < refused]
        gone = [at for at in gone if where.search("".join(lines[at : _end(lines, at)]))]
        twice = unit == "m2" and f"{fact}: 0." in tests  # the same area in ha
        listed = re.search(rf"(?m)^  {fact}:\n(?:    .*\n)*?    else: ", pack)  # or by a list
        if gone and not twice and not listed:
            yield _without(lines, gone, f"no case with {fact}: {digits}")
    after = [at for at in starts if at > refused]
    if after:
        yield _without(lines, after, "no case that must be refused")


def _without(lines: list[str], gone: list[int], what: str) -> Mistake:
    kept = [x for i, x in enumerate(lines) if not any(at <= i < _end(lines, at) for at in gone)]
    return Mistake(min(gone) + 1, what, "".join(kept), tests=True)


# ---- days


def _days(change: Callable[[date], date], where: str) -> Kind:
    """Every day of the law on such a line, otherwise."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(_lines(text)):
            for found in re.finditer(r"\d{4}-\d\d-\d\d", line) if re.search(where, line) else ():
                new = change(date.fromisoformat(found[0])).isoformat()
                there = line[: found.start()] + new + line[found.end() :]
                yield _put(text, at, there, f"{found[0]} → {new}")

    return kind


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _year_after(day: date) -> date:
    return day.replace(year=day.year + 1)


# ---- words


def _cited(text: str) -> Iterator[Mistake]:
    """The citation of the neighbour, in both languages."""
    for at, line in enumerate(_lines(text)):
        found = re.search(r"cite: \{vi: Điều \d+ khoản (\d+)(?: điểm ([a-d]))?, en: ", line)
        if found:
            old = found[2] or found[1]
            new = chr(ord(old) + 1)
            there = (
                re.sub(rf"(điểm |point ){old}\b", rf"\g<1>{new}", line)
                if found[2]
                else re.sub(rf"(khoản |clause ){old}\b", rf"\g<1>{new}", line)
            )
            yield _put(text, at, there, f"cite: {old} → {new}")


def _cited_otherwise(text: str) -> Iterator[Mistake]:
    """Another article in English."""
    for at, line in enumerate(_lines(text)):
        found = re.search(r"cite: \{.*en: '?(?:Article|Criterion|Indicator) (\d+)", line)
        if found:
            there = line[: found.start(1)] + str(int(found[1]) + 1) + line[found.end(1) :]
            yield _put(text, at, there, f"en: {found[1]} → {int(found[1]) + 1}")


def _quoted(text: str) -> Iterator[Mistake]:
    """A number mistyped in the quote alone."""
    for at, line in enumerate(_lines(text)):
        for found in re.finditer(
            r"(?<![\d.,/])0?([1-9]\d*)(?= (?:con|ha|tấn|tỷ|triệu|điểm)|%)", line
        ):
            if "quote: " in line[: found.start()] or line.lstrip().startswith(("a)", "b)", "d)")):
                there = line[: found.start(1)] + found[1] + "0" + line[found.end(1) :]
                yield _put(text, at, there, f"quote: {found[1]} → {found[1]}0")


def _strict_quote(text: str) -> Iterator[Mistake]:
    """ "Trên" copied for "từ"."""
    for at, line in enumerate(_lines(text)):
        found = re.search(
            r"quote: .*?(?<!\w)(từ|trở lên|tối thiểu|ít nhất)(?= \d)", line, re.IGNORECASE
        )
        if found:
            there = line[: found.start(1)] + "trên" + line[found.end(1) :]
            there = there.replace(" trở lên", "", 1)
            yield _put(text, at, there, f"{found[1]} → trên")


def _no_words(text: str) -> Iterator[Mistake]:
    """The only words that a condition has, its own and those under it."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+quote: ", line):
            top = at - 1
            while lines[top].index(lines[top].strip()) >= line.index("quote"):
                top -= 1
            if "".join(lines[top : _end(lines, top)]).count("quote: ") == 1:
                kept = "".join([*lines[:at], *lines[_end(lines, at) :]])
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", kept)


def _limits(text: str) -> Iterator[Mistake]:
    """A limit that readers look for, left out: all that name procedure, dates or what follows."""
    lines = _lines(text)
    start = lines.index("limits:\n")
    end = _end(lines, start)
    blocks: list[list[str]] = []
    for line in lines[start + 1 : end]:
        if line.startswith("  - "):
            blocks.append([])
        blocks[-1].append(line)
    ends = re.search(r"^in_force: .*until", text, re.MULTILINE)
    topics = ["thay thế"] * bool(ends) + ["hiệu lực"] * ("\nin_force" not in text)
    if "kind: subsidy" in text or "kind: standard" in text:
        topics += ["trình tự|thủ tục|hồ sơ", "mức hỗ trợ", "Không tìm thấy hệ số|Phụ lục V"]
    for topic in topics:
        kept = [block for block in blocks if not re.search(topic, block[0])]
        if 0 < len(kept) < len(blocks):
            there = [*lines[: start + 1], *(x for block in kept for x in block), *lines[end:]]
            yield Mistake(start + 1, f"no limit with “{topic}”", "".join(there))


def _unused(text: str) -> Iterator[Mistake]:
    """A fact asked of everybody and used nowhere."""
    lines = _lines(text)
    at = lines.index("facts:\n")
    for name, unit in (("area_in_all", "ha"), ("workers", "person")):
        new = f"  {name}: {{vi: số liệu, en: a figure, unit: {unit}}}\n"
        yield Mistake(
            at + 2, f"{name} is used nowhere", "".join([*lines[: at + 1], new, *lines[at + 1 :]])
        )


def _checks_left_out(text: str) -> Iterator[Mistake]:
    lines = _lines(text)
    for at, line in enumerate(lines):
        end = _end(lines, at)
        block = "".join(lines[at:end])
        if line.startswith("  - require:") and "level: error" in block and "\nchecks:\n" in text:
            rest = [*lines[:at], *lines[end:]]
            only = rest[at - 1] == "checks:\n" and not rest[at].startswith("  - ")
            if not only:
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", "".join(rest))


MISTAKES: dict[tuple[str, str], Kind] = {
    ("a digit too many (500 for 50)", "thừa một chữ số (500 thay 50)"): _numbers(_more),
    ("a digit too few (5 for 50)", "thiếu một chữ số (5 thay 50)"): _numbers(_fewer),
    ("two digits swapped", "hai chữ số đổi chỗ"): _numbers(_turned),
    ("a digit mistyped (60 for 50)", "gõ nhầm chữ số (60 thay 50)"): _numbers(_nearby),
    ("1.000 for 1_000", "1.000 thay 1_000"): _numbers(_as_written_here),
    ("a number misread, in the quote too", "đọc nhầm số, cả trong lời văn"): _misread,
    ("another unit (ha for m²)", "đơn vị khác (ha thay m²)"): _units,
    ("“trên” for “từ”: strict", "“trên” thay “từ”"): _changed(
        r"\bat_least(?=: [\da-z{])", "more_than"
    ),
    ("“từ” for “trên”: not strict", "“từ” thay “trên”"): _changed(
        r"\bmore_than(?=: [\da-z{])", "at_least"
    ),
    ("“trên” for “từ” in the quote", "“trên” thay “từ” trong lời văn"): _strict_quote,
    ("the wrong way (at most for at least)", "ngược chiều (tối đa thay tối thiểu)"): _exchanged(
        r"\b(at_least|at_most)(?=: [\da-z{])", {"at_least": "at_most", "at_most": "at_least"}
    ),
    ("“and” for “or”", "“và” thay “hoặc”"): _changed(r"(^ +|\{)any:(?=\n| \[[^\]]*, )", r"\1all:"),
    ("“or” for “and”", "“hoặc” thay “và”"): _changed(r"(^ +|\{)all:(?=\n| \[[^\]]*, )", r"\1any:"),
    ("an old threshold left in force", "ngưỡng cũ còn để lại"): _amended,
    ("a term left out of a sum or list", "thiếu một số hạng"): _terms(lambda x: x[:-1]),
    ("a term twice", "một số hạng hai lần"): _terms(lambda x: [*x[:-1], x[0]]),
    ("the neighbour's fact", "nhầm dữ kiện của dòng bên"): _other_fact,
    ("yes for no", "có thay không"): _exchanged(
        r"is: (true|false)", {"true": "false", "false": "true"}
    ),
    ("a ratio upside down", "tỷ lệ đảo ngược"): _changed(
        r"of: (\w+), per: (\w+)", r"of: \2, per: \1"
    ),
    ("the lowest for the highest", "thấp nhất thay cao nhất"): _changed(r"\bhighest: ", "lowest: "),
    ("a gate left out", "bỏ một cửa điều kiện"): _left_out(r"\s+(?:applies_when|unless|when): "),
    ("a gate turned round", "cửa điều kiện đảo ngược"): _exchanged(
        r"^ +(applies_when|unless): ", {"applies_when": "unless", "unless": "applies_when"}
    ),
    ("the gate of another activity", "cửa của hoạt động khác"): _exchanged(
        r"activity: (\w+)",
        {
            "nursery": "crops",
            "livestock": "crops",
            "crops": "nursery",
            "aquaculture": "livestock",
            "storage": "crops",
        },
    ),
    ("a review left out", "bỏ chỗ phải xem xét"): _left_out(r"\s+review_when:"),
    ("a wrong label of a class", "sai nhãn của phân loại"): _exchanged(
        r"\bin: \[(\w+)",
        {
            "livestock": "crops",
            "excellent": "completed",
            "above_good": "below_good",
            "small": "household",
        },
    ),
    ("two cells of a table swapped", "hai ô của bảng đổi chỗ"): _swapped,
    ("two results of a band swapped", "hai bậc đổi kết quả"): _band_results,
    ("the lines of a band in the wrong order", "các bậc sai thứ tự"): _band_order,
    ("a band left out: a gap", "thiếu một bậc"): _band_line,
    ("a cap left out", "bỏ mức trần"): _no_cap,
    ("a share of 60 % for 50 %", "60 % thay 50 %"): _changed(r"(share: )(50|110) %", r"\g<1>60 %"),
    ("a rounding that the law has not", "làm tròn mà luật không nói"): _rounded,
    ("a day off by one", "ngày lệch một ngày"): _days(_day_after, r"in_force: |until: |    from: "),
    ("a wrong year", "sai năm"): _days(_year_after, r"^(?:in_force|    in_force): "),
    ("the days in force left out", "bỏ thời hạn hiệu lực"): _left_out(r"\s*in_force: "),
    ("what is used where nothing is stated left out", "bỏ giá trị dùng khi không khai"): _left_out(
        r"    else: "
    ),
    ("a check of the input left out", "bỏ một phép kiểm tra"): _checks_left_out,
    ("a condition left out", "bỏ một điều kiện"): _left_out(r"      +\"?\d[\w.]*\.[\w-]+\"?:"),
    ("a condition written twice", "một điều kiện hai lần"): _copied,
    ("a condition that nobody fails", "điều kiện ai cũng đạt"): _impossible,
    ("conditions that contradict", "điều kiện mâu thuẫn"): _contradictory,
    ("the citation of the neighbour", "viện dẫn của điểm bên"): _cited,
    ("another article in English", "tiếng Anh viện dẫn điều khác"): _cited_otherwise,
    ("a number mistyped in the quote", "gõ nhầm số trong lời văn"): _quoted,
    ("a quote left out", "bỏ lời văn"): _no_words,
    ("a limit that readers look for left out", "bỏ một giới hạn người đọc chờ đợi"): _limits,
    ("a fact that nothing uses", "dữ kiện không dùng"): _unused,
}
"""Each kind by its name in English and in Vietnamese."""
UNTESTED = ("no test at a threshold", "thiếu trường hợp thử ở một mức")
"""The kind that is made in the test cases."""
