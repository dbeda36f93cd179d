"""`tieuchi check`: is each condition met, by how much not, under which article."""

from __future__ import annotations

from typing import Any

import click

from tieuchi.cli.command import Verb, lang_of
from tieuchi.cli.options import AHEAD, CASES, EXAMPLE, OUTPUT, QUESTION
from tieuchi.engine.words import Words


def check(**line: Any) -> int:
    """Decide cases."""
    from tieuchi.cli.answers import Arguments, answer_all

    return answer_all("check", Arguments(**line), lang_of(click.get_current_context()))


command = Verb(
    "check",
    check,
    says=Words(
        "Xét hồ sơ theo các gói luật mà hồ sơ nêu, hoặc mọi gói đang có hiệu lực tại nơi đó.",
        "Decide cases by the packs they name, else by every pack in force at their place.",
    ),
    params=(CASES, *QUESTION, *AHEAD, *OUTPUT),
    examples=(EXAMPLE,),
)
