"""The seam to whoever carries the mail: two methods, and the values that pass through them."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from mail_jobs.model import Sender
from mail_jobs.render import Content, Words


class Outcome(StrEnum):
    """What an answer means for a batch.

    Only `DOUBT` leaves open whether the mail goes out; every other outcome is certain.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    STOP = "stop"
    LATER = "later"
    DOUBT = "doubt"


class Evidence(StrEnum):
    """Whether a batch whose answer was lost has gone out."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One message of a batch: to whom, and his words for the text's tags."""

    name: str
    to: str = field(repr=False)
    words: Words = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What is posted in one call; the token is random and says nothing about anybody."""

    token: str
    day: date
    at: datetime
    category: str
    sender: Sender
    content: Content
    letters: tuple[Letter, ...]

    def sha256(self) -> str:
        """The batch's content without its token and time: what an attempt was about to say."""
        said = {part: value for part, value in asdict(self).items() if part not in {"token", "at"}}
        return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the carrier said.

    Attributes:
        reason: for the ledger and the log; never what the carrier wrote, which may quote an address.
        wait_seconds: how long the carrier asks us to wait, with `LATER`.
    """

    outcome: Outcome
    reason: str
    http_status: int | None = None
    message_id: str | None = None
    wait_seconds: float | None = None


class Gateway(Protocol):
    """A carrier of mail."""

    @property
    def name(self) -> str:
        """The carrier as the ledger calls it."""

    @property
    def live(self) -> bool:
        """Whether people receive what is posted."""

    def post(self, batch: Batch) -> Answer:
        """Hand over a batch, once; the call is never repeated by itself."""

    def evidence(self, token: str) -> Evidence:
        """Tell whether a batch was handed over."""
