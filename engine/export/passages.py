"""The law of a pack, words beside reading: provisions, definitions and amounts as rows of a table.

What a row says of its condition is `law`'s; here it is laid out: whose words they are, what is read
into them, notes, the test cases that name it. What is a table in the law becomes one below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tieuchi.engine import numerals
from tieuchi.engine import phrases as law
from tieuchi.engine.export import phrases as say
from tieuchi.engine.export.content import Cell, Line, Link, Row, Table, cell
from tieuchi.engine.export.dated import dated
from tieuchi.engine.export.grids import Tabler
from tieuchi.engine.export.request import Request
from tieuchi.engine.graph import Amount, Definition, Provision
from tieuchi.engine.law import Teller
from tieuchi.engine.outline import Item
from tieuchi.engine.source import Text

Passage = Provision | Definition | Amount
BESIDE = ("asked", "gate", "review", "text", "not_encoded")  # of an item's remarks: how it is read


class Passages:
    """The passages of a pack; `cases` says which test cases name each."""

    def __init__(self, request: Request, cases: Mapping[str, Sequence[int]]) -> None:
        self.lang = request.lang
        self.teller = Teller(request.program, request.graph, request.lang, Tabler)
        self.main = request.graph.main
        self.cases = cases

    def provisions(self) -> list[Table]:
        """The provisions in the law's order, and the tables in them."""
        known = self.teller.provisions
        depths = {"": -1}
        rows: list[Row] = []
        grids: list[Table] = []
        for of in self.main.provisions:
            parent = known.get(of.parent)
            depths[of.id] = depths[of.parent] + 1
            before = self._met()
            item = self.teller.provision(of, parent)
            under = [known[child] for child in of.children if child in known]
            read = cell(*self._read(item, under))
            rows.append(self._row(of, read, parent, depths[of.id]))
            grids += self._grids(of, before)
        return [*self._table("provisions", say.PROVISION, say.T_PROVISIONS, rows), *grids]

    def definitions(self) -> list[Table]:
        """The definitions, and the tables in them."""
        rows: list[Row] = []
        grids: list[Table] = []
        for of in self.main.definitions:
            before = self._met()
            read = cell(*self._read(self.teller.definition(of)))
            rows.append(self._row(of, read))
            grids += self._grids(of, before)
        titles = say.DEFINITION, law.T_DEFINITIONS_LAW
        return [*self._table("definitions", *titles, rows), *grids]

    def amounts(self) -> list[Table]:
        """The amounts, and the tables in them."""
        rows: list[Row] = []
        grids: list[Table] = []
        for of in self.main.amounts:
            before = self._met()
            read = cell(*self._read(self.teller.amount(of)))
            rows.append(self._row(of, read))
            grids += self._grids(of, before)
        return [*self._table("amounts", say.AMOUNT, law.T_AMOUNTS, rows), *grids]

    # ---- rows

    def _table(
        self, id_: str, first: law.Phrase, caption: law.Phrase, rows: list[Row]
    ) -> Iterator[Table]:
        if rows:
            heads = (first, say.WORDS, say.READING, say.NOTES)
            head = tuple(phrase.of(self.lang) for phrase in heads)
            yield Table(id_, caption.of(self.lang), head, tuple(rows), "passage")

    def _row(self, of: Passage, read: Cell, parent: Provision | None = None, depth: int = 0) -> Row:
        lang = self.lang
        name = "" if of.words is None else numerals.capitalized(of.words.of(lang))
        cite = "" if of.cite is None else of.cite.of(lang)
        head = cell(Line("cite", cite), Line("name", name), Line("id", of.id))
        words, notes = cell(*self._words(of, parent)), cell(*self._notes(of))
        return Row(f"p-{of.id}", (head, words, read, notes), depth)

    def _words(self, of: Passage, parent: Provision | None) -> Iterator[Line]:
        """The words of the act, or where it was read in their place, with grade and misprints."""
        lang = self.lang
        above = parent if parent is not None and of.quote and parent.quote == of.quote else None
        if above is not None:
            yield Line("above", say.WORDS_OF.of(lang, cite=self._speaker(above)))
        elif of.quote:
            yield Line("quote", law.QUOTE.of(lang, text=of.quote))
        elif of.read_in:
            title = self.teller.title(of.read_in)
            yield Line("unread", say.ACT_NOT_READ.of(lang, title=title))
        else:
            below = isinstance(of, Provision) and self._has_words_below(of)
            yield Line("above", (say.WORDS_BELOW if below else say.NO_WORDS).of(lang))
        for slip in of.misprints if isinstance(of, Provision) else ():
            yield Line("misprint", law.MISPRINT.of(lang, printed=slip.printed, read=slip.read))
        if of.grade and above is None and (of.quote or of.read_in):
            yield Line("grade", self._graded(of))

    def _graded(self, of: Passage) -> str:
        """The grade, and the source where it is not that of most of the pack."""
        lang, grade = self.lang, self.teller.grade(of.grade)
        if of.source and of.source != str(self.teller.pack.model.source or "") and not of.read_in:
            title = self.teller.title(of.source)
            return say.GRADED_IN.of(lang, title=title, grade=grade)
        return say.GRADED.of(lang, grade=grade)

    def _speaker(self, of: Provision) -> str:
        """The topmost provision with these words, named."""
        parent = self.teller.provisions.get(of.parent)
        if parent is not None and parent.quote == of.quote:
            return self._speaker(parent)
        return say.WITH_ID.of(self.lang, name=of.cite.of(self.lang), id=of.id)

    def _has_words_below(self, of: Provision) -> bool:
        under = [p for name in of.children if (p := self.teller.provisions.get(name))]
        return any(p.quote or p.read_in or self._has_words_below(p) for p in under)

    def _read(self, item: Item, under: Sequence[Provision] = ()) -> Iterator[Line]:
        if item.operator:
            yield Line("operator", numerals.capitalized(item.operator))
        elif under:
            yield Line("operator", say.UNDER_IT.of(self.lang))
        if under:
            yield Line("under", "", tuple(Link(of.id, f"p-{of.id}") for of in under))
        for role, text in item.remarks:
            if role in BESIDE:
                yield Line(role, text, tuple(self._tables_in(text)))

    def _notes(self, of: Passage) -> Iterator[Line]:
        model = self.teller.pack.model
        if isinstance(of, Provision):
            stated, _ = self.teller.speller.provisions[of.id]
        else:
            models = model.define if isinstance(of, Definition) else model.amounts
            stated = models[Text(of.id)]
        yield from (Line("note", dated(note, self.lang)) for note in stated.notes)
        named = self.cases.get(of.id, ())
        if named:
            links = tuple(Link(text, f"case-{first}") for first, text in _ranges(named))
            yield Line("cases", say.CASES.of(self.lang), links)
        elif self.cases:
            yield Line("no-cases", say.NO_CASES.of(self.lang))

    # ---- tables in the law

    def _tables_in(self, text: str) -> Iterator[Link]:
        """The tables that a text names."""
        for grid in self.teller.speller.grids:
            name = say.TABLE.of(self.lang, number=str(grid.number))
            if re.search(rf"{name}(?!\d)", text):
                yield Link(name, f"t-table-{grid.number}")

    def _met(self) -> int:
        return len(self.teller.speller.grids)

    def _grids(self, of: Passage, before: int) -> Iterator[Table]:
        """The tables met since so many were there."""
        name = of.words or of.cite
        said = of.id if name is None else name.of(self.lang)
        for grid in self.teller.speller.grids[before:]:
            caption = say.TABLE_OF.of(self.lang, number=str(grid.number), name=said, what=grid.what)
            rows = tuple(Row("", tuple(cell(text) for text in row)) for row in grid.rows)
            yield Table(f"table-{grid.number}", caption, grid.head, rows, "grid")


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Numbers in order as ranges, each with its first.

    >>> list(_ranges([1, 2, 3, 5, 7, 8]))
    [(1, '1–3'), (5, '5'), (7, '7–8')]
    """
    start = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            first = numbers[start]
            yield first, str(first) if first == number else f"{first}–{number}"
            start = at + 1
