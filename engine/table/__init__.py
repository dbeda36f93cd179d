"""A registry in columns: the graph read by Polars, DuckDB and Spark alike."""
