"""`pack export --to sql`: the printed query on the pack's own test cases, against `decide`."""

from __future__ import annotations

import sys
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from command import run
from databases import TABLE, stored
from packs import FILES, SHIPPED, pack_text
from tables import FAR, KEY, Row, table_of
from test_table_sql import DATABASES

from tieuchi.engine.cache import graph_for
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Graph
from tieuchi.engine.kernel import Members
from tieuchi.engine.pack_test import decision_of, read_suite
from tieuchi.engine.table.results import BROKEN
from tieuchi.engine.truth import STATUSES


@cache
def query(pack: str, *options: str, code: int = 0) -> str:
    """What is printed for a pack."""
    ran = run("pack", "export", pack, "--to", "sql", *options)

    assert (ran.code, ran.err) == (code, "")
    return ran.out


class Alike(NamedTuple):
    """The decisions that one query can make: by one law, the same lists being whole."""

    graph: Graph
    whole: frozenset[str]
    decisions: list[Decision]


def by_law(pack: str) -> list[Alike]:
    """The decisions of a pack's own test cases."""
    found: list[Alike] = []
    for trial in read_suite(pack).trials:
        day = trial.case.as_of
        assert day is not None
        decision = decision_of(trial, graph_for(pack, day))
        graph = decision.graph
        lists = ((name, of) for name, of in decision.given.items() if isinstance(of, Members))
        whole = frozenset(name for name, of in lists if of.complete)
        moves = any(node.op == "elapsed" for node in graph.nodes)
        for of in found:
            same = of.graph == graph if moves else of.graph[1:] == graph[1:]
            if same and of.whole == whole:
                of.decisions.append(decision)
                break
        else:
            found.append(Alike(graph, whole, [decision]))
    return found


def want(decision: Decision) -> Row:
    """What `decide` says, by the names of a query's columns; of a definition None where it is not
    one thing."""
    graph, values = decision.graph, decision.values
    found: Row = {}
    if decision.status is not None:
        found["status"] = str(decision.status)
    for view in decision.views(graph.main):
        of = view.provision
        found[of.id] = None if view.status is None else str(view.status)
        if view.shortfall is not None:
            at = of.tests[0].measured
            at = graph.nodes[at].args[0] if graph.nodes[at].kind == "ratio" else at
            found[f"{of.id}.shortfall"] = Fraction(decision.text(at, view.shortfall))
    for amount in graph.main.amounts:
        found |= _ends(decision, amount.id, amount.node)
    for defined in graph.main.definitions:
        value, kind = values[defined.node], graph.nodes[defined.node].kind
        if kind == "truth":
            found[defined.id] = str(STATUSES[value])
        elif kind == "class":
            labels = [name for name, _ in defined.labels]
            found[defined.id] = next((n for i, n in enumerate(labels) if value == 1 << i), None)
        elif kind != "ratio":
            found |= _ends(decision, defined.id, defined.node)
    return found


def _ends(decision: Decision, name: str, node: int) -> Row:
    least, most, absent = (None, None, False) if node < 0 else decision.bounds(node)
    return {
        f"{name}.{end}": None if absent or steps is None else Fraction(decision.text(node, steps))
        for end, steps in (("least", least), ("most", most))
    }


@pytest.mark.parametrize(
    ("pack", "dialect"),
    [*((pack, "duckdb") for pack in SHIPPED), ("lao-cai-26-2020", "sqlite")],
)
def test_a_query_decides_the_test_cases_of_its_pack(pack: str, dialect: str) -> None:
    """Every status, shortfall, amount, class and figure of every case, on its day; where there is
    no law on it, there is no query, which is said."""
    cases = 0
    for graph, whole, decisions in by_law(pack):
        day = ("--as-of", date.fromordinal(graph.as_of).isoformat())
        cases += len(decisions)
        if not graph.main.in_force:
            refused = run("pack", "export", pack, "--to", "sql", *day)
            assert (refused.code, refused.out) == (3, "")
            assert "is not in force on" in refused.err
            continue
        asked = query(pack, *day, "--dialect", dialect, "--table", TABLE, "--key", KEY)
        table = table_of(graph, [decision.given for decision in decisions])
        rows = sorted(DATABASES[dialect](stored(graph, table, complete=whole), asked), key=_key)

        assert len(rows) == len(decisions)
        for row, decision in zip(rows, decisions, strict=True):
            expected = want(decision)
            silent = {name for name in row if name.endswith(".shortfall")} - expected.keys()
            assert {name: _got(name, value) for name, value in row.items()} == {
                **expected, **dict.fromkeys(silent), KEY: row[KEY], BROKEN: row[BROKEN]
            }  # fmt: skip
            assert not row[BROKEN]
    suite = FILES[pack].with_suffix(".test.yaml").read_text("utf-8")
    assert cases == suite.partition("\nrefused:")[0].count("\n  - name:")


def _key(row: Row) -> int:
    return int(row[KEY])


def _got(name: str, value: Any) -> Any:
    number = name.endswith((".shortfall", ".least", ".most")) and value is not None
    return Fraction(str(value)) if number else value


# ---- what else is asked


def test_what_it_is_and_what_it_reads() -> None:
    """Without a day, of a law that has lapsed, the last one; the table of no name is `cases`."""
    text = query("nq-08-2019", "--lang", "vi")

    assert "-- Theo pháp luật ngày 2025-12-31; " in text
    assert "cattle · BIGINT · số bò; số nguyên bước 1 head" in text
    assert "fruit_tree_area · BIGINT · diện tích cây ăn quả; số nguyên bước 0.000001 ha" in text
    assert "@activity/livestock · BOOLEAN" in text
    assert 'FROM "cases" AS "t"' in text


def test_a_query_gives_the_classes_of_a_pack() -> None:
    """Which are all that some packs say; a count names what it is of."""
    scale = query("chan-nuoi-2020", "--as-of", "2023-05-31")
    officials = query("ntm-xa-2021-2025", "--as-of", "2023-05-31")

    assert "P = farm_scale: scale of livestock farming; one of large (large farm), " in scale
    assert "P = livestock_units: livestock units; lu" in scale
    assert "a count of the list officials (officials on the list): the least" in officials
    assert all("(" in line for line in officials.splitlines() if "a count of the list" in line)
    points = "a sum over the list council (total of each member): the least, in whole steps of "
    assert f"· {points}0.01 point;" in query("ocop-2026", "--as-of", "2026-11-01")


def test_a_pack_that_cannot_be_a_query(tmp_path: Path) -> None:
    """One clear line: a third of a đồng is no decimal, and SQLite has no number so wide."""
    third = tmp_path / "third.yaml"
    third.write_text(pack_text(THIRD, "third"), "utf-8")
    far = tmp_path / "far.yaml"
    far.write_text(pack_text(FAR, "far"), "utf-8")

    run("pack", "export", str(third), "--to", "sql").gives(
        2,
        err=f"{third}: a figure of the pack counts in steps of 1/3 đồng, which no decimal is equal "
        "to; give the figure a `round` in the pack\n",
    )
    refused = run("pack", "export", str(far), "--to", "sql", "--dialect", "sqlite", "--lang", "vi")
    assert (refused.code, refused.out) == (2, "")
    assert "`--to sql`: SQLite không có số rộng quá 64 bit, mà `1" in refused.err


THIRD = """
facts:
  cost: {TWO, unit: đồng}
define:
  part: {SAID, TWO, divide: cost, by: 3}
amounts:
  "1": {SAID, TWO, of: part}
"""


def test_a_definition_without_a_column_is_named(tmp_path: Path) -> None:
    """A ratio is no number, a third no decimal; the rest of the pack still is a query."""
    pack = tmp_path / "third.yaml"
    pack.write_text(pack_text(THIRD.partition("amounts:")[0] + MORE, "third"), "utf-8")
    text = query(str(pack))

    assert '"half.least"' in text
    assert "without a column (a ratio, or a step that is no decimal): part, rate" in text


MORE = """\
  rate: {SAID, TWO, ratio: {of: cost, per: cost}}
  half: {SAID, TWO, share: 50 %, of: cost}
"""


def test_no_word_of_a_pack_gets_out_of_its_comment(tmp_path: Path) -> None:
    """A comment ends with its line, so no line of one is broken; names are quoted."""
    pack = tmp_path / "evil.yaml"
    pack.write_text(pack_text(EVIL, "evil"), "utf-8")
    text = query(str(pack))
    commented = [line for line in text.splitlines() if "DROP" in line]

    assert len(commented) == 2
    assert all(line.startswith("--") for line in commented)


EVIL = """
limits: [{vi: v, en: "a\\nDROP TABLE a"}]
facts:
  kind: {TWO, kind: class, labels: {two: {TWO}, one: {vi: v, en: "b\\u2028DROP TABLE b"}}}
provisions:
  "1": {SAID, require: {of: kind, in: [one]}}
"""


@pytest.mark.parametrize("option", ["dialect", "table", "key"])
def test_what_is_of_a_query_alone(option: str) -> None:
    """A document takes none of it."""
    ran = run("pack", "export", "nq-08-2019", "--to", "md", f"--{option}", "duckdb")

    assert (ran.code, ran.out) == (2, "")
    assert f"`--{option}` goes with `--to sql`" in ran.err


def test_a_query_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to install."""
    monkeypatch.setitem(sys.modules, "tieuchi.engine.table.sql", None)
    ran = run("pack", "export", "lao-cai-26-2020", "--to", "sql")

    assert ran.code == 2
    assert 'pip install "tieuchi[sql]"' in ran.err
