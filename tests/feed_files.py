"""Vendor's bytes dropped into the inbox of one of our feeds, and what landed of them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from inbox import put

from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Landed, Parsed

FEEDS = {feed.name: feed for feed in feeds(None)}
STAMP = "20260105060000"
NOW = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
ORDER_CELLS = ("status", "payment_status", "shipment_status")


@dataclass(frozen=True, kw_only=True)
class Read:
    """One file after landing: its counts, its rows by canonical name, and the reasons of refused rows."""

    parsed: Parsed
    rows: Sequence[Mapping[str, Any]]
    reasons: Sequence[str]

    def column(self, name: str) -> list[str]:
        """The cells of one column."""
        return [row[name] for row in self.rows]

    def beside(self, at: int) -> object:
        """What a row's file says beyond the feed."""
        return json.loads(self.rows[at]["extra"])


def names(text: str) -> list[str]:
    """Header names as a vendor lists them."""
    return text.split(",")


def dropped(home: Path, feed_name: str, name: str, content: bytes, said: str = "") -> Landed:
    """Drop a file into a feed's inbox with its marker, which may say when it was exported, and land it."""
    put(home, feed_name, name, content, said)
    return land(home=home, feed=FEEDS[feed_name], now=NOW)


def read(home: Path, feed_name: str, name: str, content: bytes, said: str = "") -> Read:
    """Drop and land a file that must be readable."""
    done = dropped(home, feed_name, name, content, said)
    assert [refusal.message for refusal in done.refused] == []
    [parsed] = done.parsed
    rows = pq.read_table(home / "raw" / feed_name / ".pending" / f"{parsed.sha256}.parquet").to_pylist()
    refused = home / "quarantine" / feed_name / f"{parsed.sha256}.parquet"
    reasons = pq.read_table(refused).column("reason").to_pylist() if refused.exists() else []
    assert (len(rows), len(reasons)) == (parsed.landed, parsed.quarantined)
    return Read(parsed=parsed, rows=rows, reasons=reasons)


def csv_bytes(
    header: Sequence[str], *rows: Mapping[str, str], encoding: str = "cp932", end: str = "\n", quote: str = ""
) -> bytes:
    """A CSV by header name, without any cell that needs quoting; `quote` is put around every cell."""
    table = [list(header), *([row.get(name, "") for name in header] for row in rows)]
    lines = (",".join(f"{quote}{cell}{quote}" for cell in line) + end for line in table)
    return "".join(lines).encode(encoding)


def state(feed: Feed, **cells: str) -> str:
    """What the feed's status map makes of an order, as SQL reads it: the first rule that fits."""
    for rule in feed.statuses:
        said = {name: getattr(rule, name) for name in ORDER_CELLS}
        fits = all(not values or cells.get(name) in values for name, values in said.items())
        paid_so = not rule.payment_method or _like_any(cells.get("payment_method", ""), rule.payment_method)
        filled = "filled" if cells.get("cancelled_at") else "blank"
        if fits and paid_so and rule.cancelled_at in (None, filled):
            return rule.order_state
    return "unmapped"


def _like_any(text: str, patterns: Sequence[str]) -> bool:
    return any(re.fullmatch(".*".join(map(re.escape, one.split("%"))), text, re.DOTALL) for one in patterns)
