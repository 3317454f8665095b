"""Decisions in the ledger: what was decided before, and a day's plan written down."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from mail_jobs.aliases import said_to_an_alias
from mail_jobs.clock import JST
from mail_jobs.ledger import Ledger
from mail_jobs.model import Arm, Candidate, Decision, Memory, Past, Plan, Purpose
from mail_jobs.plan import reach


def handles(ledger: Ledger, candidate: Candidate) -> tuple[str, ...]:
    """Everything that the hearer of a message is known under."""
    return (*candidate.customer_ids, ledger.address_hash(candidate.mail).hex())


def recall(ledger: Ledger, candidates: Sequence[Candidate], as_of: date) -> Memory:
    """What the ledger remembers that bears on these candidates."""
    names = json.dumps([candidate.message_name for candidate in candidates])
    known = ledger.db.execute(
        "SELECT name FROM message WHERE name IN (SELECT value FROM json_each(?))", (names,)
    )
    return Memory(
        names=frozenset(name for (name,) in known) | said_to_an_alias(ledger.db, candidates),
        arms=_arms(ledger.db, candidates),
        past=_past(ledger.db, as_of, as_of - timedelta(days=reach(candidates))),
    )


def record(ledger: Ledger, plan: Plan, *, marts_version: str, now: datetime) -> None:
    """Write a plan's decisions down, all or none; a day's campaign has one run, planned once or often."""
    by_campaign: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in plan.decisions:
        by_campaign[decision.candidate.campaign].append(decision)
    with ledger.writing() as db:
        for campaign, decisions in by_campaign.items():
            run_id = _run(db, campaign, plan.as_of, decisions)
            for decision in decisions:
                _insert(ledger, decision, run_id, plan.as_of, int(now.timestamp()))
            _seal(db, run_id, marts_version)


def _arms(db: sqlite3.Connection, candidates: Sequence[Candidate]) -> dict[tuple[str, str], tuple[int, Arm]]:
    rows = db.execute(
        "WITH asked AS (SELECT value FROM json_each(?))"
        " SELECT scenario, occurrence, customer_id, arm FROM message"
        " WHERE purpose = 'advertising' AND (occurrence IN asked OR customer_id IN asked)"
        " ORDER BY decided_at, decided_on, name",
        (json.dumps([key for candidate in candidates for key in candidate.arm_keys]),),
    )
    arms: dict[tuple[str, str], tuple[int, Arm]] = {}
    for place, (scenario, occurrence, customer_id, arm) in enumerate(rows):
        for key in (occurrence, customer_id):
            arms.setdefault((scenario, key), (place, Arm(arm)))
    return arms


def _past(db: sqlite3.Connection, as_of: date, since: date) -> tuple[Past, ...]:
    # What is open may still be heard today; nothing is heard once its deadline has passed.
    rows = db.execute(
        "SELECT name, customer_id, addr_hash, CASE WHEN recipient.state IN ('planned', 'bound')"
        " AND expires_on > ?1 THEN ?1 ELSE coalesce(attempt.jst_day, decided_on) END AS heard_on"
        " FROM message JOIN recipient USING (name) LEFT JOIN attempt USING (attempt_id)"
        " WHERE purpose = 'advertising' AND heard_on > ?2 AND expires_on > ?2",
        (as_of.isoformat(), since.isoformat()),
    )
    return tuple(
        Past(name=name, handles=(customer_id, addr_hash.hex()), heard_on=date.fromisoformat(day))
        for name, customer_id, addr_hash, day in rows
    )


def _run(db: sqlite3.Connection, campaign: str, as_of: date, decisions: Sequence[Decision]) -> str:
    run_id = f"{campaign}@{as_of.isoformat()}"
    deadline = max(decision.candidate.expires_on for decision in decisions)
    db.execute(
        "INSERT INTO campaign_run VALUES (?, ?, ?, '', '', 'plain', ?, ?, 0, NULL, 'planning')"
        " ON CONFLICT (campaign, slot) DO UPDATE SET deadline = max(deadline, excluded.deadline)",
        (run_id, campaign, as_of.isoformat(), _midnight(as_of), _midnight(deadline)),
    )
    return run_id


def _insert(ledger: Ledger, decision: Decision, run_id: str, as_of: date, at: int) -> None:
    db, said, arm = ledger.db, decision.candidate, decision.arm
    addr_hash, day = ledger.address_hash(said.mail), as_of.isoformat()
    db.execute(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            said.message_name,
            said.scenario,
            said.step,
            said.customer_id,
            said.occurrence,
            said.purpose,
            arm,
            day,
            at,
        ),
    )
    state = "planned" if arm is Arm.TREAT else "holdout"
    db.execute(
        "INSERT INTO recipient VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?)",
        (said.message_name, run_id, addr_hash, arm, said.expires_on.isoformat(), state, at),
    )
    if arm is Arm.TREAT:
        db.execute("INSERT OR IGNORE INTO address VALUES (?, ?)", (addr_hash, said.mail))
    if said.purpose is Purpose.ADVERTISING:
        db.execute("INSERT INTO cap_reservation VALUES (?, ?, 1, ?)", (addr_hash, day, run_id))


def _seal(db: sqlite3.Connection, run_id: str, marts_version: str) -> None:
    rows = db.execute("SELECT name, arm FROM recipient WHERE run_id = ? ORDER BY name", (run_id,)).fetchall()
    plan_sha256 = sha256("\n".join(f"{name} {arm}" for name, arm in rows).encode()).hexdigest()
    planned = sum(arm == Arm.TREAT for _, arm in rows)
    db.execute(
        "UPDATE campaign_run SET plan_sha256 = ?, marts_version = ?, n_planned = ?, state = 'ready'"
        " WHERE run_id = ?",
        (plan_sha256, marts_version, planned, run_id),
    )


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), JST).timestamp())
