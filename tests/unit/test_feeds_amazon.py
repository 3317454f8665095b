"""Amazon's reports, byte for byte, become rows without a person: nobody's data reaches the disk."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from feed_files import FEEDS, state
from vendor_files import Outcome, at_the_door, files_that_say, land_file, row_of

from orchestration.landing.mapping.catalogue import OURS, FeedError, feeds

HEADER_NAMES = (
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,"
    "sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,currency,"
    "item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,"
    "ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,"
    "is-business-order,purchase-order-number,price-designation"
)
HEADER = HEADER_NAMES.split(",")
SHIPPING_HEADER_NAMES = (
    "order-id,order-item-id,purchase-date,payments-date,reporting-date,promise-date,days-past-promise,"
    "buyer-email,buyer-name,buyer-phone-number,sku,product-name,quantity-purchased,quantity-shipped,"
    "quantity-to-ship,ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3,"
    "ship-city,ship-state,ship-postal-code,ship-country,payment-method,cod-collectible-amount,already-paid,"
    "payment-method-fee,scheduled-delivery-start-date,scheduled-delivery-end-date,points-granted,is-prime"
)
SHIPPING_HEADER = SHIPPING_HEADER_NAMES.split(",")
PENDING_HEADER_NAMES = "order-id,order-item-id,purchase-date,sku,product-name,quantity-purchased,payment-type"
PENDING_HEADER = PENDING_HEADER_NAMES.split(",")
LINE = {
    "amazon-order-id": "250-1234567-8901234", "purchase-date": "2026-01-04T15:00:00+00:00",
    "last-updated-date": "2026-01-04T20:00:00+00:00", "order-status": "Shipped",
    "fulfillment-channel": "Amazon", "sales-channel": "Amazon.co.jp", "ship-service-level": "Expedited",
    "product-name": '緑茶 "特選" ～ソ①', "sku": "TEA-100", "asin": "B000000001", "item-status": "Shipped",
    "quantity": "2", "currency": "JPY", "item-price": "2000", "item-tax": "148", "shipping-price": "410",
    "item-promotion-discount": "-100", "ship-city": "千代田区", "ship-state": "東京都",
    "ship-postal-code": "100-0001", "ship-country": "JP", "is-business-order": "false",
    "purchase-order-number": "PO-SECRET-7",
}  # fmt: skip
SHIPPING_LINE = {
    "order-id": "250-1234567-8901234", "order-item-id": "25012345678901",
    "purchase-date": "2026-01-04T14:59:59+00:00", "buyer-email": "abc123@marketplace.amazon.co.jp",
    "buyer-name": "髙﨑花子", "buyer-phone-number": "090-1234-5678", "sku": "TEA-100",
    "product-name": "緑茶", "quantity-purchased": "2", "quantity-shipped": "1", "quantity-to-ship": "1",
    "recipient-name": "山﨑太郎", "ship-address-1": "北一条西", "ship-address-2": "常連ビル",
    "ship-address-3": "七階", "ship-city": "札幌市", "ship-state": "北海道", "ship-postal-code": "060-0001",
    "ship-country": "JP", "payment-method": "COD", "is-prime": "false",
}  # fmt: skip
PENDING_LINE = {
    "order-id": "250-1234567-8901235", "order-item-id": "25012345678902",
    "purchase-date": "2026-01-04T15:00:01+00:00", "sku": "TEA-100", "product-name": "緑茶",
    "quantity-purchased": "1", "payment-type": "CVS",
}  # fmt: skip
PEOPLE = (
    "千代田区", "100-0001", "PO-SECRET-7", "marketplace.amazon", "髙﨑花子", "090-1234-5678", "山﨑太郎",
    "北一条西", "常連ビル", "七階", "札幌市", "060-0001", "秘密商事", "John Smith",
    "Business Park", "150-0002",
)  # fmt: skip
ALL_NAME = "all_orders_20260105060000.txt"
SHIPPING_NAME = "shipping_orders_20260105060000.txt"
API_NAME = "orders_20260105060000.json"


def tsv(header: list[str], *lines: dict[str, str]) -> bytes:
    """What Seller Central writes in Japan: cp932, tabs, CRLF, no quoting at all."""
    rows = [header, *(row_of(header, line) for line in lines)]
    return "".join("\t".join(row) + "\r\n" for row in rows).encode("cp932")


def all_orders(home: Path, *lines: dict[str, str]) -> Outcome:
    return land_file(home, "amazon_orders", ALL_NAME, tsv(HEADER, *lines))


def test_a_report_lands_with_its_letters_and_its_clock(tmp_path: Path) -> None:
    outcome = all_orders(tmp_path, LINE, LINE | {"purchase-date": "2026-01-04T14:59:59+00:00"})
    assert outcome.counts == (2, 2, 0, 0)
    assert outcome.done.parsed[0].encoding == "cp932"
    # 24:00 in Asia/Tokyo lies between the two; the offset is what says so.
    assert [cell for (cell,) in outcome.cells("ordered_at")] == [
        "2026-01-04T15:00:00+00:00",
        "2026-01-04T14:59:59+00:00",
    ]
    row = outcome.rows[0]
    assert (row["order_id"], row["status"], row["product_name"]) == (
        "250-1234567-8901234", "Shipped", '緑茶 "特選" ～ソ①',
    )  # fmt: skip
    assert (row["price"], row["quantity"], row["line_discount"], row["line_postage"]) == (
        "2000",
        "2",
        "100",
        "410",
    )
    assert (row["receiver_prefecture"], row["extra"]) == ("東京都", "{}")


def test_a_quote_is_a_letter(tmp_path: Path) -> None:
    names = ['"', '"緑茶', '緑茶"', '5" 皿', '"a" "b']
    outcome = all_orders(tmp_path, *(LINE | {"product-name": name} for name in names))
    assert [name for (name,) in outcome.cells("product_name")] == names


def test_cancelled_and_pending_lines_have_no_price(tmp_path: Path) -> None:
    gone = LINE | {"order-status": "Cancelled", "item-status": "Cancelled", "quantity": "0", "item-price": ""}
    waits = LINE | {"order-status": "Pending", "item-status": "Unshipped", "item-price": "", "currency": ""}
    outcome = all_orders(tmp_path, gone, waits)
    assert outcome.cells("status", "line_status", "quantity", "price") == [
        ("Cancelled", "Cancelled", "0", ""),
        ("Pending", "Unshipped", "2", ""),
    ]


def test_a_newer_report_names_what_an_order_replaces(tmp_path: Path) -> None:
    header = [*HEADER, "buyer-company-name", "is-replacement-order", "original-order-id"]
    again = LINE | {"buyer-company-name": "秘密商事", "original-order-id": "250-0000000-0000001"}
    outcome = land_file(tmp_path, "amazon_orders", ALL_NAME, tsv(header, again))
    assert outcome.cells("replaces_order_id") == [("250-0000000-0000001",)]
    assert files_that_say(tmp_path, *PEOPLE) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Pending", "pending"), ("PendingAvailability", "pending"), ("Unshipped", "active"),
        ("PartiallyShipped", "active"), ("Shipped", "fulfilled"), ("Cancelled", "cancelled"),
        ("Canceled", "cancelled"), ("Unfulfillable", "cancelled"),
        ("Shipped - Delivered to Buyer", "fulfilled"),
        ("Shipped - Returned to Seller", "returned"), ("Lost", "unmapped"), ("", "unmapped"),
    ],
)  # fmt: skip
def test_the_report_s_statuses_are_known(printed: str, expected: str) -> None:
    assert state(FEEDS["amazon_orders"], status=printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("PENDING_AVAILABILITY", "pending"), ("PENDING", "pending"), ("UNSHIPPED", "active"),
        ("PARTIALLY_SHIPPED", "active"), ("SHIPPED", "fulfilled"), ("CANCELLED", "cancelled"),
        ("UNFULFILLABLE", "cancelled"), ("LOST", "unmapped"),
    ],
)  # fmt: skip
def test_the_api_s_statuses_are_known(printed: str, expected: str) -> None:
    assert state(FEEDS["amazon_api_orders"], status=printed) == expected


def test_whose_customers_and_whose_money_it_is_is_said() -> None:
    assert state(FEEDS["amazon_pending_orders"], payment_method="COD") == "pending"
    for name in ("amazon_orders", "amazon_api_orders", "amazon_pending_orders"):
        feed = FEEDS[name]
        assert (feed.channel, feed.persons) == ("mall", "none")
        assert feed.money
        assert (feed.money.price_is, feed.money.tax_is) == ("line", "included")
        assert (feed.money.subtotal_is, feed.money.points_are) == (None, "mall")
    assert {feed.keeps for name, feed in FEEDS.items() if name.startswith("amazon_")} == {"mapped"}


def test_no_amazon_feed_maps_a_column_that_tells_who() -> None:
    personal = {"mail", "phone", "full_name", "family_name", "given_name", "full_kana", "postcode", "city"}
    personal |= {
        "address1",
        "address2",
        "company",
        "birthday",
        "member_id",
        "receiver_name",
        "receiver_postcode",
    }
    for name, feed in FEEDS.items():
        if name.startswith("amazon_"):
            assert not personal & feed.columns.keys()


PERSONAL = {
    "mail": ["buyer-email"], "service_level": ["buyer-name"], "receiver_prefecture": ["ship-city"],
    "remark": {"first_filled": ["gift-message-text", "sku"]}, "full_name": ["sku"],
    "place": [{"join": ["ship-address-1"], "by": " "}],
}  # fmt: skip


@pytest.mark.parametrize("name", PERSONAL)
def test_a_shop_that_maps_what_amazon_wants_deleted_is_refused(tmp_path: Path, name: str) -> None:
    said = _own_feed(tmp_path, columns={name: PERSONAL[name]})
    with pytest.raises(FeedError, match=rf"{said.name}: columns: found {name}, which tells of a person"):
        feeds(tmp_path)


@pytest.mark.parametrize("days", [None, 31])
def test_a_shop_cannot_do_without_the_limit(tmp_path: Path, days: int | None) -> None:
    _own_feed(tmp_path, retention_days=days)
    with pytest.raises(FeedError, match=rf"retention_days: found {days}, expected 30 or less, as ours"):
        feeds(tmp_path)


def test_a_feed_with_a_limit_keeps_no_more_than_it_maps(tmp_path: Path) -> None:
    _own_feed(tmp_path, keeps="everything")
    with pytest.raises(FeedError, match="keeps: found everything, expected mapped"):
        feeds(tmp_path)


def test_a_shop_may_map_facts_and_keep_for_less(tmp_path: Path) -> None:
    _own_feed(tmp_path, columns={"asin_price": ["item-price"]}, retention_days=7)
    [own] = [feed for feed in feeds(tmp_path) if feed.name == "my_amazon"]
    assert (own.retention_days, "asin_price" in own.columns) == (7, True)


def _own_feed(shop: Path, *, columns: dict[str, object] | None = None, **said: object) -> Path:
    """Our feed of orders under a name of the shop's own, with something said otherwise."""
    content = yaml.safe_load((OURS / "amazon_orders.yaml").read_text("utf-8")) | said
    content["columns"] |= columns or {}
    path = shop / "feeds" / "my_amazon.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump({key: value for key, value in content.items() if value is not None}))
    return path


def test_pending_orders_wait(tmp_path: Path) -> None:
    name = "pending_orders_20260105060000.txt"
    outcome = land_file(tmp_path, "amazon_pending_orders", name, tsv(PENDING_HEADER, PENDING_LINE))
    assert outcome.cells("order_id", "line_id", "quantity", "payment_method") == [
        ("250-1234567-8901235", "25012345678902", "1", "CVS")
    ]


def test_the_shipping_report_says_what_left_and_nothing_of_whom(tmp_path: Path) -> None:
    content = tsv(SHIPPING_HEADER, SHIPPING_LINE)
    outcome = land_file(tmp_path, "amazon_shipping_orders", SHIPPING_NAME, content)
    [row] = outcome.rows
    assert outcome.counts == (1, 1, 0, 0)
    assert (row["line_id"], row["quantity"], row["payment_method"]) == ("25012345678901", "1", "COD")
    assert (row["receiver_prefecture"], row["extra"]) == ("北海道", "{}")
    assert files_that_say(tmp_path, *PEOPLE) == []


def amount(yen: str) -> dict[str, str]:
    return {"amount": yen, "currencyCode": "JPY"}


ITEM = {
    "orderItemId": "25012345678901", "quantityOrdered": 2,
    "product": {"asin": "B000000001", "title": "緑茶", "sellerSku": "TEA-100",
                "price": {"unitPrice": amount("1000")}},
    "proceeds": {"proceedsTotal": amount("2310"), "breakdowns": [
        {"type": "SHIPPING", "subtotal": amount("410")},
        {"type": "ITEM", "subtotal": amount("2000")},
        {"type": "DISCOUNT", "subtotal": amount("-100")},
    ]},
}  # fmt: skip
API_ORDER = {
    "orderId": "250-1234567-8901234", "createdTime": "2026-01-04T15:00:00Z",
    "lastUpdatedTime": "2026-01-04T16:00:00Z", "programs": ["PRIME"],
    "associatedOrders": [{"orderId": "250-0000000-0000001", "associationType": "REPLACEMENT_ORIGINAL_ID"}],
    "buyer": {"buyerName": "John Smith", "buyerEmail": "abc123@marketplace.amazon.co.jp"},
    "recipient": {"deliveryAddress": {"name": "山﨑太郎", "addressLine1": "123 Business Park",
                                      "city": "札幌市", "stateOrRegion": "北海道", "postalCode": "150-0002"}},
    "proceeds": {"grandTotal": amount("2310")}, "fulfillment": {"fulfillmentStatus": "SHIPPED"},
    "orderItems": [ITEM],
}  # fmt: skip


def api_answer(*orders: dict[str, object]) -> bytes:
    return json.dumps({"orders": list(orders), "pagination": {"nextToken": "x"}}, ensure_ascii=False).encode()


def test_the_api_s_money_is_found_by_its_type(tmp_path: Path) -> None:
    plain = API_ORDER | {"orderId": "250-2", "associatedOrders": [], "orderItems": [
        {"orderItemId": "7", "quantityOrdered": 1, "product": {"asin": "B000000002"}}]}  # fmt: skip
    outcome = land_file(tmp_path, "amazon_api_orders", API_NAME, api_answer(API_ORDER, plain))
    columns = ("order_id", "line_id", "price", "quantity", "line_discount", "line_postage", "total")
    assert outcome.cells(*columns) == [
        ("250-1234567-8901234", "25012345678901", "2000", "2", "100", "410", "2310"),
        ("250-2", "7", "", "1", "", "", "2310"),
    ]
    assert outcome.cells("replaces_order_id", "ordered_at", "receiver_prefecture", "product_code") == [
        ("250-0000000-0000001", "2026-01-04T15:00:00Z", "北海道", "TEA-100"),
        ("", "2026-01-04T15:00:00Z", "北海道", ""),
    ]


def test_repeat_purchases_are_aggregates(tmp_path: Path) -> None:
    one = {
        "startDate": "2025-12-28", "endDate": "2026-01-03", "asin": "B000000001", "orders": 1256,
        "uniqueCustomers": 1201, "repeatCustomersPctTotal": 0.0083, "repeatPurchaseRevenuePctTotal": 0.0217,
        "repeatPurchaseRevenue": {"amount": 2246, "currencyCode": "JPY"},
    }  # fmt: skip
    content = json.dumps({"reportSpecification": {"reportType": "x"}, "dataByAsin": [one]}).encode()
    outcome = land_file(tmp_path, "amazon_repeat_purchases", "repeat_purchase_20260105060000.json", content)
    columns = ("product_id", "period_from", "orders", "customers", "repeat_customers_share", "repeat_sales")
    assert outcome.cells(*columns) == [("B000000001", "2025-12-28", "1256", "1201", "0.0083", "2246")]


def sound(home: Path) -> Outcome:
    return all_orders(home, LINE)


def short_row(home: Path) -> Outcome:
    content = tsv(SHIPPING_HEADER, SHIPPING_LINE) + "250-1\t髙﨑花子\t060-0001\r\n".encode("cp932")
    outcome = land_file(home, "amazon_shipping_orders", SHIPPING_NAME, content)
    assert outcome.counts == (2, 1, 1, 0)
    return outcome


def resaved_in_excel(home: Path) -> Outcome:
    content = tsv(SHIPPING_HEADER, SHIPPING_LINE).replace(b"\t", b",")
    return land_file(home, "amazon_shipping_orders", SHIPPING_NAME, content)


def misnamed(home: Path) -> Outcome:
    return land_file(home, "amazon_shipping_orders", "report.txt", tsv(SHIPPING_HEADER, SHIPPING_LINE))


def packed(home: Path) -> Outcome:
    content = gzip.compress(tsv(SHIPPING_HEADER, SHIPPING_LINE))
    return land_file(home, "amazon_shipping_orders", f"{SHIPPING_NAME}.gz", content)


def answer(home: Path) -> Outcome:
    return land_file(home, "amazon_api_orders", API_NAME, api_answer(API_ORDER))


def twice(home: Path) -> Outcome:
    all_orders(home, LINE)
    return land_file(home, "amazon_orders", "all_orders_20260105070000.txt", tsv(HEADER, LINE))


@pytest.mark.parametrize(
    "happens",
    [sound, short_row, resaved_in_excel, misnamed, packed, answer, twice],
    ids=lambda one: one.__name__,
)
def test_nobody_s_data_is_anywhere_on_the_disk(tmp_path: Path, happens: Callable[[Path], Outcome]) -> None:
    happens(tmp_path)
    assert files_that_say(tmp_path, "250-1234567-8901234") != []
    assert files_that_say(tmp_path, *PEOPLE) == []


@pytest.mark.parametrize(
    ("feed", "name", "content"),
    [
        ("amazon_orders", ALL_NAME, tsv(SHIPPING_HEADER, SHIPPING_LINE)),
        ("amazon_shipping_orders", SHIPPING_NAME, tsv(SHIPPING_HEADER, SHIPPING_LINE)[:-40]),
        ("amazon_shipping_orders", SHIPPING_NAME, tsv(SHIPPING_HEADER, SHIPPING_LINE) + b"\x80\r\n"),
        ("amazon_api_orders", API_NAME, api_answer(API_ORDER)[:-2]),
    ],
    ids=["wrong report", "cut off", "no cp932", "broken answer"],
)
def test_what_cannot_be_read_is_not_kept_and_stays_where_it_was_put(
    tmp_path: Path, feed: str, name: str, content: bytes
) -> None:
    [refusal] = land_file(tmp_path, feed, name, content).done.refused
    assert "inbox" in refusal.message
    assert {path for path, _ in files_that_say(tmp_path, *PEOPLE)} == {f"inbox/{feed}/{name}"}


OTHER = LINE | {"amazon-order-id": "250-1234567-8901239"}


def test_the_door_finds_nothing_in_a_sound_report(tmp_path: Path) -> None:
    gone = {"order-status": "Cancelled", "item-status": "Cancelled", "quantity": "0", "item-price": ""}
    all_orders(tmp_path, LINE, LINE, OTHER | gone)
    found = at_the_door(tmp_path, "amazon_orders")
    assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"item-price": ""},
        {"item-price": "19.99"},
        {"currency": "USD"},
        {"purchase-date": "2036-01-01T00:00:00+00:00"},
        {"purchase-date": ""},
        {"sku": ""},
        {"quantity": "two"},
    ],
)
def test_the_door_takes_out_the_whole_order_and_no_other(tmp_path: Path, said: dict[str, str]) -> None:
    all_orders(tmp_path, LINE | said, LINE | {"sku": "POT"}, OTHER)
    found = at_the_door(tmp_path, "amazon_orders")
    assert "quarantine" in found.broken.values()
    assert (found.is_let_in, found.quarantined) == (True, 2)
    assert files_that_say(tmp_path, *PEOPLE) == []


def test_the_door_finds_nothing_in_sound_answers_and_reports(tmp_path: Path) -> None:
    files = {
        "amazon_api_orders": (API_NAME, api_answer(API_ORDER)),
        "amazon_shipping_orders": (SHIPPING_NAME, tsv(SHIPPING_HEADER, SHIPPING_LINE)),
        "amazon_pending_orders": ("pending_orders_20260105060000.txt", tsv(PENDING_HEADER, PENDING_LINE)),
    }
    for feed, (name, content) in files.items():
        land_file(tmp_path, feed, name, content)
        found = at_the_door(tmp_path, feed)
        assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


@pytest.mark.parametrize("pieces", ["0", "1", ""])
def test_a_line_cancelled_in_an_order_that_left_does_not_take_it_out(tmp_path: Path, pieces: str) -> None:
    gone = {"sku": "POT", "item-status": "Cancelled", "quantity": pieces or "0", "item-price": ""}
    outcome = all_orders(tmp_path, LINE, LINE | gone | ({} if pieces else {"item-status": "Unshipped"}))
    assert outcome.cells("line_deleted") == [("",), ("Cancelled" if pieces else "",)]
    found = at_the_door(tmp_path, "amazon_orders")
    assert (found.broken, found.quarantined) == ({}, 0)


def test_an_item_cancelled_in_an_order_that_left_does_not_take_it_out(tmp_path: Path) -> None:
    gone = {"orderItemId": "9", "cancellation": {"cancellationExecution": {"cancelledBy": "SELLER"}}}
    items = [ITEM, gone | {"quantityOrdered": 1}, {"orderItemId": "8", "quantityOrdered": 0}]
    land_file(tmp_path, "amazon_api_orders", API_NAME, api_answer(API_ORDER | {"orderItems": items}))
    found = at_the_door(tmp_path, "amazon_api_orders")
    assert (found.broken, found.quarantined) == ({}, 0)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("Shipped - Undeliverable", "returned"), ("Shipped - Lost in Transit", "fulfilled")],
)
def test_what_became_of_a_parcel_is_known(printed: str, expected: str) -> None:
    assert state(FEEDS["amazon_orders"], status=printed) == expected
