"""What no test case catches, in lines and as a record: `lines(mutation, lang)`, `as_record(…)`.

A line is for a terminal of any width, since the test cases among them are there to be pasted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import phrases as words
from tieuchi.engine import phrases_author as say
from tieuchi.engine.mutation import Mutation, Survivor
from tieuchi.engine.phrases import Phrase


def lines(of: Mutation, lang: str) -> Iterator[str]:
    """The share that is caught, and each survivor with what would have caught it."""
    if of.failing:
        yield say.FAILING.of(lang, file=of.suite.file, count=str(of.failing))
        return
    for each in of.survivors:
        phrase = _phrase(each)
        slip = _slip(each, lang)
        yield phrase.of(lang, mark=str(each.mutant.mark), owner=each.mutant.owner, slip=slip)
        if each.test:
            yield each.test
    yield _share(of, lang)


def _phrase(of: Survivor) -> Phrase:
    if of.equivalent:
        return say.ALIKE
    return say.NO_CASE if not of.test else say.UNREFUSED if of.refused else say.SURVIVES


def _share(of: Mutation, lang: str) -> str:
    known = of.total - of.equivalent
    caught, of_all = (of.caught, known) if known else (1, 1)
    share = numerals.percent_text(caught, of_all, lang)
    text = say.CAUGHT.of(
        lang, file=of.suite.file, caught=str(of.caught), total=str(known), share=share
    )
    more = [
        phrase.of(lang, count=str(count))
        for phrase, count in ((say.EQUIVALENT, of.equivalent), (say.REFUSED, of.refused))
        if count
    ]
    return words.LISTED.join([text, *more])


def _slip(of: Survivor, lang: str) -> str:
    return say.SLIPS[of.mutant.kind].of(lang, before=of.mutant.before, after=of.mutant.after)


def as_record(of: Mutation) -> dict[str, Any]:
    """The same as one object."""
    return {
        "file": of.suite.file,
        "failing": of.failing,
        "mutants": of.total,
        "caught": of.caught,
        "equivalent": of.equivalent,
        "refused": of.refused,
        "survivors": [
            {
                "where": str(each.mutant.mark),
                "id": each.mutant.owner,
                "kind": each.mutant.kind,
                "before": each.mutant.before,
                "after": each.mutant.after,
                "equivalent": each.equivalent,
                "test": each.test.strip() or None,
                "refused": each.refused,
            }
            for each in of.survivors
        ],
    }
