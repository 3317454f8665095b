"""Publish the marts: immutable versions behind a symbolic link; readers see one whole version or another."""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration import disk
from orchestration.publish.allowlist import Tables
from orchestration.publish.files import install
from orchestration.publish.versions import (
    Version,
    collect,
    current_version,
    next_number,
    sweep,
    take_number,
    turn_to,
)

STORAGE_VERSION = "v1.4.0"  # the oldest that BI drivers in use can open


def publish(*, home: Path, warehouse: Path, tables: Tables, as_of: date, now: datetime) -> Version:
    """Copy the marts into the next version, prove it, and let the links name it.

    A version whose day and contents are those of the current one is not written again.

    Args:
        home: the state on disk; versions go to `home/marts`.
        warehouse: DuckDB file with schema `marts`; opened read-only.
        tables: the tables and columns that may leave.
        as_of: the day the tables were built for.
        now: written into the version as `built_at` (UTC); also decides what is old enough to throw away.
    """
    folder = home / "marts"
    sweep(folder)
    current = current_version(folder)
    fresh = _measure(warehouse, tables, as_of=as_of, number=next_number(folder))
    if current and fresh.same_contents(current):
        return current
    take_number(folder, fresh)
    _write_database(folder, warehouse, tables, fresh, now)
    _write_parquet(folder, fresh, current)
    turn_to(folder, fresh.number)
    collect(folder, now=now)
    return fresh


def content(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> tuple[int, str]:
    """Rows of a table and a hash of its contents that knows no order of rows."""
    chosen = f"(select {_list(columns)} from {table})"
    query = f"select count(*), sum(md5_number_lower(t::varchar)) from {chosen} as t"
    rows, digest = connection.execute(query).fetchall()[0]
    return int(rows), f"{int(digest or 0):x}"


def verify(path: Path, expected: Version) -> None:
    """Open a written version as a reader would, count and hash again.

    Raises:
        ValueError: when the contents are not what `expected` says.
    """
    with duckdb.connect(path, read_only=True) as reader:
        for name, digest in expected.hashes.items():
            columns = tuple(row[0] for row in reader.execute(f"describe {name}").fetchall())
            if (found := content(reader, name, columns)) != (expected.rows[name], digest):
                raise ValueError(f"{path.name}: {name} has {found}, expected {(expected.rows[name], digest)}")


def _measure(warehouse: Path, tables: Tables, *, as_of: date, number: int) -> Version:
    with duckdb.connect(warehouse, read_only=True) as source:
        found = {name: content(source, f"marts.{name}", columns) for name, columns in tables.items()}
    return Version(
        number=number,
        as_of=as_of.isoformat(),
        rows={name: rows for name, (rows, _) in found.items()},
        hashes={name: digest for name, (_, digest) in found.items()},
    )


def _write_database(folder: Path, warehouse: Path, tables: Tables, fresh: Version, now: datetime) -> None:
    target = folder / f"marts-{fresh.number}.duckdb"
    building = target.with_suffix(".duckdb.tmp")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as warehouse (read_only)")
        connection.execute(f"attach '{building}' as fresh (storage_version '{STORAGE_VERSION}')")
        for name, columns in tables.items():
            chosen = f"select {_list(columns)} from warehouse.marts.{name}"
            connection.execute(f"create table fresh.{name} as {chosen}")
        connection.execute("create table fresh._publish (version bigint, as_of date, built_at timestamp)")
        connection.execute(
            "insert into fresh._publish values (?, ?, ?)",
            [fresh.number, fresh.as_of, now.replace(tzinfo=None)],
        )
        connection.execute(
            "create table fresh._publish_tables as "
            "select unnest(?) as name, unnest(?) as row_count, unnest(?) as hash",
            [list(fresh.rows), list(fresh.rows.values()), list(fresh.hashes.values())],
        )
        connection.execute("checkpoint fresh")
    _prove(building, folder / f"marts-{fresh.number}.json")
    install(building, target, mode=0o444)


def _prove(database: Path, facts: Path) -> None:
    """Verify in another process: this one's cache must not answer for the disk."""
    command = [sys.executable, "-m", "orchestration.publish", "verify", str(database), str(facts)]
    subprocess.run(command, check=True)  # noqa: S603  # our own module


def _write_parquet(folder: Path, fresh: Version, current: Version | None) -> None:
    target = folder / f"parquet-{fresh.number}"
    building = target.with_suffix(".tmp")
    building.mkdir()
    with duckdb.connect(folder / f"marts-{fresh.number}.duckdb", read_only=True) as connection:
        for name, digest in fresh.hashes.items():
            path = building / f"{name}.parquet"
            if current and current.hashes.get(name) == digest:
                os.link(folder / f"parquet-{current.number}" / path.name, path)
            else:
                connection.execute(f"copy {name} to '{path}' (format parquet, compression zstd)")
                path.chmod(0o444)
                disk.sync(path)
    install(building, target, mode=0o755)


def _list(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
