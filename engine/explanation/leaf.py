"""One provision with nothing under it: its figures, and the lines below them."""

from __future__ import annotations

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.decision import Finding
from tieuchi.engine.explanation import remarks
from tieuchi.engine.explanation.telling import SETTLED, Telling, cite_under
from tieuchi.engine.interval import span
from tieuchi.engine.outline import Figures, Item, Remark
from tieuchi.engine.truth import MET, STATUSES
from tieuchi.engine.wording import NOTHING_KNOWN, Asked, Told

_MET = STATUSES[MET]
_new = tuple.__new__  # a part from its fields, without a call of its own


def leaf(t: Telling, told: Told, parent: Told | None, truth: int) -> Item:
    """What is shown of it."""
    own = () if told.bare and not t.remarks else remarks.own(t, told)
    tests = told.tests
    findings = t.decision[told.id].findings if tests else ()
    shown = [_figures(t, a, f) for a, f in zip(tests, findings, strict=True)]
    if len(tests) == 2 and tests[0].test.measured == tests[1].test.measured:
        shown = [_range(t, *tests, *shown)]
    figures = tuple([each for each in shown if each.measured])
    below: list[Remark] = []
    if truth not in SETTLED and tests:
        below += remarks.open_for(t, told, figures)
    for asked in tests:
        if not asked.fixed and asked.test.measured in t.wording.counts:
            below += remarks.members(t, asked)
    if not tests:
        below += remarks.named(t, told)
    own = (*below, *own) if below else own
    return Item(told.id, STATUSES[truth], told.name, cite_under(told, parent), "", figures, own)


def met_leaf(t: Telling, told: Told, parent: Told) -> Item:
    """The leaf of most answers: a quantity against a constant, met, and nothing more to say."""
    asked = told.tests[0]
    node, unit, measured = asked.node, asked.unit, t.values[asked.test.measured]
    if measured.__class__ is not int or measured <= 1:
        text = t.wording.span_text(node, measured, unit)
    else:
        text = numerals.with_unit(numerals.number_text(measured, node.num, node.den, t.lang), unit)
    figures = _new(Figures, (text, asked.required, "", None))
    cite = cite_under(told, parent)
    return _new(Item, (told.id, _MET, told.name, cite, "", (figures,), (), (), True))


def _range(t: Telling, low: Asked, high: Asked, first: Figures, second: Figures) -> Figures:
    """A lower and an upper bound of one quantity in one row."""
    if not low.short or not high.short:
        required = say.V_AND.of(t.lang).join((first.required, second.required))
    else:
        both = say.V_AND.of(t.lang).join((low.short, high.short))
        required = say.NEEDS.of(t.lang, value=both)
    return Figures(first.measured, required, first.shortfall or second.shortfall, first.bar)


def _figures(t: Telling, asked: Asked, finding: Finding) -> Figures:
    """What is measured, asked and short. A yes or no that is as asked says nothing more."""
    lang, wording = t.lang, t.wording
    measured, truth = finding.measured, finding.truth
    if asked.node.kind in ("truth", "class"):
        return _chosen(t, asked, finding)
    none = measured == 0 and bool(asked.facts) and t.declared.issuperset(asked.facts)
    unit = "" if none else asked.unit
    silent = asked.facts and truth not in SETTLED and t.stated.isdisjoint(asked.facts)
    if silent:
        shown = say.NOT_STATED.of(lang)
    elif not asked.facts and asked.node.kind == "quantity" and span(measured) == NOTHING_KNOWN:
        shown = say.NOT_KNOWN.of(lang)
    elif asked.node.kind == "ratio":
        shown = wording.ratio_text(asked.node, measured, unit)
    else:
        shown = wording.span_text(asked.node, measured, unit)
    if none:
        shown = say.DECLARED_NONE.of(lang, value=shown)
    required = asked.required
    if not required:
        bound = "" if asked.node.kind == "quantity" and unit and not silent else asked.unit
        value = wording.required(asked.test, finding.required, bound)
        phrase = say.NEEDS if finding.required.__class__ is int else say.NEEDS_OPEN
        if asked.node.kind != "date" and span(finding.required) == NOTHING_KNOWN:
            phrase = say.NEEDS_UNKNOWN
        required = phrase.of(lang, value=value)
    elif none or silent:
        required = say.NEEDS.of(lang, value=asked.short)
    bar = None
    if truth != MET:
        bar = wording.bar(asked, measured, finding.required)
    return Figures(shown, required, _short(t, asked, finding), bar)


def _chosen(t: Telling, asked: Asked, finding: Finding) -> Figures:
    """What is stated where a class or a yes or no is asked."""
    if finding.truth == MET and asked.node.kind == "truth":
        return Figures("", "")
    if asked.facts and t.stated.isdisjoint(asked.facts) and finding.truth not in SETTLED:
        shown = say.NOT_STATED.of(t.lang)
    else:
        shown = t.wording.value_text(asked.test.measured, finding.measured)
        if asked.test.measured < len(t.graph.facts):
            shown = say.STATED.of(t.lang, value=shown)
    return Figures(shown, asked.required)


def _short(t: Telling, asked: Asked, finding: Finding) -> str:
    """What is short, in the unit of what is measured; of a ratio, of what is counted."""
    if finding.shortfall is None:
        return ""
    node, unit = asked.node, ""
    if node.kind == "ratio":
        node = t.graph.nodes[node.args[0]]
        unit = t.wording.unit(node.unit)
    value = t.wording.number(node, finding.shortfall, unit)
    comparison = asked.test.comparison
    if comparison == "equals":
        return say.DIFFERS.of(t.lang, value=value)
    phrase = say.LACKS if comparison in ("at_least", "more_than") else say.EXCEEDS
    return phrase.of(t.lang, value=value)
