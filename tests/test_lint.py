"""What makes a pack doubtful beside its words and proofs: its cases, neighbours, facts and days."""

import re
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from command import run
from drawn import drawn_graph
from hypothesis import given, settings
from packs import FILES, SHIPPED, pack_of, pack_text
from strategies import packs

from tieuchi.engine import pack_test
from tieuchi.engine.codes import CODES
from tieuchi.engine.diagnostic import line
from tieuchi.engine.lint import lint
from tieuchi.engine.lint.cited import cited
from tieuchi.engine.load import load_pack

PACK = """\
pack: herd
kind: subsidy
cite: {vi: Văn bản, en: Act}
title: {vi: Văn bản, en: Act}
place: "20"
in_force: {from: 2020-01-01, until: 2022-12-31}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: B}}
source: gazette
grade: B
limits: [{vi: "Chưa xét đối tượng, mức hỗ trợ, thủ tục; chưa có gì thay thế.", en: Not encoded.}]
facts:
  cattle: {vi: số bò, en: cattle, unit: head}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: từ 50 con bò trở lên
    require: {of: cattle, at_least: 50 head}
"""
CASES = "pack: herd\nas_of: 2021-05-31\ncases:\n"


def case(cattle: int, expect: str = "{}") -> str:
    """One test case."""
    return f"  - {{name: n, cite: c, given: {{cattle: {cattle}}}, expect: {expect}}}\n"


def said(folder: Path, name: str = "herd") -> list[str]:
    """What is wrong with a pack, without the place."""
    found = lint(str(folder / f"{name}.yaml"))
    return [line(each, "en").partition("yaml:")[2].partition(": ")[2] for each in found]


@pytest.mark.parametrize("name", SHIPPED)
def test_packs_that_ship_are_without_doubts(name: str) -> None:
    """No finding of any kind, of warnings neither."""
    assert lint(name) == ()


@pytest.mark.parametrize(
    ("cattle", "places"),
    [
        ([50, 49], []),
        ([50, 48], ["just below"]),
        ([51, 49], ["exactly at"]),
        ([90], ["exactly at", "just below"]),
    ],
)
def test_cases_stand_at_the_boundary(cattle: list[int], places: list[str], tmp_path: Path) -> None:
    """On the threshold and one step short of it; without a file of cases nothing is said."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    assert said(tmp_path) == []

    (tmp_path / "herd.test.yaml").write_text(CASES + "".join(map(case, cattle)), "utf-8")

    assert [each.partition("; ")[0] for each in said(tmp_path)] == [
        f"no test case is {place} the threshold of `1`" for place in places
    ]


@pytest.mark.parametrize(
    ("comparison", "beside"),
    [("more_than", 51), ("at_most", 51), ("less_than", 49), ("at_least", 49)],
)
def test_the_side_is_where_it_changes(comparison: str, beside: int, tmp_path: Path) -> None:
    """Above for "more than" and "at most", below for the others."""
    words = {"more_than": "trên 50 con", "at_most": "không quá 50 con", "less_than": "dưới 50 con"}
    text = PACK.replace("at_least", comparison)
    text = text.replace("từ 50 con bò trở lên", words.get(comparison, "từ 50 con"))
    (tmp_path / "herd.yaml").write_text(text, "utf-8")
    tests = CASES + case(50) + case(beside)
    (tmp_path / "herd.test.yaml").write_text(tests, "utf-8")

    assert said(tmp_path) == []


BANDS = """\
pack: herd
kind: standard
cite: {vi: Văn bản, en: Act}
title: {vi: Văn bản, en: Act}
in_force: {from: 2020-01-01}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: B}}
source: gazette
grade: B
limits: [{vi: Chưa xét trình tự., en: Procedure is not encoded.}]
facts:
  cattle: {vi: số bò, en: cattle, unit: head}
  cost: {vi: chi phí, en: cost, unit: đồng}
  who: {vi: ai, en: who, kind: class, labels: {home: {vi: a, en: a}, firm: {vi: b, en: b}}}
define:
  size:
    cite: {vi: Điều 1, en: Article 1}
    quote: lớn từ 300 con, vừa từ 30 con
    labels: {large: {vi: a, en: a}, medium: {vi: b, en: b}, small: {vi: c, en: c}}
    of: cattle
    first: [{at_least: 300 head, then: large}, {at_least: 30 head, then: medium}, {else: small}]
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: hộ từ 10 con, doanh nghiệp từ 20 con
    require: {of: cattle, at_least: {table: {by: who, home: 10 head, firm: 20 head}}}
amounts:
  pay:
    cite: {vi: Điều 1, en: Article 1}
    quote: hỗ trợ 50% chi phí, không quá 1.000.000 đồng
    share: 50 %
    of: cost
    cap: 1_000_000 đồng
"""


def test_each_cell_line_and_cap_has_its_boundary(tmp_path: Path) -> None:
    """A table's threshold cell by cell, a band line by line, a cap where it begins to hold."""
    given = [
        "{who: home, cattle: 10}",
        "{who: home, cattle: 9}",
        "{who: firm, cattle: 20}",
        "{who: firm, cattle: 19}",
        "{cattle: 300}",
        "{cattle: 299}",
        "{cattle: 30}",
        "{cattle: 29}",
        "{cost: 2000000}",
        "{cost: 3000000}",
    ]
    (tmp_path / "herd.yaml").write_text(BANDS, "utf-8")

    def missing(kept: list[str]) -> list[str]:
        cases = [f"  - {{name: n, cite: c, given: {each}, expect: {{}}}}\n" for each in kept]
        (tmp_path / "herd.test.yaml").write_text(CASES + "".join(cases), "utf-8")
        found = [each.partition("; ")[0] for each in said(tmp_path)]
        return [each.removeprefix("no test case is ") for each in found]

    assert missing(given) == []
    expected = [
        "exactly at the threshold of `1: home`",
        "just below the threshold of `1: home`",
        "exactly at the threshold of `1: firm`",
        "just below the threshold of `1: firm`",
        "exactly at the threshold of `size: large`",
        "just below the threshold of `size: large`",
        "exactly at the threshold of `size: medium`",
        "just below the threshold of `size: medium`",
        "exactly at the threshold of `pay`",
        "past the threshold of `pay`",
    ]
    for at, line_ in enumerate(expected):
        assert missing([each for each in given if each is not given[at]]) == [line_]


def test_a_check_has_a_case_that_it_refuses_or_warns_of(tmp_path: Path) -> None:
    """One that fails it: of an error under `refused`, of a warning anywhere; and one exactly at
    it."""
    check = "{{require: {{of: cattle, at_most: {most} head}}, level: {level}, vi: A., en: B.}}"
    checks = [check.format(most=900, level="error"), check.format(most=800, level="warning")]
    (tmp_path / "herd.yaml").write_text(PACK + f"checks: [{', '.join(checks)}]\n", "utf-8")
    refused = "refused:\n  - {name: n, cite: c, given: {cattle: 901}}\n"
    warned = case(801, "{verdict: {warned: true}}")

    def codes(tests: str) -> list[str]:
        (tmp_path / "herd.test.yaml").write_text(CASES + case(50) + case(49) + tests, "utf-8")
        return [each.code for each in lint(str(tmp_path / "herd.yaml"))]

    exactly = case(900) + case(800)
    assert codes("") == ["check-untested", "boundary-untested"] * 2
    assert codes(warned) == ["check-untested", "boundary-untested", "boundary-untested"]
    assert codes(exactly) == ["check-untested"]  # 900 head are warned of
    assert codes(exactly + refused) == []


def test_if_any_asks_for_a_gate(tmp_path: Path) -> None:
    """ "(Nếu có)" is followed by a condition that applies only where there is some."""
    cart = PACK.replace("trở lên", "trở lên (nếu có)").replace(
        "provisions:", "  cart: {vi: có xe, en: has a cart, kind: yes_no}\nprovisions:"
    )
    gated = cart.replace("    require:", "    applies_when: cart\n    require:")

    for text, codes in ((cart, ["words-untaken", "fact-unused"]), (gated, [])):
        (tmp_path / "herd.yaml").write_text(text, "utf-8")
        assert sorted(each.code for each in lint(str(tmp_path / "herd.yaml"))) == sorted(codes)


def test_cases_cite_what_the_pack_cites(tmp_path: Path) -> None:
    """One of those that expect something of it, at least."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    cases = CASES + case(50, '{"1": met}') + case(49, '{"1": not_met}')

    def codes(cite: str) -> list[str]:
        text = cases.replace("cite: c", f"cite: {cite}", 1)
        (tmp_path / "herd.test.yaml").write_text(text, "utf-8")
        return [each.code for each in lint(str(tmp_path / "herd.yaml"))]

    assert codes("Điều 2") == ["cite-untested"]
    assert codes("Điều 1 khoản 3") == []


@pytest.mark.parametrize(
    ("name", "old", "new", "number"),
    [
        ("nq-08-2019", "7 khoản 2 điểm b, en: 'Article 7", "8 khoản 2 điểm b, en: 'Article 8", "7"),
        (
            "nq-08-2019",
            "7 khoản 2 điểm b, en: 'Article 7, clause 2",
            "7 khoản 3 điểm b, en: 'Article 7, clause 3",
            "2",
        ),
        ("nd-57-2018", "13 khoản 3, en: 'Article 13", "12 khoản 3, en: 'Article 12", "13"),
    ],
)
def test_a_wrong_article_is_seen(
    name: str, old: str, new: str, number: str, tmp_path: Path
) -> None:
    """In both languages, wherever the number stands in the id; of an amount too."""
    path, text = tmp_path / f"{name}.yaml", FILES[name].read_text("utf-8")
    found = []
    for at in [found.start() for found in re.finditer(re.escape(old), text)]:
        path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")
        found.append([
            (each.code, each.facts["number"])
            for each in cited(load_pack(str(path)).packs[name])
        ])  # fmt: skip

    assert found
    assert all(each == [("cite-apart", number)] for each in found)


@pytest.mark.parametrize(
    ("vi", "en", "alike"),
    [
        ("nhà 02 tầng trở lên", "two storeys or more", True),
        ("hai tầng", "2 storeys", True),
        ("từ 1.000 m2", "from 1,000 m2", True),
        ("dưới 0,5 ha", "below 0.5 ha", True),
        ("nhà 02 tầng", "3 storeys", False),
        ("nhà 02 tầng", "three storeys", False),
        ("từ 1.000 m2", "from 10,000 m2", False),
        ("nhà nhiều tầng", "2 storeys", False),
    ],
)
def test_a_label_has_one_number_in_both_languages(vi: str, en: str, alike: bool) -> None:
    """Each with its own marks, "02" for 2, in letters or in digits."""
    pack = pack_text(f"""
        facts: {{house: {{TWO, kind: class, labels: {{a: {{vi: '{vi}', en: '{en}'}}}}}}}}
        provisions: {{"1": {{SAID, require: {{of: house, in: [a]}}}}}}
    """)

    codes = [each.code for each in cited(pack_of(pack))]
    assert ("label-languages" in codes) is not alike


def test_cases_taken_from_a_real_pack_are_missed(tmp_path: Path) -> None:
    """Of the store at 200 t a batch, those that stand on the threshold."""
    name = "nq-08-2019"
    lines = pack_test.test_file(name).read_text("utf-8").splitlines()
    starts = [at for at, each in enumerate(lines) if each.startswith("  - ")] + [len(lines)]
    cases = ["\n".join(lines[at:end]) for at, end in pairwise(starts)]
    others = [each for each in cases if "fresh_storage_capacity: 200 " not in each]
    assert len(others) < len(cases)
    kept = [*lines[: starts[0]], *others]
    (tmp_path / f"{name}.yaml").write_text(FILES[name].read_text("utf-8"), "utf-8")
    (tmp_path / f"{name}.test.yaml").write_text("\n".join(kept), "utf-8")

    assert "no test case is exactly at the threshold of `8.2.b.fresh-store`" in [
        each.partition("; ")[0] for each in said(tmp_path, name)
    ]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Of which only the first would ever be found."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "herd.yaml").write_text(PACK, "utf-8")

    found = lint("herd", tmp_path)

    assert [each.code for each in found] == ["pack-twice"]
    assert line(found[0], "en").endswith("b/herd.yaml; rename one of them")


@pytest.mark.parametrize(
    ("since", "place", "codes"),
    [
        ("2022-12-31", '"20"', ["packs-overlap"]),
        ("2023-01-01", '"20"', []),
        ("2022-12-31", '"21"', []),
    ],
)
def test_an_old_pack_left_in_force(
    since: str, place: str, codes: list[str], tmp_path: Path
) -> None:
    """One act, one place, a day in common."""
    (tmp_path / "herd.yaml").write_text(PACK, "utf-8")
    newer = PACK.replace("pack: herd", "pack: herd-2023").replace('"20"', place)
    newer = newer.replace("{from: 2020-01-01, until: 2022-12-31}", f"{{from: {since}}}")
    (tmp_path / "herd-2023.yaml").write_text(newer, "utf-8")

    assert [each.code for each in lint(str(tmp_path / "herd.yaml"))] == codes


def test_a_warning_fails_only_when_asked(tmp_path: Path) -> None:
    """Exit 0 with the warning shown, 1 with --strict; a number that is not in the words is 1."""
    unused = PACK.replace("provisions:", "  goats: {vi: số dê, en: goats, unit: head}\nprovisions:")
    (tmp_path / "herd.yaml").write_text(unused, "utf-8")
    path = str(tmp_path / "herd.yaml")

    plain, strict = run("pack", "lint", path), run("pack", "lint", "--strict", path)

    assert (plain.code, strict.code) == (0, 1)
    assert plain.out == strict.out
    assert "the fact `goats` is used nowhere" in plain.out

    (tmp_path / "herd.yaml").write_text(PACK.replace("at_least: 50", "at_least: 500"), "utf-8")
    assert run("pack", "lint", path).code == 1


def test_every_real_constant_is_in_the_table() -> None:
    """What is not read is shown as not read; nothing is left out."""
    ran = run("pack", "lint", "--numbers", "chan-nuoi-2020", "--format", "json")

    assert ran.code == 0
    assert ran.out.count('"unread"') == 31
    assert ran.out.count('"agrees"') == 6


@settings(max_examples=max(1, settings().max_examples // 2))
@given(pack=packs())
def test_any_pack_that_loads_can_be_looked_at(pack: dict[str, Any]) -> None:
    """Every way in which the language can be put together: findings of known codes, no failure."""
    written, _ = drawn_graph(pack)
    with TemporaryDirectory() as folder:
        name = re.search(r"^pack: (\S+)", written, re.MULTILINE)
        assert name is not None
        path = Path(folder) / f"{name[1]}.yaml"
        path.write_text(written, "utf-8")
        found = lint(str(path))

    assert {each.code for each in found} <= {*CODES}
    assert all(line(each, lang) for each in found for lang in ("vi", "en"))
