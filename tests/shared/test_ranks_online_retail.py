"""The seven ranks of RFM on a real shop, as somebody else computed them."""

from datetime import date
from pathlib import Path

import duckdb
from macros import build, plant

LINES = Path(__file__).parents[3] / "shared" / "data" / "online_retail" / "online_retail.csv.gz"
THE_DAY_AFTER = date(2011, 12, 10)  # whose tables know all of the last day
SHARES = {  # in percent of people and of money
    "優良": (18, 63), "有望": (30, 21), "新規": (10, 2), "浮気予備軍": (10, 5), "悩み": (19, 5),
    "浮気・不満": (11, 3), "離反": (2, 0),
}  # fmt: skip


def test_the_seven_ranks_have_the_shares_that_are_published() -> None:
    with duckdb.connect() as shop:
        plant(shop, ["state_schemes", "rfm_bands", "rfm_ranks"])
        shop.execute(f"""
            create table int_customers_standing as
            with lines as (
                select CustomerID as customer_id, InvoiceDate::date as on_day,
                    Quantity::bigint * UnitPrice::decimal(18, 3) as paid
                from read_csv('{LINES}', all_varchar = true)
                where CustomerID != '' and InvoiceNo not like 'C%' and Quantity::bigint > 0
                    and UnitPrice::decimal(18, 3) > 0
            )
            select 'all' as scope, customer_id, date '{THE_DAY_AFTER}' - max(on_day) as days_since,
                count(distinct on_day) as purchase_days, round(sum(paid) * 100)::bigint as m_yen
            from lines group by customer_id
        """)
        build(shop, ["rpt_rfm", "rpt_rfm_grid"], THE_DAY_AFTER)
        found = shop.execute("""
            select label_ja, round(100 * sum(share_of_customers)), round(100 * sum(share_of_m)),
                sum(customers), sum(m_yen)
            from rpt_rfm_grid group by label_ja
        """).fetchall()
    assert {label: (people, money) for label, people, money, *_ in found} == SHARES
    assert sum(people for *_, people, _ in found) == 4_338
    assert sum(money for *_, money in found) == 891_140_790
