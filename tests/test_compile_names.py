"""Names: each made once, rings shown whole, laws and amounts that are not in force."""

from datetime import date

import pytest
from packs import DAY, compiled, faults, outcomes, pack_text, value_of

from tieuchi.engine.decision import decide
from tieuchi.engine.given import given_from

LATER = date(2025, 5, 1)


def test_a_ring_of_definitions_is_shown_whole() -> None:
    """Every name on the ring, in order, with its place, back to the first."""
    [fault] = faults(
        pack_text("""
            facts: {x: {TWO, unit: head}}
            define:
              first: {TWO, sum: [x, second]}
              second: {TWO, sum: [third, x]}
              third: {TWO, highest: [first, x]}
        """)
    )

    ring = "`first` (0.yaml:10:3) → `second` (0.yaml:11:3) → `third` (0.yaml:12:3) → `first`"
    assert ring in fault


@pytest.mark.parametrize(("name", "place"), [("1", "10:3"), ("a", "10:47")])
def test_a_fact_and_a_provision_called_alike_are_a_fault(name: str, place: str) -> None:
    """The provision above others, or one under another: said once, with both places."""
    [fault] = faults(
        pack_text(f"""
            facts: {{x: {{TWO, unit: head}}, "{name}": {{TWO, unit: head}}}}
            provisions:
              "1": {{SAID, all: {{a: {{SAID, require: {{of: x, at_least: 1 head}}}},
                b: {{SAID, require: {{of: x, at_most: 9 head}}}}}}}}
        """)
    )

    assert fault.startswith(f"{place}: two things are called `{name}`, first in 0.yaml:8:40")


@pytest.mark.parametrize("name", ["status", "verdict"])
def test_no_answer_is_called_as_the_verdict(name: str) -> None:
    """A table has a column `status` for it, a test case expects `verdict`; a fact may be so."""
    text = """
        facts: {%s: {TWO, unit: head}}
        provisions: {"%s": {SAID, require: {of: %s, at_least: 1 head}}}
    """
    [fault] = faults(pack_text(text % ("x", name, "x")))

    assert f"`{name}` " in fault
    assert compiled(pack_text(text % (name, "1", name))).facts[0].id == name


def test_a_ring_of_provisions_is_shown_whole() -> None:
    """A provision that needs itself through `not` and through a gate."""
    [fault] = faults(
        pack_text("""
            facts: {x: {TWO, unit: head}}
            provisions:
              "1": {SAID, not: "2"}
              "2": {SAID, applies_when: "1", require: {of: x, at_least: 1 head}}
        """)
    )

    assert "`1` (0.yaml:10:3) → `2` (0.yaml:11:3) → `1` (0.yaml:10:3)" in fault


def test_a_ring_between_packs_is_shown_whole() -> None:
    """With the file of each name."""
    [fault] = faults(
        pack_text("""
            use: {theirs: b/theirs}
            facts: {x: {TWO, unit: head}}
            define: {ours: {TWO, sum: [theirs, x]}}
        """),
        pack_text("define: {theirs: {TWO, of: a/ours}}\n", "b"),
    )

    assert "`ours` (0.yaml:10:10) → `theirs` (1.yaml:7:10) → `ours` (0.yaml:10:10)" in fault


def test_a_name_that_stands_in_many_places_is_one_node() -> None:
    """So that what holds of it holds everywhere."""
    graph = compiled(
        pack_text("""
            facts: {x: {TWO, unit: head}}
            define: {twice: {TWO, sum: [x, x]}}
            provisions:
              "1": {SAID, require: {of: twice, at_least: 4 head}}
              "2": {SAID, require: {of: twice, at_least: 4 head}}
        """)
    )

    first, second = graph.main.provisions
    assert first.node == second.node


def test_a_name_that_is_not_there_has_the_near_one_suggested() -> None:
    """All of them at once, each at its own place."""
    found = faults(
        pack_text("""
            facts: {cattle: {TWO, unit: head}}
            provisions:
              "1": {SAID, require: {of: catle, at_least: 1 head}}
              "2": {SAID, require: {of: zebras, at_least: 1 head}}
        """)
    )

    assert len(found) == 2
    assert "did you mean `cattle`?" in found[0]
    assert "did you mean" not in found[1]


def test_a_law_not_in_force_says_nothing() -> None:
    """Its conditions, classes and values are unknown on the day; on a day when it counts they are
    what they come to."""
    ours = pack_text("""
        use: {scale: b/scale, double: b/double}
        provisions:
          "1": {SAID, all: [b/1]}
          "2": {SAID, require: {of: scale, in: [large]}}
          "3": {SAID, require: {of: double, at_least: 4 head}}
    """)
    theirs = pack_text(
        """
        in_force: {from: 2025-01-01}
        facts: {cattle: {TWO, unit: head}}
        define:
          double: {TWO, sum: [cattle, cattle]}
          scale:
            TWO
            SAID
            labels: {large: {TWO}, small: {TWO}}
            of: cattle
            first: [{at_least: 2 head, then: large}, {else: small}]
        provisions: {"1": {SAID, require: {of: cattle, at_least: 2 head}}}
    """.replace("SAID\n", "cite: {vi: v, en: e}\n            quote: q\n").replace(
            "TWO\n", "vi: v\n            en: e\n"
        ),
        "b",
    )
    found = {}
    for day in (DAY, LATER):
        graph = compiled(ours, theirs, as_of=day)
        decision = decide(graph, given_from(graph, {"cattle": 2}))
        found[day] = [outcomes(decision[name].truth or 0) for name in ("1", "2", "3")]

    assert found[LATER] == [{"met"}, {"met"}, {"met"}]
    assert found[DAY] == [
        {"met", "not_met", "not_applicable"},
        {"met", "not_met"},
        {"met", "not_met"},
    ]


THEIR_MEASURES = pack_text(
    """
    in_force: {from: 2025-01-01}
    facts: {n: {TWO, unit: head}, m: {TWO, unit: head}, founded: {TWO, kind: date}}
    define:
      part: {TWO, sum: [n, n]}
      whole: {TWO, sum: [m, m]}
      rate: {TWO, ratio: {of: n, per: m}}
      gap: {TWO, less: [n, m]}
      since: {TWO, of: founded}
""",
    "b",
)


@pytest.mark.parametrize(
    ("measured", "required", "before", "after"),
    [
        # 6 of 4; of what a law not in force names, nothing is known but that it is not below 0
        ("{ratio: {of: b/part, per: four}}", "50 %", {"met", "not_met"}, {"met"}),
        # what it is measured by may be 0
        ("{ratio: {of: four, per: b/whole}}", "50 %", {"met", "not_met", "not_applicable"},
         {"not_met"}),
        ("{ratio: {of: b/part, per: b/whole}}", "0 %", {"met", "not_applicable"}, {"met"}),
        ("b/rate", "50 %", {"met", "not_met", "not_applicable"}, {"not_met"}),
        ("b/rate", "0 %", {"met", "not_applicable"}, {"met"}),
        # a difference may be below 0: 3 less 10
        ("b/gap", "0 head", {"met", "not_met"}, {"not_met"}),
        # a day is the case's own
        ("b/since", "2020-01-01", {"met"}, {"met"}),
    ],
)  # fmt: skip
def test_what_a_law_not_in_force_measures_is_unknown_as_far_as_it_can_vary(
    measured: str, required: str, before: set[str], after: set[str]
) -> None:
    """A ratio can besides be not applicable, and a difference below 0."""
    ours = pack_text(f"""
        facts: {{four: {{TWO, unit: head}}}}
        define: {{x: {{TWO, of: {measured}}}}}
        provisions: {{"1": {{SAID, require: {{of: x, at_least: {required}}}}}}}
    """)
    stated = {"four": 4, "n": 3, "m": 10, "founded": "2021-01-01"}
    found = []
    for day in (DAY, LATER):
        graph = compiled(ours, THEIR_MEASURES, as_of=day)
        found.append(outcomes(decide(graph, given_from(graph, stated))["1"].truth or 0))

    assert found == [before, after]


DATED = """
    facts:
      n: {TWO, unit: head}
      ok: {TWO, kind: yes_no}
      k: {TWO, kind: class, labels: {aa: {TWO}, bb: {TWO}}}
      founded: {TWO, kind: date}
    define:
      rate: {TWO, ratio: {of: n, per: n}}
      gap: {TWO, less: [n, n]}
"""


@pytest.mark.parametrize(
    ("name", "required", "expected"),
    [
        ("n", "at_least: 0 head", {"met"}),
        ("gap", "at_least: 0 head", {"met", "not_met"}),
        ("rate", "at_least: 0 %", {"met", "not_applicable"}),
        ("ok", "is: true", {"met", "not_met", "not_applicable"}),
        ("k", "in: [aa]", {"met", "not_met"}),
    ],
)
def test_before_its_first_day_a_dated_value_is_an_unknown_of_its_kind(
    name: str, required: str, expected: set[str]
) -> None:
    """Whatever it will name."""
    graph = compiled(_dated(name, required))

    assert outcomes(decide(graph, given_from(graph, {}))["1"].truth or 0) == expected


def test_before_its_first_day_a_dated_value_is_no_day() -> None:
    """There is no day of which nothing is known but one that the case is asked for."""
    [fault] = faults(_dated("founded", "at_least: 2020-01-01"))

    assert "`founded` is a date, where a quantity is expected" in fault


def _dated(name: str, required: str) -> str:
    return pack_text(
        f"""{DATED}
      x: {{TWO, of: {{2025-01-01: {name}}}}}
    provisions: {{"1": {{SAID, require: {{of: x, {required}}}}}}}
    """
    )


@pytest.mark.parametrize("day", [DAY, LATER])
def test_a_fact_of_a_law_not_in_force_is_what_the_case_states(day: date) -> None:
    """A day, a list or a number of animals does not become unknown because a law ended."""
    graph = compiled(
        pack_text("""
            use: {since: b/founded, staff: b/staff, herd: b/cattle}
            provisions:
              "1": {SAID, require: {years: {from: since, to: as_of}, at_least: 2 year}}
              "2": {SAID, require: {count: staff, where: {not: trained}, at_most: 0}}
              "3": {SAID, require: {of: herd, at_least: 2 head}}
        """),
        pack_text(
            """
            in_force: {from: 2025-01-01}
            facts:
              founded: {TWO, kind: date}
              cattle: {TWO, unit: head}
              staff: {TWO, kind: list, fields: {trained: {TWO, kind: yes_no}}}
        """,
            "b",
        ),
        as_of=day,
    )
    stated = {"founded": "2020-01-01", "cattle": 2, "staff": [{"trained": False}]}
    decision = decide(graph, given_from(graph, stated))

    assert [outcomes(decision[i].truth or 0) for i in "123"] == [{"met"}, {"not_met"}, {"met"}]


AMOUNTS = pack_text("""
    facts: {x: {TWO, unit: đồng}}
    provisions: {"1": {SAID, require: {of: grant, at_least: 1 đồng}}}
    amounts:
      grant: {SAID, in_force: {from: 2025-01-01}, of: x}
      both: {SAID, sum: [grant, x]}
""")


def test_an_amount_not_in_force_is_unknown_to_those_who_name_it() -> None:
    """It may be anything from 0 up: what is more than it is known only from below."""
    graph = compiled(AMOUNTS)
    decision = decide(graph, given_from(graph, {"x": 5}))

    assert outcomes(decision["1"].truth or 0) == {"met", "not_met"}
    assert value_of(graph, "both", {"x": 5}) == ("5", None)
    assert graph.main.amounts[0].node == -1


def test_an_amount_in_force_is_a_value_like_any_other() -> None:
    """5 đồng and 5 đồng are 10."""
    graph = compiled(AMOUNTS, as_of=LATER)

    assert value_of(graph, "both", {"x": 5}) == "10 đồng"


def test_a_provision_without_status_drops_out_of_its_parent_and_is_unknown_elsewhere() -> None:
    """`not_encoded`, or not yet in force; a parent whose children all drop out has no status."""
    graph = compiled(
        pack_text("""
            facts: {x: {TWO, unit: head}}
            provisions:
              "1":
                cite: {TWO}
                all:
                  "1.a": {cite: {TWO}, not_encoded: {TWO}}
                  "1.b": {SAID, in_force: {from: 2025-01-01}, require: {of: x, at_least: 9 head}}
                  "1.c": {SAID, require: {of: x, at_least: 1 head}}
              "2": {cite: {TWO}, any: ["1.a", "1.b"]}
              "3": {cite: {TWO}, not: "1.a"}
        """)
    )
    decision = decide(graph, given_from(graph, {"x": 1}))

    assert decision["1"].truth == decision["1.c"].truth == 1
    assert [decision[i].status for i in ("1.a", "1.b", "2")] == [None, None, None]
    assert outcomes(decision["3"].truth or 0) == {"met", "not_met", "not_applicable"}


def test_one_fact_of_two_packs_must_be_one_thing() -> None:
    """In one unit; the fault names where the other stands."""
    ours = pack_text("""
        facts: {x: {TWO, unit: head}}
        provisions: {"1": {SAID, all: [b/1]}}
    """)
    theirs = pack_text(
        """
        facts: {x: {TWO, unit: ha}}
        provisions: {"1": {SAID, require: {of: x, at_least: 1 ha}}}
    """,
        "b",
    )
    [fault] = faults(ours, theirs)

    assert fault.startswith("8:9: the fact `x` has two units: `head` here, `ha` in 1.yaml:8")


def _listing(fields: str, use: str = "") -> str:
    return pack_text(
        f"""
        {use or "notes: []"}
        facts: {{staff: {{TWO, kind: list, fields: {{{fields}}}}}}}
        define: {{some: {{TWO, count: staff, where: trained}}}}
        """,
        "a" if use else "b",
    )


@pytest.mark.parametrize(
    ("theirs", "unlike"),
    [
        ("area: {TWO, unit: ha}, trained: {TWO, kind: yes_no}", None),  # the order is free
        ("trained: {TWO, kind: yes_no}", "`area`"),
        ("trained: {TWO, kind: yes_no}, area: {TWO, unit: m2}", "`area`"),
        ("trained: {TWO, kind: yes_no}, area: {TWO, unit: ha}, age: {TWO, unit: year}", "`age`"),
    ],
)
def test_one_list_of_two_packs_has_the_same_fields(theirs: str, unlike: str | None) -> None:
    """By name, kind and unit; the one fault names the fields and both places."""
    ours = "trained: {TWO, kind: yes_no}, area: {TWO, unit: ha}"
    packs = _listing(ours, "use: {others: b/some}"), _listing(theirs)

    if unlike is None:
        assert compiled(*packs).facts[0].id == "staff"
    else:
        [fault] = faults(*packs)
        said = f"the list `staff` has not the same fields here and in 1.yaml:9: {unlike}; "
        assert fault.startswith(f"9:9: {said}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("define: {y: {TWO, unit: hectar, sum: [x]}}", "hectar"),
        ("define: {y: {TWO, sum: []}}", "sum"),
        ("define: {y: {TWO, highest: []}}", "highest"),
        ("define: {y: {TWO, weighted: {}}}", "weighted"),
        ("define: {y: {TWO, table: {by: [], a: x}}}", "by"),
        ("in_force: {from: 2023-02-30}", "2023-02-30"),
        ("limits: [{TWO, from: soon}]", "soon"),
        ("notes: [{TWO, until: 2023-02-30}]", "2023-02-30"),
        ("define: {y: {TWO, of: x, notes: [{TWO, from: 2023-02-30}]}}", "2023-02-30"),
        ('provisions: {"1": {SAID, applies_when: {activity: crops}, not: z}}', "activities"),
        (
            """
            activities: {crops: {TWO}}
            provisions: {"1": {SAID, applies_when: {activity: fishing}, not: z}}
            """,
            "use one of `crops`",
        ),
        ('provisions: {"1": {SAID, require: {of: k, in: [zz]}}}', "use one of `aa`, `bb`"),
        ("define: {y: {TWO, table: {by: k, aa: 1 head, bb: {aa: 1 head}}}}", "no value"),
        (
            "define: {y: {TWO, table: {by: k, aa: 1 head, bb: 2 head, cc: 3 head}}}",
            "use one of `aa`, `bb`",
        ),
        ("define: {y: {TWO, labels: {m: {TWO}, n: {TWO}}, first: [{else: 5}]}}", "`m`, `n`"),
        ("define: {y: {TWO, labels: {m: {TWO}, n: {TWO}}, first: [{else: other}]}}", "`m`, `n`"),
    ],
)
def test_what_cannot_be_compiled_is_a_fault_with_a_remedy(body: str, expected: str) -> None:
    """Never an error of ours: what a person got wrong is said in one line."""
    base = """
        facts:
          x: {TWO, unit: head}
          z: {TWO, kind: yes_no}
          k: {TWO, kind: class, labels: {aa: {TWO}, bb: {TWO}}}
    """
    found = faults(pack_text(base) + pack_text(body).split("source: gazette\n")[1])

    assert any(expected in fault for fault in found), found


def test_a_definition_is_in_the_unit_that_it_names() -> None:
    """6 500 m2 and 0.35 ha are 1 ha, said in ha; nothing of the sum is lost on the way."""
    graph = compiled(
        pack_text("""
            facts: {x: {TWO, unit: m2}, y: {TWO, unit: ha}}
            define: {area: {TWO, unit: ha, sum: [x, y]}}
        """)
    )
    given = given_from(graph, {"x": "6_500 m2", "y": "0.35 ha"}, decimal="point")
    decision = decide(graph, given)
    [area] = graph.main.definitions

    assert graph.nodes[area.node].unit == "ha"
    assert decision.figure(area.node, decision.value(area)) == "1"


@pytest.mark.parametrize(("people", "met"), [(3, True), (4, False)])
def test_a_ratio_is_in_the_unit_that_it_names(people: int, met: bool) -> None:
    """A tonne for 3 people is 333 kg each and for 4 of them 250; a bare 300 is in kg a person."""
    graph = compiled(
        pack_text("""
            facts: {rice: {TWO, unit: t}, people: {TWO, unit: person, max: 100}}
            define: {each: {TWO, SAID, unit: kg/person, ratio: {of: rice, per: people}}}
            provisions: {"1": {SAID, require: {of: each, at_least: 300}}}
        """)
    )
    decision = decide(graph, given_from(graph, {"rice": "1 t", "people": people}))

    assert (decision["1"].status == "met") == met
    assert graph.nodes[graph.main.definitions[0].node].unit == "kg/person"


def test_a_definition_in_the_unit_of_something_else_is_refused() -> None:
    """A sum of heads is no area, whatever it is called."""
    [fault] = faults(
        pack_text("""
            facts: {x: {TWO, unit: head}}
            define: {area: {TWO, unit: ha, sum: [x, x]}}
        """)
    )

    assert "`area` is in `head`, where `ha` is expected" in fault


def test_a_note_may_be_of_some_days_only() -> None:
    """As a limit may: what a law lacks from a day on is said from that day on."""
    written = pack_text(
        """
        facts: {x: {TWO, unit: head}}
        notes: [{vi: a, en: a, until: 2023-05-30}, {vi: b, en: b, until: 2023-05-31}]
        define: {y: {TWO, of: x, notes: [{vi: c, en: c, from: 2023-06-01}]}}
        provisions:
          "1": {SAID, notes: [{vi: d, en: d, from: 2023-05-31}], require: {of: x, at_least: 1 head}}
        """
    )
    main, later = (compiled(written, as_of=day).main for day in (DAY, LATER))

    assert [note.en for note in main.notes] == ["b"]
    assert not main.definitions[0].notes
    assert [note.en for note in main.provisions[0].notes] == ["d"]
    assert not later.notes
    assert [note.en for note in later.definitions[0].notes] == ["c"]
