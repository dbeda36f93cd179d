"""A form as a workbook: sheets to fill in that look at what is entered, and a guide.

Labels stand in a hidden sheet that cells choose from; the guide says of each fact what is asked,
how it is filled in and which provisions ask for it. It knows forms and sheets, no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.graph import Fact
from tieuchi.engine.table import form_phrases as words
from tieuchi.engine.table.asking import Asking
from tieuchi.engine.table.filling import answers, ends, is_whole, question, step_text, unit_text
from tieuchi.engine.table.form import Form, Sheet, activities

ROWS: Final = 1_000
"""So many rows of a form look at what is entered."""
FIRST_DAY: Final = date(1910, 1, 1)
"""A year entered as a number would be a day before this one."""
_LONGEST_MESSAGE: Final = 255


def xlsx_bytes(of: Form) -> bytes:
    """The whole form."""
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    writer = _Writer(of, book)
    for sheet in of.sheets:
        writer.sheet(sheet)
    writer.guide()
    writer.labels()
    book.close()
    return data.getvalue()


class _Writer:
    """Writes the sheets of a form into a workbook."""

    def __init__(self, of: Form, book: Any) -> None:
        self.of = of
        self.lang = of.lang
        self.book = book
        top = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.head = book.add_format({**top, "bg_color": "#DDEBF7"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.whole = book.add_format({"num_format": "#,##0"})
        day = "dd/mm/yyyy" if self.lang == "vi" else "yyyy-mm-dd"
        self.day = book.add_format({"num_format": day})
        self.choices: list[tuple[str, tuple[str, ...]]] = []  # the columns of the sheet of labels

    def sheet(self, of: Sheet) -> None:
        """A sheet to fill in."""
        page = self.book.add_worksheet(of.name)
        page.set_row(0, 75)
        page.freeze_panes(1, 1)
        for at, header in enumerate(of.row):
            page.write_string(0, at, header, self.head)
        page.set_column(0, 0, 28)
        if of.of is None and self.of.graph.activities:
            page.set_column(1, 1, 22)
            labels = tuple(words.of(self.lang) for _, words in activities(self.of.graph))
            rule = {"validate": "list", "source": self._range(of.leading[1], labels)}
            page.data_validation(1, 1, ROWS, 1, {**rule, "show_error": False})
        for at, fact in enumerate(of.facts, len(of.leading)):
            page.set_column(at, at, _width(of.row[at]), self._format(fact))
            rule = self._rule(fact)
            if rule:
                page.data_validation(1, at, ROWS, at, {**rule, **self._messages(fact)})

    def _format(self, fact: Fact) -> Any:
        if fact.kind == "date":
            return self.day
        return self.whole if is_whole(fact) else None

    def _rule(self, fact: Fact) -> dict[str, Any]:
        """What may be entered for a fact."""
        if fact.kind == "quantity":
            least, most = ends(fact)
            rule = {"validate": "integer" if is_whole(fact) else "decimal"}
            if most is None:
                return {**rule, "criteria": ">=", "value": least}
            return {**rule, "criteria": "between", "minimum": least, "maximum": most}
        if fact.kind == "yes_no":
            source = [say.YES.of(self.lang), say.NO.of(self.lang)]
            return {"validate": "list", "source": source}
        if fact.kind == "class":
            labels = tuple(words.of(self.lang) for _, words in fact.labels)
            return {"validate": "list", "source": self._range(fact.words.of(self.lang), labels)}
        if fact.kind == "date":
            return {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        return {}

    def _messages(self, fact: Fact) -> dict[str, str]:
        """What is shown beside a cell, and where it refuses an entry."""
        asked = question(fact, self.lang) or fact.words.of(self.lang)
        said = {"input_message": asked, "error_message": answers(fact, self.lang)}
        return {name: _cut(text, _LONGEST_MESSAGE) for name, text in said.items() if text}

    def _range(self, name: str, labels: tuple[str, ...]) -> str:
        """Where labels stand that cells choose from; a list in place could hold no comma."""
        from xlsxwriter.utility import xl_col_to_name

        column = xl_col_to_name(len(self.choices))
        self.choices.append((name, labels))
        return f"='{words.LABELS.of(self.lang)}'!${column}$2:${column}${len(labels) + 1}"

    def labels(self) -> None:
        """The hidden sheet of labels."""
        if not self.choices:
            return
        page = self.book.add_worksheet(words.LABELS.of(self.lang))
        page.hide()
        for at, (name, labels) in enumerate(self.choices):
            for row, text in enumerate((name, *labels)):
                page.write_string(row, at, text)

    def guide(self) -> None:
        """What is asked, how it is filled in, and who asks."""
        lang, main = self.lang, self.of.graph.main
        page = self.book.add_worksheet(words.GUIDE.of(lang))
        day = numerals.day_text(self.of.graph.as_of)
        about = words.ABOUT.of(
            lang, act=main.cite.of(lang), title=main.title.of(lang), pack=main.pack, day=day
        )
        page.write_string(0, 0, about)
        for at, (phrase, width) in enumerate(_GUIDE):
            page.set_column(at, at, width)
            page.write_string(2, at, phrase.of(lang), self.head)
        page.freeze_panes(3, 1)
        for row, texts in enumerate(self._guided(), 3):
            for at, text in enumerate(texts):
                page.write_string(row, at, text, self.bold if at == 0 else self.wrapped)

    def _guided(self) -> Iterable[Sequence[str]]:
        """The rows of the guide."""
        lang, graph = self.lang, self.of.graph
        first, *others = self.of.sheets
        asking = Asking(graph, lang)
        yield (first.leading[0], "", first.name, "", "", "", words.SUBJECT.of(lang), "", "")
        if graph.activities:
            labels = say.LISTED.join(words.of(lang) for _, words in activities(graph))
            some = words.SOME_OF.of(lang, labels=labels)
            yield (first.leading[1], "", first.name, "", "", "", some, "", "")
        for fact in first.facts:
            yield self._row(fact, first.name, *asking.of(fact.id))
        for sheet in others:
            assert sheet.of is not None  # noqa: S101 - only the first sheet is no list
            of, asked = sheet.of, asking.of(sheet.of.id)
            where = words.IN_SHEET.of(lang, sheet=sheet.name)
            yield (of.words.of(lang), of.id, sheet.name, "", question(of, lang), "", where, *asked)
            key = words.KEY.of(lang, sheet=first.name)
            yield (sheet.leading[0], "", sheet.name, "", "", "", key, "", "")
            for field in sheet.facts:
                yield self._row(field, sheet.name, "", "")

    def _row(self, fact: Fact, sheet: str, cites: str, grade: str) -> Sequence[str]:
        lang = self.lang
        return (
            fact.words.of(lang),
            fact.id,
            sheet,
            unit_text(fact, lang),
            question(fact, lang),
            step_text(fact, lang),
            answers(fact, lang),
            cites,
            grade,
        )


_GUIDE: Final = (
    (words.FACT, 34),
    (words.ID, 28),
    (words.SHEET, 14),
    (words.UNIT, 16),
    (words.ASK, 48),
    (words.STEP, 14),
    (words.ANSWERS, 36),
    (words.CITES, 48),
    (words.GRADE, 24),
)


def _width(header: str) -> int:
    """A column that shows its header on a few lines."""
    longest = max(map(len, header.split()), default=0)
    return max(12, min(30, -(-len(header) // 3) + 2), min(longest + 2, 30))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
