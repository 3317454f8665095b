"""Rows of cells become Arrow columns."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import pyarrow as pa

from orchestration.landing.feed import Feed
from orchestration.landing.header import Places
from orchestration.landing.notes import Note

TIME = pa.timestamp("us")
ORIGIN = [
    ("_file_sha256", pa.string()),
    ("_file_name", pa.string()),
    ("_row_number", pa.int64()),
    ("_exported_at", TIME),
    ("_landed_at", TIME),
]
REFUSED = pa.schema([*ORIGIN, ("reason", pa.string()), ("text", pa.string())])


class Row(NamedTuple):
    """A row that could be read: its number after the header, from 1, and its cells."""

    number: int
    cells: list[str]


class RefusedRow(NamedTuple):
    """A row that could not be read; `text` is what came."""

    number: int
    reason: str
    text: str


def raw_schema(feed: Feed) -> pa.Schema:
    """Columns of the feed's raw table: the mapped ones, `extra` (JSON), the constants, the origin."""
    names = [*feed.columns, "extra", *feed.constants]
    return pa.schema([*((name, pa.string()) for name in names), *ORIGIN])


def raw_batch(rows: Sequence[Row], *, feed: Feed, where: Places, note: Note) -> pa.RecordBatch:
    """Columns of some rows; a column that the file lacks is null."""
    size, cells = len(rows), list(zip(*(row.cells for row in rows), strict=True))
    mapped = [
        _texts(cells[where.columns[name]]) if name in where.columns else pa.nulls(size, pa.string())
        for name in feed.columns
    ]
    constants = [pa.repeat(value, size) for value in feed.constants.values()]
    arrays = [*mapped, _extra(cells, where, size), *constants, *_origin([row.number for row in rows], note)]
    return pa.record_batch(arrays, schema=raw_schema(feed))


def refused_batch(rows: Sequence[RefusedRow], *, note: Note) -> pa.RecordBatch:
    """Columns of some refused rows."""
    reasons, texts = pa.array([row.reason for row in rows]), pa.array([row.text for row in rows])
    return pa.record_batch([*_origin([row.number for row in rows], note), reasons, texts], schema=REFUSED)


def _texts(cells: tuple[str, ...]) -> pa.Array:
    return pa.array(cells, pa.string()) if any(cells) else pa.repeat("", len(cells))


def _extra(cells: list[tuple[str, ...]], where: Places, size: int) -> pa.Array:
    if not where.unmapped:
        return pa.repeat("{}", size)
    values = zip(*(cells[at] for at in where.unmapped.values()), strict=True)
    texts = (json.dumps(dict(zip(where.unmapped, row, strict=True)), ensure_ascii=False) for row in values)
    return pa.array(texts, pa.string())


def _origin(numbers: list[int], note: Note) -> list[pa.Array]:
    size = len(numbers)
    return [
        pa.repeat(note.statement, size),
        pa.repeat(note.name, size),
        pa.array(numbers, pa.int64()),
        pa.repeat(_utc(note.exported_at), size),
        pa.repeat(_utc(note.landed_at), size),
    ]


def _utc(moment: datetime | None) -> pa.Scalar:
    return pa.scalar(moment.astimezone(UTC).replace(tzinfo=None) if moment else None, TIME)
