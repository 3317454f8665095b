"""One person's lives in the EC-CUBE shop: his own, and now and then the tester's beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from orchestration.demo.buying.cdnow import Purchase
from orchestration.demo.buying.checkout import extra, goods_line, sent_after
from orchestration.demo.buying.counters import ONE_IN, orders_at, test_order
from orchestration.demo.buying.goods import TAX_RATE
from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.lives import Life, consents_of, joined_at_of, left_at_of
from orchestration.demo.buying.merchandise import SHEETS, TRIAL
from orchestration.demo.buying.orders import Order, Payment, Purpose
from orchestration.demo.buying.subscriptions import Contract, deliveries
from orchestration.demo.chance import draw
from orchestration.demo.people.dirt import Rates, falls
from orchestration.demo.people.person import Person
from orchestration.demo.writing.channels import Channel

ONE_IN_TRIAL = 20
TRIAL_BEFORE = timedelta(days=14)
BEFORE_THE_TILL = timedelta(minutes=3)
PARCEL = (Kind.POSTAGE, Kind.FEE)

Bought = Sequence[tuple[Purchase, datetime]]


def lives_of(
    person: Person, own: Bought, contract: Contract | None, rates: Rates, *, is_staff: bool
) -> Iterator[Life]:
    """None for those who never buy here."""
    if not own:
        return
    bought = list(orders_at(Channel.ECCUBE, own, is_member=not person.is_guest, is_staff=is_staff))
    base = bought[0]
    if draw(ONE_IN_TRIAL, "trial", person.number) == 0:
        bought.append(_trial(base))
    if contract is not None:
        bought.extend(deliveries(contract))
    yield _life(person, in_time(bought), rates)
    if draw(ONE_IN["test"], "tester", person.number) == 0:
        yield _tester(person, test_order(base))


def _life(person: Person, orders: tuple[Order, ...], rates: Rates) -> Life:
    number = person.number
    joined_at = _joined_at(person, orders, rates)
    first_at = next(
        (order.ordered_at for order in orders if joined_at and joined_at <= order.ordered_at),
        orders[0].ordered_at,
    )
    consents = tuple(consents_of(number, joined_at=joined_at, first_bought_at=first_at))
    last_at = max(order.ordered_at for order in orders)
    return Life(
        person=replace(person, is_guest=joined_at is None),
        joined_at=joined_at,
        left_at=None if joined_at is None or consents else left_at_of(number, last_at),
        consents=consents,
        orders=orders,
    )


def _joined_at(person: Person, orders: tuple[Order, ...], rates: Rates) -> datetime | None:
    """Members join by their first order; of the guests who come back some with the second."""
    if not person.is_guest:
        return joined_at_of(person.number, orders[0].ordered_at)
    is_late = len(orders) > 1 and falls(rates.joins_later, "joins later", person.number)
    return orders[1].ordered_at - BEFORE_THE_TILL if is_late else None


def _trial(base: Order) -> Order:
    """Two weeks before the first purchase he tried."""
    ordered_at = base.ordered_at - TRIAL_BEFORE
    return replace(
        base,
        order_id=base.order_id + 3,
        ordered_at=ordered_at,
        sent_at=sent_after(base.order_id, ordered_at),
        purpose=Purpose.TRIAL,
        payment=Payment.CARD,
        lines=(goods_line(SHEETS[TRIAL.product_id], 1), *(extra(k, 0, TAX_RATE) for k in PARCEL)),
        edit=None,
        refund=None,
    )


def _tester(person: Person, order: Order) -> Life:
    """The shop's own people, under a name that nobody has."""
    mail = f"test.{person.number:05}@example.com"
    nobody = replace(
        person, is_guest=True, family_name="テスト", given_name="テスト", family_kana="テスト",
        given_kana="テスト", mail=mail,
    )  # fmt: skip
    return Life(person=nobody, joined_at=None, left_at=None, consents=(), orders=(order,))


def in_time(orders: Iterable[Order]) -> tuple[Order, ...]:
    """The orders as they came in."""
    return tuple(sorted(orders, key=lambda order: (order.ordered_at, order.order_id)))
