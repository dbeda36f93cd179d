"""A graph in one language: names, citations, what is asked, and values as people read them.

`wording(graph, lang)` is made once and holds what does not hang on a case; its methods put a value
of a node into words. The phrases are those of `phrases`. It knows no decision as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.bearing import DOWN, UP, bearings
from tieuchi.engine.graph import (
    Amount,
    Definition,
    Graph,
    Node,
    Part,
    Provision,
    Test,
    below,
    labels_by_node,
    reads,
)
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.kernel import Value
from tieuchi.engine.outline import Bar, Remark
from tieuchi.engine.quantity import unit_label
from tieuchi.engine.results import results
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

NOTHING_KNOWN = (0, None, False)  # a quantity from 0 up
# units of which there are many, not much
COUNTED = ("head", "person", "tree", "parcel", "item", "batch", "point", "day", "month", "year")


class Asked(NamedTuple):
    """A comparison with its texts and what it rests on."""

    test: Test
    node: Node  # measured
    bound: Node | None
    unit: str
    required: str  # "" where it moves with the case
    short: str  # the same in a list: "≥ 200 tấn"
    rises: bool  # a quantity of which more is nearer
    facts: frozenset[int]
    fixed: bool  # a quantity against a constant, all of whose texts are here
    sure: bool  # more, or less, of its facts never hurts the verdict


class Told(NamedTuple):
    """A provision with its texts; `id` is of a used pack ``pack/id``."""

    id: str
    part: Part
    provision: Provision
    node: int
    name: str
    cite: str
    children: tuple[Told, ...]
    tests: tuple[Asked, ...]
    facts: frozenset[int]  # of its tests
    beside: int  # conditions under it that have no id
    heading: str  # how a line names it that is not under its parent
    brief: str  # how a line names it that is under it
    one_does: bool  # of its children one is enough, or some are
    has_groups: bool  # something stands under what is under it
    bare: bool  # neither gated nor ever reviewed
    plain: bool  # besides, one `fixed` test and nothing under it
    notes: tuple[Remark, ...]  # with its misprints
    notes_cited: tuple[Remark, ...]  # the same where several provisions are spoken of
    source: Origin | None


class Origin(NamedTuple):
    """Where words stand that are not of grade A, or where the act's own were not read."""

    pack: str
    source: str
    grade: str
    unread: bool


def origin(part: Part, of: Provision | Definition | Amount) -> Origin | None:
    """Where the words of something stand, if that has to be said."""
    if (of.grade == "A" and not of.read_in) or not (of.quote or of.read_in):
        return None
    return Origin(part.pack, of.source, of.grade, bool(of.read_in))


def wording(graph: Graph, lang: str) -> Wording:
    """The wording of a graph, made once for each graph object and language."""
    held = _WORDINGS.get((id(graph), lang))
    if held is None or held.graph is not graph:
        if len(_WORDINGS) > 64:
            _WORDINGS.clear()
        held = _WORDINGS[id(graph), lang] = Wording(graph, lang)
    return held


class Wording:
    """The texts of a graph in one language."""

    def __init__(self, graph: Graph, lang: str) -> None:
        self.graph = graph
        self.lang = lang
        self.slots = {fact.id: i for i, fact in enumerate(graph.facts)}
        self._below: dict[int, frozenset[int]] = {}
        self._one: dict[str, str] = {}  # English units of many to those of one
        self._labels = labels_by_node(graph)
        self._by_id = {
            f"{part.pack}/{p.id}": (part, p) for part in graph.parts for p in part.provisions
        }
        self.counts = self._counts()
        verdict = graph.main.verdict
        under = below(graph.nodes, verdict) if verdict >= 0 else []
        self._bears = bearings(graph, verdict, under) if under else {}
        main = graph.main
        self.day = numerals.day_text(graph.as_of)
        self.results = results(graph)
        self.limits = tuple(Remark("limit", limit.of(lang)) for limit in main.limits)
        self.notes = tuple(Remark("note", note.of(lang)) for note in main.notes)
        self.fact_notes = [
            (i, tuple(Remark("note", note.of(lang)) for note in fact.notes))
            for i, fact in enumerate(graph.facts)
            if fact.notes
        ]
        self.warnings = [
            (check.truth, Remark("warning", check.words.of(lang)))
            for part in graph.parts
            for check in part.checks
            if check.level == "warning"
        ]
        self.sources: dict[object, tuple[Remark, ...]] = {}  # by what is spoken of
        self._operators: dict[tuple[str, int, int], str] = {}
        self.told: dict[str, Told] = {}
        self.roots = tuple(self._tell(main, p) for p in main.provisions if not p.parent)
        self.defined: dict[int, tuple[Part, Definition]] = {}
        for part in reversed(graph.parts):
            self.defined.update({d.node: (part, d) for d in part.definitions if d.words})
        self.used = {
            p.node: (part, p) for part in graph.parts[1:] for p in part.provisions if p.node >= 0
        }

    # ---- what does not hang on a case

    def _counts(self) -> dict[int, tuple[int, ...]]:
        """The counts over members of a list that are below what a provision measures."""
        nodes = self.graph.nodes
        counts = {i for i, n in enumerate(nodes) if n.op == "count" and any(n.args[1::2])}
        measured = {
            test.measured
            for part in self.graph.parts
            for provision in part.provisions
            for test in provision.tests
        }
        found = {}
        for node in measured if counts else ():
            under = tuple(sorted(counts.intersection(below(nodes, node))))
            if under:
                found[node] = under
        return found

    def labels(self, node: int) -> tuple[tuple[str, Words], ...]:
        """The labels of a class node, by bit."""
        return self._labels.get(node, ())

    def below(self, node: int) -> frozenset[int]:
        """The facts that a node rests on."""
        known = self._below.get(node)
        if known is None:
            graph = self.graph
            found = {node} if node < len(graph.facts) else set()
            for under in reads(graph.nodes[node]):
                found |= self.below(under)
            known = self._below[node] = frozenset(found)
        return known

    def fact(self, slot: int) -> str:
        """The name of a fact, or of the activity or day that a node stands for."""
        return self.graph.facts[slot].words.of(self.lang)

    def _tell(self, part: Part, provision: Provision) -> Told:
        lang = self.lang
        here = part is self.graph.main
        words, cite = provision.words, provision.cite.of(lang)
        name = words.of(lang) if words is not None else provision.quote
        children = tuple(self._children(part, provision))
        own, beside = provision.own, 0
        if own >= 0 and self.graph.nodes[own].op == provision.operator:
            args = len(self.graph.nodes[own].args) - (provision.operator == "at_least")
            beside = max(0, args - sum(c.provision.node >= 0 for c in children))
        tests = tuple(self._asked(test) for test in provision.tests)
        notes = [Remark("note", note.of(lang)) for note in provision.notes]
        for slip in provision.misprints:
            text = say.MISPRINT.of(lang, printed=slip.printed, read=slip.read)
            notes.append(Remark("misprint", text))
        cited = (Remark(role, say.NOTE_ON.of(lang, cite=cite, text=text)) for role, text in notes)
        bare = provision.review < 0 and not provision.gates and provision.node >= 0
        told = Told(
            provision.id if here else f"{part.pack}/{provision.id}",
            part,
            provision,
            provision.node,
            name,
            cite if here or provision.parent else f"{cite}, {part.cite.of(lang)}",
            children,
            tests,
            frozenset[int]().union(*(asked.facts for asked in tests)),
            beside,
            " · ".join(text for text in (cite, name) if text),
            name or cite,
            provision.operator in ("any", "at_least"),
            any(child.children for child in children),
            bare,
            bare and not children and len(tests) == 1 and tests[0].fixed,
            tuple(notes),
            tuple(cited),
            origin(part, provision),
        )
        self.told[told.id] = told
        return told

    def _children(self, part: Part, provision: Provision) -> Iterator[Told]:
        for child in provision.children:
            found = self._by_id.get(child if "/" in child else f"{part.pack}/{child}")
            if found is not None:
                yield self._tell(*found)

    def _asked(self, test: Test) -> Asked:
        nodes = self.graph.nodes
        node = nodes[test.measured]
        bound = nodes[test.required] if test.required >= 0 else None
        unit = self.unit(test.unit, test.label)
        required = short = ""
        if bound is None:
            short = self._labels_asked(test)
            required = say.NEEDS_LABEL.of(self.lang, value=short)
        elif bound.op in ("const", "date"):
            short = self.required(test, bound.args[0], unit)
            shown = "" if node.kind == "quantity" else unit  # it stands with what is measured
            value = self.required(test, bound.args[0], shown)
            required = say.NEEDS.of(self.lang, value=value)
        rises = test.comparison in ("at_least", "more_than") and node.kind in ("quantity", "ratio")
        below = self.below(test.measured)
        fixed = node.kind == "quantity" and bound is not None and bound.op == "const"
        fixed = fixed and test.measured not in self.counts
        sure = all(self._bears.get(fact, 0) in (UP, DOWN) for fact in below)
        return Asked(test, node, bound, unit, required, short, rises, below, fixed, sure)

    def _labels_asked(self, test: Test) -> str:
        if test.comparison == "is":
            return (say.YES if test.labels == ("true",) else say.NO).of(self.lang)
        names = dict(self.labels(test.measured))
        shown = [names[text].of(self.lang) if text in names else text for text in test.labels]
        return numerals.choice_text(shown, self.lang)

    # ---- values

    def required(self, test: Test, value: Value, unit: str) -> str:
        """What is asked, with its comparison: "≥ 200 tấn", "từ ngày 01/01/2022"."""
        bound = self.graph.nodes[test.required]
        if bound.kind == "date":
            return say.DAYS[test.comparison].of(self.lang, value=self.span_text(bound, value, ""))
        text = self.span_text(bound, value, unit)
        if value.__class__ is not int and value is not ABSENT:
            least, most, absent = span(value)
            if least is not None and most is not None and not absent:
                start = self.number(bound, least, "")
                end = self.number(bound, most, unit)
                text = say.RANGE.of(self.lang, least=start, most=end)
        return f"{say.SIGNS[test.comparison]}{say.HELD}{text}"

    def operator(self, told: Told, number: int) -> str:
        """How many of `number` children a provision needs, in words."""
        key = (told.provision.operator, number, told.provision.needed)
        if key not in self._operators:
            self._operators[key] = self._operator(*key)
        return self._operators[key]

    def _operator(self, operator: str, number: int, least: int) -> str:
        lang = self.lang
        if operator == "not":
            return say.NOT_OF.of(lang)
        if number < 2:
            return ""
        count = numerals.count_text(number, lang)
        if operator == "at_least":
            return say.AT_LEAST_OF.of(lang, least=numerals.count_text(least, lang), count=count)
        if operator == "any":
            return say.ANY_OF.of(lang, count=count)
        return say.BOTH_OF.of(lang) if number == 2 else say.ALL_OF.of(lang, count=count)

    def unit(self, unit: str, label: Words | None = None) -> str:
        """A unit as people see it; "" of what has none.

        A pack's own label is one text, in English that of many ("clubs"): one of what is counted
        goes by the unit itself ("1 person", a plain "1"), whose singular is known.
        """
        if not unit:
            return "" if label is None else numerals.held(label.of(self.lang))
        words = unit_label(unit, self.lang) if label is None else label.of(self.lang)
        many = numerals.held(words)
        if self.lang == "en" and (label is None or unit.partition("/")[0] in COUNTED):
            self._one[many] = numerals.held(unit_label(unit, "en", one=True))
        return many

    def number(self, node: Node, value: int, unit: str) -> str:
        """A settled quantity or date of a node."""
        if node.kind == "date":
            return numerals.day_text(value)
        number = numerals.number_text(value, node.num, node.den, self.lang)
        return numerals.with_unit(number, self._one.get(unit, unit) if number == "1" else unit)

    def span_text(self, node: Node, value: Value, unit: str) -> str:
        """A quantity or date, settled or open."""
        lang = self.lang
        if value.__class__ is int:
            return self.number(node, value, unit)
        if value is ABSENT:
            return say.NOT_MEASURED.of(lang)
        least, most, absent = span(value)
        if least is None and most is None:
            text = say.NOT_KNOWN.of(lang)
        elif least is None or most is None:
            end = most if least is None else least
            phrase = say.UP_TO if least is None else say.FROM
            text = phrase.of(lang, value=self.number(node, end or 0, unit))
        elif least == most:
            text = self.number(node, least, unit)
        else:
            start = self.number(node, least, "")
            text = say.BETWEEN.of(lang, least=start, most=self.number(node, most, unit))
        return say.OR_NOT_MEASURED.of(lang, value=text) if absent else text

    def class_text(self, node: int, mask: int) -> str:
        """The labels that a class can still have."""
        labels = self.labels(node)
        names = [words.of(self.lang) for i, (_, words) in enumerate(labels) if mask >> i & 1]
        if mask >> len(labels):
            names.append(say.NO_PART.of(self.lang))
        return numerals.choice_text(names, self.lang)

    def ratio_text(self, node: Node, value: Value, unit: str) -> str:
        """A ratio: "19/20 (95 %)", or in its unit where that is more than per cent."""
        lang, (above, below) = self.lang, node.args
        over, under = value
        top, bottom = self.graph.nodes[above], self.graph.nodes[below]
        if under is ABSENT or over is ABSENT or (under.__class__ is int and under < 1):
            return say.NOT_MEASURED.of(lang)
        if over.__class__ is not int or under.__class__ is not int:
            part, whole = self._part(above, over), self._part(below, under)
            return say.RATIO_OPEN.of(lang, part=part, whole=whole)
        if node.unit != "%":
            value = numerals.exact_text(over * node.num, under * node.den, lang)
            return numerals.with_unit(value, unit)
        part, whole = self.number(top, over, ""), self.number(bottom, under, "")
        share = numerals.exact_text(over * node.num, under * node.den, lang)
        return say.RATIO.of(lang, part=part, whole=whole, share=numerals.with_unit(share, "%"))

    def _part(self, node: int, value: Value) -> str:
        """One side of a ratio of which something is open."""
        if span(value) == NOTHING_KNOWN:
            return (say.NOT_STATED if self.below(node) else say.NOT_KNOWN).of(self.lang)
        of = self.graph.nodes[node]
        return self.span_text(of, value, self.unit(of.unit))

    def value_text(self, node: int, value: Value, label: Words | None = None) -> str:
        """A value of any kind."""
        of = self.graph.nodes[node]
        if of.kind == "truth":
            phrase = {MET: say.YES, NOT_MET: say.NO}.get(value, say.UNDETERMINED)
            return phrase.of(self.lang)
        if of.kind == "class":
            return self.class_text(node, value)
        unit = self.unit(of.unit, label)
        if of.kind == "ratio":
            return self.ratio_text(of, value, unit)
        return self.span_text(of, value, unit)

    def figure(self, of: Amount | Definition) -> str:
        """What an amount or a definition is called."""
        if of.words is not None:
            return of.words.of(self.lang)
        return of.cite.of(self.lang) if isinstance(of, Amount) else of.id

    def figure_text(self, of: Amount | Definition, value: Value) -> str:
        """What it comes to; an amount that is a ceiling as one."""
        if isinstance(of, Definition):
            return self.result_text(of, value)
        text = self.value_text(of.node, value)
        return say.CEILING.of(self.lang, value=text) if of.up_to else text

    def result_text(self, of: Definition, value: Value) -> str:
        """What a definition comes to; of a class that is open, what it can still be."""
        node, open_ = self.graph.nodes[of.node], say.UNDETERMINED.of(self.lang)
        if node.kind == "quantity" and value is not ABSENT and span(value) == NOTHING_KNOWN:
            return say.NOT_KNOWN.of(self.lang)
        if node.kind == "class" and value & (value - 1):
            if value == (1 << len(self.labels(of.node))) - 1:
                return open_
            return say.OPEN_CLASS.of(self.lang, labels=self.class_text(of.node, value))
        return self.value_text(of.node, value)

    def bar(self, asked: Asked, measured: Value, required: Value) -> Bar | None:
        """How much of what is asked there surely is; None where that says nothing."""
        node, bound = asked.node, asked.bound
        if not asked.rises or bound is None or required.__class__ is not int or required <= 0:
            return None
        whole = required * bound.num * node.den
        if node.kind == "ratio":
            measured, under = measured
            if under.__class__ is not int or not under:
                return None
            whole *= under
        settled = measured.__class__ is int
        have = measured if settled else span(measured)[0]
        if have is None or have < 0 or (not settled and (have == 0 or measured is ABSENT)):
            return None
        part = have * node.num * bound.den
        return Bar(part, whole, numerals.percent_text(part, whole, self.lang, settled=settled))


_WORDINGS: dict[tuple[int, str], Wording] = {}
