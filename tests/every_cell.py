"""A canary in every personal cell of a shop's exports: what it says is found again wherever it goes."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from demo_shop import records
from disk_search import words_in
from feed_files import FEEDS

from orchestration.landing.mapping.column import Column
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.retention import personal_in

WORD, MEMBER, PHONE, BIRTHDAY = "kanaria9377", "9377093770", "09093770937", "1961-03-07"
KEY = "SG.kanaria-key-9377"  # of the mail provider
SAID = (WORD, MEMBER, PHONE, PHONE[1:], BIRTHDAY, BIRTHDAY.replace("-", "/"), KEY)
LEFT = re.compile("^accepts|postcode$|prefecture|sex$|_(at|on|state)$|(?<!member)_id$")  # too common


def plant(home: Path) -> set[str]:
    """Let every personal cell in the inbox sing; the feeds' columns in which one does."""
    return {
        f"{feed.name}.{name}"
        for folder in sorted((home / "inbox").iterdir())
        for path in sorted(folder.iterdir())
        if path.suffix in {".csv", ".txt"}
        for feed in [FEEDS[folder.name]]
        for name in _plant_in(path, feed)
    }


def _plant_in(path: Path, feed: Feed) -> Iterator[str]:
    content = path.read_bytes()
    encoding = "utf-8" if _is_utf8(content) else "cp932"
    text = content.decode(encoding)
    header, *rows = list(records(text)) if feed.quoting == "fputcsv" else _read(text, feed)
    for name, column in feed.columns.items():
        if name in personal_in(feed) and not LEFT.search(name):
            for at in [header.index(one) for one in _headers(column) if one in header]:
                for row in rows:
                    row[at] = sung(name, row[at])
                yield name
    path.write_bytes(_written([header, *rows], feed).encode(encoding))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _headers(column: Column) -> Iterator[str]:
    yield from map(str, column.parts())


def sung(name: str, cell: str) -> str:
    """What a cell says instead; who was the same person before still is."""
    if name.endswith("member_id"):
        return f"{MEMBER}{cell}" if 0 < len(cell) < len(MEMBER) else cell
    if "@" in cell:
        return f"{WORD}.{cell}"
    if "phone" in name:
        return PHONE if len(cell) > len("1234") else cell
    if name == "birthday":
        return BIRTHDAY if cell else ""
    return cell if re.fullmatch("[0-9-]+", cell) else f"{cell} {WORD}"


def _read(text: str, feed: Feed) -> list[list[str]]:
    if feed.quoting == "none":
        return [line.split(feed.delimiter) for line in text.splitlines()]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=feed.delimiter, strict=True))


def _written(rows: list[list[str]], feed: Feed) -> str:
    if feed.quoting == "none":
        return "".join(feed.delimiter.join(row) + "\r\n" for row in rows)
    out = io.StringIO()
    csv.writer(out, delimiter=feed.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def heard(path: Path) -> list[str]:
    """Which canaries a file lets hear, whatever packs it."""
    return words_in(path, SAID)
