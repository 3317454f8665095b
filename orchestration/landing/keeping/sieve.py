"""A file on its way to the disk loses what its feed does not map: personal data that may not be kept.

What comes out reads as the file would have: the same header names, rows and row numbers. A row that cannot be
read could hold anything anywhere, so that only its being there is kept; it is quarantined later as it would
have been. A file that cannot be read at all is not kept.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from orchestration.landing.keeping.json_sieve import JsonSieve
from orchestration.landing.keeping.lines import UNREADABLE, Lines
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.csv_rows import Headed, find_header
from orchestration.landing.reading.decode import CODECS, Text, cut_off, text_of
from orchestration.landing.reading.header import Places, numbered, places
from orchestration.landing.reading.parts import chunks
from orchestration.landing.results import Fault


def sieved(path: Path, feed: Feed) -> Iterator[bytes | Fault] | Fault:
    """Read a file, unpacked, and yield the bytes that may be kept.

    Returns:
        blocks of bytes, among which a Fault ends them; or a Fault at once. Then nothing may be kept.
    """
    return printed(path, feed, csv=lambda found: _kept(found, feed), json=JsonSieve(feed).sieved, ends=True)


def printed(
    path: Path,
    feed: Feed,
    *,
    csv: Callable[[Headed], Iterator[str | Fault]],
    json: Callable[[Text], Iterator[str | Fault]],
    ends: bool,
) -> Iterator[bytes | Fault] | Fault:
    """Read a file, unpacked, and print it anew in its own encoding, as `csv` or `json` have its lines.

    Args:
        path: of the file.
        feed: says how it is read.
        csv: lines, from the header on.
        json: lines.
        ends: whether a last row without a line end is a cut file.
    """
    text = text_of(path, encodings=feed.encodings)
    if isinstance(text, Fault):
        return text
    is_csv = feed.format == "csv"
    if fault := cut_off(text, is_csv=is_csv, ends=ends):
        return fault
    if not is_csv:
        return encoded(json(text), text.encoding)
    found = find_header(text, feed, lambda header: places(header.cells, feed))
    return found if isinstance(found, Fault) else encoded(csv(found), text.encoding)


def _kept(found: Headed, feed: Feed) -> Iterator[str | Fault]:
    line, where = Lines(found.dialect), found.where
    keep = sorted(where.at[part] for part in _read(where, feed))
    names = numbered(found.header.cells)
    yield line.of([names[at] for at in keep])
    for record in found.dialect.records(found.lines):
        if isinstance(record, Fault):
            yield record
        elif len(record.cells) == where.width and not record.reason:
            yield line.of([record.cells[at] for at in keep])
        elif any(record.cells) or record.reason:
            yield line.of([UNREADABLE] * (len(keep) + 1))
        else:
            yield "\n"


def _read(where: Places, feed: Feed) -> set[str]:
    ways = [way for found in where.ways.values() for way in found]
    along = [way for name, found in where.ways.items() if found for way in feed.columns[name].along]
    return {str(part) for way in (*ways, *along) for part in way.parts}


def encoded(lines: Iterator[str | Fault], encoding: str) -> Iterator[bytes | Fault]:
    """Lines as bytes, some at a time; a Fault ends them."""
    out = io.BytesIO()
    text = io.TextIOWrapper(out, encoding=CODECS[encoding], newline="")
    for chunk in chunks(lines, lambda line: 0 if isinstance(line, Fault) else len(line)):
        for line in chunk:
            if isinstance(line, Fault):
                yield line
                return
            text.write(line)
        text.flush()
        yield out.getvalue()
        out.seek(0)
        out.truncate()
