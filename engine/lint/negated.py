"""A yes or no that is the opposite of its words: a negation that was lost, or one too many.

The words are the name of the condition and the nearest quote above it, held against what the fact
is called in Vietnamese: where “bị xử phạt” stands right after “không”, `is: true` is not what they
say. Nothing is said where it is not clear, or a note has “đọc là”. It knows packs as they are
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Text, mark
from tieuchi.engine.written import children_of

_HELPS: Final = r"(?:có|bị|được|đã|phải|còn|thuộc|là)"
_DENIED: Final = re.compile(rf"(?<!\w)(?:không|chưa)(?: {_HELPS})*\s*$")
_DENIES: Final = re.compile(rf"(?:không|chưa)(?: {_HELPS})* (?=\w)")
_DOUBT: Final = re.compile(r"(?<!\w)(?:không|chưa|trừ|ngoài|khỏi|hết|thiếu|cấm|miễn|nếu)(?!\w)")


class _Words(NamedTuple):
    """What a condition stands under: a quote, and the notes on it."""

    quote: str = ""
    notes: str = ""


def negated(pack: Pack) -> Iterator[Diagnostic]:
    """The yes and no of a pack that its words answer the other way."""
    yield from _under(pack, pack.model.provisions, _Words())


def _under(
    pack: Pack, provisions: Mapping[Text, p.ProvisionModel], above: _Words
) -> Iterator[Diagnostic]:
    for name, model in provisions.items():
        notes = " ".join([above.notes, *(str(note.vi) for note in model.notes)])
        own = model.quote is not None or model.read_in is not None
        words = _Words(_plain(model.quote) if own else above.quote, notes)
        children = children_of(model.body)
        for fact, wanted in _asked(model.body):
            found = None if "đọc là" in notes.lower() else pack.model.facts.get(fact)
            if found is None:
                continue
            named = _plain(model.vi) if children is None else ""
            said = [*_said(named, _plain(found.vi)), *_said(words.quote, _plain(found.vi))]
            if said and all(yes is not wanted for yes, _ in said):
                yield problem(
                    "negation-unquoted", mark(fact, pack.file), name=name, words=said[0][1],
                    fact=fact, found=str(wanted).lower(), fits=f"is: {str(not wanted).lower()}",
                )  # fmt: skip
        if isinstance(children, Mapping):
            yield from _under(pack, children, words)


def _plain(text: Any) -> str:
    return "" if text is None else " ".join(str(text).split()).casefold()


def _asked(body: Any) -> Iterator[tuple[Text, bool]]:
    """The names that a condition asks to be so, or not to be."""
    if isinstance(body, Text):
        yield body, True
    elif isinstance(body, p.Not):
        yield from ((fact, not wanted) for fact, wanted in _asked(body.not_))
    elif isinstance(body, p.Required) and body.require.is_ is not None:
        of = getattr(body.require.body, "of", None)
        if isinstance(of, Text):
            yield of, body.require.is_ == "true"
    elif isinstance(children := children_of(body), list):
        for child in children:
            yield from _asked(child)


def _said(words: str, fact: str) -> Iterator[tuple[bool, str]]:
    """Whether words say that a fact is so, each time they clearly do, and by which of them."""
    denies = _DENIES.match(words)
    if denies and words[denies.end() :] in fact and not _DOUBT.search(fact):
        yield False, words
        return
    core = fact if _DOUBT.search(fact) else re.sub(rf"^(?:{_HELPS} )+", "", fact)
    for found in re.finditer(rf"(?<!\w){re.escape(core)}(?!\w)", words) if " " in core else ():
        before = words[: found.start()]
        if denied := _DENIED.search(before):
            yield False, words[denied.start() : found.end()]
        elif not _DOUBT.search(before):
            yield True, fact if fact in words else found[0]
