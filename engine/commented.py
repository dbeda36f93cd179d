"""A YAML file as a tree with its comments, so that it can be written again without losing one.

`source` reads what a file means and leaves comments out. Here every comment is found (a "#" between
scalars can be nothing else) and hangs on what it is about: what stands below it, what stands on its
line, or the end of the map or list in which it is indented. What `source` refuses never comes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


@dataclass(slots=True)
class Scalar:
    """A word or text; `style` is "" where it stands plain, else the character that begins it.

    `lines` are those of a text that its author broke into lines which read as one.
    """

    text: str
    style: str = ""
    lines: list[str] = field(default_factory=list, compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(slots=True)
class Item:
    """A key with its value, or a member of a list (`key` is None), and the comments about it.

    `before` are the lines above it, "" for an empty one; `after` is the comment on its line.
    """

    key: Scalar | None
    value: Node
    before: list[str] = field(default_factory=list)
    after: str = ""
    start: int = field(default=0, compare=False)
    holder: Group | None = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class Group:
    """A map or a list; `closing` are the lines of comments at its end."""

    is_map: bool
    items: list[Item] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    flow: bool = field(default=False, compare=False)
    column: int = field(default=0, compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    owner: Item | None = field(default=None, compare=False, repr=False)


Node: TypeAlias = Scalar | Group


@dataclass(slots=True)
class Document:
    """A document of a file: the comments at its head, and what it holds."""

    root: Group
    head: list[str] = field(default_factory=list)
    start: int = field(default=0, compare=False)


def documents(text: str) -> list[Document]:
    """The documents of a text that `source` reads without a fault, with all their comments."""
    reader = _Reader(text)
    reader.build()
    reader.attach()
    return reader.documents


def comments(found: list[Document]) -> Iterator[str]:
    """Every comment of a file."""
    for document in found:
        yield from filter(None, document.head)
        yield from comments_in(document.root)


def comments_in(node: Node) -> Iterator[str]:
    """Every comment in a map or list."""
    if isinstance(node, Group):
        for item in node.items:
            yield from filter(None, (*item.before, item.after))
            yield from comments_in(item.value)
        yield from filter(None, node.closing)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.documents: list[Document] = []
        self.items: list[Item] = []  # in the order of the file, what holds before what is held
        self.scalars: list[Scalar] = []

    # ---- the tree

    def build(self) -> None:
        """Take all events of the parser."""
        loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        parser: Any = loader(self.text)
        key: Scalar | None = None
        held: list[Group] = []
        start = 0
        while parser.check_event():
            event: Any = parser.get_event()
            if isinstance(event, DocumentStartEvent):
                start = _index(event.start_mark)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                group = held.pop()
                last = group.items[-1].value if group.items else group
                group.end = _index(event.end_mark) if group.flow else last.end
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
                node = self._node(event)
                if not held:
                    assert isinstance(node, Group)  # noqa: S101 - `source` refuses all else
                    self.documents.append(Document(node, start=start))
                elif held[-1].is_map and key is None:
                    assert isinstance(node, Scalar)  # noqa: S101
                    key = node
                    continue
                else:
                    self._put(held[-1], key, node)
                    key = None
                if isinstance(node, Group):
                    held.append(node)

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, ScalarEvent):
            scalar = Scalar(event.value, event.style or "", start=start.index, end=end.index)
            if scalar.style == ">":
                written = self.text[start.index : end.index].split("\n")[1:]
                scalar.lines = [line.strip() for line in written if line.strip()]
            self.scalars.append(scalar)
            return scalar
        flow, is_map = bool(event.flow_style), isinstance(event, MappingStartEvent)
        return Group(is_map, flow=flow, column=start.column, start=start.index, end=end.index)

    def _put(self, group: Group, key: Scalar | None, node: Node) -> None:
        item = Item(key, node, start=node.start if key is None else key.start, holder=group)
        group.items.append(item)
        self.items.append(item)
        if isinstance(node, Group):
            node.owner = item

    # ---- the comments

    def attach(self) -> None:
        """Hang every comment, and every empty line, where it belongs."""
        for at in self._comments():
            end = self.text.find("\n", at)
            comment = self.text[at : len(self.text) if end < 0 else end].rstrip()
            line = self.text.rfind("\n", 0, at) + 1
            alone = not self.text[line:at].strip()
            if alone or not self._beside(at, comment):
                self._above(at, at - line, comment, alone)
        for item in self.items:
            line = self.text.rfind("\n", 0, item.start) + 1
            inner = item.holder and item.holder.owner and item.holder.owner.start == item.start
            alone = not self.text[line : item.start].strip(" -")
            if alone and not inner and self._is_empty(line):
                document = self._document(item)
                top = document.head and item is document.root.items[0]
                (document.head if top else item.before).append("")

    def _is_empty(self, line: int) -> bool:
        """Whether the line before the one that begins here is empty."""
        return line > 1 and not self.text[self.text.rfind("\n", 0, line - 1) + 1 : line].strip()

    def _comments(self) -> Iterator[int]:
        """Where each comment begins: wherever a "#" stands outside of scalars."""
        at = 0
        ranges = [(scalar.start, scalar.end) for scalar in self.scalars]
        for scalar in self.scalars:
            if scalar.style in ("|", ">"):  # after its header there may be one
                head = self.text.find("\n", scalar.start)
                ranges.append((head if head >= 0 else scalar.end, scalar.end))
        heads = {s.start for s in self.scalars if s.style in ("|", ">")}
        ranges = sorted(r for r in ranges if r[0] not in heads)
        for start, end in [*ranges, (len(self.text), len(self.text))]:
            while 0 <= (at := self._find(at, start)) < start:
                yield at
                line = self.text.find("\n", at)
                at = len(self.text) if line < 0 else line
            at = max(at, end)

    def _find(self, at: int, end: int) -> int:
        found = self.text.find("#", at, end)
        return end if found < 0 else found

    def _beside(self, at: int, comment: str) -> bool:
        """Hang a comment on what stands before it on its line."""
        before = self.text[:at].rstrip()
        if before.endswith(",") and all(each.end != len(before) for each in self.scalars):
            before = before[:-1].rstrip()  # the comma parts two values, and is in none
        end = len(before)
        for item in self.items:
            value = item.value
            header = isinstance(value, Scalar) and value.style in ("|", ">")
            ends = value.start < end <= value.end and header and "\n" not in before[value.start :]
            ends |= value.end == end and (isinstance(value, Scalar) or value.flow)
            opens = isinstance(value, Group) and value.flow and value.start == end - 1
            keyed = item.key is not None and before[item.key.end :].strip() == ":"
            keyed = keyed and item.key is not None and item.key.end < end and value.start >= end
            if (ends or opens or keyed) and not item.after:
                item.after = comment
                return True
        return False

    def _above(self, at: int, column: int, comment: str, alone: bool) -> None:
        """Hang a comment on what comes next, or at the end of where it is indented."""
        lines = [comment]
        if alone and self._is_empty(at - column):
            lines = ["", comment]
        following = next((item for item in self.items if item.start > at), None)
        earlier = [item for item in self.items if item.start < at]
        last = earlier[-1] if earlier else None
        home = next((d for d in reversed(self.documents) if d.start <= at), self.documents[0])
        if last is not None and isinstance(last.value, Scalar) and last.value.start > at:
            last.before += lines
            return
        inside = [g for g in self._chain(last) if g.flow and g.start < at < g.end]
        if not inside and (last is None or self._document(last) is not home):
            home.head += lines  # nothing of this document stands before it
            return
        if following is not None and self._document(following) is not home:
            following = None
        group = self._closed_by(last, following, column, inside)
        if group is not None and group.items:
            group.closing += lines
        elif group is not None and group.owner is not None:
            group.owner.before += lines
        elif following is not None:
            following.before += lines
        else:
            home.root.closing += lines

    def _closed_by(
        self, last: Item | None, following: Item | None, column: int, inside: list[Group]
    ) -> Group | None:
        """The group at whose end a comment stands, None where it is about what follows."""
        if inside:
            within = following is not None and inside[0] in self._chain(following)
            return None if within else inside[0]
        chain = [group for group in self._chain(last) if not group.flow]
        if following is None:
            return next((group for group in chain if group.column <= column), None)
        if following.holder not in chain:
            return None
        deeper = chain[: chain.index(following.holder)]
        outer = following.holder.column
        return next((g for g in deeper if outer < g.column <= column), None)

    def _chain(self, item: Item | None) -> list[Group]:
        """The groups around an item, the innermost first."""
        found = []
        while item is not None and item.holder is not None:
            found.append(item.holder)
            item = item.holder.owner
        return found

    def _document(self, item: Item) -> Document:
        root = self._chain(item)[-1]
        return next(document for document in self.documents if document.root is root)


def _index(mark: Any) -> int:
    """Where a mark stands in the text."""
    index: int = mark.index
    return index
