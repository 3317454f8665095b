"""A sender in a process of its own, which says when it calls its carrier, so that it can be killed there."""

import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from mail_jobs.day import plan_day, send_day
from mail_jobs.gateway import Answer, Batch, Evidence, Gateway
from mail_jobs.outbox import Outbox
from mail_jobs.send import Limits
from mail_jobs.sendgrid import SendGrid
from tests.fake_sendgrid import KEY
from tests.mail_world import DAY, NOON

LIMITS = Limits(messages=10_000, chunk=4, troubles=10_000, tries=100, waiting_seconds=3600)


@dataclass(frozen=True)
class Loud:
    """A carrier that tells a pipe before and after each call."""

    inner: Gateway
    pipe: Connection
    live: bool = False

    @property
    def name(self) -> str:
        """The carrier's own."""
        return self.inner.name

    def post(self, batch: Batch) -> Answer:
        """Post, and say so."""
        self.pipe.send("calls")
        answer = self.inner.post(batch)
        self.pipe.send("has an answer")
        return answer

    def evidence(self, token: str) -> Evidence:
        """The carrier's own."""
        return self.inner.evidence(token)


def send_loudly(pipe: Connection, home: Path, url: str) -> None:
    """Plan and send the day of tests: to files, or to a provider at an address."""
    inner = SendGrid(url=url, key=KEY, timeout_seconds=5) if url else Outbox(root=home / "outbox")
    plan_day(home=home, as_of=DAY, now=NOON)
    report = send_day(
        home=home,
        as_of=DAY,
        gateway=Loud(inner, pipe),
        limits=LIMITS,
        clock=lambda: NOON,
        wait=lambda _: None,
    )
    sys.exit(report.stopped)
