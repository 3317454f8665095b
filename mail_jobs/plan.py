"""Whom we write to today, and who is held out: values in, values out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from mail_jobs.model import Arm, Candidate, Decision, Memory, Past, Plan, Purpose, Reason, Waiting

WINDOW_DAYS = 30


def decide(
    *, as_of: date, candidates: Iterable[Candidate], handles: Mapping[str, tuple[str, ...]], memory: Memory
) -> Plan:
    """Decide a day: one advertising message a person at most, by priority.

    Args:
        as_of: the day.
        candidates: in any order; the plan does not depend on it.
        handles: by message name, everything its hearer is known under: ids, aliases, address.
        memory: what was decided before.
    """
    diary = _Diary(memory.past)
    decisions: list[Decision] = []
    waiting: list[Waiting] = []
    for candidate in sorted(candidates, key=_turn):
        own = handles[candidate.message_name]
        if reason := _stopped(candidate, as_of, memory.names, diary.days(own)):
            waiting.append(Waiting(candidate=candidate, reason=reason))
            continue
        decisions.append(Decision(candidate=candidate, arm=_arm(candidate, memory.arms)))
        if candidate.purpose is Purpose.ADVERTISING:
            diary.note(Past(name=candidate.message_name, handles=own, heard_on=as_of))
    return Plan(as_of=as_of, decisions=tuple(decisions), waiting=tuple(waiting))


def draw(*, salt: str, scenario: str, occurrence: str, holdout_percent: int) -> Arm:
    """Draw an arm from names alone: the same on every machine."""
    digest = sha256(f"{salt}|{scenario}|{occurrence}".encode()).digest()
    return Arm.HOLDOUT if int.from_bytes(digest[:8]) % 100 < holdout_percent else Arm.TREAT


def reach(candidates: Iterable[Candidate]) -> int:
    """How many days back a plan of these candidates looks."""
    return max((WINDOW_DAYS, *(candidate.rest_days for candidate in candidates)))


class _Diary:
    """Who has heard something when, found by any of his handles."""

    def __init__(self, past: Iterable[Past]) -> None:
        self._heard: defaultdict[str, dict[str, date]] = defaultdict(dict)
        for message in past:
            self.note(message)

    def note(self, message: Past) -> None:
        for handle in message.handles:
            self._heard[handle][message.name] = message.heard_on

    def days(self, handles: tuple[str, ...]) -> list[date]:
        """One day a message, however many handles lead to it."""
        found: dict[str, date] = {}
        for handle in handles:
            found |= self._heard.get(handle, {})
        return list(found.values())


def _turn(candidate: Candidate) -> tuple[int, date, str]:
    return candidate.priority, candidate.due_on, candidate.message_name


def _arm(candidate: Candidate, drawn: Mapping[tuple[str, str], tuple[int, Arm]]) -> Arm:
    if candidate.purpose is Purpose.NOTICE:
        return Arm.TREAT
    places = [(candidate.scenario, key) for key in candidate.arm_keys]
    if earlier := [drawn[place] for place in places if place in drawn]:
        return min(earlier)[1]
    return draw(
        salt=candidate.salt,
        scenario=candidate.scenario,
        occurrence=candidate.occurrence,
        holdout_percent=candidate.holdout_percent,
    )


def _stopped(candidate: Candidate, as_of: date, names: frozenset[str], heard: list[date]) -> Reason | None:
    if candidate.message_name in names:
        return Reason.KNOWN
    if candidate.purpose is Purpose.NOTICE:
        return None
    ago = [(as_of - day).days for day in heard]
    if 0 in ago:
        return Reason.BEATEN
    if any(days < candidate.rest_days for days in ago):
        return Reason.RESTING
    if _count(ago, 7) >= candidate.cap_7_days or _count(ago, WINDOW_DAYS) >= candidate.cap_30_days:
        return Reason.CAPPED
    return None


def _count(ago: list[int], window: int) -> int:
    return sum(days < window for days in ago)
