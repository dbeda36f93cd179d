"""The decision of a graph as one SQL query, to run in somebody's own database.

The table has the columns that `columns` reads, one a fact, in whole numbers of its step; the query
casts them to their types. A row is `@broken` where it is in a decided table, and where a value is
one that no case may state. Each layer is a part of the query (``WITH facts AS …, layer_1 AS …``),
kept apart (``MATERIALIZED``) where a database would put one into the next. A comment above it says
what the columns must be, what the query gives and what the pack does not decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from sqlglot import ErrorLevel, exp

from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.table.origin import ROW
from tieuchi.engine.table.results import BROKEN, Plan, plan
from tieuchi.engine.table.sql_header import ends, header
from tieuchi.engine.table.sql_trees import (
    Layer,
    Reader,
    Tree,
    Unwritable,
    Writer,
    bracketed,
    column,
    columns_read,
    either,
    number,
    quoted,
)
from tieuchi.engine.words import Words

TESTED = ("duckdb", "postgres", "sqlite")  # the dialects whose queries the tests run
INVALID = "@invalid"  # of the facts: a value that no case may state
LONGEST = 63  # bytes of a name in PostgreSQL, which cuts longer ones

_TYPES = {"quantity": "BIGINT", "date": "BIGINT", "yes_no": "BOOLEAN", "class": "TEXT"}
_KEPT_APART = ("postgres", "sqlite")
_PARTS = re.compile(r'"(?:[^"]|"")+"|[^."]+')
_TABLE = "t"  # as the query calls it


def decision_sql(
    graph: Graph,
    table: str,
    *,
    keep: Sequence[str] = (),
    dialect: str = "duckdb",
    only: Collection[str] | None = None,
    activities: bool | frozenset[str] = False,
    defined: bool = False,
    lang: str = "vi",
) -> str:
    """A query that gives, for each row of `table`, its columns `keep` and what `results` says;
    without any to keep, the row's number as the database reads the table (`origin.ROW`).

    `table` is a name as it stands in the database, ``schema.name`` too; `activities` and `defined`:
    see `plan`. Raises Unwritable for two columns of one name, for no name of a table, and where
    SQLite would need numbers wider than 64 bits; NoDecimal for a figure that no decimal is equal
    to; ValueError for a dialect that sqlglot does not have.
    """
    chosen = None if only is None else frozenset(only)
    made = plan(graph, activities=activities, only=chosen, enum=False, defined=defined)
    types = _types(graph, activities)
    stated: Layer = {
        name: exp.cast(column(name, _TABLE), kind, dialect="duckdb") for name, kind in types.items()
    }
    if not keep:
        keep = [ROW]
        stated[ROW] = exp.Window(this=exp.RowNumber())
    *layers, last = [stated, *_layers(made, types, dialect)]
    last[BROKEN] = either(column(INVALID), last[BROKEN])
    _refuse_twins(keep, stated, layers[1:], last, dialect)
    shown = _shown(layers, keep, last)
    used = [name for name in types if name in shown[0]]
    shown[0][INVALID] = _invalid(graph, {name: types[name] for name in used})
    query = _query(shown, [*map(column, keep), *_aliased(last)], table, dialect)
    for name in query.find_all(exp.Identifier):
        if name.name not in keep:
            name.set("this", short_name(name.name, dialect))
    text = query.sql(dialect, pretty=True, unsupported_level=ErrorLevel.RAISE)
    said = header(
        graph,
        {short_name(name, dialect): (name, types[name]) for name in used},
        made.results,
        ROW in stated,
        dialect,
        lang,
    )
    lines = (" ".join(line.splitlines()) for line in said)  # a comment ends with its line
    return "".join(f"-- {line}".rstrip() + "\n" for line in lines) + f"{text}\n"


# ---- the columns of the table


def _types(graph: Graph, activities: bool | frozenset[str]) -> dict[str, str]:
    """The columns that `columns` reads, with their types."""
    types = {fact.id: _TYPES[fact.kind] for fact in graph.facts if fact.kind in _TYPES}
    if activities is True:
        types |= {f"@activity/{activity}": "BOOLEAN" for activity in graph.activities}
    for at, node in enumerate(graph.nodes):
        if node.op in ("count", "total"):
            types |= {f"@{at}_low": "BIGINT", f"@{at}_high": "BIGINT"}
    return types


def _invalid(graph: Graph, types: Mapping[str, str]) -> Tree:
    """Whether one of the columns has a value that no case may state."""
    facts = {fact.id: fact for fact in graph.facts}
    found = [
        bracketed(tree)
        for name, kind in types.items()
        for tree in _outside(column(name, _TABLE), name, kind, facts.get(name))
    ]
    return exp.Coalesce(this=either(*found), expressions=[exp.false()]) if found else exp.false()


def _outside(of: Tree, name: str, kind: str, fact: Fact | None) -> Iterator[Tree]:
    if name.startswith("@activity/"):
        yield exp.Is(this=of, expression=exp.null())
    if kind == "BIGINT":
        yield exp.NEQ(this=of, expression=exp.cast(of, kind))
    if fact is not None and fact.kind == "class":
        labels = [exp.Literal.string(label) for label, _ in fact.labels]
        yield exp.Not(this=exp.In(this=of, expressions=labels))
    elif fact is not None and kind == "BIGINT":
        least, most = ends(fact)
        yield exp.LT(this=of.copy(), expression=number(least))
        yield exp.GT(this=of.copy(), expression=number(most))


# ---- layers


def _layers(made: Plan, types: Mapping[str, str], dialect: str) -> list[Layer]:
    """The layers of a plan in a dialect; the last gives the results."""
    reader, writer = Reader(types), Writer(dialect)
    found: list[Layer] = []
    for layer in (*made.columns.sheet.layers, made.values):
        found += writer.layers(reader.layer(layer))
    return found


def _shown(layers: Sequence[Layer], keep: Sequence[str], last: Layer) -> list[Layer]:
    """What each layer selects: what passes through it to a later one, and what it makes for one."""
    needed = {*keep, *(name for tree in last.values() for name in columns_read(tree))}
    order = dict.fromkeys((*keep, *(name for layer in layers for name in layer), INVALID))
    place = {name: n for n, name in enumerate(order)}
    out: list[Layer] = []
    for layer in reversed(layers):
        own = {name: tree for name, tree in layer.items() if name in needed}
        passed = sorted(needed - own.keys(), key=place.__getitem__)
        table = _TABLE if layer is layers[0] else None
        out.append({name: column(name, table) for name in passed} | own)
        needed = {*passed, *(name for tree in own.values() for name in columns_read(tree))}
    return out[::-1]


def _query(layers: Sequence[Layer], last: Sequence[Tree], table: str, dialect: str) -> exp.Select:
    """One query: each layer over the one before it, the first over the table."""
    query, under = exp.Select(), _source(table)
    apart = True if dialect in _KEPT_APART else None
    for n, layer in enumerate(layers):
        name = f"layer_{n}" if n else "facts"
        if name == under.name.casefold():
            name += "_"
        select = exp.select(*_aliased(layer), copy=False).from_(under, copy=False)
        query = query.with_(quoted(name), as_=select, materialized=apart, copy=False)
        under = exp.Table(this=quoted(name))
    return query.select(*last, copy=False).from_(under, copy=False)


def _source(table: str) -> exp.Table:
    """The user's table, by the parts of its name."""
    parts = [quoted(part.strip('"').replace('""', '"')) for part in _PARTS.findall(table)]
    if not 1 <= len(parts) <= 3:
        told = f"`{table}` không phải là tên một bảng", f"no name of a table: `{table}`"
        raise Unwritable(Words(*told))
    *outer, name = parts
    catalog, db = [None, None, *outer][-2:]
    return exp.Table(this=name, db=db, catalog=catalog, alias=exp.TableAlias(this=quoted(_TABLE)))


def _aliased(layer: Layer) -> list[Tree]:
    return [
        tree if tree == column(name) else exp.alias_(tree, quoted(name), copy=False)
        for name, tree in layer.items()
    ]


# ---- names


def short_name(name: str, dialect: str) -> str:
    """A column's name in a dialect. PostgreSQL: of more than 63 bytes, at most 54 are left, and ~
    and eight hexadecimal digits of the name's SHA-256 follow."""
    if dialect != "postgres" or len(name.encode()) <= LONGEST:
        return name
    start = name.encode()[: LONGEST - 9].decode(errors="ignore")
    return f"{start}~{sha256(name.encode()).hexdigest()[:8]}"


def _refuse_twins(
    keep: Sequence[str], facts: Layer, layers: Sequence[Layer], last: Layer, dialect: str
) -> None:
    """Raises Unwritable where two columns of one layer have one name, in whatever case."""
    own = [name for name in keep if name not in facts]
    inner = [*own, *facts, INVALID, *(name for layer in layers for name in layer)]
    for names in ([*keep, *last], inner):
        seen: set[str] = set()
        for name in names:
            folded = short_name(name, dialect).casefold()
            if folded in seen:
                told = f"hai cột cùng tên `{name}`", f"two columns are named `{name}`"
                raise Unwritable(Words(*told))
            seen.add(folded)
