"""Whole processes against `python -c pass`: what starting each verb costs.

    python tests/benchmarks/bench_startup.py [--rounds 15]

Contenders run one after another in every round; a ratio is the median of each round's ratio to
`python -c pass` of that round. Bytecode is written first. "seen before" has the graph in the cache,
"new" an empty cache folder. Both engines run in `check`, where durable-rules is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "star-anise-store.yaml"
MAIN = "import sys; from tieuchi.cli import main; sys.exit(main())"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as cache:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["XDG_CACHE_HOME"] = cache
        check = [sys.executable, "-c", MAIN, "check", str(EXAMPLE)]
        contenders = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--version": [sys.executable, "-c", MAIN, "--version"],
            "-h": [sys.executable, "-c", MAIN, "-h"],
            "check, pack seen before": check,
            "check, new pack": check,
        }
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for round_ in range(rounds + 1):
            for name, command in contenders.items():
                if name == "check, new pack":
                    shutil.rmtree(Path(cache) / "tieuchi", ignore_errors=True)
                start = time.perf_counter()
                subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)
                if round_:
                    times[name].append(time.perf_counter() - start)
    base = times["python -c pass"]
    for name, values in times.items():
        ratio = statistics.median(v / b for v, b in zip(values, base, strict=True))
        print(f"{name:26s} {statistics.median(values) * 1e3:7.1f} ms   {ratio:6.2f} ×")


if __name__ == "__main__":
    main()
