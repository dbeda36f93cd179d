"""What a case may state: units and steps, bounds, what `complete` closes, and what is refused."""

import pytest
from packs import compiled, faults, pack_text


def test_the_first_nodes_are_what_a_case_gives() -> None:
    """Every fact, then the day, then the activities."""
    graph = compiled(
        pack_text("""
            activities: {crops: {TWO}, storage: {TWO}}
            facts: {x: {TWO, unit: head}, y: {TWO, kind: yes_no}}
        """)
    )

    assert [fact.id for fact in graph.facts] == ["x", "y"]
    assert [node.kind for node in graph.nodes[: graph.given]] == [
        "quantity", "truth", "date", "truth", "truth",
    ]  # fmt: skip
    assert graph.activities == ("crops", "storage")


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("head", (1, 1)),
        ("m2", (1, 100)),
        ("ha", (1, 1_000_000)),
        ("l", (1, 1)),
        ("m3", (1, 1_000)),
        ("t", (1, 1_000)),
        ("đồng", (1, 1)),
        ("triệu đồng", (1, 1_000_000)),
        ('"%"', (1, 100)),
        ("point", (1, 100)),
        ("t/batch", (1, 1_000)),
        ("đồng/person/month", (1, 1)),
        ("head, step: 10 head", (10, 1)),
        ("ha, step: 100 m2", (1, 100)),
        ("ha, step: 0.5", (1, 2)),
    ],
)
def test_the_step_of_a_unit(unit: str, scale: tuple[int, int]) -> None:
    """0.01 m2, a litre, a kilogram, one đồng, whole heads; a compound has its numerator's."""
    graph = compiled(pack_text(f"facts: {{x: {{TWO, unit: {unit}}}}}"))

    assert graph.facts[0][4:6] == scale
    assert graph.nodes[0][4:6] == scale


@pytest.mark.parametrize(
    ("fact", "closes"),
    [
        ("unit: head", True), ("unit: tree/year", True), ("unit: ha", True),
        ("unit: t/batch", True), ("unit: m3", True), ("unit: đồng", False),
        ("unit: person", False), ('unit: "%"', False),
        ("unit: point", False), ("unit: item", False), ("unit: đồng/m2", False),
        ("unit: đồng, when_complete: zero", True), ("unit: head, when_complete: open", False),
        ("kind: yes_no", False), ("kind: date", False),
        ("kind: list, fields: {y: {TWO, kind: yes_no}}", True),
        ("kind: class, labels: {m: {TWO}}", False),
    ],
)  # fmt: skip
def test_what_a_complete_case_has_none_of(fact: str, closes: bool) -> None:
    """What a holding can simply have none of; never money, people, shares, dates or classes."""
    [made] = compiled(pack_text(f"facts: {{x: {{TWO, {fact}}}}}")).facts

    assert made.closes is closes


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("kind: quantity", "unit"),
        ("unit: hectar", "hectar"),
        ("unit: head, kind: yes_no", "unit"),
        ("kind: class", "labels"),
        ("kind: list", "fields"),
        ("kind: number", "number"),
        ("unit: head, min: 5, max: 4", "≥ 5"),
        ("unit: head, max: 2.5", "2.5"),
        ("unit: head, max: 5 ha", "5 ha"),
        ("unit: head, step: 0", "0"),
        ("unit: head, step: -1", "-1"),
        ("unit: head, max: many", "many"),
        ("unit: head, else: nobody", "nobody"),
        ("unit: head, else: yes", "`yes`"),
        ("kind: yes_no, else: some", "`some`"),
        ("unit: ha, else: some", "some"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(fact: str, expected: str) -> None:
    """In one line that names what is wrong."""
    found = faults(
        pack_text(
            f"facts: {{x: {{TWO, {fact}}}, n: {{TWO, unit: head}}, 'yes': {{TWO, kind: yes_no}}}}\n"
            "define: {some: {TWO, sum: [n, n]}}\n"
        )
    )

    assert any(expected in fault for fault in found), found


def test_a_fact_of_two_packs_is_one() -> None:
    """What a case states once holds for both laws."""
    ours = pack_text("""
        facts: {x: {TWO, unit: head}}
        provisions: {"1": {SAID, require: {of: x, at_least: 1 head}}, "2": {SAID, all: [b/1]}}
    """)
    theirs = pack_text(
        """
        facts: {x: {TWO, unit: head}, y: {TWO, unit: head}}
        provisions: {"1": {SAID, require: {sum: [x, y], at_least: 1 head}}}
        """,
        "b",
    )

    assert [fact.id for fact in compiled(ours, theirs).facts] == ["x", "y"]
