"""The law itself, shown: `explain_law(program, provision, …)` and `explain_packs(programs, …)`.

Each provision with its words, its citation, what it asks in plain words, its source and grade,
readings and misprints; facts with their units and questions; the pack's period and scope. What
hangs on a day (limits, notes) is that of the day asked; values are shown with all their dates. It
knows packs and the graph made of them, and no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from tieuchi.engine import numerals
from tieuchi.engine import pack as p
from tieuchi.engine import phrases as say
from tieuchi.engine.graph import Amount, Definition, Fact, Graph, Part, Provision, reads
from tieuchi.engine.load import Program, compile_pack
from tieuchi.engine.outline import Explanation, Header, Item, Remark, Section
from tieuchi.engine.quantity import unit_label
from tieuchi.engine.spelling import Speller
from tieuchi.engine.written import children_of


def explain_law(
    program: Program, provision: str | None = None, *, as_of: date | int, lang: str = "vi"
) -> Explanation:
    """A pack of law, or one provision, definition or amount of it. KeyError where it has none."""
    teller = Teller(program, compile_pack(program, as_of), lang, Speller)
    return teller.whole() if provision is None else teller.one(provision)


def explain_packs(
    programs: Iterable[Program], *, as_of: date | int, lang: str = "vi"
) -> Explanation:
    """The packs there are, each with its title, period and scope."""
    items = []
    for program in programs:
        main = compile_pack(program, as_of).main
        remarks = [
            Remark("text", numerals.capitalized(main.title.of(lang))),
            Remark("text", say.PROVISION_IN_FORCE.of(lang, period=_period(main, lang))),
        ]
        remarks += [Remark("limit", limit.of(lang)) for limit in main.limits]
        cite = main.cite.of(lang)
        items.append(
            Item(main.pack, None, cite, main.pack, "", (), tuple(remarks), (), symbol=False)
        )
    return Explanation(lang, Header("", say.T_PACKS.of(lang), ""), None, tuple(items))


def _period(part: Part, lang: str) -> str:
    period = numerals.period_text(part.since, part.until, lang)
    if part.period_from or part.period_until:
        planned = numerals.period_text(part.period_from, part.period_until, lang)
        return f"{period} ({say.PLAN_PERIOD.of(lang, period=planned)})"
    return period


Spells = TypeVar("Spells", bound=Speller)


class Teller(Generic[Spells]):
    """Tells one pack in one language; `spell` is what spells values and conditions."""

    def __init__(self, program: Program, graph: Graph, lang: str, spell: type[Spells]) -> None:
        self.lang = lang
        self.graph = graph
        self.main = graph.main
        self.pack = program.packs[self.main.pack]
        self.speller = spell(self.pack, program.packs, lang)
        self.provisions = {provision.id: provision for provision in self.main.provisions}
        self.facts = {fact.id: fact for fact in graph.facts}

    # ---- the whole, or a part

    def whole(self) -> Explanation:
        """The whole pack."""
        lang, main = self.lang, self.main
        items = [self._provision(p) for p in main.provisions if not p.parent]
        titled = [(say.T_DEFINITIONS_LAW, [self.definition(d) for d in main.definitions])]
        titled.append((say.T_AMOUNTS, [self.amount(amount) for amount in main.amounts]))
        for title, under in titled:
            if under:
                items.append(Item("", None, title.of(lang), items=tuple(under), symbol=False))
        return Explanation(lang, self._header(), None, tuple(items), tuple(self._sections()))

    def one(self, name: str) -> Explanation:
        """One provision with what is under it, or one definition or amount, and their facts."""
        found: Provision | Definition | Amount
        if name in self.provisions:
            found = self.provisions[name]
            item = self._provision(found)
            item = item._replace(remarks=(*self._above(found), *item.remarks))
        else:
            named: dict[str, Definition | Amount] = {d.id: d for d in self.main.definitions}
            named.update({amount.id: amount for amount in self.main.amounts})
            found = named[name]
            item = self.amount(found) if isinstance(found, Amount) else self.definition(found)
        facts = self._facts(self._below(found))
        sections = [Section("facts", say.T_FACTS.of(self.lang), tuple(facts))] if facts else []
        sections += self._sources({found.source: found.grade})
        sections += self._limits()
        return Explanation(self.lang, self._header(), None, (item,), tuple(sections))

    def _above(self, provision: Provision) -> Iterator[Remark]:
        """What it stands under, and the gates there: they cover it too."""
        parent = self.provisions.get(provision.parent)
        if parent is None:
            return
        yield from self._above(parent)
        cite = parent.cite.of(self.lang)
        name = parent.words.of(self.lang) if parent.words is not None else ""
        cite = " · ".join(text for text in (cite, name) if text)
        yield Remark("text", say.PART_OF.of(self.lang, cite=cite))
        model, _ = self.speller.provisions[parent.id]
        yield from self._gates(model)

    def _header(self) -> Header:
        title = numerals.capitalized(self.main.title.of(self.lang))
        known = self.main.since or self.main.until or self.main.period_from
        period = _period(self.main, self.lang) if known else ""
        return Header(title, self.main.cite.of(self.lang), period)

    # ---- provisions, definitions, amounts

    def _provision(self, provision: Provision, parent: Provision | None = None) -> Item:
        """A provision and what is under it."""
        item = self.provision(provision, parent)
        model, _ = self.speller.provisions[provision.id]
        children = children_of(model.body)
        if not isinstance(children, Mapping):
            return item
        under = [self._provision(self.provisions[str(name)], provision) for name in children]
        return item._replace(items=tuple(under))

    def provision(self, provision: Provision, parent: Provision | None = None) -> Item:
        """A provision alone."""
        lang = self.lang
        model, _ = self.speller.provisions[provision.id]
        body = model.body
        children = children_of(body)
        remarks = list(self._said(provision, parent))
        if provision.not_encoded is not None:
            text = say.NOT_ENCODED_BECAUSE.of(lang, text=provision.not_encoded.of(lang))
            remarks.append(Remark("not_encoded", text))
        elif body is not None and not isinstance(children, Mapping):
            text = say.ASKED.of(lang, text=self.speller.condition(body))
            remarks.append(Remark("asked", text))
        remarks += self._gates(model)
        remarks += self._beside(provision, model, parent)
        number = len(children) if isinstance(children, Mapping) else 0
        cite = provision.cite.of(lang)
        if parent is not None and parent.cite == provision.cite:
            cite = ""
        name = provision.words.of(lang) if provision.words is not None else ""
        return Item(
            provision.id,
            None,
            say.WITH_ID.of(lang, name=name, id=provision.id).strip(),
            cite,
            self._operator(body, number),
            (),
            tuple(remarks),
            symbol=False,
        )

    def _operator(self, body: Any, number: int) -> str:
        lang = self.lang
        if number < 2:
            return ""
        count = numerals.count_text(number, lang)
        if isinstance(body, p.AtLeast):
            least = numerals.count_text(int(body.at_least), lang)
            return say.AT_LEAST_OF.of(lang, least=least, count=count)
        if isinstance(body, p.AnyOf):
            return say.ANY_OF.of(lang, count=count)
        return say.BOTH_OF.of(lang) if number == 2 else say.ALL_OF.of(lang, count=count)

    def _said(
        self, of: Provision | Definition | Amount, parent: Provision | None = None
    ) -> Iterator[Remark]:
        """The words of the law, or where they were read; not again what the parent said."""
        if of.quote and (parent is None or parent.quote != of.quote):
            yield Remark("quote", say.QUOTE.of(self.lang, text=of.quote))
        elif of.read_in and (parent is None or parent.read_in != of.read_in):
            title = self.title(of.source)
            text = say.READ_ONLY.of(self.lang, title=title, grade=self.grade(of.grade))
            yield Remark("source", text)

    def _gates(self, model: Any) -> Iterator[Remark]:
        for condition, phrase in (
            (model.applies_when, say.APPLIES_WHEN),
            (model.unless, say.UNLESS),
            (model.review_when, say.REVIEW_WHEN),
        ):
            if condition is not None:
                text = phrase.of(self.lang, text=self.speller.condition(condition))
                yield Remark("gate", text)

    def _beside(self, of: Provision, model: Any, parent: Provision | None) -> Iterator[Remark]:
        lang = self.lang
        if of.review_note is not None:
            yield Remark("review", of.review_note.of(lang))
        if model.in_force is not None:
            yield Remark("text", self._in_force(model.in_force))
        if model.deadline is not None:
            day = self.speller.constant(model.deadline)
            yield Remark("text", say.DEADLINE.of(lang, day=day))
        if of.cumulative:
            yield Remark("text", say.CUMULATIVE.of(lang))
        above = (parent.source, parent.grade) if parent is not None else self._usual()
        yield from self._graded(of, above)
        yield from self._notes(of)

    def _in_force(self, period: p.Period) -> str:
        since, until = (
            date.fromisoformat(day).toordinal() if day is not None else 0
            for day in (period.from_, period.until)
        )
        text = numerals.period_text(since, until, self.lang)
        return say.PROVISION_IN_FORCE.of(self.lang, period=text)

    def _usual(self) -> tuple[str, str]:
        model = self.pack.model
        return str(model.source or ""), str(model.grade or "")

    def _graded(
        self, of: Provision | Definition | Amount, usual: tuple[str, str]
    ) -> Iterator[Remark]:
        """Source and grade, where they are not those of what stands above."""
        if of.source and (of.source, of.grade) != usual and of.quote and not of.read_in:
            text = say.GRADED.of(self.lang, title=self.title(of.source), grade=self.grade(of.grade))
            yield Remark("source", text)

    def _notes(self, of: Provision | Definition | Amount) -> Iterator[Remark]:
        lang = self.lang
        for slip in of.misprints if isinstance(of, Provision) else ():
            text = say.MISPRINT.of(lang, printed=slip.printed, read=slip.read)
            yield Remark("misprint", text)
        for note in of.notes:
            yield Remark("note", say.NOTE.of(lang, text=note.of(lang)))

    def definition(self, of: Definition) -> Item:
        """A definition."""
        lang = self.lang
        model = self.pack.model.define[of.id]  # type: ignore[index]
        remarks = list(self._said(of))
        body, labels = model.body, model.labels or {}
        if isinstance(body, p.Required | p.All | p.AnyOf | p.AtLeast | p.Not | p.Activity):
            text = self.speller.condition(body)
        else:
            text = self.speller.value(body, {str(key): label for key, label in labels.items()})
        if model.for_ is not None:
            text = say.V_FOR.of(lang, list=self.speller.name(model.for_), value=text)
        remarks.append(Remark("asked", say.DEFINED_AS.of(lang, text=text)))
        remarks += self._graded(of, self._usual())
        remarks += self._notes(of)
        name = of.words.of(lang) if of.words is not None else of.id
        cite = of.cite.of(lang) if of.cite is not None else ""
        name = say.WITH_ID.of(lang, name=name, id=of.id)
        return Item(of.id, None, name, cite, "", (), tuple(remarks), (), symbol=False)

    def amount(self, of: Amount) -> Item:
        """An amount."""
        lang = self.lang
        model = self.pack.model.amounts[of.id]  # type: ignore[index]
        remarks = list(self._said(of))
        if model.when is not None:
            text = say.GIVEN_WHEN.of(lang, text=self.speller.condition(model.when))
            remarks.append(Remark("gate", text))
        phrase = say.GIVEN_UP_TO if of.up_to else say.GIVEN
        text = phrase.of(lang, text=self.speller.value(model.body))
        remarks.append(Remark("asked", text))
        if model.in_force is not None:
            remarks.append(Remark("text", self._in_force(model.in_force)))
        remarks += self._graded(of, self._usual())
        remarks += self._notes(of)
        name = of.words.of(lang) if of.words is not None else of.id
        name = say.WITH_ID.of(lang, name=name, id=of.id)
        return Item(of.id, None, name, of.cite.of(lang), "", (), tuple(remarks), (), symbol=False)

    # ---- facts, sources, scope

    def _below(self, of: Provision | Definition | Amount) -> set[str]:
        """The facts that something rests on; of one out of force, none are known."""
        nodes = [of.node] if of.node >= 0 else []
        seen: set[int] = set()
        while nodes:
            node = nodes.pop()
            if node not in seen:
                seen.add(node)
                nodes += reads(self.graph.nodes[node])
        return {fact.id for i, fact in enumerate(self.graph.facts) if i in seen}

    def _facts(self, names: Iterable[str]) -> list[Remark]:
        wanted = set(names)
        return [Remark("fact", self._fact(fact)) for fact in self.graph.facts if fact.id in wanted]

    def _fact(self, fact: Fact) -> str:
        lang = self.lang
        name, kind = fact.words.of(lang), self.kind(fact)
        if fact.ask is None:
            return say.FACT.of(lang, name=name, id=fact.id, unit=kind)
        return say.FACT_ASK.of(lang, name=name, id=fact.id, unit=kind, ask=fact.ask.of(lang))

    def kind(self, fact: Fact) -> str:
        """The unit of a fact, or what it is: of a class its labels, of a list its fields."""
        lang = self.lang
        if fact.kind == "quantity":
            unit = fact.label.of(lang) if fact.label is not None else unit_label(fact.unit, lang)
            return unit or say.KIND_COUNT.of(lang)
        if fact.kind == "class":
            texts = [f"{words.of(lang)} ({label})" for label, words in fact.labels]
            return numerals.choice_text(texts, lang)
        if fact.kind == "list":
            fields = say.LISTED.join(f"{f.words.of(lang)} ({f.id})" for f in fact.fields)
            return say.KIND_LIST.of(lang, fields=fields)
        kinds = {"yes_no": say.KIND_YES_NO, "date": say.KIND_DATE, "text": say.KIND_TEXT}
        return kinds[fact.kind].of(lang)

    def title(self, source: str) -> str:
        """The title of a source."""
        return next((s.title.of(self.lang) for s in self.main.sources if s.id == source), source)

    def grade(self, grade: str) -> str:
        """A grade in words."""
        return say.GRADES[grade].of(self.lang) if grade in say.GRADES else grade

    def _sections(self) -> Iterator[Section]:
        lang, main = self.lang, self.main
        model = self.pack.model
        if model.verdict is not None:
            about = (main.about or say.THE_CONDITIONS.words()).of(lang)
            text = self.speller.condition(model.verdict.body)
            remark = Remark("text", say.V_VERDICT.of(lang, about=about, text=text))
            yield Section("verdict", say.T_VERDICT.of(lang), (remark,))
        facts = self._facts(fact.id for fact in self.graph.facts if fact.id in model.facts)
        if facts:
            yield Section("facts", say.T_FACTS.of(lang), tuple(facts))
        if main.checks:
            checks = tuple(Remark("warning", check.words.of(lang)) for check in main.checks)
            yield Section("checks", say.T_CHECKS.of(lang), checks)
        if main.activities:
            named = (f"{words.of(lang)} ({name})" for name, words in main.activities)
            remark = Remark("text", say.LISTED.join(named))
            yield Section("activities", say.T_ACTIVITIES.of(lang), (remark,))
        if main.place:
            yield Section("place", say.T_PLACE.of(lang), (Remark("text", main.place),))
        notes = tuple(Remark("note", note.of(lang)) for note in main.notes)
        if notes:
            yield Section("notes", say.T_NOTES.of(lang), notes)
        yield from self._sources({source.id: source.grade for source in main.sources})
        if main.successor is not None:
            remark = Remark("text", main.successor.of(lang))
            yield Section("successor", say.T_SUCCESSOR.of(lang), (remark,))
        yield from self._limits()

    def _sources(self, wanted: Mapping[str, str]) -> Iterator[Section]:
        """Sources by id, each with the grade of what is told from it."""
        lang = self.lang
        remarks = tuple(
            Remark(
                "source",
                say.SOURCE.of(lang, title=s.title.of(lang), grade=self.grade(wanted[s.id])),
            )
            for s in self.main.sources
            if s.id in wanted
        )
        if remarks:
            yield Section("sources", say.T_SOURCES.of(lang), remarks)

    def _limits(self) -> Iterator[Section]:
        limits = tuple(Remark("limit", limit.of(self.lang)) for limit in self.main.limits)
        if limits:
            yield Section("limits", say.T_LIMITS.of(self.lang), limits)
