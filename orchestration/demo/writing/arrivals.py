"""How a night's files come into the inbox: whole or not at all, each with its marker."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from orchestration import disk


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file in the inbox; `rows` without the header."""

    feed: str
    path: Path
    rows: int


class Arrival:
    """A file that grows under a hidden name."""

    def __init__(self, *, feed: str, path: Path, file: BinaryIO) -> None:
        self._feed, self._path, self._file, self.rows = feed, path, file, 0

    def add(self, rows: Iterable[bytes]) -> None:
        """Write rows that are printed already."""
        for row in rows:
            self._file.write(row)
            self.rows += 1

    def written(self) -> Written:
        """What has become of it."""
        return Written(feed=self._feed, path=self._path, rows=self.rows)


@contextmanager
def arriving(home: Path, feed: str, name: str, header: bytes) -> Iterator[Arrival]:
    """A file in `home/inbox/<feed>/`: first the bytes, then the name, then the `.done` marker.

    A kill leaves no half file; an error leaves only the hidden one.
    """
    folder = home / "inbox" / feed
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    hidden = folder / f".{name}.tmp"
    with hidden.open("wb") as file:
        file.write(header)
        yield Arrival(feed=feed, path=path, file=file)
    disk.keep(hidden, path)
    path.with_name(f"{name}.done").touch()
    disk.sync(folder)


def stamp(exported_at: datetime, part: int) -> str:
    """The fourteen digits of a file's name; the parts of one export follow each other by a second."""
    return f"{exported_at + timedelta(seconds=part):%Y%m%d%H%M%S}"
