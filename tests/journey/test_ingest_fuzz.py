"""Any bytes in any feed: no crash, no row that is lost, no character that may not land.

Every row of a made-up file of a feed carries a token. Whatever becomes of the bytes, a token that can still
be read must stand in what landed, in what was set aside, or in the name of a column that nobody knows.
"""

import gzip
import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS
from seed_files import seed

from orchestration.landing.keeping.notes import Note
from orchestration.landing.keeping.sieve import sieved
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.decode import Text, text_of
from orchestration.landing.reading.parse import parse
from orchestration.landing.results import Fault, Parsed

SECONDS = 600
INPUTS = 500
ROWS = 4
TOKEN = re.compile(r"r\d{3}z")
NOTE = Note(
    sha256="f" * 64, number=1, name="fuzz", exported_at=datetime(2026, 1, 5, tzinfo=UTC),
    landed_at=datetime(2026, 1, 5, tzinfo=UTC), is_marker_unclear=False, rewritten="",
)  # fmt: skip
FORBIDDEN = {"Cc", "Co", "Cs"}
ALLOWED = set("\t\n\r")
CELLS = (
    "1", "", "100", "2026-01-05 00:00:00", "髙﨑 ソ表能", 'a"b', "a,b", "a\nb", "-9999", "～－①㈱", " x ",
)  # fmt: skip
SIGNS = (
    '"', '""', ",", "\t", "\n", "\r", "\r\n", "\\", "\\u0000", "\\ud800", "\\ue000", "{", "}", "[", "]", ":",
    "null", "NaN", "1e999", "-0", "\ufeff", "\u2028", "髙",
)  # fmt: skip
ODD = [
    *(one.encode() for one in SIGNS),
    *(one.encode("cp932") for one in ("表", "ソ", "髙")),
    b"\x80", b"\xa0", b"\xfd", b"\xff", b"\x00", b"\x1a", b"\x81", b"\xf0\x40", b"\x1f\x8b", b"PK\x03\x04",
    b"[" * 60, b'"' * 9, b"9" * 5000, b"\n" * 50, b'{"a":1,"a":2}',
]  # fmt: skip


def seed_of(feed: Feed, chance: random.Random) -> bytes:
    """A file as its vendor may write it; the first plain column holds the row's token."""
    token = next(
        str(column.ways[0].parts[0])
        for column in feed.columns.values()
        if not (column.looks_on or column.matching or column.along) and len(column.ways[0].parts) == 1
    )
    numbers = chance.sample(range(100, 1000), ROWS)
    is_quoted = feed.format != "csv" or feed.quoting != "none"
    cells = [chance.choice(CELLS) if is_quoted else "1" for _ in range(7)]

    def cell(row: int, name: str) -> str:
        return f"r{numbers[row]}z" if name == token else cells[(row + len(name)) % len(cells)]

    return seed(feed, ROWS, cell, encoding=chance.choice(feed.encodings))


def overwritten(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(1) + content[at + 1 :]


def with_odd(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(ODD) + content[at + chance.choice((0, 0, 1, 2)) :]


def without_piece(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.choice((1, 2, 5, 30)) :]


def with_piece_again(content: bytes, chance: random.Random) -> bytes:
    at, to = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    elsewhere = chance.randrange(len(content) + 1)
    return content[:elsewhere] + content[at:to] + content[elsewhere:]


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def packed(content: bytes, _: random.Random) -> bytes:
    return gzip.compress(content, mtime=0)


CHANGES: list[Callable[[bytes, random.Random], bytes]] = [
    overwritten, with_odd, with_odd, with_odd, without_piece, with_piece_again, cut, packed,
]  # fmt: skip


def outcome(folder: Path, feed: Feed, content: bytes) -> Parsed | Fault:
    """Read these bytes as landing does: through the sieve first where the feed keeps only what it maps."""
    source = folder / "source"
    source.write_bytes(content)
    if feed.keeps == "mapped":
        blocks = sieved(source, feed)
        kept = [blocks] if isinstance(blocks, Fault) else list(blocks)
        if faults := [one for one in kept if isinstance(one, Fault)]:
            return faults[0]
        source.write_bytes(b"".join(one for one in kept if isinstance(one, bytes)))
    return parse(source=source, note=NOTE, feed=feed, rows=folder / "rows", refused=folder / "refused")


def check(folder: Path, feed: Feed, content: bytes, done: Parsed) -> None:
    rows, refused = (pq.read_table(folder / name).to_pylist() for name in ("rows", "refused"))
    assert (len(rows), len(refused)) == (done.landed, done.quarantined)
    assert done.physical == done.landed + done.quarantined + done.blank
    numbers = [row["_row_number"] for row in (*rows, *refused)]
    assert len(set(numbers)) == len(numbers)
    assert not numbers or (min(numbers) >= 1 and max(numbers) <= done.physical)
    texts = [value for row in (*rows, *refused) for value in row.values() if isinstance(value, str)]
    assert not [text for text in texts if any(map(is_forbidden, text))]
    if feed.keeps == "everything":
        (folder / "source").write_bytes(content)
        read = text_of(folder / "source", encodings=feed.encodings)
        assert isinstance(read, Text)
        came = set(TOKEN.findall("".join(read.lines())))
        assert came <= set(TOKEN.findall(" ".join((*texts, *done.unmapped))))


def is_forbidden(letter: str) -> bool:
    return unicodedata.category(letter) in FORBIDDEN and letter not in ALLOWED


def inputs(chance: random.Random) -> Iterator[tuple[Feed, bytes]]:
    known = list(FEEDS.values())
    while True:
        for feed in known:
            content = seed_of(feed, chance)
            for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8))):
                content = chance.choice(CHANGES)(content, chance)
            yield feed, content


def fuzz(folder: Path, *, seconds: float, most: int | None, start: int) -> str:
    """Read inputs until time or number is up; what was counted. A failing input stays in the folder."""
    told, ends = Counter[str](), time.monotonic() + seconds
    for number, (feed, content) in enumerate(inputs(random.Random(start))):  # noqa: S311  # no secrets
        if number == most or time.monotonic() > ends:
            break
        (folder / f"{feed.name}.input").write_bytes(content)
        done = outcome(folder, feed, content)
        told["refused" if isinstance(done, Fault) else "read"] += 1
        if isinstance(done, Parsed):
            check(folder, feed, content, done)
            told["rows landed"] += done.landed
            told["quarantined"] += done.quarantined
    counted = ", ".join(f"{count} {name}" for name, count in sorted(told.items()))
    read = told["read"] + told["refused"]
    return f"{read} inputs into {len(FEEDS)} feeds from start {start}: 0 crashes, 0 rows lost; {counted}"


def test_some_bytes_in_every_feed(tmp_path: Path) -> None:
    assert fuzz(tmp_path, seconds=SECONDS, most=INPUTS, start=3).startswith(f"{INPUTS} inputs")


@pytest.mark.long
def test_ten_minutes_of_any_bytes_in_every_feed(tmp_path: Path) -> None:
    print(fuzz(tmp_path, seconds=SECONDS, most=None, start=time.time_ns() % 1_000_000))
