"""Somebody asks what we said to him: what ledger and outbox hold of him, read without owning them."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from mail_jobs.ledger import address_hash_of, look

Row = dict[str, Any]

# Each by the hashes of his addresses and by what he was known under; times are Unix seconds.
NAMES = (
    "SELECT name FROM message WHERE customer_id IN (SELECT value FROM json_each(:ids))"
    " UNION SELECT name FROM recipient WHERE hex(addr_hash) IN (SELECT value FROM json_each(:hashes))"
)
TABLES = {
    "address": "SELECT email FROM address WHERE hex(addr_hash) IN (SELECT value FROM json_each(:hashes))",
    "message": "SELECT name, scenario, step, purpose, arm, occurrence, customer_id, decided_on, decided_at"
    f" FROM message WHERE name IN ({NAMES}) ORDER BY decided_at, name",
    "recipient": "SELECT name, run_id, state, reason, expires_on, updated_at"
    f" FROM recipient WHERE name IN ({NAMES}) ORDER BY updated_at, name",
    "attempt": "SELECT attempt_recipient.name, attempt.jst_day, attempt.carrier, attempt.token,"
    " attempt.state, attempt.http_status, attempt.x_message_id, attempt.reason, attempt.updated_at"
    f" FROM attempt_recipient JOIN attempt USING (attempt_id) WHERE name IN ({NAMES})"
    " ORDER BY attempt.updated_at, attempt_recipient.name",
    "cap_reservation": "SELECT jst_day, place, run_id FROM cap_reservation"
    " WHERE hex(addr_hash) IN (SELECT value FROM json_each(:hashes)) ORDER BY jst_day, place",
    "suppression": "SELECT reason, source, at FROM suppression"
    " WHERE hex(addr_hash) IN (SELECT value FROM json_each(:hashes))",
}


def said_to(*, home: Path, mails: Collection[str], customer_ids: Collection[str]) -> dict[str, list[Row]]:
    """Read the ledger's rows about somebody, table by table, and his mails in the outbox.

    Args:
        home: the state on disk.
        mails: his addresses.
        customer_ids: his customer id and all its aliases.
    """
    if not (home / "ledger" / "ledger.sqlite").exists():
        return {"outbox": [*_outbox(home, mails, frozenset())]}
    hashes = [address_hash_of(home, mail).hex().upper() for mail in mails]
    handles = {"ids": json.dumps([*customer_ids]), "hashes": json.dumps(hashes)}
    with look(home) as db:
        found = {name: _rows(db, sql, handles) for name, sql in TABLES.items()}
    names = frozenset(str(row["name"]) for row in found["message"])
    return {**found, "outbox": [*_outbox(home, mails, names)]}


def _rows(db: sqlite3.Connection, sql: str, handles: dict[str, str]) -> list[Row]:
    with closing(db.execute(sql, handles)) as answer:
        names = [column for column, *_ in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer]


def _outbox(home: Path, mails: Collection[str], names: frozenset[str]) -> Iterator[Row]:
    for path in sorted((home / "outbox").glob("*/*/*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        if path.stem in names or str(mail["To"]).lower() in mails:
            text = mail.get_body(("plain",))
            yield {
                "file": str(path.relative_to(home)),
                **{header.lower(): str(mail[header]) for header in ("From", "To", "Subject", "Date")},
                "text": text.get_content() if text else "",
            }
