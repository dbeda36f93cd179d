"""Writes the form of a pack to a file: as XLSX, or as a CSV of its header alone. It knows forms and
files, no facts."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.saving import unwritten
from tieuchi.engine.table import form_phrases as words
from tieuchi.engine.table.form import Form
from tieuchi.engine.table.form_book import xlsx_bytes
from tieuchi.engine.table.scratch import clear_stray, let_go, part_of


def told(of: Form, name: str) -> str:
    """What was written, in one line."""
    lang, main = of.lang, of.graph.main
    first, *others = of.sheets
    day, columns = numerals.day_text(of.graph.as_of), str(len(first.facts))
    wrote = words.WROTE.of(lang, file=name, columns=columns, pack=main.pack, day=day)
    if not others:
        return wrote
    if Path(name).suffix.lower() == ".csv":
        names = say.LISTED.join(sheet.of.id for sheet in others if sheet.of is not None)
        return words.NO_LISTS.of(lang, wrote=wrote, names=names)
    sheets = say.LISTED.join(f"“{sheet.name}”" for sheet in others)
    return words.WROTE_LISTS.of(lang, wrote=wrote, sheets=sheets)


def write_form(of: Form, path: Path) -> None:
    """Write a form, whole or not at all, over what may be there. Raises Faults."""
    data = csv_bytes(of) if path.suffix.lower() == ".csv" else xlsx_bytes(of)
    clear_stray(path)
    part = part_of(path)
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise Faults([unwritten(path, error)]) from None
    finally:
        let_go(part)


def csv_bytes(of: Form) -> bytes:
    """The header row as Excel opens it: with the mark of UTF-8, and in Vietnamese semicolons."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if of.lang == "vi" else ",", lineterminator="\r\n")
    writer.writerow(of.sheets[0].row)
    return text.getvalue().encode("utf-8-sig")
