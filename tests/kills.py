"""Runs of `tieuchi batch` that are killed, and what they leave: `python tests/kills.py`.

Each run is a process of its own, killed (`SIGKILL`) at a random moment of the time that an
undisturbed one takes, every second one at a random moment after it has begun to write; one that has
ended before does not count. Half of them find results of an earlier run in place. What stands under
the final names then must be nothing, the earlier file or the whole new one; the next run must clear
what the dead one left and give what an undisturbed run gives, byte by byte (a workbook but for its
time, a database cell by cell).

    python tests/kills.py --kills 200 --seed 20261124
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any, NamedTuple
from zipfile import ZipFile

import polars as pl
from command import command, environment

KINDS = ("csv", "parquet", "xlsx", "duckdb")
ROWS: Mapping[str, int] = {"csv": 30_000, "parquet": 30_000, "xlsx": 1_500, "duckdb": 30_000}
EARLIER = pl.DataFrame({"Tên hộ": ["của lần trước"]})
WORDS = ("", "0", "12", "49", "50", "1.234,5", "không rõ", "1.000", "4,5 ha", "-3")


class Killed(NamedTuple):
    """One run that was killed, and what it left."""

    kind: str
    earlier: bool
    left: str  # under the final name: "absent", "earlier" or "new"
    strays: int


class Wrong(Exception):
    """What must not be after a kill."""


# ---- what is run


def table(path: Path, rows: int, rng: Random) -> None:
    """A table in which about every tenth row is rejected."""
    with path.open("w", encoding="utf-8") as out:
        out.write("Tên hộ;số bò;số trâu;diện tích trồng rau ngoài trời\n")
        for i in range(rows):
            good = rng.random() < 0.9
            cells = [rng.choice(WORDS[:5] if good else WORDS) for _ in range(3)]
            out.write(f"Hộ {i};{cells[0]};{cells[1]};{cells[2]}\n")


class Place:
    """A folder with a table, and what an undisturbed run makes of it."""

    def __init__(self, folder: Path, kind: str, rows: int, rng: Random) -> None:
        self.kind = kind
        self.folder = folder / kind
        self.folder.mkdir()
        self.scratch = self.folder / "tmp"
        self.scratch.mkdir()
        self.table = self.folder / "table.csv"
        self.results = self.folder / f"out.{kind}"
        self.rejects = self.folder / "out.rejects.csv"
        table(self.table, rows, rng)
        self.finish()  # the first run compiles and caches
        started = monotonic()
        self.finish()
        self.takes = monotonic() - started
        self.whole = {path: looked_at(path) for path in (self.results, self.rejects)}

    def start(self) -> subprocess.Popen[bytes]:
        """A run."""
        line = command(
            "batch", str(self.table), "--pack", "nq-08-2019", "--as-of", "2023-05-31",
            "-o", str(self.results),
        )  # fmt: skip
        return subprocess.Popen(
            line,
            env={**environment(), "TMPDIR": str(self.scratch)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self) -> None:
        """A run to its end."""
        process = self.start()
        _, told = process.communicate()
        if process.returncode != 4:
            raise Wrong(f"{self.kind}: exit {process.returncode}: {told.decode()}")

    def clear(self, *, earlier: bool) -> Mapping[Path, Any]:
        """Nothing under the final names, or what an earlier run has left there: that."""
        for path in (self.results, self.rejects):
            path.unlink(missing_ok=True)
        if not earlier:
            return {}
        self.rejects.write_text("của lần trước\n", encoding="utf-8")
        before(self.results)
        return {path: looked_at(path) for path in (self.results, self.rejects)}

    def strays(self) -> Iterator[Path]:
        """What is there besides the table, the results and the rejects."""
        mine = {self.table, self.results, self.rejects, self.scratch}
        yield from (path for path in self.folder.iterdir() if path not in mine)
        yield from self.scratch.iterdir()


# ---- what stands in a file


def before(path: Path) -> None:
    """Results of another run."""
    writers: Mapping[str, Callable[[], object]] = {
        ".csv": lambda: EARLIER.write_csv(path),
        ".parquet": lambda: EARLIER.write_parquet(path),
        ".xlsx": lambda: EARLIER.write_excel(path),
        ".duckdb": lambda: _before_in_duckdb(path),
    }
    writers[path.suffix]()


def _before_in_duckdb(path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path)) as base:
        base.execute("CREATE TABLE results AS SELECT 'của lần trước' AS name")
        base.execute("CREATE TABLE households AS SELECT range AS id FROM range(1000)")


def looked_at(path: Path) -> Any:
    """All that a file holds, to be compared. Fails where it is not whole."""
    if path.suffix == ".xlsx":
        with ZipFile(path) as book:
            bad = book.testzip()
            assert bad is None, bad
            return {
                name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"
            }
    if path.suffix == ".duckdb":
        return _in_duckdb(path)
    return path.read_bytes()


def _in_duckdb(path: Path) -> Any:
    import duckdb

    with duckdb.connect(str(path)) as base:
        names = [name for (name,) in base.execute("SHOW TABLES").fetchall()]
        return {name: pl.DataFrame(base.sql(f'SELECT * FROM "{name}"')) for name in names}


def same(one: Any, other: Any) -> bool:
    """Whether two files hold the same; of a database, in the tables that the first has."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(name in other and same(value, other[name]) for name, value in one.items())
    if isinstance(one, pl.DataFrame):
        return isinstance(other, pl.DataFrame) and one.equals(other)
    return bool(one == other)


# ---- kills


def killed(place: Place, rng: Random, *, writing: bool) -> Killed:
    """Kill one run, look, run again and look. Raises Wrong."""
    earlier = rng.random() < 0.5
    old = place.clear(earlier=earlier)
    while not _kill(place, rng, writing=writing):
        old = place.clear(earlier=earlier)
    strays = len([*place.strays()])
    left = {path: _left(place, path, old) for path in place.whole}
    place.finish()
    for path, whole in place.whole.items():
        if not same(whole, looked_at(path)):
            raise Wrong(f"{path.name}: the run after the kill gives something else")
    if path.suffix == ".duckdb" and earlier and "households" not in looked_at(path):
        raise Wrong("a table of the database was lost")
    if still := [*place.strays()]:
        raise Wrong(f"the run after the kill has left {still}")
    return Killed(place.kind, earlier, left[place.results], strays)


def _kill(place: Place, rng: Random, *, writing: bool) -> bool:
    """Whether a run that was started was killed before it ended."""
    started = monotonic()
    process = place.start()
    if writing:
        _wait_for_part(place, process)
    sleep(rng.random() * place.takes * (0.3 if writing else 1))
    process.kill()
    process.communicate()
    if process.returncode < 0:
        return True
    place.takes = min(place.takes, monotonic() - started)
    return False


def _wait_for_part(place: Place, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not any(place.folder.glob(".out.*")):
        sleep(0.002)


def _left(place: Place, path: Path, old: Mapping[Path, Any]) -> str:
    if not path.exists():
        if old:
            raise Wrong(f"{path.name}: the earlier file is gone")
        return "absent"
    holds = looked_at(path)
    if old and same(old[path], holds):
        return "earlier"
    if same(place.whole[path], holds):
        return "new"
    raise Wrong(f"{path.name}: neither the earlier file nor the whole new one")


def kills(
    count: int,
    seed: int,
    kinds: Mapping[str, int] = ROWS,
    told: Callable[[Killed], object] = lambda _: None,
) -> list[Killed]:
    """So many runs killed, of the kinds of output in turn, on tables with so many rows."""
    rng = Random(seed)
    folder = Path(mkdtemp())
    try:
        places = [Place(folder, kind, rows, rng) for kind, rows in kinds.items()]
        found = []
        for i in range(count):
            found.append(killed(places[i % len(places)], rng, writing=i // len(places) % 2 == 1))
            told(found[-1])
        return found
    finally:
        shutil.rmtree(folder)


def _dot(_: Killed) -> None:
    print(".", end="", flush=True)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Kill runs of `tieuchi batch`.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261124)
    asked = parser.parse_args()
    started = monotonic()
    found = kills(asked.kills, asked.seed, told=_dot)
    print(f"\n{len(found)} runs killed, seed {asked.seed}, Python {platform.python_version()}")
    for kind in ROWS:
        mine = [each for each in found if each.kind == kind]
        left = Counter(each.left for each in mine)
        strays = sum(1 for each in mine if each.strays)
        print(
            f"{kind:8} {len(mine):3} killed, {strays} with parts on the disk; "
            f"under the name: {left['absent']} nothing, {left['earlier']} the earlier file, "
            f"{left['new']} the whole new one"
        )
    print(f"partial: 0, lost: 0, other than undisturbed: 0; {monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
