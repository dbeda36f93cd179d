"""Which column of a table is which fact: names and units as people write them in a header."""

import doctest
import random
import re
from collections.abc import Callable, Mapping, Sequence
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packs import SHIPPED, graph_of

from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.marks import unmarked
from tieuchi.engine.quantity import parse_unit, unit_names
from tieuchi.engine.table import naming
from tieuchi.engine.table.form import form
from tieuchi.engine.table.match import Matching, match, match_members
from tieuchi.engine.table.naming import Measured, Names, measured
from tieuchi.engine.words import Words

NQ = graph_of("nq-08-2019")
NTM = graph_of("ntm-xa-2021-2025")


def found(*headers: str, graph: Graph = NQ, mapping: Mapping[str, str] | None = None) -> list[str]:
    """The facts of the columns, with the unit that the header says."""
    matching = match(headers, graph, mapping)
    return [
        f"{column.fact} {column.unit.id if column.unit else ''} {column.note}".strip()
        for column in sorted(matching.columns, key=lambda column: column.at)
    ]


def faults(*headers: str, graph: Graph = NQ, mapping: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong, in English."""
    with pytest.raises(Faults) as caught:
        match(headers, graph, mapping, "farms.csv")
    return [line(each, "en") for each in caught.value.diagnostics]


def with_facts(*facts: Fact) -> Graph:
    """A graph of these facts."""
    return NQ._replace(facts=facts)


def test_doctests() -> None:
    """The examples of the module."""
    assert doctest.testmod(naming).failed == 0


# ---- names


@pytest.mark.parametrize(
    "header",
    [
        "cattle", "Cattle", " CATTLE ", "số bò", "Số bò", "SỐ BÒ", "so bo", "So Bo", "số bo",
        "số_bò", "so-bo", "số – bò", "số\nbò", "số  bò:", "số\u00a0bò *",
        normalize("NFD", "số bò"), "\u200bsố bò",
    ],
)  # fmt: skip
def test_a_fact_by_any_of_its_names(header: str) -> None:
    """Id or name, whatever the case, the spaces and the marks."""
    assert found(header) == ["cattle"]


@pytest.mark.parametrize("header", ["số bơ", "đố bò", "số bọ", "bò", "số bò con", "số bò, con non"])
def test_what_only_looks_like_a_name(header: str) -> None:
    """Another mark is another word; a calf is no head of cattle."""
    assert match([header, "số trâu"], NQ).unmatched == (header,)


def test_where_the_mark_of_a_tone_stands() -> None:
    """Both ways of writing it are Vietnamese."""
    new = "diện tích nuôi trồng thuỷ sản (không phải lồng, bè)"

    assert found(new) == ["pond_area"]


def test_an_id_comes_before_a_name() -> None:
    """Even where another fact is called so."""
    cattle = Fact("cattle", "quantity", Words("số bò", "cows"), "head")
    other = Fact("herd", "quantity", Words("đàn bò", "cattle"), "head")

    assert found("cattle", graph=with_facts(other, cattle)) == ["cattle"]


def test_names_that_only_their_marks_tell_apart() -> None:
    """With marks each is itself; without, nobody can tell."""
    goats = Fact("goats", "quantity", Words("số dê", "goats"), "head")
    dykes = Fact("dykes", "quantity", Words("số đê", "dykes"), "item")
    graph = with_facts(goats, dykes)

    assert found("số đê", "SỐ DÊ", graph=graph) == ["dykes", "goats"]
    assert faults("so de", graph=graph) == [
        (
            "farms.csv: the column `so de` could be `goats`, `dykes`; "
            "say which with `--map COLUMN=FACT`"
        )
    ]
    assert found("so de", graph=graph, mapping={"so de": "goats"}) == ["goats"]


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_names_of_every_pack_are_told_apart(pack: str) -> None:
    """Each name of each fact, even without marks, is that of one fact alone."""
    graph = graph_of(pack)
    for facts in (graph.facts, *(fact.fields for fact in graph.facts if fact.fields)):
        names = Names(facts)
        for fact in facts:
            for name in (fact.id, *fact.words, *map(unmarked, fact.words)):
                assert [each.id for each in names.find(name)] == [fact.id]


# ---- units


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Diện tích cây ăn quả (ha)", "fruit_tree_area ha"),
        ("Diện tích cây ăn quả, ha", "fruit_tree_area ha"),
        ("Diện tích cây ăn quả [m²]", "fruit_tree_area m2 converted"),
        ("Diện tích cây ăn quả(m2)", "fruit_tree_area m2 converted"),
        ("Diện tích cây ăn quả (ĐVT: ha)", "fruit_tree_area ha"),
        ("Diện tích cây ăn quả - đơn vị tính: héc ta", "fruit_tree_area ha"),
        ("fruit_tree_area_m2", "fruit_tree_area m2 converted"),
        ("fruit_tree_area (HA)", "fruit_tree_area ha"),
        ("công suất kho bảo quản nông sản (tấn kho/lượt)", "fresh_storage_capacity t/batch"),
        ("cong suat kho bao quan nong san (tan kho / luot)", "fresh_storage_capacity t/batch"),
        (
            "công suất kho bảo quản nông sản (tạ/mẻ)",
            "fresh_storage_capacity tạ/batch converted",
        ),
        ("công suất kho bảo quản nông sản (tấn)", "fresh_storage_capacity t/batch per-omitted"),
        ("số trâu cái sinh sản (con giống)", "breeding_buffaloes head"),
        ("số bò (con)", "cattle head"),
        ("số bò ()", "cattle"),
        (
            "diện tích nuôi trồng thủy sản (không phải lồng, bè) (ha)",
            "pond_area ha",
        ),
        ("area of other crops (potatoes, for one), ha", "other_crop_area ha"),
    ],
)
def test_the_unit_in_a_header(header: str, expected: str) -> None:
    """In brackets or after a mark, however it is written; the pack's own word for it too."""
    assert found(header) == [expected]


def test_every_unit_is_known_without_its_marks() -> None:
    """And is no other unit then."""
    for name in unit_names():
        unit = parse_unit(name)
        fact = Fact("a", "quantity", Words("a", "a"), unit.id)

        assert measured(fact, unmarked(name)) == Measured(unit)


def test_a_unit_that_cannot_be() -> None:
    """Heads are no hectares."""
    assert faults("số bò (ha)", "số trâu") == [
        (
            "farms.csv: the column `số bò (ha)` is in `ha`, where `cattle` is in `head`; "
            "correct the header, or convert the column to `head`"
        )
    ]


def test_a_unit_that_nobody_knows() -> None:
    """A sào has several sizes: its column is not taken for hectares."""
    header = "diện tích cây ăn quả (sào)"

    assert faults(header) == [
        (
            f"farms.csv: the column `{header}` looks like `fruit_tree_area`, but `sào` is no unit; "
            "write a unit in the header, or say `--map COLUMN=fruit_tree_area` if the figures are "
            "in its unit"
        )
    ]
    assert found(header, mapping={header: "fruit_tree_area"}) == ["fruit_tree_area"]


def test_a_remark_beside_the_column_itself() -> None:
    """What may be a remark hinders nobody where the fact has its column."""
    matching = match(["số bò (con)", "số bò (năm 2022)"], NQ)

    assert [column.header for column in matching.columns] == ["số bò (con)"]
    assert matching.unmatched == ("số bò (năm 2022)",)


def test_brackets_after_what_has_no_unit() -> None:
    """A remark on how to fill it in."""
    assert found("bảo đảm bình đẳng giới (có/không)", graph=NTM) == ["gender_equality_ensured"]


# ---- two for one


def test_two_columns_for_one_fact() -> None:
    """Both are named, and `--map` chooses."""
    assert faults("cattle", "số bò (con)") == [
        (
            "farms.csv: two columns are `cattle`: `cattle` and `số bò (con)`; "
            "remove one of them, or choose one with `--map COLUMN=cattle`"
        )
    ]
    chosen = match(["cattle", "số bò (con)"], NQ, {"số bò (con)": "cattle"})
    assert [column.header for column in chosen.columns] == ["số bò (con)"]
    assert chosen.unmatched == ("cattle",)


def test_a_header_that_stands_twice() -> None:
    """It came with its count from the file."""
    [said] = faults("số bò (con)", "số bò (con) (2)")

    assert "two columns are `cattle`" in said


# ---- what the user says


def test_a_column_that_is_told() -> None:
    """It wins over the names, and may itself be written nearly so."""
    told = {"cot 7": "Số bò", "số bò": "buffaloes"}

    assert found("Cột_7", "số bò", mapping=told) == ["cattle", "buffaloes"]


def test_the_unit_of_a_column_that_is_told() -> None:
    """It counts as elsewhere."""
    mapping = {"S (m2)": "fruit_tree_area"}

    assert found("S (m2)", mapping=mapping) == ["fruit_tree_area m2 converted"]
    assert faults("S (con)", mapping={"S (con)": "fruit_tree_area"}) == [
        (
            "farms.csv: the column `S (con)` is in `head`, where `fruit_tree_area` is in `ha`; "
            "correct the header, or convert the column to `ha`"
        )
    ]
    assert found("S (theo sổ)", mapping={"S (theo sổ)": "cattle"}) == ["cattle"]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (
            {"Q": "catle"},
            "--map: `nq-08-2019` asks for no fact called `catle`; did you mean `cattle`?",
        ),
        (
            {"R": "cattle"},
            "--map: the table has no column called `R`; use one of the columns `Q`, `Số lượng`",
        ),
        (
            {"Số lương": "cattle"},
            "--map: the table has no column called `Số lương`; did you mean `Số lượng`?",
        ),
        (
            {"Q": "cattle", "Số lượng": "số bò"},
            (
                "farms.csv: two columns are `cattle`: `Q` and `Số lượng`; "
                "remove one of them, or choose one with `--map COLUMN=cattle`"
            ),
        ),
    ],
)
def test_what_cannot_be_told(mapping: Mapping[str, str], expected: str) -> None:
    """No such column, no such fact, one fact twice."""
    assert faults("Q", "Số lượng", mapping=mapping) == [expected]


def test_a_list_is_no_column() -> None:
    """It has a table of its own; its name over a column is no mistake."""
    assert faults("x", graph=NTM, mapping={"x": "officials"}) == [
        (
            "--map: `officials` is a list, which no column can hold; "
            "give it as a table of its own: `--list officials=FILE`"
        )
    ]
    matching = match(["cán bộ, công chức xã", "party_rating"], NTM)
    assert matching.known == (("cán bộ, công chức xã", "officials"),)
    assert "officials" not in matching.missing


# ---- the rest


def test_what_else_a_table_has() -> None:
    """The subject, the activities, what is nothing, and what the table does not have."""
    matching = match(["TT", "Tên chủ thể", "Lĩnh vực", "số bò"], NQ)

    assert (matching.subject, matching.activities) == ("Tên chủ thể", "Lĩnh vực")
    assert matching.unmatched == ("TT",)
    assert len(matching.missing) == len(NQ.facts) - 1
    assert matching.column("cattle") == matching.columns[0]
    assert matching.column("horses") is None


def test_special_columns_that_are_told() -> None:
    """`--map` names them by `subject` and `activities`."""
    mapping = {"Hộ": "subject", "Loại": "activities"}
    matching = match(["Tên", "Hộ", "Loại", "số bò"], NQ, mapping)

    assert (matching.subject, matching.activities) == ("Hộ", "Loại")
    assert matching.unmatched == ("Tên",)


def test_activities_of_a_pack_that_has_none() -> None:
    """There the column is nothing."""
    assert match(["hoạt động", "party_rating"], NTM).unmatched == ("hoạt động",)


def test_a_table_of_something_else() -> None:
    """The remedy is the form."""
    assert faults("a", "b") == [
        (
            "farms.csv: no column of the table is a fact of `nq-08-2019`; fill in the form of "
            "`tieuchi template nq-08-2019 -o form.xlsx`, or say `--map COLUMN=FACT`"
        )
    ]


def test_the_table_of_a_list() -> None:
    """Its columns are the fields of a member."""
    of = next(fact for fact in NTM.facts if fact.kind == "list")
    matching = match_members(["Xã", "họ tên hoặc số thứ tự", "State_management_course"], of)

    assert [column.fact for column in matching.columns] == ["state_management_course"]
    assert matching.known == (("họ tên hoặc số thứ tự", "name"),)
    assert (matching.subject, matching.missing) == ("Xã", ("other_requirements_met",))


# ---- round trips

Change = Callable[[random.Random, str], str]


def _spaces(chance: random.Random, text: str) -> str:
    kinds = (" ", "_", "\n", "  ", "\u00a0", " - ")
    return re.sub(" ", lambda _: chance.choice(kinds), text)


def _bare(chance: random.Random, text: str) -> str:
    words = (unmarked(w.lower()) if chance.random() < 0.5 else w for w in text.split(" "))
    return " ".join(words)


CHANGES: Sequence[Change] = (
    lambda _, text: text.upper(),
    lambda _, text: text.title(),
    lambda _, text: text.capitalize(),
    lambda _, text: unmarked(text.lower()),
    lambda _, text: f" {text} ",
    lambda _, text: re.sub(r" \(([^()]*)\)$", r" [\1]", text),
    _bare,
)


@given(
    st.sampled_from(SHIPPED),
    st.sampled_from(("vi", "en")),
    st.lists(st.sampled_from(CHANGES), max_size=3),
    st.booleans(),
    st.sampled_from(("NFC", "NFD")),
    st.randoms(use_true_random=False),
)
def test_a_header_however_it_was_mangled(
    pack: str, lang: str, changes: list[Change], spaced: bool, shape: str, chance: random.Random
) -> None:
    """Law: case, marks left out, kinds of space and brackets never change what a column is."""
    graph = graph_of(pack)
    sheet = form(graph, lang).sheets[0]
    headers = []
    for header in sheet.headers:
        for change in changes:
            header = change(chance, header)  # noqa: PLW2901 - changed step by step
        name, bracket, unit = header.rpartition(" (")
        if spaced and bracket:
            header = f"{_spaces(chance, name)} ({unit}"  # noqa: PLW2901
        headers.append(normalize(shape, header))  # type: ignore[arg-type]

    matching = match(headers, graph)

    assert [column.fact for column in matching.columns] == [fact.id for fact in sheet.facts]
    assert [column.header for column in matching.columns] == headers
    assert all(column.note == "" for column in matching.columns)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_headers_at_all(headers: list[str]) -> None:
    """Law: whatever stands in a header, it is matched or told."""
    try:
        matching = match([*headers, "cattle"], NQ)
    except Faults as told:
        said = [line(each, "vi") for each in told.diagnostics]
    else:
        said = []
        assert _all_told(matching) == len(headers) + 1
    assert all(each.isprintable() for each in said)


def _all_told(matching: Matching) -> int:
    """How many headers a matching speaks of."""
    taken = len(matching.columns) + len(matching.unmatched) + len(matching.known)
    special = (matching.subject is not None) + (matching.activities is not None)
    return taken + special


def test_unmarked_leaves_no_mark() -> None:
    """Of every letter of Vietnamese."""
    assert not [c for c in normalize("NFD", unmarked("ằẵặềỗợữđ")) if category(c) == "Mn"]
