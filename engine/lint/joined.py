"""`all` and `any` held against the words that join conditions: "hoặc", "và", “;” and the like.

`misjoined(scope)` is of the words of one scope, `misread` of notes that say how “;” is read for all
that is under them. Where the words are not clear nothing is said. It knows packs as they are
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.source import Text
from tieuchi.engine.written import Scope, children_of

_NEGATED: Final = re.compile(r"(?<!\w)(?:không|chưa|trừ|ngoại trừ)(?!\w)", re.IGNORECASE)
_ONE_OF: Final = re.compile(
    r"(?<![\w.,])(?:một|0?1) trong (?:các|những|số|hai|ba|bốn|(?:số )?\d+(?! năm))(?!\w)",
    re.IGNORECASE,
)
_EVERY: Final = re.compile(
    r"(?<!\w)(?:đồng thời|tất cả các|(?:có )?(?:đủ|đầy đủ) (?:các|những)|đáp ứng (?:đủ|các))(?!\w)",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"(?<!\w)(?<!và/)(?<!bằng )(?<!hơn )hoặc(?!\w)", re.IGNORECASE)
_AND: Final = re.compile(r"(?<!\w)và(?!/hoặc)(?!\w)", re.IGNORECASE)


def joined(quote: str) -> tuple[str, str]:
    """How the words join conditions, "all" or "any", and by which word; "" where it is not clear.

    >>> joined("có kế hoạch hoặc bản đồ"), joined("có kế hoạch và bản đồ"), joined("có kế hoạch")
    (('any', 'hoặc'), ('all', 'và'), ('', ''))
    """
    one, every = _ONE_OF.search(quote), _EVERY.search(quote)
    if one or every:
        found = one or every
        if found is None or (one and every):
            return "", ""
        return "any" if one else "all", found[0]
    either, both = _OR.search(quote), _AND.search(quote)
    if _NEGATED.search(quote) or ";" in quote or (either and both):
        return "", ""
    return ("any", "hoặc") if either else ("all", "và") if both else ("", "")


def misjoined(scope: Scope, file: str) -> Iterator[Diagnostic]:
    """`all` where the words say "hoặc", and the other way round, unless a note reads them so."""
    if scope.operator is None or scope.model.quote is None:
        return
    operator, model = scope.operator
    wanted, word = joined(scope.model.quote)
    if not wanted and _OR.search(scope.model.quote) and _are_negative(model):
        wanted, word = "all", "không … hoặc"
    reads = "đọc là" in " ".join(scope.notes).lower()
    if wanted and wanted != operator and not reads:
        yield problem(
            "operator-unquoted", model.mark(file), name=scope.name, word=word, operator=operator,
            fits=wanted,
        )  # fmt: skip


def _are_negative(model: p.ProvisionModel) -> bool:
    """Whether the children all ask that something is not so: "không bị … hoặc …" bars either."""
    children = children_of(model.body)
    bodies = [each.body for each in children.values()] if isinstance(children, Mapping) else []
    return bool(bodies) and all(
        isinstance(body, p.Not) or (isinstance(body, p.Required) and body.require.is_ == "false")
        for body in bodies
    )


_READS: Final = re.compile(r"“;”.*đọc là “(hoặc|và)”", re.IGNORECASE)


def misread(
    provisions: Mapping[Text, p.ProvisionModel], reading: str, file: str
) -> Iterator[Diagnostic]:
    """`all` under a note that reads “;” as “hoặc”, and the other way round, where the provision's
    own words do not say otherwise. The nearest note counts."""
    for name, model in provisions.items():
        notes = [found for note in model.notes if (found := _READS.search(str(note.vi)))]
        here = notes[-1][1].lower() if notes else reading
        children = children_of(model.body)
        if not isinstance(children, Mapping):
            continue
        clear = model.quote is not None and joined(model.quote)[0]
        fits = "any" if here == "hoặc" else "all"
        operator = "all" if isinstance(model.body, p.All) else "any"
        wrong = isinstance(model.body, p.All | p.AnyOf) and operator != fits and len(children) > 1
        if here and wrong and not clear:
            yield problem(
                "operator-unquoted", model.mark(file), name=name, word=f"; = {here}",
                operator=operator, fits=fits,
            )  # fmt: skip
        yield from misread(children, here, file)
