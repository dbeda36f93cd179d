"""`tieuchi pack new`: a pack that loads, whose tests pass, and that takes nobody's place."""

import re
from pathlib import Path

import pytest
from command import run
from schemas import refusals

from tieuchi.engine import saving
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.phrases_new import ASKED, NAMED
from tieuchi.engine.schema import schema_text

FILES = ["herd-2026.test.yaml", "herd-2026.yaml", "pack.schema.json", "test.schema.json"]
THERE = "this file is there already; choose another name, or remove that file yourself"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_new_pack_loads_and_its_tests_pass(tmp_path: Path, lang: str) -> None:
    """Without a mistake, as it is written; it asks and names cases in the language of the run."""
    ran = run("pack", "new", "herd-2026", "--lang", lang, at=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    run("pack", "lint", "herd-2026.yaml", "--strict", at=tmp_path).gives(
        0, out="herd-2026.yaml: no mistakes\n"
    )
    tested = run("pack", "test", "herd-2026.yaml", at=tmp_path)
    assert (tested.code, tested.out[:43]) == (0, "herd-2026.test.yaml: 4 of 4 cases pass (dec")
    text = "".join((tmp_path / name).read_text("utf-8") for name in FILES[:2])
    assert all(f"# {words.of(lang)}\n" in text for words in ASKED.values())
    assert all(f"- name: {words.of(lang)}\n" in text for words in NAMED.values())


def test_the_editor_finds_the_schema(tmp_path: Path) -> None:
    """Beside the pack; where a tree of packs keeps one, that one."""
    run("pack", "new", "a", "-o", str(tmp_path))
    (tmp_path / "x").mkdir()
    said = run("pack", "new", "b", "-o", "x", at=tmp_path)

    assert said.out == (
        "Wrote `x/b.yaml`, `x/b.test.yaml`. "
        "Next: `tieuchi pack lint x/b.yaml`, `tieuchi pack test x/b.yaml`.\n"
    )
    for name, of in (("a.yaml", "pack"), ("x/b.yaml", "pack"), ("x/b.test.yaml", "test")):
        text = (tmp_path / name).read_text("utf-8")
        [named] = re.findall(r"\A# yaml-language-server: \$schema=(.*)\n", text)
        schema = ((tmp_path / name).parent / named).resolve()

        assert schema == tmp_path.resolve() / f"{of}.schema.json"
        assert schema.read_text("utf-8") == schema_text(of)
        assert refusals(text, of) == []


def test_a_path_that_goes_up_and_down(tmp_path: Path) -> None:
    """What stands where the command runs is not above the pack."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    run("pack", "new", "a", at=tmp_path / "here")

    run("pack", "new", "b", "-o", "../there", at=tmp_path / "here")

    text = (tmp_path / "there" / "b.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=pack.schema.json\n")
    assert (tmp_path / "there" / "pack.schema.json").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither the pack nor its tests, and then nothing is written at all."""
    (tmp_path / "a.test.yaml").write_text("mine")

    run("pack", "new", "a", at=tmp_path).gives(2, err=f"a.test.yaml: {THERE}\n")

    assert [path.name for path in tmp_path.iterdir()] == ["a.test.yaml"]
    assert (tmp_path / "a.test.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["", "A", "nq 08", "a/b", "../a", "số-1", "-a", "a-", "a" * 61])
def test_a_name_that_no_pack_may_have(name: str, tmp_path: Path) -> None:
    """It names files and stands in other packs."""
    said = "small letters a-z, digits and `-`, as in `nq-08-2019`; see `tieuchi pack new -h`"

    run("pack", "new", "--", name, at=tmp_path).gives(
        2, err=f"tieuchi pack new: `{name}` cannot name a pack: {said}\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_called_as_its_pack(tmp_path: Path) -> None:
    """The loader would refuse it."""
    run("pack", "new", "a", "-o", "b.yaml", at=tmp_path).gives(
        2,
        err="tieuchi pack new: `-o b.yaml`: the file of the pack `a` must be called `a.yaml`; "
        "see `tieuchi pack new -h`\n",
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is not made."""
    run("pack", "new", "a", "-o", "x/a.yaml", at=tmp_path).gives(
        2, err="x/a.yaml: there is no folder `x`; make the folder first\n"
    )


def test_what_was_begun_is_taken_back(tmp_path: Path) -> None:
    """All files or none."""
    with pytest.raises(Faults, match="there is no folder"):
        saving.create({tmp_path / "a": "a", tmp_path / "x" / "b": "b"})

    assert list(tmp_path.iterdir()) == []


def test_a_new_pack_is_in_the_canonical_form(tmp_path: Path) -> None:
    """As `pack fmt` would write it."""
    run("pack", "new", "a", at=tmp_path)

    run("pack", "fmt", "--check", at=tmp_path).gives(
        0, out="2 of 2 files are in the canonical form\n"
    )
