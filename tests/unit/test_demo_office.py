"""The office's lists: our own plain formats."""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from demo_shop import DAY, FIRST_NIGHT, Row, night, records, simulated, table, text

from orchestration.demo.buying.subscriptions import Contract, contract_of, deliveries
from orchestration.demo.eccube.product_csv import HEADER
from orchestration.demo.office.contracts import next_due_on, state_by
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.files import NIGHT_FILES, STORY_FILES
from orchestration.demo.writing.night import Night
from orchestration.landing.mapping.kinds import kinds

Files = dict[str, list[Written]]
PLAIN = (
    "action_costs",
    "contacts",
    "customer_attributes",
    "media_costs",
    "order_media",
    "points",
    "products",
    "refunds",
    "shipments",
    "stops",
    "subscription_changes",
    "subscriptions",
)
BEGUN = datetime(2026, 1, 5, 12)  # noqa: DTZ001  # naive: Japan
CONTRACTS = [contract_of(number, started_at=BEGUN) for number in range(1, 400)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return night(tmp_path_factory.mktemp("office"), simulated(customers=2500), FIRST_NIGHT)


def rows(files: Files, feed: str) -> list[Row]:
    return table(text(files[feed][0], "utf-8"))


@pytest.mark.parametrize("feed", PLAIN)
def test_a_plain_format_has_columns_of_its_kind_alone(feed: str) -> None:
    (header,) = (file.header.decode().strip() for file in (*STORY_FILES, *NIGHT_FILES) if file.feed == feed)
    assert set(header.split(",")) <= kinds()[feed].keys() | {"shop_id", "brand_id"}


def test_every_list_tells_something(files: Files) -> None:
    assert {feed for feed in PLAIN if files[feed][0].rows == 0} == set()


def test_the_product_master_knows_family_kind_cost_and_days_of_use(files: Files) -> None:
    products = rows(files, "products")
    assert {row["product_kind"] for row in products} == {"regular", "trial", "sample", "insert", "wrapping"}
    dated = Counter(bool(row["valid_from"]) for row in products)
    assert dated[True] == dated[False] == 127
    assert {row["days_of_use"] for row in products} == {"", "30", "60"}
    assert {row["price"] for row in products if row["product_kind"] in ("sample", "insert")} == {"0"}


def test_eccubes_products_have_its_29_columns_and_the_same_codes(files: Files) -> None:
    content = text(files["eccube_products"][0], "cp932")
    assert content.startswith(HEADER + "\n")
    header, *shelf = records(content)
    code = header.index("商品コード")
    assert {len(header), *map(len, shelf)} == {29}
    assert len(shelf) == 127
    assert {record[code] for record in shelf} == {row["product_code"] for row in rows(files, "products")}


def test_media_cost_something_every_month(files: Files) -> None:
    costs = rows(files, "media_costs")
    months = {row["cost_on"] for row in costs}
    assert all(month.endswith("-01") for month in months)
    assert len(costs) == 5 * len(months)
    assert {row["medium_id"] for row in rows(files, "order_media")} <= {row["medium_id"] for row in costs}


def test_media_and_refunds_name_orders_that_were_exported(files: Files) -> None:
    exported = {line.split(",")[0] for line in text(files["eccube_orders"][0], "cp932").splitlines()}
    own = [row for row in rows(files, "order_media") if row["shop_id"] == "eccube"]
    assert {row["order_id"] for row in (*own, *rows(files, "refunds"))} <= exported
    assert {row["shop_id"] for row in rows(files, "order_media")} == {"eccube", "shopify"}


def test_shipments_of_the_malls_are_lately_and_arrive_after_they_left(files: Files) -> None:
    for row in rows(files, "shipments"):
        assert str(FIRST_NIGHT - 90 * DAY) <= row["shipped_at"][:10] < str(FIRST_NIGHT)
        assert row["delivered_at"] == "" or row["delivered_at"] > row["shipped_at"]
    assert {row["shop_id"] for row in rows(files, "shipments")} == {"shopify", "rakuten", "yahoo"}


def test_stops_attributes_and_contacts_are_of_members(files: Files) -> None:
    members = {line.split(",")[0] for line in text(files["eccube_customers"][0], "cp932").splitlines()}
    for feed in ("stops", "customer_attributes", "contacts", "points", "subscriptions"):
        assert {row["member_id"] for row in rows(files, feed)} <= members
    assert {row["attribute"] for row in rows(files, "customer_attributes")} == {"staff", "genre"}


def test_a_contract_is_what_its_changes_say(files: Files) -> None:
    told = defaultdict(list)
    for row in rows(files, "subscription_changes"):
        told[row["subscription_id"]].append(row["change"])
    assert {change for changes in told.values() for change in changes} == {
        "started", "skipped", "paused", "resumed", "cancelled",
    }  # fmt: skip
    for row in rows(files, "subscriptions"):
        last = told[row["subscription_id"]][-1]
        assert row["state"] == {"cancelled": "cancelled", "paused": "paused"}.get(last, "active")
        assert (row["next_due_on"] == "") == (row["state"] == "cancelled")


def test_a_delivery_is_an_order_and_a_skipped_one_is_none() -> None:
    for contract in CONTRACTS:
        days = [order.ordered_at.date() for order in deliveries(contract)]
        assert tuple(days) == contract.due_on
        skipped = {change.due_on for change in contract.changes if change.change == "skipped"}
        assert skipped.isdisjoint(days)
        gaps = {(b - a).days for a, b in pairwise(days)}
        assert min(gaps, default=30) >= 30


def test_nothing_is_delivered_while_a_contract_pauses_or_after_it_ended() -> None:
    assert any(change.change == "resumed" for contract in CONTRACTS for change in contract.changes)
    for contract in CONTRACTS:
        for day in contract.due_on:
            assert state_by(contract, day) == "active"


def test_the_next_delivery_that_the_shop_expects_lies_ahead() -> None:
    for contract in CONTRACTS[:100]:
        for days in range(1, 400, 7):
            until = date(2026, 1, 6) + timedelta(days=days)
            if state_by(contract, until) == "active":
                assert until <= next_due_on(contract, until) <= until + timedelta(days=160)


def test_a_night_knows_what_was_before_it() -> None:
    one = Night(since=None, until=FIRST_NIGHT, begin=FIRST_NIGHT)
    midnight = datetime.combine(FIRST_NIGHT, time())
    assert [one.knows(at) for at in (None, midnight, midnight - timedelta(seconds=1))] == [False, False, True]


def test_contracts_end_as_often_as_stated() -> None:
    def ended(contract: Contract) -> bool:
        return any(change.change == "cancelled" for change in contract.changes)

    chances = sum(len(contract.due_on) for contract in CONTRACTS) + sum(map(ended, CONTRACTS))
    assert 0.07 < sum(map(ended, CONTRACTS)) / chances < 0.13
