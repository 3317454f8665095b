"""The words of this room: a candidate, and what may be decided about one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MailError(Exception):
    """Work that must stop; its text says what to do and holds no personal data."""


class Arm(StrEnum):
    """The side of the experiment that a message is on."""

    TREAT = "treat"
    HOLDOUT = "holdout"


class Purpose(StrEnum):
    """Advertising needs consent, rests and is capped; a contract notice (取引通知) stands outside of that."""

    ADVERTISING = "advertising"
    NOTICE = "notice"


class Reason(StrEnum):
    """Why a candidate is not decided today."""

    KNOWN = "known"
    BEATEN = "beaten"
    RESTING = "resting"
    CAPPED = "capped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who speaks: what 特定電子メール法 wants shown in each mail."""

    mail: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A message that may be said on a day; the contract with `private.mail_candidates`.

    Attributes:
        message_name: hex SHA-256 of `scenario|step|occurrence`; what makes the message unique for ever.
        customer_aliases: every id that the customer ever had, the present one included.
        priority: 1 goes first.
        expires_on: first day on which the message may not be said any more.
        rest_days: whoever hears something on day D rests until D + rest_days.
        holdout_percent: share held out, 0 to 100.
        is_once: what an alias was told is not said anew.
    """

    message_name: str
    scenario: str
    step: str
    template: str
    purpose: Purpose
    brand_id: str
    customer_id: str
    customer_aliases: tuple[str, ...]
    occurrence: str
    priority: int
    due_on: date
    expires_on: date
    rest_days: int
    cap_7_days: int
    cap_30_days: int
    holdout_percent: int
    salt: str
    is_once: bool
    mail: str = field(repr=False)
    family_name: str = field(repr=False)
    given_name: str = field(repr=False)
    sender: Sender
    refusal_url: str = field(repr=False)

    @property
    def campaign(self) -> str:
        """The scenario's step, as the ledger calls it."""
        return f"{self.scenario}/{self.step}"

    @property
    def customer_ids(self) -> tuple[str, ...]:
        """Whatever the customer is or was known under."""
        return self.customer_id, *self.customer_aliases

    @property
    def arm_keys(self) -> tuple[str, ...]:
        """What a scenario's arm is remembered under."""
        return self.occurrence, *self.customer_ids


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """An advertising message decided before, held-out ones included.

    Attributes:
        handles: what the person was known under, customer id and address alike.
        heard_on: the day on which it was sent or may be yet; for what never was, the day of its decision.
    """

    name: str
    handles: tuple[str, ...]
    heard_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What the ledger remembers that bears on today's candidates.

    Attributes:
        names: the candidates' names that are decided.
        arms: by (scenario, arm key), its earliest decision's place in time and arm.
        past: what lies within the reach of today's rests and caps.
    """

    names: frozenset[str]
    arms: Mapping[tuple[str, str], tuple[int, Arm]]
    past: tuple[Past, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A message decided today."""

    candidate: Candidate
    arm: Arm


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A candidate not decided today; it slides within its deadline, then expires."""

    candidate: Candidate
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Every candidate of a day, decided or waiting."""

    as_of: date
    decisions: tuple[Decision, ...]
    waiting: tuple[Waiting, ...]
