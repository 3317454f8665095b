"""Orders that change from export to export, by dbt and by plain loops; and what has no meaning is named."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dbt_build import dbt, drop, let_in, reading

HEADER = (
    "Name,Id,Email,Financial Status,Fulfillment Status,Created at,Cancelled at,Currency,"
    "Subtotal,Shipping,Taxes,Total,Discount Amount,Payment Method,Refunded Amount,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku"
)
FIRST = date(2026, 3, 1)
ORDERS = 60
NIGHTS = (1, 3, 7, 20, 45)
DAYS = (2, 4, 8, 21, 46)
WORDS = {"active": "paid", "cancelled": "voided", "pending": "pending", "returned": "refunded"}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one night's export says of an order."""

    on: date
    state: str
    goods: int
    discount: int
    refunded: int
    cancelled_on: date | None


def history(number: int) -> list[Statement]:
    """A random life: which nights tell of the order, and what."""
    chance = random.Random(number)  # noqa: S311  # a stated history, no secret
    told, refunded = [], 0
    for night in sorted(chance.sample(NIGHTS, chance.randint(1, len(NIGHTS)))):
        state = chance.choice(["active", "active", "active", "cancelled", "pending", "returned"])
        on = FIRST + timedelta(days=night)
        refunded += chance.choice([0, 0, 0, 100, 900])
        dated = state == "cancelled" and chance.random() < 0.5
        told.append(
            Statement(
                on=on, state=state, goods=chance.choice([1000, 1000, 1000, 800, 0]),
                discount=chance.choice([0, 0, 150]), refunded=refunded,
                cancelled_on=on - timedelta(days=chance.randint(0, 4)) if dated else None,
            )
        )  # fmt: skip
    return told


def row(number: int, told: Statement) -> str:
    """A line of orders_export.csv; one line item a row, two rows an order."""
    cancelled = f"{told.cancelled_on} 12:00:00 +0900" if told.cancelled_on else ""
    money = f"{told.goods - told.discount},0,0,{told.goods - told.discount},{told.discount}"
    state = f"{WORDS[told.state]},fulfilled,{FIRST} 10:00:00 +0900,{cancelled},JPY"
    head = f"{state},{money},Credit Card,{told.refunded}"
    name = f"#{number},{number},buyer{number}@example.com"
    return f"{name},{head},1,Tea,{told.goods},TEA\n{name},,,,,,,,,,,,,1,Leaf,0,LEAF\n"


def worth(told: list[Statement], as_of: date) -> tuple[bool, int]:
    """(counts, m_yen) of an order as of a day, by hand."""
    counting = [n for n, statement in enumerate(told) if statement.state == "active"]
    kept = told[counting[0] :] if counting else told
    changes = list(placed(kept))
    known = [statement for day, statement in changes if day < as_of]
    refunds = [
        (max(statement.on, FIRST), statement.refunded - before)
        for before, statement in zip([0, *(one.refunded for one in kept)], kept, strict=False)
    ]
    refunded = sum(yen for day, yen in refunds if day < as_of)
    last = known[-1]
    if last.state != "active":
        return False, 0
    gross = last.goods - last.discount
    return True, gross if refunded == 0 else max(min(gross, 0), gross - refunded)


def placed(kept: list[Statement]) -> Iterator[tuple[date, Statement]]:
    """The days on which changes count: the first on the order day, none before the one before it."""
    latest, before = FIRST, None
    for statement in kept:
        facts = (statement.state, statement.goods - statement.discount)
        if before is not None and facts != before:
            told_on = statement.on if statement.state == "active" else statement.cancelled_on or statement.on
            latest = max(latest, told_on)
        if facts != before:
            yield latest, statement
        before = facts


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five nights' exports of sixty orders, landed newest first."""
    home = tmp_path_factory.mktemp("histories")
    (home / "ledger").mkdir()
    (home / "ledger" / "customer.key").write_text("c0ffee")
    lives = {number: history(number) for number in range(1, ORDERS + 1)}
    for night in reversed(NIGHTS):
        on = FIRST + timedelta(days=night)
        rows = "".join(row(n, s) for n, told in lives.items() for s in told if s.on == on)
        drop(home, "shopify_orders", f"orders_export_{on:%Y%m%d}020000.csv", f"{HEADER}\n{rows}")
        let_in(home, NOW)
    return home


@pytest.mark.parametrize("days", DAYS)
def test_orders_are_worth_as_of_a_day_what_plain_loops_find(home: Path, days: int) -> None:
    as_of = FIRST + timedelta(days=days)
    run = dbt(
        home, "build", "--select", "+fct_order_events", "--indirect-selection", "cautious",
        "--exclude-resource-type", "unit_test", as_of=as_of,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    with reading(home) as warehouse:
        found = warehouse.sql("""
            select split_part(order_id, ':', -1)::int, order_state = 'fulfilled', m_yen
            from marts.fct_orders order by 1
        """).fetchall()
    assert found == [(n, *worth(history(n), as_of)) for n in range(1, ORDERS + 1)]


def test_what_means_nothing_to_us_ends_the_build_by_its_name(tmp_path: Path) -> None:
    eccube = "注文ID,会員ID,メールアドレス,小計,対応状況(ID),受注日,注文詳細ID,明細区分(ID),価格,個数,税率"
    drop(
        tmp_path, "eccube_orders", "order_20260302020000.csv",
        f"{eccube}\n1,7,a@example.com,1100,42,2026-03-01 10:00:00,11,9,1000,1,10\n",
    )  # fmt: skip
    dollars = row(1, history(1)[0]).replace("JPY", "USD")
    drop(tmp_path, "shopify_orders", "orders_export_20260302020000.csv", f"{HEADER}\n{dollars}")
    let_in(tmp_path, NOW)
    tables = ["stg_shops__order_statements", "stg_shops__order_states", "stg_shops__order_lines"]
    day = date(2026, 4, 1)
    assert dbt(tmp_path, "run", "--select", *tables, as_of=day).returncode == 0
    run = dbt(tmp_path, "test", "--select", *tables, "--exclude", "test_type:unit", as_of=day)
    assert run.returncode == 1
    assert "eccube_orders has rows that mean nothing to us: status 42" in run.stdout
    assert "eccube_orders has rows that mean nothing to us: source_line_kind 9" in run.stdout
    assert "shopify_orders has orders in USD" in run.stdout
