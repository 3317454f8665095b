"""Real purchase histories through every room, against figures that others computed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import by_hand
import pytest
from conftest import LAST_DAY
from shop import ROOT, Shop

from mail_jobs.model import Arm
from mail_jobs.plan import draw

TEN_DAYS = [date(1997, 1, 20) + timedelta(days=n * 94 // 9) for n in range(10)]
THREE_OF_THEM = TEN_DAYS[::4]
Candidates = dict[str, list[list[str]]]  # by day: step, occurrence, message name


def test_customers_orders_and_goods_are_those_of_the_master_file(cdnow: Shop) -> None:
    assert cdnow.query("select count(*) from dim_customers") == [(23_570,)]
    assert cdnow.query("select count(*), sum(goods_yen)::bigint from fct_orders where is_valid") == [
        (69_659, 250_031_563)
    ]


def test_orders_that_do_not_count_are_there_and_do_not_count(cdnow: Shop) -> None:
    states = cdnow.query("select distinct order_state from fct_orders where not is_valid order by all")
    assert states == [("cancelled",), ("pending",), ("returned",)]


def test_second_purchase_days_come_as_fast_as_computed_elsewhere(cdnow: Shop) -> None:
    found = cdnow.query("""
        select window_days, customers, repeaters, repeater_share, observed, converted, f2_rate
        from rpt_repeat where cohort = 'all' order by window_days
    """)
    within = {30: 4_115, 60: 5_929, 90: 6_887, 180: 8_827, 365: 10_810}
    rates = [0.174586, 0.251549, 0.292193, 0.374501, 0.458634]
    assert found == [
        (days, 23_570, 11_516, 0.488587, 23_570, second, rate)
        for (days, second), rate in zip(within.items(), rates, strict=True)
    ]


def test_a_member_has_exactly_one_state_at_every_moment(cdnow: Shop) -> None:
    lives = cdnow.query("""
        select count(distinct customer_id), count(*) filter (valid_to = date '9999-12-31')
        from fct_customer_states where scheme = 'lifecycle'
    """)
    assert lives == [(23_570, 23_570)]


def test_no_personal_data_leaves_by_the_marts(cdnow: Shop) -> None:
    for path in (cdnow.home / "marts" / "parquet").glob("*.parquet"):
        assert b"@example.com" not in path.read_bytes()


@pytest.mark.long
def test_the_whole_day_twice_changes_nothing_and_says_so(cdnow: Shop) -> None:
    before, mails = cdnow.hashes(), cdnow.mails()
    outcome = cdnow.run(LAST_DAY, carrier="outbox")
    assert outcome.code == 0, outcome.text
    assert "nothing new landed" in outcome.text
    assert "nothing new sent" in outcome.text
    assert (cdnow.hashes(), cdnow.mails()) == (before, mails)


@pytest.fixture(scope="session")
def candidates(cdnow: Shop, tmp_path_factory: pytest.TempPathFactory) -> Candidates:
    """Those of three of the ten days."""
    return candidates_of(cdnow, tmp_path_factory.mktemp("asof"), THREE_OF_THEM)


def candidates_of(shop: Shop, folder: Path, days: Sequence[date]) -> Candidates:
    """Candidates (step, occurrence, message name) of some days."""
    command = [sys.executable, str(ROOT / "tests" / "candidates_of.py"), str(shop.home), str(folder)]
    found = subprocess.run(
        [*command, *(day.isoformat() for day in days)],
        cwd=ROOT / "dbt_project", env={**os.environ, "DBT_PROFILES_DIR": "."},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    by_day: Candidates = json.loads(found.stdout.splitlines()[-1])
    return by_day


def held_out_of(candidates: Candidates) -> tuple[int, int]:
    """How many of the candidates are held out, and how many there are."""
    drawn = {
        occurrence: draw(
            salt="second_purchase-1", scenario="second_purchase", occurrence=occurrence, holdout_percent=10
        )
        for found in candidates.values()
        for _, occurrence, _ in found
    }
    return sum(arm is Arm.HOLDOUT for arm in drawn.values()), len(drawn)


def expected_on(shop: Shop, day: date) -> set[tuple[str, int]]:
    """Those that plain loops find."""
    (consents,) = (path for path in (shop.home / "landing" / "consents").iterdir() if not path.suffix)
    return by_hand.due(day, consents)


@pytest.mark.parametrize("day", THREE_OF_THEM, ids=str)
def test_candidates_are_those_that_plain_loops_find(cdnow: Shop, candidates: Candidates, day: date) -> None:
    expected = expected_on(cdnow, day)
    assert len(expected) > 0
    assert len(candidates[day.isoformat()]) == len(expected)


def test_one_in_ten_is_held_out(candidates: Candidates) -> None:
    held_out, drawn = held_out_of(candidates)
    assert abs(held_out - drawn / 10) < 3 * (drawn * 0.1 * 0.9) ** 0.5


@pytest.mark.long
def test_on_ten_days_the_same_ones_are_held_out_on_every_machine(cdnow: Shop, tmp_path: Path) -> None:
    candidates = candidates_of(cdnow, tmp_path, TEN_DAYS)
    assert {day: len(found) for day, found in candidates.items()} == {
        day.isoformat(): len(expected_on(cdnow, day)) for day in TEN_DAYS
    }
    assert held_out_of(candidates) == (805, 8_109)
