"""Repeat and LTV of a stated process come out of the marts within their sampling error."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import stdev

import duckdb
import pyarrow as pa
import pytest
from dbt_build import dbt, let_in, reading

from orchestration.demo.buying.process import CDNOW, Process, visits

SEEDS = {1: date(2024, 1, 1), 2: date(2024, 2, 1), 3: date(2024, 3, 1)}  # each seed's people come on one day
AS_OF = date(2026, 1, 1)
CUSTOMERS = 4_000
WINDOWS = (30, 60, 90, 180, 365)
MODELS = (
    "repeat_windows", "int_purchase_days_numbered", "int_purchase_gaps_counted",
    "int_repeat_curves_estimated", "rpt_f2", "int_cohorts_followed", "rpt_cohort_ltv",
)  # fmt: skip
Line = tuple[str, date, int]  # customer, day, yen


def lives(seed: int) -> Iterator[list[Line]]:
    """Each customer's purchases; what happens within a day of the process is dated at its end."""
    for number in range(CUSTOMERS):
        lived = visits(CDNOW, Random(f"{seed} {number}"), horizon=(AS_OF - SEEDS[seed]).days - 1)  # noqa: S311
        days = (0, *(day + 1 for day in lived.days[1:]))
        yield [
            (f"{seed}-{number}", SEEDS[seed] + timedelta(days=day), yen)
            for day, yen in zip(days, lived.yen, strict=True)
        ]


def expected_purchases(process: Process, days: int) -> float:
    """Repeat purchases of a customer within `days`: Fader, Hardie and Lee (2005), equation 9."""
    z = days / (process.alpha + days)
    c, term, series = process.a + process.b - 1, 1.0, 0.0
    for n in count():
        series += term
        term *= (process.r + n) * (process.b + n) / (c + n) / (n + 1) * z
        if term < 1e-12:
            break
    still: float = (process.alpha / (process.alpha + days)) ** process.r
    return c / (process.a - 1) * (1 - still * series)


@pytest.fixture(scope="module")
def people() -> dict[int, list[list[Line]]]:
    return {seed: list(lives(seed)) for seed in SEEDS}


@pytest.fixture(scope="module")
def home(people: dict[int, list[list[Line]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of their order lines alone, and of the models that read them."""
    home = tmp_path_factory.mktemp("repeat")
    let_in(home, AS_OF)
    with duckdb.connect(home / "warehouse.duckdb") as warehouse:
        lines = [line for of_seed in people.values() for life in of_seed for line in life]
        names = ("customer_id", "day", "yen")
        warehouse.register("told", pa.table(dict(zip(names, zip(*lines, strict=True), strict=True))))
        warehouse.execute("""
            create schema intermediate;
            create table intermediate.int_order_lines_costed as
            select
                customer_id, day as ordered_on, true as is_valid, 'main' as brand_id, 'normal' as order_kind,
                yen as sales_yen, yen as sales_ex_tax_yen, null::bigint as gross_profit_ex_tax_yen
            from told;
            create table intermediate.int_customers_anchored as
            select '' as anchor_kind, '' as anchor, '' as customer_id, null::date as anchored_on limit 0
        """)
    built = dbt(
        home, "build", "--select", *MODELS, "--exclude-resource-type", "test", "unit_test", as_of=AS_OF
    )
    assert built.returncode == 0, built.stdout
    return home


@pytest.mark.parametrize("seed", SEEDS)
def test_f2_is_that_of_the_closed_form(home: Path, seed: int) -> None:
    with reading(home) as warehouse:
        found = warehouse.execute(
            "select window_days, customers, conversion_rate, km_rate from marts.rpt_f2 "
            "where cohort = ? and step = 2 and purchase_type = 'all' order by 1",
            [f"{SEEDS[seed]:%Y-%m}"],
        ).fetchall()
    assert [window for window, *_ in found] == list(WINDOWS)
    for window, customers, rate, km_rate in found:
        share = CDNOW.repeat_share(window)
        assert customers == CUSTOMERS
        assert abs(rate - share) < 3 * (share * (1 - share) / CUSTOMERS) ** 0.5
        assert km_rate == pytest.approx(rate, abs=2e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_years_value_is_that_of_the_closed_form(
    home: Path, people: dict[int, list[list[Line]]], seed: int
) -> None:
    with reading(home) as warehouse:
        found = warehouse.execute(
            "select ltv_sales_yen from marts.rpt_cohort_ltv "
            "where cohort_on = ? and age_basis = '30_days' and age = 11",
            [SEEDS[seed]],
        ).fetchall()
    spent = [
        sum(yen for _, day, yen in life if day < SEEDS[seed] + timedelta(days=360)) for life in people[seed]
    ]
    assert found == [(pytest.approx(sum(spent) / CUSTOMERS, abs=1e-6),)]
    known = CDNOW.mean_spend * (1 + expected_purchases(CDNOW, 359))
    assert abs(found[0][0] - known) < 3 * stdev(spent) / CUSTOMERS**0.5
