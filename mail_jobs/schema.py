"""The ledger's file: how it is opened, and how an older one becomes today's."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from mail_jobs.model import MailError

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = ON",
    "busy_timeout = 10000",
)


class LedgerError(MailError):
    """The ledger may not be used as it is."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a ledger file, made private (0600) when it is not there; transactions are written out."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    return db


def migrations() -> tuple[str, ...]:
    """The steps from an empty file to today's ledger; `user_version` counts those taken."""
    return tuple(path.read_text() for path in sorted((Path(__file__).parent / "migrations").glob("*.sql")))


def migrate(db: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Take the steps that a ledger has not taken, each one whole or not at all."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(steps):
        raise LedgerError(
            f"ledger: version {version} is newer than {len(steps)}. Use the Joren that wrote it."
        )
    for number, step in enumerate(steps[version:], start=version + 1):
        db.executescript(f"BEGIN IMMEDIATE;\n{step}\nPRAGMA user_version = {number};\nCOMMIT;")
