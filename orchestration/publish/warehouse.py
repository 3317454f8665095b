"""The warehouse file itself: never precious, so a broken one makes room for a new one."""

from pathlib import Path

import duckdb


def set_aside_if_broken(warehouse: Path) -> Path | None:
    """Move a warehouse that cannot be opened, with its write-ahead log, out of the way; where it went.

    Raises:
        duckdb.IOException: when another process works on it; it is not broken then.
    """
    if not warehouse.exists():
        return None
    try:
        duckdb.connect(warehouse).close()
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise
        aside = warehouse.with_suffix(".broken")
        warehouse.replace(aside)
        log = warehouse.with_name(f"{warehouse.name}.wal")
        if log.exists():
            log.replace(aside.with_suffix(".broken.wal"))
        return aside
    return None
