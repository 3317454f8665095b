"""The warehouse file: never precious, of use only where its last build passed, for the day of it."""

from datetime import date
from pathlib import Path

import duckdb

from orchestration import disk

BUSY = "Could not set lock on file"


class NotBuiltError(RuntimeError):
    """The warehouse does not stand for the day asked for."""


def begin_build(warehouse: Path) -> None:
    """Forget the last build before a new one begins, and move a file that cannot be opened out of the way."""
    _mark(warehouse).unlink(missing_ok=True)
    if not warehouse.exists():
        return
    warehouse.chmod(0o600)
    if not _opens(warehouse):
        aside = warehouse.with_suffix(".broken")
        warehouse.replace(aside)
        log = warehouse.with_name(f"{warehouse.name}.wal")
        if log.exists():
            log.replace(aside.with_name(f"{aside.name}.wal"))


def end_build(warehouse: Path, as_of: date) -> None:
    """Note that every model was built for a day and every test passed."""
    disk.write_json(_mark(warehouse), {"as_of": as_of.isoformat()})


def require_build(warehouse: Path, as_of: date) -> None:
    """Let nobody read a warehouse whose last build failed or was for another day.

    Raises:
        NotBuiltError: says for which day it stands.
    """
    found = disk.read_json(_mark(warehouse)).get("as_of", "no day: its last build failed")
    if found != as_of.isoformat():
        raise NotBuiltError(f"{warehouse.name}: stands for {found}; expected {as_of}. Run the daily job.")


def doubts(warehouse: Path) -> list[tuple[str, str]]:
    """What the last build's data tests warn of: the name of a test and what it said."""
    with duckdb.connect(warehouse, read_only=True) as reader:
        return reader.execute(
            "select name, message from raw.doubts where status = 'warn' order by all"
        ).fetchall()


def _mark(warehouse: Path) -> Path:
    return warehouse.with_suffix(".passed.json")


def _opens(warehouse: Path) -> bool:
    """Whether it can be opened, now or when another process lets go of it: dbt waits for that."""
    try:
        duckdb.connect(warehouse).close()
    except duckdb.Error as error:
        return BUSY in str(error)
    return True
