"""Text on back ends other than Polars: plain numbers by expressions, the rest looked up.

What is not plain is collected once, distinct texts alone, read like a case (`cell`), and joined
back, so that no back end reads text by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from tieuchi.engine.diagnostic import Faults, Mark, problem
from tieuchi.engine.table.cell import Reading, code_of
from tieuchi.engine.table.intake import exact, fits
from tieuchi.engine.table.texts import DECIMALS, PLACES

MOST = 1_000_000  # distinct texts of a column that are looked up
WHOLE = r"^\d{1,15}$"
_TEXT = "@text"
_FOUND = "@found"


def with_codes(
    frame: nw.LazyFrame[Any],
    columns: Mapping[str, tuple[str, Callable[[object], int | None], Reading | None]],
    native: Callable[[list[str], list[int | None]], Any],
) -> nw.LazyFrame[Any]:
    """A frame with codes; `columns` by the code's name: the raw column, how a cell is read and,
    of numbers, the `Reading`. `native` makes a table of texts and codes for this back end."""
    for coded, (name, read, how) in columns.items():
        text = nw.col(name).cast(nw.String)
        plain = _plain(how, text)
        left = text if plain is None else nw.when(plain.is_null()).then(text)
        frame = frame.with_columns(**{_TEXT: left})
        known = native(*_known(frame, name, code_of(read)))
        known = nw.from_native(known).lazy() if not isinstance(known, nw.LazyFrame) else known
        frame = frame.join(known, on=_TEXT, how="left")
        found = nw.col(_FOUND)
        codes = found if plain is None else nw.when(plain.is_null()).then(found).otherwise(plain)
        frame = frame.with_columns(**{coded: codes}).drop(_TEXT, _FOUND)
    return frame


def _plain(how: Reading | None, text: nw.Expr) -> nw.Expr | None:
    """The steps of plain numbers; null for all else."""
    if how is None or how.fact.kind != "quantity":
        return None
    whole = nw.when(text.str.contains(WHOLE)).then(text).cast(nw.Int64)
    codes = exact(how, whole, 0)
    if not fits(how, PLACES):
        return codes
    decimal = nw.when(text.str.contains(DECIMALS[how.decimal])).then(text)
    number = decimal.str.replace_all(",", ".", literal=True).cast(nw.Decimal(38, PLACES))
    return nw.when(codes.is_null()).then(exact(how, number, PLACES)).otherwise(codes)


def _known(
    frame: nw.LazyFrame[Any], name: str, code: Callable[[object], int | None]
) -> tuple[list[str], list[int | None]]:
    """The distinct texts that are left, and their codes."""
    left = frame.select(_TEXT).filter(~nw.col(_TEXT).is_null()).unique().head(MOST + 1)
    texts = left.collect()[_TEXT].to_list()
    if len(texts) > MOST:
        raise Faults([problem("texts-too-many", Mark(name), limit=MOST)])
    return texts, [code(text) for text in texts]
