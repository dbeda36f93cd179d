"""Packs for tests: those that ship, and those of a test; cases in the oracle's words."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from textwrap import dedent
from typing import Any

from tieuchi.engine.compile import compile_pack
from tieuchi.engine.decision import Given, decide
from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Amount, Definition, Fact, Graph
from tieuchi.engine.kernel import Value
from tieuchi.engine.pack import Pack, read_pack
from tieuchi.engine.source import read
from tieuchi.engine.trees import pack_files
from tieuchi.engine.truth import MET, possible

DAY = date(2023, 5, 31)
DAYS = {"ocop-2026": date(2026, 6, 1)}  # of packs that are not in force on it
FILES = pack_files()
SHIPPED = sorted(FILES)
CHAIN = {  # each pack and those it uses
    "binh-trung-2023": ("binh-trung-2023", "ntm-xa-2021-2025", "tcpl-2021"),
    "ntm-xa-2021-2025": ("ntm-xa-2021-2025", "tcpl-2021"),
    "trang-trai-2020": ("trang-trai-2020", "chan-nuoi-2020"),
}


def texts(name: str) -> tuple[str, ...]:
    """The text of a pack that ships, and of those it uses."""
    return tuple(FILES[each].read_text("utf-8") for each in CHAIN.get(name, (name,)))


def pack_of(text: str, file: str = "test.yaml") -> Pack:
    """A pack from its text. Raises Faults."""
    return read_pack(read(text, file)[0], file, "sha256:0")


def compiled(*written: str, as_of: date = DAY) -> Graph:
    """The graph of a pack's text and of those it uses. Raises Faults."""
    packs = [pack_of(text, f"{i}.yaml") for i, text in enumerate(written)]
    return compile_pack({pack.id: pack for pack in packs}, as_of)


@cache
def graph_of(name: str, as_of: date = DAY) -> Graph:
    """The graph of a pack that ships."""
    return compiled(*texts(name), as_of=as_of)


def unchecked(graph: Graph) -> Graph:
    """A graph without the checks of its input, which would refuse most random cases."""
    return graph._replace(parts=tuple(part._replace(checks=()) for part in graph.parts))


def stated(fact: Fact, value: Value) -> Any:
    """A value of the engine in the oracle's words."""
    if fact.kind == "quantity":
        return Fraction(value * fact.num, fact.den)
    if fact.kind == "yes_no":
        return value == MET
    if fact.kind == "class":
        return fact.labels[value.bit_length() - 1][0]
    if fact.kind == "list":
        rows = [_member(fact.fields, row) for row in value.rows]
        return rows if value.complete else tuple(rows)
    return date.fromordinal(value) if fact.kind == "date" else value


def _member(fields: Sequence[Fact], row: Sequence[Value]) -> dict[str, Any]:
    return {
        field.id: stated(field, value)
        for field, value in zip(fields, row, strict=True)
        if _is_settled(field, value)
    }


def _is_settled(fact: Fact, value: Value) -> bool:
    return (
        value & (value - 1) == 0
        if fact.kind in ("yes_no", "class")
        else not isinstance(value, tuple)
    )


def told(graph: Graph, given: Given) -> dict[str, Any]:
    """What a case states, in the oracle's words."""
    facts = {fact.id: fact for fact in graph.facts}
    return {name: stated(facts[name], value) for name, value in given.items() if name in facts}


def asked(given: Given) -> list[str] | None:
    """The activities that a case names; None for all."""
    named = {name: value for name, value in given.items() if name.startswith("@activity/")}
    return [n.partition("/")[2] for n, v in named.items() if v == MET] if named else None


def outcomes(truth: int) -> set[str]:
    """What is possible, in the oracle's words."""
    return {str(outcome) for outcome in possible(truth)}


# ---- packs that a test writes

HEAD = """\
pack: {name}
kind: subsidy
cite: {{vi: v, en: e}}
title: {{vi: v, en: e}}
sources: {{gazette: {{title: {{vi: v, en: e}}, grade: B}}}}
source: gazette
"""


def pack_text(body: str, name: str = "a") -> str:
    """A pack of a test: what every pack has, then `body`, indented as it stands in the test.

    In it `SAID` stands for a citation and a quote, `TWO` for a text in both languages.
    """
    said = "cite: {vi: v, en: e}, quote: q"
    return HEAD.format(name=name) + dedent(body).replace("SAID", said).replace(
        "TWO", "vi: v, en: e"
    )


def faults(*written: str, as_of: date = DAY) -> list[str]:
    """What is wrong with a pack, line by line, without its file; nothing where it compiles."""
    try:
        compiled(*written, as_of=as_of)
    except Faults as found:
        return [line(each, "en").partition(".yaml:")[2] for each in found.diagnostics]
    return []


def value_of(graph: Graph, name: str, facts: Mapping[str, object]) -> Any:
    """A definition or amount of a case as people would write it: a figure, its ends, or labels."""
    decision = decide(graph, given_from(graph, facts, decimal="point"))
    defined: list[Definition | Amount] = [*graph.main.definitions, *graph.main.amounts]
    of = next(x for x in defined if x.id == name)
    node, value = graph.nodes[of.node], decision.values[of.node]
    if node.kind == "truth":
        return outcomes(value)
    if node.kind == "class":
        assert isinstance(of, Definition)
        labels = [label for label, _ in of.labels]
        return [label for i, label in enumerate(labels) if value >> i & 1]
    if isinstance(value, int):
        return f"{decision.text(of.node, value)} {node.unit}"
    lo, hi, absent = value
    ends = [None if end is None else decision.text(of.node, end) for end in (lo, hi)]
    return (*ends, *(["not_applicable"] if absent else []))
