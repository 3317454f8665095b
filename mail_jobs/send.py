"""Post what is planned: commit, call, commit."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt, wait_exponential

from mail_jobs import attempts
from mail_jobs.attempts import Attempt
from mail_jobs.drafts import Draft
from mail_jobs.gateway import Answer, Evidence, Gateway, Outcome
from mail_jobs.ledger import Ledger

LOST = Answer(outcome=Outcome.DOUBT, reason="the sender ended before the answer")
LONGEST_WAIT_SECONDS = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far a run may go.

    Attributes:
        messages: most messages in a run; with more, nothing is posted.
        chunk: most messages in a call (SendGrid takes 1,000; `reliability.md` advises 500).
        troubles: calls in doubt, or messages of one run refused before any was accepted, that end a run.
        tries: calls for one batch while the carrier asks to wait.
    """

    messages: int
    chunk: int
    troubles: int
    tries: int


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
        """Post drafts one by one.

        Returns:
            Why the run stopped early; None when every draft has an answer.
        """
        queue, accepted, troubles = deque(drafts), set[str](), Counter[str]()
        while queue:
            draft = queue.popleft()
            answer = self._patiently(draft)
            if answer.outcome in {Outcome.STOP, Outcome.LATER}:
                return f"{self.gateway.name} answered {answer.reason}: this batch did not go out"
            if answer.outcome is Outcome.ACCEPTED:
                accepted.add(draft.run_id)
            elif answer.outcome is Outcome.DOUBT:
                troubles["in doubt"] += 1
            elif len(draft.letters) > 1:
                queue.extendleft(reversed(draft.halves()))
            elif draft.run_id not in accepted:
                troubles[f"of {draft.run_id} refused and none accepted"] += 1
            if found := [
                f"{count} {what}" for what, count in troubles.items() if count >= self.limits.troubles
            ]:
                return f"too much trouble: {', '.join(found)}"
        return None

    def _patiently(self, draft: Draft) -> Answer:
        again = Retrying(
            retry=retry_if_result(lambda answer: answer.outcome is Outcome.LATER),
            wait=_seconds,
            stop=stop_after_attempt(self.limits.tries),
            sleep=self.wait,
            retry_error_callback=_answer,
        )
        return again(self._once, draft)

    def _once(self, draft: Draft) -> Answer:
        begun = attempts.begin(
            self.ledger, draft, carrier=self.gateway.name, day=self.as_of, now=self.clock()
        )
        if begun is None:
            return Answer(outcome=Outcome.ACCEPTED, reason="nobody left")
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


def _answer(state: RetryCallState) -> Answer:
    if state.outcome is None:
        raise RuntimeError("tenacity asked for the answer of a call that was not made")
    answer: Answer = state.outcome.result()
    return answer


def _seconds(state: RetryCallState) -> float:
    asked = _answer(state).wait_seconds
    return wait_exponential(max=60)(state) if asked is None else min(asked, LONGEST_WAIT_SECONDS)
