"""Comparisons of two counts over one list: one member who fails settles an open list."""

from typing import Any

import pytest
from packs import compiled, outcomes, pack_text
from readers import READERS, Reader, by_decide

from tieuchi.engine.decision import CaseError
from tieuchi.engine.given import given_from

STAFF = pack_text("""
    facts:
      staff: {TWO, kind: list, fields: {name: {TWO, kind: text}, trained: {TWO, kind: yes_no}}}
      total: {TWO, unit: person, else: listed}
      trained_total: {TWO, unit: person, else: listed_trained}
    define:
      listed: {TWO, unit: person, count: staff}
      listed_trained: {TWO, unit: person, count: staff, where: trained}
    provisions:
      all: {SAID, require: {ratio: {of: trained_total, per: total}, at_least: 100 %}}
      half: {SAID, require: {ratio: {of: trained_total, per: total}, at_least: 50 %}}
      few: {SAID, require: {ratio: {of: trained_total, per: total}, less_than: 100 %}}
      same: {SAID, require: {ratio: {of: trained_total, per: total}, equals: 100 %}}
      nobody: {SAID, require: {count: staff, where: {not: trained}, at_most: 0}}
""")
YES, NO, OPEN = {"name": "A", "trained": True}, {"name": "B", "trained": False}, {"name": "C"}
EITHER = {"met", "not_met"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("facts", "name", "expected"),
    [
        # the report: 19 of 20, and the one who fails by name
        ({"total": 20, "trained_total": 19, "staff": [NO]}, "all", {"not_met"}),
        ({"staff": [NO]}, "all", {"not_met"}),  # however many more there are
        ({"staff": [NO]}, "few", {"met"}),
        ({"staff": [NO]}, "same", {"not_met"}),
        ({"staff": [NO]}, "nobody", {"not_met"}),
        ({"staff": [NO]}, "half", EITHER),
        ({"staff": [YES, YES]}, "all", EITHER),
        ({"staff": [YES, YES]}, "nobody", EITHER),
        ({"staff": []}, "all", EITHER | {"not_applicable"}),
        ({"staff": {"items": [YES, YES], "complete": True}}, "all", {"met"}),
        ({"staff": {"items": [YES, YES], "complete": True}}, "same", {"met"}),
        ({"staff": {"items": [YES, YES], "complete": True}}, "few", {"not_met"}),
        ({"staff": {"items": [YES, OPEN], "complete": True}}, "all", EITHER),
        ({"staff": {"items": [NO, OPEN], "complete": True}}, "all", {"not_met"}),
        ({"staff": {"items": [NO, OPEN], "complete": True}}, "half", EITHER),
        ({"staff": {"items": [NO, YES], "complete": True}}, "half", {"met"}),
        ({"staff": {"items": [], "complete": True}}, "all", {"not_applicable"}),
        ({"staff": {"items": [], "complete": True}}, "nobody", {"met"}),
        ({"total": 20, "staff": [NO]}, "all", {"not_met"}),
        ({"total": 20, "staff": [YES]}, "all", EITHER),
        ({"total": 20, "trained_total": 20, "staff": [YES]}, "all", {"met"}),
    ],
)
def test_member_by_member(
    reader: Reader, facts: dict[str, Any], name: str, expected: set[str]
) -> None:
    """`n / d ≥ 100 %` over one list is decided by each member, not by two loose counts."""
    graph = compiled(STAFF)
    values = reader(graph, given_from(graph, facts))
    node = next(p.node for p in graph.main.provisions if p.id == name)

    assert outcomes(values[node]) == expected


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "facts",
    [
        {"total": 20, "trained_total": 20, "staff": [NO]},
        {"total": 3, "staff": {"items": [YES], "complete": True}},
        {"trained_total": 0, "staff": [YES]},
    ],
)
def test_counts_that_the_list_denies_are_refused(reader: Reader, facts: dict[str, Any]) -> None:
    """All 20 of 20, and one of them by name who does not: one of the two is wrong."""
    graph = compiled(STAFF)

    with pytest.raises(CaseError, match="both-stated"):
        reader(graph, given_from(graph, facts))


def test_fields_have_units_and_steps_too() -> None:
    """A member is measured as the field says; what lies outside the list may be asked of it."""
    graph = compiled(
        pack_text(
            """
            facts:
              plots:
                TWO_LINES
                kind: list
                fields: {size: {TWO, unit: ha, step: 0.1 ha}, owned: {TWO, kind: yes_no}}
              least: {TWO, unit: m2}
            provisions:
              "1":
                cite: {TWO}
                quote: q
                require:
                  count: plots
                  where: {all: [owned, {require: {of: size, at_least: least}}]}
                  at_least: 2
        """.replace("TWO_LINES", "vi: v\n                en: e")
        )
    )
    owned = [{"size": size, "owned": True} for size in ("0.5", "0.6")]
    plots = {"items": owned, "complete": True}
    node = graph.main.provisions[0].node
    found = [
        outcomes(by_decide(graph, given_from(graph, {"plots": plots, "least": least}))[node])
        for least in (5_000, 5_001)
    ]

    assert found == [{"met"}, {"not_met"}]
