"""A case that was found, cut down to what matters and written as people write one.

`trimmed` leaves out whatever may be left out; `told` names it in words, `plain` has it as a record
does, and `pasted` as a test case beside a pack, ready to paste. It knows what is stated and what
is decided, and not why a case was looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from tieuchi.engine import phrases as words
from tieuchi.engine import phrases_author as say
from tieuchi.engine.decision import Given
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.wording import wording

NAMED = 2  # so few noughts are named


def trimmed(givens: Sequence[Given], same: Callable[[Sequence[Given]], bool]) -> tuple[Given, ...]:
    """The givens of one case without the facts that change nothing, noughts tried first."""
    kept = tuple(Given(each) for each in givens)
    names = list(dict.fromkeys(name for each in kept for name in each))
    for name in sorted(names, key=lambda n: any(each.get(n, 0) for each in kept)):
        less = tuple(Given({n: v for n, v in each.items() if n != name}) for each in kept)
        if not name.startswith("@") and same(less):
            kept = less
    without = tuple(
        Given({n: v for n, v in each.items() if not n.startswith("@activity/")}) for each in kept
    )
    return without if same(without) else kept


def closed(graph: Graph, given: Given) -> Given | None:
    """The same case without its noughts, as one that says it has nothing else; None where that is
    another case or hardly shorter. What it states is all that `complete` closes, and the rest."""
    shorter = Given(
        {name: value for name, value in given.items() if not _is_nought(graph, name, value)}
    )
    return shorter if len(given) - len(shorter) >= 2 else None


def completed(graph: Graph, given: Given) -> Given:
    """What a case comes to that says it has nothing else."""
    made = Given(given)
    for fact in graph.facts:
        if fact.closes and fact.otherwise < 0 and (fact.least or 0) <= 0 and fact.id not in given:
            made[fact.id] = Members((), True) if fact.kind == "list" else 0
    return made


def _is_nought(graph: Graph, name: str, value: Value) -> bool:
    fact = next((fact for fact in graph.facts if fact.id == name), None)
    return fact is not None and fact.closes and value == 0 and fact.kind == "quantity"


# ---- as a record and a test have it


def plain(graph: Graph, given: Given) -> dict[str, Any]:
    """The facts of a case by id, as a record has them."""
    return {f.id: _plain(f, given[f.id]) for f in graph.facts if f.id in given}


def activities(graph: Graph, given: Given) -> list[str]:
    """The activities that a case names; none where it names none."""
    if not any(f"@activity/{name}" in given for name in graph.activities):
        return []
    return [name for name in graph.activities if given.get(f"@activity/{name}") == MET]


def _plain(fact: Fact, value: Value) -> Any:
    if isinstance(value, Members):
        rows = [
            {f.id: _plain(f, v) for f, v in zip(fact.fields, row, strict=True) if v != ""}
            for row in value.rows
        ]
        return {"complete": value.complete, "items": rows}
    if fact.kind == "yes_no":
        return {MET: True, NOT_MET: False}.get(value)
    if fact.kind == "class":
        return fact.labels[value.bit_length() - 1][0]
    if fact.kind == "date":
        return date.fromordinal(value).isoformat()
    return decimal_text(value, fact.num, fact.den) if fact.kind == "quantity" else value


def pasted(
    graph: Graph,
    given: Given,
    expect: Mapping[str, Any] | None,
    *,
    name: str,
    cite: str,
    as_of: int = 0,
    complete: bool = False,
) -> str:
    """A test case beside a pack in one line; `as_of` 0 is the day of its file. One that a check
    refuses expects nothing."""
    fields: dict[str, Any] = {"name": name, "cite": cite}
    if as_of:
        fields["as_of"] = date.fromordinal(as_of).isoformat()
    stated = plain(graph, given)
    if complete:
        fields["complete"] = True
    named = activities(graph, given)
    if named:
        fields["activities"] = named
    if any(isinstance(value, str) and "." in value for value in _scalars(stated)):
        fields["decimal"] = "point"
    fields["given"] = stated
    text = flow(fields)
    if expect is not None:
        text = text[:-1] + f", expect: {flow(expect, quoted=True)}}}"
    return f"  - {text}"


def _scalars(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [each for inner in value.values() for each in _scalars(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in _scalars(inner)]
    return [value]


def flow(value: Any, *, quoted: bool = False) -> str:
    """A value as YAML in one line; `quoted`: texts that look like numbers are in quotes."""
    if isinstance(value, Mapping):
        pairs = (f"{_word(str(k), True)}: {flow(v, quoted=quoted)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each, quoted=quoted) for each in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return _word(str(value), quoted)


def _word(text: str, quoted: bool) -> str:
    """A scalar that reads as itself."""
    if quoted and text and set(text) <= set("0123456789.-/"):
        return f'"{text}"'
    bare = text and text == text.strip() and not set(text) & set(",[]{}:#&*!|>'\"%@`\n")
    return text if bare and text[:1] not in "-?" else "'" + text.replace("'", "''") + "'"


# ---- in words


def told(graph: Graph, given: Given, lang: str) -> str:
    """What a case states that is not nought, in words."""
    worded = wording(graph, lang)
    parts = []
    named = activities(graph, given)
    if named:
        texts = dict(pair for part in graph.parts for pair in part.activities)
        names = words.LISTED.join(texts[name].of(lang) for name in named)
        parts.append(say.ACTIVITIES.of(lang, names=names))
    silent = False
    for at, fact in enumerate(graph.facts):
        value = given.get(fact.id)
        if value is None:
            continue
        if value == 0 and fact.kind == "quantity":
            silent = True
            continue
        if isinstance(value, Members):
            count = str(len(value.rows))
            parts.append(say.MEMBERS.of(lang, name=worded.fact(at), count=count))
            continue
        shown = worded.value_text(at, value, fact.label)
        parts.append(say.FACT.of(lang, fact=worded.fact(at), value=shown))
    noughts = [f for f in graph.facts if given.get(f.id) == 0 and f.kind == "quantity"]
    if not parts and 0 < len(noughts) <= NAMED:
        return words.LISTED.join(
            say.FACT.of(lang, fact=fact.words.of(lang), value="0") for fact in noughts
        )
    if not parts:
        return (say.NOTHING_AT_ALL if silent else say.NOT_STATED).of(lang)
    if silent:
        parts.append(say.NOTHING_ELSE.of(lang))
    return words.LISTED.join(parts)
