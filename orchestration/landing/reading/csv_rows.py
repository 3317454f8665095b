"""A CSV file's rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from orchestration.landing.mapping.feed import Feed, Quoting
from orchestration.landing.reading.batches import Dialect, Sound
from orchestration.landing.reading.csv_columns import CsvColumns
from orchestration.landing.reading.decode import CONTROL, PICTURES, Text, controlled, cut_row, is_ended, named
from orchestration.landing.reading.draft import Draft
from orchestration.landing.reading.header import Places, places
from orchestration.landing.reading.parts import Opened, Part
from orchestration.landing.reading.plain import Plain, Tokens, tokens
from orchestration.landing.reading.tokenise import Record
from orchestration.landing.results import Fault

ELSEWHERE = ("\t", ",")
UNENDED = "the last row has no line end; it was read, since it has all cells"


class Headed(NamedTuple):
    """A CSV whose header has been understood; `lines` are those after it."""

    dialect: Dialect
    header: Record
    where: Places
    lines: Iterator[str]


def open_csv(text: Text, feed: Feed) -> Opened | Fault:
    """Understand the header, and begin to read rows."""
    found = find_header(text, feed, lambda header: _places(header, text, feed))
    if isinstance(found, Fault):
        return found
    reader = RowReader(feed, found.where, looks_for_controls=bool(text.control))
    warnings = () if is_ended(text.end) else (UNENDED,)
    parts = reader.parts(_tokens(text, found))
    return Opened(text.encoding, found.dialect.delimiter, found.where.unmapped, warnings, parts)


def _tokens(text: Text, found: Headed) -> Iterator[Tokens]:
    """Read what follows the header."""
    with text.opened() as lines:
        lines.read(len(found.header.text))
        yield from tokens(lines, found.dialect, found.where.width)


def find_header(text: Text, feed: Feed, understand: Callable[[Record], Places | Fault]) -> Headed | Fault:
    """Read the header with the feed's delimiter or else with what a spreadsheet program writes."""
    faults = []
    for delimiter, quoting in dialects(feed):
        dialect, lines = Dialect(delimiter, quoting, text.encoding), text.lines()
        header = next(dialect.records(lines))
        where = header if isinstance(header, Fault) else understand(header)
        if isinstance(header, Record) and isinstance(where, Places):
            return Headed(dialect, header, where, lines)
        faults.append(where)
    return next(fault for fault in faults if isinstance(fault, Fault))


def dialects(feed: Feed) -> list[tuple[str, Quoting]]:
    """How a feed's file may be written: delimiter and quoting, the vendor's first."""
    others: list[tuple[str, Quoting]] = [(mark, "rfc4180") for mark in ELSEWHERE if mark != feed.delimiter]
    return [(feed.delimiter, feed.quoting), *others]


def _places(header: Record, text: Text, feed: Feed) -> Places | Fault:
    found = CONTROL.search(header.text) if text.control else None
    return controlled(text, found[0]) if found else places(header.cells, feed)


class RowReader:
    """Tells records apart and makes columns of those that are rows."""

    def __init__(self, feed: Feed, where: Places, *, looks_for_controls: bool) -> None:
        self._where = where
        self._looks = looks_for_controls
        self._columns = CsvColumns(feed, where)

    def parts(self, stream: Iterable[Tokens]) -> Iterator[Part | Fault]:
        """Read what follows the header."""
        draft = Draft(1)
        for batch in stream:
            if isinstance(batch, Plain):
                yield from self._part(draft)
                yield self._plain_part(batch.table, draft.next)
                draft = Draft(draft.next + batch.table.num_rows)
            elif fault := self._take(batch, draft):
                yield fault
                return
            elif draft.is_heavy():
                yield from self._part(draft)
                draft = Draft(draft.next)
        yield from self._part(draft)

    def _take(self, batch: Sound | list[Record | Fault], draft: Draft) -> Fault | None:
        if isinstance(batch, list):
            return next((fault for record in batch if (fault := self._told_apart(record, draft))), None)
        if not self._is_doubtful(batch):
            draft.add(batch.rows, sum(map(len, batch.lines)))
            return None
        records = (Record(cells, line, "") for cells, line in zip(batch.rows, batch.lines, strict=True))
        return next((fault for record in records if (fault := self._told_apart(record, draft))), None)

    def _is_doubtful(self, batch: Sound) -> bool:
        if set(map(len, batch.rows)) != {self._where.width} or not all(map(any, batch.rows)):
            return True
        return self._looks and any(map(CONTROL.search, batch.lines))

    def _told_apart(self, record: Record | Fault, draft: Draft) -> Fault | None:
        if isinstance(record, Fault):
            return record
        if not record.reason and not any(record.cells):
            draft.skip()
        elif reason := record.reason or self._misfit(record.cells):
            if not is_ended(record.text):
                return cut_row()
            draft.refuse(reason, record.text.translate(PICTURES))
        elif found := CONTROL.search(record.text) if self._looks else None:
            draft.refuse(f"a control character, {named(found[0])}", record.text.translate(PICTURES))
        else:
            draft.add([record.cells], len(record.text))
        return None

    def _part(self, draft: Draft) -> Iterator[Part]:
        if draft.physical:
            columns = self._columns.of_rows(draft.rows) if draft.rows else []
            yield Part(draft.numbers, columns, draft.refused, draft.blank, draft.physical)

    def _plain_part(self, table: pa.Table, first: int) -> Part:
        size = table.num_rows
        return Part(range(first, first + size), self._columns.of_table(table), [], 0, size)

    def _misfit(self, cells: list[str]) -> str:
        width = self._where.width
        return "" if len(cells) == width else f"{len(cells)} cells where the header has {width}"
