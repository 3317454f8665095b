"""The truth beside the inbox agrees with the inbox."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from demo_shop import FIRST_NIGHT, inbox, night, simulated, table, text

from orchestration.demo.writing.arrivals import Written

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("truth")


@pytest.fixture(scope="module")
def files(home: Path) -> dict[str, list[Written]]:
    return night(home, simulated(customers=1200), FIRST_NIGHT)


@pytest.fixture(scope="module")
def truth(home: Path, files: dict[str, list[Written]]) -> dict[str, Rows]:
    assert files
    return {path.stem: pq.read_table(path).to_pylist() for path in (home / "demo_truth").iterdir()}


def test_there_is_a_table_for_each_question(truth: dict[str, Rows]) -> None:
    assert truth.keys() == {"people", "keys", "faces", "orders", "contracts", "process"}
    assert [row["number"] for row in truth["people"]] == list(range(1, 1201))


def test_the_truth_never_lies_in_the_inbox(home: Path, files: dict[str, list[Written]]) -> None:
    assert files
    assert not any(
        name.endswith(".parquet") or b"household" in content for name, content in inbox(home).items()
    )
    assert (home / "demo_truth").stat().st_mode & 0o077 == 0


def test_every_exported_order_has_its_person(files: dict[str, list[Written]], truth: dict[str, Rows]) -> None:
    known = {(row["shop_id"], row["order_id"]) for row in truth["orders"]}
    rakuten = {row["注文番号"] for part in files["rakuten_orders"] for row in table(text(part, "cp932"))}
    yahoo = {row["OrderId"] for row in table(text(files["yahoo_orders"][0], "cp932"))}
    shopify = {row["Id"] for row in table(text(files["shopify_orders"][0], "utf-8")) if row["Id"]}
    for shop, numbers in (("rakuten", rakuten), ("yahoo", yahoo), ("shopify", shopify)):
        assert {order for place, order in known if place == shop} == numbers


def test_every_key_that_a_shop_prints_is_somebodys(
    files: dict[str, list[Written]], truth: dict[str, Rows]
) -> None:
    keys = {(row["shop_id"], row["key_kind"], row["key"]) for row in truth["keys"]}
    rakuten = [row for part in files["rakuten_orders"] for row in table(text(part, "cp932"))]
    assert {("rakuten", "mail", row["注文者メールアドレス"]) for row in rakuten} <= keys
    yahoo = table(text(files["yahoo_orders"][0], "cp932"))
    assert {("yahoo", "mail", row["BillMailAddress"]) for row in yahoo} <= keys
    customers = table(text(files["shopify_customers"][0], "utf-8"))
    assert {("shopify", "member", row["Customer ID"][1:]) for row in customers} <= keys


def test_one_person_is_behind_keys_of_several_shops_and_one_key_behind_a_family(
    truth: dict[str, Rows],
) -> None:
    shops: dict[int, set[str]] = {}
    for row in truth["orders"]:
        shops.setdefault(row["number"], set()).add(row["shop_id"])
    assert sum(len(places) > 1 for places in shops.values()) > 50
    assert any(row["household"] != row["number"] for row in truth["people"])


def test_churn_is_the_day_of_the_last_purchase(truth: dict[str, Rows]) -> None:
    gone = [row for row in truth["people"] if row["churned_on"] is not None]
    assert 0.1 < len(gone) / 1200 < 0.6
    assert all(row["churned_on"] >= row["first_on"] and row["purchases"] > 1 for row in gone)


def test_what_was_edited_refunded_or_undone_is_said_with_its_day(truth: dict[str, Rows]) -> None:
    edited = [row for row in truth["orders"] if row["edited_at"]]
    refunded = [row for row in truth["orders"] if row["refunded_at"]]
    assert edited
    assert all(row["edited_at"] > row["ordered_at"] and row["edited_line"] == 1 for row in edited)
    assert all(row["edited_goods_yen"] < row["goods_yen"] and not row["discount_yen"] for row in edited)
    assert all(row["edited_goods_yen"] == row["goods_yen"] for row in truth["orders"] if not row["edited_at"])
    assert {row["discount_yen"] for row in truth["orders"]} == {0, 110, 330, 550}
    assert all(0 < row["refunded_yen"] < row["goods_yen"] for row in refunded)
    assert {row["fate"] for row in truth["orders"]} == {None, "cancelled", "returned", "abandoned"}
    assert {row["kind"] for row in truth["orders"]} >= {"normal", "subscription", "trial", "gift", "reship"}
    assert all(bool(row["subscription_id"]) == (row["kind"] == "subscription") for row in truth["orders"])


def test_the_process_is_written_down(truth: dict[str, Rows]) -> None:
    said = {row["parameter"]: row["value"] for row in truth["process"]}
    assert (said["r"], said["q"], said["seed"], said["days"]) == (0.243, 3.74, 7.0, 540.0)
    assert max(row["ordered_at"].date() for row in truth["orders"]) < FIRST_NIGHT
    assert min(row["first_on"] for row in truth["people"]) >= date(2025, 10, 1)
