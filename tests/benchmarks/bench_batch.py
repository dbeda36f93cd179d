"""Whole runs of `tieuchi batch` from a spreadsheet's file: CSV, XLSX, and a table of ten rows.

    python tests/benchmarks/bench_batch.py [--rows 1000000] [--sheet-rows 50000] [--rounds 3]

CSV, by nq-08-2019 (25 columns in, 72 out), beside Polars that reads the same file and writes it
out, with its inference of types and with all columns as text, and beside Polars that writes the 72
columns too, with results that were decided beforehand: less than this no decision can cost. XLSX to
CSV beside openpyxl's bare read of the cells; ten rows beside `python -c pass`, in whole processes.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from filecmp import cmp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.bench_startup import MAIN
from benchmarks.registry import apart, batch, child, measure, parser, show, whole_process

RESULTS = ".results.parquet"
PACK, DAY = "nq-08-2019", date(2023, 5, 31)
TYPED, TEXT, BATCH = "Polars, read and written", "Polars, all as text", "whole run of batch"
LEAN, SAME = "whole run of batch, --only 8.2.b", "Polars, decided beforehand, 72 columns written"
BARE, SHEET = "openpyxl, bare read", "whole run of batch, XLSX to CSV"
START, TEN = "python -c pass", "batch, 10 rows, whole process"
AGAINST = {TEXT: TYPED, SAME: TYPED, BATCH: TYPED, LEAN: TYPED, SHEET: BARE, TEN: START}


def typed(source: str, target: str) -> None:
    """Polars with its inference."""
    import polars as pl

    pl.scan_csv(source).sink_csv(target)


def text(source: str, target: str) -> None:
    """Polars without."""
    import polars as pl

    pl.scan_csv(source, infer_schema=False).sink_csv(target)


def same(source: str, target: str) -> None:
    """Polars with its inference, the columns of the results at hand."""
    import polars as pl

    table = [pl.scan_csv(source), pl.scan_parquet(Path(source).with_suffix(RESULTS))]
    pl.concat(table, how="horizontal").sink_csv(target, include_bom=True)


def make_results(table: Path) -> None:
    """The columns that `tieuchi batch` adds to a table."""
    import polars as pl

    decided = table.with_suffix(".decided.parquet")
    whole(str(table), str(decided))
    own = pl.scan_csv(table).collect_schema().names()
    pl.scan_parquet(decided).drop(own).sink_parquet(table.with_suffix(RESULTS))
    decided.unlink()


def whole(source: str, target: str, only: str = "") -> None:
    """`tieuchi batch`."""
    from tieuchi.engine.cache import graph_for

    batch(source, target, graph_for(PACK, DAY.toordinal()), frozenset((only,)) if only else None)


def bare(source: str, target: str) -> None:  # noqa: ARG001 - reads alone
    """Every cell of a workbook."""
    import openpyxl

    book = openpyxl.load_workbook(source, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass


CONTESTANTS = {"typed": typed, "text": text, "same": same, "batch": whole, "bare": bare}


def make_csv(path: Path, rows: int) -> None:
    """An id and the quantities of the pack, whole numbers, a quarter of the cells empty."""
    import polars as pl

    from tieuchi.engine.cache import graph_for

    facts = [f.id for f in graph_for(PACK, DAY.toordinal()).facts if f.kind == "quantity"]
    own = pl.int_range(rows, dtype=pl.Int64).alias("id")
    drawn = [
        pl.when(pl.col("id").hash(2 * i) % 4 > 0).then(pl.col("id").hash(2 * i + 1) % 100).alias(f)
        for i, f in enumerate(facts)
    ]
    parts = {"breeding_buffaloes": "buffaloes", "breeding_cows": "cattle"}
    some = [
        pl.when(pl.col(part) <= pl.col(all_of_it)).then(pl.col(part)).alias(part)
        for part, all_of_it in parts.items()
    ]
    pl.select(own).lazy().with_columns(drawn).with_columns(some).sink_csv(path)


def make_sheet(table: Path, path: Path) -> None:
    """The same in a workbook."""
    import polars as pl

    pl.read_csv(table).write_excel(path)


def main() -> None:
    """Measures and prints."""
    options = parser(__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--sheet-rows", type=int, default=50_000)
    args = options.parse_args()
    if args.child:
        child(CONTESTANTS, args.child)
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as made:
        folder = Path(made)
        table, out = folder / "in.csv", folder / "out.csv"
        apart(make_csv, table, args.rows)
        apart(make_results, table)
        at_hand = folder / "at-hand.csv"
        jobs = {
            TYPED: ("typed", str(table), str(out)),
            TEXT: ("text", str(table), str(out)),
            SAME: ("same", str(table), str(at_hand)),
            LEAN: ("batch", str(table), str(out), "8.2.b"),
            BATCH: ("batch", str(table), str(out)),
        }
        figures = measure(__file__, jobs, args.rounds)
        print(f"{SAME}, {BATCH}: the same bytes: {cmp(at_hand, out, shallow=False)}")
        show(figures, AGAINST)
        book = folder / "in.xlsx"
        apart(make_csv, table, args.sheet_rows)
        apart(make_sheet, table, book)
        jobs = {BARE: ("bare", str(book), str(out)), SHEET: ("batch", str(book), str(out))}
        show(measure(__file__, jobs, args.rounds), AGAINST)
        apart(make_csv, table, 10)
        line = ["batch", str(table), "--pack", PACK, "--as-of", DAY.isoformat(), "-o", str(out)]
        started = {
            START: [sys.executable, "-c", "pass"],
            TEN: [sys.executable, "-c", MAIN, *line],
        }
        show(whole_process(started, max(args.rounds, 5)), AGAINST)


if __name__ == "__main__":
    main()
