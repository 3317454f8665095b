"""What a reader hands on: some rows at a time, already in columns, beside those that could not be read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import pyarrow as pa

from orchestration.landing.results import Fault

SHOWN = 10  # refused rows that a message lists
SIZE = 1_000  # records in memory at a time; more is slower: the garbage collector walks them all
WEIGHT = 1 << 22  # characters and cells in memory at a time

Item = TypeVar("Item")


class RefusedRow(NamedTuple):
    """A row that could not be read; `text` is what came."""

    number: int
    reason: str
    text: str


class Part(NamedTuple):
    """Some rows.

    Attributes:
        numbers: of the rows that could be read, after the header, from 1.
        columns: of these rows, one array of text for each column of the feed and, last, `extra` (JSON).
        refused: the rows that could not be read.
        blank: rows without any value.
        physical: all rows.
    """

    numbers: Sequence[int]
    columns: list[pa.Array]
    refused: list[RefusedRow]
    blank: int
    physical: int


class Tally:
    """Counts the parts of a file.

    Attributes:
        rows: that could be read.
        quarantined: that could not.
        blank: without any value.
        physical: all of them.
        first: the first of those that could not be read.
    """

    def __init__(self) -> None:
        self.rows = self.quarantined = self.blank = self.physical = 0
        self.first: list[RefusedRow] = []

    def add(self, part: Part) -> None:
        """Count a part."""
        self.rows += len(part.numbers)
        self.quarantined += len(part.refused)
        self.blank += part.blank
        self.physical += part.physical
        self.first += part.refused[: SHOWN - len(self.first)]


class Opened(NamedTuple):
    """A file whose columns have been understood, and which can be read part by part.

    Attributes:
        encoding: what its bytes are decoded from.
        delimiter: between its cells; nothing for JSON.
        unmapped: names that the feed does not read; for JSON they are known only afterwards, and not told.
        warnings: what a person should look at, although the file can be read.
        parts: the rows; a Fault ends them and refuses the whole file.
    """

    encoding: str
    delimiter: str
    unmapped: tuple[str, ...]
    warnings: tuple[str, ...]
    parts: Iterator[Part | Fault]


def chunks(stream: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Take items from a stream some at a time, fewer of them where they are heavy."""
    taken: list[Item] = []
    weight = 0
    for item in stream:
        taken.append(item)
        weight += weigh(item)
        if len(taken) >= SIZE or weight >= WEIGHT:
            yield taken
            taken, weight = [], 0
    if taken:
        yield taken
