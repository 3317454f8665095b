"""The ledger on disk: one owner at a time, nothing forgotten, every commit on the platter."""

import fcntl
import hmac
import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mail_jobs.schema import LedgerError, connect, migrate, migrations
from orchestration import disk


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The ledger in the hands of its owner.

    Attributes:
        epoch: the owner's number; the next owner's is higher, and ours can then commit no more.
    """

    db: sqlite3.Connection = field(repr=False)
    key: bytes = field(repr=False)
    epoch: int

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, durable when this returns.

        Raises:
            LedgerError: when somebody else has become the owner.
        """
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            (epoch,) = self.db.execute("SELECT epoch FROM owner").fetchone()
            if epoch != self.epoch:
                raise LedgerError(f"ledger: epoch {self.epoch} was ours, {epoch} owns it now. Start again.")
            yield self.db

    def address_hash(self, mail: str) -> bytes:
        """What stands for an address outside of table `address`: 32 bytes, the same for any letter case."""
        return hmac.digest(self.key, mail.strip().casefold().encode(), "sha256")


@contextmanager
def own(*, home: Path, now: datetime) -> Iterator[Ledger]:
    """Own the ledger below a home, made when it is not there; the lock is freed by our death.

    Raises:
        LedgerError: when another process owns it, its key is gone, or a newer Joren wrote it.
    """
    folder = home / "ledger"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock(folder / "ledger.lock"):
        key = _key(folder)
        with closing(connect(folder / "ledger.sqlite")) as db:
            migrate(db, migrations())
            yield Ledger(db=db, key=key, epoch=_take(db, int(now.timestamp())))


@contextmanager
def look(home: Path) -> Iterator[sqlite3.Connection]:
    """Read the ledger without owning it.

    Raises:
        LedgerError: when there is none.
    """
    path = home / "ledger" / "ledger.sqlite"
    if not path.is_file():
        raise LedgerError("ledger: there is none yet. Plan a day first.")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        yield db


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with open(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerError("ledger: another process owns it. Wait for it, or end it first.") from None
        yield


def _key(folder: Path) -> bytes:
    path = folder / "address.key"
    if not path.exists():
        if (folder / "ledger.sqlite").exists():
            raise LedgerError("ledger/address.key: gone, and without it no suppression holds. Restore it.")
        disk.write_text(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text())


def _take(db: sqlite3.Connection, at: int) -> int:
    with db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO owner VALUES (1, 1, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET epoch = epoch + 1, holder = excluded.holder, taken_at = excluded.taken_at",
            (f"{socket.gethostname()}:{os.getpid()}", at),
        )
        epoch: int = db.execute("SELECT epoch FROM owner").fetchone()[0]
    return epoch
