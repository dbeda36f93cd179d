"""A case file: what it says, what is wrong with it, and where; files, folders, standard input."""

import doctest
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stated import (
    GRAPH,
    case_of,
    faults_of,
)

from tieuchi.engine import figure, reading
from tieuchi.engine.case import Annotation
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.diagnostic import Faults, Mark, line, message, remedy_text
from tieuchi.engine.given import read_given
from tieuchi.engine.source import LIMIT, MOST_FAULTS
from tieuchi.engine.words import Words

EXAMPLES = Path(__file__).parent.parent / "examples"


# ---- documents


def test_a_case_says_what_it_is_about() -> None:
    """Every key of a case, once, and nothing lost."""
    case = case_of(
        "subject: HTX\npack: herds-2023\nas_of: 2023-05-31\ndecimal: comma\n"
        'activities: [livestock]\ncomplete: true\nplace: "06217"\nnote: {vi: có, en: yes}\n'
        "facts:\n"
        "  cattle: {value: 38, evidence: sổ, proof: documented, where: II.1,\n"
        "    forecast: 2023-Q4, note: một lời}\n"
        "  area: {forecast: 2023-06}\n"
        "  clubs: 2\n"
        'forecasts: {"1.1": 2023-Q4}\n'
        'reported: {"1.1": {label: Đạt, where: II.1}}\n'
        'rollups: [{of: ["1.1"], label: Đạt, where: I, name: {vi: nhóm, en: group}}]\n'
        "claims: [{printed: 150 %, percent: {of: '4,5 ha', per: 3}, where: II.1.4}]\n"
    )

    end_of_year = date(2023, 12, 31).toordinal()
    assert case.subject == "HTX"
    assert case.packs == ("herds-2023",)
    assert case.as_of == date(2023, 5, 31).toordinal()
    assert (case.decimal, case.activities, case.complete) == ("comma", ("livestock",), True)
    assert (case.place, case.places, case.note) == ("06217", ("06217",), Words("có", "yes"))
    assert case.annotations == {
        "cattle": Annotation("sổ", "documented", "II.1", end_of_year, Words("một lời", "một lời")),
        "area": Annotation(forecast=date(2023, 6, 30).toordinal()),
    }
    assert case.forecasts == {"1.1": end_of_year}
    assert case.reported["1.1"] == ("Đạt", "II.1", Mark("f.yaml", 15, 12))
    [rollup] = case.rollups
    assert rollup[:4] == (("1.1",), "Đạt", "I", Words("nhóm", "group"))
    [claim] = case.claims
    assert (claim.kind, claim.where, claim.mark.line) == ("percent", "II.1.4", 17)
    assert [part[1:] for part in claim.parts] == [((9, 2), "ha", 1), ((3, 1), "ha", 0)]
    assert (case.file, case.mark) == ("f.yaml", Mark("f.yaml", 1, 1))


def test_what_a_case_leaves_out_is_left_open() -> None:
    """A case needs no more than its facts; one that names no activity is about all."""
    case = case_of("packs: [a, ./b.yaml]\nactivities: []\n")

    assert case.packs == ("a", "./b.yaml")
    assert (case.subject, case.as_of, case.decimal, case.note) == ("", None, None, None)
    assert (case.activities, case.complete, case.place) == (None, False, "")
    assert case_of('pack: a\nplace: ["06217", "20"]\n').places == ("06217", "20")
    assert (case.facts, case.forecasts, case.reported, case.claims) == ({}, {}, {}, ())


BAD_DOCUMENTS = [
    ("provisions: {}\npack: x\n", "pack-for-case", 1, 1),
    ("kind: subsidy\ntitle: x\npack: y\n", "pack-for-case", 1, 1),
    ("a: 1\n", "not-a-case", 1, 1),
    ("subject: a\nfact: {}\n", "key-unknown", 2, 1),
    ("facts: {}\nsubjct: a\n", "key-unknown", 2, 1),
    ("facts: []\n", "key-wrong-type", 1, 8),
    ("facts: 3\n", "key-wrong-type", 1, 8),
    ("facts:\npack: a\n", "key-wrong-type", 1, 7),
    ("pack: [a]\n", "key-wrong-type", 1, 7),
    ("packs: a\n", "key-wrong-type", 1, 8),
    ("packs: [a, {b: c}]\n", "key-wrong-type", 1, 12),
    ("pack: a\npacks: [b]\n", "comparison-twice", 2, 1),
    ("pack: a\nas_of: 2023-02-29\n", "date-impossible", 2, 8),
    ("pack: a\nas_of: 2023-06\n", "date-malformed", 2, 8),
    ("pack: a\nas_of: [1]\n", "date-malformed", 2, 8),
    (
        "pack: a\ndecimal: koma\nclaims: [{printed: 1.000 ha, sum_of: [1]}]\n",
        "choice-unknown",
        2,
        10,
    ),
    ("pack: a\nactivities: livestock\n", "key-wrong-type", 2, 13),
    ("pack: a\ncomplete: maybe\n", "flag-expected", 2, 11),
    ("pack: a\nnote: {vi: a}\n", "key-missing", 2, 7),
    ("pack: a\nnote: {vi: a, eng: b}\n", "key-unknown", 2, 15),
    ("pack: a\nnote: [a]\n", "key-wrong-type", 2, 7),
    ("facts: {cattle: {vaule: 3}}\n", "key-unknown", 1, 18),
    ("facts: {cattle: {where: II}}\n", "key-missing", 1, 17),
    ("facts: {cattle: {value: 3, items: []}}\n", "comparison-twice", 1, 28),
    ("facts: {cattle: {value: 3, proof: oral}}\n", "choice-unknown", 1, 35),
    ("facts: {cattle: {forecast: 2023-Q5}}\n", "date-impossible", 1, 28),
    ("pack: a\nforecasts: [a]\n", "key-wrong-type", 2, 12),
    ('pack: a\nforecasts: {"1.1": soon}\n', "date-malformed", 2, 20),
    ("pack: a\nreported: a\n", "key-wrong-type", 2, 11),
    ('pack: a\nreported: {"1.1": Đạt}\n', "key-wrong-type", 2, 19),
    ('pack: a\nreported: {"1.1": {where: II}}\n', "key-missing", 2, 19),
    ('pack: a\nreported: {"1.1": {lable: Đạt}}\n', "key-unknown", 2, 20),
    ("pack: a\nrollups: {}\n", "key-wrong-type", 2, 10),
    ("pack: a\nrollups: [a]\n", "key-wrong-type", 2, 11),
    ("pack: a\nrollups: [{label: Đạt}]\n", "key-missing", 2, 11),
    ("pack: a\nclaims: {}\n", "key-wrong-type", 2, 9),
    ("pack: a\nclaims: [a]\n", "key-wrong-type", 2, 10),
    ("pack: a\nclaims: [{printed: 3 ha}]\n", "claim-form", 2, 10),
    ("pack: a\nclaims: [{printed: 3, sum_of: [1], product: [3]}]\n", "claim-form", 2, 10),
    ("pack: a\nclaims: [{sum_of: [1]}]\n", "key-missing", 2, 10),
    ("pack: a\nclaims: [{printed: 3 ha, sum_of: [1 con]}]\n", "unit-mismatch", 2, 35),
    ("pack: a\nclaims: [{printed: 3 ha, sum_of: []}]\n", "key-wrong-type", 2, 34),
    ("pack: a\nclaims: [{printed: 3 hha, sum_of: [1]}]\n", "unit-unknown", 2, 20),
    ("pack: a\nclaims: [{printed: 1.000 ha, sum_of: [1]}]\n", "number-ambiguous", 2, 20),
    ("pack: a\nclaims: [{printed: '', sum_of: [1]}]\n", "key-wrong-type", 2, 20),
    ("pack: a\nclaims: [{printed: half, percent: {of: 1, per: 2}}]\n", "number-malformed", 2, 20),
    ("pack: a\nclaims: [{printed: 3, sum_of: [[1]]}]\n", "key-wrong-type", 2, 32),
    ("pack: a\nclaims: [{printed: x, same_base: [{part: 1}]}]\n", "key-missing", 2, 35),
    ("pack: a\nplace: {a: b}\n", "key-wrong-type", 2, 8),
    ("pack: a\nclaims: [{printed: NaN, sum_of: [1]}]\n", "number-not-finite", 2, 20),
    ("pack: a\nclaims: [{printed: 3 ha, percent: {of: 1, per: 2}}]\n", "unit-mismatch", 2, 20),
    (
        "pack: a\nclaims: [{printed: 3 %, percent: {of: 1 ha, per: 2 con}}]\n",
        "unit-mismatch",
        2,
        50,
    ),
    ("pack: a\nclaims: [{printed: 3 %, percent: {of: 1, per: 0 ha}}]\n", "divisor-zero", 2, 47),
    ("pack: a\nclaims: [{printed: 3 %, percent: {of: 1}}]\n", "key-missing", 2, 34),
    ("pack: a\nclaims: [{printed: 3 %, percent: 1}]\n", "key-wrong-type", 2, 34),
    ("pack: a\nclaims: [{printed: 3 ha, product: [1 ha, 2 ha]}]\n", "unit-mismatch", 2, 20),
    ("pack: a\nclaims: [{printed: x, same_base: [{part: 1, percent: 2}]}]\n", "claim-form", 2, 34),
]


@pytest.mark.parametrize(("text", "code", "row", "column"), BAD_DOCUMENTS)
def test_each_mistake_of_a_document_is_one_fault_at_its_place(
    text: str, code: str, row: int, column: int
) -> None:
    """The place is that of the value, and there is a sentence and a remedy in both languages."""
    [found] = faults_of(text)

    assert (found.code, found.mark) == (code, Mark("f.yaml", row, column))
    for lang in ("vi", "en"):
        assert "\n" not in line(found, lang)
        assert message(found, lang)
        assert remedy_text(found, lang)


def test_all_mistakes_of_a_case_are_shown() -> None:
    """Those that need no law, then those of the facts."""
    assert [f.code for f in faults_of("pakc: a\nfacts: []\nas_of: x\n")] == [
        "key-unknown",
        "key-wrong-type",
        "date-malformed",
    ]
    found = faults_of("facts:\n  catle: 1\n  cattle: -1\n  area: 5 con\nactivities: [fish]\n")
    assert [(f.code, f.mark.line) for f in found] == [
        ("fact-unknown", 2),
        ("number-negative", 3),
        ("unit-mismatch", 4),
        ("activity-unknown", 5),
    ]


# ---- files


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with two cases in two files, and what is none."""
    (tmp_path / "b.yaml").write_text("subject: B\npack: x\n---\nsubject: C\npack: x\n", "utf-8")
    (tmp_path / "a.yaml").write_text("subject: A\npack: x\n", "utf-8")
    (tmp_path / ".hidden.yaml").write_text("[", "utf-8")
    (tmp_path / "notes.txt").write_text("[", "utf-8")
    (tmp_path / "empty.yaml").mkdir()
    return iter([tmp_path])


def test_cases_come_from_files_folders_and_standard_input(folder: Iterator[Path]) -> None:
    """In the order named, a folder's by name; one file may hold several."""
    path = next(folder)
    stdin = io.BytesIO(b"subject: D\npack: x\n")

    cases = load_cases([str(path), "-", str(path / "a.yaml")], stdin=stdin)

    assert [case.subject for case in cases] == ["A", "B", "C", "D", "A"]
    assert [case.file for case in cases][2:4] == [str(path / "b.yaml"), "-"]
    assert cases[2].mark.line == 4
    assert load_cases([]) == []


def test_all_faults_of_all_files_are_gathered(tmp_path: Path) -> None:
    """Nothing is decided before every file was read."""
    (tmp_path / "a.yaml").write_text("a: 1\n", "utf-8")
    (tmp_path / "b.yaml").write_text("pack: x\n---\nfacts: 3\n", "utf-8")
    (tmp_path / "none").mkdir()
    asked = [tmp_path, tmp_path / "none", tmp_path / "gone.yaml", ""]

    with pytest.raises(Faults) as caught:
        load_cases([*map(str, asked), "a\0b"])

    assert [(f.code, Path(f.mark.file).name) for f in caught.value.diagnostics] == [
        ("not-a-case", "a.yaml"),
        ("key-wrong-type", "b.yaml"),
        ("folder-no-cases", "none"),
        ("file-missing", "gone.yaml"),
        ("file-missing", "''"),
        ("file-unreadable", "a\0b"),
    ]


def test_a_folder_that_may_not_be_read_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that cannot be."""
    denied = PermissionError(13, "Permission denied")
    for error, code in ((denied, "file-denied"), (OSError(5, "I/O error"), "file-unreadable")):

        def refuse(_: Path, error: OSError = error) -> bool:
            raise error

        monkeypatch.setattr(Path, "is_dir", refuse)
        with pytest.raises(Faults) as caught:
            load_cases(["x"])
        assert [found.code for found in caught.value.diagnostics] == [code]


def test_standard_input_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed, or none at all."""
    closed = io.BytesIO()
    closed.close()
    for stdin in (closed, None):
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(Faults, match=r"^-: this file cannot be read: stdin"):
            load_cases(["-"], stdin=stdin)


def test_a_file_of_many_bad_cases_stops(tmp_path: Path) -> None:
    """After so many faults the rest is not looked at."""
    path = tmp_path / "many.yaml"
    keys = "".join(f"x{i}: 1\n" for i in range(200))
    for text in ("---\n".join(["a: 1\n"] * 200), f"pack: a\n{keys}"):
        path.write_text(text, "utf-8")

        with pytest.raises(Faults) as caught:
            load_cases([str(path)])

        assert MOST_FAULTS < len(caught.value.diagnostics) <= MOST_FAULTS + 2
        assert [f.code for f in caught.value.diagnostics].count("too-many") == 1
        assert caught.value.diagnostics[-1].code == "too-many"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"38\n", "document-not-map"),
        (b"facts:\n\tcattle: 1\n", "yaml-tab"),
        (b"facts: {cattle: 1, cattle: 2}\n", "duplicate-key"),
        (b"facts: {cattle: &a 1}\n", "yaml-anchor"),
        (b"facts: {cattle: *a}\n", "yaml-alias"),
        (b"facts: {cattle: !!int 1}\n", "yaml-tag"),
        (b"\x7fELF\x02\x01\x01\x00", "file-character"),
        (b"\xff\xfe", "file-not-utf8"),
        (b"facts: " + b"[" * 20_000, "yaml-deep"),
        (b"a" * (LIMIT + 1), "file-large"),
    ],
    ids=[
        "empty",
        "scalar",
        "tab",
        "duplicate",
        "anchor",
        "alias",
        "tag",
        "binary",
        "latin",
        "deep",
        "large",
    ],
)
def test_a_file_that_is_no_case_is_one_fault(tmp_path: Path, content: bytes, code: str) -> None:
    """And soon so."""
    path = tmp_path / "f.yaml"
    path.write_bytes(content)
    started = time.process_time()

    with pytest.raises(Faults) as caught:
        load_cases([str(path)])

    assert [found.code for found in caught.value.diagnostics] == [code]
    assert time.process_time() - started < 2


def test_a_number_of_a_million_digits_is_refused_at_once() -> None:
    """With a line that fits the screen."""
    started = time.process_time()

    [found] = faults_of(f"facts: {{cattle: {'9' * 1_000_000}}}\n")

    assert found.code == "number-too-long"
    assert len(line(found, "en")) < 200
    assert time.process_time() - started < 1


def test_a_large_case_is_read_soon() -> None:
    """20 000 members of a list."""
    rows = "".join(f"  - {{name: {i}, course: true}}\n" for i in range(20_000))
    started = time.process_time()

    given_, _ = read_given(GRAPH, case_of(f"facts:\n  officials:\n{rows}"))

    assert len(given_["officials"].rows) == 20_000
    assert time.process_time() - started < 5


# ---- as it ships


@pytest.mark.parametrize("module", [figure, reading])
def test_what_the_documentation_says_is_so(module: Any) -> None:
    """The examples in the docstrings."""
    assert doctest.testmod(module).failed == 0


def test_the_examples_are_cases() -> None:
    """Each of them, and the report as a folder."""
    files = sorted(str(path) for path in EXAMPLES.iterdir() if path.suffix not in (".sh", ".csv"))

    cases = load_cases(files)

    assert len(cases) >= len(files)
    assert all(case.packs and case.as_of and case.facts for case in cases)


def test_to_read_a_case_loads_nothing_heavy() -> None:
    """It is on the way of every start."""
    heavy = {"pydantic", "pydantic_core", "click", "rich", "fractions", "decimal", "durable"}
    script = "import sys, tieuchi.engine.given; print(*sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert heavy.isdisjoint(done.stdout.split())
