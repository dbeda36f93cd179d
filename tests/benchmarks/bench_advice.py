"""How long advice takes: trees of 20 to 2 000 comparisons, no facts shared, and some.

    python tests/benchmarks/bench_advice.py [--cases 12]

A comparison is of a sum of one to three facts; `shared` is the chance that a fact stands in another
comparison too. Beside the median and the longest, in milliseconds, of cases that are not met: how
often counting alone was exact, and for how many the solver came to no end. The solver is imported
before, as start-up.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

from tieuchi.engine.advice import advise, least  # noqa: F401 - the solver is there before
from tieuchi.engine.advice.closed import closed
from tieuchi.engine.advice.moves import choice
from tieuchi.engine.decision import Given, decide
from tieuchi.engine.graph import Graph
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.truth import NOT_MET

DAY = date(2026, 1, 1)
HEAD = """pack: many
kind: standard
cite: {vi: a, en: a}
title: {vi: a, en: a}
verdict: {all: [p0]}
sources: {s: {title: {vi: a, en: a}, grade: C}}
"""


def pack(leaves: int, shared: float, rng: Random) -> str:
    """A random tree of all, any and at_least over so many comparisons."""
    facts: list[str] = []
    count = 0

    def leaf() -> list[str]:
        chosen = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            if not (facts and rng.random() < shared):
                facts.append(f"f{len(facts)}")
                chosen.append(facts[-1])
            else:
                chosen.append(rng.choice(facts))
        names = ", ".join(dict.fromkeys(chosen))
        return [f"  require: {{sum: [{names}], at_least: {rng.randint(10, 1000)} head}}"]

    nodes = [leaf() for _ in range(leaves)]
    while len(nodes) > 1:
        rng.shuffle(nodes)
        above = []
        while nodes:
            size = min(len(nodes), rng.randint(2, 5))
            group, nodes = nodes[:size], nodes[size:]
            if size == 1:
                above.append(group[0])
                continue
            how = rng.choice(("any", "all", "at_least"))
            head = [f"  at_least: {rng.randint(1, size)}", "  of:"] if how == "at_least" else []
            lines = head or [f"  {how}:"]
            for body in group:
                count += 1
                lines += [f"    p{count}:", "      cite: {vi: a, en: a}", "      read_in: s"]
                lines += [f"    {line}" for line in body]
            above.append(lines)
        nodes = above
    told = [f"  {f}: {{vi: {f}, en: {f}, unit: head}}" for f in facts]
    body = ["  p0:", "    cite: {vi: a, en: a}", "    read_in: s"]
    body += [f"  {line}" for line in nodes[0]]
    return "\n".join([HEAD, "facts:", *told, "provisions:", *body]) + "\n"


def graph_of(leaves: int, shared: float, rng: Random) -> Graph:
    """Such a pack, compiled."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.yaml"
        path.write_text(pack(leaves, shared, rng), "utf-8")
        return compile_pack(load_pack(str(path)), DAY)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=12)
    cases = parser.parse_args().cases
    print("comparisons  shared  median ms  longest ms  by counting  unfinished")
    for leaves in (20, 60, 2000):
        for shared in (0.0, 0.3, 0.6):
            measured(leaves, shared, cases if leaves < 100 else max(1, cases // 4))


def measured(leaves: int, shared: float, cases: int) -> None:
    """Times so many cases that are not met, and prints a line."""
    times: list[float] = []
    counted = unfinished = seed = 0
    while len(times) < cases:
        seed += 1
        rng = Random(1000 * leaves + seed)
        graph = graph_of(leaves, shared, rng)
        decision = decide(graph, Given({f.id: rng.randint(0, 400) for f in graph.facts}))
        if decision.truth != NOT_MET:
            continue
        start = time.perf_counter()
        advice = advise(decision)
        times.append(1000 * (time.perf_counter() - start))
        node = graph.main.verdict
        form = closed(decision, node, choice(decision, node).moves)
        counted += form is not None and form.exact
        unfinished += sum(not goal.finished for goal in advice.goals)
    middle, longest = statistics.median(times), max(times)
    print(
        f"{leaves:11d} {shared:7.1f} {middle:10.1f} {longest:11.1f}"
        f" {counted:6d} of {cases} {unfinished:6d}",
        flush=True,
    )


if __name__ == "__main__":
    main()
