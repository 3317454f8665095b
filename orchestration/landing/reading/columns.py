"""The columns of raw and of the quarantine."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa

from orchestration.landing.keeping.notes import Note
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.parts import Part, RefusedRow

TIME = pa.timestamp("us")
ORIGIN = [
    ("_feed", pa.string()),
    ("_file_sha256", pa.string()),
    ("_file_name", pa.string()),
    ("_row_number", pa.int64()),
    ("_exported_at", TIME),
    ("_landed_at", TIME),
]
REFUSED = pa.schema([*ORIGIN, ("reason", pa.string()), ("text", pa.string())])


def raw_schema(feed: Feed) -> pa.Schema:
    """Columns of the feed's raw rows: the mapped ones, `extra` (JSON), the constants, the origin."""
    names = [*feed.columns, "extra", *feed.constants]
    return pa.schema([*((name, pa.string()) for name in names), *ORIGIN])


def raw_batch(part: Part, *, feed: Feed, note: Note) -> pa.RecordBatch:
    """Add to some rows what is the same for all of a file."""
    size = len(part.numbers)
    constants = [pa.repeat(value, size) for value in feed.constants.values()]
    arrays = [*part.columns, *constants, *_origin(part.numbers, feed, note)]
    return pa.record_batch(arrays, schema=raw_schema(feed))


def refused_batch(rows: Sequence[RefusedRow], *, feed: Feed, note: Note) -> pa.RecordBatch:
    """Columns of some refused rows."""
    reasons, texts = pa.array([row.reason for row in rows]), pa.array([row.text for row in rows])
    origin = _origin([row.number for row in rows], feed, note)
    return pa.record_batch([*origin, reasons, texts], schema=REFUSED)


def _origin(numbers: Sequence[int], feed: Feed, note: Note) -> list[pa.Array]:
    size = len(numbers)
    return [
        pa.repeat(feed.name, size),
        pa.repeat(note.statement, size),
        pa.repeat(note.name, size),
        pa.array(numbers, pa.int64()),
        pa.repeat(_utc(note.exported_at), size),
        pa.repeat(_utc(note.landed_at), size),
    ]


def _utc(moment: datetime | None) -> pa.Scalar:
    return pa.scalar(moment.astimezone(UTC).replace(tzinfo=None) if moment else None, TIME)
