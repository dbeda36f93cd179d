"""What authors wait for: `pack lint` and `pack test` over all packs, `pack diff` of two of them.

    python tests/benchmarks/bench_author.py [--rounds 5]

Whole processes, one after another in every round, each with a cache of its own from the round
before. `diff` is of a copy of nq-08-2019 with one threshold otherwise, and with every one. Medians
of wall time, of processor time in brackets, and the measures they are held to: 10 s for lint and
test together, 5 s for each diff; exit 1 where one is missed by processor time.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tieuchi.engine.trees import pack_files

MAIN = "import sys; from tieuchi.cli import main; sys.exit(main())"
FILES = pack_files()
PACK = "nq-08-2019"


def copies(folder: Path) -> tuple[Path, Path]:
    """The pack with 60 head for 50, and with every threshold otherwise."""
    text = FILES[PACK].read_text("utf-8")
    one, every = folder / "one" / f"{PACK}.yaml", folder / "every" / f"{PACK}.yaml"
    for path, changed in (
        (one, text.replace("at_least: 50 head", "at_least: 60 head", 1)),
        (every, re.sub(r"(at_least: )(\d)", lambda m: m[1] + str(int(m[2]) % 9 + 1), text)),
    ):
        path.parent.mkdir()
        path.write_text(changed, "utf-8")
    return one, every


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        one, every = copies(Path(folder))
        env = {**os.environ, "XDG_CACHE_HOME": folder}
        day = ["--as-of-old", "2023-05-31", "--as-of-new", "2023-05-31"]
        contenders = {
            f"pack lint, {len(FILES)} packs": ["lint"],
            f"pack test, {len(FILES)} packs": ["test"],
            f"pack diff {PACK}, one threshold": ["diff", PACK, str(one), *day],
            f"pack diff {PACK}, every threshold": ["diff", PACK, str(every), *day],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, arguments in contenders.items():
                before, start = _processor(), time.perf_counter()
                command = [sys.executable, "-c", MAIN, "pack", *arguments]
                ran = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)
                if ran.returncode not in (0, 1):  # what is not read takes no time
                    raise SystemExit(ran.returncode)
                times[name].append((time.perf_counter() - start, _processor() - before))
    used = {}
    for name, values in times.items():
        wall, used[name] = (statistics.median(of) for of in zip(*values, strict=True))
        print(f"{name:38s} {wall:6.2f} s ({used[name]:.2f} s)")
    lint, test, *diffs = used.values()
    return 0 if lint + test < 10 and max(diffs) < 5 else 1


def _processor() -> float:
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime


if __name__ == "__main__":
    sys.exit(main())
