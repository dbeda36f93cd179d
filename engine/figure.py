"""Figures that a report prints, and what it says they are made of, as exact numbers.

`read_claims` makes `Claim`s of the `claims:` of a case; whether they hold is for others to say.
Knows numbers and units and the getters of `reading`; no law and no graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, pairwise
from typing import Literal, NamedTuple, cast

from tieuchi.engine.diagnostic import Mark, near
from tieuchi.engine.quantity import (
    DecimalMark,
    Pair,
    QuantityError,
    Unit,
    multiply,
    parse_unit,
    read_number,
    read_quantity,
    same_dimension,
    unit_names,
)
from tieuchi.engine.reading import Misstated, Reader
from tieuchi.engine.source import Text

Kind = Literal["sum_of", "percent", "product", "same_base"]
KINDS: tuple[Kind, ...] = ("sum_of", "percent", "product", "same_base")

MOST_FACTORS = 20

_PERCENT = parse_unit("%")
_PLAIN = parse_unit("1")


class Figure(NamedTuple):
    """A number as printed: its exact value in `unit` ("" a bare one), and its digits after the
    decimal mark, which say how far it was rounded."""

    written: Text
    value: Pair
    unit: str
    places: int


class Claim(NamedTuple):
    """A printed figure and its parts.

    The parts are the terms of `sum_of`, the factors of `product`, the two of `percent` (of, per)
    and, of `same_base`, what each of `percents` is the share of. `figure` is None for `same_base`,
    of which `printed` is the report's text.
    """

    printed: Text
    figure: Figure | None
    kind: Kind
    parts: tuple[Figure, ...]
    percents: tuple[Figure, ...]
    where: Text
    mark: Mark


def read_figure(text: Text, decimal: DecimalMark | None = None) -> Figure:
    """A number with whatever unit it has. Raises Misstated.

    >>> read_figure(Text("1038,40 ha"))[1:]
    ((5192, 5), 'ha', 2)
    """
    end = next((i for i, char in enumerate(text[:200]) if char.isalpha() or char in "%₫"), None)
    name = "" if end is None else text[end:]
    try:
        if end == 0:
            read_number(text, decimal)  # says what it is instead: NaN, infinity, text
        unit = parse_unit(name) if name else _PLAIN
        value = read_quantity(text, unit, decimal).value
    except QuantityError as error:
        facts: dict[str, object] = {**error.facts}
        if error.code == "unit-unknown":
            facts["near"] = near(error.facts["part"].lower(), unit_names())
        raise Misstated(error.code, **facts) from None
    return Figure(text, value, unit.id if name else "", _places(text[:end], value))


def _places(number: str, value: Pair) -> int:
    """How many digits stand after the decimal mark of a number that was read as `value`."""
    digits = "".join(char for char in number if char.isdigit())
    if value[0] == 0:
        return len(number.replace(",", ".").partition(".")[2].strip())  # a nought is not grouped
    whole = abs(value[0])
    return next(k for k in range(len(digits) + 1) if int(digits) * value[1] == whole * 10**k)


def read_claims(reader: Reader, node: object, decimal: DecimalMark | None) -> tuple[Claim, ...]:
    """The claims of a case; what is wrong with them is noted in the reader."""
    found = [_claim(reader, each, decimal) for each in reader.seq(node, "claims") or ()]
    return tuple(claim for claim in found if claim is not None)


def _claim(reader: Reader, node: object, decimal: DecimalMark | None) -> Claim | None:
    claim = reader.map(node, "claims")
    if claim is None:
        return None
    noted = len(reader.faults)
    reader.keys(claim, ("printed", "where", *KINDS), required=("printed",))
    printed = reader.text(claim["printed"], "printed") if "printed" in claim else None
    where = reader.text(claim["where"], "where") if "where" in claim else None
    kinds = [kind for kind in KINDS if kind in claim]
    if len(kinds) != 1:
        reader.fault("claim-form", node)
        return None
    kind = kinds[0]
    figures = _Figures(reader, decimal)
    figure = None if kind == "same_base" or printed is None else figures.read(printed)
    percents: tuple[Figure, ...] = ()
    if kind == "same_base":
        parts, percents = figures.same_base(claim[kind])
    elif kind == "percent":
        parts = figures.keyed(claim[kind], kind, ("of", "per"))
        figure = figures.agree(figure, _PERCENT)
    else:
        parts = figures.listed(claim[kind], kind)
    if kind == "product" and len(parts) > MOST_FACTORS:
        expected = f"1–{MOST_FACTORS}"
        reader.fault("length-wrong", claim[kind], key=kind, given=len(parts), expected=expected)
    if len(reader.faults) > noted or printed is None:
        return None
    parts = figures.alike(parts) if kind in ("percent", "same_base") else parts
    if kind == "percent" and not parts[1].value[0]:
        reader.fault("divisor-zero", parts[1].written, written=parts[1].written)
    if kind == "sum_of" and figure is not None:
        figure, *terms = figures.alike((figure, *parts))
        parts = tuple(terms)
    if kind == "product" and figure is not None:
        unit = _PLAIN
        for part in parts:
            unit = multiply(unit, parse_unit(part.unit or "1"))
        figure = figures.agree(figure, unit)
    if len(reader.faults) > noted:
        return None
    return Claim(printed, figure, kind, parts, percents, where or Text(), reader.mark(node))


def _cut_numbers(members: Iterable[object]) -> list[tuple[Text, Text]]:
    """Neighbours that may be one number, cut at its decimal comma: `[1,5 ha]`, `[1,5, 2]`.

    In `[1,5]` every comma parts, as far as anyone can tell.
    """
    texts = [each for each in members if isinstance(each, Text)]
    pairs = list(pairwise(texts))
    tight = [
        (one, other)
        for one, other in pairs
        if one.line == other.line and one.column + len(one) + 1 == other.column
        if one.plain and other.plain and one[-1:].isdigit() and other[:1].isdigit()
    ]
    has_wide = len(tight) < len(pairs)
    rests = [other.lstrip("0123456789")[:1] for _, other in tight]
    cut = [rest not in (".", ",") if rest else has_wide for rest in rests]
    return list(compress(tight, cut))


class _Figures:
    """Reads the figures of one claim."""

    def __init__(self, reader: Reader, decimal: DecimalMark | None) -> None:
        self.reader = reader
        self.decimal = decimal

    def read(self, node: object, key: str = "printed") -> Figure | None:
        text = self.reader.text(node, key)
        if text is None:
            return None
        try:
            return read_figure(text, self.decimal)
        except Misstated as error:
            self.reader.misstated(error, text)
            return None

    def listed(self, node: object, key: str) -> tuple[Figure, ...]:
        """The figures of a list, which has at least one."""
        members = self.reader.seq(node, key)
        if members is not None and not members:
            self.reader.fault("key-wrong-type", node, key=key, given="nothing", expected="list")
        for one, other in _cut_numbers(members or ()):
            self.reader.fault("number-cut", one, written=f"{one},{other}", one=one, other=other)
        return self._good(self.read(member, key) for member in members or ())

    def keyed(self, node: object, key: str, names: Sequence[str]) -> tuple[Figure, ...]:
        """The figures under these keys of a map."""
        found = self.reader.map(node, key)
        if found is None:
            return ()
        self.reader.keys(found, names, required=names)
        return self._good(self.read(found[name], name) for name in names if name in found)

    def same_base(self, node: object) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
        """The parts and their shares."""
        parts, percents = [], []
        for member in self.reader.seq(node, "same_base") or ():
            pair = self.keyed(member, "same_base", ("part", "percent"))
            if len(pair) == 2:
                parts.append(pair[0])
                percents.append(cast("Figure", self.agree(pair[1], _PERCENT)))
        if not self.reader.faults and len(parts) < 2:
            self.reader.fault("claim-form", node)
        return tuple(parts), tuple(percents)

    def agree(self, figure: Figure | None, unit: Unit) -> Figure | None:
        """A figure that has to be in a unit of this kind; a bare number is in it."""
        if figure is None:
            return None
        if not figure.unit:
            return figure._replace(unit="" if unit == _PLAIN else unit.id)
        if not same_dimension(parse_unit(figure.unit), unit):
            self.reader.fault(
                "unit-mismatch",
                figure.written,
                written=figure.written,
                unit=figure.unit,
                expected=unit.id,
            )
        return figure

    def alike(self, figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """Figures of one kind; a bare number is in the unit of the first that has one."""
        unit = next((figure.unit for figure in figures if figure.unit), "")
        if not unit:
            return tuple(figures)
        return self._good(self.agree(figure, parse_unit(unit)) for figure in figures)

    @staticmethod
    def _good(figures: Iterable[Figure | None]) -> tuple[Figure, ...]:
        return tuple(figure for figure in figures if figure is not None)
