"""`try` knows every header row that is shared as evidence, and the shared answers and exports."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.landing.__main__ import app
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.trying.trial import Counted, try_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
HEADERS = {
    "amazon_all_orders_general": ("amazon_orders", "orders"),
    "amazon_order_report_shipping_jp": ("amazon_shipping_orders", "shipments"),
    "amazon_pending_orders_jp": ("amazon_pending_orders", "orders"),
    "base_order": ("base_orders", "orders"),
    "colorme_sales_all_2013": ("colorme_orders", "orders"),
    "eccube_customer": ("eccube_customers", "customers"),
    "eccube_customer_4.0": ("eccube_customers", "customers"),
    "eccube_customer_en": ("eccube_customers", "customers"),
    "eccube_order": ("eccube_orders", "orders"),
    "eccube_order_4.0": ("eccube_orders", "orders"),
    "eccube_order_en": ("eccube_orders", "orders"),
    "eccube_product": ("eccube_products", "products"),
    "eccube_product_4.0": ("eccube_products", "products"),
    "eccube_product_en": ("eccube_products", "products"),
    "eccube_shipping": ("eccube_shipments", "shipments"),
    "eccube_shipping_4.0": ("eccube_shipments", "shipments"),
    "eccube_shipping_en": ("eccube_shipments", "shipments"),
    "ecforce_order_one_shop": ("ecforce_orders", "orders"),
    "minne_order": ("minne_orders", "orders"),
    "qoo10_order": ("qoo10_orders", "orders"),
    "rakuten_rms_order_all_columns": ("rakuten_orders", "orders"),
    "shopify_customers_export": ("shopify_customers", "customers"),
    "shopify_orders_export": ("shopify_orders", "orders"),
    "wowma_order_partial": ("wowma_orders", "orders"),
    "yahoo_item": ("yahoo_items", "orders"),
    "yahoo_order": ("yahoo_orders", "orders"),
}
OTHERS = {
    "colorme/sales_all.2013.cp932.csv": "colorme_orders",
    "sendgrid/event_examples_sendgrid_docs.json": "sendgrid_events",
    "sendgrid/event_webhook_examples.2021.json": "sendgrid_events",
    "shopify_gql_seeds/shopify_gql_order_data.csv": "shopify_connector_orders",
    "shopify_gql_seeds/shopify_gql_order_line_data.csv": "shopify_connector_order_lines",
    "shopify_gql_seeds/shopify_gql_refund_data.csv": "shopify_connector_refunds",
    "shopify_gql_seeds/shopify_gql_customer_data.csv": "shopify_connector_customers",
}


def test_every_shared_header_is_expected_here() -> None:
    assert {path.stem for path in (SAMPLES / "headers").glob("*.csv")} == HEADERS.keys()


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_alone_tells_feed_and_kind(name: str) -> None:
    trial = try_file(SAMPLES / "headers" / f"{name}.csv", feeds(None))
    assert trial.match
    assert (trial.match.feed.name, trial.match.feed.kind) == HEADERS[name]
    assert not trial.match.missing_required
    feed, kind = HEADERS[name]
    said = CliRunner().invoke(app, ["try", str(SAMPLES / "headers" / f"{name}.csv")]).output
    assert f"feed: {feed} (kind {kind}), inbox/{feed}/" in said


@pytest.mark.parametrize("name", OTHERS)
def test_an_export_or_answer_tells_its_feed(name: str) -> None:
    trial = try_file(SAMPLES / name, feeds(None))
    assert trial.match
    assert trial.match.feed.name == OTHERS[name]
    if isinstance(trial.outcome, Counted):
        assert trial.outcome.tally.rows
        assert not trial.outcome.tally.quarantined


def test_a_file_that_lacks_one_required_column_is_named_with_it(tmp_path: Path) -> None:
    header = (SAMPLES / "headers" / "rakuten_rms_order_all_columns.csv").read_text("utf-8").strip().split(",")
    path = tmp_path / "export.csv"
    path.write_bytes((",".join(name for name in header if name != "税込別") + "\r\n").encode("cp932"))
    trial = try_file(path, feeds(None))
    assert trial.match
    assert (trial.match.feed.name, trial.match.missing_required) == ("rakuten_orders", ("tax_included",))
    said = CliRunner().invoke(app, ["try", str(path)]).output
    assert "missing, and required: tax_included (税込別)\n" in said
