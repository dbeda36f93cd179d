"""The smallest example of each mistake beside a good one, from `engine/twins/`, and as it is shown.

The first line of `CODE.yaml` says what it is, the next two what is said of it in Vietnamese and in
English. A line that ends in `#-` stands in the bad input alone, one that ends in `#+` in the good
one alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tieuchi.engine.codes import CODES, REMEDIES
from tieuchi.engine.phrases_lint import BAD, GOOD, LEVELS, NO_TWIN

FOLDER: Final = Path(__file__).resolve().with_name("twins")
MARKS: Final = ("#-", "#+")


class Twin(NamedTuple):
    """One file: what reads it, what is said of it, and its lines."""

    kind: str
    said: dict[str, str]
    lines: tuple[str, ...]

    def side(self, mark: str) -> str:
        """The bad ("#-") or the good ("#+") input."""
        kept = [
            line.removesuffix(mark).rstrip() if line.endswith(mark) else line
            for line in self.lines
            if line.endswith(mark) or not line.endswith(MARKS)
        ]
        return "\n".join(kept) + "\n"


def twin_of(code: str) -> Twin | None:
    """The example of a code; None where its input is no text."""
    try:
        lines = FOLDER.joinpath(f"{code}.yaml").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    kind, vi, en = (line.removeprefix("# ") for line in lines[:3])
    said = {"vi": vi.removeprefix("vi: "), "en": en.removeprefix("en: ")}
    return Twin(kind, said, tuple(lines))


def about(code: str, lang: str) -> dict[str, str | None]:
    """What is known of a code: its level, its sentence and remedy, and its twins."""
    of, twin = CODES[code], twin_of(code)
    remedy = None if of.remedy is None else REMEDIES[of.remedy].of(lang)
    return {
        "code": code,
        "level": of.level,
        "message": _open(of.vi if lang == "vi" else of.en),
        "remedy": None if remedy is None else _open(remedy),
        "example": None if twin is None else twin.said[lang],
        "bad": None if twin is None else _without_head(twin.side("#-")),
        "good": None if twin is None else _without_head(twin.side("#+")),
    }


def lines_about(code: str, lang: str) -> Iterator[str]:
    """The same as lines: the whole bad input, its line marked, and what stands there instead."""
    known, twin = about(code, lang), twin_of(code)
    yield f"{code} · {LEVELS[CODES[code].level].of(lang)}"
    yield f"  {known['message']}" + (f"; {known['remedy']}" if known["remedy"] else "")
    if twin is None:
        yield f"  {NO_TWIN.of(lang)}"
        return
    yield f"\n{BAD.of(lang)}"
    yield f"  {twin.said[lang]}"
    for number, line in enumerate(twin.lines[3:], 4):
        if not line.endswith("#+"):
            bad = line.endswith("#-")
            yield f"{'>' if bad else ' '} {number:3} {line.removesuffix('#-').rstrip()}"
    yield f"\n{GOOD.of(lang)}"
    changed = [at for at, line in enumerate(twin.lines) if line.endswith(MARKS)]
    for number in range(max(3, changed[0] - 1), min(len(twin.lines), changed[-1] + 2)):
        line = twin.lines[number]
        if not line.endswith("#-"):
            good = line.endswith("#+")
            yield f"{'>' if good else ' '}     {line.removesuffix('#+').rstrip()}"


def _open(sentence: str) -> str:
    """A sentence with a gap for each fact."""
    return re.sub(r"\{[^{}]*\}", "…", sentence.replace("{{", "⟨").replace("}}", "⟩")).translate(
        {ord("⟨"): "{", ord("⟩"): "}"}
    )


def _without_head(text: str) -> str:
    return "\n".join(text.splitlines()[3:]) + "\n"
