"""Tables as people send them: every row is in the results or in the rejects, for the right reason.

One row a kind of dirt, in one column; the results say by shortfalls what was read (of a fact that
must reach as much as there can be), the rejects in the very words of `check`. The same table comes
as CSV in two encodings, as a workbook and as Parquet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

import polars as pl
import pytest
import xlsxwriter
from command import run
from hypothesis import given
from hypothesis import strategies as st
from stated import FACTS as KINDS_OF_FACTS

from tieuchi.engine.diagnostic import Mark, message, problem
from tieuchi.engine.graph import Fact
from tieuchi.engine.table.cell import BAD, Reading, code_of, read_cell
from tieuchi.engine.table.intake import closes
from tieuchi.engine.table.texts import reader

PACK = """\
pack: dirt
kind: subsidy
cite: {vi: Quyết định thử, en: A decision to try}
title: {vi: Thử, en: To try}
in_force: {from: 2020-01-01}
sources: {act: {title: {vi: Quyết định, en: Decision}, grade: B}}
source: act
activities:
  livestock: {vi: chăn nuôi, en: livestock}
  crops: {vi: trồng trọt, en: crops}
facts:
  cattle: {vi: số bò, en: cattle, unit: head}
  cows: {vi: số bò cái, en: cows, unit: head}
  area: {vi: diện tích, en: area, unit: ha}
  store: {vi: sức chứa kho, en: size of the store, unit: t/batch}
  rate: {vi: tỷ lệ, en: rate, unit: '%', max: 100 %}
  applicant:
    vi: người đề nghị
    en: applicant
    kind: class
    labels:
      household: {vi: hộ gia đình, en: household}
      organisation: {vi: tổ chức, en: organisation}
  organic: {vi: hữu cơ, en: organic, kind: yes_no}
  founded: {vi: ngày lập, en: day of founding, kind: date}
  crops_value: {vi: giá trị trồng trọt, en: value of crops, unit: đồng}
  fish_value: {vi: giá trị thủy sản, en: value of fish, unit: đồng}
  total_value: {vi: tổng giá trị, en: value in all, unit: đồng, else: sum_of_values}
checks:
  - require: {of: cows, at_most: cattle}
    level: error
    vi: Bò cái cũng là bò.
    en: Cows are cattle too.
define:
  sum_of_values: {vi: tổng, en: sum, sum: [crops_value, fish_value]}
provisions:
  p.cattle:
    cite: {vi: A, en: A}
    quote: từ
    applies_when: {activity: livestock}
    require: {of: cattle, at_least: 1_000_000_000_000 head}
  p.area: {cite: {vi: B, en: B}, quote: từ, require: {of: area, at_least: 1_000_000 ha}}
  p.store: {cite: {vi: C, en: C}, quote: từ, require: {of: store, at_least: 1_000_000 t/batch}}
  p.rate: {cite: {vi: D, en: D}, quote: từ, require: {of: rate, at_least: 100 %}}
  p.applicant: {cite: {vi: E, en: E}, quote: là, require: {of: applicant, in: [household]}}
  p.organic: {cite: {vi: F, en: F}, quote: có, require: {of: organic, is: true}}
  p.founded:
    cite: {vi: G, en: G}
    quote: từ
    require: {days: {from: founded, to: as_of}, at_least: 1_000_000 day}
  p.value:
    cite: {vi: H, en: H}
    quote: từ
    require: {of: total_value, at_least: 1_000_000_000_000_000 đồng}
"""
MOST = {"cattle": 10**12, "area": 10**6, "store": 10**6, "rate": 100}
COLUMNS = (
    "hộ", "cattle", "cows", "area", "store", "rate", "applicant", "organic", "founded",
    "crops_value", "fish_value", "total_value", "activities",
)  # fmt: skip
AS_OF = date(2023, 5, 31)
OPEN = "undetermined"


class Dirt(NamedTuple):
    """One row: its cells, and what becomes of it.

    `read` is the value of the fact of the first cell (a number, or the status of what asks for it),
    or `code` the mistake for which the row is rejected.
    """

    name: str
    cells: Mapping[str, Any]
    read: int | Decimal | str | date = ""
    code: str = ""


def good(name: str, read: Any, **cells: Any) -> Dirt:
    """A row that is read, and as what."""
    return Dirt(name, cells, read)


def bad(name: str, code: str, **cells: Any) -> Dirt:
    """A row that is rejected."""
    return Dirt(name, cells, code=code)


DIRT = (
    # numbers
    bad("text for a number", "text-for-number", cattle="nhiều"),
    bad("digits of another script", "number-malformed", cattle="0.０"),
    bad("digits of another script at the end", "number-malformed", cattle="1,٣"),
    bad("not a number", "number-not-finite", cattle="NaN"),
    bad("infinity", "number-not-finite", area="inf"),
    bad("infinity with a sign", "number-not-finite", area="-Infinity"),
    bad("a negative number", "number-negative", cattle="-3"),
    bad("the sign of mathematics", "number-negative", cattle="−3"),
    bad("half a head of cattle", "number-too-fine", cattle="2.5"),
    bad("too many decimals", "number-too-fine", area="4,0000001"),
    good("as many decimals as there may be", Decimal("4.000001"), area="4,000001"),
    bad("a thousand or one", "number-ambiguous", cattle="1.000"),
    bad("the same with a comma", "number-ambiguous", area="2,125"),
    good("a group that can be nothing else", 1_000_000, cattle="1.000.000"),
    good("both marks", Decimal("1000.5"), area="1.000,5"),
    bad("groups of other sizes", "number-malformed", cattle="1.00.000"),
    bad("two numbers", "number-malformed", cattle="12-15"),
    bad("a sum", "number-malformed", cattle="12+3"),
    bad("an exponent", "number-malformed", cattle="1e3"),
    bad("a number of a million digits", "number-too-long", cattle="9" * 1_000_000),
    bad("a number of fifty digits", "number-too-long", cattle="9" * 50),
    bad("more than there can be", "number-outside", cattle="1000000000001"),
    good("as much as there can be", 10**12, cattle="1000000000000"),
    bad("more than a hundred of a hundred", "number-outside", rate="100,01"),
    good("with the sign of per cent", Decimal("45.5"), rate="45,5 %"),
    bad("yes for a number", "boolean-for-number", cattle="có"),
    bad("true for a number", "boolean-for-number", cattle="TRUE"),
    bad("a date for a number", "number-malformed", cattle="31/05/2023"),
    bad("a dash", "text-for-number", cattle="-"),
    bad("an error of a spreadsheet", "text-for-number", cattle="#N/A"),
    bad("half a đồng", "number-too-fine", total_value="1234,5"),
    good("a whole number of đồng", "not_met", total_value="1234,0"),
    bad("a remark beside the number", "number-malformed", cattle="12 (ước)"),
    good("zeros before", 12, cattle="0012"),
    good("a plus before", 12, cattle="+12"),
    good("a decimal that is whole", 12, cattle="12,0"),
    # units
    bad("the unit of something else", "unit-mismatch", area="50 con"),
    bad("no unit at all", "unit-unknown", area="5 sải"),
    good("another unit", Decimal("1.5"), area="15 000 m2"),
    good("the unit itself", Decimal("1.5"), area="1,5ha"),
    good("the unit without what it is per", 46, store="46 t"),
    good("the word that people use", 38, cattle="38 con"),
    # spaces and characters
    good("spaces around", 12, cattle="  12  "),
    good("a space that does not break", 1_000, cattle="1\u00a0000"),
    good("a narrow space", 1_000, cattle="1\u202f000"),
    good("a thin space", 1_000, cattle="1\u2009000"),
    bad("digits of full width", "number-malformed", cattle="１２"),
    bad("a space of no width", "number-malformed", cattle="12\u200b"),
    bad("an apostrophe before", "number-malformed", cattle="'12"),
    bad("quotes", "number-malformed", cattle='"12"'),
    good("a line break after", 12, cattle="12\n"),
    bad("a line break between", "number-malformed", cattle="1\n2"),
    bad("a formula", "number-malformed", cattle="=1+1"),
    bad("what separates cells", "number-malformed", cattle="1;2"),
    # nothing
    good("nothing", OPEN, cattle=""),
    good("spaces alone", OPEN, cattle="   "),
    good("unknown", OPEN, cattle="unknown"),
    good("unknown in capitals", OPEN, organic="UNKNOWN"),
    # words
    good("a label", "met", applicant="household"),
    good("a label in capitals", "met", applicant="HỘ GIA ĐÌNH"),
    good("a label in the other language", "not_met", applicant="Organisation"),
    good("a label in separate marks", "met", applicant=normalize("NFD", "hộ gia đình")),
    good("a label with two spaces", "met", applicant="hộ  gia đình"),
    bad("a label that is none", "label-unknown", applicant="doanh nghiệp"),
    bad("a label without its marks", "label-unknown", applicant="ho gia dinh"),
    bad("a number for a label", "label-unknown", applicant="1"),
    good("yes", "met", organic="Có"),
    good("no", "not_met", organic="không"),
    good("no of a spreadsheet", "not_met", organic="FALSE"),
    bad("a cross", "yes-no-expected", organic="x"),
    bad("one for yes", "yes-no-expected", organic="1"),
    # days
    good("a day", date(2023, 5, 1), founded="01/05/2023"),
    good("a day for machines", date(2023, 5, 1), founded="2023-05-01"),
    good("a month", date(2023, 4, 30), founded="4/2023"),
    bad("a day that is none", "date-impossible", founded="30/02/2023"),
    bad("a month that is none", "date-impossible", founded="01/13/2023"),
    bad("a day as elsewhere", "date-malformed", founded="May 1, 2023"),
    bad("a year of two digits", "date-malformed", founded="01/05/23"),
    bad("a day with its hour", "date-malformed", founded="2023-05-01 10:00"),
    # several cells
    bad("a part above the whole", "check-failed", cattle="5", cows="6"),
    good("a part as large as the whole", 5, cattle="5", cows="5"),
    bad(
        "a sum that is another", "both-stated",
        total_value="5", crops_value="1", fish_value="1",
    ),
    good("the activities of the row", "not_applicable", activities="trồng trọt"),
    good("several activities", 12, cattle="12", activities="Livestock; trồng trọt"),
    good("no activities", 12, cattle="12", activities=" ; "),
    bad("an activity that is none", "activity-unknown", activities="livestock;du lịch"),
)  # fmt: skip
LONGEST = 32_767  # characters in a cell of a workbook


def test_there_are_kinds_enough() -> None:
    """Thirty were promised."""
    assert len({dirt.name for dirt in DIRT}) == len(DIRT) > 30
    assert len({dirt.code for dirt in DIRT}) > 15


# ---- tables of these rows


def _rows(dirt: Sequence[Dirt]) -> list[list[Any]]:
    return [[each.cells.get(name, "") for name in ("hộ", *COLUMNS[1:])] for each in _named(dirt)]


def _named(dirt: Sequence[Dirt]) -> list[Dirt]:
    return [each._replace(cells={"hộ": each.name, **each.cells}) for each in dirt]


def _text(dirt: Sequence[Dirt]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(dirt))
    return out.getvalue()


def windows_1258(text: str) -> bytes:
    """Vietnamese as it is saved there: letters composed, the five tones after them."""
    out = bytearray()
    for char in normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = normalize("NFD", char)
            tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            rest = normalize("NFC", "".join(c for c in parts if c not in tones))
            out += (rest + tones).encode("cp1258")
    return bytes(out)


def _in_windows_1258(dirt: Dirt) -> bool:
    try:
        windows_1258("".join(map(str, dirt.cells.values())))
    except UnicodeEncodeError:
        return False
    return True


def utf_8(path: Path, dirt: Sequence[Dirt]) -> None:
    """As a spreadsheet saves it."""
    path.write_bytes(("\ufeff" + _text(dirt)).encode())


def old(path: Path, dirt: Sequence[Dirt]) -> None:
    """As an old spreadsheet saves it."""
    path.write_bytes(windows_1258(_text(dirt)))


def workbook(path: Path, dirt: Sequence[Dirt]) -> None:
    """Cells as what they are."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate([COLUMNS, *_rows(dirt)]):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, datetime(*cell.timetuple()[:3]), day)  # noqa: DTZ001
            elif isinstance(cell, str):
                sheet.write_string(at, column, cell)
            else:
                sheet.write(at, column, cell)
    book.close()


def columns(path: Path, dirt: Sequence[Dirt]) -> None:
    """Columns of text."""
    pl.DataFrame(_rows(dirt), schema=dict.fromkeys(COLUMNS, pl.String), orient="row").write_parquet(
        path
    )


KINDS: Mapping[str, tuple[str, Callable[[Path, Sequence[Dirt]], None], Callable[[Dirt], bool]]] = {
    "utf-8": ("csv", utf_8, lambda _: True),
    "windows-1258": ("csv", old, _in_windows_1258),
    "workbook": ("xlsx", workbook, lambda d: all(len(c) < LONGEST for c in d.cells.values())),
    "parquet": ("parquet", columns, lambda _: True),
}


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
    results = {row["hộ"]: row for row in _read(out)}
    told = _read(rejects) if rejects.exists() else []
    rows = json.loads(ran.out)["rows"]
    assert rows["in"] == rows["out"] + rows["rejected"]
    assert rows["out"] == len(results)
    assert rows["rejected"] == len({row["row"] for row in told})
    return Done(results, told, rows)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


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
    status, short = row[asked], row.get(f"{asked}.shortfall", "")
    if name == "founded" and status == "not_met":
        return date.fromordinal(AS_OF.toordinal() - (1_000_000 - int(Decimal(short))))
    if name in MOST and status in ("met", "not_met"):
        return MOST[name] - Decimal(short or 0)
    return status


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
            assert (rejects[number]["column"], rejects[number]["reason"]) == (
                next(iter(each.cells)),
                told["message"],
            )
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
        (row, "", "", message(problem("row-ragged", Mark(""), found=found, columns=3), "en"))
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
    assert reject["reason"] == "`-3` is below 0, and `cattle` cannot be"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"cattle": True}, "`cattle` is a quantity, and `true` is yes or no"),
        ({"cattle": date(2023, 5, 31)}, "`2023-05-31` is not a number"),
        ({"area": float("nan")}, "`nan` is not a finite number"),
        ({"area": float("inf")}, "`inf` is not a finite number"),
        ({"area": -float("inf")}, "`-inf` is not a finite number"),
        ({"area": 1e300}, "has more than 40 digits"),
        ({"area": 1e15}, "is outside what `area` can be: from 0 to 1000000 ha"),
        ({"cattle": 2**62}, "is outside what `cattle` can be: from 0 to 1000000000000 head"),
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
    assert reject["reason"].endswith(said)


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
