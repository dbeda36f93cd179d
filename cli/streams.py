"""What goes out: answers on stdout, all else on stderr, a closed pipe in silence."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


def emit(text: str) -> None:
    """Write an answer and a line's end. A reader that has gone away is none of our business."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.write(_shown(text, stream) + "\n")
        stream.flush()
    except BrokenPipeError:
        silence(stream)


def emit_json(data: Any) -> None:
    """Write one object on one line."""
    emit(_json(data, sys.stdout))


def say(text: str) -> None:
    """Write a line on stderr; that it cannot be written is nobody's fault."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(_shown(text, stream) + "\n")
        stream.flush()
    except OSError:
        silence(stream)


def prompt(text: str, stream: TextIO | None) -> None:
    """Write what is asked, and leave the line open."""
    if stream is None:
        return
    try:
        stream.write(_shown(text, stream))
        stream.flush()
    except OSError:
        silence(stream)


def say_json(data: Any) -> None:
    """Write one object on stderr."""
    say(_json(data, sys.stderr))


def complain(line: str, code: str, where: str, message: str, remedy: str, as_json: bool) -> None:
    """Write an error as a line, or as the object of `--format json`."""
    if as_json:
        error = {"code": code, "where": where, "message": message, "remedy": remedy}
        say_json({"error": error})
    else:
        say(line)


def flush(stream: TextIO | None) -> None:
    """Write out what is held back, so that Python has nothing left to fail on at its end."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        silence(stream)


def silence(stream: TextIO | None) -> None:
    """Send what is still to come to nowhere."""
    try:
        if stream is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    except (OSError, ValueError):
        return


def _json(data: Any, stream: TextIO | None) -> str:
    from json import dumps

    return dumps(data, ensure_ascii=not is_unicode(stream))


def _shown(text: str, stream: TextIO) -> str:
    """The text as the stream can show it: Vietnamese without its marks where it has none."""
    if is_unicode(stream):
        return text
    from tieuchi.engine.layout import plain_text

    lines = (plain_text(line) for line in text.split("\n"))
    return "\n".join(lines)


def is_unicode(stream: TextIO | None) -> bool:
    """Whether a stream takes every character."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")
