"""Recipients in the ledger: who waits to be written to, and who is not written to after all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from mail_jobs.ledger import Ledger


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A recipient who waits; his address is empty when it has been erased."""

    name: str
    run_id: str
    addr_hash: bytes = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """A waiting recipient's end without a call: `expired` or `rejected`."""

    name: str
    state: str
    reason: str


def planned(ledger: Ledger, as_of: date) -> tuple[Planned, ...]:
    """Who waits, of this day's runs and of those that earlier days left unfinished."""
    rows = ledger.db.execute(
        "SELECT name, run_id, addr_hash, coalesce(email, '') FROM recipient"
        " JOIN campaign_run USING (run_id) LEFT JOIN address USING (addr_hash)"
        " WHERE recipient.state = 'planned' AND slot <= ? ORDER BY name",
        (as_of.isoformat(),),
    )
    return tuple(
        Planned(name=name, run_id=run_id, addr_hash=addr_hash, email=email)
        for name, run_id, addr_hash, email in rows
    )


def expire(ledger: Ledger, as_of: date, now: datetime) -> None:
    """End who has waited until his message may not be said any more."""
    with ledger.writing() as db:
        db.execute(
            "UPDATE recipient SET state = 'expired', reason = 'past its deadline', updated_at = ?"
            " WHERE state = 'planned' AND expires_on <= ?",
            (int(now.timestamp()), as_of.isoformat()),
        )


def end(ledger: Ledger, endings: Iterable[Ending], now: datetime) -> None:
    """Write endings down."""
    with ledger.writing() as db:
        db.executemany(
            "UPDATE recipient SET state = ?, reason = ?, updated_at = ? WHERE name = ?",
            [(ending.state, ending.reason, int(now.timestamp()), ending.name) for ending in endings],
        )


def finish_runs(ledger: Ledger, as_of: date) -> None:
    """Close the runs in which nobody waits and nothing is in flight."""
    with ledger.writing() as db:
        db.execute(
            "UPDATE campaign_run AS run SET state = 'done' WHERE slot <= ? AND state IN ('ready', 'sending')"
            " AND NOT EXISTS (SELECT 1 FROM recipient"
            " WHERE recipient.run_id = run.run_id AND recipient.state IN ('planned', 'bound'))",
            (as_of.isoformat(),),
        )
