"""The whole story of one person with all shops."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from orchestration.demo.buying.cdnow import Purchase
from orchestration.demo.buying.counters import orders_at
from orchestration.demo.buying.histories import Cast, History, histories
from orchestration.demo.buying.lives import Life, moment_of
from orchestration.demo.buying.orders import Order
from orchestration.demo.buying.subscriptions import Contract, contract_of
from orchestration.demo.chance import draw
from orchestration.demo.people.changes import with_namesake
from orchestration.demo.people.dirt import RATES, Rates
from orchestration.demo.people.households import at_home, head
from orchestration.demo.people.memberships import Bought, in_time, lives_of
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.person import Person
from orchestration.demo.writing.channels import Channel, shop_of

ONE_IN_STAFF = 200
ONE_IN_SUBSCRIBED = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A person.

    Attributes:
        person: as he would write himself at home, on the shop's first day.
        pen: what he writes elsewhere and later.
        household: number of the household's head.
        is_staff: whether he works here.
        purchases: how often he ever buys by himself, from `first_on` on.
        churned_on: the day of his last purchase ever, where the process says so.
        lives: his life as an EC-CUBE customer; with it now and then the shop's tester.
        counters: his orders in the other shops.
        contract: his 定期, if any.
    """

    person: Person
    pen: Pen
    household: int
    is_staff: bool
    purchases: int
    first_on: date
    churned_on: date | None
    lives: tuple[Life, ...]
    counters: Mapping[Channel, tuple[Order, ...]]
    contract: Contract | None

    def orders(self) -> Iterator[tuple[Channel, Order]]:
        """All his orders wherever, the tester's too."""
        yield from ((Channel.ECCUBE, order) for life in self.lives for order in life.orders)
        yield from ((shop, order) for shop, orders in self.counters.items() for order in orders)


def stories(cast: Cast, shops: tuple[Channel, ...]) -> Iterator[Story]:
    """Everybody who buys in these shops, one by one."""
    return (_story(history, shops, RATES[cast.dirt], cast.begin) for history in histories(cast))


def _story(history: History, shops: tuple[Channel, ...], rates: Rates, begin: date) -> Story:
    number, year = history.number, history.purchases[0].day.year
    is_staff = draw(ONE_IN_STAFF, "staff", number) == 0
    person = with_namesake(at_home(number, year=year), rates, year=year)
    visits = _visits(history, shops)
    own = visits.pop(Channel.ECCUBE, [])
    contract = _contract(person, own[0][1]) if own else None
    return Story(
        person=person,
        pen=Pen(person=person, rates=rates, begin=begin),
        household=head(number),
        is_staff=is_staff,
        purchases=len(history.purchases),
        first_on=history.purchases[0].day,
        churned_on=history.churned_on,
        lives=tuple(lives_of(person, own, contract, rates, is_staff=is_staff)),
        counters={
            shop: in_time(orders_at(shop, bought, is_member=True, is_staff=False))
            for shop, bought in visits.items()
        },
        contract=contract,
    )


def _visits(history: History, shops: tuple[Channel, ...]) -> dict[Channel, Bought]:
    """His purchases and their moments, shop by shop."""
    moments = sorted(moment_of(purchase, timedelta(0)) for purchase in history.purchases)
    visits = dict[Channel, list[tuple[Purchase, datetime]]]()
    for purchase, moment in zip(history.purchases, moments, strict=True):
        visits.setdefault(shop_of(purchase.row, history.number, shops), []).append((purchase, moment))
    return dict(visits)


def _contract(person: Person, first_bought_at: datetime) -> Contract | None:
    if person.is_guest or draw(ONE_IN_SUBSCRIBED, "subscribes", person.number):
        return None
    return contract_of(person.number, started_at=first_bought_at + timedelta(days=20))
