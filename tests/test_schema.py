"""The JSON Schema of packs: what is right passes it, what is wrong is refused, and nothing drifts.

A document is held against it with the types that an editor's YAML gives to plain words.
"""

import json
from typing import Any

import pytest
from command import run
from jsonschema import Draft7Validator
from packs import FILES, SHIPPED
from schemas import refusals
from test_diagnostic import Example
from test_rules_readme import EXAMPLES, NAMES

from tieuchi.engine import pack as p
from tieuchi.engine import phrases_pack as say
from tieuchi.engine.quantity import parse_unit, unit_ids, unit_spellings
from tieuchi.engine.schema import FILES as SCHEMAS
from tieuchi.engine.schema import pack_schema, suite_schema, words_of
from tieuchi.engine.shape import MOVED, fields_of, literals
from tieuchi.engine.trees import SHIPPED as RULES
from tieuchi.engine.twin import FOLDER

# ---- what is right


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_that_ships_passes_and_names_the_schema(name: str) -> None:
    """In its first line, by a path from where it stands; and so do its tests."""
    for path, of in ((FILES[name], "pack"), (FILES[name].with_suffix(".test.yaml"), "test")):
        text = path.read_text("utf-8")
        named = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")

        assert refusals(text, of) == []
        assert (path.parent / named).resolve() == RULES / SCHEMAS[of]


@pytest.mark.parametrize("text", EXAMPLES, ids=NAMES)
def test_an_example_of_the_language_passes(text: str) -> None:
    """So the schema takes every shape that there is."""
    assert refusals(text) == []


def _examples(kind: str) -> list[str]:
    first = ((path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml")))
    return [code for code, text in first if text.startswith(f"# {kind}\n")]


@pytest.mark.parametrize("code", _examples("pack"))
def test_the_good_twin_of_a_mistake_passes(code: str) -> None:
    """What the loader takes, the schema takes."""
    assert refusals(Example.of(code).good) == []


# ---- what is wrong

SEEN = (
    "branch-form", "children-missing", "choice-unknown", "comparison-missing", "comparison-twice",
    "condition-missing", "condition-twice", "else-missing", "form-unknown", "key-missing",
    "key-unknown", "key-wrong-type", "length-wrong", "meaning-missing", "name-malformed",
    "unit-unknown", "words-twice",
)  # fmt: skip


@pytest.mark.parametrize("code", SEEN)
def test_a_mistake_of_shape_is_refused(code: str) -> None:
    """The smallest pack that raises each."""
    assert refusals(Example.of(code).bad) != []


GOOD = """\
pack: herd
kind: subsidy
cite: {vi: Văn bản, en: Act}
title: {vi: Văn bản, en: Act}
place: "20"
in_force: {from: 2020-01-01, until: 2025-12-31}
verdict: {all: ["1"], about: {vi: quy mô, en: the scale}}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, date: 2020-01-01, grade: B}}
source: gazette
grade: B
limits: [{vi: Chưa xét., en: Not encoded., until: 2022-07-12}]
activities: {livestock: {vi: chăn nuôi, en: livestock}}
use: {farm_scale: chan-nuoi-2020/farm_scale}
facts:
  cattle: {vi: số bò, en: cattle, unit: head, max: 10_000 head}
  barn: {vi: diện tích chuồng, en: area of the barn, unit: m2}
  fined: {vi: đã bị phạt, en: fined, kind: yes_no}
  applicant:
    vi: người đề nghị
    en: applicant
    kind: class
    labels: {household: {vi: hộ, en: household}, company: {vi: công ty, en: company}}
  founded: {vi: ngày thành lập, en: day of founding, kind: date}
checks:
  - {require: {of: barn, at_most: 9_000 m2}, level: error, vi: Quá lớn., en: Too large.}
define:
  size:
    vi: quy mô
    en: size
    cite: {vi: Điều 1, en: Article 1}
    quote: lớn là từ 50 con trở lên
    labels: {large: {vi: lớn, en: large}, small: {vi: nhỏ, en: small}}
    of: cattle
    first:
      - {at_least: 50 head, then: large}
      - {else: small}
  units: {vi: đơn vị, en: units, read_in: gazette, unit: lu, weighted: {cattle: 0.34}}
  ceiling:
    vi: mức trần
    en: ceiling
    quote: không quá
    table: {by: applicant, household: 5_000_000 đồng, company: 9_000_000 đồng}
  dated: {vi: chuẩn, en: line, quote: chuẩn, of: {2022-01-01: 3 head, 2027-01-01: 4 head}}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    vi: bò
    en: cattle
    quote: từ 50 con bò trở lên
    applies_when: {activity: livestock}
    unless: fined
    all:
      1.cattle: {vi: bò, en: cattle, require: {of: cattle, at_least: 50 head, less_than: 90 head}}
      1.age: {vi: tuổi, en: age, require: {years: {from: founded, to: as_of}, at_least: 2 year}}
      1.two: {vi: hai, en: two, at_least: 2, of: [1.cattle, 1.age, fined]}
      1.none: {vi: không, en: none, not_encoded: {vi: Không rõ., en: It is unclear.}}
amounts:
  1.support:
    cite: {vi: Điều 2, en: Article 2}
    quote: 50% chi phí, không quá mức trần, làm tròn đến nghìn đồng
    when: "1"
    share: 50 %
    of: ceiling
    cap: ceiling
    round: {to: 1_000 đồng, way: down}
"""
WRONG = [
    # keys
    ("kind: subsidy", "kynd: subsidy"),
    ("at_least: 50 head, less_than", "atleast: 50 head, less_than"),
    ("share: 50 %", "shares: 50 %"),
    ("round: {to", "rounded: {to"),
    ("grade: B}}", "quality: B}}"),
    ("cap: ceiling", "max: ceiling"),
    ("until: 2022-07-12", "till: 2022-07-12"),
    ("unless: fined", "except: fined"),
    ("about: {vi: quy mô, en: the scale}", "means: {vi: quy mô, en: the scale}"),
    # one of a few words
    ("kind: subsidy", "kind: subsidies"),
    ("kind: yes_no", "kind: boolean"),
    ("level: error", "level: fatal"),
    ("way: down", "way: nearest"),
    ("grade: B}}", "grade: D}}"),
    # numbers, units, days, names
    ("at_least: 50 head, less_than", "at_least: 50 heds, less_than"),
    ("at_least: 50 head, less_than", "at_least: 5O head, less_than"),
    ("at_least: 50 head, less_than", "at_least: '4,5 head', less_than"),
    ("at_most: 9_000 m2", "at_most: 9_00 m2"),
    ("at_most: 9_000 m2", "at_most: 9 000 m2"),
    ("max: 10_000 head", "max: 10.000.000 head"),
    ("share: 50 %", "share: 50 pc"),
    ("household: 5_000_000 đồng", "household: 5_000_000 dồng"),
    ("unit: m2", "unit: met"),
    ("unit: lu", "unit: lu/"),
    ("weighted: {cattle: 0.34}", "weighted: {cattle: 0.3.4}"),
    ("from: 2020-01-01", "from: 01/01/2020"),
    ("date: 2020-01-01", "date: 2020-13-01"),
    ("{2022-01-01: 3 head", "{2022-1-1: 3 head"),
    ("to: as_of", "to: as of"),
    ("at_least: 2, of", "at_least: two, of"),
    ("  cattle: {vi: số bò", "  Cattle: {vi: số bò"),
    ("  1.support:", "  1.support.least:"),
    ("of: barn", "of: the barn"),
    # what must stand, and what may not
    ("en: Gazette", "name: Gazette"),
    ("cattle, unit: head", "cattle, label: {vi: con, en: head}"),
    ("kind: date}", "kind: date, unit: day}"),
    ("- {else: small}", "- {at_least: 10 head, then: small}"),
    ("{at_least: 50 head, then: large}", "{at_least: 50 head, else: large}"),
    ("at_least: 50 head, less_than", "at_least: 50 head, more_than"),
    ("quote: từ 50 con bò trở lên", "quote: từ 50 con bò trở lên\n    read_in: gazette"),
    ("of: ceiling", "notes: []"),
    ("years: {from: founded, to: as_of}", "years: {from: founded}"),
    ("weighted: {cattle: 0.34}", "weighted: {cattle: 0.34}, sum: [cattle]"),
    ("all: [\"1\"]", "all: []"),
    ("all: [\"1\"]", "all: {of: \"1\"}"),
    ("of: [1.cattle, 1.age, fined]", "in: [1.cattle, 1.age, fined]"),
    ("not_encoded: {vi", "not: fined, not_encoded: {vi"),
    ("table: {by: applicant, household", "table: {of: applicant, household"),
    ("cite: {vi: Văn bản, en: Act}", "cite: Act"),
    ("quote: không quá", "quote:"),
]  # fmt: skip


def test_the_good_pack_passes() -> None:
    """Else the test below would hold nothing."""
    assert refusals(GOOD) == []
    assert all(GOOD.count(right) >= 1 for right, _ in WRONG)
    assert len({*WRONG}) + len(SEEN) >= 40


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_a_wrong_pack_is_refused(right: str, wrong: str) -> None:
    """Each differs from the good one in one place, and the schema has something against it."""
    assert refusals(GOOD.replace(right, wrong, 1)) != []


TESTS = """\
pack: herd
as_of: 2023-05-31
cases:
  - name: fifty are enough
    cite: Điều 1
    complete: true
    given: {cattle: 50, officials: [{name: A}]}
    expect: {"1": met, 1.b: null, 2.amount: {least: "5"}}
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("cases:", "tests:"),
        ("name: fifty", "title: fifty"),
        ("given: {", "facts: {"),
        ("cite: Điều 1", "note: Điều 1"),
        ("complete: true", "complete: all"),
        ('"1": met', '"1": passed'),
        ('{least: "5"}', "{}"),
    ],
)
def test_a_wrong_file_of_tests_is_refused(right: str, wrong: str) -> None:
    """Each differs from the good one in one place."""
    assert refusals(TESTS, "test") == []
    assert refusals(TESTS.replace(right, wrong, 1), "test") != []


# ---- one source


@pytest.mark.parametrize("of", SCHEMAS)
def test_the_files_are_what_the_command_prints(of: str) -> None:
    """`tieuchi pack schema > rules/pack.schema.json`, and `--tests`, write them anew."""
    ran = run("pack", "schema", *(["--tests"] if of == "test" else []))

    ran.gives(0, out=(RULES / SCHEMAS[of]).read_text("utf-8"))
    Draft7Validator.check_schema(json.loads(ran.out))


def test_on_a_terminal_without_vietnamese_the_schema_is_the_same() -> None:
    """Its words are written as escapes there."""
    ran = run("pack", "schema", encoding="ascii")

    assert json.loads(ran.out) == pack_schema()


def _models() -> list[type[p.Model]]:
    found, todo = [], [p.Model]
    while todo:
        below = todo.pop().__subclasses__()
        found += below
        todo += below
    return [model for model in found if model.__module__ == p.__name__]


def test_every_key_is_explained() -> None:
    """In both languages; and nothing is explained that is no key."""
    keys = {(model, key) for model in _models() for key in fields_of(model) if key != MOVED}
    used = {id(words_of(model, key)) for model, key in keys}
    general = {"at_least"}  # where a map may mean either

    assert {name for name, words in say.KEYS.items() if id(words) not in used} <= general
    assert {*say.TEST_KEYS} == {*suite_schema()["properties"], *_case()["properties"]}


def _case() -> Any:
    return suite_schema()["definitions"]["case"]


def test_every_word_of_a_closed_list_is_offered() -> None:
    """As the loader takes it."""
    made = pack_schema()
    fact = made["definitions"]["fact"]["properties"]

    assert tuple(fact["kind"]["enum"]) == literals(fields_of(p.FactModel)["kind"])
    assert {"ha", "đồng", "%", "head"} <= {*made["definitions"]["unit"]["anyOf"][0]["enum"]}
    assert made["additionalProperties"] is False


def test_every_unit_of_the_schema_is_one() -> None:
    """What it takes, the loader takes."""
    assert [parse_unit(unit).id for unit in unit_ids()] == [*unit_ids()]
    assert all(parse_unit(name) for name in unit_spellings())
