"""The sidecar of landed bytes: under which names, and so with which export times, they came."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration import disk
from orchestration.landing.mapping.feed import Feed


@dataclass(frozen=True, kw_only=True)
class Note:
    """What the sidecar says of one export of the landed bytes; times are UTC.

    Attributes:
        sha256: of the bytes.
        number: 1 for their earliest export; the same bytes exported again later are a restatement.
        name: under which they came.
        exported_at: what its marker or its name tells; None if they tell no time.
        landed_at: when they came.
        is_marker_unclear: whether a marker was meant to tell the time and does not.
        rewritten: SHA-256 of what is kept, where somebody has been erased from it; nothing: it is as it came.
    """

    sha256: str
    number: int
    name: str
    exported_at: datetime | None
    landed_at: datetime
    is_marker_unclear: bool
    rewritten: str

    @property
    def statement(self) -> str:
        """Names the rows, in files and in `_file_sha256`: as the bytes, for a restatement with its number."""
        return self.sha256 if self.number == 1 else f"{self.sha256}-{self.number}"


def note_sighting(
    sidecar: Path, feed: Feed, *, name: str, marked: str, now: datetime, rewritten: str
) -> bool:
    """Add to the sidecar that these bytes came under this name; bytes that are new come after it.

    Args:
        sidecar: of the bytes.
        feed: in whose inbox they lay.
        name: of the file.
        marked: what its marker said of the time of export: it goes before the name.
        now: when they came.
        rewritten: see `Note`; what the sidecar says already stays.

    Returns:
        whether that adds anything: not if they have come with this export time, nor, where none is told,
        if they have come at all.
    """
    said = disk.read_json(sidecar)
    sightings = said.get("sightings", [])
    exported_at = _printed(marked_time(marked) if marked else feed.exported_at(name))
    if any(_is_known(one, exported_at, "" if marked else name) for one in sightings):
        return False
    told = {"name": name, "exported_at": exported_at, "landed_at": now.isoformat()}
    sightings.append(told | ({"marker": "unclear"} if marked and not exported_at else {}))
    kept = {"rewritten": rewritten} if rewritten else {}
    disk.write_json(sidecar, {**kept, **said, "feed": feed.name, "sightings": sightings})
    return True


def note_rewriting(sidecar: Path, rewritten: str) -> None:
    """Say that somebody is being erased from these bytes, which keep their name."""
    disk.write_json(sidecar, {**disk.read_json(sidecar), "rewritten": rewritten})


def read_notes(sidecar: Path, feed: Feed) -> list[Note]:
    """Read the sidecar: one note an export time, the earliest first; without any time, one note.

    Where the sidecar has no export time, the feed's present name pattern may know one, unless a marker was
    meant to say it.
    """
    said = disk.read_json(sidecar)
    sightings = said["sightings"]
    times = [
        _moment(one["exported_at"]) or (None if "marker" in one else feed.exported_at(one["name"]))
        for one in sightings
    ]
    dated = {time: one for time, one in reversed([*zip(times, sightings, strict=True)]) if time}
    stated: list[tuple[datetime | None, Any]] = [*sorted(dated.items())] or [(None, sightings[0])]
    return [
        Note(
            sha256=sidecar.stem,
            number=number,
            name=one["name"],
            exported_at=time,
            landed_at=datetime.fromisoformat(one["landed_at"]),
            is_marker_unclear=not time and "marker" in one,
            rewritten=said.get("rewritten", ""),
        )
        for number, (time, one) in enumerate(stated, start=1)
    ]


def _is_known(sighting: dict[str, str], exported_at: str, unmarked: str) -> bool:
    """Whether a sighting says it already; a file whose marker a kill took comes under its name again."""
    time = sighting["exported_at"]
    return exported_at in ("", time) or bool(time and unmarked == sighting["name"])


def marked_time(marked: str) -> datetime | None:
    """What a marker's text says: ISO 8601 with an offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(marked.strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def meaning(feed: Feed, note: Note) -> dict[str, str]:
    """What a file's rows, or its refusal, stand for; where it differs they are to be made anew."""
    return {
        "file": note.name,
        "exported_at": _printed(note.exported_at),
        "landed_at": _printed(note.landed_at),
        "mapping": feed.mapping_hash,
        "door": feed.door_hash,
        **({"rewritten": note.rewritten} if note.rewritten else {}),
    }


def _printed(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(printed: str) -> datetime | None:
    return datetime.fromisoformat(printed) if printed else None
