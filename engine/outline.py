"""What is shown of a decision or of the law, as a plain tree of typed parts.

Every text in it is finished, in one language: `explain` makes it of a decision, `law` of a pack.
`layout` puts it into lines of a width; a page or a document can be made of it just as well. It
knows nothing of graphs, cases and sentences.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from tieuchi.engine.truth import Status


class Header(NamedTuple):
    """Who is looked at, under which act, as of which day; a note of the case on itself."""

    subject: str
    act: str
    day: str
    note: str = ""


class Headline(NamedTuple):
    """The answer in one line, and what belongs right under it."""

    status: Status | None
    text: str
    more: tuple[str, ...] = ()


class Bar(NamedTuple):
    """How much of what is asked there is: `part` of `whole`, exactly, and in words ("23 %")."""

    part: int
    whole: int
    text: str


class Figures(NamedTuple):
    """One comparison: what is measured, what is asked, what is short; "" where there is none."""

    measured: str
    required: str
    shortfall: str = ""
    bar: Bar | None = None


class Remark(NamedTuple):
    """A line on a provision, or of a section. `role` says what it is, for colours and tests:

    missing, review, member, gate, not_encoded, note, misprint, source, quote, ask, fact, amount,
    definition, use, limit, warning, input, nearest, text, and those that audits add.
    """

    role: str
    text: str


class Item(NamedTuple):
    """A provision and what is shown under it; `id` is "" where several are folded into one line.

    `remarks` stand below the figures; `items` are the provisions under it. There is no `symbol`
    where it would say nothing (a provision of the law itself, the only group of an answer).
    """

    id: str
    status: Status | None
    name: str
    cite: str = ""
    operator: str = ""
    figures: tuple[Figures, ...] = ()
    remarks: tuple[Remark, ...] = ()
    items: tuple[Item, ...] = ()
    symbol: bool = True


class Cell(NamedTuple):
    """One value of a table, with its status where it has one."""

    status: Status | None
    text: str


class Grid(NamedTuple):
    """A table: the heads of its columns of values, and rows of a name and a value a column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Strip(NamedTuple):
    """A bar of statuses over a range: how many values each stretch has, its status and the word for
    it (None: there is none), and the same in words below; `names` are of all that turn so."""

    names: tuple[str, ...]
    pieces: tuple[tuple[int, Status | None, str], ...]
    text: str


class Section(NamedTuple):
    """What stands under the provisions: a title and its lines ("Chưa khai: …"), a table or bars."""

    kind: str
    title: str
    remarks: tuple[Remark, ...]
    grid: Grid | None = None
    strips: tuple[Strip, ...] = ()


class Segment(NamedTuple):
    """A piece of a line of one role."""

    text: str
    role: str


class Explanation(NamedTuple):
    """All that is shown. `sections` come in the order in which they are read."""

    lang: str
    header: Header
    headline: Headline | None
    items: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()

    def lines(self, width: int = 80, *, plain: bool = False) -> list[tuple[Segment, ...]]:
        """The lines at a width; `plain` is ASCII alone, for terminals that show nothing else."""
        layout = import_module("tieuchi.engine.layout")  # which knows these parts
        return cast("list[tuple[Segment, ...]]", layout.lines(self, width, plain=plain))

    def text(self, width: int = 80, *, plain: bool = False) -> str:
        """The lines as one text, without a newline at the end."""
        lines = self.lines(width, plain=plain)
        return "\n".join("".join(segment.text for segment in line) for line in lines)
