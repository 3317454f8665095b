"""Physical lines become records many at a time, wherever each line is a record of its own."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from orchestration.landing.mapping.feed import Quoting
from orchestration.landing.reading.tokenise import Record, mended, records
from orchestration.landing.results import Fault

LINES = 100  # so few that a value with a line end makes few others slow


class Dialect(NamedTuple):
    """How a file's lines are to be read; see `tokenise.records`."""

    delimiter: str
    quoting: Quoting
    encoding: str

    def records(self, lines: Iterable[str]) -> Iterator[Record | Fault]:
        """Read lines one after the other."""
        return records(lines, delimiter=self.delimiter, quoting=self.quoting, encoding=self.encoding)


class Sound(NamedTuple):
    """Records that are a line each: their cells, and their lines as they came."""

    rows: list[list[str]]
    lines: list[str]


def batches(
    lines: Iterator[str], later: Iterator[str], dialect: Dialect
) -> Iterator[Sound | list[Record | Fault]]:
    """Read lines; the same records as `dialect.records` would read.

    Args:
        lines: from the beginning of a record on.
        later: what follows them, of which is taken what the last record needs.
        dialect: how they are to be read.
    """
    while block := list(islice(lines, LINES)):
        rows = _rows(block, dialect)
        yield Sound(rows, block) if rows else list(_one_by_one(block, chain(lines, later), dialect))


def _rows(block: list[str], dialect: Dialect) -> list[list[str]]:
    if dialect.quoting == "none":
        return []
    if dialect.quoting == "fputcsv":
        block = mended(block, delimiter=dialect.delimiter, encoding=dialect.encoding)
    try:
        rows = list(csv.reader(block, delimiter=dialect.delimiter, strict=True))
    except csv.Error:
        return []
    return rows if len(rows) == len(block) else []


def _one_by_one(block: list[str], later: Iterator[str], dialect: Dialect) -> Iterator[Record | Fault]:
    """Read the block's records, the last one to its end in later lines."""
    left = len(block)

    def counted() -> Iterator[str]:
        nonlocal left
        for line in chain(block, later):
            left -= 1
            yield line

    for record in dialect.records(counted()):
        yield record
        if left <= 0:
            return
