"""A decision as the object that ``--format json`` prints; the names of its fields are API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision


def record(
    decision: Decision,
    engines: Sequence[str] = ("decide",),
    case: Case | None = None,
    *,
    extra: Mapping[str, Any] | None = None,
    provisions: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The record of a decision.

    `extra` are fields beside `provisions` (`rollups`, `claims`); `provisions` are fields for the
    provisions of these ids (`progress`, `forecast`, …), of a used pack as ``pack/id``.
    """
    raise NotImplementedError
