"""`tieuchi explain`: the law as it stands in a pack, and the packs there are."""

import json
import re
from pathlib import Path

import pytest
from command import run

from tieuchi.engine.codes import CODES
from tieuchi.engine.trees import SHIPPED, pack_files

LINE = ("explain", "nq-08-2019", "7.2.b.sows", "--as-of", "2023-05-31")


def test_a_provision_with_its_words() -> None:
    """The quote is Vietnamese in both languages."""
    quote = "“từ 100 con lợn nái sinh sản trở lên”"

    for lang, asked in (("en", "breeding sows ≥ 100 head"), ("vi", "lợn nái sinh sản ≥ 100 con")):
        ran = run(*LINE, "--lang", lang, env={"COLUMNS": "100"})

        assert (ran.code, ran.err) == (0, "")
        assert quote in ran.out
        assert asked in ran.out


@pytest.mark.parametrize("pack", sorted(pack_files()))
def test_every_pack_that_ships(pack: str) -> None:
    """Whole, in both languages, within the width."""
    for lang in ("vi", "en"):
        ran = run("explain", pack, "--lang", lang)

        assert (ran.code, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines())) <= 80


def test_the_packs_there_are(tmp_path: Path) -> None:
    """Those that ship, and those of one's own tree."""
    shipped = SHIPPED / "lang-son" / "nq-08-2019.yaml"
    text = shipped.read_text("utf-8").replace("pack: nq-08-2019", "pack: mine")
    (tmp_path / "mine.yaml").write_text(text, "utf-8")

    ran = run("explain", "--packs", str(tmp_path))

    assert (ran.code, ran.err) == (0, "")
    assert [name for name in (*pack_files(), "mine") if f"\n{name} · " not in ran.out] == []


def test_a_pack_by_its_path() -> None:
    """Is the same as by its name."""
    path = str(SHIPPED / "lang-son" / "nq-08-2019.yaml")

    assert run("explain", path, *LINE[2:]) == run(*LINE)


def test_the_law_as_json() -> None:
    """The tree of the explanation, as plain data."""
    ran = run(*LINE, "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    shown = json.loads(ran.out)
    assert shown["lang"] == "en"
    assert [item["id"] for item in shown["items"]] == ["7.2.b.sows"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ("nq-08",),
            "nq-08: there is no pack called `nq-08`; see the packs with `tieuchi explain`",
        ),
        (("",), "tieuchi explain: the name of the pack is empty; see `tieuchi explain -h`"),
        (("./none.yaml",), "none.yaml: there is no such file; check the path"),
        (
            ("nq-08-2019", "7.2.z"),
            "7.2.z: `nq-08-2019` has no provision called `7.2.z`; did you mean `7.2.a`?",
        ),
        (
            ("nq-08-2019", "99"),
            (
                "99: `nq-08-2019` has no provision called `99`; "
                "see its provisions with `tieuchi explain nq-08-2019`"
            ),
        ),
        (
            ("nq-08-2019", "7.2", "x"),
            "tieuchi explain: `x` is one too many; see `tieuchi explain -h`",
        ),
    ],
)
def test_what_is_not_there(line: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """One line, exit 2."""
    run("explain", *line, at=tmp_path).gives(2, err=f"{said}\n")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    """Its sentence, its remedy and, where its input is a text, both twins."""
    for lang in ("vi", "en"):
        ran = run("explain", code, "--lang", lang)

        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"{code} · ")
        assert not re.search(r"\{\w+(:\w+)?\}", ran.out.partition("\n\n")[0])


def test_a_code() -> None:
    """The bad line is marked, and what stands there instead."""
    ran = run("explain", "comparison-unquoted", "--lang", "en")

    assert ran.out.splitlines()[0] == "comparison-unquoted · error"
    assert ">  17     require: {of: cattle, at_least: 50 head}" in ran.out.splitlines()
    assert ran.out.splitlines()[-1] == ">         require: {of: cattle, more_than: 50 head}"


def test_a_code_as_json() -> None:
    """Both twins whole."""
    ran = run("explain", "number-unquoted", "--format", "json", "--lang", "en")
    known = json.loads(ran.out)

    assert (known["code"], known["level"]) == ("number-unquoted", "error")
    assert "9 ha" in known["bad"]
    assert "9 ha" not in known["good"]
