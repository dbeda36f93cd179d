"""Tables as people send them: every row is in the results or in the rejects, for the right reason.

One row a kind of dirt, in one column; the results say by shortfalls what was read (of a fact that
must reach as much as there can be), the rejects as `check` does, with labels in place of ids. The
same table comes
as CSV in two encodings, as a workbook and as Parquet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl
import pytest
from command import run
from dirt import AS_OF, DIRT, KINDS, MOST, PACK, Dirt, bad, good, workbook
from hypothesis import given
from hypothesis import strategies as st
from results import rows_of_csv
from stated import FACTS as KINDS_OF_FACTS

from tieuchi.engine.diagnostic import Mark, problem, sentence
from tieuchi.engine.graph import Fact
from tieuchi.engine.table.cell import BAD, Reading, code_of, read_cell
from tieuchi.engine.table.intake import closes
from tieuchi.engine.table.texts import reader


def test_there_are_kinds_enough() -> None:
    """Thirty were promised."""
    assert len({dirt.name for dirt in DIRT}) == len(DIRT) > 30
    assert len({dirt.code for dirt in DIRT}) > 15


# ---- what becomes of them


class Done(NamedTuple):
    """The results and the rejects of a run, by the name of the row."""

    results: dict[str, dict[str, str]]
    rejects: list[dict[str, str]]
    rows: dict[str, int]


def decided(path: Path, *options: str, code: int = 4) -> Done:
    """Run `tieuchi batch` on a table. Rows in are rows out and rejects."""
    pack, out = path.with_name("dirt.yaml"), path.with_name("out.csv")
    pack.write_text(PACK, encoding="utf-8")
    ran = run(
        "batch", str(path), "--pack", str(pack), "--as-of", str(AS_OF), "-o", str(out),
        "--format", "json", *options,
    )  # fmt: skip
    assert ran.code == code, ran.err
    rejects = path.with_name("out.rejects.csv")
    results = {row["hộ"]: row for row in rows_of_csv(out)}
    told = rows_of_csv(rejects) if rejects.exists() else []
    rows = json.loads(ran.out)["rows"]
    assert rows["in"] == rows["out"] + rows["rejected"]
    assert rows["out"] == len(results)
    assert rows["rejected"] == len({row["row"] for row in told})
    return Done(results, told, rows)


def check_says(cells: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """What `check` says of these cells alone: an error, or a decision."""
    facts = {name: cell for name, cell in cells.items() if name != "activities" and cell.strip()}
    case = {"as_of": str(AS_OF), "pack": "dirt", "facts": facts}
    named = [each.strip() for each in cells.get("activities", "").split(";") if each.strip()]
    if named:
        case["activities"] = named
    file, pack = path / "case.yaml", path / "dirt.yaml"
    file.write_text(json.dumps(case), encoding="utf-8")
    ran = run("check", str(file), "--packs", str(path), "--pack", str(pack), "--format", "json")
    told: dict[str, Any] = json.loads(ran.err if ran.code == 2 else ran.out)
    return told


def read_as(dirt: Dirt, row: Mapping[str, str]) -> Any:
    """What the results say of the first cell of a row."""
    name = next(iter(dirt.cells), "cattle")
    asked = "p." + {"total_value": "value", "activities": "cattle"}.get(name, name)
    status, short = row[asked], row.get(f"{asked}.shortfall", "").replace(",", ".")
    if name == "founded" and status == "not_met":
        return date.fromordinal(AS_OF.toordinal() - (1_000_000 - int(Decimal(short))))
    if name in MOST and status in ("met", "not_met"):
        return MOST[name] - Decimal(short or 0)
    return status


LABELS = {
    "total_value": "value in all", "store": "size of the store", "founded": "day of founding",
    "sum_of_values": "sum",
}  # fmt: skip
REMEDIES = {
    "write `true` or `false`": "write `yes` or `no`",
    "add `decimal: comma` or `decimal: point`; to a command, `--decimal comma` or `point`": (
        "say which mark is the table's: `--decimal comma` or `--decimal point`"
    ),
}


def in_words(told: Mapping[str, str]) -> str:
    """What `check` says, with the labels of facts for their ids, and the remedies of tables."""
    said = told["message"]
    for name, label in LABELS.items():
        said = said.replace(f"`{name}`", f"`{label}`")
    return f"{said}; {REMEDIES.get(told['remedy'], told['remedy'])}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_decided_or_rejected(kind: str, tmp_path: Path) -> None:
    """With the right value, or with the right code in the words of `check`."""
    suffix, write, fits = KINDS[kind]
    dirt = [each for each in DIRT if fits(each)]
    path = tmp_path / f"table.{suffix}"
    write(path, dirt)

    done = decided(path)

    first = 1 if kind == "parquet" else 2
    rejects = {int(row["row"]): row for row in done.rejects}
    found = {}
    for number, each in enumerate(dirt, first):
        if number in rejects:
            assert each.name not in done.results
            told = check_says(each.cells, tmp_path)["error"]
            assert rejects[number]["column"] == next(iter(each.cells))
            assert rejects[number]["reason"].replace(",", "") == in_words(told).replace(",", "")
            found[each.name] = told["code"]
        else:
            found[each.name] = read_as(each, done.results[each.name])
    assert found == {each.name: each.code or each.read for each in dirt}


# ---- what only some files can hold


RAGGED = """\
hộ;cattle;area
A;12;1
B;13
C;14;1;x
"D;d";15;1
"E
e";16;1
'F ""f""';17;1
;;
G;;
""".replace("'", '"')


def test_rows_of_other_lengths(tmp_path: Path) -> None:
    """A row with cells too few or too many is rejected as a row; quotes hold what they hold."""
    path = tmp_path / "table.csv"
    path.write_text(RAGGED, encoding="utf-8")

    done = decided(path)

    assert [(row["row"], row["column"], row["value"], row["reason"]) for row in done.rejects] == [
        (row, "", "", sentence(problem("row-ragged", Mark(""), found=found, columns=3), "en"))
        for row, found in (("3", 2), ("4", 4))
    ]
    assert {name: row["cattle"] for name, row in done.results.items()} == {
        "A": "12", "D;d": "15", "E\ne": "16", 'F "f"': "17", "G": "",
    }  # fmt: skip


CELLS = (
    good("a number", 12, cattle=12),
    good("a number with a fraction", Decimal("0.7"), area=0.7),
    good("nearest to a step", Decimal("0.3"), area=0.1 + 0.2),
    good("nearest to a head", 3, cattle=2.5),
    good("yes as a cell", "met", organic=True),
    good("a day as a cell", date(2023, 5, 1), founded=date(2023, 5, 1)),
    bad("a negative cell", "number-negative", cattle=-3),
)


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    """Numbers of a sheet are binary: each is the nearest step."""
    path = tmp_path / "table.xlsx"
    workbook(path, CELLS)

    done = decided(path)

    found = {each.name: read_as(each, done.results[each.name]) for each in CELLS if not each.code}
    assert found == {each.name: each.read for each in CELLS if not each.code}
    [reject] = done.rejects
    assert (reject["row"], reject["column"]) == ("8", "cattle")
    assert reject["reason"] == "`-3` is below 0, and `cattle` cannot be; write 0 or more"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"cattle": True}, "`cattle` is a quantity, and `true` is yes or no"),
        ({"cattle": date(2023, 5, 31)}, "`2023-05-31` is not a number"),
        ({"area": float("nan")}, "`nan` is not a finite number"),
        ({"area": float("inf")}, "`inf` is not a finite number"),
        ({"area": -float("inf")}, "`-inf` is not a finite number"),
        ({"area": 1e300}, "has more than 40 digits"),
        ({"area": 1e15}, "is outside what `area` can be: from 0 to 1,000,000 ha"),
        ({"cattle": 2**62}, "is outside what `cattle` can be: from 0 to 1,000,000,000,000 head"),
        ({"cattle": -1}, "`-1` is below 0, and `cattle` cannot be"),
        ({"cattle": Decimal("2.5")}, "`2.5` is finer than 1 head, the step of `cattle`"),
    ],
)
def test_what_typed_columns_hold(tmp_path: Path, cell: dict[str, Any], said: str) -> None:
    """Parquet: what cannot be is told in the words of `check`, beside a row that can be."""
    path = tmp_path / "table.parquet"
    pl.DataFrame(
        {"hộ": ["A", "B"], **{name: [of, None] for name, of in cell.items()}}
    ).write_parquet(path)

    done = decided(path)

    assert {*done.results} == {"B"}
    [reject] = done.rejects
    assert (reject["row"], reject["column"]) == ("1", next(iter(cell)))
    assert reject["reason"].partition("; ")[0].endswith(said)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ({"area": 0.7}, Decimal("0.7")),
        ({"area": 0.1 + 0.7}, Decimal("0.8")),
        ({"area": Decimal("4.000001")}, Decimal("4.000001")),
        ({"cattle": 10**12}, 10**12),
        ({"organic": False}, "not_met"),
        ({"founded": date(2023, 5, 1)}, date(2023, 5, 1)),
        ({"founded": datetime(2023, 5, 1, 10)}, date(2023, 5, 1)),  # noqa: DTZ001
    ],
)
def test_what_typed_columns_say(tmp_path: Path, cell: dict[str, Any], read: Any) -> None:
    """Parquet: what can be is read exactly; of binary numbers the nearest step."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"hộ": ["A"], **{name: [of] for name, of in cell.items()}}).write_parquet(path)

    done = decided(path, code=0)

    assert read_as(good("A", read, **cell), done.results["A"]) == read


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("1000", "999000000000000"),  # 10^15 - 10^12
        ("1,5", "999998500000000"),
        ("0,0000000001", None),  # a tenth of a đồng
        ("18446744074", None),  # in đồng it passes 64 bits, and begins anew in a careless sum
        ("1000001", None),
    ],
)
def test_a_column_in_a_large_unit(tmp_path: Path, written: str, short: str | None) -> None:
    """Numbers of a column in tỷ đồng are đồng times 10^9, exactly, or too much."""
    path = tmp_path / "table.csv"
    path.write_text(f"hộ;tổng giá trị (tỷ đồng)\nA;{written}\n", encoding="utf-8")

    done = decided(path, code=4 if short is None else 0)

    found = [row["p.value.shortfall"] for row in done.results.values()]
    assert found == ([] if short is None else [short])


# ---- the two ways to read a text


READ_AS_TEXT = [fact for fact in KINDS_OF_FACTS if fact.kind not in ("list", "text")]
TEXTS = st.one_of(
    st.text("0123456789.,_ +-−\u00a0\u202f％%ehaHAmcon²０१'\n", max_size=14),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-(10**9), 10**9, places=7).map(str),
    st.decimals(-(10**9), 10**9, places=2).map(lambda n: str(n).replace(".", ",")),
    st.sampled_from(("có", "Không", "true", "good", "UNKNOWN", "31/5/2023", "2023-02-29", "", " ")),
)


@given(
    st.lists(TEXTS | st.none(), max_size=20),
    st.sampled_from(READ_AS_TEXT),
    st.sampled_from((None, "comma", "point")),
    st.booleans(),
)
def test_columns_are_read_as_cells(
    texts: list[str | None], fact: Fact, decimal: Literal["comma", "point"] | None, complete: bool
) -> None:
    """Law: a column of text gives what each of its cells gives alone."""
    how = Reading(fact, "", decimal, complete and closes(fact))
    one = code_of(lambda text: read_cell(how, text))

    found = reader(how)(pl.Series("x", texts, dtype=pl.String)).to_list()

    assert [_within(fact, code) for code in found] == [one(text) for text in texts]


def _within(fact: Fact, code: int | None) -> int | None:
    """A code that `intake` takes; of quantities it looks at the bounds itself."""
    if code is None or fact.kind != "quantity":
        return code
    most = fact.limit if fact.most is None else min(fact.most, fact.limit)
    return code if (fact.least or 0) <= code <= most else BAD
