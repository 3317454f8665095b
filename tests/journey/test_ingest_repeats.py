"""The same exports again, in any order, or none at all: nothing is doubled, nothing goes."""

import gzip
import hashlib
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from landing_feeds import drop, feed

from orchestration.doors.entrance import judge
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.landing.results import Landed
from orchestration.receive import door_of

LINES = feed("lines")
NOW = datetime(2026, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HEADER = "注文ID,対応状況,価格,個数,備考\n"
# The newest statement of each order, as dbt's stg_shops__order_statements numbers them.
NEWEST = """
    select * exclude (_feed, _file_sha256, _file_name, _row_number, _exported_at, _landed_at)
    from read_parquet('{raw}/[0-9a-f]*.parquet')
    qualify rank() over (partition by order_id order by _exported_at desc, _file_sha256 desc) = 1
    order by all
"""
Rows = list[tuple[object, ...]]


def export(first: int, last: int, status: str) -> bytes:
    """Orders of one or two lines; from export to export their status changes, and a line of every third."""
    lines = (
        f"{order},{status},{100 * line + len(status) * (order % 3 == 0)},{line},髙\n"
        for order in range(first, last)
        for line in range(1, 2 + order % 2)
    )
    return (HEADER + "".join(lines)).encode("cp932")


def stamp(number: int) -> str:
    return f"order_202601{1 + number:02d}060000.csv"


def come(home: Path, *names: str, now: datetime = NOW, **contents: bytes) -> Landed:
    """Land files and let them in."""
    for name in names:
        drop(home, LINES, name, contents[name])
    done = land(home=home, feed=LINES, now=now)
    judge(home=home, door=door_of(LINES), since=now)
    return done


def newest(home: Path) -> Rows:
    return duckdb.sql(NEWEST.format(raw=home / "raw" / LINES.name)).fetchall()


def content(home: Path) -> str:
    """A hash of all that stands in raw, apart from when it came."""
    digest = hashlib.sha256()
    for path in sorted((home / "raw" / LINES.name).glob("*.parquet")):
        rows = pq.read_table(path).drop_columns(["_landed_at"])
        digest.update(f"{path.name} {rows.to_pylist()}".encode())
    assert not list((home / "raw" / LINES.name / ".pending").iterdir())
    return digest.hexdigest()


COPIES: list[Callable[[int, bytes], tuple[str, bytes]]] = [
    lambda _, bytes_: (stamp(9), bytes_),
    lambda n, bytes_: (stamp(10 + n % 15), bytes_),
    lambda n, bytes_: (stamp(n % 9), bytes_),
    lambda n, bytes_: (f"copy {n} of the orders.csv", bytes_),
    lambda n, bytes_: (f"{stamp(9)}.gz", gzip.compress(bytes_, n % 10, mtime=n)),
    lambda n, bytes_: (f"{stamp(n % 25)}.gz", gzip.compress(bytes_, n % 10, mtime=n)),
]


def copied(home: Path, *, copies: int) -> str:
    """One file, then copies of it by other names, of other times, packed; what was counted."""
    original = export(1, 60, "1")
    come(home, stamp(9), **{stamp(9): original})
    before, told = newest(home), {"known before": 0, "stated again": 0}
    for number in range(copies):
        name, again = COPIES[number % len(COPIES)](number, original)
        path = drop(home, LINES, name, again)
        os.utime(path, (NOW.timestamp() - number, NOW.timestamp() - number))
        done = come(home, now=NOW + number * DAY)
        told["known before"] += len(done.duplicates)
        told["stated again"] += len(done.parsed)
        assert done.refused == ()
        assert newest(home) == before
    return f"{copies} copies of {len(before)} rows: {told}, 0 new rows"


def test_copies_of_a_file_bring_no_row(tmp_path: Path) -> None:
    assert "0 new rows" in copied(tmp_path, copies=12)


@pytest.mark.long
def test_fifty_copies_of_a_file_bring_no_row(tmp_path: Path) -> None:
    print(copied(tmp_path, copies=50))


def overlapping() -> dict[str, bytes]:
    """Exports that overlap; two of the same time, one state that comes back, one packed."""
    files = {stamp(number): export(5 * number, 5 * number + 20, f"{number}") for number in range(5)}
    return files | {
        "order_20260105060000.csv.gz": gzip.compress(export(18, 45, "x"), mtime=0),
        stamp(6): files[stamp(2)],
        stamp(7): files[stamp(2)],
    }


def arranged(folder: Path, *, arrangements: int) -> str:
    """The same exports in any order, some at a time; what was counted."""
    files, chance = overlapping(), random.Random(500)  # noqa: S311  # any order will do
    outcomes = set()
    for number in range(arrangements):
        home, names = folder / f"{number}", chance.sample(list(files), len(files))
        while names:
            taken, names = names[: (size := chance.randint(1, 4))], names[size:]
            come(home, *taken, now=NOW + chance.randint(0, 9) * DAY, **files)
        outcomes.add((content(home), tuple(newest(home))))
    [(_, rows)] = outcomes
    return f"{arrangements} arrangements of {len(files)} exports: 1 content of raw, {len(rows)} newest rows"


def test_some_arrangements_come_to_the_same(tmp_path: Path) -> None:
    assert "1 content of raw" in arranged(tmp_path, arrangements=12)


@pytest.mark.long
def test_five_hundred_arrangements_come_to_the_same(tmp_path: Path) -> None:
    print(arranged(tmp_path, arrangements=500))


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("empty", b""),
        ("header only", HEADER.encode("cp932")),
        ("blank rows", f"{HEADER}\n,,,,\n".encode("cp932")),
    ],
)
def test_an_empty_export_warns_and_deletes_nothing(tmp_path: Path, name: str, empty: bytes) -> None:
    come(tmp_path, stamp(1), **{stamp(1): export(1, 9, "1")})
    before = newest(tmp_path)
    done = come(tmp_path, stamp(2), **{stamp(2): empty})
    said = [*done.warnings, *(one.message for one in done.alarming)]
    assert len(said) == 1, name
    assert "no rows; nothing is deleted for that" in said[0] or "found an empty file" in said[0]
    assert newest(tmp_path) == before


def test_an_absent_export_deletes_nothing_and_the_catalogue_tells_the_last(tmp_path: Path) -> None:
    """Silence itself is told by rpt_landing: its unit tests say when."""
    come(tmp_path, stamp(1), **{stamp(1): export(1, 9, "1")})
    before = newest(tmp_path)
    for number in range(3):
        done = come(tmp_path, now=NOW + number * DAY)
        write_catalogue(home=tmp_path, feeds=[LINES])
    assert (done.newest, newest(tmp_path)) == (stamp(1), before)
    [file] = pq.read_table(tmp_path / "raw" / "_catalogue" / "files.parquet").to_pylist()
    assert file["exported_at"] == datetime(2026, 1, 1, 21)  # noqa: DTZ001  # UTC without a zone, as agreed
