"""From a decision to what is shown of it: `explain(decision, case, lang=…) -> Explanation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tieuchi.engine.case import Case, Notice
from tieuchi.engine.decide import Decision
from tieuchi.engine.outline import Explanation, Header, Remark, Section


def explain(
    decision: Decision,
    case: Case | None = None,
    *,
    lang: str = "vi",
    notices: Sequence[Notice] = (),
    remarks: Mapping[str, Sequence[Remark]] | None = None,
    sections: Sequence[Section] = (),
) -> Explanation:
    """What is shown of a decision.

    `notices` say how facts were understood. `remarks` are put under the provisions of these ids (of
    a used pack ``pack/id``), which are then shown whatever they came to; `sections` stand before
    those of the pack itself (its notes and limits).
    """
    header = Header(case.subject if case else "", "", "")
    return Explanation(lang, header, None, (), tuple(sections))
