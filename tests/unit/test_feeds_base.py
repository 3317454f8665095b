"""BASE: the order CSV with options as rows of their own, and the API's orders."""

import json
from pathlib import Path

import pytest
from feed_files import FEEDS, STAMP, csv_bytes, names, read, state

HEADER = names(
    "注文ID,注文日時,氏(請求先),名(請求先),郵便番号(請求先),都道府県(請求先),住所(請求先),住所2(請求先),"
    "電話番号(請求先),メールアドレス(請求先),氏(配送先),名(配送先),郵便番号(配送先),都道府県(配送先),"
    "住所(配送先),住所2(配送先),電話番号(配送先),備考,商品名,バリエーション,価格,税率,数量,合計金額,送料,"
    "支払い方法,代引き手数料,発送状況,商品ID,種類ID,購入元,配送日,配送時間帯,注文メモ,調整金額"
)
ROW = {
    "注文ID": "154D88A39E454289", "注文日時": "2026-01-03 23:59:59", "氏(請求先)": "髙橋",
    "名(請求先)": "花子", "郵便番号(請求先)": "100-0001", "都道府県(請求先)": "東京都",
    "住所(請求先)": "千代田区", "住所2(請求先)": "1-1", "電話番号(請求先)": "03-1234-5678",
    "メールアドレス(請求先)": "hana@example.com", "氏(配送先)": "佐藤", "名(配送先)": "次郎", "商品名": "茶",
    "バリエーション": "大", "価格": "1100", "税率": "10", "数量": "2", "合計金額": "3030", "送料": "500",
    "支払い方法": "代金引換", "代引き手数料": "330", "発送状況": "未発送", "商品ID": "1000", "種類ID": "101",
    "購入元": "PC", "調整金額": "0",
}  # fmt: skip
OPTION = {
    "商品名": "商品オプション「名入れ：寿」",
    "バリエーション": "",
    "価格": "",
    "数量": "",
    "商品ID": "",
    "種類ID": "",
}
CSV, JSON = f"order_{STAMP}.csv", f"orders_{STAMP}.json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_line_lands_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    got = read(tmp_path, "base_orders", CSV, csv_bytes(HEADER, ROW, encoding=encoding, end="\r\n", quote='"'))
    said = (
        "order_id", "ordered_at", "family_name", "given_name", "mail", "receiver_name", "product_name",
        "option1", "price", "tax_rate", "quantity", "total", "postage", "payment_method", "fee", "status",
        "product_id", "variant_id", "entry_point", "adjustment", "line_kind", "shop_id",
    )  # fmt: skip
    assert (len(HEADER), got.parsed.unmapped) == (35, ())
    assert [got.rows[0][name] for name in said] == [
        "154D88A39E454289", "2026-01-03 23:59:59", "髙橋", "花子", "hana@example.com", "佐藤 次郎", "茶",
        "大", "1100", "10", "2", "3030", "500", "代金引換", "330", "未発送", "1000", "101", "PC", "0", "",
        "base",
    ]  # fmt: skip


def test_an_option_is_a_line_of_its_own_kind(tmp_path: Path) -> None:
    got = read(tmp_path, "base_orders", CSV, csv_bytes(HEADER, ROW, ROW | OPTION))
    assert got.column("line_kind") == ["", "商品オプション"]
    assert got.column("product_name") == ["茶", "商品オプション「名入れ：寿」"]
    money = FEEDS["base_orders"].money
    assert money
    assert {source: kind.line_kind for source, kind in money.line_kinds.items()} == {
        "商品オプション": "option"
    }
    assert (money.price_is, money.tax_is, money.subtotal_is) == ("unit", "included", None)


def test_codes_of_newer_files_are_read_the_finer_one_first(tmp_path: Path) -> None:
    header = [*HEADER, "商品コード", "種類コード", "JAN / GTIN", "特典"]
    rows = [ROW | {"商品コード": "T", "種類コード": "T-大", "JAN / GTIN": "490"}, ROW | {"商品コード": "T"}]
    got = read(tmp_path, "base_orders", CSV, csv_bytes(header, *rows))
    assert got.column("product_code") == ["T-大", "T"]
    assert (got.column("jan"), got.parsed.unmapped) == (["490", ""], ())


@pytest.mark.parametrize(
    ("status", "how", "means"),
    [
        ("未発送", "クレジットカード決済", "active"),
        ("入金待ち", "銀行振込", "pending"),
        ("入金待ち", "代金引換", "active"),
        ("入金待ち", "後払い決済", "active"),
        ("配送中", "クレジットカード決済", "active"),
        ("発送済み", "クレジットカード決済", "fulfilled"),
        ("キャンセル", "代金引換", "cancelled"),
        ("unpaid", "cvs", "pending"),
        ("unpaid", "cod", "active"),
        ("ordered", "base_bt", "active"),
        ("shipping", "atobarai", "active"),
        ("dispatched", "creditcard", "fulfilled"),
        ("cancelled", "creditcard", "cancelled"),
        ("対応中", "creditcard", "unmapped"),
    ],
)
def test_what_a_status_means_depends_on_the_way_to_pay(status: str, how: str, means: str) -> None:
    assert state(FEEDS["base_orders"], status=status, payment_method=how) == means


def order(key: str, **said: object) -> dict[str, object]:
    """One order as GET /1/orders/detail answers it."""
    item = {"variation_id": 101, "title": "茶", "variation": "大", "status": "ordered"}
    known = {
        "unique_key": key, "ordered": 1767452399, "cancelled": None, "dispatched": None,
        "payment": "creditcard",
        "shipping_fee": 500, "cod_fee": 300, "total": 6800, "first_name": "花子", "last_name": "髙橋",
        "mail_address": "hana@example.com", "dispatch_status": "ordered", "modified": 1767500000,
        "order_receiver": {"first_name": "次郎", "last_name": "佐藤"},
        "order_discount": {"discount": 1000, "note": "初売り"}, "subscription": None,
        "order_items": [
            {"order_item_id": 123, "item_id": 1000, "price": 2000, "amount": 2, "total": 4000, **item},
            {"order_item_id": 124, "item_id": 1001, "price": 3000, "amount": 1, "total": 3000, **item},
        ],
    }  # fmt: skip
    return {"order": known | said}


def answers(*orders: object) -> bytes:
    """Answers as they come, one a line."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in orders).encode()


@pytest.mark.parametrize("name", [JSON, f"{JSON}l"])
def test_an_answer_of_the_api_lands_line_by_line(tmp_path: Path, name: str) -> None:
    got = read(tmp_path, "base_api_orders", name, answers(order("A")))
    assert (got.column("order_id"), got.column("line_id")) == (["A", "A"], ["123", "124"])
    said = (
        "ordered_at", "cancelled_at", "family_name", "given_name", "mail", "receiver_name", "status",
        "payment_method", "discount", "postage", "fee", "total", "price", "quantity", "product_id", "option1",
        "line_status", "subscription_id",
    )  # fmt: skip
    assert [got.rows[0][name] for name in said] == [
        "1767452399", "", "髙橋", "花子", "hana@example.com", "佐藤 次郎", "ordered", "creditcard", "1000",
        "500", "300", "6800", "2000", "2", "1000", "大", "ordered", "",
    ]  # fmt: skip


def test_a_subscription_s_delivery_says_which_contract_and_which_time(tmp_path: Path) -> None:
    contract = {"unique_key": "S1", "repeat_number": 3, "repeat_times": 0}
    content = answers(order("A", subscription=contract), order("B", order_items=[], cancelled=1767460000))
    got = read(tmp_path, "base_api_orders", JSON, content)
    assert got.column("subscription_id") == ["S1", "S1", ""]
    assert got.column("subscription_count") == ["3", "3", ""]
    assert got.column("line_id") == ["123", "124", ""]
    assert got.column("cancelled_at") == ["", "", "1767460000"]


@pytest.mark.parametrize(
    ("status", "how", "means"),
    [
        ("unpaid", "bt", "pending"), ("unpaid", "cod", "active"), ("unpaid", "atobarai", "active"),
        ("ordered", "cvs", "active"), ("shipping", "cod", "active"), ("dispatched", "cod", "fulfilled"),
        ("cancelled", "cod", "cancelled"), ("shortage", "bt", "unmapped"),
    ],
)  # fmt: skip
def test_what_a_status_of_the_api_means(status: str, how: str, means: str) -> None:
    assert state(FEEDS["base_api_orders"], status=status, payment_method=how) == means


def test_an_item_that_was_cancelled_alone_is_no_line_any_more(tmp_path: Path) -> None:
    items = [{"order_item_id": at, "price": 2000, "amount": 1, "status": said}
             for at, said in enumerate(("dispatched", "cancelled"))]  # fmt: skip
    answer = order("A", dispatch_status="dispatched", order_items=items)
    got = read(tmp_path, "base_api_orders", JSON, answers(answer))
    assert got.column("line_deleted") == ["", "cancelled"]
