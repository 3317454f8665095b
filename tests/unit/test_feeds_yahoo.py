"""Yahoo!'s two files, byte for byte, become orders and lines of one shop."""

import csv
import json
from pathlib import Path

import pytest
from feed_files import FEEDS, state
from vendor_files import at_the_door, land_file, quoted, row_of

ORDER_HEADER_NAMES = (
    "OrderId,ParentOrderId,DeviceType,IsAffiliate,FspLicenseCode,FspLicenseName,OrderTime,OrderTimeUnixEpoch,"
    "UsePointType,OrderStatus,StoreStatus,Referer,EntryPoint,Clink,SuspectMessage,IsItemCoupon,"
    "IsShippingCoupon,ShipName,ShipFirstName,ShipLastName,ShipAddress1,ShipAddress2,ShipCity,ShipPrefecture,"
    "ShipZipCode,ShipNameKana,ShipFirstNameKana,ShipLastNameKana,ShipAddress1Kana,ShipAddress2Kana,"
    "ShipCityKana,ShipPrefectureKana,ShipSection1Field,ShipSection1Value,ShipSection2Field,"
    "ShipSection2Value,ShipPhoneNumber,ShipEmgPhoneNumber,ShipMethod,ShipMethodName,ShipRequestDate,"
    "ShipRequestTime,ShipNotes,ArriveType,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipUrl,ShipDate,"
    "GiftWrapType,GiftWrapPaperType,GiftWrapName,NeedBillSlip,NeedDetailedSlip,NeedReceipt,Option1Field,"
    "Option1Value,Option2Field,Option2Value,GiftWrapMessage,BillName,BillFirstName,BillLastName,"
    "BillAddress1,BillAddress2,BillCity,BillPrefecture,BillZipCode,BillNameKana,BillFirstNameKana,"
    "BillLastNameKana,BillAddress1Kana,BillAddress2Kana,BillCityKana,BillPrefectureKana,BillSection1Field,"
    "BillSection1Value,BillSection2Field,BillSection2Value,BillPhoneNumber,BillEmgPhoneNumber,"
    "BillMailAddress,PayMethod,PayMethodName,PayKind,CardPayCount,CardPayType,SettleStatus,SettleId,PayNo,"
    "PayNoIssueDate,PayDate,BuyerComments,AgeConfirm,QuantityDetail,ShipCharge,PayCharge,GiftWrapCharge,"
    "Discount,UsePoint,GetPoint,Total,TotalPrice,ShippingCouponDiscount,ItemCouponDiscount,"
    "TotalMallCouponDiscount,Id"
)
ORDER_HEADER = ORDER_HEADER_NAMES.split(",")
ITEM_HEADER_NAMES = (
    "OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,SubCodeOption,"
    "InscriptionName,InscriptionValue,UnitPrice,UnitGetPoint,LineSubTotal,LineGetPoint,PointFspCode,"
    "Condition,CouponId,CouponDiscount,OriginalPrice,IsGetPointFix,GetPointFixDate,ReleaseDate,"
    "GetPointType,Jan,ProductId,Id"
)
ITEM_HEADER = ITEM_HEADER_NAMES.split(",")
ORDER = {
    "OrderId": "store01-10288658", "OrderTime": "2026/01/04 23:59", "OrderStatus": "5",
    "BillName": "髙﨑 花子", "BillLastName": "髙﨑", "BillFirstName": "花子",
    "BillNameKana": "タカサキ ハナコ",
    "BillLastNameKana": "タカサキ", "BillFirstNameKana": "ハナコ", "BillPrefecture": "北海道",
    "BillCity": "札幌市中央区", "BillAddress1": "北一条西１－２", "BillZipCode": "0600001",
    "BillPhoneNumber": "09012345678", "BillMailAddress": "hanako@example.com", "PayMethod": "payment_d1",
    "PayMethodName": "商品代引", "ShipCharge": "550", "PayCharge": "330", "Discount": "200",
    "UsePoint": "100",
    "TotalPrice": "3780", "TotalMallCouponDiscount": "300", "ShipDate": "2026/01/05", "ShipName": "髙﨑 太郎",
    "ShipPrefecture": "東京都", "ShipZipCode": "1500002", "BuyerComments": '表、\n"静かに"',
    "EntryPoint": "search",
}  # fmt: skip
ITEM = {
    "OrderId": "store01-10288658", "LineId": "1", "Quantity": "3", "ItemId": "tea", "SubCode": "tea-100",
    "Title": "㈱常連の緑茶～ソ", "SubCodeOption": "容量:100g", "UnitPrice": "1100", "LineSubTotal": "3300",
    "CouponDiscount": "50", "OriginalPrice": "1150", "Jan": "4900000000000",
}  # fmt: skip
ORDER_NAME, ITEM_NAME = "order_20260105060000.csv", "item_20260105060000.csv"


def yahoo(header: list[str], *rows: dict[str, str]) -> bytes:
    """What ストアクリエイターPro writes: cp932, CRLF."""
    said = [row_of(header, {key: row[key] for key in row if key in header}) for row in rows]
    return quoted([header, *said], encoding="cp932", line_end="\r\n", quoting=csv.QUOTE_ALL, delimiter=",")


def test_an_order_lands_with_the_buyer_and_the_money(tmp_path: Path) -> None:
    assert (len(ORDER_HEADER), len(ITEM_HEADER)) == (106, 27)
    outcome = land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(ORDER_HEADER, ORDER))
    [row] = outcome.rows
    assert (outcome.counts, outcome.done.parsed[0].encoding) == ((1, 1, 0, 0), "cp932")
    assert (row["order_id"], row["status"], row["ordered_at"]) == (
        "store01-10288658",
        "5",
        "2026/01/04 23:59",
    )
    assert (row["family_name"], row["full_kana"], row["mail"]) == (
        "髙﨑",
        "タカサキ ハナコ",
        "hanako@example.com",
    )
    assert (row["postcode"], row["phone"], row["prefecture"]) == ("0600001", "09012345678", "北海道")
    assert (row["discount"], row["platform_discount"], row["points_used"]) == ("200", "300", "100")
    assert (row["postage"], row["fee"], row["total"]) == ("550", "330", "3780")
    assert (row["payment_method"], row["shipped_at"]) == ("商品代引", "2026/01/05")
    assert json.loads(row["extra"])["BuyerComments"] == '表、\n"静かに"'


def test_lines_are_told_apart_across_orders(tmp_path: Path) -> None:
    other = ITEM | {"OrderId": "store01-10288659", "SubCode": ""}
    outcome = land_file(
        tmp_path, "yahoo_items", ITEM_NAME, yahoo(ITEM_HEADER, ITEM, ITEM | {"LineId": "2"}, other)
    )
    assert outcome.counts == (3, 3, 0, 0)
    assert outcome.cells("order_id", "line_id", "product_code", "price", "quantity") == [
        ("store01-10288658", "store01-10288658:1", "tea-100", "1100", "3"),
        ("store01-10288658", "store01-10288658:2", "tea-100", "1100", "3"),
        ("store01-10288659", "store01-10288659:1", "tea", "1100", "3"),
    ]
    assert outcome.rows[0]["product_name"] == "㈱常連の緑茶～ソ"


def test_both_files_name_the_same_order(tmp_path: Path) -> None:
    orders = land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(ORDER_HEADER, ORDER))
    items = land_file(tmp_path, "yahoo_items", ITEM_NAME, yahoo(ITEM_HEADER, ITEM))
    assert orders.cells("shop_id", "brand_id", "order_id") == items.cells("shop_id", "brand_id", "order_id")
    assert [FEEDS[name].tells for name in ("yahoo_orders", "yahoo_items")] == [("orders",), ("lines",)]


def test_a_shop_s_own_template_in_another_order_reads_alike(tmp_path: Path) -> None:
    chosen = ["TotalPrice", "BillMailAddress", "OrderStatus", "OrderTime", "OrderId"]
    [row] = land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(chosen, ORDER)).rows
    assert (row["order_id"], row["total"], row["mail"]) == ("store01-10288658", "3780", "hanako@example.com")
    assert row["family_name"] is None
    [item] = land_file(
        tmp_path, "yahoo_items", ITEM_NAME, yahoo(["UnitPrice", "LineId", "Quantity", "OrderId"], ITEM)
    ).rows
    assert (item["line_id"], item["price"]) == ("store01-10288658:1", "1100")


def test_a_file_in_the_other_s_inbox_is_refused(tmp_path: Path) -> None:
    [items] = land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(ITEM_HEADER, ITEM)).done.refused
    assert "OrderStatus" in items.message
    [orders] = land_file(tmp_path, "yahoo_items", ITEM_NAME, yahoo(ORDER_HEADER, ORDER)).done.refused
    assert "UnitPrice" in orders.message


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1", "pending"), ("予約中", "pending"), ("2", "active"), ("処理中", "active"), ("3", "pending"),
        ("保留", "pending"), ("4", "cancelled"), ("キャンセル", "cancelled"), ("5", "fulfilled"),
        ("完了", "fulfilled"), ("6", "unmapped"), ("", "unmapped"),
    ],
)  # fmt: skip
def test_a_status_is_known_as_code_and_as_name(printed: str, expected: str) -> None:
    assert state(FEEDS["yahoo_orders"], status=printed, payment_method="商品代引") == expected


def test_whose_customers_and_whose_money_it_is_is_said() -> None:
    orders, items = FEEDS["yahoo_orders"], FEEDS["yahoo_items"]
    assert (orders.channel, items.channel, orders.persons) == ("mall", "mall", "named")
    assert orders.money
    assert (orders.money.discount_is, orders.money.points_are, orders.money.subtotal_is) == (
        "without_points", "mall", None,
    )  # fmt: skip
    assert items.money
    assert (items.money.price_is, items.money.tax_is) == ("unit", "included")
    assert items.statuses == ()


def test_the_door_finds_nothing_in_sound_files(tmp_path: Path) -> None:
    land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(ORDER_HEADER, ORDER))
    land_file(tmp_path, "yahoo_items", ITEM_NAME, yahoo(ITEM_HEADER, ITEM, ITEM | {"LineId": "2"}))
    for feed in ("yahoo_orders", "yahoo_items"):
        found = at_the_door(tmp_path, feed)
        assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


@pytest.mark.parametrize(
    "said",
    [{"OrderTime": "2036/01/01 00:00"}, {"OrderStatus": ""}, {"TotalPrice": "3,780"}, {"UsePoint": "-1"}],
)
def test_the_door_takes_out_a_bad_order(tmp_path: Path, said: dict[str, str]) -> None:
    other = ORDER | {"OrderId": "store01-10288659"}
    land_file(tmp_path, "yahoo_orders", ORDER_NAME, yahoo(ORDER_HEADER, ORDER | said, other))
    found = at_the_door(tmp_path, "yahoo_orders")
    assert (list(found.broken.values()), found.is_let_in, found.quarantined) == (["quarantine"], True, 1)


def test_the_door_takes_out_all_lines_of_an_order_with_a_bad_one(tmp_path: Path) -> None:
    bad = ITEM | {"LineId": "2", "UnitPrice": "1100円"}
    other = ITEM | {"OrderId": "store01-10288659"}
    land_file(tmp_path, "yahoo_items", ITEM_NAME, yahoo(ITEM_HEADER, ITEM, bad, other))
    found = at_the_door(tmp_path, "yahoo_items")
    assert (found.is_let_in, found.quarantined) == (True, 2)
