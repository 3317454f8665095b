"""dbt's macros, models and seeds on DuckDB without dbt: what one makes of texts, and of tables."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import yaml
from jinja2 import Environment

MACROS = Path(__file__).parents[1] / "dbt_project" / "macros"
MODELS = MACROS.parent / "models"
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


def model_sql(name: str, as_of: date) -> str:
    """The SQL of a model for a day; a `ref` is a table of that name."""
    (path,) = MODELS.rglob(f"{name}.sql")
    context = {
        "ref": str,
        "config": lambda **_: "",
        "execute": True,
        "var": lambda name, _=None: {"as_of": as_of.isoformat()}.get(name),
        "env_var": lambda _, default="": default,
    }
    return IT_IS_SQL.from_string(SOURCE + path.read_text("utf-8")).render(context)


def build(warehouse: duckdb.DuckDBPyConnection, models: Sequence[str], as_of: date) -> None:
    """Make tables of models, in this order, of the tables that are there, without dbt."""
    for name in models:
        warehouse.execute(f"create or replace table {name} as {model_sql(name, as_of)}")


def plant(warehouse: duckdb.DuckDBPyConnection, seeds: Sequence[str]) -> None:
    """Make tables of seeds, as the project has them."""
    said = yaml.safe_load((MODELS.parent / "seeds" / "seeds.yml").read_text("utf-8"))["seeds"]
    types = {seed["name"]: seed["config"]["column_types"] for seed in said}
    for name in seeds:
        path = MODELS.parent / "seeds" / f"{name}.csv"
        columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types[name].items())
        read = f"read_csv('{path}', header = true, columns = {{{columns}}})"
        warehouse.execute(f"create or replace table {name} as from {read}")
