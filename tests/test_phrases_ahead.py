"""The words of what is said beside an answer: the same places in both languages, no promise."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from tieuchi.engine.ahead.phrases import REGISTER

ENGINE = Path(__file__).parents[1] / "engine"
MODULES = [path for path in (ENGINE / "ahead").glob("*.py") if path.stem != "phrases"]


def test_every_phrase_has_the_same_places_in_both_languages() -> None:
    """A fact that one language says and the other leaves out would be lost on its readers."""
    for name, phrase in REGISTER.items():
        vi, en = (sorted({f for _, f, _, _ in Formatter().parse(t) if f}) for t in phrase)
        assert vi == en, name


def test_no_phrase_promises_anything() -> None:
    """Which condition is met is said; what somebody gets for it never."""
    for name, phrase in REGISTER.items():
        assert "được hỗ trợ" not in phrase.vi.lower(), name
        assert not re.search(r"\beligib|\bentitle", phrase.en.lower()), name


def test_no_sentence_is_put_together_elsewhere() -> None:
    """The other modules hold no Vietnamese."""
    marked = re.compile(r"[ăâđêôơưạảãàáậấầẩẫắằặẳẵẹẻẽèéệếềểễịỉĩìíọỏõòóộốồổỗợớờởỡụủũùúựứừửữỳýỵỷỹ]")
    for path in (*MODULES, ENGINE / "grid.py", ENGINE / "strips.py"):
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text("utf-8"))
        assert not marked.search(code), path.name
