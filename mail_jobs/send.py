"""Post what is planned: commit, call, commit."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mail_jobs import attempts
from mail_jobs.attempts import Attempt
from mail_jobs.clock import jst_day
from mail_jobs.drafts import Draft
from mail_jobs.gateway import Answer, Evidence, Gateway, Outcome
from mail_jobs.ledger import Ledger

LOST = Answer(outcome=Outcome.DOUBT, reason="the sender ended before the answer")
DAY_OVER = Answer(outcome=Outcome.STOP, reason="the day is over")
LONGEST_PAUSE_SECONDS = 60.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far a run may go.

    Attributes:
        messages: most messages in a run; with more, nothing is posted.
        chunk: most messages in a call (SendGrid takes 1,000; `reliability.md` advises 500).
        troubles: calls in doubt that end a run; messages of one campaign refused, and none accepted, that
            end the campaign.
        tries: calls for one batch while the carrier asks to wait.
        waiting_seconds: most seconds that a run waits in all.
    """

    messages: int
    chunk: int
    troubles: int
    tries: int
    waiting_seconds: float


@dataclass(kw_only=True)
class _Tally:
    """What has happened since a run began."""

    accepted: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    waited_seconds: float = 0

    def note(self, draft: Draft, outcome: Outcome) -> None:
        """Count an answer to a draft that cannot be halved."""
        if outcome is Outcome.ACCEPTED:
            self.accepted.add(draft.run_id)
        elif outcome is Outcome.DOUBT:
            self.doubts += 1
        elif draft.run_id not in self.accepted:
            self.refused[draft.run_id] += 1

    def troubles(self, most: int) -> str | None:
        """What went wrong as often as it may, or oftener."""
        counts = {f"of {run_id} refused and none accepted": count for run_id, count in self.refused.items()}
        counts["in doubt"] = self.doubts
        found = [f"{count} {what}" for what, count in counts.items() if count >= most]
        return f"too much trouble: {', '.join(found)}" if found else None


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One process's sending, transport `plain`: in doubt a message is left unresolved, never sent again."""

    ledger: Ledger
    gateway: Gateway
    limits: Limits
    as_of: date
    clock: Callable[[], datetime]
    wait: Callable[[float], None]

    def settle_leftovers(self) -> None:
        """Decide the fate of what an earlier process left in flight."""
        for attempt in attempts.in_doubt(self.ledger):
            if attempt.state == "in_flight":
                attempts.close(self.ledger, attempt, LOST, self.clock())
            self._settle(attempt)

    def post(self, drafts: Iterable[Draft]) -> str | None:
        """Post drafts one by one; a campaign that is only ever refused is left alone, the others go on.

        Returns:
            Why drafts stayed behind; None when every draft has an answer.
        """
        queue, tally, most = deque(drafts), _Tally(), self.limits.troubles
        while queue and tally.doubts < most:
            draft = queue.popleft()
            if tally.refused[draft.run_id] >= most:
                continue
            answer = self._patiently(draft, tally)
            if answer is None:
                continue
            if answer.outcome in {Outcome.STOP, Outcome.LATER}:
                return f"{self.gateway.name}: {answer.reason}: this batch did not go out"
            if answer.outcome is Outcome.REFUSED and len(draft.letters) > 1:
                queue.extendleft(reversed(draft.halves()))
            else:
                tally.note(draft, answer.outcome)
        return tally.troubles(most)

    def _patiently(self, draft: Draft, tally: _Tally) -> Answer | None:
        answer, tries = self._once(draft), 1
        while answer and answer.outcome is Outcome.LATER and tries < self.limits.tries:
            usual = min(2.0 ** (tries - 1), LONGEST_PAUSE_SECONDS)
            seconds = usual if answer.wait_seconds is None else answer.wait_seconds
            if tally.waited_seconds + seconds > self.limits.waiting_seconds:
                break
            self.wait(seconds)
            tally.waited_seconds += seconds
            answer, tries = self._once(draft), tries + 1
        return answer

    def _once(self, draft: Draft) -> Answer | None:
        if self.gateway.live and jst_day(self.clock()) != self.as_of:
            return DAY_OVER
        begun = attempts.begin(
            self.ledger, draft, carrier=self.gateway.name, day=self.as_of, now=self.clock()
        )
        if begun is None:
            return None
        attempt, batch = begun
        answer = self.gateway.post(batch)
        attempts.close(self.ledger, attempt, answer, self.clock())
        log.info("%s: %d messages, %s (%s)", draft.run_id, len(batch.letters), answer.outcome, answer.reason)
        if answer.outcome is Outcome.DOUBT and self._settle(attempt) is Evidence.NO:
            return replace(answer, outcome=Outcome.LATER)
        return answer

    def _settle(self, attempt: Attempt) -> Evidence:
        own = attempt.carrier == self.gateway.name
        evidence = self.gateway.evidence(attempt.token) if own else Evidence.UNKNOWN
        attempts.settle(self.ledger, attempt, evidence, self.clock())
        return evidence
