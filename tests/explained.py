"""What tests of explanations and records begin with: graphs of packs, and examples as decided."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from tieuchi.engine.case import Case
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.compile import compile_pack as compile_packs
from tieuchi.engine.decision import Decision, Given, decide
from tieuchi.engine.explanation import Explanation, Item, explain
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Value
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.pack import read_pack
from tieuchi.engine.source import read
from tieuchi.engine.trees import pack_files

ROOT = Path(__file__).parents[1]
DAY = date(2023, 5, 31)
SHIPPED = sorted(pack_files())
EXAMPLES = sorted(str(path) for path in (ROOT / "examples").rglob("*.yaml"))
HEAD = """
pack: test
kind: standard
cite: {vi: Văn bản thử, en: Test act}
title: {vi: Văn bản thử, en: Test act}
verdict: {all: ["1"], about: {vi: điều kiện thử, en: the test condition}}
sources: {gazette: {title: {vi: Công báo, en: Gazette}, grade: A}}
source: gazette
grade: A
"""


@cache
def graph_of(name: str, as_of: date = DAY) -> Graph:
    """The graph of a pack that ships."""
    return compile_pack(load_pack(name), as_of)


def written(text: str) -> Graph:
    """The graph of a pack whose facts and provisions are these."""
    pack = read_pack(read(HEAD + text, "test.yaml")[0], "test.yaml", "sha256:0")
    return compile_packs({"test": pack}, DAY)


def decided(pack: str, as_of: date = DAY, /, **given: Value) -> Decision:
    """The decision of a pack that ships on facts in the graph's integers."""
    return decide(graph_of(pack, as_of), Given(given))


def cases(path: str) -> list[Case]:
    """The cases of a file."""
    return load_cases([path])


def example(name: str, number: int = 0) -> Case:
    """One case of an example."""
    return cases(str(ROOT / "examples" / name))[number]


def told(case: Case, lang: str = "vi") -> tuple[Explanation, Decision]:
    """The explanation of a case that names one pack, and what it explains."""
    assert case.as_of is not None
    graph = graph_of(str(case.packs[0]), date.fromordinal(case.as_of))
    given, notices = read_given(graph, case)
    decision = decide(graph, given)
    return explain(decision, case, lang=lang, notices=notices), decision


def examples(path: str, lang: str) -> Iterator[Explanation]:
    """The explanations of the cases of a file."""
    for case in cases(path):
        yield told(case, lang)[0]


def answered(text: str, tmp_path: Path, lang: str = "vi") -> tuple[Explanation, Decision]:
    """The explanation of a case written as a file, of the one pack that it names."""
    file = tmp_path / "case.yaml"
    file.write_text(text, "utf-8")
    return told(cases(str(file))[0], lang)


def stated(pack: str, lang: str = "vi", day: str = "2023-05-31", /, **given: Value) -> Explanation:
    """The explanation of facts in the graph's integers."""
    return explain(decided(pack, date.fromisoformat(day), **given), lang=lang)


def every(items: tuple[Item, ...]) -> list[Item]:
    """All items, parents first."""
    return [each for item in items for each in (item, *every(item.items))]


def item(of: Explanation, name: str) -> Item:
    """The item of a provision."""
    return next(each for each in every(of.items) if each.id == name)


def section(of: Explanation, kind: str) -> str:
    """The text of a section, "" where it is left out."""
    found = [each for each in of.sections if each.kind == kind]
    return "\n".join(remark.text for each in found for remark in each.remarks).replace(
        "\u00a0", " "
    )


def shown(of: Explanation) -> str:
    """All of it on long lines, spaces as they are seen."""
    return of.text(100)
