"""What may be otherwise in one word or one map of a pack, one thing at a time.

`of_word` is of a number, a unit or a day, `of_map` of what a map says as a whole: its comparison,
its terms, the results of its lines, its cells, gates, bounds and rounding. Each is the value with
that one thing otherwise. It knows the format of a pack; `mutants` goes through a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.constants import is_constant
from tieuchi.engine.quantity import (
    QuantityError,
    decimal_text,
    parse_unit,
    read_number,
    same_dimension,
)
from tieuchi.engine.source import Text


class Slip(NamedTuple):
    """One thing otherwise in a value: what, where, and the value with it."""

    kind: str
    at: Any  # a Text or Model, which have places
    before: str
    after: str
    value: Any
    way: str = ""


STRICT = {"at_least": "more_than", "at_most": "less_than"}
STRICT |= {strict: loose for loose, strict in STRICT.items()}
TURNED = {"at_least": "at_most", "at_most": "at_least"}
TURNED |= {"more_than": "less_than", "less_than": "more_than"}
OTHER_UNITS = ("m2", "ha", "m3", "l", "kg", "t")
GATES = ("applies_when", "unless", "review_when", "when")
BOUNDS = ("floor", "cap")
WAYS = ("down", "up", "half_up")


class How(NamedTuple):
    """How far thresholds move, and the labels of each class of the pack."""

    steps: int = 1
    classes: tuple[tuple[str, ...], ...] = ()


def place_of(at: Any) -> tuple[int, int]:
    """The line and column of something that a pack has, (0, 0) of what was made."""
    if isinstance(at, p.Dated | p.Cells):
        at = next(iter(at.root))
    if isinstance(at, Text):
        return at.line, at.column
    mark = at.mark("")
    return mark.line, mark.column


# ---- what a map says as a whole


def of_map(model: p.Model, how: How) -> Iterator[Slip]:
    """What may be otherwise in a map as a whole."""
    for kind, slips in _OF_MAPS:
        if isinstance(model, kind):
            yield from slips(model, how)
    yield from _of_terms(model)


def _of_children(model: p.All | p.AnyOf, _: How) -> Iterator[Slip]:
    name, other = ("all", "any") if isinstance(model, p.All) else ("any", "all")
    children = getattr(model, name)
    if len(children) > 1:
        kind = p.AnyOf if other == "any" else p.All
        made: Any = kind.model_construct(**{other: children})
        made._line, made._column = place_of(model)  # noqa: SLF001 - our own
        yield Slip("junction", model, name, other, made)


def _of_count(model: p.AtLeast, _: How) -> Iterator[Slip]:
    if model.at_least.isdigit():
        for number in (int(model.at_least) - 1, int(model.at_least) + 1):
            new = like(str(number), model.at_least)
            yield _set("number", model.at_least, model.at_least, new, model, "at_least", new)


def _of_extreme(model: p.Highest | p.Lowest, _: How) -> Iterator[Slip]:
    name, other = ("highest", "lowest") if isinstance(model, p.Highest) else ("lowest", "highest")
    kind = p.Lowest if other == "lowest" else p.Highest
    made = kind.model_construct(**{**_fields(model), other: getattr(model, name)})
    yield Slip("junction", model, name, other, made)


def _of_terms(model: p.Model) -> Iterator[Slip]:
    """One of several left out."""
    for key in ("sum", "weighted", "highest", "lowest", "all", "any", "of"):
        terms = getattr(model, key, None)
        if isinstance(terms, list) and len(terms) > 1:
            for at, term in enumerate(terms):
                less = [*terms[:at], *terms[at + 1 :]]
                yield _set("term", _at(term, model), _shown(term), "", model, key, less)
        elif key == "weighted" and isinstance(terms, dict) and len(terms) > 1:
            for name in terms:
                rest = {k: v for k, v in terms.items() if k is not name}
                yield _set("term", name, name, "", model, key, rest)


def _of_ratio(model: p.RatioParts, _: How) -> Iterator[Slip]:
    turned = model.model_copy(update={"of": model.per, "per": model.of})
    yield Slip("swap", _at(model.of, model), _shown(model.of), _shown(model.per), turned)


def _of_difference(model: p.Less, _: How) -> Iterator[Slip]:
    one, other = model.less
    turned = model.model_copy(update={"less": [other, one]})
    yield Slip("swap", _at(one, model), _shown(one), _shown(other), turned)


def _of_lines(model: p.First, _: How) -> Iterator[Slip]:
    """What two lines beside each other lead to, one for the other."""
    for at, (one, two) in enumerate(pairwise(model.first)):
        (key, here), (other, there) = _result(one), _result(two)
        if here is None or there is None or here == there:
            continue
        pair = [one.model_copy(update={key: there}), two.model_copy(update={other: here})]
        lines = [*model.first[:at], *pair, *model.first[at + 2 :]]
        yield _set("swap", _at(here, one), _shown(here), _shown(there), model, "first", lines)


def _result(branch: p.Branch) -> tuple[str, Any]:
    return ("then", branch.then) if branch.else_ is None else ("else_", branch.else_)


def of_cells(cells: p.Cells) -> Iterator[Slip]:
    """Two cells beside each other, one for the other."""
    for (one, here), (two, there) in pairwise(cells.root.items()):
        if here != there:
            swapped = {**cells.root, one: there, two: here}
            made = cells.model_copy(update={"root": swapped})
            yield Slip("swap", one, str(one), str(two), made)


def _of_gates(model: p.Model, _: How) -> Iterator[Slip]:
    """A gate left out, or turned round."""
    for key in GATES:
        gate = getattr(model, key, None)
        if gate is not None:
            yield _set("gate", _at(gate, model), key, "", model, key, None)
            turned: Any = p.Not.model_construct(not_=gate)
            yield _set("turned", _at(gate, model), key, "", model, key, turned)


def _of_members(model: p.Count, _: How) -> Iterator[Slip]:
    if model.where is not None:
        yield _set("gate", _at(model.where, model), "where", "", model, "where", None)


def _of_bounds(model: p.Model, _: How) -> Iterator[Slip]:
    for key in BOUNDS:
        bound = getattr(model, key, None)
        if bound is not None:
            yield _set("bound", _at(bound, model), key, "", model, key, None)


def _of_rounding(model: p.Rounding, _: How) -> Iterator[Slip]:
    """To ten times the step or a tenth, and the other ways."""
    for times in (Fraction(10), Fraction(1, 10)):
        other = _times(model.to, times)
        if other is not None:
            yield _set("round", model.to, model.to, other, model, "to", like(other, model.to))
    for way in WAYS:
        if way != model.way:
            yield _set("round", model.to, model.way, way, model, "way", way)


def _times(text: Text, times: Fraction) -> str | None:
    """A number so many times as large, in its unit."""
    number, unit = _split(text)
    try:
        value = Fraction(*read_number(number, pack=True)) * times
    except QuantityError:
        return None
    return f"{decimal_text(value.numerator, 1, value.denominator)} {unit}".strip()


def _of_comparison(model: p.Compared, how: How) -> Iterator[Slip]:
    """Strict for not strict, from above for from below, a label too many, too few or another."""
    bounds = [key for key in STRICT if getattr(model, key) is not None]
    for key in bounds:
        for kind, other in (("strict", STRICT[key]), ("strict", TURNED[key])):
            if getattr(model, other) is None and (other == STRICT[key] or len(bounds) == 1):
                bound = getattr(model, key)
                changed = model.model_copy(update={key: None, other: bound})
                yield Slip(kind, _at(bound, model), key, other, changed)
    if isinstance(model, p.Require) and model.is_ is not None:
        other = "false" if model.is_ == "true" else "true"
        yield _set("truth", model, model.is_, other, model, "is_", other)
    labels = model.in_ or []
    for at, label in enumerate(labels) if len(labels) > 1 else ():
        less = [*labels[:at], *labels[at + 1 :]]
        yield _set("term", label, label, "", model, "in_", less)
    for more in _others(labels, how)[:1]:
        if len(labels) == 1:
            yield _set("label", labels[0], labels[0], more, model, "in_", [more])
        else:
            yield _set("more", labels[-1], labels[-1], more, model, "in_", [*labels, more])


def _others(labels: Sequence[Text], how: How) -> list[Text]:
    """The labels of the same class that are not among these, as long as some stay out."""
    every = next((of for of in how.classes if labels and {*labels} <= {*of}), ())
    left = [like(label, labels[0]) for label in every if label not in labels]
    return left if len(left) > 1 or len(labels) == 1 else []


def _fields(model: p.Model) -> dict[str, Any]:
    return {key: getattr(model, key) for key in (*BOUNDS, "round")}


def _at(value: Any, model: p.Model) -> Any:
    """Where a value stands, or what it stands in."""
    return value if isinstance(value, Text) or place_of(value) != (0, 0) else model


def _shown(term: Any) -> str:
    return str(term) if isinstance(term, Text) else next(iter(type(term).model_fields))


def _set(kind: str, at: Any, before: str, after: str, model: p.Model, key: str, value: Any) -> Slip:
    return Slip(kind, at, str(before), str(after), model.model_copy(update={key: value}))


def like(text: str, old: Text) -> Text:
    """A word where another stands."""
    return Text(text, old.line, old.column)


_OF_MAPS: tuple[tuple[Any, Callable[[Any, How], Iterator[Slip]]], ...] = (
    (p.Compared, _of_comparison),
    (p.All | p.AnyOf, _of_children),
    (p.AtLeast, _of_count),
    (p.Highest | p.Lowest, _of_extreme),
    (p.RatioParts, _of_ratio),
    (p.Less, _of_difference),
    (p.First, _of_lines),
    (p.ProvisionModel | p.AmountModel, _of_gates),
    (p.Count, _of_members),
    (p.Valued | p.AmountModel, _of_bounds),
    (p.Rounding, _of_rounding),
)


# ---- numbers, units and days


def of_word(text: Text, how: How) -> Iterator[Slip]:
    """A number a step lower and higher, in another unit; a day a day earlier and later."""
    if not is_constant(text):
        return
    days = list(days_beside(text))
    for way, day in days:
        yield Slip("day", text, text, day, like(day, text), way)
    for kind, way, other in _numbers(text, how.steps) if not days else ():
        yield Slip(kind, text, text, other, like(other, text), way)


def days_beside(text: str) -> Iterator[tuple[str, str]]:
    """The days before and after a day, with the way."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return
    for way, by in (("-", -1), ("+", 1)):
        yield way, (day + timedelta(days=by)).isoformat()


def _split(text: str) -> tuple[str, str]:
    """A number and its unit."""
    end = next((i for i, c in enumerate(text) if not (c.isdigit() or c in "+-_.")), len(text))
    return text[:end], text[end:].strip()


def _numbers(text: str, steps: int) -> Iterator[tuple[str, str, str]]:
    number, unit = _split(text)
    try:
        value = Fraction(*read_number(number, pack=True))
        own = parse_unit(unit) if unit else None
    except QuantityError:
        return
    places = len(number.partition(".")[2])
    step = steps * (Fraction(1, 10**places) if own is None else Fraction(*own.step))
    for way, other in (("-", value - step), ("+", value + step)):
        if other >= 0:
            shown = decimal_text(other.numerator, 1, other.denominator)
            yield "threshold", way, f"{shown} {unit}".strip()
    if own is None or not value:  # none is none in any unit
        return
    _, slash, rest = unit.partition("/")
    for name in OTHER_UNITS:
        try:
            made = parse_unit(name + slash + rest)
        except QuantityError:
            continue
        if own.id != made.id and same_dimension(own, made):
            yield "unit", "", f"{number} {name}{slash}{rest}"
