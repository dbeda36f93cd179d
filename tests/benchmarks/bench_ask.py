"""How long `ask` takes from an answer to the next question, the session and comparison included.

    python tests/benchmarks/bench_ask.py [--interviews 20] [--json out.json]

Of each pack that ships, so many interviews with answers at random, from every interval between
thresholds alike; one answer in ten is that it is not known. The first figure is the first question
of a graph that is loaded, then the median, the 95th percentile and the longest of all answers.
Last, graphs of 60 and 2,000 conditions, each of a fact of its own, without a session. All is
processor time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from graphs import wide
from packs import DAYS, SHIPPED, graph_of

from tieuchi.engine.case import Case
from tieuchi.engine.decision import CaseError
from tieuchi.engine.graph import Graph
from tieuchi.engine.interview import Interview
from tieuchi.engine.interview.live import Live
from tieuchi.engine.kernel import Value
from tieuchi.engine.truth import MET

DAY = date(2024, 10, 1)


def no_case() -> Case:
    """Nobody needs a record here."""
    raise AssertionError("the engines disagree")


def drawn(interview: Interview, random: Random) -> Value:
    """An answer from one of the intervals between thresholds; None where none is possible."""
    board, question = interview.board, interview.question
    assert question is not None
    values = board.start(interview.given)
    cells = board.cells(values, question.name, board.open_below(values))
    if not cells:
        return None
    move = random.choice(random.choice(cells).moves)
    if question.fact is not None:
        return move[0][1]
    chosen = {slot - board.first_activity for slot, value in move if value == MET}
    return [name for i, name in enumerate(interview.graph.activities) if i in chosen]


def interview(graph: Graph, random: Random) -> tuple[float, list[float]]:
    """One interview: the time to its first question and after each answer, in ms."""
    start = time.process_time()
    with closing(Live(Interview(graph), no_case)) as live:
        first = time.process_time() - start
        times = []
        while live.interview.question is not None:
            value = drawn(live.interview, random) if random.random() < 0.9 else None
            start = time.process_time()
            try:
                if value is not None:
                    live.answer(value)
                else:
                    live.skip()
            except CaseError:
                break
            times.append((time.process_time() - start) * 1e3)
    return first * 1e3, times


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--interviews", type=int, default=20)
    parser.add_argument("--json")
    args = parser.parse_args()
    report: dict[str, Any] = {}

    print(f"{'pack':18} answers   first  median    95 %  longest, ms")
    for pack in SHIPPED:
        graph, random = graph_of(pack, DAYS.get(pack, DAY)), Random(pack)
        interview(graph, Random(0))  # the rules of the session are made once
        firsts, times = [], []
        for _ in range(args.interviews):
            first, more = interview(graph, random)
            firsts.append(first)
            times += more
        times.sort()
        figures = [
            sorted(firsts)[len(firsts) // 2],
            times[len(times) // 2],
            times[len(times) * 95 // 100],
            times[-1],
        ]
        report[pack] = {"answers": len(times), "ms": [round(figure, 1) for figure in figures]}
        print(f"{pack:18} {len(times):7} " + " ".join(f"{figure:7.1f}" for figure in figures))

    for size in (60, 2_000):
        graph, times = wide(size), []
        start = time.process_time()
        of = Interview(graph, about=[len(graph.nodes) - 1])
        first = (time.process_time() - start) * 1e3
        while of.question is not None and len(times) < 20:
            start = time.process_time()
            of.answer(0 if of.question.fact is not None else graph.activities)
            times.append((time.process_time() - start) * 1e3)
        times.sort()
        figures = [first, times[len(times) // 2], times[-1]]
        report[f"{size} conditions"] = {"ms": [round(figure, 1) for figure in figures]}
        shown = ", ".join(f"{figure:.1f}" for figure in figures)
        print(f"{size} conditions: first, median, longest {shown}")

    if args.json:
        Path(args.json).write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
