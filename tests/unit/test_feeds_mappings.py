"""Carts by a mapping file alone: what is confirmed of each lands, and what all our feeds have in common."""

from pathlib import Path

import pytest
from feed_files import FEEDS, STAMP, csv_bytes, dropped, names, read, state

from orchestration.doors.door import Door, Limit
from orchestration.doors.rules import rules_of
from orchestration.landing.mapping.kinds import kinds

# One row of each as far as its columns are confirmed, and what must stand in raw.
MAKESHOP = {
    "日付": "2022/8/10", "注文時間": "103309", "注文番号": "P171323551145213731", "処理状況": "未処理",
    "会社名": "", "会社名(振り仮名)": "", "部署名": "", "注文者": "髙橋花子",
    "注文者(振り仮名)": "タカハシハナコ",
}  # fmt: skip
FUTURESHOP = {
    "受注コード": "F1", "注文日時": "2026/01/03 23:59:59", "請求合計金額": "2700", "商品合計金額": "2200",
    "送料": "500", "決済手数料": "330", "決済方法": "代金引換", "入金フラグ": "0", "氏名(姓)": "髙橋",
    "住所1": "千代田区", "住所2": "1-1", "住所3": "①ビル", "電話番号(メイン)": "",
    "携帯電話番号": "09012345678", "お届け先氏名(姓)": "佐藤", "お届け先氏名(名)": "次郎", "商品番号": "T-1",
    "枝番号": "2", "商品名": "茶", "販売単価": "1100", "購入数量": "2", "ポイント利用額": "330",
    "割引合計金額(商品)": "0",
}  # fmt: skip
STORES = {
    "オーダー番号": "S1", "オーダー日": "2026-01-03", "アイテム名": "茶", "個数": "2", "小計": "2200",
    "配送料": "500", "合計": "2700", "氏(請求先)": "髙橋", "名(請求先)": "花子", "氏(配送先)": "佐藤",
    "名(配送先)": "次郎",
}  # fmt: skip
ECFORCE = {
    "受注ID": "401966", "受注番号": "bdbfaf4469", "顧客番号": "5f20015e35", "定期受注番号": "1f7666bf4a",
    "メールアドレス": "test@example.com", "小計": "4296", "支払い合計": "0", "受注日": "2025/08/09 23:15",
    "購入商品（商品コード）": '"upsell18_set_if8,aisatsu_1,guide-1"', "広告URLグループ名": "ナハト",
    "広告主名": "ナハト", "顧客購入回数": "0", "定期ステータス": "有効", "定期回数": "1",
}  # fmt: skip
NEXTENGINE = {
    "店舗伝票番号": "N1", "受注日": "2026/01/03 23:59:59", "受注名": "髙橋花子", "受注電話番号": "0312345678",
    "受注メールアドレス": "hana@example.com", "支払方法": "代金引換", "商品計": "2200", "税金": "0",
    "発送料": "500", "手数料": "330", "ポイント": "100", "その他費用": "0", "合計金額": "2930",
    "商品名": "茶", "商品コード": "T-1", "商品価格": "1100", "受注数量": "2", "出荷済フラグ": "0",
    "消費税率（%）": "10",
}  # fmt: skip
MINNE = {
    "注文ID": "M1", "注文日": "2026/01/03", "注文状況": "発送準備中", "支払方法": "クレジットカード",
    "作品名": "茶碗", "販売価格": "1100", "数量": "2", "小計": "2200", "注文の販売価格": "2200",
    "注文の送料": "500", "注文の合計": "2700", "注文者のユーザーID": "77", "注文者の氏名": "髙橋花子",
    "配送先の氏名": "佐藤次郎", "作品管理番号": "C-1",
}  # fmt: skip
QOO10 = {
    "配送状態": "配送完了", "注文番号": "Q1", "カート番号": "C9", "注文日": "2026/01/03 23:59:59",
    "商品番号": "31", "商品名": "茶", "数量": "2", "通貨": "JPY", "販売価格": "1100", "割引額": "100",
    "注文金額の合計": "2100", "購入者名": "髙橋花子", "購入者電話番号": "",
    "購入者携帯電話番号": "+81-90-1234-5678", "販売者商品コード": "T-1",
}  # fmt: skip
WOWMA = {
    "controlType": "J", "orderId": "352729794", "orderDetailId": "1", "orderDate": "2026/01/03 20:13",
    "itemManagementId": "31", "itemCode": "T-1", "itemName": "茶", "mailAddress": "x@example.com",
    "ordererName": "髙橋花子", "settlementName": "代金引換", "orderStatus": "新規受付", "itemPrice": "1100",
    "unit": "2",
}  # fmt: skip
CASES = {
    "makeshop_orders": (MAKESHOP, {
        "order_id": "P171323551145213731", "ordered_at": "2022/8/10 103309", "status": "未処理",
        "full_name": "髙橋花子",
    }, "active"),
    "futureshop_orders": (FUTURESHOP, {
        "order_id": "F1", "subtotal": "2200", "address1": "千代田区1-1", "address2": "①ビル",
        "phone": "09012345678",
        "receiver_name": "佐藤 次郎", "product_code": "T-1", "price": "1100", "points_used": "330",
        "discount": "0",
    }, "active"),
    "stores_orders": (STORES, {
        "order_id": "S1", "family_name": "髙橋", "receiver_name": "佐藤 次郎", "subtotal": "2200",
        "total": "2700",
    }, "active"),
    "ecforce_orders": (ECFORCE, {
        "order_id": "401966", "member_id": "5f20015e35", "subscription_id": "1f7666bf4a",
        "subscription_count": "1",
        "subtotal": "4296", "total": "0", "product_codes": "upsell18_set_if8,aisatsu_1,guide-1",
        "entry_point": "ナハト",
        "ordered_at": "2025/08/09 23:15",
    }, "active"),
    "nextengine_orders": (NEXTENGINE, {
        "order_id": "N1", "mail": "hana@example.com", "subtotal": "2200", "fee": "330", "points_used": "100",
        "price": "1100", "quantity": "2", "tax_rate": "10",
    }, "active"),
    "minne_orders": (MINNE, {
        "order_id": "M1", "member_id": "77", "price": "1100", "subtotal": "2200", "postage": "500",
        "product_code": "C-1",
    }, "active"),
    "qoo10_orders": (QOO10, {
        "order_id": "Q1", "cart_id": "C9", "price": "1100", "discount": "100", "phone": "+81-90-1234-5678",
        "product_code": "T-1",
    }, "fulfilled"),
    "wowma_orders": (WOWMA, {
        "order_id": "352729794", "line_id": "352729794-1", "product_code": "T-1", "price": "1100",
        "quantity": "2",
        "payment_method": "代金引換",
    }, "active"),
}  # fmt: skip
MILD = Limit(percent=1, rows=100, refuses=False)
SHOPS = names("eccube,colorme,base,sendgrid,makeshop,futureshop,stores,ecforce,nextengine,minne,qoo10,wowma")
OURS = [name for name in FEEDS if name.split("_")[0] in SHOPS]
PLAIN = [name for name, feed in FEEDS.items() if feed.kind == name]
ORDERS = [name for name in OURS if FEEDS[name].kind == "orders"]
# What SQL reads as a time or a number. A cell that is none ends the build, so the door takes it out first.
READ = {
    "orders": (
        {"ordered_at", "paid_at", "cancelled_at", "shipped_at"},
        {"subtotal", "discount", "platform_discount", "points_used", "postage", "fee", "total", "refunded",
         "price", "quantity", "line_discount", "line_postage", "subscription_count"},
    ),
    "customers": ({"registered_at"}, set()),
    "shipments": ({"shipped_at", "delivered_at", "shipment_mailed_at"}, {"quantity"}),
    "products": ({"valid_from"}, {"list_price", "price", "tax_rate", "cost", "days_of_use"}),
    "refunds": ({"refunded_at"}, {"amount", "quantity"}),
    "provider_events": (set(), {"happened_at", "attempt"}),
    "consents": ({"changed_at"}, set()),
    "media_costs": ({"cost_on"}, {"cost", "shown", "clicks"}),
    "order_media": ({"attributed_at"}, set()),
    "action_costs": ({"valid_from"}, {"unit_cost", "fixed_cost"}),
    "subscriptions": ({"started_at", "next_due_on"}, {"quantity", "interval_days", "delivery_count"}),
    "subscription_changes": ({"changed_at", "due_on"}, set()),
    "points": ({"expires_on", "stated_at"}, {"balance"}),
    "customer_attributes": ({"valid_from"}, set()),
    "contacts": ({"contacted_at", "call_again_on"}, set()),
    "stops": ({"since", "until"}, set()),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_what_is_confirmed_of_a_cart_lands(tmp_path: Path, name: str, encoding: str) -> None:
    row, said, means = CASES[name]
    got = read(tmp_path, name, f"受注_{STAMP}.csv", csv_bytes(list(row), row, encoding=encoding, end="\r\n"))
    assert {column: got.rows[0][column] for column in said} == said
    assert (got.parsed.unmapped, got.rows[0]["shop_id"]) == ((), name.removesuffix("_orders"))
    assert str(got.rows[0]["_exported_at"]) == "2026-01-04 21:00:00"
    cells = {
        key: got.rows[0].get(key) or ""
        for key in ("status", "payment_status", "shipment_status", "payment_method")
    }
    assert state(FEEDS[name], **cells) == means


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_file_under_any_name_lands_if_its_marker_tells_the_time(tmp_path: Path, name: str) -> None:
    row, *_ = CASES[name]
    content = csv_bytes(list(row), row)
    got = read(tmp_path, name, "export.csv", content, "2026-01-05T06:00:00+09:00")
    assert str(got.rows[0]["_exported_at"]) == "2026-01-04 21:00:00"
    assert len(dropped(tmp_path / "mute", name, "export.csv", content).refused) == 1


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_cart_s_mapping_says_what_is_not_confirmed(name: str) -> None:
    assert "not confirmed" in FEEDS[name].description.lower()


@pytest.mark.parametrize(
    "name", ["makeshop_orders", "futureshop_orders", "stores_orders", "nextengine_orders"]
)
def test_a_mapping_that_is_not_whole_calls_itself_a_template(name: str) -> None:
    assert "a template to be completed" in FEEDS[name].description


@pytest.mark.parametrize("name", ["minne_orders", "qoo10_orders", "wowma_orders"])
def test_a_mall_s_buyers_are_never_mailable(name: str) -> None:
    assert FEEDS[name].channel == "mall"


@pytest.mark.parametrize(
    ("name", "cells", "means"),
    [
        ("makeshop_orders", {"status": "注文キャンセル"}, "cancelled"),
        ("makeshop_orders", {"status": "返送"}, "returned"),
        ("makeshop_orders", {"status": "配送"}, "fulfilled"),
        ("makeshop_orders", {"status": "確認中"}, "unmapped"),
        ("futureshop_orders", {"payment_status": "0", "payment_method": "銀行振込"}, "pending"),
        ("futureshop_orders", {"payment_status": "1", "payment_method": "銀行振込"}, "active"),
        ("futureshop_orders", {"payment_status": "保留", "payment_method": "代金引換"}, "unmapped"),
        ("nextengine_orders", {"shipment_status": "1"}, "fulfilled"),
        ("minne_orders", {"status": "キャンセル"}, "cancelled"),
        ("minne_orders", {"status": "入金待ち"}, "pending"),
        ("minne_orders", {"status": "いつか"}, "unmapped"),
        ("qoo10_orders", {"status": "キャンセル"}, "cancelled"),
        ("qoo10_orders", {"status": "いつか"}, "unmapped"),
        ("wowma_orders", {"status": "新規受付", "payment_method": "クレジットカード"}, "pending"),
        ("wowma_orders", {"status": "発送待ち", "payment_method": "クレジットカード"}, "active"),
        ("wowma_orders", {"status": "キャンセル"}, "cancelled"),
        ("wowma_orders", {"status": "いつか"}, "unmapped"),
    ],
)
def test_what_a_status_means(name: str, cells: dict[str, str], means: str) -> None:
    assert state(FEEDS[name], **cells) == means


@pytest.mark.parametrize("name", [*OURS, *PLAIN])
def test_the_door_asks_of_every_time_and_number_that_sql_reads_before_it_does(name: str) -> None:
    feed = FEEDS[name]
    said = feed.door["refuse" if name in {"consents", "stops"} else "quarantine"]
    assert isinstance(said, dict)
    times, numbers = READ[feed.kind]
    assert times & feed.columns.keys() <= said.get("dated", {}).keys()
    assert numbers & feed.columns.keys() <= said.get("number", {}).keys()


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_the_door_understands_what_a_feed_asks_and_finds_the_columns(name: str) -> None:
    feed = FEEDS[name]
    group = "order_id" if feed.kind == "orders" else None
    rules = rules_of(Door(feed=name, section=feed.door, zone=feed.zone.key, group=group, limit=MILD))
    assert {
        column for rule in rules for column in rule.columns
    } <= feed.columns.keys() | feed.constants.keys()


@pytest.mark.parametrize("name", OURS)
def test_a_feed_names_one_shop_and_brand_and_warns_when_its_files_are_unlike_the_usual(name: str) -> None:
    feed = FEEDS[name]
    assert feed.constants == {"shop_id": name.split("_", maxsplit=1)[0], "brand_id": "main"}
    assert "One row per " in feed.description
    warned = feed.door["warn"]
    assert isinstance(warned, dict)
    assert name == "sendgrid_events" or "row_count" in warned


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_has_what_every_order_must_have(name: str) -> None:
    feed = FEEDS[name]
    taken_out = feed.door["quarantine"]
    assert isinstance(taken_out, dict)
    assert {"order_id", "ordered_at"} <= {*feed.required} & kinds()["orders"].keys()
    asked = {*taken_out["present"], *taken_out.get("present_where", {})}
    assert {"order_id", "ordered_at"} <= asked
    assert ("lines" in feed.tells) == (feed.money is not None and feed.money.price_is == "unit")
