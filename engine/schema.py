"""The format of packs and of their test files as a JSON Schema, for editors that take one.

It is drawn from the pydantic models by which packs are read: keys, lists of words and what must
stand are theirs, what an editor says of a key is of `phrases_pack`. In `_RULES` stand the few rules
that are not shape but that one map alone can show broken. Draft 7: the language server for YAML
understands all of it, and says of each rule used here which key is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from tieuchi.engine import pack as p
from tieuchi.engine import phrases_pack as say
from tieuchi.engine.compile.conditions import LOWER, UPPER
from tieuchi.engine.pack_test import CASES, KEYS, NEEDED, REFUSED, SUITE
from tieuchi.engine.quantity import unit_ids, unit_spellings
from tieuchi.engine.shape import MOVED, fields_of, literals, peeled, tagged
from tieuchi.engine.truth import Status
from tieuchi.engine.words import Words

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
FILES: Final = {"pack": "pack.schema.json", "test": "test.schema.json"}
"""What the files are called, at the root of a tree of packs."""
Schema = dict[str, Any]

_WORD: Final = ["string", "number", "boolean"]  # to YAML; to the loader each is text
_NUMBER = r"[+-]?(?:\d+|(?!0_)\d{1,3}(?:_\d{3})+)(?:\.\d+)?"
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_NAME = r"[^\s/]+(?:/[^\s/]+)?"
_LABEL = r"\d+[-_][A-Za-z][\w-]*"  # one that begins with a digit


def schema_text(of: str, *, ascii_only: bool = False) -> str:
    """The schema of a `pack` or of a `test` file, as it stands in the tree of packs."""
    made = pack_schema() if of == "pack" else suite_schema()
    return json.dumps(made, ensure_ascii=ascii_only, indent=1) + "\n"


def pack_schema() -> Schema:
    """The schema of a pack."""
    writer = _Writer()
    top = writer.map_of(p.PackModel)
    return {"$schema": DRAFT, **_said(say.PACK), **top, "definitions": writer.definitions}


def suite_schema() -> Schema:
    """The schema of a file of test cases."""
    word, words = {"type": _WORD}, {"type": "array", "items": {"type": _WORD}}
    outcome = {"enum": [*map(str, Status), None]}
    types: dict[str, Schema] = {
        "cases": {"type": "array", "items": {"$ref": "#/definitions/case"}},
        "given": {"type": "object"},
        "expect": {"type": "object", "properties": {REFUSED: {"enum": [True]}},
                   "additionalProperties": {"anyOf": [
            {**outcome, "type": ["string", "null"]},
            {"type": "object", "properties": {"status": outcome}, "minProperties": 1},
        ]}},
        "complete": {"type": "boolean"},
        "activities": words,
        "decimal": {"enum": ["comma", "point"]},
    }  # fmt: skip

    def map_(keys: Iterable[str], required: Iterable[str]) -> Schema:
        properties = {key: {**_said(say.TEST_KEYS[key]), **types.get(key, word)} for key in keys}
        return _closed(properties, required)

    case = map_(KEYS, NEEDED)
    head = {"$schema": DRAFT, **_said(say.TESTS)}
    return {**head, **map_(SUITE, CASES), "definitions": {"case": case}}


def _said(words: Words) -> Schema:
    """What an editor shows over a key."""
    return {"description": f"{words.vi}\n\n{words.en}"}


def _closed(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    """A map in which no other key may stand."""
    wanted = list(required)
    more = {"required": wanted} if wanted else {}
    return {
        "type": "object", "properties": {**properties}, **more, "additionalProperties": False,
    }  # fmt: skip


# ---- words


def _unit_pattern() -> str:
    simple = "|".join(name.replace(".", "[.]") for name in unit_spellings())
    return f"(?:{simple})(?:[·/](?:{simple}))*"


def _forms() -> dict[str, Schema]:
    """How a word is written that the models mark with a `Form`."""
    unit = _unit_pattern()
    quantity = f"{_NUMBER}(?: *{unit})?"
    name = rf"(?:(?![\d+-])|(?=[\d_.]+[.][A-Za-z])){_NAME}"
    numbers = ["string", "number"]
    return {
        "value": {"type": numbers, "pattern": f"^(?:{quantity}|{_DAY}|{_LABEL}|{name})$"},
        "number": {"type": numbers, "pattern": f"^{quantity}$"},
        "whole": {"type": ["string", "integer"], "pattern": r"^0*[1-9]\d*$", "minimum": 1},
        "day": {"type": "string", "pattern": f"^{_DAY}$"},
        "moment": {"type": "string", "pattern": f"^(?:{_DAY}|{name})$"},
        "unit": {"anyOf": [{"enum": list(unit_ids())}, {"type": "string", "pattern": f"^{unit}$"}]},
        "name": {"type": _WORD, "pattern": f"^{_NAME}$"},
        "id": {"type": _WORD, "pattern": r"^(?!.*\.(?:shortfall|least|most)$)[^\s/]+$"},
        "fact-id": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "grade": {"enum": ["A", "B", "C"]},
    }


# ---- what a map alone shows broken, beyond its shape


def _without(*keys: str) -> Schema:
    return {"properties": dict.fromkeys(keys, False)}


def _one_of(keys: Iterable[str]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _comparisons(keys: Iterable[str]) -> dict[str, Schema]:
    """One comparison, or one from below and one from above."""
    known = list(keys)
    beside = dict.fromkeys(LOWER, UPPER) | dict.fromkeys(UPPER, LOWER)
    return {
        c: _without(*(k for k in known if k != c and k not in beside.get(c, ()))) for c in known
    }


def _branches() -> list[Schema]:
    """A line of `first`: one test with `then`, or `else` alone."""
    tests = list(fields_of(p.Compared))
    rules = {key: {"allOf": [{"required": ["then"]}, _without("when", "else")]} for key in tests}
    rules["when"] = {"allOf": [{"required": ["then"]}, _without("else", *tests)]}
    rules["else"] = _without("then", "when", *tests)
    return [
        {"dependencies": rules},
        {"dependencies": _comparisons(tests)},
        _one_of(("else", "when", *tests)),
    ]


def _of_kinds() -> list[Schema]:
    """What a fact of each kind needs."""
    needs = {"quantity": "unit", "class": "labels", "list": "fields"}
    kinds = literals(fields_of(p.FactModel)["kind"])
    others = {"properties": {"kind": {"enum": [k for k in kinds if k != "quantity"]}}}
    is_other = {**others, "required": ["kind"]}
    rules = [{"if": is_other, "then": _without("unit"), "else": {"required": [needs["quantity"]]}}]
    for kind in ("class", "list"):
        only = {"properties": {"kind": {"enum": [kind]}}, "required": ["kind"]}
        rules.append({"if": only, "then": {"required": [needs[kind]]}})
    return rules


def _rules(model: type[BaseModel]) -> list[Schema]:
    if model is p.FactModel:
        return _of_kinds()
    if model is p.Branch:
        return _branches()
    if model is p.Require:
        return [{"dependencies": _comparisons(p.COMPARISONS)}, _one_of(p.COMPARISONS)]
    if model is p.First:
        return [{"properties": {"first": {"contains": {"required": ["else"]}}}}]
    if model is p.ProvisionModel:
        bare = {"dependencies": {"not_encoded": _without(*sorted(p.CONDITION_KEYS))}}
        return [*_rules(p.Worded), bare, _one_of(("not_encoded", *p.CONDITION_WORDS))]
    if issubclass(model, p.Worded):
        return [{"dependencies": {"quote": _without("read_in")}}]
    return []


# ---- the models


class _Writer:
    """Walks the types of the models, and keeps a definition for each that has a name."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self.forms = _forms()

    def of(self, kind: Any) -> Schema:
        """The schema of a type."""
        bare, said = peeled(kind)
        least = max((getattr(each, "min_length", 0) for each in said), default=0)
        if get_origin(bare) in {Union, UnionType}:  # one, or a list of them
            either = [each for each in get_args(bare) if each is not NoneType]
            return {"anyOf": [self.of(each) for each in either]}
        members = tagged(bare)
        if members is not None:
            return self._union(members)
        form = next((each.name for each in said if isinstance(each, p.Form)), None)
        if form is not None:
            return self._named(form, lambda: self._form(form))
        choices = literals(bare)
        if choices:
            flags = {"true", "false"} >= {*choices}
            return {"enum": [*([c == "true" for c in choices] if flags else ()), *choices]}
        origin, inner = get_origin(bare), get_args(bare)
        if origin is list:
            more = {"minItems": least} if least else {}
            return {"type": "array", "items": self.of(inner[0]), **more}
        if origin is dict:
            more = {"minProperties": least} if least else {}
            return {**self._dict(*inner), **more}
        if issubclass(bare, BaseModel):
            return self._named(_name(bare), lambda: self.map_of(bare))
        return {"type": _WORD}

    def _named(self, name: str, make: Any) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # so that what holds itself finds it here
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _form(self, form: str) -> Schema:
        made, words = self.forms[form], say.FORMS[form]
        return {**made, "patternErrorMessage": f"{words.vi} {words.en}"}

    def _dict(self, key: Any, value: Any) -> Schema:
        form = next((each.name for each in peeled(key)[1] if isinstance(each, p.Form)), None)
        keys = {} if form is None else {"propertyNames": {"pattern": self.forms[form]["pattern"]}}
        return {"type": "object", **keys, "additionalProperties": self.of(value)}

    def _union(self, members: Mapping[str, Any]) -> Schema:
        """One of several types; those told apart by what stands in a map have a name."""
        if "under" in members:
            under, named = self._dict(p.Id, p.ProvisionModel), members["named"]
            children = [{**under, "minProperties": 1}, {**self.of(named), "minItems": 1}]
            return self._named("children", lambda: {"anyOf": children})
        if "each" in members:
            several = {**self.of(members["several"]), "minItems": 1}
            return {"anyOf": [several, self.of(members["each"])]}
        if "nested" in members:
            return {"anyOf": [self.of(p.Value), self.of(p.Cells)]}
        if "scalar" in members:
            return self._named("value-or-name", lambda: self._value(members, "scalar"))
        return self._named("condition", lambda: self._value(members, "name"))

    def _value(self, members: Mapping[str, Any], scalar: str) -> Schema:
        forms = [self.of(members[scalar])]
        if "dated" in members:
            forms.append(self.of(members["dated"]))
        return {"anyOf": [*forms, self._moved({}, {}, _formed(members), optional=False)]}

    def map_of(self, model: type[BaseModel]) -> Schema:
        """The schema of a map that a model takes."""
        fields = fields_of(model)
        if issubclass(model, RootModel):
            return self._root(model)
        own = {key: self._said(model, key, kind) for key, kind in fields.items() if key != MOVED}
        required = [key for key, kind in fields.items() if key != MOVED and _is_needed(kind)]
        if model is p.TableModel:
            made = {**_closed(own, required), "additionalProperties": self.of(p.Cell)}
            return {**made, "minProperties": 2}
        if MOVED in fields:
            forms = _formed(tagged(fields[MOVED]) or {})
            made = self._moved(own, required, forms, optional=not _is_needed(fields[MOVED]))
        else:
            made = _closed(own, required)
        rules = [*made.pop("allOf", ()), *_rules(model)]
        return {**made, **({"allOf": rules} if rules else {})}

    def _root(self, model: type[BaseModel]) -> Schema:
        made = {**self.of(fields_of(model)["root"]), "minProperties": 1}
        if model is p.Cells:
            words = sorted({*p.VALUE_WORDS, "of"})
            made["propertyNames"] = {"not": {"enum": words}}
        return made

    def _said(self, model: type[BaseModel], key: str, kind: Any) -> Schema:
        return {**_said(words_of(model, key)), **self.of(kind)}

    def _moved(
        self,
        own: Mapping[str, Schema],
        required: Iterable[str],
        forms: Mapping[str, type[BaseModel]],
        *,
        optional: bool,
    ) -> Schema:
        """A map with the keys of one of several models beside its own: which, its word says."""
        variants: dict[str, dict[str, Schema]] = {}
        for word, model in forms.items():
            for key, kind in fields_of(model).items():
                variants.setdefault(key, {})[word] = self._said(model, key, kind)
        properties, varied = dict(own), set()
        for key, by_word in variants.items():
            unlike = {json.dumps(each, sort_keys=True): each for each in by_word.values()}
            if len(unlike) == 1:
                properties[key] = next(iter(unlike.values()))
            elif key not in own:
                varied.add(key)
                types = {json.dumps(_type(each)): _type(each) for each in unlike.values()}
                one = (
                    next(iter(types.values())) if len(types) == 1 else {"anyOf": [*types.values()]}
                )
                properties[key] = {**_said(say.KEYS[key]), **one}
        rules = {
            word: self._form_rule(word, model, variants, varied) for word, model in forms.items()
        }
        for key, by_word in variants.items():
            if key not in forms and "same" not in by_word:
                rules[key] = _one_of(by_word)
        rules.pop("same", None)
        made = _closed(properties, required)
        made["dependencies"] = rules
        if not optional:
            words = ["of" if word == "same" else word for word in forms]
            made["allOf"] = [_one_of(words)]
        return made

    def _form_rule(
        self,
        word: str,
        model: type[BaseModel],
        variants: Mapping[str, Mapping[str, Schema]],
        varied: set[str],
    ) -> Schema:
        fields = fields_of(model)
        rule = _without(*(key for key in variants if key not in fields))
        for key in varied & fields.keys():
            rule["properties"][key] = variants[key][word]
        needed = [key for key, kind in fields.items() if key != word and _is_needed(kind)]
        more = [{"$ref": f"#/definitions/{_name(model)}"}] if _rules(model) else []
        if more:
            self.definitions.setdefault(_name(model), {"allOf": _rules(model)})
        return {**rule, **({"required": needed} if needed else {}),
                **({"allOf": more} if more else {})}  # fmt: skip


def _type(made: Schema) -> Schema:
    return {key: value for key, value in made.items() if key != "description"}


def _is_needed(kind: Any) -> bool:
    return any(getattr(each, "is_required", bool)() for each in get_args(kind)[1:])


def _formed(members: Mapping[str, Any]) -> dict[str, type[BaseModel]]:
    """The models of a union by the word that tells them apart, those of unions in it too."""
    found: dict[str, type[BaseModel]] = {}
    for tag, member in members.items():
        inner = tagged(member)
        bare = peeled(member)[0]
        if inner is not None:
            found.update(_formed(inner))
        elif isinstance(bare, type) and issubclass(bare, BaseModel) and bare is not p.Dated:
            found[tag] = bare
    return found


def _name(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Model").lower()


def words_of(model: type[BaseModel], key: str) -> Words:
    """What is said of a key of a model, or of the nearest one that it is made from."""
    for each in model.__mro__:
        words = say.KEYS.get(f"{_name(each)}.{key}") if issubclass(each, BaseModel) else None
        if words is not None:
            return words
    return say.KEYS[key]
