"""`tieuchi template`: the form to fill in, as a spreadsheet program sees it, and read back."""

import csv
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command import run
from packs import SHIPPED, graph_of

from tieuchi.engine.graph import Fact
from tieuchi.engine.statement import read_value
from tieuchi.engine.table.form import form
from tieuchi.engine.table.form_book import xlsx_bytes
from tieuchi.engine.table.match import match, match_members
from tieuchi.engine.table.template import csv_bytes
from tieuchi.engine.words import Words

LANGS = ("vi", "en")
DAY = date(2023, 5, 31)


def book_of(pack: str, lang: str) -> Any:
    """The form of a pack, opened."""
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(form(graph_of(pack), lang))))


def names_in(folder: Path) -> list[str]:
    """What a folder holds."""
    return [path.name for path in folder.iterdir()]


def header_of(page: Any) -> list[str]:
    """Its first row."""
    return [cell.value for cell in page[1]]


def rules_of(page: Any) -> dict[str, Any]:
    """What a column looks for in its cells, by the header; each on the rows to fill in."""
    found = {}
    for rule in page.data_validations.dataValidation:
        [area] = rule.sqref.ranges
        assert (area.min_row, area.max_row, area.size["columns"]) == (2, 1001, 1)
        found[page.cell(1, area.min_col).value] = rule
    return found


def choices(book: Any, rule: Any) -> list[str]:
    """What a list to choose from offers."""
    source = rule.formula1
    if source.startswith('"'):
        return str(source).strip('"').split(",")
    sheet, _, area = source.replace("$", "").partition("!")
    return [cell.value for [cell] in book[sheet.strip("'")][area]]


# ---- reading it back


@pytest.mark.parametrize("pack", SHIPPED)
@pytest.mark.parametrize("lang", LANGS)
def test_every_column_is_read_back(pack: str, lang: str) -> None:
    """Each header is one fact, in its own unit; none is left over, none missing."""
    graph = graph_of(pack)
    first, *others = form(graph, lang).sheets
    header = header_of(book_of(pack, lang).worksheets[0])
    matching = match(header, graph)

    assert tuple(header) == first.row
    assert (matching.unmatched, matching.missing, matching.known) == ((), (), ())
    assert matching.subject == header[0]
    assert matching.activities == (header[1] if graph.activities else None)
    assert {column.note for column in matching.columns} == {""}
    for sheet in others:
        assert sheet.of is not None
        page = header_of(book_of(pack, lang)[sheet.name])
        members = match_members(page, sheet.of)
        assert (members.unmatched, members.missing) == ((), ())
        assert members.subject == page[0]


@pytest.mark.parametrize("pack", SHIPPED)
@pytest.mark.parametrize("lang", LANGS)
def test_all_that_can_be_chosen_is_understood(pack: str, lang: str) -> None:
    """Every label and every yes and no is a value of its fact; so is the least number."""
    book, sheets = book_of(pack, lang), form(graph_of(pack), lang).sheets
    for sheet in sheets:
        rules = rules_of(book[sheet.name])
        for header, fact in zip(sheet.headers, sheet.facts, strict=True):
            if fact.kind == "text":
                assert header not in rules
                continue
            rule = rules[header]
            if fact.kind in ("class", "yes_no"):
                values = {read_value(fact, each).value for each in choices(book, rule)}
                assert len(values) == (len(fact.labels) or 2)
            elif fact.kind == "quantity":
                assert rule.type in ("whole", "decimal")
                assert read_value(fact, rule.formula1).value == (fact.least or 0)
            else:
                assert (rule.type, rule.operator) == ("date", "greaterThanOrEqual")


def test_a_filled_form_is_read_as_it_stands(tmp_path: Path) -> None:
    """Filled in by another program, the header still says everything."""
    assert run("template", "nq-08-2019", "-o", "form.xlsx", "--lang", "vi", at=tmp_path).code == 0
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    page = book.worksheets[0]
    for column in range(1, page.max_column + 1):
        page.cell(2, column, "Nông hộ A" if column == 1 else column)
    book.save(tmp_path / "filled.xlsx")
    filled = openpyxl.load_workbook(tmp_path / "filled.xlsx").worksheets[0]
    graph = graph_of("nq-08-2019")
    matching = match(header_of(filled), graph)

    assert [column.fact for column in matching.columns] == [fact.id for fact in graph.facts]
    assert [filled.cell(2, column.at + 1).value for column in matching.columns] == list(
        range(3, len(graph.facts) + 3)
    )


def test_names_that_are_taken() -> None:
    """Facts of one name go by their ids; a sheet has a name that Excel takes, and none twice."""

    def fact(name: str, words: str, **more: Any) -> Fact:
        return Fact(name, "quantity", Words(words, words), "head", **more)

    field = (fact("q", "q"),)
    graph = graph_of("nq-08-2019")._replace(
        facts=(
            fact("a", "số bò"),
            fact("b", "số bò"),
            fact("c", "tên chủ thể", least=-5, most=50),
            fact("d", "ghi [chép]: a/b", fields=field)._replace(kind="list"),
            fact("e", "ghi [chép]: a/b", fields=field)._replace(kind="list"),
            fact("data", "số liệu", fields=field)._replace(kind="list"),
            fact("History", "history", fields=field)._replace(kind="list"),
        )
    )
    first, *others = form(graph, "vi").sheets
    matching = match(first.row, graph)

    assert first.headers == ("a (con)", "b (con)", "tên chủ thể (con)")
    assert (matching.unmatched, matching.missing) == ((), ())
    assert (matching.subject, matching.activities) == (first.row[0], "hoạt động")
    assert [sheet.name for sheet in others] == ["Ghi chép a b", "E", "Data", "History 2"]


# ---- what a person sees


def test_the_table_of_the_form() -> None:
    """Frozen, bold, wrapped; numbers from 0, whole where they count."""
    book = book_of("nq-08-2019", "vi")
    page = book.worksheets[0]
    rules = rules_of(page)

    assert (page.title, page.freeze_panes) == ("Số liệu", "B2")
    assert header_of(page)[:2] == ["tên chủ thể", "hoạt động"]
    assert all(cell.font.b and cell.alignment.wrap_text for cell in page[1])
    assert min(each.width for each in page.column_dimensions.values()) >= 12
    cattle, area = rules["số bò (con)"], rules["diện tích cây ăn quả (ha)"]
    assert (cattle.type, cattle.operator, cattle.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (area.type, area.operator, area.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert cattle.error == "một số nguyên từ 0 trở lên"
    assert cattle.prompt.startswith("Dự án nuôi thường xuyên, tập trung bao nhiêu con bò")
    assert choices(book, rules["hoạt động"])[:2] == ["vườn ươm", "chăn nuôi"]
    assert not rules["hoạt động"].showErrorMessage  # several may be named


def test_labels_with_commas_stay_whole() -> None:
    """They are chosen from cells, out of sight."""
    book = book_of("lao-cai-26-2020", "vi")
    rule = rules_of(book.worksheets[0])["người đề nghị hỗ trợ"]

    assert choices(book, rule) == ["hộ gia đình, cá nhân", "tổ chức"]
    assert book["Nhãn"].sheet_state == "hidden"


def test_points_have_a_most() -> None:
    """The most that the pack gives, in points."""
    [rule] = (
        rule
        for header, rule in rules_of(book_of("tcpl-2021", "en").worksheets[0]).items()
        if header.startswith("points of criterion 1")
    )

    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "100")
    assert rule.error == "a number from 0 to 100"


def test_a_list_has_a_sheet_of_its_own() -> None:
    """Its key is the subject."""
    book = book_of("ntm-xa-2021-2025", "vi")

    assert book.sheetnames == ["Số liệu", "Cán bộ, công chức xã", "Hướng dẫn", "Nhãn"]
    assert header_of(book["Cán bộ, công chức xã"]) == [
        "tên chủ thể",
        "họ tên hoặc số thứ tự",
        "lớp bồi dưỡng kiến thức quản lý nhà nước",
        "các yêu cầu khác của chuẩn cán bộ, công chức",
    ]


def test_the_guide() -> None:
    """What is asked of each fact, and by whom."""
    rows = {row[1]: row for row in book_of("nq-08-2019", "en")["Guide"].values if row[1]}

    assert rows["Id"] == (
        "Fact",
        "Id",
        "Sheet",
        "Unit",
        "Question",
        "To the nearest",
        "How to fill it in",
        "Asked for by",
        "Grade of the source",
    )
    assert rows["horses"] == (
        "horses",
        "horses",
        "Data",
        "head",
        "How many horses does the project keep regularly and in one place?",
        "1\u00a0head",
        "a whole number of 0 or more",
        "Article 7, clause 2, point b",
        "B (one copy read)",
    )
    assert rows["pond_area"][5] == "0.000001\u00a0ha"


@pytest.mark.parametrize("pack", SHIPPED)
@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_speaks_of_every_fact(pack: str, lang: str) -> None:
    """Those of lists too, each once."""
    graph = graph_of(pack)
    guide = "Hướng dẫn" if lang == "vi" else "Guide"
    ids = [row[1] for row in book_of(pack, lang)[guide].iter_rows(min_row=4, values_only=True)]
    wanted = [fact.id for fact in graph.facts]
    wanted += [field.id for fact in graph.facts for field in fact.fields]

    assert sorted(filter(None, ids)) == sorted(wanted)


# ---- the verb


def test_a_form_of_a_pack_in_force(tmp_path: Path) -> None:
    """It says what it wrote; the day is the one asked for."""
    line = ("template", "ntm-xa-2021-2025", "-o", "a.xlsx", "--as-of", "2023-05-31")

    run(*line, at=tmp_path).gives(
        0,
        out="a.xlsx: 29 columns of facts of ntm-xa-2021-2025, as of 31/05/2023; "
        "lists in sheets of their own: “Officials of the commune”\n",
    )
    assert names_in(tmp_path) == ["a.xlsx"]


def test_a_form_of_a_pack_that_has_lapsed(tmp_path: Path) -> None:
    """It is that of its last day, which it says."""
    run("template", "nq-08-2019", "-o", "a.csv", "--lang", "vi", at=tmp_path).gives(
        0, out="a.csv: 24 cột dữ kiện của nq-08-2019, xét ngày 31/12/2025\n"
    )


@pytest.mark.parametrize(("lang", "delimiter"), [("vi", ";"), ("en", ",")])
def test_a_csv_has_the_header_alone(tmp_path: Path, lang: str, delimiter: str) -> None:
    """As Excel opens it there; a list does not fit in, which is said."""
    ran = run("template", "ntm-xa-2021-2025", "-o", "a.csv", "--lang", lang, at=tmp_path)
    data = (tmp_path / "a.csv").read_bytes()
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=delimiter))

    assert ran.out.endswith("officials\n")
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 1
    assert match(rows[0], graph_of("ntm-xa-2021-2025")).unmatched == ()
    assert csv_bytes(form(graph_of("ntm-xa-2021-2025"), lang)) == data


def test_a_file_that_exists_is_replaced(tmp_path: Path) -> None:
    """So is what a run that was killed left beside it."""
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / f".a.csv.tieuchi-{2**22 + 1}.part").write_text("half")

    assert run("template", "tcpl-2021", "-o", "a.csv", at=tmp_path).code == 0
    assert names_in(tmp_path) == ["a.csv"]
    assert "old" not in (tmp_path / "a.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (
            "none/a.xlsx",
            "none/a.xlsx: there is no folder `none`; make the folder first",
        ),
        (
            "folder.xlsx",
            (
                "folder.xlsx: this file cannot be written: Is a directory; "
                "choose another place with `-o`"
            ),
        ),
        (
            "a.ods",
            (
                "tieuchi template: `--output a.ods` ends in neither `.xlsx` nor `.csv`; "
                "see `tieuchi template -h`"
            ),
        ),
    ],
)
def test_where_nothing_can_be_written(tmp_path: Path, output: str, said: str) -> None:
    """One line, and nothing is left behind."""
    (tmp_path / "folder.xlsx").mkdir()
    ran = run("template", "tcpl-2021", "-o", output, at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{said}\n"
    assert names_in(tmp_path) == ["folder.xlsx"]


def test_where_writing_is_forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there stays as it was."""
    (tmp_path / "a.csv").write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    run("template", "tcpl-2021", "-o", "a.csv", "--as-of", "2023-05-31", at=tmp_path).gives(
        2,
        err="a.csv: this place may not be written to: permission denied; "
        "choose another place with `-o`\n",
    )
    assert names_in(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("tcpl-2021",), "tieuchi template: `--output` is missing; see `tieuchi template -h`\n"),
        (("-o", "a.csv"), "tieuchi template: `PACK` is missing; see `tieuchi template -h`\n"),
        (
            ("", "-o", "a.csv"),
            "tieuchi template: the name of the pack is empty; see `tieuchi template -h`\n",
        ),
    ],
)
def test_a_line_that_says_too_little(tmp_path: Path, line: tuple[str, ...], said: str) -> None:
    """What is missing is named."""
    run("template", *line, at=tmp_path).gives(2, err=said)


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    """No file is made for it."""
    ran = run("template", "tcpl-2020", "-o", "a.csv", at=tmp_path)

    assert ran.code == 2
    assert "did you mean `tcpl-2021`?" in ran.err
    assert names_in(tmp_path) == []
