"""One statement about one fact, as the graph's integer: `read_value(fact, "4,5 ha")`.

What people write (numbers with units, labels in both languages, yes and no, days) and what
programs give (int, Decimal, Fraction, bool, date) become the value that the kernel counts with;
anything that is not exactly one is a `Misstated`. It knows facts and numbers, no document and no
case.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast
from unicodedata import normalize

from tieuchi.engine.diagnostic import near
from tieuchi.engine.graph import Fact
from tieuchi.engine.interval import rounded
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.marks import left_out
from tieuchi.engine.quantity import (
    MOST_DIGITS,
    DecimalMark,
    Pair,
    QuantityError,
    Reading,
    decimal_text,
    parse_unit,
    read_quantity,
    to_steps,
    unit_names,
)
from tieuchi.engine.reading import Misstated, read_day, term, written, yes_no
from tieuchi.engine.truth import MET, NOT_MET

MOST_BITS = 400
"""A number longer than this is none that anybody counts with."""


class Read(NamedTuple):
    """A value in the graph's integers, and how its unit was understood where that is worth saying:
    "converted", "per-omitted" or ""."""

    value: Value
    note: str = ""


def is_unknown(node: object) -> bool:
    """Whether a statement says that nothing is known."""
    return node is None or (isinstance(node, str) and node.strip().lower() == "unknown")


def open_value(fact: Fact) -> Value:
    """What a fact is while nothing is stated of it."""
    if fact.kind == "yes_no":
        return MET | NOT_MET
    if fact.kind == "class":
        return (1 << len(fact.labels)) - 1
    if fact.kind == "list":
        return Members((), False)
    if fact.kind == "text":
        return ""
    if fact.kind == "date":
        return (None, None, False)
    return (0 if fact.least is None else fact.least, fact.most, False)


def read_value(
    fact: Fact, stated: object, decimal: DecimalMark | None = None, *, nearest: bool = False
) -> Read:
    """The value of any fact but a list; with `nearest`, a number finer than the step is taken to
    the nearest one. Raises Misstated."""
    if fact.kind == "quantity":
        return _quantity(fact, stated, decimal, nearest=nearest)
    if term(stated) in ("map", "list"):
        raise _not_one(fact, stated)
    if fact.kind == "yes_no":
        return Read(_yes_no(fact, stated))
    if fact.kind == "class":
        return Read(_label(fact, stated))
    if fact.kind == "date":
        return Read(_day(stated))
    return Read(normalize("NFC", written(stated)))


def _not_one(fact: Fact, stated: object) -> Misstated:
    """A list or map where one word is wanted."""
    expected, remedy = {
        "yes_no": ("yes_no", "write-yes-no"),
        "class": ("label", "see-labels"),
        "date": ("date", "write-date"),
    }.get(fact.kind, ("text", None))
    return Misstated(
        "key-wrong-type",
        remedy,
        key=fact.id,
        given=term(stated),
        expected=expected,
        labels=_listed(fact),
    )


# ---- yes and no, classes, days


def _yes_no(fact: Fact, stated: object) -> int:
    yes = stated if isinstance(stated, bool) else None
    if isinstance(stated, str):
        yes = yes_no(stated)
    if yes is None:
        raise Misstated("yes-no-expected", name=fact.id, written=written(stated))
    return MET if yes else NOT_MET


def _label(fact: Fact, stated: object) -> int:
    """The bit of a label, named by its id or by its text in either language, with or without the
    marks on its letters."""
    word = fold(written(stated))
    known = [(label, fold(words.vi), fold(words.en)) for label, words in fact.labels]
    found = {i for i, (label, _, _) in enumerate(known) if fold(label) == word}
    found = found or {i for i, (_, *words) in enumerate(known) if word in words}
    found = found or {i for i, (_, vi, _) in enumerate(known) if left_out(word, vi)}
    if len(found) > 1:
        could = ", ".join(f"`{fact.labels[i][1].vi}` ({fact.labels[i][0]})" for i in sorted(found))
        raise Misstated("label-ambiguous", name=fact.id, label=written(stated), labels=could)
    if not found:
        names = [name for label, words in fact.labels for name in (label, words.vi, words.en)]
        raise Misstated(
            "label-unknown",
            name=fact.id,
            label=written(stated),
            labels=_listed(fact),
            near=near(written(stated), names),
        )
    return 1 << found.pop()


def _listed(fact: Fact) -> str | None:
    return ", ".join(f"`{label}`" for label, _ in fact.labels) or None


def fold(text: str) -> str:
    """A text as it is compared: composed, without case, with single spaces."""
    return " ".join(normalize("NFC", text).casefold().split())


def _day(stated: object) -> int:
    if isinstance(stated, date):
        return stated.toordinal()
    if not isinstance(stated, str):
        raise Misstated("date-malformed", written=written(stated))
    return read_day(stated)


# ---- quantities


def _quantity(
    fact: Fact, stated: object, decimal: DecimalMark | None, *, nearest: bool = False
) -> Read:
    kind = term(stated)
    if kind in ("map", "list"):
        raise Misstated("list-for-number", name=fact.id, given=kind)
    if isinstance(stated, bool):
        raise Misstated("boolean-for-number", name=fact.id, written=str(stated).lower())
    if isinstance(stated, str):
        reading = _read(fact, stated, decimal)
        value, note = reading.value, reading.note or ""
    else:
        value, note = _exact(fact, stated), ""
    return Read(_in_steps(fact, value, written(stated), nearest=nearest), note)


def _read(fact: Fact, text: str, decimal: DecimalMark | None) -> Reading:
    """A number as people write it, in the fact's unit."""
    unit = parse_unit(fact.unit)
    try:
        return read_quantity(text, unit, decimal)
    except QuantityError as error:
        bare = _without_label(fact, text) if error.code.startswith("unit-") else None
        if bare is not None:
            return _read(fact, bare, decimal)
        raise _misread(fact, text, error) from None


def _without_label(fact: Fact, text: str) -> str | None:
    """The number before the unit as the pack has people see it ("5 tổ chức"), if that is there."""
    if fact.label is None:
        return None
    folded = fold(text)
    for label in sorted(map(fold, fact.label), key=len, reverse=True):
        if label and folded.endswith(label):
            return folded.removesuffix(label)
    return None


def _misread(fact: Fact, text: str, error: QuantityError) -> Misstated:
    """What is wrong with a text that is no quantity, as told of a fact."""
    facts: dict[str, object] = {**error.facts, "name": fact.id}
    code, remedy = error.code, None
    if code == "number-malformed":
        if yes_no(text) is not None:
            code = "boolean-for-number"
        elif not any(char.isdigit() for char in text[:200]):
            code = "text-for-number"
        elif "decimal" in error.facts:
            remedy = "write-comma" if error.facts["decimal"] == "comma" else "write-point"
    if code == "unit-unknown":
        facts["near"] = near(error.facts["part"].lower(), unit_names())
    return Misstated(code, remedy, **facts)


def _exact(fact: Fact, number: object) -> Pair:
    """The exact value of a number of Python; a float is none."""
    shown = written(number)
    pair: Pair | None = None
    if hasattr(number, "numerator") and hasattr(number, "denominator"):  # int, Fraction
        pair = int(number.numerator), int(number.denominator)
    elif hasattr(number, "as_tuple") and hasattr(number, "adjusted"):  # Decimal
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            raise Misstated("number-not-finite", name=fact.id, written=shown)
        if abs(exponent) <= MOST_BITS and abs(number.adjusted()) <= MOST_BITS:
            pair = cast("Pair", number.as_integer_ratio())  # type: ignore[attr-defined]
    elif hasattr(number, "as_integer_ratio"):
        raise Misstated("float-for-number", name=fact.id, written=shown)
    else:
        raise Misstated("text-for-number", name=fact.id, written=shown)
    if pair is None or max(pair[0].bit_length(), pair[1].bit_length()) > MOST_BITS:
        raise Misstated("number-too-long", name=fact.id, written=shown, limit=MOST_DIGITS)
    return pair


def _in_steps(fact: Fact, value: Pair, shown: str, *, nearest: bool = False) -> int:
    """A value in the fact's unit as a whole number of its steps, within what it can be."""
    least = 0 if fact.least is None else fact.least
    if value[0] < 0 <= least:
        raise Misstated("number-negative", name=fact.id, written=shown)
    steps = to_steps(value, (fact.num, fact.den))
    if steps is None and nearest:
        steps = rounded(value[0] * fact.den, value[1] * fact.num, "half_up")
    if steps is None:
        step = f"{decimal_text(1, fact.num, fact.den)} {fact.unit}"
        raise Misstated("number-too-fine", name=fact.id, written=shown, step=step)
    most = fact.limit if fact.most is None else min(fact.most, fact.limit)
    if not least <= steps <= most:
        raise Misstated(
            "number-outside",
            name=fact.id,
            written=shown,
            least=decimal_text(least, fact.num, fact.den),
            most=f"{decimal_text(most, fact.num, fact.den)} {fact.unit}",
        )
    return steps
