"""What a plan decided and what a sending did, in counts."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date

from mail_jobs.ledger import Ledger
from mail_jobs.model import Arm, Candidate, Plan, Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """One step's candidates of a day; `due` is the sum of the others."""

    scenario: str
    step: str
    due: int
    treat: int
    holdout: int
    resting: int
    capped: int
    beaten: int
    known: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanReport:
    """A day's plan."""

    as_of: date
    rows: tuple[PlanRow, ...]

    @property
    def decided(self) -> int:
        """Messages decided just now."""
        return sum(row.treat + row.holdout for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class SendRow:
    """Where messages of a step have come to."""

    scenario: str
    step: str
    arm: Arm
    state: str
    messages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SendReport:
    """What one sending did.

    Attributes:
        rows: the messages that it moved.
        unresolved: names of all messages of which nobody knows whether they went out; for a person to close.
        stopped: why it stopped early, if it did.
    """

    as_of: date
    carrier: str
    rows: tuple[SendRow, ...]
    unresolved: tuple[str, ...]
    stopped: str | None

    def count(self, state: str) -> int:
        """Messages moved into a state."""
        return sum(row.messages for row in self.rows if row.state == state)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """A run's messages in one state."""

    campaign: str
    slot: date
    run_state: str
    state: str
    messages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Every run, and every message that a person must close."""

    runs: tuple[RunRow, ...]
    unresolved: tuple[str, ...]


def plan_report(plan: Plan) -> PlanReport:
    """Count a plan by scenario and step."""
    counts = Counter((_step(decision.candidate), str(decision.arm)) for decision in plan.decisions)
    counts.update((_step(waiting.candidate), str(waiting.reason)) for waiting in plan.waiting)
    return PlanReport(
        as_of=plan.as_of, rows=tuple(_plan_row(step, counts) for step in sorted({step for step, _ in counts}))
    )


def send_report(ledger: Ledger, *, as_of: date, carrier: str, stopped: str | None) -> SendReport:
    """What the ledger's present owner did."""
    rows = ledger.db.execute(
        "SELECT scenario, step, message.arm, state, count(*) FROM recipient JOIN message USING (name)"
        " WHERE name IN (SELECT name FROM transition WHERE epoch = ?)"
        " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        (ledger.epoch,),
    )
    moved = tuple(
        SendRow(scenario=scenario, step=step, arm=Arm(arm), state=state, messages=messages)
        for scenario, step, arm, state, messages in rows
    )
    return SendReport(
        as_of=as_of, carrier=carrier, rows=moved, unresolved=_unresolved(ledger.db), stopped=stopped
    )


def status(db: sqlite3.Connection) -> Status:
    """Where every run stands."""
    rows = db.execute(
        "SELECT campaign, slot, campaign_run.state, recipient.state, count(*) FROM recipient"
        " JOIN campaign_run USING (run_id) GROUP BY 1, 2, 3, 4 ORDER BY 2, 1, 4"
    )
    runs = tuple(
        RunRow(
            campaign=campaign,
            slot=date.fromisoformat(slot),
            run_state=run_state,
            state=state,
            messages=messages,
        )
        for campaign, slot, run_state, state, messages in rows
    )
    return Status(runs=runs, unresolved=_unresolved(db))


def _unresolved(db: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(
        name for (name,) in db.execute("SELECT name FROM recipient WHERE state = 'unresolved' ORDER BY name")
    )


def _step(candidate: Candidate) -> tuple[str, str]:
    return candidate.scenario, candidate.step


def _plan_row(step: tuple[str, str], counts: Counter[tuple[tuple[str, str], str]]) -> PlanRow:
    found = {str(kind): counts[step, str(kind)] for kind in (*Arm, *Reason)}
    return PlanRow(scenario=step[0], step=step[1], due=sum(found.values()), **found)
