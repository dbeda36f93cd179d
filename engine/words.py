"""A text in both languages. Everything a person reads is carried as a pair; no module here puts
sentences together but `diagnostic` (faults of the input) and `phrases` (explanations)."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The same text in Vietnamese and in English; law is quoted in Vietnamese in both."""

    vi: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang` ("vi" or "en")."""
        return self.vi if lang == "vi" else self.en
