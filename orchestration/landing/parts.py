"""Records are told apart: rows, refused rows, blanks."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from orchestration.landing.columns import RefusedRow, Row
from orchestration.landing.results import Fault
from orchestration.landing.tokenise import Record

SIZE = 1_000  # records in memory at a time; more is slower: the garbage collector walks them all


class Part(NamedTuple):
    """Some records, told apart."""

    rows: list[Row]
    refused: list[RefusedRow]
    blank: int
    physical: int


def parts(stream: Iterable[Record | Fault], *, width: int) -> Iterator[Part | Fault]:
    """Tell the records after the header apart, some at a time.

    Args:
        stream: what follows the header.
        width: cells that a row must have.
    """
    numbered = enumerate(stream, start=1)
    while chunk := list(islice(numbered, SIZE)):
        yield _told_apart(chunk, width)


def _told_apart(chunk: Iterable[tuple[int, Record | Fault]], width: int) -> Part | Fault:
    rows, refused, blank, physical = [], [], 0, 0
    for number, record in chunk:
        if isinstance(record, Fault):
            return record
        physical += 1
        if record.reason:
            refused.append(RefusedRow(number, record.reason, record.text))
        elif not any(record.cells):
            blank += 1
        elif len(record.cells) == width:
            rows.append(Row(number, record.cells))
        else:
            reason = f"{len(record.cells)} cells where the header has {width}"
            refused.append(RefusedRow(number, reason, record.text))
    return Part(rows, refused, blank, physical)
