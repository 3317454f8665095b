"""EC-CUBE 4: the four CSVs in the vendor's bytes, Japanese and English, 4.0 to 4.3, with plugins."""

import random
from pathlib import Path

import pytest
from feed_files import FEEDS, STAMP, csv_bytes, dropped, names, read, state

BUYER = names(
    "お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,都道府県(ID),都道府県(名称),住所1,"
    "住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),職業(名称),誕生日"
)
ORDER = [
    "注文ID", "注文番号", "会員ID", *BUYER, "ショップ用メモ欄", "小計", "値引き", "送料", "税金", "合計",
    "支払合計", "対応状況(ID)", "対応状況(名称)", "支払方法(ID)", "支払方法(名称)", "受注日", "入金日",
    "注文詳細ID", "商品ID", "商品規格ID", "商品名", "商品コード", "規格名1", "規格名2", "規格分類名1",
    "規格分類名2", "価格", "個数", "税率", "税率ルール(ID)", "明細区分(ID)", "明細区分(名称)", "出荷ID",
    "配送先_お名前(姓)", "配送先_お名前(名)", "配送先_お名前(セイ)", "配送先_お名前(メイ)", "配送先_会社名",
    "配送先_郵便番号", "配送先_都道府県(ID)", "配送先_都道府県(名称)", "配送先_住所1", "配送先_住所2",
    "配送先_TEL", "配送業者(ID)", "配送業者(名称)", "お届け時間ID", "お届け時間(名称)", "お届け希望日",
    "送料", "発送日", "出荷伝票番号", "配達用メモ", "出荷メール送信日",
]  # fmt: skip
SECOND_POSTAGE = 65
MEMBER = [
    "会員ID", *BUYER, "初回購入日", "最終購入日", "購入回数", "ショップ用メモ欄", "会員ステータス(ID)",
    "会員ステータス(名称)", "登録日", "更新日", "ポイント",
]  # fmt: skip
PRODUCT = names(
    "商品ID,公開ステータス(ID),公開ステータス(名称),商品名,ショップ用メモ欄,商品説明(一覧),商品説明(詳細),"
    "検索ワード,フリーエリア,商品規格ID,販売種別(ID),販売種別(名称),規格分類1(ID),規格分類1(名称),"
    "規格分類2(ID),規格分類2(名称),発送日目安(ID),発送日目安(名称),商品コード,在庫数,在庫数無制限フラグ,"
    "販売制限数,通常価格,販売価格,商品画像,商品カテゴリ(ID),商品カテゴリ(名称),タグ(ID),タグ(名称)"
)
BUYER_EN = names(
    "Your Name (Last),Your Name (First),Your Name (Last / Phonetic),Your Name (First / Phonetic),"
    "Company Name,Postal Code,Prefecture (ID),Prefecture (Name),Address 1,Address 2,Email,Phone,"
    "Gender (ID),Gender (Name),Occupation (ID),Occupation (Name),Date of Birth"
)
RECEIVER_EN = names(
    "Recipient Name (First),Recipient Name (Last),Recipient Name (First / Phonetic),"
    "Recipient Name (Last / Phonetic),Recipient Company Name,Recipient Postal Code,"
    "Recipient Prefecture (ID),Recipient Prefecture (Name),Recipient Address 1,Recipient Address 2,"
    "Recipient Phone,Delivery Company (ID),Delivery Company (Name)"
)
MONEY_EN = names(
    "Store Staff Notes,Subtotal,Discount,Shipping Charge,Tax,Total,Amount Due,Order Status (ID),"
    "Order Status (Name),Payment Method (ID),Payment Method (Name),Order Date,Payment Date,Order Detail ID,"
    "Product ID,Option Group ID,Product Name,Product Code"
)
END_EN = ["Preferred Delivery Date", "Shipping Charge", "Shipping Date", "Tracking No. ", "Delivery Notes"]
ORDER_EN = [
    "Order ID", "Order No.", "Customer ID", *BUYER_EN, *MONEY_EN, "Option 1", "Option 2", "Option Group 1",
    "Option Group 2", "Price", "Qty", "Tax", "Tax Rate Rule (ID)", "Item Type (ID)", "Item Type (Name)",
    "Delivery ID", *RECEIVER_EN, "Delivery Time ID", "Delivery Time (Name)", *END_EN,
    "Shipping notice sent on",
]  # fmt: skip
SHIPPING_EN = [
    "Order ID", "Order No.", "Member ID", *BUYER_EN, *MONEY_EN, "Option Name 1", "Oprion Name 2",
    "Option Group Name 1", "Option Group Name 2", "Price", "Qty", "Tax Rate", "Tax Rate Rule (ID)",
    "Item Type (ID)", "Item Type (Name)", "Delivery ID", *RECEIVER_EN, "Delivery Time (ID)",
    "Delivery Time (Name)", *END_EN, "Shipping notice sent on",
]  # fmt: skip
MEMBER_EN = [
    "Customer ID", *BUYER_EN, "First purchased on", "Last purchased on", "No. of purchase",
    "Store Staff Notes", "Customer Status (ID)", "Customer Status (Name)", "Registered on", "Updated on",
    "Point",
]  # fmt: skip
PRODUCT_EN = names(
    "Product ID,Display Status (ID),Display Status (Name),Product Name,Store Staff Notes,"
    "Product Descriptions (All),Product Descriptions (Details),Search Words,Miscellaneous,"
    "Product Option ID,Sales Type (ID),Sales Type (Name),Option Group 1 (ID),Option Group 1 (Name),"
    "Option Group 2 (ID),Option Group 2 (Name),Estimated Shipping Date (ID),Estimated Shipping Date (Name),"
    "Product Code,Stock Qty,Unlimited Stock Flag,Max Sales Qty,Regular Price,Selling Price,Product Image,"
    "Product Category (ID),Product Category (Name),Tag (ID),Tag (Name)"
)

# A line of goods, by position: what stands in each of the 70 columns.
LINE = [
    "12", "A12", "7", "髙橋", "﨑子", "タカハシ", "サキコ", "㈱常連", "1000001", "13", "東京都",
    "千代田区～－①", "1-1", "saki@example.com", "0312345678", "2", "女性", "1", "公務員", "1980-02-29",
    "覚書", "2200.00", "100.00", "500.00", "200.00", "2600.00", "2600.00", "5", "発送済み", "4", "代金引換",
    "2026-01-03 23:59:59", "", "121", "31", "310", "茶", "CD-31", "サイズ", "色", "大", "緑", "1000.00", "2",
    "10", "1", "1", "商品", "12", "佐藤", "花子", "サトウ", "ハナコ", "", "5300001", "27", "大阪府", "大阪市",
    "2-2", "0612345678", "1", "常連運輸", "1", "午前", "2026-01-06", "", "2026-01-04 10:00:00",
    "123456789012", "", "2026-01-04 11:00:00",
]  # fmt: skip
SAID = {
    "order_id": "12", "order_number": "A12", "member_id": "7", "family_name": "髙橋", "given_name": "﨑子",
    "company": "㈱常連", "address1": "千代田区～－①", "mail": "saki@example.com", "sex_id": "2",
    "birthday": "1980-02-29", "memo": "覚書", "subtotal": "2200.00", "discount": "100.00",
    "postage": "500.00", "tax": "200.00", "total": "2600.00", "status": "5", "payment_method": "代金引換",
    "ordered_at": "2026-01-03 23:59:59", "line_id": "121", "variant_id": "310", "option1_name": "サイズ",
    "option1": "大", "option2": "緑", "price": "1000.00", "quantity": "2", "tax_rate": "10", "line_kind": "1",
    "shipment_id": "12", "receiver_name": "佐藤 花子", "receiver_kana": "サトウ ハナコ",
    "receiver_postcode": "5300001", "receiver_prefecture": "大阪府", "postage_unused": "",
    "shipped_at": "2026-01-04 10:00:00", "tracking_number": "123456789012",
    "shipment_mailed_at": "2026-01-04 11:00:00", "shop_id": "eccube", "brand_id": "main",
}  # fmt: skip
ORDERS, SHIPMENTS = f"order_{STAMP}.csv", f"shipping_{STAMP}.csv"
MEMBERS, PRODUCTS = f"customer_{STAMP}.csv", f"product_{STAMP}.csv"


def table(*lines: list[str]) -> bytes:
    """Lines as they stand, in cp932 with LF; no cell of theirs needs quoting."""
    return "".join(",".join(line) + "\n" for line in lines).encode("cp932")


def test_an_order_line_lands_from_the_japanese_file_as_the_vendor_writes_it(tmp_path: Path) -> None:
    got = read(tmp_path, "eccube_orders", ORDERS, table(ORDER, LINE))
    assert (got.parsed.encoding, got.parsed.physical, got.parsed.landed) == ("cp932", 1, 1)
    assert got.parsed.unmapped == ()
    assert {name: got.rows[0][name] for name in SAID} == SAID
    assert got.rows[0]["extra"] == "{}"


def test_the_english_file_says_the_same_although_its_labels_repeat_and_are_swapped(tmp_path: Path) -> None:
    got = read(tmp_path, "eccube_orders", ORDERS, table(ORDER_EN, LINE))
    assert (len(ORDER_EN), ORDER_EN.count("Tax"), got.parsed.unmapped) == (70, 2, ())
    assert {name: got.rows[0][name] for name in SAID} == SAID


def test_version_4_0_has_one_more_column_and_the_same_postage(tmp_path: Path) -> None:
    with_id = [*ORDER[:SECOND_POSTAGE], "送料ID", *ORDER[SECOND_POSTAGE:]]
    line = [*LINE[:SECOND_POSTAGE], "3", *LINE[SECOND_POSTAGE:]]
    got = read(tmp_path, "eccube_orders", ORDERS, table(with_id, line))
    assert got.parsed.unmapped == ()
    assert (got.rows[0]["postage"], got.rows[0]["postage_id"]) == ("500.00", "3")
    assert {name: got.rows[0][name] for name in SAID} == SAID


def test_a_shop_s_own_choice_of_columns_in_any_order_means_the_same(tmp_path: Path) -> None:
    places = random.Random(4).sample(range(70), 70)  # noqa: S311  # any order will do
    first, second = sorted((places.index(23), places.index(SECOND_POSTAGE)))
    places[first], places[second] = 23, SECOND_POSTAGE
    header, line = [ORDER[at] for at in places], [LINE[at] for at in places]
    got = read(tmp_path, "eccube_orders", ORDERS, table([*header, "名入れ", "名入れ"], [*line, "寿", "祝"]))
    assert {name: got.rows[0][name] for name in SAID} == SAID
    assert got.beside(0) == {"名入れ": "寿", "名入れ__2": "祝"}
    assert got.parsed.unmapped == ("名入れ", "名入れ__2")


def test_fputcsv_s_quotes_after_the_byte_5c_are_read_as_they_were_meant(tmp_path: Path) -> None:
    # ソ is 83 5C: the quote after it is not doubled, and 能 (94 5C) is enclosed without need.
    raw = (
        table(ORDER, LINE)
        .replace("覚書".encode("cp932"), b'"\x83\x5c"A"""')
        .replace("茶".encode("cp932"), b'"\x94\x5c"')
    )
    got = read(tmp_path, "eccube_orders", ORDERS, raw)
    assert (got.rows[0]["memo"], got.rows[0]["product_name"]) == ('ソ"A"', "能")
    assert got.parsed.quarantined == 0


def test_what_excel_makes_of_the_file_lands_too(tmp_path: Path) -> None:
    tabs = "\r\n".join("\t".join(line) for line in (ORDER, LINE)) + "\r\n"
    for number, content in enumerate(
        (tabs.encode("utf-16"), "﻿".encode() + table(ORDER, LINE).decode("cp932").encode())
    ):
        got = read(tmp_path / str(number), "eccube_orders", ORDERS, content)
        assert {name: got.rows[0][name] for name in SAID} == SAID


def test_a_row_of_another_width_is_quarantined_and_the_others_land(tmp_path: Path) -> None:
    got = read(tmp_path, "eccube_orders", ORDERS, table(ORDER, LINE, LINE[:-1], [""] * 70, LINE))
    assert (got.parsed.physical, got.parsed.landed, got.parsed.quarantined, got.parsed.blank) == (4, 2, 1, 1)
    assert got.reasons == ["69 cells where the header has 70"]


@pytest.mark.parametrize(
    "header", ["注文ID", "対応状況(ID)", "受注日", "明細区分(ID)", "価格", "税率", "小計"]
)
def test_an_order_file_without_a_column_that_orders_need_is_refused_by_its_name(
    tmp_path: Path, header: str
) -> None:
    at = ORDER.index(header)
    [refusal] = dropped(tmp_path, "eccube_orders", ORDERS, table(ORDER[:at] + ORDER[at + 1 :])).refused
    assert f"without {header}" in refusal.message


@pytest.mark.parametrize(
    ("status", "means"),
    [("1", "active"), ("3", "cancelled"), ("4", "active"), ("5", "fulfilled"), ("6", "active"),
     ("7", "pending"), ("8", "pending"), ("9", "returned"), ("2", "unmapped"), ("", "unmapped"),
     ("新規受付", "unmapped")],
)  # fmt: skip
def test_what_a_status_means(status: str, means: str) -> None:
    assert state(FEEDS["eccube_orders"], status=status, payment_method="代金引換") == means


def test_money_is_without_tax_for_goods_and_discounts_and_with_it_for_the_rest() -> None:
    money = FEEDS["eccube_orders"].money
    assert money
    assert (money.price_is, money.tax_is, money.subtotal_is) == ("unit", "excluded", "goods")
    assert (money.discount_is, money.points_are) == ("with_points", "own")
    kinds = {source: (kind.line_kind, kind.tax_is) for source, kind in money.line_kinds.items()}
    assert kinds == {
        "1": ("product", "excluded"), "2": ("postage", "included"), "3": ("fee", "included"),
        "4": ("discount", "excluded"), "5": ("tax", "included"), "6": ("points", "included"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "header", [ORDER, SHIPPING_EN, [*ORDER[:SECOND_POSTAGE], "送料ID", *ORDER[SECOND_POSTAGE:]]]
)
def test_the_shipments_file_says_what_left_when(tmp_path: Path, header: list[str]) -> None:
    line = LINE if len(header) == 70 else [*LINE[:SECOND_POSTAGE], "", *LINE[SECOND_POSTAGE:]]
    got = read(tmp_path, "eccube_shipments", SHIPMENTS, table(header, line))
    said = (
        "shipment_id",
        "order_id",
        "line_id",
        "quantity",
        "shipped_at",
        "carrier",
        "tracking_number",
        "shipment_mailed_at",
    )
    assert got.parsed.unmapped == ()
    assert {name: got.rows[0][name] for name in said} == {
        "shipment_id": "12", "order_id": "12", "line_id": "121", "quantity": "2",
        "shipped_at": "2026-01-04 10:00:00", "carrier": "常連運輸", "tracking_number": "123456789012",
        "shipment_mailed_at": "2026-01-04 11:00:00",
    }  # fmt: skip
    assert (got.rows[0]["member_id"], got.rows[0]["tax_rate"], got.rows[0]["option2"]) == ("7", "10", "緑")


MEMBER_LINE = [
    *LINE[2:20],
    "2025-01-01 00:00:00",
    "2026-01-03 23:59:59",
    "3",
    "",
    "2",
    "本会員",
    "2024-01-01",
    "2026-01-04",
    "120",
]


@pytest.mark.parametrize("header", [MEMBER, MEMBER_EN])
def test_a_member_lands_from_either_language(tmp_path: Path, header: list[str]) -> None:
    got = read(tmp_path, "eccube_customers", MEMBERS, table(header, MEMBER_LINE))
    said = (
        "member_id",
        "family_name",
        "mail",
        "phone",
        "sex",
        "member_status",
        "registered_at",
        "points",
        "accepts_mail",
    )
    assert got.parsed.unmapped == ()
    assert [got.rows[0][name] for name in said] == [
        "7", "髙橋", "saki@example.com", "0312345678", "女性", "2", "2024-01-01", "120", None,
    ]  # fmt: skip


def test_consent_is_read_where_the_mail_magazine_plugin_s_field_is_printed_and_nowhere_else(
    tmp_path: Path,
) -> None:
    header, line = [*MEMBER, "plg_mailmagazine_flg", "メルマガ希望"], [*MEMBER_LINE, "1", "はい"]
    got = read(tmp_path, "eccube_customers", MEMBERS, table(header, line))
    assert (got.rows[0]["accepts_mail"], got.beside(0)) == ("1", {"メルマガ希望": "はい"})


@pytest.mark.parametrize("header", [PRODUCT, PRODUCT_EN])
def test_goods_land_with_the_line_breaks_of_their_descriptions(tmp_path: Path, header: list[str]) -> None:
    cells = {
        0: "31",
        1: "1",
        3: "茶",
        6: '"一行目\r\n二行目, ""引用"""',
        9: "310",
        18: "CD-31",
        22: "1200.00",
        23: "1000.00",
        26: '"茶,贈答"',
    }
    line = [cells.get(at, "") for at in range(29)]
    got = read(tmp_path, "eccube_products", PRODUCTS, table(header, line, [*line[:18], "CD-32", *line[19:]]))
    assert (got.parsed.landed, got.parsed.unmapped) == (2, ())
    said = (
        "product_id",
        "variant_id",
        "product_name",
        "description_detail",
        "list_price",
        "price",
        "category",
        "status",
    )
    assert [got.rows[0][name] for name in said] == [
        "31", "310", "茶", '一行目\r\n二行目, "引用"', "1200.00", "1000.00", "茶,贈答", "1",
    ]  # fmt: skip
    assert got.column("product_code") == ["CD-31", "CD-32"]


def test_goods_with_the_columns_that_are_off_by_default(tmp_path: Path) -> None:
    row = {
        "商品ID": "31",
        "商品規格ID": "310",
        "商品名": "茶",
        "商品コード": "x",
        "販売価格": "1000",
        "税率": "8",
        "商品規格表示フラグ": "1",
    }
    got = read(
        tmp_path, "eccube_products", PRODUCTS, csv_bytes([*PRODUCT, "税率", "商品規格表示フラグ"], row)
    )
    assert (got.rows[0]["tax_rate"], got.beside(0)) == ("8", {"商品規格表示フラグ": "1"})
