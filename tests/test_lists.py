"""Sums over lists, values of their members, and time that is begun: by hand, on the readers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from command import run
from packs import DAY, compiled, faults, pack_text, value_of
from readers import READERS, Reader

from tieuchi.engine.decision import Given, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import from_json, to_json
from tieuchi.engine.interval import elapsed
from tieuchi.engine.kernel import Members
from tieuchi.engine.truth import MET, NOT_MET

PLOTS = """\
    facts:
      plots:
        vi: v
        en: e
        kind: list
        fields:
          name: {TWO, kind: text}
          area: {TWO, unit: m2}
          rented: {TWO, kind: yes_no}
      rate: {TWO, unit: đồng/m2, max: 1_000_000}
    define:
      payout: {TWO, SAID, for: plots, times: [area, 100 đồng/m2], cap: 50_000 đồng}
      halved:
        vi: v
        en: e
        cite: {vi: v, en: e}
        quote: q
        for: plots
        first: [{when: rented, then: {share: 50 %, of: payout}}, {else: payout}]
    provisions:
      "1": {SAID, require: {sum: {each: area, of: plots}, at_least: 1_000 m2}}
    amounts:
      m: {SAID, sum: {each: halved, of: plots}}
"""
AREA = 100  # steps of 0.01 m² in a m²


def plot(area: int | None, rented: int = NOT_MET) -> list[Any]:
    """A plot of so many m²."""
    return ["", (0, None, False) if area is None else area * AREA, rented]


def of(reader: Reader, rows: list[list[Any]], *, complete: bool = True) -> tuple[Any, Any]:
    """What the provision and the amount of `PLOTS` come to."""
    graph = compiled(pack_text(PLOTS))
    values = reader(graph, Given({"plots": Members(tuple(rows), complete)}))
    (amount,), (provision,) = graph.main.amounts, graph.main.provisions
    node = graph.nodes[amount.node]
    value = values[amount.node]
    scaled = value if isinstance(value, tuple) else value * node.num // node.den
    return values[provision.node], scaled


@pytest.mark.parametrize("reader", READERS)
def test_every_member_counts_as_it_is(reader: Reader) -> None:
    """600 m² come to 60 000 đ, at most 50 000; 300 m² that are rented to half of 30 000."""
    assert of(reader, [plot(600), plot(300, MET)]) == (NOT_MET, 65_000)
    assert of(reader, [plot(600), plot(400, MET)]) == (MET, 70_000)
    assert of(reader, []) == (NOT_MET, 0)


@pytest.mark.parametrize("reader", READERS)
def test_an_open_list_can_only_become_more(reader: Reader) -> None:
    """What is listed is the least; with it enough the condition is met."""
    met, (least, most, _) = of(reader, [plot(1_000)], complete=False)

    assert (met, most) == (MET, None)
    assert least > 0
    assert of(reader, [plot(999)], complete=False)[0] == MET | NOT_MET


@pytest.mark.parametrize("reader", READERS)
def test_a_member_of_which_a_field_is_unknown(reader: Reader) -> None:
    """The cap bounds it; whether it is rented halves it or not."""
    met, (least, most, absent) = of(reader, [plot(None), plot(200, MET | NOT_MET)])
    graph = compiled(pack_text(PLOTS))
    node = graph.nodes[graph.main.amounts[0].node]

    assert met == MET | NOT_MET
    assert (least * node.num // node.den, most * node.num // node.den) == (10_000, 70_000)
    assert not absent


def test_a_graph_with_one_goes_to_json_and_back() -> None:
    """As any graph does."""
    graph = compiled(pack_text(PLOTS))

    assert from_json(json.loads(json.dumps(to_json(graph)))) == graph


def test_a_registry_sums_the_members_of_each_row(tmp_path: Path) -> None:
    """Two rows with their plots in a table of its own; one whose area is not known."""
    (tmp_path / "a.yaml").write_text(pack_text(PLOTS), "utf-8")
    (tmp_path / "in.csv").write_text("key,rate\nx,1\ny,1\nz,1\n", "utf-8")
    rows = "key;area;rented\nx;600;false\nx;400;true\ny;600;false\ny;;false\n"
    (tmp_path / "plots.csv").write_text(rows, "utf-8")

    ran = run(
        "batch", "in.csv", "--pack", "a.yaml", "--complete", "--list", "plots=plots.csv",
        "--key", "key", "-o", "out.csv", at=tmp_path,
    )  # fmt: skip

    assert ran.code == 0, ran.err
    out = pl.read_csv(tmp_path / "out.csv", infer_schema_length=None)
    assert out["1"].to_list() == ["met", "undetermined", "not_met"]
    assert [int(float(x)) for x in out["m.least"].to_list()] == [70_000, 50_000, 0]
    assert [int(float(x)) for x in out["m.most"].to_list()] == [70_000, 100_000, 0]


def test_a_registry_sums_by_a_rate_that_has_a_name(tmp_path: Path) -> None:
    """A constant is no figure of the row: 600 m² at 100 đ and 400 m² at 100 đ."""
    named = PLOTS.replace("100 đồng/m2], cap", "each_m2], cap").replace(
        "    define:\n", "    define:\n      each_m2: {TWO, SAID, of: 100 đồng/m2}\n"
    )
    (tmp_path / "a.yaml").write_text(pack_text(named), "utf-8")
    (tmp_path / "in.csv").write_text("key,rate\nx,1\n", "utf-8")
    (tmp_path / "plots.csv").write_text("key;area;rented\nx;600;false\nx;400;false\n", "utf-8")

    ran = run(
        "batch", "in.csv", "--pack", "a.yaml", "--complete", "--list", "plots=plots.csv",
        "--key", "key", "-o", "out.csv", at=tmp_path,
    )  # fmt: skip

    assert ran.code == 0, ran.err
    out = pl.read_csv(tmp_path / "out.csv", infer_schema_length=None)
    assert [int(float(x)) for x in out["m.most"].to_list()] == [90_000]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a: {TWO, SAID, sum: {each: area, of: rate}}", "rate"),
        ("a: {TWO, SAID, sum: {each: rented, of: plots}}", "rented"),
        ("a: {TWO, SAID, for: rate, of: area}", "rate"),
        ("a: {TWO, SAID, for: plots, of: b}\n      b: {TWO, SAID, for: plots, of: a}", "b"),
        ("a: {TWO, SAID, of: area}", "area"),
        ("a: {TWO, SAID, for: plots, unit: m2, times: [area, 100 đồng/m2]}", "m2"),
        ("a: {TWO, SAID, for: plots, unit: rood, of: area}", "rood"),
        ("a: {TWO, SAID, for: plots, all: [rented]}", "all: rented"),
    ],
)
def test_what_is_no_sum_over_a_list_is_refused(written: str, said: str) -> None:
    """No list, no quantity, a ring, a field outside its list, not in its unit, a condition: each
    names what is wrong."""
    found = faults(pack_text(PLOTS.replace("    define:\n", f"    define:\n      {written}\n")))

    assert len(found) >= 1
    assert any(f"`{said}`" in each for each in found), found


@pytest.mark.parametrize(
    ("use", "named", "day", "comes_to"),
    [
        ("payout: b/payout", "payout", DAY, 60_000),
        ("payout: b/payout", "payout", date(2019, 12, 31), (0, None, False)),
        ("lots: b/plots", "own", DAY, 180_000),
    ],
)
def test_a_value_of_each_member_is_of_the_pack_that_says_so(
    use: str, named: str, day: date, comes_to: object
) -> None:
    """600 m² at the 100 đ of the pack that defines it, and not at the 300 đ of the one that sums;
    nothing is known of it before that pack is in force. A list has one name or another."""
    listed = "facts: {plots: {vi: v, en: e, kind: list, fields: {area: {TWO, unit: m2}}}}"
    ours = f"""
        use: {{{use}}}
        {listed}
        define:
          rate: {{TWO, SAID, of: 300 đồng/m2}}
          own: {{TWO, SAID, for: {"lots" if "lots" in use else "plots"}, times: [area, rate]}}
        amounts: {{m: {{SAID, sum: {{each: {named}, of: plots}}}}}}
    """
    theirs = f"""
        in_force: {{from: 2020-01-01}}
        {listed}
        define:
          rate: {{TWO, SAID, of: 100 đồng/m2}}
          payout: {{TWO, SAID, for: plots, times: [area, rate]}}
    """
    graph = compiled(pack_text(ours), pack_text(theirs, "b"), as_of=day)
    decision = decide(graph, Given({"plots": Members(([600 * AREA],), True)}))
    amount = graph.main.amounts[0]
    value, node = decision.values[amount.node], graph.nodes[amount.node]

    assert (value if isinstance(value, tuple) else value * node.num // node.den) == comes_to


OUTSIDE = """\
    activities: {crops: {TWO}}
    facts:
      plots: {TWO, kind: list, fields: {area: {TWO, unit: m2}, lent: {TWO, unit: m2, min: -100 m2}}}
      staff: {TWO, kind: list, fields: {hours: {TWO, unit: item}, skilled: {TWO, kind: yes_no}}}
      done: {TWO, unit: item}
      asked: {TWO, unit: item}
      since: {TWO, kind: date}
    define:
      share: {TWO, SAID, ratio: {of: done, per: asked}}
      age: {TWO, SAID, years: {from: since, to: as_of}}
      n: {TWO, SAID, %s}
    provisions:
      "1": {SAID, require: {of: n, at_least: 2}}
"""


EACH_IF_CROPS = "{first: [{when: {activity: crops}, then: 1 item}, {else: 0 item}]}"


@pytest.mark.parametrize(
    ("said", "since", "met"),
    [
        ("count: plots, where: {require: {of: share, at_least: 50 %}}", "2020-01-01", MET),
        ("count: plots, where: {require: {of: share, more_than: 50 %}}", "2020-01-01", NOT_MET),
        ("count: plots, where: {require: {of: age, at_most: 5 year}}", "2018-05-31", MET),
        ("count: plots, where: {require: {of: age, at_most: 5 year}}", "2018-05-30", NOT_MET),
        (
            "count: plots, where: {require: {count: staff, where: skilled, at_least: 1}}",
            "2020-01-01",
            MET,
        ),
        ("sum: {each: {sum: {each: hours, of: staff}}, of: plots}", "2020-01-01", MET),
        (f"sum: {{each: {EACH_IF_CROPS}, of: plots}}", "2020-01-01", MET),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_member_s_is_what_it_is_elsewhere(
    reader: Reader, said: str, since: str, met: int
) -> None:
    """A ratio, a time, another list, an activity, of each of two plots: one of two is half, of
    31/05/2018 it is 5 years to the day, and so on."""
    graph = compiled(pack_text(OUTSIDE % said))
    given = given_from(graph, {
        "plots": {"items": [{"area": 1}, {"area": 2}], "complete": True},
        "staff": {"items": [{"hours": 1, "skilled": True}], "complete": True},
        "done": 1, "asked": 2, "since": since,
    })  # fmt: skip
    (provision,) = graph.main.provisions

    assert reader(graph, given)[provision.node] == met


@pytest.mark.parametrize("of", ["lent", "{less: [area, lent]}", "less_area"])
def test_what_is_not_known_of_each_may_be_below_0_where_it_was(of: str) -> None:
    """A value unknown from a day on is as wide as those before it, of one member or of all."""
    defined = f"""
      less_area: {{TWO, SAID, less: [10 m2, 20 m2]}}
      changed: {{TWO, SAID, for: plots, of: {{2020-01-01: {of}, 2023-01-01: unknown}}}}
      all_lent: {{TWO, SAID, sum: {{each: lent, of: plots}}}}
      later: {{TWO, SAID, of: {{2020-01-01: all_lent, 2023-01-01: unknown}}}}
    """
    text = (OUTSIDE % "count: plots").replace("    define:", f"    define:{defined.rstrip()}")
    amount = "    amounts: {m: {SAID, sum: {each: changed, of: plots}}}\n"
    graph = compiled(pack_text(text + amount))

    assert value_of(graph, "m", {"plots": [{"lent": -5}]}) == (None, None)
    assert value_of(graph, "later", {"plots": [{"lent": -5}]}) == (None, None)


# ---- time that is begun


@pytest.mark.parametrize(
    ("day", "years", "months"),
    [
        ("2018-04-16", 0, 0),
        ("2018-04-17", 0, 0),
        ("2018-04-18", 1, 1),
        ("2018-05-17", 1, 1),
        ("2018-05-18", 1, 2),
        ("2023-04-17", 5, 60),
        ("2023-04-18", 6, 61),
    ],
)
def test_what_is_begun_counts(day: str, years: int, months: int) -> None:
    """From 17/04/2018: on an anniversary none more is begun, the day after one is."""
    start, end = date(2018, 4, 17).toordinal(), date.fromisoformat(day).toordinal()

    assert elapsed("begun years", start, end) == years
    assert elapsed("begun months", start, end) == months


@pytest.mark.parametrize(
    ("word", "before", "on", "after"),
    [
        ("at_least", NOT_MET, MET, MET),
        ("more_than", NOT_MET, NOT_MET, MET),
        ("at_most", MET, MET, NOT_MET),
        ("less_than", MET, NOT_MET, NOT_MET),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_an_anniversary_is_where_a_time_turns(
    reader: Reader, word: str, before: int, on: int, after: int
) -> None:
    """Of 5 years: "không quá" still holds on the anniversary and a day later no more."""
    text = f"""\
    facts:
      since: {{TWO, kind: date}}
    provisions:
      "1": {{SAID, require: {{years: {{from: since, to: as_of}}, {word}: 5 year}}}}
    """
    graph = compiled(pack_text(text), as_of=date(2023, 4, 17))
    (provision,) = graph.main.provisions

    found = [
        reader(graph, Given({"since": date(2018, 4, day).toordinal()}))[provision.node]
        for day in (18, 17, 16)
    ]

    assert found == [before, on, after]
