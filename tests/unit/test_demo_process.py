"""The simulated shop obeys its stated process."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean, stdev

import pyarrow.parquet as pq
import pytest
from demo_shop import DAY, FIRST_NIGHT, inbox, night, simulated

from orchestration.demo.buying.histories import Cast, History, Source, histories
from orchestration.demo.buying.process import CDNOW, visits
from orchestration.demo.people.dirt import Level

CUSTOMERS = 10_000
CAST = Cast(
    source=Source.SIMULATED,
    customers=CUSTOMERS,
    days=365,
    seed=11,
    begin=date(2026, 1, 1),
    anchor=None,
    dirt=Level.USUAL,
)


@pytest.fixture(scope="module")
def people() -> list[History]:
    return list(histories(CAST))


def within_three_errors(share: float, expected: float, count: int) -> bool:
    return abs(share - expected) < 3 * (expected * (1 - expected) / count) ** 0.5


@pytest.mark.parametrize("days", [30, 60, 90, 180, 365])
def test_the_first_repeat_comes_as_fast_as_the_closed_form_says(people: list[History], days: int) -> None:
    repeated = sum(
        len(one.purchases) > 1 and (one.purchases[1].day - one.purchases[0].day).days < days for one in people
    )
    assert within_three_errors(repeated / CUSTOMERS, CDNOW.repeat_share(days), CUSTOMERS)


def test_the_mean_spend_is_that_of_the_closed_form(people: list[History]) -> None:
    spent = [one.purchases[0].yen for one in people]
    assert abs(mean(spent) - CDNOW.mean_spend) < 3 * stdev(spent) / CUSTOMERS**0.5


def test_after_the_second_purchase_so_many_are_gone_for_ever(people: list[History]) -> None:
    repeaters = [one for one in people if len(one.purchases) > 1]
    gone = sum(one.churned_on == one.purchases[1].day and len(one.purchases) == 2 for one in repeaters)
    assert within_three_errors(gone / len(repeaters), CDNOW.churn_share, len(repeaters))


def test_nobody_buys_before_he_came_or_after_he_went_and_all_come_in_the_period(
    people: list[History],
) -> None:
    assert all(CAST.begin <= one.purchases[0].day < CAST.begin + 365 * DAY for one in people)
    assert all(a.day <= b.day for one in people for a, b in pairwise(one.purchases))
    assert all(one.churned_on in (None, one.purchases[-1].day) for one in people)
    rows = [purchase.row for one in people for purchase in one.purchases]
    assert len(set(rows)) == len(rows)


def test_a_longer_horizon_only_adds() -> None:
    for number in range(200):
        short, long = (
            visits(CDNOW, Random(str(number)), horizon=days).days  # noqa: S311  # a shop, not a secret
            for days in (100, 1000)
        )
        assert long[: len(short)] == short


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        night(tmp_path / name, simulated(customers=60, seed=seed), FIRST_NIGHT)
    assert inbox(tmp_path / "one") == inbox(tmp_path / "same")
    assert inbox(tmp_path / "one") != inbox(tmp_path / "other")
    for table in ("people", "keys", "orders", "contracts", "process"):
        one, same = (tmp_path / name / "demo_truth" / f"{table}.parquet" for name in ("one", "same"))
        assert pq.read_table(one).equals(pq.read_table(same))


def test_a_smaller_shop_is_the_beginning_of_a_greater_one(tmp_path: Path) -> None:
    night(tmp_path / "small", simulated(customers=30), FIRST_NIGHT)
    night(tmp_path / "large", simulated(customers=60), FIRST_NIGHT)
    small, large = inbox(tmp_path / "small"), inbox(tmp_path / "large")
    assert small.keys() == large.keys()
    assert all(large[name].startswith(content) for name, content in small.items())
