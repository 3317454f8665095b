"""The whole story of one customer with the shop: when he joined, agreed, bought, and left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from orchestration.demo.buying.cdnow import Purchase, histories
from orchestration.demo.buying.checkout import orders_of
from orchestration.demo.buying.orders import Order
from orchestration.demo.chance import draw
from orchestration.demo.people.person import Person, person

CONSENT_PERCENT = 60
REGRET_PERCENT = 3
SPREAD_DAYS = 540
SPREAD_DAYS_BEFORE_ANCHOR = 360


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A word on advertising mail: `granted` or `withdrawn`, given at `signup`, `checkout` or in `mypage`."""

    state: str
    source: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """A customer from first to last day; `joined_at` is None for a guest, `left_at` for those who stay."""

    person: Person
    joined_at: datetime | None
    left_at: datetime | None
    consents: tuple[Consent, ...]
    orders: tuple[Order, ...]

    def is_member_at(self, at: datetime) -> bool:
        """Whether the shop knew him by then."""
        return self.joined_at is not None and self.joined_at <= at


def lives(*, customers: int | None, anchor: date | None) -> Iterator[Life]:
    """The first `customers` customers (None: all), one by one.

    With an anchor each life is shifted by whole days of its own, so that first purchases spread over 540
    days, 360 of them before the anchor; without one the days are CDNOW's.
    """
    for history in histories(customers):
        yield _life(history, anchor)


def _life(history: Sequence[Purchase], anchor: date | None) -> Life:
    number, first_day = history[0].customer, history[0].day
    shift = timedelta(0) if anchor is None else new_first_day(number, anchor) - first_day
    moments = sorted(moment_of(purchase, shift) for purchase in history)
    buyer = person(number, year=moments[0].year)
    joined_at = None if buyer.is_guest else joined_at_of(number, moments[0])
    consents = tuple(consents_of(number, joined_at=joined_at, first_bought_at=moments[0]))
    return Life(
        person=buyer,
        joined_at=joined_at,
        left_at=None if buyer.is_guest or consents else left_at_of(number, moments[-1]),
        consents=consents,
        orders=tuple(orders_of(history, moments, is_guest=buyer.is_guest)),
    )


def new_first_day(number: int, anchor: date) -> date:
    """When a customer of the spread shop first buys."""
    return anchor + timedelta(days=draw(SPREAD_DAYS, "spread", number) - SPREAD_DAYS_BEFORE_ANCHOR)


def moment_of(purchase: Purchase, shift: timedelta) -> datetime:
    """The purchase's time of day, between 7:00 and 23:00, `shift` after the history's own day."""
    second = draw(16 * 3600, "second", purchase.row)
    return datetime.combine(purchase.day + shift, time(7)) + timedelta(seconds=second)


def joined_at_of(number: int, first_bought_at: datetime) -> datetime:
    """Half of the members join while they buy, half up to 60 days before."""
    days = 1 + draw(60, "days before", number) if draw(2, "joins before", number) else 0
    return first_bought_at - timedelta(days=days, minutes=3 + draw(30, "minutes before", number))


def consents_of(number: int, *, joined_at: datetime | None, first_bought_at: datetime) -> Iterator[Consent]:
    """Most agree by the time of their first order; a few members take it back in their account later."""
    if draw(100, "agrees", number) >= CONSENT_PERCENT:
        return
    if joined_at is None or draw(3, "agrees late", number) == 0:
        yield Consent(state="granted", source="checkout", changed_at=first_bought_at)
    else:
        yield Consent(state="granted", source="signup", changed_at=joined_at)
    if joined_at is not None and draw(100, "regrets", number) < REGRET_PERCENT:
        later = timedelta(days=5 + draw(200, "regret", number), minutes=draw(60, "regret minutes", number))
        yield Consent(state="withdrawn", source="mypage", changed_at=first_bought_at + later)


def left_at_of(number: int, last_bought_at: datetime) -> datetime | None:
    """One in a hundred of the members who never agreed to mail closes the account after the last order.

    Only they: the consent file then is the whole truth about who may be written to.
    """
    if draw(100, "leaves", number):
        return None
    return last_bought_at + timedelta(days=30 + draw(60, "stays", number))
