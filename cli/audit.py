"""`tieuchi audit`: the status and progress of every target, beside what the report says."""

from __future__ import annotations

from typing import Any

import click

from tieuchi.cli.command import Verb, lang_of
from tieuchi.cli.options import AHEAD, CASES, OUTPUT, QUESTION
from tieuchi.engine.words import Words


def audit(**line: Any) -> int:
    """Decide cases."""
    from tieuchi.cli.answers import Arguments, answer_all

    return answer_all("audit", Arguments(**line), lang_of(click.get_current_context()))


command = Verb(
    "audit",
    audit,
    says=Words(
        "Soát báo cáo theo kế hoạch hoặc bộ tiêu chí mà hồ sơ nêu; không nêu thì theo mọi bộ tiêu "
        "chí đang có hiệu lực tại nơi đó.",
        "Audit reports by the plans or criteria they name, else by all criteria in force at their "
        "place.",
    ),
    params=(CASES, *QUESTION, *AHEAD, *OUTPUT),
    examples=(
        (
            "tieuchi audit --pack binh-trung-2023 --as-of 2023-05-31 \\\n"
            "      --set 'potato_area=4.5 ha' --set arts_clubs=1"
        ),
    ),
)
