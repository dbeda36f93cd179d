"""An interview: asks only what matters, best question first, and comes to what `decide` says."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from itertools import chain, combinations_with_replacement, pairwise, product
from math import prod
from operator import and_
from typing import Any

import pytest
from drawn import drawn_graph
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from packs import DAY, SHIPPED, compiled, graph_of, pack_text
from strategies import cases, packs

from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.interview import ACTIVITIES, Interview, Question
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET

MOST = 500  # ways to fill in the rest that a test tries
LATER = date(2024, 10, 1)
HERDS = """\
    verdict: {any: ["1", "2"], about: {TWO}}
    activities: {herd: {vi: nuôi, en: keeping}, crop: {vi: trồng, en: growing}}
    facts:
      cattle: {TWO, unit: head}
      goats: {TWO, unit: head}
      area: {TWO, unit: ha}
      lawful: {TWO, kind: yes_no}
    provisions:
      "1":
        SAID
        applies_when: {activity: herd}
        all:
          1.a: {SAID, require: {sum: [cattle, goats], at_least: 50 head}}
          1.b: {SAID, require: {of: lawful, is: true}}
      "2": {SAID, applies_when: {activity: crop}, require: {of: area, at_least: 4.5 ha}}
""".replace("        SAID\n", "        cite: {vi: v, en: e}\n        quote: q\n")


def name_of(interview: Interview) -> str:
    """What it asks; "" where nothing is left."""
    return interview.question.name if interview.question is not None else ""


def most_of(interview: Interview) -> int:
    """How many questions there are at most."""
    return interview.question.most if interview.question is not None else 0


def herds() -> Graph:
    """A small pack: two facts in a sum, a yes/no beside it, another activity."""
    return compiled(pack_text(HERDS))


# ---- worked by hand


def test_the_activity_comes_first_and_leaves_only_its_own_facts() -> None:
    """Naming one activity takes the other's facts away, whatever they are."""
    interview = Interview(herds())

    assert (name_of(interview), most_of(interview)) == (ACTIVITIES, 5)
    interview.answer(["crop"])
    assert interview.question == Question("area", interview.graph.facts[2], Fraction(1), 1)
    interview.answer(45_000 * 100)
    assert (name_of(interview), interview.decision.truth) == ("", MET)


def test_it_stops_as_soon_as_the_answer_is_fixed() -> None:
    """Not lawful: no herd is large enough. Enough cattle: goats do not matter."""
    short = Interview(herds())
    short.answer(["herd"])
    assert name_of(short) == "lawful"
    short.answer(NOT_MET)
    assert (short.question, short.decision.truth) == (None, NOT_MET)

    enough = Interview(herds())
    enough.answer(["herd"])
    enough.answer(MET)
    assert name_of(enough) == "cattle"
    enough.answer(50)
    assert (enough.question, enough.decision.truth) == (None, MET)
    assert enough.asked == (ACTIVITIES, "lawful", "cattle")


def test_what_is_not_known_is_not_asked_again_and_may_leave_it_open() -> None:
    """Skipped cattle: goats may still be enough by themselves; else it stays open."""
    interview = Interview(herds())
    interview.answer(["herd"])
    interview.answer(MET)
    interview.skip()
    assert name_of(interview) == "goats"
    interview.answer(49)

    assert interview.question is None
    assert interview.unknown == {"cattle"}
    assert interview.decision.truth == MET | NOT_MET
    assert interview.result == (MET | NOT_MET,)


def test_of_activities_not_known_is_all() -> None:
    """As a case that names none is asked about all."""
    interview = Interview(herds())
    interview.skip()

    assert {k: v for k, v in interview.given.items() if k.startswith("@")} == {
        "@activity/herd": MET,
        "@activity/crop": MET,
    }


def test_the_expected_number_counts_each_condition_even() -> None:
    """lawful: half of the time it ends there; else cattle, and half of the time goats: 1 + ½·1½."""
    interview = Interview(herds())
    interview.answer(["herd"])

    assert interview.question is not None
    assert abs(interview.question.expected - Fraction(7, 4)) < Fraction(1, 10**6)
    assert interview.question.most == 3


def test_back_takes_the_last_answer_back() -> None:
    """The same question, the same numbers, the same decision; at the start there is nothing."""
    interview = Interview(herds())
    first = interview.question
    interview.answer(["herd"])
    before = (interview.question, interview.given, interview.decision.values)
    interview.answer(NOT_MET)
    assert interview.back()

    assert (interview.question, interview.given, interview.decision.values) == before
    assert interview.back()
    assert interview.question == first
    assert not interview.back()


def test_an_answer_that_cannot_be_is_not_taken() -> None:
    """A check of the input refuses it, and the question stands as it did."""
    interview = Interview(graph_of("nq-08-2019"), given_from(graph_of("nq-08-2019"), {"cattle": 3}))
    interview = Interview(
        interview.graph,
        given_from(
            interview.graph,
            {"cattle": 3, "buffaloes": 0, "horses": 0, "sows": 0, "other_livestock": 0,
             "poultry": 0},
            activities=["livestock"],
        ),
    )  # fmt: skip
    before = (interview.question, interview.given)
    assert name_of(interview) == "breeding_cows"
    with pytest.raises(CaseError):
        interview.answer(4)

    assert (interview.question, interview.given) == before


def test_answers_that_leave_no_answer_to_another_are_found_out() -> None:
    """Four maxima leave 40 for the fifth, which got 45 points: asked, and any answer refused."""
    graph = graph_of("tcpl-2021")
    stated = {f"criterion_{i}_maximum": 15 for i in range(1, 5)}
    stated |= {f"criterion_{i}_points": 10 for i in range(1, 5)} | {"criterion_5_points": 45}
    given = given_from(graph, {**stated, "head_prosecuted": False, "head_disciplined": False})
    interview = Interview(graph, given)

    assert name_of(interview) == "criterion_5_maximum"
    for most in (0, 4_000, 4_500):
        with pytest.raises(CaseError):
            interview.answer(most)


def test_what_the_answers_imply_is_stated_without_asking() -> None:
    """No buffaloes: no breeding buffaloes. Three cattle cannot be 20 breeders, yet how many there
    are has to be said before the case can be decided: asked last, and marked so."""
    graph = graph_of("nq-08-2019")
    none = {"buffaloes": 0, "horses": 0, "sows": 0, "other_livestock": 0, "poultry": 0}
    interview = Interview(graph, given_from(graph, {**none, "cattle": 3}, activities=["livestock"]))

    assert interview.question is not None
    assert (interview.question.name, interview.question.settles) == ("breeding_cows", True)
    assert interview.implied == ("breeding_buffaloes",)
    interview.answer(2)
    assert (name_of(interview), interview.decision.truth) == ("", NOT_MET)

    settled = Interview(graph, given_from(graph, {**none, "cattle": 0}, activities=["livestock"]))
    assert (settled.question, settled.decision.truth) == (None, NOT_MET)
    assert settled.implied == ("breeding_buffaloes", "breeding_cows")


def test_what_cannot_matter_makes_nothing_else_matter() -> None:
    """Applies only where lawful, except where lawful: never. Neither fact is asked, but that it
    never applies cannot be said before one knows whether it is lawful: that is asked to settle."""
    graph = compiled(
        pack_text(
            """\
            verdict: {any: ["1"], about: {TWO}}
            facts: {cattle: {TWO, unit: head, max: 9 head}, lawful: {TWO, kind: yes_no}}
            provisions:
              "1":
                cite: {TWO}
                quote: q
                applies_when: lawful
                unless: lawful
                require: {of: cattle, at_least: 1 head}
            """
        )
    )
    interview = Interview(graph)

    assert interview.question is not None
    assert (interview.question.name, interview.question.settles) == ("lawful", True)
    interview.answer(MET)
    assert (name_of(interview), interview.decision.truth) == ("", NOT_APPLICABLE)


@pytest.mark.parametrize(
    "asked",
    [
        "of: {sum: {each: size, of: plots}}, at_least: 50 ha",
        "count: plots, where: {require: {of: size, at_least: 1 ha}}, at_least: 50",
        "count: plots, where: {require: {of: size, equals: 0.5 ha}}, at_least: 1",
    ],
)
def test_a_list_of_which_few_are_tried_is_not_said_to_change_nothing(asked: str) -> None:
    """Fifty plots of a hectare each meet it, or one of half a hectare."""
    graph = compiled(
        pack_text(
            f"""
            verdict: {{any: ["1"], about: {{TWO}}}}
            facts:
              plots:
                vi: v
                en: e
                kind: list
                fields: {{size: {{TWO, unit: ha, max: 1 ha}}}}
            provisions: {{"1": {{cite: {{TWO}}, quote: q, require: {{{asked}}}}}}}
            """
        )
    )
    interview = Interview(graph)

    assert interview.question is not None
    assert (interview.question.name, interview.question.settles) == ("plots", False)


def test_what_did_not_matter_beside_a_fact_matters_in_its_place() -> None:
    """The total says it all, and the part of it is asked once nobody knows the total."""
    graph = compiled(
        pack_text(
            """\
            verdict: {any: ["1"], about: {TWO}}
            facts:
              part: {TWO, kind: yes_no}
              total: {TWO, kind: yes_no, else: by_part}
              other: {TWO, kind: yes_no}
            define: {by_part: {TWO, SAID, all: [part]}}
            provisions:
              "1": {cite: {TWO}, quote: q, all: [other, total, {any: [part, {not: part}]}]}
            """
        )
    )
    interview = Interview(graph)
    assert name_of(interview) == "total"

    interview.skip()

    assert name_of(interview) == "part"
    interview.answer(NOT_MET)
    assert (name_of(interview), interview.decision.truth) == ("", NOT_MET)


def test_a_pack_without_a_verdict_is_about_its_amounts_and_definitions() -> None:
    """Of livestock units every animal counts; nothing else is asked than what they rest on."""
    interview = Interview(graph_of("chan-nuoi-2020", LATER))

    assert interview.question is not None
    assert interview.question.most == 26


def test_a_pack_not_in_force_has_nothing_to_ask() -> None:
    """There is no answer, so there is no question."""
    interview = Interview(graph_of("nq-08-2019", date(2026, 3, 1)))

    assert (interview.question, interview.result) == (None, ())


# ---- laws


def grid(fact: Fact) -> list[Value]:
    """All that a small fact may be, or what is at thresholds."""
    if fact.kind == "yes_no":
        return [MET, NOT_MET]
    if fact.kind == "class":
        return [1 << i for i in range(len(fact.labels))]
    if fact.kind == "date":
        months = [DAY - timedelta(days) for days in (30, 31, 60, 61, 62, 364, 365, 366)]
        years = [DAY - timedelta(days) for days in (730, 731, 1095, 4382, 4383, 4384, 4748, 9999)]
        near = [DAY - timedelta(days) for days in (-1, 0, 1, 2, 3, 11, 12, 13)]
        return [day.toordinal() for day in (*near, *months, *years)]
    if fact.kind == "list":
        rows = [list(row) for row in product(*map(grid, fact.fields))]
        most = 3 if len(rows) < 5 else 2
        short = (combinations_with_replacement(rows, n) for n in range(most + 1))
        many = (*range(most + 1, 10), 20)  # for a sum to come to its threshold
        long = [(row,) * number for row in rows for number in many]
        return [Members(each, True) for each in (*chain(*short), *long)]
    assert fact.most is not None
    return list(range(fact.least or 0, fact.most + 1))


def fillings(graph: Graph, interview: Interview, about: int) -> Iterator[tuple[str, list[Value]]]:
    """What was neither answered nor skipped and bears on a node, and all that it may be."""
    below = interview.board.given_below[about]
    for slot, fact in enumerate(graph.facts):
        done = fact.id in interview.given or fact.id in interview.unknown
        if below >> slot & 1 and not done:
            yield fact.id, grid(fact)
    named = any(name.startswith("@") for name in interview.given)
    slots = interview.board.questions.get(ACTIVITIES, ())
    if not named and any(below >> slot & 1 for slot in slots):
        yield ACTIVITIES, [s for n in (1, 2) for s in combos(graph.activities, n)]


def combos(names: tuple[str, ...], number: int) -> list[tuple[str, ...]]:
    """So many of the two activities of a random pack."""
    return [(name,) for name in names] if number == 1 else [names]


def filled(graph: Graph, known: Given, more: dict[str, Value]) -> Given:
    """A case with more stated."""
    case = Given(known)
    for name, value in more.items():
        if name == ACTIVITIES:
            case.update(
                {f"@activity/{a}": MET if a in value else NOT_MET for a in graph.activities}
            )
        else:
            case[name] = value
    return case


def drawn(pack: dict[str, Any], data: st.DataObject) -> tuple[Graph, int]:
    """A random pack and one of its provisions, few enough to try all ways to fill them in."""
    graph = drawn_graph(pack)[1]
    nodes = [p.node for p in graph.main.provisions if p.node >= 0]
    about = data.draw(st.sampled_from([graph.main.verdict, *nodes]))
    ways = [len(values) for _, values in fillings(graph, Interview(graph, about=[about]), about)]
    assume(prod(ways) <= MOST)
    return graph, about


def said(interview: Interview, case: Given) -> Value:
    """What a whole case answers to the question."""
    assert interview.question is not None
    if interview.question.fact is None:
        names = [n.partition("/")[2] for n, v in case.items() if n.startswith("@") and v == MET]
        return names or list(interview.graph.activities)
    return case[interview.question.name]


@given(pack=packs(small=True), data=st.data())
def test_a_question_asked_always_could_have_mattered(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """With some way to fill in the rest, two answers to it come to different ends; with a list, of
    which not all answers can be tried, they may. Of one that is asked to settle none do."""
    graph, about = drawn(pack, data)
    case = data.draw(cases(graph, missing=0))
    interview = Interview(graph, about=[about])
    lists = {fact.id for fact in graph.facts if fact.kind == "list"}
    while interview.question is not None:
        name = interview.question.name
        rest = dict(fillings(graph, interview, about))
        own = rest.pop(name)
        ways = [dict(zip(rest, each, strict=True)) for each in product(*rest.values())]
        ends = (
            {decide(graph, filled(graph, interview.given, {**more, name: v})).values[about]
             for v in own}
            for more in ways
        )  # fmt: skip
        if interview.question.settles:
            assert reduce(and_, [end for each in ends for end in each]), f"{name} can matter"
        elif not lists & {name, *rest}:
            assert any(len(each) > 1 for each in ends), f"{name} cannot matter"
        if data.draw(st.integers(0, 5)) == 5:
            interview.skip()
        else:
            interview.answer(said(interview, case))


@given(pack=packs(small=True), data=st.data())
def test_the_answer_is_that_of_the_whole_case(pack: dict[str, Any], data: st.DataObject) -> None:
    """However what was not asked is filled in; and never with more questions than was said."""
    graph, about = drawn(pack, data)
    case = data.draw(cases(graph, missing=0))
    interview = Interview(graph, about=[about])
    most = [most_of(interview)]
    while interview.question is not None:
        interview.answer(said(interview, case))
        most.append(most_of(interview))
    rest = dict(fillings(graph, interview, about))

    for each in product(*rest.values()):
        whole = filled(graph, interview.given, dict(zip(rest, each, strict=True)))
        assert decide(graph, whole).values[about] == interview.result[0]
    assert interview.decision.values[about] == interview.result[0]
    assert all(after < before for before, after in pairwise(most))


@given(pack=packs(small=True), data=st.data())
def test_back_and_the_same_answer_is_the_same_state(
    pack: dict[str, Any], data: st.DataObject
) -> None:
    """Nothing of an answer taken back is left behind."""
    graph, about = drawn(pack, data)
    case = data.draw(cases(graph, missing=0))
    interview = Interview(graph, about=[about])
    while interview.question is not None:
        before = state(interview)
        skipped = data.draw(st.booleans())
        take(interview, case, skipped)
        after = state(interview)
        interview.back()
        assert state(interview) == before
        take(interview, case, skipped)
        assert state(interview) == after


def take(interview: Interview, case: Given, skipped: bool) -> None:
    """Answer the question, or say that it is not known."""
    if skipped:
        interview.skip()
    else:
        interview.answer(said(interview, case))


def stated_of(graph: Graph, case: Given) -> list[Fact]:
    """The facts that a case states; those with an `else` it leaves to their definitions."""
    return [fact for fact in graph.facts if fact.id in case]


def state(interview: Interview) -> tuple[Any, ...]:
    """All that can be seen of an interview."""
    return (
        interview.question, interview.given, interview.unknown, interview.asked,
        interview.decision.values, interview.result,
    )  # fmt: skip


@pytest.mark.parametrize("pack", SHIPPED)
@settings(max_examples=5)
@given(data=st.data())
def test_on_the_law_the_answer_is_that_of_the_whole_case(pack: str, data: st.DataObject) -> None:
    """Asked of a random applicant, the verdict is what `decide` says of all that there is of it."""
    graph = graph_of(pack, LATER)
    case = data.draw(cases(graph, missing=0))
    interview = Interview(graph)
    most = [most_of(interview)]
    try:
        while interview.question is not None:
            take(interview, case, interview.question.fact not in (None, *stated_of(graph, case)))
            most.append(most_of(interview))
        whole = decide(graph, Given({**case, **interview.given}))
    except CaseError:  # a check of the input refuses the case
        return

    values = [whole.values[node] for node in interview.board.targets]
    assert values == list(interview.result)
    assert all(after < before for before, after in pairwise(most))
