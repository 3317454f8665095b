"""Files leave the inbox: their bytes are kept for ever, under their own hash."""

import stat
from datetime import datetime
from os import stat_result
from pathlib import Path
from typing import Literal, NamedTuple

from orchestration import disk
from orchestration.landing.erasing.finder import Finder
from orchestration.landing.keeping.copying import copy
from orchestration.landing.keeping.notes import note_sighting
from orchestration.landing.keeping.shelf import Shelf
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault

MARKER = ".done"
LONGEST_MARKER = 100  # characters
STILL_SECONDS = 60
UNFINISHED = (MARKER, ".tmp", ".part", ".filepart", ".crdownload")


class Lying(NamedTuple):
    """A file in the inbox, as it was when looked at."""

    path: Path
    seen: stat_result
    ready: bool

    def is_unchanged(self) -> bool:
        """Whether it still is that file."""
        now = _seen(self.path)
        return now is not None and _identity(now) == _identity(self.seen)


class Taken(NamedTuple):
    """A file that has left the inbox.

    Attributes:
        name: under which it came.
        news: `bytes` that are new, `time`: known bytes exported again, or `none`: the very same file again.
    """

    name: str
    news: Literal["bytes", "time", "none"]


class Left(NamedTuple):
    """A file that stays in the inbox: unread, and what cannot be read may not be kept."""

    name: str
    fault: Fault


def lying(inbox: Path, now: datetime) -> list[Lying]:
    """List the files in an inbox: regular ones that are neither hidden nor named as unfinished.

    A file is ready when a marker `<name>.done` lies beside it or it has not changed for a minute.
    """
    found = []
    for path in sorted(inbox.iterdir()):
        if path.name.startswith(".") or path.name.endswith(UNFINISHED):
            continue
        seen = _seen(path)
        if seen and stat.S_ISREG(seen.st_mode):
            still = now.timestamp() - seen.st_mtime >= STILL_SECONDS
            found.append(Lying(path, seen, still or _marker(path).exists()))
    return found


def take(
    file: Lying, *, shelf: Shelf, feed: Feed, finder: Finder | None, now: datetime
) -> Taken | Left | None:
    """Keep a file's bytes, if they are new, and when they were exported, and clear it from the inbox.

    Where the feed keeps only what it maps, the rest is dropped on the way: it is never written; nor is what
    `finder` finds of somebody who has been erased. Sidecar, then
    bytes, then marker, then inbox file: a kill in between leaves the file to be taken again, and no marker
    that would vouch for the next file of that name.

    Returns:
        None for a file that was written on while it was read: it waits for another time.
    """
    draft = disk.unfinished(shelf.landing / "received")
    copied = copy(file.path, draft, feed, finder)
    if isinstance(copied, Fault) or not file.is_unchanged():
        draft.unlink(missing_ok=True)
        return Left(file.path.name, copied) if isinstance(copied, Fault) and file.is_unchanged() else None
    kept, sidecar = shelf.bytes_of(copied.sha256), shelf.note_of(copied.sha256)
    is_kept, rewritten = kept.exists(), copied.rewritten
    named = {"name": file.path.name, "marked": _marked(file.path), "rewritten": "" if is_kept else rewritten}
    is_stated = note_sighting(sidecar, feed, **named, now=now)
    if is_kept:
        draft.unlink()
    else:
        draft.chmod(0o400)
        disk.keep(draft, kept)
    _clear(file)
    return Taken(file.path.name, "bytes" if not is_kept else "time" if is_stated else "none")


def _marked(path: Path) -> str:
    marker = _marker(path)
    if not marker.is_file():
        return ""
    with marker.open(encoding="utf-8-sig", errors="replace") as text:
        return text.read(LONGEST_MARKER).strip()


def _clear(file: Lying) -> None:
    if file.is_unchanged():
        _marker(file.path).unlink(missing_ok=True)
        file.path.unlink()


def _seen(path: Path) -> stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:  # given its own name, or taken away, since the folder was listed
        return None


def _identity(seen: stat_result) -> tuple[int, int, int]:
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _marker(path: Path) -> Path:
    return path.with_name(path.name + MARKER)
