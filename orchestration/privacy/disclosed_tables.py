"""What the warehouse makes of somebody, table by table."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.privacy.disclosed_rows import Row, filled, mail_tests
from orchestration.privacy.quoting import listed
from orchestration.privacy.whom import Person

TABLES = (
    "select table_schema, table_name from information_schema.tables"
    " where table_schema in ('staging', 'intermediate', 'private', 'marts')"
    " order by table_schema desc, table_name"
)


def tables_of(file: Path, person: Person) -> dict[str, list[Row]]:
    """Read somebody's rows in every table of a warehouse that has some.

    Args:
        file: a warehouse, or one of a past day.
        person: who.
    """
    if not file.exists():
        return {}
    with duckdb.connect(file, read_only=True) as warehouse:
        tables = [f'"{schema}"."{name}"' for schema, name in warehouse.execute(TABLES).fetchall()]
        found = {table.replace('"', ""): list(_rows(warehouse, table, person)) for table in tables}
    return {table: rows for table, rows in found.items() if rows}


def _rows(warehouse: duckdb.DuckDBPyConnection, table: str, person: Person) -> Iterator[Row]:
    described = warehouse.execute(f"describe {table}").fetchall()
    names = [name for name, kind, *_ in described if "VARCHAR" in kind]
    handles = [*person.customer_ids, *person.person_keys, *person.order_keys]
    tests = [
        f'coalesce(cast("{name}" as varchar) in ({listed(handles)}), false)' for name in names if handles
    ]
    tests += mail_tests(names, person) if names else []
    yield from filled(warehouse, f"select * from {table} where {' or '.join(tests)}") if tests else ()
