"""Lists of rows in tables of their own: who belongs to no row, and what a table cannot count."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from command import Ran, run

COMMUNES = "tên chủ thể;số cán bộ, công chức\nXã A;1\nXã B;1\n"
OFFICIALS = (
    "tên chủ thể;họ tên hoặc số thứ tự;lớp bồi dưỡng kiến thức quản lý nhà nước\n"
    "Xã A;1;có\nXã B;1;có\n"
)


def decided(folder: Path, officials: str, *more: str, communes: str = COMMUNES) -> Ran:
    """Two communes with their officials."""
    (folder / "communes.csv").write_text(communes, "utf-8")
    (folder / "officials.csv").write_text(officials, "utf-8")
    words = ("batch", "communes.csv", "--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31")
    options = (
        "--list",
        "officials=officials.csv",
        "--complete",
        "--only",
        "18.1",
        "--map",
        "số cán bộ, công chức=officials_total",
    )
    return run(*words, *options, "-o", "out.csv", "--lang", "en", *more, at=folder)


def test_a_member_of_no_row_stops_the_run(tmp_path: Path) -> None:
    """Code member-without-row: a key spelled otherwise would be a commune without officials."""
    ran = decided(tmp_path, OFFICIALS + "Xã Bê;2;không\nXã Bê;3;có\n")

    assert (ran.code, ran.out) == (2, "")
    said = "officials.csv:4: no row of the table has this member's key `Xã Bê`"
    assert ran.err.splitlines()[-1].startswith(said)
    assert not (tmp_path / "out.csv").exists()


def test_the_form_has_its_list_on_a_sheet(tmp_path: Path) -> None:
    """What `template` writes can be filled in and decided: one of two lacks the course."""
    form = ("template", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "--lang", "vi", "-o", "n.xlsx")
    assert run(*form, at=tmp_path).code == 0
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    communes, members = book.worksheets[:2]
    communes["A2"] = "Xã A"
    for row, course in ((2, "có"), (3, "không")):
        for column, value in enumerate(("Xã A", f"người {row}", course, "có"), 1):
            members.cell(row, column, value)
    book.save(tmp_path / "n.xlsx")

    ran = run(
        "batch", "n.xlsx", "--pack", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "--complete",
        "--only", "18.1", "--list", f"officials=n.xlsx#{members.title}", "-o", "out.csv",
        at=tmp_path,
    )  # fmt: skip

    assert ran.code == 0, ran.err
    decided_rows = pl.read_csv(tmp_path / "out.csv")
    assert decided_rows["18.1"].to_list() == ["not_met"]


def test_what_stands_around_a_key_does_not_count(tmp_path: Path) -> None:
    """Both tables may have spaces there, of any kind; a row without its official is rejected."""
    officials = OFFICIALS.replace("Xã B;", " Xã B\u2007;")
    communes = COMMUNES.replace("Xã A;", "Xã A\u00a0;")

    for engine in ("polars", "duckdb"):
        assert decided(tmp_path, officials, "--engine", engine, communes=communes).code == 0


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_members_of_two_rows_stop_the_run(engine: str, tmp_path: Path) -> None:
    """Code member-of-rows: of two communes called A neither has this official for certain; two
    that have no members may be called alike."""
    twice = COMMUNES + "Xã A;1\n"
    ran = decided(tmp_path, OFFICIALS, "--engine", engine, communes=twice)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "officials.csv:2: several rows of the table have this member's key `Xã A`; name a column "
        "with `--key` in which no two rows are alike, such as a number"
    )
    assert not (tmp_path / "out.csv").exists()
    without = COMMUNES + "Xã C;0\nXã C;0\n"
    assert decided(tmp_path, OFFICIALS, "--engine", engine, communes=without).code == 0


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_row_without_a_key_is_rejected(engine: str, tmp_path: Path) -> None:
    """Code row-without-key: it is not one without members."""
    ran = decided(tmp_path, OFFICIALS, "--engine", engine, communes=COMMUNES + " ;0\n;0\n")

    assert ran.code == 4
    rejects = pl.read_csv(tmp_path / "out.rejects.csv", separator=";")
    assert rejects["row"].to_list() == [4, 5]
    assert rejects["reason"][0] == (
        "this row has no key in the column `tên chủ thể`, so that nobody knows which members are "
        "its; write the row's key, as the table of the list has it"
    )


@pytest.mark.parametrize("threshold", ["hours", "1 point"])
def test_members_are_not_compared_with_their_row(tmp_path: Path, threshold: str) -> None:
    """Code list-reads-row: what differs from row to row outside the list cannot be read there."""
    (tmp_path / "own.yaml").write_text(PACK.format(threshold=threshold), "utf-8")
    (tmp_path / "in.csv").write_text("key;hours\na;1\n", "utf-8")
    (tmp_path / "people.csv").write_text("key;score\na;1\n", "utf-8")

    words = (
        "batch",
        "in.csv",
        "--pack",
        "own.yaml",
        "--list",
        "people=people.csv",
        "--key",
        "key",
    )
    ran = run(*words, "-o", "out.csv", "--lang", "en", at=tmp_path)

    if threshold == "hours":
        assert (ran.code, ran.out) == (2, "")
        assert "compares members of `people` with figures of their row" in ran.err
    else:
        assert ran.code == 0


PACK = """\
pack: own
kind: standard
cite: {{vi: Ví dụ, en: Example}}
title: {{vi: Ví dụ, en: Example}}
source: made
sources: {{made: {{title: {{vi: Tự đặt, en: Made up}}, grade: A}}}}
facts:
  hours: {{vi: điểm chung, en: hours, unit: point}}
  people:
    vi: người
    en: people
    kind: list
    fields: {{score: {{vi: điểm, en: score, unit: point}}}}
provisions:
  1:
    cite: {{vi: Điều 1, en: Article 1}}
    quote: ít nhất một người
    require:
      count: people
      where: {{require: {{of: score, at_least: {threshold}}}}}
      at_least: 1
"""
