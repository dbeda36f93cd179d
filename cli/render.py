"""Answers as people and programs read them: roles become colours where there is a terminal."""

from __future__ import annotations

from typing import Any

from tieuchi.engine.answer import Answer
from tieuchi.engine.diagnostic import Lang


def as_text(answer: Answer, lang: Lang) -> str:
    """The explanation of an answer."""
    main = answer.decision.graph.main
    return f"{answer.case.subject} {main.cite.of(lang)}: {answer.decision.status}"


def as_record(answer: Answer) -> dict[str, Any]:
    """The record of an answer."""
    return {"pack": answer.decision.graph.main.pack, "status": answer.decision.status}
