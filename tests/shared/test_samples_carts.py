"""Files of vendors, kept beside the project, land to the values in them."""

import json
from pathlib import Path

import pytest
from feed_files import FEEDS, STAMP, dropped, read

SHARED = Path(__file__).parents[3] / "shared" / "samples"
HEADERS = {
    "eccube_order": "eccube_orders", "eccube_order_4.0": "eccube_orders", "eccube_order_en": "eccube_orders",
    "eccube_customer": "eccube_customers", "eccube_customer_4.0": "eccube_customers",
    "eccube_customer_en": "eccube_customers", "eccube_product": "eccube_products",
    "eccube_product_4.0": "eccube_products", "eccube_product_en": "eccube_products",
    "eccube_shipping": "eccube_shipments", "eccube_shipping_4.0": "eccube_shipments",
    "eccube_shipping_en": "eccube_shipments", "colorme_sales_all_2013": "colorme_orders",
    "base_order": "base_orders", "ecforce_order_one_shop": "ecforce_orders", "minne_order": "minne_orders",
    "qoo10_order": "qoo10_orders", "wowma_order_partial": "wowma_orders",
}  # fmt: skip
STEMS = {
    "eccube_orders": "order", "eccube_customers": "customer", "eccube_products": "product",
    "eccube_shipments": "shipping", "colorme_orders": "sales_all", "base_orders": "order",
}  # fmt: skip


def named(feed: str) -> str:
    return f"{STEMS.get(feed, feed)}_{STAMP}.csv"


@pytest.mark.parametrize("sample", sorted(HEADERS))
def test_every_header_of_a_vendor_is_matched_column_by_column(tmp_path: Path, sample: str) -> None:
    feed = HEADERS[sample]
    header = (SHARED / "headers" / f"{sample}.csv").read_bytes()
    got = read(tmp_path, feed, named(feed), header)
    assert (got.parsed.landed, got.parsed.quarantined, got.parsed.unmapped) == (0, 0, ())
    width = len(header.decode().strip("\n").split(","))
    row = ",".join(f"c{number}" for number in range(width)) + "\n"
    got = read(tmp_path / "row", feed, named(feed), header + row.encode())
    assert got.beside(0) == {}
    said = {
        cell for name in FEEDS[feed].columns for cell in (got.rows[0][name] or "").replace("-", " ").split()
    }
    assert said == {f"c{number}" for number in range(width)}


def test_the_color_me_file_lands_to_the_values_in_it(tmp_path: Path) -> None:
    content = (SHARED / "colorme" / "sales_all.2013.cp932.csv").read_bytes()
    got = read(tmp_path, "colorme_orders", named("colorme_orders"), content)
    parsed = got.parsed
    assert (parsed.encoding, parsed.unmapped) == ("cp932", ())
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (4, 4, 0, 0)
    assert got.column("order_id") == ["12342345", "12342345", "12342345", "12342346"]
    assert got.column("line_id") == ["45675678", "45675679", "45675678", "45675678"]
    assert got.column("shipment_id") == ["34564567", "34564567", "34564568", "34564567"]
    same = {
        "ordered_at": "2013/01/18", "member_id": "23453456", "full_name": "桃瀬くるみ", "postcode": "1000001",
        "prefecture": "東京都", "mail": "kurumi@example.com", "phone": "098-765-4321", "subtotal": "1786",
        "tax": "85", "postage": "600", "fee": "0", "points_used": "0", "platform_discount": "0",
        "discount": "0", "total": "1786", "payment_method": "クレジット決済", "payment_status": "入金済",
        "shipment_status": "未発送", "parcel_status": "未発送", "receiver_name": "桃瀬修",
        "receiver_kana": "モモセシュウ", "product_id": "56786789", "product_name": "ぬるい缶飲料",
        "product_code": "", "price": "893", "quantity": "2", "line_total": "1786",
        "delivery_memo": "備考欄です", "shop_id": "colorme", "brand_id": "main",
    }  # fmt: skip
    assert [{name: row[name] for name in same} for row in got.rows] == 4 * [same]


@pytest.mark.parametrize("sample", ["event_examples_sendgrid_docs", "event_webhook_examples.2021"])
def test_the_provider_s_own_examples_land_as_a_post_or_line_by_line(tmp_path: Path, sample: str) -> None:
    events = json.loads((SHARED / "sendgrid" / f"{sample}.json").read_text("utf-8"))
    post = json.dumps(events).encode() + b"\n"
    lines = "".join(json.dumps(event) + "\n" for event in events).encode()
    for number, content in enumerate((post, lines)):
        got = read(tmp_path / str(number), "sendgrid_events", f"events_{STAMP}.ndjson", content)
        assert (got.parsed.landed, got.parsed.quarantined) == (len(events), 0)
        assert got.column("event") == [event["event"] for event in events]
        assert got.column("happened_at") == [str(event["timestamp"])[:10] for event in events]
        assert got.column("mail") == [event.get("email", "") for event in events]
        assert [row["provider_message_id"] for row in got.rows] == [
            event.get("sg_message_id", "") for event in events
        ]


def test_the_realistic_cases_of_another_client_land(tmp_path: Path) -> None:
    cases = json.loads((SHARED / "sendgrid" / "event_examples_anymail.json").read_text("utf-8"))
    posts = [case["events"] for case in cases]
    content = "".join(json.dumps(post) + "\n" for post in posts).encode()
    got = read(tmp_path, "sendgrid_events", f"events_{STAMP}.ndjson", content)
    events = [event for post in posts for event in post]
    assert got.column("event") == [event["event"] for event in events]
    assert got.column("event_id") == [event["sg_event_id"] for event in events]
    assert got.column("attempt") == [event.get("attempt", "") for event in events]
    assert [json.loads(row["extra"]).get("anymail_id") for row in got.rows] == [
        e.get("anymail_id") for e in events
    ]


def test_a_header_in_another_feed_s_inbox_is_refused(tmp_path: Path) -> None:
    header = (SHARED / "headers" / "base_order.csv").read_bytes()
    assert len(dropped(tmp_path, "eccube_orders", named("eccube_orders"), header).refused) == 1
