"""Days on which something is wrong: no mail, readers keep what they had, the next good day mends it."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from shop import ROOT, SPREAD, Outcome, Shop

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
LAST_WEEK = MONDAY - WEEK
NEW_STATUS = "77"
OUR_CART = """
description: >-
  Orders of a cart that nobody has heard of. One row per order line.
kind: orders
tells: [orders, lines]
file_name: 'uriage_(?P<exported_at>\\d{14})\\.csv'
time_format: '%Y%m%d%H%M%S'
zone: Asia/Tokyo
format: csv
encodings: [cp932]
delimiter: ','
quoting: rfc4180
keeps: everything
columns:
  order_id: [伝票]
  mail: [メール]
  full_name: [氏名]
  status: [状況]
  ordered_at: [日時]
  product_code: [品番]
  price: [税込単価]
  quantity: [数]
  discount: [割引]
required: [order_id, status, ordered_at, price, quantity]
constants: {shop_id: kawara, brand_id: main}
statuses:
  - {is: fulfilled, status: [済]}
  - {is: cancelled, status: [取消]}
money: {price: unit, tax: included, discount: without_points, points: own}
threshold: {percent: 1, rows: 100, then: warn}
door: {quarantine: {present: [order_id, status]}}
"""
THEIR_CART = (
    "伝票,メール,氏名,状況,日時,品番,税込単価,数,割引\n"
    "1,a@example.com,瓦 一郎,済,2026/11/20 10:00,K-1,1100,2,200\n"
    "1,a@example.com,瓦 一郎,済,2026/11/20 10:00,K-2,550,1,200\n"
    "2,b@example.com,瓦 花子,取消,2026/11/21 11:30,K-1,1100,1,0\n"
)


def newest(shop: Shop, feed: str) -> Path:
    return max((shop.home / "inbox" / feed).glob("*.csv"))


def order_ids(path: Path) -> list[str]:
    """注文ID of every row of an export of orders."""
    header, *rows = path.read_bytes().decode("cp932").splitlines()
    return [row.split(",")[0] for row in rows] if header.startswith("注文ID") else []


def first_line_id(shop: Shop, *, of_known_order: bool) -> str:
    """注文詳細ID of the newest export's first order that came before, or that did not."""
    exports = (path for path in (shop.home / "landing" / "eccube_orders").iterdir() if not path.suffix)
    known = {order_id for path in exports for order_id in order_ids(path)}
    ids = order_ids(newest(shop, "eccube_orders"))
    return next(f"{order_id}1" for order_id in ids if (order_id in known) == of_known_order)


def replace_line_id(shop: Shop, old: str, new: str) -> None:
    path = newest(shop, "eccube_orders")
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.replace(f",{old},", f",{new},", 1).encode("cp932"))


def take_a_line_id_of_another_order(shop: Shop) -> None:
    """A row sound in its own file that breaks a core test of the warehouse: one key for two lines."""
    taken = first_line_id(shop, of_known_order=True)
    replace_line_id(shop, first_line_id(shop, of_known_order=False), taken)
    rows = newest(shop, "eccube_orders").read_bytes().splitlines(keepends=True)
    number = taken[:-1].encode()
    kept = [row for row in rows if not row.startswith(number + b",")]  # else the file itself is refused
    newest(shop, "eccube_orders").write_bytes(b"".join(kept))


def bring_a_file_of_another_feed(shop: Shop) -> None:
    """Somebody saved the export of customers under the name of the orders'."""
    newest(shop, "eccube_orders").write_bytes(newest(shop, "eccube_customers").read_bytes())


def forget_when_somebody_changed_his_mind(shop: Shop) -> None:
    """Of a row like this nobody knows whether it was a withdrawal."""
    path = newest(shop, "consents")
    header, first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([header, first.rpartition(",")[0] + ",", *rest, ""]))


def say_a_status_that_nobody_knows(shop: Shop) -> None:
    """A shop has given itself a status of its own."""
    path = newest(shop, "eccube_orders")
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.replace(",5,発送済み,", f",{NEW_STATUS},お取り置き,").encode("cp932"))


def spoil_two_feeds(shop: Shop) -> None:
    """Landing refuses the one, the door the other."""
    bring_a_file_of_another_feed(shop)
    forget_when_somebody_changed_his_mind(shop)


BAD_DAYS: list[tuple[Callable[[Shop], None], tuple[str, ...]]] = [
    (
        spoil_two_feeds,
        (
            "eccube_orders",
            "注文ID",
            "expected",
            "REFUSED landing/consents",
            "changed_at is present: 1 rows (1)",
        ),
    ),
    (take_a_line_id_of_another_order, ("is_key_fct_order_lines_line_id",)),
    (say_a_status_that_nobody_knows, ("eccube_orders has rows that mean nothing", f"status {NEW_STATUS}")),
]


def test_bad_days_say_what_is_wrong_and_change_nothing_and_the_next_good_day_mends_them(
    tmp_path: Path,
) -> None:
    shop = Shop(home=tmp_path, customers=500, asked=SPREAD)
    shop.export(MONDAY)
    assert_good(shop.run(MONDAY, carrier="outbox"))
    mails, hashes, day = shop.mails(), shop.hashes(), MONDAY
    for spoil, said in BAD_DAYS:
        day += WEEK
        shop.export(day, since=LAST_WEEK)
        spoil(shop)
        outcome = shop.run(day, carrier="outbox")
        assert outcome.code == 1, (spoil, outcome.text)
        assert [words for words in said if words not in outcome.text] == [], outcome.text
        assert (shop.mails(), shop.hashes()) == (mails, hashes)
        if spoil is spoil_two_feeds:
            assert "nothing newer has come" in shop.run(day, carrier="outbox").text
    day += WEEK
    mend(shop, day)
    shop.export(day, since=LAST_WEEK)
    forgotten = first_line_id(shop, of_known_order=True)
    replace_line_id(shop, forgotten, "")
    outcome = shop.run(day, carrier="outbox")
    assert_good(outcome)
    assert_a_row_without_key_took_its_order_along(shop, outcome, forgotten[:-1])
    assert_the_new_cart_is_there(shop)
    assert set(shop.mails().values()) == {1}
    assert len(shop.mails()) > len(mails)


def mend(shop: Shop, day: date) -> None:
    """Say in a feed of our own what the new status means, and describe one more cart; nothing else."""
    ours = (ROOT / "orchestration" / "landing" / "feeds" / "eccube_orders.yaml").read_text()
    mapped = ours.replace("statuses:\n", f"statuses:\n  - {{is: fulfilled, status: ['{NEW_STATUS}']}}\n")
    feeds = shop.own_feeds
    feeds.mkdir(parents=True)
    (feeds / "eccube_orders.yaml").write_text(mapped)
    (feeds / "kawara_orders.yaml").write_text(OUR_CART.lstrip())
    inbox = shop.home / "inbox" / "kawara_orders"
    inbox.mkdir()
    export = inbox / f"uriage_{day:%Y%m%d}040000.csv"
    export.write_bytes(THEIR_CART.encode("cp932"))
    export.with_name(f"{export.name}.done").touch()


def assert_a_row_without_key_took_its_order_along(shop: Shop, outcome: Outcome, order_id: str) -> None:
    warnings = [line for line in outcome.text.splitlines() if "line_id is present" in line]
    assert len(warnings) == 1, outcome.text
    assert re.search(
        r"order_20\d{12}\.csv \(eccube_orders\): line_id is present: 1 rows \(\d+\)", warnings[0]
    )
    assert shop.query(
        "select quarantined > 1 from rpt_landing where verdict = 'let_in' and quarantined > 0"
    ) == [(True,)]
    told = shop.query(f"select count(*) from fct_orders where order_id = 'eccube:order:{order_id}'")
    assert told == [(1,)]


def assert_the_new_cart_is_there(shop: Shop) -> None:
    assert shop.query("""
        select order_id, order_state, is_valid, goods_yen, shop_discount_yen, m_yen, customer_id is not null
        from fct_orders where shop_id = 'kawara' order by all
    """) == [
        ("kawara:order:1", "fulfilled", True, 2_750, 200, 2_550, True),
        ("kawara:order:2", "cancelled", False, 1_100, 0, 0, True),
    ]


@pytest.mark.long
def test_twenty_failing_days_move_no_link(tmp_path: Path) -> None:
    shop = Shop(home=tmp_path, customers=100, asked=SPREAD)
    shop.export(MONDAY)
    assert_good(shop.run(MONDAY, carrier="outbox"))
    version, mails = (tmp_path / "marts" / "current").readlink(), shop.mails()
    for n in range(1, 21):
        day = MONDAY + n * WEEK
        shop.export(day, since=LAST_WEEK)
        (bring_a_file_of_another_feed if n % 2 else take_a_line_id_of_another_order)(shop)
        assert shop.run(day, carrier="outbox").code == 1
        assert ((tmp_path / "marts" / "current").readlink(), shop.mails()) == (version, mails)
    print("20 failing days, 0 links moved, 0 mails")


def test_a_second_run_waits_and_the_death_of_the_first_lets_it_in(tmp_path: Path) -> None:
    shop = Shop(home=tmp_path, customers=50, asked=SPREAD)
    shop.export(MONDAY)
    first = shop.start(MONDAY, carrier="outbox")
    holder = tmp_path / "lock.holder"
    while not holder.exists():
        assert first.poll() is None
    second = shop.start(MONDAY, carrier="outbox")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=8)
    assert f"process {first.pid} " in holder.read_text()
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    until = time.monotonic() + 60
    while f"process {second.pid} " not in holder.read_text():
        assert second.poll() is None, shop.said.read_text()
        assert time.monotonic() < until
    os.killpg(second.pid, signal.SIGKILL)  # what a run after a kill comes to: test_kills.py
    second.wait()


def assert_good(outcome: Outcome) -> None:
    assert outcome.code == 0, outcome.text
