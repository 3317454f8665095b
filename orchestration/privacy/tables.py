"""DuckDB files and candidates without a person: what deletion leaves in a file goes with the file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.doors.duck import bounded
from orchestration.landing.erasing.traces import ways
from orchestration.privacy.quoting import listed, text
from orchestration.privacy.whom import Person

BESIDE = ("*.wal", "warehouse.broken*", "warehouse*.json", "warehouse.duckdb.tmp", "warehouse.fresh*")
SPILLED = "raw/.spill_*"


def erase_from_warehouse(home: Path, person: Person) -> int:
    """Write the warehouse anew without his rows; how many they were.

    What lies beside it or was spilled by a killed process goes, also the word that its build passed: until
    the next build nothing is published from it, but it still knows everybody else, so that the next request
    can be answered.
    """
    file, fresh = home / "warehouse.duckdb", home / "warehouse.fresh.duckdb"
    for pattern in (*BESIDE, SPILLED):
        for path in home.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(home / "asof", ignore_errors=True)
    disk.folder(home / "asof", 0o700)
    if not file.exists():
        return 0
    with duckdb.connect(config=bounded(home, "erasure")) as connection:
        connection.execute(f"attach {text(file)} as old (read_only); attach {text(fresh)} as fresh")
        gone = sum(_copy(connection, *table, person) for table in _tables(connection))
    fresh.chmod(0o600)
    disk.keep(fresh, file)
    return gone


def erase_from_candidates(home: Path, person: Person) -> int:
    """Write the candidates of all days anew without him; how many rows he had."""
    gone = 0
    disk.collect(home / "candidates")
    for path in (home / "candidates").glob("*.parquet"):
        with pq.ParquetFile(path) as file:
            table = file.read()
        rows = zip(table["customer_id"].to_pylist(), table["mail"].to_pylist(), strict=True)
        stay = [customer not in person.customer_ids and mail not in person.mails for customer, mail in rows]
        if all(stay):
            continue
        draft = disk.unfinished(path)
        with disk.open_private(draft) as copy:
            pq.write_table(table.filter(stay), copy)
        disk.keep(draft, path)
        gone += stay.count(False)
    return gone


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    connection.execute("use old")
    return connection.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_catalog = 'old' and table_schema != 'raw' order by 1, 2"
    ).fetchall()


def _copy(connection: duckdb.DuckDBPyConnection, schema: str, table: str, person: Person) -> int:
    """Copy a table without his rows, views too: dbt makes them anew."""
    source = f'old."{schema}"."{table}"'
    columns = connection.execute(f"describe {source}").fetchall()
    names = [name for name, kind, *_ in columns if "VARCHAR" in kind]
    tests = " or ".join(_tests(names, person, is_private=schema != "marts"))
    stays = f"not coalesce({tests}, false)" if tests else "true"
    connection.execute(f'create schema if not exists fresh."{schema}"')
    connection.execute(f'create table fresh."{schema}"."{table}" as select * from {source} where {stays}')
    (gone,) = connection.execute(
        f'select (select count(*) from {source}) - (select count(*) from fresh."{schema}"."{table}")'
    ).fetchall()[0]
    return int(gone)


def _tests(names: list[str], person: Person, *, is_private: bool) -> Iterator[str]:
    orders = person.order_keys if is_private else ()
    known_by = listed([*person.customer_ids, *person.person_keys, *orders])
    told = person.described
    words = [*person.mails, *told.names, *(way for phone in told.phones for way in ways(phone))] * is_private
    for name in names:
        cell = f'cast("{name}" as varchar)'
        flat = f"lower(replace(replace({cell}, ' ', ''), '　', ''))"
        if known_by:
            yield f"coalesce({cell} in ({known_by}), false)"
        yield from (f"coalesce(contains({flat}, {text(word)}), false)" for word in words)
