"""dbt's macros on DuckDB without dbt: what one makes of texts."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).parents[1] / "dbt_project" / "macros"
KEY = "c0ffee"
SOURCE = "".join(path.read_text("utf-8") for path in sorted(MACROS.glob("*.sql")))
SOURCE += "{% macro customer_key() -%} '" + KEY + "' {%- endmacro %}"
IT_IS_SQL = Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701


def text_of(call: str) -> str:
    """What a call of a macro stands for."""
    return IT_IS_SQL.from_string(SOURCE + "{{ " + call + " }}").render().strip()


@cache
def sql_of(macro: str) -> str:
    """The SQL of a macro of one column, which is called `cell`."""
    return text_of(f"{macro}('cell')")


def made(macro: str, cells: Sequence[str | None]) -> list[str | None]:
    """What a macro makes of each cell."""
    query = f"select {sql_of(macro)} from (select unnest($cells::varchar[]) as cell)"
    return [made for (made,) in duckdb.execute(query, {"cells": list(cells)}).fetchall()]
