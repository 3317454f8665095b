"""dbt's macros on DuckDB without dbt: what one makes of texts."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).parents[1] / "dbt_project" / "macros"
SOURCE = "".join(
    (MACROS / f"{name}.sql").read_text()
    for name in ("text", "cells", "letters", "names", "addresses", "phones", "persons")
)


def text_of(call: str) -> str:
    """What a call of a macro stands for."""
    return Environment(autoescape=False).from_string(SOURCE + "{{ " + call + " }}").render().strip()  # noqa: S701


@cache
def sql_of(macro: str) -> str:
    """The SQL of a macro of one column, which is called `cell`."""
    return text_of(f"{macro}('cell')")


def made(macro: str, cells: Sequence[str | None]) -> list[str | None]:
    """What a macro makes of each cell."""
    query = f"select {sql_of(macro)} from (select unnest($cells::varchar[]) as cell)"
    return [made for (made,) in duckdb.execute(query, {"cells": list(cells)}).fetchall()]
