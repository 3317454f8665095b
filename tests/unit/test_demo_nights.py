from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from demo_shop import cdnow, inbox, simulated
from typer.testing import CliRunner

from orchestration.demo.__main__ import app
from orchestration.demo.buying.lives import Life, lives
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.nights import AGE, OtherShopError, write_night
from orchestration.demo.writing.plan import ALONE, Memory, recall

ANCHOR = date(2026, 11, 21)
DAY = timedelta(days=1)
FIRST_NIGHT = ANCHOR + AGE
PLAN = cdnow(customers=200, channels=ALONE)
BEGIN = ANCHOR - 360 * DAY


def night(home: Path, until: date) -> tuple[Written, ...]:
    return write_night(home=home, plan=PLAN, until=until, since=None, grows=True)


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
    assert recall(tmp_path) == Memory(
        plan=PLAN, anchor=ANCHOR, begin=BEGIN, exported_until=FIRST_NIGHT + 5 * DAY
    )
    assert row_ids(orders) == changed
    assert members.rows > 100


def test_the_first_night_finds_every_stage_of_life_up_to_lost(tmp_path: Path) -> None:
    lost = FIRST_NIGHT - 361 * DAY
    night(tmp_path, FIRST_NIGHT)
    alive = [life for life in lives(customers=2000, anchor=ANCHOR) if first_day(life) < FIRST_NIGHT]
    assert sum(max(order.ordered_at.date() for order in life.orders) <= lost for life in alive) > 10


def test_a_night_that_was_killed_keeps_its_anchor_and_is_written_again(tmp_path: Path) -> None:
    night(tmp_path, FIRST_NIGHT)
    memory = tmp_path / "demo.json"
    memory.write_text(memory.read_text().replace(f'"{FIRST_NIGHT}"', "null"))
    assert len(night(tmp_path, FIRST_NIGHT + DAY)) == 3
    kept = recall(tmp_path)
    assert kept == Memory(plan=PLAN, anchor=ANCHOR, begin=BEGIN, exported_until=FIRST_NIGHT + DAY)


def test_a_shop_that_began_before_there_were_others_goes_on_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"anchor": "2026-11-21", "exported_until": null}')
    said = run(tmp_path, "--spread", "--until", "2026-11-22", "--customers", "5")
    assert (said.exit_code, "found" in said.output) == (1, True)
    kept = recall(tmp_path)
    assert kept is not None
    assert (kept.plan.channels, kept.anchor, kept.exported_until) == (ALONE, ANCHOR, None)


def test_a_home_stays_the_shop_that_it_was(tmp_path: Path) -> None:
    night(tmp_path, FIRST_NIGHT)
    other = simulated(customers=200)
    with pytest.raises(OtherShopError, match="choose another home"):
        write_night(home=tmp_path, plan=other, until=FIRST_NIGHT + DAY, since=None, grows=True)


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def test_the_command_says_what_it_wrote_and_when_there_was_nothing_to_write(tmp_path: Path) -> None:
    first, second = (run(tmp_path, "--spread", "--customers", "5", "--until", "2026-11-21") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "order_20261121030000.csv" in first.output
    assert "nothing written" in second.output


def test_a_shop_that_lives_on_sells_everywhere_and_later_nights_need_no_more_words(tmp_path: Path) -> None:
    run(tmp_path, "--spread", "--customers", "40", "--until", "2026-11-21")
    later = run(tmp_path, "--nightly", "--until", "2026-11-23")
    feeds = {name.split("/")[1] for name in inbox(tmp_path)}
    assert {"eccube_orders", "shopify_orders", "rakuten_orders", "amazon_orders", "yahoo_orders"} < feeds
    assert (later.exit_code, later.output.count("20261123030000")) == (0, len(feeds))


def test_the_command_without_words_is_cdnow_through_eccube_alone(tmp_path: Path) -> None:
    said = run(tmp_path, "--customers", "5")
    assert (said.exit_code, said.output.count("19980701030000")) == (0, 3)
    assert recall(tmp_path) is None


def test_a_simulated_shop_is_asked_for_by_its_figures(tmp_path: Path) -> None:
    words = [
        "--history",
        "simulated",
        "--customers",
        "20",
        "--days",
        "90",
        "--seed",
        "3",
        "--until",
        "2026-11-21",
    ]
    assert run(tmp_path, *words, "--channels", "eccube,rakuten").exit_code == 0
    kept = recall(tmp_path)
    assert kept is not None
    assert (kept.plan.customers, kept.plan.days, kept.plan.seed) == (20, 90, 3)
    assert kept.begin == date(2026, 11, 21) - 90 * DAY
    feeds = {name.split("/")[1] for name in inbox(tmp_path)}
    assert feeds == {"eccube_orders", "eccube_customers", "consents", "rakuten_orders"}


def test_an_unknown_channel_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    said = run(tmp_path, "--spread", "--channels", "eccube,ebay")
    assert said.exit_code == 1
    assert "ebay" in said.output
    assert "rakuten" in said.output


def test_no_mall_is_asked_for_days_on_which_it_was_not_there(tmp_path: Path) -> None:
    said = run(tmp_path, "--customers", "5", "--channels", "eccube,amazon")
    assert (said.exit_code, "amazon" in said.output, "--spread" in said.output) == (1, True, True)
    assert run(tmp_path, "--customers", "5", "--channels", "eccube,office").exit_code == 0
