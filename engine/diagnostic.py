"""What is wrong with an input: a code, a place, the facts of the error and a remedy, as data.

Every sentence stands in one place, the two registers below, once a language. To add a mistake, add
an entry to `CODES` (and to `REMEDIES` if its remedy is new) and its example to `tests/diagnostics/`.
This module knows nothing of packs, cases or files.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

Lang: TypeAlias = Literal["vi", "en"]


class Mark(NamedTuple):
    """Where something stands; line 0 is the file as a whole, column 0 the line as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place


class Code(NamedTuple):
    """One kind of mistake: its sentence in both languages and the remedy it has unless told."""

    vi: str
    en: str
    remedy: str | None = None
    level: Literal["error", "warning"] = "error"


class Remedy(NamedTuple):
    """What to do about a mistake, in both languages."""

    vi: str
    en: str


class Diagnostic(NamedTuple):
    """One mistake at one place; `problem` makes it and sees that it can be said."""

    code: str
    mark: Mark
    facts: dict[str, str]
    remedy: str | None

    @property
    def level(self) -> Literal["error", "warning"]:
        return CODES[self.code].level


class Faults(Exception):
    """All the mistakes found in one go, in the order in which they stand."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(sorted(diagnostics, key=lambda d: d.mark))
        super().__init__("\n".join(line(d, "en") for d in self.diagnostics))


def problem(code: str, mark: Mark, remedy: str | None = None, /, **facts: object) -> Diagnostic:
    """A diagnostic; a remedy given here stands in for the usual one of the code."""
    return Diagnostic(code, mark, {k: str(v) for k, v in facts.items()}, remedy or CODES[code].remedy)


def line(diagnostic: Diagnostic, lang: Lang) -> str:
    """The one line people see: `file:line:column: sentence; remedy`."""
    remedy = remedy_of(diagnostic, lang)
    text = f"{diagnostic.mark}: {sentence(diagnostic, lang)}"
    return f"{text}; {remedy}" if remedy else text


def sentence(diagnostic: Diagnostic, lang: Lang) -> str:
    """What is wrong, without where and without the remedy."""
    raise NotImplementedError


def remedy_of(diagnostic: Diagnostic, lang: Lang) -> str | None:
    """What to do about it, where there is something to do."""
    raise NotImplementedError


def as_json(diagnostic: Diagnostic, lang: Lang = "en") -> dict[str, dict[str, str | None]]:
    """The object that `--format json` prints on stderr."""
    raise NotImplementedError


def near(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was probably meant to be, or None when none is near."""
    raise NotImplementedError


REMEDIES: Final[dict[str, Remedy]] = {}
CODES: Final[dict[str, Code]] = {}
