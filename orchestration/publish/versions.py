"""The shelf of published versions: numbers that only grow, and links that name one of them."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from orchestration.publish.files import install, point

KEPT_VERSIONS = 5
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version: its number, its day (ISO), and per table the rows and the content hash."""

    number: int
    as_of: str
    rows: dict[str, int]
    hashes: dict[str, str]

    def same_contents(self, other: "Version | None") -> bool:
        """Whether another version says the same about the same day."""
        return other is not None and (self.as_of, self.hashes) == (other.as_of, other.hashes)


def current_version(folder: Path) -> Version | None:
    """The version that the link names; None before the first publication."""
    link = folder / "marts.duckdb"
    return read_version(folder / f"{link.readlink().stem}.json") if link.is_symlink() else None


def read_version(facts: Path) -> Version:
    """Read what a version says about itself."""
    return Version(**json.loads(facts.read_text()))


def take_number(folder: Path, version: Version) -> None:
    """Write a version's facts before its tables: its number is then spent, whatever happens."""
    facts = folder / f"marts-{version.number}.json"
    fresh = facts.with_suffix(".json.tmp")
    fresh.write_text(json.dumps(asdict(version)))
    install(fresh, facts, mode=0o444)


def next_number(folder: Path) -> int:
    """One more than the highest number ever taken."""
    return max(_numbers(folder), default=0) + 1


def turn_to(folder: Path, number: int) -> None:
    """Let the links name a version; this is the moment of publication, and also the way back to an older one.

    Raises:
        FileNotFoundError: when that version does not lie there.
    """
    database, parquet = folder / f"marts-{number}.duckdb", folder / f"parquet-{number}"
    for path in (database, parquet):
        if not path.exists():
            whole = [n for n in _numbers(folder) if (folder / f"marts-{n}.duckdb").exists()]
            raise FileNotFoundError(f"{path}: no such version; there are {whole}")
    point(folder / "parquet", parquet)
    point(folder / "marts.duckdb", database)


def sweep(folder: Path) -> None:
    """Remove what a dead publisher left half-written."""
    for path in folder.glob("*.tmp*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def collect(folder: Path, *, now: datetime) -> None:
    """Remove versions that are neither current, nor among the last five, nor younger than a day."""
    current = current_version(folder)
    for number in _numbers(folder)[:-KEPT_VERSIONS]:
        facts = folder / f"marts-{number}.json"
        young = now.timestamp() - facts.stat().st_mtime < KEPT_SECONDS
        if young or (current and current.number == number):
            continue
        (folder / f"marts-{number}.duckdb").unlink(missing_ok=True)
        shutil.rmtree(folder / f"parquet-{number}", ignore_errors=True)
        facts.unlink()


def _numbers(folder: Path) -> list[int]:
    return sorted(int(path.stem.removeprefix("marts-")) for path in folder.glob("marts-*.json"))
