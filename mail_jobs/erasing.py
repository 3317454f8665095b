"""Somebody is forgotten: his address goes, what waits for him is stopped, that something was said stays."""

import json
import shutil
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mail_jobs.ledger import Ledger, own
from mail_jobs.schema import LedgerError

REASON = "erased"


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What was found of him.

    Attributes:
        addresses: rows of the ledger that are gone.
        stopped: messages that waited for him.
        mails: files in the outbox that are gone.
    """

    addresses: int
    stopped: int
    mails: int


def forget(*, home: Path, mails: Collection[str], customer_ids: Collection[str], now: datetime) -> Forgotten:
    """Erase him from ledger and outbox, and suppress his addresses at once; may be called again.

    Args:
        home: the state on disk.
        mails: his addresses.
        customer_ids: his customer id and all its aliases.
        now: when.

    Raises:
        LedgerError: when another process owns the ledger.
    """
    if not (home / "ledger" / "ledger.sqlite").exists():
        return Forgotten(addresses=0, stopped=0, mails=_outbox(home, mails, ()))
    with own(home=home, now=now) as ledger:
        hashes = {ledger.address_hash(mail) for mail in mails} | _heard_at(ledger.db, customer_ids)
        addresses, stopped = _forget(ledger, hashes, int(now.timestamp()))
        names = _said_to(ledger.db, hashes)
        _truncate(ledger.db)
    return Forgotten(addresses=addresses, stopped=stopped, mails=_outbox(home, mails, names))


def _heard_at(db: sqlite3.Connection, customer_ids: Collection[str]) -> set[bytes]:
    rows = db.execute(
        "SELECT DISTINCT addr_hash FROM recipient JOIN message USING (name)"
        " WHERE customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps([*customer_ids]),),
    )
    return {addr_hash for (addr_hash,) in rows}


def _forget(ledger: Ledger, hashes: Collection[bytes], at: int) -> tuple[int, int]:
    addresses = stopped = 0
    with ledger.writing() as db:
        for addr_hash in sorted(hashes):
            db.execute(
                "INSERT INTO suppression VALUES (?, ?, 'privacy', ?) ON CONFLICT (addr_hash) DO UPDATE"
                " SET reason = excluded.reason, source = excluded.source",
                (addr_hash, REASON, at),
            )
            stopped += db.execute(
                "UPDATE recipient SET state = 'suppressed', reason = ?, updated_at = ?"
                " WHERE addr_hash = ? AND state = 'planned'",
                (REASON, at, addr_hash),
            ).rowcount
            addresses += db.execute("DELETE FROM address WHERE addr_hash = ?", (addr_hash,)).rowcount
    return addresses, stopped


def _said_to(db: sqlite3.Connection, hashes: Collection[bytes]) -> frozenset[str]:
    found = (db.execute("SELECT name FROM recipient WHERE addr_hash = ?", (one,)) for one in hashes)
    return frozenset(name for rows in found for (name,) in rows)


def _truncate(db: sqlite3.Connection) -> None:
    """With `secure_delete` the file forgets a deleted row; its write-ahead log must, too."""
    (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise LedgerError(
            "ledger: another process reads it, and its log cannot be cut. Let it end, then again."
        )


def _outbox(home: Path, mails: Collection[str], names: Collection[str]) -> int:
    """Remove the mails to him; their batches' folders stay: they say what was carried."""
    outbox, needles = home / "outbox", [mail.encode() for mail in mails]
    for draft in outbox.glob(".draft-*"):
        shutil.rmtree(draft)
    gone = 0
    for path in outbox.glob("*/*/*.eml"):
        if path.stem in names or any(needle in path.read_bytes().lower() for needle in needles):
            path.unlink()
            gone += 1
    return gone
