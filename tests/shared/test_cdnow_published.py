"""CDNOW's published tables, month by month, out of the published marts."""

import csv
from pathlib import Path

import pytest
from shop import Shop

GOLDEN = Path(__file__).parents[3] / "shared" / "data" / "cdnow"


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


def yen(dollars: str) -> int:
    return round(float(dollars) * 100)


MONTHLY = """
select left(ordered_on::varchar, 7) as month, sum(goods_yen)::bigint, count(*), count(distinct customer_id)
from fct_orders where is_valid group by month order by month
"""
LIFECYCLE = """
with bought as (
    select distinct customer_id, date_trunc('month', ordered_on)::date as month from fct_orders where is_valid
), months as (select distinct month from bought),
lives as (
    select
        m.month, c.customer_id, min(b.month) over (partition by c.customer_id) as first_month,
        b.month is not null as is_buying,
        lag(b.month is not null) over (partition by c.customer_id order by m.month) as was_buying
    from months as m cross join (select distinct customer_id from bought) as c
    left join bought as b on b.month = m.month and b.customer_id = c.customer_id
)
select
    left(month::varchar, 7) as month,
    count(*) filter (is_buying and month > first_month and was_buying) as active,
    count(*) filter (month = first_month) as new,
    count(*) filter (is_buying and month > first_month and not was_buying) as return,
    count(*) filter (not is_buying and month > first_month) as unactive,
    count(*) filter (month < first_month) as unreg
from lives group by month order by month
"""
COHORTS = """
select left(cohort_on::varchar, 7), months_since, customers, goods_yen, cohort_size, retention_rate
from rpt_cohort_retention order by all
"""


def test_the_18_monthly_totals(cdnow: Shop) -> None:
    expected = [
        (row["month"], yen(row["amount"]), int(row["rows"]), int(row["buyers"]))
        for row in golden("published_monthly_totals.csv")
    ]
    assert len(expected) == 18
    assert cdnow.query(MONTHLY) == expected


def test_the_18_by_5_lifecycle_table(cdnow: Shop) -> None:
    states = ("active", "new", "return", "unactive", "unreg")
    expected = [
        (row["month"], *(int(row[state]) for state in states))
        for row in golden("published_lifecycle_by_month.csv")
    ]
    assert len(expected) == 18
    assert cdnow.query(LIFECYCLE) == expected


def test_the_three_monthly_cohorts(cdnow: Shop) -> None:
    expected = [
        (
            row["cohort"], int(row["month_index"]), int(row["customers"]), yen(row["revenue"]),
            int(row["cohort_size"]), pytest.approx(float(row["retention"]), abs=1e-6),
        )
        for row in golden("computed_monthly_cohorts.csv")
    ]  # fmt: skip
    assert cdnow.query(COHORTS) == expected
