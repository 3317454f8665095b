"""The proof of an erasure: what was found and removed, and when the rest is gone; nothing of the person."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from orchestration import disk
from orchestration.privacy.job import Job
from orchestration.publish.versions import KEPT_VERSIONS


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What `report/erasures/<number>.json` says.

    Attributes:
        number: of the request.
        erased_on: the day (ISO).
        finished_at: when (UTC, ISO).
        found: how much was found and removed, by room; empty: nothing was left.
        files: landed files that were written anew, by feed: their names are hashes of what once came.
        left: files that still hold him and that only a person can see to.
        published_until: last day on which versions of the marts published before may lie there; they hold his
            customer id, no more. If a version is published each day.
        backups: what we cannot reach.
    """

    number: str
    erased_on: str
    finished_at: str
    found: dict[str, int]
    files: dict[str, list[str]]
    left: tuple[str, ...]
    published_until: str
    backups: str


def prove(home: Path, job: Job, left: tuple[str, ...], now: datetime) -> Proof:
    """Write it (0600); what a later request for the same person finds is added."""
    until = date.fromisoformat(job.erased_on) + timedelta(days=KEPT_VERSIONS + 1)
    proof = Proof(
        number=job.number,
        erased_on=job.erased_on,
        finished_at=now.isoformat(timespec="seconds"),
        found=dict(job.found),
        files={feed: sorted(set(names)) for feed, names in job.files.items() if names},
        left=left,
        published_until=until.isoformat(),
        backups="Copies kept of landing/ and ledger/ still hold what they held: their own age decides.",
    )
    path = disk.folder(home / "report" / "erasures", 0o700) / f"{job.number}.json"
    if proof.found or left or not path.exists():
        disk.write_json(path, asdict(proof) | _added(proof, disk.read_json(path)))
    return proof


def _added(proof: Proof, before: Mapping[str, Any]) -> dict[str, object]:
    found, files = before.get("found", {}), before.get("files", {})
    return {
        "found": {room: found.get(room, 0) + proof.found.get(room, 0) for room in {**found, **proof.found}},
        "files": {
            feed: sorted({*files.get(feed, ()), *proof.files.get(feed, ())})
            for feed in {**files, **proof.files}
        },
    }
