"""The how-to for authors, followed step by step in an empty folder: it prints what it shows.

`UPDATE=1 pytest tests/test_encode.py` rewrites the expected output; read the difference before you
commit it. Blocks come in their order: ```console are commands, `file:` a file written anew,
`change:` lines of a file as a ```diff, `append:` lines added at its end.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from consoles import answered

from tieuchi.engine.mutation import mutate
from tieuchi.engine.pack_test import read_suite

RULES = Path(__file__).parent.parent / "rules"
GUIDES = {"encode-a-resolution.md": "en_US.UTF-8", "encode-a-resolution.vi.md": "vi_VN.UTF-8"}
STEP = re.compile(
    r"(?:<!-- (?P<what>file|change|append): (?P<name>\S+) -->\n)?"
    r"```(?P<kind>console|yaml|diff)\n(?P<body>.*?)```",
    re.DOTALL,
)


def follow(text: str, locale: str, folder: Path) -> str:
    """The guide with what came of it, step by step."""

    def step(found: re.Match[str]) -> str:
        body, file = found["body"], folder / (found["name"] or "")
        if found["kind"] == "console":
            return f"```console\n{answered(body, locale, folder)}```"
        if found["what"] == "file":
            file.write_text(body, "utf-8")
        elif found["what"] == "append":
            file.write_text(file.read_text("utf-8") + body, "utf-8")
        else:
            change(file, body)
        return found[0]

    return STEP.sub(step, text)


def change(file: Path, body: str) -> None:
    """A file with each line `-` replaced by the line `+` after it, which stands there once."""
    text, lines = file.read_text("utf-8"), body.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0], text.count(f"\n{old[1:]}\n")) == ("-", "+", 1)
        text = text.replace(f"\n{old[1:]}\n", f"\n{new[1:]}\n")
    file.write_text(text, "utf-8")


@pytest.mark.parametrize("name", GUIDES)
def test_a_stranger_who_follows_the_guide_sees_what_it_shows(name: str, tmp_path: Path) -> None:
    """From an empty folder to a pack of which every slip is caught."""
    text = (RULES / name).read_text("utf-8")
    came = follow(text, GUIDES[name], tmp_path)
    if os.environ.get("UPDATE"):
        (RULES / name).write_text(came, "utf-8")

    assert came == text
    mutation = mutate(read_suite(str(tmp_path / "tt-09-2021.yaml")))
    assert (mutation.total, mutation.survivors, mutation.failing) == (23, (), 0)


def test_both_guides_make_the_same_pack(tmp_path: Path) -> None:
    """But for comments and the names of test cases."""
    made = []
    for name, locale in GUIDES.items():
        folder = tmp_path / name
        folder.mkdir()
        follow((RULES / name).read_text("utf-8"), locale, folder)
        pack = (folder / "tt-09-2021.yaml").read_text("utf-8")
        cases = (folder / "tt-09-2021.test.yaml").read_text("utf-8")
        told = re.sub(r"^(#.*|  - name: .*)\n", "", pack + cases, flags=re.MULTILINE)
        made.append(told)

    assert made[0] == made[1]
