"""All that is wrong with a pack: what stops it from loading, then what makes it doubtful law.

A pack that loads is held against its words (`guard`). It knows the passes and their order, and
how the table of numbers is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tieuchi.engine import phrases_lint as say
from tieuchi.engine.diagnostic import Diagnostic, Faults
from tieuchi.engine.guard import Row, guard, held
from tieuchi.engine.load import Program, load_pack
from tieuchi.engine.outline import Cell, Explanation, Grid, Header, Remark, Section
from tieuchi.engine.written import Constant


def lint(name: str, *trees: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with a pack; what does not load is not looked at further."""
    try:
        program = load_pack(name, *trees)
    except Faults as found:
        return found.diagnostics
    return Faults(guard(program)).diagnostics


# ---- the table of numbers


def numbers(program: Program, lang: str) -> Explanation:
    """The numbers of a pack's words beside those that it writes."""
    model = program.packs[program.id].model
    rows = tuple(
        (row.provision, tuple(Cell(None, text) for text in _cells(row, lang)))
        for row in held(program)
    )
    head = tuple(each.of(lang) for each in say.HEAD)
    remarks = () if rows else (Remark("text", say.NOTHING.of(lang)),)
    grid = Grid(head, rows) if rows else None
    section = Section("numbers", say.TITLE.of(lang), remarks, grid)
    cite = model.cite.vi if lang == "vi" else model.cite.en
    return Explanation(lang, Header(program.id, str(cite), ""), None, (), (section,))


def _cells(row: Row, lang: str) -> tuple[str, str, str]:
    said = "" if row.said is None else _words(row)
    return said, _written(row.constant), say.VERDICTS[row.verdict].of(lang)


def _words(row: Row) -> str:
    said = row.said
    if said is None or not said.word:
        return "" if said is None else said.text
    after = said.word.startswith("trở")
    return f"{said.text} {said.word}" if after else f"{said.word} {said.text}"


def _written(constant: Constant | None) -> str:
    if constant is None:
        return ""
    written = str(constant.value) if constant.counted else str(constant.at)
    return f"{constant.way}: {written}" if constant.way else written


def as_rows(program: Program) -> list[dict[str, Any]]:
    """The same table as plain data."""
    return [
        {
            "provision": row.provision,
            "words": _words(row) or None,
            "pack": None if row.constant is None else str(row.constant.at),
            "comparison": (row.constant and row.constant.way) or None,
            "verdict": row.verdict,
            "where": f"{row.at.line}:{row.at.column}",
        }
        for row in held(program)
    ]
