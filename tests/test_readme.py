"""Every example in the two READMEs runs as it stands and prints what stands there.

`UPDATE=1 pytest tests/test_readme.py` rewrites the expected output; read the difference before
it is committed. A block is ```console with `$ command` lines, `printf '…' |` before those that read
what is typed, or ```python followed by ```text.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

import pytest
from command import run
from consoles import BLOCK, answered, printed

ROOT = Path(__file__).parent.parent
PYTHON = re.compile(r"```python\n(.*?)```\n+```text\n(.*?)```", re.DOTALL)
READMES = {"README.md": "en_US.UTF-8", "README.vi.md": "vi_VN.UTF-8"}


@pytest.mark.parametrize("name", READMES)
def test_the_commands_print_what_the_readme_shows(name: str) -> None:
    """A reader who types a command sees what the document showed."""
    path = ROOT / name
    text = path.read_text("utf-8")
    shown = BLOCK.findall(text)
    actual = [answered(block, READMES[name], ROOT) for block in shown]
    if os.environ.get("UPDATE"):
        for old, new in zip(shown, actual, strict=True):
            text = text.replace(f"```console\n{old}```", f"```console\n{new}```")
        path.write_text(text, "utf-8")

    assert shown
    assert actual == shown


def test_the_library_example_prints_what_the_readme_shows() -> None:
    """The five lines of Python are real."""
    path = ROOT / "README.md"
    text = path.read_text("utf-8")
    [(source, shown)] = PYTHON.findall(text)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "README.md", "exec"), {})
    if os.environ.get("UPDATE"):
        told = text.replace(f"```text\n{shown}```", f"```text\n{out.getvalue()}```")
        path.write_text(told, "utf-8")

    assert out.getvalue() == shown


VERBS = (
    "check",
    "audit",
    "explain",
    "batch",
    "template",
    "pack lint",
    "pack test",
    "pack diff",
    "pack export",
    "completion",
)


@pytest.mark.parametrize("name", READMES)
def test_which_verbs_take_which_options(name: str) -> None:
    """As the help of each says."""
    text = (ROOT / name).read_text("utf-8")
    helps = {verb: run(*verb.split(), "-h").out for verb in VERBS}
    conjunction, take = ("và", "nhận") if name == "README.vi.md" else ("and", "take")

    assert all("--lang" in each for each in helps.values())
    for option in ("--format", "--as-of", "--trace", "--advise"):
        *verbs, last = [f"`{verb}`" for verb, told in helps.items() if f" {option} " in told]
        assert f"{', '.join(verbs)} {conjunction} {last} {take} `{option}" in text


@pytest.mark.parametrize("name", READMES)
def test_the_document_is_as_the_readme_shows_it(name: str) -> None:
    """The rows of a provision's table, as `pack export --to md` writes them."""
    text = (ROOT / name).read_text("utf-8")
    shown = re.search(r"pack export lao-cai-26-2020 --to md`:\n\n((?:\|.*\n)+)", text)
    told = printed("tieuchi pack export lao-cai-26-2020 --to md", READMES[name], ROOT)

    assert shown is not None
    assert shown[1] in told
