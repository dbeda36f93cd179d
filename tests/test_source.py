"""The reader of YAML: what stands in the file comes back as it stands, and nothing else does."""

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine import source
from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.source import DEPTH, LIMIT, MOST_FAULTS, Map, Seq, Text, mark, read, read_file


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two parsers; the second is for a PyYAML that was built without libyaml."""
    if request.param == "python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    return str(request.param)


def faults(data: bytes | str) -> list[str]:
    """The English lines of what is wrong, without the name of the file."""
    with pytest.raises(Faults) as caught:
        read(data, "f")
    return [line(each, "en").removeprefix("f:") for each in caught.value.diagnostics]


def codes(data: bytes | str) -> list[tuple[str, int, int]]:
    """The codes and places of what is wrong."""
    with pytest.raises(Faults) as caught:
        read(data, "f")
    return [(each.code, each.mark.line, each.mark.column) for each in caught.value.diagnostics]


# ---- what is read


@pytest.mark.usefixtures("parser")
def test_every_scalar_is_text() -> None:
    """No Norway, no octal, no sexagesimal, no float: 1.10 keeps its nought."""
    words = ["no", "1.10", "012", "1e3", "12:30", "null", "~", "true", "2023-05-31", ".nan", "0x1F"]
    text = "".join(f"- {word}\n" for word in words)

    [document] = read(f"a:\n{text}", "f")

    assert document == {"a": words}
    assert {type(each) for each in document["a"]} == {Text}


@pytest.mark.usefixtures("parser")
def test_every_node_knows_where_it_stands() -> None:
    """Lines and columns count from 1, in characters, for keys, scalars, maps and lists."""
    [document] = read("số bò: 38\nb:\n  c: [x, {d: y}]\n", "f.yaml")
    first, second = document.key("số bò"), document.key("b")
    inner = document["b"]["c"]

    assert (first.line, first.column) == (1, 1)
    assert mark(document["số bò"], "f.yaml") == ("f.yaml", 1, 8)
    assert (second.line, second.column) == (2, 1)
    assert (document["b"].line, document["b"].column) == (3, 3)
    assert (inner.line, inner.column, type(inner)) == (3, 6, Seq)
    assert (inner[1].line, inner[1].column, type(inner[1])) == (3, 10, Map)
    assert (inner[1]["d"].line, inner[1]["d"].column) == (3, 14)


@pytest.mark.usefixtures("parser")
def test_quoted_and_plain_are_told_apart() -> None:
    """`'no'` in quotes is not the plain word `no`, and an empty value is plain."""
    [document] = read("a: no\nb: 'no'\nc: \"no\"\nd: |\n  no\ne:\nf: ''\n", "f")

    plain = {key: value.plain for key, value in document.items()}

    assert plain == {"a": True, "b": False, "c": False, "d": False, "e": True, "f": False}
    assert document["e"] == document["f"] == ""


@pytest.mark.usefixtures("parser")
def test_decomposed_text_is_the_same_name() -> None:
    """NFC and NFD are one, in keys, in values, and so in duplicates."""
    word = "Xã Bình Trung"
    decomposed = unicodedata.normalize("NFD", word)

    assert read(f"{decomposed}: {decomposed}\n", "f") == [{word: word}]
    assert codes(f"{word}: 1\n{decomposed}: 2\n") == [("duplicate-key", 2, 1)]


@pytest.mark.usefixtures("parser")
def test_several_documents() -> None:
    """A file may hold several, and places go on counting."""
    first, second = read("a: 1\n---\nb: 2\n...\n", "f")

    assert (first, second) == ({"a": "1"}, {"b": "2"})
    assert (second.line, second.column) == (3, 1)


@pytest.mark.parametrize("start", ["\ufeff", ""])
def test_bytes_and_text_read_alike(start: str) -> None:
    """A mark of byte order at the start is no part of the text."""
    text = f"{start}a: số\r\nb: [1, 2]\r\n"

    assert read(text.encode(), "f") == read(text, "f") == [{"a": "số", "b": ["1", "2"]}]
    assert next(iter(read(text, "f")[0])).column == 1


def test_text_is_text() -> None:
    """Text behaves as the string it is, also where no file made it."""
    text = Text("cattle")

    assert (text, text.line, text.column, text.plain) == ("cattle", 0, 0, True)
    assert {"cattle": 1}[text] == 1


SCALARS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(SCALARS.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=25,
)


@given(st.dictionaries(SCALARS.filter(lambda key: key != "<<"), TREES, max_size=4), st.booleans())
def test_what_is_dumped_reads_back(tree: dict[str, Any], flow: bool) -> None:
    """Law: reading is the inverse of writing, in block and in flow style."""
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, default_style='"')
    text = text.replace("!!null ", "")

    assert read(text, "f") == [tree]


@given(st.dictionaries(SCALARS.filter(lambda key: key != "<<"), TREES, max_size=4))
def test_a_key_stands_where_its_mark_says(tree: dict[str, Any]) -> None:
    """Law: at the place of a node the file has that node."""
    text = yaml.safe_dump(tree, allow_unicode=True, default_style="'", width=10_000)
    lines = text.split("\n")

    for node in _nodes(read(text, "f")[0]):
        assert lines[node.line - 1][node.column - 1] in "'\""  # \" where a letter has to be escaped


def _nodes(node: Any) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Map):
        for key, value in node.items():
            yield key
            yield from _nodes(value)
    else:
        for each in node:
            yield from _nodes(each)


# ---- what is refused


@pytest.mark.usefixtures("parser")
def test_all_duplicates_of_a_file_are_told() -> None:
    """Not the first alone, and each with the line of the one before it."""
    assert faults("a: 1\nb: {c: 1, c: 2}\na: 3\n---\na: 1\n'a': 2\n") == [
        "2:11: `c` stands twice, first in line 2; keep one",
        "3:1: `a` stands twice, first in line 1; keep one",
        "6:1: `a` stands twice, first in line 5; keep one",
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: *b\n", "yaml-alias", (1, 4)),
        ("*b : 1\n", "yaml-alias", (1, 1)),
        ("a: **bold**\n", "yaml-alias", (1, 4)),
        ("a: &b 1\n", "yaml-anchor", (1, 4)),
        ("a: &b [1]\n", "yaml-anchor", (1, 4)),
        ("a: & b\n", "yaml-anchor", (1, 4)),
        ("a: !!python/object:os.system x\n", "yaml-tag", (1, 4)),
        ("a: !!str x\n", "yaml-tag", (1, 4)),
        ("a: ! x\n", "yaml-tag", (1, 4)),
        ("a: !x {b: 1}\n", "yaml-tag", (1, 4)),
        ("a: !x!y z\n", "yaml-tag", (1, 4)),
        ("a: {<<: {b: 1}}\n", "yaml-merge", (1, 5)),
        ("? [a]\n: b\n", "yaml-key", (1, 3)),
        ("{{a: b}: c}\n", "yaml-key", (1, 2)),
        ("\ta: 1\n", "yaml-tab", (1, 1)),
        ("a:\n\tb: 1\n", "yaml-tab", (2, 1)),
        ("a: @b\n", "yaml-character", (1, 4)),
        ("a: `b`\n", "yaml-character", (1, 4)),
        ("a: %b\n", "yaml-character", (1, 4)),
        ("a: b: c\n", "yaml-colon", (1, 5)),
        ("a: 1\n b: 2\n", "yaml-colon", (2, 3)),
        ("a: 1\nb\n", "yaml-no-colon", (2, 1)),
        ("a: 'b\nc: 1\n", "yaml-quote-open", (1, 4)),
        ('a: "\n---\n"', "yaml-quote-open", (1, 4)),
        ("a: [1, 2\nb: 3\n", "yaml-bracket", (1, 4)),
        ("a: {b: 1", "yaml-bracket", (1, 4)),
        ("a: {b: c: d}\n", "yaml-bracket", (1, 4)),
        ('a: "\\q"\n', "yaml-escape", None),
        ('a: "\\xZZ"\n', "yaml-escape", None),
        ("a:\n  b: 1\n c: 2\n", "yaml-indent", (3, 2)),
        ("- a\nb: 1\n", "yaml-indent", (2, 1)),
        ("a: 'b' c\n", "yaml-indent", (1, 8)),
        ("a: - b\n", "yaml-indent", (1, 4)),
        ("a: }\n", "yaml-indent", (1, 4)),
        ("%YAML 3.0\n---\na: 1\n", "yaml-syntax", (1, 1)),
        ("a: 1\n...\nb: 2\n", "yaml-syntax", (3, 1)),
        ("a: x\x00y\n", "file-character", (1, 5)),
        ("a: số\nb: \x1b[31m\n", "file-character", (2, 4)),
        ("a: \ud800\n", "file-character", (1, 4)),
        ("", "file-empty", (0, 0)),
        ("  # nothing but a remark\n", "file-empty", (0, 0)),
        ("---\n", "document-empty", None),
        ("a: 1\n---\n---\nb: 1\n", "document-empty", None),
        ("38\n", "document-not-map", (1, 1)),
        ("''\n", "document-not-map", (1, 1)),
        ("- a\n- b: 1\n", "document-not-map", (1, 1)),
    ],
)
def test_what_is_no_plain_data(text: str, code: str, place: tuple[int, int] | None) -> None:
    """Each has its code and its place, whichever parser PyYAML was built with."""
    with pytest.raises(Faults) as caught:
        read(text, "f")
    [fault] = [each for each in caught.value.diagnostics if each.code != "document-not-map"] or (
        caught.value.diagnostics
    )

    assert fault.code == code
    assert place is None or (fault.mark.line, fault.mark.column) == place


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff\xfea\x00", (1, 1)),
        (b"a: 1\nb: caf\xe9\n", (2, 7)),
        ("số: ".encode() + b"\x80", (1, 5)),
        (b"\xef\xbb\xbfa: \x80", (1, 4)),
        (b"\x89PNG\r\n\x1a\n", (1, 1)),
    ],
)
def test_bytes_that_are_no_text(data: bytes, place: tuple[int, int]) -> None:
    """The place is counted in characters up to the first byte that is none."""
    assert codes(data) == [("file-not-utf8", *place)]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("opening", "code"),
    [("[", "yaml-deep"), ("{a: ", "yaml-deep"), ("- ", "yaml-deep"), ("? ", "yaml-key")],
)
def test_twenty_thousand_levels(opening: str, code: str) -> None:
    """Neither the stack nor the memory is used up: reading stops at the limit."""
    assert codes(opening * 20_000)[-1][0] == code


@pytest.mark.usefixtures("parser")
def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit itself is within."""
    text = "".join(f"{' ' * level}a:\n" for level in range(DEPTH))

    assert len(read(text, "f")) == 1
    assert codes(f"{text}{' ' * DEPTH}a:\n") == [("yaml-deep", DEPTH + 1, DEPTH + 1)]


def test_an_alias_bomb_is_not_unfolded() -> None:
    """Each alias is told at its place, and nothing is shared or copied."""
    start = "a: &a [x,x]\n"
    bomb = "".join(f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True))

    assert {code for code, *_ in codes(start + bomb)} == {"yaml-anchor", "yaml-alias"}


def test_after_many_faults_the_rest_is_left() -> None:
    """A hundred thousand duplicates are not a hundred thousand lines."""
    lines = faults("a: 1\n" * 100_000)

    assert len(lines) == MOST_FAULTS + 1
    assert lines[-1] == (
        "51:1: there are 50 mistakes so far; the rest has not been looked at; "
        "mend those above first"
    )


def test_faults_before_bad_syntax_are_told_too() -> None:
    """What was found before the parser gave up is not lost."""
    assert [code for code, *_ in codes("a: 1\na: 2\nb: [\n")] == ["duplicate-key", "yaml-bracket"]


def test_a_million_digits_are_read_as_they_are() -> None:
    """How long a number may be is not the reader's business."""
    [document] = read(f"a: {'9' * 1_000_000}\n", "f")

    assert len(document["a"]) == 1_000_000


# ---- files


def test_a_file(tmp_path: Path) -> None:
    """Its faults carry the name it was given by, or the one it is to be shown as."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")

    with pytest.raises(Faults, match=r"/a\.yaml:2:1: `a` stands twice"):
        read_file(path)
    with pytest.raises(Faults, match=r"^shown:2:1: "):
        read_file(str(path), "shown")
    path.write_text("a: 1\n", encoding="utf-8")

    assert read_file(path) == [{"a": "1"}]


def file_code(path: Path | str) -> str:
    """The code of what is wrong with a file as a whole."""
    with pytest.raises(Faults) as caught:
        read_file(path)
    [fault] = caught.value.diagnostics
    assert fault.mark[1:] == (0, 0)
    return fault.code


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, a folder, a name that can be none, no permission."""
    assert file_code(tmp_path / "none.yaml") == "file-missing"
    assert file_code(tmp_path) == "file-folder"
    assert file_code("a\0b") == "file-unreadable"
    assert file_code(tmp_path / ("a" * 300)) == "file-unreadable"

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(source, "open", refuse, raising=False)
    assert file_code(tmp_path / "none.yaml") == "file-denied"


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """200 MB, or no end at all, cost no more than the limit."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)

    assert file_code(path) == "file-large"
    assert codes("a" * (LIMIT + 1)) == [("file-large", 0, 0)]
    if Path("/dev/zero").exists():
        assert file_code("/dev/zero") == "file-large"


def test_reading_loads_nothing_heavy() -> None:
    """The way of every `check` goes through here."""
    heavy = {"pathlib", "dataclasses", "inspect", "json", "decimal", "fractions", "pydantic"}
    program = (
        "import sys; before = {*sys.modules}; import tieuchi.engine.source;"
        f"print(sorted({heavy!r} & {{*sys.modules}} - before))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
