from datetime import date, timedelta
from pathlib import Path

from typer.testing import CliRunner

from orchestration.demo.__main__ import app
from orchestration.demo.exports import Written
from orchestration.demo.lives import Life, lives
from orchestration.demo.nights import AGE, Memory, recall, write_night

ANCHOR = date(2026, 11, 21)
DAY = timedelta(days=1)
FIRST_NIGHT = ANCHOR + AGE


def night(home: Path, until: date) -> tuple[Written, ...]:
    return write_night(home=home, until=until, since=None, customers=200)


def first_day(life: Life) -> date:
    return life.orders[0].ordered_at.date()


def row_ids(orders: Written) -> set[bytes]:
    """The beginning of each row up to the order number."""
    return {line.split(b",")[0] for line in orders.path.read_bytes().splitlines()[1:] if line[:1].isdigit()}


def test_first_purchases_spread_over_540_days_of_which_360_lie_before_the_anchor() -> None:
    days = [(first_day(life) - ANCHOR).days for life in lives(customers=2000, anchor=ANCHOR)]
    assert (min(days) >= -360, max(days) < 180) == (True, True)
    assert 0.62 < sum(day < 0 for day in days) / 2000 < 0.71


def test_a_spread_life_is_shifted_by_whole_days() -> None:
    for spread, real in zip(
        lives(customers=50, anchor=ANCHOR), lives(customers=50, anchor=None), strict=True
    ):
        shifts = {a.ordered_at - b.ordered_at for a, b in zip(spread.orders, real.orders, strict=True)}
        assert len(shifts) == 1
        assert shifts.pop() % DAY == timedelta(0)


def test_a_second_run_on_the_same_day_writes_nothing(tmp_path: Path) -> None:
    assert len(night(tmp_path, ANCHOR)) == 3
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert night(tmp_path, ANCHOR) == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_next_night_keeps_the_anchor_and_exports_what_changed(tmp_path: Path) -> None:
    night(tmp_path, FIRST_NIGHT)
    orders, members, _ = night(tmp_path, FIRST_NIGHT + 5 * DAY)
    changed = {
        str(order.order_id).encode()
        for life in lives(customers=200, anchor=ANCHOR)
        for order in life.orders
        if order.ordered_at.date() < FIRST_NIGHT + 5 * DAY
        and max(order.ordered_at.date(), min(order.sent_at.date(), FIRST_NIGHT + 4 * DAY))
        >= FIRST_NIGHT - 3 * DAY
    }
    assert recall(tmp_path) == Memory(anchor=ANCHOR, exported_until=FIRST_NIGHT + 5 * DAY)
    assert row_ids(orders) == changed
    assert members.rows > 100


def test_the_first_night_finds_every_stage_of_life_up_to_lost(tmp_path: Path) -> None:
    lost = FIRST_NIGHT - 361 * DAY
    night(tmp_path, FIRST_NIGHT)
    alive = [life for life in lives(customers=2000, anchor=ANCHOR) if first_day(life) < FIRST_NIGHT]
    assert sum(max(order.ordered_at.date() for order in life.orders) <= lost for life in alive) > 10


def test_a_night_that_was_killed_keeps_its_anchor_and_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"anchor": "2026-11-21", "exported_until": null}')
    assert len(night(tmp_path, ANCHOR + DAY)) == 3
    assert recall(tmp_path) == Memory(anchor=ANCHOR, exported_until=ANCHOR + DAY)


def test_the_command_says_what_it_wrote_and_when_there_was_nothing_to_write(tmp_path: Path) -> None:
    arguments = ["--spread", "--customers", "5", "--until", "2026-11-21", "--home", str(tmp_path)]
    first, second = (CliRunner().invoke(app, arguments) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "order_20261121030000.csv" in first.output
    assert "nothing written" in second.output
