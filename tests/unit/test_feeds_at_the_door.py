"""Our feeds at the entrance: a vendor's good file breaks no rule, and each bad order is taken out whole."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS, STAMP, csv_bytes, dropped
from vendor_files import at_the_door

SUMS = {"小計": "2200.00", "値引き": "330.00", "送料": "500.00", "合計": "2700.00"}
ORDER = {
    "会員ID": "7", "メールアドレス": "saki@example.com", "対応状況(ID)": "5", "受注日": "2026-01-03 23:59:59",
    "税率": "10", **SUMS,
}  # fmt: skip
# 明細区分, 価格, 税率: goods and discount without tax; postage, fee and points with it.
KINDS = [("1", "1000", "10"), ("2", "500", "10"), ("3", "330", "10"), ("4", "-300", "10"), ("6", "0", "0")]
LINES = [{"明細区分(ID)": kind, "価格": price, "税率": rate, "個数": "1"} for kind, price, rate in KINDS]
LINES[0]["個数"] = "2"
ECCUBE = [
    "注文ID", *ORDER, "注文詳細ID", "明細区分(ID)", "価格", "個数", "出荷ID", "配送先_お名前(姓)", "発送日",
    "入金日",
    "値引き", "送料ID",
]  # fmt: skip
HEADER = list(dict.fromkeys(ECCUBE))
NAMES = {
    "eccube_orders": f"order_{STAMP}.csv", "base_api_orders": f"orders_{STAMP}.json",
    "colorme_api_orders": f"sales_{STAMP}.json", "sendgrid_events": f"events_{STAMP}.ndjson",
}  # fmt: skip


def eccube_order(number: int, line: Mapping[str, str], **said: str) -> list[dict[str, str]]:
    """An order's rows: `said` on all of them, `line` on the first."""
    rows = [ORDER | said | one | {"注文ID": str(number)} for one in LINES]
    rows[0] |= line
    return [{"注文詳細ID": f"{number}{at}"} | row for at, row in enumerate(rows)]


# What I13 of the promises asks: an order that cannot be is taken out, with all its rows.
BAD = {
    "in the future": {"受注日": "2026-01-08 00:00:00"},
    "of another century": {"受注日": "1900-01-01 00:00:00"},
    "no date": {"受注日": "2026-13-01"}, "without a day": {"受注日": ""}, "no status": {"対応状況(ID)": ""},
    "total of goods not theirs": {"小計": "2100.00"}, "absurd": {"小計": "999999999999.00"},
    "a fraction of a yen": {"送料": "500.50"}, "no number": {"合計": "2700円"},
    "sign flipped": {"値引き": "-330.00"},
    "goods below zero": {"小計": "-2200.00"}, "no total of goods": {"小計": ""},
    "sent in the future": {"発送日": "2027-01-01"},
}  # fmt: skip
BAD_LINES = {
    "price absurd": {"価格": "99999999999"}, "price no number": {"価格": "千円"},
    "pieces below zero": {"個数": "-2"},
    "half a piece": {"個数": "1.5"}, "tax absurd": {"税率": "80"}, "a kind unheard of": {"明細区分(ID)": "7"},
    "no key": {"注文詳細ID": ""}, "no price": {"価格": ""}, "no kind": {"明細区分(ID)": ""},
}  # fmt: skip


def let_in(home: Path, feed: str, column: str) -> list[str]:
    """One column of what the door has let in."""
    tables = [pq.read_table(path) for path in sorted((home / "raw" / feed).glob("[0-9a-f]*.parquet"))]
    return [cell for table in tables for cell in table.column(column).to_pylist()]


def test_good_orders_of_ec_cube_break_no_rule_and_each_bad_one_is_taken_out_whole(tmp_path: Path) -> None:
    good = eccube_order(1, {}) + eccube_order(2, {}, **{"対応状況(ID)": "8", "受注日": ""})
    bad = [eccube_order(100 + at, {}, **said) for at, said in enumerate(BAD.values())]
    bad += [eccube_order(200 + at, said) for at, said in enumerate(BAD_LINES.values())]
    dropped(tmp_path / "good", "eccube_orders", NAMES["eccube_orders"], csv_bytes(HEADER, *good))
    said = at_the_door(tmp_path / "good", "eccube_orders")
    assert (said.broken, said.quarantined, said.is_let_in) == ({}, 0, True)
    rows = [*good, *(row for order in bad for row in order)]
    dropped(tmp_path / "bad", "eccube_orders", NAMES["eccube_orders"], csv_bytes(HEADER, *rows))
    said = at_the_door(tmp_path / "bad", "eccube_orders")
    assert (said.quarantined, said.is_let_in) == (len(LINES) * (len(BAD) + len(BAD_LINES)), True)
    assert let_in(tmp_path / "bad", "eccube_orders", "order_id") == ["1"] * 5 + ["2"] * 5


LEGAL = {
    "nothing to pay": ({"小計": "0.00", "値引き": "0", "送料": "0", "合計": "0"}, {"価格": "0.00"}),
    "an order of a company": (
        {"小計": "435600000.00", "値引き": "0", "送料": "0", "合計": "435600000"},
        {"価格": "19800.00", "個数": "20000"},
    ),
    "a piece of jewellery": (
        {"小計": "13200000", "値引き": "0", "送料": "0", "合計": "13200000"},
        {"価格": "12000000", "個数": "1"},
    ),
    "sent next week": ({"発送日": "2026/1/12"}, {}), "saved by Excel": ({"受注日": "2026/1/3 9:03"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", LEGAL)
def test_what_is_rare_but_legal_is_let_in(tmp_path: Path, name: str) -> None:
    said, line = LEGAL[name]
    row = ORDER | LINES[0] | {"注文ID": "1", "注文詳細ID": "1", "合計": "2370.00"} | said | line
    dropped(tmp_path, "eccube_orders", NAMES["eccube_orders"], csv_bytes(HEADER, row))
    assert at_the_door(tmp_path, "eccube_orders").broken == {}


def test_a_line_told_twice_refuses_the_file(tmp_path: Path) -> None:
    rows = eccube_order(1, {}) * 2
    dropped(tmp_path, "eccube_orders", NAMES["eccube_orders"], csv_bytes(HEADER, *rows))
    said = at_the_door(tmp_path, "eccube_orders")
    assert not said.is_let_in
    assert said.broken["line_id is unique within a file"] == "refuse"


def base_answer(key: str, **said: object) -> dict[str, object]:
    """The example of the API's documentation."""
    items = [
        {"order_item_id": f"{key}1", "price": 2000, "amount": 2},
        {"order_item_id": f"{key}2", "price": 3000, "amount": 1},
    ]  # fmt: skip
    known = {
        "unique_key": key, "ordered": 1767452399, "payment": "creditcard", "shipping_fee": 500,
        "cod_fee": 300,
        "total": 6800, "mail_address": "hana@example.com", "dispatch_status": "ordered", "cancelled": None,
        "order_discount": {"discount": 1000}, "order_items": items,
    }  # fmt: skip
    return {"order": known | said}


def test_the_api_s_documented_order_adds_up_and_bad_ones_are_taken_out(tmp_path: Path) -> None:
    answers = [
        base_answer("A"), base_answer("B", ordered=17674523990), base_answer("C", shipping_fee="500.5"),
        base_answer("D", order_items=[]), base_answer("E", total=6900), base_answer("F", payment=None),
    ]  # fmt: skip
    content = "".join(json.dumps(answer) + "\n" for answer in answers).encode()
    dropped(tmp_path, "base_api_orders", NAMES["base_api_orders"], content)
    said = at_the_door(tmp_path, "base_api_orders")
    assert let_in(tmp_path, "base_api_orders", "order_id") == ["A", "A", "D", "E", "E"]
    assert (said.quarantined, set(said.broken.values())) == (6, {"quarantine", "warn"})


def test_day_and_time_that_make_shop_prints_apart_are_one_time(tmp_path: Path) -> None:
    known = {"日付": "2022/8/10", "注文時間": "93309", "注文番号": "P1", "処理状況": "未処理"}
    content = csv_bytes(list(known), known, known | {"注文番号": "P2", "注文時間": "993309"})
    dropped(tmp_path, "makeshop_orders", f"{STAMP}.csv", content)
    assert at_the_door(tmp_path, "makeshop_orders").quarantined == 1
    assert let_in(tmp_path, "makeshop_orders", "ordered_at") == ["2022/8/10 93309"]


def test_the_color_me_api_s_documented_sale_adds_up(tmp_path: Path) -> None:
    sale = {
        "id": 4434233, "make_date": 1465784934, "update_date": 1494496895, "payment_id": 751, "paid": True,
        "delivered": True, "canceled": False, "product_total_price": 1000, "delivery_total_charge": 350,
        "fee": 300,
        "tax": 80, "noshi_total_charge": 0, "card_total_charge": 200, "wrapping_total_charge": 0,
        "point_discount": 0,
        "gmo_point_discount": 0, "other_discount": 0, "total_price": 1930, "customer": {"id": 1},
        "details": [{"id": 44344599, "price_with_tax": 1080, "product_num": 1}],
    }  # fmt: skip
    dropped(
        tmp_path, "colorme_api_orders", NAMES["colorme_api_orders"], json.dumps({"sales": [sale]}).encode()
    )
    said = at_the_door(tmp_path, "colorme_api_orders")
    assert (said.broken, said.quarantined, said.is_let_in) == ({}, 0, True)


def test_an_event_at_no_time_is_taken_out_and_an_unheard_of_one_is_said(tmp_path: Path) -> None:
    events = [
        {"event": "open", "timestamp": 1591726752}, {"event": "open", "timestamp": 15917267523},
        {"event": "teleported", "timestamp": "1591726752"},
        {"timestamp": 1591726752, "email": "a@example.com"},
    ]  # fmt: skip
    content = "".join(json.dumps(event) + "\n" for event in events).encode()
    dropped(tmp_path, "sendgrid_events", NAMES["sendgrid_events"], content)
    said = at_the_door(tmp_path, "sendgrid_events")
    assert let_in(tmp_path, "sendgrid_events", "event") == ["open", "teleported"]
    assert (said.quarantined, said.broken["event is known"]) == (2, "warn")


@pytest.mark.parametrize(
    ("feed", "row", "bad"),
    [
        ("consents", {"state": "withdrawn"}, {"state": "maybe"}),
        ("consents", {"state": "granted"}, {"changed_at": "someday"}),
        ("consents", {"state": "granted"}, {"mail": ""}),
        ("consents", {"state": "withdrawn", "channel": "dm", "mail": ""}, {"channel": ""}),
        ("consents", {"state": "withdrawn", "channel": "dm"}, {"mail": "", "member_id": ""}),
        ("stops", {"scope": "mail"}, {"scope": "everything"}),
        ("stops", {"scope": "dm", "phone": ""}, {"mail": "", "member_id": ""}),
        ("stops", {"scope": "all"}, {"since": ""}),
    ],
)  # fmt: skip
def test_a_file_that_may_hold_a_refusal_is_refused_for_one_bad_row(
    tmp_path: Path, feed: str, row: dict[str, str], bad: dict[str, str]
) -> None:
    known = {
        "member_id": "7", "mail": "a@example.com", "brand_id": "main", "channel": "mail",
        "purpose": "advertising",
        "form_version": "1", "source": "mypage", "changed_at": "2026-01-01", "shop_id": "eccube",
        "reason": "refused",
        "since": "2026-01-01",
    } | row  # fmt: skip
    content = csv_bytes(list(known), known, known | {"member_id": "8"} | bad, encoding="utf-8")
    dropped(tmp_path, feed, f"{feed}_{STAMP}.csv", content)
    assert not at_the_door(tmp_path, feed).is_let_in


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("consents", {"member_id": "7", "channel": "dm", "state": "withdrawn"}),
        ("stops", {"phone": "090-1234-5678", "scope": "call"}),
    ],
)
def test_a_refusal_by_letter_or_telephone_needs_no_mail_address(
    tmp_path: Path, feed: str, said: dict[str, str]
) -> None:
    row = dict.fromkeys(FEEDS[feed].columns, "") | {
        "shop_id": "eccube", "brand_id": "main", "purpose": "advertising", "form_version": "1",
        "source": "phone", "changed_at": "2026-01-01", "reason": "refused", "since": "2026-01-01",
    } | said  # fmt: skip
    dropped(tmp_path, feed, f"{feed}_{STAMP}.csv", csv_bytes(list(row), row, encoding="utf-8"))
    assert at_the_door(tmp_path, feed).broken == {}
