"""Color Me Shop: sales_all.csv with its header twice, and the API's JSON."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from feed_files import FEEDS, STAMP, csv_bytes, dropped, names, read, state

HEADER = names(
    "売上ID,受注日,PC・携帯区分,購入者 顧客ID,購入者 名前,購入者 郵便番号,購入者 都道府県,購入者 住所,"
    "購入者 メールアドレス,購入者 電話番号,商品の合計金額(税込),消費税(商品合計に対する),送料合計,"
    "決済手数料,熨斗手数料合計,メッセージカード手数料合計,ラッピング手数料合計,"
    "ショップポイントによる割引金額,外部ポイントによる割引金額,割引名称,割引金額,総合計金額,決済方法,"
    "入金状態,発送状態,受注メール,入金メール,発送メール,使用ショップポイント数,使用GMOとくとくポイント数,"
    "ショップポイント処理状態,獲得ショップポイント数,備考,配送先ID,配送先 名前,配送先 フリガナ,"
    "配送先 郵便番号,配送先 都道府県名,配送先 住所,配送先 電話番号,配送先 配送会社名,配送希望日,"
    "配送希望時間,配送先 熨斗（のし）,配送先 メッセージカード種類,配送先 メッセージカード内容,"
    "配送先 ラッピング,配送先 送料,配送先 熨斗手数料,配送先 メッセージカード手数料,配送先 ラッピング手数料,"
    "配送先 合計（商品含む）,配送先 備考,発送状態,売上詳細ID,購入商品 型番,購入商品 商品ID,購入商品 商品名,"
    "購入商品 販売価格(消費税込),購入商品 原価,購入商品 販売個数,購入商品 小計"
)
PARCEL_STATUS = 53
ROW = {
    "売上ID": "9001", "受注日": "2026/01/03", "購入者 顧客ID": "77", "購入者 名前": "﨑本花子",
    "購入者 郵便番号": "1000001", "購入者 都道府県": "東京都", "購入者 住所": "千代田区①",
    "購入者 メールアドレス": "hana@example.com", "購入者 電話番号": "0312345678",
    "商品の合計金額(税込)": "2200", "消費税(商品合計に対する)": "200", "送料合計": "600", "決済手数料": "330",
    "ラッピング手数料合計": "110", "ショップポイントによる割引金額": "50", "外部ポイントによる割引金額": "20",
    "割引名称": "冬のクーポン", "割引金額": "100", "総合計金額": "3070", "決済方法": "代金引換",
    "入金状態": "未入金", "発送状態": "未発送", "配送先ID": "501", "配送先 名前": "佐藤", "売上詳細ID": "1",
    "購入商品 型番": "T-1", "購入商品 商品ID": "31", "購入商品 商品名": "茶",
    "購入商品 販売価格(消費税込)": "1100", "購入商品 販売個数": "2", "購入商品 小計": "2200",
}  # fmt: skip
SAID = {
    "order_id": "9001", "ordered_at": "2026/01/03", "member_id": "77", "full_name": "﨑本花子",
    "mail": "hana@example.com", "address1": "千代田区①", "subtotal": "2200", "postage": "600", "fee": "330",
    "wrapping_fee": "110", "points_used": "50", "platform_discount": "20", "discount": "100", "total": "3070",
    "payment_method": "代金引換", "payment_status": "未入金", "shipment_status": "未発送",
    "parcel_status": "発送済", "shipment_id": "501", "receiver_name": "佐藤", "line_id": "1",
    "product_code": "T-1", "price": "1100", "quantity": "2", "shop_id": "colorme", "brand_id": "main",
}  # fmt: skip
CSV, JSON = f"sales_all_{STAMP}.csv", f"sales_{STAMP}.json"


def with_parcel_status(raw: bytes, status: str) -> bytes:
    """The header stands twice, so the second cell is set by its position."""
    header, *lines = raw.decode("cp932").splitlines()
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[PARCEL_STATUS] = status
    return "".join(f"{line}\n" for line in (header, *map(",".join, cells))).encode("cp932")


def test_a_line_lands_with_the_order_s_state_and_the_parcel_s_kept_apart(tmp_path: Path) -> None:
    assert [at for at, name in enumerate(HEADER) if name == "発送状態"] == [24, PARCEL_STATUS]
    got = read(tmp_path, "colorme_orders", CSV, with_parcel_status(csv_bytes(HEADER, ROW), "発送済"))
    assert (got.parsed.encoding, got.parsed.landed, got.parsed.unmapped) == ("cp932", 1, ())
    assert {name: got.rows[0][name] for name in SAID} == SAID


def test_names_of_later_years_are_known_and_others_are_kept(tmp_path: Path) -> None:
    header = ["発送日時", "購入者 携帯番号", *HEADER, "購入商品 オプションID", "名入れ・カスタムオプション"]
    new = {
        "購入者 電話番号": "", "購入者 携帯番号": "09012345678", "発送日時": "2026/01/04 10:00",
        "購入商品 オプションID": "3", "名入れ・カスタムオプション": "寿",
    }  # fmt: skip
    got = read(tmp_path, "colorme_orders", CSV, csv_bytes(header, ROW | new, end="\r\n", quote='"'))
    said = ("phone", "shipped_at", "variant_id")
    assert [got.rows[0][name] for name in said] == ["09012345678", "2026/01/04 10:00", "3"]
    assert got.beside(0) == {"名入れ・カスタムオプション": "寿"}


def test_under_the_shop_s_own_name_the_marker_tells_the_time(tmp_path: Path) -> None:
    content = csv_bytes(HEADER, ROW)
    [refusal] = dropped(tmp_path / "mute", "colorme_orders", "sales_all.csv", content).refused
    assert "sales_all.csv" in refusal.message
    got = read(tmp_path, "colorme_orders", "sales_all.csv", content, "2026-01-05T06:00:00+09:00")
    assert str(got.rows[0]["_exported_at"]) == "2026-01-04 21:00:00"


@pytest.mark.parametrize(
    ("paid", "sent", "how", "means"),
    [
        ("入金済", "未発送", "クレジット決済", "active"),
        ("入金済", "発送済", "クレジット決済", "fulfilled"),
        ("未入金", "未発送", "銀行振込", "pending"),
        ("未入金", "未発送", "代金引換", "active"),
        ("未入金", "未発送", "代引き", "active"),
        ("未入金", "未発送", "NP後払い", "active"),
        ("未入金", "発送済", "代金引換", "fulfilled"),
        ("全額返金済", "発送済", "クレジット決済", "returned"),
        ("全額返金済", "キャンセル", "クレジット決済", "cancelled"),
        ("キャンセル", "未発送", "銀行振込", "cancelled"),
        ("入金済", "キャンセル", "代金引換", "cancelled"),
        ("一部入金", "未発送", "代金引換", "unmapped"),
        ("入金済", "準備中", "クレジット決済", "unmapped"),
    ],
)
def test_what_states_mean_depends_on_the_way_to_pay(paid: str, sent: str, how: str, means: str) -> None:
    feed = FEEDS["colorme_orders"]
    assert state(feed, payment_status=paid, shipment_status=sent, payment_method=how) == means


def test_amounts_hold_the_tax() -> None:
    for name, subtotal in (("colorme_orders", "goods"), ("colorme_api_orders", None)):
        money = FEEDS[name].money
        assert money
        assert (money.price_is, money.tax_is, money.subtotal_is) == ("unit", "included", subtotal)
        assert (money.discount_is, money.points_are, money.line_kinds) == ("without_points", "own", {})


def sale(number: int, **said: object) -> dict[str, object]:
    """One sale as the API answers it."""
    known: dict[str, object] = {
        "id": number, "make_date": 1767452399, "update_date": 1767500000, "payment_id": 751, "paid": True,
        "delivered": False, "canceled": False, "product_total_price": 1000, "delivery_total_charge": 350,
        "fee": 300,
        "tax": 80, "point_discount": 30, "gmo_point_discount": 0, "other_discount": 100, "total_price": 1600,
        "customer": {
            "id": 77, "name": "﨑本花子", "mail": "hana@example.com", "tel": None,
            "tel_mobile": "09012345678", "member": False, "pref_name": "東京都",
        },
        "details": [
            {"id": 1, "product_id": 31, "sale_delivery_id": 5, "product_model_number": "T-1", "price": 463,
             "product_name": "茶", "price_with_tax": 500, "product_num": 1, "subtotal_price": 500},
            {"id": 2, "product_id": 32, "sale_delivery_id": 5, "product_name": "菓子", "price_with_tax": 580,
             "product_num": 1, "subtotal_price": 580, "option1_value": "赤"},
        ],
        "sale_deliveries": [{"id": 5, "slip_number": "1234-5678"}],
    }  # fmt: skip
    return known | said


def test_the_api_s_answer_lands_line_by_line(tmp_path: Path) -> None:
    answer = json.dumps({"sales": [sale(9001), sale(9002, details=[])], "meta": {"total": 2}}).encode()
    got = read(tmp_path, "colorme_api_orders", JSON, answer)
    assert (got.column("order_id"), got.column("line_id")) == (["9001", "9001", "9002"], ["1", "2", ""])
    said = (
        "ordered_at", "status", "payment_status", "shipment_status", "member_id", "mail", "phone", "price",
        "quantity", "points_used", "discount", "goods_total", "is_member", "shipment_id",
    )  # fmt: skip
    assert [got.rows[0][name] for name in said] == [
        "1767452399", "false", "true", "false", "77", "hana@example.com", "09012345678", "500", "1", "30",
        "100", "1000", "false", "5",
    ]  # fmt: skip
    assert json.loads(got.rows[1]["parcels"]) == [{"id": 5, "slip_number": "1234-5678"}]
    assert got.rows[1]["option1"] == "赤"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"status": "true", "payment_status": "true", "shipment_status": "true"}, "cancelled"),
        ({"status": "false", "payment_status": "false", "shipment_status": "true"}, "fulfilled"),
        ({"status": "false", "payment_status": "true", "shipment_status": "false"}, "active"),
        ({"status": "false", "payment_status": "false", "shipment_status": "false"}, "pending"),
        ({"status": "", "payment_status": "true", "shipment_status": "true"}, "unmapped"),
    ],
)
def test_what_the_api_s_flags_mean(said: Mapping[str, str], means: str) -> None:
    assert state(FEEDS["colorme_api_orders"], **said) == means
