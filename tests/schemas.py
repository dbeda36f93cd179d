"""The schemas of packs and tests, and documents as an editor's YAML reads them (core schema)."""

import re
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from tieuchi.engine.schema import pack_schema, suite_schema
from tieuchi.engine.source import Map, Seq, read

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@cache
def validator(of: str) -> Draft7Validator:
    """What holds a document against a schema."""
    return Draft7Validator(pack_schema() if of == "pack" else suite_schema())


def typed(node: Any) -> Any:
    """A document with the types that YAML 1.2 gives to words without quotes."""
    if isinstance(node, Map):
        return {str(key): typed(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [typed(each) for each in node]
    if not node.plain:
        return str(node)
    if node in ("", "~", "null", "Null", "NULL"):
        return None
    if node in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return node.lower() == "true"
    if _INTEGER.fullmatch(node):
        return int(node, 0) if node.startswith(("0o", "0x")) else int(node)
    return float(node) if _FLOAT.fullmatch(node) else str(node)


def refusals(text: str, of: str = "pack") -> list[str]:
    """What a schema has against a text, by where it stands."""
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:120]}"
        for document in read(text, of)
        for error in validator(of).iter_errors(typed(document))
    ]
