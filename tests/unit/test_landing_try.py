"""A file is tried: which feed it is, what would become of it, or where to begin if none knows it."""

import gzip
import json
from pathlib import Path

import pytest
import yaml
from landing_feeds import FOLDER
from typer.testing import CliRunner, Result

from orchestration.doors.door import Door, Limit
from orchestration.doors.rules import rules_of
from orchestration.landing.__main__ import app
from orchestration.landing.mapping.catalogue import FeedError, read_feed
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.trying.starter_door import DATED, KEYS, NUMBER, REFUSALS, starter_door

LINES = "注文ID,価格,個数,対応状況,受注メモ\n"


def tried(folder: Path, name: str, content: bytes, *more: str) -> Result:
    path = folder / name
    path.write_bytes(content)
    result = CliRunner().invoke(app, ["try", str(path), "--shop", str(FOLDER.parent), *more])
    assert result.exception is None, result.output
    return result


def test_a_file_is_named_with_what_is_found_missing_and_not_mapped(tmp_path: Path) -> None:
    said = tried(
        tmp_path, "order_20260105060000.csv", (LINES + "1,2,3,4,5\nSECRET\n\n").encode("cp932")
    ).output
    for line in (
        "order_20260105060000.csv: csv, cp932",
        "feed: lines (kind orders), inbox/lines/",
        "columns found: 4 of 10",
        "  order_id <- 注文ID",
        "missing: postage, tax, tax_rate, receiver_name, phone, line_postage",
        "not mapped, kept in extra: 受注メモ",
        "rows: 1 read, 1 refused, 1 blank",
        "  row 2: 1 cells where the header has 5",
    ):
        assert f"{line}\n" in said
    assert "SECRET" not in said
    assert "before it lands" not in said
    assert said.endswith("not asked: the rules of its `door:`; they judge when the file lands\n")


def test_what_keeps_a_file_from_landing_is_said(tmp_path: Path) -> None:
    said = tried(tmp_path, "orders.csv", "注文ID\t価格\t対応状況\n1\t2\t3\n".encode("utf-16")).output
    assert "feed: lines (kind orders)" in said
    assert "missing, and required: quantity (個数)\n" in said
    assert "the file would be refused: found 3 known columns" not in said
    assert "the file would be refused: found 0 known columns among 1, without 注文ID, 価格, 個数" in said
    assert "its name does not tell when it was exported" in said
    assert "marker orders.csv.done, such as 2026-01-05T06:00:00+09:00" in said


def test_a_spreadsheet_s_file_is_known_by_its_real_delimiter(tmp_path: Path) -> None:
    said = tried(tmp_path, "order_20260105060000.csv", LINES.replace(",", "\t").encode("utf-16")).output
    assert r"written with '\t' between the cells, not the vendor's ','" in said
    assert "rows: 0 read, 0 refused, 0 blank" in said


def test_of_two_feeds_with_the_same_header_the_name_tells(tmp_path: Path) -> None:
    header = (FOLDER / "lines.yaml").read_text("utf-8")
    shop = tmp_path / "feeds"
    shop.mkdir()
    (shop / "a_orders.yaml").write_text(header.replace("order_", "kaimono_"), "utf-8")
    (shop / "b_orders.yaml").write_text(header.replace("order_", "hassou_"), "utf-8")
    for name, feed in (("kaimono.csv", "a_orders"), ("hassou_20260105060000.csv", "b_orders")):
        (tmp_path / name).write_bytes(LINES.encode("cp932"))
        said = CliRunner().invoke(app, ["try", str(tmp_path / name), "--shop", str(tmp_path)]).output
        assert f"feed: {feed} (kind orders)" in said


@pytest.mark.parametrize(
    "content",
    [
        {"orders": [{"orderId": 1, "buyer": {"id": 2}, "baskets": [{"items": [{"proceeds": []}]}], "z": 1}]},
        {
            "orders": [
                {"orderId": 1, "buyer": {"id": 2}, "baskets": [{"items": [{"proceeds": []}]}]},
                "SECRET",
            ]
        },
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_json_is_tried_too(tmp_path: Path, content: object, indent: int | None) -> None:
    text = json.dumps(content, indent=indent).encode()
    said = tried(tmp_path, "sales_20260105060000.json.gz", gzip.compress(text)).output
    assert "sales_20260105060000.json.gz: json, utf-8" in said
    assert "feed: sales (kind orders)" in said
    assert "rows: 1 read" in said
    assert "SECRET" not in said


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\xff\xfe\x00", "U+F8F3 in cp932"),
        (b'{"a": ', "no JSON"),
        (b"PK\x03\x04", "a ZIP that was cut off"),
    ],
)
def test_what_is_no_text_or_no_json_is_said(tmp_path: Path, content: bytes, found: str) -> None:
    assert f"x: found {found}" in tried(tmp_path, "x", content).output


def test_nothing_is_written_but_the_mapping_that_was_asked_for(tmp_path: Path) -> None:
    tried(tmp_path, "order_20260105060000.csv", LINES.encode("cp932"))
    assert [path.name for path in tmp_path.iterdir()] == ["order_20260105060000.csv"]


def test_an_unknown_file_gets_a_mapping_to_begin_with(tmp_path: Path) -> None:
    header = "伝票,メールアドレス,受注日,価格,個数,謎: 'a',#1\n"
    page = tmp_path / "shop.yaml"
    said = tried(
        tmp_path, "uriage-20260105.csv", f"{header}SECRET,2,3,4,5,6,7\n".encode("cp932"), "--write", str(page)
    )
    assert "feed: none that is known" in said.output
    text = page.read_text("utf-8")
    assert "SECRET" not in text
    assert "  # order_id: []  # the order's key in its shop\n" in text
    assert "  # not mapped yet: '謎: ''a'''\n" in text
    with pytest.raises(FeedError, match="SAY"):
        read_feed(page)
    feed = read_feed(finished(page))
    assert feed.exported_at("uriage-20260106.csv")
    assert (feed.encodings, feed.delimiter) == (("cp932",), ",")
    found = {str(part) for column in feed.columns.values() for part in column.parts()}
    assert {"伝票", "メールアドレス", "受注日", "価格", "個数"} <= found


def test_an_unknown_answer_gets_a_mapping_to_begin_with(tmp_path: Path) -> None:
    content = {"page": 1, "uriage": [{"no": 1, "kai": {"namae": "SECRET"}, "mei": [{"kazu": 1, "zei": [1]}]}]}
    said = tried(tmp_path, "uriage.json", json.dumps(content).encode()).output
    assert "rows: 'uriage.mei'\n" in said
    for path in ("no", "kai.namae", "mei.kazu", "mei.zei"):
        assert f"  # not mapped yet: '{path}'\n" in said
    assert "SECRET" not in said


@pytest.mark.parametrize("kind", kinds())
def test_each_kind_begins_with_its_keys_and_a_door_that_is_understood(kind: str) -> None:
    for mapped in ([*kinds()[kind]], []):
        page = yaml.safe_load("\n".join(starter_door(kind, mapped)))
        limit = Limit(percent=1, rows=100, refuses=False)
        rules = rules_of(Door(feed="x", section=page["door"], zone="Asia/Tokyo", group=None, limit=limit))
        assert {column for rule in rules for column in rule.columns} <= {*mapped, *KEYS[kind]}
        assert page["threshold"]["then"] == ("refuse" if kind in REFUSALS else "warn")
    assert {*KEYS[kind], *DATED, *NUMBER} <= {column for columns in kinds().values() for column in columns}


def test_no_header_is_guessed_twice_and_what_staging_reads_strictly_is_asked_for(tmp_path: Path) -> None:
    path, page = tmp_path / "uriage_20260105.csv", tmp_path / "new" / "feeds" / "uriage.yaml"
    path.write_text("伝票,受注日,商品名,価格,個数,#1,#2,#3,#4,#5\n1,2,3,4,5,6,7,8,9,10", "utf-8")
    result = CliRunner().invoke(app, ["try", str(path), "--write", str(page)])
    assert result.exception is None, result.output
    text = finished(page).read_text("utf-8")
    said = yaml.safe_load(text.replace("SAY", "x"))
    headers = [header for ways in said["columns"].values() for header in ways]
    assert len(headers) == len(set(headers))
    assert said["columns"]["product_name"] == ["商品名"]
    assert "line_kind" not in said["columns"]
    assert said["required"] == said["door"]["quarantine"]["present"] == ["order_id", "ordered_at"]
    assert said["unended"] == "warn"
    assert said["door"]["quarantine"]["dated"].keys() == {"ordered_at"}
    assert said["door"]["quarantine"]["number"].keys() == {"price", "quantity"}


@pytest.mark.parametrize("command", ["land", "try"])
def test_a_feed_that_cannot_be_understood_is_said_without_a_traceback(tmp_path: Path, command: str) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "bad.yaml").write_text("kind: nothing\nformat: csv\n", "utf-8")
    what = [str(FOLDER / "lines.yaml")] if command == "try" else ["--home", str(tmp_path / "home")]
    result = CliRunner().invoke(app, [command, *what, "--shop", str(tmp_path)])
    assert result.exit_code == 2
    assert "bad.yaml: kind: found 'nothing'" in result.output
    assert isinstance(result.exception, SystemExit)


def finished(page: Path) -> Path:
    """Say what the mapping leaves to a person."""
    text = (
        page.read_text("utf-8")
        .replace("statuses: []", "statuses: [{is: active}]")
        .replace("# order_id: []", "order_id: [伝票]")
    )
    for key, word in (
        ("channel", "own"),
        ("price", "unit"),
        ("tax", "included"),
        ("discount", "without_points"),
        ("points", "own"),
    ):
        text = text.replace(f"{key}: SAY", f"{key}: {word}")
    done = page.with_name("done.yaml")
    done.write_text(text, "utf-8")
    return done
