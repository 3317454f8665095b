"""Attempts in the ledger: committed before the call, closed right after it, settled when in doubt."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from mail_jobs.drafts import Draft
from mail_jobs.gateway import Answer, Batch, Evidence, Outcome
from mail_jobs.ledger import Ledger

CLOSED = {
    Outcome.ACCEPTED: (("accepted",), "accepted"),
    Outcome.REFUSED: (("rejected",), "planned"),
    Outcome.STOP: (("rejected",), "planned"),
    Outcome.LATER: (("rejected",), "planned"),
    Outcome.DOUBT: (("ambiguous", "await"), "bound"),
}
SETTLED = {
    Evidence.YES: (("accepted",), "accepted"),
    Evidence.NO: (("not_sent",), "planned"),
    Evidence.UNKNOWN: (("unresolved",), "unresolved"),
}
BOUND = {"bound", "accepted", "unresolved"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A call that has been committed to."""

    attempt_id: int
    token: str
    carrier: str
    state: str


def begin(
    ledger: Ledger, draft: Draft, *, carrier: str, day: date, now: datetime
) -> tuple[Attempt, Batch] | None:
    """Commit that a call is about to be made, and give what it says; None when nobody is left.

    Whoever was suppressed since the plan is set aside in the same transaction.
    """
    names = json.dumps([letter.name for letter in draft.letters])
    with ledger.writing() as db:
        _suppress(db, names, now)
        waiting = _still_planned(db, names)
        batch = Batch(
            token=secrets.token_hex(16),
            day=day,
            at=now,
            category=draft.category,
            sender=draft.sender,
            content=draft.content,
            letters=tuple(letter for letter in draft.letters if letter.name in waiting),
        )
        if not batch.letters:
            return None
        number = _bind(db, draft.run_id, batch, carrier, ledger.epoch)
    return Attempt(attempt_id=number, token=batch.token, carrier=carrier, state="in_flight"), batch


def close(ledger: Ledger, attempt: Attempt, answer: Answer, now: datetime) -> None:
    """Commit a carrier's answer; a message refused alone is rejected for good."""
    steps, recipients = CLOSED[answer.outcome]
    with ledger.writing() as db:
        db.execute(
            "UPDATE attempt SET http_status = ?, x_message_id = ? WHERE attempt_id = ?",
            (answer.http_status, answer.message_id, attempt.attempt_id),
        )
        if answer.outcome is Outcome.REFUSED and _size(db, attempt) == 1:
            recipients = "rejected"
        _move(db, attempt, steps, recipients, answer.reason, now)


def settle(ledger: Ledger, attempt: Attempt, evidence: Evidence, now: datetime) -> None:
    """Commit what the evidence says: nobody is written to again unless it is certain that he was not."""
    with ledger.writing() as db:
        _move(db, attempt, *SETTLED[evidence], f"evidence: {evidence}", now)


def in_doubt(ledger: Ledger) -> tuple[Attempt, ...]:
    """Attempts that an earlier owner left open."""
    rows = ledger.db.execute(
        "SELECT attempt_id, token, carrier, state FROM attempt WHERE state IN ('in_flight', 'await')"
    ).fetchall()
    return tuple(
        Attempt(attempt_id=number, token=token, carrier=carrier, state=state)
        for number, token, carrier, state in rows
    )


def _suppress(db: sqlite3.Connection, names: str, now: datetime) -> None:
    db.execute(
        "UPDATE recipient SET state = 'suppressed', reason = suppression.reason, updated_at = ?"
        " FROM suppression WHERE suppression.addr_hash = recipient.addr_hash AND state = 'planned'"
        " AND name IN (SELECT value FROM json_each(?))",
        (int(now.timestamp()), names),
    )


def _still_planned(db: sqlite3.Connection, names: str) -> set[str]:
    rows = db.execute(
        "SELECT name FROM recipient WHERE state = 'planned' AND name IN (SELECT value FROM json_each(?))",
        (names,),
    )
    return {name for (name,) in rows}


def _bind(db: sqlite3.Connection, run_id: str, batch: Batch, carrier: str, epoch: int) -> int:
    at = int(batch.at.timestamp())
    db.execute("UPDATE campaign_run SET state = 'sending' WHERE run_id = ?", (run_id,))
    rows = db.execute(
        "INSERT INTO attempt"
        " (token, run_id, epoch, jst_day, carrier, body_sha256, send_at, state, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'prepared', ?) RETURNING attempt_id",
        (batch.token, run_id, epoch, batch.day.isoformat(), carrier, batch.sha256(), at, at),
    ).fetchall()
    number: int = rows[0][0]
    bound = [(number, at, letter.name) for letter in batch.letters]
    db.executemany("INSERT INTO attempt_recipient VALUES (?1, ?3)", bound)
    db.executemany(
        "UPDATE recipient SET state = 'bound', attempt_id = ?, reason = NULL, updated_at = ? WHERE name = ?",
        bound,
    )
    db.execute("UPDATE attempt SET state = 'in_flight' WHERE attempt_id = ?", (number,))
    return number


def _size(db: sqlite3.Connection, attempt: Attempt) -> int:
    rows = db.execute("SELECT count(*) FROM attempt_recipient WHERE attempt_id = ?", (attempt.attempt_id,))
    size: int = rows.fetchone()[0]
    return size


def _move(
    db: sqlite3.Connection, attempt: Attempt, steps: tuple[str, ...], recipients: str, why: str, now: datetime
) -> None:
    number, at = attempt.attempt_id, int(now.timestamp())
    db.executemany(
        "UPDATE attempt SET state = ?, reason = ?, updated_at = ? WHERE attempt_id = ?",
        [(state, why, at, number) for state in steps],
    )
    db.execute(
        "UPDATE recipient SET state = ?, attempt_id = ?, reason = ?, updated_at = ? WHERE attempt_id = ?",
        (recipients, number if recipients in BOUND else None, why, at, number),
    )
