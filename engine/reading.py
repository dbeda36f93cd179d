"""Getters over a document: each takes what it expects at a place, or notes a fault and goes on.

So all mistakes of a file are found in one go, each with the place of the value that is wrong. Knows
of the nodes that `source` reads and of plain Python values that stand in for them; nothing of what
a case or a law means. There is no model and no reflection here: reading a case is on the way of
every start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any, NoReturn, TypeAlias

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, near, problem
from tieuchi.engine.source import MOST_FAULTS, Map, Seq, Text, is_bare
from tieuchi.engine.words import Words

Keyed: TypeAlias = Mapping[Any, Any]
"""A map of a document: its keys are Text there, str in a program."""

YES = frozenset(("true", "yes", "có"))
NO = frozenset(("false", "no", "không"))


class Misstated(ValueError):
    """Text that is not what it should be: a code with its facts, and a remedy if not the usual."""

    def __init__(self, code: str, remedy: str | None = None, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.remedy = remedy
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it can be sent to where a row is read."""
        return partial(Misstated, self.code, self.remedy, **self.facts), ()


class Reader:
    """Reads the nodes of one document; what is wrong with them gathers in `faults`.

    What has no place of its own, or no file, has its faults at `here`.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.here = Mark(file)
        self.faults: list[Diagnostic] = []

    def mark(self, node: object) -> Mark:
        """Where a node stands."""
        if self.file and isinstance(node, Text | Map | Seq) and node.line:
            return Mark(self.file, node.line, node.column)
        return self.here

    def fault(self, code: str, node: object, remedy: str | None = None, /, **facts: object) -> None:
        """Note what is wrong at a node; after too many, stop."""
        self.faults.append(problem(code, self.mark(node), remedy, **facts))
        if len(self.faults) >= MOST_FAULTS:
            self.faults.append(problem("too-many", self.mark(node), limit=MOST_FAULTS))
            self.stop()

    def misstated(self, error: Misstated, node: object, /, **facts: object) -> None:
        """Note text that could not be read; what is known here fills in what the error left out."""
        self.fault(error.code, node, error.remedy, **{**facts, **error.facts})

    def stop(self) -> NoReturn:
        """Raise what was noted."""
        raise Faults(self.faults)

    def end(self) -> None:
        """Raise what was noted, if anything was."""
        if self.faults:
            self.stop()

    # Each getter gives None where the node is not what is expected, which it has noted then.

    def text(self, node: object, key: str) -> Text | None:
        """A text that is not empty."""
        if isinstance(node, str) and term(node) != "nothing":
            return node if isinstance(node, Text) else Text(node)
        self._wrong(node, key, "text")
        return None

    def map(self, node: object, key: str) -> Keyed | None:
        """A map of keys and values."""
        if isinstance(node, Mapping):
            return node
        self._wrong(node, key, "map")
        return None

    def seq(self, node: object, key: str) -> Collection[object] | None:
        """A list."""
        if isinstance(node, list | tuple):
            return node
        self._wrong(node, key, "list")
        return None

    def texts(self, node: object, key: str) -> tuple[Text, ...]:
        """A list of texts."""
        found = (self.text(member, key) for member in self.seq(node, key) or ())
        return tuple(text for text in found if text is not None)

    def words(self, node: object, key: str) -> Words | None:
        """A text in both languages, or one that stands for both."""
        if isinstance(node, str):
            text = self.text(node, key)
            return None if text is None else Words(text, text)
        if not isinstance(node, Mapping):
            self._wrong(node, key, "words")
            return None
        self.keys(node, ("vi", "en"), required=("vi", "en"))
        found = [self.text(node[lang], lang) for lang in ("vi", "en") if lang in node]
        return Words(found[0], found[1]) if len(found) == 2 and found[0] and found[1] else None

    def choice(self, node: object, key: str, choices: Collection[str]) -> Text | None:
        """One of a few words."""
        text = self.text(node, key)
        if text is None or text in choices:
            return text
        listed = ", ".join(f"`{choice}`" for choice in choices)
        self.fault("choice-unknown", text, given=text, choices=listed, near=near(text, choices))
        return None

    def flag(self, node: object, key: str) -> bool:
        """Yes or no; False where it is neither."""
        if isinstance(node, bool):
            return node
        yes = yes_no(node) if isinstance(node, str) else None
        if yes is None:
            self.fault("flag-expected", node, key=key, written=written(node))
        return bool(yes)

    def day(self, node: object, *, whole: bool = False) -> int | None:
        """A day as an ordinal; see `read_day`."""
        if isinstance(node, date):
            return node.toordinal()
        if not isinstance(node, str):
            self.fault("date-malformed", node, written=written(node))
            return None
        try:
            return read_day(node, whole=whole)
        except Misstated as error:
            self.misstated(error, node)
            return None

    def keys(
        self,
        node: Keyed,
        known: Collection[str],
        *,
        required: Collection[str] = (),
    ) -> None:
        """Note the keys that are not known, and those required that are neither there nor meant."""
        meant = set()
        for key in node:
            if key not in known:
                like = near(str(key), known)
                meant.add(like)
                remedy = None if like or not is_bare(key, node[key]) else "mend-comma"
                self.fault("key-unknown", key, remedy, key=key, near=like)
        for key in required:
            if key not in node and key not in meant:
                self.fault("key-missing", node, key=key)

    def _wrong(self, node: object, key: str, expected: str) -> None:
        self.fault("key-wrong-type", node, key=key, given=term(node), expected=expected)


def term(node: object) -> str:
    """What a node is, as one of the nouns of `codes.TERMS`."""
    if isinstance(node, Mapping):
        return "map"
    if isinstance(node, list | tuple):
        return "list"
    if node is None or (isinstance(node, str) and is_empty(node)):
        return "nothing"
    if isinstance(node, bool):
        return "yes_no"
    return "text" if isinstance(node, str) else "date" if isinstance(node, date) else "number"


def is_empty(text: str) -> bool:
    """Whether nothing was written: no text, or YAML's words for nothing."""
    return not text.strip() or (text in ("~", "null") and getattr(text, "plain", False))


def written(node: object) -> str:
    """A node as it is shown in a fault; never a number of a million digits."""
    if isinstance(node, str):
        return node
    if isinstance(node, int) and node.bit_length() > 400:
        return "…"
    if isinstance(node, list | tuple | Mapping):
        return "[…]" if isinstance(node, list | tuple) else "{…}"
    return str(node)


def yes_no(text: str) -> bool | None:
    """What a word for yes or no says, None where it is neither.

    >>> yes_no("Có"), yes_no("false"), yes_no("maybe")
    (True, False, None)
    """
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


def read_day(text: str, *, whole: bool = False) -> int:
    """The ordinal of a day as people write it; a month, a quarter, a year is its last day.

    With `whole`, only a whole day will do.

    >>> [str(date.fromordinal(read_day(day))) for day in ("31/5/2023", "2023-02", "2023-Q4")]
    ['2023-05-31', '2023-02-28', '2023-12-31']
    >>> read_day("2023-02-29")
    Traceback (most recent call last):
    tieuchi.engine.reading.Misstated: ('date-impossible', {'written': '2023-02-29'})
    """
    parts = text.strip().split("/")[::-1] if "/" in text else text.strip().split("-")
    year, *rest = parts
    quarter = rest[0][1:] if len(rest) == 1 and rest[0][:1] in ("Q", "q") else ""
    digits = [quarter] if quarter else rest
    good = len(year) == 4 and len(rest) <= 2 and all(0 < len(part) <= 2 for part in digits)
    numbers = "".join((year, *digits))
    if not good or not (numbers.isascii() and numbers.isdigit()) or (whole and len(rest) < 2):
        raise Misstated("date-malformed", written=text)
    month = int(quarter) * 3 if quarter else int(rest[0]) if rest else 12
    try:
        if len(rest) == 2:
            return date(int(year), month, int(rest[1])).toordinal()
        date(int(year), month, 1)
        return date(int(year) + month // 12, month % 12 + 1, 1).toordinal() - 1
    except ValueError:
        raise Misstated("date-impossible", written=text) from None
