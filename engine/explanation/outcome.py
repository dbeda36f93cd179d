"""What an answer comes to: what is missing, the nearest way, amounts, what was worked out."""

from __future__ import annotations

from collections.abc import Iterator

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.explanation.ground import Ground
from tieuchi.engine.explanation.telling import SETTLED, Telling
from tieuchi.engine.explanation.tree import Shown
from tieuchi.engine.graph import Amount, Definition
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.members import each_of
from tieuchi.engine.nearest import Change, nearest
from tieuchi.engine.outline import Remark, Section
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET
from tieuchi.engine.wording import Told


def outcome(t: Telling, shown: Shown, ground: Ground) -> Iterator[Section]:
    """The sections right under the provisions."""
    lang, main = t.lang, t.graph.main
    names = [] if t.decision.truth in SETTLED else t.missing(_asked(t))
    if names:
        missing = Remark("missing", say.LISTED.join(names) + ".")
        yield Section("missing", say.T_MISSING.of(lang), (missing,))
    way = nearest(t.decision, t.wording)
    if way is not None:
        changes = [_change(t, change) for change in way.changes]
        text = changes[0]
        if len(changes) > 1:
            text = say.NEAREST_TOGETHER.of(lang, changes=say.LISTED.join(changes))
        yield Section("nearest", say.T_NEAREST.of(lang), (Remark("nearest", f"{text}."),))
    if main.verdict < 0:
        yield from _worked_out(t, ground)
    amounts = tuple(Remark("amount", _amount(t, amount)) for amount in ground.amounts)
    if amounts:
        yield Section("amounts", say.T_AMOUNTS.of(lang), amounts)
    if main.verdict >= 0:
        yield from _worked_out(t, ground)
    yield from _does_not_apply(t, shown)


def _asked(t: Telling) -> list[int]:
    """The nodes that a case is about: the verdict, or what a pack without one comes to."""
    main = t.graph.main
    if main.verdict >= 0:
        return [main.verdict]
    told = [each.node for each in t.wording.results] + [each.node for each in main.amounts]
    return [node for node in told if node >= 0]


def _change(t: Telling, change: Change) -> str:
    asked, told = change.asked, change.told
    node, unit = asked.node, asked.unit
    if node.kind == "ratio":
        node = t.graph.nodes[node.args[0]]
        unit = t.wording.unit(node.unit)
    value = t.wording.number(node, change.finding.shortfall or 0, unit)
    share = numerals.percent_text(change.part, change.whole, t.lang)
    rises = asked.test.comparison in ("at_least", "more_than")
    phrase = say.NEAREST if rises else say.NEAREST_LESS
    return phrase.of(t.lang, name=told.name or told.cite, value=value, share=share)


# ---- amounts


def _amount(t: Telling, amount: Amount) -> str:
    lang, cite = t.lang, amount.cite.of(t.lang)
    name = amount.words.of(lang) if amount.words is not None else amount.id
    in_force = amount.node >= 0
    value = _amount_value(t, amount) if in_force else say.NOT_IN_FORCE_THEN.of(lang)
    return say.AMOUNT_CITED.of(lang, name=name, cite=cite, value=value)


def _amount_value(t: Telling, amount: Amount) -> str:
    lang, value, number = t.lang, t.values[amount.node], t.wording.number
    node = t.graph.nodes[amount.node]
    unit = t.wording.unit(node.unit)
    if value.__class__ is int:
        text = number(node, value, unit)
        if amount.when >= 0 and not t.values[amount.when] & MET:
            told = t.wording.told.get(amount.when_provision)
            cite = told.cite if told is not None else say.ITS_CONDITION.of(lang)
            return say.NO_AMOUNT.of(lang, value=text, cite=cite)
        of = t.graph.nodes[amount.value]
        before = t.values[of.args[0]] if of.op == "cap" else 0
        if before.__class__ is int and before > value:
            text = say.CAPPED.of(lang, value=text, before=number(of, before, unit))
        return say.CEILING.of(lang, value=text) if amount.up_to else text
    least, most, _ = span(value)
    if least is None or most is None:
        if amount.up_to:
            return say.UNDETERMINED.of(lang)
        end = most if least is None else least
        phrase = say.AMOUNT_UP_TO if least is None else say.AMOUNT_FROM
        return phrase.of(lang, value=number(node, end or 0, unit))
    phrase = say.CEILING_BETWEEN if amount.up_to else say.AMOUNT_BETWEEN
    return phrase.of(lang, least=number(node, least, unit), most=number(node, most, unit))


# ---- what was worked out, what does not apply


def _worked_out(t: Telling, ground: Ground) -> Iterator[Section]:
    """Definitions that the answer rests on, and what other packs gave."""
    main, lang = t.graph.main, t.lang
    here: list[Remark] = []
    there: list[Remark] = []
    told = {each.node for each in t.wording.results}  # in the headline
    for part, definition in ground.definitions:
        if part is main and definition.node in told:
            continue
        text = defined(t, definition)
        if part is main:
            here.append(Remark("definition", text))
        else:
            there.append(Remark("use", say.USE.of(lang, act=part.cite.of(lang), text=text)))
    for part, provision in ground.provisions:
        phrase = {MET: say.MET, NOT_MET: say.NOT_MET, NOT_APPLICABLE: say.NO_PART}.get(
            t.values[provision.node], say.UNDETERMINED
        )
        name = provision.words.of(lang) if provision.words else provision.cite.of(lang)
        text = say.DEFINED.of(lang, name=name, value=phrase.of(lang))
        there.append(Remark("use", say.USE.of(lang, act=part.cite.of(lang), text=text)))
    if here:
        yield Section("definitions", say.T_DEFINITIONS.of(lang), tuple(here))
    if there:
        yield Section("uses", say.T_USES.of(lang), tuple(there))


def defined(t: Telling, definition: Definition) -> str:
    """A definition with what it comes to."""
    name = definition.words.of(t.lang) if definition.words is not None else definition.id
    return say.DEFINED.of(t.lang, name=name, value=_defined(t, definition))


def _defined(t: Telling, definition: Definition) -> str:
    if definition.each:
        return _of_members(t, definition.node)
    value = t.values[definition.node]
    settled = value is ABSENT or value.__class__ is int
    if not settled and not t.stated & t.wording.below(definition.node):
        return say.UNDETERMINED.of(t.lang)
    return t.wording.result_text(definition, value)


def _of_members(t: Telling, node: int) -> str:
    """What each member of a list comes to."""
    texts = [
        say.OF_MEMBER.of(
            t.lang,
            member=name or say.ON_LIST.of(t.lang, number=str(number)),
            value=t.wording.value_text(node, value),
        )
        for name, number, value in each_of(t.graph, t.values, node)
    ]
    return say.LISTED.join(texts) or say.NONE_LISTED.of(t.lang)


def _does_not_apply(t: Telling, shown: Shown) -> Iterator[Section]:
    lang = t.lang
    outside: list[str] = []
    others: list[str] = []
    for told in shown.set_aside:
        (outside if _is_outside(t, told) else others).append(told.heading)
    remarks = []
    if outside:
        names = [
            words.of(lang)
            for activity, words in t.graph.main.activities
            if t.decision.given.get(f"@activity/{activity}") == MET
        ]
        items, activities = say.LISTED.join(outside), ", ".join(names)
        text = say.OUTSIDE_ACTIVITIES.of(lang, items=items, activities=activities)
        remarks.append(Remark("not_applicable", text))
    if others:
        remarks.append(Remark("not_applicable", say.LISTED.join(others)))
    if remarks:
        yield Section("not_applicable", say.T_NOT_APPLICABLE.of(lang), tuple(remarks))


def _is_outside(t: Telling, told: Told) -> bool:
    """Whether a provision, or all under it, is of activities that the case does not name."""
    for gate in told.provision.gates:
        if t.decision.given.get(f"@activity/{gate.activity}") == NOT_MET:
            return True
    return bool(told.children) and all(_is_outside(t, child) for child in told.children)
