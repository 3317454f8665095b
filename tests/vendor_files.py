"""Files in a vendor's bytes: what landing and the entrance door make of them, and what is on the disk."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq
from feed_files import FEEDS, NOW, dropped

from orchestration.doors.entrance import judge
from orchestration.landing.results import Landed
from orchestration.receive import door_of

Quoting = Literal[0, 1]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one landing left: `rows` wait for the door, `refused` could not be read."""

    done: Landed
    rows: list[dict[str, str]]
    refused: list[dict[str, str]]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Physical, landed, quarantined and blank rows of the one file."""
        [file] = self.done.parsed
        return file.physical, file.landed, file.quarantined, file.blank

    def cells(self, *columns: str) -> list[tuple[str, ...]]:
        """Some columns of the rows, as printed."""
        return [tuple(row[column] for column in columns) for row in self.rows]


def land_file(home: Path, feed: str, name: str, content: bytes) -> Outcome:
    """Land one file, readable or not."""
    return Outcome(
        done=dropped(home, feed, name, content),
        rows=_read(home / "raw" / feed / ".pending"),
        refused=_read(home / "quarantine" / feed),
    )


def _read(folder: Path) -> list[dict[str, str]]:
    found = (pq.read_table(path).to_pylist() for path in sorted(folder.glob("*.parquet")))
    rows = [row for table in found for row in table]
    return sorted(rows, key=lambda row: int(row["_row_number"]))


@dataclass(frozen=True, kw_only=True)
class AtTheDoor:
    """What the entrance says of one file: rules broken, each with what follows, and rows taken out."""

    broken: dict[str, str]
    quarantined: int
    is_let_in: bool


def at_the_door(home: Path, feed: str) -> AtTheDoor:
    """Judge the one file that waits."""
    judgement = judge(home=home, door=door_of(FEEDS[feed]), since=NOW)
    [file] = judgement.files
    broken = {one.rule: one.then for one in judgement.outcomes if not one.success}
    return AtTheDoor(broken=broken, quarantined=file.quarantined, is_let_in=file.is_let_in)


def quoted(
    rows: Iterable[Sequence[str]], *, encoding: str, line_end: str, quoting: Quoting, delimiter: str
) -> bytes:
    """Rows as RFC 4180 writes them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def row_of(header: Sequence[str], cells: Mapping[str, str]) -> list[str]:
    """A row's cells by header name, blank where nothing is said; a cell without a header is a mistake."""
    assert cells.keys() <= set(header), cells.keys() - set(header)
    return [cells.get(name, "") for name in header]


def files_that_say(home: Path, *values: str) -> list[tuple[str, str]]:
    """Files of a home in which one of these values stands."""
    return [
        (str(path.relative_to(home)), value)
        for path, text in _everything_below(home)
        for value in values
        if value in text
    ]


def _everything_below(home: Path) -> Iterator[tuple[Path, str]]:
    """Every file with all that it says: text in any encoding, and Parquet unpacked."""
    for path in sorted(home.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield path, f"{path.name} {content.decode('utf-8', 'ignore')} {content.decode('cp932', 'ignore')}"
        if path.suffix == ".parquet":
            rows = pq.read_table(path).to_pylist()
            yield path, json.dumps([rows, str(pq.read_metadata(path))], ensure_ascii=False, default=str)
