"""A feed is read from its YAML, or the YAML is refused with what is wrong in it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from landing_feeds import FOLDER

from orchestration.landing.mapping.catalogue import FeedError, feeds, read_feed
from orchestration.landing.mapping.column import Column, Listed, Way
from orchestration.landing.mapping.feed_sense import OWNER
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.mapping.terms import LineKind, StatusRule


def said(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return content


def written(folder: Path, content: object, name: str = "lines") -> Path:
    path = folder / "feeds" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")
    return path


def way(*parts: str, by: str = "") -> Way:
    return Way(parts=parts, by=by)


def test_our_feeds_are_read_and_each_tells_the_kind_s_columns() -> None:
    ours = feeds(None)
    assert {"consents", "eccube_customers", "eccube_orders"} <= {feed.name for feed in ours}
    for feed in ours:
        assert feed.columns.keys() & kinds()[feed.kind].keys(), feed.name
        assert {*OWNER} <= feed.constants.keys() | feed.columns.keys(), feed.name
        assert feed.description.split(".")[-2].strip().startswith("One row per"), feed.name


def test_the_name_tells_the_time_of_export_in_tokyo() -> None:
    feed = read_feed(FOLDER / "lines.yaml")
    for name in ("order_20260105060000.csv", "order_20260105060000.csv.gz", "order_20260105060000.csv.zip"):
        assert feed.exported_at(name) == datetime(2026, 1, 4, 21, tzinfo=UTC)
    assert feed.exported_at("order_20269905060000.csv") is None
    assert feed.exported_at("x_order_20260105060000.csv") is None


def test_of_each_of_our_feeds_a_name_is_shown_that_it_knows() -> None:
    for feed in feeds(None):
        pattern, example = feed.names_told.split(", such as ")
        assert pattern == feed.file_name.pattern
        assert feed.exported_at(example) == datetime(2026, 1, 5, 6, tzinfo=feed.zone), feed.name


def test_only_vendors_machines_must_end_their_last_row() -> None:
    by_people = {feed.name for feed in feeds(None) if feed.unended == "warn"}
    assert {"consents", "stops", "shopify_connector_orders", "minne_orders"} <= by_people
    assert by_people.isdisjoint(
        {"eccube_orders", "rakuten_orders", "amazon_orders", "yahoo_orders", "shopify_orders", "base_orders"}
    )


def test_a_name_may_leave_the_time_to_the_marker() -> None:
    feed = read_feed(FOLDER / "notices.yaml")
    assert feed.exported_at("notices.csv") is None
    assert feed.exported_at("notices_20260105060000.csv") == datetime(2026, 1, 4, 21, tzinfo=UTC)


def test_a_shop_s_feed_goes_before_ours_by_name(tmp_path: Path) -> None:
    changed = said("notices") | {"description": "the shop's own"}
    written(tmp_path, changed, "consents")
    assert next(feed.description for feed in feeds(tmp_path) if feed.name == "consents") == "the shop's own"
    assert len(feeds(tmp_path)) == len(feeds(None))


def test_a_feed_of_orders_is_understood() -> None:
    feed = read_feed(FOLDER / "lines.yaml")
    assert (feed.kind, feed.tells, feed.channel, feed.persons) == (
        "orders",
        ("orders", "lines"),
        "own",
        "named",
    )
    assert feed.columns["order_id"] == Column(
        ways=(way("注文ID"), way("Order ID")), looks_on=False, matching="", along=()
    )
    assert feed.columns["receiver_name"].ways[0] == way("配送先_姓", "配送先_名", by=" ")
    assert feed.columns["phone"].looks_on
    assert feed.statuses[0] == StatusRule(
        order_state="cancelled", status=("3", "9"), payment_status=("a", "b"), shipment_status=(),
        payment_method=(), cancelled_at=None,
    )  # fmt: skip
    assert feed.statuses[1].cancelled_at == "blank"
    assert feed.money
    assert feed.money.line_kinds == {
        "1": LineKind(line_kind="product", tax_is="excluded"),
        "2": LineKind(line_kind="postage", tax_is=None),
    }


def test_a_list_in_json_is_understood() -> None:
    assert read_feed(FOLDER / "sales.yaml").columns["refunds"].ways[0].parts == (
        Listed(path="payments", where=(("kind", "REFUND"),), each=(("id", "id"), ("amount", "money.amount"))),
    )


def test_what_a_row_reads_changes_the_mapping_hash_and_nothing_else_does(tmp_path: Path) -> None:
    def hashes(**changed: object) -> tuple[str, str]:
        feed = read_feed(written(tmp_path, said("lines") | changed))
        return feed.mapping_hash, feed.door_hash

    mapping, door = hashes()
    columns = said("lines")["columns"]
    assert hashes(description="other words") == (mapping, door)
    assert hashes(statuses=[{"is": "active"}]) == (mapping, door)
    assert hashes(door={"warn": {}})[0] == mapping
    assert hashes(door={"warn": {}})[1] != door
    changes: list[dict[str, object]] = [
        {"constants": {"shop_id": "second", "brand_id": "main"}},
        {"unknown": ["-1"]},
        {"delimiter": ";"},
        {"quoting": "rfc4180"},
        {"unended": "warn"},
        {"keeps": "mapped", "quoting": "none"},
        {"threshold": {"percent": 2, "rows": 100, "then": "warn"}},
        {"columns": columns | {"phone": {"first_filled": ["携帯", "TEL"]}}},
        {"columns": columns | {"phone": ["TEL", "携帯"]}},
        {"columns": columns | {"phone": {"of": ["TEL"], "matching": "(.*)"}}},
        {"columns": columns | {"phone": {"join": ["TEL", "携帯"], "by": "/"}}},
        {"columns": columns | {"phone": {"carried": ["TEL"], "along": ["注文ID"]}}},
        {"columns": dict(reversed(columns.items()))},
    ]
    assert len({hashes(**change)[0] for change in changes} - {mapping}) == len(changes)


def column(spec: object) -> dict[str, object]:
    return {"columns": said("lines")["columns"] | {"memo": spec}}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"surprise": 1}, "top level: found the unknown surprise"),
        ({"rows": "a"}, "top level: found the unknown rows"),
        ({"kind": "order"}, "kind: found 'order'"),
        ({"format": "xml"}, "format: found 'xml'"),
        ({"file_name": "("}, "file_name"),
        ({"file_name": "a.csv"}, "file_name"),
        ({"file_name": r"a(?P<exported_at>\d+)\.gz"}, "file_name"),
        ({"zone": "Asia/Edo"}, "zone"),
        ({"encodings": ["latin-1"]}, "encodings"),
        ({"encodings": []}, "encodings"),
        ({"delimiter": ";;"}, "delimiter"),
        ({"quoting": "excel"}, "quoting"),
        ({"keeps": "nothing"}, "keeps"),
        ({"keeps": "mapped"}, "keeps: found mapped with the quoting fputcsv"),
        ({"unknown": [-9999]}, r"unknown: found \[-9999\]"),
        ({"required": ["nobody"]}, "required"),
        ({"constants": {"shop_id": "x", "brand_id": "x", "phone": "x"}}, "constants"),
        ({"constants": {"shop_id": "x"}}, "constants: found no brand_id"),
        (column(["x", "x"]), "columns.memo: found a header twice"),
        (column("x"), "columns.memo"),
        (column([]), "columns.memo"),
        (column({"join": ["x"]}), "columns.memo: found no by"),
        (column({"of": ["x"], "matching": "x"}), r"columns.memo.matching: found x"),
        (column({"of": ["x"], "matching": "("}), "columns.memo.matching"),
        (column({"list": "x", "where": {}, "each": {}}), "columns: found list: x"),
        (column({"of": ["x"], "first_filled": ["x"]}), "columns.memo"),
        ({"columns": ["x"]}, "columns"),
        ({"columns": {"_feed": ["x"]}, "required": []}, "columns: found _feed"),
        ({"description": 7}, "description"),
        ({"tells": []}, "tells"),
        ({"tells": ["all"]}, "tells"),
        ({"statuses": []}, "statuses"),
        ({"statuses": [{"is": "sold"}]}, r"statuses\[0\].is: found 'sold'"),
        ({"statuses": [{"is": "active", "status": [1]}]}, r"statuses\[0\].status"),
        ({"statuses": [{"is": "active", "status": []}]}, r"statuses\[0\].status"),
        ({"statuses": [{"is": "active", "state": ["1"]}]}, r"statuses\[0\]: found the unknown state"),
        ({"statuses": [{"is": "active", "cancelled_at": "no"}]}, r"statuses\[0\].cancelled_at"),
        ({"money": {"price": "unit"}}, "money: found no tax, discount, points"),
        ({"money": said("lines")["money"] | {"price": "piece"}}, "money.price: found 'piece'"),
        ({"money": said("lines")["money"] | {"line_kinds": {"1": {"is": "goods"}}}}, "money.line_kinds.1.is"),
        ({"threshold": {"percent": 1, "rows": 2, "then": "cry"}}, "threshold.then"),
        ({"threshold": {"percent": "1", "rows": 2, "then": "warn"}}, "threshold.percent"),
        ({"threshold": {"percent": 1, "then": "warn"}}, "threshold: found no rows"),
    ],
)
def test_a_yaml_that_cannot_be_meant_is_refused(
    tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(FeedError, match=rf"lines\.yaml: .*{says}.*expected .*Correct the file"):
        read_feed(written(tmp_path, said("lines") | changed))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rows": "a..b"}, "rows: found a..b"),
        ({"rows": "a[0].b"}, "rows"),
        ({"columns": {"order_id": ["a["]}}, r"columns: found a\["),
        ({"columns": {"order_id": ["a."]}}, r"columns: found a\."),
        ({"delimiter": ","}, "the unknown delimiter"),
    ],
)
def test_a_yaml_for_json_that_cannot_be_meant_is_refused(
    tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(FeedError, match=says):
        read_feed(written(tmp_path, said("sales") | {"required": []} | changed))


@pytest.mark.parametrize("name", ["statuses", "money", "tells", "persons"])
def test_what_speaks_of_orders_is_refused_elsewhere(tmp_path: Path, name: str) -> None:
    asked = {"persons": "none"} | said("lines")
    with pytest.raises(FeedError, match=f"the unknown {name}"):
        read_feed(written(tmp_path, said("notices") | {name: asked[name]}))


@pytest.mark.parametrize("name", ["kind", "format", "threshold", "delimiter", "door"])
def test_a_key_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    content = said("notices")
    del content[name]
    with pytest.raises(FeedError, match=f"top level: found no {name}"):
        read_feed(written(tmp_path, content))


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "\x00"])
def test_a_file_that_is_no_yaml_or_says_a_thing_twice_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FeedError, match="not YAML"):
        read_feed(path)


def test_a_list_at_the_top_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="top level: found \\[1\\], expected names with values"):
        read_feed(written(tmp_path, [1]))
