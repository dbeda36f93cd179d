"""Figures and days as people read them, in either language: numbers, shares, choices, periods.

Between a number and its unit stands a no-break space; what is cut off says so and is never more
than the truth. It knows phrases, and no graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tieuchi.engine.phrases import (
    COUNTS,
    HELD,
    LESS_THAN_ONE,
    OR,
    PERIOD,
    PERIOD_UNKNOWN,
    SHARE,
    SHARE_KNOWN,
    SINCE,
    UNTIL,
)
from tieuchi.engine.quantity import decimal_text, people_text


def day_text(ordinal: int) -> str:
    """A day as both languages write it here."""
    return date.fromordinal(ordinal).strftime("%d/%m/%Y")


def period_text(since: int, until: int, lang: str) -> str:
    """A period of days, either of which may be open."""
    if since and until:
        return PERIOD.of(lang, since=day_text(since), until=day_text(until))
    if since or until:
        phrase = SINCE if since else UNTIL
        return phrase.of(lang, since=day_text(since or until), until=day_text(until or since))
    return PERIOD_UNKNOWN.of(lang)


def number_text(steps: int, num: int, den: int, lang: str) -> str:
    """So many steps of ``num / den`` as an exact number.

    >>> number_text(45, 1, 10, "vi"), number_text(1200, 1000, 1, "en"), number_text(1, 1, 3, "vi")
    ('4,5', '1,200,000', '1/3')
    """
    whole, rest = (steps * num, 0) if den == 1 else divmod(steps * num, den)
    text = str(whole) if whole < 1000 else f"{whole:,}"
    if lang == "vi" and whole >= 1000:
        text = text.replace(",", ".")
    if not rest and whole >= 0:
        return text
    places = _PLACES.get(den)
    if whole < 0 or places is None:
        return people_text(decimal_text(steps, num, den), lang)
    fraction = str(rest).zfill(places).rstrip("0")
    return f"{text},{fraction}" if lang == "vi" else f"{text}.{fraction}"


_PLACES = {10**places: places for places in range(1, 10)}


def held(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", HELD)


def with_unit(number: str, unit: str) -> str:
    """A number and its unit (`held`), together."""
    return f"{number}{HELD}{unit}" if unit else number


def exact_text(part: int, whole: int, lang: str) -> str:
    """A fraction as a decimal that is never more than the truth, "…" where it goes on.

    >>> exact_text(77, 1, "vi"), exact_text(100, 3, "vi"), exact_text(1999, 20, "en")
    ('77', '33,33…', '99.95')
    """
    hundredths, more = divmod(part * 100, whole)
    return number_text(hundredths, 1, 100, lang) + ("…" if more else "")


def share_text(part: int, whole: int, lang: str) -> str:
    """A share in per cent, never more than the truth: "77 %", "33,33… %"."""
    return SHARE.of(lang, value=exact_text(part * 100, whole, lang))


def percent_text(part: int, whole: int, lang: str, *, settled: bool = True) -> str:
    """How much of what is asked there is, in whole per cent, never rounded up; what is known of it
    where it is not `settled`.

    >>> percent_text(1999, 2000, "vi"), percent_text(1, 500, "vi"), percent_text(0, 5, "vi")
    ('99\xa0%', '<1\xa0%', '0\xa0%')
    """
    share = part * 100 // whole
    if share == 0 and part > 0:
        return LESS_THAN_ONE.of(lang)
    return (SHARE if settled else SHARE_KNOWN).of(lang, value=number_text(share, 1, 1, lang))


def choice_text(texts: Sequence[str], lang: str) -> str:
    """One of these.

    >>> choice_text(["a", "b", "c"], "vi"), choice_text(["a"], "en")
    ('a, b hoặc c', 'a')
    """
    first, last = ", ".join(texts[:-1]), "".join(texts[-1:])
    return OR.of(lang).join(text for text in (first, last) if text)


def count_text(count: int, lang: str) -> str:
    """A small count as a word, a large one in digits."""
    return COUNTS[count].of(lang) if count < len(COUNTS) else str(count)


def capitalized(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]
