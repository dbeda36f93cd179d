"""The record that JSON prints: fields that are API, exact numbers, notes in both languages."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from explained import EXAMPLES, SHIPPED, decided, graph_of, shown, written
from packs import compiled, pack_text

from tieuchi.engine.case_file import load_cases
from tieuchi.engine.decision import Decision, Given, decide
from tieuchi.engine.explanation import explain
from tieuchi.engine.given import read_given
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.record import input_digest, record
from tieuchi.engine.truth import MET, NOT_MET

EXAMPLE = Path(__file__).parent.parent / "examples/binh-trung-2023/bao-cao-6-thang.yaml"
NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?|\d{4}-\d\d-\d\d")


def stated(pack: str, day: str = "2023-05-31", /, **given: Value) -> Decision:
    """The decision on facts in the graph's integers."""
    return decided(pack, date.fromisoformat(day), **given)


def test_the_fields_of_a_record_and_their_order() -> None:
    """As DESIGN states them."""
    of = record(stated("nq-08-2019", cattle=38))
    assert list(of) == [
        "tieuchi", "pack", "pack_digest", "input_digest", "as_of", "subject", "status", "reason",
        "engines", "limits", "provisions", "definitions", "amounts", "uses",
    ]  # fmt: skip
    assert list(of["provisions"]["7.2.b.sows"]) == [
        "status", "possible", "open_because", "cite", "measured", "required", "comparison", "unit",
        "shortfall", "missing", "notes",
    ]  # fmt: skip


def test_the_example_of_the_format() -> None:
    """38 cattle of 50."""
    given = {fact.id: 0 for fact in graph_of("nq-08-2019").facts} | {"cattle": 38}
    of = record(stated("nq-08-2019", **given), ("decide", "durable-rules"))
    assert of["status"] == "not_met"
    assert of["engines"] == ["decide", "durable-rules"]
    leaf = of["provisions"]["7.2.b.large-livestock"]
    notes, cite = leaf.pop("notes"), leaf.pop("cite")
    assert leaf == {
        "status": "not_met",
        "possible": ["not_met"],
        "open_because": None,
        "measured": "38",
        "required": "50",
        "comparison": "at_least",
        "unit": "head",
        "shortfall": "12",
        "missing": [],
    }
    assert cite == {
        "vi": "Điều 7 khoản 2 điểm b",
        "en": "Article 7, clause 2, point b",
    }
    assert all({*note} == {"vi", "en"} for note in notes)


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_provision_is_there_in_the_packs_order_ids_unqualified(pack: str) -> None:
    """Of used packs too, each the same object."""
    graph = graph_of(pack)
    of = record(decide(graph, Given()))
    assert list(of["provisions"]) == [p.id for p in graph.main.provisions]
    assert list(of["definitions"]) == [d.id for d in graph.main.definitions]
    assert list(of["amounts"]) == [a.id for a in graph.main.amounts]
    assert list(of["uses"]) == [part.pack for part in graph.parts[1:]]
    for part in graph.parts[1:]:
        assert list(of["uses"][part.pack]) == list(of)
        assert list(of["uses"][part.pack]["provisions"]) == [p.id for p in part.provisions]


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_record_goes_through_json_with_no_number_but_as_text(path: str) -> None:
    """A decimal that JSON reads as a float is no longer exact."""
    for case in load_cases([path]):
        assert case.as_of is not None
        graph = graph_of(str(case.packs[0]), date.fromordinal(case.as_of))
        of = record(decide(graph, read_given(graph, case)[0]), case=case)
        assert json.loads(json.dumps(of)) == of
        assert of["subject"] == case.subject
        for number in numbers(of):
            assert number is None or NUMBER.fullmatch(number), number


def numbers(of: object) -> list[str | None]:
    """What stands under the fields of numbers."""
    found: list[str | None] = []
    if isinstance(of, dict):
        for key, value in of.items():
            if key in ("least", "most", "shortfall"):
                found.append(value)
            else:
                found += numbers(value)
    elif isinstance(of, list):
        for value in of:
            found += numbers(value)
    else:
        assert of is None or isinstance(of, str | bool), of
    return found


def test_what_is_open_has_its_ends_and_no_guard_ever_shows() -> None:
    """No upper bound is null."""
    leaf = record(stated("nq-08-2019", buffaloes=38))["provisions"]["7.2.b.large-livestock"]
    assert leaf["measured"] == {"least": "38", "most": None}
    assert leaf["open_because"] == "missing"
    assert leaf["missing"] == ["cattle", "horses"]
    assert leaf["shortfall"] is None


def test_a_review_is_a_note_where_it_bears_on_the_result_only() -> None:
    """Not where the provision is settled."""
    pack = graph_of("nq-08-2019").main
    note = next(p.review_note for p in pack.provisions if p.id == "7.2.c")
    assert note is not None
    given = {fact.id: 0 for fact in graph_of("nq-08-2019").facts}
    open_one = record(stated("nq-08-2019", **given | {"other_crop_area": 4_500_000}))
    assert open_one["provisions"]["7.2.c"]["open_because"] == "review"
    assert note._asdict() in open_one["provisions"]["7.2.c"]["notes"]
    settled = record(stated("nq-08-2019", **given))
    assert note._asdict() not in settled["provisions"]["7.2.c"]["notes"]


def test_the_shortfall_of_a_ratio_has_its_own_unit() -> None:
    """What to add to the numerator."""
    given = {"officials_total": 20, "officials_meeting_standard": 19}
    leaf = record(stated("ntm-xa-2021-2025", **given))["provisions"]["18.1"]
    assert (leaf["measured"], leaf["required"], leaf["unit"]) == ("95", "100", "%")
    assert (leaf["shortfall"], leaf["shortfall_unit"]) == ("1", "person")


def test_a_ratio_without_a_finite_decimal_is_a_fraction() -> None:
    """1 of 3 in per cent."""
    given = {"petitions_settled": 1, "petitions_received": 3}
    leaf = record(stated("binh-trung-2023", **given))["provisions"]["3"]
    assert leaf["measured"] == "100/3"


def test_an_open_ratio_lies_between_its_ends() -> None:
    """Nothing is known of its numerator."""
    leaf = record(stated("binh-trung-2023", parcels_to_register=2776))["provisions"]["1.5"]
    assert leaf["measured"] == {"least": "0", "most": None}


@pytest.mark.parametrize(
    ("facts", "least", "most"),
    [
        ({"earned": 0, "spent": 12, "many": (2, 4, False)}, "-6", "-3"),
        ({"earned": (0, 12, False), "spent": 6, "many": (2, 3, False)}, "-3", "3"),
        ({"earned": 6, "spent": (0, 12, False), "many": (1, None, False)}, "-6", "6"),
        ({"earned": (0, None, False), "spent": 6, "many": (2, 3, False)}, "-3", None),
        ({"earned": (8, 9, False), "spent": 6, "many": (0, 2, False)}, "1", None),
        ({"earned": 0, "spent": 12, "many": -2}, None, None),
    ],
)
def test_a_ratio_of_what_may_be_below_0_lies_between_its_ends(
    facts: dict[str, Value], least: str | None, most: str | None
) -> None:
    """A loss is the greater the fewer share it; of less than one there is no ratio."""
    text = """
        facts:
          earned: {TWO, unit: đồng}
          spent: {TWO, unit: đồng}
          many: {TWO, unit: person, min: -5}
        define: {each: {TWO, SAID, ratio: {of: {less: [earned, spent]}, per: many}}}
    """
    fields = record(decide(compiled(pack_text(text)), Given(facts)))["definitions"]["each"]

    assert (fields["least"], fields["most"]) == (least, most)
    assert ("not_applicable" in fields) == (facts["many"] in ((0, 2, False), -2))


def test_a_range_has_its_tests_in_place_of_one_comparison() -> None:
    """Each with its own bound, and days as ISO writes them."""
    graph = written(
        """
facts:
  slope: {vi: độ dốc, en: slope, unit: "%"}
  built: {vi: ngày xây, en: built, kind: date}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: từ 2 % đến dưới 8 %, từ ngày 01/01/2020
    all:
      1.slope: {vi: dốc, en: slope, require: {of: slope, at_least: 2 %, less_than: 8 %}}
      1.built: {vi: xây, en: built, require: {of: built, at_least: 2020-01-01}}
"""
    )
    built = date(2019, 5, 1).toordinal()
    of = record(decide(graph, Given(slope=900, built=built)))["provisions"]
    leaf = of["1.slope"]
    assert (leaf["measured"], leaf["required"], leaf["comparison"]) == ("9", None, None)
    assert leaf["shortfall"] == "1.01"
    assert leaf["tests"] == [
        {"comparison": "at_least", "required": "2", "shortfall": None},
        {"comparison": "less_than", "required": "8", "shortfall": "1.01"},
    ]
    leaf = of["1.built"]
    assert (leaf["measured"], leaf["required"], leaf["unit"]) == ("2019-05-01", "2020-01-01", None)
    assert record(decide(graph, Given()))["provisions"]["1.built"]["measured"] is None


def test_classes_and_yes_no_are_labels_and_words() -> None:
    """The labels still possible, while it is open."""
    of = record(stated("ntm-xa-2021-2025", party_rating=0b0011, training_plan_issued=NOT_MET))
    party, issued = of["provisions"]["18.2.party"], of["provisions"]["18.6.issued"]
    assert party["measured"] == ["excellent", "good"]
    assert (party["required"], party["comparison"]) == (["excellent", "good"], "in")
    assert (issued["measured"], issued["required"]) == ("false", "true")
    assert of["provisions"]["18.6.carried-out"]["measured"] is None


def test_a_class_that_the_law_leaves_unknown_has_all_its_labels() -> None:
    """In the words of the class that it is of, here before the first day of its pack."""
    theirs = """
        in_force: {from: 2024-01-01}
        facts: {area: {TWO, unit: ha}}
        define:
          size:
            vi: v
            en: size
            cite: {TWO}
            quote: q
            labels: {big: {vi: lớn, en: big}, small: {vi: nhỏ, en: small}}
            of: area
            first: [{at_least: 5, then: big}, {else: small}]
    """
    ours = """
        verdict: {all: ["1"], about: {TWO}}
        use: {size: b/size}
        provisions: {"1": {SAID, require: {of: size, in: [big]}}}
    """
    decision = decide(compiled(pack_text(ours), pack_text(theirs, "b")), Given())

    assert record(decision)["provisions"]["1"]["measured"] == ["big", "small"]
    assert "big or small" in shown(explain(decision, lang="en"))


def test_definitions_are_classes_quantities_or_statuses() -> None:
    """A herd of which most is not known."""
    of = record(stated("trang-trai-2020", exotic_sows=24, crops_value=100))
    assert of["definitions"]["farm_kind"]["class"]
    used = of["uses"]["chan-nuoi-2020"]["definitions"]
    assert used["livestock_units"] == {"least": "12", "most": None, "unit": "lu"}
    assert used["farm_scale"] == {"class": ["large", "medium", "small"]}
    assert of["uses"]["chan-nuoi-2020"]["status"] is None


def test_amounts_are_from_to_exact_and_ceilings_are_told() -> None:
    """And null where not in force."""
    given = {"greenhouse_area": 100_000, "linkage_agreement": MET}
    amount = record(stated("lao-cai-26-2020", **given))["amounts"]["15.amount"]
    assert amount.pop("cite")["en"] == "Article 15"
    assert amount == {
        "least": "0", "most": "80000000", "exact": False, "up_to": False, "unit": "đồng",
    }  # fmt: skip
    before = record(stated("chan-nuoi-2020"))["amounts"]["106.10.biogas"]
    assert (before["least"], before["most"], before["exact"]) == (None, None, False)
    assert before["up_to"]


def test_no_law_in_force_has_a_reason_that_names_the_successor() -> None:
    """Where the pack knows one."""
    of = record(stated("ntm-xa-2021-2025", "2026-02-15"))
    assert of["status"] is None
    assert "51/2025/QĐ-TTg" in of["reason"]["vi"]
    assert "15/02/2026" in of["reason"]["en"]
    assert record(stated("ntm-xa-2021-2025"))["reason"] is None
    lapsed = record(stated("nq-08-2019", "2026-01-01"))["reason"]
    assert lapsed["en"].startswith("Resolution 08/2019/NQ-HĐND is not in force on 01/01/2026")


def test_no_law_in_force_is_no_answer_anywhere() -> None:
    """Neither of a provision nor an amount, of the pack and of those it uses."""
    met = record(stated("nq-08-2019", "2026-05-31", cattle=60))
    assert {each["status"] for each in met["provisions"].values()} == {None}
    leaf = met["provisions"]["7.2.b.large-livestock"]
    assert (leaf["possible"], leaf["measured"], leaf["missing"]) == ([], None, [])

    used = record(stated("binh-trung-2023", "2026-06-01"))["uses"]["ntm-xa-2021-2025"]
    assert used["status"] is None
    assert {each["status"] for each in used["provisions"].values()} == {None}

    graph = written("""
in_force: {until: 2020-12-31}
facts: {area: {vi: v, en: e, unit: m2}}
provisions: {"1": {cite: {vi: v, en: e}, require: {of: area, at_least: area}}}
amounts: {support: {cite: {vi: v, en: e}, quote: q, times: [area, 80_000 đồng/m2]}}
""")
    amount = record(decide(graph, Given(area=5)))["amounts"]["support"]
    assert (amount["least"], amount["most"], amount["exact"]) == (None, None, False)


def test_who_of_a_list_falls_short_and_in_what() -> None:
    """By the ids of the fields; who counts is not there, and where no list is counted, no key."""
    [case] = load_cases([str(EXAMPLE)])
    graph = graph_of("binh-trung-2023")
    decision = decide(graph, read_given(graph, case)[0])
    provisions = record(decision)["uses"]["ntm-xa-2021-2025"]["provisions"]

    assert provisions["18.1"]["members"] == [
        {
            "list": "officials",
            "name": "01 cán bộ (báo cáo không nêu tên)",
            "number": "1",
            "not_met": ["state_management_course"],
            "open": ["other_requirements_met"],
        }
    ]
    assert "members" not in provisions["18.4"]
    [member] = decision["ntm-xa-2021-2025/18.1"].members
    assert (member.number, [field.id for field in member.not_met]) == (
        1,
        ["state_management_course"],
    )


def test_misprints_and_what_is_not_encoded_are_notes() -> None:
    """In both languages."""
    of = record(stated("nq-08-2019"))["provisions"]["8.2.b.fresh-store"]
    assert {"vi": "Bản in “hời”, đọc là “hồi”.", "en": "“hời” is printed, read “hồi”."} in of[
        "notes"
    ]
    of = record(stated("binh-trung-2023"))["provisions"]["4.force"]
    assert (of["status"], of["possible"]) == (None, [])
    assert "no measure" in of["notes"][0]["en"]


def test_others_add_fields_beside_and_below() -> None:
    """To provisions of used packs as well."""
    of = record(
        stated("binh-trung-2023"),
        extra={"rollups": []},
        provisions={"1.1": {"progress": "behind"}, "ntm-xa-2021-2025/18.1": {"progress": "met"}},
    )
    assert of["rollups"] == []
    assert of["provisions"]["1.1"]["progress"] == "behind"
    assert of["uses"]["ntm-xa-2021-2025"]["provisions"]["18.1"]["progress"] == "met"
    assert "progress" not in of["provisions"]["1.2"]


# ---- the digest of the input


def digest(tmp_path: Path, facts: str, more: str = "") -> str:
    """The digest of a case of nq-08-2019."""
    file = tmp_path / "case.yaml"
    file.write_text(f"pack: nq-08-2019\nas_of: 2023-05-31\n{more}facts: {{{facts}}}\n", "utf-8")
    case = load_cases([str(file)])[0]
    graph = graph_of("nq-08-2019")
    return input_digest(decide(graph, read_given(graph, case)[0]), case)


def test_the_digest_is_of_what_was_stated_not_of_how(tmp_path: Path) -> None:
    """Units and order do not change it; whatever is stated does."""
    one = digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 3")
    assert one == digest(tmp_path, "cattle: '3', vegetable_area: 15 000 m2")
    assert one.startswith("sha256:")
    others = [
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 4"),
        digest(tmp_path, "vegetable_area: 1.5 ha"),
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 3", "activities: [crops]\n"),
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 3", "complete: true\n"),
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 3", "subject: A\n"),
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: 3", "forecasts: {7.2.b: 2023-Q4}\n"),
        digest(tmp_path, "vegetable_area: 1.5 ha, cattle: {value: 3, forecast: 2023-Q4}"),
    ]
    assert len({one, *others}) == len(others) + 1


def test_the_digest_knows_the_members_of_a_list() -> None:
    """Their fields, and whether there may be more."""

    def of(*rows: tuple[str, int, int], complete: bool = True) -> str:
        members = Members(tuple([*row] for row in rows), complete)
        return input_digest(stated("ntm-xa-2021-2025", officials=members))

    one = of(("A", MET, MET))
    assert one == of(("A", MET, MET))
    assert len({one, of(("A", NOT_MET, MET)), of(("B", MET, MET)), of(), of(complete=False)}) == 5
