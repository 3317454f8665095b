"""What a feed may not keep never reaches the disk, and nothing else is lost for it."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_feeds import NOW, drop, feed, land_one, pending, quarantined

from orchestration.landing.land import land
from orchestration.landing.mapping.column import Column, Way
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault, Parsed

TABS = replace(feed("lines"), keeps="mapped", quoting="none", delimiter="\t")
QUOTED = replace(feed("lines"), keeps="mapped", quoting="rfc4180")
SALES = replace(feed("sales"), keeps="mapped")
EVENTS = replace(SALES, format="jsonl", rows="", required=("order_id",))
CSV, JSON = "order_20260105060000.csv", "sales_20260105060000.json"
SECRET = "SECRET 髙橋"  # noqa: S105  # a person's name
HEADER = ["氏名", "Order ID", "Price", "Tax", "Qty", "住所", "Tax"]
ROW = [SECRET, "1", "100", "7", "2", SECRET, "8"]
ORDER = {
    "orderId": "A", "buyer": {"id": "1", "mail": SECRET, "lastName": "x"}, "note": SECRET,
    "baskets": [{"items": [{"price": 1.50, "to": {"name": SECRET}, "taxes": [{"rate": 8, "for": SECRET}]}]}],
    "payments": [{"kind": "REFUND", "id": 1, "money": {"amount": 2}, "card": SECRET}],
}  # fmt: skip


def tabs(*rows: list[str], delimiter: str = "\t") -> bytes:
    return "".join(delimiter.join(row) + "\r\n" for row in rows).encode("cp932")


def written(home: Path) -> bytes:
    """Every byte below a home but the inbox."""
    files = (path for path in home.rglob("*") if path.is_file() and "inbox" not in path.parts)
    return b"".join(path.read_bytes() for path in files)


def holds_secrets(home: Path) -> bool:
    found = written(home)
    return any(SECRET.encode(encoding) in found for encoding in ("utf-8", "cp932", "utf-16-le")) or (
        b"SECRET" in found
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_columns_that_are_not_mapped_are_dropped_before_anything_is_written(
    tmp_path: Path, pack: type[bytes]
) -> None:
    parsed = land_one(tmp_path, TABS, CSV, pack(tabs(HEADER, ROW)))
    assert isinstance(parsed, Parsed)
    [row] = pending(tmp_path, TABS)
    names = ("order_id", "price", "tax", "quantity", "tax_rate", "extra")
    assert [row[name] for name in names] == ["1", "100", "7", "2", "8", "{}"]
    assert (tmp_path / "landing" / "lines" / parsed.sha256).read_bytes() == (
        b"Order ID\tPrice\tTax\tQty\tTax__2\n1\t100\t7\t2\t8\n"
    )
    assert not holds_secrets(tmp_path)


def test_the_same_rows_with_other_people_are_the_same_file(tmp_path: Path) -> None:
    land_one(tmp_path, TABS, CSV, tabs(HEADER, ROW))
    drop(tmp_path, TABS, CSV, tabs(HEADER, ["another", *ROW[1:5], "elsewhere", "8"]))
    done = land(home=tmp_path, feed=TABS, now=NOW)
    assert (done.duplicates, done.parsed) == ((CSV,), ())


def test_rows_that_cannot_be_read_keep_their_place_and_nothing_else(tmp_path: Path) -> None:
    content = tabs(HEADER, ROW, [SECRET, "2"], [""], [*ROW, SECRET], ROW)
    parsed = land_one(tmp_path, TABS, CSV, content)
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (5, 2, 2, 1)
    assert [row["_row_number"] for row in pending(tmp_path, TABS)] == [1, 5]
    assert [row["_row_number"] for row in quarantined(tmp_path, TABS)] == [2, 4]
    assert not holds_secrets(tmp_path)


def test_quoted_cells_are_kept_as_they_were(tmp_path: Path) -> None:
    content = '氏名,Order ID,Price,Qty\n"SECRET, 1","1,\r\n""2",3,4\nSECRET,"5"6,7,8\n'
    parsed = land_one(tmp_path, QUOTED, CSV, content.encode("utf-8-sig"))
    assert isinstance(parsed, Parsed)
    assert [(row["order_id"], row["price"]) for row in pending(tmp_path, QUOTED)] == [('1,\r\n"2', "3")]
    assert parsed.quarantined == 1
    assert not holds_secrets(tmp_path)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(st.text("a,\"\n\r 髙'", max_size=4), min_size=2, max_size=2), max_size=6))
def test_a_sieved_file_reads_as_the_whole_one_would(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in ("p", *row, "1")] for row in rows]
    lines = [["氏名", "Order ID", "Price", "Qty"], *cells]
    content = "".join(",".join(row) + "\n" for row in lines).encode("cp932")
    home = tmp_path_factory.mktemp("home")
    land_one(home, QUOTED, CSV, content)
    assert [[row["order_id"], row["price"]] for row in pending(home, QUOTED)] == rows


def test_what_a_spreadsheet_saved_is_sieved_too(tmp_path: Path) -> None:
    content = "氏名,Order ID,Price,Qty\nSECRET,1,2,3\n".encode("utf-16")
    land_one(tmp_path, TABS, CSV, content)
    assert [row["price"] for row in pending(tmp_path, TABS)] == ["2"]
    assert not holds_secrets(tmp_path)


def test_what_a_cell_is_carried_along_is_kept(tmp_path: Path) -> None:
    along = (Way(parts=("Name",), by=""),)
    order_id = Column(ways=(Way(parts=("Id",), by=""),), looks_on=False, matching="", along=along)
    carrying = replace(TABS, columns=dict(TABS.columns) | {"order_id": order_id})
    land_one(
        tmp_path,
        carrying,
        CSV,
        tabs(["Name", "Id", "Price", "Qty"], ["#1", "7", "1", "1"], ["#1", "", "2", "1"]),
    )
    assert [row["order_id"] for row in pending(tmp_path, carrying)] == ["7", "7"]


@pytest.mark.parametrize(("kept", "content"), [(SALES, {"orders": [ORDER]}), (EVENTS, ORDER)])
def test_paths_that_are_not_mapped_are_dropped_before_anything_is_written(
    tmp_path: Path, kept: Feed, content: object
) -> None:
    parsed = land_one(tmp_path, kept, JSON, f"{json.dumps(content, ensure_ascii=False)}\n".encode())
    assert isinstance(parsed, Parsed)
    [row] = pending(tmp_path, kept)
    assert (row["order_id"], row["member_id"], row["refunds"]) == ("A", "1", '[{"id": 1, "amount": 2}]')
    assert not holds_secrets(tmp_path)


def test_items_and_their_numbers_are_kept(tmp_path: Path) -> None:
    items = b'{"price": 1.50, "taxes": [{"rate": 0.10, "x": "SECRET"}]}, "SECRET"'
    order = b'{"orderId": 1, "buyer": {"id": 1}, "x": "SECRET", "baskets": [{"items": [' + items + b"]}, "
    land_one(tmp_path, SALES, JSON, b'{"orders": [' + order + b'{"items": []}]}]}')
    assert next((row["price"], row["tax_rate"]) for row in pending(tmp_path, SALES)) == ("1.50", "0.10")
    assert len(pending(tmp_path, SALES)) == 3
    assert not holds_secrets(tmp_path)


def test_lines_that_cannot_be_read_keep_their_place_and_nothing_else(tmp_path: Path) -> None:
    good = json.dumps(ORDER)
    parsed = land_one(tmp_path, EVENTS, JSON, f'{good}\n{{"SECRET": \n\n"SECRET"\n{good}\n'.encode())
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (5, 2, 2, 1)
    assert not holds_secrets(tmp_path)


@pytest.mark.parametrize(
    ("kept", "name", "content"),
    [
        (TABS, CSV, tabs(HEADER, ROW)[:-2]),
        (TABS, CSV, tabs(["氏名", "注文番号"], [SECRET, "1"])),
        (TABS, CSV, tabs(HEADER, ROW) + b"\x7f\n"),
        (TABS, CSV, gzip.compress(tabs(HEADER, ROW), mtime=0)[:-8]),
        (QUOTED, CSV, tabs(HEADER, ROW, [f'"{SECRET}'], delimiter=",")),
        (SALES, JSON, b'{"orders": ["SECRET"'),
        (EVENTS, JSON, b'{"orderId": 1}\n{"SECRET": '),
    ],
)
def test_a_file_that_cannot_be_read_stays_in_the_inbox_and_nothing_is_written(
    tmp_path: Path, kept: Feed, name: str, content: bytes
) -> None:
    fault = land_one(tmp_path, kept, name, content)
    assert isinstance(fault, Fault)
    assert "stays in the inbox" in fault.remedy
    assert (tmp_path / "inbox" / kept.name / name).read_bytes() == content
    assert list((tmp_path / "landing" / kept.name).iterdir()) == []
    assert not holds_secrets(tmp_path)
    assert len(land(home=tmp_path, feed=kept, now=NOW).alarming) == 1


def test_it_lands_once_its_mapping_knows_it(tmp_path: Path) -> None:
    content = tabs(["氏名", "番号", "Price", "Qty"], [SECRET, "1", "2", "3"])
    land_one(tmp_path, TABS, CSV, content)
    number = Column(ways=(Way(parts=("番号",), by=""),), looks_on=False, matching="", along=())
    known = replace(TABS, columns=dict(TABS.columns) | {"order_id": number})
    assert [one.landed for one in land(home=tmp_path, feed=known, now=NOW).parsed] == [1]
    assert list((tmp_path / "inbox" / known.name).iterdir()) == []
