"""One person's erasure, room by room; killed at any instant it is completed by being called again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mail_jobs.erasing import forget
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.erasing.rewrite import rewrite_landed
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.feed import Feed
from orchestration.privacy import job as jobs
from orchestration.privacy.consents import statements
from orchestration.privacy.job import Job
from orchestration.privacy.left import left
from orchestration.privacy.proof import Proof, prove
from orchestration.privacy.tables import erase_from_candidates, erase_from_warehouse
from orchestration.privacy.whom import Person
from orchestration.receive import receive

TOKYO = ZoneInfo("Asia/Tokyo")


def erase(*, home: Path, shop: Path | None, person: Person, now: datetime) -> Proof:
    """Erase somebody from everything below a home; whoever calls holds its lock.

    Args:
        home: folder of everything Joren keeps.
        shop: folder of the shop's own feeds, if any.
        person: whom.
        now: aware.
    """
    today = now.astimezone(TOKYO).date()
    jobs.begin(home, person, statements(home, feeds(shop), person, today), today.isoformat())
    return _carry_out(home=home, shop=shop, now=now)


def complete(*, home: Path, shop: Path | None, now: datetime) -> Proof | None:
    """Carry out what a killed process left unfinished; None if there is nothing such."""
    if jobs.read_job(home):
        return _carry_out(home=home, shop=shop, now=now)
    jobs.end(home)
    return None


def _carry_out(*, home: Path, shop: Path | None, now: datetime) -> Proof:
    job = jobs.read_job(home)
    if job is None:
        raise ValueError("no erasure is on its way. Report this.")
    job.erased(home)
    known = feeds(shop)
    for step in (_mail, _tables, _files(known)):
        step(home, job, now)
    proof = prove(home, job, left(home, job.traces, known), now)
    jobs.end(home)
    return proof


def _mail(home: Path, job: Job, now: datetime) -> None:
    """First of all: what waits for him must not go out any more."""
    person = job.person
    gone = forget(home=home, mails=person.mails, customer_ids=person.customer_ids, now=now)
    job.note(
        home,
        {
            "addresses in the ledger": gone.addresses,
            "waiting messages stopped": gone.stopped,
            "mails in the outbox": gone.mails,
        },
    )


def _tables(home: Path, job: Job, now: datetime) -> None:  # noqa: ARG001  # a step's signature
    job.note(home, {"rows of candidates": erase_from_candidates(home, job.person)})
    job.note(home, {"rows of the warehouse": erase_from_warehouse(home, job.person)})


def _files(known: tuple[Feed, ...]) -> Callable[[Path, Job, datetime], None]:
    """What lies ready in the inbox comes in without him, what came before is written and read anew."""

    def step(home: Path, job: Job, now: datetime) -> None:
        erased, traces = job.erased(home), job.traces
        for feed in known:
            land(home=home, feed=feed, now=now, traces=traces)
            done = rewrite_landed(home=home, feed=feed, erased=erased, traces=traces)
            job.files.setdefault(feed.name, []).extend([*done.sieved, *done.emptied])
            job.note(
                home, {"landed files": len(done.sieved), "files that nobody can read": len(done.emptied)}
            )
            receive(home=home, feed=feed, now=now)
        write_catalogue(home=home, feeds=known)

    return step
