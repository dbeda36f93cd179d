"""The format of a pack: pydantic models from the document that `source` read.

Only shape is judged here: which keys stand where, and which must. Scalars stay the file's own words
with their places (`Text`); what a word names, which unit it has and which day counts is `compile`'s
business. A value or condition may stand in the same map as its owner's other keys (`require:`
beside `cite:`), so those keys are taken apart into `body` before the model is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    InstanceOf,
    ModelWrapValidatorHandler,
    PrivateAttr,
    RootModel,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark
from tieuchi.engine.salvage import Wound, salvage
from tieuchi.engine.source import Map, Text


@dataclass(frozen=True, slots=True)
class Form:
    """How a word is written, for whoever describes the format; the loader reads it itself."""

    name: str


Word = InstanceOf[Text]
Scalar = Annotated[Word, Form("value")]  # a number with its unit, a name, a day or a label
Number = Annotated[Word, Form("number")]  # with or without a unit
Whole = Annotated[Word, Form("whole")]
Day = Annotated[Word, Form("day")]
UnitName = Annotated[Word, Form("unit")]
Moment = Annotated[Word, Form("moment")]  # `as_of`, a day or the name of one
Name = Annotated[Word, Form("name")]  # of what is defined anywhere, or in another pack
Id = Annotated[Word, Form("id")]  # which names something
FactId = Annotated[Word, Form("fact-id")]
Grade = Annotated[Word, Form("grade")]

COMPARISONS = ("at_least", "more_than", "at_most", "less_than", "equals", "in", "is")
VALUE_WORDS = (
    "sum",
    "weighted",
    "less",
    "times",
    "share",
    "ratio",
    "highest",
    "lowest",
    "divide",
    "count",
    "table",
    "first",
    "years",
    "months",
    "days",
)
VALUE_KEYS = frozenset((*VALUE_WORDS, "of", "by", "where", "floor", "cap", "round"))
CONDITION_WORDS = ("require", "all", "any", "at_least", "not", "activity")
CONDITION_KEYS = frozenset((*CONDITION_WORDS, "of"))


class Model(BaseModel):
    """A map of the file, with its place; `inner` are the keys that it keeps under `body`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    inner: ClassVar[frozenset[str]] = frozenset()
    _line: int = PrivateAttr(default=0)
    _column: int = PrivateAttr(default=0)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, data: Any, handler: ModelWrapValidatorHandler[Model]) -> Model:
        if isinstance(data, Map):
            data = cls._taken(data)
        model = handler(data)
        if isinstance(data, Map):
            model._line, model._column = data.line, data.column  # noqa: SLF001 - our own
        return model

    @classmethod
    def _taken(cls, data: Map) -> Map:
        """The map with what belongs to `body` moved there."""
        return _taken_apart(data, cls.inner) if cls.inner else data

    def mark(self, file: str) -> Mark:
        """Where the map begins."""
        return Mark(file, self._line, self._column)


def _taken_apart(data: Map, inner: frozenset[str]) -> Map:
    """`data` with the keys of its value or condition moved into a map under `body`."""
    own, body = Map(), Map()
    for each in (own, body):
        each.line, each.column = data.line, data.column
    for key, value in data.items():
        (body if key in inner else own)[key] = value
    if body:
        own[Text("body")] = body
    return own


class Bilingual(Model):
    """A text in both languages."""

    vi: Word
    en: Word


def _value_tag(value: Any) -> str | None:
    if isinstance(value, Text):
        return "scalar"
    if not isinstance(value, Mapping) or not value:
        return None
    if all(key[:1].isdigit() for key in value):
        return "dated"
    return next((w for w in VALUE_WORDS if w in value), "same" if "of" in value else None)


class Rounding(Model):
    """`round: {to: 1_000 đồng, way: down}`: the step and the way, both always said."""

    to: Number
    way: Literal["down", "up", "half_up"]


class Valued(Model):
    """A value with what may stand beside it, applied in this order."""

    floor: Value | None = None
    cap: Value | None = None
    round: Rounding | None = None


class Same(Valued):
    """`{of: name}`, to put a floor, cap or rounding on it."""

    of: Value


class Each(Model):
    """`{each: value, of: list}`: the values of all members of a list."""

    each: Value
    of: Name


class Sum(Valued):
    sum: Terms


class Weighted(Valued):
    weighted: Annotated[dict[Name, Value], Field(min_length=1)]


class Less(Valued):
    less: Annotated[list[Value], Field(min_length=2, max_length=2)]


class Times(Valued):
    times: Annotated[list[Value], Field(min_length=2, max_length=2)]


class Share(Valued):
    share: Value
    of: Value


class RatioParts(Model):
    of: Value
    per: Value


class Ratio(Valued):
    ratio: RatioParts


class Highest(Valued):
    highest: Annotated[list[Value], Field(min_length=1)]


class Lowest(Valued):
    lowest: Annotated[list[Value], Field(min_length=1)]


class Divide(Valued):
    divide: Value
    by: Number


class Count(Valued):
    count: Name
    where: Condition | None = None


class Dated(RootModel[dict[Day, "Value"]]):
    """A value by the day from which each holds."""


class Cells(RootModel[dict[Word, "Cell"]]):
    """The cells of a table by label; nested where it has several keys."""


class TableModel(Model):
    by: Name | Annotated[list[Name], Field(min_length=1)]
    body: Cells

    @classmethod
    def _taken(cls, data: Map) -> Map:
        return _taken_apart(data, frozenset(data) - {"by"})


class Table(Valued):
    table: TableModel


class Compared(Model):
    """What a value may be compared with."""

    at_least: Value | None = None
    more_than: Value | None = None
    at_most: Value | None = None
    less_than: Value | None = None
    equals: Value | None = None
    in_: list[Word] | None = Field(default=None, alias="in", min_length=1)


class Branch(Compared):
    """One line of `first`: a test of `of` or a condition, and what follows; or the `else`."""

    when: Condition | None = None
    then: Value | None = None
    else_: Value | None = Field(default=None, alias="else")

    @model_validator(mode="after")
    def _one_form(self) -> Branch:
        tests = any(getattr(self, "in_" if c == "in" else c, None) is not None for c in COMPARISONS)
        forms = (self.else_ is not None, self.when is not None, tests)
        if sum(forms) != 1 or (self.then is None) is (self.else_ is None):
            raise PydanticCustomError("branch-form", "branch", {})
        return self


class First(Valued):
    first: Annotated[list[Branch], Field(min_length=1)]
    of: Value | None = None


class Span(Model):
    from_: Moment = Field(alias="from")
    to: Moment


class Elapsed(Valued):
    years: Span | None = None
    months: Span | None = None
    days: Span | None = None


class Require(Compared):
    """A comparison of a value."""

    inner: ClassVar[frozenset[str]] = VALUE_KEYS
    body: Value
    is_: Literal["true", "false"] | None = Field(default=None, alias="is")


class Required(Model):
    require: Require


class All(Model):
    all: Children


class AnyOf(Model):
    any: Children


class AtLeast(Model):
    at_least: Whole
    of: Children


class Not(Model):
    not_: Condition = Field(alias="not")


class Activity(Model):
    activity: Name


def _condition_tag(value: Any) -> str | None:
    if isinstance(value, Text):
        return "name"
    if not isinstance(value, Mapping):
        return None
    return next((w for w in CONDITION_WORDS if w in value), None)


def _children_tag(value: Any) -> str | None:
    return "under" if isinstance(value, Mapping) else "named" if isinstance(value, list) else None


def _terms_tag(value: Any) -> str | None:
    return "each" if isinstance(value, Mapping) else "several" if isinstance(value, list) else None


Value = Annotated[
    Annotated[Scalar, Tag("scalar")]
    | Annotated["Dated", Tag("dated")]
    | Annotated["Same", Tag("same")]
    | Annotated["Sum", Tag("sum")]
    | Annotated["Weighted", Tag("weighted")]
    | Annotated["Less", Tag("less")]
    | Annotated["Times", Tag("times")]
    | Annotated["Share", Tag("share")]
    | Annotated["Ratio", Tag("ratio")]
    | Annotated["Highest", Tag("highest")]
    | Annotated["Lowest", Tag("lowest")]
    | Annotated["Divide", Tag("divide")]
    | Annotated["Count", Tag("count")]
    | Annotated["Table", Tag("table")]
    | Annotated["First", Tag("first")]
    | Annotated["Elapsed", Tag("years")]
    | Annotated["Elapsed", Tag("months")]
    | Annotated["Elapsed", Tag("days")],
    Discriminator(_value_tag),
]
Condition = Annotated[
    Annotated[Name, Tag("name")]
    | Annotated["Required", Tag("require")]
    | Annotated["All", Tag("all")]
    | Annotated["AnyOf", Tag("any")]
    | Annotated["AtLeast", Tag("at_least")]
    | Annotated["Not", Tag("not")]
    | Annotated["Activity", Tag("activity")],
    Discriminator(_condition_tag),
]
Terms = Annotated[
    Annotated[Annotated[list[Value], Field(min_length=1)], Tag("several")]
    | Annotated["Each", Tag("each")],
    Discriminator(_terms_tag),
]
Children = Annotated[
    Annotated["dict[Id, ProvisionModel]", Tag("under")] | Annotated[list[Condition], Tag("named")],
    Discriminator(_children_tag),
]


def _is_condition(value: Any) -> bool:
    return isinstance(value, Mapping) and any(w in value for w in CONDITION_WORDS)


def _body_tag(value: Any) -> str:
    return "condition" if _is_condition(value) else "value"


def _cell_tag(value: Any) -> str:
    return "nested" if isinstance(value, Map) and _value_tag(value) is None else "value"


Cell = Annotated[
    Annotated[Value, Tag("value")] | Annotated["Cells", Tag("nested")], Discriminator(_cell_tag)
]
Meaning = Annotated[
    Annotated[Value, Tag("value")] | Annotated[Condition, Tag("condition")],
    Discriminator(_body_tag),
]


class Period(Model):
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class SourceModel(Model):
    title: Bilingual
    date: Day | None = None
    grade: Grade | None = None


class Timely(Bilingual):
    """A text that is shown on some days only, where it says which."""

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class ProgressLabel(Model):
    is_: Word | None = Field(default=None, alias="is")
    contains: Word | None = None
    means: list[Literal["exceeded", "met", "on_track", "behind", "missed", "undetermined"]]


class FactModel(Bilingual):
    kind: Literal["quantity", "yes_no", "class", "date", "list", "text"] = "quantity"
    unit: UnitName | None = None
    min: Number | None = None
    max: Number | None = None
    step: Number | None = None
    else_: Name | None = Field(default=None, alias="else")
    when_complete: Literal["zero", "open"] | None = None
    label: Bilingual | None = None
    labels: dict[Word, Bilingual] | None = None
    fields: dict[FactId, FactModel] | None = None
    ask: Bilingual | None = None
    fixed: Bilingual | None = None
    grows: Literal["true", "false"] = "false"
    notes: list[Bilingual] = []


class Misprinted(Model):
    printed: Word
    read: Word


class Worded(Model):
    """What states something of the law: its citation, words, source and grade."""

    vi: Word | None = None
    en: Word | None = None
    cite: Bilingual | None = None
    quote: Word | None = None
    read_in: Name | None = None
    source: Name | None = None
    grade: Grade | None = None
    notes: list[Timely] = []
    misprint: Misprinted | list[Misprinted] | None = None


class ProvisionModel(Worded):
    inner: ClassVar[frozenset[str]] = CONDITION_KEYS
    in_force: Period | None = None
    applies_when: Condition | None = None
    unless: Condition | None = None
    review_when: Condition | None = None
    review: Bilingual | None = None
    deadline: Day | None = None
    pace: Literal["cumulative"] | None = None
    not_encoded: Bilingual | None = None
    body: Condition | None = None


class DefinitionModel(Worded):
    inner: ClassVar[frozenset[str]] = VALUE_KEYS | CONDITION_KEYS
    labels: dict[Word, Bilingual] | None = None
    unit: UnitName | None = None
    for_: Name | None = Field(default=None, alias="for")
    body: Meaning


class AmountModel(Worded):
    inner: ClassVar[frozenset[str]] = VALUE_KEYS
    when: Condition | None = None
    up_to: Literal["true", "false"] = "false"
    in_force: Period | None = None
    body: Value


class CheckModel(Bilingual):
    inner: ClassVar[frozenset[str]] = CONDITION_KEYS
    level: Literal["error", "warning"]
    body: Condition


class Verdict(Model):
    inner: ClassVar[frozenset[str]] = CONDITION_KEYS
    about: Bilingual | None = None
    body: Condition


class PackModel(Model):
    """A whole pack."""

    pack: Id
    kind: Literal["subsidy", "standard", "criterion", "plan"]
    cite: Bilingual
    title: Bilingual
    place: Word | None = None
    in_force: Period | None = None
    period: Period | None = None
    successor: Bilingual | None = None
    verdict: Verdict | None = None
    sources: dict[Id, SourceModel] = {}
    source: Name | None = None
    grade: Grade | None = None
    limits: list[Timely] = []
    notes: list[Timely] = []
    activities: dict[Id, Bilingual] = {}
    labels: list[ProgressLabel] = []
    use: dict[Id, Name] = {}
    facts: dict[FactId, FactModel] = {}
    checks: list[CheckModel] = []
    define: dict[Id, DefinitionModel] = {}
    provisions: dict[Id, ProvisionModel] = {}
    amounts: dict[Id, AmountModel] = {}


class Pack(NamedTuple):
    """A pack as read: its model, the file it came from (as faults show it) and its digest."""

    model: PackModel
    file: str
    digest: str
    wounds: frozenset[Wound] = frozenset()  # of one with mistakes: places that lack something now
    lost: frozenset[str] = frozenset()  # and names that went with what was taken out

    @property
    def id(self) -> str:
        """Its name."""
        return str(self.model.pack)

    def lacks(self, at: Text | Model) -> bool:
        """Whether something was taken out of a map, or of the map that a word names."""
        if isinstance(at, Text):
            return (at.line, at.column, True) in self.wounds
        _, line, column = at.mark(self.file)
        return (line, column, False) in self.wounds


def read_pack(document: Map, file: str, digest: str) -> Pack:
    """A pack from its document. Raises `Faults` with all that is wrong in its shape."""
    pack, faults = pack_left(document, file, digest)
    if pack is None or faults:
        raise Faults(faults)
    return pack


def pack_left(
    document: Map, file: str, digest: str, lost: Iterable[str] = ()
) -> tuple[Pack | None, list[Diagnostic]]:
    """What is left of a pack, and what is wrong in its shape; `lost` are names gone before."""
    model, faults, wounds, gone = salvage(PackModel, document, file)
    pack = None if model is None else Pack(model, file, digest, wounds, gone | {*lost})
    return pack, faults
