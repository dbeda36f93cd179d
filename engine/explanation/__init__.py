"""Why: from a decision to what is shown of it, `explain(decision, case, lang=…) -> Explanation`.

An answer stays as short as its reasons; the record has all of it. Here are its header and headline,
and the order of its parts: `tree` chooses the provisions that are shown, `leaf` and `remarks` tell
one of them, `ground` finds what they rest on, `outcome` what it comes to, `about` what bears on the
whole. All are functions of one `telling`. The parts are those of `outline`, the words those of
`phrases` and `wording`; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.case import Case, Notice
from tieuchi.engine.decision import Decision
from tieuchi.engine.explanation.about import about, limits
from tieuchi.engine.explanation.ground import ground
from tieuchi.engine.explanation.outcome import defined, outcome
from tieuchi.engine.explanation.telling import SETTLED, Telling, telling
from tieuchi.engine.explanation.tree import tree
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
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, STATUSES

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

HEADLINES = {
    MET: say.MEETS,
    NOT_MET: say.FALLS_SHORT,
    NOT_APPLICABLE: say.NOT_APPLICABLE,
}


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
    t = telling(decision, case, lang, remarks or {})
    header = _header(t)
    if not t.graph.main.in_force:
        return Explanation(lang, header, _lapsed(t), (), (*sections, *limits(t)))
    shown = tree(t)
    rests_on = ground(t, shown)
    below = (*outcome(t, shown, rests_on), *sections, *about(t, shown, rests_on, notices))
    return Explanation(lang, header, _headline(t), shown.items, below)


def _header(t: Telling) -> Header:
    case = t.case
    note = case.note.of(t.lang) if case is not None and case.note is not None else ""
    subject = case.subject if case is not None else ""
    return Header(subject, t.graph.main.cite.of(t.lang), t.wording.day, note)


def _lapsed(t: Telling) -> Headline:
    main, lang = t.graph.main, t.lang
    more = [say.IN_FORCE.of(lang, period=numerals.period_text(main.since, main.until, lang))]
    if main.successor is not None:
        more.append(say.SUCCESSOR.of(lang, successor=main.successor.of(lang)))
    text = say.NOT_IN_FORCE.of(lang, act=main.cite.of(lang), day=t.wording.day)
    return Headline(None, text, tuple(more))


def _headline(t: Telling) -> Headline:
    main, lang, truth = t.graph.main, t.lang, t.decision.truth
    if truth is None:
        return _results(t)
    about_what = (main.about or say.THE_CONDITIONS.words()).of(lang)
    phrase = HEADLINES.get(truth, say.OPEN)
    more: tuple[str, ...] = ()
    if truth not in SETTLED:
        missing = t.missing([main.verdict])
        why = say.OPEN_MISSING if missing else say.OPEN_UNKNOWN
        if t.decision.is_under_review(main.verdict):
            why = say.OPEN_BOTH if missing else say.OPEN_REVIEW
        more = (why.of(lang),)
    return Headline(STATUSES[truth], phrase.of(lang, about=about_what), more)


def _results(t: Telling) -> Headline:
    """What a pack without a verdict comes to, the first of it first."""
    found = t.wording.results
    lines = [numerals.capitalized(defined(t, each)) for each in found]
    if not found:
        return Headline(None, say.RESULTS.of(t.lang))
    nodes = [each.node for each in found]
    if not all(map(t.decision.is_settled, nodes)):
        why = say.OPEN_MISSING if t.missing(nodes) else say.OPEN_UNKNOWN
        lines.append(why.of(t.lang))
    return Headline(None, lines[0], tuple(lines[1:]))
