"""What each example shows, whole: both languages, 60, 80 and 100 columns, with and without colours.

`UPDATE=1 pytest tests/test_golden.py` rewrites the texts under tests/golden/; read the difference
before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from command import run

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLES = sorted(p.name for p in (ROOT / "examples").iterdir() if p.suffix not in (".sh", ".csv"))
LOCALES = {"vi": "vi_VN.UTF-8", "en": "en_US.UTF-8"}
COLUMNS = (60, 80, 100)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
CODES = {
    "binh-trung-2023": 1,
    "commune-access-to-law.yaml": 1,
    "enterprise-project.yaml": 0,
    "gaps.yaml": 3,
    "greenhouses.yaml": 1,
    "mixed-herd.yaml": 1,
    "ocop-honey.yaml": 0,
    "pig-farm.yaml": 0,
    "potato-model.yaml": 3,
    "star-anise-dryer.yaml": 0,
    "star-anise-store.yaml": 1,
}


def shown(example: str, lang: str, columns: int, *, colour: bool = False) -> str:
    """What an example prints."""
    verb = "audit" if example == "binh-trung-2023" else "check"
    env = {"LC_ALL": LOCALES[lang], "COLUMNS": str(columns)}
    env |= {"FORCE_COLOR": "1", "TERM": "xterm-256color"} if colour else {"NO_COLOR": "1"}
    ran = run(verb, f"examples/{example}", env=env, at=ROOT)
    assert (ran.code, ran.err) == (CODES[example], "")
    return ran.out


def held(name: str, text: str) -> None:
    """Compares a text with the one kept."""
    path = HERE / "golden" / name
    if os.environ.get("UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_shows_its_text(example: str, lang: str, columns: int) -> None:
    """Every line as a person reads it, none wider than the terminal."""
    text = shown(example, lang, columns)

    assert max(map(len, text.splitlines())) <= columns
    held(f"{example.removesuffix('.yaml')}.{lang}.{columns}.txt", text)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_colours_change_no_word(example: str, lang: str, columns: int) -> None:
    """With colours the same text, and the colours themselves are held."""
    text = shown(example, lang, columns, colour=True)
    lines = [line.rstrip() for line in ESCAPE.sub("", text).splitlines()]

    assert "\x1b[" in text
    assert lines == shown(example, lang, columns).splitlines()
    held(f"{example.removesuffix('.yaml')}.{lang}.{columns}.colour.txt", text)


def test_every_example_is_held() -> None:
    """An example without its exit code here would go unseen."""
    assert sorted(CODES) == EXAMPLES
