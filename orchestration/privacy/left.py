"""What an erasure could not reach: files that are not ours to change, rooms that should hold nobody."""

from pathlib import Path

from orchestration.landing.erasing.traces import Traces

# Read cell by cell by the other steps, or packed so that a search through bytes finds nothing.
ELSEWHERE = ("landing", "raw", "quarantine", "candidates", "marts", "warehouse.duckdb", "demo_truth")
JOB = "erasing.json"


def left(home: Path, traces: Traces) -> tuple[str, ...]:
    """Files below the home that still hold him, as paths: in the inbox, the logs, the outbox, the ledger."""
    return tuple(
        str(path.relative_to(home))
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != JOB and path.relative_to(home).parts[0] not in ELSEWHERE
        if traces.in_file(path)
    )
