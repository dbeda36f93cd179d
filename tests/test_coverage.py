"""What test cases look at: every pack that ships, and small packs on every case."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import z3
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import SHIPPED, compiled
from test_advice import small_pack
from test_amendment import every_case
from test_cli_pack import PACK, TESTS
from test_mutation import CASES

from tieuchi.engine.coverage import Coverage, cover
from tieuchi.engine.coverage.situations import conditions, situations_of
from tieuchi.engine.decision import decide
from tieuchi.engine.interval import elapsed
from tieuchi.engine.pack_test import read_suite
from tieuchi.engine.solver.encoding import _completed, _left


@pytest.mark.parametrize("name", SHIPPED)
def test_every_situation_of_a_pack_that_ships_is_looked_at(name: str) -> None:
    """Met, not met, open, at the boundary, just below: of each condition."""
    found = cover(read_suite(name))

    assert found.is_whole
    assert found.total == found.looked_at > 5


def covered(folder: Path, pack: str, cases: str = "  []\n") -> Coverage:
    """What is looked at of a small pack with these test cases beside it."""
    (folder / "a.yaml").write_text(pack, "utf-8")
    (folder / "a.test.yaml").write_text(CASES.format(name="a") + cases, "utf-8")
    return cover(read_suite(str(folder / "a.yaml")))


@settings(max_examples=max(1, settings().max_examples // 5))
@given(seed=st.integers(0, 10**9))
def test_what_is_proposed_looks_at_all_there_is(seed: int) -> None:
    """From no test case at all; and what is said never to happen is so in no case."""
    pack = small_pack(Random(seed))
    with TemporaryDirectory() as folder:
        first = covered(Path(folder), pack)
        cases = "".join(f"{each.test}\n" for row in first.rows for each in row.lacks if each.test)
        again = covered(Path(folder), pack, cases)

    assert first.looked_at == 0
    assert again.is_whole
    graph = compiled(pack)
    never = {
        (row.condition.node, each.situation)
        for row in first.rows
        for each in row.lacks
        if each.never
    }
    for stated in every_case(graph) if never else ():
        decision = decide(graph, stated)
        for each in conditions(graph):
            there = set(situations_of(decision, each.node))
            assert not {(each.node, situation) for situation in there} & never


def test_the_terminal(tmp_path: Path) -> None:
    """The table, and below it each case that is lacking, which then fills it."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    tests = TESTS.replace("given: {cattle: 50}", "given: {cattle: 60}").replace("100", "120")
    (tmp_path / "herd.test.yaml").write_text(tests, "utf-8")

    ran = run("pack", "test", "herd.yaml", "--coverage", at=tmp_path)

    expect = 'given: {cattle: 50}, expect: {"1": met}}'
    line = "  - {name: '1, cattle 50 head', cite: Điều 1, " + expect
    told = "check this one against the law and add it"
    out = [
        "herd.test.yaml",
        "",
        "4 of 5 situations are seen by a test case (80 %):",
        "              met  not met  open  boundary  just below",
        "  1 · cattle  ✓    ✓        ✓     ✗         ✓",
        f"1: cattle ≥ 50 head: “boundary” is lacking; {told}",
        line,
        "",
    ]
    assert ran.code == 1
    assert ran.out.replace("\u00a0", " ") == "\n".join(out)
    (tmp_path / "herd.test.yaml").write_text(tests + line + "\n", "utf-8")
    again = run("pack", "test", "herd.yaml", "--coverage", "--format", "json", at=tmp_path)
    assert again.code == 0
    assert json.loads(again.out)["conditions"][0]["lacking"] == []
    both = run("pack", "test", "herd.yaml", "--coverage", "--mutate", "--lang", "vi", at=tmp_path)
    assert both.code == 0
    assert "5 trong 5 tình huống đã có trường hợp thử" in both.out


def test_a_condition_has_the_name_of_its_provision() -> None:
    """Where it is the only one there; else it is told in short, however many terms it adds."""
    ran = run("pack", "test", "tcpl-2021", "nq-08-2019", "--coverage", "--lang", "en")

    rows = [line.split("  ✓")[0].strip() for line in ran.out.splitlines()]
    assert "4.1 · total points" in rows
    assert "4.3.prosecuted · not prosecuted" in rows
    assert "7.2.a · activity nursery" in rows
    assert "7.2.c · industrial crop area + 3" in rows  # "more ≥ 5 ha" on the next line


DATED = """
pack: a
kind: standard
cite: {vi: Văn bản ví dụ, en: Example act}
title: {vi: Văn bản ví dụ, en: Example act}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: B}}
source: gazette
grade: B
facts: {founded: {vi: ngày thành lập, en: founded, kind: date}}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    read_in: gazette
    require: {years: {from: founded, to: as_of}, at_least: 2 year}
"""


def test_days_that_are_proposed_are_those_that_one_would_take(tmp_path: Path) -> None:
    """The anniversary itself, the day of the law itself, and none to come."""
    [row] = covered(tmp_path, DATED).rows

    assert [
        (each.situation, re.findall(r"founded: ([\d-]+)", each.test)) for each in row.lacks
    ] == [
        ("met", ["2021-05-31"]),
        ("not_met", ["2023-05-31"]),
        ("undetermined", []),
        ("boundary", ["2021-05-31"]),
        ("below", ["2022-05-31"]),
    ]


@pytest.mark.parametrize(
    ("span", "vi"),
    [
        ("from: founded, to: as_of", "thời gian từ ngày thành lập đến ngày xét ≥ 2 năm"),
        ("from: 2020-01-01, to: founded", "thời gian từ 01/01/2020 đến ngày thành lập ≥ 2 năm"),
    ],
)
def test_a_time_is_called_by_its_days(span: str, vi: str, tmp_path: Path) -> None:
    """Not by what the law sets, which is what it is held against."""
    (tmp_path / "a.yaml").write_text(DATED.replace("from: founded, to: as_of", span), "utf-8")
    (tmp_path / "a.test.yaml").write_text(CASES.format(name="a") + "  []\n", "utf-8")

    ran = run("pack", "test", "a.yaml", "--coverage", "--lang", "vi", at=tmp_path)

    assert f"\n1: {vi}: thiếu “đáp ứng”; " in ran.out.replace("\u00a0", " ")


LEFT = "months: {from: as_of, to: founded}, at_least: 6 month"
BETWEEN = "months: {from: founded, to: mended}, at_most: 6 month"


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (LEFT, [["2023-11-30"], ["2023-05-31"], [], ["2023-11-30"], ["2023-10-31"]]),
        (
            BETWEEN,
            [
                ["2023-05-31"] * 2,
                ["2022-11-30", "2023-05-31"],
                [],
                ["2022-12-30", "2023-05-31"],
                ["2022-11-30", "2023-05-31"],
            ],
        ),
    ],
)
def test_days_of_time_left_and_of_time_between_two_that_a_case_states(
    span: str, days: list[list[str]], tmp_path: Path
) -> None:
    """Half a year from 31 May ends on 30 November; from 30 November it is over on 31 May."""
    mended = "facts: {mended: {vi: ngày khắc phục, en: mended, kind: date}, founded"
    pack = DATED.replace("years: {from: founded, to: as_of}, at_least: 2 year", span)
    [row] = covered(tmp_path, pack.replace("facts: {founded", mended)).rows

    assert [sorted(re.findall(r": (20[\d-]+)", each.test)) for each in row.lacks] == days


@pytest.mark.parametrize("unit", ["years", "months", "begun months", "days"])
def test_time_to_and_from_a_day_that_is_chosen_is_counted_as_of_one_that_is_stated(
    unit: str,
) -> None:
    """To and from the last day of a leap February and of a long month."""
    chosen = z3.Int("day")
    for known in (date(2020, 2, 29).toordinal(), date(2023, 5, 31).toordinal()):
        left, completed = _left(unit, known, chosen), _completed(unit, chosen, known)
        for day in range(known - 370, known + 370, 11):
            here = (chosen, z3.IntVal(day))

            assert z3.simplify(z3.substitute(left, here)).as_long() == elapsed(unit, known, day)
            assert z3.simplify(z3.substitute(completed, here)).as_long() == elapsed(
                unit, day, known
            )


@pytest.mark.parametrize(
    "cases", ["  []\n", "  - {name: n, cite: Điều 1, as_of: 2022-05-31, given: {}, expect: {}}\n"]
)
def test_a_case_that_is_pasted_is_of_the_day_that_it_was_made_for(
    cases: str, tmp_path: Path
) -> None:
    """Where the file has a day and no case of it, or its cases are of another, it says which."""
    first = covered(tmp_path, DATED, cases)
    tests = [each.test for row in first.rows for each in row.lacks]
    again = covered(tmp_path, DATED, cases.replace("  []\n", "") + "\n".join(tests) + "\n")

    assert run("pack", "test", "a.yaml", at=tmp_path).code == 0
    assert again.is_whole
