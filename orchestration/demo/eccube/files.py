"""EC-CUBE's files for people who buy everywhere: with gifts, guests' spellings and late words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from orchestration.demo.buying.lives import Life
from orchestration.demo.buying.orders import Order, Purpose
from orchestration.demo.buying.progress import shipped_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.eccube import consent_csv, customer_csv
from orchestration.demo.eccube.order_csv import cached_cells, rows_of
from orchestration.demo.people.forms import ECCUBE, Form, account, at_till
from orchestration.demo.people.pen import Pen, friend
from orchestration.demo.people.person import Person
from orchestration.demo.writing.night import Night

SHIPMENTS_DAYS = timedelta(days=90)


def order_rows(story: Story, night: Night) -> Iterator[bytes]:
    """受注CSV: the orders that changed since the last night but three."""
    for life in story.lives:
        for order in life.orders:
            if order.changed_in(night.since, night.until):
                yield from _rows(life, order, story.pen, night.until)


def shipment_rows(story: Story, night: Night) -> Iterator[bytes]:
    """配送CSV: the same columns, for what was sent lately (the first night: in the last 90 days)."""
    since = night.since or night.until - SHIPMENTS_DAYS
    for life in story.lives:
        for order in life.orders:
            sent = shipped_at(order, night.until)
            if sent and sent.date() >= since and order.ordered_at.date() < night.until:
                yield from _rows(life, order, story.pen, night.until)


def customer_rows(story: Story, night: Night) -> Iterator[bytes]:
    """会員CSV: all members, as they kept their accounts up with their last orders."""
    for life in story.lives:
        face = replace(story.pen.written(account_of(life, night)), is_guest=life.person.is_guest)
        yield from customer_csv.customer_rows(replace(life, person=face), until=night.until)


def consent_rows(story: Story, night: Night) -> Iterator[bytes]:
    """Every word on advertising mail."""
    for life in story.lives:
        yield from consent_csv.consent_rows(life, until=night.until)


def _rows(life: Life, order: Order, pen: Pen, until: date) -> Iterator[bytes]:
    buyer = cached_cells(face_of(life, order, pen))
    is_gift = order.purpose is Purpose.GIFT
    day = min(order.ordered_at.date(), until)
    receiver = cached_cells(friend(order.order_id, day)) if is_gift else buyer
    return rows_of(order, until, buyer=buyer, receiver=receiver)


def account_of(life: Life, night: Night) -> Form:
    """What a member has told of himself."""
    days = [order.ordered_at.date() for order in life.orders if night.knows(order.ordered_at)]
    return account(ECCUBE, max(days, default=night.begin))


def form_of(life: Life, order: Order) -> Form:
    """What he fills in for an order: nothing new as a member."""
    is_guest = not life.is_member_at(order.ordered_at)
    return at_till(ECCUBE, order.order_id, order.ordered_at.date(), is_guest=is_guest)


def face_of(life: Life, order: Order, pen: Pen) -> Person:
    """Members are known, guests write themselves anew, and the tester is nobody."""
    if order.purpose is Purpose.TEST:
        return life.person
    form = form_of(life, order)
    return replace(pen.written(form), is_guest=not form.is_membership, mail=pen.mail(form))
