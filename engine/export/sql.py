"""The decision of a pack as one query, over a table with a column a fact (see `table.sql`)."""

from __future__ import annotations

from tieuchi.engine.export.request import Request


def text(request: Request) -> str:
    """The query. Raises what `decision_sql` raises, and ImportError without sqlglot or DuckDB."""
    from tieuchi.engine.table.sql import decision_sql

    keep = [] if request.key is None else [request.key]
    return decision_sql(
        request.graph, request.table, keep=keep, dialect=request.dialect,
        activities=bool(request.graph.activities), defined=True, lang=request.lang,
    )  # fmt: skip
