"""The shelf of published versions: whole folders with growing numbers, and one link that names one.

`marts/current -> <n>/` is the only thing that moves; `marts/marts.duckdb` and `marts/parquet` lead
through it, so that both turn in one step.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration import disk

KEPT_VERSIONS = 5
KEPT_SECONDS = 24 * 3600
DATABASE, PARQUET, FACTS = "marts.duckdb", "parquet", "version.json"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version: its number, its day (ISO), and per table the rows and the content hash."""

    number: int
    as_of: str
    rows: dict[str, int]
    hashes: dict[str, str]

    def same_contents(self, other: "Version") -> bool:
        """Whether another version says the same about the same day."""
        return (self.as_of, self.hashes) == (other.as_of, other.hashes)


def current_version(shelf: Path) -> Version | None:
    """The version that readers see; None before the first publication or where its folder was damaged."""
    folder = shelf / "current"
    whole = all((folder / name).exists() for name in (DATABASE, PARQUET, FACTS))
    return read_version(folder / FACTS) if whole else None


def read_version(facts: Path) -> Version:
    """Read what a version says about itself."""
    return Version(**json.loads(facts.read_text()))


def next_number(shelf: Path) -> int:
    """One more than the highest number that lies there; the highest is never thrown away."""
    return max(_numbers(shelf), default=0) + 1


def turn_to(shelf: Path, number: int) -> None:
    """Let readers see a version; this is the moment of publication, and also the way back to an older one.

    Raises:
        FileNotFoundError: when that version does not lie there.
    """
    if number not in _numbers(shelf):
        raise FileNotFoundError(f"{shelf / str(number)}: no such version; there are {_numbers(shelf)}")
    if (shelf / "current").exists():
        os.utime(shelf / "current")  # the version that readers may still hold grows old from now on
    _point(shelf / "current", str(number))
    for name in (DATABASE, PARQUET):
        if not (shelf / name).is_symlink():
            _point(shelf / name, f"current/{name}")


def sweep(shelf: Path) -> None:
    """Remove what a dead publisher left half-written."""
    for path in shelf.glob(f"*{disk.UNFINISHED}"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def collect(shelf: Path, *, now: datetime) -> None:
    """Remove versions that are neither among the last five, nor seen by readers within a day."""
    current = (shelf / "current").readlink().name
    for number in _numbers(shelf)[:-KEPT_VERSIONS]:
        folder = shelf / str(number)
        young = now.timestamp() - folder.stat().st_mtime < KEPT_SECONDS
        if not young and folder.name != current:
            shutil.rmtree(folder)


def _numbers(shelf: Path) -> list[int]:
    return sorted(int(path.name) for path in shelf.iterdir() if path.name.isdecimal())


def _point(link: Path, target: str) -> None:
    fresh = disk.unfinished(link)
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    disk.sync(link.parent)
