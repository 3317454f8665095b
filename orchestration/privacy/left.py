"""What an erasure could not reach: files that are not ours to change, rooms that should hold nobody."""

from collections.abc import Collection
from pathlib import Path

from orchestration.landing.erasing.traces import Traces
from orchestration.landing.mapping.feed import Feed

# Read cell by cell by the other steps, or packed so that a search through bytes finds nothing.
ELSEWHERE = ("candidates", "marts", "warehouse.duckdb", "demo_truth")
OF_FEEDS = ("landing", "raw", "quarantine")  # those of feeds that nobody describes any more were passed over
JOB = "erasing.json"  # it and its draft go last


def left(home: Path, traces: Traces, known: Collection[Feed]) -> tuple[str, ...]:
    """Files below the home that still hold him, as paths: in the inbox, the logs, the outbox, the ledger."""
    names = {"_catalogue", *(feed.name for feed in known)}
    return tuple(
        str(path.relative_to(home))
        for path in sorted(home.rglob("*"))
        if path.is_file() and not _is_seen_to(path.relative_to(home).parts, names) and traces.in_file(path)
    )


def _is_seen_to(parts: tuple[str, ...], names: Collection[str]) -> bool:
    is_of_feed = parts[0] in OF_FEEDS and parts[1] in names
    return is_of_feed or parts[0] in ELSEWHERE or parts[-1].startswith(JOB)
