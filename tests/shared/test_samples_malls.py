"""Samples from Shopify, Rakuten, Amazon and Yahoo! are understood by our feeds."""

import csv
import json
from pathlib import Path

import pytest
from vendor_files import files_that_say, land_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
SEEDS = SAMPLES / "shopify_gql_seeds"


@pytest.mark.parametrize(
    ("sample", "feed", "name", "delimiter"),
    [
        ("shopify_orders_export", "shopify_orders", "orders_export_20260105060000.csv", ","),
        ("shopify_customers_export", "shopify_customers", "customers_export_20260105060000.csv", ","),
        ("rakuten_rms_order_all_columns", "rakuten_orders", "rakuten_20260105060000.csv", ","),
        ("amazon_all_orders_general", "amazon_orders", "all_orders_20260105060000.txt", "\t"),
        ("amazon_pending_orders_jp", "amazon_pending_orders", "pending_orders_20260105060000.txt", "\t"),
        (
            "amazon_order_report_shipping_jp",
            "amazon_shipping_orders",
            "shipping_orders_20260105060000.txt",
            "\t",
        ),
        ("yahoo_order", "yahoo_orders", "order_20260105060000.csv", ","),
        ("yahoo_item", "yahoo_items", "item_20260105060000.csv", ","),
    ],
)
def test_a_vendor_s_header_has_all_that_the_feed_asks_for(
    tmp_path: Path, sample: str, feed: str, name: str, delimiter: str
) -> None:
    header = (SAMPLES / "headers" / f"{sample}.csv").read_text("utf-8").strip().split(",")
    content = (delimiter.join(header) + "\r\n" + delimiter.join("1" for _ in header) + "\r\n").encode("cp932")
    outcome = land_file(tmp_path, feed, name, content)
    assert outcome.done.refused == ()
    assert outcome.counts == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("table", "feed", "ours"),
    [
        (
            "order",
            "shopify_connector_orders",
            {
                "order_id": "id",
                "member_id": "customer_id",
                "payment_status": "display_financial_status",
                "shipment_status": "display_fulfillment_status",
                "total": "total_price_set_shop_amount",
                "subtotal": "subtotal_price_set_shop_amount",
                "currency": "total_price_set_shop_currency_code",
                "test": "test",
            },
        ),
        (
            "order_line",
            "shopify_connector_order_lines",
            {
                "line_id": "id",
                "order_id": "order_id",
                "price": "original_total_set_shop_amount",
                "quantity": "quantity",
                "product_code": "sku",
            },
        ),
        (
            "refund",
            "shopify_connector_refunds",
            {
                "refund_id": "id",
                "order_id": "order_id",
                "amount": "total_refunded_set_shop_amount",
                "refunded_at": "created_at",
            },
        ),
        (
            "customer",
            "shopify_connector_customers",
            {
                "member_id": "id",
                "mail": "email",
                "accepts_mail": "email_marketing_consent_state",
                "accepts_mail_at": "email_marketing_consent_updated_at",
            },
        ),
    ],
)
def test_a_connector_s_seed_lands_row_by_row(
    tmp_path: Path, table: str, feed: str, ours: dict[str, str]
) -> None:
    content = (SEEDS / f"shopify_gql_{table}_data.csv").read_text("utf-8-sig")
    expected = list(csv.DictReader(content.splitlines()))
    name = f"shopify_gql_{table}_data_20260105060000.csv"
    outcome = land_file(tmp_path, feed, name, content.encode())
    assert outcome.counts == (len(expected), len(expected), 0, 0)
    assert outcome.cells(*ours) == [tuple(row[header] for header in ours.values()) for row in expected]


def test_an_order_without_a_processing_time_has_that_of_its_creation(tmp_path: Path) -> None:
    content = (SEEDS / "shopify_gql_order_data.csv").read_text("utf-8-sig")
    expected = [row["processed_at"] or row["created_at"] for row in csv.DictReader(content.splitlines())]
    name = "shopify_gql_order_data_20260105060000.csv"
    outcome = land_file(tmp_path, "shopify_connector_orders", name, content.encode())
    assert [cell for (cell,) in outcome.cells("ordered_at")] == expected


def test_amazon_s_japanese_sandbox_answer_lands_to_its_values_without_its_buyer(tmp_path: Path) -> None:
    sample = json.loads((SAMPLES / "amazon_spapi" / "orders_2026-01-01.jp_sandbox_search.json").read_bytes())
    content = json.dumps(sample["response"], ensure_ascii=False, indent=1).encode()
    outcome = land_file(tmp_path, "amazon_api_orders", "orders_20260105060000.json", content)
    assert outcome.counts == (2, 2, 0, 0)
    assert outcome.cells("order_id", "status", "ordered_at", "updated_at", "total", "currency") == 2 * [
        ("250-1234567-8901234", "SHIPPED", "2024-12-25T02:30:00Z", "2024-12-25T06:45:00Z", "19940", "JPY")
    ]
    assert outcome.cells("line_id", "product_id", "product_code", "unit_price", "price", "quantity") == [
        ("25012345678901", "B08C1W5N87", "ECHO-DOT-4-JP-CHARCOAL", "5980", "5980", "1"),
        ("25012345678902", "B07PFFMP9P", "FIRE-TV-4K-MAX-JP", "6980", "13960", "2"),
    ]
    assert outcome.rows[0]["product_name"] == "Echo Dot (第4世代) スマートスピーカー with Alexa チャコール"
    people = ("John Smith", "buyer-email", "123 Business Park", "Suite 456", "150-0002", "JP-ORDER-2024-001")
    assert files_that_say(tmp_path, *people) == []


def test_amazon_s_example_of_repeat_purchases_lands(tmp_path: Path) -> None:
    schema = json.loads(
        (SAMPLES / "amazon_spapi" / "sellingPartnerRepeatPurchaseReport.schema.json").read_bytes()
    )
    [example] = schema["examples"]
    outcome = land_file(
        tmp_path,
        "amazon_repeat_purchases",
        "repeat_purchase_20260105060000.json",
        json.dumps(example).encode(),
    )
    assert outcome.cells("product_id", "orders", "customers", "repeat_customers_share", "repeat_sales") == [
        ("B123456789", "1256", "1201", "0.0083", "2246.13"),
        ("B234567890", "2561", "43", "0.1234", "1234.56"),
        ("B987654321", "6541", "123", "0.0129", "1662.46"),
    ]
