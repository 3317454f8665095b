"""Shopify's files, byte for byte, become rows of the canonical columns."""

import csv
import json
from pathlib import Path

import pytest
from feed_files import FEEDS, state
from vendor_files import at_the_door, land_file, quoted, row_of

ORDER_HEADER_NAMES = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
    "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,"
    "Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,"
    "Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,"
    "Billing Phone,"
    "Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,"
    "Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,"
    "Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,"
    "Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,"
    "Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,"
    "Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,"
    "Payment References"
)
ORDER_HEADER = ORDER_HEADER_NAMES.split(",")
CUSTOMER_HEADER_NAMES = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
    "Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,"
    "Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,"
    "Total Spent,Total Orders,Note,Tax Exempt,Tags"
)
CUSTOMER_HEADER = CUSTOMER_HEADER_NAMES.split(",")
FIRST = {
    "Name": "#1001", "Email": "hanako@example.com", "Financial Status": "paid",
    "Paid at": "2026-01-04 23:59:59 +0900", "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-01-05 09:00:00 +0900", "Accepts Marketing": "yes", "Currency": "JPY",
    "Subtotal": "2700", "Shipping": "550", "Taxes": "295", "Total": "3250", "Discount Code": "NEW300",
    "Discount Amount": "300", "Created at": "2026-01-04 23:59:58 +0900", "Lineitem quantity": "2",
    "Lineitem name": "緑茶 - 100g", "Lineitem price": "1000", "Lineitem sku": "TEA-100",
    "Lineitem fulfillment status": "fulfilled", "Billing Name": "花子 髙﨑", "Billing Address1": "1-2-3",
    "Billing City": "渋谷区", "Billing Zip": "'0600001", "Billing Province": "JP-13", "Billing Country": "JP",
    "Billing Phone": "'+81 90-1234-5678", "Shipping Name": "花子 髙﨑", "Shipping Zip": "'0600001",
    "Notes": '玄関に\nおいて, "静かに"', "Payment Method": "Shopify Payments", "Refunded Amount": "0.00",
    "Vendor": "常連", "Id": "'5001234567890", "Source": "web", "Lineitem discount": "0",
    "Billing Province Name": "東京都", "Shipping Province Name": "東京都",
}  # fmt: skip
SECOND_LINE = {
    "Name": "#1001", "Email": "hanako@example.com", "Created at": "2026-01-04 23:59:58 +0900",
    "Lineitem quantity": "1", "Lineitem name": "急須", "Lineitem price": "1000", "Lineitem sku": "POT",
    "Lineitem fulfillment status": "fulfilled", "Vendor": "常連", "Lineitem discount": "0",
}  # fmt: skip
COD = FIRST | {
    "Name": "#1002", "Id": "5001234567891", "Financial Status": "pending", "Paid at": "",
    "Fulfillment Status": "unfulfilled", "Fulfilled at": "", "Payment Method": "代金引換 (COD)",
    "Billing Phone": "", "Phone": "'+818012345678", "Billing Province Name": "",
}  # fmt: skip
ORDER_NAME = "orders_export_20260105060000.csv"
BULK_NAME = "bulk_orders_20260105060000.jsonl"


def orders_file(*rows: dict[str, str], header: list[str] = ORDER_HEADER) -> bytes:
    lines = [header, *(row_of(header, {key: row[key] for key in row if key in header}) for row in rows)]
    return quoted(lines, encoding="utf-8", line_end="\n", quoting=csv.QUOTE_MINIMAL, delimiter=",")


def jsonl(*objects: dict[str, object]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()


def test_an_order_s_id_reaches_all_its_rows_and_nothing_else_does(tmp_path: Path) -> None:
    assert len(ORDER_HEADER) == 79
    outcome = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, SECOND_LINE, COD))
    assert outcome.counts == (3, 3, 0, 0)
    assert outcome.cells("order_id", "order_number", "product_code", "price", "quantity", "subtotal") == [
        ("5001234567890", "#1001", "TEA-100", "1000", "2", "2700"),
        ("5001234567890", "#1001", "POT", "1000", "1", ""),
        ("5001234567891", "#1002", "TEA-100", "1000", "2", "2700"),
    ]
    assert outcome.cells("payment_status", "full_name", "total", "shipped_at")[1] == ("", "", "", "")


def test_cells_stay_as_printed(tmp_path: Path) -> None:
    [row, _] = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, COD)).rows
    assert row["ordered_at"] == "2026-01-04 23:59:58 +0900"
    assert (row["postcode"], row["phone"]) == ("'0600001", "'+81 90-1234-5678")
    assert (row["prefecture"], row["city"], row["address1"]) == ("東京都", "渋谷区", "1-2-3")
    assert (row["discount"], row["postage"], row["refunded"]) == ("300", "550", "0.00")
    assert row["full_name"] == "花子 髙﨑"
    assert (row["shop_id"], row["brand_id"], row["_feed"]) == ("shopify", "main", "shopify_orders")
    assert row["memo"] == '玄関に\nおいて, "静かに"'
    assert json.loads(row["extra"])["Receipt Number"] == ""


def test_the_first_filled_cell_is_taken(tmp_path: Path) -> None:
    outcome = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, COD))
    assert outcome.cells("phone", "prefecture")[1] == ("'+818012345678", "JP-13")


def test_a_line_does_not_take_the_id_of_the_order_above(tmp_path: Path) -> None:
    alone = SECOND_LINE | {"Name": "#0999"}
    outcome = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, alone, COD, SECOND_LINE))
    assert [order for (order,) in outcome.cells("order_id")] == ["5001234567890", "", "5001234567891", ""]


def test_an_id_is_carried_across_any_number_of_rows(tmp_path: Path) -> None:
    outcome = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, *2_500 * [SECOND_LINE]))
    assert outcome.counts == (2_501, 2_501, 0, 0)
    assert set(outcome.cells("order_id")) == {("5001234567890",)}


def test_an_older_export_with_fewer_columns_in_another_order_reads_alike(tmp_path: Path) -> None:
    older = list(reversed(ORDER_HEADER[: ORDER_HEADER.index("Next Payment Due At") + 1]))
    lines = orders_file(FIRST, SECOND_LINE, header=older)
    now = land_file(tmp_path / "now", "shopify_orders", ORDER_NAME, orders_file(FIRST, SECOND_LINE))
    then = land_file(tmp_path / "then", "shopify_orders", ORDER_NAME, lines)
    mapped = FEEDS["shopify_orders"].columns
    assert now.cells(*mapped) == then.cells(*mapped)


def test_a_row_that_is_cut_is_quarantined_and_the_rest_lands(tmp_path: Path) -> None:
    content = orders_file(FIRST, COD) + b"#1003,short\n" + orders_file(FIRST).split(b"\n", 1)[1]
    outcome = land_file(tmp_path, "shopify_orders", ORDER_NAME, content)
    assert outcome.counts == (4, 3, 1, 0)
    assert outcome.refused[0]["reason"] == "2 cells where the header has 79"


def test_a_file_without_the_column_of_cancellations_is_refused(tmp_path: Path) -> None:
    header = [name for name in ORDER_HEADER if name != "Cancelled at"]
    done = land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, header=header)).done
    [refusal] = done.refused
    assert "Cancelled at" in refusal.message


CSV_STATES = [
    ("paid", "unfulfilled", "Shopify Payments", "", "active"),
    ("paid", "", "Shopify Payments", "", "active"),
    ("paid", "partial", "Shopify Payments", "", "active"),
    ("paid", "fulfilled", "Shopify Payments", "", "fulfilled"),
    ("partially_refunded", "fulfilled", "Shopify Payments", "", "fulfilled"),
    ("partially_paid", "unfulfilled", "Shopify Payments", "", "active"),
    ("paid", "fulfilled", "Shopify Payments", "2026-01-04 10:00:00 +0900", "cancelled"),
    ("voided", "unfulfilled", "Shopify Payments", "", "cancelled"),
    ("refunded", "fulfilled", "Shopify Payments", "", "returned"),
    ("pending", "unfulfilled", "銀行振込", "", "pending"),
    ("pending", "fulfilled", "銀行振込", "", "pending"),
    ("pending", "unfulfilled", "代金引換 (COD)", "", "active"),
    ("pending", "fulfilled", "代引き", "", "fulfilled"),
    ("pending", "unfulfilled", "Cash on Delivery (COD)", "", "active"),
    ("pending", "unfulfilled", "NP後払い", "", "active"),
    ("pending", "unfulfilled", "代金引換", "2026-01-04 10:00:00 +0900", "cancelled"),
    ("authorized", "unfulfilled", "Shopify Payments", "", "pending"),
    ("expired", "unfulfilled", "Shopify Payments", "", "pending"),
    ("from_mars", "unfulfilled", "Shopify Payments", "", "unmapped"),
]


@pytest.mark.parametrize(("paid", "shipped", "method", "cancelled", "expected"), CSV_STATES)
def test_the_state_of_an_order_depends_on_how_it_is_paid(
    paid: str, shipped: str, method: str, cancelled: str, expected: str
) -> None:
    said = {"shipment_status": shipped, "payment_method": method, "cancelled_at": cancelled}
    assert state(FEEDS["shopify_orders"], payment_status=paid, **said) == expected


@pytest.mark.parametrize(("paid", "shipped", "method", "cancelled", "expected"), CSV_STATES)
def test_the_api_s_words_mean_the_same(
    paid: str, shipped: str, method: str, cancelled: str, expected: str
) -> None:
    said = {"shipment_status": shipped.upper(), "payment_method": f'["{method}"]', "cancelled_at": cancelled}
    assert state(FEEDS["shopify_bulk_orders"], payment_status=paid.upper(), **said) == expected


def test_money_is_said() -> None:
    money = {name: FEEDS[name].money for name in ("shopify_orders", "shopify_bulk_orders")}
    assert {(one.price_is, one.tax_is, one.discount_is, one.points_are) for one in money.values() if one} == {
        ("unit", "included", "without_points", "own")
    }
    assert [one.subtotal_is for one in money.values() if one] == ["goods_less_discount", None]
    lines, orders = FEEDS["shopify_connector_order_lines"].money, FEEDS["shopify_connector_orders"].money
    assert lines
    assert (lines.price_is, lines.tax_is) == ("line", "included")
    assert orders
    assert (orders.discount_is, orders.points_are) == ("without_points", "own")


def test_a_customer_s_id_loses_its_apostrophe_and_its_consent_stays_as_printed(tmp_path: Path) -> None:
    cells = {
        "Customer ID": "'7210448301122", "First Name": "花子", "Last Name": "髙﨑", "Email": "h@example.com",
        "Accepts Email Marketing": "yes", "Default Address Zip": "'0600001", "Phone": "",
        "Default Address Phone": "'+819012345678", "Default Address Province Code": "JP-13",
        "Note": "電話は\n夕方", "Tags": "VIP, 店頭",
    }  # fmt: skip
    header = [*CUSTOMER_HEADER, "Accepts WhatsApp Marketing", "セイ (customer.metafields.kana.family)"]
    rows = [header, row_of(header, cells | {header[-1]: "タカサキ"})]
    content = quoted(rows, encoding="utf-8", line_end="\n", quoting=csv.QUOTE_MINIMAL, delimiter=",")
    outcome = land_file(tmp_path, "shopify_customers", "customers_export_20260105060000.csv", content)
    [row] = outcome.rows
    assert outcome.cells("member_id", "accepts_mail", "phone") == [("7210448301122", "yes", "'+819012345678")]
    assert (row["family_name"], row["given_name"], row["postcode"]) == ("髙﨑", "花子", "'0600001")
    assert json.loads(row["extra"])[header[-1]] == "タカサキ"


def money(amount: str) -> dict[str, object]:
    return {"shopMoney": {"amount": amount, "currencyCode": "JPY"}}


ORDER = {
    "id": "gid://shopify/Order/5001234567890", "name": "#1001", "email": "h@example.com", "phone": None,
    "processedAt": "2026-01-04T14:59:58Z", "createdAt": "2026-01-05T00:00:00Z", "cancelledAt": None,
    "updatedAt": "2026-01-04T15:30:00Z", "displayFinancialStatus": "PARTIALLY_REFUNDED",
    "displayFulfillmentStatus": "FULFILLED", "currencyCode": "JPY", "taxesIncluded": True, "test": False,
    "customer": {"id": "gid://shopify/Customer/7210448301122"}, "paymentGatewayNames": ["代金引換 (COD)"],
    "customerAcceptsMarketing": True, "sourceName": "web", "tags": ["VIP", "定期"], "note": None,
    "subtotalPriceSet": money("3000.0"), "totalDiscountsSet": money("0.0"), "totalPriceSet": money("3550.0"),
    "totalShippingPriceSet": money("550.0"), "totalRefundedSet": money("1000.0"),
    "billingAddress": {"name": "髙﨑 花子", "lastName": "髙﨑", "firstName": "花子", "zip": "060-0001",
                       "phone": "090-1234-5678", "province": "東京都", "provinceCode": "JP-13"},
    "refunds": [{"id": "gid://shopify/Refund/1", "createdAt": "2026-01-04T15:20:00Z"}],
    "transactions": [
        {"id": "gid://shopify/OrderTransaction/1", "kind": "SALE", "status": "FAILURE",
         "processedAt": "2026-01-04T14:59:59Z", "amountSet": money("3550.0")},
        {"id": "gid://shopify/OrderTransaction/2", "kind": "SALE", "status": "SUCCESS",
         "processedAt": "2026-01-04T15:00:01Z", "amountSet": money("3550.0")},
        {"id": "gid://shopify/OrderTransaction/3", "kind": "REFUND", "status": "SUCCESS",
         "processedAt": "2026-01-04T15:20:00Z", "amountSet": money("1000.0")},
        {"id": "gid://shopify/OrderTransaction/4", "kind": "REFUND", "status": "FAILURE",
         "processedAt": "2026-01-04T15:21:00Z", "amountSet": money("9.0")},
    ],
}  # fmt: skip
LINE = {
    "id": "gid://shopify/LineItem/11", "title": "緑茶", "variantTitle": "100g", "sku": "TEA-100",
    "quantity": 3,
    "currentQuantity": 2, "originalUnitPriceSet": money("1000.0"),
    "product": {"id": "gid://shopify/Product/21"}, "variant": {"id": "gid://shopify/ProductVariant/31"},
    "taxLines": [{"rate": 0.08, "title": "Japan Tax"}], "__parentId": "gid://shopify/Order/5001234567890",
}  # fmt: skip


def test_a_bulk_order_and_its_lines_share_the_csv_s_key(tmp_path: Path) -> None:
    other = ORDER | {"id": "gid://shopify/Order/2", "name": "#1002", "customer": None, "transactions": []}
    outcome = land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER, other, LINE))
    assert outcome.counts == (3, 3, 0, 0)
    assert outcome.cells("order_id", "line_id", "product_id", "variant_id", "ordered_at", "quantity") == [
        ("5001234567890", "", "", "", "2026-01-04T14:59:58Z", ""),
        ("2", "", "", "", "2026-01-04T14:59:58Z", ""),
        ("5001234567890", "11", "21", "31", "", "3"),
    ]
    assert outcome.cells("price", "tax_rate", "product_code", "option1", "current_quantity")[2] == (
        "1000.0", "0.08", "TEA-100", "100g", "2",
    )  # fmt: skip
    assert [member for (member,) in outcome.cells("member_id")] == ["7210448301122", "", ""]


def test_bulk_refunds_are_dated_one_by_one(tmp_path: Path) -> None:
    rows = jsonl(ORDER, ORDER | {"id": "gid://shopify/Order/2", "transactions": []}, LINE)
    paid, other, line = land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, rows).rows
    assert json.loads(paid["refunds"]) == [
        {
            "id": "gid://shopify/OrderTransaction/3",
            "refunded_at": "2026-01-04T15:20:00Z",
            "amount": "1000.0",
        }
    ]
    assert paid["paid_at"] == "2026-01-04T15:00:01Z"
    assert not other["refunds"]
    assert not line["refunds"]


def test_bulk_cells_read_as_the_api_prints_them(tmp_path: Path) -> None:
    [row] = land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER)).rows
    assert (row["test"], row["taxes_included"], row["cancelled_at"]) == ("false", "true", "")
    assert (row["total"], row["postage"], row["currency"]) == ("3550.0", "550.0", "JPY")
    assert json.loads(row["payment_method"]) == ["代金引換 (COD)"]
    assert json.loads(row["tags"]) == ["VIP", "定期"]
    assert (row["family_name"], row["phone"], row["prefecture"]) == ("髙﨑", "090-1234-5678", "東京都")
    assert "Refund/1" in row["extra"]


def test_a_bulk_line_that_is_no_json_is_quarantined(tmp_path: Path) -> None:
    outcome = land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER) + b"{oops\n" + jsonl(LINE))
    assert outcome.counts == (3, 2, 1, 0)
    assert [order for (order,) in outcome.cells("order_id")] == ["5001234567890", "5001234567890"]


def test_bulk_customers_bring_their_consent(tmp_path: Path) -> None:
    newer = {
        "id": "gid://shopify/Customer/7210448301122", "firstName": "花子", "lastName": "髙﨑",
        "createdAt": "2025-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "state": "ENABLED",
        "defaultEmailAddress": {"emailAddress": "h@example.com", "marketingState": "SUBSCRIBED",
                                "marketingOptInLevel": "CONFIRMED_OPT_IN",
                                "marketingUpdatedAt": "2025-06-01T00:00:00Z"},
        "defaultAddress": {"zip": "060-0001", "province": "北海道"}, "tags": [],
    }  # fmt: skip
    older = {
        "id": "gid://shopify/Customer/8", "email": "old@example.com", "createdAt": "2020-01-01T00:00:00Z",
        "emailMarketingConsent": {"marketingState": "REDACTED", "consentUpdatedAt": None},
    }  # fmt: skip
    without = {
        "id": "gid://shopify/Customer/9",
        "defaultEmailAddress": None,
        "createdAt": "2020-01-01T00:00:00Z",
    }
    name = "bulk_customers_20260105060000.jsonl"
    outcome = land_file(tmp_path, "shopify_bulk_customers", name, jsonl(newer, older, without))
    assert outcome.cells("member_id", "mail", "accepts_mail", "accepts_mail_at", "opt_in_level") == [
        ("7210448301122", "h@example.com", "SUBSCRIBED", "2025-06-01T00:00:00Z", "CONFIRMED_OPT_IN"),
        ("8", "old@example.com", "REDACTED", "", ""),
        ("9", "", "", "", ""),
    ]


def test_a_connector_s_tables_share_the_csv_s_keys(tmp_path: Path) -> None:
    order = (
        "id,name,customer_id,display_financial_status,display_fulfillment_status,cancelled_at,processed_at,"
        "created_at,total_price_set_shop_amount,total_price_set_shop_currency_code,test,_fivetran_deleted\n"
        "5001234567890,#1001,7210448301122,PAID,FULFILLED,,2026-01-04 14:59:58,2026-01-05 00:00:00,3550.00,"
        "JPY,FALSE,FALSE\n"
    )
    line = (
        "id,order_id,original_total_set_shop_amount,original_total_set_shop_currency_code,quantity,sku\n"
        "11,5001234567890,3000.00,JPY,3,TEA-100\n"
    )
    refund = (
        "id,order_id,created_at,total_refunded_set_shop_amount\n1,5001234567890,2026-01-04 15:20:00,1000.00\n"
    )
    orders = land_file(
        tmp_path, "shopify_connector_orders", "shopify_gql_order_data_20260105060000.csv", order.encode()
    )
    assert orders.cells("order_id", "member_id", "ordered_at", "total", "test") == [
        ("5001234567890", "7210448301122", "2026-01-04 14:59:58", "3550.00", "FALSE")
    ]
    lines = land_file(
        tmp_path,
        "shopify_connector_order_lines",
        "shopify_gql_order_line_data_20260105060000.csv",
        line.encode(),
    )
    assert lines.cells("order_id", "line_id", "price", "quantity") == [
        ("5001234567890", "11", "3000.00", "3")
    ]
    refunds = land_file(
        tmp_path, "shopify_connector_refunds", "shopify_gql_refund_data_20260105060000.csv", refund.encode()
    )
    assert refunds.cells("order_id", "refunded_at", "amount") == [
        ("5001234567890", "2026-01-04 15:20:00", "1000.00")
    ]


def test_the_door_finds_nothing_in_a_sound_export(tmp_path: Path) -> None:
    alone = COD | {"Subtotal": "1700", "Total": "2250"}
    land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, SECOND_LINE, alone))
    found = at_the_door(tmp_path, "shopify_orders")
    assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


def test_the_door_warns_where_a_subtotal_is_not_the_lines_less_the_discount(tmp_path: Path) -> None:
    land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(FIRST, SECOND_LINE, COD))
    found = at_the_door(tmp_path, "shopify_orders")
    assert (list(found.broken.values()), found.is_let_in, found.quarantined) == (["warn"], True, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"Currency": "USD"},
        {"Lineitem price": "1000.5"},
        {"Lineitem quantity": "1 000"},
        {"Created at": "2036-01-01 00:00:00 +0900"},
        {"Created at": "1900-01-01 00:00:00 +0900"},
        {"Total": "-1"},
        {"Discount Amount": "¥300"},
    ],
)
def test_the_door_takes_out_the_whole_order_and_no_other(tmp_path: Path, said: dict[str, str]) -> None:
    content = orders_file(FIRST | said, SECOND_LINE, COD)
    land_file(tmp_path, "shopify_orders", ORDER_NAME, content)
    found = at_the_door(tmp_path, "shopify_orders")
    assert "quarantine" in found.broken.values()
    assert (found.is_let_in, found.quarantined) == (True, 2)


def test_the_door_finds_nothing_in_a_sound_bulk_result(tmp_path: Path) -> None:
    land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER, LINE))
    found = at_the_door(tmp_path, "shopify_bulk_orders")
    assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


def test_the_door_takes_out_a_bulk_order_with_its_lines(tmp_path: Path) -> None:
    other = ORDER | {"id": "gid://shopify/Order/2", "taxesIncluded": False}
    lines = [LINE, LINE | {"id": "gid://shopify/LineItem/12", "__parentId": "gid://shopify/Order/2"}]
    land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER, other, *lines))
    found = at_the_door(tmp_path, "shopify_bulk_orders")
    assert found.broken == {"taxes_included is known": "quarantine"}
    assert (found.is_let_in, found.quarantined) == (True, 2)


def test_the_door_refuses_a_bulk_result_that_says_a_line_twice(tmp_path: Path) -> None:
    land_file(tmp_path, "shopify_bulk_orders", BULK_NAME, jsonl(ORDER, LINE, LINE))
    found = at_the_door(tmp_path, "shopify_bulk_orders")
    assert found.broken == {"order_id, line_id is unique within a file": "refuse"}
    assert not found.is_let_in


def test_an_id_that_excel_has_shortened_takes_its_orders_out(tmp_path: Path) -> None:
    shortened = [FIRST | {"Id": "5.12E+12", "Name": name} for name in ("#1001", "#1002")]
    land_file(tmp_path, "shopify_orders", ORDER_NAME, orders_file(*shortened, FIRST | {"Name": "#1003"}))
    found = at_the_door(tmp_path, "shopify_orders")
    assert (found.is_let_in, found.quarantined) == (True, 2)


@pytest.mark.parametrize(
    ("deleted", "expected"), [("TRUE", "cancelled"), ("FALSE", "active"), ("", "active")]
)
def test_an_order_deleted_in_the_shop_is_no_sale(deleted: str, expected: str) -> None:
    assert state(FEEDS["shopify_connector_orders"], status=deleted, payment_status="PAID") == expected
