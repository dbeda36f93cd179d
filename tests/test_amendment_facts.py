"""What an amendment does where the facts themselves are otherwise: units, labels, names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run
from hypothesis import given
from hypothesis import strategies as st
from packs import compiled

from tieuchi.engine import decide
from tieuchi.engine.amendment import amendment

PACK = """
pack: land
kind: standard
cite: {vi: Văn bản ví dụ, en: Example act}
title: {vi: Văn bản ví dụ, en: Example act}
in_force: {from: 2020-01-01}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: B}}
source: gazette
grade: B
facts:
  area: {vi: diện tích, en: area, unit: ha}
  who:
    vi: người đề nghị
    en: applicant
    kind: class
    labels: {household: {vi: hộ, en: household}, company: {vi: công ty, en: company}}
define:
  size:
    cite: {vi: Điều 3, en: Article 3}
    read_in: gazette
    labels: {large: {vi: lớn, en: large}, small: {vi: nhỏ, en: small}}
    of: area
    first: [{at_least: 10 ha, then: large}, {else: small}]
  applicant: {vi: người, en: person, of: who}
provisions:
  "1": {cite: {vi: Điều 1, en: Article 1}, read_in: gazette, require: {of: area, at_least: 1 ha}}
  "2": {cite: {vi: Điều 2, en: Article 2}, read_in: gazette, require: {of: who, in: [company]}}
  "3": {cite: {vi: Điều 3, en: Article 3}, read_in: gazette, require: {of: size, in: [large]}}
"""


def put(*changes: tuple[str, str]) -> str:
    """The pack with some words otherwise, wherever they stand."""
    text = PACK
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def changes(*of: tuple[str, str]) -> dict[str, str]:
    """What is not the same, by id."""
    found = amendment(compiled(PACK), compiled(put(*of)))
    return {each.id: each.change for each in found.effects if each.change != "same"}


def shown(folder: Path, *of: tuple[str, str], form: str = "text", lang: str = "en") -> str:
    """What `pack diff` prints."""
    for name, text in (("old", PACK), ("new", put(*of))):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "land.yaml").write_text(text, "utf-8")
    ran = run(
        "pack", "diff", "old/land.yaml", "new/land.yaml", "--format", form, "--lang", lang,
        at=folder,
    )  # fmt: skip
    assert ran.code == 1
    return ran.out


@pytest.mark.parametrize(
    "of",
    [
        [("unit: ha", "unit: m2")],
        [("unit: ha", "unit: m2"), ("at_least: 1 ha", "at_least: 10_000 m2")],
        [("unit: ha", "unit: ha, step: 0.1 ha")],
        [("household: {vi: hộ, en: household}, company: {vi: công ty, en: company}",
          "company: {vi: công ty, en: company}, household: {vi: hộ, en: household}")],
        [("large: {vi: lớn, en: large}, small: {vi: nhỏ, en: small}",
          "small: {vi: nhỏ, en: small}, large: {vi: lớn, en: large}")],
    ],
)  # fmt: skip
def test_what_is_only_written_otherwise_is_the_same(of: list[tuple[str, str]]) -> None:
    """The unit or step that a fact is kept in, the order of labels: every case is decided alike."""
    assert changes(*of) == {}


@given(old=st.integers(1, 30), new=st.integers(1, 30))
def test_units_are_converted(old: int, new: int) -> None:
    """So many tenths of a ha against so many thousand m²: who has the less, or the more, is told,
    and the example is one and the same holding."""
    before = compiled(put(("at_least: 1 ha", f"at_least: {old}_000 m2")))
    after = compiled(put(("unit: ha", "unit: m2"), ("at_least: 1 ha", f"at_least: {new / 10} ha")))

    one = next(each for each in amendment(before, after).effects if each.id == "1")

    assert one.change == ("same" if old == new else "looser" if new < old else "stricter")
    for each in one.examples:
        area = f"{each.new.given['area'] / 100:.2f} m2"
        statuses = [decide(graph, {"area": area})["1"].status for graph in (before, after)]
        assert statuses[0] != statuses[1]
        assert [each.old["1"].status, each.new["1"].status] == statuses


def test_results_of_other_names_come_with_a_case() -> None:
    """A band more, a result swapped, a label of another name: by labels, not by their places."""
    more = [("small: {vi: nhỏ", "medium: {vi: vừa, en: medium}, small: {vi: nhỏ"),
            ("{else: small}", "{at_least: 5 ha, then: medium}, {else: small}")]  # fmt: skip
    found = amendment(compiled(PACK), compiled(put(*more)))
    [size] = [each for each in found.effects if each.change != "same"]

    assert (size.id, size.change) == ("size", "different")
    [example] = size.examples
    assert example.new.given["area"] == 5_000_000  # 5 ha in hundredths of a m²
    assert changes(("large", "big")) == {"size": "different"}


def test_a_label_that_one_alone_knows(tmp_path: Path) -> None:
    """No case that both read is another, which is not that nothing is."""
    out = shown(tmp_path, ("company", "firm"))

    assert "No case that both read comes out otherwise\n" in out
    assert "The same: 5 outcomes, shown over every case that both read." in out
    assert "applicant: only the old one has company; such a case is not compared." in out
    assert "applicant: only the new one has firm; such a case is not compared." in out
    assert json.loads(shown(tmp_path, ("company", "firm"), form="json"))["unshared"] == [
        {"side": "old", "fact": "who", "labels": ["company"]},
        {"side": "new", "fact": "who", "labels": ["firm"]},
    ]


def test_a_fact_of_another_name_is_another(tmp_path: Path) -> None:
    """It says so, and each example states both."""
    out = shown(tmp_path, ("area", "land"))

    assert "Gains: land 1 ha; area 0\n" in out
    assert "Loses: land 0; area 1 ha\n" in out
    assert "only the old one asks for area." in out
    assert "chỉ từ nay hỏi diện tích" in shown(tmp_path, ("area", "land"), lang="vi")
