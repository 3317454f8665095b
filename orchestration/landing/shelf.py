"""The folders of one feed, and what lies in them already."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from orchestration import disk
from orchestration.landing.feed import Feed


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Where one feed's files lie below `JOREN_HOME`."""

    inbox: Path
    landing: Path
    raw: Path
    pending: Path
    rows_refused: Path
    files_refused: Path

    def bytes_of(self, sha256: str) -> Path:
        """The file as received."""
        return self.landing / sha256

    def note_of(self, sha256: str) -> Path:
        """Its sidecar."""
        return self.landing / f"{sha256}.json"

    def refusal_of(self, sha256: str) -> Path:
        """Why the file as a whole was refused."""
        return self.files_refused / f"{sha256}.json"

    def landed(self) -> list[str]:
        """Names of the files received, by content."""
        return sorted(path.name for path in self.landing.iterdir() if not path.suffix)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What the sidecar says of a landed file; times are UTC."""

    sha256: str
    name: str
    exported_at: datetime | None
    landed_at: datetime


def open_shelf(home: Path, feed_name: str) -> Shelf:
    """Make the feed's folders and remove what a killed run left unfinished."""
    disk.folder(home, 0o711)
    raw, quarantine = home / "raw" / feed_name, home / "quarantine" / feed_name
    shelf = Shelf(
        inbox=_private(home / "inbox" / feed_name),
        landing=_private(home / "landing" / feed_name),
        raw=_private(raw),
        pending=_private(raw / ".pending"),
        rows_refused=_private(quarantine),
        files_refused=_private(quarantine / "files"),
    )
    for folder in (shelf.landing, shelf.raw, shelf.pending, shelf.rows_refused, shelf.files_refused):
        disk.collect(folder)
    return shelf


def _private(path: Path) -> Path:
    return disk.folder(path, 0o700)


def write_note(shelf: Shelf, feed: Feed, note: Note) -> None:
    """Write the sidecar; the bytes come after it."""
    disk.write_json(
        shelf.note_of(note.sha256),
        {
            "feed": feed.name,
            "name": note.name,
            "exported_at": note.exported_at.isoformat() if note.exported_at else "",
            "landed_at": note.landed_at.isoformat(),
        },
    )


def read_note(shelf: Shelf, feed: Feed, sha256: str) -> Note:
    """Read the sidecar; where it has no export time, the feed's present name pattern may know one."""
    said = disk.read_json(shelf.note_of(sha256))
    exported_at = said["exported_at"]
    return Note(
        sha256=sha256,
        name=said["name"],
        exported_at=datetime.fromisoformat(exported_at) if exported_at else feed.exported_at(said["name"]),
        landed_at=datetime.fromisoformat(said["landed_at"]),
    )


def is_known(shelf: Shelf, sha256: str) -> bool:
    """Whether these bytes have landed under a name that tells when they were exported."""
    return shelf.bytes_of(sha256).exists() and disk.read_json(shelf.note_of(sha256))["exported_at"] != ""


def is_settled(shelf: Shelf, feed: Feed, sha256: str) -> bool:
    """Whether the file's rows, or its refusal, are there under the feed's present meaning."""
    mapping, both = feed.mapping_hash, (feed.mapping_hash, feed.door_hash)
    refusal = disk.read_json(shelf.refusal_of(sha256))
    return (
        _read_under(shelf.raw / f"{sha256}.parquet")[0] == mapping
        or _read_under(shelf.pending / f"{sha256}.parquet") == both
        or (refusal.get("mapping") == mapping and refusal.get("door") in ("", feed.door_hash))
    )


def _read_under(path: Path) -> tuple[str, str]:
    said = (pq.read_metadata(path).metadata or {}) if path.exists() else {}
    return said.get(b"joren.mapping", b"").decode(), said.get(b"joren.door", b"").decode()
