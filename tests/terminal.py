"""`tieuchi` on a pseudo-terminal, as a person sits at it."""

import codecs
import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from command import command, environment


class Terminal:
    """`tieuchi` on a pseudo-terminal."""

    def __init__(self, line: tuple[str, ...], at: Path) -> None:
        self.master, slave = pty.openpty()
        env = environment({"LC_ALL": "vi_VN.UTF-8"})
        env.pop("COLUMNS")
        self.process = subprocess.Popen(
            command(*line), stdin=slave, stdout=slave, stderr=slave, env=env, cwd=at,
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()  # a read may end within a letter

    def until(self, text: str) -> str:
        """What is shown up to some text, which has to come."""
        end = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < end, f"{text!r} did not come; so far: {self.seen}"
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    data = os.read(self.master, 4096)
                except OSError:  # it has gone
                    data = b""
                self.seen = (self.seen + self.decoder.decode(data)).replace("\r\n", "\n")
                assert data or text in self.seen, f"{text!r} did not come: {self.seen}"
        before, found, self.seen = self.seen.partition(text)
        return before + found

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self.master, f"{text}\n".encode())


@contextmanager
def terminal(*line: str, at: Path) -> Iterator[Terminal]:
    """A run on a terminal of its own, ended in any case."""
    of = Terminal(line, at)
    try:
        yield of
    finally:
        of.process.kill()
        of.process.wait()
        os.close(of.master)
