"""Why a row is rejected, as the people of the table read it: labels, units, what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run
from dirt import PACK
from packs import pack_text
from results import rows_of_csv

HEADER = "hộ;Số bò;Tỷ lệ (%);Người đề nghị;Hữu cơ"
ROWS = (
    "A;2,5;;;",
    "B;;100,01;;",
    "C;;;doanh nghiệp;",
    "D;;;;x",
    "E;1.000;;;",
    "F;12;45,5;ho gia dinh;có",
    "G;12;;HO GIA ĐÌNH;",
)
VI = {
    "2": ("Số bò", "`2,5` chi li hơn bước 1 con của `số bò`; viết tròn bước, đúng như sổ sách"),
    "3": (
        "Tỷ lệ (%)",
        "`100,01 %` nằm ngoài khoảng của `tỷ lệ`: từ 0 đến 100 %; kiểm tra lại con số",
    ),
    "4": (
        "Người đề nghị",
        "`người đề nghị` không có nhãn `doanh nghiệp`; dùng một trong `hộ gia đình`, `tổ chức`",
    ),
    "5": (
        "Hữu cơ",
        (
            "`hữu cơ` chỉ có thể là `true`, `false` hoặc `unknown`, không phải `x`; "
            "viết `có` hoặc `không`"
        ),
    ),
    "6": (
        "Số bò",
        (
            "`1.000` có thể là 1 hoặc 1000; nêu dấu thập phân của bảng: `--decimal comma` hoặc "
            "`--decimal point`"
        ),
    ),
}
EN = {
    "2": ("Số bò", ("`2,5` is finer than 1 head, the step of `cattle`; "
          "write it to that step, as the record has it")),
    "4": ("Người đề nghị", ("`applicant` has no label `doanh nghiệp`; "
          "use one of `household`, `organisation`")),
}  # fmt: skip


def rejects(folder: Path, pack: str, text: str, lang: str, engine: str) -> dict[str, list[str]]:
    """The rejects by row: column, value and reason."""
    (folder / "pack.yaml").write_text(pack, "utf-8")
    (folder / "in.csv").write_text(text, "utf-8")
    ran = run(
        "batch", "in.csv", "--pack", "pack.yaml", "--as-of", "2023-05-31", "-o", "out.csv",
        "--lang", lang, "--engine", engine, at=folder,
    )  # fmt: skip
    assert ran.code == 4, ran.err
    told = [[*row.values()] for row in rows_of_csv(folder / "out.rejects.csv")]
    return {row[0]: row[1:] for row in told}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(("lang", "said"), [("vi", VI), ("en", EN)])
def test_a_reason_has_labels_units_and_a_remedy(
    lang: str, said: dict[str, tuple[str, str]], engine: str, tmp_path: Path
) -> None:
    """The column as the table has it, the rest in the language asked for; F and G are decided."""
    pack = PACK.replace("pack: dirt", "pack: pack")
    found = rejects(tmp_path, pack, "\n".join((HEADER, *ROWS, "")), lang, engine)

    assert [*found] == ["2", "3", "4", "5", "6"]
    assert {row: (found[row][0], found[row][2]) for row in said} == said
    out = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert out.count("F;12;") == out.count("G;12;") == 1


TWO = pack_text(
    """\
facts:
  tree:
    vi: cây
    en: tree
    kind: class
    labels: {butter: {vi: cây bơ, en: avocado}, cattle: {vi: cây bò, en: cow tree}}
provisions:
  "1": {SAID, require: {of: tree, in: [butter]}}
""",
    "pack",
)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_label_that_two_could_be(engine: str, tmp_path: Path) -> None:
    """Code label-ambiguous: without its marks; with some of them it is one or none."""
    rows = "cây\ncay bo\nCÂY BƠ\ncay bò\ncày bo\n"

    found = rejects(tmp_path, TWO, rows, "vi", engine)

    assert {row: of[2] for row, of in found.items()} == {
        "2": "`cay bo` có thể là `cây bơ` (butter), `cây bò` (cattle); "
        "viết đủ dấu, hoặc viết mã của nhãn",
        "5": "`cây` không có nhãn `cày bo`; có phải ý bạn là `cây bơ`?",
    }
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "CÂY BƠ,met", "cay bò,not_met",
    ]  # fmt: skip
