"""Files leave the inbox: their bytes are kept for ever, under their own hash."""

import hashlib
import stat
from collections.abc import Iterator
from datetime import datetime
from os import stat_result
from pathlib import Path
from typing import NamedTuple

from orchestration import disk
from orchestration.landing.feed import Feed
from orchestration.landing.shelf import Note, Shelf, is_known, write_note

MARKER = ".done"
STILL_SECONDS = 60
BLOCK = 1 << 20
UNFINISHED = (MARKER, ".tmp", ".part")


class Lying(NamedTuple):
    """A file in the inbox, as it was when looked at."""

    path: Path
    seen: stat_result
    ready: bool


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


def take(file: Lying, *, shelf: Shelf, feed: Feed, now: datetime) -> bool:
    """Keep a file's bytes and clear it from the inbox.

    Sidecar, then bytes, then marker, then inbox file: a kill in between leaves the file to be taken
    again, and no marker that would vouch for the next file of that name.

    Returns:
        whether the bytes are new, or had come under a name that did not tell when they were exported.
    """
    draft = disk.unfinished(shelf.landing / "received")
    sha256 = _copy(file.path, draft)
    is_new = not is_known(shelf, sha256)
    if is_new:
        name = file.path.name
        note = Note(sha256=sha256, name=name, exported_at=feed.exported_at(name), landed_at=now)
        shelf.refusal_of(sha256).unlink(missing_ok=True)
        write_note(shelf, feed, note)
        draft.chmod(0o400)
        disk.keep(draft, shelf.bytes_of(sha256))
    else:
        draft.unlink()
    _clear(file)
    return is_new


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
