"""What the test cases look at, as a table, and the cases that are lacking, as lines to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import phrases as words
from tieuchi.engine import phrases_author as say
from tieuchi.engine.coverage import Coverage, Lack, Seen
from tieuchi.engine.coverage.situations import SITUATIONS, Condition
from tieuchi.engine.graph import Node
from tieuchi.engine.outline import Cell, Explanation, Grid, Header, Section
from tieuchi.engine.wording import Wording, wording

SEEN, LACKING, NONE = "✓", "✗", "–"
FEW, ALL = 2, 1 << 30
"""The terms of a sum that the table names, and those that a line does."""


def explained(of: Coverage, lang: str) -> Explanation:
    """A row a condition, a column a situation."""
    head = tuple(say.SITUATIONS[each].of(lang) for each in SITUATIONS)
    owned = Counter(row.condition.owner for row in of.rows)
    rows = [
        (_name(row.condition, lang, alone=owned[row.condition.owner] == 1), tuple(_cells(row)))
        for row in of.rows
    ]
    grid = Grid(head, tuple(rows))
    section = Section("coverage", _share(of, lang), (), grid)
    return Explanation(lang, Header("", of.suite.file, ""), None, (), (section,))


def _share(of: Coverage, lang: str) -> str:
    share = numerals.percent_text(of.looked_at, of.total or 1, lang)
    return say.COVERED.of(lang, seen=str(of.looked_at), total=str(of.total), share=share)


def _cells(row: Seen) -> Iterator[Cell]:
    never = {each.situation for each in row.lacks if each.never}
    for situation in SITUATIONS:
        if situation not in row.condition.situations or situation in never:
            yield Cell(None, NONE)
        else:
            yield Cell(None, SEEN if situation in row.seen else LACKING)


def lines(of: Coverage, lang: str) -> Iterator[str]:
    """What is lacking, each with a case that would look at it."""
    for row in of.rows:
        for each in row.lacks:
            yield _told(row, each, lang)
            if each.test:
                yield each.test


def _told(row: Seen, lack: Lack, lang: str) -> str:
    phrase = say.NEVER if lack.never else say.LACKS if lack.test else say.NOT_FOUND
    situation = say.SITUATIONS[lack.situation].of(lang)
    text = _text(row.condition, lang)
    return phrase.of(lang, owner=row.condition.owner, text=text, situation=situation)


def _name(of: Condition, lang: str, *, alone: bool) -> str:
    """A condition by what it stands under is called, where that has no other; else in short."""
    of_activity = len(of.graph.facts) < of.node < of.graph.given
    named = _named(of, lang) if alone and not of_activity else ""
    return f"{of.owner} · {named or _text(of, lang, terms=FEW)}"


def _named(of: Condition, lang: str) -> str:
    """What the provision, definition or amount of a condition is called; "" if nothing."""
    main = of.graph.main
    everything: list[Any] = [*main.provisions, *main.definitions, *main.amounts]
    words = next((each.words for each in everything if each.id == of.owner), None)
    return "" if words is None else str(words.of(lang))


# ---- a condition in words


def _text(of: Condition, lang: str, terms: int = ALL) -> str:
    """One condition in words: "cattle + horses ≥ 50 head"; sums of more than `terms` cut short."""
    worded, node = wording(of.graph, lang), of.graph.nodes[of.node]
    called = partial(_called, worded, most=terms)
    if of.node < len(of.graph.facts):
        return worded.fact(of.node)
    if of.node < of.graph.given:
        name = of.graph.activities[of.node - len(of.graph.facts) - 1]
        texts = dict(pair for part in of.graph.parts for pair in part.activities)
        return say.ACTIVITIES.of(lang, names=texts[name].of(lang))
    if node.op == "in":
        return f"{called(node.args[0])}: {worded.class_text(node.args[0], node.args[1])}"
    if node.op == "share":
        comparison, n, d, t, _ = node.args
        sign = words.SIGNS[_LONG[comparison]]
        return f"{called(n)} / {called(d)} {sign} {called(t)}"
    if node.op in ("ge", "le"):
        sign = words.SIGNS["at_least" if node.op == "ge" else "at_most"]
        return f"{called(node.args[0])} {sign} {worded.value_text(*node.args)}"
    sign = words.SIGNS["at_least" if node.op == "ge2" else "more_than"]
    return f"{called(node.args[0])} {sign} {called(node.args[1])}"


_LONG = {"ge": "at_least", "gt": "more_than", "le": "at_most", "lt": "less_than"}


def _called(worded: Wording, at: int, most: int = ALL) -> str:
    """What a quantity is called: its own name, or its terms."""
    graph = worded.graph
    node = graph.nodes[at]
    if at < len(graph.facts):
        return worded.fact(at)
    if at in worded.defined and worded.defined[at][1].words is not None:
        named = worded.defined[at][1].words
        return "" if named is None else named.of(worded.lang)
    if node.op == "const":
        return worded.value_text(at, node.args[0])
    if node.op in ("linear", "sum"):
        terms = list(zip(node.args[1::2], node.args[2::2], strict=True))
        if len(terms) > most:
            first = _term(worded, node, *terms[0])
            return say.AND_OTHERS.of(worded.lang, first=first, count=str(len(terms) - 1))
        return " + ".join(_term(worded, node, k, i) for k, i in terms)
    if node.op == "else":
        return _called(worded, node.args[0], most)
    if node.op == "elapsed":
        start, end = (_day(worded, each) for each in node.args[1:])
        return say.TIME.of(worded.lang, start=start, end=end)
    return say.WHAT_IS_SET.of(worded.lang)


def _day(worded: Wording, at: int) -> str:
    """A day by its name, or itself."""
    if at == len(worded.graph.facts):
        return words.V_TODAY.of(worded.lang)
    node = worded.graph.nodes[at]
    if node.op == "date":
        return numerals.day_text(node.args[0])
    return _called(worded, at)


def _term(worded: Wording, of: Node, k: int, at: int) -> str:
    """One term of a sum, with what it counts for where that is not itself."""
    node = worded.graph.nodes[at]
    name, over, under = _called(worded, at), k * of.num * node.den, of.den * node.num
    if over == under or of.unit != node.unit:
        return name
    return f"{numerals.exact_text(over, under, worded.lang)} × {name}"


# ---- as a record


def as_record(of: Coverage) -> dict[str, Any]:
    """The same as one object."""
    return {
        "file": of.suite.file,
        "situations": of.total,
        "seen": of.looked_at,
        "conditions": [
            {
                "id": row.condition.owner,
                "text": {lang: _text(row.condition, lang) for lang in ("vi", "en")},
                "seen": [each for each in SITUATIONS if each in row.seen],
                "lacking": [
                    {
                        "situation": each.situation,
                        "never": each.never,
                        "test": each.test.strip() or None,
                    }
                    for each in row.lacks
                ],
            }
            for row in of.rows
        ],
    }
