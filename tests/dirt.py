"""Rows as people send them, one a kind of dirt, and the files in which they come.

`DIRT` says of each row what is read of it, or why it is rejected; `KINDS` writes them as CSV in two
encodings, as a workbook and as Parquet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import polars as pl
import xlsxwriter

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
    good("a label without its marks", "met", applicant="Ho gia dinh"),
    bad("a label with other marks", "label-unknown", applicant="hồ gia đình"),
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
