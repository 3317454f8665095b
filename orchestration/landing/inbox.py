"""Files leave the inbox: their bytes are kept for ever, under their own hash."""

import hashlib
import stat
from collections.abc import Iterator
from datetime import datetime
from os import stat_result
from pathlib import Path
from typing import Literal, NamedTuple

from orchestration import disk
from orchestration.landing.feed import Feed
from orchestration.landing.notes import note_sighting
from orchestration.landing.shelf import Shelf

MARKER = ".done"
STILL_SECONDS = 60
BLOCK = 1 << 20
UNFINISHED = (MARKER, ".tmp", ".part")


class Lying(NamedTuple):
    """A file in the inbox, as it was when looked at."""

    path: Path
    seen: stat_result
    ready: bool


class Taken(NamedTuple):
    """A file that has left the inbox.

    Attributes:
        name: under which it came.
        news: `bytes` that are new, `time`: known bytes exported again, or `none`: the very same file again.
    """

    name: str
    news: Literal["bytes", "time", "none"]


def lying(inbox: Path, now: datetime) -> list[Lying]:
    """List the files in an inbox: regular ones that are neither hidden nor named as unfinished.

    A file is ready when a marker `<name>.done` lies beside it or it has not changed for a minute.
    """
    found = []
    for path in sorted(inbox.iterdir()):
        if path.name.startswith(".") or path.name.endswith(UNFINISHED):
            continue
        seen = path.lstat()
        if stat.S_ISREG(seen.st_mode):
            still = now.timestamp() - seen.st_mtime >= STILL_SECONDS
            found.append(Lying(path, seen, still or _marker(path).exists()))
    return found


def take(file: Lying, *, shelf: Shelf, feed: Feed, now: datetime) -> Taken:
    """Keep a file's bytes, if they are new, and when they were exported, and clear it from the inbox.

    Sidecar, then bytes, then marker, then inbox file: a kill in between leaves the file to be taken
    again, and no marker that would vouch for the next file of that name.
    """
    draft = disk.unfinished(shelf.landing / "received")
    sha256 = _copy(file.path, draft)
    kept = shelf.bytes_of(sha256)
    is_kept = kept.exists()
    is_stated = note_sighting(shelf.note_of(sha256), feed, name=file.path.name, now=now)
    if is_kept:
        draft.unlink()
    else:
        draft.chmod(0o400)
        disk.keep(draft, kept)
    _clear(file)
    return Taken(file.path.name, "bytes" if not is_kept else "time" if is_stated else "none")


def _copy(path: Path, draft: Path) -> str:
    digest = hashlib.sha256()
    with disk.open_private(draft) as copy:
        for block in _blocks(path):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _clear(file: Lying) -> None:
    now = file.path.lstat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) == (
        file.seen.st_ino,
        file.seen.st_size,
        file.seen.st_mtime_ns,
    ):
        _marker(file.path).unlink(missing_ok=True)
        file.path.unlink()


def _marker(path: Path) -> Path:
    return path.with_name(path.name + MARKER)
