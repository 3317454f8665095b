"""The night's export files, written into the inbox as the shop would leave them there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from orchestration import disk
from orchestration.demo import consent_csv, customer_csv, order_csv
from orchestration.demo.lives import lives
from orchestration.home import furnish


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file in the inbox; `rows` without the header."""

    feed: str
    path: Path
    rows: int


class _Export:
    """A file that grows under a hidden name."""

    def __init__(self, *, feed: str, path: Path, file: BinaryIO) -> None:
        self._feed, self._path, self._file, self._rows = feed, path, file, 0

    def add(self, rows: Iterable[bytes]) -> None:
        for row in rows:
            self._file.write(row)
            self._rows += 1

    def written(self) -> Written:
        return Written(feed=self._feed, path=self._path, rows=self._rows)


def write_exports(
    *, home: Path, until: date, since: date | None, customers: int | None, anchor: date | None
) -> tuple[Written, ...]:
    """Write what happened before `until` (days of Asia/Tokyo) into `home/inbox/<feed>/`, three files.

    Orders are those that came in or were sent since `since` (None: all); members and consents are always all.
    `customers` takes the first so many (None: all); `anchor` is as in `lives`.
    A kill leaves no half file: first the bytes, then the name, then the `.done` marker.

    Raises:
        WheelMissingError: the wheel with the purchase histories is not installed.
    """
    furnish(home)
    stamp = f"{until:%Y%m%d}030000"
    with (
        _arriving(home, "eccube_orders", f"order_{stamp}.csv", order_csv.HEADER) as orders,
        _arriving(home, "eccube_customers", f"customer_{stamp}.csv", customer_csv.HEADER) as members,
        _arriving(home, "consents", f"consents_{stamp}.csv", consent_csv.HEADER) as consents,
    ):
        for life in lives(customers=customers, anchor=anchor):
            orders.add(order_csv.order_rows(life, since=since, until=until))
            members.add(customer_csv.customer_rows(life, until=until))
            consents.add(consent_csv.consent_rows(life, until=until))
    return orders.written(), members.written(), consents.written()


@contextmanager
def _arriving(home: Path, feed: str, name: str, header: str) -> Iterator[_Export]:
    folder = home / "inbox" / feed
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    hidden = folder / f".{name}.tmp"
    with hidden.open("wb") as file:
        file.write(f"{header}\n".encode("cp932"))
        yield _Export(feed=feed, path=path, file=file)
    disk.keep(hidden, path)
    path.with_name(f"{name}.done").touch()
    disk.sync(folder)
