"""The slips that tests must catch: every pack that ships, and small packs on every case."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import FILES, SHIPPED, compiled, pack_of, pack_text
from test_advice import small_pack
from test_amendment import every_case
from test_cli_pack import PACK, TESTS

from tieuchi.engine.compile import compile_pack
from tieuchi.engine.decision import decide
from tieuchi.engine.mutation import Mutation, mutate
from tieuchi.engine.mutation.mutants import Mutant, mutants
from tieuchi.engine.pack_test import read_suite

CASES = "pack: {name}\nas_of: 2023-05-31\ncases:\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_tests_beside_a_pack_catch_every_slip(name: str) -> None:
    """Or it is shown that the slip changes nothing."""
    found = mutate(read_suite(name))

    assert found.passed
    assert found.total - found.equivalent == found.caught > 10


def mutated(folder: Path, pack: str, cases: str = "", name: str = "a") -> Mutation:
    """What comes of a pack with these test cases beside it."""
    (folder / f"{name}.yaml").write_text(pack, "utf-8")
    tests = CASES.format(name=name) + cases if cases else CASES.format(name=name) + "  []\n"
    (folder / f"{name}.test.yaml").write_text(tests, "utf-8")
    return mutate(read_suite(str(folder / f"{name}.yaml")))


@settings(max_examples=max(1, settings().max_examples // 10))
@given(seed=st.integers(0, 10**9))
def test_what_is_proposed_catches_all_that_can_be(seed: int) -> None:
    """From no test case at all: pasted, the proposed ones catch every slip but those that are said
    to change nothing, and these decide every case alike."""
    pack = small_pack(Random(seed))
    with TemporaryDirectory() as folder:
        first = mutated(Path(folder), pack)
        assert first.caught == 0
        cases = "".join(f"{each.test}\n" for each in first.survivors if each.test)
        again = mutated(Path(folder), pack, cases)

    assert again.passed
    graph = compiled(pack)
    for each in again.survivors:
        other = compile_pack({"a": each.mutant.pack}, graph.as_of)
        for stated in every_case(graph):
            one, two = decide(graph, stated), decide(other, stated)
            assert [v.truth for v in one.views()] == [v.truth for v in two.views()]
            assert one.truth == two.truth


def slips(text: str) -> list[Mutant]:
    """The mutants of a pack that a test writes."""
    return list(mutants(pack_of(pack_text(text))))


def test_every_kind_of_slip() -> None:
    """On a pack that has a place for each."""
    found = slips(
        """\
        verdict: {any: ["1", "2"]}
        in_force: {from: 2020-01-01}
        activities: {crops: {TWO}}
        facts:
          land: {TWO, unit: ha}
          more: {TWO, unit: ha}
          fit: {TWO, kind: yes_no}
          who: {TWO, kind: class, labels: {x: {TWO}, y: {TWO}, z: {TWO}}}
        provisions:
          "1":
            SAID_
            applies_when: {activity: crops}
            require: {sum: [land, more], at_least: 2 ha}
          "2": {SAID, at_least: 1, of: [{require: {of: fit, is: true}}, "3"]}
          "3": {SAID, require: {of: who, in: [x, y]}}
        amounts:
          pay: {SAID, when: "1", times: [land, 80 đồng/ha], cap: 500 đồng}
          due: {SAID, of: owed, round: {to: 10 đồng, way: down}}
        define:
          owed: {SAID, table: {by: who, x: 1 đồng, y: 2 đồng, z: 2 đồng}}
          size: {TWO, SAID, labels: {big: {TWO}, small: {TWO}}, of: land, first: [LINES]}
        checks:
          - {require: {of: more, at_most: land}, level: error, TWO}
        """.replace("LINES", "{at_least: 2 ha, then: big}, {else: small}").replace(
            "SAID_", "cite: {vi: v, en: e}\n            quote: q"
        )
    )

    seen = {(each.kind, each.owner, each.before, each.after) for each in found}
    assert {
        ("junction", "verdict", "any", "all"),
        ("term", "verdict", "1", ""),
        ("day", "in_force", "2020-01-01", "2019-12-31"),
        ("day", "in_force", "2020-01-01", "2020-01-02"),
        ("gate", "1", "applies_when", ""),
        ("turned", "1", "applies_when", ""),
        ("strict", "1", "at_least", "at_most"),
        ("strict", "1", "at_least", "more_than"),
        ("threshold", "1", "2 ha", "1.999999 ha"),
        ("threshold", "1", "2 ha", "2.000001 ha"),
        ("unit", "1", "2 ha", "2 m2"),
        ("term", "1", "more", ""),
        ("number", "2", "1", "0"),
        ("number", "2", "1", "2"),
        ("truth", "2", "true", "false"),
        ("term", "3", "x", ""),
        ("gate", "pay", "when", ""),
        ("bound", "pay", "cap", ""),
        ("threshold", "pay", "80 đồng/ha", "81 đồng/ha"),
        ("threshold", "pay", "500 đồng", "499 đồng"),
        ("swap", "owed", "x", "y"),
        ("swap", "size", "big", "small"),
        ("round", "due", "10 đồng", "100 đồng"),
        ("round", "due", "10 đồng", "1 đồng"),
        ("round", "due", "down", "up"),
        ("round", "due", "down", "half_up"),
        ("check", "checks", "", ""),
    } <= seen
    assert len({(each.before, *each.place) for each in found}) == len(found)
    assert ("swap", "owed", "y", "z") not in seen  # they have the same in them


def test_a_label_too_many_or_another() -> None:
    """Of one label another, of several one more, as long as one stays out."""
    facts = "facts: {who: {TWO, kind: class, labels: {x: {TWO}, y: {TWO}, z: {TWO}}}}\n"

    def found(labels: str) -> set[tuple[str, str, str]]:
        text = f'{facts}provisions: {{"1": {{SAID, require: {{of: who, in: {labels}}}}}}}\n'
        return {(each.kind, each.before, each.after) for each in slips(text)}

    assert found("[y]") == {("label", "y", "x")}
    assert found("[x, y]") == {("term", "x", ""), ("term", "y", "")}
    four = facts
    facts = four.replace("z: {TWO}", "z: {TWO}, w: {TWO}")
    assert ("more", "y", "z") in found("[x, y]")


def test_a_slip_has_its_place() -> None:
    """The number itself, in the file."""
    pack = pack_of(FILES["nq-08-2019"].read_text("utf-8"))
    lines = FILES["nq-08-2019"].read_text("utf-8").splitlines()

    for each in mutants(pack):
        if each.kind in ("threshold", "unit", "day"):
            assert lines[each.mark.line - 1][each.mark.column - 1 :].startswith(each.before)


def test_names_that_look_like_numbers_are_no_thresholds() -> None:
    """`7.2` in a verdict is a provision."""
    kinds = Counter(m.kind for m in mutants(pack_of(FILES["nq-08-2019"].read_text("utf-8")))
                    if m.owner == "verdict")  # fmt: skip

    assert kinds == {"junction": 1, "term": 2}


def test_the_terminal(tmp_path: Path) -> None:
    """Each survivor with its place and the test case to paste, which then catches it."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    tests = TESTS.replace("given: {cattle: 50}", "given: {cattle: 60}").replace("100", "120")
    tests = tests.replace(', shortfall: "1"}', "}")
    (tmp_path / "herd.test.yaml").write_text(tests, "utf-8")

    ran = run("pack", "test", "herd.yaml", "--mutate", at=tmp_path)

    line = (
        """  - {name: '1, cattle 50 head', cite: Điều 1, given: {cattle: 50}, expect: {"1": met}}"""
    )
    told = "no test case catches it; check this one against the law and add it"
    out = [
        f"herd.yaml:19:37: 1: `more_than` for `at_least`: {told}",
        line,
        f"herd.yaml:19:37: 1: `51 head` for `50 head`: {told}",
        line,
        "herd.test.yaml: 4 of 6 mutants caught (66\u00a0%)",
        "",
    ]
    ran.gives(1, out="\n".join(out))
    (tmp_path / "herd.test.yaml").write_text(tests + line + "\n", "utf-8")
    again = run("pack", "test", "herd.yaml", "--mutate", "--format", "json", at=tmp_path)
    assert again.code == 0
    assert json.loads(again.out)["caught"] == json.loads(again.out)["mutants"] == 6


def test_a_check_left_out_is_caught_by_a_case_that_it_refuses(tmp_path: Path) -> None:
    """The proposed case stands under `refused`, and fails where nothing refuses it."""
    check = """\
checks:
  - {require: {of: cattle, at_most: 900 head}, level: error, vi: Nhiều quá., en: Too many.}
"""
    (tmp_path / "herd.yaml").write_text(PACK + check, "utf-8")
    (tmp_path / "herd.test.yaml").write_text(TESTS, "utf-8")

    ran = run("pack", "test", "herd.yaml", "--mutate", at=tmp_path)

    line = "  - {name: 'refused, cattle 901 head', cite: Văn bản, given: {cattle: 901}}"
    told = "no test case catches it; check this one against the law and add it under `refused`"
    assert f"checks: this check left out: {told}\n{line}\n" in ran.out
    highest = '  - {name: most, cite: c, given: {cattle: 900}, expect: {"1": met}}\n'
    (tmp_path / "herd.test.yaml").write_text(f"{TESTS}{highest}refused:\n{line}\n", "utf-8")
    again = run("pack", "test", "herd.yaml", "--mutate", "--format", "json", at=tmp_path)
    survivors = json.loads(again.out)["survivors"]
    assert [each["kind"] for each in survivors if not each["equivalent"]] == []

    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    ran = run("pack", "test", "herd.yaml", at=tmp_path)
    assert ran.code == 1
    assert "checks refused: expected true, got false (" in ran.out


def test_tests_that_fail_come_first(tmp_path: Path) -> None:
    """They say nothing of slips."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    (tmp_path / "herd.test.yaml").write_text(TESTS.replace("{cattle: 50}", "{cattle: 40}"), "utf-8")

    ran = run("pack", "test", "herd.yaml", "--mutate", at=tmp_path)

    told = "1 test cases fail; make them pass first, `tieuchi pack test` shows where"
    ran.gives(1, out=f"herd.test.yaml: {told}\n")


CHECKED = """
    facts: {a: {TWO, unit: head}}
    checks: [{TWO, level: error, require: {of: a, at_most: 5 head}}]
    provisions: {"1": {SAID, require: {of: a, at_least: 3 head}}}
"""
AT_THE_LINES = """\
  - {name: at 3, cite: c, given: {a: 3}, expect: {"1": met}}
  - {name: at 2, cite: c, given: {a: 2}, expect: {"1": {status: not_met, shortfall: "1"}}}
  - {name: the most, cite: c, given: {a: 5}, expect: {"1": met}}
"""


def test_a_check_of_the_input_that_is_made_looser_is_seen(tmp_path: Path) -> None:
    """Six where five are the most, or no check at all: only a case under `refused` notices, and it
    is proposed for both."""
    pack = pack_text(CHECKED) + 'verdict: {all: ["1"], about: {vi: v, en: e}}\n'
    looser, left_out = mutated(tmp_path, pack, AT_THE_LINES).survivors

    assert (looser.mutant.before, looser.mutant.after) == ("5 head", "6 head")
    assert left_out.mutant.kind == "check"
    assert looser.test == left_out.test
    assert looser.test.endswith("given: {a: 6}}")
    tests = f"{AT_THE_LINES}refused:\n{looser.test}\n"
    assert mutated(tmp_path, pack, tests).survivors == ()
