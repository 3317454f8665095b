"""A CSV file's rows."""

import json
from collections.abc import Iterable, Iterator

import pyarrow as pa

from orchestration.landing.cells import CellMaker
from orchestration.landing.decode import Text
from orchestration.landing.feed import Feed, Quoting
from orchestration.landing.header import Places, places
from orchestration.landing.parts import Opened, Part, RefusedRow, chunks
from orchestration.landing.results import Fault
from orchestration.landing.split import split
from orchestration.landing.tokenise import Record, records

CELL_WEIGHT = 50  # bytes that a cell costs beside its characters
ELSEWHERE = ("\t", ",")


def open_csv(text: Text, feed: Feed) -> Opened | Fault:
    """Understand the header, with the feed's delimiter or else with what a spreadsheet program writes."""
    faults = []
    for delimiter, quoting in dialects(feed):
        stream = records(text.lines(), delimiter=delimiter, quoting=quoting, encoding=text.encoding)
        header = next(stream)
        where = header if isinstance(header, Fault) else places(header.cells, feed)
        if isinstance(where, Places):
            return Opened(text.encoding, delimiter, where.unmapped, RowReader(feed, where).parts(stream))
        faults.append(where)
    return faults[0]


def dialects(feed: Feed) -> list[tuple[str, Quoting]]:
    """How a feed's file may be written: delimiter and quoting, the vendor's first."""
    others: list[tuple[str, Quoting]] = [(mark, "rfc4180") for mark in ELSEWHERE if mark != feed.delimiter]
    return [(feed.delimiter, feed.quoting), *others]


class RowReader:
    """Tells records apart and makes columns of those that are rows."""

    def __init__(self, feed: Feed, where: Places) -> None:
        self._where = where
        self._names = tuple(feed.columns)
        self._maker = CellMaker(feed, where.ways)
        plain = {name: self._maker.as_it_is(name) for name in feed.columns}
        self._plain = {name: where.at[header] for name, header in plain.items() if header}

    def parts(self, stream: Iterator[Record | Fault]) -> Iterator[Part | Fault]:
        """Read what follows the header."""
        for chunk in chunks(enumerate(stream, start=1), _weight):
            yield self._told_apart(chunk)

    def _told_apart(self, chunk: Iterable[tuple[int, Record | Fault]]) -> Part | Fault:
        numbers, rows, refused, blank, physical = [], [], [], 0, 0
        for number, record in chunk:
            if isinstance(record, Fault):
                return record
            physical += 1
            if not record.reason and not any(record.cells):
                blank += 1
            elif reason := record.reason or self._misfit(record.cells):
                refused.append(RefusedRow(number, reason, record.text))
            else:
                numbers.append(number)
                rows.append(record.cells)
        return Part(numbers, self._columns(rows) if rows else [], refused, blank, physical)

    def _misfit(self, cells: list[str]) -> str:
        width = self._where.width
        return "" if len(cells) == width else f"{len(cells)} cells where the header has {width}"

    def _columns(self, rows: list[list[str]]) -> list[pa.Array]:
        plain = self._plain
        arrays = split(rows, sorted(set(plain.values()))) if plain else {}
        columns = [arrays[plain[name]] if name in plain else self._made(name, rows) for name in self._names]
        return [*columns, self._extra(rows)]

    def _made(self, name: str, rows: list[list[str]]) -> pa.Array:
        at = self._where.at
        cells = self._maker.column(name, lambda part: [row[at[str(part)]] for row in rows])
        return pa.nulls(len(rows), pa.string()) if cells is None else pa.array(cells, pa.string())

    def _extra(self, rows: list[list[str]]) -> pa.Array:
        places = [(name, self._where.at[name]) for name in self._where.unmapped]
        if not places:
            return pa.repeat("{}", len(rows))
        texts = (json.dumps({name: row[at] for name, at in places}, ensure_ascii=False) for row in rows)
        return pa.array(texts, pa.string())


def _weight(numbered: tuple[int, Record | Fault]) -> int:
    record = numbered[1]
    return 0 if isinstance(record, Fault) else len(record.text) + CELL_WEIGHT * len(record.cells)
