"""`pack fmt`: one form, nothing lost. What is said stays the same, and so does every comment.

Laws, over the packs that ship, the examples of the language and documents of any shape, with
comments strewn over them: writing twice is writing once; the same words come out of the loader;
each comment is there once.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import run
from hypothesis import assume, given
from hypothesis import strategies as st
from packs import DAY, FILES, SHIPPED, compiled, texts
from test_rules_readme import EXAMPLES

from tieuchi.engine import canonical
from tieuchi.engine.canonical import formatted
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.source import Map, Seq, read

ALONE = [text for text in EXAMPLES if "chan-nuoi-2020/" not in text]
TESTS = [path.with_suffix(".test.yaml").read_text("utf-8") for path in FILES.values()]


def words(node: Any) -> Any:
    """A document as plain data: keys of a map in any order, words as the loader has them."""
    if isinstance(node, Map):
        return {str(key): words(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [words(each) for each in node]
    return str(node), node.plain and node in ("", "~", "null")


def said(text: str) -> list[Any]:
    """What a file says."""
    return [words(document) for document in read(text, "f")]


# ---- what ships


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_in_the_canonical_form(name: str) -> None:
    """Packs and tests; `tieuchi pack fmt rules` writes them anew."""
    for path in (FILES[name], FILES[name].with_suffix(".test.yaml")):
        text = path.read_text("utf-8")

        assert formatted(text, str(path)) == text


def _messy(text: str) -> str:
    """The same document as another program would write it, keys backwards."""

    def turned(node: Any) -> Any:
        if isinstance(node, Map):
            held = {str(key): turned(value) for key, value in node.items()}
            models = {"vi", "pack", "of"} & held.keys()
            return dict(reversed(held.items())) if models else held
        return [turned(each) for each in node] if isinstance(node, Seq) else str(node)

    return yaml.safe_dump(turned(read(text, "f")[0]), allow_unicode=True, sort_keys=False, width=70)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_written_otherwise_is_the_same_pack(name: str) -> None:
    """Its graph does not change, and its keys come back into order."""
    own, *used = texts(name)
    anew = formatted(_messy(own), "f")

    assert _graph(anew, *used) == _graph(own, *used)
    assert list(yaml.safe_load(anew)) == list(yaml.safe_load(own))
    assert said(anew) == said(own)


def _graph(*written: str) -> Any:
    graph = compiled(*written, as_of=DAY)
    return graph._replace(parts=tuple(part._replace(digest="") for part in graph.parts))


# ---- laws


@st.composite
def commented(draw: st.DrawFn, text: str) -> tuple[str, list[str]]:
    """A text with comments strewn over it, each called otherwise; never into a word of it."""
    lines, marks = text.splitlines(), []
    for number in range(draw(st.integers(1, 8))):
        mark = f"#{number}, [it's: {{a}}"
        at = draw(st.integers(0, len(lines)))
        tried = list(lines)
        if draw(st.booleans()) and at < len(lines):
            tried[at] += f"  {mark}"
        else:
            near = lines[min(at, len(lines) - 1)]
            indent = draw(st.sampled_from([0, 2, 4, 8, len(near) - len(near.lstrip())]))
            tried[at:at] = [*[""] * draw(st.integers(0, 2)), " " * indent + mark]
        try:
            if said("\n".join(tried)) != said("\n".join(lines)):
                continue
        except Faults:
            continue
        lines = tried
        marks.append(mark)
    assume(marks)
    return "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n"])), marks


def _holds(text: str, marks: list[str], file: str = "f") -> str:
    """The laws of one text; what it is written as."""
    once = formatted(text, file)

    assert formatted(once, file) == once
    assert said(once) == said(text)
    found = Counter(re.findall(r"#\d+, \[it's: \{a\}", once))
    assert found == Counter(marks)
    assert not [line for line in once.split("\n") if line != line.rstrip() and "\\" not in line]
    return once


@given(st.data())
def test_comments_in_packs_stay(data: st.DataObject) -> None:
    """Law: a pack with comments anywhere compiles to the same graph, and keeps each of them."""
    text, marks = data.draw(st.sampled_from(ALONE).flatmap(commented))

    assert _graph(_holds(text, marks)) == _graph(text)


@given(st.data())
def test_comments_in_what_ships_stay(data: st.DataObject) -> None:
    """Law: so do those of the packs that ship, and of their tests."""
    texts_ = [FILES[name].read_text("utf-8") for name in SHIPPED]

    _holds(*data.draw(st.sampled_from([*texts_, *TESTS]).flatmap(commented)))


KEYED = re.compile(r'( *)("?[\w.%-]+"?):')


@given(st.data())
def test_a_comment_stays_at_its_key(data: st.DataObject) -> None:
    """Law: above the same key, or beside it, wherever that key goes."""
    text = data.draw(st.sampled_from([*ALONE, *TESTS]))
    lines = _messy(text).splitlines() if data.draw(st.booleans()) else text.splitlines()
    keyed = [at for at, line in enumerate(lines) if at and KEYED.match(line)]
    at = data.draw(st.sampled_from(keyed))
    indent, key = KEYED.findall(lines[at])[0]
    alone = data.draw(st.booleans())
    tried = [*lines]
    if alone:
        tried[at:at] = [f"{indent}#mark"]
    else:
        tried[at] += "  #mark"
    assume(_says_the_same(tried, lines))

    anew = formatted("\n".join(tried), "f").splitlines()

    [found] = [n for n, line in enumerate(anew) if line.endswith("#mark")]
    line = anew[found + alone].lstrip(" -{")
    assert line.replace("'", "").replace('"', "").startswith(key.strip("\"'") + ":")


def _says_the_same(tried: list[str], lines: list[str]) -> bool:
    """Whether a comment was put where it is one: not within a text of several lines, say."""
    try:
        return said("\n".join(tried)) == said("\n".join(lines))
    except Faults:
        return False


AWKWARD = st.sampled_from(
    ["[a", "", "1", "1_000", "yes", "~", "null", "<<", "a: b", "a #b", "#a", "- a", "-", "? a",
     "a,b",
     "it's", 'say "x"', "back\\slash", "a\nb", "a\nb\n", " a", "a ", "a  b", "…", "“”", "a\u00a0b",
     "\u2028", "\t", "a\tb", "@a", "`a", "%a", "a:", ":a", "---", "...", "2023-05-31", "12:30:45",
     "x" * 120, "từ 50 con " * 15, "e\u0302", "😀", "\x85", "a\n\n b", "=", "0x1F", "1e5", "!a"]
)  # fmt: skip
TEXTS = AWKWARD | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
KEYS = TEXTS | st.sampled_from(["vi", "en", "pack", "kind", "facts", "all", "require", "of", "sum"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(KEYS, TREES, min_size=1, max_size=5),
    st.sampled_from([True, False, None]),
    st.sampled_from(["", "'", '"', "|", ">"]),
    st.sampled_from([20, 80, 2000]),
    st.data(),
)
def test_any_document_keeps_what_it_says(
    tree: dict[str, Any], flow: bool | None, style: str, width: int, data: st.DataObject
) -> None:
    """Law: whatever words stand in it, in whatever style, with whatever comments."""
    text = yaml.safe_dump(
        tree, default_flow_style=flow, default_style=style or None, width=width,
        allow_unicode=True, sort_keys=False,
    )  # fmt: skip
    text = re.sub(r"!!?\S+ ?", "", text) if style and "!" not in str(tree) else text
    try:
        read(text, "f")
    except Faults:
        assume(False)

    _holds(*data.draw(commented(text)))


# ---- places

PLACES = {
    "above, beside, under a key, in a list and at the end of a map; it goes where its key goes": (
        """\
pack: a
# of the kind
kind: plan # beside
cite: # the head
  # inner
  en: A
  vi: B
  # at the end
title: {vi: T, # first
  en: U}
""",
        """\
pack: a
# of the kind
kind: plan  # beside
cite:  # the head
  vi: B
  # inner
  en: A
  # at the end
title:
  vi: T  # first
  en: U
""",
    ),
    "the head of a file stays its head, whatever key comes first": (
        "# schema\n# about\n\nkind: plan\npack: a\n",
        "# schema\n# about\n\npack: a\nkind: plan\n",
    ),
    "before and after a dash": (
        "pack: a\nlimits:\n  # 1\n  - # 2\n    en: A # 3\n    vi: B\n  # 4\n  - {vi: C, en: D}\n",
        "pack: a\nlimits:\n  # 1\n  # 2\n  - vi: B\n    en: A  # 3\n  # 4\n  - {vi: C, en: D}\n",
    ),
    "one empty line of several, none within a line": (
        "pack: a\n\n\nkind: plan\nuse: {b: c,\n\n  d: e}\n",
        "pack: a\n\nkind: plan\nuse: {b: c, d: e}\n",
    ),
    "at the head of a text over several lines": ("a: >- # x\n  b\n# y\n", "a: b  # x\n# y\n"),
    "between documents": ("a: 1\n# end\n---\n# head\nb: 2\n",) * 2,
    "quotes where they are needed": (
        'a: "b"\nc: \'1\'\nd: "e: f"\ng: {h: \'i, j\'}\nk: "it\'s: x"\n',
        "a: b\nc: \"1\"\nd: 'e: f'\ng: {h: 'i, j'}\nk: \"it's: x\"\n",
    ),
    "beside words that end in a comma": ("a:\n- b, # of b\n- c\n", "a:\n  - b,  # of b\n  - c\n"),
    "as other systems write files": ("\ufeffa: 1\r\n# b\r\nc: 2\r\n", "a: 1\n# b\nc: 2\n"),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_where_things_go(text: str, expected: str) -> None:
    """Every comment with what it is about."""
    written = formatted(text, "f")

    assert written == expected
    assert formatted(written, "f") == written


def test_what_is_long_has_lines_of_its_own() -> None:
    """A line holds 100 characters where it can; a text is never broken."""
    short = "provisions:\n  '1': {require: {of: cattle, at_least: 50 head}, vi: bò}\n"
    long = short.replace("cattle", "cattle_" * 8)

    assert formatted(short, "f") == (
        'provisions:\n  "1": {vi: bò, require: {of: cattle, at_least: 50 head}}\n'
    )
    assert formatted(long, "f") == (
        'provisions:\n  "1":\n    vi: bò\n'
        f"    require: {{of: {'cattle_' * 8}, at_least: 50 head}}\n"
    )
    assert formatted(f"a: {'b ' * 80}", "f") == f"a: {('b ' * 80).strip()}\n"


def test_the_words_of_the_law_have_a_line_of_their_own() -> None:
    """However short the provision is."""
    text = "provisions: {'1': {cite: {vi: A, en: B}, require: {of: a, at_least: 1}, quote: c}}"

    assert formatted(text, "f") == (
        'provisions:\n  "1":\n    cite: {vi: A, en: B}\n    quote: c\n'
        "    require: {of: a, at_least: 1}\n"
    )


# ---- the command

GOOD, BAD = "pack: a\nkind: plan\n", "kind: plan # x\npack: 'a'\n"
MADE = "pack: a\nkind: plan  # x\n"


def test_the_command_writes_what_is_not_in_form(tmp_path: Path) -> None:
    """Files named, and folders for the packs and tests in them."""
    for name, text in (("a.yaml", BAD), ("b.yaml", GOOD), ("case.yaml", "pack: a\nfacts:  {}\n")):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.yaml").write_text(BAD, "utf-8")
    (tmp_path / "a.yaml").chmod(0o640)

    run("pack", "fmt", "--check", at=tmp_path).gives(
        1,
        out="a.yaml: not in the canonical form; run `tieuchi pack fmt`\n"
        "1 of 2 files are in the canonical form\n",
    )
    assert (tmp_path / "a.yaml").read_text("utf-8") == BAD
    run("pack", "fmt", ".", at=tmp_path).gives(
        0, out="a.yaml: written anew\n2 of 2 files are in the canonical form\n"
    )
    run("pack", "fmt", "--check", "a.yaml", "b.yaml", at=tmp_path).gives(
        0, out="2 of 2 files are in the canonical form\n"
    )
    assert (tmp_path / "a.yaml").read_text("utf-8") == MADE
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".hidden",
        "a.yaml",
        "b.yaml",
        "case.yaml",
    ]


def test_from_standard_input() -> None:
    """To standard output, and nothing else."""
    run("pack", "fmt", "-", stdin=BAD.encode()).gives(0, out=MADE)
    run("pack", "fmt", "-", "--check", stdin=BAD.encode()).gives(
        1, out="-: not in the canonical form; run `tieuchi pack fmt`\n"
    )


def test_what_cannot_be_read_is_2_and_nothing_is_written(tmp_path: Path) -> None:
    """All inputs are read before the first file is written."""
    (tmp_path / "a.yaml").write_text(BAD, "utf-8")
    (tmp_path / "b.yaml").write_text("pack: a\npack: b\nkind: &x plan\n", "utf-8")

    run("pack", "fmt", "a.yaml", "b.yaml", "c.yaml", at=tmp_path).gives(
        2,
        err="b.yaml:2:1: `pack` stands twice, first in line 1; keep one\n"
        "b.yaml:3:7: `&x` is an anchor, which is not used here; "
        "remove it, or put a text in quotes\n"
        "c.yaml: there is no such file; check the path\n",
    )
    assert (tmp_path / "a.yaml").read_text("utf-8") == BAD


def test_a_text_that_would_say_something_else_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours costs nobody a word."""
    (tmp_path / "a.yaml").write_text(BAD, "utf-8")
    monkeypatch.setattr(canonical, "scalar_text", lambda *_, **__: "x")

    ran = run("pack", "fmt", "a.yaml", at=tmp_path)

    assert (ran.code, ran.out) == (70, "")
    assert "`a.yaml` would not say the same written anew, so no file was written" in ran.err
    assert (tmp_path / "a.yaml").read_text("utf-8") == BAD
