"""A file cut off anywhere: never silently fewer rows."""

import csv
import itertools
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from feed_files import FEEDS
from landing_feeds import land_one, pending
from seed_files import headers, seed, table
from vendor_files import quoted

from orchestration.demo.eccube import fputcsv
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault

MARKER = "2026-01-05T06:00:00+09:00"
NEWS = ("1000", 'ソ"A"、表', "", "髙\r\n﨑", "a,b", "2026-01-05 00:00:00", "～①㈱", "x")
OLDER = ("_feed", "_file_sha256", "_file_name", "_exported_at", "_landed_at")
SMALL, LARGE = 2_000, 1_000_000  # bytes


class Vendor(NamedTuple):
    """A feed, and its file of so many rows in pieces: the header, then row by row."""

    feed: Feed
    pieces: Callable[[int], list[bytes]]


def cell(row: int, name: str) -> str:
    return f"{row}{NEWS[(row + len(name)) % len(NEWS)]}"


def rows_for(known: Feed, count: int) -> list[list[str]]:
    return [[cell(row, name) for name in headers(known)] for row in range(count)]


def eccube(count: int) -> list[bytes]:
    known = FEEDS["eccube_orders"]
    header = table(known, headers(known), [], "cp932")
    return [header, *(fputcsv.cells(row) + b"\n" for row in rows_for(known, count))]


def rakuten(count: int) -> list[bytes]:
    known = FEEDS["rakuten_orders"]
    return [
        quoted([row], encoding="cp932", line_end="\r\n", quoting=csv.QUOTE_ALL, delimiter=",")
        for row in [headers(known), *rows_for(known, count)]
    ]


def bulk(count: int) -> list[bytes]:
    return [b"", *seed(FEEDS["shopify_bulk_orders"], count, cell).splitlines(keepends=True)]


def answer(count: int) -> list[bytes]:
    return [seed(FEEDS["rakuten_api_orders"], count, cell)]


VENDORS = {
    "EC-CUBE's fputcsv": Vendor(FEEDS["eccube_orders"], eccube),
    "Rakuten's quotes and CRLF": Vendor(FEEDS["rakuten_orders"], rakuten),
    "JSON": Vendor(FEEDS["rakuten_api_orders"], answer),
    "JSONL": Vendor(FEEDS["shopify_bulk_orders"], bulk),
}


def rows_of(home: Path, known: Feed) -> list[dict[str, object]]:
    return [{key: row[key] for key in row if key not in OLDER} for row in pending(home, known)]


def sized(vendor: Vendor, size: int) -> tuple[bytes, dict[int, int]]:
    """A file of at least this size, and the places where it may end, each with the rows up to there."""
    one, two = (len(b"".join(vendor.pieces(count))) for count in (1, 2))
    count = max(2, 2 + (size - one) // (two - one))
    pieces = vendor.pieces(count)
    content = b"".join(pieces)
    if vendor.feed.format == "json":
        return content, {len(content) - 1: count}
    ends = {end: rows for rows, end in enumerate(itertools.accumulate(map(len, pieces)))}
    # Without its last letter a row is whole too, if that is the LF of a CRLF, or the end of JSON.
    lone = vendor.feed.format == "jsonl" or content.endswith(b"\r\n")
    return content, ends | ({end - 1: rows for end, rows in ends.items() if end} if lone else {})


def cut(folder: Path, vendor: Vendor, *, size: int, cuts: int | None, start: int) -> Counter[str]:
    """Cut a file at some offsets (None: at all); what became of it."""
    content, ends = sized(vendor, size)
    home, told = folder / "home", Counter[str]()
    assert not isinstance(land_one(home, vendor.feed, "whole", content, marker=MARKER), Fault)
    whole = rows_of(home, vendor.feed)
    chance = random.Random(start)  # noqa: S311  # any offsets will do
    offsets = range(len(content)) if cuts is None else chance.sample(range(len(content)), cuts)
    for offset in offsets:
        shutil.rmtree(home)
        done = land_one(home, vendor.feed, "cut", content[:offset], marker=MARKER)
        if isinstance(done, Fault):
            told["refused"] += 1
            continue
        told["read up to a row's end"] += 1
        assert (done.landed, done.quarantined, done.blank) == (ends[offset], 0, 0), offset
        assert rows_of(home, vendor.feed) == whole[: done.landed], offset
    return told


def test_a_file_cut_somewhere_is_refused_or_reads_as_far_as_it_goes(tmp_path: Path) -> None:
    for name, vendor in VENDORS.items():
        for size, cuts in ((SMALL, 60), (LARGE, 1)):
            assert cut(tmp_path / name, vendor, size=size, cuts=cuts, start=4)["refused"] > 0
            shutil.rmtree(tmp_path / name)


@pytest.mark.long
@pytest.mark.parametrize("name", VENDORS)
def test_a_file_cut_anywhere_is_refused_or_reads_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    small = cut(tmp_path / "small", VENDORS[name], size=SMALL, cuts=None, start=4)
    large = cut(tmp_path / "large", VENDORS[name], size=LARGE, cuts=500, start=4)
    counted = [
        f"{told.total()} cuts of {what}: {dict(told)}" for told, what in ((small, "2 kB"), (large, "1 MB"))
    ]
    print(f"{name}: {'; '.join(counted)}; 0 silently fewer")
