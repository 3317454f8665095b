"""Feeds as tests land them, which stay as they are when Joren's own change, and one file's landing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from inbox import put

from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import read_feed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault, Parsed

NOW = datetime(2026, 1, 9, tzinfo=UTC)
FOLDER = Path(__file__).parent / "feeds"


def feed(name: str) -> Feed:
    """Read one of the tests' own feeds."""
    return read_feed(FOLDER / f"{name}.yaml")


def drop(home: Path, feed: Feed, name: str, content: bytes, *, marker: str = "") -> Path:
    """Put a file with its marker into its inbox."""
    return put(home, feed.name, name, content, marker)


def pending(home: Path, feed: Feed) -> list[dict[str, Any]]:
    """All rows of a feed that wait for the door, in the order of files and rows."""
    files = sorted((home / "raw" / feed.name / ".pending").glob("*.parquet"))
    return [row for path in files for row in pq.read_table(path).to_pylist()]


def quarantined(home: Path, feed: Feed) -> list[dict[str, Any]]:
    """All rows of a feed that landing refused."""
    files = sorted((home / "quarantine" / feed.name).glob("*.parquet"))
    return [row for path in files for row in pq.read_table(path).to_pylist()]


def land_one(home: Path, feed: Feed, name: str, content: bytes, *, marker: str = "") -> Parsed | Fault:
    """Land one file in a home of its own and say what came of it."""
    drop(home, feed, name, content, marker=marker)
    done = land(home=home, feed=feed, now=NOW)
    results = [*done.parsed, *(refusal.fault for refusal in done.refused)]
    assert len(results) == 1, done
    return results[0]
