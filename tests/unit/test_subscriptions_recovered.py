"""Continuation and churn of subscriptions come out as the process that made them says, for three seeds.

Contracts begin on every day of a year and a half up to the as-of day: many are young, skip or pause.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from dbt_build import dbt, reading

from orchestration.demo.buying.subscriptions import PERCENT, Contract, contract_of
from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds

SEEDS = ("11", "12", "13")
CONTRACTS = 2_000
BEGIN, DAYS = date(2025, 1, 1), 540
AS_OF = BEGIN + timedelta(days=DAYS)
DELIVERED = 100 - sum(PERCENT.values())
CONTINUATION = DELIVERED / (DELIVERED + PERCENT["cancelled"])
NTH = range(2, 9)
DAY, TEXT, NUMBER = pa.date32(), pa.string(), pa.int64()
COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "intermediate.int_subscription_orders": {
        "order_id": TEXT, "subscription_id": TEXT, "customer_id": TEXT, "shop_id": TEXT, "brand_id": TEXT,
        "item_key": TEXT, "product_code": TEXT, "ordered_on": DAY, "shipped_on": DAY,
        "subscription_count": NUMBER,
    },
    "intermediate.int_order_media_chosen": {"order_id": TEXT, "medium_id": TEXT},
    "intermediate.int_customers_clustered": {"person_key": TEXT, "customer_id": TEXT},
    "intermediate.int_items_described": {"item_key": TEXT, "product_family": TEXT, "valid_to": DAY},
    "staging.stg_joren__subscriptions": {
        "subscription_id": TEXT, "product_code": TEXT, "shop_id": TEXT, "brand_id": TEXT, "person_key": TEXT,
        "started_on": DAY,
    },
    "staging.stg_joren__subscription_states": {
        "subscription_id": TEXT, "stated_on": DAY, "subscription_state": TEXT, "interval_days": NUMBER,
        "next_due_on": DAY,
    },
    "staging.stg_joren__subscription_changes": {
        "subscription_id": TEXT, "change": TEXT, "changed_at": pa.timestamp("us"), "changed_on": DAY,
        "due_on": DAY, "reason": TEXT, "new_value": TEXT,
    },
}  # fmt: skip
Rows = Iterator[tuple[str, tuple[object, ...]]]


def contracts(seed: str) -> Iterator[Contract]:
    for nth in range(CONTRACTS):
        started_on = BEGIN + timedelta(days=nth * DAYS // CONTRACTS)
        started_at = datetime(started_on.year, started_on.month, started_on.day, 10)  # noqa: DTZ001  # Tokyo's clock
        yield contract_of(int(seed) * CONTRACTS + nth, started_at=started_at)


def rows_of(contract: Contract, seed: str) -> Rows:
    """What the models read of a contract, as of the day."""
    name, code = contract.subscription_id, contract.sheet.product.code
    started_on = contract.started_at.date()
    yield "intermediate.int_customers_clustered", (name, name)
    yield "staging.stg_joren__subscriptions", (name, code, "own", "main", name, started_on)
    stated = (name, started_on, "active", contract.interval_days, contract.due_on[0])
    yield "staging.stg_joren__subscription_states", stated
    for nth, day in enumerate(contract.due_on[: contract.delivered_by(AS_OF)]):
        order_id = f"{name}:{nth}"
        yield "intermediate.int_order_media_chosen", (order_id, seed)
        order = (order_id, name, name, "own", "main", f"main:{code}", code, day, None, None)
        yield "intermediate.int_subscription_orders", order
    for change in contract.changes_by(AS_OF):
        at = change.changed_at
        told = (name, change.change, at - timedelta(hours=9), at.date(), change.due_on, "高い", None)
        yield "staging.stg_joren__subscription_changes", told


def fill(warehouse: Path) -> None:
    rows: dict[str, list[Sequence[object]]] = {table: [] for table in COLUMNS}
    for seed in SEEDS:
        for contract in contracts(seed):
            for table, row in rows_of(contract, seed):
                rows[table].append(row)
    with duckdb.connect(warehouse) as connection:
        connection.execute("create schema staging; create schema intermediate")
        for name, columns in COLUMNS.items():
            cells = zip(*rows[name], strict=True) if rows[name] else ([] for _ in columns)
            arrays = [pa.array(cell, kind) for cell, kind in zip(cells, columns.values(), strict=True)]
            found = pa.table(arrays, names=list(columns))
            connection.register("found", found)
            connection.execute(f"create table {name} as from found")


@pytest.fixture(scope="module")
def marts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("home")
    furnish(home)
    write_catalogue(home=home, feeds=feeds(None))
    fill(home / "warehouse.duckdb")
    run = dbt(home, "build", "--select", "subscription_offers", "cancel_reasons", *MODELS,
              "--exclude-resource-type", "unit_test", as_of=AS_OF)  # fmt: skip
    assert run.returncode == 0, run.stdout
    with reading(home) as connection:
        yield connection


MODELS = (
    "path:models/intermediate/subscriptions", "path:models/marts/subscriptions",
    "--exclude", "int_subscription_orders", "int_order_media_chosen", "int_trials_followed+",
)  # fmt: skip


def steps(marts: duckdb.DuckDBPyConnection, seed: str, grain: str) -> dict[int, tuple[float, ...]]:
    found = marts.execute(
        """
        select delivery_number, before, observed, continued, continuation_rate, churn_rate, survival_rate
        from marts.rpt_subscription_continuation
        where dimension = 'medium' and dimension_value = ? and date_basis = 'order' and grain = ?
        """,
        [seed, grain],
    ).fetchall()
    return {row[0]: row[1:] for row in found}


@pytest.mark.parametrize("grain", ["contract", "customer"])
@pytest.mark.parametrize("seed", SEEDS)
def test_each_step_continues_as_often_as_the_process_says(
    marts: duckdb.DuckDBPyConnection, seed: str, grain: str
) -> None:
    found, variance = steps(marts, seed, grain), 0.0
    for nth in NTH:
        _, observed, _, rate, churn, survival = found[nth]
        error = (CONTINUATION * (1 - CONTINUATION) / observed) ** 0.5
        variance += (1 - CONTINUATION) / (CONTINUATION * observed)  # Greenwood's
        assert abs(rate - CONTINUATION) < 3 * error
        assert abs(churn - (1 - CONTINUATION)) < 3 * error
        known = CONTINUATION ** (nth - 1)
        assert abs(survival - known) < 3 * known * variance**0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_look_at_due_dates_each_step_would_be_far_too_low(
    marts: duckdb.DuckDBPyConnection, seed: str
) -> None:
    for before, observed, continued, *_ in (steps(marts, seed, "contract")[nth] for nth in NTH):
        assert before > observed
        error = (CONTINUATION * (1 - CONTINUATION) / before) ** 0.5
        assert continued / before < CONTINUATION - 3 * error


def test_the_deliveries_due_in_a_month_churn_as_the_process_says(marts: duckdb.DuckDBPyConnection) -> None:
    months = marts.sql(
        "select due, due_churn_rate from marts.rpt_subscription_months "
        "where grain = 'contract' and due > 100 and due_churn_rate is not null"
    ).fetchall()
    assert len(months) > 12
    due = sum(count for count, _ in months)
    error = (CONTINUATION * (1 - CONTINUATION) / due) ** 0.5
    assert abs(sum(n * rate for n, rate in months) / due - (1 - CONTINUATION)) < 3 * error
