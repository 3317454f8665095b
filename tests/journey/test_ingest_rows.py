"""Every row that came is landed, quarantined or blank: after landing, after the door, in the catalogue."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from landing_feeds import drop, feed

from orchestration.doors.entrance import judge
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.terms import Threshold
from orchestration.receive import door_of

NOW = datetime(2026, 1, 9, tzinfo=UTC)
DOOR = {
    "quarantine": {"present": ["order_id"], "number": {"price": {"least": 0, "most": 10_000, "whole": True}}}
}
STRICT = Threshold(percent=30, rows=8, then="refuse")
WARNING = replace(feed("lines"), name="warning", door=DOOR)
REFUSING = replace(feed("lines"), name="refusing", door=DOOR, threshold=STRICT)
EVENTS = replace(feed("sales"), name="events", format="jsonl", rows="", door=DOOR, required=("order_id",))
FEEDS = (WARNING, REFUSING, EVENTS)
BATCH = 100  # files before the door at a time
KINDS = ("good", "good", "good", "good", "short", "long", "quote", "blank", "empty", "price", "key")
CSV = {
    "good": "{0},{1}00,1,髙", "short": "{0}", "long": "{0},1,2,3,4,5", "quote": '{0},1,2,"a"b","',
    "blank": "", "empty": ",,,", "price": "{0},-1,1,", "key": ",100,1,",
}  # fmt: skip
JSON = {
    "good": '{{"orderId": "{0}", "baskets": {{"items": {{"price": {1}00}}}}}}', "short": '{{"orderId": "{0}"',
    "long": '"{0}"', "quote": '{{"orderId": "{0}", "orderId": "1"}}', "blank": "", "empty": "{{}}",
    "price": '{{"orderId": "{0}", "baskets": {{"items": {{"price": "x"}}}}}}',
    "key": '{{"orderId": null, "baskets": {{"items": {{"price": 1}}}}}}',
}  # fmt: skip
UNREADABLE, BLANK = {"short", "long", "quote"}, {"blank", "empty"}


class Made(NamedTuple):
    """A generated file, and what its rows are, each with its order."""

    content: bytes
    rows: tuple[tuple[str, int], ...]

    def count(self, kinds: set[str]) -> int:
        """How many rows are of these kinds."""
        return sum(kind in kinds for kind, _ in self.rows)

    def outside(self) -> int:
        """Readable rows that the door takes out: of orders with any row that it does not let in."""
        readable = [(kind, 0 if kind == "key" else order) for kind, order in self.rows if kind not in BLANK]
        readable = [one for one in readable if one[0] not in UNREADABLE]
        bad = {order for kind, order in readable if kind in {"price", "key"}}
        return sum(order in bad for _, order in readable)


def made(known: Feed, chance: random.Random) -> Made:
    kinds = KINDS if chance.random() < 0.7 else ("good", "good", "good", chance.choice(KINDS))
    rows = tuple((chance.choice(kinds), chance.randint(1, 12)) for _ in range(chance.randint(0, 30)))
    lines = JSON if known.format == "jsonl" else CSV
    text = "".join(lines[kind].format(order, number) + "\n" for number, (kind, order) in enumerate(rows, 1))
    header = "" if known.format == "jsonl" else "注文ID,価格,個数,備考\n"
    return Made(
        (header + text or "\n").encode(known.encodings[-1]), rows or (() if header else (("blank", 0),))
    )


def name_of(known: Feed, number: int) -> str:
    stamp = f"20260101{number // 3600:02d}{number // 60 % 60:02d}{number % 60:02d}"
    return f"sales_{stamp}.json" if known.format == "jsonl" else f"order_{stamp}.csv"


def conserved(folder: Path, *, files: int, start: int) -> str:
    """Land generated files, let them in, read the catalogue; what was counted."""
    told, chance = Counter[str](), random.Random(start)  # noqa: S311  # no secrets
    for batch in range(0, files, BATCH):
        home = folder / f"{batch}"
        came = {}
        for number in range(min(BATCH, files - batch)):
            known = FEEDS[number % len(FEEDS)]
            came[known.name, name_of(known, number)] = one = made(known, chance)
            drop(home, known, name_of(known, number), one.content)
        for record in records_after_all(home):
            told.update(checked(home, record, came.pop((record["feed"], record["file_name"]))))
        assert came == {}
    return f"{files} files: {dict(sorted(told.items()))}; physical = landed + quarantined + blank in all"


def records_after_all(home: Path) -> Iterator[Mapping[str, Any]]:
    for known in FEEDS:
        land(home=home, feed=known, now=NOW)
        judge(home=home, door=door_of(known), since=NOW)
    write_catalogue(home=home, feeds=FEEDS)
    yield from pq.read_table(home / "raw" / "_catalogue" / "files.parquet").to_pylist()


def checked(home: Path, record: Mapping[str, Any], one: Made) -> Counter[str]:
    """Compare what the catalogue says of a file, what lies on the disk and what was generated."""
    verdict, unreadable = record["verdict"], one.count(UNREADABLE)
    if verdict == "refused_by_landing":
        assert unreadable > STRICT.rows or unreadable * 100 > STRICT.percent * len(one.rows)
        return Counter({verdict: 1})
    physical, landed, quarantined, blank = (
        record[name] for name in ("physical", "landed", "quarantined", "blank")
    )
    assert (physical, blank) == (len(one.rows), one.count(BLANK))
    assert physical == landed + quarantined + blank
    outside = one.outside() if verdict == "let_in" else 0
    assert quarantined == unreadable + outside
    inside = "raw/{feed}" if verdict == "let_in" else "quarantine/{feed}/files"
    feed, statement = record["feed"], record["file_sha256"]
    assert rows_in(home / inside.format(feed=feed) / f"{statement}.parquet") == landed
    assert rows_in(home / "quarantine" / feed / f"{statement}.parquet") == unreadable
    assert rows_in(home / "quarantine" / feed / f"{statement}.door.parquet") == outside
    return Counter(
        {verdict: 1, "rows": physical, "landed": landed, "quarantined": quarantined, "blank": blank}
    )


def rows_in(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows) if path.exists() else 0


def test_no_row_goes_missing(tmp_path: Path) -> None:
    assert conserved(tmp_path, files=60, start=7)


@pytest.mark.long
def test_no_row_goes_missing_of_two_thousand_files(tmp_path: Path) -> None:
    print(conserved(tmp_path, files=2_000, start=70))
