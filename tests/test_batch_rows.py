"""A table gives the same answers as each of its rows alone; what is refused, and what is killed."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from command import Ran, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kills import kills
from packs import DAY, DAYS, SHIPPED, graph_of
from results import rows_of_csv
from tables import Row, found, random_table, wanted

from tieuchi.engine.decision import CaseError, decide
from tieuchi.engine.given import given_from
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.quantity import decimal_text, people_text
from tieuchi.engine.table.results import plan

COUNT = 40
CAPTION = "hộ"


# ---- the same as each row alone


def as_people_write(fact: Fact, value: Any, rng: Random) -> str:
    """A stated value in one of the ways in which it is written in Vietnam."""
    if fact.kind == "yes_no":
        return rng.choice(("có", "Có", "yes") if value else ("không", "KHÔNG", "no"))
    if fact.kind == "date":
        day = date.fromordinal(value)
        return rng.choice((f"{day.day}/{day.month}/{day.year:04}", day.isoformat()))
    if fact.kind == "class":
        words = dict(fact.labels)[value]
        return rng.choice((value, words.vi, words.vi.upper(), words.en))
    number = decimal_text(value, fact.num, fact.den)
    comma = number.replace(".", ",")
    grouped = people_text(number, "vi")
    return rng.choice((comma, grouped, grouped.replace(".", "\u00a0"), f"{comma} {fact.unit}"))


def texts_of(graph: Graph, rng: Random) -> list[dict[str, str]]:
    """Random rows, as texts; what is not stated is not there."""
    facts = [fact for fact in graph.facts if fact.kind not in ("list", "text")]
    table = random_table(graph, COUNT, rng)
    return [
        {
            fact.id: as_people_write(fact, table[fact.id][row], rng)
            for fact in facts
            if table[fact.id][row] is not None
        }
        for row in range(COUNT)
    ]


def alone(graph: Graph, texts: dict[str, str], *, complete: bool) -> Row | None:
    """What is decided of one row, None where it contradicts itself."""
    case = given_from(graph, texts, decimal="comma", complete=complete)
    try:
        return wanted(plan(graph), decide(graph, case))
    except CaseError:
        return None


@pytest.mark.parametrize("pack", SHIPPED)
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2**32), st.booleans(), st.booleans())
def test_a_table_is_decided_as_its_rows(
    pack: str, tmp_path: Path, seed: int, complete: bool, as_csv: bool
) -> None:
    """Law: every status, shortfall and amount of a row is what `decide` says of its texts."""
    day = DAYS.get(pack, DAY)
    graph = graph_of(pack, day)
    rows = texts_of(graph, Random(seed))
    names = [fact.id for fact in graph.facts if fact.kind not in ("list", "text")]
    cells = {name: [row.get(name) for row in rows] for name in names}
    table = pl.DataFrame({CAPTION: [str(n) for n in range(COUNT)], **cells}, strict=True)
    table = table.cast(dict.fromkeys(names, pl.String))
    path, out = tmp_path / ("t.csv" if as_csv else "t.parquet"), tmp_path / "out.parquet"
    if as_csv:
        table.write_csv(path, separator=";", include_bom=True)
    else:
        table.write_parquet(path)

    ran = run(
        "batch", str(path), "--pack", pack, "--as-of", str(day), "-o", str(out),
        "--decimal", "comma", "--format", "json", *(["--complete"] if complete else []),
    )  # fmt: skip

    made = plan(graph)
    got = {int(row[CAPTION]): found(made, row) for row in pl.read_parquet(out).to_dicts()}
    want = {n: alone(graph, row, complete=complete) for n, row in enumerate(rows)}
    assert got == {n: row for n, row in want.items() if row is not None}
    refused = sum(1 for row in want.values() if row is None)
    assert (ran.code, ran.err) == (4 if refused else 0, "")
    assert json.loads(ran.out)["rows"] == {
        "in": COUNT,
        "out": COUNT - refused,
        "rejected": refused,
    }


# ---- what is refused


def batch(folder: Path, text: str, *options: str, pack: str = "nq-08-2019") -> Ran:
    """Run on a CSV file."""
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return run(
        "batch", str(path), "--pack", pack, "--as-of", "2023-05-31", "-o", str(folder / "out.csv"),
        *options,
    )  # fmt: skip


def refused(folder: Path, code: str, text: str, *options: str, pack: str = "nq-08-2019") -> str:
    """The message of a run that is refused with this code, and writes nothing."""
    ran = batch(folder, text, *options, "--format", "json", pack=pack)
    error = json.loads(ran.err)["error"]
    assert (ran.code, ran.out, error["code"]) == (2, "", code)
    assert not [*folder.glob("*out*")]
    return f"{error['where']}: {error['message']}".replace(f"{folder}/", "")


def test_a_column_with_the_name_of_a_result(tmp_path: Path) -> None:
    """`column-is-result`: two columns of one name would be in the results."""
    said = refused(tmp_path, "column-is-result", "hộ;cattle;7.2.b\nA;50;x\n")

    assert said == "7.2.b: the column `7.2.b` has the name of a result"


def test_a_member_without_a_key(tmp_path: Path) -> None:
    """`member-without-key`: nobody knows whose it is."""
    members = tmp_path / "members.csv"
    members.write_text("xã;họ tên;state_management_course\nA;1;có\n ;2;có\n", encoding="utf-8")

    said = refused(
        tmp_path, "member-without-key", "xã;party_rating\nA;good\n",
        "--list", f"officials={members}", "--key", "xã", pack="ntm-xa-2021-2025",
    )  # fmt: skip

    assert said == "members.csv:3: this member has no key in the column `xã`"


def test_a_ragged_row_stops_a_strict_run(tmp_path: Path) -> None:
    """`row-ragged`: a row with too few cells could be any row."""
    said = refused(tmp_path, "row-ragged", "hộ;cattle;horses\nA;50;1\nB;50\n", "--strict")

    assert said == "table.csv:3: the row has 2 cells, the header 3"


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    """Neither by the results nor by the rejects, which would even be removed."""
    path = tmp_path / "out.rejects.csv"
    path.write_text("hộ;cattle\nA;50\n", encoding="utf-8")

    for output in (path, tmp_path / "out.csv"):
        ran = run("batch", str(path), "--pack", "nq-08-2019", "-o", str(output))
        assert (ran.code, ran.out) == (2, "")
        assert "is a table that is read; choose another name" in ran.err
    assert path.read_text("utf-8") == "hộ;cattle\nA;50\n"


def test_a_long_cell_is_cut_beside_its_reason(tmp_path: Path) -> None:
    """The file of rejects stays one that can be looked at."""
    ran = batch(tmp_path, f"hộ;cattle\nA;{'9' * 100_000}\n")

    assert ran.code == 4
    assert len((tmp_path / "out.rejects.csv").read_text("utf-8")) < 2_000


def test_numbers_of_shortfalls_are_exact(tmp_path: Path) -> None:
    """By hand: 7 000.5 m² are 0.70005 ha of the 2 ha that are asked for."""
    ran = batch(tmp_path, "hộ;Diện tích trồng rau ngoài trời (m2)\nA;7000,5\n")

    assert ran.code == 0
    [row] = rows_of_csv(tmp_path / "out.csv")
    short = row["7.2.c.vegetables.shortfall"].replace(",", ".")
    assert Fraction(short) == Fraction("1.29995")


# ---- killed


def test_a_killed_run_leaves_nothing_half() -> None:
    """A few of the kills that `python tests/kills.py` has hundreds of."""
    found_after = kills(3, 20261124, {"csv": 1_000, "parquet": 1_000})

    assert len(found_after) == 3
