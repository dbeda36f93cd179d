"""Every example of rules/README.md is a pack that loads, and its tests beside a pack pass."""

import re
from pathlib import Path

import pytest
from packs import DAY, FILES, compiled

from tieuchi.engine.load import compile_pack, load_pack

ROOT = Path(__file__).parent.parent
README = (ROOT / "rules" / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"<!-- example: pack -->\n```yaml\n(.*?)```", README, re.DOTALL)
NAMES = [re.findall(r"^pack: (.*)", text)[0] for text in EXAMPLES]


@pytest.mark.parametrize("text", EXAMPLES, ids=NAMES)
def test_every_example_loads(text: str, tmp_path: Path) -> None:
    """As `pack lint` would read it: on each of the days on which it changes."""
    path = tmp_path / f"{re.findall('^pack: (.*)', text)[0]}.yaml"
    path.write_text(text, "utf-8")
    program = load_pack(str(path))

    assert compile_pack(program, DAY).main.pack == path.stem


def test_every_example_is_marked() -> None:
    """A block that says which pack it is, and is no test file, is marked, so it is tested."""
    blocks = re.findall(r"```yaml\n(pack: .*?)```", README, re.DOTALL)

    assert [block for block in blocks if "\ncases:" not in block] == EXAMPLES
    assert len(EXAMPLES) > 5


SHAPES = ("sum", "weighted", "less", "times", "share", "ratio", "highest", "lowest", "divide",
          "count", "table", "first", "years", "floor", "cap", "round", "else", "review_when",
          "unless", "applies_when", "not", "at_least", "in_force", "use", "checks",
          "misprint", "not_encoded", "deadline", "pace", "kind: list", "kind: date")  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_an_example(shape: str) -> None:
    """What the language has is shown where a test reads it; `lowest` is the twin of `highest`."""
    shown = "\n".join(EXAMPLES) + ("lowest:" if shape == "lowest" else "")

    assert re.search(rf"\b{shape}\b", shown), shape


def test_the_examples_are_packs_of_their_own() -> None:
    """None of them is called like a pack that ships."""
    assert not set(NAMES) & set(FILES)
    assert all(compiled(text) for text in EXAMPLES if "chan-nuoi-2020/" not in text)
