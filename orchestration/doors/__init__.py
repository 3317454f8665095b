"""Great Expectations on DuckDB judges what may come in and what may go out."""
