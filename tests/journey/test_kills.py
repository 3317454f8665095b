"""Whatever is killed when: no mail twice, none lost, equal tables, and readers never see half a version."""

import random
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from shop import SPREAD, Shop, three_readers

SMALL = 300
FIRST_DAY = date(2026, 11, 22)
RUN_SECONDS = 21.0  # a day's run on a small shop and a quiet machine: kills fall anywhere in it


def suffer(tmp_path: Path, *, kills: int, seed: int) -> str:
    """Kill the day's run at random instants, each kill followed by a normal run; what was counted."""
    chance = random.Random(seed)  # noqa: S311  # instants, no secrets
    shop = Shop(home=tmp_path / "shop", customers=SMALL, asked=SPREAD)
    hit = 0
    with three_readers(shop.home) as said:
        for n in range(kills):
            day = FIRST_DAY + timedelta(days=n)
            shop.export(day)
            hit += shop.kill_after(chance.uniform(0, RUN_SECONDS), day, whole_group=chance.random() < 0.8)
            outcome = shop.run(day, carrier="outbox")
            assert outcome.code == 0, outcome.text
    assert_nothing_lost_or_twice(shop)
    assert_equal_to_an_undisturbed_home(shop, day, tmp_path / "undisturbed")
    looks = [int(text.removeprefix("looks: ")) for text in said if text.startswith("looks: ")]
    assert len(looks) == 3, said
    mails = sum(shop.mails().values())
    return (
        f"{hit} of {kills} kills hit a living run; {mails} mails, none twice, none lost; {sum(looks)} looks"
    )


def assert_nothing_lost_or_twice(shop: Shop) -> None:
    mails = shop.mails()
    assert mails
    assert set(mails.values()) == {1}
    treated, held_out = decisions(shop, "treat"), decisions(shop, "holdout")
    assert set(mails) == treated
    assert treated | held_out == shop.candidates()


def decisions(shop: Shop, arm: str) -> set[str]:
    """Message names of an arm in the ledger."""
    with sqlite3.connect(shop.home / "ledger" / "ledger.sqlite") as ledger:
        return {name for (name,) in ledger.execute("select name from message where arm = ?", [arm])}


def assert_equal_to_an_undisturbed_home(shop: Shop, day: date, home: Path) -> None:
    """Give the same bytes to a new home with the same key: its first run must come to the same tables."""
    other = Shop(home=home, customers=SMALL, asked=SPREAD)
    (home / "ledger").mkdir(parents=True)
    shutil.copy(shop.home / "ledger" / "customer.key", home / "ledger" / "customer.key")
    shutil.copytree(shop.home / "landing", home / "landing")
    outcome = other.run(day, carrier="")
    assert outcome.code == 0, outcome.text
    assert shop.hashes() == other.hashes()


def test_a_kill_leaves_no_trace(tmp_path: Path) -> None:
    suffer(tmp_path, kills=1, seed=20261121)


@pytest.mark.long
def test_fifty_kills_leave_no_trace(tmp_path: Path) -> None:
    print(suffer(tmp_path, kills=50, seed=50))
