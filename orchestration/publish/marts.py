"""Publish the marts: immutable versions behind a link; readers see one whole version or another."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration import disk
from orchestration.publish.allowlist import Tables
from orchestration.publish.contents import column_list, content
from orchestration.publish.versions import (
    DATABASE,
    FACTS,
    PARQUET,
    Version,
    collect,
    current_version,
    next_number,
    sweep,
    turn_to,
)
from orchestration.publish.warehouse import require_build

STORAGE_VERSION = "v1.4.0"  # the oldest that BI drivers in use can open


def publish(*, home: Path, warehouse: Path, tables: Tables, as_of: date, now: datetime) -> Version:
    """Copy the marts into the next version, prove it, and let the link name it.

    A version whose day and contents are those of the current one is not written again.

    Args:
        home: the state on disk; versions go to `home/marts`.
        warehouse: DuckDB file with schema `marts`; opened read-only.
        tables: the tables and columns that may leave.
        as_of: the day the tables were built for.
        now: written into the version as `built_at` (UTC); also decides what is old enough to throw away.

    Raises:
        NotBuiltError: when the warehouse does not stand for that day.
    """
    require_build(warehouse, as_of)
    shelf = home / "marts"
    sweep(shelf)
    current = current_version(shelf)
    fresh = _measure(warehouse, tables, as_of=as_of, number=next_number(shelf))
    if current and fresh.same_contents(current):
        return current
    _write(shelf, warehouse, tables, fresh=fresh, current=current, now=now)
    turn_to(shelf, fresh.number)
    collect(shelf, now=now)
    return fresh


def _measure(warehouse: Path, tables: Tables, *, as_of: date, number: int) -> Version:
    with duckdb.connect(warehouse, read_only=True) as source:
        found = {name: content(source, f"marts.{name}", columns) for name, columns in tables.items()}
    rows = {name: rows for name, (rows, _) in found.items()}
    hashes = {name: digest for name, (_, digest) in found.items()}
    return Version(number=number, as_of=as_of.isoformat(), rows=rows, hashes=hashes)


def _write(
    shelf: Path, warehouse: Path, tables: Tables, *, fresh: Version, current: Version | None, now: datetime
) -> None:
    folder = shelf / str(fresh.number)
    building = disk.unfinished(folder)
    building.mkdir()
    (building / FACTS).write_text(json.dumps(asdict(fresh)))
    _write_database(building / DATABASE, warehouse, tables, fresh, now)
    _prove(building)
    _write_parquet(building, shelf, fresh, current)
    _settle(building, folder)


def _write_database(path: Path, warehouse: Path, tables: Tables, fresh: Version, now: datetime) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {_text(warehouse)} as warehouse (read_only)")
        connection.execute(f"attach {_text(path)} as fresh (storage_version '{STORAGE_VERSION}')")
        for name, columns in tables.items():
            chosen = f"select {column_list(columns)} from warehouse.marts.{name}"
            connection.execute(f"create table fresh.{name} as {chosen}")
        connection.execute("create table fresh._publish (version bigint, as_of date, built_at timestamp)")
        stamp = [fresh.number, fresh.as_of, now.replace(tzinfo=None)]
        connection.execute("insert into fresh._publish values (?, ?, ?)", stamp)
        connection.execute(
            "create table fresh._publish_tables as "
            "select unnest(?) as name, unnest(?) as row_count, unnest(?) as hash",
            [list(fresh.rows), list(fresh.rows.values()), list(fresh.hashes.values())],
        )
        connection.execute("checkpoint fresh")


def _prove(building: Path) -> None:
    """Verify in another process: this one's cache must not answer for the disk."""
    command = [sys.executable, "-m", "orchestration.publish", "verify", str(building)]
    subprocess.run(command, check=True)  # noqa: S603  # our own module


def _write_parquet(building: Path, shelf: Path, fresh: Version, current: Version | None) -> None:
    (building / PARQUET).mkdir()
    with duckdb.connect(building / DATABASE, read_only=True) as connection:
        for name, digest in fresh.hashes.items():
            path = building / PARQUET / f"{name}.parquet"
            twin = shelf / str(current.number) / PARQUET / path.name if current else None
            if current and twin and current.hashes.get(name) == digest and twin.exists():
                os.link(twin, path)
            else:
                connection.execute(f"copy {name} to {_text(path)} (format parquet, compression zstd)")


def _settle(building: Path, folder: Path) -> None:
    """Open to all and changeable by nobody, safe on the disk, then whole under its name."""
    for path in [*building.rglob("*"), building]:
        path.chmod(0o755 if path.is_dir() else 0o444)
        disk.sync(path)
    building.rename(folder)
    disk.sync(folder.parent)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
