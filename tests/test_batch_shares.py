"""By what share of the threshold rows fall short: whatever the threshold is.

A threshold from above or from below, a range, one from a table of classes, one that is another on
another day, a ratio, a share of what the row itself says.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from command import run
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import SHIPPED, compiled, graph_of, unchecked
from results import rows_of_csv
from strategies import packs
from tables import ENGINES, Table, canonical, case, decided, plan_of, random_table

from tieuchi.engine.decision import CaseError, Decision, decide
from tieuchi.engine.graph import Graph
from tieuchi.engine.quantity import parse_unit
from tieuchi.engine.table.results import BROKEN, SHARE, Plan
from tieuchi.engine.truth import NOT_MET

PACK = """\
pack: shares
kind: subsidy
cite: {vi: Ví dụ, en: Example}
title: {vi: Ví dụ, en: Example}
in_force: {from: 2020-01-01}
source: made
sources: {made: {title: {vi: Tự đặt, en: Made up}, grade: A}}
facts:
  debt: {vi: nợ, en: debt, unit: đồng}
  heads: {vi: số con, en: heads, unit: head}
  area: {vi: diện tích, en: area, unit: m2, max: 1_000_000 m2}
  planted: {vi: đã trồng, en: planted, unit: m2, max: 1_000_000 m2}
  cost: {vi: chi phí, en: cost, unit: đồng}
  estimate: {vi: dự toán, en: estimate, unit: đồng}
  who:
    vi: ai
    en: who
    kind: class
    labels: {household: {vi: hộ, en: household}, cooperative: {vi: hợp tác xã, en: cooperative}}
define:
  least_area:
    vi: mức
    en: level
    cite: {vi: B, en: B}
    quote: mức
    table: {by: who, household: 500 m2, cooperative: 2_000 m2}
provisions:
  above: {cite: {vi: A, en: A}, quote: không quá, require: {of: debt, at_most: 50 đồng}}
  range:
    {cite: {vi: C, en: C}, quote: từ, require: {of: heads, at_least: 10 head, at_most: 20 head}}
  table: {cite: {vi: B, en: B}, quote: từ, require: {of: area, at_least: least_area}}
  ratio:
    cite: {vi: D, en: D}
    quote: từ
    require: {ratio: {of: planted, per: area}, at_least: 50 %}
  share:
    cite: {vi: E, en: E}
    quote: không quá
    require: {of: cost, at_most: {share: 110 %, of: estimate}}
  dated:
    cite: {vi: F, en: F}
    quote: từ
    require: {of: heads, at_least: {2020-01-01: 4 head, 2023-01-01: 30 head}}
"""
ROWS = """\
tên;debt;heads;area;planted;cost;estimate;who
A;60;8;400;80;121;100;hộ
B;50;25;1500;750;110;100;hợp tác xã
C;200;3;0;0;55;50;hộ
"""
WANTED = {  # rows by the upper edges of their bands, in hundredths of what is required
    "above": {"25": 1},  # A 10 of 50; C is over by 150 of 50, which is in no band
    "range": {"25": 2, "75": 1},  # A 2 of 10, B 5 of 20, C 7 of 10
    "table": {"25": 2, "100": 1},  # A 100 of 500, B 500 of 2 000, C 500 of 500
    "ratio": {"75": 1},  # A has 80 of the 200 that are half of 400; C has no area to measure
    "share": {"10": 1},  # A 11 of 110
    "dated": {"25": 1, "75": 1, "100": 1},  # of 30 on that day: A 22, B 5, C 27
}


@pytest.mark.parametrize("engine", ENGINES)
def test_shortfalls_as_shares_of_every_kind_of_threshold(engine: str, tmp_path: Path) -> None:
    """By hand; the nearest misses are by a tenth, a sixth and seven tenths."""
    (tmp_path / "shares.yaml").write_text(PACK, "utf-8")
    (tmp_path / "in.csv").write_text(ROWS, "utf-8")
    line = ("batch", "in.csv", "--pack", "shares.yaml", "--as-of", "2023-05-31", "-o", "out.csv")

    ran = run(*line, "--format", "json", "--engine", engine, at=tmp_path)

    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    found = {name: of["short_by_up_to"] or {} for name, of in told["provisions"].items()}
    assert {
        name: {edge: count for edge, count in bands.items() if count}
        for name, bands in found.items()
    } == WANTED
    assert [
        (near["subject"], near["provision"], near["short_of_required"]) for near in told["nearest"]
    ] == [("A", "share", "1/10"), ("B", "dated", "167/1000"), ("C", "range", "7/10")]


def test_the_histogram_says_what_is_one_for_all(tmp_path: Path) -> None:
    """A threshold that is another in each row has no number before its name; nothing else shows."""
    (tmp_path / "shares.yaml").write_text(PACK, "utf-8")
    (tmp_path / "in.csv").write_text(ROWS, "utf-8")
    line = ("batch", "in.csv", "--pack", "shares.yaml", "--as-of", "2023-05-31", "-o", "out.csv")

    ran = run(*line, "--lang", "en", at=tmp_path)

    near = ran.out.partition("Nearest to being met\n")[2].split("\n\n")[0]
    assert " ".join(near.split()) == (
        "row 2 (A): E (share), over by 10 % of what is allowed "
        "row 3 (B): F (dated), short by 16.7 % of what is required "
        "row 4 (C): C (range), off by 70 % of what is required"
    )
    table = ran.out.partition("By what share they miss what is required (rows)\n")[2]
    table = table.split("\n\n")[0]
    assert [row.split("  ")[1] for row in table.splitlines()[1:]] == [
        "range C", "table B", "≤ 50 đồng: above A", "share E", "≥ 30 head: dated F", "ratio D",
    ]  # fmt: skip
    rows = rows_of_csv(tmp_path / "out.csv")
    assert not [name for name in rows[0] if name.startswith("@")]
    assert [row["range.shortfall"] for row in rows] == ["2", "5", "7"]


# ---- held against single cases


def wanted(made: Plan, decision: Decision, provision: str) -> int | None:
    """Thousandths of what is required, rounded up, from what `decide` says of a row."""
    view = decision[provision]
    missing = [found for found in view.findings if found.shortfall is not None]
    if view.truth != NOT_MET or not missing:
        return None
    [test, _, measured, required, shortfall] = missing[0]
    nodes = made.graph.nodes
    asked, of = in_base(decision, test.required, required), test.measured
    if nodes[of].kind == "ratio":
        of, below = nodes[of].args
        asked *= in_base(decision, below, measured[1])
    return None if asked <= 0 else -(-1000 * in_base(decision, of, shortfall) // asked)


def in_base(decision: Decision, node: int, steps: Any) -> Fraction:
    """So many steps of a node in the unit that all of its dimension are multiples of."""
    factor = Fraction(*parse_unit(decision.graph.nodes[node].unit).factor)
    return Fraction(decision.text(node, steps)) * factor


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pack", [*SHIPPED, "shares"])
def test_shares_are_those_of_each_row(pack: str, engine: str) -> None:
    """Law: up to the whole of it, what the columns say is the shortfall over what is required."""
    graph = compiled(PACK) if pack == "shares" else unchecked(graph_of(pack))

    held(graph, random_table(graph, 150, Random(pack), gaps=0.05), engine)


@settings(max_examples=max(1, settings().max_examples // 3))
@given(pack=packs(), seed=st.integers(0, 2**32))
def test_shares_of_random_packs(pack: dict[str, Any], seed: int) -> None:
    """However the language is put together, on both back ends."""
    _, graph = drawn_graph(pack)
    for engine in ENGINES:
        held(graph, random_table(graph, 20, Random(seed), gaps=0.1), engine)


def held(graph: Graph, table: Table, engine: str) -> None:
    """Hold the columns of shares against each row alone."""
    made = plan_of(graph, table, missing=True)
    rows = decided(canonical(graph, table, ENGINES[engine]), made)
    shares = [r.name.removeprefix(SHARE) for r in made.results if r.kind == "share"]
    for i, row in enumerate(rows):
        if row[BROKEN]:
            continue
        try:
            decision = decide(graph, case(graph, table, i))
        except CaseError:
            continue
        for name in shares:
            found, want = row[SHARE + name], wanted(made, decision, name)
            if found is None or want is None or max(found, want) <= 1000:
                assert found == want, (i, name)
            else:  # beyond the bands, or at their end with numbers of thirteen digits
                assert min(found, want) >= 1000, (i, name)
