"""Where a feed's files wait for judgement, and where they go after it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.doors.divide import divide
from orchestration.doors.results import RefusedFile, remedy
from orchestration.footer import said_in


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A file that waits.

    Attributes:
        path: its rows.
        sha256: of its bytes; a restatement of the same bytes has its number after it.
        said: what landing wrote into the footer under `joren.<name>`.
        rows: how many.
        columns: their names.
    """

    path: Path
    sha256: str
    said: dict[str, str]
    rows: int
    columns: frozenset[str]

    @property
    def exported_at(self) -> datetime:
        """When it was exported; aware."""
        return datetime.fromisoformat(self.said["exported_at"])

    @property
    def taken(self) -> int:
        """How many rows the door has taken out of it."""
        return int(self.said.get("quarantined_door", "0"))


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The folders of one feed, made by landing."""

    home: Path
    feed_name: str

    @property
    def raw(self) -> Path:
        """What dbt reads."""
        return self.home / "raw" / self.feed_name

    @property
    def refused(self) -> Path:
        """What was refused as a whole."""
        return self.home / "quarantine" / self.feed_name / "files"

    def aside(self, statement: str) -> Path:
        """The rows of a file that the door took out."""
        return self.home / "quarantine" / self.feed_name / f"{statement}.door.parquet"

    def pending(self) -> list[Pending]:
        """List what waits."""
        return [_look(path) for path in sorted((self.raw / ".pending").glob("*.parquet"))]

    def let_in(self) -> list[Pending]:
        """List what has been let in."""
        return [_look(path) for path in self.raw.glob("[0-9a-f]*.parquet")]

    def newest_refused(self) -> str:
        """Name of the newest file that lies refused if none newer has been let in; else nothing."""
        refusals = [disk.read_json(path) for path in self.refused.glob("*.json")]
        newest = max((said for said in refusals if said["exported_at"]), key=_exported_at, default=None)
        if newest is None:
            return ""
        newer = (file for file in self.let_in() if file.exported_at >= _exported_at(newest))
        return "" if any(newer) else str(newest["file"])


def admit(shelf: Shelf, file: Pending, taken: pa.Table | None) -> None:
    """Let a file in; first goes an earlier refusal of it, which a kill would else leave standing.

    Args:
        shelf: the feed's.
        file: that waits.
        taken: the rows that stay outside, and why (`question.taken_from`); they are put aside before the
            others come in, and the file waits until both are done.
    """
    (shelf.refused / file.path.name).unlink(missing_ok=True)
    (shelf.refused / f"{file.sha256}.json").unlink(missing_ok=True)
    aside, let_in = shelf.aside(file.sha256), shelf.raw / file.path.name
    if taken is None:
        aside.unlink(missing_ok=True)
        file.path.rename(let_in)
    else:
        divide(file.path, taken, aside=disk.unfinished(aside), let_in=disk.unfinished(let_in))
        disk.keep(disk.unfinished(aside), aside)
        disk.keep(disk.unfinished(let_in), let_in)
        file.path.unlink()
    disk.sync(shelf.raw)


def refuse(shelf: Shelf, file: Pending, refusal: RefusedFile) -> None:
    """Put a file aside: first why, then what an earlier mapping had let in goes, then its rows move."""
    why = {
        "by": "door",
        "feed": refusal.feed,
        "sha256": refusal.sha256,
        **{key: file.said[key] for key in ("file", "exported_at", "landed_at", "mapping", "door")},
        "broken": [{"rule": rule, **asdict(failing)} for rule, failing in refusal.broken],
        "remedy": remedy(refusal.feed),
    }
    disk.write_json(shelf.refused / f"{file.sha256}.json", why)
    (shelf.raw / file.path.name).unlink(missing_ok=True)
    shelf.aside(file.sha256).unlink(missing_ok=True)
    file.path.rename(shelf.refused / file.path.name)
    disk.sync(shelf.refused)


def _exported_at(said: dict[str, str]) -> datetime:
    return datetime.fromisoformat(said["exported_at"])


def _look(path: Path) -> Pending:
    footer = pq.read_metadata(path)
    columns = frozenset(footer.schema.names)
    return Pending(path=path, sha256=path.stem, said=said_in(footer), rows=footer.num_rows, columns=columns)
