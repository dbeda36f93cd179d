"""What pydantic finds wrong with the shape of a document, as diagnostics with their places.

pydantic says where by the path it took through the models (`loc`), in which tags of unions and keys
that a model moved stand beside what the file has. So the models are walked along that path together
with the raw document: the document gives the place, the models what could have stood there.
Knows of pydantic and of the reader's nodes, nothing of what a pack or a case means.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag, ValidationError
from pydantic_core import ErrorDetails

from tieuchi.engine.codes import CODES
from tieuchi.engine.diagnostic import Diagnostic, Mark, near, problem
from tieuchi.engine.source import Map, Node, Seq, Text, is_bare

MOVED: Final = "body"
"""The key under which a model puts what it takes apart; it stands in no file."""
LISTED: Final = "list["
"""How pydantic's tag begins for the list, in a type that is one model or a list of them."""

_EXPECTED: Final = {
    "model_type": "map",
    "model_attributes_type": "map",
    "dict_type": "map",
    "list_type": "list",
    "string_type": "text",
    "is_instance_of": "text",
}


def from_pydantic(
    error: ValidationError, document: Map, file: str, model: type[BaseModel]
) -> list[Diagnostic]:
    """All the faults that `model` found in `document`, in the order in which it found them."""
    return [each.what for each in findings(error, document, file, model)]


def findings(
    error: ValidationError, document: Map, file: str, model: type[BaseModel]
) -> list["Finding"]:
    """The same faults, each with what it is about."""
    walked = (
        (found, _walk(model, found["loc"], document))
        for found in error.errors(include_url=False, include_input=False)
    )
    return [
        Finding(_diagnostic(found, place, file), found["type"], str(found["loc"][-1]), place)
        for found, place in walked
        if place is not None
    ]


@dataclass(slots=True)
class Place:
    """How far a path leads: the node reached, the key right before it, and the type expected there.

    `name` is the last key on the way, `holder` the type of the map in which the path ended, `steps`
    the maps and lists of the document on the way, each with the key or index taken from it.
    """

    node: Node
    key: Text | None
    name: str
    type: Any
    holder: Any
    steps: list[tuple[Map | Seq, Any]] = field(default_factory=list)


class Finding(NamedTuple):
    """One fault, what pydantic calls it, the last part of its path, and the place."""

    what: Diagnostic
    kind: str
    last: str
    place: Place


def _walk(model: type[BaseModel], loc: tuple[int | str, ...], document: Map) -> Place | None:
    """The place of `loc`; None where it is of a form that the document does not have there."""
    place = Place(document, None, "", model, model)
    for part in loc:
        members = tagged(place.type)
        if members is not None:
            if LISTED in members:  # one, or a list of them: only what the file has is looked at
                tag = LISTED if str(part).startswith(LISTED) else ""
                if (tag == LISTED) is not isinstance(place.node, Seq):
                    return None
            else:
                tag = str(part)
            place.type = members.get(tag, Any)
            continue
        if part != MOVED:
            place.holder = place.type
        place.type = _member(place.type, part)
        if isinstance(place.node, Map) and str(part) in place.node:
            place.key = place.node.key(str(part))
            place.name = place.key
            place.steps.append((place.node, place.key))
            place.node = place.node[place.key]
        elif isinstance(place.node, Seq) and isinstance(part, int):
            place.steps.append((place.node, part))
            place.node, place.key = place.node[part], None
    return place


def _diagnostic(found: ErrorDetails, place: Place, file: str) -> Diagnostic:
    kind, facts = found["type"], dict(found.get("ctx", {}))
    name = place.name
    here = _mark(place.node, file)
    key = here if place.key is None else _mark(place.key, file)
    if kind in CODES:
        return problem(kind, here, **facts)
    if kind == "extra_forbidden":
        close = near(name, _keys(place.holder))
        remedy = None if close or not is_bare(place.key, place.node) else "mend-comma"
        return problem("key-unknown", key, remedy, key=name, near=close)
    if kind == "missing":
        missing = found["loc"][-1]
        if missing == MOVED:
            return problem("meaning-missing", key, name=name)
        return problem("key-missing", key, key=missing)
    if kind in _EXPECTED or kind.startswith("union_tag"):
        return _wrong_type(kind, place, name, here)
    if kind == "literal_error":
        choices = [str(choice) for choice in literals(place.type)]
        if not isinstance(place.node, Text):
            return _wrong_type("string_type", place, name, here)
        shown = ", ".join(f"`{choice}`" for choice in choices)
        close = near(place.node, choices)
        return problem("choice-unknown", here, given=place.node, choices=shown, near=close)
    if kind in {"too_short", "too_long"}:
        wanted = facts.get("min_length", facts.get("max_length"))
        given = facts["actual_length"]
        return problem("length-wrong", here, key=name, given=given, expected=wanted)
    raised: Any = facts.get("error")
    if getattr(raised, "code", None) in CODES:
        return problem(raised.code, here, **raised.facts)
    return problem("shape-wrong", here, reason=found["msg"])


def _wrong_type(kind: str, place: Place, name: str, here: Mark) -> Diagnostic:
    """Something of another type than expected, or a map in which no known key stands."""
    tags = tagged(place.type) or {}
    if isinstance(place.node, Map) and kind.startswith("union_tag") and place.node:
        words = [key for key in tags if key not in {"name", "scalar", "dated", "same"}]
        first = next(iter(place.node))
        close = near(first, words)
        if close is not None:
            return problem(
                "key-unknown", Mark(here.file, first.line, first.column), key=first, near=close
            )
        return problem("form-unknown", here)
    if kind.startswith("union_tag"):
        expected = "children" if "under" in tags else "condition" if "name" in tags else "value"
        expected = "list" if "several" in tags else expected
    else:
        expected = "words" if {*fields_of(place.type)} == {"vi", "en"} else _EXPECTED[kind]
    return problem("key-wrong-type", here, key=name, given=_given(place.node), expected=expected)


def _given(node: Node) -> str:
    if isinstance(node, Text):
        return "text" if node or not node.plain else "nothing"
    return "list" if isinstance(node, Seq) else "map"


def _mark(node: Node, file: str) -> Mark:
    return Mark(file, node.line, node.column)


# ---- the types along a path


def bare(kind: Any) -> Any:
    """A type without `Annotated` (but for a union told apart by tags) and without `None`."""
    return peeled(kind)[0]


def peeled(kind: Any) -> tuple[Any, list[Any]]:
    """A bare type, and what was said of it on the way there."""
    said: list[Any] = []
    while True:
        if get_origin(kind) is Annotated and not _discriminated(kind):
            kind, *more = get_args(kind)
            said += more
        elif get_origin(kind) in {Union, UnionType}:
            members = [member for member in get_args(kind) if member is not NoneType]
            if len(members) != 1:
                return kind, said
            kind = members[0]
        else:
            return kind, said


def _discriminated(kind: Any) -> bool:
    return any(isinstance(each, Discriminator) for each in get_args(kind)[1:])


def tagged(kind: Any) -> dict[str, Any] | None:
    """The members of a union by the tag that stands in a path, None where no tag stands.

    A union without a discriminator is one model or a list of them, under "" and `LISTED`.
    """
    kind = bare(kind)
    if get_origin(kind) is Annotated:
        members = get_args(get_args(kind)[0])
        return {
            each.tag: member
            for member in members
            for each in get_args(member)[1:]
            if isinstance(each, Tag)
        }
    if get_origin(kind) in {Union, UnionType}:
        return {LISTED if get_origin(each) is list else "": each for each in get_args(kind)}
    return None


def _member(kind: Any, part: int | str) -> Any:
    """The type of what stands under `part` in a map or list of this type."""
    kind = bare(kind)
    if get_origin(kind) in {dict, list}:
        return get_args(kind)[-1]
    return fields_of(kind).get(str(part), Any)


def fields_of(kind: Any) -> dict[str, Any]:
    """The type of each key that a model takes, as it is called in a file."""
    kind = bare(kind)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    kind.model_rebuild()  # else types written before they were defined are still only names
    return {
        info.alias or name: Annotated[(info.annotation, info, *info.metadata)]
        for name, info in kind.model_fields.items()
    }


def _keys(kind: Any) -> Iterable[str]:
    """All the keys that may stand in a map of this type, those it moves included."""
    moved: frozenset[str] = getattr(bare(kind), "inner", frozenset())
    return sorted({*fields_of(kind), *moved} - ({MOVED} if moved else set()))


def literals(kind: Any) -> tuple[Any, ...]:
    """The words that a type takes, where it takes none but these."""
    kind = bare(kind)
    return get_args(kind) if get_origin(kind) is Literal else ()
