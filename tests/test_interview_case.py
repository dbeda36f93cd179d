"""What goes into an interview and what comes out as a case: both are read back as they were."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import DAY, DAYS, SHIPPED, graph_of, unchecked
from strategies import cases

from tieuchi.engine.case_file import read_case
from tieuchi.engine.decision import CaseError
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact
from tieuchi.engine.interview import ACTIVITIES, Interview
from tieuchi.engine.interview.asking import Asker, example
from tieuchi.engine.interview.reply import Refused, Replies
from tieuchi.engine.interview.sheet import sheet
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.source import read
from tieuchi.engine.statement import read_value
from tieuchi.engine.truth import MET

QUANTITIES = [
    pytest.param(fact, id=f"{pack} {fact.id}")
    for pack in SHIPPED
    for fact in graph_of(pack).facts
    if fact.kind == "quantity"
]


@pytest.mark.parametrize("fact", QUANTITIES)
def test_an_example_is_an_answer(fact: Fact) -> None:
    """Whatever the decimal mark is said to be, if it is the language's own or none."""
    marks: tuple[tuple[str, DecimalMark], ...] = (("vi", "comma"), ("en", "point"))
    for lang, mark in marks:
        found = {read_value(fact, example(fact, lang), given).value for given in (None, mark)}

        assert len(found) == 1


def test_the_example_is_within_what_may_be_stated() -> None:
    """Of 100 points at most, of at least 10 head, in steps of 500 kg."""
    [points] = [f for f in graph_of("tcpl-2021").facts if f.id == "criterion_1_points"]
    narrow = points._replace(unit="head", num=1, den=1, least=100, most=None)

    assert example(points, "vi") == "4,5\u00a0điểm"
    assert example(narrow, "en") == "100\u00a0head"
    assert example(narrow._replace(least=1_250), "vi") == "1250\u00a0con"


@pytest.mark.parametrize("pack", SHIPPED)
@settings(max_examples=10)
@given(data=st.data())
def test_the_case_is_read_back_as_it_was(pack: str, data: st.DataObject) -> None:
    """All that was answered, and nothing else, whatever the decimal mark; so is what is unknown."""
    graph = unchecked(graph_of(pack))
    known = data.draw(cases(graph))
    for name in [name for name, value in known.items() if value == ""]:
        del known[name]
    rest = [fact.id for fact in graph.facts if fact.id not in known and fact.kind != "text"]
    unknown = data.draw(st.sets(st.sampled_from(rest))) if rest else set[str]()
    try:
        interview = Interview(graph, known, unknown, about=[])
    except CaseError:
        return
    mark: Any = data.draw(st.sampled_from(("comma", "point", None)))

    text = sheet(interview, pack, decimal=mark)
    [document] = read(text.encode(), "a.yaml")
    case = read_case(document, "a.yaml")
    again, _ = read_given(graph, case)

    named = [value for name, value in known.items() if name.startswith("@")]
    if not named or any(value == MET for value in named):  # a case cannot name no activity at all
        assert again == known
    assert {name for name in unknown if case.facts.get(name) == "unknown"} == unknown
    assert case.as_of == graph.as_of


def test_a_case_that_declares_no_mark_gets_numbers_of_one_reading() -> None:
    """2.125 ha is written 2.1250 there: what stands beside it may have commas."""
    graph = graph_of("nq-08-2019")
    interview = Interview(graph)
    interview.answer(["aquaculture"])
    assert interview.question is not None
    assert interview.question.name == "pond_area"
    interview.answer(2_125_000)
    document = {"facts": {"cattle": "1.000,5"}}

    assert "pond_area: 2.1250 ha\n" in sheet(interview, "nq-08-2019", document)
    assert "pond_area: 2.125 ha\n" in sheet(interview, "nq-08-2019")
    assert 'pond_area: "2,125 ha"\n' in sheet(interview, "nq-08-2019", None, "comma")


@pytest.mark.parametrize(("lang", "pack"), [*product(("vi", "en"), SHIPPED)])
def test_every_question_can_be_worded_and_explained(lang: str, pack: str) -> None:
    """Each has its text, how to answer, and at least one provision or definition that asks."""
    interview = Interview(graph_of(pack, DAYS.get(pack, DAY)))
    asker = Asker(interview.graph, lang)
    first = interview.question
    assert first is not None
    for name, slots in interview.board.questions.items():
        fact = None if name == ACTIVITIES else interview.graph.facts[slots[0]]
        asked = first._replace(name=name, fact=fact)

        assert len(asker.text(asked)) > 5
        assert asker.hint(asked)
        assert len(asker.why(asked, interview)) > 1


def test_a_label_goes_before_a_number() -> None:
    """Where labels are themselves digits, what is typed is the label."""
    graph = graph_of("lao-cai-26-2020")
    fact = graph.facts[0]._replace(
        labels=tuple((name, graph.facts[0].words) for name in ("2", "1", "c"))
    )
    replies = Replies(graph, "en", None)

    assert [replies.fact(fact, typed) for typed in ("1", "2", "3", "C")] == [2, 1, 4, 4]
    with pytest.raises(Refused, match="there is no `4`; type a number from 1 to 3"):
        replies.fact(fact, "4")
