"""Cells of a file become cells of the feed's columns: the same rules for every format."""

import re
from collections.abc import Callable, Mapping, Sequence

from orchestration.landing.mapping.column import Column, Listed, Way
from orchestration.landing.mapping.feed import Feed

Cells = Sequence[str]
Find = Callable[[str | Listed], Cells]


class CellMaker:
    """Makes the columns of some rows after the other; remembers the last row for cells that are carried on.

    Attributes:
        ways: canonical name to the ways that are there, in order; none: the file lacks the column.
    """

    def __init__(self, feed: Feed, ways: Mapping[str, tuple[Way, ...]]) -> None:
        self.ways = ways
        self._columns = feed.columns
        self._unknown = frozenset(feed.unknown)
        self._last: dict[str, tuple[str, str]] = {}

    def as_it_is(self, name: str) -> str:
        """The header whose cells are the column's, unchanged; nothing if there is no such one."""
        column, ways = self._columns[name], self.ways[name]
        is_plain = len(ways) == 1 and len(ways[0].parts) == 1 and not column.matching and not column.along
        return str(ways[0].parts[0]) if is_plain and not self._unknown else ""

    def column(self, name: str, find: Find) -> Cells | None:
        """Make one column of some rows.

        Args:
            name: canonical.
            find: cells of these rows by header or path.

        Returns:
            its cells, None if the file lacks the column.
        """
        column, ways = self._columns[name], self.ways[name]
        if not ways:
            return None
        found = [self._matched(column, self._joined(way, find)) for way in ways]
        cells = (
            found[0] if len(found) == 1 else [next(filter(None, row), "") for row in zip(*found, strict=True)]
        )
        return self._carried(name, cells, self._joined(column.along[0], find)) if column.along else cells

    def _joined(self, way: Way, find: Find) -> Cells:
        parts = [self._known(find(part)) for part in way.parts]
        if len(parts) == 1:
            return parts[0]
        return [way.by.join(filter(None, row)) for row in zip(*parts, strict=True)]

    def _known(self, cells: Cells) -> Cells:
        unknown = self._unknown
        if not unknown or unknown.isdisjoint(map(str.strip, cells)):
            return cells
        return ["" if cell.strip() in unknown else cell for cell in cells]

    def _matched(self, column: Column, cells: Cells) -> Cells:
        if not column.matching:
            return cells
        fits = re.compile(column.matching, re.DOTALL).fullmatch
        return [(match[1] or "") if (match := fits(cell)) else "" for cell in cells]

    def _carried(self, name: str, cells: Cells, along: Cells) -> Cells:
        last, value = self._last.get(name, ("", ""))
        carried = []
        for cell, key in zip(cells, along, strict=True):
            last, value = key, cell or (value if key and key == last else "")
            carried.append(value)
        self._last[name] = (last, value)
        return carried
