"""JSON rows become cells: what the feed's paths lead to, and all the rest."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from orchestration.landing.mapping.column import Listed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.cells import CellMaker
from orchestration.landing.reading.json_text import json_text, printed
from orchestration.landing.reading.paths import NOWHERE, follow, listed, read_path, whole_key

Row = dict[str, Any]


class JsonColumns:
    """Makes the columns of some rows after the other."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._maker = CellMaker(feed, {name: column.ways for name, column in feed.columns.items()})
        parts = [part for column in feed.columns.values() for part in column.parts()]
        self._seen = dict.fromkeys(parts, False)
        self._mapped = {key for part in parts if (key := _key(part))}

    def made(self, rows: Sequence[Row]) -> list[pa.Array]:
        """Make the feed's columns of some rows, and `extra`."""
        found = {part: self._found(part, rows) for part in self._seen}
        made = (self._maker.column(name, found.__getitem__) or [] for name in self._feed.columns)
        extra = [json_text(self.rest(row)) for row in rows]
        return [pa.array(cells, pa.string()) for cells in (*made, extra)]

    def unseen(self) -> list[str]:
        """Columns to which no row so far has led."""
        return [
            name
            for name, column in self._feed.columns.items()
            if not any(self._seen[way.parts[0]] for way in column.ways)
        ]

    def rest(self, row: Row) -> dict[str, str]:
        """What the feed does not map of a row: dotted keys with their cells."""
        return dict(self._rest(row, ""))

    def _found(self, part: str | Listed, rows: Sequence[Row]) -> list[str]:
        cells = [cell_of(row, part) for row in rows]
        self._seen[part] = self._seen[part] or any(cell is not None for cell in cells)
        return [cell or "" for cell in cells]

    def _rest(self, row: Row, above: str) -> Iterator[tuple[str, str]]:
        for key, value in row.items():
            path = f"{above}{key}"
            if path in self._mapped:
                continue
            if isinstance(value, dict) and value:
                yield from self._rest(value, f"{path}.")
            else:
                yield path, printed(value)


def is_blank(value: Any) -> bool:  # noqa: ANN401  # JSON
    """Whether a row, or a value in it, says nothing."""
    if isinstance(value, dict):
        return all(map(is_blank, value.values()))
    return value in (None, "", [])


def cell_of(row: Row, part: str | Listed) -> str | None:
    """What a path leads to, as a cell; None where a key is missing."""
    if isinstance(part, Listed):
        return listed(row, part)
    value = follow(row, read_path(part))
    return None if value is NOWHERE else printed(value)


def _key(part: str | Listed) -> str:
    return "" if isinstance(part, Listed) else whole_key(read_path(part))
