"""The slips that an author of a pack may make, one at a time: `mutants(pack)`.

Each is the pack as read with one thing otherwise: a threshold a step higher or lower, `from` for
`more than` or for `to`, a unit for another of its dimension, `any` for `all`, a term left out, a
day for the next, one more or one fewer of several, yes for no, another label, two cells or results
for each other, a rounding otherwise, a gate, a bound or a check left out. What only describes
(words, facts, limits, sources, deadlines) is left as it is, since no test case can see
it. It knows the format of a pack, and nothing of graphs and cases; `slips` has what may be
otherwise in one word or map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Mark
from tieuchi.engine.mutation.slips import (
    How,
    Slip,
    days_beside,
    like,
    of_cells,
    of_map,
    of_word,
    place_of,
)
from tieuchi.engine.pack import Pack, PackModel
from tieuchi.engine.source import Text


class Mutant(NamedTuple):
    """A pack with one thing otherwise, and what that is."""

    kind: str  # threshold strict unit junction term day number truth label more swap
    # round gate turned bound check
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


def mutants(pack: Pack, steps: int = 1) -> Iterator[Mutant]:
    """All the slips, in the order of the pack; thresholds move by so many steps."""
    how = How(steps, tuple(_classes(pack.model)))
    for owner, slip in _of_pack(pack.model, how):
        mark = Mark(pack.file, *place_of(slip.at))
        changed = pack._replace(model=slip.value)
        yield Mutant(slip.kind, owner, mark, slip.before, slip.after, changed, slip.way)


def _classes(model: PackModel) -> Iterator[tuple[str, ...]]:
    """The labels of each class of a pack."""
    of_facts = [fact.labels for fact in model.facts.values()]
    for labels in [*of_facts, *(define.labels for define in model.define.values())]:
        yield tuple(labels or ())


def _of_pack(model: PackModel, how: How) -> Iterator[tuple[str, Slip]]:
    for key, owner in (("in_force", "in_force"), ("verdict", "verdict")):
        for slip in _slips(getattr(model, key), how):
            yield owner, _within(slip, model, key)
    for at, check in enumerate(model.checks):
        before, after = model.checks[:at], model.checks[at + 1 :]
        for slip in _slips(check, how):
            checks = [*before, slip.value, *after]
            yield "checks", slip._replace(value=model.model_copy(update={"checks": checks}))
        less = model.model_copy(update={"checks": [*before, *after]})
        yield "checks", Slip("check", check, "", "", less)
    for key in ("define", "provisions", "amounts"):
        for owner, slip in _named(getattr(model, key), how):
            yield owner, _within(slip, model, key)


def _within(slip: Slip, model: p.Model, key: str) -> Slip:
    return slip._replace(value=model.model_copy(update={key: slip.value}))


def _named(models: Mapping[Text, Any], how: How) -> Iterator[tuple[str, Slip]]:
    """The slips of named things, those under a provision by their own names."""
    for name, model in models.items():
        for owner, slip in _of_named(str(name), model, how):
            yield owner, slip._replace(value={**models, name: slip.value})


def _of_named(name: str, model: Any, how: How) -> Iterator[tuple[str, Slip]]:
    children = _children(model)
    for slip in _slips(model, how):
        yield name, slip
    if children is not None:
        key, under = children
        for owner, slip in _named(under, how):
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


def _slips(value: Any, how: How) -> Iterator[Slip]:
    """The slips of a value, condition, period or anything made of them."""
    if isinstance(value, Text):
        yield from of_word(value, how)
    elif isinstance(value, p.Dated | p.Cells):
        for slip in _of_keys(value.root, how, days=isinstance(value, p.Dated)):
            yield slip._replace(value=value.model_copy(update={"root": slip.value}))
        if isinstance(value, p.Cells):
            yield from of_cells(value)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            for slip in _slips(each, how):
                yield slip._replace(value=[*value[:at], slip.value, *value[at + 1 :]])
    elif isinstance(value, p.Model) and type(value) is not p.Bilingual:
        yield from _of_model(value, how)


def _of_keys(found: Mapping[Text, Any], how: How, *, days: bool) -> Iterator[Slip]:
    """Of what stands under each key; of values by day, of the days too."""
    for key, value in found.items():
        for slip in _slips(value, how):
            yield slip._replace(value={**found, key: slip.value})
        for way, other in days_beside(key) if days else ():
            moved = {like(other, key) if k is key else k: v for k, v in found.items()}
            yield Slip("day", key, key, other, moved, way)


def _of_model(model: p.Model, how: How) -> Iterator[Slip]:
    if isinstance(model, p.Period):
        for key in ("from_", "until"):
            day = getattr(model, key)
            for way, other in days_beside(day) if day is not None else ():
                changed = model.model_copy(update={key: like(other, day)})
                yield Slip("day", day, day, other, changed, way)
        return
    yield from of_map(model, how)
    for key in _read(model):
        part = getattr(model, key)
        if key == "weighted":
            for slip in _of_keys(part, how, days=False):
                yield _within(slip, model, key)
        elif _is_condition(model, key):
            for slip in _of_conditions(part, how):
                yield _within(slip, model, key)
        elif not isinstance(part, dict):
            for slip in _slips(part, how):
                yield _within(slip, model, key)


def _is_condition(model: p.Model, key: str) -> bool:
    """Whether a condition stands there, in which a word is a name, even one like `7.2`."""
    if key == "body":
        return isinstance(model, p.ProvisionModel | p.Verdict | p.CheckModel)
    return key in CONDITIONS or (key == "of" and isinstance(model, p.AtLeast))


def _of_conditions(part: Any, how: How) -> Iterator[Slip]:
    if isinstance(part, list):
        for at, each in enumerate(part):
            for slip in _of_conditions(each, how):
                yield slip._replace(value=[*part[:at], slip.value, *part[at + 1 :]])
    elif isinstance(part, p.Model):
        yield from _slips(part, how)


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
