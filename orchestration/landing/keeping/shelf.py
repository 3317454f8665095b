"""The folders of one feed, and what lies in them already."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from orchestration import disk
from orchestration.footer import said_in
from orchestration.landing.keeping.notes import Note, meaning
from orchestration.landing.mapping.feed import Feed

SHA256 = re.compile("[0-9a-f]{64}")


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

    def has(self, path: Path) -> bool:
        """Whether a file's bytes have been received."""
        with path.open("rb") as file:
            return self.bytes_of(hashlib.file_digest(file, "sha256").hexdigest()).exists()

    def note_of(self, sha256: str) -> Path:
        """Its sidecar."""
        return self.landing / f"{sha256}.json"

    def refusal_of(self, statement: str) -> Path:
        """Why the file as a whole was refused."""
        return self.files_refused / f"{statement}.json"

    def landed(self) -> list[str]:
        """Names of the files received, by content."""
        return sorted(path.name for path in self.landing.iterdir() if SHA256.fullmatch(path.name))


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


def is_settled(shelf: Shelf, feed: Feed, note: Note) -> bool:
    """Whether the file's rows, or its refusal, are there under the feed's present meaning."""
    meant, rows = meaning(feed, note).items(), f"{note.statement}.parquet"
    if any(meant <= footer_of(path).items() for path in (shelf.raw / rows, shelf.pending / rows)):
        return True
    refusal = disk.read_json(shelf.refusal_of(note.statement))
    return all(refusal.get(key) == text for key, text in meant)


def footer_of(path: Path) -> dict[str, str]:
    """What landing said in the footer of a file of rows; nothing if there is none."""
    return said_in(pq.read_metadata(path)) if path.exists() else {}
