"""A pack as a document that a lawyer can check against the gazette: what stands in it, in order.

`document(request)` gives it as plain data; how that is written is the business of `markdown` and
`html`. Nothing that the pack says of the law is left out: words, citations, readings, grades,
numbers, facts, notes, limits and test cases. It knows the parts, and no markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from tieuchi.engine import __version__, numerals
from tieuchi.engine import phrases as law
from tieuchi.engine import phrases_lint as lint_say
from tieuchi.engine.export import phrases as say
from tieuchi.engine.export import trials
from tieuchi.engine.export.content import Document, Line, Row, Section, Table, cell
from tieuchi.engine.export.dated import dated
from tieuchi.engine.export.inputs import checks, facts
from tieuchi.engine.export.passages import Passages
from tieuchi.engine.export.request import Request
from tieuchi.engine.lint import words_of
from tieuchi.engine.lint.guard import Row as Number
from tieuchi.engine.lint.guard import held
from tieuchi.engine.spelling import Speller


def document(request: Request) -> Document:
    """The document of a pack. Raises `Faults` where its test cases cannot be read."""
    cases = trials.ran(request)
    made = _Document(request, Passages(request, trials.naming(cases or [])))
    sections = [
        made.act(),
        made.law("provisions", say.T_PROVISIONS, made.passages.provisions()),
        made.law("definitions", law.T_DEFINITIONS_LAW, made.passages.definitions()),
        made.law("amounts", law.T_AMOUNTS, made.passages.amounts()),
        made.law("numbers", say.T_NUMBERS, list(made.numbers())),
        made.law("facts", law.T_FACTS, facts(request)),
        made.law("checks", law.T_CHECKS, checks(request)),
        made.law("labels", say.T_LABELS, list(made.labels())),
        made.cases(cases),
    ]
    main, lang = request.graph.main, request.lang
    title = numerals.capitalized(main.title.of(lang))
    return Document(lang, title, tuple(made.head()), tuple(filter(None, sections)))


class _Document:
    def __init__(self, request: Request, passages: Passages) -> None:
        self.request = request
        self.lang = request.lang
        self.graph = request.graph
        self.main = request.graph.main
        self.passages = passages
        self.teller = passages.teller
        self.model = passages.teller.pack.model
        self.speller = Speller(passages.teller.pack, request.program.packs, request.lang)

    def head(self) -> Iterator[Line]:
        """What stands under the title."""
        lang, day = self.lang, numerals.day_text(self.graph.as_of)
        yield Line("cite", self.main.cite.of(lang))
        yield Line("lead", say.CHECK_BY.of(lang))
        made = say.MADE_OF.of(lang, pack=self.main.pack, day=day, version=__version__)
        yield Line("made", made)
        if not self.main.in_force:
            yield Line("warning", say.NOT_LAW_THEN.of(lang, day=day))

    def law(self, id_: str, title: law.Phrase, tables: list[Table]) -> Section | None:
        """A section of tables; None where there are none."""
        return Section(id_, title.of(self.lang), tables=tuple(tables)) if tables else None

    # ---- the act

    def act(self) -> Section:
        """The act as a whole: what, where, when, by which sources, within which limits."""
        lang = self.lang
        rows = tuple(Row("", (cell(head), content)) for head, content in self._about() if content)
        head = (say.ITEM.of(lang), say.CONTENT.of(lang))
        tables = [Table("about", say.T_ABOUT.of(lang), head, rows, "pair")]
        if self.main.sources:
            tables.append(self._sources())
        limits = tuple(dated(each, lang) for each in self.model.limits)
        notes = tuple(dated(each, lang) for each in self.model.notes)
        titled = ((law.T_LIMITS, limits), (law.T_NOTES, notes))
        lists = tuple((title.of(lang), texts) for title, texts in titled if texts)
        return Section("act", say.T_ACT.of(lang), lists=lists, tables=tuple(tables))

    def _about(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        lang, main = self.lang, self.main
        yield say.ACT.of(lang), cell(main.cite.of(lang))
        packs = (say.DIGEST.of(lang, pack=of.pack, digest=of.digest) for of in self.graph.parts)
        yield say.PACK.of(lang), cell(*packs)
        yield say.KIND.of(lang), cell(say.KINDS[main.kind].of(lang))
        yield law.T_PLACE.of(lang), cell(main.place or say.NATIONAL.of(lang))
        yield law.T_PERIOD.of(lang), cell(numerals.period_text(main.since, main.until, lang))
        if main.period_from or main.period_until:
            period = numerals.period_text(main.period_from, main.period_until, lang)
            yield say.PERIOD.of(lang), cell(period)
        if main.successor is not None:
            yield law.T_SUCCESSOR.of(lang), cell(main.successor.of(lang))
        named = (say.WITH_ID.of(lang, name=of.of(lang), id=id_) for id_, of in main.activities)
        yield law.T_ACTIVITIES.of(lang), cell(*named)
        if self.model.verdict is not None:
            about = (main.about or law.THE_CONDITIONS.words()).of(lang)
            text = self.speller.condition(self.model.verdict.body)
            yield law.T_VERDICT.of(lang), cell(law.V_VERDICT.of(lang, about=about, text=text))
        used = (
            say.NAMED_AS.of(lang, name=str(name), of=self.speller.name(str(of)))
            for name, of in self.model.use.items()
        )
        yield say.USES.of(lang), cell(*used)

    def _sources(self) -> Table:
        lang = self.lang
        rows = tuple(
            Row(
                "",
                (
                    cell(source.title.of(lang)),
                    cell(self.speller.constant(source.date) if source.date else ""),
                    cell(self.teller.grade(source.grade)),
                ),
            )
            for source in self.main.sources
        )
        head = tuple(phrase.of(lang) for phrase in (say.SOURCE, say.DAY, say.GRADE))
        return Table("sources", law.T_SOURCES.of(lang), head, rows)

    # ---- numbers, labels, test cases

    def numbers(self) -> Iterator[Table]:
        """Each number of the words beside the one of the pack."""
        lang = self.lang
        rows = tuple(
            Row(
                "",
                (
                    cell(Line("id", row.provision)),
                    cell(Line("quote", "" if row.said is None else words_of(row))),
                    cell(self._number(row)),
                    cell(lint_say.VERDICTS[row.verdict].of(lang)),
                ),
            )
            for row in held(self.request.program)
        )
        heads = (say.PROVISION, say.WORDS, say.IN_PACK, say.RESULT)
        if rows:
            head = tuple(phrase.of(lang) for phrase in heads)
            yield Table("numbers-table", say.T_NUMBERS.of(lang), head, rows, "number")

    def _number(self, row: Number) -> str:
        """A constant as people write it, with its comparison."""
        constant = row.constant
        if constant is None:
            return ""
        if constant.counted:
            return str(constant.value)
        value = self.speller.constant(str(constant.at))
        sign = law.SIGNS.get(constant.way)
        bound = say.BOUNDS.get(constant.way)
        if bound is not None:
            return bound.of(self.lang, value=value)
        return f"{sign}{law.HELD}{value}" if sign else value

    def labels(self) -> Iterator[Table]:
        """What the words of reports mean, of a plan."""
        lang = self.lang
        rows = tuple(
            Row(
                "",
                (
                    cell(
                        (say.LABEL_IS if how == "is" else say.LABEL_HAS).of(lang, text=text),
                    ),
                    cell(law.LISTED.join(law.PROGRESS[each].of(lang) for each in means)),
                ),
            )
            for how, text, means in self.main.progress_labels
        )
        if rows:
            head = (say.LABEL.of(lang), say.MEANS.of(lang))
            yield Table("labels-table", say.T_LABELS.of(lang), head, rows)

    def cases(self, cases: list[trials.Ran] | None) -> Section:
        """The test cases beside the pack."""
        title = say.T_CASES.of(self.lang)
        if cases is None:
            return Section("cases-section", title, (Line("text", say.NO_SUITE.of(self.lang)),))
        table, passed = trials.table(cases, self.speller)
        told = say.SUMMARY.of(self.lang, passed=str(passed), total=str(len(cases)))
        return Section("cases-section", title, (Line("text", told),), tables=(table,))
