"""A text of a pack with the days on which it holds."""

from __future__ import annotations

from datetime import date

from tieuchi.engine import numerals
from tieuchi.engine import pack as p
from tieuchi.engine.export import phrases as say


def dated(of: p.Bilingual, lang: str) -> str:
    """A text in one language, and in brackets its days, where it is not of every day."""
    text = str(of.vi if lang == "vi" else of.en)
    since, until = (
        0 if day is None else date.fromisoformat(day).toordinal()
        for day in (getattr(of, "from_", None), getattr(of, "until", None))
    )
    if not since and not until:
        return text
    return say.DATED.of(lang, text=text, period=numerals.period_text(since, until, lang))
