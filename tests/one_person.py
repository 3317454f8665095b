"""One person whose every handle is a canary, and the files of many feeds that name him."""
# ruff: noqa: E501  # rows of files are easier to read as rows

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from disk_search import found as search
from feed_files import FEEDS
from inbox import put
from seed_files import headers, table

MAIL, OLD_MAIL = "canary.quill@example.com", "canary.before@example.net"
PHONE, MALL_PHONE = "090-8765-4321", "0176-23-9999"
FAMILY, GIVEN, KANA = "鷹匠", "玄之丞", ("タカジョウ", "ゲンノジョウ")
ZIP, STREET = "039-2999", "架空町大字試験七十七"
MEMBER, SHOPIFY_MEMBER = "990001", "7700990001"
HANDLES = (
    MAIL, OLD_MAIL, PHONE, PHONE.replace("-", ""), MALL_PHONE, MALL_PHONE.replace("-", ""), "+819087654321", "+81-90-8765-4321",
    KANA[1], f"member:{MEMBER}",
)  # fmt: skip
WORDS = (GIVEN, STREET)  # others' free text says them, too
Cells = dict[str, str]


def files(stamp: str, day: date) -> Iterator[tuple[str, str, bytes]]:
    """Feed, name and bytes of every export of a night that knows him."""
    yield from _at_eccube(stamp, day)
    yield from _at_malls_and_shopify(stamp, day)
    yield from _in_our_own_formats(stamp, day)


def drop(home: Path, stamp: str, day: date) -> None:
    """Put them all into the inbox."""
    for feed, name, content in files(stamp, day):
        put(home, feed, name, content)


def found(home: Path, words: tuple[str, ...] = HANDLES + WORDS) -> list[str]:
    """Where he still is, but for the demo's own books and all of Japan's post codes."""
    return search(home, words, but=("demo_truth/", "raw/_catalogue/postcodes"))


def _csv(feed: str, rows: list[Cells], encoding: str) -> bytes:
    names = [name for name in headers(FEEDS[feed]) if not re.search(r"__\d", name)]
    names += sorted({name for row in rows for name in row} - set(names))
    return table(FEEDS[feed], names, [[row.get(name, "") for name in names] for row in rows], encoding)


def _at_eccube(stamp: str, day: date) -> Iterator[tuple[str, str, bytes]]:
    him = {
        "会員ID": MEMBER, "お名前(姓)": FAMILY, "お名前(名)": GIVEN, "お名前(セイ)": KANA[0], "お名前(メイ)": KANA[1],
        "メールアドレス": MAIL, "TEL": PHONE, "郵便番号": ZIP, "住所1": STREET, "住所2": "9号", "都道府県(名称)": "青森県",
    }  # fmt: skip
    wife = him | {
        "会員ID": "990002",
        "お名前(名)": "小雪",
        "お名前(メイ)": "コユキ",
        "郵便番号": "039-3000",
        "住所1": "別町大字他三",
        "メールアドレス": "snow@example.org",
        "TEL": "0176-99-0001",
    }
    order = {
        "受注日": f"{day} 10:00:00", "小計": "3300", "送料": "0", "値引き": "0", "手数料": "0", "合計": "3300", "支払合計": "3300",
        "対応状況(ID)": "5", "対応状況(名称)": "発送済み", "支払方法(名称)": "クレジット", "価格": "3000", "個数": "1", "税率": "10",
        "明細区分(ID)": "1", "商品コード": "TEA-1", "商品名": "表", "発送日": f"{day} 18:00:00", "入金日": f"{day} 10:00:00",
    }  # fmt: skip
    gift = {
        "配送先_お名前(姓)": FAMILY, "配送先_お名前(名)": GIVEN, "配送先_郵便番号": ZIP, "配送先_住所1": STREET,
        "配送先_TEL": PHONE, "ショップ用メモ欄": f"夫 {FAMILY}{GIVEN}({ZIP} {STREET})へ 電話 {PHONE}",
    }  # fmt: skip
    numbered = [
        him | order | {"注文ID": "880001", "注文番号": "880001", "注文詳細ID": "1"},
        him
        | order
        | {"注文ID": "880002", "注文番号": "880002", "注文詳細ID": "2", "メールアドレス": OLD_MAIL},
        wife | order | gift | {"注文ID": "880003", "注文番号": "880003", "注文詳細ID": "3"},
    ]
    yield "eccube_orders", f"order_{stamp}.csv", _csv("eccube_orders", numbered, "cp932")
    since = {"登録日": "2026-01-01 10:00:00", "更新日": "2026-01-02 10:00:00", "会員ステータス(ID)": "2"}
    people = [him | since, wife | since | {"ショップ用メモ欄": f"夫: {FAMILY} {GIVEN}、{STREET}"}]
    yield "eccube_customers", f"customer_{stamp}.csv", _csv("eccube_customers", people, "utf-16")


def _at_malls_and_shopify(stamp: str, day: date) -> Iterator[tuple[str, str, bytes]]:
    rakuten = {
        "注文番号": "123456-20260101-0000000001", "ステータス": "700", "注文日時": f"{day} 11:00:00", "注文者姓": FAMILY, "注文者名": GIVEN,
        "注文者姓カナ": KANA[0], "注文者名カナ": KANA[1], "注文者メールアドレス": "mask0001@pc.fw.rakuten.ne.jp", "注文者電話番号1": "0176",
        "注文者電話番号2": "23", "注文者電話番号3": "9999", "注文者郵便番号1": "039", "注文者郵便番号2": "2999", "注文者住所それ以降の住所": STREET,
        "商品合計金額": "1000", "送料合計": "0", "代引料合計": "0", "請求金額": "1000", "商品明細ID": "1", "送付先ID": "1", "商品ID": "9",
        "商品名": "茶", "単価": "1000", "個数": "1", "税込別": "1", "商品税率": "0.1", "送付先姓": FAMILY, "送付先名": GIVEN,
    }  # fmt: skip
    content = _csv("rakuten_orders", [rakuten], "cp932")
    yield "rakuten_orders", f"rakuten_{stamp}.csv.gz", gzip.compress(content, mtime=0)
    address = {
        "name": f"{FAMILY} {GIVEN}",
        "lastName": FAMILY,
        "firstName": GIVEN,
        "phone": "+81-90-8765-4321",
        "zip": ZIP,
        "address1": STREET,
    }
    money = {"shopMoney": {"amount": "2000"}}
    order = {
        "id": "gid://shopify/Order/5550001", "name": "#9901", "email": MAIL.upper(), "customer": {"id": f"gid://shopify/Customer/{SHOPIFY_MEMBER}"},
        "note": f"{FAMILY}", "billingAddress": address, "shippingAddress": address, "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "FULFILLED", "cancelledAt": None, "processedAt": f"{day}T10:00:00Z", "currencyCode": "JPY",
        "subtotalPriceSet": money, "totalPriceSet": money, "transactions": [], "customAttributes": [{"key": "宛名", "value": f"{FAMILY}{GIVEN}"}],
    }  # fmt: skip
    line = {
        "id": "gid://shopify/LineItem/5550002", "__parentId": order["id"], "title": "茶", "sku": "TEA-1", "quantity": 1,
        "originalUnitPriceSet": money, "customAttributes": [{"key": "名入れ", "value": GIVEN}],
    }  # fmt: skip
    lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in (order, line))
    yield "shopify_bulk_orders", f"bulk_orders_{stamp}.jsonl", lines.encode()


def _in_our_own_formats(stamp: str, day: date) -> Iterator[tuple[str, str, bytes]]:
    him = {"shop_id": "eccube", "brand_id": "main", "member_id": MEMBER, "mail": MAIL}
    other = {"shop_id": "eccube", "brand_id": "main", "member_id": "990002", "mail": ""}
    consent = {
        "channel": "mail", "purpose": "advertising", "state": "granted", "form_version": "2026-01", "source": "signup",
        "changed_at": "2026-01-02 10:00:00",
    }  # fmt: skip
    yield (
        "consents",
        f"consents_{stamp}.csv",
        _csv("consents", [him | consent, other | consent | {"mail": "snow@example.org"}], "utf-8"),
    )
    call = {"medium": "call", "direction": "in", "contacted_at": f"{day} 10:00:00", "result": "reached"}
    calls = [
        him | call | {"contact_id": "1"},
        other | call | {"contact_id": "2", "reason": f"{FAMILY}　{GIVEN}様 {STREET} へ"},
        other | call | {"contact_id": "3", "reason": f"mail to <{MAIL}> or ０９０８７６５４３２１"},
    ]
    yield "contacts", f"contacts_{stamp}.csv", _csv("contacts", calls, "utf-16")
    events = [
        {"event": kind, "email": MAIL, "timestamp": 1767000000 + at, "sg_event_id": f"e{at}", "joren_token": "t", "useragent": "x", "ip": "192.0.2.1",
         "sg_message_id": "m", "reason": f"550 <{MAIL}> unknown"}
        for at, kind in enumerate(("processed", "deferred"))
    ]  # fmt: skip
    lines = "".join(f"{json.dumps(one)}\n" for one in events)
    yield "sendgrid_events", f"events_{stamp}.ndjson", lines.encode()
