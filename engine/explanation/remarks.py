"""The lines under a provision: what it is open for, what is reviewed, who on a list falls short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieuchi.engine import phrases as say
from tieuchi.engine.explanation.telling import NAMED, SETTLED, Telling, some
from tieuchi.engine.graph import Fact, Node, reads
from tieuchi.engine.kernel import Value, member_test, step
from tieuchi.engine.outline import Figures, Remark
from tieuchi.engine.truth import MET
from tieuchi.engine.wording import Asked, Told


def open_for(t: Telling, told: Told, figures: Sequence[Figures]) -> Iterator[Remark]:
    """Which facts a provision is open for want of, where its figures do not say."""
    names = t.missing([told.provision.node])
    said = len(figures) == 1 and figures[0].measured == say.NOT_STATED.of(t.lang)
    if names and not (said and len(names) == 1):
        yield Remark("missing", say.MISSING.of(t.lang, facts=some(names, t.lang)))


def own(t: Telling, told: Told) -> tuple[Remark, ...]:
    """A review that bears on a provision, a gate that is open, and what others have to say."""
    provision = told.provision
    if provision.review < 0 and not provision.gates and not t.remarks:
        return ()
    remarks: list[Remark] = []
    if t.values[provision.node] not in SETTLED:
        if provision.review >= 0 and t.values[provision.review] == MET:
            remarks += _review(t, told)
        for gate in provision.gates:
            names = t.missing([gate.condition]) if told.children else ()
            if names:
                text = say.GATE_OPEN.of(t.lang, facts=some(names, t.lang))
                remarks.append(Remark("gate", text))
    return (*remarks, *t.remarks.get(told.id, ()))


def _review(t: Telling, told: Told) -> Iterator[Remark]:
    note = told.provision.review_note
    for slot in sorted(t.wording.below(told.provision.review)):
        fact, value = t.graph.facts[slot], t.values[slot]
        if slot in t.stated and slot not in t.declared and value and fact.kind != "list":
            text = t.wording.value_text(slot, value, fact.label)
            yield Remark("fact", say.DEFINED.of(t.lang, name=t.wording.fact(slot), value=text))
    yield Remark("review", note.of(t.lang) if note is not None else say.REVIEW.of(t.lang))


def named(t: Telling, told: Told) -> Iterator[Remark]:
    """The yes/no facts that a provision names."""
    for name in told.provision.children:
        slot = t.wording.slots.get(name)
        if slot is not None:
            text = say.NOT_STATED.of(t.lang)
            if slot in t.stated:
                text = t.wording.value_text(slot, t.values[slot])
            yield Remark("fact", say.DEFINED.of(t.lang, name=t.wording.fact(slot), value=text))


# ---- members of lists


def members(t: Telling, asked: Asked) -> Iterator[Remark]:
    """Who on a list falls short, and in what; of a count from above, who is counted."""
    counts_against = asked.test.comparison in ("at_most", "less_than")
    for count in t.wording.counts[asked.test.measured]:
        listed, *terms = t.graph.nodes[count].args
        fact, on_list = t.graph.facts[listed], t.values[listed]
        texts: list[str] = []
        for where in terms[::2]:
            test = member_test(where) if where else None
            for at, row in enumerate(on_list.rows if test is not None else ()):
                holds = test(row, t.values) if test is not None else MET
                if counts_against and holds == MET:
                    texts.append(say.HAS_IT.of(t.lang, member=_member(t, fact, at, row)))
                elif not counts_against and holds != MET:
                    texts.append(_falls_short(t, fact, at, row, where))
        for text in texts[:NAMED]:
            yield Remark("member", text)
        if len(texts) > NAMED:
            yield Remark("member", say.OTHERS.of(t.lang, count=str(len(texts) - NAMED)))


def _member(t: Telling, fact: Fact, at: int, row: Sequence[Value]) -> str:
    for field, value in zip(fact.fields, row, strict=True):
        if field.kind == "text" and isinstance(value, str) and value:
            return value
    return say.MEMBER.of(t.lang, number=str(at + 1))


def _falls_short(
    t: Telling, fact: Fact, at: int, row: Sequence[Value], where: Sequence[Node]
) -> str:
    values = [*row, *[None] * (len(where) - len(row))]
    for i, node in enumerate(where):
        if node.op == "outer":
            values[i] = t.values[node.args[0]]
        elif node.op != "fact":
            values[i] = step(node)(values)
    at_fault = dict.fromkeys(_at_fault(where, values, len(where) - 1))
    short = [i for i in at_fault if values[i] in SETTLED or fact.fields[i].kind != "yes_no"]
    fields = say.LISTED.join(fact.fields[i].words.of(t.lang) for i in short or at_fault)
    phrase = say.FALLS_SHORT_IN if short else say.OPEN_IN
    return phrase.of(t.lang, member=_member(t, fact, at, row), fields=fields)


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
