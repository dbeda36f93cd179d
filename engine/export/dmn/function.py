"""What a function of an exported model is: written in FEEL, called by decisions and by others."""

from __future__ import annotations

from typing import NamedTuple

from tieuchi.engine.words import Words

OUTCOME, QUANTITY, DAY, LABELS, NUMBER = "tOutcome", "tQuantity", "tDay", "tLabels", "number"


class Function(NamedTuple):
    """A function of the model: its parameters, its FEEL, the type of its result, what it does."""

    params: tuple[str, ...]
    text: str
    type: str
    says: Words


def function(params: str, text: str, type_: str, vi: str, en: str) -> Function:
    """A function, its parameters in one text."""
    return Function(tuple(params.split()), text, type_, Words(vi, en))
