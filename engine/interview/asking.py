"""A question in words: what is asked, in which unit, with an example, and why.

The pack's own words where it has them. `why` names the provisions that are open for want of the
answer, with their quotes and what they require. It knows a graph's wording and the interview, no
terminal; `example` is always read back as an answer (a test).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.decision import Decision
from tieuchi.engine.graph import Amount, Definition, Fact, Graph
from tieuchi.engine.interview import Interview, Question
from tieuchi.engine.interview import phrases as ask
from tieuchi.engine.interview.reply import activity_words
from tieuchi.engine.outline import Remark
from tieuchi.engine.quantity import QuantityError, decimal_text, people_text, read_number
from tieuchi.engine.results import figures
from tieuchi.engine.table.asking import Asking
from tieuchi.engine.table.filling import answers, question, unit_text
from tieuchi.engine.wording import Asked, Told, wording

MOST_REASONS = 5
MOST_FACTS = 4
_WHOLE = ("12", "3", "1", "60")
_FINE = ("4.5", "62.5", "0.5", "12", "2.25", "1")


class Asker:
    """Words the questions of one graph in one language."""

    def __init__(self, graph: Graph, lang: str) -> None:
        self.graph = graph
        self.lang = lang
        self.wording = wording(graph, lang)

    # ---- around the questions

    def opening(self, interview: Interview) -> list[str]:
        """What it is about, how many questions there are, and what else may be typed."""
        lang, main = self.lang, self.graph.main
        lines = [ask.HEAD.of(lang, act=main.cite.of(lang), day=self.wording.day)]
        if main.verdict >= 0:
            about = (main.about or say.THE_CONDITIONS.words()).of(lang)
            lines.append(ask.ABOUT.of(lang, about=about))
        else:
            names = say.LISTED.join(map(self.wording.figure, figures(self.graph)))
            lines.append(ask.ABOUT.of(lang, about=names))
        asked = interview.question
        if asked is None:
            return [*lines, ask.DONE_NOTHING.of(lang)]
        if asked.most == 1:
            lines.append(ask.AT_MOST_ONE.of(lang))
        else:
            expected = str(_nearest(asked.expected))
            lines.append(ask.AT_MOST.of(lang, most=str(asked.most), expected=expected))
        return [*lines, ask.COMMANDS.of(lang)]

    def closing(self, interview: Interview) -> list[str]:
        """That it is over, after how many questions, and whether it stays open."""
        lang, count = self.lang, len(interview.asked)
        done = ask.DONE_ONE if count == 1 else ask.DONE
        lines = [done.of(lang, count=str(count))] if count else []
        truth = interview.decision.truth
        if truth is not None and truth & (truth - 1):
            lines.append(ask.NO_MORE.of(lang))
        return lines

    def implied(self, interview: Interview, names: Sequence[str]) -> list[str]:
        """What was not asked since it follows."""
        lines = []
        for name in names:
            slot = self.wording.slots[name]
            fact, value = self.graph.facts[slot], interview.given[name]
            shown = self.wording.value_text(slot, value, fact.label)
            lines.append(ask.IMPLIED.of(self.lang, fact=fact.words.of(self.lang), value=shown))
        return lines

    # ---- one question

    def text(self, asked: Question) -> str:
        """The question itself."""
        if asked.fact is None:
            return ask.ACTIVITIES.of(self.lang)
        return self.of(asked.fact)

    def of(self, fact: Fact) -> str:
        """The question about a fact, or about a field of a list's member."""
        name = numerals.capitalized(fact.words.of(self.lang))
        return question(fact, self.lang) or ask.UNASKED.of(self.lang, name=name)

    def choices(self, asked: Question) -> list[str]:
        """The answers that can be numbered."""
        if asked.fact is None:
            return self._numbered([words.of(self.lang) for _, words in activity_words(self.graph)])
        return self.labels(asked.fact)

    def labels(self, fact: Fact) -> list[str]:
        """The labels of a class, numbered."""
        if fact.kind != "class":
            return []
        return self._numbered([words.of(self.lang) for _, words in fact.labels])

    def _numbered(self, labels: Sequence[str]) -> list[str]:
        numbered = enumerate(labels, 1)
        return [ask.NUMBERED.of(self.lang, number=str(n), label=label) for n, label in numbered]

    def hint(self, asked: Question) -> str:
        """How to answer, and how many questions are left."""
        how = self.how(asked.fact) if asked.fact is not None else ask.SEVERAL.of(self.lang)
        return say.LISTED.join(filter(None, (how, self._left(asked))))

    def how(self, fact: Fact) -> str:
        """How a fact is answered: its unit and an example."""
        lang = self.lang
        if fact.kind == "yes_no":
            return ask.YES_NO.of(lang)
        if fact.kind == "date":
            return ask.DAY.of(lang)
        if fact.kind == "class":
            return ask.LABEL.of(lang)
        if fact.kind != "quantity":
            return "" if fact.kind == "list" else answers(fact, lang)
        unit = unit_text(fact, lang)
        parts = [ask.IN_UNIT.of(lang, unit=unit)] if unit else []
        return say.LISTED.join([*parts, ask.SUCH_AS.of(lang, example=example(fact, lang))])

    def _left(self, asked: Question) -> str:
        if asked.most == 1:
            return ask.LEFT_ONE.of(self.lang)
        return ask.LEFT.of(self.lang, most=str(asked.most))

    # ---- why

    def why(self, asked: Question, interview: Interview) -> list[Remark]:
        """The provisions that are open for want of the answer, the most telling first."""
        lang, decision = self.lang, interview.decision
        open_ = self._open(interview)
        reasons: list[Remark] = []
        if asked.fact is None:
            told = [t for t in self.wording.told.values() if t.provision.gates and t.node in open_]
            reasons += [Remark("cite", each.heading) for each in told]
            return self._some(reasons, ask.WHY_ALL.of(lang), told)
        slot = self.wording.slots[asked.name]
        tests = [
            (each, test)
            for each in self.wording.told.values()
            for test in each.tests
            if each.node in open_ and slot in test.facts
        ]
        for of, test in tests[:MOST_REASONS]:
            reasons += self._reason(of, test, slot, decision)
        reasons += self._gated(slot, open_)
        if not reasons:
            reasons += self._used(asked.fact)
        return self._some(reasons, ask.WHY.of(lang), tests)

    def _some(self, reasons: list[Remark], title: str, all_: Sequence[object]) -> list[Remark]:
        more = len(all_) - MOST_REASONS
        if more > 0:
            reasons = reasons[: MOST_REASONS * 3]
            reasons.append(Remark("note", ask.WHY_MORE.of(self.lang, count=str(more))))
        return [Remark("heading", title), *reasons]

    def _open(self, interview: Interview) -> set[int]:
        board = interview.board
        return board.open_below(board.start(interview.given))

    def _reason(self, told: Told, test: Asked, slot: int, decision: Decision) -> Iterator[Remark]:
        """A citation, its quote, and what it requires."""
        lang = self.lang
        yield Remark("cite", told.heading)
        if told.provision.quote and told.provision.quote != told.name:
            yield Remark("quote", say.QUOTE.of(lang, text=told.provision.quote))
        required = test.required
        if test.short and test.node.kind != "truth":
            required = say.NEEDS.of(lang, value=test.short)
        elif not required and test.test.required >= 0:
            bound = decision.values[test.test.required]
            value = self.wording.required(test.test, bound, test.unit)
            settled = bound.__class__ is int
            required = (say.NEEDS if settled else say.NEEDS_OPEN).of(lang, value=value)
        others = [self.wording.fact(other) for other in sorted(test.facts - {slot})]
        if others and required:
            more = len(others) - MOST_FACTS
            if more > 1:
                others = [*others[:MOST_FACTS], say.AND_MORE.of(lang, count=str(more))]
            facts = say.LISTED.join(others)
            required = ask.WHY_TOGETHER.of(lang, required=required, facts=facts)
        if required:
            yield Remark("needs", required)

    def _gated(self, slot: int, open_: set[int]) -> Iterator[Remark]:
        """The provisions of which the fact tells whether they apply."""
        for told in self.wording.told.values():
            gates = [gate.condition for gate in told.provision.gates]
            if told.node in open_ and any(slot in self.wording.below(gate) for gate in gates):
                yield Remark("cite", told.heading)
                yield Remark("needs", ask.WHY_APPLIES.of(self.lang))

    def _used(self, fact: Fact) -> Iterator[Remark]:
        """What is worked out of a fact first, where no condition measures it by itself."""
        lang, slot = self.lang, self.wording.slots[fact.id]
        named: list[Amount | Definition] = []
        for part in self.graph.parts:
            named += [*part.definitions, *part.amounts]
        rests = [of for of in named if of.node >= 0 and slot in self.wording.below(of.node)]
        for of in sorted(rests, key=lambda of: of.node)[:1]:
            if of.cite is not None:
                yield Remark("cite", of.cite.of(lang))
            if of.quote:
                yield Remark("quote", say.QUOTE.of(lang, text=of.quote))
            if of.words is not None:
                yield Remark("needs", ask.WHY_USED.of(lang, names=of.words.of(lang)))
            return
        named_in = list(self._naming(slot))
        for told in named_in[:1]:
            yield Remark("cite", told.heading)
            if told.provision.quote and told.provision.quote != told.name:
                yield Remark("quote", say.QUOTE.of(lang, text=told.provision.quote))
            needed = self.wording.operator(told, told.beside + len(told.children))
            if needed:
                yield Remark("needs", needed)
        cites, _ = Asking(self.graph, lang).of(fact.id)
        if cites and not named_in:
            yield Remark("cite", cites)

    def _naming(self, slot: int) -> Iterator[Told]:
        """The provisions in which a fact stands by its name, for a condition."""
        below = self.wording.below
        for told in self.wording.told.values():
            bears = told.node >= 0 and slot in below(told.node)
            if bears and not any(slot in below(c.node) for c in told.children if c.node >= 0):
                yield told


def example(fact: Fact, lang: str) -> str:
    """A number with its unit, as one would type it, with one reading whatever the mark."""
    least = 0 if fact.least is None else fact.least
    if fact.unit.split("/")[0] == ask.MONEY_UNIT and fact.label is None and fact.most is None:
        return ask.MONEY.of(lang, unit=unit_text(fact, lang))
    for text in _WHOLE if fact.num % fact.den == 0 else _FINE:
        num, den = read_number(text, "point")
        steps, rest = divmod(num * fact.den, den * fact.num)
        if not rest and least <= steps and (fact.most is None or steps <= fact.most):
            return _typed(fact, steps, lang)
    return _typed(fact, least, lang)


def _typed(fact: Fact, steps: int, lang: str) -> str:
    shown = people_text(decimal_text(steps, fact.num, fact.den), lang)
    try:
        read_number(shown)
    except QuantityError:  # it could be read in two ways
        shown = decimal_text(steps, fact.num, fact.den)
    unit = unit_text(fact, lang)
    return numerals.with_unit(shown, numerals.held(unit))


def _nearest(number: Fraction) -> int:
    """The nearest whole number, 1 at least."""
    return max(1, (2 * number.numerator + number.denominator) // (2 * number.denominator))
