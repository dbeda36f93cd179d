"""The functions that the decisions of an exported model call: what is possible, in FEEL.

Each becomes a business knowledge model. They say again, in another language, what `truth`,
`interval` and `arithmetic` say, and an engine that is not ours is held against those by the tests.
A value is a context:

- an outcome (of a condition): `status`, and which of the three outcomes it still can have;
- a quantity or a day: `least` and `most` (null where there is no bound), whether it can be measured
  at all and whether it can be not applicable;
- a class is the list of its labels that are possible, ``not_applicable`` among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tieuchi.engine.export.dmn.counts import COUNTS
from tieuchi.engine.export.dmn.outcomes import OUTCOMES
from tieuchi.engine.export.dmn.quantities import QUANTITIES

FUNCTIONS: Final = {**OUTCOMES, **QUANTITIES, **COUNTS}

_CALL = re.compile(r"([a-z_]+)\(")


def calls(text: str) -> list[str]:
    """The functions of the library that an expression calls, each once."""
    return [name for name in dict.fromkeys(_CALL.findall(text)) if name in FUNCTIONS]


def needed(texts: Iterable[str]) -> list[str]:
    """The functions that some expressions call, and those that these call, in the order here."""
    todo, found = list(texts), set[str]()
    while todo:
        for name in calls(todo.pop()):
            if name not in found:
                found.add(name)
                todo.append(FUNCTIONS[name].text)
    return [name for name in FUNCTIONS if name in found]
