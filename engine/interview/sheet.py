"""What was answered, as a case that `check` reads: `sheet(interview, document) -> text`.

It is written in full and exactly, in the fact's own unit. A case that was taken up again keeps all
that it said; the answers are put beside. It knows interviews and documents, no files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from tieuchi.engine.graph import Fact
from tieuchi.engine.interview import ACTIVITIES, Interview
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import DecimalMark, QuantityError, decimal_text, read_number
from tieuchi.engine.truth import MET, NOT_MET

_PLAIN = re.compile(r"\w[\w ./·²³-]*(?<! )")
_NOTHING = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def sheet(
    interview: Interview,
    pack: str,
    document: Mapping[Any, Any] | None = None,
    decimal: DecimalMark | None = None,
    taken: frozenset[str] = frozenset(),
) -> str:
    """The text of the case; `taken` are the facts that the document itself states or closes."""
    graph, given = interview.graph, interview.given
    held: dict[str, Any] = {str(key): value for key, value in (document or {}).items()}
    marked = held.get("decimal") or decimal or (None if document else "point")
    head: dict[str, Any] = {key: held.pop(key) for key in ("subject",) if key in held}
    held.pop("packs", None)
    held |= {"pack": pack, "as_of": date.fromordinal(graph.as_of).isoformat()}
    if marked:
        held["decimal"] = marked
    if any(name.startswith("@activity/") for name in given):
        chosen = [name for name in graph.activities if given[f"@activity/{name}"] == MET]
        held["activities"] = chosen
    facts = {str(name): value for name, value in (held.pop("facts", None) or {}).items()}
    for fact in graph.facts:
        if fact.id in given and fact.id not in taken:
            facts[fact.id] = _stated(fact, given[fact.id], marked)
    facts |= dict.fromkeys(sorted(interview.unknown - {ACTIVITIES} - taken), "unknown")
    order = ("pack", "as_of", "place", "decimal", "note", "activities", "complete")
    head |= {key: held.pop(key) for key in order if key in held}
    lines = [f"{key}: {_flow(value)}" for key, value in head.items()]
    lines += ["facts:" if facts else "facts: {}"]
    lines += [f"  {_flow(key)}: {_flow(value)}" for key, value in facts.items()]
    lines += [f"{key}: {_flow(value)}" for key, value in held.items()]
    return "\n".join(lines) + "\n"


def _stated(fact: Fact, value: Value, decimal: str | None) -> Any:
    """A value as a case states it."""
    if isinstance(value, Members):
        rows = [
            {
                field.id: _stated(field, each, decimal)
                for field, each in zip(fact.fields, row, strict=True)
                if _is_known(field, each)
            }
            for row in value.rows
        ]
        return {"complete": "true", "items": rows} if value.complete else {"items": rows}
    if fact.kind == "yes_no":
        return {MET: "true", NOT_MET: "false"}[value]
    if fact.kind == "class":
        return fact.labels[value.bit_length() - 1][0]
    if fact.kind == "date":
        return date.fromordinal(value).isoformat()
    if fact.kind == "text":
        return value
    return f"{_number(decimal_text(value, fact.num, fact.den), decimal)} {fact.unit}"


def _number(text: str, decimal: str | None) -> str:
    """A plain decimal with the mark that the case declares; without one, so that it has but one
    reading."""
    if decimal == "comma":
        return text.replace(".", ",")
    try:
        read_number(text, "point" if decimal else None)
    except QuantityError:
        return f"{text}0"
    return text


def _is_known(fact: Fact, value: Value) -> bool:
    if fact.kind == "text":
        return bool(value)
    if fact.kind in ("yes_no", "class"):
        return bool(value & (value - 1) == 0)
    return value.__class__ is int


def _flow(value: Any) -> str:
    """A value on one line of YAML, every scalar of which is read back as it is."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and (text.lower() not in _NOTHING or text in ("true", "false")):
        return text
    if getattr(value, "plain", False) and text in ("~", "null"):
        return text
    return json.dumps(text, ensure_ascii=False)
