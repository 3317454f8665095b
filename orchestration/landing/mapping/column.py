"""Where a column's cells are found in a file."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Some elements of a JSON list, as one cell of JSON.

    Attributes:
        path: to the list.
        where: keys of an element and the values that they must have.
        each: keys of what is told of each element, with the paths to it.
    """

    path: str
    where: tuple[tuple[str, str], ...]
    each: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to find a cell.

    Attributes:
        parts: header names (CSV; a second `Tax` is called `Tax__2`) or paths (JSON), whose cells are parts of
            one value.
        by: what stands between the parts; blank parts are left out.
    """

    parts: tuple[str | Listed, ...]
    by: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """How a column's cells are found.

    Attributes:
        ways: the first that is there is taken.
        looks_on: whether, row by row, the next way is taken where a cell is blank; JSON always looks on.
        matching: pattern of the whole cell, whose first group is its value; what does not match is blank.
            Nothing: as it is.
        along: a blank cell is what it was in the row above, if this cell is the same there. Nothing: blank.
    """

    ways: tuple[Way, ...]
    looks_on: bool
    matching: str
    along: tuple[Way, ...]

    def parts(self) -> Iterator[str | Listed]:
        """All that is read of a file for it."""
        for way in (*self.ways, *self.along):
            yield from way.parts
