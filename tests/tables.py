"""Random tables of a graph, decided in columns and row by row, and compared cell by cell.

A table is a dictionary of columns by the fact's id, in the graph's integers; of a list its column
holds the members of each row. Awkward values come often: what the law compares with, one step to
either side, nothing, as much as may be stated, the ends of months and leap days.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import narwhals as nw
import polars as pl
from strategies import thresholds

from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.session import run
from tieuchi.engine.table.members import counted, joined
from tieuchi.engine.table.results import BROKEN, Plan, Result, plan
from tieuchi.engine.truth import MET, NOT_MET

Table = dict[str, list[Any]]
Row = dict[str, Any]
Engine = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
TYPES: Mapping[str, Any] = {
    "quantity": pl.Int64,
    "date": pl.Int64,
    "yes_no": pl.Boolean,
    "class": pl.String,
}
KEY = "key"
NUMBERS = ("shortfall", "least", "most")


# ---- random tables


def random_table(
    graph: Graph, count: int, rng: Random, *, gaps: float = 0.3, activities: bool = False
) -> Table:
    """So many rows; each fact is stated but for `gaps` of them."""
    near = thresholds(graph)
    table: Table = {KEY: list(range(count))}
    for fact in graph.facts:
        draw = _drawing(fact, graph, near, rng, gaps)
        table[fact.id] = [None if rng.random() < gaps else draw() for _ in range(count)]
    if activities:
        for activity in graph.activities:
            table[f"@activity/{activity}"] = [rng.random() < 0.6 for _ in range(count)]
    return table


def _drawing(
    fact: Fact, graph: Graph, near: Sequence[int], rng: Random, gaps: float
) -> Callable[[], Any]:
    if fact.kind == "yes_no":
        return lambda: rng.random() < 0.5
    if fact.kind == "class":
        return lambda: rng.choice(fact.labels)[0]
    if fact.kind == "date":
        days = _days(graph.as_of)
        return lambda: rng.choice(days) if rng.random() < 0.6 else rng.randint(1, 3_652_059)
    if fact.kind == "quantity":
        return _quantity(fact, near, rng)
    if fact.kind == "text":
        return lambda: "A"
    fields = [(field, _drawing(field, graph, near, rng, gaps)) for field in fact.fields]

    def members() -> list[list[Any]]:
        return [
            [None if rng.random() < gaps else draw() for _, draw in fields]
            for _ in range(rng.randint(0, 4))
        ]

    return members


def _days(as_of: int) -> list[int]:
    """Days around the ends of months and leap days, as far back as laws ask, and a few to come."""
    day, found = date.fromordinal(as_of), {as_of - 1, as_of, as_of + 1, 1, 3_652_059}
    for years in (0, 1, 4, 12, 17, 18, 35, 60, 61, 100):
        year = max(2, day.year - years)
        for month in (2, 3, 4, 5, 12):
            first = date(year, month, 1)
            found |= {(first + timedelta(d)).toordinal() for d in (-2, -1, 0, 27, 28)}
        last = min(day.day, 28)
        found |= {date(year, day.month, last).toordinal() + d for d in (-1, 0, 1, 2, 3)}
    return sorted(found)


def _quantity(fact: Fact, near: Sequence[int], rng: Random) -> Callable[[], int]:
    least, most = fact.least or 0, fact.limit if fact.most is None else fact.most

    def draw() -> int:
        kind = rng.random()
        if kind < 0.1:
            steps = rng.choice((least, least + 1, 1, most, most - 1))
        elif kind < 0.2:
            steps = rng.randint(least, most)
        elif kind < 0.7:
            steps = rng.choice(near) + rng.choice((-1, 0, 1))
        else:
            steps = rng.randint(0, 2 * rng.choice(near) + 2)
        return min(max(steps, least), most)

    return draw


def table_of(graph: Graph, givens: Sequence[Given]) -> Table:
    """The table of some cases, whose lists must all be whole or all open."""
    table: Table = {KEY: list(range(len(givens)))}
    for fact in graph.facts:
        table[fact.id] = [_told(fact, given.get(fact.id)) for given in givens]
    for activity in graph.activities:
        name = f"@activity/{activity}"
        table[name] = [given.get(name, MET) == MET for given in givens]
    return table


def _told(fact: Fact, value: Value) -> Any:
    """A stated value as it stands in a column; None where it says nothing."""
    if value is None or (isinstance(value, tuple) and fact.kind != "list"):
        return None
    if fact.kind == "yes_no":
        return value == MET if value in (MET, NOT_MET) else None
    if fact.kind == "class":
        return fact.labels[value.bit_length() - 1][0] if value & (value - 1) == 0 else None
    if fact.kind == "list":
        return [
            [_told(field, of) for field, of in zip(fact.fields, row, strict=True)]
            for row in value.rows
        ]
    return value


# ---- one row as a case


def case(graph: Graph, table: Table, row: int, *, complete: bool = False) -> Given:
    """What a row states. A list without members is stated as one only where it is `complete`."""
    given = Given()
    for fact in graph.facts:
        stated = table[fact.id][row]
        if fact.kind == "list":
            rows = tuple([_member(fact, each) for each in stated or ()])
            given[fact.id] = Members(rows, complete)
        elif stated is not None:
            given[fact.id] = _value(fact, stated)
    for activity in graph.activities:
        name = f"@activity/{activity}"
        if name in table:
            given[name] = MET if table[name][row] else NOT_MET
    return given


def _value(fact: Fact, stated: Any) -> Value:
    if fact.kind == "yes_no":
        return MET if stated else NOT_MET
    if fact.kind == "class":
        return 1 << [label for label, _ in fact.labels].index(stated)
    return stated


def _member(fact: Fact, row: Sequence[Any]) -> list[Value]:
    return [
        _anything(field) if stated is None else _value(field, stated)
        for field, stated in zip(fact.fields, row, strict=True)
    ]


def _anything(field: Fact) -> Value:
    """What a field may be of which nothing is stated."""
    if field.kind == "yes_no":
        return MET | NOT_MET
    if field.kind == "class":
        return (1 << len(field.labels)) - 1
    if field.kind == "date":
        return (None, None, False)
    return (field.least or 0, field.most, False)


# ---- in columns


def main_frame(graph: Graph, table: Table) -> pl.DataFrame:
    """The main table."""
    kinds = {fact.id: TYPES.get(fact.kind) for fact in graph.facts}
    columns = {
        name: pl.Series(name, values, dtype=kinds.get(name, pl.Boolean), strict=True)
        for name, values in table.items()
        if name != KEY and kinds.get(name, pl.Boolean) is not None
    }
    return pl.DataFrame({KEY: pl.Series(table[KEY], dtype=pl.Int64), **columns})


def member_frame(fact: Fact, table: Table) -> pl.DataFrame:
    """The members of a list, each with the key of its row."""
    rows = [
        (key, *member)
        for key, members in zip(table[KEY], table[fact.id], strict=True)
        for member in members or ()
    ]
    columns = {KEY: pl.Series([row[0] for row in rows], dtype=pl.Int64)}
    for i, field in enumerate(fact.fields, 1):
        if field.kind in TYPES:
            columns[field.id] = pl.Series([row[i] for row in rows], dtype=TYPES[field.kind])
    return pl.DataFrame(columns)


def canonical(
    graph: Graph, table: Table, engine: Engine, *, complete: bool | frozenset[str] = False
) -> nw.LazyFrame[Any]:
    """The whole table in a back end, with the counts of its lists; `complete`: nobody else is on
    them, or on those of these names."""
    frame = engine(nw.from_native(main_frame(graph, table).lazy()))
    for fact in graph.facts:
        if fact.kind == "list":
            whole = complete if isinstance(complete, bool) else fact.id in complete
            members = engine(nw.from_native(member_frame(fact, table).lazy()))
            counts = counted(graph, fact.id, members, KEY, whole)
            frame = joined(graph, fact.id, frame, counts, KEY, whole)
    return frame


def in_polars(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Polars, as it is."""
    return frame


@cache
def _connection() -> Any:
    import duckdb

    return duckdb.connect()


def in_duckdb(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A relation of DuckDB."""
    held = nw.to_native(frame).collect()
    made: nw.LazyFrame[Any] = nw.from_native(_connection().from_arrow(held.to_arrow()))
    return made


ENGINES = {"polars": in_polars, "duckdb": in_duckdb}


def decided(frame: nw.LazyFrame[Any], made: Plan) -> list[Row]:
    """What the columns say, row by row."""
    out = made.over(frame, [KEY]).collect("polars")
    return list(nw.to_native(out).sort(KEY).to_dicts())


def plan_of(graph: Graph, table: Table, **more: Any) -> Plan:
    """The columns that decide a table, but for figures whose step no decimal is equal to."""
    asked = any(name.startswith("@activity/") for name in table)
    return plan(graph, activities=asked, only=decimals(graph), **more)


def decimals(graph: Graph) -> frozenset[str] | None:
    """The provisions and amounts whose figures are decimals; None where all are."""
    named: list[tuple[str, list[int]]] = [
        (p.id, [test.measured for test in p.tests]) for p in graph.main.provisions
    ]
    named += [(a.id, [a.node]) for a in graph.main.amounts]
    kept = [name for name, nodes in named if all(_is_decimal(graph, n) for n in nodes if n >= 0)]
    return None if len(kept) == len(named) else frozenset(kept)


def _is_decimal(graph: Graph, at: int) -> bool:
    node = graph.nodes[at]
    if node.kind == "ratio":
        return _is_decimal(graph, node.args[0])
    return "/" not in decimal_text(1, node.num, node.den)


# ---- compared


def wanted(made: Plan, decision: Decision) -> Row:
    """What a decision says, in the words of the columns."""
    return {result.name: _wanted(result, decision) for result in made.results}


def _wanted(result: Result, decision: Decision) -> Any:
    if result.kind == "verdict":
        return str(decision.status)
    assert result.of is not None
    if result.kind == "class":
        return _label(result.of, decision)
    if result.kind in ("least", "most"):
        if result.of.node < 0:
            return None
        low, high, _ = decision.bounds(result.of.node)
        end = low if result.kind == "least" else high
        return None if end is None else Fraction(decision.text(result.of.node, end))
    view = decision[result.of.id]
    if result.kind == "status":
        return None if view.status is None else str(view.status)
    short = [f.shortfall for f in view.findings if f.shortfall is not None]
    if view.truth != NOT_MET or not short:
        return None
    node = view.findings[0].test.measured
    if decision.graph.nodes[node].kind == "ratio":
        node = decision.graph.nodes[node].args[0]
    return Fraction(decision.text(node, short[0]))


def _label(of: Any, decision: Decision) -> str | None:
    """The one label that is left; None where several are, or it may not apply."""
    value = decision.values[of.node]
    left = [label for i, (label, _) in enumerate(of.labels) if value >> i & 1]
    return left[0] if len(left) == 1 and not value >> len(of.labels) else None


def found(made: Plan, row: Row) -> Row:
    """What a row of the decided table says, its numbers as fractions."""
    return {
        name: Fraction(str(value)) if kind in NUMBERS and value is not None else value
        for name, kind, value in ((r.name, r.kind, row[r.name]) for r in made.results)
    }


def disagreements(
    graph: Graph, table: Table, rows: Sequence[Row], made: Plan, *, complete: bool = False
) -> Iterator[str]:
    """Each row of which the columns say something else than `decide`, in words."""
    for i, row in enumerate(rows):
        given = case(graph, table, i, complete=complete)
        try:
            want = wanted(made, decide(graph, given))
        except CaseError as refused:
            if not row[BROKEN]:
                yield f"row {i}: not broken, but {refused}: {given}"
            continue
        if row[BROKEN]:
            yield f"row {i}: broken, but decided: {given}"
            continue
        got = found(made, row)
        wrong = {name: (value, got[name]) for name, value in want.items() if got[name] != value}
        if wrong:
            yield f"row {i}: (decide, columns) {wrong}: {given}"


def session_disagreements(
    graph: Graph, table: Table, rows: Sequence[Row], made: Plan, *, complete: bool = False
) -> Iterator[str]:
    """The same of the forward chainer."""
    for i, row in enumerate(rows):
        given = case(graph, table, i, complete=complete)
        try:
            values = run(graph, given).values
        except CaseError:
            continue  # `disagreements` says whether it is broken
        got, want = found(made, row), wanted(made, Decision(graph, given, values))
        wrong = {name: (value, got[name]) for name, value in want.items() if got[name] != value}
        if wrong:
            yield f"row {i}: (session, columns) {wrong}: {given}"


def compare(
    graph: Graph, table: Table, engine: str = "polars", *, complete: bool = False
) -> list[str]:
    """All disagreements of `decide` with the columns of a table."""
    made = plan_of(graph, table)
    rows = decided(canonical(graph, table, ENGINES[engine], complete=complete), made)

    assert len(rows) == len(table[KEY])
    return list(disagreements(graph, table, rows, made, complete=complete))


FAR = """
facts:
  a: {TWO, unit: m2, step: 0.0001 m2}
  b: {TWO, unit: ha, step: 0.01 ha}
  r: {TWO, unit: "%", step: 0.001 %, max: 100 %}
provisions:
  "1": {SAID, require: {of: a, at_least: "900_000_000_000_000 ha"}}
  "2": {SAID, require: {of: a, at_most: "900_000_000_000_000 ha"}}
  "3": {SAID, require: {ratio: {of: a, per: b}, at_least: r}}
  "4": {SAID, require: {of: b, at_least: {share: 33.333 %, of: b}}}
"""  # a pack whose thresholds no fact can reach, and whose shortfalls have many digits
