"""Landed files are written anew without somebody, under their old names: a re-sent file is still known."""

from dataclasses import dataclass
from pathlib import Path

from orchestration import disk
from orchestration.landing.erasing.erase_file import write, write_without
from orchestration.landing.erasing.finder import Finder
from orchestration.landing.erasing.handles import Erased
from orchestration.landing.erasing.traces import Traces
from orchestration.landing.keeping.notes import note_rewriting, read_notes
from orchestration.landing.keeping.shelf import Shelf, open_shelf
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """What was done to one feed's landed files, by their names.

    Attributes:
        sieved: without his rows or cells now.
        emptied: could not be read and held him: nothing is left of them.
    """

    sieved: tuple[str, ...]
    emptied: tuple[str, ...]


def rewrite_landed(*, home: Path, feed: Feed, erased: Erased, traces: Traces) -> Rewritten:
    """Take somebody out of every landed file of a feed; what was read from a changed file goes too.

    Killed at any instant it can be called again; landing then reads the changed files anew.

    Args:
        home: folder of everything Joren keeps.
        feed: whose files.
        erased: the list, on which he stands already.
        traces: of him.
    """
    shelf = open_shelf(home, feed.name)
    done = {sha256: _rewrite(shelf, feed, sha256, Finder(erased, traces)) for sha256 in shelf.landed()}
    return Rewritten(
        sieved=tuple(sha256 for sha256, what in done.items() if what == "sieved"),
        emptied=tuple(sha256 for sha256, what in done.items() if what == "emptied"),
    )


def _rewrite(shelf: Shelf, feed: Feed, sha256: str, finder: Finder) -> str:
    kept = shelf.bytes_of(sha256)
    draft = disk.unfinished(kept)
    rewritten = write_without(kept, draft, feed, finder)
    if isinstance(rewritten, Fault):
        held = finder.traces is not None and finder.traces.in_file(kept)
        rewritten, what = (str(write(draft, ())) if held else ""), "emptied"
    else:
        what = "sieved"
    if rewritten:
        _replace(shelf, feed, sha256, draft, rewritten)
    else:
        draft.unlink(missing_ok=True)
    return what if rewritten else ""


def _replace(shelf: Shelf, feed: Feed, sha256: str, draft: Path, rewritten: str) -> None:
    """First the note and what was read from the old bytes: a kill then leaves them to be found again."""
    note_rewriting(shelf.note_of(sha256), rewritten)
    for note in read_notes(shelf.note_of(sha256), feed):
        name = f"{note.statement}.parquet"
        aside = shelf.rows_refused / f"{note.statement}.door.parquet"
        rooms = (shelf.pending, shelf.raw, shelf.rows_refused, shelf.files_refused)
        for read in (*(room / name for room in rooms), aside, shelf.refusal_of(note.statement)):
            read.unlink(missing_ok=True)
    draft.chmod(0o400)
    disk.keep(draft, shelf.bytes_of(sha256))
