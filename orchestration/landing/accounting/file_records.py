"""What became of every file, told by the files themselves: footers, sidecars, refusals."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.footer import said_in
from orchestration.landing.keeping.shelf import SHA256
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.columns import TIME
from orchestration.landing.results import Fault

FILES = pa.schema(
    [
        *((name, pa.string()) for name in ("feed", "kind", "file_name", "file_sha256")),
        ("exported_at", TIME),
        ("landed_at", TIME),
        ("encoding", pa.string()),
        ("bytes", pa.int64()),
        ("verdict", pa.string()),
        *((name, pa.int64()) for name in ("physical", "landed", "quarantined", "blank")),
        ("reason", pa.string()),
    ]
)
Record = dict[str, Any]


def files_table(*, home: Path, feeds: Sequence[Feed]) -> pa.Table:
    """One row per feed and statement, as of now."""
    rows = [record for feed in feeds for record in _records(home, feed)]
    return pa.Table.from_pylist(rows, FILES)


def _records(home: Path, feed: Feed) -> list[Record]:
    """A later finding replaces an earlier one: what waits to be judged anew is neither in nor refused."""
    raw, refused = home / "raw" / feed.name, home / "quarantine" / feed.name / "files"
    found = {
        **dict(_refused(refused)),
        **dict(_read(raw, "let_in")),
        **dict(_read(raw / ".pending", "pending")),
    }
    shelf = home / "landing" / feed.name
    return [
        {
            **record,
            "feed": feed.name,
            "kind": feed.kind,
            "file_sha256": statement,
            "bytes": _size(shelf, statement),
        }
        for statement, record in sorted(found.items())
    ]


def _read(folder: Path, verdict: str) -> Iterator[tuple[str, Record]]:
    for path in folder.glob("[0-9a-f]*.parquet"):
        footer = pq.read_metadata(path)
        yield path.stem, {**_told(said_in(footer)), **_counts(footer), "verdict": verdict, "reason": ""}


def _refused(folder: Path) -> Iterator[tuple[str, Record]]:
    for path in folder.glob("[0-9a-f]*.json"):
        said, rows = disk.read_json(path), path.with_suffix(".parquet")
        if said["by"] == "landing":
            fault = Fault(found=said["found"], expected=said["expected"], remedy=said["remedy"])
            yield path.stem, {**_told(said), "verdict": "refused_by_landing", "reason": fault.words}
        else:
            broken = "; ".join(one["rule"] for one in said["broken"])
            counts = _counts(pq.read_metadata(rows)) if rows.exists() else {}
            reason = f"broken: {broken}. {said['remedy']}"
            yield path.stem, {**_told(said), **counts, "verdict": "refused_by_door", "reason": reason}


def _told(said: dict[str, Any]) -> Record:
    return {
        "file_name": said["file"],
        "exported_at": _moment(said["exported_at"]),
        "landed_at": _moment(said["landed_at"]),
    }


def _counts(footer: pq.FileMetaData) -> Record:
    said = said_in(footer)
    return {
        "encoding": said["encoding"],
        "physical": int(said["physical"]),
        "landed": footer.num_rows,
        "quarantined": int(said["quarantined"]) + int(said.get("quarantined_door", "0")),
        "blank": int(said["blank"]),
    }


def _size(shelf: Path, statement: str) -> int | None:
    match = SHA256.match(statement)
    path = shelf / match[0] if match else shelf / statement
    return path.stat().st_size if path.exists() else None


def _moment(printed: str) -> datetime | None:
    return datetime.fromisoformat(printed).astimezone(UTC).replace(tzinfo=None) if printed else None
