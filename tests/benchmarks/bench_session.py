"""The session on durable-rules: the time of one case, its memory over many, and large graphs.

    python tests/benchmarks/bench_session.py [--cases 200000] [--json out.json]

A case of nq-08-2019 is a new session that is told its facts one after another and concludes every
elimination of every node; before the clock starts it is held against `decide`, node by node. Then
as many cases as asked run in this one process, and its resident memory is read along the way. Last,
graphs of 250 to 2,000 conditions, with what each condition costs.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.bench_decide import GRAPH, cases
from graphs import wide

from tieuchi.engine.decision import Given, decide
from tieuchi.engine.session import disagreements, run
from tieuchi.engine.truth import MET, NOT_MET

SAMPLE = 500


def given(missing: float, activity: str = "") -> list[Given]:
    """Cases around the thresholds, with one activity named or none."""
    made = [Given(case) for case in cases(SAMPLE, 8, missing)]
    if activity:
        for case in made:
            for name in GRAPH.activities:
                case[f"@activity/{name}"] = MET if name == activity else NOT_MET
    return made


def held(sample: list[Given]) -> None:
    """Stops where the session does not say what `decide` says."""
    for case in sample:
        assert not disagreements(decide(GRAPH, case), run(GRAPH, case)), case


def microseconds(sample: list[Given]) -> float:
    """The median of one case."""
    times = []
    gc.collect()
    for case in sample:
        start = time.perf_counter()
        run(GRAPH, case)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def resident() -> int:
    """KiB of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--json")
    args = parser.parse_args()
    report: dict[str, Any] = {"one case, µs": {}, "resident, KiB": [], "conditions, ms": {}}

    kinds = {
        "complete": given(0.0),
        "complete, one activity named": given(0.0, "livestock"),
        "30 % of the facts missing": given(0.3),
    }
    print("one case of nq-08-2019: median µs, firings")
    for title, sample in kinds.items():
        held(sample)
        firings = statistics.median(len(run(GRAPH, case).trace) for case in sample)
        took = min(microseconds(sample) for _ in range(3))
        report["one case, µs"][title] = round(took)
        print(f"  {title:30} {took:6.0f} {firings:6.0f}")

    print(f"{args.cases} cases in one process: resident KiB after each tenth, seconds")
    every = [case for sample in kinds.values() for case in sample]
    start, tenth = time.perf_counter(), max(args.cases // 10, 1)
    for i in range(args.cases):
        run(GRAPH, every[i % len(every)])
        if (i + 1) % tenth == 0:
            report["resident, KiB"].append(resident())
    print(f"  {report['resident, KiB']} {time.perf_counter() - start:.0f} s")

    print("so many conditions: ms to make the rules and run a case, ms a case, µs a condition")
    for size in (250, 500, 1000, 2000):
        graph, random = wide(size), Random(1)
        case = Given({fact.id: random.randrange(100) for fact in graph.facts})
        times = []
        for _ in range(8):
            start = time.perf_counter()
            run(graph, case)
            times.append(time.perf_counter() - start)
        assert not disagreements(decide(graph, case), run(graph, case))
        took = statistics.median(times[1:])
        report["conditions, ms"][size] = [round(times[0] * 1e3), round(took * 1e3, 1)]
        print(f"  {size:6} {times[0] * 1e3:8.0f} {took * 1e3:8.1f} {took / size * 1e6:8.1f}")

    if args.json:
        Path(args.json).write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
