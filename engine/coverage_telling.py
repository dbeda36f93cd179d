"""What the test cases look at, as a table, and the cases that are lacking, as lines to paste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import phrases as words
from tieuchi.engine import phrases_author as say
from tieuchi.engine.coverage import SITUATIONS, Condition, Coverage, Lack, Seen
from tieuchi.engine.graph import Node
from tieuchi.engine.outline import Cell, Explanation, Grid, Header, Section
from tieuchi.engine.wording import Wording, wording

SEEN, LACKING, NONE = "✓", "✗", "–"


def explained(of: Coverage, lang: str) -> Explanation:
    """A row a condition, a column a situation."""
    head = tuple(say.SITUATIONS[each].of(lang) for each in SITUATIONS)
    rows = [(_name(row.condition, lang), tuple(_cells(row))) for row in of.rows]
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


def _name(of: Condition, lang: str) -> str:
    return f"{of.owner} · {_text(of, lang)}"


# ---- a condition in words


def _text(of: Condition, lang: str) -> str:
    """One condition in words: "cattle + horses ≥ 50 head"."""
    worded, node = wording(of.graph, lang), of.graph.nodes[of.node]
    if of.node < len(of.graph.facts):
        return worded.fact(of.node)
    if of.node < of.graph.given:
        name = of.graph.activities[of.node - len(of.graph.facts) - 1]
        texts = dict(pair for part in of.graph.parts for pair in part.activities)
        return say.ACTIVITIES.of(lang, names=texts[name].of(lang))
    if node.op == "in":
        return f"{_called(worded, node.args[0])}: {worded.class_text(node.args[0], node.args[1])}"
    if node.op == "share":
        comparison, n, d, t, _ = node.args
        sign = words.SIGNS[_LONG[comparison]]
        return f"{_called(worded, n)} / {_called(worded, d)} {sign} {_called(worded, t)}"
    if node.op in ("ge", "le"):
        sign = words.SIGNS["at_least" if node.op == "ge" else "at_most"]
        return f"{_called(worded, node.args[0])} {sign} {worded.value_text(*node.args)}"
    sign = words.SIGNS["at_least" if node.op == "ge2" else "more_than"]
    return f"{_called(worded, node.args[0])} {sign} {_called(worded, node.args[1])}"


_LONG = {"ge": "at_least", "gt": "more_than", "le": "at_most", "lt": "less_than"}


def _called(worded: Wording, at: int) -> str:
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
        terms = zip(node.args[1::2], node.args[2::2], strict=True)
        return " + ".join(_term(worded, node, k, i) for k, i in terms)
    if node.op == "else":
        return _called(worded, node.args[0])
    return say.WHAT_IS_SET.of(worded.lang)


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
