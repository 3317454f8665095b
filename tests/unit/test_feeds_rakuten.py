"""Rakuten's files, byte for byte, become rows of the canonical columns."""

import csv
import json
from pathlib import Path

import pytest
from feed_files import FEEDS, state
from vendor_files import at_the_door, land_file, quoted, row_of

HEADER_NAMES = (
    "注文番号,ステータス,サブステータスID,サブステータス,注文日時,注文日,注文時間,キャンセル期限日,注文確認日時,注文確定日時,"
    "発送指示日時,発送完了報告日時,支払方法名,クレジットカード支払い方法,クレジットカード支払い回数,配送方法,配送区分,注文種別,"
    "複数送付先フラグ,送付先一致フラグ,離島フラグ,楽天確認中フラグ,警告表示タイプ,楽天会員フラグ,購入履歴修正有無フラグ,"
    "商品合計金額,消費税合計,送料合計,代引料合計,請求金額,合計金額,ポイント利用額,クーポン利用総額,店舗発行クーポン利用額,"
    "楽天発行クーポン利用額,注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,注文者住所それ以降の住所,"
    "注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,注文者電話番号2,注文者電話番号3,注文者メールアドレス,"
    "注文者性別,申込番号,申込お届け回数,送付先ID,送付先送料,送付先代引料,送付先消費税合計,送付先商品合計金額,送付先合計金額,"
    "のし,送付先郵便番号1,送付先郵便番号2,送付先住所都道府県,送付先住所郡市区,送付先住所それ以降の住所,送付先姓,送付先名,"
    "送付先姓カナ,送付先名カナ,送付先電話番号1,送付先電話番号2,送付先電話番号3,商品明細ID,商品ID,商品名,商品番号,商品管理番号,"
    "単価,個数,送料込別,税込別,代引手数料込別,項目・選択肢,ポイント倍率,納期情報,在庫タイプ,ラッピングタイトル1,ラッピング名1,"
    "ラッピング料金1,ラッピング税込別1,ラッピング種類1,ラッピングタイトル2,ラッピング名2,ラッピング料金2,ラッピング税込別2,"
    "ラッピング種類2,お届け時間帯,お届け日指定,担当者,ひとことメモ,メール差込文 (お客様へのメッセージ),"
    "ギフト配送希望,コメント,"
    "利用端末,メールキャリアコード,あす楽希望フラグ,医薬品受注フラグ,楽天スーパーDEAL商品受注フラグ,"
    "メンバーシッププログラム受注タイプ,決済手数料,注文者負担金合計,店舗負担金合計,外税合計,決済手数料税率,ラッピング税率1,"
    "ラッピング税額1,ラッピング税率2,ラッピング税額2,送付先外税合計,送付先送料税率,送付先代引料税率,商品税率,商品毎税込価格,"
    "10%税率,10%請求金額,10%請求額に対する税額,10%合計金額,10%決済手数料,10%クーポン割引額,10%利用ポイント数,8%税率,8%請求金額,"
    "8%請求額に対する税額,8%合計金額,8%決済手数料,8%クーポン割引額,8%利用ポイント数,0%税率,0%請求金額,0%請求額に対する税額,"
    "0%合計金額,0%決済手数料,0%クーポン割引額,0%利用ポイント数,単品配送フラグ,購入時配送会社,領収書発行回数,領収書初回発行日時,"
    "領収書最終発行日時,支払い期限日,支払い方法変更期限日,返金手続き期限日,店舗発行クーポンコード,店舗発行クーポン名,"
    "楽天発行クーポンコード,楽天発行クーポン名,警告表示タイプ詳細,SKU管理番号,システム連携用SKU番号,SKU情報"
)
HEADER = HEADER_NAMES.split(",")
MASK = "0123456789abcdef0123456789abcdef@pc.fw.rakuten.ne.jp"
ORDER = {
    "注文番号": "123456-20260104-0000000701", "ステータス": "500", "注文日時": "2026-01-04 23:59:59",
    "注文日": "2026-01-04", "注文時間": "23:59:59", "発送完了報告日時": "2026-01-05 10:00:00",
    "支払方法名": "代金引換", "注文種別": "1", "商品合計金額": "3300", "消費税合計": "0", "送料合計": "550",
    "代引料合計": "330", "請求金額": "3580", "合計金額": "3850", "ポイント利用額": "100",
    "クーポン利用総額": "500", "店舗発行クーポン利用額": "300", "楽天発行クーポン利用額": "200",
    "注文者郵便番号1": "060", "注文者郵便番号2": "0001", "注文者住所都道府県": "北海道",
    "注文者住所郡市区": "札幌市中央区", "注文者住所それ以降の住所": "北一条西１－２", "注文者姓": "髙﨑",
    "注文者名": "表能①", "注文者姓カナ": "タカサキ", "注文者名カナ": "オモテノウ", "注文者電話番号1": "090",
    "注文者電話番号2": "1234", "注文者電話番号3": "5678", "注文者メールアドレス": MASK, "注文者性別": "女",
    "送付先ID": "20001", "送付先郵便番号1": "150", "送付先郵便番号2": "0002", "送付先住所都道府県": "東京都",
    "送付先姓": "髙﨑", "送付先名": "花子", "商品明細ID": "30001", "商品ID": "10000123",
    "商品名": "㈱常連の緑茶～ソ", "商品番号": "tea-100", "商品管理番号": "tea", "単価": "1100", "個数": "3",
    "税込別": "1", "項目・選択肢": 'サイズ:100g\r\nのし:"有"\nカ,ード:なし', "コメント": "急ぎ\nません",
    "決済手数料": "-9999", "外税合計": "-9999", "商品税率": "0.08", "商品毎税込価格": "1100",
    "SKU管理番号": "sku1",
    "システム連携用SKU番号": "TEA-100-A", "SKU情報": "容量:100g", "購入履歴修正有無フラグ": "0",
}  # fmt: skip
NAME = "rakuten_20260105060000.csv"


def rakuten(*orders: dict[str, str], header: list[str] = HEADER) -> bytes:
    """What RMS writes: cp932, CRLF, every field quoted."""
    rows = [row_of(header, {key: one[key] for key in one if key in header}) for one in orders]
    return quoted([header, *rows], encoding="cp932", line_end="\r\n", quoting=csv.QUOTE_ALL, delimiter=",")


def test_all_columns_land_with_their_parts_put_together(tmp_path: Path) -> None:
    assert (len(HEADER), HEADER[74], HEADER[80], HEADER[156]) == (
        158, "商品管理番号", "項目・選択肢", "システム連携用SKU番号",
    )  # fmt: skip
    outcome = land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER))
    [row] = outcome.rows
    assert (outcome.counts, outcome.done.parsed[0].encoding) == ((1, 1, 0, 0), "cp932")
    assert (row["phone"], row["postcode"]) == ("090-1234-5678", "060-0001")
    assert (row["prefecture"], row["city"], row["address1"]) == ("北海道", "札幌市中央区", "北一条西１－２")
    assert (row["family_name"], row["given_name"], row["mail"]) == ("髙﨑", "表能①", MASK)
    assert (row["receiver_name"], row["receiver_postcode"]) == ("髙﨑 花子", "150-0002")
    assert (row["line_id"], row["shipment_id"]) == ("30001-20001", "20001")
    assert (row["price"], row["quantity"], row["tax_included"], row["tax_rate"]) == ("1100", "3", "1", "0.08")
    assert (row["product_name"], row["product_code"], row["variant_id"]) == (
        "㈱常連の緑茶～ソ", "TEA-100-A", "sku1",
    )  # fmt: skip
    assert (row["shop_id"], row["_feed"]) == ("rakuten", "rakuten_orders")


def test_newlines_inside_a_cell_stay_inside_it(tmp_path: Path) -> None:
    [first, second] = land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER, ORDER)).rows
    assert first["option1"] == second["option1"] == ORDER["項目・選択肢"]
    assert json.loads(first["extra"])["コメント"] == "急ぎ\nません"
    assert [first["_row_number"], second["_row_number"]] == [1, 2]


def test_what_the_mall_has_not_fixed_is_blank(tmp_path: Path) -> None:
    open_order = ORDER | {
        "ステータス": "100",
        "請求金額": "-9999",
        "送料合計": "-9999",
        "代引料合計": "-99999",
    }
    [row] = land_file(tmp_path, "rakuten_orders", NAME, rakuten(open_order)).rows
    assert (row["total"], row["postage"], row["fee"], row["payment_fee"]) == ("", "", "", "")
    assert row["subtotal"] == "3300"


def test_coupons_of_the_shop_and_of_the_mall_are_told_apart(tmp_path: Path) -> None:
    [row] = land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER)).rows
    assert (row["discount"], row["platform_discount"], row["points_used"]) == ("300", "200", "100")
    assert (row["total"], row["goods_and_postage"], row["fee"]) == ("3580", "3850", "330")


def test_a_shop_s_own_template_in_another_order_reads_alike(tmp_path: Path) -> None:
    chosen = [name for name in reversed(HEADER) if "送付先" not in name and "税率" not in name]
    [mine] = land_file(tmp_path / "some", "rakuten_orders", NAME, rakuten(ORDER, header=chosen)).rows
    [full] = land_file(tmp_path / "all", "rakuten_orders", NAME, rakuten(ORDER)).rows
    assert mine["tax_rate"] is None
    known = ("order_id", "status", "ordered_at", "price", "quantity", "phone", "postcode", "option1", "total")
    assert [mine[column] for column in known] == [full[column] for column in known]


def test_a_template_of_2018_has_no_sku(tmp_path: Path) -> None:
    header = HEADER[:107]
    assert header[-1] == "メンバーシッププログラム受注タイプ"
    [row] = land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER, header=header)).rows
    assert (row["product_code"], row["variant_id"]) == ("tea-100", None)


def test_a_template_without_money_is_refused_with_advice(tmp_path: Path) -> None:
    header = [name for name in HEADER if name not in {"単価", "税込別"}]
    [refusal] = land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER, header=header)).done.refused
    assert "単価" in refusal.message
    assert "税込別" in refusal.message


def test_a_row_cut_off_is_quarantined(tmp_path: Path) -> None:
    content = rakuten(ORDER) + '"123456-20260104-0000000702","500"\r\n'.encode("cp932")
    outcome = land_file(tmp_path, "rakuten_orders", NAME, content + rakuten(ORDER).split(b"\r\n", 1)[1])
    assert outcome.counts == (3, 2, 1, 0)
    assert outcome.refused[0]["reason"] == "2 cells where the header has 158"


STATES = {
    "pending": [("100", "注文確認待ち"), ("200", "楽天処理中")],
    "active": [("300", "発送待ち"), ("400", "変更確定待ち")],
    "fulfilled": [("500", "発送済"), ("600", "支払手続き中"), ("700", "支払手続き済")],
    "cancelled": [("800", "キャンセル確定待ち"), ("900", "キャンセル確定")],
    "unmapped": [("950", "どこか"), ("", "")],
}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [(one, state) for state, pairs in STATES.items() for pair in pairs for one in pair],
)
def test_a_status_is_known_as_code_and_as_name_however_it_is_paid(printed: str, expected: str) -> None:
    assert state(FEEDS["rakuten_orders"], status=printed, payment_method="代金引換") == expected
    assert state(FEEDS["rakuten_orders"], status=printed, payment_method="銀行振込") == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("900", "cancelled"), ("900/2", "returned"), ("900/15", "returned"), ("900/2/15", "returned"),
        ("700", "fulfilled"), ("700/2", "fulfilled"), ("300/15", "active"), ("100", "pending"),
        ("1000", "unmapped"),
    ],
)  # fmt: skip
def test_only_goods_that_came_back_make_a_cancelled_order_a_return(printed: str, expected: str) -> None:
    assert state(FEEDS["rakuten_api_orders"], status=printed) == expected


def test_whose_customers_and_whose_money_it_is_is_said() -> None:
    for name, tax in (("rakuten_orders", "flagged"), ("rakuten_api_orders", "included")):
        feed = FEEDS[name]
        assert (feed.channel, feed.persons, feed.unknown) == ("mall", "masked", ("-9999", "-99999"))
        assert feed.money
        assert (feed.money.price_is, feed.money.tax_is, feed.money.subtotal_is) == ("unit", tax, None)
        assert (feed.money.discount_is, feed.money.points_are) == ("without_points", "mall")


ITEM = {
    "itemDetailId": 30001, "itemName": "緑茶", "itemId": 10000123, "itemNumber": "tea-100",
    "manageNumber": "tea", "price": 1000, "units": 3, "includePostageFlag": 0, "includeTaxFlag": 0,
    "selectedChoice": "サイズ:100g\nのし:有", "taxRate": 0.08, "priceTaxIncl": 1080, "deleteItemFlag": 0,
    "SkuModelList": [{"variantId": "sku1", "merchantDefinedSkuId": "TEA-100-A", "skuInfo": "容量:100g"}],
}  # fmt: skip
PACKAGE = {
    "basketId": 20001, "postagePrice": 550, "goodsPrice": 3000,
    "SenderModel": {"zipCode1": "150", "zipCode2": "0002", "prefecture": "東京都", "familyName": "髙﨑",
                    "firstName": "花子"},
    "ItemModelList": [ITEM, ITEM | {"itemDetailId": 30002, "deleteItemFlag": 1, "SkuModelList": []}],
    "ShippingModelList": [{"shippingNumber": "1234-5678", "shippingDate": "2026-01-05"}],
}  # fmt: skip
MODEL = {
    "orderNumber": "123456-20260104-0000000701", "orderProgress": 500, "orderType": 4,
    "orderDatetime": "2026-01-04T23:59:59+0900", "goodsPrice": 3000, "postagePrice": 550,
    "deliveryPrice": -9999, "paymentCharge": -9999, "totalPrice": 3550, "requestPrice": 3050,
    "couponAllTotalPrice": 500, "couponShopPrice": 300, "couponOtherPrice": 200,
    "PointModel": {"usedPoint": 0}, "reserveNumber": "s-1", "reserveDeliveryCount": 3,
    "SettlementModel": {"settlementMethodCode": 2, "settlementMethod": "代金引換"},
    "OrdererModel": {"zipCode1": "060", "zipCode2": "0001", "prefecture": "北海道", "city": "札幌市中央区",
                     "subAddress": "北一条西1-2", "familyName": "髙﨑", "firstName": "花子",
                     "familyNameKana": "タカサキ", "firstNameKana": "ハナコ", "phoneNumber1": "090",
                     "phoneNumber2": "1234", "phoneNumber3": "5678", "emailAddress": MASK, "sex": "女",
                     "birthYear": 1980, "birthMonth": 1, "birthDay": 5},
    "PackageModelList": [PACKAGE], "ChangeReasonModelList": None, "WrappingModel1": None,
}  # fmt: skip
API_NAME = "getOrder_20260105060000.json"


def answer(*orders: dict[str, object]) -> bytes:
    body = {"MessageModelList": [{"messageType": "INFO"}], "OrderModelList": list(orders), "version": 7}
    return json.dumps(body, ensure_ascii=False).encode()


def test_the_api_s_nested_answer_becomes_one_row_per_item(tmp_path: Path) -> None:
    other = PACKAGE | {"basketId": 20002, "ItemModelList": [ITEM | {"itemDetailId": 30003}]}
    outcome = land_file(
        tmp_path, "rakuten_api_orders", API_NAME, answer(MODEL | {"PackageModelList": [PACKAGE, other]})
    )
    assert outcome.counts == (3, 3, 0, 0)
    assert outcome.cells("line_id", "line_deleted", "product_code", "variant_id") == [
        ("30001-20001", "0", "TEA-100-A", "sku1"),
        ("30002-20001", "1", "tea-100", ""),
        ("30003-20002", "0", "TEA-100-A", "sku1"),
    ]
    row = outcome.rows[0]
    assert (row["price"], row["printed_price"], row["quantity"], row["tax_rate"]) == (
        "1080",
        "1000",
        "3",
        "0.08",
    )
    assert (row["status"], row["order_type"], row["payment_method"]) == ("500", "4", "代金引換")
    assert (row["discount"], row["platform_discount"], row["total"], row["fee"]) == ("300", "200", "3050", "")
    assert (row["shipped_at"], row["tracking_number"]) == ("2026-01-05", "1234-5678")
    assert (row["phone"], row["postcode"], row["birthday"]) == ("090-1234-5678", "060-0001", "1980-1-5")
    assert (row["subscription_id"], row["subscription_count"]) == ("s-1", "3")


def test_a_return_is_seen_in_the_reasons_of_the_change(tmp_path: Path) -> None:
    change = {"changeId": 1, "changeType": 2, "changeReason": 1, "changeReasonDetail": 15}
    change |= {"changeCmplDatetime": "2026-01-04T22:00:00+0900"}
    back = MODEL | {"orderProgress": 900, "ChangeReasonModelList": [change]}
    unpaid = MODEL | {"orderProgress": 900, "ChangeReasonModelList": [change | {"changeReasonDetail": 4}]}
    outcome = land_file(tmp_path, "rakuten_api_orders", API_NAME, answer(back, unpaid))
    assert outcome.cells("status", "cancelled_at")[::2] == [
        ("900/15", "2026-01-04T22:00:00+0900"),
        ("900", "2026-01-04T22:00:00+0900"),
    ]


def test_an_answer_without_orders_lands_nothing_and_is_no_error(tmp_path: Path) -> None:
    outcome = land_file(tmp_path, "rakuten_api_orders", API_NAME, answer())
    assert (outcome.counts, outcome.done.refused) == ((0, 0, 0, 0), ())


OTHER = ORDER | {"注文番号": "123456-20260104-0000000702", "商品明細ID": "30002"}


def test_the_door_finds_nothing_in_a_sound_file(tmp_path: Path) -> None:
    land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER, OTHER | {"請求金額": "-9999"}))
    found = at_the_door(tmp_path, "rakuten_orders")
    assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


def test_a_slash_between_year_and_month_is_a_date_as_well(tmp_path: Path) -> None:
    land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER | {"注文日時": "2026/1/4 9:05:00"}))
    assert at_the_door(tmp_path, "rakuten_orders").broken == {}


@pytest.mark.parametrize(
    "said",
    [
        {"単価": "1,100"},
        {"個数": "-1"},
        {"税込別": ""},
        {"税込別": "2"},
        {"注文日時": "2036-01-01 00:00:00"},
        {"注文日時": "昨日"},
        {"請求金額": "3580円"},
        {"ステータス": ""},
    ],
)
def test_the_door_takes_out_the_whole_order_and_no_other(tmp_path: Path, said: dict[str, str]) -> None:
    second = ORDER | {"商品明細ID": "30003"}
    land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER | said, second, OTHER))
    found = at_the_door(tmp_path, "rakuten_orders")
    assert "quarantine" in found.broken.values()
    assert (found.is_let_in, found.quarantined) == (True, 2)


def test_the_door_warns_where_the_goods_are_not_the_sum_of_the_lines(tmp_path: Path) -> None:
    land_file(tmp_path, "rakuten_orders", NAME, rakuten(ORDER | {"商品合計金額": "3301"}, OTHER))
    found = at_the_door(tmp_path, "rakuten_orders")
    assert (list(found.broken.values()), found.is_let_in, found.quarantined) == (["warn"], True, 0)


def test_the_door_sums_what_the_api_has_not_deleted(tmp_path: Path) -> None:
    land_file(tmp_path, "rakuten_api_orders", API_NAME, answer(MODEL))
    found = at_the_door(tmp_path, "rakuten_api_orders")
    assert (found.broken, found.is_let_in, found.quarantined) == ({}, True, 0)


def test_a_template_may_hold_day_and_time_of_the_order_apart(tmp_path: Path) -> None:
    header = ["個数", "注文番号", "注文日", "注文時間", "ステータス", "単価", "税込別"]
    said = ORDER | {"注文日": "2026/01/04", "注文時間": "09:03:07"}
    outcome = land_file(tmp_path, "rakuten_orders", NAME, rakuten(said, header=header))
    assert outcome.cells("ordered_at") == [("2026/01/04 09:03:07",)]
    assert at_the_door(tmp_path, "rakuten_orders").broken == {}
