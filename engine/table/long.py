"""A decided table with a row for each provision and amount of each of its rows."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from tieuchi.engine.table.results import STATUSES, Plan
from tieuchi.engine.table.run import Job


class Line(NamedTuple):
    """What a long table has of each row: a provision or an amount, its unit, and which columns of
    the results it takes its cells from, "" for none."""

    name: str
    unit: str
    status: str = ""
    shortfall: str = ""
    least: str = ""
    most: str = ""


LEAST_PLACES = 6
NUMBERS = ("shortfall", "least", "most")


def lines_of(plan: Plan) -> list[Line]:
    """The lines of a long table, in the order of the results."""
    units = {result.name: result.unit for result in plan.results}
    found = []
    for result in plan.results:
        if result.kind in ("status", "verdict", "class"):
            short = f"{result.name}.shortfall"
            known = short if short in units else ""
            found.append(Line(result.name, units.get(short, ""), result.name, known))
        elif result.kind == "least" and result.of is not None:
            least, most = result.name, f"{result.of.id}.most"
            found.append(Line(result.of.id, result.unit, least=least, most=most))
    return found


def places_of(plan: Plan) -> int:
    """How many decimals the numbers of a long table have, all of them alike."""
    return max(LEAST_PLACES, *(result.places for result in plan.results), 0)


def lengthened(out: pl.LazyFrame, job: Job, plan: Plan) -> pl.LazyFrame:
    """A row for each provision and amount of each row: the table's own columns, then what is said
    of it."""
    labels = any(result.kind == "class" for result in plan.results)
    status = pl.String if labels else pl.Enum(STATUSES)
    number = pl.Decimal(38, places_of(plan))

    def one(line: Line) -> pl.Expr:
        cells = line._asdict()
        figures = [
            (pl.col(cells[name]) if cells[name] else pl.lit(None)).cast(number).alias(name)
            for name in NUMBERS
        ]
        said = pl.col(line.status) if line.status else pl.lit(None)
        return pl.struct(
            pl.lit(line.name).alias("provision"),
            said.cast(status).alias("status"),
            pl.lit(line.unit or None, dtype=pl.String).alias("unit"),
            *figures,
        )

    return (
        out.select(*job.headers, pl.concat_list(map(one, lines_of(plan))).alias("@each"))
        .explode("@each")
        .unnest("@each")
    )
