"""The slips that an author of a pack may make, one at a time: `mutants(pack)`.

Each is the pack as read with one thing otherwise: a threshold a step higher or lower, `from` for
`more than`, a unit for another of its dimension, `any` for `all`, a term left out, a day for the
next, one more or one fewer of several, yes for no, a gate or a bound left out. What only describes
(words, facts, limits, sources, deadlines, warnings) is left as it is, since no test case can see
it. It knows the format of a pack, and nothing of graphs and cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.constants import is_constant
from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.pack import Pack, PackModel
from tieuchi.engine.quantity import (
    QuantityError,
    decimal_text,
    parse_unit,
    read_number,
    same_dimension,
)
from tieuchi.engine.source import Text


class Mutant(NamedTuple):
    """A pack with one thing otherwise, and what that is."""

    kind: str  # threshold strict unit junction term day number truth gate bound
    owner: str  # the provision, definition or amount; "verdict", "checks", "in_force"
    mark: Mark
    before: str
    after: str
    pack: Pack
    way: str = ""  # of what goes up or down: "+", "-"

    @property
    def place(self) -> tuple[str, Mark, str]:
        """What it is otherwise in, and which way, whatever the step."""
        return self.kind, self.mark, self.way or self.after


class _Slip(NamedTuple):
    """One thing otherwise in a value: what, where, and the value with it."""

    kind: str
    at: Any  # a Text or Model, which have places
    before: str
    after: str
    value: Any
    way: str = ""


STRICT = {"at_least": "more_than", "at_most": "less_than"}
STRICT |= {strict: loose for loose, strict in STRICT.items()}
OTHER_UNITS = ("m2", "ha", "m3", "l", "kg", "t")
GATES = ("applies_when", "unless", "review_when", "when")
BOUNDS = ("floor", "cap")


def mutants(pack: Pack, steps: int = 1) -> Iterator[Mutant]:
    """All the slips, in the order of the pack; thresholds move by so many steps."""
    for owner, slip in _of_pack(pack.model, steps):
        mark = Mark(pack.file, *_place(slip.at))
        changed = pack._replace(model=slip.value)
        yield Mutant(slip.kind, owner, mark, slip.before, slip.after, changed, slip.way)


def _place(at: Any) -> tuple[int, int]:
    if isinstance(at, p.Dated | p.Cells):
        at = next(iter(at.root))
    if isinstance(at, Text):
        return at.line, at.column
    mark = at.mark("")
    return mark.line, mark.column


def _of_pack(model: PackModel, steps: int) -> Iterator[tuple[str, _Slip]]:
    for key, owner in (("in_force", "in_force"), ("verdict", "verdict")):
        for slip in _slips(getattr(model, key), steps):
            yield owner, _within(slip, model, key)
    for at, check in enumerate(model.checks):
        if check.level == "warning":
            continue
        for slip in _slips(check, steps):
            checks = [*model.checks[:at], slip.value, *model.checks[at + 1 :]]
            yield "checks", slip._replace(value=model.model_copy(update={"checks": checks}))
    for key in ("define", "provisions", "amounts"):
        for owner, slip in _named(getattr(model, key), steps):
            yield owner, _within(slip, model, key)


def _within(slip: _Slip, model: p.Model, key: str) -> _Slip:
    return slip._replace(value=model.model_copy(update={key: slip.value}))


def _named(models: Mapping[Text, Any], steps: int) -> Iterator[tuple[str, _Slip]]:
    """The slips of named things, those under a provision by their own names."""
    for name, model in models.items():
        for owner, slip in _of_named(str(name), model, steps):
            yield owner, slip._replace(value={**models, name: slip.value})


def _of_named(name: str, model: Any, steps: int) -> Iterator[tuple[str, _Slip]]:
    children = _children(model)
    for slip in _slips(model, steps):
        yield name, slip
    if children is not None:
        key, under = children
        for owner, slip in _named(under, steps):
            body = model.body.model_copy(update={key: slip.value})
            yield owner, slip._replace(value=model.model_copy(update={"body": body}))


def _children(model: Any) -> tuple[str, Mapping[Text, Any]] | None:
    """The provisions written under one, with the key that they stand under."""
    for key in ("all", "any", "of"):
        under = getattr(getattr(model, "body", None), key, None)
        if isinstance(under, dict):
            return key, under
    return None


# ---- what may be otherwise in a value or condition


def _slips(value: Any, steps: int) -> Iterator[_Slip]:
    """The slips of a value, condition, period or anything made of them."""
    if isinstance(value, Text):
        yield from _of_constant(value, steps)
    elif isinstance(value, p.Dated | p.Cells):
        for slip in _of_map(value.root, steps, days=isinstance(value, p.Dated)):
            yield slip._replace(value=value.model_copy(update={"root": slip.value}))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            for slip in _slips(each, steps):
                yield slip._replace(value=[*value[:at], slip.value, *value[at + 1 :]])
    elif isinstance(value, p.Model) and type(value) is not p.Bilingual:
        yield from _of_model(value, steps)


def _of_map(found: Mapping[Text, Any], steps: int, *, days: bool) -> Iterator[_Slip]:
    """Of what stands under each key; of values by day, of the days too."""
    for key, value in found.items():
        for slip in _slips(value, steps):
            yield slip._replace(value={**found, key: slip.value})
        for way, other in _days(key) if days else ():
            moved = {_like(other, key) if k is key else k: v for k, v in found.items()}
            yield _Slip("day", key, key, other, moved, way)


def _of_model(model: p.Model, steps: int) -> Iterator[_Slip]:
    if isinstance(model, p.Period):
        for key in ("from_", "until"):
            day = getattr(model, key)
            for way, other in _days(day) if day is not None else ():
                yield _set("day", day, day, other, model, key, _like(other, day))._replace(way=way)
        return
    yield from _whole(model)
    for key in _read(model):
        part = getattr(model, key)
        if key == "weighted":
            for slip in _of_map(part, steps, days=False):
                yield _within(slip, model, key)
        elif _is_condition(model, key):
            for slip in _of_conditions(part, steps):
                yield _within(slip, model, key)
        elif not isinstance(part, dict):
            for slip in _slips(part, steps):
                yield _within(slip, model, key)


def _is_condition(model: p.Model, key: str) -> bool:
    """Whether a condition stands there, in which a word is a name, even one like `7.2`."""
    if key == "body":
        return isinstance(model, p.ProvisionModel | p.Verdict | p.CheckModel)
    return key in CONDITIONS or (key == "of" and isinstance(model, p.AtLeast))


def _of_conditions(part: Any, steps: int) -> Iterator[_Slip]:
    if isinstance(part, list):
        for at, each in enumerate(part):
            for slip in _of_conditions(each, steps):
                yield slip._replace(value=[*part[:at], slip.value, *part[at + 1 :]])
    elif isinstance(part, p.Model):
        yield from _slips(part, steps)


CONDITIONS = ("all", "any", "not_", "when", "where", "applies_when", "unless", "review_when")
TOLD = frozenset(("in_", "is_", "by", "count", "to", "way", "level", "labels", "unit", "up_to"))
WORDS = frozenset(p.Worded.model_fields) | {"review", "deadline", "pace", "not_encoded", "about"}


def _read(model: p.Model) -> Iterator[str]:
    """The keys of a model under which something may be otherwise."""
    for key in type(model).model_fields:
        of_words = key in WORDS and isinstance(model, p.Worded | p.Verdict | p.Bilingual)
        own = key in TOLD and not (key == "by" and isinstance(model, p.Divide))
        number = key == "at_least" and isinstance(model, p.AtLeast)
        if not (of_words or own or number or isinstance(model, p.Rounding | p.Span)):
            yield key


def _whole(model: p.Model) -> Iterator[_Slip]:
    """What may be otherwise in a map as a whole."""
    if isinstance(model, p.Compared):
        yield from _of_comparison(model)
    if isinstance(model, p.All | p.AnyOf):
        yield from _of_junction(model)
    if isinstance(model, p.AtLeast) and model.at_least.isdigit():
        for number in (int(model.at_least) - 1, int(model.at_least) + 1):
            new = _like(str(number), model.at_least)
            yield _set("number", model.at_least, model.at_least, new, model, "at_least", new)
    if isinstance(model, p.Highest | p.Lowest):
        name, other = (
            ("highest", "lowest") if isinstance(model, p.Highest) else ("lowest", "highest")
        )
        made = (p.Lowest if other == "lowest" else p.Highest).model_construct(
            **{**_fields(model), other: getattr(model, name)}
        )
        yield _Slip("junction", model, name, other, made)
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
    for key in GATES if isinstance(model, p.ProvisionModel | p.AmountModel) else ():
        gate = getattr(model, key, None)
        if gate is not None:
            yield _set("gate", _at(gate, model), key, "", model, key, None)
    if isinstance(model, p.Count) and model.where is not None:
        yield _set("gate", _at(model.where, model), "where", "", model, "where", None)
    for key in BOUNDS if isinstance(model, p.Valued | p.AmountModel) else ():
        bound = getattr(model, key, None)
        if bound is not None:
            yield _set("bound", _at(bound, model), key, "", model, key, None)


def _of_comparison(model: p.Compared) -> Iterator[_Slip]:
    for key, other in STRICT.items():
        bound = getattr(model, key)
        if bound is not None and getattr(model, other) is None:
            changed = model.model_copy(update={key: None, other: bound})
            yield _Slip("strict", _at(bound, model), key, other, changed)
    if isinstance(model, p.Require) and model.is_ is not None:
        other = "false" if model.is_ == "true" else "true"
        yield _set("truth", model, model.is_, other, model, "is_", other)
    labels = model.in_ or []
    for at, label in enumerate(labels) if len(labels) > 1 else ():
        less = [*labels[:at], *labels[at + 1 :]]
        yield _set("term", label, label, "", model, "in_", less)


def _of_junction(model: p.All | p.AnyOf) -> Iterator[_Slip]:
    name, other = ("all", "any") if isinstance(model, p.All) else ("any", "all")
    children = getattr(model, name)
    if len(children) > 1:
        kind = p.AnyOf if other == "any" else p.All
        made: Any = kind.model_construct(**{other: children})
        made._line, made._column = _place(model)  # noqa: SLF001 - our own
        yield _Slip("junction", model, name, other, made)


def _fields(model: p.Model) -> dict[str, Any]:
    return {key: getattr(model, key) for key in (*BOUNDS, "round")}


def _at(value: Any, model: p.Model) -> Any:
    """Where a value stands, or what it stands in."""
    return value if isinstance(value, Text) or _place(value) != (0, 0) else model


def _shown(term: Any) -> str:
    return str(term) if isinstance(term, Text) else next(iter(type(term).model_fields))


def _set(
    kind: str, at: Any, before: str, after: str, model: p.Model, key: str, value: Any
) -> _Slip:
    return _Slip(kind, at, str(before), str(after), model.model_copy(update={key: value}))


def _like(text: str, old: Text) -> Text:
    return Text(text, old.line, old.column)


# ---- numbers, units and days


def _of_constant(text: Text, steps: int) -> Iterator[_Slip]:
    """A number a step lower and higher, in another unit; a day a day earlier and later."""
    if not is_constant(text):
        return
    days = list(_days(text))
    for way, day in days:
        yield _Slip("day", text, text, day, _like(day, text), way)
    for kind, way, other in _numbers(text, steps) if not days else ():
        yield _Slip(kind, text, text, other, _like(other, text), way)


def _days(text: str) -> Iterator[tuple[str, str]]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return
    for way, by in (("-", -1), ("+", 1)):
        yield way, (day + timedelta(days=by)).isoformat()


def _numbers(text: str, steps: int) -> Iterator[tuple[str, str, str]]:
    end = next((i for i, c in enumerate(text) if not (c.isdigit() or c in "+-_.")), len(text))
    number, unit = text[:end], text[end:].strip()
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
