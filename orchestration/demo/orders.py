"""One order of the demo shop: its lines, its sums, and what the shop knows of it on a given day.

All times are naive wall-clock times in Asia/Tokyo, as the shop prints them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from orchestration.demo.chance import draw, pick
from orchestration.demo.goods import Product

SHIP_DATES_FORGOTTEN_PERCENT = 7


class Kind(IntEnum):
    """明細区分."""

    GOODS = 1
    POSTAGE = 2
    FEE = 3
    DISCOUNT = 4
    POINTS = 6


TAX_EXCLUDED = (Kind.GOODS, Kind.DISCOUNT)


class Payment(IntEnum):
    """支払方法."""

    TRANSFER = 3
    CASH = 4
    CARD = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of dtb_order_item; `yen` is all of it with tax.

    `price` is of one piece, as the vendor prints it: without tax for goods and discounts, else with tax.
    """

    kind: Kind
    product: Product | None
    price: int
    quantity: int
    tax_rate: int
    yen: int

    @property
    def tax(self) -> int:
        """The tax inside `yen`, in whole yen."""
        if self.kind in TAX_EXCLUDED:
            return self.yen - self.price * self.quantity
        return self.yen * self.tax_rate // (100 + self.tax_rate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """An order and its whole story, sent or not; `fate` is the final status of an invented one, else None."""

    order_id: int
    ordered_at: datetime
    sent_at: datetime
    payment: Payment
    memo: str
    lines: tuple[Line, ...]
    fate: int | None

    def yen(self, *kinds: Kind) -> int:
        """The sum of the lines of these kinds, with tax."""
        return sum(line.yen for line in self.lines if line.kind in kinds)

    def changed_in(self, since: date | None, until: date) -> bool:
        """Whether it came in or was sent on a day from `since` (None: ever) up to, not including, `until`."""
        days = (self.ordered_at.date(), self.sent_at.date())
        return days[0] < until and (since is None or any(since <= day < until for day in days))

    def status(self, until: date) -> int:
        """対応状況 as of the night before `until`."""
        if self.fate is not None:
            return self.fate
        if self.sent_at.date() < until:
            return 5
        return 6 if self.paid_at(until) else pick((1, 4), "young", self.order_id)

    def shipped_at(self, until: date) -> datetime | None:
        """発送日; the shop forgets to enter it for 7 % of what it has sent."""
        is_forgotten = draw(100, "forgotten", self.order_id) < SHIP_DATES_FORGOTTEN_PERCENT
        if is_forgotten or self.fate not in (None, 9) or self.sent_at.date() >= until:
            return None
        return self.sent_at

    def paid_at(self, until: date) -> datetime | None:
        """入金日: cards at once, transfers a day later, cash when it is sent."""
        if self.fate not in (None, 9):
            return None
        paid_at = {
            Payment.CARD: self.ordered_at,
            Payment.TRANSFER: self.ordered_at + timedelta(days=1),
            Payment.CASH: self.sent_at,
        }[self.payment]
        return paid_at if paid_at.date() < until else None
