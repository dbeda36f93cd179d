"""Tables as people keep them, to be decided on one back end and on another, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import polars as pl
from command import run
from dirt import COLUMNS, DIRT, PACK
from packs import DAY, graph_of
from results import delimiter_of
from tables import KEY, Table, random_table

from tieuchi.engine.graph import Fact
from tieuchi.engine.quantity import decimal_text


class Case(NamedTuple):
    """A pack, its table and the options of the command."""

    pack: str
    main: pl.DataFrame
    lists: Mapping[str, pl.DataFrame] = {}
    options: Sequence[str] = ()


class Came(NamedTuple):
    """What a run has written and said."""

    rows: pl.DataFrame
    rejects: pl.DataFrame
    summary: dict[str, Any]


def registry(pack: str, count: int, *options: str, activities: bool = False) -> Case:
    """A random table of a pack that ships: every other column is of text, some cells are bad."""
    graph, rng = graph_of(pack), Random(pack)
    table = random_table(graph, count, rng, gaps=0.2)
    columns: dict[str, list[str | None]] = {"Tên chủ thể": [f"hộ {key}" for key in table[KEY]]}
    columns["nhóm"] = [rng.choice(("a", "b", "b\u00a0", None)) for _ in table[KEY]]
    main = pl.DataFrame(columns).with_columns(_columns(graph.facts, table, rng))
    if activities:
        named = [rng.choice((None, "", *graph.activities, "gì đó")) for _ in table[KEY]]
        main = main.with_columns(pl.Series("activities", named, dtype=pl.String))
    lists = {fact.id: _members(fact, table, rng) for fact in graph.facts if fact.kind == "list"}
    return Case(pack, main, lists, options)


def dirty(folder: Path) -> Case:
    """The kinds of dirt, a row each."""
    pack = folder / "dirt.yaml"
    pack.write_text(PACK, encoding="utf-8")
    rows = [[{"hộ": each.name, **each.cells}.get(name) for name in COLUMNS] for each in DIRT]
    schema = dict.fromkeys(COLUMNS, pl.String)
    return Case(str(pack), pl.DataFrame(rows, schema=schema, orient="row"))


def _columns(facts: Sequence[Fact], table: Table, rng: Random) -> list[pl.Series]:
    made = [(fact, table[fact.id]) for fact in facts if fact.kind not in ("list", "text")]
    return [_column(fact, values, i % 2 == 1, rng) for i, (fact, values) in enumerate(made)]


def _column(fact: Fact, values: Sequence[Any], text: bool, rng: Random) -> pl.Series:
    if fact.kind == "yes_no" and not text:
        return pl.Series(fact.id, values, dtype=pl.Boolean)
    if fact.kind == "date" and not text:
        days = [None if v is None else date.fromordinal(v) for v in values]
        return pl.Series(fact.id, days, dtype=pl.Date)
    if fact.kind == "quantity" and not text and fact.num % fact.den == 0:
        whole = [None if v is None else v * fact.num // fact.den for v in values]
        return pl.Series(fact.id, whole, dtype=pl.Int64)
    told = [None if v is None else _told(fact, v, rng) for v in values]
    return pl.Series(fact.id, told, dtype=pl.String)


def _told(fact: Fact, value: Any, rng: Random) -> str:
    if rng.random() < 0.01:
        return rng.choice(("?!", "-1", "1.000", "unknown"))
    if fact.kind == "yes_no":
        return rng.choice(("có", "Yes") if value else ("không", "no"))
    if fact.kind == "date":
        return date.fromordinal(value).strftime("%d/%m/%Y").rjust(10, "0")
    if fact.kind == "class":
        return str(value)
    written = decimal_text(value, fact.num, fact.den)
    return written.replace(".", ",") if rng.random() < 0.3 else written


def _members(fact: Fact, table: Table, rng: Random) -> pl.DataFrame:
    pairs = zip(table[KEY], table[fact.id], strict=True)
    rows = [(f"hộ {key}", member) for key, members in pairs for member in members or ()]
    by_field = {field.id: [m[i] for _, m in rows] for i, field in enumerate(fact.fields)}
    keys = pl.Series("Tên chủ thể", [key for key, _ in rows])
    return pl.DataFrame([keys]).with_columns(_columns(fact.fields, by_field, rng))


# ---- run


def decided(
    case: Case, folder: Path, engine: str, *options: str, kind: str = "parquet", parts: int = 1
) -> Came:
    """A case decided by the command line; `parts`: its table is a folder of so many files."""
    table = folder / "table.parquet"
    if not table.exists():
        if parts > 1:
            table.mkdir()
            size = -(-case.main.height // parts)
            for n in range(parts):
                case.main[n * size : (n + 1) * size].write_parquet(table / f"{n}.parquet")
        else:
            case.main.write_parquet(table)
    lists = []
    for name, members in case.lists.items():
        members.write_csv(folder / f"{name}.csv")
        lists += ["--list", f"{name}={folder / name}.csv", "--key", "Tên chủ thể"]
    out = folder / f"{engine}.{kind}"
    ran = run(
        "batch", str(table), "--pack", case.pack, "--as-of", str(DAY), "-o", str(out),
        "--engine", engine, "--format", "json", *lists, *case.options, *options,
    )  # fmt: skip
    assert ran.code in (0, 4), ran.err
    summary = json.loads(ran.out)
    del summary["output"]
    refused = summary.pop("rejects")
    left = {path.name for path in folder.iterdir() if "tieuchi" in path.name}
    assert not left
    rows = _csv(out) if kind == "csv" else _parquet(out)
    if refused is None:
        rejects = pl.DataFrame()
    elif refused.endswith(".csv"):
        rejects = _csv(Path(refused))
    else:
        rejects = _parquet(Path(refused))
    assert rows.height == summary["rows"]["out"] or "--long" in case.options
    return Came(rows, rejects, summary)


def _csv(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False, separator=delimiter_of(path))


def _parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)
