"""The demo shop's header rows are those that the vendors were seen to write."""

from pathlib import Path

import pytest

from orchestration.demo.writing.files import NIGHT_FILES, STORY_FILES

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "headers"
HEADERS = {file.feed: file.header for file in (*STORY_FILES, *NIGHT_FILES)}


@pytest.mark.parametrize(
    ("feed", "sample", "encoding", "delimiter"),
    [
        ("eccube_orders", "eccube_order", "cp932", ","),
        ("eccube_shipments", "eccube_shipping", "cp932", ","),
        ("eccube_customers", "eccube_customer", "cp932", ","),
        ("eccube_products", "eccube_product", "cp932", ","),
        ("shopify_orders", "shopify_orders_export", "utf-8", ","),
        ("shopify_customers", "shopify_customers_export", "utf-8", ","),
        ("rakuten_orders", "rakuten_rms_order_all_columns", "cp932", ","),
        ("amazon_orders", "amazon_all_orders_general", "cp932", "\t"),
        ("yahoo_orders", "yahoo_order", "cp932", ","),
        ("yahoo_items", "yahoo_item", "cp932", ","),
    ],
)
def test_the_header_row_is_the_vendors(feed: str, sample: str, encoding: str, delimiter: str) -> None:
    seen = (SAMPLES / f"{sample}.csv").read_text("utf-8").strip().split(",")
    written = HEADERS[feed].decode(encoding).rstrip("\r\n").split(delimiter)
    assert [name.strip('"') for name in written] == seen
