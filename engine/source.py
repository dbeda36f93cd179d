"""YAML as it stands in the file: every scalar is text with its place, and nothing is guessed.

Built straight from the events of PyYAML's C parser, without a resolver: `no` is a word and `1.10`
keeps its nought. What YAML has beyond plain data (aliases, anchors, tags, merge keys) is refused.
Knows of YAML and of faults, nothing of packs or cases.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self, TypeAlias
from unicodedata import normalize

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, problem

LIMIT: Final = 2 * 1024 * 1024
"""The largest file that is read, in bytes."""
DEPTH: Final = 64
"""The deepest nesting that is read."""
MOST_FAULTS: Final = 50
"""After so many faults the rest of a file is not looked at."""


class Text(str):
    """A scalar, NFC-normalised, with where it stands and whether it stood without quotes."""

    __slots__ = ("column", "line", "plain")
    line: int
    column: int
    plain: bool

    def __new__(cls, value: str = "", line: int = 0, column: int = 0, plain: bool = True) -> Self:
        """Text of no file stands nowhere, at 0:0."""
        text = str.__new__(cls, value)
        text.line = line
        text.column = column
        text.plain = plain
        return text


class Lost(Text):
    """What stands in place of something of which nothing can be made; told of already."""

    __slots__ = ()


class Map(dict[Text, Any]):
    """A mapping with where it starts; its keys are Text, so the place of each is known too."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def key(self, name: str) -> Text:
        """The key as it stands in the file."""
        return next(key for key in self if key == name)

    if TYPE_CHECKING:  # any string finds its key

        def __getitem__(self, key: str, /) -> Any: ...
        def get(self, key: str, default: Any = None, /) -> Any: ...  # noqa: D102


class Seq(list[Any]):
    """A sequence with where it starts."""

    __slots__ = ("column", "line")
    line: int
    column: int


Node: TypeAlias = Text | Map | Seq


def mark(node: Node, file: str) -> Mark:
    """Where a node of a document stands."""
    return Mark(file, node.line, node.column)


class Reading(NamedTuple):
    """The documents that could be read, what is wrong, and the names that went with it."""

    documents: list[Map]
    faults: list[Diagnostic]
    lost: set[str]


MENDABLE: Final = frozenset({"duplicate-key", "yaml-alias", "yaml-anchor", "yaml-tag"})
"""Mistakes after which the rest of a document is still what its author meant."""


def read_file(path: str | os.PathLike[str], file: str | None = None) -> list[Map]:
    """The documents of a file, called `file` in faults; never more than the limit is read."""
    return _all_or_nothing(gather_file(path, file))


def gather_file(path: str | os.PathLike[str], file: str | None = None) -> Reading:
    """What can be read of a file. Raises Faults where nothing that is read could be trusted."""
    return gather(read_bytes(path, file), os.fspath(path) if file is None else file)


def read_bytes(path: str | os.PathLike[str], file: str | None = None) -> bytes:
    """What is in a file, up to one byte more than the limit. Raises Faults."""
    shown = Mark(os.fspath(path) if file is None else file)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib takes longer to load than this file
            return stream.read(LIMIT + 1)
    except FileNotFoundError:
        fault = problem("file-missing", shown)
    except PermissionError:
        fault = problem("file-denied", shown)
    except IsADirectoryError:
        fault = problem("file-folder", shown)
    except (OSError, ValueError) as error:
        fault = problem("file-unreadable", shown, reason=getattr(error, "strerror", None) or error)
    raise Faults([fault])


def read(data: bytes | str, file: str) -> list[Map]:
    """The documents of a text, at least one, each a mapping; else Faults with all that is wrong.

    >>> [document] = read("limit: 1.10  # no number yet\\nopen: no\\n", "example.yaml")
    >>> document["limit"], document["limit"].line, document["limit"].column
    ('1.10', 1, 8)
    >>> read("a: 1\\nb: 2\\na: 3\\n", "example.yaml")
    Traceback (most recent call last):
    tieuchi.engine.diagnostic.Faults: example.yaml:3:1: `a` stands twice, first in line 1; keep one
    """
    return _all_or_nothing(gather(data, file))


def _all_or_nothing(reading: Reading) -> list[Map]:
    if reading.faults:
        raise Faults(reading.faults)
    return reading.documents


def gather(data: bytes | str, file: str) -> Reading:
    """What can be read of a text. Raises Faults where nothing that is read could be trusted."""
    if len(data) > LIMIT:
        raise Faults([problem("file-large", Mark(file), limit=f"{LIMIT // 1024 // 1024} MiB")])
    text = (data if isinstance(data, str) else _decoded(data, file)).removeprefix("\ufeff")
    builder = _Builder(file)
    try:
        builder.build(_events(text))
    except yaml.MarkedYAMLError as error:
        builder.faults.append(_syntax(error, text, file))
    except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
        builder.faults.append(_unreadable(error, text, file))
    if not builder.faults and not builder.documents:
        builder.faults.append(problem("file-empty", Mark(file)))
    if any(fault.code not in MENDABLE for fault in builder.faults):
        raise Faults(builder.faults)
    return Reading(builder.documents, builder.faults, builder.lost)


class _Events(Protocol):
    def get_event(self) -> Any:
        """The next event of the stream."""


def _events(text: str) -> _Events:
    """The C parser; where PyYAML was built without it, the same events from the Python one."""
    parser: _Events = yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)
    return parser


class _Stop(Exception):
    """What follows can no longer be told apart."""


class _Builder:
    """Documents from events, with a stack of its own: nesting never becomes recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents: list[Map] = []
        self.faults: list[Diagnostic] = []
        self.lost: set[str] = set()

    def build(self, events: _Events) -> None:
        """Take all events, or those before the first that makes the rest meaningless."""
        with suppress(_Stop):
            self._build(events.get_event)

    def _build(self, next_event: Callable[[], Any]) -> None:
        outer: list[Any] = []
        holder: Any = None
        key: Text | None = None
        while True:
            event = next_event()
            kind = type(event)
            node: Node
            if kind is ScalarEvent:
                node = self._text(event)
            elif kind is MappingStartEvent:
                node = self._placed(Map(), event)
            elif kind is SequenceStartEvent:
                node = self._placed(Seq(), event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                holder = outer.pop()
                continue
            elif kind is AliasEvent:
                self._fault("yaml-alias", event, name=f"*{event.anchor}")
                node = _scalar(event.anchor, event, Lost)
            elif kind is StreamEndEvent:
                return
            else:
                continue
            if holder is None:
                self._begin(node, event)
            elif type(holder) is Seq:
                holder.append(node)
            elif key is None:
                key = self._key(node, holder, event)
                continue
            else:
                holder[key] = node
                key = None
            if not isinstance(node, Text):
                outer.append(holder)
                holder = node
                if len(outer) > DEPTH:
                    self._fault("yaml-deep", event, limit=DEPTH)
                    raise _Stop

    def _text(self, event: ScalarEvent) -> Text:
        self._plain_data(event)
        return _scalar(event.value, event)

    def _placed(self, node: Map | Seq, event: Any) -> Map | Seq:
        self._plain_data(event)
        place = event.start_mark
        node.line = place.line + 1
        node.column = place.column + 1
        return node

    def _begin(self, node: Node, event: Any) -> None:
        if isinstance(node, Map):
            self.documents.append(node)
        elif isinstance(node, Text) and not node and node.plain:
            self._fault("document-empty", event)
        else:
            self._fault(
                "document-not-map", event, given="list" if isinstance(node, Seq) else "text"
            )

    def _key(self, node: Node, holder: Map, event: Any) -> Text:
        if not isinstance(node, Text):
            self._fault("yaml-key", event)
            raise _Stop
        if node == "<<" and node.plain:
            self._fault("yaml-merge", event)
        elif node in holder:
            self._fault("duplicate-key", event, key=node, line=holder.key(node).line)
            self.lost |= {node, *keys_under(holder[node])}
        return node

    def _plain_data(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault("yaml-anchor", event, name=f"&{event.anchor}")
        if event.tag is not None:
            self._fault("yaml-tag", event, name=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _fault(self, code: str, event: Any, **facts: object) -> None:
        place = Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(problem(code, place, **facts))
        if len(self.faults) == MOST_FAULTS:
            self.faults.append(problem("too-many", place, limit=MOST_FAULTS))
            raise _Stop


def is_bare(key: Any, value: Any) -> bool:
    """Whether a key stands without a colon: what is after a comma in `{0,1 ha}` or `{a, b}`."""
    placed = isinstance(key, Text) and isinstance(value, Text) and key.line == value.line
    return placed and not value and bool(value.column == key.column + len(key))


def keys_under(node: Any) -> Iterator[Text]:
    """Every key in a node of a document, at any depth."""
    for key, value in node.items() if isinstance(node, Map) else ():
        yield key
        yield from keys_under(value)
    for value in node if isinstance(node, Seq) else ():
        yield from keys_under(value)


def _scalar(value: str, event: Any, kind: type[Text] = Text) -> Text:
    place = event.start_mark
    plain = not getattr(event, "style", None)
    value = value if value.isascii() else normalize("NFC", value)
    return kind(value, place.line + 1, place.column + 1, plain)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode().removeprefix("\ufeff"), file)
        byte = f"0x{data[error.start]:02X}"
        raise Faults([problem("file-not-utf8", place, byte=byte)]) from None


def _place(before: str, file: str) -> Mark:
    """The place that comes after `before`."""
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _unreadable(
    error: yaml.reader.ReaderError | UnicodeEncodeError, text: str, file: str
) -> Diagnostic:
    """A character that YAML does not allow; its first occurrence is the one that was met."""
    at = error.start if isinstance(error, UnicodeEncodeError) else text.find(chr(error.character))
    return problem("file-character", _place(text[:at], file), character=f"U+{ord(text[at]):04X}")


_SYNTAX: Final = (
    ("maximum nesting depth", "yaml-deep", False),
    ("cannot start any token", "yaml-character", False),
    ("mapping values are not allowed", "yaml-colon", False),
    ("could not find expected ':'", "yaml-no-colon", True),
    ("end of stream", "yaml-quote-open", True),
    ("unexpected document", "yaml-quote-open", True),
    ("quoted scalar", "yaml-escape", False),
    ("parsing a flow", "yaml-bracket", True),
    ("tag", "yaml-tag", True),
    ("alias", "yaml-alias", True),
    ("anchor", "yaml-anchor", True),
    ("parsing a block", "yaml-indent", False),
    ("not allowed", "yaml-indent", False),
)
"""What the parser says (libyaml and PyYAML's own say it alike), our code for it, and whether its
place is where the thing began or where the parser gave up. The first that fits is taken."""


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """The parser's complaint in our words, and in its own where we have none."""
    said = f"{error.context or ''} {error.problem}"
    code, began = next(
        ((code, began) for words, code, began in _SYNTAX if words in said), ("yaml-syntax", False)
    )
    at: Any = error.context_mark if began and error.context_mark else error.problem_mark
    word = text[at.index : at.index + 80].split(maxsplit=1)[:1]
    if code == "yaml-character" and text[at.index] == "\t":
        code = "yaml-tab"
    place = Mark(file, at.line + 1, at.column + 1)
    return problem(code, place, name="".join(word), problem=error.problem, limit=DEPTH)
