"""What a case or a program states, in a graph's integers: lists, activities, what is left out."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from unicodedata import normalize

import pytest
from stated import FACTS, GRAPH, case_of, fact, faults_of, graph_of, stated, value, words

from tieuchi.engine.case import Notice
from tieuchi.engine.decision import unstated
from tieuchi.engine.diagnostic import Faults, Mark, line
from tieuchi.engine.given import given_from, read_given
from tieuchi.engine.graph import Node
from tieuchi.engine.kernel import Members
from tieuchi.engine.source import read
from tieuchi.engine.statement import open_value
from tieuchi.engine.truth import MET, NOT_MET

# ---- lists


def test_a_list_is_a_row_of_its_fields_a_member() -> None:
    """A field left out is what a fact is that nobody states; a name is kept to be shown."""
    rows = (
        "officials:\n"
        "  - {name: Bà A, course: true, years: 3, grade: good, since: 2020-02}\n"
        "  - {course: unknown, name: 01 cán bộ}\n"
        "  - {}\n"
    )

    assert value(rows) == Members(
        (
            ["Bà A", MET, 3, 2, date(2020, 2, 29).toordinal()],
            ["01 cán bộ", 3, (0, None, False), 7, (None, None, False)],
            ["", 3, (0, None, False), 7, (None, None, False)],
        ),
        complete=False,
    )


@pytest.mark.parametrize(
    ("facts", "complete", "closed"),
    [
        ("officials: [{name: A}]", False, False),
        ("officials: {items: [{name: A}]}", False, False),
        ("officials: {value: [{name: A}]}", False, False),
        ("officials: {complete: true, items: [{name: A}]}", False, True),
        ("officials: [{name: A}]", True, True),
        ("officials: {complete: false, items: [{name: A}]}", True, False),
    ],
)
def test_a_list_is_closed_by_itself_or_by_the_case(
    facts: str, *, complete: bool, closed: bool
) -> None:
    """What the list says of itself comes first."""
    assert value(facts, "complete: true\n" if complete else "").complete is closed


def test_a_complete_list_may_be_empty() -> None:
    """To say that a list is complete is to state it."""
    assert value("officials: {complete: true}") == Members((), complete=True)
    assert value("officials: {forecast: 2023-Q4}") is None


# ---- complete cases, notices, activities


def test_complete_closes_what_one_can_have_none_of() -> None:
    """Not what is stated, known to be unknown, forecast, defined otherwise or never 0."""
    given_, notices = stated(
        "cattle: 38\narea: unknown\nstore: {forecast: 2023-Q4}\n", "complete: true\n"
    )

    assert given_ == {"cattle": 38, "officials": Members((), complete=True)}
    assert notices == [Notice("declared-none", "officials", "")]
    assert stated("cattle: 38")[0] == {"cattle": 38}
    given_, notices = stated("clubs: 1", "complete: true\n")
    assert [given_[name] for name in ("cattle", "area", "store")] == [0, 0, 0]
    assert [notice.fact for notice in notices] == ["cattle", "area", "store", "officials"]


def test_how_a_unit_was_understood_is_told() -> None:
    """Converted, or taken for what it must mean; in the case's own words."""
    _, notices = stated("area: 15 000 m2\nstore: {value: 46 t}\ncattle: 38 con\n")

    assert notices == [
        Notice("converted", "area", "15 000 m2"),
        Notice("per-omitted", "store", "46 t"),
    ]


@pytest.mark.parametrize("name", ["livestock", "chăn nuôi", "Chăn Nuôi", "Animal keeping"])
def test_an_activity_leaves_the_others_out(name: str) -> None:
    """By its id or by its words."""
    given_, _ = stated("cattle: 1", f"activities: [{name}]\n")

    assert given_ == {"cattle": 1, "@activity/livestock": MET, "@activity/crops": NOT_MET}


def test_an_unknown_activity_is_a_fault() -> None:
    """With those there are, or none to choose from."""
    [found] = faults_of("facts: {cattle: 1}\nactivities: [livestck]\n")
    assert line(found, "en").endswith("did you mean `livestock`?")
    assert found.mark == Mark("f.yaml", 2, 14)
    [found] = faults_of("facts: {cattle: 1}\nactivities: [mining]\n")
    assert line(found, "en").endswith("use one of `livestock`, `crops`")
    with pytest.raises(Faults, match="has no activity called `mining`; remove it"):
        given_from(graph_of(activities=()), {}, activities=["mining"])


def test_a_case_of_several_packs_answers_each() -> None:
    """What another pack asks for is not unknown here; what none asks for is."""
    other = graph_of(
        (fact("goats", unit="head"),),
        pack="goats-2023",
        activities=(("fish", words("cá")),),
        provisions=("9.9",),
    )
    case = case_of('facts: {goats: 3, cattle: 38}\nactivities: [cá]\nforecasts: {"9.9": 2023}\n')

    given_, _ = read_given(GRAPH, case, [other])

    assert given_ == {"cattle": 38, "@activity/livestock": NOT_MET, "@activity/crops": NOT_MET}
    assert read_given(other, case, [GRAPH])[0] == {"goats": 3, "@activity/fish": MET}
    with pytest.raises(Faults) as caught:
        read_given(GRAPH, case)
    assert [f.code for f in caught.value.diagnostics] == [
        "fact-unknown",
        "activity-unknown",
        "provision-unknown",
    ]


@pytest.mark.parametrize(
    "said",
    [
        'forecasts: {"18.1.oficials": 2023-Q4}',
        'reported: {"18.1.oficials": {label: Đạt}}',
        'rollups: [{of: ["18.1.oficials"], label: Đạt}]',
    ],
)
def test_what_is_said_of_a_provision_that_is_not_there_is_a_fault(said: str) -> None:
    """It would otherwise be silently ignored."""
    [found] = faults_of(f"facts: {{cattle: 1}}\n{said}\n")

    assert found.mark == Mark("f.yaml", 2, said.index('"18.1') + 1)
    assert line(found, "en").endswith("did you mean `18.1.officials`?")
    case_of(f"facts: {{}}\n{said}\n".replace("18.1.of", "herds-2023/18.1.off"))


def test_a_provision_may_be_named_with_its_pack() -> None:
    """As it is in another pack."""
    case = case_of('facts: {}\nforecasts: {herds-2023/1.1: 2023-Q4, "1.1": 2023-06}\n')

    assert read_given(GRAPH, case) == ({}, [])


def test_what_is_open_is_as_the_decision_has_it() -> None:
    """A field that a member leaves out is treated as a fact that a case leaves out."""
    nodes = tuple(Node("fact", (), each.kind) for each in FACTS)
    graph = GRAPH._replace(nodes=nodes)

    for slot, each in enumerate(FACTS):
        assert open_value(each) == unstated(graph, slot)


# ---- facts of a program


@pytest.mark.parametrize(
    ("name", "stated_", "expected"),
    [
        ("cattle", 38, 38),
        ("cattle", "38 con", 38),
        ("cattle", Decimal("38.0"), 38),
        ("cattle", Decimal("1E+3"), 1_000),
        ("cattle", Fraction(38), 38),
        ("area", Fraction(1, 8), 125_000),
        ("area", Decimal("2.125"), 2_125_000),
        ("area", {"value": 2, "where": "II.1"}, 2_000_000),
        ("recognised", True, MET),
        ("recognised", "không", NOT_MET),
        ("rating", "good", 2),
        ("rating", normalize("NFD", "HOÀN THÀNH TỐT NHIỆM VỤ"), 2),
        ("founded", date(2023, 5, 31), date(2023, 5, 31).toordinal()),
        ("founded", "2023-05-31", date(2023, 5, 31).toordinal()),
        (
            "officials",
            [{"name": 1, "years": 3}],
            Members((["1", MET | NOT_MET, 3, 7, (None, None, False)],), False),
        ),
        ("officials", {"items": [], "complete": True}, Members((), True)),
        ("officials", (), Members((), False)),
    ],
)
def test_a_program_states_its_own_values(name: str, stated_: object, expected: object) -> None:
    """Numbers are exact and in the fact's unit."""
    assert given_from(GRAPH, {name: stated_}) == {name: expected}


@pytest.mark.parametrize(
    "nothing", [None, "unknown", {"value": None}, {"forecast": date(2023, 6, 30)}]
)
def test_a_program_leaves_open_what_it_does_not_know(nothing: object) -> None:
    """None is unknown."""
    assert (
        given_from(GRAPH, {"cattle": nothing, "rating": nothing}, complete=True)
        .keys()
        .isdisjoint({"cattle", "rating"})
    )


@pytest.mark.parametrize(
    ("name", "stated_", "code"),
    [
        ("cattle", 38.0, "float-for-number"),
        ("cattle", float("nan"), "float-for-number"),
        ("cattle", True, "boolean-for-number"),
        ("cattle", Decimal("NaN"), "number-not-finite"),
        ("cattle", Decimal("Infinity"), "number-not-finite"),
        ("cattle", Decimal("1E+999999"), "number-too-long"),
        ("cattle", Decimal("1E-999999"), "number-too-long"),
        pytest.param("cattle", 10**1_000_000, "number-too-long", id="a million digits"),
        ("cattle", -1, "number-negative"),
        ("cattle", Fraction(5, 2), "number-too-fine"),
        ("cattle", 10**13, "number-outside"),
        ("cattle", [1], "list-for-number"),
        ("cattle", date(2023, 1, 1), "text-for-number"),
        ("cattle", "1.000", "number-ambiguous"),
        ("cattle", {"valeu": 1}, "key-unknown"),
        ("recognised", 1, "yes-no-expected"),
        ("rating", 3, "label-unknown"),
        ("founded", 2023, "date-malformed"),
        ("officials", {"items": [], "complete": 1}, "flag-expected"),
        ("officials", 3, "key-wrong-type"),
        ("officials", [3], "key-wrong-type"),
        ("officials", [{"nmae": 1}], "key-unknown"),
        ("officials", [{1: 1}], "key-unknown"),
        ("catle", 3, "fact-unknown"),
    ],
)
def test_a_program_is_told_what_it_states_wrongly(name: str, stated_: object, code: str) -> None:
    """At the name of the fact, since there is no file."""
    with pytest.raises(Faults) as caught:
        given_from(GRAPH, {"area": 1, name: stated_})

    [found] = caught.value.diagnostics
    assert (found.code, found.mark) == (code, Mark(name))
    for lang in ("vi", "en"):
        assert line(found, lang).startswith(f"{name}: ")


def test_nodes_of_a_file_keep_their_places() -> None:
    """As where a test of a pack states its facts."""
    [document] = read("given: {cattle: 2.5}\n", "t.yaml")

    with pytest.raises(Faults) as caught:
        given_from(GRAPH, document["given"], file="t.yaml")

    assert [found.mark for found in caught.value.diagnostics] == [Mark("t.yaml", 1, 17)]


def test_a_program_names_activities_and_the_decimal_mark() -> None:
    """As a case does."""
    found = given_from(GRAPH, {"cattle": "1.000"}, decimal="comma", activities=["crops"])

    assert found == {"cattle": 1_000, "@activity/livestock": NOT_MET, "@activity/crops": MET}
    with pytest.raises(Faults, match=r"^activities: .*did you mean `crops`"):
        given_from(GRAPH, {}, activities=["crop"])
