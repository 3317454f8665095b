"""The warehouse file: never precious, of use only where its last build passed, for the day of it."""

from datetime import date
from pathlib import Path

import duckdb

from orchestration import disk

BUSY = "Could not set lock on file"


class NotBuiltError(RuntimeError):
    """The warehouse does not stand for the day asked for."""


def begin_build(warehouse: Path, *, adds: bool, damaged: bool) -> None:
    """Forget the last build before a new one begins; one that does not add to it begins with a new file.

    Args:
        warehouse: the file; one that another process still holds stays, dbt waits for it.
        adds: the build adds to what the file holds.
        damaged: the file is not what the last build left; it is kept beside for whoever wants to know why.
    """
    _mark(warehouse).unlink(missing_ok=True)
    if adds or not warehouse.exists():
        return
    warehouse.chmod(0o600)
    found = _opened(warehouse)
    if BUSY in found:
        return
    log = warehouse.with_name(f"{warehouse.name}.wal")
    aside = warehouse.with_suffix(".broken")
    for path, beside in ((warehouse, aside), (log, aside.with_name(f"{aside.name}.wal"))):
        if path.exists():
            path.replace(beside) if damaged or found else path.unlink()


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


def _opened(warehouse: Path) -> str:
    """Why it could not be opened; empty when it could."""
    try:
        duckdb.connect(warehouse).close()
    except duckdb.Error as error:
        return str(error)
    return ""
