"""One feed's files: from the inbox to the entrance door."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from orchestration import disk
from orchestration.landing.erasing.finder import Finder
from orchestration.landing.erasing.handles import read_erased
from orchestration.landing.erasing.traces import Traces
from orchestration.landing.keeping.inbox import Left, Taken, lying, take
from orchestration.landing.keeping.notes import Note, meaning, read_notes
from orchestration.landing.keeping.shelf import Shelf, is_settled, open_shelf
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.parse import parse
from orchestration.landing.results import Fault, Landed, Parsed, Refusal


def land(*, home: Path, feed: Feed, now: datetime, traces: Traces | None = None) -> Landed:
    """Take what is ready in the feed's inbox, then read every file not yet read under the feed's meaning.

    Killed at any instant it leaves a file whole or not at all, and the next call completes the work.

    Args:
        home: folder of everything Joren keeps; nobody whom its list of erasures knows comes in again.
        feed: whose files.
        now: aware; says which files have been still for a minute, and is their `_landed_at`.
        traces: of whoever is being erased now; then a file whose bytes have landed is taken, ready or not.
    """
    shelf = open_shelf(home, feed.name)
    taking = partial(take, shelf=shelf, feed=feed, finder=_finder(home, traces), now=now)
    files = lying(shelf.inbox, now)
    gone = {one.path.name: taking(one) for one in files if one.ready or (traces and shelf.has(one.path))}
    taken = [one for one in gone.values() if isinstance(one, Taken)]
    left = [_left_refused(feed, one, now) for one in gone.values() if isinstance(one, Left)]
    notes = [note for sha256 in shelf.landed() for note in read_notes(shelf.note_of(sha256), feed)]
    results = [_read(shelf, feed, note) for note in notes if not is_settled(shelf, feed, note)]
    return Landed(
        feed=feed.name,
        now=now,
        newest=_newest(notes),
        files=tuple(file.name for file in taken if file.news != "none"),
        restated=tuple(file.name for file in taken if file.news == "time"),
        duplicates=tuple(file.name for file in taken if file.news == "none"),
        waiting=tuple(file.path.name for file in files if gone.get(file.path.name) is None),
        parsed=tuple(result for result in results if isinstance(result, Parsed)),
        refused=(*left, *(result for result in results if isinstance(result, Refusal))),
    )


def _finder(home: Path, traces: Traces | None) -> Finder | None:
    erased = read_erased(home)
    return Finder(erased, traces) if erased else None


def _left_refused(feed: Feed, left: Left, now: datetime) -> Refusal:
    fault = replace(
        left.fault, remedy=f"{left.fault.remedy} It stays in the inbox, unkept; remove it in the end."
    )
    return Refusal(feed=feed.name, file=left.name, sha256="", landed_at=now, fault=fault)


def _newest(notes: list[Note]) -> str:
    dated = [(note.exported_at, note.name) for note in notes if note.exported_at]
    return max(dated)[1] if dated else ""


def _read(shelf: Shelf, feed: Feed, note: Note) -> Parsed | Refusal:
    name = f"{note.statement}.parquet"
    rows, refused = shelf.pending / name, shelf.rows_refused / name
    rows_draft, refused_draft = disk.unfinished(rows), disk.unfinished(refused)
    source = shelf.bytes_of(note.sha256)
    result = parse(source=source, note=note, feed=feed, rows=rows_draft, refused=refused_draft)
    if isinstance(result, Fault):
        return _refuse(shelf, feed, note, result)
    if result.quarantined:
        disk.keep(refused_draft, refused)
    else:
        refused_draft.unlink()
        refused.unlink(missing_ok=True)
    disk.keep(rows_draft, rows)
    return result


def _refuse(shelf: Shelf, feed: Feed, note: Note, fault: Fault) -> Refusal:
    name = f"{note.statement}.parquet"
    by_door = shelf.rows_refused / f"{note.statement}.door.parquet"
    for older in (shelf.pending / name, shelf.raw / name, shelf.rows_refused / name, by_door):
        older.unlink(missing_ok=True)
        disk.unfinished(older).unlink(missing_ok=True)
    disk.write_json(
        shelf.refusal_of(note.statement),
        {
            "by": "landing",
            "feed": feed.name,
            "sha256": note.sha256,
            **meaning(feed, note),
            "found": fault.found,
            "expected": fault.expected,
            "remedy": fault.remedy,
        },
    )
    return Refusal(feed=feed.name, file=note.name, sha256=note.sha256, landed_at=note.landed_at, fault=fault)
