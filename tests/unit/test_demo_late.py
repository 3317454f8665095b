"""What the shops say of the same order on different nights."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from demo_shop import DAY

from orchestration.demo.amazon import all_orders_tsv as amazon_tsv
from orchestration.demo.buying.histories import Cast, Source
from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.orders import Order, Purpose
from orchestration.demo.buying.progress import CANCELLED, RETURNED, status
from orchestration.demo.buying.stories import Story, stories
from orchestration.demo.eccube import files as eccube_files
from orchestration.demo.people.dirt import Level
from orchestration.demo.rakuten import orders_csv as rakuten_csv
from orchestration.demo.shopify import orders_csv as shopify_orders_csv
from orchestration.demo.writing.channels import Channel, shops
from orchestration.demo.writing.night import Night
from orchestration.demo.yahoo import orders_csv as yahoo_csv

BEGIN = date(2026, 1, 1)
CAST = Cast(
    source=Source.SIMULATED, customers=2500, days=300, seed=5, begin=BEGIN, anchor=None, dirt=Level.USUAL
)
OLD = date(2040, 1, 1)


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return list(stories(CAST, shops(tuple(Channel))))


def orders(told: list[Story], shop: Channel) -> Iterator[tuple[Story, Order]]:
    return ((story, order) for story in told for place, order in story.orders() if place is shop)


def night(until: date, since: date | None) -> Night:
    return Night(since=since, until=until, begin=BEGIN)


def test_order_numbers_are_unique_in_every_shop(told: list[Story]) -> None:
    for shop in shops(tuple(Channel)):
        numbers = [order.order_id for _, order in orders(told, shop)]
        assert len(numbers) == len(set(numbers)) > 100


def test_no_sum_ever_falls_below_zero(told: list[Story]) -> None:
    for story in told:
        for _, order in story.orders():
            for known in (order, order.known(OLD)):
                assert known.yen(*Kind) >= 0
                assert known.goods()


def test_a_line_that_was_removed_weeks_later_leaves_the_others_their_numbers(told: list[Story]) -> None:
    removed = [(s, o) for s, o in orders(told, Channel.ECCUBE) if o.edit and not o.edit.quantity]
    assert removed
    for story, order in removed:
        assert order.edit is not None
        if order.edit.at.date() == order.ordered_at.date():
            continue
        before, after = (set(line_ids(story, order, order.edit.at.date() + n * DAY)) for n in (0, 1))
        assert before - after == {f"{order.order_id * 10 + 1}"}
        assert after < before
    late = [o for _, o in removed if o.edit and o.edit.at - o.sent_at >= timedelta(days=7)]
    assert 0.4 < len(late) / len(removed) < 0.95


def line_ids(story: Story, order: Order, until: date) -> list[str]:
    rows = eccube_files.order_rows(story, night(until, None))
    cells = (row.decode("cp932").split(",") for row in rows)
    number = str(order.order_id)
    return [found for row in cells if row[0] == number for found in row if found[:-1] == number]


def test_a_quantity_that_shrank_shrinks_the_sum(told: list[Story]) -> None:
    fewer = [o for _, o in orders(told, Channel.RAKUTEN) if o.edit and o.edit.quantity]
    assert fewer
    for order in fewer:
        assert order.yen(Kind.GOODS) - order.known(OLD).yen(Kind.GOODS) == order.lines[0].each


def test_an_order_is_exported_again_on_the_night_after_every_change(told: list[Story]) -> None:
    for story in told:
        for _, order in story.orders():
            for at in (order.edit and order.edit.at, order.refund and order.refund.at, order.fated_at):
                if at is not None:
                    assert order.changed_in(at.date(), at.date() + DAY)
                    assert at > order.ordered_at


def test_cancellations_and_returns_come_after_the_order_was_alive(told: list[Story]) -> None:
    fated = [o for _, o in orders(told, Channel.ECCUBE) if o.fate in (CANCELLED, RETURNED)]
    assert {o.fate for o in fated} == {CANCELLED, RETURNED}
    for order in fated:
        assert order.fated_at is not None
        assert status(order, order.fated_at.date() + DAY) == order.fate
        alive = status(order, order.fated_at.date())
        assert order.fated_at.date() == order.ordered_at.date() or alive in (1, 4, 5, 6)


def test_a_rakuten_order_walks_through_its_states(told: list[Story]) -> None:
    seen = set()
    for _, order in orders(told, Channel.RAKUTEN):
        walk = tuple(
            rakuten_csv.status(order, night(order.ordered_at.date() + n * DAY, None)) for n in (1, 2, 4, 60)
        )
        seen.add(walk)
    assert {("100", "300", "500", "500"), ("300", "300", "700", "700")} <= seen
    assert {walk[-1] for walk in seen} == {"500", "700", "900"}
    assert any("800" in walk for walk in seen)


def test_an_amazon_order_has_no_price_while_it_is_pending(told: list[Story]) -> None:
    states = {"Pending": 0, "Unshipped": 0, "Shipped": 0, "Cancelled": 0}
    for _, order in orders(told, Channel.AMAZON):
        for n in (1, 2, 4):
            states[amazon_tsv.status(order, night(order.ordered_at.date() + n * DAY, None))] += 1
    assert all(states.values())


def test_yahoo_prints_new_orders_as_in_hand(told: list[Story]) -> None:
    story, order = next(orders(told, Channel.YAHOO))
    (row,) = [
        row.decode("cp932").split(",")
        for row in yahoo_csv.order_rows(story, night(order.ordered_at.date() + DAY, None))
        if yahoo_csv.order_id(order).encode() in row
    ]
    assert row[9] == "2"


def test_a_shopify_refund_changes_what_was_refunded_and_nothing_else(told: list[Story]) -> None:
    story, order = next((s, o) for s, o in orders(told, Channel.SHOPIFY) if o.refund)
    assert order.refund is not None
    day = order.refund.at.date()
    before, after = (
        shopify_orders_csv._state(order, night(until, None))  # noqa: SLF001  # the cells alone
        for until in (day, day + DAY)
    )
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"Financial Status", "Refunded Amount"}
    assert (before["Financial Status"], after["Financial Status"]) == ("paid", "partially_refunded")
    assert list(shopify_orders_csv.rows(story, night(day + DAY, day)))


def test_every_kind_of_order_occurs_and_staff_order_with_a_word(told: list[Story]) -> None:
    kinds = {order.purpose for story in told for _, order in story.orders()}
    assert kinds == set(Purpose)
    staff = [order for story in told if story.is_staff for life in story.lives for order in life.orders]
    assert all(order.memo == "社販" for order in staff if order.purpose is Purpose.STAFF)


def test_the_tester_is_nobody(told: list[Story]) -> None:
    testers = [story.lives[1] for story in told if len(story.lives) > 1]
    assert testers
    for life in testers:
        assert life.person.member_id == ""
        assert life.person.mail.startswith("test.")
        assert {order.purpose for order in life.orders} == {Purpose.TEST}
