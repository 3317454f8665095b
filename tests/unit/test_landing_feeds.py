"""A feed is read from its YAML, or the YAML is refused with what is wrong in it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from orchestration.landing.catalogue import OURS, FeedError, feeds, read_feed


def consents() -> dict[str, object]:
    content: dict[str, object] = yaml.safe_load((OURS / "consents.yaml").read_text("utf-8"))
    return content


def written(folder: Path, content: object) -> Path:
    path = folder / "feeds" / "consents.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_our_feeds_are_read() -> None:
    assert [feed.name for feed in feeds(None)] == ["consents", "eccube_customers", "eccube_orders"]


def test_the_vendor_s_headers_are_all_known() -> None:
    widths = {feed.name: len(feed.columns) for feed in feeds(None)}
    assert widths == {"consents": 9, "eccube_customers": 27, "eccube_orders": 70}


def test_the_name_tells_the_time_of_export_in_tokyo() -> None:
    orders = feeds(None)[2]
    assert orders.exported_at("order_20260105060000.csv") == datetime(2026, 1, 4, 21, tzinfo=UTC)
    assert orders.exported_at("order_20269905060000.csv") is None
    assert orders.exported_at("x_order_20260105060000.csv") is None


def test_a_shop_s_feed_goes_before_ours_by_name(tmp_path: Path) -> None:
    written(tmp_path, consents() | {"description": "the shop's own"})
    assert next(feed.description for feed in feeds(tmp_path)) == "the shop's own"
    assert len(feeds(tmp_path)) == len(feeds(None))


def test_what_a_row_reads_changes_the_mapping_hash_and_nothing_else_does(tmp_path: Path) -> None:
    def hashes(**changed: object) -> tuple[str, str]:
        feed = read_feed(written(tmp_path, consents() | changed))
        return feed.mapping_hash, feed.door_hash

    mapping, door = hashes()
    assert hashes(description="other words") == (mapping, door)
    assert hashes(door={})[0] == mapping
    assert hashes(door={})[1] != door
    assert hashes(constants={"shop_id": "second"})[0] != mapping


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"surprise": 1}, "top level"),
        ({"file_name": "("}, "file_name"),
        ({"file_name": "a.csv"}, "file_name"),
        ({"zone": "Asia/Edo"}, "zone"),
        ({"encodings": ["latin-1"]}, "encodings"),
        ({"delimiter": ";;"}, "delimiter"),
        ({"quoting": "excel"}, "quoting"),
        ({"required": ["nobody"]}, "required"),
        ({"constants": {"mail": "x"}}, "constants"),
        ({"columns": {"a": ["x"], "b": ["x"]}}, "columns"),
        ({"columns": {"a": "x"}}, "columns"),
        ({"columns": ["x"]}, "columns"),
        ({"description": 7}, "description"),
    ],
)
def test_a_yaml_that_cannot_be_meant_is_refused(
    tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(FeedError, match=rf"consents\.yaml: .*{says}.*found .*expected .*Correct"):
        read_feed(written(tmp_path, consents() | changed))


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("a: [", "utf-8")
    with pytest.raises(FeedError, match="not YAML"):
        read_feed(path)
