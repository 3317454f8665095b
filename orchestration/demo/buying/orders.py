"""One order of the demo shop: its lines, its sums, and what the shop knows of it on a given day.

All times are naive wall-clock times in Asia/Tokyo, as the shop prints them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum

from orchestration.demo.buying.lines import Kind, Line


class Payment(IntEnum):
    """支払方法."""

    TRANSFER = 3
    CASH = 4
    CARD = 5


class Purpose(StrEnum):
    """What kind of order it truly is, whatever the shop's file says."""

    NORMAL = "normal"
    GIFT = "gift"
    TRIAL = "trial"
    SUBSCRIPTION = "subscription"
    RESHIP = "reship"
    STAFF = "staff"
    TEST = "test"


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A late word on one line: from `at` on it has `quantity` pieces; 0 means that it is gone."""

    at: datetime
    position: int
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Refund:
    """Money given back while the order stays as it is."""

    at: datetime
    yen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """An order and its whole story, sent or not.

    `fate` is the final status of one that came to nothing (EC-CUBE's number), else None; `fated_at` is when
    (None: it was never anything else). An edit leaves a removed line in its place with 0 pieces.
    """

    order_id: int
    ordered_at: datetime
    sent_at: datetime
    payment: Payment
    memo: str
    lines: tuple[Line, ...]
    fate: int | None
    fated_at: datetime | None
    purpose: Purpose
    edit: Edit | None
    refund: Refund | None

    def yen(self, *kinds: Kind) -> int:
        """The sum of the lines of these kinds, with tax."""
        return sum(line.yen for line in self.lines if line.kind in kinds)

    def goods(self) -> tuple[Line, ...]:
        """The lines of goods that are still there."""
        return tuple(line for line in self.lines if line.kind is Kind.GOODS and line.quantity)

    def changed_in(self, since: date | None, until: date) -> bool:
        """Whether it came in, was sent or changed on a day from `since` (None: ever) up to `until`."""
        if self.ordered_at.date() >= until:
            return False
        return since is None or any(since <= at.date() < until for at in self._moments())

    def known(self, until: date) -> "Order":
        """The order with its lines as they stand in the night before `until`."""
        if self.edit is None or self.edit.at.date() >= until:
            return self
        old = self.lines[self.edit.position]
        quantity = self.edit.quantity
        new = replace(old, quantity=quantity, yen=old.each * quantity)
        return replace(
            self, lines=(*self.lines[: self.edit.position], new, *self.lines[self.edit.position + 1 :])
        )

    def fate_by(self, until: date) -> int | None:
        """The fate, if it has come by the night before `until`."""
        return None if self.fated_at is not None and self.fated_at.date() >= until else self.fate

    def refunded_by(self, until: date) -> int:
        """Yen given back by the night before `until`."""
        return self.refund.yen if self.refund and self.refund.at.date() < until else 0

    def changed_at(self, until: date) -> datetime:
        """When it last came in, was sent or changed before `until`."""
        return max(at for at in self._moments() if at.date() < until)

    def _moments(self) -> Iterator[datetime]:
        yield from (self.ordered_at, self.sent_at)
        yield from (later.at for later in (self.edit, self.refund) if later is not None)
        if self.fated_at is not None:
            yield self.fated_at
