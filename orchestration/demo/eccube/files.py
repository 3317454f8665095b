"""EC-CUBE's files for people who buy everywhere: with gifts, guests' spellings and late words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from orchestration.demo.buying.lives import Life
from orchestration.demo.buying.orders import Order, Purpose
from orchestration.demo.buying.progress import shipped_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw
from orchestration.demo.eccube import consent_csv, customer_csv
from orchestration.demo.eccube.order_csv import cached_cells, rows_of
from orchestration.demo.people.person import Person, person
from orchestration.demo.people.spelling import spelled
from orchestration.demo.writing.night import Night

FRIENDS_FROM, FRIENDS = 9_000_000, 900_000
SHIPMENTS_DAYS = timedelta(days=90)


def order_rows(story: Story, night: Night) -> Iterator[bytes]:
    """受注CSV: the orders that changed since the last night but three."""
    for life in story.lives:
        for order in life.orders:
            if order.changed_in(night.since, night.until):
                yield from _rows(life, order, night.until)


def shipment_rows(story: Story, night: Night) -> Iterator[bytes]:
    """配送CSV: the same columns, for what was sent lately (the first night: in the last 90 days)."""
    since = night.since or night.until - SHIPMENTS_DAYS
    for life in story.lives:
        for order in life.orders:
            sent = shipped_at(order, night.until)
            if sent and sent.date() >= since and order.ordered_at.date() < night.until:
                yield from _rows(life, order, night.until)


def customer_rows(story: Story, night: Night) -> Iterator[bytes]:
    """会員CSV: all members."""
    for life in story.lives:
        yield from customer_csv.customer_rows(life, until=night.until)


def consent_rows(story: Story, night: Night) -> Iterator[bytes]:
    """Every word on advertising mail."""
    for life in story.lives:
        yield from consent_csv.consent_rows(life, until=night.until)


def _rows(life: Life, order: Order, until: date) -> Iterator[bytes]:
    buyer = cached_cells(_face(life.person, order))
    receiver = cached_cells(_friend(order, until)) if order.purpose is Purpose.GIFT else buyer
    return rows_of(order, until, buyer=buyer, receiver=receiver)


def _face(buyer: Person, order: Order) -> Person:
    """Members are known; guests write themselves anew, in forms that take digits and katakana alone."""
    if not buyer.is_guest:
        return buyer
    face = spelled(buyer, "eccube", int(draw(3, "spelling", order.order_id) == 0))
    return replace(face, phone=buyer.phone, family_kana=buyer.family_kana, given_kana=buyer.given_kana)


def _friend(order: Order, until: date) -> Person:
    """Whom a gift goes to: nobody's customer number."""
    number = FRIENDS_FROM + draw(FRIENDS, "friend", order.order_id)
    return person(number, year=min(order.ordered_at.year, until.year))
