"""Mistakes of different kinds show together, each once, and what follows from one is not told."""

from pathlib import Path

import pytest
from command import run

from tieuchi.engine.diagnostic import line
from tieuchi.engine.load import lint

PACK = """\
pack: herd
kind: subsidy
cite: {vi: v, en: e}
title: {vi: v, en: e}
sources: {gazette: {title: {vi: v, en: e}, grade: B}}
source: gazette
facts:
  cattle: {vi: v, en: e, unit: head}
  area: {vi: v, en: e, unit: ha}
provisions:
  "1": {cite: {vi: v, en: e}, quote: q, require: {of: cattle, at_least: 50}}
  "2": {cite: {vi: v, en: e}, quote: q, require: {of: area, at_least: 5 ha}}
"""
FIRST, SECOND = "require: {of: cattle, at_least: 50}", "require: {of: area, at_least: 5 ha}"
KINDS = """\
define:
  size:
    {vi: v, en: e, quote: q, cite: {vi: v, en: e}, labels: {small: {vi: v}, big: {vi: v, en: e}},
    of: area, first: [{at_least: 5 ha, then: small}, {else: big}]}
"""


def told(folder: Path, *changes: tuple[str, str], more: str = "") -> list[str]:
    """The mistakes of the pack with changes, each as its line and sentence."""
    text = PACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "herd.yaml"
    path.write_text(text + more, "utf-8")
    found = lint(str(path))[1]
    return [
        f"{each.mark.line} {line(each, 'en').split(': ', 1)[1].split('; ')[0]}" for each in found
    ]


def test_the_pack_itself_is_right(tmp_path: Path) -> None:
    """So what the other tests see is what they changed."""
    assert told(tmp_path) == []


AERA = ("of: area", "of: aera")
UNKNOWN = "12 nothing is called `aera`"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # a key, and a unit
        (
            [("quote", "qoute"), ("unit: ha", "unit: furlong")],
            ["9 `furlong` is not a unit", "11 there is no key `qoute` here"],
        ),
        # a key without which its fact has no unit, and a name
        ([("unit", "unti"), AERA], ["8 there is no key `unti` here", UNKNOWN]),
        ([("unit", "measure"), AERA], ["8 there is no key `measure` here", UNKNOWN]),
        # a whole section under a name that is near, with a mistake inside
        (
            [("provisions", "prvisions"), ("quote", "qoute"), AERA],
            ["10 there is no key `prvisions` here", "11 there is no key `qoute` here", UNKNOWN],
        ),
        # under one that is not: what it declares is not unknown
        ([("facts", "given")], ["7 there is no key `given` here"]),
        # YAML, and a name
        (
            [("  area:", "  cattle: {vi: v, en: e, unit: ha}\n  area:"), ("of: area", "of: aera")],
            ["9 `cattle` stands twice, first in line 8", "13 nothing is called `aera`"],
        ),
        (
            [("unit: head", "unit: !!str head"), AERA],
            ["8 `!!str` is a tag, which is not used here", UNKNOWN],
        ),
        (
            [("unit: head", "unit: *unit"), AERA],
            ["8 `*unit` is an alias", UNKNOWN],
        ),
        # a unit, and a dimension
        (
            [("unit: ha", "unit: furlong"), ("at_least: 50", "at_most: 5 ha")],
            [
                "9 `furlong` is not a unit",
                "11 `cattle ≤ 5 ha`: `head` and `ha` are different things",
            ],
        ),
        # what every pack has, and a name
        ([("kind: subsidy\n", ""), ("of: area", "of: aera")],
         ["1 the key `kind` is missing", "11 nothing is called `aera`"]),
        ([("cite: {vi: v, en: e}\n", ""), ("of: area", "of: aera")],
         ["1 the key `cite` is missing", "11 nothing is called `aera`"]),
        # a number past 64 bits, and a name
        (
            [("at_least: 50", "at_least: 9_223_372_036_854_775_808"), AERA],
            ["11 `9_223_372_036_854_775_808` is past 64 bits", UNKNOWN],
        ),
    ],
)  # fmt: skip
def test_mistakes_of_different_kinds_show_together(
    tmp_path: Path, changes: list[tuple[str, str]], expected: list[str]
) -> None:
    """Whichever step finds each."""
    assert told(tmp_path, *changes) == expected


@pytest.mark.parametrize(
    ("changes", "more", "expected"),
    [
        # a declaration that is broken is not unknown
        ([("vi: v, en: e, unit: head", "vi: v, unit: head")], "", ["8 the key `en` is missing"]),
        ([("{vi: v, en: e, unit: head}", "5")], "",
         ["8 `cattle` is a text, where a map of keys and values is expected"]),
        ([("unit: head", "unit: [head]")], "",
         ["8 `unit` is a list, where a text is expected"]),
        ([], KINDS + 'checks: [{vi: v, en: e, level: error, require: {of: size, in: [small]}}]\n',
         ["15 the key `en` is missing"]),
        # what was taken out is not missing too
        ([(SECOND, "require: {of: area, smallest: 5 ha}")], "",
         ["12 there is no key `smallest` here"]),
        ([(SECOND, f"at_least: 2, of: {{a: 5, b: {{{SECOND}}}}}")],
         'verdict: {all: ["1", a]}\n',
         ["12 `a` is a text, where a map of keys and values is expected"]),
        ([("cite: {vi: v, en: e}, quote: q, require: {of: area", ("cite: {vi: v}, quote: q, "
           "require: {of: area"))], "", ["12 the key `en` is missing"]),
        ([(SECOND, "require: {of: {less: [area, {bogus: area}]}, at_least: 5 ha}")], "",
         ["12 this is no value and no condition that the language has"]),
        ([(SECOND, ("require: {of: {of: area, first: [{at_least: 5 ha, then: 1 ha}, "
           "{other: 2 ha}]}, at_least: 5 ha}"))], "",
         ["12 there is no key `other` here"]),
        # a number that is too large makes nothing else too large
        ([(FIRST, "require: {of: {times: [cattle, 10_000_000]}, at_least: 5 head}")],
         ("define: {x: {vi: v, en: e, quote: q, cite: {vi: v, en: e}, "
         "times: [{times: [cattle, 10_000_000]}, 9]}}\n"),
         ["13 `x` can grow past 64 bits (10000000000000000000)"]),
        ([], ("checks: [{vi: v, en: e, level: error, require: "
         "{of: {times: [cattle, 10_000_000]}, at_least: 5 head}}]\n"),
         ["13 `checks` can grow past 64 bits (10000000000000000000)"]),
    ],
)  # fmt: skip
def test_what_follows_from_a_mistake_is_not_told(
    tmp_path: Path, changes: list[tuple[str, str]], more: str, expected: list[str]
) -> None:
    """One mistake is one line."""
    assert told(tmp_path, *changes, more=more) == expected


def test_mistakes_of_two_packs_show_together(tmp_path: Path) -> None:
    """Of the one and of the one that it uses, and a pack that there is not, at its place."""
    other = PACK.replace("pack: herd", "pack: other").replace("unit: ha", "unit: furlong")
    (tmp_path / "other.yaml").write_text(other, "utf-8")
    use = "use: {x: other/area, y: other/aera, z: nosuch/area}\n"

    assert told(tmp_path, ("quote", "qoute"), more=use) == [
        "11 there is no key `qoute` here",
        "13 nothing is called `other/aera`",
        "13 there is no pack called `nosuch`",
        "9 `furlong` is not a unit",
    ]


def test_a_mistake_of_a_used_pack_shows_once(tmp_path: Path) -> None:
    """However many of the packs looked at use it."""
    other = PACK.replace("pack: herd", "pack: other").replace("unit: ha", "unit: furlong")
    (tmp_path / "other.yaml").write_text(other, "utf-8")
    told(tmp_path, more="use: {x: other/cattle}\n")

    ran = run("pack", "lint", ".", "--lang", "en", at=tmp_path)

    assert ran.code == 1
    assert ran.out.count("`furlong` is not a unit") == len(ran.out.splitlines()) == 1


def test_a_pack_that_cannot_be_read_is_not_unknown(tmp_path: Path) -> None:
    """Its own mistake is told."""
    (tmp_path / "other.yaml").write_text("a: [", "utf-8")

    assert told(tmp_path, AERA, more="use: {x: other/area}\n") == [
        "2 the bracket here is not closed, or a comma is missing or too many",
        UNKNOWN,
    ]


def test_a_folder_shows_the_mistakes_of_every_file(tmp_path: Path) -> None:
    """An unknown pack in a `use` is a mistake of that file, not a reason to look at none."""
    told(tmp_path, more="use: {x: nosuch/area}\n")
    bad = PACK.replace("pack: herd", "pack: other").replace("unit: ha", "unit: furlong")
    (tmp_path / "other.yaml").write_text(bad, "utf-8")

    ran = run("pack", "lint", ".", "--lang", "en", at=tmp_path)

    assert (ran.code, ran.err) == (1, "")
    assert [each.split(": ")[1].split("; ")[0] for each in ran.out.splitlines()] == [
        "there is no pack called `nosuch`",
        "`furlong` is not a unit",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("grade: B}}", "grade: B, date: hello}}"), "5 `hello` is not a date"),
        (("grade: B}}", "grade: B, date: 2020-02-31}}"), "5 there is no day `2020-02-31`"),
        (("source: gazette\n", ""), "1 the key `source` is missing"),
        ((", grade: B}}", "}}"), "1 the key `grade` is missing"),
        (
            ("  area: {vi: v, en: e, unit: ha}", ("  area: {vi: v, en: e, unit: ha}\n  CATTLE-x: "
             "{vi: v, en: e, kind: yes_no}")),
            "10 `CATTLE-x` cannot be a name",
        ),
        (
            ("  area: {vi: v, en: e, unit: ha}", ("  area: {vi: v, en: e, unit: ha}\n  people: "
             "{vi: v, en: e, kind: list, fields: {Họ: {vi: v, en: e, kind: text}}}")),
            "10 `Họ` cannot be a name",
        ),
    ],
)  # fmt: skip
def test_what_an_author_may_not_leave_out_or_write(
    tmp_path: Path, change: tuple[str, str], expected: str
) -> None:
    """Days of sources, a source with its grade, ids of facts in small letters."""
    assert told(tmp_path, change) == [expected]


def test_an_empty_pack_is_sent_to_the_language(tmp_path: Path) -> None:
    """Not to an example of a case."""
    (tmp_path / "herd.yaml").write_text("# nothing yet\n", "utf-8")

    [fault] = lint(str(tmp_path / "herd.yaml"))[1]

    assert line(fault, "en").endswith(
        "the file has nothing in it; see the language in rules/README.md"
    )
