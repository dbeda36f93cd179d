"""An explanation on a terminal: its roles become colours where colours are wanted.

Not on a terminal, with `NO_COLOR` or `TERM=dumb`, it is plain text, and rich is not imported.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from tieuchi.cli.streams import is_unicode
from tieuchi.engine.outline import Explanation, Segment

WIDTH = 80
STYLES = {
    "met": "green",
    "not_met": "red",
    "open": "yellow",
    "not_applicable": "dim",
    "none": "dim",
    "subject": "bold",
    "act": "dim",
    "note": "italic",
    "headline": "bold",
    "cite": "bold",
    "heading": "bold",
    "shortfall": "red",
    "percent": "cyan",
    "bar": "cyan",
    "bar_rest": "dim",
    "missing": "yellow",
    "review": "yellow",
    "warning": "yellow",
    "misprint": "magenta",
    "quote": "italic",
    "source": "dim",
    "nearest": "bold",
    "dot": "dim",
    "amount": "bold",
    "disagrees": "red",
    "agrees": "green",
}
"""The style of each role; a role of several words has the style of each."""


def rendered(of: Explanation) -> str:
    """An explanation as stdout can show it."""
    stream = sys.stdout
    lines = of.lines(width(stream), plain=not is_unicode(stream))
    if colours(stream):
        return _coloured(lines)
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)


def as_tree(part: Any) -> Any:
    """A part of an explanation as plain data: objects, lists and texts."""
    if hasattr(part, "_asdict"):
        return {name: as_tree(value) for name, value in part._asdict().items()}
    return [as_tree(each) for each in part] if isinstance(part, tuple) else part


def width(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> int:
    """The columns there are: of the terminal, as COLUMNS says, else 80."""
    if environ.get("COLUMNS", "").isdigit() or (stream is not None and stream.isatty()):
        return shutil.get_terminal_size((WIDTH, 24)).columns
    return WIDTH


def colours(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether colours are wanted (https://no-color.org, and FORCE_COLOR for the contrary)."""
    if environ.get("NO_COLOR") or stream is None:
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def _coloured(lines: Iterable[tuple[Segment, ...]]) -> str:
    """The lines with the terminal's codes."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(),
        force_terminal=True,
        color_system="standard",
        no_color=False,
        highlight=False,
        soft_wrap=True,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for line in lines:
            text = Text()
            for piece, role in line:
                styles = [STYLES[word] for word in role.split() if word in STYLES]
                text.append(piece, style=" ".join(styles))
            console.print(text, soft_wrap=True)
    return capture.get().rstrip("\n")
