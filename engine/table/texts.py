"""Columns of text, read batch by batch: plain numbers at once, the rest by distinct texts.

Polars alone: a batch goes through three sieves, each for what the one before has left (whole
numbers, plain decimals, `read_cell`). No number passes through binary floating point.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import polars as pl

from tieuchi.engine.table.cell import BAD, Binary, Reading, code_of, read_cell

PLACES = 6
DECIMALS = {
    "comma": rf"^[0-9]{{1,12}},[0-9]{{1,{PLACES}}}$",
    "point": rf"^[0-9]{{1,12}}\.[0-9]{{1,{PLACES}}}$",
    None: rf"^[0-9]{{1,12}}[.,]([0-9]{{1,2}}|[0-9]{{4,{PLACES}}})$",  # three could be a group
}
KEPT = 1 << 16  # distinct texts remembered


def reader(how: Reading) -> Callable[[pl.Series], pl.Series]:
    """A function from a column of text to its codes (see `cell`)."""
    sieve = _numbers(how) if how.fact.kind == "quantity" else _nothing
    return sifted(partial(read_cell, how), sieve, empty=how.complete)


def mixed(how: Reading) -> Callable[[pl.Series], pl.Series]:
    """A function from texts, some of which are binary numbers (fields ``text`` and ``number``), to
    their codes: text is exact, a number is taken to the nearest step."""
    as_text = reader(how)
    as_number = lru_cache(KEPT)(code_of(lambda text: read_cell(how, Binary(str(text)))))

    def codes_of(cells: pl.Series) -> pl.Series:
        texts, number = cells.struct.field("text"), cells.struct.field("number")
        codes = as_text(texts)
        at = ((codes == BAD) & number).fill_null(False).arg_true()
        if not len(at):
            return codes
        found = [as_number(text) for text in texts.gather(at)]
        return codes.scatter(at, pl.Series(found, dtype=pl.Int64))

    return codes_of


def moved(how: Reading) -> Callable[[pl.Series, pl.Series], int]:
    """A function from texts, and which of them are binary numbers, to how many of those are finer
    than the step."""
    as_text = reader(how)
    return lambda texts, number: int((as_text(texts.filter(number)) == BAD).sum())


def sifted(
    read: Callable[[object], int | None],
    sieve: Callable[[pl.Series], pl.Series] | None = None,
    *,
    empty: bool = False,
) -> Callable[[pl.Series], pl.Series]:
    """A function from texts to codes: what the sieve leaves is read by `read`, each distinct text
    once; `empty` says that to read nothing is to read something."""
    code = lru_cache(KEPT)(code_of(read))

    def codes_of(texts: pl.Series) -> pl.Series:
        texts = texts.fill_null("") if empty else texts
        codes = (sieve or _nothing)(texts)
        if codes.null_count() == texts.null_count():
            return codes
        left = (codes.is_null() & texts.is_not_null()).arg_true()
        odd = texts.gather(left)
        distinct = odd.unique()
        known = pl.Series([code(text) for text in distinct], dtype=pl.Int64)
        return codes.scatter(left, odd.replace_strict(distinct, known, return_dtype=pl.Int64))

    return codes_of


def _nothing(texts: pl.Series) -> pl.Series:
    return pl.Series(texts.name, [None], dtype=pl.Int64).new_from_index(0, len(texts))


def _numbers(how: Reading) -> Callable[[pl.Series], pl.Series]:
    """The steps of plain numbers; null for all else."""
    num, den = how.factor
    limit = how.fact.limit
    pattern = DECIMALS[how.decimal]

    def steps(values: pl.Series, per: int) -> pl.Series:
        """`values` over `per` units of the column as steps; BAD between two steps."""
        most = min(limit * den * per // num, 2**63 - 1)  # what is more is for `read_cell`
        if den * per == 1 and _within(values, most):
            return values if num == 1 else values * num
        outside = values.abs() > most
        bounded = pl.when(~outside).then(values)
        if den * per == 1:
            return pl.select(bounded * num).to_series()
        grown = bounded.cast(pl.Int128) * num
        exact = pl.when(grown % (den * per) == 0).then(grown // (den * per)).otherwise(BAD)
        return (
            pl.select(pl.when(values.is_null() | outside).then(None).otherwise(exact))
            .to_series()
            .cast(pl.Int64)
        )

    def sieve(texts: pl.Series) -> pl.Series:
        codes = steps(texts.cast(pl.Int64, strict=False), 1).alias(texts.name)
        if codes.null_count() == texts.null_count():
            return codes
        left = codes.is_null() & texts.is_not_null()
        at = (left & texts.str.contains(pattern)).arg_true()
        if len(at):
            decimals = texts.gather(at).str.replace(",", ".", literal=True)
            whole = (decimals.cast(pl.Decimal(38, PLACES)) * 10**PLACES).cast(pl.Int64)
            codes = codes.scatter(at, steps(whole, 10**PLACES))
        return codes

    return sieve


def _within(values: pl.Series, limit: int) -> bool:
    """Whether no number of a column is more than it may be."""
    least, most = values.min(), values.max()
    return least is None or bool(least >= -limit and most <= limit)  # type: ignore[operator]
