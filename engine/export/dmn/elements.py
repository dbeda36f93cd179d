"""A decision model before it is XML: what a case gives, what is decided from it, and how.

Plain data; ids are names that FEEL and XML both take, so that any engine finds what it reads by
either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final, NamedTuple

_KEYWORDS = """
    all and any append between ceiling concatenate contains context count date day days decimal
    duration else every external false floor for function if in instance item list max median
    member min mode month months not now null number of or partial product range return round
    satisfies some sort split string sum then time today true union weekday year years
"""
KEYWORDS: Final = frozenset(_KEYWORDS.split())
"""Words that FEEL keeps for itself, or by which engines know functions and properties."""


class Field(NamedTuple):
    """A part of a structured type."""

    name: str
    type: str


class Type(NamedTuple):
    """A type of the model: of its fields, or `base` itself; `many` of them where it is a list."""

    name: str
    base: str = ""
    fields: tuple[Field, ...] = ()
    many: bool = False


class Input(NamedTuple):
    """What a case gives."""

    name: str
    type: str
    label: str
    description: str


class Column(NamedTuple):
    """What a table looks at."""

    text: str


class Rule(NamedTuple):
    """A row of a table: a test for each column, and what comes out."""

    tests: tuple[str, ...]
    output: str


class Table(NamedTuple):
    """A table of which every row that fits counts (hit policy "collect")."""

    columns: tuple[Column, ...]
    type: str  # of what comes out of a row
    rules: tuple[Rule, ...]


class Decision(NamedTuple):
    """What is decided: its FEEL or its table, of which inputs and decisions, by which functions."""

    name: str
    type: str
    label: str
    description: str
    body: str | Table
    reads: tuple[str, ...]


class Model(NamedTuple):
    """The whole of it."""

    name: str
    namespace: str
    label: str
    description: str
    types: tuple[Type, ...]
    inputs: tuple[Input, ...]
    decisions: tuple[Decision, ...]
    looked_at: tuple[str, ...]  # those about the input itself


def texts(decision: Decision) -> list[str]:
    """All the FEEL of a decision."""
    body = decision.body
    if isinstance(body, str):
        return [body]
    return [column.text for column in body.columns] + [
        text for rule in body.rules for text in (*rule.tests, rule.output)
    ]


def feel_name(id_: str, taken: Collection[str]) -> str:
    """An id as a name in FEEL and in XML, one that is not taken.

    >>> feel_name("7.2.b.large-livestock", ()), feel_name("cattle", ()), feel_name("date", ())
    ('_7_2_b_large_livestock', 'cattle', 'date_')
    """
    plain = unicodedata.normalize("NFKD", id_.replace("đ", "d").replace("Đ", "D"))
    name = re.sub(r"\W", "_", plain.encode("ascii", "ignore").decode())
    name = name if name[:1].isalpha() else f"_{name.lstrip('_')}"
    name = f"{name}_" if name in KEYWORDS else name
    made, count = name, 2
    while made in taken:
        made, count = f"{name}_{count}", count + 1
    return made


def quoted(text: str) -> str:
    """A text as FEEL writes it.

    >>> quoted('a "b"')
    '"a \\\\"b\\\\""'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
