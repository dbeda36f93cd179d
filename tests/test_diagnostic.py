"""Every mistake has one line a language, a remedy, and an example beside a good twin.

`engine/twins/CODE.yaml` is the smallest input that raises CODE. Its first line says what it is
(a `pack`, a `case`, a pack for `lint`, or a `text` that is not read further), the next two what is
said of it. A line that ends in `#-` stands in the bad input alone, one that ends in `#+` in its
good twin alone; there is at most one of each. `UPDATE=1 pytest tests/test_diagnostic.py` writes
the two expected lines anew: read the difference, and say in the commit why it is right.
"""

import os
import pickle
import string
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine.answer import answer
from tieuchi.engine.case_file import read_case
from tieuchi.engine.codes import CODES, FORMS, PARTS, REMEDIES, TERMS
from tieuchi.engine.diagnostic import Faults, Lang, Mark, as_json, line, near, problem
from tieuchi.engine.lint import lint
from tieuchi.engine.load import load_pack
from tieuchi.engine.source import LIMIT, read, read_file

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "engine" / "twins"
TODAY = date(2023, 5, 31).toordinal()
LANGS: tuple[Lang, ...] = ("vi", "en")

# Codes whose input is no text with a good twin, and the test that raises each.
ELSEWHERE = {
    "boundary-untested": "test_lint.py",
    "check-untested": "test_lint.py",
    "cite-untested": "test_lint.py",
    "pack-twice": "test_lint.py",
    "packs-overlap": "test_lint.py",
    "amount-unknown": "test_cli_advice.py",
    "check-warned": "test_a_check_that_warns",
    "label-ambiguous": "test_statement.py",
    "row-quote": "test_table_quotes.py",
    "csv-ragged": "test_table_sources.py",
    "duckdb-missing": "test_table_sources.py",
    "pyspark-missing": "test_batch_spark.py",
    "java-missing": "test_batch_spark.py",
    "spark-kind-unknown": "test_batch_spark.py",
    "sqlglot-missing": "test_batch_duckdb.py",
    "encoding-unknown": "test_table_sources.py",
    "encoding-wrong": "test_table_sources.py",
    "column-ambiguous": "test_match.py",
    "column-for-list": "test_match.py",
    "column-twice": "test_match.py",
    "column-unit-unknown": "test_match.py",
    "column-unit-wrong": "test_match.py",
    "column-unknown": "test_match.py",
    "column-type-unread": "test_batch_cells.py",
    "column-is-result": "test_batch.py",
    "columns-unmatched": "test_match.py",
    "row-ragged": "test_batch.py",
    "step-no-decimal": "test_batch.py",
    "list-reads-row": "test_table_lists.py",
    "member-without-key": "test_batch.py",
    "member-without-row": "test_table_lists.py",
    "member-of-rows": "test_table_lists.py",
    "row-without-key": "test_table_lists.py",
    "texts-too-many": "test_table_lookup.py",
    "file-character": "test_bytes",
    "file-denied": "test_source.py",
    "file-folder": "test_files",
    "file-large": "test_bytes",
    "file-missing": "test_files",
    "file-not-utf8": "test_bytes",
    "file-unreadable": "test_files",
    "float-for-number": "test_case.py",
    "folder-no-cases": "test_case.py",
    "folder-no-tables": "test_table_sources.py",
    "header-row-empty": "test_table_sources.py",
    "output-denied": "test_table_sinks.py",
    "output-failed": "test_table_sinks.py",
    "output-exists": "test_cli_pack_new.py",
    "output-full": "test_table_sinks.py",
    "output-kind-unknown": "test_table_sinks.py",
    "output-no-folder": "test_table_sinks.py",
    "shape-wrong": "test_shape.py",
    "sheet-cell-long": "test_table_sinks.py",
    "sheet-too-long": "test_table_sinks.py",
    "sheet-too-wide": "test_table_sinks.py",
    "sheet-unknown": "test_table_workbook.py",
    "table-broken": "test_table_sources.py",
    "table-empty": "test_table_sources.py",
    "table-kind-unknown": "test_table_sources.py",
    "table-no-header": "test_table_workbook.py",
    "table-not-text": "test_table_sources.py",
    "table-unknown": "test_table_sources.py",
    "table-unnamed": "test_table_sources.py",
    "workbook-broken": "test_table_workbook.py",
    "workbook-locked": "test_table_workbook.py",
    "no-cases": "test_no_cases",
    "too-many": "test_bytes",
}


class Example(NamedTuple):
    """One file of `engine/twins/`."""

    kind: str
    expected: dict[Lang, str]
    bad: str
    good: str

    @classmethod
    def of(cls, code: str) -> "Example":
        """The example of a code."""
        lines = (EXAMPLES / f"{code}.yaml").read_text(encoding="utf-8").splitlines()
        kind, vi, en = (each.removeprefix("# ") for each in lines[:3])
        expected: dict[Lang, str] = {"vi": vi.removeprefix("vi: "), "en": en.removeprefix("en: ")}
        return cls(kind, expected, _side(lines, "#-"), _side(lines, "#+"))


def _side(lines: list[str], mark: str) -> str:
    kept = []
    for each in lines:
        if each.endswith(("#-", "#+")):
            if each.endswith(mark):
                kept.append(each[:-2].rstrip())
        else:
            kept.append(each)
    return "\n".join(kept) + "\n"


def read_text(path: Path) -> None:
    """As far as the reader of YAML goes."""
    read_file(path)


def read_a_pack(path: Path) -> None:
    """As every verb does."""
    load_pack(str(path))


def lint_a_pack(path: Path) -> None:
    """As `pack lint` does, with all that makes a pack doubtful."""
    found = lint(str(path))
    if found:
        raise Faults(found)


def read_a_case(path: Path) -> None:
    """As `check` does, with the packs of subsidies."""
    answer([read_case(document, str(path)) for document in read_file(path)], ("subsidy",), TODAY)


READERS: dict[str, Callable[[Path], None]] = {
    "text": read_text,
    "pack": read_a_pack,
    "lint": lint_a_pack,
    "case": read_a_case,
}


@pytest.mark.parametrize("code", sorted({*CODES} - {*ELSEWHERE}))
def test_the_example_of(code: str, tmp_path: Path) -> None:
    """The bad input raises this code alone, in these words; its good twin raises nothing."""
    example = Example.of(code)
    path = tmp_path / "example.yaml"
    path.write_text(example.bad, encoding="utf-8")
    with pytest.raises(Faults) as caught:
        READERS[example.kind](path)
    said = {
        lang: "\n".join(line(each, lang) for each in caught.value.diagnostics).replace(
            str(path), path.name
        )
        for lang in LANGS
    }
    if os.environ.get("UPDATE"):
        _update(code, said)
        example = Example.of(code)

    assert said == example.expected
    assert [each.code for each in caught.value.diagnostics] == [code]

    path.write_text(example.good, encoding="utf-8")
    READERS[example.kind](path)


def _update(code: str, said: dict[Lang, str]) -> None:
    path = EXAMPLES / f"{code}.yaml"
    first, _, _, *rest = path.read_text(encoding="utf-8").splitlines()
    said_lines = [f"# {lang}: {said[lang]}" for lang in LANGS]
    path.write_text("\n".join([first, *said_lines, *rest]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("code", sorted({*CODES} - {*ELSEWHERE}))
def test_twins_differ_in_one_line(code: str) -> None:
    """What makes the difference can be seen at once."""
    lines = (EXAMPLES / f"{code}.yaml").read_text(encoding="utf-8").splitlines()
    ends = [each[-2:] for each in lines if each.endswith(("#-", "#+"))]

    assert ends in (["#-"], ["#+"], ["#-", "#+"])


def test_no_code_without_an_example() -> None:
    """A new code comes with its proof, and an old proof goes with its code."""
    files = {path.stem for path in EXAMPLES.glob("*.yaml")}

    assert files | {*ELSEWHERE} == {*CODES}
    assert not files & {*ELSEWHERE}


def test_no_code_that_nothing_raises() -> None:
    """The register has what can happen and nothing more."""
    root = HERE.parent
    sources = [path for top in ("engine", "cli") for path in (root / top).rglob("*.py")]
    text = "".join(path.read_text("utf-8") for path in sources if not path.name.startswith("codes"))

    assert [code for code in CODES if f'"{code}"' not in text] == []


TOO_MANY = (
    "f:51:1: there are 50 mistakes so far; the rest has not been looked at; mend those above first"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"a: \xff",
            "f:1:4: byte `0xFF` is not text in UTF-8; save the file as plain text in UTF-8",
        ),
        (
            b"a: \x1b[2J",
            "f:1:4: character U+001B may not stand in YAML; save the file as plain text in UTF-8",
        ),
        (b" " * (LIMIT + 1), "f: the file is larger than 2 MiB; split it into several files"),
        (
            b"a: 1\n" * 60,
            TOO_MANY,
        ),
    ],
)
def test_bytes(data: bytes, expected: str) -> None:
    """What cannot be written down as an example."""
    with pytest.raises(Faults) as caught:
        read(data, "f")

    assert line(caught.value.diagnostics[-1], "en") == expected


def test_no_cases() -> None:
    """Nothing asked is a mistake, not an empty answer."""
    with pytest.raises(Faults, match=r"^-: there is no case to look at; "):
        answer([], ("subsidy",), TODAY)


def test_a_check_that_warns(tmp_path: Path) -> None:
    """It is told with the answer, in the pack's own words, at the fact it looks at."""
    example = Example.of("words-missing").good
    check = "checks: [{require: {of: cattle, at_most: 9_000 head}, level: warning, vi: A., en: B.}]"
    pack, case = tmp_path / "example.yaml", tmp_path / "case.yaml"
    pack.write_text(f"{example}{check}\n", encoding="utf-8")
    case.write_text(f"pack: {pack}\nfacts:\n  cattle: 9_001\n", encoding="utf-8")

    [found] = answer([read_case(read_file(case)[0], "case.yaml")], ("subsidy",), TODAY)

    assert [line(each, "en") for each in found.warnings] == ["case.yaml:3:3: B"]


def test_files(tmp_path: Path) -> None:
    """What is wrong with a file as a whole is said of the file."""
    said = []
    for name in ("none.yaml", "", "a\0"):
        with pytest.raises(Faults) as caught:
            read_file(f"{tmp_path}/{name}", name or "folder")
        said += [line(each, "vi") for each in caught.value.diagnostics]

    assert said == [
        "none.yaml: không có tệp này; xem lại đường dẫn",
        "folder: đây là một thư mục, không phải một tệp; nêu tên một tệp trong đó",
        "a\0: không đọc được tệp này: embedded null byte; xem lại đường dẫn",
    ]


# ---- the registers


def test_an_entry_stands_once() -> None:
    """In one of the files that the registers are joined from."""
    assert sum(len(part.CODES) for part in PARTS) == len(CODES)
    assert sum(len(part.REMEDIES) for part in PARTS) == len(REMEDIES)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_a_part_has_the_remedies_of_its_codes(part: ModuleType) -> None:
    """What a reader of an entry looks for next is in the same file."""
    assert [c.remedy for c in part.CODES.values() if c.remedy not in {None, *part.REMEDIES}] == []


def _fields(template: str) -> set[tuple[str, str]]:
    parsed = string.Formatter().parse(template)
    return {(name, spec or "") for _, name, spec, _ in parsed if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_the_same_in_both_languages(code: str) -> None:
    """One line, small start, no full stop, the same facts, and a remedy that exists."""
    vi, en, remedy, _ = CODES[code]

    for sentence in (vi, en):
        assert sentence
        assert sentence == sentence.strip().removesuffix(".")
        assert "\n" not in sentence
        assert sentence[0] == sentence[0].lower() or sentence.startswith("YAML")
        assert sentence.count("`") % 2 == 0
    assert code.startswith("check-") or _fields(vi) == _fields(en)
    assert remedy is None or remedy in REMEDIES


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_remedy_says_the_same_in_both_languages(remedy: str) -> None:
    """And some code has it."""
    vi, en = REMEDIES[remedy]

    assert _fields(vi) == _fields(en)
    assert all(
        text == text.strip().removesuffix(".") and text.count("`") % 2 == 0 for text in (vi, en)
    )
    assert remedy == "near" or remedy in _remedies_used()


def _remedies_used() -> set[str]:
    root = HERE.parent
    sources = [path for top in ("engine", "cli") for path in (root / top).rglob("*.py")]
    text = "".join(path.read_text("utf-8") for path in sources if not path.name.startswith("codes"))
    usual = {code.remedy for code in CODES.values() if code.remedy}
    return usual | {remedy for remedy in REMEDIES if f'"{remedy}"' in text}


def test_no_sentence_names_a_class() -> None:
    """A reader of errors need not know Python."""
    words = ("pydantic", "str", "dict", "int", "NoneType", "Traceback", "tuple", "Exception")
    texts = [text for code in CODES.values() for text in code[:2]]
    texts += [
        text for register in (REMEDIES, TERMS, FORMS) for each in register.values() for text in each
    ]

    assert [text for text in texts for word in words if f" {word} " in f" {text} "] == []


# ---- diagnostics


A = Mark("a.yaml", 7, 3)


def test_where() -> None:
    """A whole file, a whole line, a place."""
    assert str(Mark("a.yaml")) == "a.yaml"
    assert str(Mark("a.yaml", 7)) == "a.yaml:7"
    assert str(A) == "a.yaml:7:3"


def test_a_remedy_can_be_chosen() -> None:
    """Told, it stands; else a near name; else the usual one."""
    usual = problem("name-unknown", A, name="x", near=None)
    close = problem("name-unknown", A, name="catle", near="cattle")
    told = problem("name-unknown", A, "rename", name="catle", near="cattle")

    assert [each.remedy for each in (usual, close, told)] == ["define-name", "near", "rename"]
    assert "near" not in usual.facts


def test_json() -> None:
    """The object of `--format json`, in the language asked for."""
    found = problem("name-unknown", A, name="catle", near="cattle")

    assert as_json(found) == {
        "error": {
            "code": "name-unknown",
            "where": "a.yaml:7:3",
            "message": "nothing is called `catle`",
            "remedy": "did you mean `cattle`?",
        }
    }
    assert as_json(found, "vi")["error"]["message"] == "không có gì tên là `catle`"


def test_a_warning_has_no_remedy() -> None:
    """The pack's own words say it all."""
    found = problem("check-warned", A, vi="Có lẽ nhầm.", en="Perhaps a slip.")

    assert line(found, "en") == "a.yaml:7:3: Perhaps a slip."
    assert as_json(found)["error"]["remedy"] is None
    assert (found.level, problem("name-unknown", A, name="x").level) == (
        "warning",
        "error",
    )


@given(st.text(max_size=300))
def test_a_line_is_one_line(word: str) -> None:
    """Law: whatever the user wrote, a fault is one line of bounded length that can be printed."""
    said = line(problem("name-unknown", A, name=word), "en")

    assert said.isprintable()
    assert len(said) < 250


def test_a_ring_is_never_cut() -> None:
    """Every name of a circle is shown, however long it is."""
    ring = " → ".join(f"`name_{number}` (a.yaml:{number}:1)" for number in range(40))

    assert ring in line(problem("circle", A, ring=ring), "vi")


def test_faults_stand_in_order() -> None:
    """By file as they came, then by place; the same fault once."""
    marks = [Mark("b", 9, 1), Mark("a", 2, 5), Mark("b", 1, 1), Mark("a", 2, 1), Mark("b", 9, 1)]
    faults = Faults(problem("name-unknown", mark, name="x") for mark in marks)

    assert [str(each.mark) for each in faults.diagnostics] == ["b:1:1", "b:9:1", "a:2:1", "a:2:5"]
    assert str(faults).startswith("b:1:1: nothing is called `x`; ")
    assert pickle.loads(pickle.dumps(faults)).diagnostics == faults.diagnostics


# ---- near


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("catle", ["horses", "cattle"], "cattle"),
        ("catttle", ["cattle"], "cattle"),
        ("unti", ["unit"], "unit"),  # a swap is one slip
        ("smu", ["sum"], "sum"),
        ("livestcok", ["livestock", "live_stock"], "livestock"),
        ("sows", ["sow", "sows_kept"], "sow"),
        ("cattle", [], None),
        ("goats", ["cattle", "horses"], None),
        ("ha", ["t", "kg", "h"], None),  # half the word
        ("abcd", ["abxy"], None),
        ("hectares", ["hectolitres"], None),  # three off
        ("", ["a"], None),
        ("x" * 1000, ["x" * 999], None),
        ("số bò", ["số bo"], "số bo"),
    ],
)
def test_near(word: str, candidates: list[str], expected: str | None) -> None:
    """A suggestion is made only where it is likely."""
    assert near(word, candidates) == expected


WORDS = st.text("abc", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_what_is_near_is_near(word: str, candidates: list[Any]) -> None:
    """Law: less than 3 off and less than half the word; and nothing nearer was passed over."""
    found = near(word, candidates)
    off = {candidate: _slow_distance(word, candidate) for candidate in candidates}
    close = {each: n for each, n in off.items() if n < 3 and 2 * n < len(word)}

    assert (found is None) is (not close)
    assert found is None or close[found] == min(close.values())


def _slow_distance(a: str, b: str) -> int:
    """The definition itself, by recursion."""
    if not a or not b:
        return len(a) + len(b)
    best = min(
        _slow_distance_of(a[:-1], b) + 1,
        _slow_distance_of(a, b[:-1]) + 1,
        _slow_distance_of(a[:-1], b[:-1]) + (a[-1] != b[-1]),
    )
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
        best = min(best, _slow_distance_of(a[:-2], b[:-2]) + 1)
    return best


_KNOWN: dict[tuple[str, str], int] = {}


def _slow_distance_of(a: str, b: str) -> int:
    if (a, b) not in _KNOWN:
        _KNOWN[a, b] = _slow_distance(a, b)
    return _KNOWN[a, b]
