"""Days on which something is wrong: no mail, readers keep what they had, the next good day mends it."""

import os
import signal
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from shop import Outcome, Shop

MONDAY = date(2026, 11, 23)
LAST_WEEK = MONDAY - timedelta(days=7)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def newest_orders(shop: Shop) -> Path:
    return max((shop.home / "inbox" / "eccube_orders").glob("*.csv"))


def first_line_id(text: str) -> str:
    """注文詳細ID of the first row: its order's number and the place in it."""
    return f"{text.splitlines()[1].split(',')[0]}1"


def forget_a_line_id(shop: Shop, _: str) -> None:
    """A row that the entrance door refuses: it has no key."""
    path = newest_orders(shop)
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.replace(f",{first_line_id(text)},", ",,", 1).encode("cp932"))


def take_a_line_id_of_another_order(shop: Shop, taken: str) -> None:
    """A row sound in its own file that breaks a core test of the warehouse: one key for two lines."""
    path = newest_orders(shop)
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.replace(f",{first_line_id(text)},", f",{taken},", 1).encode("cp932"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (forget_a_line_id, "line_id is present: 1 rows (1)"),
        (take_a_line_id_of_another_order, "unique_stg_eccube__order_lines_line_id"),
    ],
)
def test_a_broken_row_stops_the_day_and_the_next_good_day_mends_it(
    tmp_path: Path, spoil: Callable[[Shop, str], None], said: str
) -> None:
    shop = Shop(home=tmp_path, customers=600, spread=True)
    shop.export(MONDAY)
    taken = first_line_id(newest_orders(shop).read_bytes().decode("cp932"))
    assert_good(shop.run(MONDAY, carrier="outbox"))
    mails, hashes = shop.mails(), shop.hashes()
    shop.export(TUESDAY)
    spoil(shop, taken)
    first, again = shop.run(TUESDAY, carrier="outbox"), shop.run(TUESDAY, carrier="outbox")
    assert said in first.text
    assert (first.code, again.code) == (1, 1)
    assert (shop.mails(), shop.hashes()) == (mails, hashes)
    shop.export(WEDNESDAY, since=LAST_WEEK)
    assert_good(shop.run(WEDNESDAY, carrier="outbox"))
    assert set(shop.mails().values()) == {1}
    assert len(shop.mails()) > len(mails)


@pytest.mark.long
def test_twenty_failing_days_move_no_link(tmp_path: Path) -> None:
    shop = Shop(home=tmp_path, customers=100, spread=True)
    shop.export(MONDAY)
    taken = first_line_id(newest_orders(shop).read_bytes().decode("cp932"))
    assert_good(shop.run(MONDAY, carrier="outbox"))
    version, mails = (tmp_path / "marts" / "current").readlink(), shop.mails()
    for n in range(1, 21):
        day = MONDAY + timedelta(days=n)
        shop.export(day, since=LAST_WEEK)
        (forget_a_line_id if n % 2 else take_a_line_id_of_another_order)(shop, taken)
        assert shop.run(day, carrier="outbox").code == 1
        assert ((tmp_path / "marts" / "current").readlink(), shop.mails()) == (version, mails)
    print("20 failing days, 0 links moved, 0 mails")


def test_a_second_run_waits_and_the_death_of_the_first_lets_it_in(tmp_path: Path) -> None:
    shop = Shop(home=tmp_path, customers=50, spread=True)
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
    assert_good(Outcome(code=second.wait(timeout=120), text=shop.said.read_text()))
    assert f"process {second.pid} " in holder.read_text()
    first.wait()


def assert_good(outcome: Outcome) -> None:
    assert outcome.code == 0, outcome.text
