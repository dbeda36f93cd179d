"""Citations held against the numbers of their provisions, and Vietnamese against English.

What is called `7.2.b` is cited as a point b of something, and both languages cite the same numbers;
a citation copied from the neighbour does neither. It knows packs as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.pack import Pack
from tieuchi.engine.unsaid import items, numbering
from tieuchi.engine.written import provisions_of

_NUMBER: Final = re.compile(r"\d+(?:[./]\d+)*")
_POINT: Final = re.compile(r"(?<!\w)(?:điểm|point) ([a-zđ])(?!\w)", re.IGNORECASE)


def cited(pack: Pack) -> Iterator[Diagnostic]:
    """The citations of a pack that do not fit."""
    model = pack.model
    named: dict[str, Any] = {**provisions_of(pack)}
    named |= {str(name): each for name, each in model.amounts.items()}
    for name, each in named.items():
        numbers = numbering(name)
        vi = "" if each.cite is None else str(each.cite.vi)
        own = numbers == name.split(".")  # a word after them may stand elsewhere in the act
        if own and vi and not {numbers[-1], name} & {*items(vi)}:
            at = each.cite.mark(pack.file)
            yield problem("cite-apart", at, name=name, cite=vi, number=numbers[-1])
    for name, define in model.define.items():
        named.setdefault(str(name), define)
    for name, each in named.items():
        if each.cite is not None and _figures(each.cite.vi) != _figures(each.cite.en):
            at = each.cite.mark(pack.file)
            yield problem("cite-languages", at, name=name, vi=each.cite.vi, en=each.cite.en)


def _figures(text: str) -> list[str]:
    """The numbers and points of a citation, in whatever order."""
    return sorted([*_NUMBER.findall(text), *(found.lower() for found in _POINT.findall(text))])
