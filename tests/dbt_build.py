"""dbt over a home that a test has filled."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb
from inbox import put

from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds

PROJECT = Path(__file__).parents[1] / "dbt_project"


def dbt(home: Path, *arguments: str, as_of: date | None) -> subprocess.CompletedProcess[str]:
    """Run dbt for a day; its log and the warehouse go into the home.

    dbt parses everything anew when it is given another warehouse: it sees each home by the same path.
    """
    same = Path(_bench().name)
    (same / "home").unlink(missing_ok=True)
    (same / "home").symlink_to(home)
    here = {
        "JOREN_HOME": home,
        "JOREN_WAREHOUSE": same / "home" / "warehouse.duckdb",
        "JOREN_AS_OF": as_of or "",
        "DBT_TARGET_PATH": same / "target",
    }
    return subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--log-path", home / "logs", *arguments,
         "--project-dir", PROJECT, "--profiles-dir", PROJECT],
        env={**os.environ, **{name: str(path) for name, path in here.items()}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@cache
def _bench() -> tempfile.TemporaryDirectory[str]:
    """Where dbt works for all homes of this process; gone with it."""
    return tempfile.TemporaryDirectory(prefix="joren-dbt-")


def drop(home: Path, feed: str, name: str, content: str) -> None:
    """Put a file and its marker into a feed's inbox."""
    put(home, feed, name, content.encode())


def let_in(home: Path, now: datetime) -> None:
    """Land what lies in the inboxes, hold every door open, and write the catalogue."""
    known = feeds(None)
    for feed in known:
        if (home / "inbox" / feed.name).exists():
            landed = land(home=home, feed=feed, now=now)
            assert [refusal.message for refusal in landed.refused] == []
            for pending in (home / "raw" / feed.name / ".pending").glob("*.parquet"):
                pending.rename(pending.parents[1] / pending.name)
    write_catalogue(home=home, feeds=known)


@contextmanager
def reading(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, to be read."""
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        yield warehouse
