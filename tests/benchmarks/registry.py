"""What the benchmarks of tables share: packs, tables of random rows, contestants in processes.

A contestant is a function of a module's `CONTESTANTS`. Each runs in a process of its own that
imports first and then starts the clock; it says the seconds that passed, those of the processor and
the most memory that the process had. Rounds take all contestants in turn, a figure is the median.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.hand import BREEDING, LARGE, SINGLE

from tieuchi.engine.graph import Graph
from tieuchi.engine.load import compile_pack, load_pack

Condition = tuple[str, tuple[str, ...], int]
Figures = dict[str, dict[str, float]]

CONDITIONS: list[Condition] = [
    ("p_large", LARGE, 50),
    ("p_breeding", BREEDING, 50),
    *((f"p_{fact}", (fact,), threshold) for fact, threshold in SINGLE),
]
PIECE = 1_000_000
HEAD = """pack: many
kind: subsidy
cite: {vi: a, en: a}
title: {vi: a, en: a}
source: s
sources: {s: {title: {vi: a, en: a}, grade: A}}
"""


def many(conditions: int) -> list[Condition]:
    """So many conditions of one fact each."""
    return [(f"p{i}", (f"f{i}",), 20 + i % 50) for i in range(conditions)]


def graph_of(conditions: Sequence[Condition], folder: str) -> Graph:
    """The graph of a pack with these conditions."""
    facts = [fact for _, of, _ in conditions for fact in of]
    lines = [HEAD, "facts:", *(f"  {f}: {{vi: {f}, en: {f}, unit: head}}" for f in facts)]
    lines.append("provisions:")
    for name, of, threshold in conditions:
        measured = f"of: {of[0]}" if len(of) == 1 else f"sum: [{', '.join(of)}]"
        require = f"{{{measured}, at_least: {threshold} head}}"
        lines += [f"  {name}:", "    cite: {vi: a, en: a}"]
        lines += [f"    quote: từ {threshold} con trở lên", f"    require: {require}"]
    place = Path(folder) / "many.yaml"
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return compile_pack(load_pack(str(place)), date(2026, 1, 1))


def make_table(folder: str, rows: int, conditions: Sequence[Condition]) -> str:
    """A folder of Parquet files: an id and the facts, around the thresholds, 30 % of them empty."""
    import polars as pl

    where = Path(folder) / f"rows-{rows}-{len(conditions)}"
    where.mkdir()
    for at, start in enumerate(range(0, rows, PIECE)):
        own = pl.int_range(start, min(start + PIECE, rows), dtype=pl.Int64, eager=True).alias("id")
        facts = [
            pl.when(_drawn(f"{fact} gap") % 10 >= 3)
            .then(_drawn(fact) % (2 * threshold // len(of) + 1))
            .cast(pl.Int64)
            .alias(fact)
            for _, of, threshold in conditions
            for fact in of
        ]
        piece = own.to_frame().lazy().with_columns(facts)
        piece.sink_parquet(where / f"{at:04}.parquet", compression_level=1)
    return str(where)


def _drawn(name: str) -> Any:
    import polars as pl

    return pl.col("id").hash(sum(ord(c) * 31**i for i, c in enumerate(name)) % 2**32)


def batch(source: str, target: str, graph: Graph, only: frozenset[str] | None = None) -> None:
    """The whole of `tieuchi batch`, from a file to a file, but for the terminal."""
    from tieuchi.engine.table.batch import run
    from tieuchi.engine.table.match import match
    from tieuchi.engine.table.run import Job
    from tieuchi.engine.table.sources import open_source

    with open_source(source) as table:
        job = Job(graph, table.headers, match(table.headers, graph), only=only)
        run(job, table, target, "vi")


# ---- processes


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process of its own: what a child has used at most counts what its parent
    had when it was started."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure(
    script: str, jobs: Mapping[str, Sequence[str]], rounds: int, *, warm: bool = True
) -> Figures:
    """Contestants by what is shown: their name and arguments; the medians of their figures."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in jobs}
    for round_ in range(rounds + warm):
        for name, arguments in jobs.items():
            command = [sys.executable, script, "--child", *arguments]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name}: {done.stderr[-2000:]}")
            if round_ >= warm:
                found[name].append(json.loads(done.stdout.splitlines()[-1]))
    return {
        name: {key: statistics.median(each[key] for each in values) for key in values[0]}
        for name, values in found.items()
    }


def whole_process(commands: Mapping[str, Sequence[str]], rounds: int) -> Figures:
    """The same of whole processes, from their start to their end."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            assert process.stderr is not None
            said = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"{name}: {said.decode()[-2000:]}")
            passed = time.perf_counter() - start
            if round_:
                most = used.ru_maxrss / 1024
                found[name].append((passed, used.ru_utime + used.ru_stime, most))
    return {
        name: dict(
            zip(("s", "cpu", "mib"), map(statistics.median, zip(*values, strict=True)), strict=True)
        )
        for name, values in found.items()
    }


def child(contestants: Mapping[str, Callable[..., object]], arguments: Sequence[str]) -> None:
    """Run one contestant and print its figures."""
    for module in ("polars", "narwhals", "tieuchi.engine.table.batch"):
        importlib.import_module(module)
    name, *rest = arguments
    start, used = time.perf_counter(), time.process_time()
    contestants[name](*rest)
    told = {
        "s": time.perf_counter() - start,
        "cpu": time.process_time() - used,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


def show(figures: Figures, pairs: Mapping[str, str]) -> None:
    """A table; `pairs`: what each is held against."""
    print("| what | s | CPU s | × (s) | × (CPU) | peak MiB |\n|---|---|---|---|---|---|")
    for name, of in figures.items():
        base = figures[pairs.get(name, name)]
        ratio = f"{of['s'] / base['s']:.2f} | {of['cpu'] / base['cpu']:.2f}"
        print(f"| {name} | {of['s']:.2f} | {of['cpu']:.2f} | {ratio} | {of['mib']:.0f} |")


def parser(about: str | None) -> argparse.ArgumentParser:
    """Options that all have."""
    made = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--folder", help="where the tables are made; else a temporary folder")
    made.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    return made
