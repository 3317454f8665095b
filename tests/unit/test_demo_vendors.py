"""What each vendor's file says, read back from its bytes."""

import csv
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from demo_shop import FIRST_NIGHT, Row, night, simulated, table, text

from orchestration.demo.rakuten.header import NAMES as RAKUTEN
from orchestration.demo.shopify.header import CUSTOMER_NAMES, ORDER_NAMES
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.channels import Channel
from orchestration.demo.yahoo.header import ITEM_NAMES
from orchestration.demo.yahoo.header import ORDER_NAMES as YAHOO

Files = dict[str, list[Written]]
Orders = dict[str, list[Row]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    home = tmp_path_factory.mktemp("all")
    return night(home, simulated(customers=1500), FIRST_NIGHT)


def by_order(rows: list[Row], key: str) -> Orders:
    orders: Orders = defaultdict(list)
    for row in rows:
        orders[row[key]].append(row)
    return orders


def goods(lines: list[Row], price: str, quantity: str) -> int:
    return sum(int(row[price]) * int(row[quantity]) for row in lines)


@pytest.fixture(scope="module")
def rakuten(files: Files) -> Orders:
    rows = [row for file in files["rakuten_orders"] for row in table(text(file, "cp932"))]
    return by_order(rows, "注文番号")


@pytest.fixture(scope="module")
def shopify(files: Files) -> Orders:
    return by_order(table(text(files["shopify_orders"][0], "utf-8")), "Name")


@pytest.fixture(scope="module")
def amazon(files: Files) -> Orders:
    content = text(files["amazon_orders"][0], "cp932")
    return by_order(table(content, delimiter="\t", quoting=csv.QUOTE_NONE), "amazon-order-id")


def test_every_file_has_its_marker_and_its_rows_are_counted(files: Files) -> None:
    for parts in files.values():
        for file in parts:
            assert file.path.with_name(f"{file.path.name}.done").read_bytes() == b""
            assert file.path.parent.name == file.feed
    names = sorted(path.name for path in files["eccube_orders"][0].path.parent.iterdir())
    assert names == ["order_20261121030000.csv", "order_20261121030000.csv.done"]
    assert {"rakuten_orders", "amazon_orders", "yahoo_items", "shopify_customers", "stops"} < files.keys()


def test_rakuten_quotes_every_field_and_ends_rows_with_crlf(files: Files, rakuten: Orders) -> None:
    content = text(files["rakuten_orders"][0], "cp932")
    assert content.startswith('"' + '","'.join(RAKUTEN) + '"\r\n')
    assert (content.count("\r\n"), len(RAKUTEN)) == (1 + files["rakuten_orders"][0].rows, 158)
    assert re.fullmatch(r'(?:"(?:[^"]|"")*"(?:,|\r\n))+', content)
    assert any("\n" in row["項目・選択肢"] for rows in rakuten.values() for row in rows)
    assert any("\n" in row["コメント"] for rows in rakuten.values() for row in rows)


def test_rakuten_sums_follow_from_the_items_and_what_is_not_fixed_is_minus_9999(rakuten: Orders) -> None:
    for rows in rakuten.values():
        head = rows[0]
        assert int(head["商品合計金額"]) == goods(rows, "単価", "個数")
        coupons = int(head["店舗発行クーポン利用額"]) + int(head["楽天発行クーポン利用額"])
        assert int(head["クーポン利用総額"]) == coupons
        if head["ステータス"] == "100":
            assert {head[name] for name in ("送料合計", "請求金額", "合計金額")} == {"-9999"}
        else:
            total = int(head["商品合計金額"]) + int(head["送料合計"])
            due = total + int(head["代引料合計"]) - coupons - int(head["ポイント利用額"])
            assert (int(head["合計金額"]), int(head["請求金額"])) == (total, due)
    states = {rows[0]["ステータス"] for rows in rakuten.values()}
    assert {"500", "700", "900"} <= states <= {"100", "300", "500", "700", "800", "900"}


def test_rakuten_masks_every_mail_address_and_most_buyers_keep_their_mask(rakuten: Orders) -> None:
    masks = {rows[0]["注文者メールアドレス"] for rows in rakuten.values()}
    assert all(re.fullmatch(r"[0-9a-f]{12}@pc\.fw\.rakuten\.ne\.jp", mask) for mask in masks)
    assert len(masks) < len(rakuten)


def test_rakuten_splits_an_export_but_never_an_order(tmp_path: Path) -> None:
    files = night(tmp_path, simulated(customers=5_000, channels=frozenset({Channel.RAKUTEN})), FIRST_NIGHT)
    parts = [by_order(table(text(file, "cp932")), "注文番号") for file in files["rakuten_orders"]]
    assert len(parts) > 1
    assert all(file.rows <= 5_000 for file in files["rakuten_orders"])
    assert sum(map(len, parts)) == len({number for part in parts for number in part})


def test_shopify_prints_an_orders_cells_on_its_first_row_alone(files: Files, shopify: Orders) -> None:
    content = text(files["shopify_orders"][0], "utf-8")
    assert content.splitlines()[0].split(",") == ORDER_NAMES
    assert len(ORDER_NAMES) == 79
    seen = list(dict.fromkeys(row["Name"] for row in table(content)))
    assert seen == list(shopify)
    for first, *rest in shopify.values():
        assert all(first[name] for name in ("Id", "Financial Status", "Total", "Billing Name"))
        assert all(not row["Id"] and not row["Total"] and not row["Billing Name"] for row in rest)
        assert first["Created at"].endswith(" +0900")


def test_shopify_sums_follow_from_the_lines(shopify: Orders) -> None:
    for rows in shopify.values():
        head = rows[0]
        subtotal = goods(rows, "Lineitem price", "Lineitem quantity") - int(head["Discount Amount"])
        assert int(head["Subtotal"]) == subtotal
        assert int(head["Total"]) == subtotal + int(head["Shipping"])
        assert int(head["Taxes"]) == sum(int(head[f"Tax {n} Value"] or 0) for n in (1, 2))
    states = {rows[0]["Financial Status"] for rows in shopify.values()}
    assert {"paid", "partially_refunded", "refunded"} <= states
    partly = [rows[0] for rows in shopify.values() if rows[0]["Financial Status"] == "partially_refunded"]
    assert all(0 < int(row["Refunded Amount"]) < int(row["Total"]) for row in partly)


def test_shopify_customers_carry_a_leading_quote_and_own_addresses(files: Files, shopify: Orders) -> None:
    customers = table(text(files["shopify_customers"][0], "utf-8"))
    assert list(customers[0]) == CUSTOMER_NAMES
    assert all(re.fullmatch(r"'7\d{12}", row["Customer ID"]) for row in customers)
    assert len({row["Customer ID"] for row in customers}) == len(customers)
    buyers = {rows[0]["Email"] for rows in shopify.values()}
    assert {row["Email"] for row in customers} == buyers
    assert all(mail.endswith("@example.com") for mail in buyers)
    assert {row["Accepts Email Marketing"] for row in customers} == {"yes", "no"}


def test_amazon_names_nobody_and_tells_the_time_of_greenwich(files: Files, amazon: Orders) -> None:
    content = text(files["amazon_orders"][0], "cp932")
    assert "@" not in content
    assert "0900" not in re.sub(r"[\d-]{19}", "", content)
    for rows in amazon.values():
        at = datetime.fromisoformat(rows[0]["purchase-date"])
        assert at.utcoffset() == timedelta(0)
        assert at.date() < FIRST_NIGHT
    hours = {datetime.fromisoformat(rows[0]["purchase-date"]).hour for rows in amazon.values()}
    assert {22, 23, 0, 13} < hours  # days in Japan begin at 15:00
    assert 15 not in hours


def test_amazon_prices_lines_and_leaves_cancelled_ones_without(amazon: Orders) -> None:
    cancelled = [rows for rows in amazon.values() if rows[0]["order-status"] == "Cancelled"]
    assert cancelled
    assert {row["item-price"] + row["quantity"] for rows in cancelled for row in rows} == {"0"}
    shipped = [rows for rows in amazon.values() if rows[0]["order-status"] == "Shipped"]
    assert all(row["item-price"].isdigit() for rows in shipped for row in rows)
    assert any(row["item-status"] == "Cancelled" and row["quantity"] == "0" for x in shipped for row in x)


def test_yahoos_two_files_belong_together(files: Files) -> None:
    orders = table(text(files["yahoo_orders"][0], "cp932"))
    items = table(text(files["yahoo_items"][0], "cp932"))
    assert (list(orders[0]), list(items[0])) == (YAHOO, ITEM_NAMES)
    lines = by_order(items, "OrderId")
    assert {row["OrderId"] for row in orders} == lines.keys()
    for row in orders:
        own = lines[row["OrderId"]]
        total = goods(own, "UnitPrice", "Quantity") + int(row["ShipCharge"]) + int(row["PayCharge"])
        assert int(row["TotalPrice"]) == total - int(row["Discount"]) - int(row["UsePoint"])
        assert len({line["LineId"] for line in own}) == len(own)
        assert row["BillMailAddress"].endswith("@example.com")
    assert {"4", "5"} <= {row["OrderStatus"] for row in orders} <= {"2", "4", "5"}


def test_somebodys_letters_are_those_that_only_cp932_holds(files: Files) -> None:
    everything = "".join(
        text(part, "cp932") for name in ("rakuten_orders", "yahoo_orders") for part in files[name]
    )
    for sign in "髙﨑－":
        assert sign in everything
    assert "🎵" not in everything


def test_no_order_is_of_the_exports_own_day(shopify: Orders) -> None:
    days = {rows[0]["Created at"][:10] for rows in shopify.values()}
    assert max(days) < FIRST_NIGHT.isoformat()
    assert date.fromisoformat(min(days)) > date(2025, 9, 1)


def test_free_things_lie_in_parcels_as_lines_of_no_yen(rakuten: Orders, shopify: Orders) -> None:
    free = [row for rows in rakuten.values() for row in rows if row["単価"] == "0"]
    assert any("ノベルティ" in row["商品名"] for row in free)
    assert any(row["Lineitem price"] == "0" for rows in shopify.values() for row in rows)
