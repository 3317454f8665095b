"""Each of our own plain formats, SendGrid's events and Amazon's report, landed and staged in one run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from dbt_build import dbt, drop, let_in, reading

NOW = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)
EXPORTED = "20261104060000"
OPEN_END, OPEN_START = date(9999, 12, 31), date(1900, 1, 1)
FILES = {
    "consents": """
shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at
eccube,7,A@Example.com,main,dm,advertising,withdrawn,2026-04,letter,2026/11/3 0:30
""",
    "media_costs": """
brand_id,medium_id,medium_name,cost_on,cost,shown,clicks
main,flyer,折込チラシ,2026-11-01,120000,30000,
""",
    "order_media": """
shop_id,brand_id,order_id,medium_id,attributed_at,model
eccube,main,'12,flyer,2026-11-03 09:00:00,asked
""",
    "action_costs": """
brand_id,action,unit_cost,fixed_cost,valid_from
main,mail,0.4,,
main,mail,0.45,1000,2026-04-01
""",
    "subscriptions": """
shop_id,brand_id,subscription_id,member_id,mail,product_code,quantity,interval_days,started_at,next_due_on,delivery_count,state
eccube,main,S1,7,,TEA,2,30,2026-10-01 10:00:00,2026-12-01,1,active
rakuten,main,S2,,B@example.com,CUP,1,60,2026-10-01,,3,cancelled
""",
    "subscription_changes": """
shop_id,brand_id,subscription_id,change,changed_at,due_on,reason,value
eccube,main,S1,interval_changed,2026-11-03 23:30:00,2026-12-01,"多い,と言う",60
""",
    "products": """
shop_id,brand_id,product_code,product_name,family,category,brand,product_kind,list_price,price,tax_rate,cost,days_of_use,valid_from
eccube,main,TEA,番茶,番茶,茶,常連堂,regular,1200,1080,8,412.5,30,2026-04-01
""",
    "shipments": """
shop_id,brand_id,shipment_id,order_id,line_id,quantity,shipped_at,delivered_at,carrier,tracking_number,shipment_mailed_at
eccube,main,3,12,121,2,2026-11-02 00:10:00,2026-11-03,常連運輸,0123,
""",
    "refunds": """
shop_id,brand_id,refund_id,order_id,line_id,quantity,amount,refunded_at,reason
eccube,main,R1,12,121,1,540,2026-11-03 00:10:00,破損
""",
    "points": """
shop_id,brand_id,member_id,balance,expires_on,stated_at
eccube,main,7,320,2027-03-31,2026-11-03 12:00:00
""",
    "customer_attributes": """
shop_id,brand_id,member_id,mail,attribute,value,valid_from
eccube,main,,B@example.com,肌質,乾燥,2026-05-01
""",
    "contacts": """
shop_id,brand_id,contact_id,member_id,mail,medium,direction,contacted_at,result,reason,call_again_on
eccube,main,C1,7,,call,out,2026-11-03 10:00:00,not_reached,,2026-11-09
""",
    "stops": """
shop_id,brand_id,member_id,mail,phone,scope,reason,since,until
eccube,,7,A@Example.com,＋81 90-1234-5678,call,refused,2026-11-03,2027-11-02
""",
}
EVENTS = """
{"event":"Bounce","email":"A@example.com","timestamp":"1793720000","sg_event_id":"x","joren_token":"t","type":"blocked"}
[{"event":"open","email":"a@example.com","timestamp":1793720001,"sg_event_id":"y","sg_machine_open":true,"category":["b","a"]}]
"""
REPORT = """
{"dataByAsin":[{"asin":"B000000001","startDate":"2026-10-25","endDate":"2026-10-31","orders":12,"uniqueCustomers":11,
"repeatCustomersPctTotal":0.0909,"repeatPurchaseRevenue":{"amount":2160,"currencyCode":"JPY"},
"repeatPurchaseRevenuePctTotal":0.0833}]}
"""


def utc(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # DuckDB's TIMESTAMP knows no zone


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("home")
    for feed, content in FILES.items():
        drop(home, feed, f"{feed}_{EXPORTED}.csv", content.lstrip())
    drop(home, "sendgrid_events", f"events_{EXPORTED}.ndjson", EVENTS.lstrip())
    drop(home, "amazon_repeat_purchases", f"repeat_purchase_{EXPORTED}.json", REPORT.lstrip())
    let_in(home, NOW)
    staged = ["path:models/staging/joren", "path:models/staging/sendgrid", "path:models/staging/amazon"]
    shops = ["stg_shops__shipments", "stg_shops__products", "stg_shops__refunds", "int_products_combined"]
    selection = ["--select", *staged, *shops, "--exclude-resource-type", "unit_test"]
    run = dbt(home, "build", *selection, as_of=date(2026, 11, 4))
    assert run.returncode == 0, run.stdout
    with reading(home) as connection:
        yield connection


EXPECTED = {
    "stg_joren__consents": [
        ("eccube:member:7", "main", "a@example.com", "dm", "advertising", "withdrawn", "2026-04", "letter",
         utc(2026, 11, 2, 15, 30), date(2026, 11, 3)),
    ],
    "stg_joren__media_costs": [("main", "flyer", "折込チラシ", date(2026, 11, 1), 120000, 30000, None)],
    "stg_joren__order_media": [("eccube:order:12", "asked", "flyer", "main", utc(2026, 11, 3))],
    "stg_joren__action_costs": [
        ("main", "mail", Decimal("0.4"), 0, OPEN_START, date(2026, 4, 1)),
        ("main", "mail", Decimal("0.45"), 1000, date(2026, 4, 1), OPEN_END),
    ],
    "stg_joren__subscriptions": [
        ("eccube:subscription:S1", "TEA", "eccube", "main", "eccube:member:7", 2, 30, utc(2026, 10, 1, 1),
         date(2026, 10, 1), date(2026, 12, 1), 1, "active", date(2026, 11, 4)),
        ("rakuten:subscription:S2", "CUP", "rakuten", "main", "rakuten:guest:b@example.com", 1, 60,
         utc(2026, 9, 30, 15), date(2026, 10, 1), None, 3, "cancelled", date(2026, 11, 4)),
    ],
    "stg_joren__subscription_changes": [
        ("eccube:subscription:S1", "interval_changed", utc(2026, 11, 3, 14, 30), date(2026, 11, 3),
         date(2026, 12, 1), "多い,と言う", "60"),
    ],
    "stg_joren__points": [
        ("eccube:member:7", date(2027, 3, 31), "eccube", "main", 320, utc(2026, 11, 3, 3), date(2026, 11, 3)),
    ],
    "stg_joren__customer_attributes": [
        ("eccube:guest:b@example.com", "肌質", "乾燥", date(2026, 5, 1), OPEN_END),
    ],
    "stg_joren__contacts": [
        ("eccube:contact:C1", "main", "eccube:member:7", "call", "out", utc(2026, 11, 3, 1),
         date(2026, 11, 3), "not_reached", None, date(2026, 11, 9)),
    ],
    "stg_joren__stops": [
        ("eccube:member:7", "a@example.com", "09012345678", None, "call", "refused", date(2026, 11, 3),
         date(2027, 11, 3)),
    ],
    "stg_shops__shipments": [
        ("eccube:shipment:3", "eccube:line:121", "0123", "eccube:order:12", "eccube", 2, "常連運輸",
         utc(2026, 11, 1, 15, 10), date(2026, 11, 2), utc(2026, 11, 2, 15), date(2026, 11, 3), None,
         date(2026, 11, 4)),
    ],
    "stg_shops__refunds": [
        ("eccube:refund:R1", "eccube:line:121", "eccube:order:12", "eccube", "refunds", "JPY", 1, 540,
         utc(2026, 11, 2, 15, 10), date(2026, 11, 3), "破損", date(2026, 11, 4)),
    ],
    "stg_amazon__repeat_purchases": [
        ("amazon", "main", "B000000001", date(2026, 10, 25), date(2026, 11, 1), 12, 11,
         Decimal("0.0909"), 2160, Decimal("0.0833")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("model", EXPECTED)
def test_a_landed_file_is_staged_typed(warehouse: duckdb.DuckDBPyConnection, model: str) -> None:
    told = "columns(lambda name: name != 'file_sha256')"  # which file told it is no part of what it tells
    assert warehouse.sql(f"select {told} from staging.{model} order by all").fetchall() == EXPECTED[model]


def test_a_product_is_staged_with_its_cost_to_the_sen(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        select
            product_key, product_family, product_kind, list_price_yen, tax_rate, cost_ex_tax, days_of_use,
            valid_from
        from intermediate.int_products_combined
    """
    [row] = warehouse.sql(query).fetchall()
    told = ("eccube:product:TEA", "番茶", "regular", 1200, Decimal(8), Decimal("412.5"), 30, date(2026, 4, 1))
    assert row == told


def test_events_are_staged_from_objects_and_arrays(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        select event, mail, happened_at, token, bounce_type, is_machine_open, categories
        from staging.stg_sendgrid__events order by happened_at
    """
    assert warehouse.sql(query).fetchall() == [
        ("bounce", "a@example.com", utc(2026, 11, 3, 15, 33, 20), "t", "blocked", False, []),
        ("open", "a@example.com", utc(2026, 11, 3, 15, 33, 21), None, None, True, ["a", "b"]),
    ]


def test_every_file_and_every_row_of_it_is_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        select files.feed, files.verdict, files.landed, found.rows_found
        from staging.stg_joren__files as files
        inner join staging.stg_joren__landed_rows as found using (feed, file_sha256)
    """
    counts = {feed: content.count("\n") - 2 for feed, content in FILES.items()}
    counts |= {"sendgrid_events": 2, "amazon_repeat_purchases": 1}
    assert sorted(warehouse.sql(query).fetchall()) == [
        (feed, "let_in", rows, rows) for feed, rows in sorted(counts.items())
    ]
