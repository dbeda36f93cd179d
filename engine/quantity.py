"""Exact numbers with units: what people write is read here, and what people read is printed here.

A number is a pair of integers, numerator and denominator in lowest terms with the denominator
positive; a unit is a type with a factor to the base unit of its dimension. There is no floating
point and nothing is rounded. The module knows nothing of packs, cases or sentences: what cannot
be read is a `QuantityError`, which others put into words. It is on the way of every start, so
numbers are bare pairs: `fractions` alone takes two to three times as long to import as all of it.
"""

from functools import lru_cache
from math import gcd
from typing import Literal, NamedTuple
from unicodedata import normalize

Pair = tuple[int, int]
DecimalMark = Literal["point", "comma"]

MOST_DIGITS = 40


class QuantityError(ValueError):
    """Text that is no quantity: a code, and the facts a diagnostic needs to say so.

    `unit-unknown` written part · `unit-mismatch` written unit expected · `number-ambiguous` written
    as_point as_comma · `number-malformed` written (decimal) · `number-too-long` written limit ·
    `number-not-finite` written. Whether a value may be negative or as fine as it is depends on the
    fact, so callers raise `number-negative` and `number-too-fine`.
    """

    def __init__(self, code: str, facts: dict[str, str]) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Unit(NamedTuple):
    """A unit: 1 `id` = `factor` base units of `dimension`, known to the nearest `step` of itself.

    The id says it all: `parse_unit(unit.id) == unit`. It is numerators joined by "·", then each
    denominator after a "/", both in the order of the table of units; "1" is the plain number.
    """

    id: str
    dimension: tuple[tuple[str, int], ...]
    factor: Pair
    step: Pair


class Reading(NamedTuple):
    """A quantity as it was read: its value in the unit asked for, and what was done to get there.

    A `converted` quantity was written in another unit of the same dimension; from one with
    `per-omitted` the writer left out the denominators ("46 t" for t/batch).
    """

    value: Pair
    written_unit: Unit | None
    note: Literal["converted", "per-omitted"] | None


# The order is the order within a compound's id. Names with several sizes (mẫu, sào, công, ton)
# are not known on purpose; a day, a month and a year are dimensions of their own.
# fmt: off
_TABLE = (
    # id, dimension, factor to its base, Vietnamese, English for one and for many, other names
    ("1", "", 1, "", "", "", ""),
    ("%", "", 1, "%", "%", "%", "phần trăm|percent|per cent"),
    ("đồng", "đồng", 1, "đồng", "đồng", "đồng", "đồng việt nam|việt nam đồng"),
    ("nghìn đồng", "đồng", 1_000, "nghìn đồng", "thousand đồng", "thousand đồng", "ngàn đồng"),
    ("triệu đồng", "đồng", 1_000_000, "triệu đồng", "million đồng", "million đồng", "tr.đ|trđ"),
    ("tỷ đồng", "đồng", 1_000_000_000, "tỷ đồng", "billion đồng", "billion đồng", "tỉ đồng"),
    ("m2", "m2", 1, "m²", "m²", "m²", "mét vuông|square metre|square metres|square meters|sqm"),
    ("ha", "m2", 10_000, "ha", "ha", "ha", "hecta|hécta|héc ta|héc-ta|hectare|hectares"),
    ("m3", "l", 1_000, "m³", "m³", "m³", "mét khối|cubic metre|cubic metres|cubic meters"),
    ("l", "l", 1, "lít", "l", "l", "lit|litre|litres|liter|liters"),
    ("kg", "kg", 1, "kg", "kg", "kg", "kilogam|kilôgam|ki-lô-gam|kilogram|kilograms"),
    ("yến", "kg", 10, "yến", "yến", "yến", ""),
    ("tạ", "kg", 100, "tạ", "tạ", "tạ", ""),
    ("t", "kg", 1_000, "tấn", "t", "t", "tấn kho|tấn sản phẩm|tonne|tonnes"),
    ("head", "head", 1, "con", "head", "head", "heads|đầu con|con giống"),
    ("lu", "lu", 1, "ĐVN", "LU", "LU", "đơn vị vật nuôi|livestock unit|livestock units"),
    ("person", "person", 1, "người", "person", "people", "persons|nhân khẩu|lao động|nông dân"),
    ("tree", "tree", 1, "cây", "tree", "trees", "cây giống"),
    ("parcel", "parcel", 1, "thửa", "parcel", "parcels", "thửa đất"),
    ("item", "item", 1, "mục", "item", "items", ""),
    ("point", "point", 1, "điểm", "point", "points", ""),
    ("batch", "batch", 1, "lượt", "batch", "batches", "mẻ"),
    ("day", "day", 1, "ngày", "day", "days", ""),
    ("month", "month", 1, "tháng", "month", "months", ""),
    ("year", "year", 1, "năm", "year", "years", ""),
)
# fmt: on
_DIMENSION = {row[0]: row[1] for row in _TABLE}
_FACTOR = {row[0]: (row[2], 1) for row in _TABLE} | {"%": (1, 100)}
_LABELS = {row[0]: row[3:6] for row in _TABLE}
_STEP = {"": (1, 10_000), "m2": (1, 100), "point": (1, 100), "lu": (1, 10_000)}
_RANK = {unit: rank for rank, unit in enumerate(_DIMENSION)}
_NAMES = {
    name.lower(): row[0] for row in _TABLE for name in (row[0], *row[3:6], *row[6].split("|"))
}
del _NAMES[""]
_MONEY = frozenset({"đ", "₫", "vnd", "vnđ", "dong"})
_POWERS = {0xB2: "2", 0xB3: "3", 0x5E: None}
_CLOSING = frozenset({"head", "tree", "m2", "l", "kg"})

_DIGITS = frozenset("0123456789")
_SIGNS = "+-−"
_SPACES = {ord(space): " " for space in "\u00a0\u2007\u2009\u202f"}
_HEX = frozenset("0123456789abcdefABCDEF")
_NUMERIC = _DIGITS | frozenset(_SIGNS + " ._,\u00a0\u2007\u2009\u202f")
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "∞"})


# ---- units


def unit_names() -> tuple[str, ...]:
    """Every simple name that `parse_unit` takes, for whoever suggests a near one."""
    return tuple(_NAMES)


def unit_ids() -> tuple[str, ...]:
    """The simple units, as packs write them, but for the plain number."""
    return tuple(unit for unit in _DIMENSION if unit != "1")


def unit_spellings() -> tuple[str, ...]:
    """Every simple name as it is printed and in small letters, with the short names of money."""
    printed = (label for labels in _LABELS.values() for label in labels if label)
    names = {*_NAMES, *printed, "VND", "VNĐ"} - {"1"}
    money = [name.removesuffix("đồng") for name in names if name.endswith("đồng")]
    names |= {each + short for each in money for short in _MONEY}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit:
    """The unit that an id or a name people use stands for, compounds with "/" included.

    >>> parse_unit("tấn/lượt").id, parse_unit("VNĐ/tháng/người").id, parse_unit("m²").id
    ('t/batch', 'đồng/person/month', 'm2')
    >>> parse_unit("mẫu")
    Traceback (most recent call last):
    tieuchi.engine.quantity.QuantityError: ('unit-unknown', {'written': 'mẫu', 'part': 'mẫu'})
    """
    first, *rest = text.split("/") if len(text) <= 100 else [text]
    ups = [_name(part, text) for part in first.split("·")]
    downs = [_name(part, text) for part in rest]
    if _cancel(ups, downs) != (ups, downs):
        raise QuantityError("unit-unknown", {"written": text, "part": text})
    return _unit(ups, downs)


def multiply(a: Unit, b: Unit) -> Unit:
    """The unit of a product, cancelled: area × đồng/m2 is đồng.

    In that unit the value is the product of the two values × a.factor × b.factor ÷ its factor
    (ha × đồng/m2 is đồng × 10 000, and a share in % × đồng is đồng ÷ 100).
    """
    (a_ups, a_downs), (b_ups, b_downs) = _parts(a.id), _parts(b.id)
    return _unit(*_cancel(a_ups + b_ups, a_downs + b_downs))


def divide(a: Unit, b: Unit) -> Unit:
    """The unit of a quotient, cancelled: the value is the quotient × a.factor ÷ (b's × its)."""
    (a_ups, a_downs), (b_ups, b_downs) = _parts(a.id), _parts(b.id)
    return _unit(*_cancel(a_ups + b_downs, a_downs + b_ups))


def same_dimension(a: Unit, b: Unit) -> bool:
    """Whether a quantity in `a` can be compared with or added to one in `b`."""
    return a.dimension == b.dimension


def convert(value: Pair, written: Unit, unit: Unit) -> Pair:
    """The same quantity in another unit of the same dimension, exactly."""
    (num, den), (from_num, from_den), (to_num, to_den) = value, written.factor, unit.factor
    return _lowest(num * from_num * to_den, den * from_den * to_num)


def default_closes(unit: Unit) -> bool:
    """Whether a holding can simply have none of it, so that `complete` sets it to zero."""
    counted = {base for base, exponent in unit.dimension if exponent > 0}
    return bool(counted) and counted <= _CLOSING


# ---- reading


def read_number(text: str, decimal: DecimalMark | None = None, *, pack: bool = False) -> Pair:
    """The exact value of a number as people write it.

    Spaces and "_" group; of "." and "," the one that `decimal` does not name groups too. Where
    nothing is declared a number is ambiguous only if one mark stands after one to three digits
    that are not "0" and before exactly three. In packs the point is decimal and "_" groups.

    >>> read_number("4,5"), read_number("1.000,5"), read_number("1.000.000"), read_number("0,125")
    ((9, 2), (2001, 2), (1000000, 1), (1, 8))
    >>> read_number("1.000", "comma"), read_number("1.000", "point")
    ((1000, 1), (1, 1))
    >>> read_number("2,125")
    Traceback (most recent call last):
    tieuchi.engine.quantity.QuantityError: ('number-ambiguous', {'written': '2,125', \
'as_point': '2125', 'as_comma': '2.125'})
    """
    _refuse_endless(text)
    written = text.strip()
    _refuse_infinite(written)
    if sum(char in _DIGITS for char in written) > MOST_DIGITS:
        raise _too_long(written)
    signs = "+-" if pack else _SIGNS
    body = written[1:] if written.startswith(tuple(signs)) else written
    if pack:
        mark, groups = ".", "_"
    else:
        body = body.translate(_SPACES)
        if decimal is None and _is_ambiguous(body):
            point, comma = (decimal_text(1, *read_number(text, d)) for d in ("point", "comma"))
            facts = {"written": written, "as_point": point, "as_comma": comma}
            raise QuantityError("number-ambiguous", facts)
        mark = _decimal_mark(body) if decimal is None else "." if decimal == "point" else ","
        groups = "_ .,".replace(mark, "")
    whole, _, fraction = body.partition(mark)
    digits = _ungroup(whole, groups)
    if not digits or not _DIGITS.issuperset(fraction) or body.endswith(mark):
        raise _malformed(written, decimal)
    value = int(digits + fraction)
    return _lowest(-value if written[0] in "-−" else value, 10 ** len(fraction))


def read_quantity(
    text: str, unit: Unit, decimal: DecimalMark | None = None, *, pack: bool = False
) -> Reading:
    """A number with or without its unit, as a value in `unit`; a bare number is in it already.

    >>> read_quantity("15 000 m2", parse_unit("ha"))[::2]
    ((3, 2), 'converted')
    >>> read_quantity("50 con", parse_unit("ha"))
    Traceback (most recent call last):
    tieuchi.engine.quantity.QuantityError: ('unit-mismatch', {'written': '50 con', \
'unit': 'head', 'expected': 'ha'})
    """
    _refuse_endless(text)
    written = text.strip()
    _refuse_infinite(written.partition(" ")[0])
    end = next((i for i, char in enumerate(written) if char not in _NUMERIC), len(written))
    name = written[end:]
    exponent = name.startswith(("e", "E")) and name[1:2] in {*_DIGITS, "+", "-"}
    in_hex = written[:end] == "0" and name[:1] in {"x", "X"} and name[1:2] in _HEX
    if exponent or in_hex or not (name[:1].isalpha() or name[:1] in {"", "%", "₫"}):
        raise _malformed(written, decimal)
    value = read_number(written[:end] or written, decimal, pack=pack)
    if not name:
        return Reading(value, None, None)
    other = parse_unit(name)
    if same_dimension(other, unit):
        converted = other.factor != unit.factor
        return Reading(convert(value, other, unit), other, "converted" if converted else None)
    ups, downs = _parts(unit.id)
    numerator = _unit(ups, [])
    if downs and "/" not in other.id and same_dimension(other, numerator):
        return Reading(convert(value, other, numerator), other, "per-omitted")
    facts = {"written": _cut(written), "unit": other.id, "expected": unit.id}
    raise QuantityError("unit-mismatch", facts)


def to_steps(value: Pair, scale: Pair) -> int | None:
    """The integer k with value = k × scale; None where the value is finer than that."""
    steps, finer = divmod(value[0] * scale[1], value[1] * scale[0])
    return None if finer else steps


# ---- printing


def decimal_text(n: int, num: int, den: int) -> str:
    """The exact value n × num ÷ den, as a plain decimal or, where none is finite, as a fraction.

    >>> decimal_text(-45, 1, 10), decimal_text(1_000, 1, 1), decimal_text(2, 1, 6)
    ('-4.5', '1000', '1/3')
    """
    over, under = _lowest(n * num, den)
    if under == 1:
        return str(over)
    rest, twos, fives = under, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{over}/{under}"
    places = max(twos, fives)
    digits = str(abs(over) * 10**places // under).zfill(places + 1)
    return f"{'-' if over < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def people_text(text: str, lang: str) -> str:
    """A plain decimal string as people read it; a fraction stays as it is.

    >>> people_text("1000000.5", "vi"), people_text("1000000.5", "en"), people_text("19/20", "vi")
    ('1.000.000,5', '1,000,000.5', '19/20')
    """
    if "/" in text:
        return text
    whole, point, fraction = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = f"{sign}{abs(int(whole)):,}"
    if lang == "vi":
        grouped, point = grouped.replace(",", "."), point and ","
    return grouped + point + fraction


def unit_label(unit_id: str, lang: str, *, one: bool = False) -> str:
    """A unit as people read it after a number, "" for a plain count.

    English has a plural unless there is `one`.

    >>> unit_label("t/batch", "vi"), unit_label("tree/year", "en"), unit_label("item", "vi")
    ('tấn/lượt', 'trees/year', '')
    """
    ups, downs = _parts(parse_unit(unit_id).id)
    if (ups, downs) == (["item"], []):
        return ""
    counted, per = (0, 0) if lang == "vi" else (1 if one else 2, 1)
    above = "·".join(_LABELS[name][counted] for name in ups)
    return "/".join([above, *(_LABELS[name][per] for name in downs)])


# ---- helpers: units


def _name(part: str, text: str) -> str:
    """The id of one simple unit."""
    words = normalize("NFC", part[:100]).lower().translate(_POWERS).split()
    if words and words[-1] in _MONEY:
        words[-1] = "đồng"
    unit = _NAMES.get(" ".join(words))
    if unit is None:
        raise QuantityError("unit-unknown", {"written": _cut(text), "part": _cut(part.strip())})
    return unit


def _parts(unit_id: str) -> tuple[list[str], list[str]]:
    """The numerators and the denominators of a canonical id."""
    first, *downs = unit_id.split("/")
    return first.split("·"), downs


def _cancel(ups: list[str], downs: list[str]) -> tuple[list[str], list[str]]:
    """What is left when like is cut against like: the same unit first, then the same dimension.

    Plain numbers drop out, but for one % that has nothing else beside it above the line.
    """
    ups, downs = [up for up in ups if up != "1"], [down for down in downs if down != "1"]
    for kind in ({name: name for name in _DIMENSION}, _DIMENSION):
        for down in list(downs):
            up = next((up for up in ups if kind[up] == kind[down]), None)
            if up is not None:
                ups.remove(up)
                downs.remove(down)
    above = [up for up in ups if _DIMENSION[up]]
    return above or (["%"] if len(ups) == 1 else ["1"]), [d for d in downs if _DIMENSION[d]]


def _unit(ups: list[str], downs: list[str]) -> Unit:
    """The unit of these parts, from which nothing cancels."""
    ups, downs = sorted(ups, key=_RANK.__getitem__), sorted(downs, key=_RANK.__getitem__)
    exponents: dict[str, int] = {}
    factor, step = (1, 1), (1, 1)
    for names, sign in ((ups, 1), (downs, -1)):
        for name in names:
            base, (num, den) = _DIMENSION[name], _FACTOR[name][::sign]
            factor = factor[0] * num, factor[1] * den
            exponents[base] = exponents.get(base, 0) + sign
            if sign > 0:
                finest = _STEP.get(base, (1, 1))
                step = step[0] * finest[0] * den, step[1] * finest[1] * num
    dimension = tuple(sorted((base, n) for base, n in exponents.items() if base))
    return Unit("/".join(["·".join(ups), *downs]), dimension, _lowest(*factor), _lowest(*step))


# ---- helpers: numbers


def _lowest(num: int, den: int) -> Pair:
    """The fraction in lowest terms."""
    common = gcd(num, den)
    return num // common, den // common


def _is_ambiguous(body: str) -> bool:
    """Whether an unsigned number's one mark could as well group as be decimal."""
    before, mark, after = body.replace(",", ".").partition(".")
    return (
        bool(mark)
        and before != "0"
        and 1 <= len(before) <= 3
        and len(after) == 3
        and _DIGITS.issuperset(before + after)
    )


def _decimal_mark(body: str) -> str:
    """The decimal mark where none is declared: the last of two, or the one that stands once."""
    last, other = (".", ",") if body.rfind(".") > body.rfind(",") else (",", ".")
    return last if other in body or body.count(last) <= 1 else other


def _ungroup(whole: str, groups: str) -> str:
    """The digits of a whole part, "" where it is not well grouped by one of the marks."""
    marks = {*whole} - _DIGITS
    if not marks:
        return whole
    mark = marks.pop()
    first, *rest = whole.split(mark)
    good = not marks and mark in groups and 1 <= len(first) <= 3 and first != "0"
    return first + "".join(rest) if good and all(len(group) == 3 for group in rest) else ""


def _cut(text: str) -> str:
    """The beginning of what was written, short enough for a line."""
    return text if len(text) <= 60 else text[:59] + "…"


def _malformed(written: str, decimal: DecimalMark | None) -> QuantityError:
    declared = {"decimal": str(decimal)} if decimal else {}
    return QuantityError("number-malformed", {"written": _cut(written), **declared})


def _too_long(written: str) -> QuantityError:
    return QuantityError("number-too-long", {"written": _cut(written), "limit": str(MOST_DIGITS)})


def _refuse_endless(text: str) -> None:
    """Stop before a text of a million characters is looked at one by one."""
    if len(text) > 200:
        start = text[:200].strip()
        raise _too_long(start) if start[:1] in _NUMERIC else _malformed(start, None)


def _refuse_infinite(written: str) -> None:
    """Refuse NaN and infinity by name, in the spellings of YAML, Python and mathematics."""
    if written.lower().lstrip(_SIGNS + ".") in _NOT_FINITE:
        raise QuantityError("number-not-finite", {"written": _cut(written)})
