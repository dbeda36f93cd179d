"""A million decisions in columns, each held against `decide`: python tests/scale.py

    python tests/scale.py --rows 200000 --seed 7 --engine duckdb

Random tables of all packs (see `tables`: gaps, thresholds, one step to either side, as much as may
be stated), a list's members in a table of their own; every cell of every row is compared. It prints
how many decisions were compared and how many disagree, and ends with 1 where one does.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import NamedTuple

from packs import DAY, SHIPPED, graph_of, unchecked
from tables import ENGINES, canonical, decided, disagreements, plan_of, random_table

PIECE = 5_000  # rows of one table


class Work(NamedTuple):
    """One table: of a pack, with so many rows."""

    pack: str
    rows: int
    seed: str
    engine: str


class Found(NamedTuple):
    """What came of it: cells compared, rows that disagree (the first ones in words), refused."""

    work: Work
    cells: int
    broken: int
    wrong: int
    shown: tuple[str, ...]


def pieces(rows: int, seed: int, engines: list[str]) -> Iterator[Work]:
    """All tables: each pack has `rows` rows in each back end."""
    for engine in engines:
        for start in range(0, rows, PIECE):
            for pack in SHIPPED:
                yield Work(pack, min(PIECE, rows - start), f"{seed} {pack} {start}", engine)


def compared(work: Work) -> Found:
    """One table, decided in columns and row by row."""
    graph, rng = graph_of(work.pack), Random(work.seed)
    if rng.random() < 0.8:  # the checks of the input refuse most random rows
        graph = unchecked(graph)
    gaps, complete = rng.choice((0.0, 0.02, 0.1, 0.3)), rng.random() < 0.5
    table = random_table(graph, work.rows, rng, gaps=gaps, activities=rng.random() < 0.5)
    made = plan_of(graph, table)
    rows = decided(canonical(graph, table, ENGINES[work.engine], complete=complete), made)
    broken = sum(row["@broken"] for row in rows)
    wrong = list(disagreements(graph, table, rows, made, complete=complete))
    cells = len(rows) * (len(made.results) + 1)
    return Found(work, cells, broken, len(wrong) + work.rows - len(rows), tuple(wrong[:2]))


def main() -> int:
    """Runs it and prints the figures."""
    parser = argparse.ArgumentParser(description="compare columns with decide, row by row")
    parser.add_argument("--rows", type=int, default=150_000, help="rows of each pack")
    parser.add_argument("--seed", type=int, default=20_261_124)
    parser.add_argument("--engine", choices=[*ENGINES, "all"], default="polars")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    asked = parser.parse_args()
    start = time.monotonic()
    decisions = cells = broken = wrong = 0
    engines = list(ENGINES) if asked.engine == "all" else [asked.engine]
    with ProcessPoolExecutor(asked.jobs) as pool:
        for found in pool.map(compared, pieces(asked.rows, asked.seed, engines)):
            decisions += found.work.rows
            cells += found.cells
            broken += found.broken
            wrong += found.wrong
            for each in found.shown:
                print(found.work, each, file=sys.stderr)
    print(f"as of {DAY}, seed {asked.seed}, on {', '.join(engines)}")
    print(f"{decisions:,} decisions compared, {cells:,} cells, {broken:,} rows refused by both")
    print(f"{wrong:,} disagreements, {time.monotonic() - start:.0f} seconds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
