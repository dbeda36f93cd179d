"""A pack or its test file in the one form in which it is written, comments and all.

Keys stand in the order of the models; names that the author chose, in the author's. What fits on a
line of `WIDTH` is written on it, but what a pack lists has a line each, and the law's words a line
of their own. No text is broken that was not, and every comment stays with what it is about. Before
the text is handed out it is read back: it says the same, word for word, with the same comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args, get_origin
from unicodedata import category

from pydantic import BaseModel, Discriminator, RootModel

from tieuchi.engine import pack as p
from tieuchi.engine.commented import (
    Document,
    Group,
    Item,
    Node,
    Scalar,
    comments,
    comments_in,
    documents,
)
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.pack_test import KEYS, SUITE
from tieuchi.engine.shape import MOVED, bare, fields_of, tagged
from tieuchi.engine.source import LIMIT, Map, Seq, Text, gather

WIDTH: Final = 100
_FIRST: Final[dict[type, tuple[str, ...]]] = {
    p.Require: (MOVED,),
    p.CheckModel: (MOVED, "level"),
    p.Verdict: (MOVED,),
    p.ProvisionModel: ("cite",),
    p.AmountModel: ("cite",),
    p.First: ("of",),
}
"""Keys that stand before those that a model has earlier."""
_OPEN: Final = frozenset(("ask",))
"""What is a sentence in each language stands on lines of its own."""
_SAID: Final = frozenset(("cite", "quote", "read_in"))
"""What speaks of the law stands on lines of its own, and so does all beside it."""
_PLAIN_TYPES: Final = re.compile(
    r"[-+]?(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)([eE][-+]?\d+)?|[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?|"
    r"[-+]?0[xob][\da-fA-F_]+|\d{4}-\d\d?-\d\d?([Tt ].*)?|[-+]?\.(inf|nan)|~|=|<<|"
    r"null|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)


_OURS: Final = re.compile(
    rb"^pack:.*^(kind|cases):|^(kind|cases):.*^pack:", re.MULTILINE | re.DOTALL
)


class Unlike(Exception):
    """The text made does not say what the file says: an error of ours, and nothing is written."""


class Shape(NamedTuple):
    """What the models say of a map or list: its keys in order, the type of what each holds."""

    keys: tuple[str, ...] = ()
    kinds: Mapping[str, Any] = {}
    each: Any = None  # the type of every member, where they are all of one
    listed: bool = False  # each member has lines of its own


NOTHING: Final = Shape()


class _Case:
    """Stands for a test case among the types."""


_ENTRIES: Final = (BaseModel, _Case)
"""Each of several stands on lines of its own."""
_SUITE: Final = Shape(SUITE, {"cases": list[_Case], "refused": list[_Case]})


def formatted(data: bytes | str, file: str) -> str:
    """The canonical text of a pack or test file. Raises `Faults` where it is no plain YAML.

    >>> print(formatted("kind: plan # of 2023\\npack: 'a'\\nuse:\\n  b: c/d", "a.yaml"), end="")
    pack: a
    kind: plan  # of 2023
    use: {b: c/d}
    """
    faults = gather(data, file).faults
    if faults:
        raise Faults(faults)
    text = data if isinstance(data, str) else data.decode()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = documents(text)
    kept = sorted(comments(found))
    written = _Writer().file(found)
    again = documents(written)
    same = [_meaning(each.root) for each in found] == [_meaning(each.root) for each in again]
    if not same or sorted(comments(again)) != kept:
        raise Unlike(file)
    return written


def packs_under(folder: Path) -> list[Path]:
    """The packs and test files in a folder, by what stands in them; nothing hidden."""
    found = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    seen = (path for path in found if not _is_hidden(path.relative_to(folder)))
    return [path for path in seen if _OURS.search(path.read_bytes()[:LIMIT])]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _meaning(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text, bool(node.style) and _PLAIN_TYPES.fullmatch(node.text) is not None
    if not node.is_map:
        return [_meaning(item.value) for item in node.items]
    return {item.key and item.key.text: _meaning(item.value) for item in node.items}


# ---- what stands where


def shape_of(kind: Any, group: Group) -> Shape:
    """What the models say of a group that stands where `kind` may."""
    kind = bare(kind)
    if get_origin(kind) in (list, dict):
        each = get_args(kind)[-1]
        inner = bare(each)
        return Shape(each=each, listed=isinstance(inner, type) and issubclass(inner, _ENTRIES))
    if kind is _Case:
        return Shape(KEYS)
    members = tagged(kind)
    if members is not None:
        tag = _tag(kind, members, _sketch(group))
        return shape_of(members[tag], group) if tag in members else NOTHING
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return NOTHING
    fields = fields_of(kind)
    if issubclass(kind, RootModel):
        return shape_of(fields["root"], group)
    keys = list(fields)
    if issubclass(kind, p.Valued):  # floor, cap and round come last
        keys.sort(key=lambda key: key in fields_of(p.Valued))
    first = _FIRST.get(kind, ())
    keys.sort(key=lambda key: first.index(key) if key in first else len(first))
    if MOVED not in fields:
        return Shape(tuple(keys), fields)
    if "notes" in keys and not _holds_children(group):  # notes end what they are about
        keys.sort(key=lambda key: key == "notes")
    at = keys.index(MOVED)
    if kind is p.TableModel:
        return Shape(("by",), fields, each=p.Cell)
    inner = kind.inner if issubclass(kind, p.Model) else frozenset()
    moved = Group(True, [item for item in group.items if item.key and item.key.text in inner])
    body = shape_of(fields[MOVED], moved)
    return Shape((*keys[:at], *body.keys, *keys[at + 1 :]), {**fields, **body.kinds}, body.each)


def _holds_children(group: Group) -> bool:
    """Whether provisions are written under this one."""
    below = (i.value for i in group.items if i.key and i.key.text in ("all", "any", "of"))
    return any(isinstance(value, Group) and value.is_map for value in below)


def _tag(kind: Any, members: Mapping[str, Any], sketch: Any) -> str:
    """Which member of a union a sketch is of."""
    chosen = next((each for each in get_args(kind)[1:] if isinstance(each, Discriminator)), None)
    if chosen is not None:
        return str(chosen.discriminator(sketch))  # type: ignore[operator]
    lists = [tag for tag, member in members.items() if get_origin(bare(member)) is list]
    others = [tag for tag in members if tag not in lists]
    return next(iter(lists if isinstance(sketch, Seq) else others), "")


def _sketch(group: Group) -> Map | Seq:
    """A group with its keys alone, for whoever looks at these."""
    keys = (item.key.text for item in group.items if item.key is not None)
    return Map({Text(key): Text() for key in keys}) if group.is_map else Seq()


# ---- writing


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def file(self, found: list[Document]) -> str:
        """The text of a file."""
        for number, document in enumerate(found):
            if number:
                self.lines.append("---")
            begun = len(self.lines)
            keys = {item.key.text for item in document.root.items if item.key is not None}
            shape = _SUITE if "cases" in keys else shape_of(p.PackModel, document.root)
            self._remark(document.head, 0)
            self._block(document.root, shape, 0, top=True)
            while len(self.lines) > begun and not self.lines[begun]:
                del self.lines[begun]
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def _remark(self, lines: list[str], indent: int) -> None:
        for line in lines:
            if line or (self.lines and self.lines[-1]):
                self.lines.append(" " * indent + line if line else "")

    def _block(self, group: Group, shape: Shape, indent: int, *, top: bool = False) -> None:
        """A map or list on lines of its own."""
        _put_in_order(group, shape)
        if not group.items:
            self.lines.append(" " * indent + ("{}" if group.is_map else "[]"))
        for number, item in enumerate(group.items):
            _raise_comments(item, shape)
            before = item.before
            while before and not before[0] and not number and not (top and self.lines):
                before = before[1:]
            self._remark(before, indent)
            self._item(item, shape, indent, " " * indent)
        self._remark(group.closing, indent)

    def _item(self, item: Item, shape: Shape, indent: int, lead: str) -> None:
        """A key with its value, or a member of a list."""
        after = f"  {item.after}" if item.after else ""
        kind = shape.each
        if item.key is not None:
            kind = shape.kinds.get(item.key.text, shape.each)
            lead += scalar_text(item.key, key=True) + ":"
        else:
            lead += "-"
        if isinstance(item.value, Scalar):
            self._scalar(item.value, lead, indent, after)
            return
        inner = shape_of(kind, item.value) if kind is not None else NOTHING
        flow = None if _stands_open(item) else flow_text(item.value, inner)
        if flow is not None and len(f"{lead} {flow}") <= WIDTH:
            self.lines.append(f"{lead} {flow}{after}")
        elif item.key is None:
            self._member(item, inner, indent, lead, after)
        else:
            self.lines.append(lead + after)
            self._block(item.value, inner, indent + 2)

    def _member(self, item: Item, shape: Shape, indent: int, lead: str, after: str) -> None:
        """A map or list in a list: its first line stands beside the dash."""
        assert isinstance(item.value, Group)  # noqa: S101
        if after:  # nothing can stand beside a dash that opens a map
            self._remark([after.strip()], indent)
        first = len(self.lines)
        self._block(item.value, shape, indent + 2)
        self.lines[first] = lead + self.lines[first][indent + 1 :]

    def _scalar(self, scalar: Scalar, lead: str, indent: int, after: str) -> None:
        text = scalar_text(scalar)
        folded = scalar.lines if len(f"{lead} {text}") > WIDTH else []
        literal = _literal(scalar)
        if literal is not None:
            self.lines.append(f"{lead} {literal[0]}{after}")
            self.lines += [" " * (indent + 2) + line if line else "" for line in literal[1:]]
        elif " ".join(folded) == scalar.text and len(folded) > 1:
            self.lines.append(f"{lead} >-{after}")
            self.lines += [" " * (indent + 2) + line for line in folded]
        else:
            self.lines.append(f"{lead} {text}".rstrip() + after)


def flow_text(node: Node, shape: Shape) -> str | None:
    """A node on one line; None where it has lines of its own."""
    if isinstance(node, Scalar):
        return scalar_text(node, flow=True) if _literal(node) is None else None
    if not node.items:
        return None if node.closing else "{}" if node.is_map else "[]"
    if shape.listed or any(comments_in(node)) or any(map(_stands_open, node.items)):
        return None
    keys = {item.key.text for item in node.items if item.key is not None}
    if shape.keys and MOVED not in keys and _SAID & keys and _SAID & {*shape.keys}:
        return None
    _put_in_order(node, shape)
    parts = []
    for item in node.items:
        kind = shape.kinds.get(item.key.text, shape.each) if item.key else shape.each
        value = item.value
        inner = shape_of(kind, value) if kind is not None and isinstance(value, Group) else NOTHING
        text = flow_text(value, inner)
        if text is None:
            return None
        key = "" if item.key is None else f"{scalar_text(item.key, flow=True, key=True)}: "
        parts.append(f"{key}{text}".rstrip() if key else text)
    return "{" + ", ".join(parts) + "}" if node.is_map else "[" + ", ".join(parts) + "]"


def _put_in_order(group: Group, shape: Shape) -> None:
    """The keys of a model as the model has them, what it does not know after these."""
    if group.is_map and shape.keys:
        rank = {key: at for at, key in enumerate(shape.keys)}
        group.items.sort(key=lambda i: rank.get(i.key.text if i.key else "", len(rank)))


def _raise_comments(item: Item, shape: Shape) -> None:
    """What stands over the first key of a member of a list stands over its dash."""
    if item.key is None and isinstance(item.value, Group) and item.value.items:
        inner = shape_of(shape.each, item.value) if shape.each is not None else NOTHING
        _put_in_order(item.value, inner)
        first = item.value.items[0]
        _raise_comments(first, inner)
        item.before += [line for line in first.before if line]
        first.before = []


def _stands_open(item: Item) -> bool:
    return item.key is not None and item.key.text in _OPEN and isinstance(item.value, Group)


# ---- words and texts


def scalar_text(scalar: Scalar, *, flow: bool = False, key: bool = False) -> str:
    """A scalar on one line, without quotes where it needs none; double ones round a word.

    >>> scalar_text(Scalar("từ 50 con")), scalar_text(Scalar("1", '"')), scalar_text(Scalar("1"))
    ('từ 50 con', '"1"', '1')
    >>> scalar_text(Scalar("a, b"), flow=True), scalar_text(Scalar('"a": b'))
    ("'a, b'", '\\'"a": b\\'')
    """
    text = scalar.text
    named = scalar.style != "" and (not text or _PLAIN_TYPES.fullmatch(text) is not None)
    if not named and _may_be_plain(text, flow or key):
        return text
    if not text and not scalar.style and not flow and not key:
        return ""
    if not _is_printable(text):
        return json.dumps(text, ensure_ascii=not _is_printable(text.replace("\n", "")))
    if (named or "'" in text or " " not in text) and not {'"', "\\"} & {*text}:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _may_be_plain(text: str, flow: bool) -> bool:
    if not text or text != text.strip() or not _is_printable(text):
        return False
    if text[0] in "-?:" and (len(text) == 1 or text[1] in " ,[]{}"):
        return False
    if text[0] in ",[]{}#&*!|>'\"%@`" or text.startswith(("---", "...")):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (flow and any(c in ",[]{}?:" for c in text))


def _is_printable(text: str) -> bool:
    """Whether YAML takes every character as it is, on one line."""
    return not any(
        category(c) in ("Cc", "Cs") or c in "\u2028\u2029\ufeff\ufffe\uffff" for c in text
    )


def _literal(scalar: Scalar) -> list[str] | None:
    """The lines of a text that has lines, as a block; None of any other."""
    text = scalar.text
    if scalar.style not in ("|", ">") or "\n" not in text or text[0] in " \n\t":
        return None
    lines = text.removesuffix("\n").split("\n")
    if not lines[-1] or any(not _is_printable(line) or line != line.rstrip() for line in lines):
        return None
    return ["|" if text.endswith("\n") else "|-", *lines]
