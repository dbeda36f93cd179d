"""One case of nq-08-2019 in process, beside the hand-written function and other engines.

    python tests/benchmarks/bench_decide.py [--rounds 9] [--json out.json]

In every round each contender decides the same cases, one contender after another; a figure is the
median over rounds, a ratio the median of each round's ratio to the hand-written function. Those
that are not installed (zen-engine, …) are named and left out. Before the clock starts, our answers
are held against the hand-written function's, case by case.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import hand as by_hand

from tieuchi.engine.decision import Given, decide
from tieuchi.engine.explanation import explain
from tieuchi.engine.load import compile_pack, load_pack

GRAPH = compile_pack(load_pack("nq-08-2019"), date(2023, 5, 31))
THRESHOLDS = dict(by_hand.SINGLE) | {"buffaloes": 20, "cattle": 20, "horses": 20}
THRESHOLDS |= {"breeding_buffaloes": 25, "breeding_cows": 25, "other_crop_area": 2 * by_hand.HA}
POINTS = ("7.2.a", "7.2.b", "7.2.c", "7.2.d", "7.2", "8.2.b")


def cases(count: int, seed: int, missing: float) -> list[dict[str, int]]:
    """Validated integers around each threshold, one in eight exactly on it."""
    rnd = random.Random(seed)
    made = []
    for _ in range(count):
        case = {}
        for fact, threshold in THRESHOLDS.items():
            if rnd.random() >= missing:
                case[fact] = threshold if rnd.random() < 0.125 else rnd.randrange(2 * threshold)
        for part, all_of_it in (("breeding_buffaloes", "buffaloes"), ("breeding_cows", "cattle")):
            if part in case and all_of_it in case:
                case[part] = min(case[part], case[all_of_it])
        made.append(case)
    return made


def checked(sample: list[dict[str, int]]) -> None:
    """Stops where our answer differs from the hand-written one."""
    for case in sample:
        leaves, points = by_hand.hand(case)
        decision = decide(GRAPH, Given(case))
        ours = tuple(decision[p].truth for p in POINTS)
        assert ours == points[:6], (case, ours, points)
        views = {v.provision.id: v for v in decision.views() if v.findings}
        got = sorted((v.truth, v.shortfall or 0) for v in views.values())
        assert got == sorted((t, s or 0) for t, s in leaves), case


def views(case: Given) -> list[Any]:
    """Every provision's view; each is made with its status, measured, required and shortfall."""
    return decide(GRAPH, case).views()


def contenders() -> dict[str, Callable[[Any], Any]]:
    """The functions timed, by name; `hand` first."""
    found: dict[str, Callable[[Any], Any]] = {
        "hand": by_hand.hand,
        "decide": lambda case: decide(GRAPH, case),
        "decide, every view": views,
    }
    found["decide, explained"] = lambda case: explain(decide(GRAPH, case))
    try:
        import zen

        sums = [" + ".join(f) for f in (by_hand.LARGE, by_hand.BREEDING)]
        tests = [f"{s} >= 50" for s in sums] + [f"{f} >= {t}" for f, t in by_hand.SINGLE]
        found["zen, one compiled list"] = zen.compile_expression(f"[{', '.join(tests)}]").evaluate
    except ImportError:
        print("zen-engine is not installed: left out", file=sys.stderr)
    return found


def seconds(function: Callable[[Any], Any], sample: list[Any]) -> float:
    """Seconds a case."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    for case in sample:
        function(case)
    took = time.perf_counter() - start
    gc.enable()
    return took / len(sample)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--json")
    args = parser.parse_args()
    report: dict[str, Any] = {}
    for title, missing in (("complete cases", 0.0), ("30 % of the facts missing", 0.3)):
        plain = cases(args.cases, 8, missing)
        checked(plain[:300])
        given = [Given(case) for case in plain]
        timed = contenders()
        if missing:
            timed = {name: f for name, f in timed.items() if not name.startswith("zen")}
        times: dict[str, list[float]] = {name: [] for name in timed}
        for _ in range(args.rounds):
            for name, function in timed.items():
                sample = given if name.startswith("decide") else plain
                sample = sample[:200] if name.endswith("explained") else sample
                times[name].append(seconds(function, sample) * 1e6)
        print(f"{title}, medians of {args.rounds} rounds")
        report[title] = {}
        for name, values in times.items():
            ratio = statistics.median(v / h for v, h in zip(values, times["hand"], strict=True))
            report[title][name] = {"us": statistics.median(values), "ratio": ratio}
            print(f"  {name:26s} {statistics.median(values):8.2f} µs   {ratio:6.2f} × hand")
    if args.json:
        Path(args.json).write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
