"""The mistakes that people make with law, as they stand in a file: `MISTAKES`, kind by kind.

Each kind goes through the text of a pack as it was typed, line by line, and gives every text in
which somebody has once mistyped, miscopied, misread or left out something. It knows how a pack is
written, and nothing of the engine: no mistake is made by what looks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from miscopied import (
    checks_left_out,
    cited,
    cited_otherwise,
    limits,
    no_words,
    quoted,
    strict_quote,
    unused,
)
from misnumbered import (
    amended,
    as_written_here,
    day_after,
    days,
    fewer,
    misread,
    more,
    nearby,
    no_cap,
    numbers,
    rounded,
    turned,
    units,
    year_after,
)
from typed import Kind, Mistake, changed, end_of, exchanged, left_out, lines_of, put

# ---- what a condition is made of


def _terms(change: Callable[[list[str]], list[str] | None]) -> Kind:
    """Every list of terms in one line with something done to it."""

    def kind(text: str) -> Iterator[Mistake]:
        for at, line in enumerate(lines_of(text)):
            for found in re.finditer(
                r"(sum|highest|in|all|any): \[([^\[\]{}]*, [^\[\]{}]*)\]", line
            ):
                terms = change(found[2].split(", "))
                if terms is not None:
                    new = f"{found[1]}: [{', '.join(terms)}]"
                    there = line[: found.start()] + new + line[found.end() :]
                    yield put(text, at, there, f"{found[0]} → {new}")

    return kind


def _other_fact(text: str) -> Iterator[Mistake]:
    """The fact of the neighbour: a line copied and not changed."""
    named = [
        (at, found)
        for at, line in enumerate(lines_of(text))
        if (found := re.search(r"require: \{of: (\w+), ", line))
    ]
    for (at, one), (_, other) in pairwise(named):
        if one[1] != other[1]:
            line = lines_of(text)[at]
            there = line.replace(f"of: {one[1]}", f"of: {other[1]}", 1)
            yield put(text, at, there, f"of: {one[1]} → {other[1]}")


def _copied(text: str) -> Iterator[Mistake]:
    """A condition written twice, under another name: the second adds nothing."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+\d[\w.]*\.[\w-]+:$", line.rstrip()):
            end = end_of(lines, at)
            block = lines[at:end]
            if any("require: {of" in x for x in block) and not any("all:" in x for x in block):
                again = [block[0].replace(":", "-again:"), *block[1:]]
                yield Mistake(at + 1, f"{line.strip()} written twice",
                              "".join([*lines[:end], *again, *lines[end:]]))  # fmt: skip


def _impossible(text: str) -> Iterator[Mistake]:
    """A bound that everybody meets."""
    for at, line in enumerate(lines_of(text)):
        found = re.search(r"require: \{of: (\w+), at_least: (\d[\d_]*) ([^}\s]+)\}", line)
        if found:
            new = f"require: {{of: {found[1]}, at_least: 0 {found[3]}}}"
            yield put(text, at, line.replace(found[0], new), f"{found[0]} → {new}")


def _contradictory(text: str) -> Iterator[Mistake]:
    """Beside "at least" another condition of the same that asks for less."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        found = re.match(r"(\s+)(\d[\w.-]*|\"[\d.]+\"):$", line.rstrip())
        end = end_of(lines, at)
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
    lines = lines_of(text)
    for at, line in enumerate(lines):
        found = re.search(r"by: \w+, (\w+): ([^,}]+), (\w+): ([^,}]+)\}", line)
        if found and found[2] != found[4]:
            new = found[0].replace(found[2], "#").replace(found[4], found[2]).replace("#", found[4])
            yield put(text, at, line.replace(found[0], new), f"{found[1]} ↔ {found[3]}")
        cell, under = (re.match(r"(\s+\w+: )(\d.*)\n", x) for x in (line, _next(lines, at)))
        if cell and under and "by:" in "".join(lines[max(0, at - 6) : at]) and cell[2] != under[2]:
            there = [*lines]
            there[at : at + 2] = [f"{cell[1]}{under[2]}\n", f"{under[1]}{cell[2]}\n"]
            yield Mistake(at + 1, f"{cell[1].strip()} ↔ {under[1].strip()}", "".join(there))


def _band_results(text: str) -> Iterator[Mistake]:
    lines = lines_of(text)
    for at, line in enumerate(lines):
        one, other = (re.search(r"(?:then|else): (\w+)", x) for x in (line, _next(lines, at)))
        if one and other:
            there = [*lines]
            there[at] = line.replace(f": {one[1]}", f": {other[1]}")
            there[at + 1] = lines[at + 1].replace(f": {other[1]}", f": {one[1]}")
            yield Mistake(at + 1, f"{one[1]} ↔ {other[1]}", "".join(there))


def _band_order(text: str) -> Iterator[Mistake]:
    lines = lines_of(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+- \{at_least: ", line) and re.match(
            r"\s+- \{at_least: ", _next(lines, at)
        ):
            there = [*lines[:at], lines[at + 1], line, *lines[at + 2 :]]
            yield Mistake(at + 1, "two lines of a band in the wrong order", "".join(there))


def _band_line(text: str) -> Iterator[Mistake]:
    """A line of a band left out: what it was for falls to the next."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+- (?:\{at_least: |when: )", line):
            kept = [*lines[:at], *lines[end_of(lines, at) :]]
            yield Mistake(at + 1, f"{line.strip()[:50]} left out", "".join(kept))


def _next(lines: list[str], at: int) -> str:
    return lines[at + 1] if at + 1 < len(lines) else ""


MISTAKES: dict[tuple[str, str], Kind] = {
    ("a digit too many (500 for 50)", "thừa một chữ số (500 thay 50)"): numbers(more),
    ("a digit too few (5 for 50)", "thiếu một chữ số (5 thay 50)"): numbers(fewer),
    ("two digits swapped", "hai chữ số đổi chỗ"): numbers(turned),
    ("a digit mistyped (60 for 50)", "gõ nhầm chữ số (60 thay 50)"): numbers(nearby),
    ("1.000 for 1_000", "1.000 thay 1_000"): numbers(as_written_here),
    ("a number misread, in the quote too", "đọc nhầm số, cả trong lời văn"): misread,
    ("another unit (ha for m²)", "đơn vị khác (ha thay m²)"): units,
    ("“trên” for “từ”: strict", "“trên” thay “từ”"): changed(
        r"\bat_least(?=: [\da-z{])", "more_than"
    ),
    ("“từ” for “trên”: not strict", "“từ” thay “trên”"): changed(
        r"\bmore_than(?=: [\da-z{])", "at_least"
    ),
    ("“trên” for “từ” in the quote", "“trên” thay “từ” trong lời văn"): strict_quote,
    ("the wrong way (at most for at least)", "ngược chiều (tối đa thay tối thiểu)"): exchanged(
        r"\b(at_least|at_most)(?=: [\da-z{])", {"at_least": "at_most", "at_most": "at_least"}
    ),
    ("“and” for “or”", "“và” thay “hoặc”"): changed(r"(^ +|\{)any:(?=\n| \[[^\]]*, )", r"\1all:"),
    ("“or” for “and”", "“hoặc” thay “và”"): changed(r"(^ +|\{)all:(?=\n| \[[^\]]*, )", r"\1any:"),
    ("an old threshold left in force", "ngưỡng cũ còn để lại"): amended,
    ("a term left out of a sum or list", "thiếu một số hạng"): _terms(lambda x: x[:-1]),
    ("a term twice", "một số hạng hai lần"): _terms(lambda x: [*x[:-1], x[0]]),
    ("the neighbour's fact", "nhầm dữ kiện của dòng bên"): _other_fact,
    ("yes for no", "có thay không"): exchanged(
        r"is: (true|false)", {"true": "false", "false": "true"}
    ),
    ("a ratio upside down", "tỷ lệ đảo ngược"): changed(
        r"of: (\w+), per: (\w+)", r"of: \2, per: \1"
    ),
    ("the lowest for the highest", "thấp nhất thay cao nhất"): changed(r"\bhighest: ", "lowest: "),
    ("a gate left out", "bỏ một cửa điều kiện"): left_out(r"\s+(?:applies_when|unless|when): "),
    ("a gate turned round", "cửa điều kiện đảo ngược"): exchanged(
        r"^ +(applies_when|unless): ", {"applies_when": "unless", "unless": "applies_when"}
    ),
    ("the gate of another activity", "cửa của hoạt động khác"): exchanged(
        r"activity: (\w+)",
        {
            "nursery": "crops",
            "livestock": "crops",
            "crops": "nursery",
            "aquaculture": "livestock",
            "storage": "crops",
        },
    ),
    ("a review left out", "bỏ chỗ phải xem xét"): left_out(r"\s+review_when:"),
    ("a wrong label of a class", "sai nhãn của phân loại"): exchanged(
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
    ("a cap left out", "bỏ mức trần"): no_cap,
    ("a share of 60 % for 50 %", "60 % thay 50 %"): changed(r"(share: )(50|110) %", r"\g<1>60 %"),
    ("a rounding that the law has not", "làm tròn mà luật không nói"): rounded,
    ("a day off by one", "ngày lệch một ngày"): days(day_after, r"in_force: |until: |    from: "),
    ("a wrong year", "sai năm"): days(year_after, r"^(?:in_force|    in_force): "),
    ("the days in force left out", "bỏ thời hạn hiệu lực"): left_out(r"\s*in_force: "),
    ("what is used where nothing is stated left out", "bỏ giá trị dùng khi không khai"): left_out(
        r"    else: "
    ),
    ("a check of the input left out", "bỏ một phép kiểm tra"): checks_left_out,
    ("a condition left out", "bỏ một điều kiện"): left_out(r"      +\"?\d[\w.]*\.[\w-]+\"?:"),
    ("a condition written twice", "một điều kiện hai lần"): _copied,
    ("a condition that nobody fails", "điều kiện ai cũng đạt"): _impossible,
    ("conditions that contradict", "điều kiện mâu thuẫn"): _contradictory,
    ("the citation of the neighbour", "viện dẫn của điểm bên"): cited,
    ("another article in English", "tiếng Anh viện dẫn điều khác"): cited_otherwise,
    ("a number mistyped in the quote", "gõ nhầm số trong lời văn"): quoted,
    ("a quote left out", "bỏ lời văn"): no_words,
    ("a limit that readers look for left out", "bỏ một giới hạn người đọc chờ đợi"): limits,
    ("a fact that nothing uses", "dữ kiện không dùng"): unused,
}
"""Each kind by its name in English and in Vietnamese."""
UNTESTED = ("no test at a threshold", "thiếu trường hợp thử ở một mức")
"""The kind that is made in the test cases."""
