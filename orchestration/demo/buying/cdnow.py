"""The purchase histories: the CDNOW master file, read from the wheel that carries it.

A music shop's customers who first bought in January to March 1997, followed to 30 June 1998: 23,570
customers, 69,659 rows, each an order. Its licence is not stated, so it is never copied: lifetimes 0.11.3
must be installed, and is not imported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, files
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from orchestration.demo import INSTALL

MASTER = "lifetimes/datasets/CDNOW_master.txt"


class WheelMissingError(RuntimeError):
    """The wheel with the purchase histories is not installed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """One row of the master file; `row` counts from 1 and names the order for ever. 1 dollar is 100 yen."""

    row: int
    customer: int
    day: date
    cds: int
    yen: int


def histories(customers: int | None) -> Iterator[tuple[Purchase, ...]]:
    """The purchases of each of the first `customers` customers (None: of all), in order of day.

    Raises:
        WheelMissingError: the wheel is not installed.
    """
    lines = _master().read_text(encoding="ascii").splitlines()[1:]
    purchases = (_purchase(row, line) for row, line in enumerate(lines, start=1))
    for _, history in islice(groupby(purchases, key=attrgetter("customer")), customers):
        yield tuple(history)


def _master() -> Path:
    try:
        found = [file for file in files("lifetimes") or () if str(file) == MASTER]
    except PackageNotFoundError:
        found = []
    if not found:
        raise WheelMissingError(f"{MASTER} is not installed: {INSTALL}")
    return Path(str(found[0].locate()))


def _purchase(row: int, line: str) -> Purchase:
    customer, day, cds, dollars = line.split()
    return Purchase(
        row=row,
        customer=int(customer),
        day=date.fromisoformat(day),
        cds=int(cds),
        yen=int(dollars.replace(".", "")),
    )
