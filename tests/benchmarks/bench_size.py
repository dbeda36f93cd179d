"""A pack of many conditions: how long it takes to load, and to decide a case.

    python tests/benchmarks/bench_size.py [--rounds 5]

Prints, for 250 to 2 000 conditions, the seconds to load the pack from its YAML with every check,
the seconds to compile it, and microseconds to decide a case in steps and written out, with what
each condition costs: level figures mean a cost linear in conditions.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tieuchi.engine.decision import MANY, Given, decide, program
from tieuchi.engine.load import compile_pack, load_pack

DAY = date(2026, 1, 1)
HEAD = """pack: many
kind: standard
cite: {vi: a, en: a}
title: {vi: a, en: a}
verdict: {any: [p0]}
source: s
sources: {s: {title: {vi: a, en: a}, grade: C}}
"""


def pack(conditions: int) -> str:
    """A pack of so many conditions, ten under a point."""
    lines = [HEAD, "facts:"]
    lines += [f"  f{i}: {{vi: số {i}, en: number {i}, unit: head}}" for i in range(conditions)]
    lines.append("provisions:")
    for point in range(0, conditions, 10):
        lines += [f"  p{point}:", f"    cite: {{vi: Điều {point}, en: Article {point}}}"]
        lines += ["    read_in: s", "    any:"]
        for i in range(point, min(point + 10, conditions)):
            lines.append(f"      c{i}:")
            lines.append(f"        require: {{of: f{i}, at_least: {i + 1} head}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("conditions   load s   compile s   steps µs (each)   written out µs (each)")
    for size in (250, 500, 1000, 2000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "many.yaml"
            path.write_text(pack(size), "utf-8")
            loads = [timed(load_pack, str(path)) for _ in range(rounds)]
            loaded = load_pack(str(path))
        compiles = [timed(compile_pack, loaded, DAY) for _ in range(rounds)]
        graph = compile_pack(loaded, DAY)
        case = Given({f"f{i}": i * 7 % 900 for i in range(size)})
        run = program(graph)
        steps = statistics.median(timed(run.stepwise, case) for _ in range(MANY + 100))
        whole = statistics.median(timed(decide, graph, case) for _ in range(100))
        print(
            f"{size:10d} {statistics.median(loads):8.2f} {statistics.median(compiles):11.2f}"
            f" {steps * 1e6:11.0f} ({steps * 1e6 / size:.2f})"
            f" {whole * 1e6:15.0f} ({whole * 1e6 / size:.2f})"
        )


def timed(call: Callable[..., object], *arguments: object) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
