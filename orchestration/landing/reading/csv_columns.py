"""Cells of a CSV file become the feed's columns."""

import json
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.cells import CellMaker
from orchestration.landing.reading.header import Places
from orchestration.landing.reading.split import split


class CsvColumns:
    """Makes the columns of some rows after the other."""

    def __init__(self, feed: Feed, where: Places) -> None:
        self._where = where
        self._names = tuple(feed.columns)
        self._maker = CellMaker(feed, where.ways)
        plain = {name: self._maker.as_it_is(name) for name in feed.columns}
        self._plain = {name: where.at[header] for name, header in plain.items() if header}

    def of_rows(self, rows: Sequence[Sequence[str]]) -> list[pa.Array]:
        """Make the feed's columns of some rows, and `extra`."""
        arrays = split(rows, sorted(set(self._plain.values()))) if self._plain else {}
        return self._made(arrays, lambda at: [row[at] for row in rows], len(rows))

    def of_table(self, table: pa.Table) -> list[pa.Array]:
        """Make them of rows that are columns already."""
        arrays = dict(enumerate(column.combine_chunks() for column in table.columns))
        return self._made(arrays, lambda at: arrays[at].to_pylist(), table.num_rows)

    def _made(
        self, arrays: Mapping[int, pa.Array], find: Callable[[int], Sequence[str]], size: int
    ) -> list[pa.Array]:
        plain = self._plain
        columns = [
            arrays[plain[name]] if name in plain else self._composed(name, find, size) for name in self._names
        ]
        return [*columns, self._extra(find, size)]

    def _composed(self, name: str, find: Callable[[int], Sequence[str]], size: int) -> pa.Array:
        cells = self._maker.column(name, lambda part: find(self._where.at[str(part)]))
        return pa.nulls(size, pa.string()) if cells is None else pa.array(cells, pa.string())

    def _extra(self, find: Callable[[int], Sequence[str]], size: int) -> pa.Array:
        names = self._where.unmapped
        if not names:
            return pa.repeat("{}", size)
        rows = zip(*(find(self._where.at[name]) for name in names), strict=True)
        texts = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
        return pa.array(texts, pa.string())
