"""Commands in a document's ```console blocks, each with the output that follows it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from command import run

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
TYPED = re.compile(r"printf '([^']*)'")


def printed(command: str, locale: str, at: Path) -> str:
    """What a document's command prints, its exit code besides where it asks for it."""
    line, _, echo = command.partition("; ")
    typed, _, line = line.rpartition(" | ")
    words = shlex.split(line.replace("\\\n", " "))
    assert words[0] == "tieuchi"
    stdin = "".join(TYPED.findall(typed)).replace("\\n", "\n")
    ran = run(*words[1:], stdin=stdin.encode(), env={"LC_ALL": locale, "NO_COLOR": "1"}, at=at)
    assert ran.code in (0, 1, 3, 4), ran.err
    out = ran.err + ran.out if typed else ran.out + ran.err  # of an interview questions come first
    return out + f"{ran.code}\n" if echo == "echo $?" else out


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output that follows it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        lines = part.split("\n")
        end = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
        found.append(("\n".join(lines[: end + 1]), "\n".join(lines[end + 1 :])))
    return found


def answered(block: str, locale: str, at: Path) -> str:
    """A block with what its commands print."""
    return "".join(f"$ {each}\n{printed(each, locale, at)}" for each, _ in commands(block))
