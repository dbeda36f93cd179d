"""Why: from a decision to what is shown of it, `explain(decision, case, lang=…) -> Explanation`.

What settles the answer is shown with its figures; what cannot bear on it is folded into one line (a
point of another activity, what was declared none, what is not needed any more), so that an answer
stays as short as its reasons. The record has all of it. The parts are those of `outline`, the words
those of `phrases` and `wording`; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tieuchi.engine import phrases as say
from tieuchi.engine.case import Case, Notice
from tieuchi.engine.decision import Decision, Finding
from tieuchi.engine.graph import Amount, Definition, Fact, Node, Part, Provision, reads
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value, member_test, step
from tieuchi.engine.nearest import Change, nearest
from tieuchi.engine.outline import (
    Bar,
    Explanation,
    Figures,
    Header,
    Headline,
    Item,
    Remark,
    Section,
    Segment,
)
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, STATUSES, Status
from tieuchi.engine.wording import Asked, Origin, Told, origin, wording

__all__ = [
    "Bar",
    "Explanation",
    "Figures",
    "Header",
    "Headline",
    "Item",
    "Remark",
    "Section",
    "Segment",
    "explain",
]

MANY = 3  # from so many on, siblings of which nothing is stated share one line
MEMBERS = 5  # of a list, so many are named
HEADLINES = {
    MET: say.MEETS,
    NOT_MET: say.FALLS_SHORT,
    NOT_APPLICABLE: say.NOT_APPLICABLE,
}
SETTLED = (MET, NOT_MET, NOT_APPLICABLE)


def explain(
    decision: Decision,
    case: Case | None = None,
    *,
    lang: str = "vi",
    notices: Sequence[Notice] = (),
    remarks: Mapping[str, Sequence[Remark]] | None = None,
    sections: Sequence[Section] = (),
) -> Explanation:
    """What is shown of a decision.

    `notices` say how facts were understood. `remarks` are put under the provisions of these ids (of
    a used pack ``pack/id``), which are then shown whatever they came to; `sections` stand before
    what is said of the whole answer (its input, notes, sources and scope).
    """
    return _Teller(decision, case, lang, notices, remarks or {}).told(sections)


class _Teller:
    """Tells one decision in one language."""

    def __init__(
        self,
        decision: Decision,
        case: Case | None,
        lang: str,
        notices: Sequence[Notice],
        remarks: Mapping[str, Sequence[Remark]],
    ) -> None:
        self.decision = decision
        self.graph = decision.graph
        self.values = decision.values
        self.case = case
        self.lang = lang
        self.notices = notices
        self.remarks = remarks
        self.wording = wording(decision.graph, lang)
        slots = self.wording.slots
        self.stated = {slots[name] for name in decision.given if name in slots}
        self.unstated = len(self.stated) < len(slots)
        self.declared: set[int] = set()
        if case is not None and case.complete:
            facts = self.graph.facts
            self.declared = {i for i in self.stated if facts[i].id not in case.facts}
        self.set_aside: list[Told] = []  # what does not apply
        self.focus: list[Told] = []  # what is shown by itself, parents first
        self.provisions_used: list[tuple[Part, Provision]] = []
        self._found: list[tuple[Part, Definition]] | None = None

    # ---- the whole

    def told(self, sections: Sequence[Section]) -> Explanation:
        """The explanation."""
        main, case, lang = self.graph.main, self.case, self.lang
        note = case.note.of(lang) if case is not None and case.note is not None else ""
        subject = case.subject if case is not None else ""
        header = Header(subject, main.cite.of(lang), self.wording.day, note)
        if not main.in_force:
            below = (*sections, *self._limits())
            return Explanation(lang, header, self._lapsed(), (), below)
        items = self._roots()
        return Explanation(
            lang,
            header,
            self._headline(),
            items,
            (*self._outcome(), *sections, *self._about()),
        )

    def _lapsed(self) -> Headline:
        main, lang = self.graph.main, self.lang
        day = self.wording.day
        more = [say.IN_FORCE.of(lang, period=say.period_text(main.since, main.until, lang))]
        if main.successor is not None:
            more.append(say.SUCCESSOR.of(lang, successor=main.successor.of(lang)))
        return Headline(
            None, say.NOT_IN_FORCE.of(lang, act=main.cite.of(lang), day=day), tuple(more)
        )

    def _headline(self) -> Headline:
        main, lang = self.graph.main, self.lang
        truth = self.decision.truth
        if truth is None:
            return Headline(None, say.RESULTS.of(lang))
        about = (main.about or say.THE_CONDITIONS.words()).of(lang)
        phrase = HEADLINES.get(truth, say.OPEN)
        more: tuple[str, ...] = ()
        if truth not in SETTLED:
            review = self.decision.is_under_review(main.verdict)
            missing = self._missing(main.verdict)
            why = say.OPEN_MISSING
            if review:
                why = say.OPEN_BOTH if missing else say.OPEN_REVIEW
            more = (why.of(lang),)
        return Headline(STATUSES[truth], phrase.of(lang, about=about), more)

    # ---- provisions

    def _roots(self) -> tuple[Item, ...]:
        roots, shown, values = self.wording.roots, list[Item](), self.values
        apply = len([t for t in roots if t.node < 0 or values[t.node] != NOT_APPLICABLE])
        for told in roots:
            self._show(told, None, shown, alone=apply == 1)
        if len(shown) == 1 and shown[0].items and not self.remarks:
            return (shown[0]._replace(symbol=False),)
        return tuple(shown)

    def _wanted(self, told: Told) -> bool:
        """Whether somebody has a remark on it or on what is under it."""
        if not self.remarks:
            return False
        return told.id in self.remarks or any(self._wanted(child) for child in told.children)

    def _show(
        self, told: Told, parent: Told | None, out: list[Item], *, alone: bool = False
    ) -> None:
        """Adds what is shown of a provision: nothing where it does not apply, one line where it
        says nothing more, what is under it where that is one thing, else itself."""
        if told.node < 0:
            out.append(self._without_status(told, parent))
            return
        truth, wanted = self.values[told.node], self._wanted(told)
        if truth == NOT_APPLICABLE and not wanted:
            self.set_aside.append(told)
            return
        self.focus.append(told)
        if not told.children:
            out.append(self._leaf(told, parent, truth))
            return
        plain = not wanted and (told.bare or truth in SETTLED)
        own = () if plain else self._own_remarks(told)
        cite = "" if parent is not None and parent.cite == told.cite else told.cite
        if not wanted:
            line = self._one_line(told, parent, truth, alone)
            if line is not None:
                if truth == NOT_MET:
                    self.focus.pop()  # nothing was stated of it, so nothing is to be read
                out.append(Item(told.id, STATUSES[truth], told.name, cite, line))
                return
            only = None if own else self._only(told)
            if only is not None:
                self._show(only, parent, out, alone=alone)
                return
        under, number = self._under(told)
        operator = self.wording.operator(told, number)
        out.append(Item(told.id, STATUSES[truth], told.name, cite, operator, (), own, under))

    def _one_line(self, told: Told, parent: Told | None, truth: int, alone: bool) -> str | None:
        """What one line says of a group that needs no more; None of one that does."""
        if truth == MET:
            settled = parent is not None and self.values[parent.provision.own] != MET
            return "" if settled else None
        return None if alone else self._quiet(told, truth)

    def _only(self, told: Told) -> Told | None:
        """The one group under a provision that applies; the others are set aside."""
        only = None
        for child in told.children if told.has_groups else ():
            if child.node < 0 or self.values[child.node] != NOT_APPLICABLE:
                if only is not None:
                    return None
                only = child
        if only is None or not only.children or only.part is not told.part or told.beside:
            return None
        if told.provision.operator not in ("all", "any"):
            return None
        self.set_aside += [child for child in told.children if child is not only]
        return only

    def _under(self, told: Told) -> tuple[tuple[Item, ...], int]:
        """The children: in the law's order, or where one is enough, the nearest first; and how
        many of them apply."""
        values, one_does = self.values, told.one_does
        enough = one_does and values[told.provision.own] == MET
        silent = {} if enough else self._silent(told)
        out: list[Item] = []
        needless: list[str] = []
        number, watched = told.beside, bool(self.remarks)
        for child in told.children:
            value = values[child.node] if child.node >= 0 else NOT_APPLICABLE
            number += value != NOT_APPLICABLE
            if value == MET and child.plain and not watched:
                self.focus.append(child)
                out.append(self._met(child, told))
            elif (
                enough
                and value not in (MET, NOT_APPLICABLE)
                and not (watched and self._wanted(child))
            ):
                needless.append(child.brief)
            elif not silent or child.id not in silent:
                self._show(child, told, out)
        if one_does and not enough:
            out.sort(key=_nearness)
        if silent:
            out += self._silent_lines(told, silent)
        if needless:
            text = say.NOT_NEEDED.of(self.lang, items=say.LISTED.join(needless))
            out.append(Item("", None, text, "", "", (), (), (), False))
        if told.beside:
            text = say.MORE_ITEMS.of(self.lang, count=say.count_text(told.beside, self.lang))
            out.append(Item("", None, text, symbol=False))
        return tuple(out), number

    def _silent(self, told: Told) -> dict[str, str]:
        """The children that share a line with others of their kind: declared none, not stated."""
        if not self.declared and not self.unstated:
            return {}
        found: dict[str, list[str]] = {}
        for child in told.children:
            if not child.children and child.node >= 0 and not self._wanted(child):
                kind = self._silence(child)
                if kind:
                    found.setdefault(kind, []).append(child.id)
        return {each: kind for kind, ids in found.items() if len(ids) >= MANY for each in ids}

    def _silent_lines(self, told: Told, silent: Mapping[str, str]) -> Iterator[Item]:
        for kind, phrase, status in (
            ("declared", say.NONE_DECLARED, Status.NOT_MET),
            ("open", say.NONE_STATED, Status.UNDETERMINED),
        ):
            named = [self._with_need(c) for c in told.children if silent.get(c.id) == kind]
            if named:
                yield Item("", status, phrase.of(self.lang, items=say.LISTED.join(named)))

    def _with_need(self, told: Told) -> str:
        needs = [a.short for a in told.tests if a.short and a.node.kind != "truth"]
        if len(needs) != len(told.tests) or not needs:
            return told.name
        value = say.V_AND.of(self.lang).join(needs)
        return say.WITH_NEED.of(self.lang, name=told.name, value=value)

    def _silence(self, told: Told) -> str:
        """Whether a provision without children rests on nothing stated: "declared" none, "open"."""
        truth = self.values[told.node]
        if truth == NOT_MET:
            quiet = told.facts and self.declared and self.declared.issuperset(told.facts)
            return "declared" if quiet and told.provision.review < 0 else ""
        if truth in SETTLED or not told.facts or told.provision.review >= 0:
            return ""
        return "open" if self.stated.isdisjoint(told.facts) else ""

    def _quiet(self, told: Told, truth: int) -> str | None:
        """What one line says of a group under which nothing is stated."""
        if not self.declared if truth == NOT_MET else not self.unstated:
            return None
        if told.provision.review >= 0 and self.values[told.provision.review] != NOT_MET:
            return None
        kinds = set(self._silences(told))
        if kinds == {"declared"}:
            return say.ALL_DECLARED_NONE.of(self.lang)
        return say.ALL_NOT_STATED.of(self.lang) if kinds == {"open"} else None

    def _silences(self, told: Told) -> Iterator[str]:
        for child in told.children:
            if child.node >= 0 and self.values[child.node] != NOT_APPLICABLE:
                if child.children:
                    yield from self._silences(child)
                else:
                    yield self._silence(child)

    def _without_status(self, told: Told, parent: Told | None) -> Item:
        provision, lang = told.provision, self.lang
        remarks = self.remarks.get(told.id, ())
        state = say.NOT_IN_FORCE_THEN if provision.not_in_force else say.NOT_ENCODED
        if provision.not_encoded is not None:
            remarks = (Remark("not_encoded", provision.not_encoded.of(lang)), *remarks)
        cite = "" if parent is not None and parent.cite == told.cite else told.cite
        return Item(told.id, None, told.name, cite, state.of(lang), (), tuple(remarks))

    # ---- one provision

    def _leaf(self, told: Told, parent: Told | None, truth: int) -> Item:
        cite = "" if parent is not None and parent.cite == told.cite else told.cite
        own = () if told.bare and not self.remarks else self._own_remarks(told)
        tests = told.tests
        findings = self.decision[told.id].findings if tests else ()
        shown = [self._figures(a, f) for a, f in zip(tests, findings, strict=True)]
        if len(tests) == 2 and tests[0].test.measured == tests[1].test.measured:
            shown = [self._range(*tests, *shown)]
        figures = tuple([each for each in shown if each.measured])
        remarks: list[Remark] = []
        if truth not in SETTLED and tests:
            remarks += self._open(told, figures)
        for asked in tests:
            if not asked.fixed and asked.test.measured in self.wording.counts:
                remarks += self._members(asked)
        if not tests:
            remarks += self._named(told)
        own = (*remarks, *own) if remarks else own
        return Item(told.id, STATUSES[truth], told.name, cite, "", figures, own)

    def _range(self, low: Asked, high: Asked, first: Figures, second: Figures) -> Figures:
        """A lower and an upper bound of one quantity in one row."""
        if not low.short or not high.short:
            required = say.V_AND.of(self.lang).join((first.required, second.required))
        else:
            both = say.V_AND.of(self.lang).join((low.short, high.short))
            required = say.NEEDS.of(self.lang, value=both)
        return Figures(first.measured, required, first.shortfall or second.shortfall, first.bar)

    def _met(self, told: Told, parent: Told) -> Item:
        """The leaf of most answers: a quantity against a constant, met, and nothing more to say."""
        asked = told.tests[0]
        node, unit, measured = asked.node, asked.unit, self.values[asked.test.measured]
        if measured.__class__ is not int or measured <= 1:
            text = self.wording.span_text(node, measured, unit)
        else:
            text = say.with_unit(say.number_text(measured, node.num, node.den, self.lang), unit)
        cite = "" if parent.cite == told.cite else told.cite
        figures = _new(Figures, (text, asked.required, "", None))
        parts = (told.id, _MET, told.name, cite, "", (figures,), (), (), True)
        return _new(Item, parts)

    def _figures(self, asked: Asked, finding: Finding) -> Figures:
        """What is measured, asked and short. A yes or no that is as asked says nothing more."""
        test, lang, wording_ = asked.test, self.lang, self.wording
        measured, truth = finding.measured, finding.truth
        if asked.node.kind in ("truth", "class"):
            return self._chosen(asked, finding)
        none = measured == 0 and bool(asked.facts) and self.declared.issuperset(asked.facts)
        unit = "" if none else asked.unit
        silent = asked.facts and truth not in SETTLED and self.stated.isdisjoint(asked.facts)
        if silent:
            shown = say.NOT_STATED.of(lang)
        elif asked.node.kind == "ratio":
            shown = wording_.ratio_text(asked.node, measured, unit)
        else:
            shown = wording_.span_text(asked.node, measured, unit)
        if none:
            shown = say.DECLARED_NONE.of(lang, value=shown)
        required = asked.required
        if not required:
            bound = "" if asked.node.kind == "quantity" and unit and not silent else asked.unit
            value = wording_.required(test, finding.required, bound)
            phrase = say.NEEDS if finding.required.__class__ is int else say.NEEDS_OPEN
            required = phrase.of(lang, value=value)
        elif none or silent:
            required = say.NEEDS.of(lang, value=asked.short)
        bar = None
        if truth != MET:
            bar = wording_.bar(asked, measured, finding.required)
        return Figures(shown, required, self._short(asked, finding), bar)

    def _chosen(self, asked: Asked, finding: Finding) -> Figures:
        lang, measured = self.lang, finding.measured
        if finding.truth == MET and asked.node.kind == "truth":
            return Figures("", "")
        if asked.facts and self.stated.isdisjoint(asked.facts) and finding.truth not in SETTLED:
            shown = say.NOT_STATED.of(lang)
        else:
            shown = self.wording.value_text(asked.test.measured, measured)
            if asked.test.measured < len(self.graph.facts):
                shown = say.STATED.of(lang, value=shown)
        return Figures(shown, asked.required)

    def _short(self, asked: Asked, finding: Finding) -> str:
        """What is short, in the unit of what is measured; of a ratio, of what is counted."""
        if finding.shortfall is None:
            return ""
        node, unit = asked.node, ""
        if node.kind == "ratio":
            node = self.graph.nodes[node.args[0]]
            unit = self.wording.unit(node.unit)
        value = self.wording.number(node, finding.shortfall, unit)
        comparison = asked.test.comparison
        if comparison == "equals":
            return say.DIFFERS.of(self.lang, value=value)
        phrase = say.LACKS if comparison in ("at_least", "more_than") else say.EXCEEDS
        return phrase.of(self.lang, value=value)

    def _open(self, told: Told, figures: Sequence[Figures]) -> Iterator[Remark]:
        """Which facts it is open for want of, where its figures do not say."""
        names = self._missing(told.provision.node)
        said = len(figures) == 1 and figures[0].measured == say.NOT_STATED.of(self.lang)
        if names and not (said and len(names) == 1):
            yield Remark("missing", say.MISSING.of(self.lang, facts=self._some(names)))

    def _some(self, names: Sequence[str]) -> str:
        """The first few names and how many more there are."""
        if len(names) <= MEMBERS + 1:
            return say.LISTED.join(names)
        more = say.AND_MORE.of(self.lang, count=str(len(names) - MEMBERS))
        return say.LISTED.join((*names[:MEMBERS], more))

    def _missing(self, node: int) -> list[str]:
        slots = self.wording.slots
        return [self.wording.fact(slots[name]) for name in self.decision.missing(node)]

    def _own_remarks(self, told: Told) -> tuple[Remark, ...]:
        """A review that bears on it, a gate that is open, and what others have to say."""
        provision = told.provision
        if provision.review < 0 and not provision.gates and not self.remarks:
            return ()
        remarks: list[Remark] = []
        if self.values[provision.node] not in SETTLED:
            if provision.review >= 0 and self.values[provision.review] == MET:
                remarks += self._review(told)
            for gate in provision.gates:
                names = self._missing(gate.condition) if told.children else ()
                if names:
                    text = say.GATE_OPEN.of(self.lang, facts=self._some(names))
                    remarks.append(Remark("gate", text))
        return (*remarks, *self.remarks.get(told.id, ()))

    def _review(self, told: Told) -> Iterator[Remark]:
        note = told.provision.review_note
        for slot in sorted(self.wording.below(told.provision.review)):
            fact, value = self.graph.facts[slot], self.values[slot]
            if slot in self.stated and slot not in self.declared and value:
                text = self.wording.value_text(slot, value, fact.label)
                name = fact.words.of(self.lang)
                yield Remark("fact", say.DEFINED.of(self.lang, name=name, value=text))
        yield Remark("review", note.of(self.lang) if note is not None else say.REVIEW.of(self.lang))

    def _named(self, told: Told) -> Iterator[Remark]:
        """The yes/no facts that a provision names."""
        for name in told.provision.children:
            slot = self.wording.slots.get(name)
            if slot is not None:
                text = say.NOT_STATED.of(self.lang)
                if slot in self.stated:
                    text = self.wording.value_text(slot, self.values[slot])
                named = self.wording.fact(slot)
                yield Remark("fact", say.DEFINED.of(self.lang, name=named, value=text))

    # ---- members of lists

    def _members(self, asked: Asked) -> Iterator[Remark]:
        """Who on a list falls short, and in what; of a count from above, who is counted."""
        counts_against = asked.test.comparison in ("at_most", "less_than")
        for count in self.wording.counts[asked.test.measured]:
            listed, *terms = self.graph.nodes[count].args
            fact, members = self.graph.facts[listed], self.values[listed]
            texts: list[str] = []
            for where in terms[::2]:
                test = member_test(where) if where else None
                for at, row in enumerate(members.rows if test is not None else ()):
                    holds = test(row, self.values) if test is not None else MET
                    if counts_against and holds == MET:
                        texts.append(say.HAS_IT.of(self.lang, member=self._member(fact, at, row)))
                    elif not counts_against and holds != MET:
                        texts.append(self._falls_short(fact, at, row, where))
            for text in texts[:MEMBERS]:
                yield Remark("member", text)
            if len(texts) > MEMBERS:
                more = say.OTHERS.of(self.lang, count=str(len(texts) - MEMBERS))
                yield Remark("member", more)

    def _member(self, fact: Fact, at: int, row: Sequence[Value]) -> str:
        for field, value in zip(fact.fields, row, strict=True):
            if field.kind == "text" and isinstance(value, str) and value:
                return value
        return say.MEMBER.of(self.lang, number=str(at + 1))

    def _falls_short(self, fact: Fact, at: int, row: Sequence[Value], where: Sequence[Node]) -> str:
        values = [*row, *[None] * (len(where) - len(row))]
        for i, node in enumerate(where):
            if node.op == "outer":
                values[i] = self.values[node.args[0]]
            elif node.op != "fact":
                values[i] = step(node)(values)
        at_fault = dict.fromkeys(_at_fault(where, values, len(where) - 1))
        short = [i for i in at_fault if values[i] in SETTLED or fact.fields[i].kind != "yes_no"]
        named = short or list(at_fault)
        fields = say.LISTED.join(fact.fields[i].words.of(self.lang) for i in named)
        phrase = say.FALLS_SHORT_IN if short else say.OPEN_IN
        return phrase.of(self.lang, member=self._member(fact, at, row), fields=fields)

    # ---- what it comes to

    def _outcome(self) -> Iterator[Section]:
        lang, main = self.lang, self.graph.main
        if self.decision.truth not in (None, *SETTLED):
            names = self._missing(main.verdict)
            if names:
                missing = Remark("missing", say.LISTED.join(names) + ".")
                yield Section("missing", say.T_MISSING.of(lang), (missing,))
        way = nearest(self.decision, self.wording)
        if way is not None:
            changes = [self._change(change) for change in way.changes]
            text = changes[0]
            if len(changes) > 1:
                text = say.NEAREST_TOGETHER.of(lang, changes=say.LISTED.join(changes))
            yield Section("nearest", say.T_NEAREST.of(lang), (Remark("nearest", f"{text}."),))
        if main.verdict < 0:
            yield from self._worked_out()
        amounts = tuple(Remark("amount", self._amount(amount)) for amount in main.amounts)
        if amounts:
            yield Section("amounts", say.T_AMOUNTS.of(lang), amounts)
        if main.verdict >= 0:
            yield from self._worked_out()
        yield from self._does_not_apply()

    def _change(self, change: Change) -> str:
        asked, told = change.asked, change.told
        node, unit = asked.node, asked.unit
        if node.kind == "ratio":
            node = self.graph.nodes[node.args[0]]
            unit = self.wording.unit(node.unit)
        value = self.wording.number(node, change.finding.shortfall or 0, unit)
        share = say.share_text(change.part, change.whole, self.lang)
        rises = asked.test.comparison in ("at_least", "more_than")
        phrase = say.NEAREST if rises else say.NEAREST_LESS
        return phrase.of(self.lang, name=told.name or told.cite, value=value, share=share)

    def _amount(self, amount: Amount) -> str:
        lang, cite = self.lang, amount.cite.of(self.lang)
        name = amount.words.of(lang) if amount.words is not None else amount.id
        in_force = amount.node >= 0
        value = self._amount_value(amount) if in_force else say.NOT_IN_FORCE_THEN.of(lang)
        return say.AMOUNT_CITED.of(lang, name=name, cite=cite, value=value)

    def _amount_value(self, amount: Amount) -> str:
        lang, value = self.lang, self.values[amount.node]
        node = self.graph.nodes[amount.node]
        unit = self.wording.unit(node.unit)
        if value.__class__ is int:
            text = self.wording.number(node, value, unit)
            if amount.when >= 0 and self.values[amount.when] != MET:
                told = self.wording.told.get(amount.when_provision)
                cite = told.cite if told is not None else say.ITS_CONDITION.of(lang)
                return say.NO_AMOUNT.of(lang, value=text, cite=cite)
            of = self.graph.nodes[amount.value]
            before = self.values[of.args[0]] if of.op == "cap" else 0
            if before.__class__ is int and before > value:
                shown = self.wording.number(of, before, unit)
                text = say.CAPPED.of(lang, value=text, before=shown)
            return say.CEILING.of(lang, value=text) if amount.up_to else text
        least, most, _ = span(value)
        if least is None or most is None:
            if amount.up_to:
                return say.UNDETERMINED.of(lang)
            end = most if least is None else least
            phrase = say.AMOUNT_UP_TO if least is None else say.AMOUNT_FROM
            return phrase.of(lang, value=self.wording.number(node, end or 0, unit))
        phrase = say.CEILING_BETWEEN if amount.up_to else say.AMOUNT_BETWEEN
        start = self.wording.number(node, least, unit)
        return phrase.of(lang, least=start, most=self.wording.number(node, most, unit))

    def _worked_out(self) -> Iterator[Section]:
        """Definitions that the answer rests on, and what other packs gave."""
        main, lang = self.graph.main, self.lang
        here: list[Remark] = []
        there: list[Remark] = []
        for part, definition in self._definitions():
            value = self._defined(definition)
            name = definition.words.of(lang) if definition.words is not None else definition.id
            text = say.DEFINED.of(lang, name=name, value=value)
            if part is main:
                here.append(Remark("definition", text))
            else:
                text = say.USE.of(lang, act=part.cite.of(lang), text=text)
                there.append(Remark("use", text))
        for part, provision in self.provisions_used:
            phrase = {MET: say.MET, NOT_MET: say.NOT_MET, NOT_APPLICABLE: say.NO_PART}.get(
                self.values[provision.node], say.UNDETERMINED
            )
            name = provision.words.of(lang) if provision.words else provision.cite.of(lang)
            text = say.DEFINED.of(lang, name=name, value=phrase.of(lang))
            text = say.USE.of(lang, act=part.cite.of(lang), text=text)
            there.append(Remark("use", text))
        if here:
            yield Section("definitions", say.T_DEFINITIONS.of(lang), tuple(here))
        if there:
            yield Section("uses", say.T_USES.of(lang), tuple(there))

    def _defined(self, definition: Definition) -> str:
        value = self.values[definition.node]
        if not self.stated & self.wording.below(definition.node) and not self._settled(value):
            return say.UNDETERMINED.of(self.lang)
        if definition.labels and value & (value - 1):
            names = self.wording.class_text(definition.node, value)
            return say.OPEN_CLASS.of(self.lang, labels=names)
        return self.wording.value_text(definition.node, value)

    @staticmethod
    def _settled(value: Value) -> bool:
        return value is ABSENT or value.__class__ is int

    def _definitions(self) -> list[tuple[Part, Definition]]:
        """Those that what is shown rests on; of a pack without a verdict, all."""
        if self._found is None:
            self._found = self._find()
        return self._found

    def _find(self) -> list[tuple[Part, Definition]]:
        wording_, main = self.wording, self.graph.main
        if not wording_.defined and not wording_.used:
            return []
        shown: set[int] = set()
        start: list[int] = []
        for told in (*self.focus, *self.set_aside):
            provision = told.provision
            start += [gate.condition for gate in provision.gates]
            for asked in told.tests:
                start += [n for n in (asked.test.measured, asked.test.required) if n >= 0]
                shown |= {asked.test.measured, asked.test.required}
        start += [amount.node for amount in main.amounts if amount.node >= 0]
        if main.verdict < 0:
            start += [d.node for d in main.definitions]
        reached = self._reached(start)
        used = [wording_.used[node] for node in reached if node in wording_.used]
        displayed = {told.provision.node for told in self.focus}
        self.provisions_used = [(p, each) for p, each in used if each.node not in displayed]
        found = [wording_.defined[node] for node in reached if node in wording_.defined]
        rank = {part.pack: at for at, part in enumerate(self.graph.parts)}
        found = [(p, d) for p, d in found if p is not main or d.node not in shown]
        return sorted(found, key=lambda each: (rank[each[0].pack], each[1].node))

    def _reached(self, start: Iterable[int]) -> list[int]:
        """The nodes that these read, past a stated fact's `else` and a used provision no more."""
        todo, seen = list(start), set[int]()
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            of = self.graph.nodes[node]
            if node in self.wording.used:
                continue
            if of.op.startswith("else") and self.decision.is_stated(of.args[0]):
                continue
            todo += reads(of)
        return sorted(seen)

    def _does_not_apply(self) -> Iterator[Section]:
        lang = self.lang
        outside: list[str] = []
        others: list[str] = []
        for told in self.set_aside:
            by_activity = any(
                gate.activity and self.values[gate.condition] == NOT_MET
                for gate in told.provision.gates
            )
            (outside if by_activity else others).append(told.heading)
        remarks = []
        if outside:
            given, main = self.decision.given, self.graph.main
            names = [
                words.of(lang)
                for activity, words in main.activities
                if given.get(f"@activity/{activity}") == MET
            ]
            items, activities = say.LISTED.join(outside), ", ".join(names)
            text = say.OUTSIDE_ACTIVITIES.of(lang, items=items, activities=activities)
            remarks.append(Remark("not_applicable", text))
        if others:
            remarks.append(Remark("not_applicable", say.LISTED.join(others)))
        if remarks:
            yield Section("not_applicable", say.T_NOT_APPLICABLE.of(lang), tuple(remarks))

    # ---- what bears on the whole answer

    def _about(self) -> Iterator[Section]:
        lang = self.lang
        read = tuple(self._read())
        if read:
            yield Section("input", say.T_INPUT.of(lang), read)
        warnings = tuple([w for truth, w in self.wording.warnings if self.values[truth] == NOT_MET])
        if warnings:
            yield Section("warnings", say.T_WARNINGS.of(lang), warnings)
        notes = tuple(dict.fromkeys(self._notes()))
        if notes:
            yield Section("notes", say.T_NOTES.of(lang), notes)
        sources = self._sources()
        if sources:
            yield Section("sources", say.T_SOURCES.of(lang), sources)
        yield from self._limits()

    def _read(self) -> Iterator[Remark]:
        """How facts were understood that were not written in the law's own unit."""
        for notice in self.notices:
            phrase = {"converted": say.CONVERTED, "per-omitted": say.PER_OMITTED}.get(notice.kind)
            slot = self.wording.slots.get(notice.fact)
            if phrase is not None and slot is not None:
                label = self.graph.facts[slot].label
                value = self.wording.value_text(slot, self.values[slot], label)
                name = self.wording.fact(slot)
                text = phrase.of(self.lang, fact=name, written=notice.written, value=value)
                yield Remark("input", text)

    def _spoken(self) -> list[Told]:
        """The provisions that the answer speaks of by themselves, in the order shown."""
        if not self.declared:
            return self.focus
        return [t for t in self.focus if t.children or self._silence(t) != "declared"]

    def _notes(self) -> list[Remark]:
        """Readings and misprints of what is shown; with their citation where that is several."""
        lang, spoken, wording_ = self.lang, self._spoken(), self.wording
        several = len({told.cite for told in spoken if not told.provision.parent}) > 1
        notes: list[Remark] = []
        for told in spoken:
            notes += told.notes_cited if several else told.notes
        for _, of in self._beside():
            notes += [Remark("note", note.of(lang)) for note in of.notes]
        for slot, said in wording_.fact_notes:
            known = slot in self.stated and slot not in self.declared
            if known and any(slot in told.facts for told in spoken):
                notes += said
        notes += wording_.notes
        return notes

    def _beside(self) -> list[tuple[Part, Definition | Amount]]:
        """The definitions and amounts that the answer speaks of."""
        main = self.graph.main
        found: list[tuple[Part, Definition | Amount]] = [*self._definitions()]
        found += [(main, amount) for amount in main.amounts if amount.node >= 0]
        return found

    def _sources(self) -> tuple[Remark, ...]:
        """Where the words were read, of all that is not of grade A in the act's own text."""
        spoken, beside = self._spoken(), self._beside()
        if not beside:  # nearly always, and then of one source
            only = {told.source for told in spoken if told.source is not None}
            held = self.wording.sources.get(only.pop()) if len(only) == 1 else None
            if held is not None:
                return held
        named = [(told.source, told.name) for told in spoken if told.source is not None]
        for part, of in beside:
            source = origin(part, of)
            if source is not None:
                named.append((source, of.words.of(self.lang) if of.words is not None else ""))
        kinds = {source for source, _ in named}
        alone = len({kind[:2] for kind in kinds}) == len(kinds)
        key: object = tuple(named)
        if alone and kinds:
            key = frozenset(kinds) if len(kinds) > 1 else next(iter(kinds))
        held = self.wording.sources.get(key)
        if held is None:
            held = self.wording.sources[key] = tuple(self._sources_of(named))
        return held

    def _sources_of(self, named: Sequence[tuple[Origin, str]]) -> Iterator[Remark]:
        lang = self.lang
        found: dict[tuple[str, str, bool], dict[str, list[str]]] = {}
        for (pack, source, grade, unread), name in named:
            found.setdefault((pack, source, unread), {}).setdefault(grade, []).append(name)
        for (pack, source, unread), grades in found.items():
            part = next(part for part in self.graph.parts if part.pack == pack)
            title = next((s.title.of(lang) for s in part.sources if s.id == source), source)
            texts = []
            for at, (grade, names) in enumerate(sorted(grades.items())):
                text = say.GRADES[grade].of(lang) if grade in say.GRADES else grade
                if at:
                    text = say.GRADE_FOR.of(lang, grade=text, items=", ".join(filter(None, names)))
                texts.append(text)
            phrase = say.READ_IN if unread else say.SOURCE
            yield Remark("source", phrase.of(lang, title=title, grade=say.LISTED.join(texts)))

    def _limits(self) -> Iterator[Section]:
        lang, main = self.lang, self.graph.main
        remarks = self.wording.limits
        if len(self.graph.parts) > 1 and main.in_force:
            shown = {told.part.pack for told in self.focus}
            shown |= {part.pack for part, _ in self._definitions()}
            for part in self.graph.parts[1:]:
                if part.pack in shown:
                    act = part.cite.of(lang)
                    texts = (say.USE.of(lang, act=act, text=each.of(lang)) for each in part.limits)
                    remarks += tuple(Remark("limit", text) for text in texts)
        if remarks:
            yield Section("limits", say.T_LIMITS.of(lang), remarks)


_MET = STATUSES[MET]
_new = tuple.__new__  # a part from its fields, without a call of its own


def _nearness(item: Item) -> tuple[int, int]:
    """Items in the order of how much there is of what is asked, most first."""
    if item.status is Status.MET:
        return (0, 0)
    bar = item.figures[0].bar if item.figures else None
    return (1, -(bar.part * 1_000_000 // bar.whole)) if bar is not None else (1, 0)


def _at_fault(where: Sequence[Node], values: Sequence[Value], at: int) -> Iterator[int]:
    """The fields for which a condition over a member is not met, or open."""
    node = where[at]
    if node.op == "fact":
        yield at
    elif node.op == "all":
        for below in node.args:
            if values[below] != MET:
                yield from _at_fault(where, values, below)
    elif node.op != "outer":
        for below in reads(node):
            yield from _at_fault(where, values, below)
