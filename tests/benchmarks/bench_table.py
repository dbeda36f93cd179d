"""Parquet to Parquet: 20 conditions with status and shortfall, beside Polars and SQL by hand.

    python tests/benchmarks/bench_table.py [--rows 10000000] [--rounds 3]
    python tests/benchmarks/bench_table.py --growth 100000000 [--rounds 1]

First the decision alone (an id, statuses and shortfalls) beside hand-written Polars with Enum
statuses and hand-written SQL on DuckDB; then the whole run of `tieuchi batch`, which keeps the
table's own columns, counts, sums up and puts rejects aside, beside hand-written Polars that keeps
the same columns. `--growth`: time and memory of whole runs by rows, up to so many, and of
100 000 rows by conditions, up to 2 000.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.registry import (
    CONDITIONS,
    Condition,
    apart,
    batch,
    child,
    graph_of,
    make_table,
    many,
    measure,
    parser,
    show,
)

HAND, KEPT, SQL = "Polars by hand", "Polars by hand, columns kept", "SQL by hand, DuckDB"
CORE, WHOLE, DUCK = "decision alone, Polars", "whole run of batch", "decision alone, DuckDB"
AGAINST = {CORE: HAND, WHOLE: KEPT, DUCK: SQL}


def by_hand(source: str, target: str, kept: str = "") -> None:
    """What one would write for these conditions in Polars."""
    import polars as pl

    words = pl.Enum(["met", "not_met", "undetermined"])
    met_, not_met, unknown_ = (pl.lit(word, dtype=words) for word in words.categories)
    out: list[Any] = [pl.all() if kept else pl.col("id")]
    for name, facts, threshold in CONDITIONS:
        first = pl.col(facts[0])
        if len(facts) == 1:
            total, unknown = first, first.is_null()
            met = (total >= threshold).fill_null(False)
        else:
            total = sum((pl.col(f).fill_null(0) for f in facts[1:]), first.fill_null(0))
            unknown = pl.any_horizontal([pl.col(f).is_null() for f in facts])
            met = total >= threshold
        status = pl.when(met).then(met_).when(unknown).then(unknown_).otherwise(not_met)
        short = pl.when(~met & ~unknown).then(threshold - total)
        out += [status.alias(name), short.alias(f"{name}.shortfall")]
    table = pl.scan_parquet(f"{source}/*.parquet").select(out)
    table.sink_parquet(target, compression="zstd", compression_level=1)


def sql_by_hand(source: str, target: str) -> None:
    """What one would write for these conditions in SQL."""
    out = ["id"]
    for name, facts, threshold in CONDITIONS:
        total = facts[0] if len(facts) == 1 else " + ".join(f"coalesce({f}, 0)" for f in facts)
        unknown = " or ".join(f"{f} is null" for f in facts)
        out.append(
            f"case when {total} >= {threshold} then 'met' when {unknown} then 'undetermined' "
            f"else 'not_met' end as \"{name}\""
        )
        out.append(
            f"case when {total} >= {threshold} or {unknown} then null else {threshold} - ({total}) "
            f'end as "{name}.shortfall"'
        )
    _copied(f"select {', '.join(out)} from read_parquet('{source}/*.parquet')", target)


def _copied(query: str, target: str) -> None:
    import duckdb

    duckdb.execute(
        f"copy ({query}) to '{target}' (format parquet, compression zstd, compression_level 1)"
    )


def core(source: str, target: str) -> None:
    """The columns of the decision and nothing else, on Polars."""
    import narwhals as nw
    import polars as pl

    with tempfile.TemporaryDirectory() as folder:
        made = _plan(folder)
    frame = nw.from_native(pl.scan_parquet(f"{source}/*.parquet"))
    names = [name for name in made.values if not name.startswith("@")]
    out = nw.to_native(made.over(frame, ["id"])).select("id", *names)
    out.sink_parquet(target, compression="zstd", compression_level=1)


def core_in_duckdb(source: str, target: str) -> None:
    """The same on DuckDB."""
    import duckdb
    import narwhals as nw

    with tempfile.TemporaryDirectory() as folder:
        made = _plan(folder)
    frame: Any = nw.from_native(duckdb.read_parquet(f"{source}/*.parquet"))
    names = [name for name in made.values if not name.startswith("@")]
    _copied(nw.to_native(made.over(frame, ["id"]).select("id", *names)).sql_query(), target)


def _plan(folder: str) -> Any:
    from tieuchi.engine.table.results import plan

    return plan(graph_of(CONDITIONS, folder))


def whole(source: str, target: str, conditions: str = "") -> None:
    """`tieuchi batch`."""
    with tempfile.TemporaryDirectory() as folder:
        asked: Sequence[Condition] = many(int(conditions)) if conditions else CONDITIONS
        graph = graph_of(asked, folder)
    batch(source, target, graph)


CONTESTANTS = {
    "hand": by_hand, "sql": sql_by_hand, "core": core, "duckdb": core_in_duckdb, "batch": whole,
}  # fmt: skip


def beside(folder: str, rows: int, rounds: int) -> None:
    """Everybody beside everybody."""
    source, out = apart(make_table, folder, rows, CONDITIONS), Path(folder)
    jobs = {
        HAND: ("hand", source, str(out / "hand.parquet")),
        CORE: ("core", source, str(out / "core.parquet")),
        KEPT: ("hand", source, str(out / "kept.parquet"), "kept"),
        WHOLE: ("batch", source, str(out / "batch.parquet")),
        SQL: ("sql", source, str(out / "sql.parquet")),
        DUCK: ("duckdb", source, str(out / "duckdb.parquet")),
    }
    figures = measure(__file__, jobs, rounds)
    for one, other in (("hand", "core"), ("hand", "sql"), ("hand", "duckdb"), ("kept", "batch")):
        print(f"{one}, {other}: {_differing(out, one, other)} cells differ")
    show(figures, AGAINST)


def _differing(folder: Path, one: str, other: str) -> int:
    import polars as pl

    names = [f"{name}{end}" for name, _, _ in CONDITIONS for end in ("", ".shortfall")]
    frames = [
        pl.scan_parquet(folder / f"{name}.parquet")
        .sort("id")
        .head(PARTLY)
        .select("id", pl.col(names).cast(pl.String))
        .collect(engine="streaming")
        for name in (one, other)
    ]
    return sum(int(frames[0][name].ne_missing(frames[1][name]).sum()) for name in ("id", *names))


PARTLY = 300_000  # rows held against each other


def growth(folder: str, rows: int, rounds: int) -> None:
    """By rows and by conditions."""
    for count in sorted({max(rows // 100, 1), max(rows // 10, 1), rows}):
        _grown(folder, count, CONDITIONS, "", rounds)
    for conditions in (20, 200, 2000):
        _grown(folder, 100_000, many(conditions), str(conditions), rounds)


def _grown(folder: str, rows: int, conditions: Sequence[Condition], told: str, rounds: int) -> None:
    import shutil

    source = apart(make_table, folder, rows, conditions)
    target = str(Path(folder) / "out.parquet")
    jobs = {f"{rows:,} rows × {len(conditions):,} conditions": ("batch", source, target, told)}
    show(measure(__file__, jobs, rounds, warm=False), {})
    shutil.rmtree(source)
    Path(target).unlink()


def main() -> None:
    """Measures and prints."""
    options = parser(__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--growth", type=int)
    args = options.parse_args()
    if args.child:
        child(CONTESTANTS, args.child)
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        if args.growth:
            growth(folder, args.growth, args.rounds)
        else:
            beside(folder, args.rows, args.rounds)


if __name__ == "__main__":
    main()
