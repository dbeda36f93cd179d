"""The registers of what can be wrong: each code's sentence, each remedy, once a language.

They stand in five files, joined here: `documents` (any file: reading it, its YAML, its
shape), `packs` (names, units, conditions, the words of the law), `doubts` (what makes
a pack that loads doubtful: its days, what nobody is told), `cases` (numbers and days as
people write them, what a case states, the command line), `tables` (tables, their columns,
where results go).

To add a mistake, add an entry to the `CODES` of its file (and to `REMEDIES` if its remedy is new),
raise it with `diagnostic.problem`, and put its smallest example into `engine/twins/CODE.yaml`:
the test that walks both will not let one stand without the other. A sentence starts small, has the
user's own words in backticks and fits one line.
"""

from typing import Final

from tieuchi.engine.codes import cases, documents, doubts, packs, tables
from tieuchi.engine.codes.code import FORMS, TERMS, Code, Level
from tieuchi.engine.words import Words

__all__ = ["CODES", "FORMS", "PARTS", "REMEDIES", "TERMS", "Code", "Level"]

PARTS: Final = (documents, packs, doubts, cases, tables)

CODES: Final[dict[str, Code]] = {name: code for part in PARTS for name, code in part.CODES.items()}

REMEDIES: Final[dict[str, Words]] = {
    name: words for part in PARTS for name, words in part.REMEDIES.items()
}
