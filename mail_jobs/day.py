"""A day of mail: plan it, then send it. Both may be called again at any time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from mail_jobs import decisions, drafts, recipients
from mail_jobs.candidates import read_candidates
from mail_jobs.clock import jst_day
from mail_jobs.gateway import Gateway
from mail_jobs.ledger import own
from mail_jobs.model import Candidate, MailError
from mail_jobs.plan import decide
from mail_jobs.report import PlanReport, SendReport, plan_report, send_report
from mail_jobs.send import Limits, Sending


class GuardError(MailError):
    """A guard stands before the first post."""


def plan_day(*, home: Path, as_of: date, now: datetime) -> PlanReport:
    """Decide a day's candidates and write the decisions down; what is decided already stays as it is.

    Raises:
        CandidatesError: when the day's candidates may not be used.
        LedgerError: when the ledger may not.
    """
    marts_version, candidates = read_candidates(home, as_of)
    with own(home=home, now=now) as ledger:
        plan = decide(
            as_of=as_of,
            candidates=candidates,
            handles={said.message_name: decisions.handles(ledger, said) for said in candidates},
            memory=decisions.recall(ledger, candidates, as_of),
        )
        decisions.record(ledger, plan, marts_version=marts_version, now=now)
    return plan_report(plan)


def send_day(
    *,
    home: Path,
    as_of: date,
    gateway: Gateway,
    limits: Limits,
    clock: Callable[[], datetime],
    wait: Callable[[float], None],
) -> SendReport:
    """Send what the ledger holds as planned up to a day and the day's candidates still hold.

    `clock` tells the time with its zone, `wait` sleeps for a number of seconds.

    Raises:
        CandidatesError, LedgerError: when the day's candidates or the ledger may not be used.
        RenderError: for a template that may not be sent.
        GuardError: when a guard stands before the first post.
    """
    if gateway.live and as_of != jst_day(clock()):
        raise GuardError(
            f"{gateway.name}: today is {jst_day(clock())}, not {as_of}. Real mail goes out on its day."
        )
    _, candidates = read_candidates(home, as_of)
    with own(home=home, now=clock()) as ledger:
        sending = Sending(ledger=ledger, gateway=gateway, limits=limits, as_of=as_of, clock=clock, wait=wait)
        stopped = _send(sending, {said.message_name: said for said in candidates})
        return send_report(ledger, as_of=as_of, carrier=gateway.name, stopped=stopped)


def _send(sending: Sending, candidates: Mapping[str, Candidate]) -> str | None:
    ledger, as_of = sending.ledger, sending.as_of
    sending.settle_leftovers()
    recipients.expire(ledger, as_of, sending.clock())
    mailing = drafts.prepare(
        ledger=ledger,
        waiting=recipients.planned(ledger, as_of),
        candidates=candidates,
        chunk=sending.limits.chunk,
    )
    letters = sum(len(draft.letters) for draft in mailing.drafts)
    if letters > sending.limits.messages:
        raise GuardError(
            f"{letters} messages are planned, the limit is {sending.limits.messages}. Look at the plan first."
        )
    recipients.end(ledger, mailing.endings, sending.clock())
    stopped = sending.post(mailing.drafts)
    recipients.finish_runs(ledger, as_of)
    return stopped
