"""What the demo shop's files say, read back from their bytes."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from demo_shop import records

from orchestration.demo.eccube.order_csv import HEADER
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.exports import write_exports

UNTIL = date(1998, 7, 1)
VALID = ("1", "4", "5", "6")
ORDER_HEAD = re.compile(rb"(?m)^(\d+),\1,")
SUMS = re.compile(rb",(\d+)\.00,\d+\.00,\d+\.00,\d+\.00,(\d+)\.00,\2\.00,(\d),")
MAIL = re.compile(rb",([^,]*@example\.com),")

Row = dict[str, str]


def rows(written: Written) -> list[Row]:
    header, *others = records(written.path.read_bytes().decode("cp932"))
    names = [f"{name}__2" if name in header[:at] else name for at, name in enumerate(header)]
    return [dict(zip(names, record, strict=True)) for record in others]


def export(home: Path, *, until: date = UNTIL, customers: int | None = 300) -> tuple[Written, ...]:
    return write_exports(home=home, until=until, since=None, customers=customers, anchor=None)


def yen(text: str) -> int:
    whole, fraction = text.split(".")
    assert fraction == "00"
    return int(whole)


def with_tax(row: Row) -> int:
    price, rate = yen(row["価格"]), int(row["税率"])
    tax = (price * rate + 50) // 100 if row["明細区分(ID)"] in "14" else 0
    return (price + tax) * int(row["個数"])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, ...]:
    return export(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def lines(shop: tuple[Written, ...]) -> list[Row]:
    return rows(shop[0])


@pytest.fixture(scope="module")
def orders(lines: list[Row]) -> list[Row]:
    return list({row["注文ID"]: row for row in reversed(lines)}.values())


@pytest.fixture(scope="module")
def members(shop: tuple[Written, ...]) -> list[Row]:
    return rows(shop[1])


@pytest.fixture(scope="module")
def consents(shop: tuple[Written, ...]) -> list[Row]:
    with shop[2].path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_orders(orders: list[Row]) -> dict[str, str]:
    """The time of each buyer's first valid order, by mail."""
    valid = [row for row in orders if row["対応状況(ID)"] in VALID]
    latest_first = sorted(valid, key=lambda row: row["受注日"], reverse=True)
    return {row["メールアドレス"]: row["受注日"] for row in latest_first}


def test_the_whole_shop_adds_up_to_the_golden_figures_of_cdnow(tmp_path: Path) -> None:
    data = export(tmp_path, customers=None)[0].path.read_bytes()
    heads = {found[1]: found.start() for found in reversed(list(ORDER_HEAD.finditer(data)))}
    sums = [SUMS.search(data, start) for start in heads.values()]
    buyers = {found[1] for start in heads.values() if (found := MAIL.search(data, start))}
    goods = [int(found[1]) for found in sums if found and found[3].decode() in VALID]
    assert (len(goods), sum(goods), goods.count(0), len(buyers)) == (69_659, 250_031_563, 80, 23_570)
    assert 200 < len(heads) - len(goods) < 600


def test_a_part_of_the_shop_is_the_beginning_of_a_greater_part(tmp_path: Path) -> None:
    small, large = export(tmp_path / "small", customers=40), export(tmp_path / "large", customers=60)
    for part, whole in zip(small, large, strict=True):
        assert whole.path.read_bytes().startswith(part.path.read_bytes())


def test_each_file_has_the_vendors_name_and_its_marker_and_nothing_else_is_left(
    shop: tuple[Written, ...],
) -> None:
    names = {file.feed: sorted(path.name for path in file.path.parent.iterdir()) for file in shop}
    stamp = "19980701030000.csv"
    assert names == {
        "eccube_orders": [f"order_{stamp}", f"order_{stamp}.done"],
        "eccube_customers": [f"customer_{stamp}", f"customer_{stamp}.done"],
        "consents": [f"consents_{stamp}", f"consents_{stamp}.done"],
    }


def test_the_reported_rows_are_those_in_the_files(
    shop: tuple[Written, ...], lines: list[Row], members: list[Row], consents: list[Row]
) -> None:
    assert [file.rows for file in shop] == [len(lines), len(members), len(consents)]


def test_the_sums_of_an_order_follow_from_its_lines(lines: list[Row], orders: list[Row]) -> None:
    by_kind: Counter[tuple[str, str]] = Counter()
    for row in lines:
        by_kind[row["注文ID"], row["明細区分(名称)"]] += with_tax(row)
    for row in orders:
        goods, postage, fee, discount, points = (
            by_kind[row["注文ID"], kind] for kind in ("商品", "送料", "手数料", "割引", "ポイント")
        )
        assert (yen(row["小計"]), yen(row["送料"])) == (goods, postage)
        assert yen(row["値引き"]) == -discount - points >= 0
        assert yen(row["合計"]) == yen(row["支払合計"]) == goods + postage + fee + discount + points >= 0


def test_every_order_has_a_postage_row_and_a_fee_row_even_at_zero(
    lines: list[Row], orders: list[Row]
) -> None:
    kinds = Counter(row["明細区分(名称)"] for row in lines)
    assert kinds["送料"] == kinds["手数料"] == len(orders)
    assert {"商品", "割引", "ポイント"} < set(kinds)
    assert {row["価格"] for row in lines if row["明細区分(名称)"] == "手数料"} == {"0.00", "330.00"}


def test_line_ids_are_unique_and_the_second_postage_is_blank(lines: list[Row]) -> None:
    assert len({row["注文詳細ID"] for row in lines}) == len(lines)
    assert {row["送料__2"] for row in lines} == {""}
    assert len(HEADER.split(",")) == len(lines[0])


def test_only_goods_and_postage_belong_to_a_shipment(lines: list[Row]) -> None:
    shipped = {row["明細区分(名称)"] for row in lines if row["出荷ID"]}
    unshipped = {row["明細区分(名称)"] for row in lines if not row["出荷ID"]}
    assert (shipped, unshipped) == ({"商品", "送料"}, {"手数料", "割引", "ポイント"})


def test_invented_orders_follow_their_buyers_first_real_one(orders: list[Row]) -> None:
    invented = [row for row in orders if int(row["注文ID"]) > 100_000]
    first = first_orders(orders)
    assert {row["対応状況(ID)"] for row in invented} <= {"3", "7", "8", "9"}
    assert invented
    assert all(row["受注日"] > first[row["メールアドレス"]] for row in invented)


def test_shipped_orders_went_out_two_days_later_and_seven_percent_of_the_dates_are_missing(
    orders: list[Row],
) -> None:
    sent = [row for row in orders if row["対応状況(ID)"] == "5"]
    dated = [row for row in sent if row["発送日"]]
    days = {
        (date.fromisoformat(row["発送日"][:10]) - date.fromisoformat(row["受注日"][:10])).days
        for row in dated
    }
    assert days == {2}
    assert 0.04 < 1 - len(dated) / len(sent) < 0.10


def test_nothing_is_known_of_the_day_of_the_export_or_later(tmp_path: Path) -> None:
    orders, members, consents = export(tmp_path, until=date(1997, 1, 20))
    lines = rows(orders)
    young = [row for row in lines if row["受注日"] >= "1997-01-18" and row["対応状況(ID)"] in VALID]
    known = {row[name] for row in lines for name in ("受注日", "入金日", "発送日")}
    known |= {row[name] for row in rows(members) for name in ("最終購入日", "登録日", "更新日")}
    known |= {line.rsplit(",", 1)[1] for line in consents.path.read_text("utf-8").splitlines()[1:]}
    assert max(known) < "1997-01-20"
    assert {row["対応状況(ID)"] for row in young} == {"1", "4", "6"}
    assert {row["発送日"] for row in young} == {""}
    assert any(row["購入回数"] == "0" for row in rows(members))


def test_members_joined_by_their_first_order_and_guests_are_no_members(
    orders: list[Row], members: list[Row]
) -> None:
    first_by_mail = first_orders(orders)
    first = {row["会員ID"]: first_by_mail[row["メールアドレス"]] for row in orders}
    guests = {row["メールアドレス"] for row in orders if not row["会員ID"]}
    assert {row["会員ID"] for row in members} == first.keys() - {""}
    assert all(row["登録日"] < row["初回購入日"] == first[row["会員ID"]] for row in members)
    assert len(guests) + len(members) == 300
    assert guests.isdisjoint(row["メールアドレス"] for row in members)


def test_who_left_has_lost_his_mail_address_and_never_agreed(tmp_path: Path) -> None:
    _, members, consents = export(tmp_path, customers=1000)
    left = [row for row in rows(members) if row["会員ステータス(名称)"] == "退会"]
    agreed = {line.split(",")[1] for line in consents.path.read_text("utf-8").splitlines()}
    assert 0 < len(left) < 20
    assert all(re.fullmatch(r"[0-9a-f]{60}@dummy\.dummy", row["メールアドレス"]) for row in left)
    assert agreed.isdisjoint(row["会員ID"] for row in left)


def test_six_in_ten_agree_by_their_first_order_and_only_they_withdraw(
    orders: list[Row], consents: list[Row]
) -> None:
    first = first_orders(orders)
    granted = {row["mail"]: row["changed_at"] for row in consents if row["state"] == "granted"}
    withdrawn = {row["mail"]: row["changed_at"] for row in consents if row["state"] == "withdrawn"}
    assert 0.5 < len(granted) / len(first) < 0.7
    assert all(changed_at <= first[mail] for mail, changed_at in granted.items())
    assert withdrawn
    assert all(changed_at > granted[mail] for mail, changed_at in withdrawn.items())
