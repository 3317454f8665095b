"""As many rows as usual on that weekday."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from doorway import ask, pend

from orchestration.doors.judgement import Judgement

SECTION = {"warn": {"row_count": {"least_ratio": 0.2, "most_ratio": 10}}}
FRIDAY = datetime(2026, 1, 9, 6, tzinfo=UTC)
WORDS = "the rows are 0.2 to 10 times as many as usual on that weekday"


def export(home: Path, rows: int, at: datetime) -> Judgement:
    name = f"orders_{at:%Y%m%d%H}.csv"
    pend(home, name, *[{"order_id": str(number)} for number in range(rows)], exported_at=at)
    return ask(home, SECTION)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Let in before: ten rows on each of three Fridays, a hundred on the Thursdays."""
    for week in (1, 2, 3):
        for days, rows in ((0, 10), (1, 100)):
            at = FRIDAY - timedelta(weeks=week, days=days)
            pend(
                tmp_path, f"{at}.csv", *[{"order_id": str(number)} for number in range(rows)], exported_at=at
            )
    assert ask(tmp_path, {}).success
    return tmp_path


@pytest.mark.parametrize(("rows", "is_usual"), [(1, False), (2, True), (10, True), (100, True), (101, False)])
def test_a_file_is_compared_with_its_weekday(home: Path, rows: int, *, is_usual: bool) -> None:
    judgement = export(home, rows, FRIDAY)
    assert [(one.then, one.success) for one in judgement.outcomes] == [("warn", is_usual)]
    told = f"orders_2026010906.csv (shop_orders): {WORDS}: the file as a whole."
    assert judgement.warnings == (() if is_usual else (told,))
    assert (judgement.passed, judgement.success) == (("orders_2026010906.csv",), True)


def test_the_weekday_is_japans(home: Path) -> None:
    assert export(home, 1_000, datetime(2026, 1, 8, 14, 59, tzinfo=UTC)).outcomes[0].success
    assert not export(home, 1_000, datetime(2026, 1, 8, 15, 0, tzinfo=UTC)).outcomes[0].success


def test_without_three_files_of_that_weekday_nothing_is_expected(home: Path) -> None:
    assert export(home, 10_000, FRIDAY + timedelta(days=1)).outcomes[0].success


def test_what_was_exported_later_is_no_measure(home: Path) -> None:
    assert export(home, 10_000, FRIDAY - timedelta(weeks=2)).outcomes[0].success


def test_only_the_last_eight_of_a_weekday_are_a_measure(home: Path) -> None:
    for week in range(8):
        assert export(home, 10 if week < 3 else 100, FRIDAY + timedelta(weeks=week)).outcomes[0].success
    assert export(home, 1_000, FRIDAY + timedelta(weeks=8)).outcomes[0].success
