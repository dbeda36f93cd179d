"""Citations held against the numbers of their provisions, and Vietnamese against English; quotes.

What is called `7.2.b` is cited as a point b of something, and both languages cite the same numbers;
a citation copied from the neighbour does neither. What asks something has words of the law, its own
or those above it. It knows packs as they are written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.lint.unsaid import items, numbering
from tieuchi.engine.pack import Pack
from tieuchi.engine.source import Text
from tieuchi.engine.written import children_of, provisions_of

_NUMBER: Final = re.compile(r"\d+(?:[./]\d+)*")
_FIGURE: Final = re.compile(r"\d+(?:[.,/]\d+)*")
_SPELLED: Final = {
    "2": ("hai", "two"), "3": ("ba", "three"), "4": ("bốn", "four"), "5": ("năm", "five"),
    "6": ("sáu", "six"), "7": ("bảy", "seven"), "8": ("tám", "eight"), "9": ("chín", "nine"),
    "10": ("mười", "ten"),
}  # fmt: skip
_POINT: Final = re.compile(r"(?<!\w)(?:điểm|point) ([a-zđ])(?!\w)", re.IGNORECASE)


def cited(pack: Pack) -> Iterator[Diagnostic]:
    """The citations of a pack that do not fit."""
    model = pack.model
    named: dict[str, Any] = {**provisions_of(pack)}
    named |= {str(name): each for name, each in model.amounts.items()}
    yield from _apart(pack, {name: each for name, each in named.items() if each.cite is not None})
    yield from _unquoted(pack, model.provisions, above=False)
    for id_, define in model.define.items():
        named.setdefault(str(id_), define)
    for name, each in named.items():
        if each.cite is not None and figures(each.cite.vi) != figures(each.cite.en):
            at = each.cite.mark(pack.file)
            yield problem("cite-languages", at, name=name, vi=each.cite.vi, en=each.cite.en)
    labelled: dict[Text, Any] = {**model.facts, **model.define}
    for name, each in labelled.items():
        for label, words in (each.labels or {}).items():
            if not _are_of_one_number(words.vi, words.en):
                said = {"label": label, "vi": words.vi, "en": words.en}
                yield problem("label-languages", words.mark(pack.file), name=name, **said)


def _apart(pack: Pack, named: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Citations without the last number of the id, or without one before it that others under the
    same number cite."""
    cites = {name: {*items(str(each.cite.vi))} for name, each in named.items()}
    for name, each in named.items():
        numbers = numbering(name)
        own = numbers == name.split(".")  # a word after them may stand elsewhere in the article
        for at, number in enumerate(numbers if own else numbers[:1]):
            others = (
                number in cites[other]
                for other in named
                if other != name and numbering(other)[: at + 1] == numbers[: at + 1]
            )
            last = own and at == len(numbers) - 1
            if not {number, name} & cites[name] and (last or any(others)):
                said = {"cite": each.cite.vi, "number": number}
                yield problem("cite-apart", each.cite.mark(pack.file), name=name, **said)
                break


def _unquoted(
    pack: Pack, provisions: Mapping[Text, p.ProvisionModel], *, above: bool
) -> Iterator[Diagnostic]:
    """Conditions without words, or the only ones of several without their own."""
    asked = {name: each for name, each in provisions.items() if each.not_encoded is None}
    bare = [name for name, each in asked.items() if each.quote is None and each.read_in is None]
    one_of_many = len(bare) == 1 < len(asked) - 1
    for name, each in asked.items():
        worded = name not in bare
        children = children_of(each.body)
        under = children if isinstance(children, Mapping) else {}
        if not worded and not any(_is_worded(child) for child in under.values()):
            if one_of_many or not above:
                yield problem("quote-missing", each.mark(pack.file), name=name)
        else:
            yield from _unquoted(pack, under, above=above or worded)


def _is_worded(model: p.ProvisionModel) -> bool:
    """Whether a provision, or one under it, has words of its own."""
    children = children_of(model.body)
    under = children.values() if isinstance(children, Mapping) else ()
    return (model.quote or model.read_in) is not None or any(map(_is_worded, under))


def figures(text: str) -> list[str]:
    """The numbers and points of a citation, in whatever order."""
    return sorted([*_NUMBER.findall(text), *(found.lower() for found in _POINT.findall(text))])


def _are_of_one_number(vi: str, en: str) -> bool:
    """Whether a label has the same numbers in both languages, each with its own marks, "02" for 2,
    or in letters in one of them.

    >>> _are_of_one_number("nhà 02 tầng", "two storeys"), _are_of_one_number("4 sao", "5 stars")
    (True, False)
    """
    one, other = (
        Counter(of.replace(",", ".").lstrip("0") for of in _FIGURE.findall(text))
        for text in (vi, en)
    )
    left = [(figure, 1, en) for figure in one - other]
    left += [(figure, 0, vi) for figure in other - one]
    return all(
        figure in _SPELLED and _SPELLED[figure][side] in re.findall(r"\w+", text.lower())
        for figure, side, text in left
    )
