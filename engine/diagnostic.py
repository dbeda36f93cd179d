"""What is wrong with an input: a code, a place, the facts of the error and a remedy, as data.

The text is made here, from the registers in `codes`, and nowhere else. This module knows nothing of
packs, cases or files.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from tieuchi.engine.codes import CODES, FORMS, REMEDIES, TERMS, Level

Lang = Literal["vi", "en"]

LONGEST: Final = 100
"""The most characters of one fact that a line shows, but for those in `_WHOLE`."""
_WHOLE: Final = frozenset({"ring", "vi", "en"})


class Mark(NamedTuple):
    """Where something stands; line 0 is the file as a whole, column 0 the line as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(part) for part in self[1:] if part)])


class Diagnostic(NamedTuple):
    """One mistake at one place, made by `problem`."""

    code: str
    mark: Mark
    facts: dict[str, str]
    remedy: str | None

    @property
    def level(self) -> Level:
        """Whether it forbids going on."""
        return CODES[self.code].level


class Faults(Exception):
    """All the mistakes found in one go: files as they came, places in order, nothing twice."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        found = list(diagnostics)
        files = {d.mark.file: 0 for d in found}
        rank = {file: at for at, file in enumerate(files)}
        found.sort(key=lambda d: (rank[d.mark.file], d.mark.line, d.mark.column))
        self.diagnostics: tuple[Diagnostic, ...] = tuple(
            d for at, d in enumerate(found) if d not in found[max(0, at - 8) : at]
        )
        super().__init__("\n".join(line(d, "en") for d in self.diagnostics))

    def __reduce__(self) -> tuple[type["Faults"], tuple[tuple[Diagnostic, ...]]]:
        return Faults, (self.diagnostics,)


def problem(code: str, mark: Mark, remedy: str | None = None, /, **facts: object) -> Diagnostic:
    """A diagnostic; a fact that is None is left out.

    The remedy is the one given here, else "did you mean" where there is a fact `near`, else the
    usual one of the code.
    """
    known = {name: str(fact) for name, fact in facts.items() if fact is not None}
    usual = CODES[code].remedy
    return Diagnostic(code, mark, known, remedy or ("near" if "near" in known else usual))


def line(diagnostic: Diagnostic, lang: Lang) -> str:
    """The one line people see.

    >>> line(problem("name-unknown", Mark("a.yaml", 7, 3), name="catle", near="cattle"), "en")
    'a.yaml:7:3: nothing is called `catle`; did you mean `cattle`?'
    """
    where = f"{diagnostic.mark}: " if str(diagnostic.mark) else ""  # of what is nowhere stated
    return f"{where}{sentence(diagnostic, lang)}"


def sentence(diagnostic: Diagnostic, lang: Lang) -> str:
    """What is wrong and what to do about it, without where."""
    text, remedy = message(diagnostic, lang), remedy_text(diagnostic, lang)
    return f"{text.removesuffix('.')}; {remedy}" if remedy else text


def message(diagnostic: Diagnostic, lang: Lang) -> str:
    """What is wrong, without where and without the remedy."""
    code = CODES[diagnostic.code]
    return _said(code.vi if lang == "vi" else code.en, diagnostic.facts, lang)


def remedy_text(diagnostic: Diagnostic, lang: Lang) -> str | None:
    """What to do about it, None where nothing sensible can be said."""
    if diagnostic.remedy is None:
        return None
    return _said(REMEDIES[diagnostic.remedy].of(lang), diagnostic.facts, lang)


def as_json(diagnostic: Diagnostic, lang: Lang = "en") -> dict[str, dict[str, str | None]]:
    """The object that `--format json` prints on stderr."""
    return {
        "error": {
            "code": diagnostic.code,
            "where": str(diagnostic.mark),
            "message": message(diagnostic, lang),
            "remedy": remedy_text(diagnostic, lang),
        }
    }


def near(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant: fewer than 3 letters off, and than half the word.

    >>> near("catle", ["cattle", "horses"]), near("goats", ["cattle", "sows"]), near("ha", ["t"])
    ('cattle', None, None)
    """
    limit = min(3, (len(word) + 1) // 2)
    best = None
    for candidate in candidates:
        distance = _distance(word, candidate, limit)
        if distance < limit:
            best, limit = candidate, distance
    return best


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them."""
    return ", ".join(f"`{name}`" for name in names)


def _distance(a: str, b: str, limit: int) -> int:
    """The least number of letters put in, left out, changed or swapped with the next one.

    `limit` stands for that or more.
    """
    if abs(len(a) - len(b)) >= limit or len(a) > LONGEST:
        return limit
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        before, last, row = row, before, [i]
        for j in range(1, len(b) + 1):
            cost = min(before[j - 1] + (a[i - 1] != b[j - 1]), before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], limit)


class _Fact:
    """A fact in a sentence, on one line whatever it holds."""

    def __init__(self, name: str, fact: str, lang: Lang) -> None:
        self.name, self.fact, self.lang = name, fact, lang

    def __format__(self, spec: str) -> str:
        if spec:
            return (TERMS if spec == "term" else FORMS)[self.fact].of(self.lang)
        longest = len(self.fact) if self.name in _WHOLE else LONGEST
        text = self.fact[: longest + 1]
        text = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
        return text if len(text) <= longest else text[: longest - 1] + "…"


def _said(template: str, facts: Mapping[str, str], lang: Lang) -> str:
    view: dict[str, Any] = {name: _Fact(name, fact, lang) for name, fact in facts.items()}
    return template.format_map(view)
