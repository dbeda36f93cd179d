"""What is wrong with the input of a model, and what is odd: the checks of the packs, what no fact
may be, and statements that cannot both be true. `decide` refuses such a case; a model cannot, so it
says so in a decision of its own."""

from __future__ import annotations

from collections.abc import Iterator

from tieuchi.engine.decision import fact_below
from tieuchi.engine.export.dmn import phrases as say
from tieuchi.engine.export.dmn.decisions import Decisions, Written
from tieuchi.engine.export.dmn.elements import quoted
from tieuchi.engine.export.dmn.said import range_of


def looked_at(writer: Decisions, lang: str) -> Iterator[Written]:
    """What is wrong with the input, and what is odd."""
    for level, name in (("error", writer.names.errors), ("warning", writer.names.warnings)):

        def write(level: str = level) -> str:
            wrong = list(_failed(writer, level, lang))
            if level == "error":
                wrong += _unreadable(writer, lang)
            lines = [f"if {test} then {quoted(says)} else null" for test, says in wrong]
            return f"[{', '.join(lines)}][item != null]" if lines else ""

        body, read = writer.within(name, write)
        if body or level == "error":
            yield Written(name, "labels", body or "[]", read)


def _failed(writer: Decisions, level: str, lang: str) -> Iterator[tuple[str, str]]:
    for part in writer.graph.parts:
        for check in part.checks:
            if check.level == level:
                yield f'{writer.of(check.truth)}.status = "not_met"', check.words.of(lang)


def _unreadable(writer: Decisions, lang: str) -> Iterator[tuple[str, str]]:
    """What no fact may be, and what two statements may not say."""
    graph, names = writer.graph, writer.names
    for fact in graph.facts:
        said = fact.words.of(lang)
        if fact.kind == "quantity":
            least, most, each = range_of(fact)
            name = writer.refer(names.facts[fact.id])
            test = f"{name} != null and ({name} < {least} or {name} > {most}"
            test += f" or floor({name} / {each}) * {each} != {name})"
            yield test, say.OUTSIDE.of(lang, fact=said, least=least, most=most, step=each)
        elif fact.kind == "class":
            name = writer.refer(names.facts[fact.id])
            labels = ", ".join(quoted(label) for label, _ in fact.labels)
            test = f"{name} != null and not(list contains([{labels}], {name}))"
            yield test, say.NO_LABEL.of(lang, fact=said)
    if graph.activities:
        name = writer.refer(names.activities)
        known = ", ".join(map(quoted, graph.activities))
        test = f"{name} != null and (some a in {name} satisfies not(list contains([{known}], a)))"
        yield test, say.NO_ACTIVITY.of(lang)
    yield from _contradictions(writer, lang)


def _contradictions(writer: Decisions, lang: str) -> Iterator[tuple[str, str]]:
    graph = writer.graph
    for at, node in enumerate(graph.nodes):
        if node.op == "tighter":
            said = _fact(writer, at, lang)
            yield f"{writer.of(at)}.status = null", say.BOTH_STATED.of(lang, fact=said)
        elif node.op == "else":
            stated, other = node.args
            name = writer.refer(writer.names.facts[graph.facts[stated].id])
            test = f"{name} != null and is_outside({name}, {writer.of(other)})"
            yield test, say.BOTH_STATED.of(lang, fact=_fact(writer, stated, lang))


def _fact(writer: Decisions, node: int, lang: str) -> str:
    """The words of the fact nearest to a node."""
    facts = {fact.id: fact for fact in writer.graph.facts}
    return facts[fact_below(writer.graph, node)].words.of(lang)
