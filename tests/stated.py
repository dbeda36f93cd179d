"""A graph that asks for facts of every kind, and what a case states of them."""

from typing import Any

import pytest

from tieuchi.engine.case import Case, Notice
from tieuchi.engine.case_file import read_case
from tieuchi.engine.decision import Given
from tieuchi.engine.diagnostic import Diagnostic, Faults
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact, Graph, Part, Provision
from tieuchi.engine.quantity import parse_unit
from tieuchi.engine.source import read
from tieuchi.engine.words import Words


def words(vi: str) -> Words:
    """A text that is the same in both languages but for the mark in front."""
    return Words(vi, f"en {vi}")


def fact(name: str, kind: str = "quantity", unit: str = "", **rest: Any) -> Fact:
    """A fact with the unit's own step."""
    num, den = parse_unit(unit).step if unit else (1, 1)
    return Fact(name, kind, words(name), unit, num, den, **rest)


RATINGS = (
    ("excellent", Words("hoàn thành xuất sắc nhiệm vụ", "tasks completed excellently")),
    ("good", Words("hoàn thành tốt nhiệm vụ", "tasks completed well")),
    ("poor", Words("không hoàn thành", "not completed")),
)
FACTS = (
    fact("cattle", unit="head", closes=True),
    fact("area", unit="ha", closes=True),
    fact("store", unit="t/batch", closes=True, label=Words("tấn kho/lượt", "t a batch")),
    fact("revenue", unit="đồng", limit=10**15),
    fact("clubs", unit="item", label=Words("câu lạc bộ", "clubs")),
    fact("points", unit="point", most=10_000),
    fact("balance", unit="đồng", least=-1_000),
    fact("share", unit="%", least=500),
    fact("recognised", "yes_no"),
    fact("rating", "class", labels=RATINGS),
    fact("founded", "date"),
    fact(
        "officials",
        "list",
        closes=True,
        fields=(
            fact("name", "text"),
            fact("course", "yes_no"),
            fact("years", unit="year"),
            fact("grade", "class", labels=RATINGS),
            fact("since", "date"),
        ),
    ),
    fact("total", unit="head", closes=True, otherwise=0),
    fact("herd", unit="head", closes=True, least=10),
)
ACTIVITIES = (
    ("livestock", Words("chăn nuôi", "animal keeping")),
    ("crops", Words("trồng trọt", "growing")),
)


def provision(name: str) -> Provision:
    """A provision that is no more than its id."""
    blank: dict[str, Any] = dict.fromkeys(Provision._fields)
    return Provision(**{**blank, "id": name})


def graph_of(
    facts: tuple[Fact, ...] = FACTS,
    *,
    pack: str = "herds-2023",
    activities: tuple[tuple[str, Words], ...] = ACTIVITIES,
    provisions: tuple[str, ...] = ("1.1", "18.1.officials"),
) -> Graph:
    """A graph that asks for these facts and decides nothing."""
    blank: dict[str, Any] = dict.fromkeys(Part._fields)
    part = Part(
        **{
            **blank,
            "pack": pack,
            "activities": activities,
            "provisions": tuple(map(provision, provisions)),
        }
    )
    return Graph(738671, facts, tuple(a for a, _ in activities), (), (part,))


GRAPH = graph_of()


def case_of(text: str) -> Case:
    """The case in a text, in the file f.yaml."""
    [document] = read(text, "f.yaml")
    return read_case(document, "f.yaml")


def stated(facts: str, head: str = "") -> tuple[Given, list[Notice]]:
    """What a case states with these facts, one a line."""
    indented = "".join(f"  {row}\n" for row in facts.splitlines())
    return read_given(GRAPH, case_of(f"{head}facts:\n{indented}"))


def value(fact_and_value: str, head: str = "") -> Any:
    """The one value stated, None where it stays open."""
    return stated(fact_and_value, head)[0].get(fact_and_value.partition(":")[0])


def faults_of(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a case, with or without the graph."""
    with pytest.raises(Faults) as caught:
        read_given(GRAPH, case_of(text))
    return caught.value.diagnostics
