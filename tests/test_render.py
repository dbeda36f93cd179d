"""Colours and widths: only where they are wanted, and never a different text."""

import io
import re
from pathlib import Path

import pytest
from command import run

from tieuchi.cli.render import colours, width

EXAMPLES = Path(__file__).parent.parent / "examples"
CODES = re.compile(r"\x1b\[[0-9;]*m")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "env", "wanted"),
    [
        (_Terminal(), {}, True),
        (_Terminal(), {"TERM": "dumb"}, False),
        (_Terminal(), {"NO_COLOR": "1"}, False),
        (_Terminal(), {"NO_COLOR": ""}, True),
        (_Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (None, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_where_colours_are_wanted(
    stream: io.StringIO | None, env: dict[str, str], wanted: bool
) -> None:
    """On a terminal that has them, unless NO_COLOR says no or FORCE_COLOR yes."""
    assert colours(stream, env) is wanted


def test_the_width_is_80_where_nothing_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS does, and a terminal."""
    monkeypatch.setenv("COLUMNS", "61")

    assert width(io.StringIO(), {}) == 80
    assert width(None, {}) == 80
    assert width(io.StringIO(), {"COLUMNS": "wide"}) == 80
    assert width(_Terminal(), {}) == 61
    assert width(io.StringIO(), {"COLUMNS": "61"}) == 61


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
@pytest.mark.parametrize("columns", ["60", "100"])
def test_colours_change_no_character(example: str, columns: str) -> None:
    """What a screen shows and what a file gets is one text."""
    line = ("check", str(EXAMPLES / example))
    plain = run(*line, env={"COLUMNS": columns})
    coloured = run(*line, env={"COLUMNS": columns, "FORCE_COLOR": "1"})

    assert CODES.search(coloured.out)
    assert CODES.sub("", coloured.out) == plain.out
    assert coloured.err == plain.err == ""


def test_lines_end_without_spaces() -> None:
    """Nobody's diff needs them."""
    ran = run("audit", str(EXAMPLES / "binh-trung-2023"))

    assert [line for line in ran.out.split("\n") if line != line.rstrip()] == []
