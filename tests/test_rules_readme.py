"""Every example of rules/README.md is a pack that loads, and its tests beside a pack pass."""

import re
from pathlib import Path

import pytest
from packs import DAY, FILES, compiled

from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.pack import COMPARISONS, CONDITION_KEYS, VALUE_KEYS
from tieuchi.engine.pack_test import read_suite, run_suite
from tieuchi.engine.source import keys_under, read

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


SHAPES = ("checks", "deadline", "else", "in_force", "labels", "misprint", "not_encoded", "pace",
          "period", "review", "review_when", "unless", "applies_when", "up_to", "use")  # fmt: skip
KINDS = ("yes_no", "class", "date", "list", "text")


@pytest.mark.parametrize("key", sorted({*SHAPES, *COMPARISONS, *VALUE_KEYS, *CONDITION_KEYS}))
def test_every_shape_has_an_example(key: str) -> None:
    """What the language has is shown as a key where a test reads it."""
    assert key in {key for text in EXAMPLES for key in keys_under(read(text, "README.md")[0])}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fact_has_an_example(kind: str) -> None:
    """But the quantity, which needs no word."""
    assert f"kind: {kind}" in "\n".join(EXAMPLES)


def test_the_tests_beside_the_pack_pass(tmp_path: Path) -> None:
    """The block is a file of tests of the smallest pack."""
    [cases] = re.findall(r"```yaml\n(pack: [^`]*?\ncases:.*?)```", README, re.DOTALL)
    (tmp_path / f"{NAMES[0]}.yaml").write_text(EXAMPLES[0], "utf-8")
    (tmp_path / f"{NAMES[0]}.test.yaml").write_text(cases, "utf-8")
    suite = read_suite(str(tmp_path / f"{NAMES[0]}.yaml"))

    assert len(suite.trials) == 3
    assert [each for each in run_suite(suite) if each.mismatches] == []


def test_the_examples_are_packs_of_their_own() -> None:
    """None of them is called like a pack that ships."""
    assert not set(NAMES) & set(FILES)
    assert all(compiled(text) for text in EXAMPLES if "chan-nuoi-2020/" not in text)
