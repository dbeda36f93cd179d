"""`tieuchi pack`: every mistake with its place, and every test case that comes out otherwise."""

import json
from pathlib import Path

import pytest
from command import run
from packs import SHIPPED, pack_text

from tieuchi.engine import session
from tieuchi.engine.pack_test import read_suite, run_suite, same, written
from tieuchi.engine.source import read

PACK = """\
pack: herd
kind: criterion
cite: {vi: Văn bản, en: Act}
title: {vi: Văn bản, en: Act}
verdict: {all: ["1"], about: {vi: quy mô, en: the scale}}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: B}}
source: gazette
grade: B
facts:
  cattle: {vi: số bò, en: cattle, unit: head}
define:
  double: {vi: gấp đôi, en: double, quote: gấp đôi, sum: [cattle, cattle]}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    vi: bò
    en: cattle
    quote: từ 50 con bò trở lên
    require: {of: cattle, at_least: 50 head}
"""
TESTS = """\
pack: herd
as_of: 2023-05-31
cases:
  - name: fifty are enough
    cite: Điều 1
    given: {cattle: 50}
    expect: {"1": met, verdict: met, double: {least: "100", most: "100"}}
  - name: forty-nine are one short
    cite: Điều 1
    given: {cattle: 49}
    expect: {"1": {status: not_met, measured: "49", shortfall: "1"}}
  - name: missing is open
    cite: Điều 1
    given: {}
    expect:
      "1": {status: undetermined, possible: [met, not_met], shortfall: null, missing: [cattle]}
"""
READERS = ["decide", "durable-rules"] if session.available() else ["decide"]
BY = ", ".join(READERS)


def _write(folder: Path, pack: str = PACK, tests: str = TESTS) -> None:
    (folder / "herd.yaml").write_text(pack, "utf-8")
    (folder / "herd.test.yaml").write_text(tests, "utf-8")


def test_all_packs_that_ship_pass_their_tests() -> None:
    """Each case on each reader."""
    ran = run("pack", "test")

    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == len(SHIPPED)
    for line in ran.out.splitlines():
        passed, total = line.partition(": ")[2].split(" cases")[0].split(" of ")
        assert passed == total


def test_all_packs_that_ship_are_without_mistakes() -> None:
    """On any day."""
    ran = run("pack", "lint", "--strict")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "binh-trung-2023: no mistakes"


@pytest.mark.parametrize(
    "named", [("herd.yaml",), ("herd.test.yaml",), (".",), ("--packs", ".", "herd")]
)
def test_a_pack_by_path_by_its_tests_by_folder_and_by_name(
    tmp_path: Path, named: tuple[str, ...]
) -> None:
    """However it is given, it is the same pack."""
    _write(tmp_path)

    run("pack", "test", *named, at=tmp_path).gives(
        0, out=f"herd.test.yaml: 3 of 3 cases pass ({BY})\n"
    )


def test_a_failing_case_shows_what_differs_and_where(tmp_path: Path) -> None:
    """Once for the readers that agree: name, article, id, field, expected and got, the place."""
    _write(
        tmp_path, tests=TESTS.replace('shortfall: "1"', 'shortfall: "2"').replace(': "49"', ": 5")
    )

    shown = (
        f"herd.test.yaml:8:5: forty-nine are one short · Điều 1 · {BY}\n"
        "    1 measured: expected 5, got 49 (11:47)\n"
        "    1 shortfall: expected 2, got 1 (11:61)\n"
    )
    run("pack", "test", "herd.yaml", at=tmp_path).gives(
        1, out=f"{shown}herd.test.yaml: 2 of 3 cases pass ({BY})\n"
    )


def test_failures_as_json(tmp_path: Path) -> None:
    """One object a file."""
    _write(tmp_path, tests=TESTS.replace('"1": met, verdict: met', '"1": not_met, verdict: met'))

    ran = run("pack", "test", "herd.yaml", "--format", "json", at=tmp_path)

    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "file": "herd.test.yaml",
        "cases": 3,
        "readers": READERS,
        "failed": 1,
        "failures": [
            {
                "name": "fifty are enough",
                "cite": "Điều 1",
                "where": "herd.test.yaml:7:19",
                "reader": reader,
                "id": "1",
                "field": "status",
                "expected": "not_met",
                "got": "met",
            }
            for reader in READERS
        ],
    }


WRONG = {
    "given: {cattle: 50}": "given: {catle: 50}",
    "as_of: 2023-05-31": "as_of: 2023-02-30",
    "verdict: met": "verdct: met",
    'most: "100"}': 'mos: "100"}',
    "  - name: fifty are enough": "  - nam: fifty are enough",
    "cases:": "case:",
}
SAID = {
    "given: {cattle: 50}": "6:13: `herd` asks for no fact called `catle`; did you mean `cattle`?",
    "as_of: 2023-05-31": "2:8: there is no day `2023-02-30`; "
    "check the day, and write it as `2023-05-31`",
    "verdict: met": "7:24: `herd` has no provision called `verdct`; did you mean `verdict`?",
    'most: "100"}': "7:61: there is no key `mos` here; did you mean `most`?",
    "  - name: fifty are enough": "4:5: there is no key `nam` here; did you mean `name`?",
    "cases:": "3:1: there is no key `case` here; did you mean `cases`?",
}


@pytest.mark.parametrize("right", WRONG)
def test_a_mistake_in_the_tests_themselves(tmp_path: Path, right: str) -> None:
    """Is bad input, not a failing case."""
    _write(tmp_path, tests=TESTS.replace(right, WRONG[right]))

    ran = run("pack", "test", "herd.yaml", at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"herd.test.yaml:{SAID[right]}"


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("scale: large", "4:59: there is no key `status` here; did you mean `class`?"),
        ("scale: {value: large}", "4:67: there is no key `value` here; did you mean `class`?"),
        ("paid: '100'", "4:59: there is no key `status` here; did you mean `least`?"),
        ("paid: {value: '100'}", "4:66: there is no key `value` here; did you mean `least`?"),
    ],
)
def test_what_a_class_or_an_amount_has_no_field_for(tmp_path: Path, expect: str, said: str) -> None:
    """Neither has a status: it is told what to write."""
    pack = """
        facts: {cattle: {TWO, unit: head}}
        define:
          scale: {SAID, TWO, labels: {large: {TWO}}, first: [{else: large}]}
        amounts: {paid: {SAID, TWO, times: [cattle, 2 đồng/head]}}
    """
    (tmp_path / "a.yaml").write_text(pack_text(pack), "utf-8")
    case = f"  - {{name: n, cite: Điều 1, given: {{cattle: 50}}, expect: {{{expect}}}}}\n"
    (tmp_path / "a.test.yaml").write_text(f"pack: a\nas_of: 2023-05-31\ncases:\n{case}", "utf-8")

    ran = run("pack", "test", "a.yaml", at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"a.test.yaml:{said}\n"


def test_a_pack_without_tests(tmp_path: Path) -> None:
    """Named, it is an error; in a folder it is passed over."""
    _write(tmp_path)
    (tmp_path / "herd.test.yaml").unlink()

    run("pack", "test", "herd.yaml", at=tmp_path).gives(
        2, err="herd.test.yaml: there is no such file; check the path\n"
    )
    run("pack", "test", ".", at=tmp_path).gives(0)


def test_the_mistakes_of_a_pack(tmp_path: Path) -> None:
    """On stdout, a line each, and exit 1; a pack beside it is still looked at."""
    _write(tmp_path)
    bad = PACK.replace("pack: herd", "pack: bad").replace("of: cattle", "of: catle")
    bad = bad.replace("cite: {vi: Văn bản,", "cite: {vi: Văn bản khác,")
    (tmp_path / "bad.yaml").write_text(bad, "utf-8")

    run("pack", "lint", ".", at=tmp_path).gives(
        1,
        out="bad.yaml:19:19: nothing is called `catle`; did you mean `cattle`?\n"
        "herd.yaml: no mistakes\n",
    )

    ran = run("pack", "lint", "bad.yaml", "--format", "json", at=tmp_path)

    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "pack": "bad.yaml",
        "faults": [
            {
                "code": "name-unknown",
                "where": "bad.yaml:19:19",
                "message": "nothing is called `catle`",
                "remedy": "did you mean `cattle`?",
                "level": "error",
            }
        ],
    }


def test_what_cannot_be_read_is_2(tmp_path: Path) -> None:
    """It is no mistake of the pack."""
    (tmp_path / "empty.yaml").write_text("")

    run("pack", "lint", "nope", at=tmp_path).gives(
        2,
        err="nope: there is no pack called `nope`; see the packs with `tieuchi explain`\n",
    )
    run("pack", "lint", "none.yaml", at=tmp_path).gives(
        2, err="none.yaml: there is no such file; check the path\n"
    )
    assert run("pack", "lint", "empty.yaml", at=tmp_path).code == 2


# ---- the runner


def test_the_runner_gives_an_outcome_a_case_and_reader(tmp_path: Path) -> None:
    """What `pack test` prints comes from here."""
    _write(tmp_path)

    outcomes = list(run_suite(read_suite(str(tmp_path / "herd.yaml"))))

    assert [(each.trial.name, each.reader) for each in outcomes[: len(READERS)]] == [
        ("fifty are enough", reader) for reader in READERS
    ]
    assert not any(each.mismatches for each in outcomes)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("a: {least: '60', most: null}", {"a": {"least": "60", "most": None, "more": 1}}),
        ("a: [met, not_met]", {"a": ("met", "not_met")}),
        ("a: 1/3", {"a": "1/3"}),
        ("a: true", {"a": True}),
    ],
)
def test_what_is_the_same(expected: str, got: object) -> None:
    """Text for text; of a map, what is listed."""
    assert same(read(expected, "")[0], got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("a: {least: '60'}", {"a": {"most": "60"}}),
        ("a: {least: '60'}", {"a": "60"}),
        ("a: [met]", {"a": ["met", "not_met"]}),
        ("a: [met, not_met]", {"a": ["not_met", "met"]}),
        ("a: [met]", {"a": "met"}),
        ("a: 60.0", {"a": "60"}),
        ("a: met", {"a": ["met"]}),
        ("a: null", {"a": {}}),
        ("a: ''", {"a": None}),
    ],
)
def test_what_is_not(expected: str, got: object) -> None:
    """No margin, no order to choose, no guess."""
    assert not same(read(expected, "")[0], got)


def test_fields_are_written_as_a_test_would_state_them() -> None:
    """So that the difference can be pasted."""
    assert written({"a": [True, None, "x"], "b": {}}) == "{a: [true, null, x], b: {}}"


def test_what_is_to_be_refused_is_tried_by_both_readers(tmp_path: Path) -> None:
    """One that is not refused is a failure, and a case that is to be refused expects nothing."""
    check = "checks: [{vi: v, en: e, level: error, require: {of: cattle, at_most: 90 head}}]\n"
    cases = "pack: herd\nas_of: 2023-05-31\ncases: []\nrefused:\n"
    case = "  - {{name: n, cite: c, given: {{cattle: {}}}{}}}\n"
    _write(tmp_path, PACK + check, cases + case.format(91, ""))
    run("pack", "test", "herd.yaml", at=tmp_path).gives(
        0, out=f"herd.test.yaml: 1 of 1 cases pass ({BY})\n"
    )

    _write(tmp_path, PACK + check, cases + case.format(90, ""))
    run("pack", "test", "herd.yaml", at=tmp_path).gives(
        1,
        out=f"herd.test.yaml:5:5: n · c · {BY}\n"
        "    checks refused: expected true, got false (5:5)\n"
        "herd.test.yaml: 0 of 1 cases pass (" + BY + ")\n",
    )

    _write(tmp_path, PACK + check, cases + case.format(91, ", expect: {verdict: met}"))
    ran = run("pack", "test", "herd.yaml", at=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("herd.test.yaml:5:45: there is no key `expect` here")
