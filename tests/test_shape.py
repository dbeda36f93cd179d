"""What the models find wrong is told at its place, in the file's own words."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError, field_validator

from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.pack import PackModel
from tieuchi.engine.quantity import QuantityError
from tieuchi.engine.shape import from_pydantic
from tieuchi.engine.source import Map, read

START = "pack: a\nkind: subsidy\ncite: {vi: A, en: A}\ntitle: {vi: A, en: A}\n"


COMMA = (
    "a comma in `{…}` separates: write decimals with a point, put text that has a comma in quotes,"
    " and write `key: value`"
)


def said(text: str, model: type[BaseModel] = PackModel) -> list[str]:
    """The English lines about a document, without the name of the file."""
    [document] = read(text, "f")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document)
    return [
        line(each, "en").removeprefix("f:")
        for each in Faults(from_pydantic(caught.value, document, "f", model)).diagnostics
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "remedy"),
    [
        # a key, at its own place, with the nearest the model takes
        ("kind2: x", "5:1: there is no key `kind2` here", "did you mean `kind`?"),
        ("colour: x", "5:1: there is no key `colour` here", "remove it"),
        (
            "facts: {a: {vi: a, en: b, unti: t}}",
            "5:27: there is no key `unti` here",
            "did you mean `unit`?",
        ),
        (
            "provisions: {a: {all: {b: {any: {c: {requrie: x}}}}}}",
            "5:38: there is no key `requrie` here",
            "did you mean `require`?",
        ),
        # what a comma cut off, and a key without its colon
        ("facts: {a: {vi: a, en: b, max: 0,1 ha}}", "5:34: there is no key `1 ha` here", COMMA),
        ("facts: {a: {vi: bò, trâu, en: b}}", "5:21: there is no key `trâu` here", COMMA),
        ("facts: {a: {vi: a, en: b, head 5}}", "5:27: there is no key `head 5` here", COMMA),
        ("facts: {a: {vi: a, en: b, sort:  }}", "5:27: there is no key `sort` here", "remove it"),
        # an id may be called as the tag of a union is
        (
            "provisions: {all: {all: {any: {any: {all: {requrie: x}}}}}}",
            "5:44: there is no key `requrie` here",
            "did you mean `require`?",
        ),
        (
            "provisions: {a: {all: [b, {require: {of: b, at_lest: 5}}]}}",
            "5:45: there is no key `at_lest` here",
            "did you mean `at_least`?",
        ),
        (
            "provisions: {a: {require: {of: {smu: [a]}, at_least: 5}}}",
            "5:33: there is no key `smu` here",
            "did you mean `sum`?",
        ),
        (
            "amounts: {a: {times: [a, b], when: {alll: [b]}}}",
            "5:37: there is no key `alll` here",
            "did you mean `all`?",
        ),
        (
            "provisions: {a: {require: {of: a, at_least: {sum: [a], cup: 8}}}}",
            "5:56: there is no key `cup` here",
            "did you mean `cap`?",
        ),
        # what is missing, at the key that holds it
        ("facts: {a: {vi: a, unit: t}}", "5:9: the key `en` is missing", "add `en: …`"),
        ("limits: [{vi: a}]", "5:10: the key `en` is missing", "add `en: …`"),
        (
            "provisions: {a: {require: {sum: [a, {share: 5}], at_least: 5}}}",
            "5:37: the key `of` is missing",
            "add `of: …`",
        ),
        (
            "define: {a: {vi: A, en: B}}",
            "5:10: `a` has neither a value nor a condition",
            "see the language in rules/README.md",
        ),
        # another kind of thing than expected
        (
            "facts: [a]",
            "5:8: `facts` is a list, where a map of keys and values is expected",
            "write `key: value`",
        ),
        (
            "facts: a",
            "5:8: `facts` is a text, where a map of keys and values is expected",
            "write `key: value`",
        ),
        (
            "facts:",
            "5:7: `facts` is empty, where a map of keys and values is expected",
            "write `key: value`",
        ),
        (
            "facts: {a: {vi: [a], en: b, unit: t}}",
            "5:17: `vi` is a list, where a text is expected",
            "write one word, or a text in quotes",
        ),
        (
            "limits: [a]",
            "5:10: `limits` is a text, where a map of keys and values is expected",
            "write `key: value`",
        ),
        (
            "facts: {a: {vi: a, en: b, unit: t, ask: Bao nhiêu}}",
            "5:41: `ask` is a text, where a text in both languages is expected",
            "write `{vi: …, en: …}`",
        ),
        (
            "define: {a: {vi: a, en: b, sum: a}}",
            "5:33: `sum` is a text, where a list is expected",
            "write `[…, …]`",
        ),
        (
            "provisions: {a: {all: 5}}",
            "5:23: `all` is a text, where a list or map of conditions is expected",
            "write `[…, …]` or `id: …`",
        ),
        (
            "provisions: {a: {unless: [b]}}",
            "5:26: `unless` is a list, where a condition is expected",
            "write a name or `{require: …}`",
        ),
        (
            "provisions: {a: {require: {of: a, at_least: [5]}}}",
            "5:45: `at_least` is a list, where a value is expected",
            "write a number, a name or `{sum: […]}`",
        ),
        (
            "provisions: {a: {unless: {activities: b}}}",
            "5:26: this is no value and no condition that the language has",
            "see the language in rules/README.md",
        ),
        # one or a list of them: only the form that the file has is spoken of
        (
            "provisions: {a: {misprint: {printed: x}}}",
            "5:18: the key `read` is missing",
            "add `read: …`",
        ),
        (
            "provisions: {a: {misprint: [{printed: x, read: y, red: z}]}}",
            "5:51: there is no key `red` here",
            "did you mean `read`?",
        ),
        (
            "provisions: {a: {misprint: x}}",
            "5:28: `misprint` is a text, where a map of keys and values is expected",
            "write `key: value`",
        ),
        # a closed list
        (
            "facts: {a: {vi: a, en: b, kind: yesno}}",
            "5:33: `yesno` is not one of `quantity`, `yes_no`, `class`, `date`, `list`, `text`",
            "did you mean `yes_no`?",
        ),
        (
            "facts: {a: {vi: a, en: b, kind: [yes_no]}}",
            "5:33: `kind` is a list, where a text is expected",
            "write one word, or a text in quotes",
        ),
        (
            "provisions: {a: {require: {less: [a], at_least: 5}}}",
            "5:34: `less` takes 2 members, not 1",
            "add or remove members",
        ),
        # a code of our own
        (
            "define: {a: {vi: a, en: b, first: [{at_least: 5}], of: x}}",
            "5:36: a line of `first` is one test with `then`, or `else` alone",
            "write each test as a line of its own, `{at_least: …, then: …}`",
        ),
    ],
)
def test_a_pack(text: str, sentence: str, remedy: str) -> None:
    """One mistake, one line, where it stands."""
    assert said(START + text) == [f"{sentence}; {remedy}"]


def test_all_mistakes_in_order() -> None:
    """As they stand in the file, not as the models happen to look."""
    assert said("kind: act\npakc: a\ntitle: {vi: A}\ncite: [A]\n") == [
        "1:1: the key `pack` is missing; add `pack: …`",
        "1:7: `act` is not one of `subsidy`, `standard`, `criterion`, `plan`; choose one of them",
        "2:1: there is no key `pakc` here; did you mean `pack`?",
        "3:1: the key `en` is missing; add `en: …`",
        "4:7: `cite` is a list, where a text in both languages is expected; write `{vi: …, en: …}`",
    ]


class Strict(BaseModel):
    """A model whose validators raise errors of ours and of others."""

    area: Any = None
    other: Any = None

    @field_validator("area")
    @classmethod
    def _area(cls, value: Any) -> Any:
        raise QuantityError("unit-unknown", {"written": str(value), "part": "mẫu"})

    @field_validator("other")
    @classmethod
    def _other(cls, value: Any) -> Any:
        raise ValueError(f"{value} is never right")


def test_an_error_of_ours_keeps_its_code() -> None:
    """And one that is not is still told at its place."""
    units, other = said("area: 5 mẫu\nother: 1\n", Strict)

    assert units.startswith("1:7: `mẫu` is not a unit; use ")
    assert other == (
        "2:8: this has not the shape of the format: Value error, 1 is never right; "
        "see the language in rules/README.md"
    )


def test_a_pack_that_is_right_stays_as_it_is() -> None:
    """The models keep the file's own words."""
    [document] = read(START, "f")

    assert isinstance(document, Map)
    assert PackModel.model_validate(document).pack is document["pack"]
