"""`pack export --to md` and `--to html`: what a document has, and the command that writes it."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any

import pytest
from command import run
from exported import LANGS, MARKS, other, page, written
from packs import FILES, SHIPPED, pack_text
from pages import Element, Page, marked, seen

from tieuchi.engine import pack as p
from tieuchi.engine.export import html, markdown, passages
from tieuchi.engine.export import phrases as phrases_export
from tieuchi.engine.export import shown as shown_text
from tieuchi.engine.load import load_pack
from tieuchi.engine.pack_test import read_suite
from tieuchi.engine.written import scopes

# ---- nothing is lost


def said(model: Any, lang: str) -> Iterator[str]:
    """Every text of a pack that is about the law, in a language, and every id."""
    if isinstance(model, p.FactModel):
        yield from (str(model.vi), str(model.en))
    elif isinstance(model, p.Bilingual):
        yield str(getattr(model, lang))
    if isinstance(model, p.Worded):
        yield from (str(each) for each in (model.quote, getattr(model, lang)) if each is not None)
    if isinstance(model, p.Misprinted):
        yield from (str(model.printed), str(model.read))
    if isinstance(model, p.Model):
        for name in type(model).model_fields:
            yield from said(getattr(model, name), lang)
    elif isinstance(model, p.Dated | p.Cells):
        yield from said(model.root, lang)
    elif isinstance(model, Mapping):
        for key, value in model.items():
            if isinstance(value, p.FactModel | p.Worded):
                yield str(key)
            yield from said(value, lang)
    elif isinstance(model, list):
        for value in model:
            yield from said(value, lang)


@cache
def numbers(pack: str, lang: str) -> set[str]:
    """The numbers of a pack, thresholds, cells, caps and coefficients, as people write them."""
    constants = (each for scope in scopes(load_pack(pack)) for each in scope.own)
    found = set()
    for constant in constants:
        if not constant.counted:
            written = re.match(r"[\d_.]+", str(constant.at))
            assert written is not None
            whole, point, part = written[0].replace("_", "").partition(".")
            number = f"{int(whole):,}{point}{part}".removesuffix(".0")
            found.add(number.translate(str.maketrans(",.", ".,")) if lang == "vi" else number)
    return found


@cache
def wanted(pack: str, lang: str) -> list[str]:
    """All that a pack and its test cases say, but for numbers."""
    texts = [*said(load_pack(pack).packs[pack].model, lang)]
    texts += [trial.name for trial in read_suite(pack).trials]
    return list(dict.fromkeys(seen(each).casefold() for each in texts))


def lost(pack: str, lang: str, text: str) -> list[str]:
    """What a pack says that a document does not."""
    there = text.casefold()
    missing = [each for each in wanted(pack, lang) if each not in there]
    return missing + [
        number
        for number in numbers(pack, lang)
        if not re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", text)
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("pack", SHIPPED)
def test_nothing_is_lost(pack: str, lang: str) -> None:
    """Every quote, citation, name, note, limit, question, number, id and test case is there."""
    of = marked(written(pack, "md", lang))

    assert lost(pack, lang, page(pack, lang).text) == []
    assert lost(pack, lang, of.text) == []
    assert len(numbers(pack, lang)) > 0
    assert of.kinds <= MARKS


def test_what_is_missing_is_seen() -> None:
    """Else the test above would hold nothing."""
    text = page("lao-cai-26-2020").text

    assert "2.500" in lost("lao-cai-26-2020", "vi", text.replace("2.500", "25.000"))
    assert lost("lao-cai-26-2020", "vi", text.replace("80.000 đồng/m2", "")) != []
    assert "a household just below its cap" in lost("lao-cai-26-2020", "vi", "")


# ---- what a lawyer sees


def test_words_stand_beside_their_reading() -> None:
    """The citation, the words with their misprint and grade, how they are read, the test cases."""
    row = [
        "Điều 7 khoản 2 điểm a\nVườn ươm cây dược liệu\n7.2.a.medicinal-nursery",
        "\n".join(
            (
                "“vườn ươm cây dược liệu từ 1.000 m² trở lên”",
                "Bản in “cây được liệu”, đọc là “cây dược liệu”.",
                "Mức tin cậy B (đọc một bản)",
            )
        ),
        "Cần: diện tích vườn ươm cây dược liệu ≥ 1.000 m²",
        "Trường hợp thử: 7–10, 84",
    ]
    of = marked(written("nq-08-2019", "md"))

    assert page("nq-08-2019").rows["p-7.2.a.medicinal-nursery"] == row
    assert ["· · " + row[0], *row[1:]] in [each for table in of.tables for each in table]


def test_a_group_says_how_many_of_it_are_needed_and_when() -> None:
    """Its gate and its review condition too, and what stands under it."""
    row = page("nq-08-2019", "en").rows["p-7.2.c"]

    assert page("nq-08-2019", "en").rows["p-7.2.a"][1] == "Its words are in the rows below"
    assert row[2].startswith("One of seven is needed\n7.2.c.vegetables, ")
    assert "Applies only where: the activity crops" in row[2]
    assert "Needs review where: one of: " in row[2]


def test_words_that_were_not_read_are_said_to_be_so() -> None:
    """With where it was read, and at which grade."""
    row = page("chan-nuoi-2020", "en", "2024-10-01").rows["p-106.10.biogas"]

    assert row[1] == (
        "The act's own text was not read; it was read in: Decree 106/2024/NĐ-CP, Article 10 (its "
        "text was not read; only Articles 1-4 were)\nGrade B (one copy read)"
    )
    assert "In force: from 20/09/2024" in row[2]


def test_what_is_a_table_in_the_law_is_one() -> None:
    """Levels by a class, bands, coefficients; the reading names it and points to it."""
    of, units = page("lao-cai-26-2020", "en"), page("chan-nuoi-2020")
    levels, bands = of.tables["t-table-1"], units.tables["t-table-2"]

    assert of.rows["p-15.area"][2] == (
        "Asked: area of the glass and net houses ≥ the level by applicant in Table 1"
    )
    assert Element("a", {"href": "#t-table-1"}) in of.elements
    assert levels[1:] == [["household or individual", "500 m²"], ["organisation", "2,500 m²"]]
    assert bands[1] == ["đơn vị vật nuôi ≥ 300 ĐVN", "trang trại quy mô lớn"]
    assert bands[4] == ["còn lại", "chăn nuôi nông hộ"]
    assert ["số lợn nái ngoại", "0,5"] in units.tables["t-table-1"]
    assert ["số trâu", "hệ số chưa rõ"] in units.tables["t-table-1"]


LEVELS = """
facts:
  region: {vi: vùng, en: region, kind: class, labels: {up: {TWO}, low: {vi: thấp, en: low}}}
  who: {vi: ai, en: who, kind: class, labels: {one: {vi: hộ, en: one}, firm: {vi: cty, en: firm}}}
  area: {TWO, unit: m2, min: 1 m2, max: 9_000 m2}
define:
  rate:
    cite: {TWO}
    quote: q
    vi: v
    en: e
    table:
      by: [region, who]
      up: {one: 90_000 đồng/m2, firm: 80_000 đồng/m2}
      low: {firm: 60_000 đồng/m2, one: 70_000 đồng/m2}
  line:
    cite: {TWO}
    quote: q
    vi: v
    en: e
    of: {2022-01-01: 1_500 m2, 2027-01-01: 2_200 m2}
provisions:
  "1": {SAID, require: {of: area, at_least: line}}
amounts:
  "2": {SAID, TWO, times: [area, rate], round: {to: 1_000 đồng, way: down}}
limits:
  - {vi: cũ, en: old, until: 2024-12-31}
  - {vi: mới, en: new, from: 2025-01-01}
"""


def test_levels_by_two_classes_stand_across(tmp_path: Path) -> None:
    """A label in the order of its class, whatever the order of the cells; dated values dated;
    limits of every day."""
    of = Page(other(tmp_path, LEVELS, "html").out)
    text = of.text

    assert of.tables["t-table-1"] == [
        ["region", "one", "firm"],
        ["e", "90,000 đồng/m²", "80,000 đồng/m²"],
        ["low", "70,000 đồng/m²", "60,000 đồng/m²"],
    ]
    assert of.rows["p-line"][2] == "Is: 1,500 m² from 01/01/2022; 2,200 m² from 01/01/2027"
    assert "rounded down to 1,000 đồng" in of.rows["p-2"][2]
    assert "old (until 31/12/2024)" in text
    assert "new (from 01/01/2025)" in text
    assert of.rows["fact-area"][5] == "From 1 m² to 9,000 m²"
    assert of.rows["fact-area"][4] == "1, 2"
    assert "No test cases stand beside this pack." in text


READINGS = """
sources:
  gazette: {title: {vi: Công báo, en: Gazette}, grade: B}
  copy: {title: {vi: Bản sao, en: Copy}, grade: C}
source: gazette
facts:
  one: {TWO, unit: m2, step: 0.5 m2, when_complete: open, fixed: {vi: cố định, en: it is so}}
  two: {TWO, unit: head, grows: "true", else: counted}
  people:
    vi: danh sách
    en: people
    kind: list
    fields:
      born: {vi: ngày sinh, en: born, kind: date}
      rank: {vi: hạng, en: rank, kind: class, labels: {high: {TWO}, low: {vi: thấp, en: low}}}
      land: {vi: đất, en: land, unit: ha}
define:
  counted: {TWO, unit: head, count: people}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: q
    source: copy
    all:
      1.a:
        vi: a
        en: a
        any:
          1.a.x: {vi: x, en: x, require: {of: one, at_least: 1 m2}}
          1.a.y: {vi: y, en: y, require: {of: two, at_least: 1 head}}
"""
PEOPLE = """\
pack: other
as_of: 2023-05-31
cases:
  - name: a list
    cite: e
    given: {one: unknown, people: [{born: 1990-02-03, rank: low, land: 2 ha}, {land: unknown}]}
    expect: {"1": {status: met, missing: []}}
"""


def test_sources_and_facts_are_told_apart(tmp_path: Path) -> None:
    """A source that is not that of most; words of the one that says them, however far above; how a
    fact may be stated; the members of a list."""
    body = READINGS.partition("facts:")
    text = pack_text("facts:" + body[2], "other").replace(HEAD_SOURCES, body[0])
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    (tmp_path / "other.test.yaml").write_text(PEOPLE, "utf-8")
    of = Page(run("pack", "export", str(tmp_path / "other.yaml"), "--to", "html").out)

    assert of.rows["p-1"][1] == "“q”\nCopy; grade C (inferred or secondary)"
    assert of.rows["p-1.a.x"][1] == "The same words as Article 1 (1)"
    assert of.rows["fact-one"][5] == (
        "In steps of 0.5 m²\nOpen even where a complete case leaves it\n"
        "Whoever asks cannot change it: it is so"
    )
    assert of.rows["fact-two"][5] == "Not stated, it is: e\nIt can only become more"
    assert of.rows["case-1"][3] == (
        "e: not known\npeople: 2 members; born: 03/02/1990, rank: low, land: 2 ha; nothing"
    )
    assert of.rows["case-1"][4] == "1: met; not stated: none"


HEAD_SOURCES = "sources: {gazette: {title: {vi: v, en: e}, grade: B}}\nsource: gazette\n"


def test_each_number_of_the_words_stands_beside_that_of_the_pack() -> None:
    """Units and number words alike; a comparison as a sign."""
    rows = page("nq-08-2019").tables["t-numbers-table"]

    assert ["7.2.a.seedlings", "từ 1 triệu cây/năm", "≥ 1.000.000 cây/năm", "khớp"] in rows
    assert ["15.amount", "không quá 500 triệu đồng", "không quá 500.000.000 đồng", "khớp"] in page(
        "lao-cai-26-2020"
    ).tables["t-numbers-table"]


def test_a_fact_has_both_names_and_where_it_is_used() -> None:
    """Whatever the language of the document; a definition or check that names it too."""
    row = page("nq-08-2019").rows["fact-breeding_cows"]

    assert row[:5] == [
        "breeding_cows",
        "số bò cái sinh sản",
        "breeding cows",
        "con giống",
        "7.2.b.breeding-females, kiểm tra 2",
    ]
    assert "farm_scale" in page("chan-nuoi-2020").rows["p-farm_scale"][0]
    assert page("chan-nuoi-2020").rows["fact-horses"][4] == "livestock_units"


def test_a_test_case_is_a_row() -> None:
    """Its name, act and day, what is stated and expected in words, and whether it comes out."""
    of = page("nq-08-2019", "en")

    assert of.rows["case-10"] == [
        "10",
        "a nursery written in ha is converted\nĐiều 7 khoản 2 điểm a",
        "31/05/2023",
        "area of the medicinal plant nursery: 1,000 m² (written 0.1 ha)",
        "7.2.a.medicinal-nursery: met",
        "passes",
    ]
    assert of.rows["case-2"][4] == (
        "7.2.a.seedlings: not met; measured 999,999 trees/year; required 1,000,000 trees/year; "
        "compared by ≥; unit trees/year; off by 1 trees/year\n7.2.a: undetermined"
    )
    assert "90 of 90 cases pass (by decide)." in of.text


TRIALS = """\
pack: other
as_of: 2023-05-31
cases:
  - name: wrong on purpose
    cite: e
    given: {area: 1_499 m2, region: low}
    expect: {"1": met, verdict: {in_force: true}, "2": {least: "0", up_to: "false"}}
"""


def test_a_test_case_that_fails_says_so(tmp_path: Path) -> None:
    """With what came out; the document is written all the same."""
    ran = other(tmp_path, LEVELS, "html", "--lang", "en", tests=TRIALS)
    row = Page(ran.out).rows["case-1"]

    assert (ran.code, ran.err) == (0, "")
    assert row[3] == "e: 1,499 m²\nregion: low"
    assert row[4] == "1: met\nthe verdict: the act is in force\n2: least 0 đồng; no ceiling"
    assert row[5].startswith("fails\n1 status: expected met, got not_met")


def test_a_test_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A document without its test cases would look as if there were none."""
    ran = other(tmp_path, LEVELS, "md", tests="pack: other\ncases: [{name: n}]\n")

    assert (ran.code, ran.out) == (2, "")
    assert "other.test.yaml:2:9: " in ran.err


def test_the_head_says_which_law_of_which_day() -> None:
    """A day on which it is no law is one of which that is said."""
    before, today = (
        page("nq-08-2019", "vi", "2019-12-31"),
        run("pack", "export", "nq-08-2019", "--to", "md"),
    )

    assert "Văn bản không có hiệu lực vào ngày 31/12/2019." in before.text
    assert "under the law of 31/12/2025" in today.out  # the last day on which it was


# ---- the command


def test_it_is_written_to_a_file(tmp_path: Path) -> None:
    """The same text; one that is there is replaced, the pack itself never is."""
    line = ("pack", "export", "lao-cai-26-2020", "--to", "html", "--lang", "vi")
    out = tmp_path / "a.html"
    out.write_text("old", "utf-8")
    run(*line, "-o", str(out)).gives(0, out=f"{out}: đã viết\n")

    assert out.read_text("utf-8") == run(*line).out
    pack = tmp_path / "lao-cai-26-2020.yaml"
    pack.write_bytes(FILES["lao-cai-26-2020"].read_bytes())
    for read in (pack, pack.with_suffix(".test.yaml")):
        ran = run("pack", "export", str(pack), "--to", "md", "-o", str(read))
        assert (ran.code, ran.out) == (2, "")
        assert "this is a file that is read; choose another name" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("nq-08-2018", "--to", "md"), "did you mean `nq-08-2019`"),
        (("nq-08-2019", "--to", "pdf"), "`--to` is one of `md`, `html`, `sql`"),
        (("nq-08-2019",), "`--to` is missing"),
        (("", "--to", "md"), "the name of the pack is empty"),
        (("nq-08-2019", "--to", "md", "-o", "no/such/a.md"), "no/such"),
        (("nq-08-2019", "--to", "md", "-o", "."), ".: "),
    ],
)
def test_what_cannot_be_exported_is_one_line(options: tuple[str, ...], told: str) -> None:
    """Of what is wrong and what to do."""
    ran = run("pack", "export", *options)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_every_phrase_has_the_same_places_in_both_languages() -> None:
    """And none promises anything."""
    for name, phrase in phrases_export.REGISTER.items():
        vi, en = (sorted({f for _, f, _, _ in Formatter().parse(t) if f}) for t in phrase)
        assert vi == en, name
        assert "được hỗ trợ" not in phrase.vi.lower(), name
        assert not re.search(r"\beligib|\bentitle", phrase.en.lower()), name


@pytest.mark.parametrize("module", [html, markdown, passages, shown_text])
def test_the_examples_of_a_module(module: ModuleType) -> None:
    """In its docstrings."""
    ran = doctest.testmod(module)

    assert ran.failed == 0
    assert ran.attempted > 0
