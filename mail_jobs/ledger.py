"""The ledger on disk: one owner at a time, nothing forgotten, every commit on the platter."""

import fcntl
import hmac
import os
import re
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

KEY_BYTES = 32


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
        return _hash(self.key, mail)


@contextmanager
def own(*, home: Path, now: datetime) -> Iterator[Ledger]:
    """Own the ledger below a home, made when it is not there; the lock is freed by our death.

    Raises:
        LedgerError: when another process owns it, its key is gone or another, or a newer Joren wrote it.
    """
    folder = home / "ledger"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock(folder / "ledger.lock"):
        key = _key(folder)
        with closing(connect(folder / "ledger.sqlite")) as db:
            migrate(db, migrations())
            yield Ledger(db=db, key=key, epoch=_take(db, key, int(now.timestamp())))


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


def address_hash_of(home: Path, mail: str) -> bytes:
    """What stands for an address in the ledger below a home, for who reads without owning it."""
    return _hash(_key(home / "ledger"), mail)


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
        disk.write_text(path, secrets.token_hex(KEY_BYTES))
    text = path.read_text(errors="replace").strip()
    if not re.fullmatch(f"[0-9a-f]{{{2 * KEY_BYTES}}}", text):
        raise LedgerError(f"ledger/address.key: expected {KEY_BYTES} bytes in hex. Restore it.")
    return bytes.fromhex(text)


def _hash(key: bytes, mail: str) -> bytes:
    return hmac.digest(key, mail.strip().casefold().encode(), "sha256")


def _take(db: sqlite3.Connection, key: bytes, at: int) -> int:
    with db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO owner VALUES (1, 1, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET epoch = epoch + 1, holder = excluded.holder, taken_at = excluded.taken_at",
            (f"{socket.gethostname()}:{os.getpid()}", at, _hash(key, "")),
        )
        epoch, proof = db.execute("SELECT epoch, key_proof FROM owner").fetchone()
        if proof != _hash(key, ""):
            raise LedgerError(
                "ledger/address.key: not the key of this ledger. Restore the one it was made with."
            )
    return int(epoch)
