"""A landed file becomes two Parquet drafts: the rows that could be read, and those that could not."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.landing.columns import REFUSED, raw_batch, raw_schema, refused_batch
from orchestration.landing.decode import encoding_of, text_lines
from orchestration.landing.feed import Feed
from orchestration.landing.header import Places, places
from orchestration.landing.notes import Note, meaning
from orchestration.landing.parts import parts
from orchestration.landing.results import Fault, Parsed
from orchestration.landing.sheet import Sheet
from orchestration.landing.tokenise import Record, records


class Opened(NamedTuple):
    """A file whose header has been understood."""

    encoding: str
    where: Places
    stream: Iterator[Record | Fault]


def parse(*, source: Path, note: Note, feed: Feed, rows: Path, refused: Path) -> Parsed | Fault:
    """Read one file.

    Args:
        source: the bytes as received.
        note: where they come from.
        feed: how to read them.
        rows: draft for the rows that could be read.
        refused: draft for the others, each with its reason and its text.

    Returns:
        the counts, or why the file as a whole is refused; the drafts are then worth nothing.
    """
    opened = _open(source, note, feed)
    if isinstance(opened, Fault):
        return opened
    with Sheet(rows, raw_schema(feed)) as good, Sheet(refused, REFUSED) as bad:
        poured = _pour(opened, good, bad, feed=feed, note=note)
        if isinstance(poured, Parsed):
            good.finish(meaning(feed, note) | _counts(poured))
            bad.finish({})
    return poured


def _pour(opened: Opened, good: Sheet, bad: Sheet, *, feed: Feed, note: Note) -> Parsed | Fault:
    blank = physical = 0
    for part in parts(opened.stream, width=opened.where.width):
        if isinstance(part, Fault):
            return part
        blank, physical = blank + part.blank, physical + part.physical
        if part.rows:
            good.add(raw_batch(part.rows, feed=feed, where=opened.where, note=note))
        if part.refused:
            bad.add(refused_batch(part.refused, note=note))
    return Parsed(
        feed=feed.name,
        file=note.name,
        sha256=note.sha256,
        encoding=opened.encoding,
        unmapped=tuple(opened.where.unmapped),
        physical=physical,
        landed=good.rows,
        quarantined=bad.rows,
        blank=blank,
    )


def _open(source: Path, note: Note, feed: Feed) -> Opened | Fault:
    encoding = _misnamed(note, feed) or _cut_off(source) or encoding_of(source, encodings=feed.encodings)
    if isinstance(encoding, Fault):
        return encoding
    lines = text_lines(source, encoding=encoding)
    stream = records(lines, delimiter=feed.delimiter, quoting=feed.quoting, encoding=encoding)
    header = next(stream)
    where = header if isinstance(header, Fault) else places(header.cells, feed)
    return where if isinstance(where, Fault) else Opened(encoding, where, stream)


def _misnamed(note: Note, feed: Feed) -> Fault | None:
    if note.exported_at:
        return None
    return Fault(
        found="a name that does not tell when the file was exported",
        expected=f"{feed.file_name.pattern}, its time as {feed.time_format}",
        remedy="Put the file into the inbox of its own feed, under the name that the export gave it.",
    )


def _cut_off(source: Path) -> Fault | None:
    with source.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        if file.read() in (b"\n", b"\r"):
            return None
    return Fault(
        found="a last row without a line end" if size else "an empty file",
        expected="a header row, and every row to end with a line end",
        remedy="The file was cut off on its way or while being written. Export it again.",
    )


def _counts(parsed: Parsed) -> dict[str, str]:
    return {
        "encoding": parsed.encoding,
        "physical": str(parsed.physical),
        "quarantined": str(parsed.quarantined),
        "blank": str(parsed.blank),
    }
