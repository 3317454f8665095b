"""Cells of a file become the feed's columns: joins, first filled, patterns, carried, not fixed yet."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_feeds import feed, land_one, pending, quarantined

from orchestration.landing.mapping.column import Column, Way
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.cells import CellMaker
from orchestration.landing.results import Fault, Parsed

LINES = feed("lines")
NAME = "order_20260105060000.csv"
HEADER = "注文ID,価格,個数"
CELLS = st.text(st.sampled_from("ab '-9"), max_size=4)


def column(*ways: Way, looks_on: bool = False, matching: str = "", along: tuple[Way, ...] = ()) -> Column:
    return Column(ways=ways, looks_on=looks_on, matching=matching, along=along)


def way(*parts: str, by: str = "") -> Way:
    return Way(parts=parts, by=by)


def with_column(spec: Column, *, unknown: tuple[str, ...] = ()) -> Feed:
    return replace(LINES, columns=dict(LINES.columns) | {"memo": spec}, unknown=unknown)


def made(spec: Column, cells: dict[str, list[str]], *, unknown: tuple[str, ...] = ()) -> list[str]:
    changed = with_column(spec, unknown=unknown)
    maker = CellMaker(changed, {"memo": spec.ways})
    return list(maker.column("memo", lambda part: cells[str(part)]) or [])


def test_parts_are_joined_and_blank_ones_left_out() -> None:
    spec = column(way("a", "b", "c", by="-"))
    cells = {"a": ["03", "", ""], "b": ["1234", "1234", ""], "c": ["5678", "", ""]}
    assert made(spec, cells) == ["03-1234-5678", "1234", ""]


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=20), by=st.sampled_from(["", "-", " "]))
def test_a_join_holds_every_part_once_in_order(rows: list[tuple[str, str, str]], by: str) -> None:
    cells = {name: [row[at] for row in rows] for at, name in enumerate("abc")}
    joined = made(column(way("a", "b", "c", by=by)), cells)
    assert joined == [by.join(part for part in row if part) for row in rows]


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=20))
def test_first_filled_is_the_first_that_is_not_blank(rows: list[tuple[str, str]]) -> None:
    cells = {"a": [row[0] for row in rows], "b": [row[1] for row in rows]}
    assert made(column(way("a"), way("b"), looks_on=True), cells) == [row[0] or row[1] for row in rows]


def test_what_is_not_fixed_yet_is_blank_in_cells_and_parts() -> None:
    unknown = ("-9999", "-99999")
    assert made(column(way("a")), {"a": ["-9999", " -99999 ", "9999", "-9999.0"]}, unknown=unknown) == [
        "", "", "9999", "-9999.0",
    ]  # fmt: skip
    cells = {"a": ["-9999", "1"], "b": ["2", "-9999"]}
    assert made(column(way("a", "b", by="/")), cells, unknown=unknown) == ["2", "1"]
    assert made(column(way("a"), way("b"), looks_on=True), cells, unknown=unknown) == ["2", "1"]


def test_a_pattern_gives_its_group_or_nothing() -> None:
    spec = column(way("parent"), way("id"), looks_on=True, matching=r"gid://shop/Order/(\d+)")
    cells = {"parent": ["", "gid://shop/Order/7", "x"], "id": ["gid://shop/Order/7", "gid://shop/Line/8", ""]}
    assert made(spec, cells) == ["7", "7", ""]
    assert made(column(way("id"), matching="'?(.*)"), {"id": ["'0123\n4", "5", ""]}) == ["0123\n4", "5", ""]


def test_a_blank_cell_is_carried_from_the_row_above_along_the_same_name() -> None:
    spec = column(way("id"), along=(way("name"),))
    cells = {"id": ["7", "", "", "", "9", ""], "name": ["#1", "#1", "#2", "#1", "#3", ""]}
    assert made(spec, cells) == ["7", "7", "", "", "9", ""]


@settings(max_examples=30)
@given(sizes=st.lists(st.integers(1, 4), max_size=12), split=st.integers(1, 5))
def test_what_is_carried_does_not_depend_on_how_rows_are_read(sizes: list[int], split: int) -> None:
    spec = column(way("id"), along=(way("name"),))
    names = [f"#{order}" for order, size in enumerate(sizes) for _ in range(size)]
    ids = [str(order) if row == 0 else "" for order, size in enumerate(sizes) for row in range(size)]
    maker = CellMaker(with_column(spec), {"memo": spec.ways})
    carried: list[str] = []
    for at in range(0, len(names), split):
        part = {"id": ids[at : at + split], "name": names[at : at + split]}
        carried += maker.column("memo", lambda key, part=part: part[str(key)]) or []  # type: ignore[misc]
    assert carried == [name[1:] for name in names]


def test_joins_alternatives_and_unknown_cells_land(tmp_path: Path) -> None:
    header = f"{HEADER},配送先_姓,配送先_名,携帯,TEL,送料"
    rows = "1,100,1,髙橋,,090,,-9999\n2,100,1,髙橋,花子,090,03,500\n"
    land_one(tmp_path, LINES, NAME, f"{header}\n{rows}".encode("cp932"))
    first, second = pending(tmp_path, LINES)
    assert (first["receiver_name"], first["phone"], first["postage"]) == ("髙橋", "090", "")
    assert (second["receiver_name"], second["phone"], second["postage"]) == ("髙橋 花子", "03", "500")
    assert (first["extra"], first["tax"], first["_feed"]) == ("{}", None, "lines")


@pytest.mark.parametrize(
    ("delimiter", "encoding", "quote"), [("\t", "utf-16", ""), ("\t", "utf-8", '"'), (",", "utf-16", '"')]
)
def test_what_a_spreadsheet_program_writes_is_read(
    tmp_path: Path, delimiter: str, encoding: str, quote: str
) -> None:
    rows = [HEADER.split(","), ["1", f"{quote}𠮷{quote}{quote}{quote}", "2"]]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    parsed = land_one(tmp_path, LINES, NAME, text.encode(encoding))
    assert isinstance(parsed, Parsed)
    assert parsed.encoding == encoding
    assert pending(tmp_path, LINES)[0]["price"].startswith("𠮷")


def test_utf_16_without_a_byte_order_mark_is_refused(tmp_path: Path) -> None:
    fault = land_one(tmp_path, LINES, NAME, f"{HEADER}\n".encode("utf-16-le"))
    assert isinstance(fault, Fault)


def test_without_quoting_quotes_are_letters(tmp_path: Path) -> None:
    plain = replace(LINES, quoting="none", delimiter="\t")
    land_one(tmp_path, plain, NAME, b'Order ID\tPrice\tQty\n"1\t5" wide\t"x""\r\n2\t3\n')
    [row] = pending(tmp_path, plain)
    assert (row["order_id"], row["price"], row["quantity"]) == ('"1', '5" wide', '"x""')
    assert [one["reason"] for one in quarantined(tmp_path, plain)] == ["2 cells where the header has 3"]


def test_header_names_may_hold_blanks_and_marks_and_repeat(tmp_path: Path) -> None:
    header = "\ufeff 注文ID ,価格,個数,備考,備考,備考__2,,"
    land_one(tmp_path, LINES, NAME, f"{header}\n1,2,3,a,b,c,d,e\n".encode("utf-8-sig"))
    [row] = pending(tmp_path, LINES)
    assert row["order_id"] == "1"
    assert row["extra"] == '{"備考": "a", "備考__2": "b", "備考__2__2": "c", "": "d", "__2": "e"}'
