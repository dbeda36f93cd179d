"""Words as people miscopy them, and what they leave out: quotes, limits, checks, test cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typed import Mistake, end_of, lines_of, put


def cited(text: str) -> Iterator[Mistake]:
    """The citation of the neighbour, in both languages."""
    for at, line in enumerate(lines_of(text)):
        found = re.search(r"cite: \{vi: Điều \d+ khoản (\d+)(?: điểm ([a-d]))?, en: ", line)
        if found:
            old = found[2] or found[1]
            new = chr(ord(old) + 1)
            there = (
                re.sub(rf"(điểm |point ){old}\b", rf"\g<1>{new}", line)
                if found[2]
                else re.sub(rf"(khoản |clause ){old}\b", rf"\g<1>{new}", line)
            )
            yield put(text, at, there, f"cite: {old} → {new}")


def cited_otherwise(text: str) -> Iterator[Mistake]:
    """Another article in English."""
    for at, line in enumerate(lines_of(text)):
        found = re.search(r"cite: \{.*en: '?(?:Article|Criterion|Indicator) (\d+)", line)
        if found:
            there = line[: found.start(1)] + str(int(found[1]) + 1) + line[found.end(1) :]
            yield put(text, at, there, f"en: {found[1]} → {int(found[1]) + 1}")


def quoted(text: str) -> Iterator[Mistake]:
    """A number mistyped in the quote alone."""
    for at, line in enumerate(lines_of(text)):
        for found in re.finditer(
            r"(?<![\d.,/])0?([1-9]\d*)(?= (?:con|ha|tấn|tỷ|triệu|điểm)|%)", line
        ):
            if "quote: " in line[: found.start()] or line.lstrip().startswith(("a)", "b)", "d)")):
                there = line[: found.start(1)] + found[1] + "0" + line[found.end(1) :]
                yield put(text, at, there, f"quote: {found[1]} → {found[1]}0")


def strict_quote(text: str) -> Iterator[Mistake]:
    """ "Trên" copied for "từ"."""
    for at, line in enumerate(lines_of(text)):
        found = re.search(
            r"quote: .*?(?<!\w)(từ|trở lên|tối thiểu|ít nhất)(?= \d)", line, re.IGNORECASE
        )
        if found:
            there = line[: found.start(1)] + "trên" + line[found.end(1) :]
            there = there.replace(" trở lên", "", 1)
            yield put(text, at, there, f"{found[1]} → trên")


def no_words(text: str) -> Iterator[Mistake]:
    """The only words that a condition has, its own and those under it."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        if re.match(r"\s+quote: ", line):
            top = at - 1
            while lines[top].index(lines[top].strip()) >= line.index("quote"):
                top -= 1
            if "".join(lines[top : end_of(lines, top)]).count("quote: ") == 1:
                kept = "".join([*lines[:at], *lines[end_of(lines, at) :]])
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", kept)


def limits(text: str) -> Iterator[Mistake]:
    """A limit that readers look for, left out: all that name procedure, dates or what follows."""
    lines = lines_of(text)
    start = lines.index("limits:\n")
    end = end_of(lines, start)
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


def unused(text: str) -> Iterator[Mistake]:
    """A fact asked of everybody and used nowhere."""
    lines = lines_of(text)
    at = lines.index("facts:\n")
    for name, unit in (("area_in_all", "ha"), ("workers", "person")):
        new = f"  {name}: {{vi: số liệu, en: a figure, unit: {unit}}}\n"
        yield Mistake(
            at + 2, f"{name} is used nowhere", "".join([*lines[: at + 1], new, *lines[at + 1 :]])
        )


def checks_left_out(text: str) -> Iterator[Mistake]:
    """A check of the input left out, where it is not the only one."""
    lines = lines_of(text)
    for at, line in enumerate(lines):
        end = end_of(lines, at)
        block = "".join(lines[at:end])
        if line.startswith("  - require:") and "level: error" in block and "\nchecks:\n" in text:
            rest = [*lines[:at], *lines[end:]]
            only = rest[at - 1] == "checks:\n" and not rest[at].startswith("  - ")
            if not only:
                yield Mistake(at + 1, f"{line.strip()[:50]} left out", "".join(rest))


# ---- test cases


def untested(pack: str, tests: str) -> Iterator[Mistake]:
    """The cases that stand on a threshold taken out of the tests, or those that must be refused."""
    lines = lines_of(tests)
    starts = [at for at, line in enumerate(lines) if line.startswith("  - name: ")]
    refused = lines.index("refused:\n") if "refused:\n" in lines else len(lines)
    for fact, digits, unit in re.findall(
        r"of: (\w+), (?:at|more|less)_\w+: (\d[\d_.]*) ([^,}]+)", pack
    ):
        where = re.compile(rf"\b{fact}: {digits}(?: \w+)?(?=[,}}\n])")
        gone = [at for at in starts if at < refused]
        gone = [at for at in gone if where.search("".join(lines[at : end_of(lines, at)]))]
        twice = unit == "m2" and f"{fact}: 0." in tests  # the same area in ha
        listed = re.search(rf"(?m)^  {fact}:\n(?:    .*\n)*?    else: ", pack)  # or by a list
        if gone and not twice and not listed:
            yield _without(lines, gone, f"no case with {fact}: {digits}")
    after = [at for at in starts if at > refused]
    if after:
        yield _without(lines, after, "no case that must be refused")


def _without(lines: list[str], gone: list[int], what: str) -> Mistake:
    kept = [x for i, x in enumerate(lines) if not any(at <= i < end_of(lines, at) for at in gone)]
    return Mistake(min(gone) + 1, what, "".join(kept), tests=True)
